"""Facts, the pairs of their claims that differ, and the claim that stands for each; `rows` makes tables of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter, itemgetter

from pipeline.comparison.alignment import tellable
from pipeline.comparison.items import Item
from pipeline.comparison.lexical import limit
from pipeline.comparison.relations import RELATIONS, earlier, relation
from pipeline.records import fingerprint

Value = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Claims of one fact in the order of their ids, with their values, `one` if all give the same.

    `id` is that of the founding claim, which was published `first`.
    """

    id: str
    first: Item
    items: tuple[Item, ...]
    values: tuple[Value, ...]
    one: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims that differ, the earlier published first; `why` is the computation of an arithmetic one."""

    a: Item
    b: Item
    relation: str
    facts: tuple[str, str]
    why: str = ""
    twin: Item | None = None  # a claim of another fact with the figure of one of the two: a likely mix-up


def fact(items: Iterable[Item]) -> Fact:
    """A fact of `items`. Its id stays as later articles join it."""
    members = tuple(sorted(items, key=attrgetter("id")))
    first, values = _first(members), tuple(map(_value, members))
    return Fact(fingerprint("fact", first.id), first, members, values, len(members) == 1 or len(set(values)) == 1)


def _first(items: Sequence[Item]) -> Item:
    """The claim published first; undated ones last."""
    return items[0] if len(items) == 1 else min(items, key=lambda item: (item.published is None, item.published or 0, item.id))


def _value(item: Item) -> Value:
    if item.kind == "date":
        return ("date", item.span)
    point, lower, upper, *_ = item.amount
    ends = (None, None) if point is not None else (lower, upper)
    return (point, *ends, item.base if item.kind == "money" else item.kind, item.modality == "denied")


def representatives(items: Iterable[Item]) -> list[Item]:
    """The first claim of each value that an article gives, in the order of article and place."""
    found: dict[tuple[object, ...], Item] = {}
    for item in sorted(items, key=lambda item: (item.article, item.start, item.id)):
        found.setdefault((item.article, *_value(item)), item)
    return list(found.values())


def _candidates(fact: Fact) -> Iterator[tuple[Item, Item]]:
    chosen = representatives(fact.items)
    if len(chosen) <= limit("pairs"):
        yield from combinations(chosen, 2)
        return
    best = consensus(fact)
    yield from ((best, item) for item in chosen if item is not best)


def pairs(fact: Fact) -> list[Pair]:
    """What of a fact differs, each pair of articles and values once."""
    found: list[Pair] = []
    if fact.one:
        return found
    for one, other in _candidates(fact):
        a, b = earlier(one, other)
        name = relation(a, b)
        if name is not None and tellable(a, b, quiet=RELATIONS[name].severity == "info"):
            found.append(Pair(a, b, name, (fact.id, fact.id)))
    return found


# The claim that stands for a fact.


def precision(item: Item) -> float:
    """How precisely a claim is written: the place of its last digit, or the length of its time in days; less is more precise."""
    if item.kind == "date":
        return float(item.span.length) if item.span else 1e9
    return item.amount.quantum


def consensus(fact: Fact) -> Item:
    """The claim whose value most sources give; ties to the most precise, then to the plainest wording and the smaller id.

    A source whose article is a copy counts as the source of the original.
    """
    valued = list(zip(fact.items, fact.values, strict=True))
    stated = [each for each in valued if each[0].modality != "denied"]
    sources: dict[Value, set[str]] = defaultdict(set)
    for item, value in stated:
        sources[value].add(item.witness)
    ranked = ((-len(sources[value]), precision(item), item.amount.hedged, item.id, item) for item, value in stated or valued)
    return min(ranked, key=itemgetter(0, 1, 2, 3))[-1]
