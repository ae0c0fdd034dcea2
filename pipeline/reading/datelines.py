"""The day of publication and the heading as the text itself gives them.

A dateline stands alone: a line, or a piece of a line between its separators, that says nothing but a day. A date in a sentence
is none. What it may look like is data: `lexicon/<code>/datelines.toml`, months and weekdays in `lexicon/<code>/dates.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from pipeline import lexicon

_FIRST, _LAST = 12, 5  # lines that may hold a dateline, blank ones not counted
_LONGEST_LINE, _LONGEST_HEADING = 240, 160
_LINE = re.compile(r"[^\s][^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*")
# What parts the pieces of a line: signs of any kind, dashes with spaces around them.
_PARTS = re.compile(r"\s*[·|•●▪‧/]\s+|\s+[·|•●▪‧/]\s*|[·•●▪‧]|\s+[-–—―]+\s+|\s{3,}|\t")
_AGENCY = re.compile(r"\s*(?:\([^()\n]{2,60}\)\s*)?(?:[-–—―:.]|$)|\s*\([^()\n]{2,60}\)")
_PLACE = re.compile(r"(?P<place>[^\W\d_][^\d\n,.;:!?()]{1,40})(?:,?\s*\((?P<agency>[^()\n]{2,40})\))?,?\s+(?:[-–—]\s+)?$")
_YEARS = range(1800, 2101)


def day(text: str) -> date | None:
    """The day that `text` gives and nothing besides: ISO 8601, RFC 2822, "16/07/2025", "16. Juli 2025", "July 16, 2025".

    A time may follow. Day before month where figures leave it open. None for anything else, and for days that no calendar has.
    """
    text = text.strip()
    if re.match(r"\d{4}-\d\d-\d\d(?!\d)", text) or re.fullmatch(r"\d{8}(?:T[\d:+.Z-]*)?", text):
        return _iso(text)
    match = _patterns()["day"].fullmatch(text)
    if match:
        return _of(match)
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return None


def _iso(text: str) -> date | None:
    try:
        return datetime.fromisoformat(re.sub(r"\s*(?:UTC|GMT)$", "Z", text)).date()
    except ValueError:
        pass
    try:
        return date.fromisoformat(text[:10]) if re.match(r"\d{4}-\d\d-\d\d[T ]", text) else None
    except ValueError:
        return None


def dateline(text: str) -> date | None:
    """The day of publication as a dateline among the first or last lines gives it, else that of an update, else None."""
    updated: date | None = None
    for line, inner in _edges(text):
        for found, label in _found(line, inner):
            if label != "updated":
                return found
            updated = updated or found
    return updated


def _edges(text: str) -> Iterator[tuple[str, bool]]:
    """The first lines, then the last ones from the end; with each, whether it may begin with an agency's place and day."""
    first = []
    for match in _LINE.finditer(text):
        first.append((match.end(), match.group()))
        if len(first) == _FIRST:
            break
    yield from ((line, True) for _, line in first)
    rest = text[first[-1][0] :] if first else ""
    tail = [line for line in rest[-2000:].splitlines() if line.strip()] if rest.strip() else []
    yield from ((line, False) for line in tail[: -_LAST - 1 : -1])


def _found(line: str, inner: bool) -> Iterator[tuple[date, str]]:
    """The days in a line that stand as datelines, each with `published`, `updated` or `bare`."""
    line = line.strip()
    patterns = _patterns()
    if len(line) <= _LONGEST_LINE:
        for piece in _PARTS.split(line):
            yield from _piece(piece.strip(" \t\u00a0\u202f.,;()[]*_>#"), patterns)
    if inner and (head := patterns["head"].match(line)) and (found := _of(head)):
        yield found, "bare"


def _piece(piece: str, patterns: dict[str, re.Pattern[str]]) -> Iterator[tuple[date, str]]:
    rest = piece
    for match in patterns["labelled"].finditer(piece):
        label = _labels()[_norm(match.group("label"))]
        found = _of(match)
        if found:
            yield found, label
        rest = ""
    if rest and (match := patterns["alone"].fullmatch(rest)) and (found := _of(match)):
        yield found, "bare"


def heading(text: str) -> str | None:
    """The first line, if it looks like a title: short, without a full stop, with text below, and no dateline."""
    lines = _LINE.finditer(text)
    first, second = next(lines, None), next(lines, None)
    if first is None or second is None:
        return None
    line = re.sub(r"^#{1,6}\s+|\s+#+$", "", first.group().strip()).strip()
    if not 3 <= len(line) <= _LONGEST_HEADING or not any(c.isalpha() for c in line):
        return None
    if (line[-1] in ".,;:" and not line.endswith("...")) or line[0] in "-•*>" or next(_found(line, True), None) is not None:
        return None
    return line


def _of(match: re.Match[str]) -> date | None:
    """The day of a match of `_DAY`, None where the calendar has none or the year is no year of the press."""
    group = match.groupdict()
    if group["iso"]:
        year, month, number = (int(n) for n in re.split(r"[-/.]", group["iso"]))
    elif group["figures"]:
        number, month, year = (int(n) for n in re.split(r"[-/.]\s?", group["figures"]))
        year += 2000 if year < 100 else 0
    else:
        month = _months()[_norm(group["month"] or group["month2"])]
        number, year = int(group["day"] or group["day2"]), int(group["year"] or group["year2"])
    if year not in _YEARS:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _norm(word: str) -> str:
    return re.sub(r"\s+", " ", word.casefold().rstrip(". :"))


@cache
def _months() -> dict[str, int]:
    """Names of months in all languages, short and long, to their numbers."""
    tables = [lexicon.language(code, "dates")[key] for code in lexicon.LANGUAGES for key in ("months_short", "months")]
    return {_norm(name): int(number) for table in tables for number, names in table.items() for name in names}


@cache
def _labels() -> dict[str, str]:
    tables = [(key, lexicon.language(code, "datelines")[key]) for code in lexicon.LANGUAGES for key in ("updated", "published")]
    return {_norm(label): key for key, labels in tables for label in labels}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(set(words), key=lambda w: (-len(w), w)))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """What a day looks like: with nothing besides (`day`), as a piece of a line, behind a label, at the head of an agency's text."""
    dates = [lexicon.language(code, "dates") for code in lexicon.LANGUAGES]
    words = [lexicon.language(code, "datelines") for code in lexicon.LANGUAGES]
    weekdays = _any(name for table in dates for key in ("weekdays", "weekdays_short") for names in table[key].values() for name in names)
    months = _any(_months())
    at, hour, by = (_any(word for table in words for word in table[key]) for key in ("at", "hour", "by"))
    s = r"[\s\u00a0\u202f]"
    spoken = (
        rf"(?P<day>\d{{1,2}})(?:\.|er|st|nd|rd|th|ᵉʳ)?{s}*(?P<month>{months})\.?,?{s}+(?P<year>\d{{4}})"
        rf"|(?P<month2>{months})\.?{s}+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?{s}+(?P<year2>\d{{4}})"
    )
    figures = r"(?P<iso>\d{4}-\d\d-\d\d|\d{4}/\d\d/\d\d)|(?P<figures>\d{1,2}(?:/\d{1,2}/|\.\s?\d{1,2}\.\s?|-\d{1,2}-)(?:\d{4}|\d\d(?!\d)))"
    time = rf"(?:{s}*(?:{at}|T)?{s}*\d{{1,2}}{s}?(?:[:.h]|{hour}){s}?(?:\d\d)?(?::\d\d)?{s}*(?:{hour})?(?:{s}*(?:\(?(?:GMT|UTC|CEST|CET|MEZ|MESZ|Z)\)?|[+-]\d\d:?\d\d))?)?"
    core = rf"(?:(?:{weekdays})\.?,?{s}+)?(?<!\d)(?:{figures}|{spoken})(?![\d%]){time}"
    label = rf"(?P<label>{_any(_labels())}){s}*:?{s}*(?:le{s}+|the{s}+|den{s}+)?"
    author = rf"(?:{s}+(?:{by}){s}+[^.!?\n]{{2,60}})?"
    return {
        "day": re.compile(core, re.IGNORECASE),
        "alone": re.compile(rf"(?:[^\d.!?\n]{{1,40}},{s}+)?{core}{author}", re.IGNORECASE),
        "labelled": re.compile(rf"(?:^|(?<=[,;:({{\[]){s}*|(?<=[,;]{s})|(?<={s}et{s})){label}{core}{author}(?={s}*(?:$|[,;)\].(]|et{s}))", re.IGNORECASE),
        "head": re.compile(rf"[^\W\d_][^\d\n.;:!?]{{1,50}}?,?{s}+(?:\([^()\n]{{2,40}}\),?{s}*)?(?:[-–—]{s}+)?(?:le{s}+|den{s}+)?{core}{s}*(?:\([^()\n]{{2,60}}\){s}*[-–—:.]?|[-–—]{s}|\((?=[A-Z]))", re.IGNORECASE),
    }
