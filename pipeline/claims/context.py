"""An article while its claims are read: its mentions, sentences and entities, and the way from one to the other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from pipeline import lexicon
from pipeline.claims.catalogue import cues
from pipeline.claims.confidence import Traits
from pipeline.claims.interviews import Answer
from pipeline.entities import country_of, is_country, is_institution, topics
from pipeline.folding import fold
from pipeline.records import Article, Entity, Mention
from pipeline.syntax import Sentence, words

if TYPE_CHECKING:
    from pipeline.claims.moments import Moment


class Introduced(NamedTuple):
    """A noun at `start` that introduces an entity ("le ferry Belle-Aurore"); `gender` as its determiner shows it."""

    start: int
    entity: Entity
    gender: str | None = None


@dataclass(frozen=True)
class Context:
    """All that one article offers to the reading of a claim."""

    article: Article
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    answers: tuple[Answer, ...] = ()  # what an interview's person says
    traits: dict[str, Traits] = field(default_factory=dict)  # claim id -> what its reading went by
    dated: dict[tuple[int, int], dict[str, float]] = field(default_factory=dict)  # place of a date -> what spoke for an event
    moments: dict[str, tuple[Moment, ...]] = field(default_factory=dict)  # claim id -> the times that it may hold at
    titled: tuple[Entity, ...] = ()  # those that only the title names, without a place in the text
    introduced: dict[str, tuple[Introduced, ...]] = field(default_factory=dict)  # noun -> the entities that it introduces
    houses: dict[str, str] = field(default_factory=dict)  # name of a person -> name of whom he or she stands for
    genders: dict[str, str | None] = field(default_factory=dict)  # name of an entity -> its gender, once it was asked for

    @cached_property
    def places(self) -> tuple[tuple[int, int, Entity], ...]:
        """Every place of every entity, in order."""
        return tuple(sorted(((s, e, entity) for entity in self.entities for s, e in entity.spans), key=lambda p: p[:2]))

    @cached_property
    def support(self) -> Counter[str]:
        """Domain -> how many different metrics of it the article speaks of by a cue of their own."""
        seen: set[tuple[str, str]] = set()
        for sentence in self.sentences:
            at: dict[int, set[tuple[str, str]]] = {}
            for cue in cues(sentence.words, sentence.language):
                if "themed" in cue.tags:
                    continue
                at.setdefault(cue.at, set()).add((cue.metric.domain or "", cue.metric.id))
            seen |= {key for keys in at.values() if len(keys) == 1 for key in keys if key[0]}
        return Counter(domain for domain, _ in seen)

    @cached_property
    def _starts(self) -> list[int]:
        return [p[0] for p in self.places]

    @cached_property
    def topics(self) -> tuple[Entity, ...]:
        """What the article is about, most first."""
        return tuple(topics(self.article.text, self.entities, self.article.title))

    def topic(self, *types: str, but: frozenset[str] = frozenset()) -> Entity | None:
        """The foremost topic that can be of one of the types (of any, where none is named), none of `but`."""
        known = (e for e in self.topics if e.name not in self.speakers and e.name not in but)
        return next((e for e in known if not types or suits(e, types)), None)

    @cached_property
    def no_firms(self) -> frozenset[str]:
        """Names of public bodies, unions, parties and media."""
        return frozenset(e.name for e in self.entities if is_institution(e.name) or e.name in self.press)

    @cached_property
    def press(self) -> frozenset[str]:
        """Names of media: well-known ones, those that a noun of the press introduces, those in italics."""
        nouns = {w for code in lexicon.LANGUAGES for key in ("paper", "broadcaster") for w in words(code, "kinds", key)}
        nouns -= {w for code in lexicon.LANGUAGES for w in words(code, "reference", "equivocal")}
        introduced = {at.entity.name for noun in nouns for at in self.introduced.get(noun, ())}
        text = self.article.text
        italic = {e.name for s, t, e in self.places if text[s - 1 : s] == "*" and text[t : t + 1] == "*"}
        return frozenset(introduced | italic | {e.name for e in self.entities if _masthead(e)})

    @cached_property
    def speakers(self) -> frozenset[str]:
        """Names of those that the article only quotes: named behind "selon", never in its title."""
        head = self.article.title or ""
        text = self.article.text
        sources = tuple(s for s in _sources() if s)
        quoted = {e.name for s, _, e in self.places if any(w in text[max(0, s - QUOTED) : s].casefold() for w in sources)}
        quoted |= {e.name for s, _, e in self.places if e.type != "LOC" and _of_report(text[max(0, s - QUOTED) : s])}
        said = quoted | set(self._reporting())
        return frozenset(n for n in said if not _stands(n, head) or _of_report(head.partition(n)[0]))

    def _reporting(self) -> Iterator[str]:
        """Names behind a verb of speech: "rapporte France Bleu"."""
        for sentence in self.sentences:
            verbs = words(sentence.language, "speech", "verbs")
            for word in sentence.words:
                if word.lemma in verbs and word.pos in ("VERB", "AUX"):
                    for start, _, entity in self.places_in(word.end, word.end + 6):
                        if not self.article.text[word.end : start].strip(" lLeEaAsS'’"):
                            yield entity.name

    @cached_property
    def country(self) -> str | None:
        """The country that the article names most, by its name or its people; None where another is named as often."""
        votes = Counter({e.name: len(e.spans) for e in self.entities if e.type == "LOC" and is_country(e.name)})
        votes.update(found for s in self.sentences for w in s.words if (found := country_of(w.norm)) is not None)
        ranked = votes.most_common(2)
        clear = ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
        return ranked[0][0] if clear else None

    @cached_property
    def interviewee(self) -> Entity | None:
        """Who says "je" in the article: the person of its title, else the one most spoken of."""
        return next((e for e in self.topics if e.type == "PER"), None)

    def paragraph_start(self, offset: int) -> int:
        """Where the paragraph that holds `offset` begins."""
        return self.article.text.rfind("\n", 0, offset) + 1

    def in_parentheses(self, entity: Entity) -> bool:
        """Whether a name stands in parentheses alone: where another place lies, what a body is called for short."""
        text, title = self.article.text, self.article.title or ""
        return (
            not _stands(entity.name, title)
            and bool(entity.spans)
            and all(text[s - 1 : s] == "(" and text[e : e + 1] == ")" for s, e in entity.spans)
        )

    def glosses(self, start: int, end: int) -> bool:
        """Whether the name at `start`..`end` only says where another lies or of which body: "Vigny (Vignole)", "Morel (PS)"."""
        text = self.article.text
        if text[start - 1 : start] != "(" or text[end : end + 1] != ")":
            return False
        lead = text[: start - 1].rstrip()
        return self.entity_at(len(lead) - 1, len(lead)) is not None

    def heading(self, offset: int) -> tuple[int, int] | None:
        """Where the last heading before `offset` begins and ends, None where there is none."""
        i = bisect_right(self._headings, (offset, 0)) - 1
        return self._headings[i] if i >= 0 else None

    @cached_property
    def _headings(self) -> list[tuple[int, int]]:
        title = (self.article.title or "").strip()
        return [(m.start(), m.end()) for m in _HEADING.finditer(self.article.text) if m[0].strip(" #*") != title]

    @cached_property
    def _order(self) -> dict[int, int]:
        return {s.start: i for i, s in enumerate(self.sentences)}

    def sentence_before(self, sentence: Sentence) -> Sentence | None:
        """The sentence that was read before this one, None for the first."""
        i = self._order[sentence.start]
        return self.sentences[i - 1] if i else None

    def entity_at(self, start: int, end: int) -> Entity | None:
        """The entity that overlaps `start`..`end`."""
        i = bisect_left(self._starts, end) - 1
        while i >= 0 and self.places[i][0] > start - 120:
            if self.places[i][1] > start:
                return self.places[i][2]
            i -= 1
        return None

    def places_in(self, start: int, end: int) -> tuple[tuple[int, int, Entity], ...]:
        """Places of entities that start in `start`..`end`."""
        return self.places[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie in `start`..`end`, in order."""
        first, last = bisect_left(self._mention_starts, start), bisect_right(self._mention_starts, end)
        return [m for m in self.mentions[first:last] if m.end <= end]

    @cached_property
    def first_time(self) -> str | None:
        """The time of the first date of the article that has one (EDTF)."""
        return next((m.time for m in self.mentions if m.kind == "date" and m.time), None)

    @cached_property
    def sentence_at(self) -> dict[int, Sentence]:
        """Where a sentence begins -> the sentence."""
        return {s.start: s for s in self.sentences}

    @cached_property
    def mention_at(self) -> dict[tuple[int, int], Mention]:
        """Where a mention begins and ends -> the first one there."""
        return {(m.start, m.end): m for m in reversed(self.mentions)}

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [m.start for m in self.mentions]

    def before(
        self, offset: int, *types: str, reach: int = 1500, recent: bool = False, but: frozenset[str] = frozenset()
    ) -> Entity | None:
        """The entity named last before `offset`, of one of the types, none of `but`.

        A topic of that type is preferred within a few lines, unless only the most recent will do.
        """
        earlier = self.places[: bisect_right(self._starts, offset - 1)]
        found = [
            p for p in earlier if p[0] >= offset - reach and (not types or suits(p[2], types)) and p[2].name not in self.speakers
        ]
        found = [p for p in found if p[2].name not in but]
        if not found or recent:
            return found[-1][2] if found else None
        main = self.topic(*types, but=but)
        here = [p[2] for p in found if p[0] >= self.paragraph_start(offset)]
        if here:
            return main if main in here else here[0]
        if main is not None and any(p[2] is main and p[0] >= offset - CLOSE for p in found):
            return main
        return found[-1][2]

    @cached_property
    def scene(self) -> Entity | None:
        """What an article's tolls are of: the place or name that its event nouns bear ("la crue de la Sorlène")."""
        votes: Counter[str] = Counter()
        head = self.article.title or ""
        for sentence in self.sentences:
            nouns = words(sentence.language, "events", "nouns")
            for word in sentence.words:
                if word.lemma in nouns or word.norm in nouns:
                    votes.update(name for name in self._borne_by(word.end))
        best = max(votes, key=lambda n: (_stands(n, head), votes[n], n), default=None)
        found = next((e for e in self.entities if e.name == best), None)
        settings = [e for e in self.topics if _setting(e) and not self.in_parentheses(e)]
        if found is not None and _stands(found.name, head):
            return found
        return next((e for e in settings if _stands(e.name, head)), found) or next(iter(settings), None)

    def _borne_by(self, end: int) -> Iterator[str]:
        """Names that the event noun which ends at `end` bears, a few words on."""
        for start, _, entity in self.places_in(end, end + 40):
            between = self.article.text[end:start]
            if (
                _setting(entity)
                and not self.in_parentheses(entity)
                and len(between.split()) <= 4
                and not set(between) & set(",;:.()")
            ):
                yield entity.name


def _stands(name: str, text: str) -> bool:
    """Whether a name stands in a text as whole words ("Argelane" does not in "Castel-Argelane")."""
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None


def _setting(entity: Entity) -> bool:
    """Whether an entity can be where something happens: no firm, and nobody with a first name."""
    return entity.type in ("LOC", "MISC") or (entity.type == "PER" and " " not in entity.name)


def _of_report(lead: str) -> bool:
    """Whether a name behind `lead` only says whose report or survey is told: "une étude de l'", "le baromètre "."""
    passed, nouns = _report_words()
    said = lead.casefold().replace("’", "'").replace("'", "' ").split()
    while said and said[-1] in passed:
        said.pop()
    return bool(said) and said[-1].removesuffix("s") in nouns


@cache
def _report_words() -> tuple[frozenset[str], frozenset[str]]:
    """Articles and prepositions of belonging, and the nouns of reports, in any language."""
    keys = (("reference", "definite"), ("prepositions", "of"))
    passed = frozenset(w for code in lexicon.LANGUAGES for key in keys for w in words(code, *key))
    return passed, frozenset(w for code in lexicon.LANGUAGES for w in words(code, "speech", "reports"))


@cache
def _sources() -> tuple[str, ...]:
    return tuple(sorted({w for code in lexicon.LANGUAGES for w in words(code, "speech", "sources")}))


# A line of its own that closes like no sentence, or the bold words that open a paragraph.
_HEADING = re.compile(
    r"^(?:#+ .{3,120}|\*\*[^*\n]{3,90}\*\*|(?![-*•–·] )[^\W\d_][^\n]{3,70}[^\s.!?…:;,»\"”)])$|^\*\*[^*\n]{3,60}\*\*", re.MULTILINE
)


@cache
def _mastheads() -> frozenset[str]:
    return frozenset(fold(name) for name in lexicon.table("mastheads")["names"])


@cache
def _bare_mastheads() -> frozenset[str]:
    """Mastheads without their article, as a name is often cut: "echos"."""
    articles = {fold(word) for code in lexicon.LANGUAGES for word in words(code, "reference", "definite")}
    parted = (name.partition(" ") for name in _mastheads())
    return frozenset(rest for first, _, rest in parted if first in articles)


def _masthead(entity: Entity) -> bool:
    """Whether a name is that of a well-known paper or station; "Provence" may be the region."""
    name = fold(entity.name)
    return name in _mastheads() or (entity.type == "ORG" and name in _bare_mastheads())


QUOTED = 24  # characters before a name in which "selon" makes it a source
CLOSE = 700  # characters within which the article's topic is preferred to the name that came last


def suits(entity: Entity, types: tuple[str, ...]) -> bool:
    """Whether an entity can be of one of the types: one word that nobody introduces may be a firm as well as a person."""
    lone = entity.type == "PER" and " " not in entity.name
    return entity.type in types or ("ORG" in types and (entity.type == "MISC" or lone))
