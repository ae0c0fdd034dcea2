"""Dates in figures: 03/03/2025, 23.10.2025, 2025-03-03, 3/2025, "mardi 03/06"."""

from __future__ import annotations

from pipeline.grammar.dates import calendar, years
from pipeline.grammar.dates.months import weekday_before
from pipeline.grammar.dates.passage import DASHES, Find, Passage, Stamp

_SIGNS = frozenset("/.") | DASHES
_MOST_LISTED = 8  # days in one list


def _free(p: Passage, i: int, e: int, full: bool = False) -> bool:
    """Whether no sign or letter glues the figures to something longer; a whole date may touch a word ("12/03/2024par")."""
    before = p.norm(i - 1)
    if p.touches(i) and p.kind(i - 1) == "word" and not before.endswith("'"):
        return False
    if p.touches(i) and before in _SIGNS | {",", ":", "#", "_", "="} and p.kind(i - 2) == "digits":
        return False
    if p.touches(i) and before == "/" and p.touches(i - 1):
        return False  # a part of an address: "exemple.fr/2024/03/12/"
    if p.touches(e) and p.norm(e) in _SIGNS | {",", ":", "_"} and p.touches(e + 1) and p.kind(e + 1) == "digits":
        return False
    if full and p.touches(e) and p.kind(e) == "word":
        return len(p.norm(e)) > 1 and p.text[p.tokens[e].start].islower()
    return not (p.touches(e) and (p.kind(e) == "digits" or (p.kind(e) == "word" and p.norm(e) != "t")))


def _fields(p: Passage, i: int, count: int) -> list[str]:
    """The `count` runs of digits from token `i` that one and the same sign joins; empty where there are none."""
    sign = p.norm(i + 1)
    if sign not in _SIGNS:
        return []
    places = [i + 2 * k for k in range(count)]
    tight = all(p.touches(k) for k in range(i + 1, i + 2 * count - 1))
    if not all(p.kind(k) == "digits" and len(p.norm(k)) in (1, 2, 4) for k in places):
        return []
    if any(p.norm(k + 1) != sign for k in places[:-1]):
        return []
    spaced = sign == "." and all(not p.touches(k) for k in places[1:]) and all(p.touches(k + 1) for k in places[:-1])
    return [p.norm(k) for k in places] if tight or spaced else []


def _full(fields: list[str], month_first: bool) -> tuple[int, int, int] | None:
    """(year, month, day) of three fields, None where they are no date or where English and American order differ."""
    if len(fields[0]) == 4:
        year, month, day = map(int, fields)
        return (year, month, day) if calendar.valid(year, month, day) else None
    if len(fields[2]) == 1 or len(fields[0]) > 2 or len(fields[1]) > 2:
        return None
    year = int(fields[2]) if len(fields[2]) == 4 else years.century_of(int(fields[2]))
    a, b = int(fields[0]), int(fields[1])
    if month_first and a <= 12 and b <= 12 and a != b:
        return None
    if b > 12 >= a and month_first:
        a, b = b, a
    return (year, b, a) if calendar.valid(year, b, a) else None


def _three(p: Passage, i: int) -> list[Find]:
    fields = _fields(p, i, 3)
    whole = bool(fields) and len(fields[2]) == 4 and p.norm(i + 5) != "t"
    if not fields or not _free(p, i, i + 5, whole):
        return []
    if len(fields[2]) == 2 and len(fields[0]) != 4 and p.norm(i + 1) in DASHES:
        return []  # 03-12-20 is a telephone number as well
    found = _full(fields, p.vocabularies[i].month_first)
    if found is None:
        return []
    weekday = weekday_before(p, i)
    stamp = Stamp(*found, weekday=weekday[0] if weekday else None)
    return [Find(weekday[1] if weekday else i, i + 5, p.vocabularies[i].code, ("date in figures",), stamp)]


def _day_month(p: Passage, i: int) -> list[Find]:
    """ "mardi 03/06", "le 22/04", "am 28.10.": day and month where a word announces a date."""
    sign = p.norm(i + 1)
    if sign not in {"/", "."} or not p.touches(i + 1):
        return []
    day, month = p.digits(i, 1, 31), p.digits(i + 2, 1, 12)
    if day is None or month is None or not (p.touches(i + 2) or sign == "."):
        return []
    e = i + 3
    if sign == ".":
        stop = p.norm(e) == "." and p.touches(e)
        if not stop and len(p.norm(i + 2)) != 2:
            return []
        e += stop
    padded = len(p.norm(i)) == 2 and len(p.norm(i + 2)) == 2
    caption = padded and sign == "/" and p.norm(i - 1) in DASHES and not p.touches(i) and (p.touches(e) or p.breaks(e))
    if not _free(p, i, e, caption) or years.counted(p, e) or not calendar.valid(2000, month, day):
        return []
    weekday = weekday_before(p, i)
    ends = caption or (padded and (p.back("intervals.open", i) or p.back("intervals.close", i)))  # "Les Experts - 21/11"
    if weekday is None and not ends and not p.back("numeric_cues.before", i) and not _listed(p, i):
        return []
    stamp = Stamp(None, month, day, weekday[0] if weekday else None)
    return [Find(weekday[1] if weekday else i, e, p.vocabularies[i].code, ("day and month in figures",), stamp)]


def _listed(p: Passage, i: int) -> bool:
    """Whether days and months in figures stand before, the first with its cue: "le 20/11, 22/11 ou 25/11"."""
    sign = p.norm(i + 1)
    for _ in range(_MOST_LISTED):
        link = p.back("intervals.or", i) or p.back("intervals.and", i)
        j = i - link.length if link else i - 1 if p.norm(i - 1) == "," else i
        day, month = p.digits(j - 3, 1, 31), p.digits(j - 1, 1, 12)
        if j == i or p.norm(j - 2) != sign or day is None or month is None:
            return False
        i = j - 3
        if p.back("numeric_cues.before", i) or weekday_before(p, i):
            return True
    return False


def _range(p: Passage, i: int) -> list[Find]:
    """ "28/2-1/3/2019": a day and month, and a whole date, joined by a dash."""
    if p.norm(i + 1) != "/" or p.norm(i + 3) not in DASHES or not p.touches(i + 3):
        return []
    left, right = _fields(p, i, 2), _fields(p, i + 4, 3)
    if not left or not right or not _free(p, i, i + 9):
        return []
    found = _full(right, p.vocabularies[i].month_first)
    day, month = p.digits(i, 1, 31), p.digits(i + 2, 1, 12)
    if found is None or day is None or month is None:
        return []
    year = found[0] - (1 if month > found[1] else 0)
    if not calendar.valid(year, month, day):
        return []
    ends = Stamp(year, month, day), Stamp(*found)
    return [Find(i, i + 9, p.vocabularies[i].code, ("interval in figures",), *ends, interval=True)]


def _month_year(p: Passage, i: int) -> list[Find]:
    fields = _fields(p, i, 2)
    if not fields or not _free(p, i, i + 3) or p.norm(i + 1) == ".":
        return []
    if len(fields[0]) == 4:
        year, month = int(fields[0]), int(fields[1])
        well = len(fields[1]) == 2 and p.norm(i + 1) in DASHES
    else:
        year, month = int(fields[1]), int(fields[0])
        well = len(fields[1]) == 4
    season = month == (year + 1) % 100 and p.back("intervals.coordinated", i)  # "la saison 2001-02"
    if not well or season or not 1 <= month <= 12 or not 1900 <= year <= 2100:
        return []
    return [Find(i, i + 3, p.vocabularies[i].code, ("month and year in figures",), Stamp(year, month))]


def weekend_days(p: Passage, i: int) -> list[Find]:
    """ "le week-end des 5 et 6", whose Saturday is token `i` and whose month the context tells."""
    day, both = p.digits(i, 1, 31), p.look("intervals.and", i + 1)
    if day is None or both is None or not p.back("intervals.weekend_of", i):
        return []
    e = i + 2 + both.length
    if p.digits(e - 1, 1, 31) is None or years.counted(p, e) or (p.kind(e) == "word" and not p.look("years.function", e)):
        return []
    return [Find(i, e, p.vocabularies[i].code, ("days of a weekend",), Stamp(day=day, weekday=6))]


def read(p: Passage, i: int) -> list[Find]:
    """The date written in figures from the digits of token `i`."""
    return _range(p, i) or _three(p, i) or _month_year(p, i) or _day_month(p, i) if p.norm(i + 1) in _SIGNS else []
