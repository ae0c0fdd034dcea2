"""Weekdays and days counted from the publication: "mardi", "lundi prochain", "hier matin", "Dienstagabend", "ce soir"."""

from __future__ import annotations

from datetime import date

from pipeline.grammar.dates import calendar, clock, dayparts, nearby, parts, pointers, units, years
from pipeline.grammar.dates.calendar import Span
from pipeline.grammar.dates.passage import DASHES, Find, Passage, Stamp
from pipeline.grammar.dates.pointers import with_article


def _dated(p: Passage, e: int) -> bool:
    """Whether the number of a day and a month follow, which the month reads."""
    e = dayparts.after(p, e)
    link = p.look("articles.day_link", e)
    j = e + (link.length if link else 0)
    if p.norm(j) == ".":
        j += 1
    if p.kind(j) == "digits":
        return any(p.norm(k) in p.vocabularies[j].months for k in range(j + 1, min(j + 5, len(p.norms))))
    return bool(p.look("ordinals", j)) and p.norm(j + 1) in p.vocabularies[j].months


def _day_number(p: Passage, e: int) -> int | None:
    """The number of the day in "vendredi 13", where no month follows."""
    day = p.digits(e, 1, 31)
    if day is None or years.counted(p, e + 1) or p.look("not.clock", e + 1):
        return None
    if p.kind(e + 1) == "word" and not p.look("years.function", e + 1):
        return None
    on = p.norm(e + 1) in {"/", ".", ":"} and p.kind(e + 2) == "digits"
    return None if on and not (p.norm(e + 1) == ":" and not p.touches(e + 2)) else day  # "Dimanche 26 : 9 h, messe"


def _named(p: Passage, i: int) -> bool:
    """Whether a capital inside a sentence makes the weekday a name ("le Journal du Dimanche")."""
    if not p.capital(i) or p.vocabularies[i].capital_months or p.opens(i):
        return False
    hit = p.look("clock.before", i + 1)
    return hit is None or clock.end(p, i + 1 + hit.length) is None


def read(p: Passage, i: int) -> list[Find]:
    """The date of the weekday at token `i`, unless a month's reader takes it or it recurs."""
    hit = p.look("weekdays", i)
    if hit is None:
        return []
    e, start, code = i + hit.length, i, p.vocabularies[i].code
    link = p.look("articles.day_link", e)
    day = _day_number(p, e)
    if day is None and link and p.norm(e + link.length + 1) == "." and (day := _day_number(p, e + link.length)):
        e += link.length
    ordinal = parts.ordinal_before(p, i)
    compound = p.norm(i - 1) in DASHES and p.touches(i) and p.touches(i - 1) and p.kind(i - 2) == "word"  # "Herz-Jesu-Sonntag"
    if day is not None and p.back("not.some", i):
        return []  # "un vendredi 13"
    if compound or _dated(p, e) or p.back("not.each", ordinal[1] if ordinal else i):
        return []
    direction, rule = None, ["weekday"]
    if day is None and (in_week := _of_week(p, hit.value, dayparts.after(p, e))):
        return [Find(start, in_week[1], code, ("weekday of a week by the publication",), span=in_week[0])]
    if day is None and (week := p.look("pointers.week_on", dayparts.after(p, e))):
        return [_week_on(p, i, dayparts.after(p, e) + week.length, hit.value)]
    if day is None and (led := _led_by_week(p, i, dayparts.after(p, e), hit.value)):
        return [led]
    if pointer := years.pointer_after(p, e):
        direction, e = pointer
    elif before := years.pointer_before(p, i):
        direction, start = before
    if p.look("pointers.there", e):
        return []
    if day is None and (told := nearby.weekday(p, i, e, hit.value)):
        return told
    if day is None and (nth := _nth(p, i, e, hit.value)):
        return [nth]
    article = p.back("articles.definite", i)
    recurs = (article or p.back("recurring.before", i)) and not _starts_interval(p, i, e)  # "le mardi"
    if day is None and direction is None and (recurs or _named(p, i)):
        return []
    if day is not None:
        e, rule = e + 1, ["weekday and day"]
    return [Find(start, dayparts.after(p, e), code, tuple(rule), Stamp(day=day, weekday=hit.value, direction=direction))]


def _week_on(p: Passage, i: int, end: int, weekday: int) -> Find:
    """ "jeudi en huit": a week after the next such weekday."""
    ahead = (weekday - p.published.isoweekday()) % 7 or 7 if p.published else 0
    to = calendar.add(p.published, "day", 7 + ahead) if p.published else None
    return Find(i, end, p.vocabularies[i].code, ("weekday of the week after the next one",), span=calendar.maybe(to))


def _nth(p: Passage, i: int, e: int, weekday: int) -> Find | None:
    """ "le premier lundi de juin 2024", "the last Sunday of March": the weekday at token `i`, counted within a month."""
    ordinal = parts.ordinal_before(p, i)
    found = units.month_at(p, dayparts.after(p, e)) if ordinal and ordinal[0] <= 5 else None
    if ordinal is None or found is None:
        return None
    year = units.nearest_month(p, found[0], found[1])
    span = calendar.nth_weekday(year, found[0], weekday, ordinal[0]) if year else None
    if span is None and year:
        return None
    return Find(with_article(p, ordinal[1]), found[2], p.vocabularies[i].code, ("weekday counted within a month",), span=span)


def _of_week(p: Passage, weekday: int, e: int) -> tuple[Span | None, int] | None:
    """(span, first token after it) of the weekday in "lundi de la semaine prochaine", "Montag kommender Woche"."""
    found = pointers.relative_unit(p, e, "week")
    if found is None:
        return None
    direction, end = found
    monday = calendar.add(p.published, "day", 7 * direction - p.published.weekday()) if p.published else None
    to = calendar.add(monday, "day", weekday - 1) if monday else None
    return calendar.maybe(to), end


def _led_by_week(p: Passage, i: int, end: int, weekday: int) -> Find | None:
    """ "nächste Woche Montag", "in der kommenden Woche am Donnerstag": a week that is pointed at right before the weekday."""
    link = p.back("weekday_links.before", i)
    j = i - link.length if link else i
    week = p.back("units", j)
    found = pointers.pointer(p, j - week.length, j) if week and week.value == "week" else None
    if found is None:
        return None
    direction, start, _, _ = found
    monday = calendar.add(p.published, "day", 7 * direction - p.published.weekday()) if p.published else None
    to = calendar.add(monday, "day", weekday - 1) if monday else None
    return Find(start, end, p.vocabularies[i].code, ("weekday of a week by the publication",), span=calendar.maybe(to))


def _starts_interval(p: Passage, i: int, e: int) -> bool:
    """Whether an interval begins or ends with the weekday in tokens `i` to `e`: what does not recur even after "le"."""
    ends = p.back("intervals.close", i) or p.back("bounds.since", i) or p.back("intervals.night", i)
    return bool(ends or p.look("intervals.close", dayparts.after(p, e)))


def deictic(p: Passage, i: int) -> list[Find]:
    """The date of "hier", "aujourd'hui", "übermorgen" at token `i`, with the part of the day after it."""
    hit = p.look("deictic", i)
    code = p.vocabularies[i].code
    if hit is None or p.look("pointers.there", i + hit.length):
        return []
    if (p.capital(i) and not p.opens(i) and p.look("deictic_small.words", i)) or (
        hit.value > 0 and p.back("not.before_deictic", i)
    ):
        return []
    if p.look("deictic_adjectives.words", i) and not _of_today(p, i + hit.length):
        return []
    to = calendar.add(p.published, "day", hit.value) if p.published else None
    rule = (f"{hit.value:+d} days from the publication" if to else "no publication date to resolve it",)
    end = dayparts.after(p, _weekday_beside(p, i + hit.length, to))
    return [Find(i, end, code, rule, span=calendar.maybe(to))]


def _of_today(p: Passage, e: int) -> bool:
    """Whether what "heutig" stands before at token `e` takes place today: "am heutigen Samstag", not "das heutige Hamburg"."""
    return any(p.look(kind, e) for kind in ("weekdays", "dayparts.nouns", "deictic_adjectives.before"))


def _weekday_beside(p: Passage, e: int, day: date | None) -> int:
    """The first token after the weekday that says once more which day it is ("aujourd'hui vendredi", "hier, mardi"), or `e`."""
    at = e + (p.norm(e) == ",")
    weekday = p.look("weekdays", at)
    if weekday is None or _dated(p, at + weekday.length) or (day and day.isoweekday() != weekday.value):
        return e
    return at + weekday.length


def deictic_unit(p: Passage, i: int) -> list[Find]:
    """The period of "Vorjahr", "Vorwoche", "heuer" at token `i`, counted from the publication."""
    hit = p.look("deictic_units", i)
    if hit is None:
        return []
    unit, count = hit.value.split(" ")
    span = calendar.moved(p.published, unit, int(count)) if p.published else None
    rule = (f"{count} {unit} from the publication" if span else "no publication date to resolve it",)
    told = p.look("units", i + hit.length)  # "im heurigen | Jahr"
    end = i + hit.length + (told.length if told and told.value == unit else 0)
    return [Find(i, end, p.vocabularies[i].code, rule, span=span)]
