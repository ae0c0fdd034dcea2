"""Durations told in two units, the smaller one behind the larger: "trois ans et quatre mois", "2 h 30 min"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.grammar import numbers
from pipeline.grammar.denominators import denominator
from pipeline.grammar.drafts import Draft
from pipeline.grammar.measures import Found, unit_after, unit_at
from pipeline.grammar.nouns import counted
from pipeline.grammar.numbers import Number
from pipeline.grammar.numerals import HYPHENS
from pipeline.grammar.page import Page
from pipeline.grammar.units import weight_of
from pipeline.grammar.vocabulary import numerals
from pipeline.grammar.wordlists import words

# What a unit is told on in, and how many of it make one; days of a month differ, so a month is not told on.
_SMALLER = {
    "a": ("mo", Decimal(12)),
    "wk": ("d", Decimal(7)),
    "d": ("h", Decimal(24)),
    "h": ("min", Decimal(60)),
    "min": ("s", Decimal(60)),
    "[ft_i]": ("[in_i]", Decimal(12)),
    "kg": ("g", Decimal(1000)),
    "[stone_av]": ("[lb_av]", Decimal(14)),
    "[lb_av]": ("[oz_av]", Decimal(16)),
}
_FOOT, _INCHES = "[ft_i]", frozenset(("in", "ins"))  # "in" alone is no unit: only where it touches its figure behind feet
_KINDS = frozenset(("duration", "measure"))
_PLACES = Decimal("0.0001")
_OF_CLOCK = frozenset(("h", "min"))  # units between which a comma may stand: "2 Stunden, 19 Minuten und 24 Sekunden"
_SECONDS_IN = {"s": Decimal(1), "min": Decimal(60), "h": Decimal(3600)}
_CENT, _TWO = Decimal("0.01"), 2
_NEAR = 4  # tokens in which "respectivement" makes them two


def _whole(draft: Draft) -> bool:
    plain = draft.kind in _KINDS and draft.found is not None and draft.found.unit.factor == 1
    return plain and not draft.value % 1 and draft.value >= 1 and draft.unit in _SMALLER


def _next(page: Page, i: int) -> tuple[Number, Found] | None:
    """The number at token `i` with its unit."""
    if i >= len(page.tokens) or not page.joined(i) or not (page.kind(i) == "digits" or numbers.may_start(page.norm(i))):
        return None
    number = numbers.read(page, i)
    found = unit_after(page, number) if number is not None and number.quantum is not None else None
    return (number, found) if number is not None and found is not None else None


def _apart(page: Page, draft: Draft, end: int) -> bool:
    """Whether the words around say that there are two: "entre deux ans et six mois", "respectivement"."""
    ranges = words(page.languages[draft.start]).ranges
    near = (*range(max(0, draft.start - _NEAR), draft.start), *range(end, end + _NEAR))
    return page.norm(draft.start - 1) in ranges["between"] or any(page.norm(j) in ranges["respective"] for j in near)


def _tenths(page: Page, draft: Draft) -> Draft:
    """Seconds with the tenths or hundredths behind them: "trois secondes et 5 dixièmes"."""
    linked = page.norm(draft.end) in numerals(page.languages[draft.start]).joiners
    i, begun = draft.end + linked, draft.unit == "s" and draft.value % 1
    words_or_digits = page.kind(i) == "digits" or numbers.may_start(page.norm(i))
    if draft.kind != "duration" or begun or not page.joined(i) or not words_or_digits:
        return draft
    number = numbers.read(page, i)
    below = denominator(page, number.end, number.language) if number is not None and number.quantum is not None else None
    if number is None or below is None or number.value % 1 or not 0 < number.value * below.part < 1 or not below.rank:
        return draft
    share = number.value * below.part / _SECONDS_IN[draft.unit or "s"]
    value = draft.value + share if draft.unit == "s" else (draft.value + share).quantize(_PLACES).normalize()
    steps = (*draft.steps, f"and {number.value:f} parts of a second")
    return replace(draft, value=value, quantum=below.part, end=below.end, steps=steps)


def _hundredths(page: Page, draft: Draft) -> Draft:
    """Seconds of a race with two digits behind their unit, which are hundredths: "9 s 58", "1 min 43 s 15"."""
    i = draft.end
    run = page.kind(i) == "digits" and len(page.norm(i)) == _TWO and page.joined(i)
    second = unit_at(page, i - 1) if run else None
    last = second is not None and second.unit.code == "s" and page.kind(i - 2) == "digits"
    if not run or not last:
        return draft
    touched = page.adjacent(i + 1) and page.kind(i + 1) in ("word", "digits")
    goes_on = unit_at(page, i + 1) is not None or counted(page, i + 1, Decimal(2), page.languages[draft.start]) is not None
    if touched or (page.joined(i + 1) and goes_on):
        return draft
    share = Decimal(page.norm(i)) / 100 / _SECONDS_IN[draft.unit or "s"]
    steps = (*draft.steps, f"and {page.norm(i)} hundredths of a second")
    return replace(draft, value=(draft.value + share).quantize(_PLACES).normalize(), quantum=_CENT, end=i + 1, steps=steps)


def _inches(page: Page, draft: Draft) -> Draft | None:
    """Feet with their inches: "6ft 4in", "6-foot-2"."""
    tied = page.norm(draft.end) in HYPHENS and page.adjacent(draft.end) and page.adjacent(draft.end + 1)
    i = draft.end + tied
    if draft.value % 1 or page.kind(i) != "digits" or not page.joined(i) or len(page.norm(i)) > 2 or int(page.norm(i)) > 11:
        return None
    told = page.norm(i + 1) in _INCHES and page.adjacent(i + 1)
    if not told and not (tied and page.kind(draft.end - 1) == "word" and page.joined(i + 1)):
        return None
    value = (draft.value + Decimal(page.norm(i)) / 12).quantize(_PLACES).normalize()
    steps = (*draft.steps, f"and {page.norm(i)} inches")
    return replace(draft, value=value, quantum=Decimal("0.01"), end=i + 1 + told, steps=steps)


def _added(page: Page, draft: Draft, last: str, worth: Decimal) -> tuple[Draft, str, Decimal] | None:
    """The duration with the next smaller unit than `last` behind it, of which `worth` make one of the draft's unit."""
    if last not in _SMALLER:
        return None
    linked = page.norm(draft.end) in numerals(page.languages[draft.start]).joiners
    linked = linked or (last in _OF_CLOCK and page.norm(draft.end) == "," and page.adjacent(draft.end))
    more = _next(page, draft.end + linked)
    if more is None:
        return None
    (number, found), (code, ratio) = more, _SMALLER[last]
    if (
        code not in (found.unit.code, weight_of(found.unit))
        or found.unit.factor != 1
        or number.value % 1
        or not 1 <= number.value < ratio
    ):
        return None
    if _apart(page, draft, found.end) or not page.free(page.tokens[number.start].start, page.tokens[found.end - 1].end):
        return None
    steps = (*draft.steps, f"and {number.value:f} {code}")
    value = draft.value + number.value / (worth * ratio)
    return replace(draft, value=value, quantum=Decimal("0.01"), end=found.end, steps=steps), code, worth * ratio


def compound(page: Page, draft: Draft) -> Draft:
    """The duration with the smaller units behind it added, in its own unit: "trois ans et six mois" is 3.5 a."""
    if draft.unit == "s":
        return _hundredths(page, _tenths(page, draft))
    if draft.unit == _FOOT and (inches := _inches(page, draft)) is not None:
        return inches
    if not _whole(draft):
        return draft
    whole, last, worth = draft, draft.unit or "", Decimal(1)
    while (more := _added(page, whole, last, worth)) is not None:
        whole, last, worth = more
    if whole is draft:
        return draft
    exact = _hundredths(page, _tenths(page, whole)) if last == "s" else whole
    return exact if exact is not whole else replace(whole, value=whole.value.quantize(_PLACES).normalize())
