"""Discrepancies between facts: one figure counted of what is easily confused, and figures of an article that do not add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from pipeline.comparison.alignment import confused, trusted
from pipeline.comparison.arithmetic import failures
from pipeline.comparison.bars import OPEN, TESTS
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


# A figure that belongs to another fact of the same parties.


def with_twins(pairs: Iterable[Pair], items: Iterable[Item], home: dict[str, str]) -> list[Pair]:
    """`pairs`, a conflict with the claim of another fact whose figure one of the two has, where there is one."""
    listed = list(pairs)
    by_figure: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    for item in items if any(pair.relation == "conflict" for pair in listed) else ():
        if item.modality != "denied" and (item.kind == "money" or item.amount.telling):
            by_figure[item.kind, item.amount.point].append(item)
    return [replace(pair, twin=_twin(pair, by_figure, home)) if pair.relation == "conflict" else pair for pair in listed]


def _twin(pair: Pair, by_figure: dict[tuple[object, ...], list[Item]], home: dict[str, str]) -> Item | None:
    for side in (pair.a, pair.b):
        for item in by_figure.get((side.kind, side.amount.point), ()):
            parties = {side.subject, side.counterparty} & {item.subject, item.counterparty} - {None}
            comparable = side.base is None or item.base in (None, side.base)
            if parties and comparable and item.metric.id != side.metric.id and home[item.id] not in pair.facts:
                return item
    return None


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
