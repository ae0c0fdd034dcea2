"""Facts brought together by an equal figure, where the words of one name no metric that the catalogue has.

"1 180 personnes travaillent pour X" and "X fait vivre 1 180 personnes" are one fact: of one subject, two who give the same
telling figure speak of one thing. Only agreement joins here, so that no alarm comes of it. `coreference` weighs the claims of
two articles of one story, under whatever subject; here are those of one article, and of two stories of one subject.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.comparison.alignment import Link, link
from pipeline.comparison.facts import Fact, fact
from pipeline.comparison.items import Item
from pipeline.comparison.likeness import equal

Place = tuple[str, str]


def corroborated(facts: Sequence[Fact]) -> list[Fact]:
    """`facts`, those of an open metric joined to the one fact of their subject that gives their figure under a known one."""
    opened = [each for each in facts if _open(each)]
    known: dict[Place, list[Fact]] = {_place(each): [] for each in opened}
    for each in facts:
        if _place(each) in known and all(item.metric.catalogued for item in each.items):
            known[_place(each)].append(each)
    joined: dict[str, list[Fact]] = defaultdict(list)
    for each in opened:
        fitting = [other for other in known[_place(each)] if _fits(each, other)]
        if len(fitting) == 1:
            joined[fitting[0].id].append(each)
    gone = {each.id for parts in joined.values() for each in parts}
    kept = (each for each in facts if each.id not in gone)
    return [
        fact(item for part in (each, *joined[each.id]) for item in part.items) if each.id in joined else each for each in kept
    ]


def _place(each: Fact) -> Place:
    return each.items[0].subject, each.items[0].kind


def _open(each: Fact) -> bool:
    """Whether the claims of a fact name no known metric and give one telling figure alone."""
    first = each.items[0]
    if first.kind == "date" or not first.amount.telling or first.amount.point is None:
        return False
    return all(not i.metric.catalogued and i.amount.point == first.amount.point for i in each.items)


def _fits(each: Fact, other: Fact) -> bool:
    """Whether `other` gives the figure of `each`, and nothing keeps the two apart."""
    one = each.items[0]
    return any(_same_figure(one, item) for item in other.items) and all(
        link(one, item) is not Link.REPEL for item in other.items if _same_figure(one, item)
    )


def _same_figure(a: Item, b: Item) -> bool:
    return a.per == b.per and equal(a, b)
