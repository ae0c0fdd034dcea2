"""Clock times, which are dates only by a day told nearby: "mardi vers 21 h 45"; and a day that a clock time makes one."""

from __future__ import annotations

from pipeline.grammar.dates.passage import DASHES, SAME_DAY, Find, Passage, Stamp
from pipeline.grammar.dates.years import counted

_CLOSING = frozenset(".,;!?)")
_LIST = 16  # tokens from one clock time of a list to the next


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
        named = p.capital(i) and not p.opens(i) and not p.vocabularies[i].capital_months  # "au Midi libre"
        within = p.norm(i - 1) in DASHES and p.touches(i) and p.touches(i - 1)  # "en début d'après-midi"
        return None if named or within else i + hit.length
    if half := p.look("clock.halves", i):
        hour = p.number_at(i + half.length)
        return hour[1] if hour and hour[0] <= 12 else None
    if p.digits(i, 0, 24) is None or len(p.norm(i)) > 2:
        return None
    e = i + 1
    minutes = p.digits(e + 1, 0, 59) if len(p.norm(e + 1)) == 2 else None
    if p.norm(e) in {":", "."} and p.touches(e) and p.touches(e + 1) and minutes is not None:
        plain = p.norm(e) == ":" or _pointed(p, i, e + 2)
        e += 2
        hit = p.look("clock.units", e)
        return e + hit.length if hit else e if plain and _closes(p, e) else None
    hit = p.look("clock.units", e)
    if hit is None:
        return None
    e += hit.length
    if p.look("not.after_hours", e):
        return None  # "à 3 heures de route"
    minutes = p.digits(e, 0, 59)
    if minutes is None or len(p.norm(e)) != 2:
        return e
    far = minutes % 5 == 0 and p.look("not.after_hours", e + 1)  # "1h30 à l'est de la ville"; no distance is told to the minute
    return None if far else e + 1


def _closes(p: Passage, e: int) -> bool:
    """Whether nothing goes on at token `e`: a space, the end, or a mark of punctuation before one of them."""
    return not p.touches(e) or (p.norm(e) in _CLOSING and not p.touches(e + 1))


def _pointed(p: Passage, i: int, e: int) -> bool:
    """Whether hours and minutes joined by a full stop are a clock time by the preposition alone: "um 12.15"."""
    return bool(p.back("clock.sharp", i)) and not counted(p, e) and not p.look("units", e)


def _first_of_range(p: Passage, i: int) -> int | None:
    """The first token after the hour of token `i` in "16 bis 17.30 Uhr", "10.30-12 Uhr", whose unit stands with the second."""
    if p.digits(i, 0, 24) is None or len(p.norm(i)) > 2:
        return None
    e = i + 1
    if p.norm(e) in {":", "."} and p.touches(e) and p.touches(e + 1) and len(p.norm(e + 1)) == 2:
        e += 2 if p.digits(e + 1, 0, 59) is not None else 0
    both = p.look("intervals.and", e) if p.back("intervals.between", i) else None
    hit = both or p.look("intervals.close", e)
    j = e + (hit.length if hit else 1 if p.norm(e) in DASHES | {"/"} else 0)
    return e if j > e and end(p, j) is not None else None


def read(p: Passage, i: int) -> list[Find]:
    """The clock time at token `i`, after a preposition of time."""
    stop, code = end(p, i), p.vocabularies[i].code
    opened = p.back("intervals.open", i)
    if stop is None:
        stop = _first_of_range(p, i)
        first = stop is not None and (opened or p.norm(i - 1) == "(")
        return [Find(i, stop, code, (RULE,), offset=SAME_DAY)] if stop is not None and first else []
    opens = opened and p.look("intervals.close", stop)
    if not (
        opens
        or p.back("clock.alone", stop)
        or p.back("clock.before", i)
        or p.back("intervals.close", i)
        or p.norm(i - 1) in DASHES | {"("}
        or _headed(p, i)
        or _listed(p, i, stop)
    ):
        return []
    return [Find(i, stop, code, (RULE,), offset=SAME_DAY)]


def _headed(p: Passage, i: int) -> bool:
    """Whether a day and a colon head the hours at token `i`: "Samedi 25 janvier : 18 h, loto"."""
    if p.norm(i - 1) != ":" or i < 2:
        return False
    return p.norm(i - 2) in p.vocabularies[i].months or any(p.back("weekdays", k) for k in (i - 1, i - 2))


def _listed(p: Passage, i: int, stop: int) -> bool:
    """Whether hours with minutes go on a list of clock times: "messe à 9 h 15 à Lure, 10 h 30 à Vesoul"."""
    if p.norm(i - 1) not in {",", ";", "/"} or p.kind(stop - 1) != "digits" or stop - i < 3:
        return False
    hours = (k for k in range(i - 2, max(0, i - _LIST), -1) if p.kind(k) == "digits" and p.look("clock.units", k + 1))
    return any(p.back("clock.before", k) or p.back("clock.alone", end(p, k) or k) for k in hours)


def spoken(p: Passage, i: int) -> list[Find]:
    """ "neun Uhr", "nine o'clock", whose unit is token `i`: the hour in words."""
    number, hit = p.number_before(i), p.look("clock.alone", i)
    if number is None or hit is None or p.kind(i - 1) != "word" or number[0] > 24:
        return []
    return [Find(number[1], i + hit.length, p.vocabularies[i].code, (RULE,), offset=SAME_DAY)]
