"""Periods pointed at or counted from the publication: "l'an dernier", "cette semaine", "il y a trois mois", "fin de l'année"."""

from __future__ import annotations

from datetime import date

from pipeline.grammar.dates import calendar, months, nearby, parts, vague, years
from pipeline.grammar.dates.calendar import Span
from pipeline.grammar.dates.modifiers import modifier_before
from pipeline.grammar.dates.passage import Find, Passage, Stamp
from pipeline.grammar.dates.pointers import is_plural, pointer, relative_year, with_article
from pipeline.grammar.dates.resolve import Context, modified, nearest
from pipeline.grammar.dates.tense import FUTURE, PAST, tense, told

_FIRST = {"month": 1, "quarter": 3}  # periods counted from the first of January, with their months
_SATURDAY = 6
_SOON = 2  # days to the weekend that "next weekend" is no more: early in the week it is the one to come
_HALF_MONTH = 15  # days
_CLAUSE = 14  # tokens back to the verb of the clause
_FAR = 270  # days: in January, "à la fin de l'année" of the past tense is last year's
_RANK = 6  # tokens from "the first" to "in 28 years"
_ABOUT = 5  # words of approximation between "il y a" and its number
_UNRESOLVED = ("no publication date to resolve it",)


def _moved(p: Passage, unit: str, count: int) -> Span | None:
    return calendar.moved(p.published, unit, count) if p.published else None


def _window(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    """ "les trois derniers mois", "the next five years", "les deux ans à venir": from or to the publication."""
    behind, number = years.pointer_after(p, e), p.number_before(i)
    if behind and behind[0] and number and number[0] > 1 and p.back("articles.plural", number[1]):
        return _up_to_publication(p, number[1], behind[1], unit, behind[0], number[0])
    for kind, direction in (("pointers.last", -1), ("pointers.next", 1)):
        pointer = p.back(kind, i)
        number = _number(p, i - pointer.length if pointer else i)
        if pointer is None and number:
            pointer, start = p.back(kind, number[1]), number[1]
            start -= pointer.length if pointer else 0
        elif number:
            start = number[1]
        if pointer is None or number is None or number[0] < 2:
            continue
        led = any(p.back(kind, start) for kind in ("articles.definite", "pointers.this", "articles.possessive"))
        if p.vocabularies[i].windows_led and not led:
            continue  # "expected to last six weeks"
        return _up_to_publication(p, start, e, unit, direction, number[0])
    return []


def _up_to_publication(p: Passage, start: int, end: int, unit: str, direction: int, number: int) -> list[Find]:
    """So many units up to the publication, or from it on, in the tokens `start` to `end` with the article before them."""
    code, this = p.vocabularies[start].code, p.back("pointers.this", start)
    start = with_article(p, start - (this.length if this else 0))
    if p.published is None:
        return [Find(start, end, code, _UNRESOLVED)]
    other = calendar.add(p.published, unit, direction * number) if unit != "weekend" else None
    tomorrow = calendar.add(p.published, "day", 1)
    if other is None or tomorrow is None:
        return []
    first, last = (other, p.published) if direction < 0 else (tomorrow, other)
    rule = (f"{number} {unit}s {'up to' if direction < 0 else 'from'} the publication",)
    return [Find(start, end, code, rule, span=calendar.interval(calendar.day(first), calendar.day(last)))]


def _number(p: Passage, j: int) -> tuple[int, int] | None:
    """(number, first token) of the number that ends before token `j`; "beide" is two."""
    both = p.back("pointers.both", j)
    return (2, j - both.length) if both else p.number_before(j)


def _first_months(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    """ "les neuf premiers mois de 2024", "in den ersten drei Quartalen": from the first of January."""
    if unit not in _FIRST:
        return []
    first = p.back("ordinals.first_many", i)
    number = p.number_before(i - first.length if first else i)
    if first is None and number:
        first = p.back("ordinals.first_many", number[1])
        start = number[1] - (first.length if first else 0)
    elif number:
        start = number[1]
    if first is None or number is None or not 2 <= number[0] < 12 // _FIRST[unit]:
        return []
    year, end = _year_of_months(p, e, number[0] * _FIRST[unit])
    code = p.vocabularies[i].code
    if end is None:
        return []
    if year is None:
        return [Find(with_article(p, start), end, code, _UNRESOLVED)]
    left, right = _part(unit, year, 1), _part(unit, year, number[0])
    span = calendar.interval(left, right) if left and right else None
    return [Find(with_article(p, start), end, code, (f"first {number[0]} {unit}s of a year",), span=span)]


def _part(unit: str, year: int, number: int) -> Span | None:
    return calendar.month(year, number) if unit == "month" else calendar.quarter(year, number)


def _year_of_months(p: Passage, e: int, months: int) -> tuple[int | None, int | None]:
    """(year, first token after it) of "de 2024", "de l'année" or nothing at token `e`; no token where something else follows."""
    if found := years.year_after(p, e) or relative_year(p, e):
        return found[0], found[1]
    of = p.look("articles.of_part", e)
    i = e + (of.length if of else 0)
    noun = p.look("units", i) if of else None
    if of and not (noun and noun.value == "year"):
        return None, None
    end = i + noun.length if noun else e
    if p.published is None:
        return None, end
    return p.published.year - (p.published.month <= months and not noun), end


def _distance(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    """ "il y a trois mois", "vor drei Jahren", "three years ago", "dans deux semaines"."""
    sized = p.back("distances.sized", i)  # "il y a une petite semaine", "vor einem knappen Jahr"
    number = p.number_before(i - sized.length if sized else i)
    halved = p.halved_before(i) if unit == "year" and (number is None or p.back("distances.half", i)) else None
    number = halved or number
    if number is None or unit in ("weekend", "half", "quarter", "fortnight"):
        return []
    count, start = number
    half = p.look("halves.after", e)
    if half:
        e += half.length
    begin = start
    while begin > start - _ABOUT and p.back("distances.about", begin):
        begin -= 1
    for kind, direction in (("distances.ago_before", -1), ("distances.ahead_before", 1)):
        if hit := p.back(kind, begin):
            if direction > 0 and (_spans(p, begin - hit.length) or _lasted(p, begin - hit.length, e)):
                return []  # "for the first time in 28 years", "they raised $3m in three days"
            start = begin
            return [_at_distance(p, start - hit.length, e, unit, direction, count, bool(half or halved))]
    for kind, direction in (("distances.ago_after", -1), ("distances.ahead_after", 1)):
        if hit := p.look(kind, e):
            return [_at_distance(p, start, e + hit.length, unit, direction, count, bool(half or halved))]
    return []


def _spans(p: Passage, i: int) -> bool:
    """Whether a rank before token `i` makes so many units the time that it holds for: "the worst storm | in ten years"."""
    return any(p.look("distances.spanned", k) for k in range(max(0, i - _RANK), i))


def _lasted(p: Passage, start: int, end: int) -> bool:
    """Whether what leads to a number of units tells how long something took, by the past of its verb."""
    vocabulary = p.vocabularies[start]
    return vocabulary.within_past and tense(p.verbs, start, end, vocabulary) == PAST


def _at_distance(p: Passage, start: int, end: int, unit: str, direction: int, number: int, half: bool) -> Find:
    code, count = p.vocabularies[start].code, direction * number
    if p.published is None:
        return Find(start, end, code, _UNRESOLVED)
    if half and unit == "year":
        span = calendar.moved(p.published, "month", count * 12 + 6 * direction)
    elif half and unit == "month" and (near := calendar.add(p.published, "day", _HALF_MONTH * direction)):
        span = calendar.moved(near, unit, count)
    else:
        span = calendar.moved(p.published, unit, count)
    return Find(start, end, code, (f"{count:+d}{' and a half' if half else ''} {unit} from the publication",), span=span)


def _context(p: Passage, i: int) -> Context:
    """The publication, and the tense around token `i`: sought only where it decides."""
    return Context(p.published, tense(p.verbs, i, i + 1, p.vocabularies[i]))


def _modified(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    """ "fin de l'année", "en début de semaine", "Ende des Monats" without a pointer: of the period around the publication."""
    if unit not in ("year", "month", "week", "quarter", "half", "weekend", "decade", "century"):
        return []
    modifier, start = modifier_before(p, i)
    code = p.vocabularies[i].code
    if (
        modifier is None
        or modifier == "during"
        or p.look("pointers.there", e)
        or p.back("not.before_part", start)
        or p.back("not.each", start)
    ):
        return []
    if p.published is None:
        return [Find(start, e, code, _UNRESOLVED)]
    span = _beyond(p, start, e, unit, modifier) or _around(
        p.published, unit, modifier, _context(p, i)._replace(sure=_over(p, start, e))
    )
    return [Find(start, e, code, (f"{modifier} of the {unit} by the publication",), span=span)]


def _over(p: Passage, start: int, e: int) -> bool:
    """Whether the verb right behind a period that opens its sentence tells that it is over: "Ende des Jahres | trat er ab"."""
    direction, _, behind = told(p.verbs, start, e, p.vocabularies[start])
    return direction == PAST and behind and p.opens(start) and p.vocabularies[start].direction(p.norm(e)) == PAST


def _beyond(p: Passage, start: int, e: int, unit: str, modifier: str) -> Span | None:
    """A part of the week or month beside that of the publication, where the verb just before says so.

    "sera voté en début de semaine" on a Friday is next week; "a été voté en fin de semaine" on a Monday is last week.
    """
    left = max(0, start - _CLAUSE)
    verb = tense(p.verbs[left:start], start - left, start - left, p.vocabularies[start])
    if p.published is None:
        return None
    passed, whole = (p.published.weekday(), 7) if unit == "week" else (p.published.day - 1, 30)
    if unit == "year":
        passed, whole = p.published.month - 1, 12
    over = modifier == "start" and verb == FUTURE and unit in ("week", "month", "year") and passed > whole // 3
    ahead = modifier == "end" and verb == PAST and unit == "week" and passed < whole // 2
    other = _moved(p, unit, verb) if over or ahead else None
    return other and modified(other, modifier)


def _around(published: date, unit: str, modifier: str, context: Context) -> Span | None:
    """A part of the period around the publication; of the next one to it where the tense forbids that."""
    span = calendar.moved(published, unit, 0)
    around = span and modified(span, modifier)
    far = 0 if context.sure else _FAR
    if around and around.first and unit == "year" and (around.first - published).days * context.tense < -far:
        span = calendar.moved(published, unit, context.tense)
        around = span and modified(span, modifier)
    return around


def grown(p: Passage, i: int) -> list[Find]:
    """ "Jahresende", "Wochenbeginn", "year-end" at token `i`: of the year that follows, or by the publication."""
    hit = p.look("grown", i)
    if hit is None:
        return []
    modifier, unit = hit.value.split(" ")
    code, e = p.vocabularies[i].code, i + hit.length
    if unit == "year" and (found := years.year_after(p, e)):
        return [Find(i, found[1], code, (f"{modifier} of a year",), Stamp(found[0], modifier=modifier))]
    if p.published is None:
        return [Find(i, e, code, _UNRESOLVED)]
    span = _around(p.published, unit, modifier, _context(p, i))
    return [Find(i, e, code, (f"{modifier} of the {unit} by the publication",), span=span)]


def read(p: Passage, i: int) -> list[Find]:
    """The dates around the unit (day, week, month ...) that token `i` names."""
    hit = p.look("units", i)
    if hit is None:
        return []
    unit, e = hit.value, i + hit.length
    if p.look("pointers.there", e):
        return []
    return next((found for reader in _READERS if (found := reader(p, i, unit, e))), [])


def _ordinal(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    if unit in ("quarter", "half", "century"):
        return parts.ordinal_unit(p, i, unit, e)
    if unit == "week":
        return _week_number(p, i, e) or _week_of(p, i, e)
    if unit == "weekend":
        return _weekend_of(p, i, e)
    return _fortnight_of(p, i, e) if unit == "fortnight" else []


def _weekend_of(p: Passage, i: int, e: int) -> list[Find]:
    """ "le premier week-end d'avril", "the last weekend of May 2024": the weekend of that Saturday of the month."""
    ordinal, found = parts.ordinal_before(p, i), month_at(p, e)
    if ordinal is None or found is None or ordinal[0] > 5:
        return []
    year = nearest_month(p, found[0], found[1])
    saturday = calendar.nth_weekday(year, found[0], _SATURDAY, ordinal[0]) if year else None
    span = calendar.weekend(saturday.first) if saturday and saturday.first else None
    if year and span is None:
        return []
    return [Find(with_article(p, ordinal[1]), found[2], p.vocabularies[i].code, ("weekend of a month",), span=span)]


def _week_number(p: Passage, i: int, e: int) -> list[Find]:
    """ "la semaine 31", "Kalenderwoche 12 2024": a week of ISO 8601."""
    number = p.digits(e, 1, 53)
    longer = p.norm(e + 1) in {":", "/", ".", ","} and p.kind(e + 2) == "digits"
    if number is None or longer or years.counted(p, e + 1) or p.look("units", e + 1):
        return []
    found = years.year_after(p, e + 1)
    year = found[0] if found else p.published.year if p.published else None
    code, end = p.vocabularies[i].code, found[1] if found else e + 1
    if year is None:
        return [Find(i, end, code, _UNRESOLVED)]
    span = calendar.iso_week(year, number)
    return [Find(i, end, code, ("week by its number",), span=span)] if span else []


def _after_of(p: Passage, e: int) -> int:
    of = p.look("articles.of_month", e) or p.look("articles.of", e)
    return e + (of.length if of else 0)


def month_at(p: Passage, e: int) -> tuple[int, int | None, int] | None:
    """(month, year, first token after it) of "de mars 2024", "im Juli" at token `e`; the year of the publication stands in."""
    i = _after_of(p, e)
    month = p.vocabularies[i].months.get(p.norm(i)) if i < len(p.norms) else None
    if month is None or month.short or i == e:
        return None
    found = years.year_after(p, i + 1)
    return (month.number, found[0], found[1]) if found else (month.number, None, i + 1)


def nearest_month(p: Passage, month: int, year: int | None) -> int | None:
    """The year of a month, by the publication where none is written."""
    if year is not None or p.published is None:
        return year
    spans = (calendar.month(y, month) for y in (p.published.year - 1, p.published.year, p.published.year + 1))
    found = nearest(spans, Context(p.published), None)
    return found.first.year if found and found.first else None


def _week_of(p: Passage, i: int, e: int) -> list[Find]:
    """ "la première semaine de mars", "the last week of 2016": weeks of ISO 8601, whose Thursday counts."""
    ordinal = parts.ordinal_before(p, i)
    if ordinal is None or ordinal[0] > 53:
        return []
    code, number = p.vocabularies[i].code, ordinal[0]
    start = with_article(p, ordinal[1])
    if found := month_at(p, e):
        year = nearest_month(p, found[0], found[1])
        span = calendar.week_of_month(year, found[0], number) if year else None
        return [Find(start, found[2], code, ("week of a month",), span=span)] if span or year is None else []
    at = _after_of(p, e)
    year_found = years.year_after(p, at) if at > e else None
    if year_found is None:
        return []
    span = calendar.iso_week(year_found[0], number) if number else calendar.last_week(year_found[0])
    return [Find(start, year_found[1], code, ("week of a year",), span=span)] if span else []


def _fortnight_of(p: Passage, i: int, e: int) -> list[Find]:
    """ "la seconde quinzaine d'août": from the 1st to the 15th, or from the 16th on."""
    ordinal, found = parts.ordinal_before(p, i), month_at(p, e)
    if ordinal is None or found is None or ordinal[0] > 2:
        return []
    code, year = p.vocabularies[i].code, nearest_month(p, found[0], found[1])
    span = calendar.fortnight(year, found[0], ordinal[0] == 1) if year else None
    return [Find(ordinal[1], found[2], code, ("half of a month",), span=span)]


def _new_year(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    """ "la nouvelle année", "im neuen Jahr": the one whose first day is nearest to the publication."""
    new = p.back("pointers.new", i)
    article = p.back("articles.definite", i - new.length) or p.back("articles.of", i - new.length) if new else None
    if unit != "year" or new is None or article is None or is_plural(p, i, i - new.length) or p.look("not.after_new", e):
        return []
    start, code = with_article(p, i - new.length), p.vocabularies[i].code
    if p.published is None:
        return [Find(start, e, code, _UNRESOLVED)]
    year = p.published.year + (p.published.month > 6)
    return [Find(start, e, code, ("year whose first day is nearest to the publication",), span=calendar.year(year))]


def _within(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    """ "plus tôt dans la semaine", "later in the year": somewhere in the period around the publication."""
    article = p.back("articles.definite", i)
    cue = p.back("period_cues.before", i - article.length if article else i)
    if cue is None or unit not in ("week", "month", "quarter", "year") or is_plural(p, i, i):
        return []
    return [Find(with_article(p, i), e, p.vocabularies[i].code, (f"{unit} of the publication",), span=_moved(p, unit, 0))]


def _pointed(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    found = pointer(p, i, e)
    if found is None or unit in ("day", "fortnight"):
        return []
    direction, start, end, place = found
    if place < i and p.look("ordinals.last", place) and p.look("pointers.last_of", e):
        return []  # "le dernier week-end des vacances"
    if is_plural(p, i, place) or (unit == "decade" and direction) or (unit == "half" and p.vocabularies[i].vague_halves):
        return []
    modifier, begin = modifier_before(p, start)
    if modifier is None and begin == start and (of := modifier_before(p, start))[0]:
        modifier, begin = of
    code = p.vocabularies[i].code
    if p.published is None:
        return [Find(begin, end, code, _UNRESOLVED)]
    ahead = _SATURDAY - p.published.isoweekday() if unit == "weekend" and direction == 1 else 0
    if (ahead > _SOON and p.look("pointers.coming_early", place)) or (ahead > 0 and p.look("pointers.coming", place)):
        direction = 0
        span = _moved(p, unit, 0)
    else:
        span = _this_weekend(p.published, _context(p, i)) if unit == "weekend" and direction == 0 else _moved(p, unit, direction)
    name = {-2: "last but one", -1: "last", 0: "this", 1: "next", 2: "next but one"}[direction]
    return [Find(begin, end, code, (f"{name} {unit} by the publication",), span=span and modified(span, modifier))]


def _day_of(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    """ "le 12 du mois prochain", "am 3. dieses Monats", "the 12th of last month"."""
    found = pointer(p, i, e) if unit == "month" else None
    if found is None or is_plural(p, i, found[3]):
        return []
    direction, start, end, _ = found
    of = p.back("articles.of", start)
    if of is None and not p.vocabularies[i].dotted_days:
        return []
    month = _moved(p, unit, direction)
    return months.days_of(p, start - (of.length if of else 0), end, month.first if month else None)


def _this_weekend(published: date, context: Context) -> Span | None:
    """ "ce week-end": by tense, and early in the week the one before."""
    early = published.isoweekday() <= (5 if context.tense < 0 else 2 if context.tense == 0 else 0)
    return calendar.moved(published, "weekend", -1 if early else 0)


def _weekend_at(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    """ "am Wochenende", "au cours du week-end"."""
    if unit != "weekend" or not p.back("weekend_cues.before", i):
        return []
    code = p.vocabularies[i].code
    if p.published is None:
        return [Find(i, e, code, _UNRESOLVED)]
    return [Find(i, e, code, ("weekend by the publication and the tense",), span=_this_weekend(p.published, _context(p, i)))]


_READERS = (
    *(_day_of, _window, _first_months, _distance, _ordinal, nearby.unit, _new_year, _within),
    *(_pointed, _modified, _weekend_at, vague.unit),
)
