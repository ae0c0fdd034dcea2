"""Claims to facts, block by block: claims that belong together are merged, never across two that cannot be one fact.

Complete linkage: two groups merge only if no member of one repels a member of the other, so that unlike claims are not
chained through a third. Agreement merges first, the closest first; then figures that differ find their group, where it
is plain which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from pipeline.comparison.alignment import Link, link, sure
from pipeline.comparison.bars import told_near
from pipeline.comparison.items import Item
from pipeline.comparison.lexical import limit, soft_scopes
from pipeline.comparison.times import distance
from pipeline.comparison.values import gap, ratio

KINDS = {"points": "percent"}


def blocks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items that may be of one fact: one subject, one metric family, one kind (percent and points are one), one `per`."""
    found: dict[tuple[str | None, ...], list[Item]] = defaultdict(list)
    for item in items:
        parting = sorted(item.scope - soft_scopes()) if item.scope else ()
        found[item.subject, item.metric.family, KINDS.get(item.kind, item.kind), item.per, *parting].append(item)
    yield from found.values()


class _Node:
    """Claims that are alike in all that `link` looks at, so that it need look only once."""

    __slots__ = ("first", "items")

    def __init__(self, item: Item) -> None:
        self.first, self.items = item, [item]


def _signature(item: Item) -> tuple[object, ...]:
    kind_of_claim = (item.metric.id, item.kind, item.amount, item.base, item.span, item.counterparty, item.modality, item.scope)
    return (*kind_of_claim, item.article, item.sentence, item.body, sure(item), item.group)


def _nodes(block: list[Item]) -> list[_Node]:
    nodes: dict[tuple[object, ...], _Node] = {}
    for item in block:
        signature = _signature(item)
        if signature in nodes:
            nodes[signature].items.append(item)
        else:
            nodes[signature] = _Node(item)
    return list(nodes.values())


def groups(block: list[Item]) -> list[list[Item]]:
    """The facts of a block, each a list of items in the order of their ids."""
    nodes = _nodes(block) if len(block) > 1 else [_Node(block[0])]
    if len(nodes) == 1:
        return [nodes[0].items]
    if len(nodes) > limit("crowd"):
        return _crowd(nodes)
    return [sorted((item for i in group for item in nodes[i].items), key=lambda item: item.id) for group in _Merger(nodes).run()]


def _crowd(nodes: list[_Node]) -> list[list[Item]]:
    """Too many claims under one key to be one story: those of the same figure, unit, time and counterparty stay together."""
    found: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    for node in nodes:
        item = node.first
        found[item.metric.id, item.amount.point, item.amount.lower, item.base, item.span, item.counterparty].extend(node.items)
    return list(found.values())


def kernel(item: Item) -> tuple[object, ...]:
    """What is one in two claims that AGREE, whatever else they say, if they are of a block and `of_one_time`.

    A date without a day agrees with none.
    """
    if item.kind == "date" and item.span is None:
        return (item.id,)
    figure = (item.kind, item.amount.point, item.amount.lower, item.amount.upper, item.base)
    return (*figure, item.span, item.counterparty, item.modality, item.scope)


def of_one_time(a: Item, b: Item) -> bool:
    """Whether two claims that hold for one time, or of which none says for which, are not parted by when they were published."""
    return a.span is not None or told_near(a, b)


class _Merger:
    """Groups of node numbers and the links between them, by pair and, in order, by what they are."""

    def __init__(self, nodes: list[_Node]) -> None:
        self.items = [node.first for node in nodes]
        self.groups: dict[int, list[int]] = {i: [i] for i in range(len(nodes))}
        self.home = list(range(len(nodes)))
        told = list(map(kernel, self.items))
        sides = enumerate(zip(told, self.items, strict=True))
        self.links: dict[tuple[int, int], Link] = {}
        self.pairs: list[list[tuple[int, int]]] = [[] for _ in Link]
        for (i, (x, a)), (j, (y, b)) in combinations(sides, 2):
            found = Link.AGREE if x == y and of_one_time(a, b) else link(a, b)
            self.links[i, j] = found
            self.pairs[found].append((i, j))

    def run(self) -> list[list[int]]:
        if len(self.pairs[Link.AGREE]) == len(self.links):
            return [list(range(len(self.items)))]
        for wanted in (Link.AGREE, Link.EXPLAINED, Link.MATCHED):
            self._join(sorted(self._order(i, j) for i, j in self.pairs[wanted]))
        if self.pairs[Link.DIFFER]:
            self._place()
        return list(self.groups.values())

    def _order(self, i: int, j: int) -> tuple[float, int, str, str, int, int]:
        a, b = self.items[i], self.items[j]
        days = distance(a.span, b.span) if a.span and b.span else 400
        return gap(a.amount, b.amount) if a.kind != "date" else 0.0, days, a.id, b.id, i, j

    def _between(self, x: int, y: int) -> Iterator[tuple[int, int]]:
        for i in self.groups[x]:
            for j in self.groups[y]:
                yield (i, j) if i < j else (j, i)

    def _fit(self, x: int, y: int) -> bool:
        return all(self.links[pair] is not Link.REPEL for pair in self._between(x, y))

    def _merge(self, x: int, y: int) -> None:
        keep, gone = min(x, y), max(x, y)
        for i in self.groups[gone]:
            self.home[i] = keep
        self.groups[keep].extend(self.groups.pop(gone))

    def _join(self, edges: list[tuple[float, int, str, str, int, int]]) -> None:
        for *_, i, j in edges:
            x, y = self.home[i], self.home[j]
            if x != y and self._fit(x, y):
                self._merge(x, y)

    def _place(self) -> None:
        """Groups whose figures differ: merge those that fit no two groups which exclude each other, else the far nearer one."""
        near = self._partners()
        edges = []
        for x, partners in near.items():
            for y in partners:
                if x < y and self._plain(x, y, near) and self._plain(y, x, near):
                    edges.append((partners[y], min(self.items[i].id for i in (*self.groups[x], *self.groups[y])), x, y))
        for _, _, x, y in sorted(edges):
            a, b = self.home[x], self.home[y]
            if a != b and self._fit(a, b) and not self._both_told(a, b):
                self._merge(a, b)

    def _both_told(self, x: int, y: int) -> bool:
        """Whether each of two days has two articles to vouch for it: then there are two events, and no slip."""
        if self.items[self.groups[x][0]].kind != "date" or self.items[self.groups[x][0]].metric.once:
            return False
        return all(len({self.items[i].article for i in self.groups[group]}) > 1 for group in (x, y))

    def _partners(self) -> dict[int, dict[int, float]]:
        """For each group, the groups it may join though they differ, with the smallest ratio between them."""
        home = self.home
        apart = {(home[i], home[j]) for i, j in self.pairs[Link.REPEL]}
        near: dict[int, dict[int, float]] = defaultdict(dict)
        for i, j in self.pairs[Link.DIFFER]:
            x, y = home[i], home[j]
            if x == y or (x, y) in apart or (y, x) in apart:
                continue
            size = self._gap(i, j)
            for one, other in ((x, y), (y, x)):
                near[one][other] = min(near[one].get(other, size), size)
        return near

    def _gap(self, i: int, j: int) -> float:
        a, b = self.items[i], self.items[j]
        if a.kind == "date" and a.span and b.span:
            return distance(a.span, b.span) / 365
        return ratio(a.amount, b.amount)

    def _plain(self, x: int, y: int, near: dict[int, dict[int, float]]) -> bool:
        """Whether `y` is the group that `x` belongs to: no rival that excludes it, or none nearly as near."""
        rivals = [z for z in near[x] if z != y and not self._fit(y, z)]
        if not rivals:
            return True
        nearest = min(near[x][z] for z in rivals)
        near_enough = limit("running_near") if self.items[x].metric.running else limit("near")
        return near[x][y] <= near_enough and near[x][y] * 2 <= nearest
