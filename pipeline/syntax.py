"""A sentence as the claims read it: words with offsets in the article, and the tree over them where a parser made one.

Plain data without spaCy, so that a passage for which no model is installed has the same interface: its words have no
heads, and whoever asks for a tree distance gets the distance along the line instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from pipeline import lexicon


@cache
def words(language: str, section: str, key: str) -> frozenset[str]:
    """The casefolded words of a list in a language's `syntax.toml`; none where it has no such list."""
    return frozenset(w.casefold() for w in lexicon.language(language, "syntax").get(section, {}).get(key, ()))


@cache
def labels(language: str, key: str) -> frozenset[str]:
    """The labels that a language's parser gives to a relation (`subject`, `object`, ...); none where nothing parses it."""
    return frozenset(lexicon.language(language, "syntax").get("relations", {}).get(key, ()))


class Word(NamedTuple):
    """A token. `head` is the index of its head in the sentence, itself for a root, -1 where nothing was parsed."""

    start: int
    end: int
    text: str
    norm: str  # casefolded, straight apostrophe
    lemma: str  # casefolded lemma; `norm` where nothing lemmatised
    pos: str  # universal part of speech, "" where unknown
    dep: str  # universal dependency, "" where unknown
    head: int
    morph: str  # Universal Features ("Mood=Ind|Tense=Fut")
    verb: str = ""  # casefolded infinitive of a participle that was tagged as adjective or noun ("licenciés")


@dataclass(frozen=True)
class Sentence:
    """The words of `text[start:end]` in one language, with the tree over them where `parsed`."""

    start: int
    end: int
    language: str
    words: tuple[Word, ...]
    parsed: bool = False
    _cache: dict[tuple[int, int], float] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """Indices of the dependents of each word, in order."""
        out: list[list[int]] = [[] for _ in self.words]
        for i, word in enumerate(self.words):
            if word.head >= 0 and word.head != i:
                out[word.head].append(i)
        return tuple(tuple(c) for c in out)

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads of word `i`, nearest first, up to the root."""
        seen = {i}
        while (head := self.words[i].head) >= 0 and head not in seen:
            yield head
            seen.add(head)
            i = head

    def subtree(self, i: int) -> set[int]:
        """Word `i` and all that depends on it."""
        out, todo = set(), [i]
        while todo:
            j = todo.pop()
            if j not in out:
                out.add(j)
                todo += self.children[j]
        return out

    def indices(self, start: int, end: int) -> list[int]:
        """Indices of the words that overlap `start`..`end` of the article."""
        return [i for i, w in enumerate(self.words) if w.start < end and w.end > start]

    def root_of(self, indices: list[int]) -> int:
        """The word of a span whose head lies outside it (the last word, where nothing was parsed).

        Of a span whose number alone heads the sentence it is the subject: "trente et un policiers ont été blessés".
        """
        if not self.parsed:
            return indices[-1]
        inside = set(indices)
        tops = [i for i in indices if self.words[i].head not in inside or self.words[i].head == i]
        if tops and self.words[tops[0]].head == tops[0]:  # "trente" alone at the head, "un policiers" the subject
            return next((i for i in tops[1:] if self.words[i].dep in labels(self.language, "subject")), tops[0])
        return tops[0] if tops else indices[-1]

    def case(self, i: int) -> str:
        """The preposition of word `i` as written, "" where it has none."""
        for j in self.children[i]:
            if self.words[j].dep == "case":
                return self.words[j].norm
        return ""
