"""Clock times, which are dates only by a day told nearby: "mardi vers 21 h 45"; and a day that a clock time makes one."""

from __future__ import annotations

from pipeline.grammar.dates.passage import DASHES, SAME_DAY, Find, Passage, Stamp


def lone_day(p: Passage, i: int) -> list[Find]:
    """ "le 17" before a clock time: the only sign that the number is a day."""
    day = p.digits(i, 1, 31)
    cue = p.look("clock.before", i + 1) or p.look("intervals.open", i + 1)
    if day is None or cue is None or not p.back("lone_day.before", i):
        return []
    e = i + 1 + cue.length
    if end(p, e) is None and _first_of_range(p, e) is None:
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


def _first_of_range(p: Passage, i: int) -> int | None:
    """The first token after the hour of token `i` in "16 bis 17.30 Uhr", "10.30-12 Uhr", whose unit stands with the second."""
    if p.digits(i, 0, 24) is None or len(p.norm(i)) > 2:
        return None
    e = i + 1
    if p.norm(e) in {":", "."} and p.touches(e) and p.touches(e + 1) and len(p.norm(e + 1)) == 2:
        e += 2 if p.digits(e + 1, 0, 59) is not None else 0
    hit = p.look("intervals.close", e)
    j = e + (hit.length if hit else 1 if p.norm(e) in DASHES else 0)
    return e if j > e and end(p, j) is not None else None


def read(p: Passage, i: int) -> list[Find]:
    """The clock time at token `i`, after a preposition of time."""
    stop, code = end(p, i), p.vocabularies[i].code
    opened = p.back("intervals.open", i)
    if stop is None:
        stop = _first_of_range(p, i)
        return [Find(i, stop, code, (RULE,), offset=SAME_DAY)] if stop is not None and opened else []
    opens = opened and p.look("intervals.close", stop)
    if not (
        opens
        or p.back("clock.alone", stop)
        or p.back("clock.before", i)
        or p.back("intervals.close", i)
        or p.norm(i - 1) in DASHES | {"("}
    ):
        return []
    return [Find(i, stop, code, (RULE,), offset=SAME_DAY)]
