"""Dates around the name of a month: "3 mars 2025", "12./13. Juni", "du 3 au 6 avril", "octobre dernier", "June 5, 2018"."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pipeline.grammar.dates import pointers, years
from pipeline.grammar.dates.modifiers import modifier_before
from pipeline.grammar.dates.passage import DASHES, Find, Passage, Stamp
from pipeline.grammar.dates.vocabulary import Month, vocabulary

_SHORT = 2  # digits of a year written short
_CUES = ("month_cues.before", "modifiers", "bounds.since", "bounds.until", "bounds.from")
_MOST_DAYS = 12  # in one list


class _Day(NamedTuple):
    """A day of the month and perhaps its weekday, as written before the month; `start` is its first token."""

    day: int
    weekday: int | None
    start: int


class _Right(NamedTuple):
    """What follows the month: the day of English, the year, a pointer ("dernier")."""

    end: int
    day: int | None = None
    last_day: int | None = None
    year: int | None = None
    direction: int | None = None
    same_year: bool = False
    years_on: int = 0


def _plain_day(p: Passage, j: int) -> tuple[int, int] | None:
    """(day, first token) of the number of a day that ends just before token `j`."""
    if p.kind(j - 1) == "digits":
        day = p.digits(j - 1, 1, 31)
        attached = p.touches(j - 1) and p.norm(j - 2) in {",", ".", ":"} and p.kind(j - 3) == "digits" and p.touches(j - 2)
        return None if day is None or attached else (day, j - 1)
    if (p.norm(j - 1) == "." or p.back("ordinals.suffixes", j)) and p.kind(j - 2) == "digits" and p.touches(j - 1):
        day = p.digits(j - 2, 1, 31)
        return None if day is None else (day, j - 2)
    if found := p.back("ordinals", j):
        return found.value, j - found.length
    number = p.number_before(j) if p.kind(j - 1) == "word" else None
    return number if number and 2 <= number[0] <= 31 else None


def weekday_before(p: Passage, j: int) -> tuple[int, int] | None:
    """(weekday, first token) of a weekday that ends just before token `j`, past "le", ", den" and a comma."""
    link = p.back("articles.day_link", j)
    if link is None and p.norm(j - 1) == ",":
        j -= 1
    j -= link.length if link else 0
    part = p.back("dayparts.after", j)
    if part and (found := p.back("weekdays", j - part.length)):
        return found.value, j - part.length - found.length
    if found := p.back("weekdays", j):
        return found.value, j - found.length
    stop = 1 if p.norm(j - 1) == "." else 0
    if found := p.back("weekdays_short", j - stop):
        return (found.value, j - stop - found.length) if stop or p.capital(j - 1) else None
    return None


def _day(p: Passage, j: int) -> _Day | None:
    found = _plain_day(p, j)
    if found is None:
        return None
    weekday = weekday_before(p, found[1])
    return _Day(found[0], weekday[0] if weekday else None, weekday[1] if weekday else found[1])


def _joined(p: Passage, j: int) -> tuple[str, _Day] | None:
    """How a day is joined to the one before it ("au", "et", "-"), and that day."""
    norm = p.norm(j - 1)
    sign = "to" if norm in DASHES or norm in {"/"} else "list" if norm in {",", "&", "+"} else None
    if sign:
        before = _day(p, j - 1)
        return (sign, before) if before else None
    for kind, name in (("intervals.close", "to"), ("intervals.and", "and"), ("intervals.or", "list")):
        hit = p.back(kind, j)
        if hit and (before := _day(p, j - hit.length)):
            return name, before
        if hit is None and (link := p.back("articles.day_link", j)) and (hit := p.back(kind, j - link.length)):
            before = _day(p, j - link.length - hit.length)
            if before:
                return name, before
    night = p.back("intervals.night_close", j)
    before = _day(p, j - night.length) if night else None
    return ("to", before) if before and p.back("intervals.night", before.start) else None


def _days(p: Passage, j: int) -> list[tuple[str, _Day]]:
    """The days written before token `j`, the last first, each with how it is joined to the day after it."""
    day = _day(p, j)
    out: list[tuple[str, _Day]] = [("", day)] if day else []
    while out and len(out) < _MOST_DAYS:
        found = _joined(p, out[-1][1].start)
        if found is None or (found[0] == "list" and out[-1][1].weekday and not found[1].weekday):
            break  # "Europe 1, vendredi 7 septembre"
        out.append(found)
    return out


def _right(p: Passage, e: int, month: Month, dayless: bool) -> _Right:
    day = last = None
    after_month = dayless and any(vocabulary(code).month_first for code in month.languages) and len(p.norm(e)) <= 2
    found = p.digits(e, 1, 31) if after_month else None
    if found and not years.counted(p, e + 1):
        after = e + 1 + (1 if p.look("ordinals.suffixes", e + 1) and p.touches(e + 1) else 0)
        if p.vocabularies[e - 1].month_first or p.norm(after) == ",":
            day, e = found, after
            if p.norm(e) in DASHES and (to := p.digits(e + 1, 1, 31)) and to > day and p.touches(e + 1):
                last, e = to, e + 2
            elif (
                (close := p.look("intervals.close", e))
                and (to := p.digits(e + close.length, day + 1, 31))
                and _ends(p, e + close.length + 1)
                and not years.counted(p, e + close.length + 1)
            ):
                last, e = to, e + close.length + 1  # "March 3 to 12"
            elif (
                (both := p.look("intervals.and", e))
                and p.digits(e + both.length, day + 1, day + 1)
                and _ends(p, e + both.length + 1)
            ):
                last, e = day + 1, e + both.length + 1  # "June 3 and 4"
    if same := p.look("articles.same_year", e):
        return _Right(e + same.length, day, last, same_year=True)
    for kind, count in (("articles.next_year", 1), ("articles.year_before", -1)):
        if other := p.look(kind, e):
            return _Right(e + other.length, day, last, same_year=True, years_on=count)
    if found_year := years.year_after(p, e, short=not day and (dayless or not _counted(p, e))):
        return _Right(found_year[1], day, last, found_year[0])
    if relative := pointers.relative_year(p, e):
        return _Right(relative[1], day, last, relative[0], None if relative[0] else 0)
    pointer = years.pointer_after(p, e)
    return _Right(pointer[1], day, last, None, pointer[0]) if pointer else _Right(e, day, last)


def _counted(p: Passage, e: int) -> bool:
    """Whether two digits behind a day and its month count what follows: "am 7. August | 38 Wälder", no "7 août 44"."""
    return p.kind(e) == "digits" and len(p.norm(e)) == _SHORT and not p.touches(e + 1) and not _ends(p, e + 1)


def _ends(p: Passage, e: int) -> bool:
    """Whether nothing that a number could count stands at token `e`."""
    return p.kind(e) != "word" or bool(p.look("years.function", e))


def _language(p: Passage, i: int, month: Month) -> str:
    code = p.vocabularies[i].code
    return code if code in month.languages else month.languages[0]


def _english(month: Month) -> bool:
    """Whether only languages that put the month first write it so ("March", not "Mai")."""
    return all(vocabulary(code).month_first for code in month.languages)


def _end_of_day(p: Passage, day: _Day, limit: int) -> int:
    """The first token after the number of a day that stands before another one."""
    j = next((k for k in range(day.start, limit) if p.kind(k) == "digits"), None)
    if j is None:
        return limit
    return j + 2 if p.touches(j + 1) and (p.norm(j + 1) == "." or p.look("ordinals.suffixes", j + 1)) else j + 1


def _dated(p: Passage, i: int, month: Month, days: list[tuple[str, _Day]], right: _Right) -> list[Find]:
    """A find for each day of a list, for each pair of days of an interval; `days` has the last first."""
    dotted = [c for c in month.languages if p.norm(i - 1) == "." and vocabulary(c).dotted_days]
    code = dotted[0] if dotted else _language(p, i, month)  # "16. Juli", and "21. Mai" in a French sentence
    out: list[Find] = []
    end, at = right.end, 0
    year = ("year as written",) if right.year is not None else ()
    whole = Stamp(right.year, month.number, direction=right.direction, same_year=right.same_year, years_on=right.years_on)
    stamps = [whole._replace(day=day.day, weekday=day.weekday) for _, day in days]
    while at < len(days):
        day = days[at][1]
        name = days[at + 1][0] if at + 1 < len(days) else ""
        between = name == "and" and p.back("intervals.between", days[at + 1][1].start)
        last = at + 1 if name == "to" or between else _run(p, days, at)
        if last > at:
            start = days[last][1].start
            out.append(Find(start, end, code, ("interval of days of a month", *year), stamps[last], stamps[at], interval=True))
            at = last + 1
        else:
            rule = "weekday, day and month" if day.weekday else "day and month"
            start = day.start
            out.append(Find(start, end, code, (rule, *year), stamps[at]))
            at += 1
        end = _end_of_day(p, days[at][1], i) if at < len(days) else end
    some = p.back("not.some", out[-1].start) and right.year is None and right.direction is None  # "né un 29 février"
    return [] if some or p.back("not.each", out[-1].start) else [_with_article(p, out[-1]), *out[-2::-1]]


def _with_article(p: Passage, find: Find) -> Find:
    """The find with an article of its own language before it: "le 3 mars", "ce 3 mars", "dem 3. März", yet "Le | 3. März"."""
    hit = p.back("articles.definite", find.start) or p.back("pointers.this", find.start)
    own = hit is not None and p.vocabularies[find.start - 1].code == find.language
    return find._replace(start=find.start - hit.length) if hit and own else find


def _run(p: Passage, days: list[tuple[str, _Day]], at: int) -> int:
    """The first of the days that run up to the one at `at` without a gap, where a plural article makes them one.

    "les 12 et 13 mars" is an interval, "am 12. und 13. März" are two days.
    """
    first = at
    while first + 1 < len(days) and days[first + 1][0] in ("and", "list") and days[first + 1][1].day == days[first][1].day - 1:
        first += 1
    return first if p.back("articles.plural", days[first][1].start) else at


def _bare(p: Passage, i: int, e: int, month: Month) -> bool:
    """Whether a month without day and year is one: no planet, no name, no verb."""
    vocabulary = p.vocabularies[i]
    if month.short or vocabulary.code not in month.languages or p.back("not.before_month", i):
        return False
    if not p.capital(i):
        return not vocabulary.capital_months
    if p.look("not.planets", i) or (p.norm(i + 1) in DASHES and p.touches(i + 1) and p.touches(i + 2) and _compound(p, i + 2)):
        return False
    if vocabulary.capital_months or not p.opens(i):
        if years.possessive(p, e) and not p.look("not.persons", i):
            return True  # "March's figures", no "April's sister"
        beside = p.norm(i - 1) in {"/"} | DASHES and p.norm(i - 2) in vocabulary.months
        return beside or any(p.back(kind, i) for kind in _CUES)
    return not (p.capital(e) and p.kind(e) == "word")  # "Avril Dumont"


def _compound(p: Passage, i: int) -> bool:
    """Whether a month and a dash make a noun with the word at token `i`: "das Mai-Heft", no "Mai-Juni"."""
    return p.kind(i) == "word" and p.norm(i) not in p.vocabularies[i].months


def _whole(p: Passage, i: int, month: Month, right: _Right) -> list[Find]:
    """A month with or without a year, with what points at it or takes a part of it."""
    code, start, direction, rule = _language(p, i, month), i, right.direction, ["month"]
    if right.day:
        stamp = Stamp(right.year, month.number, right.day, direction=direction)
        weekday = weekday_before(p, i)
        stamp = stamp._replace(weekday=weekday[0]) if weekday else stamp
        until = stamp._replace(day=right.last_day, weekday=None) if right.last_day else None
        return [Find(weekday[1] if weekday else i, right.end, code, ("month and day",), stamp, until, interval=until is not None)]
    if direction is None and (pointer := years.pointer_before(p, i)):
        direction, start = pointer
    elif noun := p.back("articles.month_noun", i):
        start -= noun.length
        if right.year is None and p.back("not.before_month", start):
            return []
    modifier, begin = modifier_before(p, start)
    if right.same_year:
        rule.append("the year told before")
    elif right.year is not None:
        rule.append("year as written")
    elif direction is None and modifier is None and not _bare(p, i, right.end, month):
        return []
    if _english(month) and not p.capital(i):
        return []  # "may", "march"
    stamp = Stamp(
        right.year, month.number, direction=direction, modifier=modifier, same_year=right.same_year, years_on=right.years_on
    )
    return [Find(begin, right.end, code, tuple(rule), stamp)]


def days_of(p: Passage, j: int, end: int, month: date | None) -> list[Find]:
    """The days before token `j` of a month that is pointed at up to token `end`: "le 12 | du mois prochain".

    A cue, a weekday or the form of an ordinal tells them from a count ("les 12 du mois dernier"). `month` is the first day of
    the month, None where no publication date resolves it.
    """
    days, code = _days(p, j), p.vocabularies[j].code
    vocabulary_ = p.vocabularies[j]
    if not days:
        return []
    first, ranked = days[-1][1], p.back("ordinals", j)
    plural = len(days) == 1 and p.back("articles.plural", first.start)
    told = first.weekday or p.back("numeric_cues.before", first.start) or p.norm(j - 1) == "." or p.back("ordinals.suffixes", j)
    if (
        plural
        or not (told or ranked)
        or (ranked and ranked.value > 1 and not (vocabulary_.dotted_days or vocabulary_.month_first))
    ):
        return []
    if month is None:
        return [Find(first.start, end, code, ("no publication date to resolve it",))]
    finds = _dated(p, j, Month(month.month, False, (code,)), days, _Right(end, year=month.year))
    return [find._replace(rule=(find.rule[0], "month by the publication")) for find in finds]


def spoken(p: Passage, i: int) -> list[Find]:
    """ "am siebten vierten", "Donnerstag, 7. vierter": a month said by its number, the ordinal at token `i`."""
    hit = p.look("ordinals", i)
    if hit is None or not 1 <= hit.value <= 12 or not p.vocabularies[i].dotted_days:
        return []
    day = _day(p, i)
    if day is None or not (day.weekday or p.back("numeric_cues.before", day.start)):
        return []
    e = i + hit.length
    year = years.year_after(p, e)
    stamp = Stamp(year[0] if year else None, hit.value, day.day, day.weekday)
    return [Find(day.start, year[1] if year else e, p.vocabularies[i].code, ("month by its number",), stamp)]


def read(p: Passage, i: int) -> list[Find]:
    """The dates around the month named by token `i`, in order."""
    month = p.vocabularies[i].months[p.norms[i]]
    e = i + 1
    if month.short and p.norm(e) == "." and p.touches(e):
        e += 1
    hyphen = p.norm(i - 1) in DASHES | {"/"} and (
        (p.kind(i - 2) == "digits" and len(p.norm(i - 2)) < 3) or (p.back("ordinals.suffixes", i - 1) and p.touches(i - 2))
    )
    link = p.back("articles.month_link", i)
    j = i - 1 if hyphen else i - link.length if link and p.kind(i - link.length - 1) != "sign" else i
    english = _english(month)
    days = [] if english and p.norm(j - 1) == "." else _days(p, j)
    right = _right(p, e, month, not days)
    if month.short and right.year is None and not right.day and not (days and (p.norm(i + 1) == "." or p.capital(i))):
        return []
    return _dated(p, i, month, days, right) if days else _whole(p, i, month, right)
