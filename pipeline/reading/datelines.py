"""The day of publication and the heading as the text itself gives them.

A dateline stands alone: a line, or a piece of a line between its separators, that says nothing but a day, an agency's place and
day at the head of its text, or a day behind "Publié le". A date in a sentence is none, and days that head the sections of a
chronology are none. The words are data: `lexicon/<code>/datelines.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from pipeline import lexicon
from pipeline.reading import days
from pipeline.reading.days import SPACE, norm

_FIRST, _LAST = 12, 5  # lines that may hold a dateline, blank ones not counted
_EARLY = 4  # lines in which a bare day counts, whatever days stand further down
_LONGEST_LINE, _LONGEST_HEADING = 240, 160
_TAIL = 2_000
_LINE = re.compile(r"\S[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*")
# What parts the pieces of a line: signs of any kind, dashes with spaces around them, wide gaps.
_PARTS = re.compile(r"\s+/\s+|\s*[·|•●▪‧]\s*|\s+[-–—―]+\s+(?!\d{1,2}\s?[:h])|\s{3,}|\t")
_EDGE = " \t\u00a0\u202f.,;()[]*_>#–—-"
_CAPITAL = r"[^\W\d_a-zà-öø-ÿ][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?"


class _Found(NamedTuple):
    day: date
    label: str  # `published`, `updated` or `bare`


class _Patterns(NamedTuple):
    labelled: re.Pattern[str]  # a piece that is labelled days and nothing else
    item: re.Pattern[str]  # one labelled day
    alone: re.Pattern[str]  # a piece that is a day and nothing else but a place or a name
    head: re.Pattern[str]  # an agency's place and day before its text


def dateline(text: str) -> date | None:
    """The day of publication as a dateline among the first or last lines gives it, else that of an update, else None."""
    found = [(n, item) for n, line in _edges(text) for item in _found(line, n is not None)]
    for label in ("published", "bare", "updated"):
        here = [(n, item.day) for n, item in found if item.label == label]
        if here and (label != "bare" or len({day for _, day in here}) == 1 or here[0][0] in range(_EARLY)):
            return here[0][1]
    return None


def heading(text: str) -> str | None:
    """The first line, if it looks like a title: short, without a full stop, with text below, and no date."""
    lines = _LINE.finditer(text)
    first, second = next(lines, None), next(lines, None)
    if first is None or second is None:
        return None
    line = re.sub(r"^#{1,6}\s+|\s+#+$", "", first.group().strip()).strip()
    if not 3 <= len(line) <= _LONGEST_HEADING or days.calendar_only(line):
        return None
    if (line[-1] in ".,;:" and not line.endswith("...")) or line[0] in "-•*>" or next(_found(line, True), None) is not None:
        return None
    return line


def _edges(text: str) -> Iterator[tuple[int | None, str]]:
    """The first lines with their numbers from 0, then the last ones from the end with None."""
    end = 0
    for n, match in zip(range(_FIRST), _LINE.finditer(text), strict=False):
        end = match.end()
        yield n, match.group().strip()
    tail = [line.strip() for line in text[max(end, len(text) - _TAIL) :].splitlines() if line.strip()]
    yield from ((None, line) for line in tail[: -_LAST - 1 : -1])


def _found(line: str, first: bool) -> Iterator[_Found]:
    """The days of a line that stand there as datelines; at the head of a text only where `first`."""
    patterns = _patterns()
    if len(line) <= _LONGEST_LINE:
        for piece in _PARTS.split(line):
            yield from _piece(piece.strip(_EDGE), patterns)
    if first and (head := patterns.head.match(line)) and (day := days.of(head)):
        yield _Found(day, "bare")


def _piece(piece: str, patterns: _Patterns) -> Iterator[_Found]:
    if patterns.labelled.fullmatch(piece):
        for match in patterns.item.finditer(piece):
            label = norm(match.group("label"))
            if (day := days.of(match)) and (label in _day_first() or not _open(match.group("figures"))):
                yield _Found(day, _labels()[label])
    elif (alone := patterns.alone.fullmatch(piece)) and (day := days.of(alone)):
        yield _Found(day, "bare")


def _open(figures: str | None) -> bool:
    """Whether figures leave open which of them is the day: "03/04/2025"."""
    if not figures or "/" not in figures:
        return False
    first, second, _ = figures.split("/")
    return first != second and int(first) <= 12


@cache
def _day_first() -> frozenset[str]:
    """The labels of languages that surely write the day before the month."""
    tables = [lexicon.language(code, "datelines") for code in lexicon.LANGUAGES]
    return frozenset(norm(label) for t in tables if t["day_first"] for key in ("updated", "published") for label in t[key])


@cache
def _labels() -> dict[str, str]:
    tables = [(key, lexicon.language(code, "datelines")[key]) for code in lexicon.LANGUAGES for key in ("updated", "published")]
    return {norm(label): key for key, labels in tables for label in labels}


@cache
def _patterns() -> _Patterns:
    day, label, article, by = days.pattern(), days.either(_labels()), days.words("article"), days.words("by")
    names = rf"{_CAPITAL}(?:{SPACE}+(?:(?:{days.words('within')}){SPACE}+)*{_CAPITAL}){{0,4}}"
    author = rf"(?i:{by}){SPACE}+[^.!?\d\n]{{2,60}}?"
    item = rf"(?i:(?P<label>{label}){SPACE}*(?:(?:{article})?{SPACE}*:)?{SPACE}*(?:(?:{article}){SPACE}+)?{day})"
    some = re.sub(r"\?P<\w+>", "?:", item)
    joint = rf"{SPACE}*(?:(?:[,;/(&-]|et|und|and){SPACE}*)?"
    extent = rf"{joint}(?i:(?:{days.words('extent')}).{{0,30}}|\d+{SPACE}?min\b.{{0,20}})"
    before = rf"(?:(?:{author}|{names})(?:{SPACE}*[,:(]{SPACE}*|{SPACE}+))?"
    agency = r"\([^()\n]{2,60}\)"
    return _Patterns(
        labelled=re.compile(rf"{before}{some}(?:{joint}{some})*(?:,?{SPACE}+{author})?(?:{extent})?\)?"),
        item=re.compile(item),
        alone=re.compile(
            rf"(?:{author}|{names})?(?:,{SPACE}*)?(?i:(?:(?:{article}){SPACE}+)?{day})(?:,?{SPACE}+{author}|{extent})?"
        ),
        head=re.compile(
            rf"{names}(?:{SPACE}*{agency})?(?:,{SPACE}*|{SPACE}+[-–—]{SPACE}+|{SPACE}+)(?i:(?:(?:{article}){SPACE}+)?{day})"
            rf"{SPACE}*(?:{agency}|[-–—]{SPACE})"
        ),
    )
