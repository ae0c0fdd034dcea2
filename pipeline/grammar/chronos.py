"""Times as a stopwatch gives them, with signs for the units: 10"5, 2'34", 1'23"45, 2h08'12"."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from pipeline.grammar.bounds import EXACT, bound_before
from pipeline.grammar.page import Page
from pipeline.grammar.wordlists import words
from pipeline.records import Mention, Quantity

_MINUTE, _SECOND = frozenset("'’′"), frozenset('"”″')
_HOUR = frozenset("h")
MARKS = _MINUTE | _SECOND | frozenset("hH")  # one of them touches the first figure of every such time
_SIXTY, _PLACES = Decimal(60), Decimal("0.0001")
_SECONDS = {"h": Decimal(3600), "min": _SIXTY, "s": Decimal(1)}


class _Time(NamedTuple):
    """Seconds read so far, the largest unit written, and the index of the next token."""

    seconds: Decimal
    unit: str
    end: int


def _run(page: Page, i: int, most: int) -> bool:
    """Whether token `i` is a run of at most so many digits."""
    return page.kind(i) == "digits" and len(page.norm(i)) <= most


def _sign(page: Page, i: int, signs: frozenset[str]) -> int | None:
    """Index after one of `signs` (two single ones stand for a double one) that touches what is before token `i`."""
    if not page.adjacent(i):
        return None
    if page.norm(i) in signs:
        return i + 1
    double = signs is _SECOND and page.norm(i) in _MINUTE and page.norm(i + 1) in _MINUTE and page.adjacent(i + 1)
    return i + 2 if double else None


def _minutes(page: Page, i: int) -> _Time | None:
    """The minutes at token `i`, behind their hours if there are any; two digits of seconds must follow."""
    hours = Decimal(0)
    if _run(page, i, 2) and _sign(page, i + 1, _HOUR) is not None and page.adjacent(i + 2):
        hours, i = Decimal(page.norm(i)) * 3600, i + 2
    end = _sign(page, i + 1, _MINUTE) if _run(page, i, 2) else None
    if end is None or not page.adjacent(end) or not _run(page, end, 2) or len(page.norm(end)) != 2:
        return None
    return _Time(hours + Decimal(page.norm(i)) * _SIXTY, "h" if hours else "min", end)


def _read(page: Page, i: int) -> _Time | None:
    """The time at token `i`: its seconds are closed by their sign, what follows are decimals of them."""
    time = _minutes(page, i) or _Time(Decimal(0), "s", i)
    end = _sign(page, time.end + 1, _SECOND) if _run(page, time.end, 2) else None
    seconds = page.norm(time.end)
    if end is None and time.unit != "s" and int(seconds) < _SIXTY and _lasting(page, i, time.end + 1):
        return time._replace(seconds=time.seconds + Decimal(seconds), end=time.end + 1)
    if end is None or int(seconds) >= _SIXTY:
        return None
    rest = page.norm(end) if page.adjacent(end) and _run(page, end, 3) else ""
    if time.unit == "s" and not rest:
        return None  # the end of a quotation, or inches
    return time._replace(seconds=time.seconds + Decimal(f"{seconds}.{rest or 0}"), end=end + bool(rest))


def _lasting(page: Page, start: int, end: int) -> bool:
    """Whether the words around seconds without their sign tell a time: "à 2'45 | des échappés", "un écart de | 2'45"."""
    lex = words(page.languages[start])
    feet = lex.decimal == "."  # where it is decimal, 5'11 is a height
    of = page.norm(start - 1) in lex.partitive and bound_before(page, start, lex.language) is None  # no "à partir de 5'25"
    told = of or page.norm(start - 1) in lex.clock_duration or page.norm(end) in lex.partitive
    return told and not feet and not page.adjacent(end + (page.kind(end) == "sign"))


def chrono(page: Page, i: int) -> Mention | None:
    """The time of a stopwatch that starts at token `i`, None if none does."""
    time = None if page.adjacent(i) else _read(page, i)
    if time is None:
        return None
    a, b = page.tokens[i].start, page.tokens[time.end - 1].end
    if not page.free(a, b) or (page.adjacent(time.end) and page.kind(time.end) != "sign"):
        return None
    value = (time.seconds / _SECONDS[time.unit]).quantize(_PLACES).normalize()
    bound = bound_before(page, i, page.languages[i]) or EXACT
    quantity = Quantity(
        kind="duration", value=value, lower=value if bound.closed_below else None, upper=value if bound.closed_above else None,
        quantum=Decimal("0.01"), unit=time.unit, approximation=bound.approximation,
    )  # fmt: skip
    steps = (f"stopwatch {page.text[a:b]} = {time.seconds.normalize():f} s",)
    return Mention(start=a, end=b, quote=page.text[a:b], language=page.languages[i], quantity=quantity, rule=steps)
