"""What points from the publication to a period: "dernier", "cette", "kommende", before or after its noun."""

from __future__ import annotations

from pipeline.grammar.dates.passage import Passage
from pipeline.grammar.dates.years import pointer_after

_BEFORE = (
    ("pointers.last", -1), ("pointers.next", 1), ("pointers.this", 0), ("pointers.current", 0),
    ("pointers.last_but_one", -2), ("pointers.next_but_one", 2),
)  # fmt: skip


def with_article(p: Passage, start: int) -> int:
    """`start`, or the first token of the article that ends before it."""
    hit = p.back("articles.definite", start)
    return start - hit.length if hit else start


def is_plural(p: Passage, i: int, pointer: int) -> bool:
    """Whether the unit at `i` or its pointer is a plural without a number: too vague for days."""
    return bool(p.look("plural.units", i) or p.look("plural.pointers", pointer) or p.back("articles.plural", i))


def pointer(p: Passage, i: int, e: int) -> tuple[int, int, int, int] | None:
    """(direction, start, end, place of the pointer) of what points at the unit in tokens `i` to `e`."""
    if after := pointer_after(p, e):
        this = p.back("pointers.this", i) or p.back("articles.definite", i)
        return after[0], i - (this.length if this else 0), after[1], e
    for kind, direction in _BEFORE:
        if hit := p.back(kind, i):
            here = p.look("pointers.here", e)
            start = i - hit.length
            before = p.back("pointers.this", start) if direction else None
            return direction, start - before.length if before else with_article(p, start), e + (here.length if here else 0), start
    return None


def relative_unit(p: Passage, e: int, wanted: str) -> tuple[int, int] | None:
    """(direction, first token after it) of "de l'année dernière", "vorigen Jahres", "of last week" at token `e`."""
    of = p.look("articles.of", e)
    i = e + (of.length if of else 0)
    for kind in ("pointers.this", "pointers.current", "pointers.last", "pointers.next", "articles.definite"):
        if p.look("units", i) is None and (hit := p.look(kind, i)):
            i += hit.length
    if of and (hit := p.look("deictic_units", i)) and hit.value.split(" ")[0] == wanted:
        return int(hit.value.split(" ")[1]), i + hit.length  # "im dritten Quartal des Vorjahres"
    unit = p.look("units", i)
    found = pointer(p, i, i + unit.length) if unit and unit.value == wanted else None
    return (found[0], found[2]) if found and found[1] >= e and not is_plural(p, i, found[3]) else None


def relative_year(p: Passage, e: int) -> tuple[int | None, int] | None:
    """(year, first token after it) of "de l'année dernière" at token `e`; the year None without a publication."""
    found = relative_unit(p, e, "year")
    return found and ((p.published.year + found[0] if p.published else None), found[1])
