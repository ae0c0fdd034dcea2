"""What counts from a date told nearby: clock times, "la veille", "un an plus tôt", "l'année suivante", "im selben Jahr"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from pipeline.grammar.dates import calendar, dayparts
from pipeline.grammar.dates.calendar import Span
from pipeline.grammar.dates.passage import Find, Offset, Passage
from pipeline.grammar.dates.pointers import is_plural, with_article
from pipeline.grammar.dates.tense import FUTURE, PAST, tense
from pipeline.grammar.dates.tense import told as told_tense

Told = Sequence[tuple[Find, Span | None]]

_STOPS = frozenset(".!?…")
_BESIDE = 3  # tokens from a day to the clock time that goes with it
_REACH = 120  # tokens to the date that counts
_REACH_OF_DAYS = 160  # to the day that "la veille" is counted from
_SAME = frozenset(("week", "month", "year"))  # "la même année", which "le même jour" is not


def anaphoric(p: Passage, i: int) -> list[Find]:
    """ "la veille", "le lendemain", "am Vortag" at token `i`: counted from the day told before."""
    hit = p.look("anaphoric", i)
    if hit is None or p.look("not.after_anaphoric", i + hit.length):
        return []
    rule = (f"{hit.value:+d} days from the day told before",)
    return [Find(i, dayparts.after(p, i + hit.length), p.vocabularies[i].code, rule, offset=Offset("day", hit.value))]


def unit(p: Passage, i: int, unit_: str, e: int) -> list[Find]:
    """ "un an plus tôt", "l'année suivante", "the previous quarter", whose unit runs from token `i` to `e`."""
    code, number = p.vocabularies[i].code, p.number_before(i)
    for kind, direction in (("distances.earlier_after", -1), ("distances.later_after", 1)):
        if number and (after := p.look(kind, e)):
            if p.look("not.after_distance", e + after.length):
                return []  # "deux ans plus tôt que prévu"
            return [_from_told(number[1], e + after.length, code, Offset(unit_, direction * number[0], keep=True))]
    if found := _beside(p, i, e):
        direction, start, end, place = found
        return [] if is_plural(p, i, place) else [_from_told(start, end, code, Offset(unit_, direction))]
    same = p.back("pointers.same", i) if unit_ in _SAME and not is_plural(p, i, i) else None
    if same is None or p.look("not.after_distance", e) or p.look("articles.of", e):
        return []
    return [Find(i - same.length, e, code, (f"the same {unit_} as the date told before",), offset=Offset(unit_, 0))]


def weekday(p: Passage, i: int, e: int, number: int) -> list[Find]:
    """ "le mardi suivant", "am darauffolgenden Montag", whose weekday runs from token `i` to `e`."""
    found = _beside(p, i, e)
    if found is None:
        return []
    direction, start, end, _ = found
    return [_from_told(start, dayparts.after(p, end), p.vocabularies[i].code, Offset("weekday", direction * number))]


def _beside(p: Passage, i: int, e: int) -> tuple[int, int, int, int] | None:
    """(direction, start, end, place of the word) of "précédent", "following" beside the tokens `i` to `e`."""
    for kind, direction in (("pointers.previous", -1), ("pointers.following", 1)):
        if after := p.look(kind + "_after", e):
            return direction, with_article(p, i), e + after.length, e
        if before := p.back(kind, i):
            return direction, with_article(p, i - before.length), e, i - before.length
    return None


def is_date(offset: Offset) -> bool:
    """Whether the wording is a date even where nothing resolves it: "la veille" is, "un an plus tôt" is not."""
    return bool(offset.number) and not offset.keep


def _from_told(start: int, end: int, code: str, offset: Offset) -> Find:
    return Find(start, end, code, (f"{offset.number:+d} {offset.unit} from the date told before",), offset=offset)


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


def span_for(p: Passage, find: Find, told: Told, clock: tuple[Find, Span] | None = None) -> Span | None:
    """The span of a find that counts from a date nearby; None where there is none.

    `clock` is the time of day before it with the day that it was of: a part of the day some sentences on is of that day too.
    `told` holds the other finds in order with their spans; only those within reach are looked at. A clock time takes the
    day of its sentence, the one before it first, or of the sentence before, or the one that its paragraph still tells of.
    """
    assert find.offset is not None
    place = bisect_left(told, find.start, key=_start)
    before = range(place - 1, -1, -1)
    if find.offset.unit != "day" or find.offset.keep:
        return _counted(p, find, find.offset, _near(told, before, find))
    base = _near(told, before, find, days=True)
    if clock and not find.offset.number and (base is None or base[0].start < clock[0].start) and _reaches(clock[0], find):
        base = clock
    beside = told[place] if place < len(told) and not find.offset.number and told[place][0].start == find.end else None
    if beside and (here := beside[1]) and _is_day(here):
        return here  # "à 14 h 20 le 26 août"
    if find.offset.number:
        first = base[1].first if base else None
        return calendar.maybe(calendar.add(first, "day", find.offset.number) if first else None)
    if base and not find.offset.number and (_ahead(p, base[1], find) or _bounding(p, base[0], find)):
        base = None
    if base and _sentences_between(p, base[0].end - 1, find.start) <= 1:
        return base[1]
    after = _near(told, range(place, len(told)), find, days=True)
    if after and not _sentences_between(p, find.end - 1, after[0].start):
        return after[1]
    told_here = place < len(told) and not _sentences_between(p, find.end - 1, told[place][0].start)
    last = _near(told, before, find)
    last = base if base and (last is None or last[0].start < base[0].start) else last
    return base[1] if base and not told_here and _goes_on(p, base, find, last) else None


def _bounding(p: Passage, base: Find, find: Find) -> bool:
    """Whether a day only bounds a time in which the hours come back: "jusqu'au 30 septembre, du lundi au samedi, de 10 h"."""
    return p.back("bounds.until", base.start) is not None and find.start - base.end > _BESIDE


def _ahead(p: Passage, span: Span, find: Find) -> bool:
    """Whether a day lies ahead of the publication while a verb right before the clock time is past."""
    ahead = bool(p.published and span.first and span.first > p.published)
    cue = p.back("clock.before", find.start)
    start = find.start - (cue.length if cue else 0)
    return ahead and told_tense(p.verbs, start, find.end, p.vocabularies[find.start])[:2] == (PAST, True)


def _reaches(clock: Find, find: Find) -> bool:
    return find.start - clock.end <= _REACH


def _goes_on(p: Passage, base: tuple[Find, Span], find: Find, last: tuple[Find, Span] | None) -> bool:
    """Whether a paragraph still tells of the day `base` where a clock time stands, some sentences on.

    It does while no other date has come between (`last` is the one before the clock time) and nothing lies ahead.
    """
    day = base[1].first
    if last != base or day is None or (p.published and day > p.published):
        return False
    if "\n" in p.text[p.tokens[base[0].end - 1].end : p.tokens[find.start].start]:
        return False
    return day == p.published or tense(p.verbs, find.start, find.end, p.vocabularies[find.start]) != FUTURE


def _counted(p: Passage, find: Find, offset: Offset, base: tuple[Find, Span] | None) -> Span | None:
    """So many units from a date of the same sentence or the one before; "le samedi précédent" from one of its paragraph."""
    if base is None or base[1].first is None:
        return None
    afar = _sentences_between(p, base[0].end - 1, find.start) > 1
    if offset.unit == "weekday" and not (afar and "\n" in p.text[p.tokens[base[0].end - 1].end : p.tokens[find.start].start]):
        return _weekday_from(base[1], offset.number)
    if afar:
        return None
    if offset.unit in calendar.AROUND and not offset.keep:
        return calendar.moved(base[1].first, offset.unit, offset.number)
    return calendar.shifted_alike(base[1], offset.unit, offset.number)


def _weekday_from(span: Span, number: int) -> Span | None:
    """The first Monday (1) to Sunday (7) after a span, or with a negative number the last one before it."""
    day = span.last if number > 0 else span.first
    if day is None:
        return None
    steps = (number - day.isoweekday()) % 7 or 7 if number > 0 else -((day.isoweekday() + number) % 7 or 7)
    return calendar.maybe(calendar.add(day, "day", steps))


def _start(pair: tuple[Find, Span | None]) -> int:
    return pair[0].start


def _near(told: Told, places: Iterable[int], find: Find, days: bool = False) -> tuple[Find, Span] | None:
    """The first of the finds at `places` that tells days, or one day; None where none within reach does."""
    reach = _REACH_OF_DAYS if find.offset and find.offset.number and days else _REACH
    for k in places:
        other, span = told[k]
        if max(find.start - other.end, other.start - find.end) > reach:
            return None
        if span is not None and (_is_day(span) or not days):
            return other, span
    return None
