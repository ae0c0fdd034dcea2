"""Periods that are pointed at or counted from the publication: "l'an dernier", "cette semaine", "il y a trois mois", "fin de l'année"."""

from __future__ import annotations

from datetime import date

from pipeline.grammar.dates import calendar, parts, years
from pipeline.grammar.dates.calendar import Span
from pipeline.grammar.dates.modifiers import modifier_before
from pipeline.grammar.dates.passage import Find, Passage
from pipeline.grammar.dates.resolve import Context, modified, nearest

_UNRESOLVED = ("no publication date to resolve it",)


def _moved(p: Passage, unit: str, count: int) -> Span | None:
    return calendar.moved(p.published, unit, count) if p.published else None


def _article(p: Passage, start: int) -> int:
    hit = p.back("articles.definite", start)
    return start - hit.length if hit else start


def _plural(p: Passage, i: int, pointer: int) -> bool:
    """Whether the unit at `i` or its pointer is a plural without a number: too vague for days."""
    return bool(p.look("plural.units", i) or p.look("plural.pointers", pointer))


def _pointer(p: Passage, i: int, e: int) -> tuple[int, int, int, int] | None:
    """(direction, start, end, place of the pointer) of what points at the unit in tokens `i` to `e`."""
    if after := years.pointer_after(p, e):
        this = p.back("pointers.this", i) or p.back("articles.definite", i)
        return after[0], i - (this.length if this else 0), after[1], e
    for kind, direction in (("pointers.last", -1), ("pointers.next", 1), ("pointers.this", 0), ("pointers.current", 0)):
        if hit := p.back(kind, i):
            here = p.look("pointers.here", e)
            start = i - hit.length
            before = p.back("pointers.this", start) if direction else None
            return direction, start - before.length if before else _article(p, start), e + (here.length if here else 0), start
    return None


def relative_year(p: Passage, e: int) -> tuple[int | None, int] | None:
    """(year, first token after it) of "de l'année dernière", "vorigen Jahres", "of last year" at token `e`; the year None without a publication."""
    of = p.look("articles.of", e)
    i = e + (of.length if of else 0)
    this = p.look("pointers.this", i) or p.look("pointers.current", i) or p.look("pointers.last", i) or p.look("pointers.next", i) or p.look("articles.definite", i)
    if this and p.look("units", i) is None:
        i += this.length
    unit = p.look("units", i)
    if unit is None or unit.value != "year":
        return None
    found = _pointer(p, i, i + unit.length)
    if found is None or _plural(p, i, found[3]):
        return None
    return (p.published.year + found[0] if p.published else None), found[2]


def _weekend(p: Passage, direction: int) -> Span | None:
    if p.published is None:
        return None
    return calendar.moved(p.published, "weekend", direction)


def _window(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    """ "les trois derniers mois", "the next five years": from or to the publication."""
    for kind, direction in (("pointers.last", -1), ("pointers.next", 1)):
        pointer = p.back(kind, i)
        number = p.number_before(i - pointer.length) if pointer else p.number_before(i)
        if pointer is None and number:
            pointer, start = p.back(kind, number[1]), number[1]
            start -= pointer.length if pointer else 0
        elif number:
            start = number[1]
        if pointer is None or number is None or number[0] < 2:
            continue
        code = p.vocabularies[i].code
        if p.published is None:
            return [Find(_article(p, start), e, code, _UNRESOLVED)]
        other = calendar.add(p.published, unit, direction * number[0]) if unit not in ("weekend",) else None
        if other is None:
            return []
        first, last = sorted((other, p.published))
        return [Find(_article(p, start), e, code, (f"{number[0]} {unit}s {'up to' if direction < 0 else 'from'} the publication",),
                     span=calendar.interval(calendar.day(first), calendar.day(last)))]
    return []


def _distance(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    """ "il y a trois mois", "vor drei Jahren", "three years ago", "dans deux semaines"."""
    number = p.number_before(i)
    if number is None or unit in ("weekend", "half", "quarter", "fortnight"):
        return []
    count, start = number
    half = p.look("halves.after", e)
    if half:
        e += half.length
    for kind, direction in (("distances.ago_before", -1), ("distances.ahead_before", 1)):
        if hit := p.back(kind, start):
            return [_at_distance(p, start - hit.length, e, unit, direction * count, half is not None)]
    for kind, direction in (("distances.ago_after", -1), ("distances.ahead_after", 1)):
        if hit := p.look(kind, e):
            return [_at_distance(p, start, e + hit.length, unit, direction * count, half is not None)]
    return []


def _at_distance(p: Passage, start: int, end: int, unit: str, count: int, half: bool) -> Find:
    code = p.vocabularies[start].code
    if p.published is None:
        return Find(start, end, code, _UNRESOLVED)
    if half and unit == "year":
        span = calendar.moved(p.published, "month", count * 12 + (6 if count > 0 else -6))
    else:
        span = calendar.moved(p.published, unit, count)
    return Find(start, end, code, (f"{count:+d} {unit} from the publication",), span=span)


def _modified(p: Passage, i: int, unit: str, e: int, context: Context) -> list[Find]:
    """ "fin de l'année", "en début de semaine", "Ende des Monats" without a pointer: of the period around the publication."""
    if unit not in ("year", "month", "week", "quarter", "half", "weekend", "century"):
        return []
    modifier, start = modifier_before(p, i)
    code = p.vocabularies[i].code
    if modifier is None or modifier == "during" or p.look("pointers.there", e):
        return []
    if p.published is None:
        return [Find(start, e, code, _UNRESOLVED)]
    spans = [s and modified(s, modifier) for s in (calendar.moved(p.published, unit, n) for n in (-1, 0, 1))]
    return [Find(start, e, code, (f"{modifier} of the {unit} by the publication",), span=nearest(spans, context, None))]


def read(p: Passage, i: int, context: Context) -> list[Find]:
    """The dates around the unit (day, week, month ...) that token `i` names; `context` tells publication and tense."""
    hit = p.look("units", i)
    if hit is None:
        return []
    unit, e = hit.value, i + hit.length
    if p.look("pointers.there", e):
        return []
    return (_window(p, i, unit, e) or _distance(p, i, unit, e) or _ordinal(p, i, unit, e) or _pointed(p, i, unit, e, context)
            or _modified(p, i, unit, e, context) or _weekend_at(p, i, unit, e, context))


def _ordinal(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    if unit in ("quarter", "half", "century"):
        return parts.ordinal_unit(p, i, unit, e)
    return _part_of_month(p, i, unit, e) if unit in ("week", "fortnight") else []


def _part_of_month(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    """ "la première semaine de mars", "la seconde quinzaine d'août 2024": days counted within the month, unresolved without a year."""
    return []


def _pointed(p: Passage, i: int, unit: str, e: int, context: Context) -> list[Find]:
    found = _pointer(p, i, e)
    if found is None or unit in ("day", "fortnight"):
        return []
    direction, start, end, place = found
    if _plural(p, i, place) or (unit in ("decade",) and direction) or (unit == "half" and p.vocabularies[i].code == "en"):
        return []
    modifier, begin = modifier_before(p, start)
    if modifier is None and begin == start and (of := modifier_before(p, start))[0]:
        modifier, begin = of
    code = p.vocabularies[i].code
    if p.published is None:
        return [Find(begin, end, code, _UNRESOLVED)]
    span = _this_weekend(p.published, context) if unit == "weekend" and direction == 0 else _moved(p, unit, direction)
    name = {-1: "last", 0: "this", 1: "next"}[direction]
    return [Find(begin, end, code, (f"{name} {unit} by the publication",), span=span and modified(span, modifier))]


def _this_weekend(published: date, context: Context) -> Span | None:
    """ "ce week-end": by tense, and early in the week the one before."""
    early = published.isoweekday() <= (5 if context.tense < 0 else 2 if context.tense == 0 else 0)
    return calendar.moved(published, "weekend", -1 if early else 0)


def _weekend_at(p: Passage, i: int, unit: str, e: int, context: Context) -> list[Find]:
    """ "am Wochenende", "au cours du week-end"."""
    if unit != "weekend" or not p.back("weekend_cues.before", i):
        return []
    code = p.vocabularies[i].code
    if p.published is None:
        return [Find(i, e, code, _UNRESOLVED)]
    return [Find(i, e, code, ("weekend by the publication and the tense",), span=_this_weekend(p.published, context))]
