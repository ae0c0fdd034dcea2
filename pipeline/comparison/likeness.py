"""How alike two claims of one story were read and told: the features of a pair, each a small number, and its rivals."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.comparison.alignment import same_day
from pipeline.comparison.bars import standing
from pipeline.comparison.gist import Gist, gist, said, weigh
from pipeline.comparison.items import Item
from pipeline.comparison.support import either, nearness, parties, slipped
from pipeline.comparison.times import distance, meets, same_extent
from pipeline.comparison.values import digits, gap, ratio, rounds, same


class Seen(NamedTuple):
    """A claim with what every pair that it is in asks of its words."""

    item: Item
    gist: Gist
    subject: frozenset[str]  # its words
    heard: frozenset[str]  # the words of sentence and headline
    standing: str


def seen(item: Item) -> Seen:
    """`item` with what pairs ask of it."""
    heard = frozenset(said(item.row["sentence"] or "") + said(item.row["title"] or ""))
    return Seen(item, gist(item), frozenset(item.subject.split()), heard, standing(item))


def equal(a: Item, b: Item) -> bool:
    """Whether two claims give one figure, or days that meet."""
    return same_day(a, b) if a.kind == "date" else same(a.amount, b.amount)


def features(one: Seen, other: Seen) -> dict[str, float]:
    """What speaks for and against two comparable claims being of one fact, each as a number around -1..3."""
    a, b = one.item, other.item
    figures = _days(a, b) if a.kind == "date" else _figures(a, b)
    return {"one": 1.0, **_readings(one, other), **_words(one.gist, other.gist), **_ways(one, other), **figures}


def _readings(one: Seen, other: Seen) -> dict[str, float]:
    """How far the two were read alike."""
    a, b = one.item, other.item
    x, y = a.metric, b.metric
    counted = a.kind == "count" and a.base is not None and b.base is not None
    return {
        "subject": float(a.subject == b.subject),
        "subject named": ((one.subject <= other.heard) + (other.subject <= one.heard)) / 2,
        "metric": float(x.id == y.id),
        "family": float(x.family == y.family),
        "open metric": float(x.id == y.id and not x.catalogued),
        "other metric": float(x.catalogued and y.catalogued and x.family != y.family),
        "counted": float(counted and a.base == b.base),
        "other counted": float(counted and a.base != b.base and "people" not in (a.base, b.base)),
        "per": float(a.per != b.per),
        "counterparty": parties(a, b),
    }


def _words(x: Gist, y: Gist) -> dict[str, float]:
    shared = weigh(x.words & y.words)
    return {
        "words": min(shared, 4.0) / 2,
        "share of words": shared / max(1.0, min(x.weight, y.weight)),
        "names": either(x.names, y.names),
    }


def _ways(one: Seen, other: Seen) -> dict[str, float]:
    """How the two are told: modality, scope, by whom."""
    a, b = one.item, other.item
    return {
        "modality": float(one.standing != other.standing),
        "denied": float((a.modality == "denied") != (b.modality == "denied")),
        "scope": float(a.scope != b.scope),
        "bodies": float(a.body is not None and b.body is not None),
    }


def _days(a: Item, b: Item) -> dict[str, float]:
    days = distance(a.span, b.span) if a.span and b.span else 0
    return {"date": 1.0, "day": float(same_day(a, b)), "days": nearness(days)}


def _figures(a: Item, b: Item) -> dict[str, float]:
    one, apart = equal(a, b), ratio(a.amount, b.amount)
    near = not one and (gap(a.amount, b.amount) < 0.05 or rounds(a.amount, b.amount))
    return {
        "equal": float(one),
        "telling": float(one) * min(3, digits(a.amount.figure) - 1),
        "near": float(near),
        "digits": 0.0 if one else slipped(a, b),
        "far": 2.5 if math.isinf(apart) else min(apart, 5.0) / 2,
        "currency": float(a.kind == "money" and None not in (a.base, b.base) and a.base != b.base),
        "kind": float(a.kind != b.kind),
        **_times(a, b),
    }


def _times(a: Item, b: Item) -> dict[str, float]:
    if a.span is None or b.span is None:
        return {"one dated": float((a.span is None) != (b.span is None))}
    return {"time": 1.0 if same_extent(a.span, b.span) else 0.5 if meets(a.span, b.span) else -1.0}


def rivals(pairs: Sequence[tuple[Item, Item]], scores: Sequence[float]) -> list[dict[str, float]]:
    """For each pair of the claims of two articles its score, and that of the best other partner of either."""
    best: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for place, ((a, b), score) in enumerate(zip(pairs, scores, strict=True)):
        best[a.id].append((score, place))
        best[b.id].append((score, place))
    for found in best.values():
        found.sort(reverse=True)
    return [_rival(place, score, best[a.id], best[b.id]) for place, ((a, b), score) in enumerate(zip(pairs, scores, strict=True))]


def _rival(place: int, score: float, *lists: list[tuple[float, int]]) -> dict[str, float]:
    other = max(next((s for s, at in found if at != place), ALONE) for found in lists)
    return {"score": score, "rival": other, "ahead": score - other}


ALONE = -9.0  # log-odds of a rival where there is none


def weighed(known: Mapping[str, float], found: Mapping[str, float]) -> float:
    """The log-odds that some features add up to; one without a weight counts nothing."""
    return math.fsum([known[name] * value for name, value in found.items() if value and name in known])
