"""Days that have a name: fixed ones, and those that follow Easter or a weekday of a month."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from pipeline.grammar.dates import calendar


@cache
def easter(year: int) -> date | None:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher); None before 1583."""
    if not 1583 <= year <= 9999:
        return None
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - f + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month, day = divmod(h + ell - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> date | None:
    """The day in `year` of a rule of the lexicon, None where it has none.

    Rules: `MM-DD`; `easter+N` days; `advent-N` weeks before the fourth Sunday of Advent; `MM-W-N`, the N-th weekday W
    (1 is Monday) of a month, with `+D` days after it.
    """
    if rule.startswith("easter"):
        sunday = easter(year)
        return sunday + timedelta(days=int(rule.removeprefix("easter"))) if sunday else None
    if rule.startswith("advent"):
        christmas = date(year, 12, 25)
        fourth = christmas - timedelta(days=christmas.weekday() + 1)
        return fourth + timedelta(weeks=int(rule.removeprefix("advent")))
    place, _, more = rule.partition("+")
    month, *rest = map(int, place.split("-"))
    if len(rest) == 1:
        return calendar.valid(year, month, rest[0])
    first = calendar.valid(year, month, 1)
    days = 7 * (rest[1] - 1) + int(more or 0)
    return None if first is None else first + timedelta(days=(rest[0] - first.isoweekday()) % 7 + days)
