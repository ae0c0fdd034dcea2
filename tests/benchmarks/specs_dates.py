"""Scores the dates grammar on the Recognizers-Text cases beside the project (`../shared/specs`): days, not clock times.

    python -m tests.benchmarks specs_dates [FOLDER] [--misses]

A case is right when every date of its gold (a day, an interval of days, the day of a clock time that names one) is read
where it stands, with the gold's days, and nothing else is read as a date. Clock times alone, recurring sets and durations
are no dates, and what is read there counts neither way. A case that names no reference day is judged by its values only
where its wording needs none. What follows from the conventions of an assistant is counted by them: a date that may lie on
either side is right on either, "since" and "before" are right by the end that they name.

Cases whose gold is wrong or of another convention are listed in `specs_disputed.tsv` by fingerprint with the reason; the
first figure of a line leaves them out, the second counts them all.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.grammar import mentions
from pipeline.records import Mention, Segment, fingerprint
from tests.benchmarks.specs import FOLDER, LANGUAGES, disputed

MODEL = "DateTimeModel"
_FIRST_MONTHS = {33: 1, 34: 4, 35: 7, 36: 10, 40: 1, 41: 7}
DATES = ("date", "daterange", "datetime", "datetimerange")


class Gold(NamedTuple):
    """A result of the gold: its place in the text, whether it is a date, and the (first, end) days it may mean.

    An end is the first day that no longer belongs to it; (None, None) stands for a date that the gold leaves unresolved.
    """

    start: int
    end: int
    is_date: bool
    days: tuple[tuple[date | None, date | None], ...]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _days(value: dict[str, str]) -> tuple[date | None, date | None]:
    if day := _day(value.get("value")):
        return day, day + timedelta(1)
    first, end = _day(value.get("start")), _day(value.get("end"))
    clock = len(value.get("end", "")) > 10 and not value["end"].endswith("00:00:00")
    return first, end + timedelta(1) if end and (clock or end == first) else end


def golds(case: dict[str, Any]) -> Iterator[Gold]:
    """The results of a case, in order, where their text stands."""
    text, at = case["Input"].casefold().replace("\xa0", " "), 0
    for result in case["Results"]:
        wanted = result["Text"].casefold().replace("\xa0", " ")
        place = text.find(wanted, at)
        place = place if place >= 0 else result.get("Start", 0)
        at = max(at, place + 1)
        values = (result.get("Resolution") or {}).get("values") or []
        days = tuple(_days(value) for value in values)
        kind = (result.get("TypeName") or "").rpartition(".")[2]
        yield Gold(place, place + len(wanted), kind in DATES, days)


def _ends(found: Mention) -> set[date | None]:
    """The days that an assistant may call the end of an interval: the one after it, and where its last part begins."""
    last = found.time_end
    whole = _first_day(found.time.rpartition("/")[2]) if found.time and "/" in found.time and last else None
    return {last, last + timedelta(1) if last else None, whole}


def _first_day(edtf: str) -> date | None:
    """The first day of a year, quarter, half, month or day of EDTF."""
    year, *rest = edtf.rstrip("~").split("-")
    if rest and int(rest[0]) > 12:
        rest = [f"{_FIRST_MONTHS[int(rest[0])]:02d}"] if int(rest[0]) in _FIRST_MONTHS else ["00"]
    return _day("-".join([year, *rest, *["01"] * (2 - len(rest))]))


def _same(found: Mention, gold: Gold) -> bool:
    """Whether a mention has the days of one of the gold's values.

    Of "before 2018" and "after 2018" the gold has one end alone: the first day of 2018, or the one after its last.
    """
    for first, end in gold.days:
        if first is None and end is None:
            return True
        if first is None and end in {found.time_start, *_ends(found)}:
            return True
        if end is None and first in {found.time_start, *_ends(found)}:
            return True
        if first is not None and first == found.time_start and end in _ends(found):
            return True
    return False


def judge(case: dict[str, Any], language: str) -> tuple[bool | None, list[Mention], list[Gold]]:
    """Whether a case is read right (None: it has nothing to read), what was read and what the gold has."""
    text = case["Input"]
    reference = _day((case.get("Context") or {}).get("ReferenceDateTime"))
    segment = Segment(start=0, end=len(text), language=language)
    found = [m for m in mentions(text, segments=[segment], published=reference) if m.kind == "date"]
    gold = list(golds(case))
    wanted = [g for g in gold if g.is_date]
    if not wanted and gold:
        return None, found, gold

    def right(g: Gold) -> bool:
        here = [m for m in found if m.start < g.end and g.start < m.end]
        unresolved = all(first is None and end is None for first, end in g.days)
        return unresolved or any(_same(m, g) or (reference is None and m.time is None) for m in here)

    extra = [m for m in found if not any(m.start < g.end and g.start < m.end for g in gold)]
    return all(map(right, wanted)) and not extra, found, gold


def _shown(case: dict[str, Any], found: list[Mention], gold: list[Gold]) -> str:
    text = case["Input"]
    reference = (case.get("Context") or {}).get("ReferenceDateTime", "-")[:10]
    values = [(text[g.start : g.end], [f"{a}..{b}" for a, b in g.days]) for g in gold if g.is_date]
    return f"{text!r} ({reference})\n     gold {values}\n     read {[(m.quote, m.time) for m in found]}"


def main(folder: Path = FOLDER, misses: bool = False) -> None:
    """Prints a line for each language."""
    if not folder.is_dir():
        print(f"{folder} is missing: nothing to score", file=sys.stderr)
        return
    aside = disputed()
    for language, code in LANGUAGES.items():
        counts = {False: [0, 0], True: [0, 0]}  # by whether disputed: right, all
        for case in json.loads((folder / language / f"{MODEL}.json").read_text("utf-8-sig")):
            good, found, gold = judge(case, code)
            if good is None:
                continue
            key = fingerprint(MODEL, language, case["Input"])
            counts[key in aside][0] += good
            counts[key in aside][1] += 1
            if misses and not good and key not in aside:
                print(f"  {key} {_shown(case, found, gold)}")
        (right, total), (more, others) = counts[False], counts[True]
        if total + others:
            settled, every = right / max(total, 1), (right + more) / (total + others)
            print(f"{MODEL:17} {language:7} {settled:6.1%} ({right}/{total}), all {every:6.1%} ({total + others})")


if __name__ == "__main__":
    paths = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    main(paths[0] if paths else FOLDER, "--misses" in sys.argv)
