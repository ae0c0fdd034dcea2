"""Discrepancies between facts: one figure counted of what is easily confused, and figures of an article that do not add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from pipeline.comparison.alignment import OPEN, TESTS, confused, trusted
from pipeline.comparison.arithmetic import failures
from pipeline.comparison.facts import Pair
from pipeline.comparison.items import Item
from pipeline.comparison.relations import earlier
from pipeline.comparison.values import same


def across(items: list[Item], home: dict[str, str], ui: str) -> list[Pair]:
    """Pairs of claims of two facts that make a discrepancy; `home` gives the fact of each claim."""
    found = [*_confusions(items), *_failed_sums(items, ui)]
    return [Pair(a, b, relation, (home[a.id], home[b.id]), why) for a, b, relation, why in found]


def _failed_sums(items: list[Item], ui: str) -> Iterator[tuple[Item, Item, str, str]]:
    from pipeline.comparison.explanations import computation

    for failed in failures(items):
        a, b = earlier(failed.a, failed.b)
        yield a, b, "arithmetic", computation(failed, ui)


# "500 salariés" here, "500 prestataires" there.


def _confusions(items: Iterable[Item]) -> Iterator[tuple[Item, Item, str, str]]:
    alike: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    for item in items:
        if item.kind == "count" and item.base is not None and item.metric.catalogued and abs(item.amount.figure) >= 10:
            alike[item.subject, item.metric.id, item.per, item.amount.figure].append(item)
    for group in alike.values():
        if len({item.base for item in group}) > 1:
            yield from _pairs(group)


def _pairs(group: list[Item]) -> Iterator[tuple[Item, Item, str, str]]:
    """The first claim of each article and noun, where neither article gives the figure of both nouns."""
    nouns: dict[str, set[str | None]] = defaultdict(set)
    first: dict[tuple[str, str | None], Item] = {}
    for item in sorted(group, key=lambda item: (item.article, item.start, item.id)):
        nouns[item.article].add(item.base)
        first.setdefault((item.article, item.base), item)
    for one, other in combinations(first.values(), 2):
        a, b = earlier(one, other)
        apart = a.article != b.article and not nouns[a.article] & {b.base} and not nouns[b.article] & {a.base}
        if apart and confused(a, b) and same(a.amount, b.amount) and trusted(a, b) and _otherwise_one(a, b):
            yield a, b, "unit", ""


def _otherwise_one(a: Item, b: Item) -> bool:
    return all(test(a, b) >= OPEN for name, test in TESTS.items() if name != "base")
