"""Periods that hang on the publication, too vague for days: "ces derniers jours", "il y a quelques mois", "seit Jahren"."""

from __future__ import annotations

from pipeline.grammar.dates import years
from pipeline.grammar.dates.passage import Find, Passage
from pipeline.grammar.dates.pointers import is_plural, with_article

_ABOUT = 3  # words between "il y a" and "quelques"


def unit(p: Passage, i: int, unit_: str, e: int) -> list[Find]:
    """The vague period whose unit of time runs from token `i` to `e`; nothing resolves it."""
    span = _pointed(p, i, unit_, e) or _distant(p, i, e) or _since(p, i, e)
    return [Find(*span, p.vocabularies[i].code, ("too vague for days",))] if span else []


def _some(p: Passage, i: int, kind: str = "vague.some") -> int:
    """The first token of "quelques", "einigen" before token `i`, or `i`."""
    hit = p.back(kind, i)
    return i - hit.length if hit else i


def _plural(p: Passage, i: int) -> bool:
    """Whether the unit at token `i` is a plural that needs no word to be one ("vor Jahren", "years ago")."""
    return p.look("plural.units", i) is not None


def _pointed(p: Passage, i: int, unit_: str, e: int) -> tuple[int, int] | None:
    """ "ces derniers jours", "les mois à venir", "den vergangenen Wochen", "recent years", "diesen Tagen"."""
    after = years.pointer_after(p, e)
    if after and after[0] and p.back("articles.plural", i):
        return with_article(p, i), after[1]
    few = _some(p, i, "vague.few")
    for kind in ("pointers.last", "pointers.next", "vague.near", "pointers.this"):
        hit = p.back(kind, few)
        if hit is None or not is_plural(p, i, few - hit.length) or (kind == "pointers.this" and unit_ != "day"):
            continue
        start = few - hit.length
        if p.back("articles.possessive", start):
            return None  # "il vivait ses derniers jours"
        this, here = p.back("pointers.this", start), p.look("pointers.here", e)
        start = start - this.length if this else with_article(p, start)
        return start, e + (here.length if here else 0)
    return None


def _distant(p: Passage, i: int, e: int) -> tuple[int, int] | None:
    """ "il y a quelques mois", "vor Jahren", "a few months ago", "dans quelques jours", "einige Tage später"."""
    start = _some(p, i)
    if start == i and not _plural(p, i):
        return None
    for kind in ("distances.ago_after", "distances.later_after", "distances.earlier_after"):
        if ago := p.look(kind, e):
            return None if p.look("not.after_distance", e + ago.length) else (start, e + ago.length)
    begin = start
    while begin > start - _ABOUT and p.back("distances.about", begin):
        begin -= 1
    if ago := p.back("distances.ago_before", begin):
        return begin - ago.length, e
    few = _some(p, i, "vague.few")
    ahead = p.back("distances.ahead_before", few) if few < i else None
    return (few - ahead.length, e) if ahead else None


def _since(p: Passage, i: int, e: int) -> tuple[int, int] | None:
    """ "depuis | plusieurs années", "seit | Jahren"."""
    start = _some(p, i)
    if (start == i and not _plural(p, i)) or not p.back("bounds.since", start):
        return None
    return start, e
