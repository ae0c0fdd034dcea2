"""From the fields written to days: what is missing is taken from the publication, the tense and the weekday."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date
from typing import NamedTuple

from pipeline.grammar.dates import calendar
from pipeline.grammar.dates.calendar import Span
from pipeline.grammar.dates.holidays import holiday
from pipeline.grammar.dates.passage import Stamp

# Days that a candidate on the wrong side of the publication, as the tense tells it, counts as farther away: the tense of
# a sentence is less sure than a near date ("les élections du 30 mai seront rejouées"), and surer than a distant one.
# Without a tense the distant future is less likely than the past.
_NEAR, _AGAINST_NEAR, _AGAINST_FAR, _AGAINST_SURE, _AHEAD = 45, 150, 260, 400, 130
# Days from the publication within which a weekday that does not fit is a slip of the pen, and tells of no other year.
_SLIP = 6
# Days ahead at which a weekday of no tense is the next one: in the press four of five written with their date are, and
# three of four bare ones that are tomorrow's beside a verb of the past that is not their own.
_SOON = 2
# Years back and ahead in which a weekday is looked for: what is announced lies nearer than what is told.
_YEARS_BACK, _YEARS_AHEAD = 6, 2


class Context(NamedTuple):
    """What resolves a date: the day of publication (None: nothing does) and the tense, -1 past, 1 future, 0 unknown.

    `sure` says that a verb of its own or "depuis" gives the date its tense, `loose` that in its language a past verb
    farther off may well stand beside what is to come.
    """

    published: date | None
    tense: int = 0
    sure: bool = False
    loose: bool = False


Resolved = tuple[Span | None, tuple[str, ...]]


def _distance(span: Span, to: date) -> int:
    """Signed days from `to` to the nearest day of the span, 0 inside."""
    if span.first and span.first > to:
        return (span.first - to).days
    return -(to - span.last).days if span.last and span.last < to else 0


def nearest(candidates: Iterable[Span | None], context: Context, direction: int | None) -> Span | None:
    """The candidate nearest to the publication, those against the tense counted farther; a written direction is binding."""
    if context.published is None:
        return None
    best: tuple[int, Span] | None = None
    for span in candidates:
        if span is None:
            continue
        distance = _distance(span, context.published)
        if direction and distance * direction <= 0:
            continue
        cost = abs(distance) + _improbable(distance, context)
        if best is None or cost < best[0]:
            best = cost, span
    return best and best[1]


def _improbable(distance: int, context: Context) -> int:
    """Days that a candidate counts as farther away, because the tense tells against it."""
    near = abs(distance) <= _NEAR
    if distance * context.tense < 0:
        return _AGAINST_SURE if context.sure else _AGAINST_NEAR if near else _AGAINST_FAR
    return _AHEAD if distance > 0 and not context.tense and not near else 0


def _on(stamp: Stamp, year: int) -> Span | None:
    """The stamp's span in a year, None outside the years of the calendar."""
    if not MINYEAR <= year <= MAXYEAR:
        return None
    if stamp.feast:
        return calendar.maybe(holiday(stamp.feast, year))
    if stamp.part:
        return calendar.part(year, stamp.part)
    if stamp.month and stamp.day:
        return calendar.maybe(calendar.valid(year, stamp.month, stamp.day))
    if stamp.month:
        return calendar.month(year, stamp.month)
    return calendar.year(year)


_PLACES = {
    "start": {"year": 1, "half": 1, "quarter": 1},
    "mid": {"year": 6, "half": 3, "quarter": 2},
    "end": {"year": 12, "half": 6, "quarter": 3},
}


_BEGINS = {"mid": 10, "end": 20}  # day of a month before which nobody speaks of its middle or end
_HALVES = {"first half": 1, "second half": 2}
_LENGTHS = {"year": range(364, 366), "half": range(179, 185), "quarter": range(88, 93)}


def modified(span: Span, modifier: str | None) -> Span:
    """The start, middle or end of a span as an approximate month ("fin 2024" is 2024-12~), or the span made approximate."""
    if modifier == "about":
        return calendar.about(span)
    if modifier is None or modifier == "during" or span.first is None or span.last is None:
        return span
    days = (span.last - span.first).days
    if modifier in _HALVES:
        half = calendar.half(span.first.year, _HALVES[modifier]) if days in _LENGTHS["year"] and len(span.edtf) == 4 else None
        return half or calendar.about(span)
    size = next((size for size, lengths in _LENGTHS.items() if days in lengths), None)
    if size is None or "/" in span.edtf or span.edtf[4:6] == "-2":  # a season has no months of its own
        return calendar.about(span)
    month = span.first.month - 1 + _PLACES[modifier][size]
    found = calendar.month(span.first.year, month)
    return calendar.about(found) if found else calendar.about(span)


def _soon(ahead: int, context: Context) -> bool:
    """Whether a weekday so many days ahead is that one rather than the one before the publication.

    Tomorrow is, unless a verb of its own is past: "a appelé à un mouvement mercredi"; the day after where no verb tells.
    """
    if context.tense < 0:
        return ahead == 1 and context.loose and not context.sure
    return not context.tense and ahead <= _SOON


def _weekday(stamp: Stamp, context: Context) -> Resolved:
    """A weekday alone, or one with the number of its day."""
    published = context.published
    assert published is not None
    assert stamp.weekday is not None
    if stamp.day:
        months = (calendar.add(published.replace(day=1), "month", n) for n in range(-12, 13))
        days = (m and calendar.valid(m.year, m.month, stamp.day) for m in months)
        found = nearest((calendar.day(d) for d in days if d and d.isoweekday() == stamp.weekday), context, None)
        return found, ("month by the weekday",)
    back = (published.isoweekday() - stamp.weekday) % 7
    if stamp.direction == -1:
        count, rule = -(back or 7), "last such weekday before the publication"
    elif stamp.direction == 1 or (context.tense > 0 and back and stamp.direction is None):
        count, rule = 7 - back, "next such weekday after the publication"
    elif stamp.direction == 0 and context.tense > 0 and back:
        count, rule = 7 - back, "this weekday, ahead by the tense"
    elif stamp.direction in (None, 0) and _soon(7 - back, context):
        count, rule = 7 - back, "such weekday right after the publication, no sure tense against it"
    else:
        count, rule = -back, "such weekday at or before the publication"
    to = calendar.add(published, "day", count)
    return (calendar.day(to) if to else None), (rule,)


def _not_yet(stamp: Stamp, context: Context) -> bool:
    """Whether the part told of the month of publication lies ahead, where a sure past tells of it: "Mi-juillet, ils étaient"
    on 4 July.
    """
    begins = _BEGINS.get(stamp.modifier or "")
    plain = stamp.month is not None and stamp.day is None and stamp.direction is None and context.tense < 0 and context.sure
    published = context.published
    return bool(plain and begins and published and published.month == stamp.month and published.day < begins)


def _without_year(stamp: Stamp, context: Context) -> Resolved:
    published = context.published
    if published is None:
        return None, ("no publication date to resolve it",)
    if stamp.weekday and not stamp.month:
        return _weekday(stamp, context)
    if stamp.direction == 0 and stamp.part == calendar.WINTER:
        winters = (calendar.winter(published.year + n) for n in (-1, 0))
        return nearest(winters, context, None), ("winter by the publication and the tense",)
    if stamp.direction == 0 and (stamp.month or stamp.part):
        here = _on(stamp, published.year)
        over = stamp.part and context.tense < 0 and here and _distance(here, published) > _NEAR
        return (_on(stamp, published.year - 1) if over else here), ("year of the publication, or the one that is over",)
    years = range(published.year - 2, published.year + 3)
    if stamp.weekday and stamp.month and stamp.day:
        beside = nearest((_on(stamp, y) for y in years), Context(published), stamp.direction)
        if beside and abs(_distance(beside, published)) <= _SLIP:
            return beside, ("year by the publication, whatever the weekday",)
        wide = range(published.year - _YEARS_BACK, published.year + _YEARS_AHEAD + 1)
        spans = (_on(stamp, y) for y in wide)
        fitting = [s for s in spans if s and s.first and s.first.isoweekday() == stamp.weekday]
        if found := nearest(fitting, context, stamp.direction):
            return found, ("year by the weekday",)
    if stamp.day and not stamp.month:
        months = (calendar.add(published.replace(day=1), "month", n) for n in (-1, 0, 1))
        days = (m and calendar.valid(m.year, m.month, stamp.day) for m in months)
        found = nearest((calendar.day(d) for d in days if d), context, stamp.direction)
        return found, ("month by the publication and the tense",)
    if stamp.part and stamp.part <= calendar.WINTER and context.tense > 0:
        context = context._replace(sure=True)  # "rendra son avis à l'automne" in winter: seasons are long
    winter = stamp.part == calendar.WINTER  # counted from the publication it is one winter, which begins in its year
    found = nearest((calendar.winter(y) if winter else _on(stamp, y) for y in years), context, stamp.direction)
    if found is not None and _not_yet(stamp, context):
        found = _on(stamp, published.year - 1)
    named = {-1: "past", 0: "unknown", 1: "future"}[context.tense]
    return found, ("year by the publication and the pointer" if stamp.direction else f"year by the publication, tense {named}",)


def resolve(stamp: Stamp, context: Context) -> Resolved:
    """The span of a stamp and the steps that led there; None where the calendar or the context gives none."""
    if stamp.year is None:
        span, rule = _without_year(stamp, context)
    else:
        span, rule = _on(stamp, stamp.year), ()
        if span and span.first and stamp.weekday and stamp.day and span.first.isoweekday() != stamp.weekday:
            rule = ("the weekday does not fit; the date as written is kept",)
    if span is not None and stamp.modifier:
        return modified(span, stamp.modifier), (*rule, f"{stamp.modifier} of it")
    return span, rule


def resolve_before(stamp: Stamp, day: date) -> Span | None:
    """The latest span of the stamp that begins before a day: the left end of an interval that has no year of its own."""
    if stamp.weekday and not stamp.month:
        back = (day.isoweekday() - stamp.weekday) % 7 or 7
        return calendar.maybe(calendar.add(day, "day", -back))
    spans = (_on(stamp, year) for year in (day.year, day.year - 1))
    found_span = next((s for s in spans if s and s.first and s.first < day), None)
    return found_span and modified(found_span, stamp.modifier)


def resolve_after(stamp: Stamp, day: date) -> Resolved:
    """The first such weekday after a day: the right end of an interval whose left end is told."""
    ahead = ((stamp.weekday or 1) - day.isoweekday()) % 7 or 7
    return calendar.maybe(calendar.add(day, "day", ahead)), ("such weekday after the first end",)
