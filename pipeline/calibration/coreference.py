"""Examples for the coreference of claims: pairs of claims, as read, of two articles of one story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from pipeline.calibration.pairs import as_items
from pipeline.calibration.reading import Reading
from pipeline.calibration.regression import fit
from pipeline.comparison.coreference import comparable
from pipeline.comparison.items import Item
from pipeline.comparison.likeness import beside, equal, features, ranks, seen
from pipeline.score import counterparts
from pipeline.weights import weighed

Weights = dict[str, float]


class Pair(NamedTuple):
    """What speaks for two claims being of one fact, whether they are, and whether they give one figure."""

    features: dict[str, float]
    one: bool
    equal: bool


Meeting = list[tuple[tuple[Item, Item], Pair]]  # all comparable pairs of the claims of two articles


def meetings(read: Reading) -> list[Meeting]:
    """The comparable pairs of any two articles of a story; a pair of which the annotation says nothing is of two facts."""
    known = counterparts(read.each, read.rows)
    by_article: dict[str, list[Item]] = defaultdict(list)
    for item in as_items(read.rows):
        gold = known.get(item.id)
        if gold is None or not gold.get("optional"):
            by_article[item.article].append(item)
    facts = {name: gold["fact"] for name, gold in known.items()}

    def judge(a: Item, b: Item) -> Pair:
        return Pair(features(seen(a), seen(b)), facts.get(a.id, a.id) == facts.get(b.id), equal(a, b))

    told = [by_article[name] for name in sorted(by_article)]
    return [[((a, b), judge(a, b)) for a, b in comparable(one, other)] for one, other in combinations(told, 2)]


def train(stories: Sequence[Sequence[Meeting]]) -> tuple[Weights, Weights]:
    """The weights of a pair by itself, and beside the others."""
    alone = _fitted([pair for story in stories for meeting in story for _, pair in meeting])
    return alone, _fitted([pair for story in stories for meeting in story for pair in in_company(meeting, alone)])


def in_company(meeting: Meeting, alone: Mapping[str, float]) -> Iterator[Pair]:
    """The pairs of a meeting with what the others say of each."""
    pairs = [items for items, _ in meeting]
    found = beside(pairs, [weighed(alone, pair.features) for _, pair in meeting], ranks(pairs))
    for (_, pair), others in zip(meeting, found, strict=True):
        yield pair._replace(features=pair.features | others)


def _fitted(pairs: Sequence[Pair]) -> Weights:
    names = list(dict.fromkeys(name for pair in pairs for name in pair.features))
    found = fit([([pair.features.get(name, 0.0) for name in names], pair.one) for pair in pairs])
    return dict(zip(names, found, strict=True))


def held_out(stories: Sequence[Sequence[Meeting]]) -> list[tuple[float, Pair]]:
    """The log-odds that each pair gets from the weights of the other stories."""
    found = []
    for place, story in enumerate(stories):
        alone, known = train([other for at, other in enumerate(stories) if at != place])
        found += [(weighed(known, pair.features), pair) for meeting in story for pair in in_company(meeting, alone)]
    return found
