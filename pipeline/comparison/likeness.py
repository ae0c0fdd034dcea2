"""How alike two claims of one story were read and told: the features of a pair, small numbers, and what others say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.comparison.alignment import same_day
from pipeline.comparison.bars import standing
from pipeline.comparison.gist import Gist, gist, said, weigh
from pipeline.comparison.items import Item
from pipeline.comparison.support import either, nearness, parties, slipped
from pipeline.comparison.times import distance, meets, same_extent
from pipeline.comparison.values import digits, gap, ratio, rounds, same
from pipeline.weights import probability

STEPS = (0.1, 0.3, 1.0)  # halves of a natural logarithm: 1.2, 1.8 and 7 times
WORST, BEST, BY_FAR = -6.0, 4.0, 4.0  # log-odds beyond which more says nothing
LIKELY = -0.85  # log-odds above which two claims that give one figure may be of one fact
AROUND = (-2, -1, 1, 2)  # claims before and behind, as one article counts them


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
        **_far(apart),
        "currency": float(a.kind == "money" and None not in (a.base, b.base) and a.base != b.base),
        "kind": float(a.kind != b.kind),
        **_times(a, b),
    }


def _far(apart: float) -> dict[str, float]:
    """How far two figures lie apart, by the natural logarithm of their ratio; each step beyond some ratio by itself."""
    far = min(apart, 5.0) / 2
    return {"far": far, **{f"far, beyond {step:g}": max(0.0, far - step) for step in STEPS}}


def _times(a: Item, b: Item) -> dict[str, float]:
    if a.span is None or b.span is None:
        return {"one dated": float((a.span is None) != (b.span is None))}
    return {"time": 1.0 if same_extent(a.span, b.span) else 0.5 if meets(a.span, b.span) else -1.0}


def ranks(pairs: Iterable[tuple[Item, Item]]) -> dict[str, int]:
    """The place of each claim among those of its article that are in `pairs`, in the order of the text."""
    found: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for pair in pairs:
        for item in pair:
            found[item.article][item.id] = (item.row["start"], item.id)
    return {name: rank for own in found.values() for rank, name in enumerate(sorted(own, key=own.__getitem__))}


def beside(pairs: Sequence[tuple[Item, Item]], scores: Sequence[float], order: Mapping[str, int]) -> list[dict[str, float]]:
    """For each pair of the claims of two articles what the others say: of either's best other partner, and of those around.

    `order` is the rank of each claim in its article.
    """
    best: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for place, ((a, b), score) in enumerate(zip(pairs, scores, strict=True)):
        best[a.id].append((score, place))
        best[b.id].append((score, place))
    for found in best.values():
        found.sort(reverse=True)
    around = _around(pairs, scores, order)
    return [
        _rival(place, score, best[a.id], best[b.id]) | around(a, b)
        for place, ((a, b), score) in enumerate(zip(pairs, scores, strict=True))
    ]


def _rival(place: int, score: float, *lists: list[tuple[float, int]]) -> dict[str, float]:
    other = max((s for found in lists for s, at in found[:2] if at != place), default=None)
    rival = _within(WORST if other is None else other, WORST, BEST)
    ahead = BY_FAR if other is None else _within(score - other, -BY_FAR, BY_FAR)
    return {"score": _within(score, WORST, BEST), "rival": rival, "ahead": ahead, "no rival": float(other is None)}


def _within(number: float, least: float, most: float) -> float:
    return max(least, min(most, number))


def _around(
    pairs: Sequence[tuple[Item, Item]], scores: Sequence[float], order: Mapping[str, int]
) -> Callable[[Item, Item], dict[str, float]]:
    """What speaks for a pair because the claims around both, in the order of the text, give one figure."""
    sure = {
        (a.id, b.id): probability(score) for (a, b), score in zip(pairs, scores, strict=True) if equal(a, b) and score > LIKELY
    }
    ranked = {(order[a], order[b]): likely for (a, b), likely in sure.items()}
    sentences: dict[tuple[int, int], list[tuple[float, str, str]]] = defaultdict(list)
    for a, b in pairs:
        if (a.id, b.id) in sure:
            sentences[a.row["sentence_start"], b.row["sentence_start"]].append((sure[a.id, b.id], a.id, b.id))

    def around(a: Item, b: Item) -> dict[str, float]:
        i, j = order[a.id], order[b.id]
        here = sentences.get((a.row["sentence_start"], b.row["sentence_start"]), ())
        return {
            "sentence shared": max((likely for likely, x, y in here if x != a.id and y != b.id), default=0.0),
            "before shared": ranked.get((i - 1, j - 1), 0.0),
            "behind shared": ranked.get((i + 1, j + 1), 0.0),
            "around shared": max(ranked.get((i + x, j + y), 0.0) for x in AROUND for y in AROUND),
        }

    return around
