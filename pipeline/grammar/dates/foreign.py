"""Dates that our own lexicon cannot spell, read by dateparser and checked by ours.

Two shapes alone are handed over, each with its exact span: the name of a month in a language that is not served
("16 luglio 2025"), and unusual orders around a name of a month ("2020/Sep/23", "Sep-23-2020"). What comes back counts
only if the day and the year are those that stand there in figures.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from pipeline.grammar.dates.passage import DASHES, Find, Passage, Stamp
from pipeline.lexicon import LANGUAGES

_NEIGHBOURS = ["it", "es", "pt", "nl", "ca", "ro", "pl"]
_SPRING = ("january", "february", "march", "april", "may", "june")
_AUTUMN = ("july", "august", "september", "october", "november", "december")
_SIGNS = DASHES | {"/"}


@cache
def _parser(own: bool) -> Any:
    """One parser for each use, with its languages fixed: making it costs far more than a reading."""
    from dateparser.date import DateDataParser

    languages = list(LANGUAGES) if own else _NEIGHBOURS
    return DateDataParser(languages=languages, settings={"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"})


@cache
def _months() -> frozenset[str]:
    """The names of months of the neighbouring languages, as dateparser knows them: what is none of them is not handed over."""
    data = (import_module(f"dateparser.data.date_translation_data.{code}").info for code in _NEIGHBOURS)
    return frozenset(name.casefold() for info in data for month in _SPRING + _AUTUMN for name in info.get(month, ()))


@lru_cache(maxsize=1024)
def _date(text: str, own: bool) -> date | None:
    """The full date that dateparser reads in `text`, None where it reads none or fails."""
    try:
        found = _parser(own).get_date_data(text)
    except Exception:  # of a library on arbitrary text: a date that cannot be read is no date
        return None
    return found.date_obj.date() if found and found.date_obj and found.period == "day" else None


def _find(p: Passage, i: int, e: int, day: int, year: int, own: bool) -> list[Find]:
    text = p.text[p.tokens[i].start : p.tokens[e - 1].end]
    found = _date(" ".join(p.norm(k) for k in range(i, e) if p.norm(k) not in _SIGNS), own) or _date(text, own)
    if found is None or (found.day, found.year) != (day, year):
        return []
    return [Find(i, e, p.vocabularies[i].code, ("read by dateparser, day and year as written",), Stamp(*found.timetuple()[:3]))]


def neighbour(p: Passage, i: int) -> list[Find]:
    """A day, a month of a neighbouring language and a year, whose day is token `i`."""
    day = p.digits(i, 1, 31)
    if day is None:
        return []
    k = i + 1
    while k < i + 3 and p.norm(k) in {"de", "di", "of", "."}:
        k += 1
    name = p.norm(k)
    if p.kind(k) != "word" or len(name) < 4 or name in p.vocabularies[k].months or p.look("years.counted", k):
        return []
    e = k + 1
    if p.norm(e) in {"de", "del", "di"}:
        e += 1
    year = p.digits(e, 1900, 2100) if len(p.norm(e)) == 4 else None
    return _find(p, i, e + 1, day, year, own=False) if year is not None and name in _months() else []


def shuffled(p: Passage, i: int) -> list[Find]:
    """Day, month and year joined by signs in an order that the month at token `i` does not read itself."""
    start, end = i, i + 1
    while start > i - 4 and p.touches(start) and p.norm(start - 1) in _SIGNS and p.kind(start - 2) == "digits":
        start -= 2
    while end < i + 5 and p.touches(end) and p.norm(end) in _SIGNS and p.kind(end + 1) == "digits" and p.touches(end + 1):
        end += 2
    numbers = [p.norm(k) for k in range(start, end) if p.kind(k) == "digits"]
    year = next((int(n) for n in numbers if len(n) == 4 and 1900 <= int(n) <= 2100), None)
    day = next((int(n) for n in numbers if len(n) <= 2 and 1 <= int(n) <= 31), None)
    if len(numbers) != 2 or year is None or day is None:
        return []
    return _find(p, start, end, day, year, own=True)
