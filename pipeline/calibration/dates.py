"""Trains whether a date is that of an event (`pipeline.claims.dating`) on annotated articles.

A date of an annotated article is one of an event where a claim of an event's date stands at it. The catalogue of events was
made on these articles, among others, and knows more of theirs than of those to come: each date is learnt from twice, as it
is read and as it would be read if the catalogue knew none of its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.calibration.regression import Example, fit
from pipeline.claims.dating import LISTED, UNLISTED
from pipeline.score import Annotated

RIDGE = 3.0
SEEN = 4  # dates that a feature must speak of to be weighed


class Spoken(NamedTuple):
    """A date of an annotated article: what speaks for an event, and whether it is that of one."""

    features: Mapping[str, float]
    right: bool


def spoken(each: Annotated, dated: Mapping[str, Mapping[tuple[int, int], Mapping[str, float]]]) -> list[Spoken]:
    """The dates of an annotated set, by article and place, without those on which annotators may differ."""
    out = []
    for article, places in dated.items():
        claims = [c for c in each.claims if c["article"] == article and c["kind"] == "date"]
        for (start, end), features in places.items():
            here = [c for c in claims if c["start"] < end and c["end"] > start]
            if not any(c.get("optional") for c in here):
                out.append(Spoken(features, bool(here)))
    return out


def unlisted(one: Spoken) -> Spoken:
    """The same date, of an event that the catalogue does not know."""
    return Spoken({name: strength for name, strength in one.features.items() if name not in LISTED} | {UNLISTED: 1.0}, one.right)


def train(data: Sequence[Spoken]) -> dict[str, float]:
    """Weights of the features under which the dates of `data` are most likely as they are."""
    seen = Counter(name for one in data for name, strength in one.features.items() if strength)
    names = sorted(name for name, count in seen.items() if count >= SEEN)
    data = [*data, *map(unlisted, data)]
    examples: list[Example] = [([float(one.features.get(name, 0.0)) for name in names], one.right) for one in data]
    return dict(zip(names, fit(examples, RIDGE), strict=True))
