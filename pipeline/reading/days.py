"""What a day looks like where nothing else is said: figures of several orders, months by name, a time of day behind it.

Months and weekdays come from `lexicon/<code>/dates.toml`, the words of a time of day from `lexicon/<code>/datelines.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from pipeline import lexicon

SPACE = r"[\s\u00a0\u202f]"
_YEARS = range(1800, 2101)
_EPOCH = re.compile(r"\d{9,10}|\d{12,13}")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?!\d).*|\d{8}(?:T[\d:+.Z-]*)?")
_YEAR_FIRST = r"(?P<iso>\d{4}-\d\d-\d\d|\d{4}/\d\d/\d\d)"
_DAY_FIRST = r"(?P<figures>\d{1,2}(?:/\d{1,2}/|\.\s?\d{1,2}\.\s?|-\d{1,2}-)(?:\d{4}|\d\d(?!\d)))"
_ZONE = r"\(?(?:GMT|UTC|CEST|CET|MESZ|MEZ|Z)\)?|[+-]\d\d:?\d\d"


def day(text: str) -> date | None:
    """The day that `text` gives and nothing besides: ISO 8601, RFC 2822, "16/07/2025", "16. Juli 2025", "July 16, 2025".

    A time may follow. Day before month where figures leave it open. Nine digits and more are seconds or milliseconds since 1970,
    in UTC. None for anything else, and for days that no calendar has.
    """
    text = text.strip()
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), UTC).date()
    if _ISO.fullmatch(text):
        return _iso(text)
    if match := re.fullmatch(pattern(), text, re.IGNORECASE):
        return of(match)
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return None


def _iso(text: str) -> date | None:
    """The day of a timestamp, whatever its time of day is worth."""
    try:
        return date.fromisoformat(text[: 10 if "-" in text[:5] else 8])
    except ValueError:
        return None


def of(match: re.Match[str]) -> date | None:
    """The day of a match of `pattern`, None where the calendar has none or the year is none of the press."""
    group = match.groupdict()
    if group["iso"]:
        year, month, number = (int(n) for n in re.split(r"[-/]", group["iso"]))
    elif group["figures"]:
        parts = re.split(r"[-/.]\s?", group["figures"])
        number, month, year = (int(part) for part in parts)
        year += 2000 if len(parts[2]) == 2 else 0
    else:
        month = _months()[norm(group["month"] or group["month2"])]
        number, year = int(group["day"] or group["day2"]), int(group["year"] or group["year2"])
    try:
        return date(year, month, number) if year in _YEARS else None
    except ValueError:
        return None


def norm(words: str) -> str:
    """`words` in small letters with single spaces, without a stop or colon at the end."""
    return re.sub(r"\s+", " ", words.casefold().strip().rstrip(". :"))


def either(words: Iterable[str]) -> str:
    """A pattern of any of `words`, longer ones first, white space of any kind between theirs."""
    return "|".join(re.escape(word).replace(r"\ ", rf"{SPACE}+") for word in sorted(set(words), key=lambda w: (-len(w), w)))


def words(key: str) -> str:
    """A pattern of the words that `datelines.toml` has under `key`, in all languages."""
    return either(word for code in lexicon.LANGUAGES for word in lexicon.language(code, "datelines")[key])


def calendar_only(line: str) -> bool:
    """Whether `line` says nothing but figures, months and weekdays ("Mardi 3 mars")."""
    return all(word.isdigit() or norm(word) in _months() or norm(word) in _weekdays() for word in re.findall(r"\w+", line))


@cache
def _weekdays() -> frozenset[str]:
    tables = [lexicon.language(code, "dates")["weekdays"] for code in lexicon.LANGUAGES]
    return frozenset(norm(name) for table in tables for names in table.values() for name in names)


@cache
def _months() -> dict[str, int]:
    """Names of months in all languages, short and long, to their numbers."""
    tables = [lexicon.language(code, "dates")[key] for code in lexicon.LANGUAGES for key in ("months_short", "months")]
    return {norm(name): int(number) for table in tables for number, names in table.items() for name in names}


@cache
def pattern() -> str:
    """A pattern of one day in full, with a weekday before it and a time of day behind it where there are; ignore case."""
    tables = [lexicon.language(code, "dates")[key] for code in lexicon.LANGUAGES for key in ("weekdays", "weekdays_short")]
    weekdays = either(name for table in tables for names in table.values() for name in names)
    months, at, hour = either(_months()), words("at"), words("hour")
    before = rf"(?P<day>\d{{1,2}})(?:\.|er|st|nd|rd|th|ᵉʳ)?{SPACE}*(?P<month>{months})\.?,?{SPACE}+(?P<year>\d{{4}})"
    after = rf"(?P<month2>{months})\.?{SPACE}+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?{SPACE}+(?P<year2>\d{{4}})"
    clock = rf"\d{{1,2}}{SPACE}?(?:[:.]|{hour}){SPACE}?(?:\d\d)?(?::\d\d)?{SPACE}*(?:{hour})?"
    time = rf"(?:{SPACE}*(?:{at}|T)?{SPACE}*{clock}(?:{SPACE}*(?:{_ZONE}))?)?"
    return rf"(?:(?:{weekdays})\.?,?{SPACE}+)?(?<!\d)(?:{_YEAR_FIRST}|{_DAY_FIRST}|{before}|{after})(?![\d%]){time}"
