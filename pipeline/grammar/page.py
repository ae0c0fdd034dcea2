"""A text laid out for reading: its tokens, the language of each, and the small questions that every rule asks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from pipeline.grammar.tokens import Token
from pipeline.records import Segment

T = TypeVar("T")
_CLOSERS = frozenset(".!?;…")
_DASHES = frozenset("—–-")
_QUOTES = frozenset("\"'«“„»”")
_OPENERS = _DASHES | frozenset("\"'«“„(")
_BULLETS = frozenset(":•‣·▪■◆●►▶→*")


@dataclass(frozen=True)
class Page:
    """`languages[i]` is the language of `tokens[i]`; `taken` are the spans that dates already hold, in order."""

    text: str
    tokens: Sequence[Token]
    languages: Sequence[str]
    taken: Sequence[tuple[int, int]] = ()
    published: date | None = None
    _starts: list[int] = field(default_factory=list)
    _memory: dict[Hashable, Any] = field(default_factory=dict)

    def remember(self, key: Hashable, find: Callable[[], T]) -> T:
        """What `find` gives, asked once a text for each `key`."""
        if key not in self._memory:
            self._memory[key] = find()
        found: T = self._memory[key]
        return found

    def places(self, words: frozenset[str]) -> list[int]:
        """Indices of the tokens that are one of `words`, in order."""
        return self.remember(words, lambda: [i for i, token in enumerate(self.tokens) if token[2] in words])

    def raw(self, i: int) -> str:
        """Token `i` as written, empty past either end."""
        return self.text[self.tokens[i].start : self.tokens[i].end] if 0 <= i < len(self.tokens) else ""

    def norm(self, i: int) -> str:
        """Token `i` casefolded, empty past either end."""
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""

    def kind(self, i: int) -> str:
        """Kind of token `i`, empty past either end."""
        return self.tokens[i].kind if 0 <= i < len(self.tokens) else ""

    def adjacent(self, i: int) -> bool:
        """Whether tokens `i` - 1 and `i` touch."""
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def joined(self, i: int) -> bool:
        """Whether tokens `i` - 1 and `i` stand on one line, at most three spaces apart."""
        if not 0 < i < len(self.tokens):
            return False
        a, b = self.tokens[i - 1].end, self.tokens[i].start
        return a == b or (b - a <= 3 and "\n" not in self.text[a:b])

    def line_start(self, i: int) -> bool:
        """Whether token `i` is the first of its line."""
        return i == 0 or "\n" in self.text[self.tokens[i - 1].end : self.tokens[i].start]

    def line_end(self, i: int) -> bool:
        """Whether nothing follows on its line after token `i` - 1."""
        return i >= len(self.tokens) or self.line_start(i)

    def sentence_start(self, i: int) -> bool:
        """Whether token `i` may open a sentence: after a full stop, a colon, an opening quote, a bullet, or at a line's start.

        A quotation mark between two words that it touches closes a sentence too: 'la fin"Trois', as joined paragraphs leave it.
        """
        if self.adjacent(i) and self.kind(i - 1) == self.kind(i) == "word" and not self.norm(i - 1).endswith("'"):
            return True  # two words that lost the line break between them
        while i > 0 and not self.line_start(i):
            sign = self.norm(i - 1)
            if sign in _QUOTES and self.adjacent(i) and self.adjacent(i - 1) and self.kind(i - 2) == "word":
                return True
            if sign in _QUOTES and not self.adjacent(i) and self.norm(i - 2) in _CLOSERS:
                return True  # "quatorze heures. » | Neuf familles"
            if sign in _DASHES and not self.adjacent(i) and not self.adjacent(i - 1):
                return True
            if sign not in _OPENERS:
                break
            i -= 1
        return self.line_start(i) or self.norm(i - 1) in _CLOSERS | _BULLETS

    def back(self, i: int, limit: int) -> Iterator[int]:
        """Indices of tokens before `i` in its sentence, nearest first, at most `limit`."""
        for j in range(i - 1, max(-1, i - 1 - limit), -1):
            if self.tokens[j].norm in _CLOSERS and not self.adjacent(j + 1):
                return
            yield j
            if self.line_start(j):
                return

    def paragraph(self, i: int, limit: int) -> Iterator[int]:
        """Indices of tokens before `i` in its paragraph, nearest first, at most `limit`."""
        for j in range(i - 1, max(-1, i - 1 - limit), -1):
            yield j
            if self.line_start(j):
                return

    def free(self, start: int, end: int) -> bool:
        """Whether no date holds any of text[start:end]."""
        if not self.taken:
            return True
        at = bisect_left(self._starts, end)
        return at == 0 or self.taken[at - 1][1] <= start

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the text, casefolded."""
        return frozenset(t.norm for t in self.tokens if t.kind == "word")


def lay_out(
    text: str,
    tokens: Sequence[Token],
    segments: Sequence[Segment],
    taken: Sequence[tuple[int, int]],
    published: date | None,
    default: str,
) -> Page:
    """A page; tokens outside every segment are in the language `default`."""
    starts = [t.start for t in tokens]
    languages = [default] * len(tokens)
    for segment in segments:
        a, b = bisect_left(starts, segment.start), bisect_left(starts, segment.end)
        languages[a:b] = [segment.language] * (b - a)
    return Page(text, tokens, languages, taken, published, [start for start, _ in taken])
