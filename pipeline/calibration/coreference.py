"""Examples for the coreference of claims: pairs of claims, as read, of two articles of one story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from pipeline.calibration.pairs import as_items
from pipeline.calibration.reading import Reading
from pipeline.calibration.regression import fit
from pipeline.comparison.columns import Claims, Mask, Pairs
from pipeline.comparison.company import beside, places
from pipeline.comparison.coreference import comparable
from pipeline.comparison.likeness import Features, equals, features, odds
from pipeline.score import counterparts

Weights = dict[str, float]


class Story(NamedTuple):
    """The comparable pairs of the claims of any two articles of a story, with what speaks for each, and which are of one fact."""

    pairs: Pairs
    features: Features
    one: Mask
    equal: Mask


class Judged(NamedTuple):
    """The log-odds of two claims being of one fact, whether they are, and whether they give one figure."""

    odds: float
    one: bool
    equal: bool


def told(read: Reading) -> Story:
    """The pairs of a story; one of which the annotation says nothing is of two facts."""
    known = counterparts(read.each, read.rows)
    stated = (item for item in as_items(read.rows) if not (known.get(item.id) or {}).get("optional"))
    claims = Claims(stated)
    pairs = comparable(claims, list(combinations(sorted(claims.articles), 2)))
    facts = {name: gold["fact"] for name, gold in known.items()}
    one = [facts.get(a.id, a.id) == facts.get(b.id) for a, b in pairs.items()]
    return Story(pairs, features(pairs), np.array(one, dtype=bool), equals(pairs))


def train(stories: Sequence[Story]) -> tuple[Weights, Weights]:
    """The weights of a pair by itself, and beside the others."""
    alone = _fitted([(story.features, story.one) for story in stories])
    return alone, _fitted([(in_company(story, alone), story.one) for story in stories])


def in_company(story: Story, alone: Mapping[str, float]) -> Features:
    """What speaks for each pair of a story, with what the others say of it."""
    others = beside(story.pairs, odds(alone, story.features), story.equal, places(story.pairs))
    return story.features | others


def _fitted(stories: Sequence[tuple[Features, Mask]]) -> Weights:
    names = list(stories[0][0])
    rows = (np.column_stack([found[name] for name in names]).tolist() for found, _ in stories)
    examples = [pair for own, (_, one) in zip(rows, stories, strict=True) for pair in zip(own, one.tolist(), strict=True)]
    return dict(zip(names, fit(examples), strict=True))


def held_out(stories: Sequence[Story]) -> list[Judged]:
    """What the weights of the other stories make of each pair."""
    found = list[Judged]()
    for place, story in enumerate(stories):
        alone, known = train([other for at, other in enumerate(stories) if at != place])
        likely = odds(known, in_company(story, alone))
        found += map(Judged, likely.tolist(), story.one.tolist(), story.equal.tolist())
    return found
