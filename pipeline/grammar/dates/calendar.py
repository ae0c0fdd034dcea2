"""Spans of the calendar: first and last day with the EDTF form (ISO 8601-2) of what was written."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple


class Span(NamedTuple):
    """Days from `first` to `last` inclusive (None is an open end) and their EDTF form."""

    first: date | None
    last: date | None
    edtf: str


def _served(*years: int) -> bool:
    return all(MINYEAR <= year <= MAXYEAR for year in years)


def day(when: date) -> Span:
    """One day."""
    return Span(when, when, when.isoformat())


def maybe(when: date | None) -> Span | None:
    """One day, or None for none."""
    return None if when is None else day(when)


def valid(year: int, month: int, number: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month(year: int, number: int) -> Span | None:
    """A month of a year."""
    if not _served(year):
        return None
    return Span(date(year, number, 1), date(year, number, monthrange(year, number)[1]), f"{year:04d}-{number:02d}")


def year(number: int) -> Span | None:
    """A year of our era, or before it (0 is 1 BC, as in EDTF); the latter has no days."""
    if number < MINYEAR:
        return Span(None, None, f"-{-number:04d}" if number else "0000")
    return Span(date(number, 1, 1), date(number, 12, 31), f"{number:04d}") if _served(number) else None


def years(first: int, last: int, edtf: str) -> Span | None:
    """Whole years, both included."""
    if not _served(first, last):
        return None
    return Span(date(first, 1, 1), date(last, 12, 31), edtf)


def decade(first: int) -> Span | None:
    """Ten years from `first`, which ends in 0."""
    return years(first, first + 9, f"{first // 10:03d}X")


def century(number: int) -> Span | None:
    """The century with that ordinal: 20 is 19XX."""
    if not 1 <= number <= 99:
        return None
    return years(max(1, (number - 1) * 100), number * 100 - 1, f"{number - 1:02d}XX")


def _months(year_: int, first: int, last: int, edtf: str) -> Span | None:
    if not _served(year_):
        return None
    return Span(date(year_, first, 1), date(year_, last, monthrange(year_, last)[1]), edtf)


def quarter(year_: int, number: int) -> Span | None:
    """Quarter 1 to 4, EDTF 33 to 36."""
    return _months(year_, 3 * number - 2, 3 * number, f"{year_:04d}-{32 + number}")


def half(year_: int, number: int) -> Span | None:
    """Half 1 or 2, EDTF 40 and 41."""
    return _months(year_, 6 * number - 5, 6 * number, f"{year_:04d}-{39 + number}")


WINTER = 24
# From the first day of the meteorological to the last of the astronomical season; winter belongs to either side of its year.
_SEASONS = {21: ((0, 3, 1), (0, 6, 21)), 22: ((0, 6, 1), (0, 9, 23)), 23: ((0, 9, 1), (0, 12, 21)), 24: ((-1, 12, 1), (1, 3, 20))}


def season(year_: int, code: int) -> Span | None:
    """Season by its EDTF code, 21 spring to 24 winter; the winter of a year may begin or end in it."""
    if not _served(year_ - 1, year_ + 1):
        return None
    (a, *first), (b, *last) = _SEASONS[code]
    return Span(date(year_ + a, *first), date(year_ + b, *last), f"{year_:04d}-{code}")


def winter(year_: int) -> Span | None:
    """The winter that begins in a year, by that year."""
    first, last = valid(year_, 12, 1), valid(year_ + 1, 3, 20)
    return Span(first, last, f"{year_:04d}-{WINTER}") if first and last else None


def part(year_: int, code: int) -> Span | None:
    """Season, quarter or half of a year by its EDTF code."""
    if code < 30:
        return season(year_, code)
    return quarter(year_, code - 32) if code < 40 else half(year_, code - 39)


def week(when: date) -> Span | None:
    """Monday to Sunday around a day, as an interval: EDTF knows no weeks."""
    return between(add(when, "day", -when.weekday()), 6)


def weekend(when: date) -> Span | None:
    """Saturday and Sunday of the week of a day."""
    return between(add(when, "day", 5 - when.weekday()), 1)


def weekend_near(span: Span) -> Span | None:
    """The weekend that a day belongs to or lies beside; on a Wednesday, which has none, the day itself."""
    if span.first is None or span.first.isoweekday() == 3:
        return span
    return (
        weekend(span.first) if span.first.isoweekday() > 3 else between(add(span.first, "day", -1 - span.first.isoweekday()), 1)
    )


def iso_week(year_: int, number: int) -> Span | None:
    """A week of ISO 8601, None where the year has no such week."""
    try:
        return week(date.fromisocalendar(year_, number, 1))
    except ValueError:
        return None


def last_week(year_: int) -> Span | None:
    """The last week of ISO 8601 in a year."""
    return iso_week(year_, 53) or iso_week(year_, 52)


def week_of_month(year_: int, month_: int, number: int) -> Span | None:
    """The week with the `number`-th Thursday of a month, 0 for the last; None where the month has no such week."""
    whole = month(year_, month_)
    if whole is None or whole.first is None or whole.last is None:
        return None
    first = 1 + (3 - whole.first.weekday()) % 7
    days = range(first, whole.last.day + 1, 7)
    if not 0 <= number <= len(days):
        return None
    return week(date(year_, month_, days[number - 1]))


def nth_weekday(year_: int, month_: int, weekday: int, number: int) -> Span | None:
    """The `number`-th Monday (1) to Sunday (7) of a month, 0 for the last; None where the month has no such day."""
    whole = month(year_, month_)
    if whole is None or whole.first is None or whole.last is None:
        return None
    first = 1 + (weekday - whole.first.isoweekday()) % 7
    days = range(first, whole.last.day + 1, 7)
    return day(date(year_, month_, days[number - 1])) if 0 <= number <= len(days) else None


def fortnight(year_: int, month_: int, first: bool) -> Span | None:
    """The first fifteen days of a month, or the rest of it."""
    whole = month(year_, month_)
    if whole is None or whole.last is None:
        return None
    a, b = (date(year_, month_, 1), date(year_, month_, 15)) if first else (date(year_, month_, 16), whole.last)
    return interval(day(a), day(b))


def between(first: date | None, length: int) -> Span | None:
    """`length` days on from `first`, both ends included."""
    last = add(first, "day", length) if first else None
    return None if first is None or last is None else interval(day(first), day(last))


def interval(left: Span, right: Span) -> Span | None:
    """From the first day of `left` to the last of `right`; None where that runs backwards."""
    if left.first and right.last and right.last < left.first:
        return None
    return Span(left.first, right.last, f"{left.edtf}/{right.edtf}")


def about(span: Span) -> Span:
    """The same span, said to be approximate."""
    return span._replace(edtf=span.edtf if "/" in span.edtf or span.edtf.endswith("~") else span.edtf + "~")


def add(when: date, unit: str, count: int) -> date | None:
    """A day moved by days, weeks, months or years; the end of a shorter month stands for a day that it lacks."""
    if unit in _DAYS:
        try:
            return when + timedelta(days=_DAYS[unit] * count)
        except OverflowError:
            return None
    months = when.year * 12 + when.month - 1 + _MONTHS[unit] * count
    to, number = divmod(months, 12)
    return date(to, number + 1, min(when.day, monthrange(to, number + 1)[1])) if _served(to) else None


_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


def shifted(span: Span, unit: str, count: int) -> Span | None:
    """`count` units after the last day of a span, or before its first; in whole units, and days for days and weeks.

    With 0, the week around it, or the weekend that it belongs to or lies beside.
    """
    if not count:
        return weekend_near(span) if unit == "weekend" else week(span.first) if span.first else None
    base = span.last if count > 0 else span.first
    if base is None:
        return None
    return maybe(add(base, unit, count)) if unit in ("day", "week") else moved(base, unit, count)


def up_to(span: Span, unit: str, count: int) -> Span | None:
    """The `count` units whose last day is that of a span; its month stands for an approximate end ("to the end of June")."""
    after = span.last and add(span.last, "day", 1)
    first = after and add(after, unit, -count)
    if first is None or span.first is None or "/" in span.edtf:
        return None
    edtf = span.edtf.removesuffix("~")
    opening = f"{first.year:04d}-{first.month:02d}" if len(edtf) == len("2024-06") and first.day == 1 else first.isoformat()
    return Span(first, span.last, f"{opening}/{edtf}")


def shifted_alike(span: Span, unit: str, count: int) -> Span | None:
    """A span moved by units, at its own precision: a year before the second quarter of 2025 is that of 2024."""
    if span.first is None or "/" in span.edtf:
        return None
    if unit in ("year", "decade", "century"):
        years_ = count * _MONTHS[unit] // 12
        return _other_year(span, span.first.year + years_)
    if unit in ("day", "week"):
        return maybe(add(span.first, unit, count)) if span.first == span.last else None
    if (span.last or span.first) - span.first > timedelta(days=31):  # months from a whole year: only whole years
        return _other_year(span, span.first.year + count // 12) if unit == "month" and count % 12 == 0 else None
    return moved(span.first, unit, count)


def _other_year(span: Span, year_: int) -> Span | None:
    """The same day, month or part of another year."""
    if span.first is None or not _served(year_) or not span.edtf[:4].isdigit():
        return None
    fields = [int(field) for field in span.edtf.removesuffix("~").split("-")[1:]]
    if not fields:
        return year(year_)
    if len(fields) == 2:
        return maybe(valid(year_, *fields))
    found = month(year_, fields[0]) if fields[0] <= 12 else part(year_, fields[0])
    return about(found) if found and span.edtf.endswith("~") else found


AROUND: dict[str, Callable[[date], Span | None]] = {
    "day": day,
    "week": week,
    "weekend": weekend,
    "month": lambda when: month(when.year, when.month),
    "quarter": lambda when: quarter(when.year, (when.month + 2) // 3),
    "half": lambda when: half(when.year, 1 + (when.month > 6)),
    "year": lambda when: year(when.year),
    "decade": lambda when: decade(when.year // 10 * 10),
    "century": lambda when: century((when.year - 1) // 100 + 1),
}


def moved(when: date, unit: str, count: int) -> Span | None:
    """The whole `unit` (week, month, year ...) that lies `count` units after the one around `when`."""
    to = add(when, unit, count)
    around = AROUND.get(unit)
    return around(to) if to and around else None
