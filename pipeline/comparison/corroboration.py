"""Facts brought together by an equal figure, where the words of one name no metric that the catalogue has.

"1 180 personnes travaillent pour X" and "X fait vivre 1 180 personnes" are one fact: of one subject, two who give the same
telling figure speak of one thing. Only agreement joins here, so that no alarm comes of it. `coreference` weighs the claims of
two articles of one story, under whatever subject; here are those of one article, and of two stories of one subject.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.comparison.alignment import Link, link
from pipeline.comparison.facts import Fact, fact
from pipeline.comparison.items import Item
from pipeline.comparison.likeness import equal

Place = tuple[str, str]
Point = tuple[float, int]


def corroborated(facts: Sequence[Fact]) -> list[Fact]:
    """`facts`, those of an open metric joined to the one fact of their subject that gives their figure under a known one."""
    opened = [each for each in facts if _open(each)]
    points = _points(facts, {_place(each) for each in opened})
    joined: dict[str, list[Fact]] = defaultdict(list)
    for each in opened:
        near = dict.fromkeys(_near(each.items[0].amount.point, points[_place(each)]))
        fitting = [facts[number] for number in near if _fits(each, facts[number])]
        if len(fitting) == 1:
            joined[fitting[0].id].append(each)
    gone = {each.id for parts in joined.values() for each in parts}
    kept = (each for each in facts if each.id not in gone)
    return [
        fact(item for part in (each, *joined[each.id]) for item in part.items) if each.id in joined else each for each in kept
    ]


def _points(facts: Sequence[Fact], places: set[Place]) -> dict[Place, list[Point]]:
    """The figures that facts of known metrics give at some places, by size; each with the number of the fact."""
    found: dict[Place, list[Point]] = {place: [] for place in places}
    for number, each in enumerate(facts):
        if _place(each) in places and all(item.metric.catalogued for item in each.items):
            points = {item.amount.point for item in each.items} - {None}
            found[_place(each)] += [(point, number) for point in points if point is not None]
    return {place: sorted(points) for place, points in found.items()}


def _near(point: float | None, points: Sequence[Point]) -> Iterator[int]:
    """The facts that give a figure which may be the same as `point`, but for noise."""
    if point is not None:
        slack = NOISE * max(abs(point), 1.0)
        for at in range(bisect_left(points, (point - slack, -1)), len(points)):
            if points[at][0] > point + slack:
                return
            yield points[at][1]


NOISE = 1e-8  # more than floating point makes


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
