"""A text under reading: its tokens, the vocabulary that holds at each, and look-ups in both directions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from pipeline.grammar.dates.abbreviations import abbreviates
from pipeline.grammar.dates.calendar import Span
from pipeline.grammar.dates.vocabulary import Hit, Index, Vocabulary, vocabulary
from pipeline.grammar.numerals import may_end, read_number
from pipeline.grammar.tokens import Token
from pipeline.lexicon import LANGUAGES
from pipeline.records import Segment

DASHES = frozenset("-‐‑‒–—−")
_LONGEST_NUMBER = 7  # tokens of "quatre-vingt-dix-neuf"


class Stamp(NamedTuple):
    """The fields of a date that stand in the text; the rest is left to the context.

    `part` is the EDTF code of a season, quarter or half; `feast` the rule of a holiday; `direction` -1 for "last", 1 for
    "next", 0 for "this", None where nothing is said; `modifier` one of those of the lexicon; `same_year` that the year is the one
    told before ("le 3 mars de la même année"), `years_on` how many years on from it ("en août de l'année suivante").
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: int | None = None
    feast: str | None = None
    direction: int | None = None
    modifier: str | None = None
    same_year: bool = False
    years_on: int = 0


class Offset(NamedTuple):
    """A distance from a date that the text tells nearby, in whole units; with `keep` at the precision of that date."""

    unit: str
    number: int
    keep: bool = False


SAME_DAY = Offset("day", 0)


class Find(NamedTuple):
    """A date found in the tokens `start` to `end` (exclusive).

    `stamp` is what the context still has to resolve; without a stamp `span` holds the days (None: nothing resolves
    them). `until` and `until_span` are the same of the other end of an interval. `offset` counts from a date that the
    text tells nearby ("la veille", "un an plus tôt"); `shift` moves the date by units ("deux jours après Noël"), and with
    `length` it is the last of so many units ("the three months to June").
    """

    start: int
    end: int
    language: str
    rule: tuple[str, ...]
    stamp: Stamp | None = None
    until: Stamp | None = None
    span: Span | None = None
    until_span: Span | None = None
    interval: bool = False
    offset: Offset | None = None
    shift: tuple[str, int] | None = None
    length: tuple[str, int] | None = None


_ORDINAL = 2  # digits of an ordinal that may be a day's
_RUN_ON = 3  # letters of a word that begins a line


class Passage:
    """Tokens of a text with the vocabulary of each one's language."""

    __slots__ = ("codes", "norms", "published", "text", "tokens", "verbs", "vocabularies")

    def __init__(self, text: str, tokens: Sequence[Token], segments: Sequence[Segment], published: date | None) -> None:
        self.text, self.tokens, self.published = text, tokens, published
        self.norms = [token[2] for token in tokens]
        self.codes = sorted({segment.language for segment in segments} or {LANGUAGES[0]})
        self.vocabularies = _vocabularies(tokens, segments)
        self._accent()
        self.verbs = self._clauses()

    def _clauses(self) -> list[str]:
        """The norms as the tense is read from them.

        A name that looks like a verb is empty, as is a noun where a capital tells it and the mark within a figure; straight
        quotation marks are opening or closing ones by the space beside them.
        """
        out, text = list(self.norms), self.text
        for i in [i for i, token in enumerate(self.tokens) if token[2] in _SPLITTING or text[token[0]].isupper()]:
            if (norm := out[i]) == '"':
                inside, before = self.touches(i + 1), self.touches(i)
                out[i] = "«" if inside and not before else "»" if before and not inside else norm
            elif self._inner_stop(i) if norm in _SPLITTING else self._name(i):
                out[i] = ""
        return out

    def _name(self, i: int) -> bool:
        """Whether the capital of token `i` stands inside a sentence and tells that it is no verb."""
        vocabulary = self.vocabularies[i]
        return bool(vocabulary.capital_months or vocabulary.direction(self.norms[i])) and not self.opens(i)

    def _inner_stop(self, i: int) -> bool:
        """Whether the stop at token `i` ends no sentence: it stands within a figure, is an ordinal's ("am 18. und 19. Mai") or
        an abbreviation's ("M. Dupont").
        """
        if self._ordinal_stop(i) or self._abbreviation(i):
            return True
        return self.touches(i) and self.touches(i + 1) and self.kind(i - 1) == self.kind(i + 1) == "digits"

    def _abbreviation(self, i: int) -> bool:
        """Whether the full stop at token `i` is that of a title or an initial."""
        word = self.norm(i) == "." and self.touches(i) and self.kind(i - 1) == "word" and not self.breaks(i + 1)
        return word and abbreviates(self._raw(i - 1), self._raw(i + 1))

    def _raw(self, i: int) -> str:
        """The token as written, empty outside the text."""
        return self.text[self.tokens[i].start : self.tokens[i].end] if 0 <= i < len(self.tokens) else ""

    def _ordinal_stop(self, i: int) -> bool:
        """Whether a full stop makes the figure before it an ordinal: a word in small letters or a month goes on."""
        ordinal = self.norm(i) == "." and self.touches(i) and self.kind(i - 1) == "digits" and len(self.norms[i - 1]) <= _ORDINAL
        if not ordinal or self.kind(i + 1) != "word" or self.touches(i + 1) or not self.vocabularies[i].dotted_days:
            return False
        return not self.capital(i + 1) or self.norms[i + 1] in self.vocabularies[i].months

    def _accent(self) -> None:
        """Gives a capital that opens a sentence the accent that it went without: "A 20 h" is "À 20 h"."""
        bare = _unaccented(tuple(self.codes))
        for i in [i for i, norm in enumerate(self.norms) if norm in bare]:
            accented = self.vocabularies[i].unaccented.get(self.norms[i])
            if accented and self.capital(i) and self.opens(i) and self.norm(i + 1) not in DASHES:
                self.norms[i] = accented

    def look(self, kind: str, i: int) -> Hit | None:
        """The longest entry of `kind` that starts at token `i`."""
        if not 0 <= i < len(self.norms):
            return None
        entries = self.vocabularies[i].starts.get(kind, _NO_ENTRIES).get(self.norms[i])
        if entries is None:
            return None
        for norms, value in entries:
            if len(norms) == 1 or self.norms[i : i + len(norms)] == norms:
                return Hit(value, len(norms))
        return None

    def back(self, kind: str, i: int) -> Hit | None:
        """The longest entry of `kind` that ends just before token `i`."""
        if not 0 < i <= len(self.norms):
            return None
        entries = self.vocabularies[i - 1].ends.get(kind, _NO_ENTRIES).get(self.norms[i - 1])
        if entries is None:
            return None
        for norms, value in entries:
            if len(norms) == 1 or (len(norms) <= i and self.norms[i - len(norms) : i] == norms):
                return Hit(value, len(norms))
        return None

    def norm(self, i: int) -> str:
        """The token's norm, empty outside the text."""
        return self.norms[i] if 0 <= i < len(self.norms) else ""

    def kind(self, i: int) -> str:
        """The token's kind, empty outside the text."""
        return self.tokens[i].kind if 0 <= i < len(self.tokens) else ""

    def touches(self, i: int) -> bool:
        """Whether no space stands between tokens `i - 1` and `i`."""
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def capital(self, i: int) -> bool:
        """Whether the token starts with a capital letter."""
        return 0 <= i < len(self.tokens) and self.text[self.tokens[i].start].isupper()

    def opens(self, i: int) -> bool:
        """Whether the token begins a sentence, as far as its left neighbour tells."""
        if i <= 0:
            return True
        after_stop = self.norms[i - 1] in _OPENERS and not self._ordinal_stop(i - 1)
        return after_stop or self.breaks(i) or self._run_on(i)

    def _run_on(self, i: int) -> bool:
        """Whether a capital follows without a space: a line break was lost ("le numéro 1|Mardi soir", "la fin|Mardi")."""
        if not self.touches(i) or self.kind(i) != "word" or len(self.norms[i]) < _RUN_ON:
            return False
        return self.capital(i) and self.kind(i - 1) in ("digits", "word") and not self.norms[i - 1].endswith("'")

    def breaks(self, i: int) -> bool:
        """Whether a line ends between tokens `i - 1` and `i`."""
        return 0 < i < len(self.tokens) and "\n" in self.text[self.tokens[i - 1].end : self.tokens[i].start]

    def breaks_between(self, i: int, j: int) -> bool:
        """Whether a paragraph ends between the tokens before `i` and at `j`."""
        return 0 < i <= j < len(self.tokens) and "\n\n" in self.text[self.tokens[i - 1].end : self.tokens[j].start]

    def digits(self, i: int, low: int, high: int) -> int | None:
        """The number that the plain digits of token `i` write, if it lies within the bounds and no figure goes on around it."""
        if self.kind(i) != "digits" or len(self.norms[i]) > 4:
            return None
        value = int(self.norms[i])
        return value if low <= value <= high else None

    def number_before(self, i: int) -> tuple[int, int] | None:
        """(value, index of its first token) of the whole number that ends just before token `i`, in digits or words."""
        if i <= 0:
            return None
        if self.kind(i - 1) == "digits":
            value = self.digits(i - 1, 1, 9999)
            return None if value is None or self._goes_on(i - 1) else (value, i - 1)
        if self.kind(i - 1) != "word":
            return None
        if one := self.back("distances.one", i):
            return 1, i - one.length  # "a year ago"
        code = self.vocabularies[i - 1].code
        if not may_end(self.tokens[i - 1].norm, code):
            return None
        best: tuple[int, int] | None = None
        for start in range(i - 1, max(-1, i - 1 - _LONGEST_NUMBER), -1):
            number = read_number(self.tokens, start, code) if self.tokens[start].kind == "word" else None
            if number is None and self.tokens[start].kind == "word" and start != i - 1 and best is None:
                break
            if number is not None and number.end == i and number.value == int(number.value) and number.value < 10_000:
                best = int(number.value), start
        return best

    def halved_before(self, i: int) -> tuple[int, int] | None:
        """(whole part, index of its first word) of a half before token `i`: "dreieinhalb", "einem halben"."""
        if hit := self.back("distances.half", i):
            return 0, i - hit.length
        word = self.kind(i - 1) == "word"
        number = read_number(self.tokens, i - 1, self.vocabularies[i - 1].code) if word and i > 0 else None
        if number is None or number.end != i or number.value >= 100 or number.value % 1 * 2 != 1:
            return None
        return int(number.value), i - 1

    def number_at(self, i: int) -> tuple[int, int] | None:
        """(value, index of the first token after it) of the whole number in words that starts at token `i`."""
        if self.kind(i) != "word":
            return None
        number = read_number(self.tokens, i, self.vocabularies[i].code)
        if number is None or number.value != int(number.value) or number.value > 9999 or number.collective:
            return None
        return int(number.value), number.end

    def _goes_on(self, i: int) -> bool:
        """Whether the digits at `i` are the tail of a longer figure ("1,5", "10.000")."""
        return i > 1 and self.norms[i - 1] in _INNER and self.touches(i) and self.touches(i - 1) and self.kind(i - 2) == "digits"


@cache
def _unaccented(codes: tuple[str, ...]) -> frozenset[str]:
    """Words of some languages that capitals leave without their accent."""
    return frozenset().union(*(vocabulary(code).unaccented for code in codes))


_SPLITTING = frozenset('.:"')
_NO_ENTRIES: Index = {}
_OPENERS = frozenset('.!?:«»"“”„|•')
_INNER = frozenset(",.:/'’")


def _vocabularies(tokens: Sequence[Token], segments: Sequence[Segment]) -> list[Vocabulary]:
    """For each token the vocabulary of the segment in which it starts; beyond all segments that of the nearest before."""
    if not segments:
        return [vocabulary(LANGUAGES[0])] * len(tokens)
    each = [vocabulary(segment.language) for segment in segments]
    if len(each) == 1:
        return each * len(tokens)
    starts = [segment.start for segment in segments]
    return [each[max(bisect_right(starts, token[0]) - 1, 0)] for token in tokens]
