"""When a claim holds, as days: reading EDTF where a table gives no interval, and how two times stand to each other."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

# EDTF, ISO 8601-2: seasons, quarters and halves stand in the place of the month; here as first and last month.
_PARTS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
          37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12)}  # fmt: skip
_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?")


SEASON = 92  # days at most


class Span(NamedTuple):
    """Closed interval of days as ordinals; `vague` where the wording is approximate ("fin 2024")."""

    first: int
    last: int
    vague: bool = False

    @property
    def length(self) -> int:
        """Number of days, both ends included."""
        return self.last - self.first + 1


def _last_of(year: int, month: int) -> date:
    year, month = (year + 1, month - 12) if month > 12 else (year, month)
    return date(year, month, monthrange(year, month)[1])


def _point(text: str) -> tuple[date, date] | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    if "X" in year:
        return date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    if month is None:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if day is not None:
        return (whole := date(int(year), int(month), int(day))), whole
    first, last = _PARTS.get(int(month), (int(month), int(month)))
    return date(int(year), first, 1), _last_of(int(year), last)


@lru_cache(maxsize=20_000)
def edtf_span(text: str) -> Span | None:
    """The days of an EDTF string (dates, months, years, decades, seasons, quarters, halves, intervals); None for any other."""
    try:
        points = [_point(part) for part in text.split("/")]
    except ValueError:
        return None
    if not points or len(points) > 2 or any(point is None for point in points):
        return None
    first, last = points[0], points[-1]
    if first is None or last is None or last[1] < first[0]:
        return None
    return Span(first[0].toordinal(), last[1].toordinal(), any(mark in text for mark in "~?%"))


def widened(span: Span) -> Span:
    """A vague span with what its wording leaves open: a quarter of a year for months and longer, three days for days."""
    if not span.vague:
        return span
    slack = 3 if span.length < 28 else 31 if span.length <= 31 else SEASON
    return Span(max(span.first - slack, 1), min(span.last + slack, date.max.toordinal()), True)


def distance(a: Span, b: Span) -> int:
    """Days between two spans; 0 where they meet."""
    return max(a.first - b.last, b.first - a.last, 0)


def meets(a: Span, b: Span) -> bool:
    """Whether two spans share a day, vague ones widened."""
    return distance(widened(a), widened(b)) == 0


def same_extent(a: Span, b: Span) -> bool:
    """Whether two spans are of one granularity and cover (nearly) the same days."""
    shared = min(a.last, b.last) - max(a.first, b.first) + 1
    return shared >= 0.8 * max(a.length, b.length)


@lru_cache(maxsize=20_000)
def day(ordinal: int) -> date:
    """The date of an ordinal."""
    return date.min + timedelta(days=ordinal - 1)
