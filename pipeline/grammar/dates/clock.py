"""Clock times, which are dates only by a day told nearby: "mardi vers 21 h 45"; and a day that a clock time makes one."""

from __future__ import annotations

from pipeline.grammar.dates.passage import DASHES, SAME_DAY, Find, Passage, Stamp


def lone_day(p: Passage, i: int) -> list[Find]:
    """ "le 17" before a clock time: the only sign that the number is a day."""
    day = p.digits(i, 1, 31)
    cue = p.look("clock.before", i + 1)
    if day is None or cue is None or not p.back("lone_day.before", i):
        return []
    e = i + 1 + cue.length
    if end(p, e) is None and not _hour_of_range(p, e):
        return []
    return [Find(i, i + 1, p.vocabularies[i].code, ("day before a clock time",), Stamp(day=day))]


RULE = "clock time on a day told nearby"


def end(p: Passage, i: int) -> int | None:
    """The first token after the clock time whose hour is token `i`, None where there is none."""
    if hit := p.look("clock.words", i):
        return i + hit.length
    if p.digits(i, 0, 24) is None or len(p.norm(i)) > 2:
        return None
    e = i + 1
    minutes = p.digits(e + 1, 0, 59) if len(p.norm(e + 1)) == 2 else None
    if p.norm(e) in {":", "."} and p.touches(e) and p.touches(e + 1) and minutes is not None:
        colon = p.norm(e) == ":"
        e += 2
        hit = p.look("clock.units", e)
        return e + hit.length if hit else e if colon and not p.touches(e) else None
    hit = p.look("clock.units", e)
    if hit is None:
        return None
    e += hit.length
    minutes = p.digits(e, 0, 59)
    return e + 1 if minutes is not None and len(p.norm(e)) == 2 else e


def _hour_of_range(p: Passage, i: int) -> bool:
    """Whether token `i` is the first hour of "16 bis 17.30 Uhr"."""
    hit = p.look("intervals.close", i + 1)
    j = i + 1 + (hit.length if hit else 1 if p.norm(i + 1) in DASHES else 0)
    return j > i + 1 and p.digits(i, 0, 24) is not None and len(p.norm(i)) <= 2 and end(p, j) is not None


def read(p: Passage, i: int) -> list[Find]:
    """The clock time at token `i`, after a preposition of time."""
    stop = end(p, i)
    if stop is None:
        return []
    opens = p.back("intervals.open", i) and p.look("intervals.close", stop)
    if not (opens or p.back("clock.before", i) or p.norm(i - 1) in DASHES):
        return []
    return [Find(i, stop, p.vocabularies[i].code, (RULE,), offset=SAME_DAY)]






