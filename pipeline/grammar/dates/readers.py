"""The readers of dates, each with the words that call it, and the scan of a passage for those words."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from pipeline.grammar.dates import clock, dayparts, foreign, months, nearby, numeric, parts, units, weekdays, years
from pipeline.grammar.dates.passage import Find, Passage
from pipeline.grammar.dates.vocabulary import vocabulary

_TAGS = frozenset("#@")  # "#6Novembre"

Reader = Callable[[Passage, int], list[Find]]


def _month(p: Passage, i: int) -> list[Find]:
    return foreign.shuffled(p, i) or months.read(p, i)


FIGURES: tuple[Reader, ...] = (numeric.read, years.read, clock.read, clock.lone_day, foreign.neighbour, numeric.weekend_days)

READERS: dict[str, Reader] = {
    "months": _month,
    "ordinals": months.spoken,
    "named": parts.named,
    "holidays": parts.holiday,
    "weekdays": weekdays.read,
    "deictic": weekdays.deictic,
    "deictic_units": weekdays.deictic_unit,
    "dayparts.nouns": lambda p, i: dayparts.pointed(p, i) or dayparts.told_nearby(p, i),
    "anaphoric": nearby.anaphoric,
    "clock.words": clock.read,
    "clock.halves": clock.read,
    "clock.alone": clock.spoken,
    "seasons": parts.season,
    "decades": parts.decade,
    "quarters": parts.short,
    "units": units.read,
    "grown": units.grown,
    "years.spelled": years.spelled,
}


def _figures(p: Passage, i: int) -> list[Find]:
    """What the first reader of figures that finds something makes of the digits at token `i`."""
    return next((found for reader in FIGURES if (found := reader(p, i))), [])


def _read(p: Passage, i: int) -> list[Find]:
    """All that the readers find at an anchor."""
    token = p.tokens[i]
    if token.kind == "digits":
        return _figures(p, i) if len(token.norm) <= 4 else []
    return [find for reader in _called(p.vocabularies[i].anchors[token.norm]) for find in reader(p, i)]


@cache
def _called(kinds: tuple[str, ...]) -> tuple[Reader, ...]:
    """The readers that a word of these kinds calls."""
    return tuple(READERS[kind] for kind in kinds if kind in READERS)


def _anchors(p: Passage) -> list[int]:
    """Indices of the tokens at which a reader may find something, figures and words that may begin or carry a date."""
    known = _known(tuple(p.codes))
    found = [i for i, token in enumerate(p.tokens) if token[2] in known or token[3] == "digits"]
    return [i for i in found if p.tokens[i][3] == "digits" or _goes_on(p, i)]


def _goes_on(p: Passage, i: int) -> bool:
    """Whether the word at token `i` is an anchor of its language, with the word behind it where it only begins phrases."""
    norm, vocabulary = p.tokens[i][2], p.vocabularies[i]
    if norm not in vocabulary.seconds or p.norms[i] != norm:
        return norm in vocabulary.anchors
    return p.norm(i + 1) in vocabulary.seconds[norm]


@cache
def _known(codes: tuple[str, ...]) -> frozenset[str]:
    """The anchors of some languages."""
    return frozenset().union(*(vocabulary(code).anchors for code in codes))


def finds(p: Passage) -> list[Find]:
    """The longest finds that do not overlap, in order; names that only look like dates are left out."""
    out: list[Find] = []
    blocked = 0
    for i in _anchors(p):
        if (name := p.look("not.names", i)) is not None:
            blocked = max(blocked, i + name.length)
        if i < blocked:
            continue
        for find in _read(p, i):
            _keep(out, find, p)
    return out


def _keep(out: list[Find], find: Find, p: Passage) -> None:
    """Adds a find unless a longer one stands in its place; shorter ones give way. A street has the name of its day."""
    if any(p.kind(k) == "digits" and p.back("not.streets", k) for k in (find.start, find.start + 1)):
        return  # "la place du 8-Mai-1945", "am Platz | des 18. März"
    if p.touches(find.start) and p.norm(find.start - 1) in _TAGS:
        return
    if "\n\n" in p.text[p.tokens[find.start].start : p.tokens[find.end - 1].end]:
        return
    size = find.end - find.start
    k = len(out)
    while k and out[k - 1].end > find.start:
        if out[k - 1].start < find.end and out[k - 1].end - out[k - 1].start >= size:
            return
        k -= 1
    rest = [other for other in out[k:] if other.start >= find.end]
    out[k:] = [find, *rest]
