"""What takes its day from a date nearby: clock times ("mardi vers 21 h 45"), parts of the day, "la veille", "Tags darauf"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from pipeline.grammar.dates import calendar, dayparts
from pipeline.grammar.dates.calendar import Span
from pipeline.grammar.dates.passage import DASHES, Find, Passage, Stamp


def lone_day(p: Passage, i: int) -> list[Find]:
    """ "le 17" before a clock time: the only sign that the number is a day."""
    day = p.digits(i, 1, 31)
    cue = p.look("clock.before", i + 1)
    if day is None or cue is None or not p.back("lone_day.before", i):
        return []
    e = i + 1 + cue.length
    if end(p, e) is None and not _hour_of_range(p, e):
        return []
    return [Find(i, i + 1, p.vocabularies[i].code, ("day before a clock time",), Stamp(day=day))]


_STOPS = frozenset(".!?…")
_REACH = 120  # tokens back to the day that "la veille" counts from
RULE = "clock time on a day told nearby"


def end(p: Passage, i: int) -> int | None:
    """The first token after the clock time whose hour is token `i`, None where there is none."""
    if hit := p.look("clock.words", i):
        return i + hit.length
    if p.digits(i, 0, 24) is None or len(p.norm(i)) > 2:
        return None
    e = i + 1
    minutes = p.digits(e + 1, 0, 59) if len(p.norm(e + 1)) == 2 else None
    if p.norm(e) in {":", "."} and p.touches(e) and p.touches(e + 1) and minutes is not None:
        colon = p.norm(e) == ":"
        e += 2
        hit = p.look("clock.units", e)
        return e + hit.length if hit else e if colon and not p.touches(e) else None
    hit = p.look("clock.units", e)
    if hit is None:
        return None
    e += hit.length
    minutes = p.digits(e, 0, 59)
    return e + 1 if minutes is not None and len(p.norm(e)) == 2 else e


def _hour_of_range(p: Passage, i: int) -> bool:
    """Whether token `i` is the first hour of "16 bis 17.30 Uhr"."""
    hit = p.look("intervals.close", i + 1)
    j = i + 1 + (hit.length if hit else 1 if p.norm(i + 1) in DASHES else 0)
    return j > i + 1 and p.digits(i, 0, 24) is not None and len(p.norm(i)) <= 2 and end(p, j) is not None


def read(p: Passage, i: int) -> list[Find]:
    """The clock time at token `i`, after a preposition of time."""
    stop = end(p, i)
    if stop is None:
        return []
    opens = p.back("intervals.open", i) and p.look("intervals.close", stop)
    if not (opens or p.back("clock.before", i) or p.norm(i - 1) in DASHES):
        return []
    return [Find(i, stop, p.vocabularies[i].code, (RULE,), offset=0)]



def anaphoric(p: Passage, i: int) -> list[Find]:
    """ "la veille", "le lendemain", "am Vortag" at token `i`: counted from the day told before."""
    hit = p.look("anaphoric", i)
    if hit is None or p.look("not.after_anaphoric", i + hit.length):
        return []
    rule = (f"{hit.value:+d} days from the day told before",)
    return [Find(i, dayparts.after(p, i + hit.length), p.vocabularies[i].code, rule, offset=hit.value)]


def _sentences_between(p: Passage, start: int, end: int) -> int:
    """How many sentences end between two tokens; a paragraph's end counts as two."""
    if "\n\n" in p.text[p.tokens[start].end : p.tokens[end].start]:
        return 2
    stops = 0
    for k in range(start, end):
        ends = p.norms[k] in _STOPS and (p.capital(k + 1) or p.kind(k + 1) in {"sign", ""})
        stops += ends and not (p.kind(k - 1) == "digits" and p.touches(k))
    return stops


def _is_day(span: Span) -> bool:
    return span.first is not None and span.first == span.last


def day_for(p: Passage, find: Find, told: Sequence[tuple[Find, Span | None]]) -> Span | None:
    """The day of a find that takes it from a date nearby: for a clock time one of its sentence, the one before it first.

    `told` holds the other finds in order with their spans; only those within reach are looked at.
    """
    place = bisect_left(told, find.start, key=_start)
    before = _near(told, range(place - 1, -1, -1), lambda other: find.start - other.end)
    if find.offset:
        first = before[1].first if before else None
        return calendar.maybe(calendar.add(first, "day", find.offset) if first else None)
    if before and _sentences_between(p, before[0].end - 1, find.start) <= 1:
        return before[1]
    after = _near(told, range(place, len(told)), lambda other: other.start - find.end)
    return after[1] if after and not _sentences_between(p, find.end - 1, after[0].start) else None


def _start(pair: tuple[Find, Span | None]) -> int:
    return pair[0].start


def _near(
    told: Sequence[tuple[Find, Span | None]], places: Iterable[int], distance: Callable[[Find], int]
) -> tuple[Find, Span] | None:
    """The first of the finds at `places` that tells one day, none that is out of reach."""
    for k in places:
        find, span = told[k]
        if distance(find) > _REACH:
            return None
        if span is not None and _is_day(span):
            return find, span
    return None
