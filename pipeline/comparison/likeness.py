"""How alike two claims of one story were read and told: the features of pairs, columns of small numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import reduce

import numpy as np

from pipeline.comparison.alignment import same_day
from pipeline.comparison.bars import standing
from pipeline.comparison.columns import ABSENT, Column, Floats, Mask, Pairs
from pipeline.comparison.gist import holds, said
from pipeline.comparison.items import Item
from pipeline.comparison.lexical import limit
from pipeline.comparison.support import slipped
from pipeline.comparison.times import SEASON
from pipeline.comparison.values import rounds, same
from pipeline.comparison.wordings import Wordings

STEPS = (0.1, 0.3, 1.0)  # halves of a natural logarithm: 1.2, 1.8 and 7 times
Features = dict[str, Floats]


def named(a: Item, b: Item) -> int:
    """How many of two claims name the subject of the other in sentence or headline."""
    return holds(_heard(b), a.subject.split()) + holds(_heard(a), b.subject.split())


def _heard(item: Item) -> str:
    """The words of sentence and headline."""
    return said(item.row["sentence"] or "") + said(item.row["title"] or "")


def equal(a: Item, b: Item) -> bool:
    """Whether two claims give one figure, or days that meet."""
    return same_day(a, b) if a.kind == "date" else same(a.amount, b.amount)


def equals(pairs: Pairs) -> Mask:
    """Which pairs are `equal`."""
    return np.where(of_kind(pairs, "date"), _same_day(pairs), _same(pairs))


def of_kind(pairs: Pairs, kind: str) -> Mask:
    """Which pairs are of a `kind`, by the first claim."""
    return pairs.claims.told(kind, lambda item: item.kind == kind)[pairs.left]


def anybody(pairs: Pairs) -> Mask:
    """Which pairs hold a claim that counts people, whoever they are."""
    return pairs.either(pairs.claims.told("anyone", lambda item: item.base == "people"))


def features(pairs: Pairs) -> Features:
    """What speaks for and against comparable claims being of one fact, each as a number around -1..3."""
    date, one = of_kind(pairs, "date"), equals(pairs)
    days = {name: np.where(date, each, 0.0) for name, each in _days(pairs, one).items()}
    figures = {name: np.where(date, 0.0, each) for name, each in _figures(pairs, one, ~date).items()}
    return {"one": np.ones(len(pairs)), **_readings(pairs), **_words(pairs), **_ways(pairs), **days, **figures}


def odds(known: Mapping[str, float], found: Features) -> Floats:
    """The log-odds that features add up to by the weights `known`; added in one order, the same in any company."""
    return reduce(np.add, [known[name] * found[name] for name in sorted(found) if name in known])


def _numbers(found: Mapping[str, Column]) -> Features:
    return {name: each.astype(np.float64) for name, each in found.items()}


def _readings(pairs: Pairs) -> Features:
    """How far the two were read alike."""
    claims = pairs.claims
    known, noun = claims.told("metric.catalogued"), claims.coded("base")
    metric, family = pairs.one(claims.coded("metric.id")), pairs.one(claims.coded("metric.family"))
    counted = of_kind(pairs, "count") & ~pairs.either(noun == ABSENT)
    return _numbers({
        "subject": pairs.one(claims.coded("subject")),
        "subject named": _named(pairs),
        "metric": metric,
        "family": family,
        "open metric": metric & ~known[pairs.left],
        "other metric": pairs.both(known) & ~family,
        "counted": counted & pairs.one(noun),
        "other counted": counted & ~pairs.one(noun) & ~anybody(pairs),
        "per": ~pairs.one(claims.coded("per")),
        "counterparty": _parties(pairs),
    })  # fmt: skip


def _named(pairs: Pairs) -> Floats:
    """Whether each sentence names the subject of the other claim: 0.5 for one that does."""
    return pairs.claims.made(Wordings).named(pairs) / 2


def _parties(pairs: Pairs) -> Floats:
    """1 where two claims name the same other party, -1 where they name two, else 0."""
    other = pairs.claims.coded("counterparty")
    return np.where(pairs.either(other == ABSENT), 0.0, np.where(pairs.one(other), 1.0, -1.0))


def _words(pairs: Pairs) -> Features:
    told = pairs.claims.made(Wordings)
    shared, least = told.words(pairs)
    return {
        "words": np.minimum(shared, 4.0) / 2,
        "share of words": shared / np.maximum(1.0, least),
        "names": told.names(pairs),
    }


def _ways(pairs: Pairs) -> Features:
    """How the two are told: modality, scope, by whom."""
    claims = pairs.claims
    return _numbers({
        "modality": ~pairs.one(claims.coded("standing", standing)),
        "denied": ~pairs.one(claims.told("denied", lambda item: item.modality == "denied")),
        "scope": ~pairs.one(claims.coded("scope")),
        "bodies": ~pairs.either(claims.coded("body") == ABSENT),
    })  # fmt: skip


# Days.


def _days(pairs: Pairs, one: Mask) -> Features:
    a, b = pairs.days(pairs.claims.days)
    days = np.where(a.none | b.none, 0, a.distance(b))
    near = np.select([days <= 1, days <= 3, days <= 31], [1.0, 0.5, 0.0], -0.5)
    return _numbers({"date": np.ones(len(pairs)), "day": one, "days": near})


def _meet(pairs: Pairs) -> Mask:
    """Which spans share a day, vague ones widened."""
    a, b = pairs.days(pairs.claims.widened)
    return np.equal(a.distance(b), 0)


def _same_day(pairs: Pairs) -> Mask:
    """Of which pairs the days meet; see `alignment.same_day`."""
    a, b = pairs.days(pairs.claims.days)
    vaguely = (np.maximum(a.length, b.length) <= SEASON) & _meet(pairs)
    far = np.maximum(a.length, b.length) > SEASON
    return a.none | b.none | np.where(far, a.distance(b) == 0, vaguely)


def _times(pairs: Pairs) -> Features:
    a, b = pairs.days(pairs.claims.days)
    shared = np.minimum(a.last, b.last) - np.maximum(a.first, b.first) + 1
    one_extent = shared >= 0.8 * np.maximum(a.length, b.length)
    time = np.select([a.none | b.none, one_extent, _meet(pairs)], [0.0, 1.0, 0.5], -1.0)
    return _numbers({"one dated": a.none ^ b.none, "time": time})


# Figures.


def _figures(pairs: Pairs, one: Mask, asked: Mask) -> Features:
    """Of the pairs that are `asked` about; what comes back for others says nothing."""
    claims, apart = pairs.claims, _ratio(pairs)
    currency, kind = claims.coded("base"), claims.coded("kind")
    return _numbers({
        "equal": one,
        "telling": one * np.minimum(3, claims.digits[pairs.left] - 1),
        "near": _near(pairs, ~one & asked),
        "digits": _slipped(pairs, apart, ~one & asked),
        **_far(apart),
        "currency": of_kind(pairs, "money") & ~pairs.either(currency == ABSENT) & ~pairs.one(currency),
        "kind": ~pairs.one(kind),
        **_times(pairs),
    })  # fmt: skip


def _far(apart: Floats) -> Features:
    """How far two figures lie apart, by the natural logarithm of their ratio; each step beyond some ratio by itself."""
    far = np.minimum(apart, 5.0) / 2
    return {"far": far, **{f"far, beyond {step:g}": np.maximum(0.0, far - step) for step in STEPS}}


def _same(pairs: Pairs) -> Mask:
    """Which amounts give the same figure; see `values.same`."""
    point, *ends = (pairs.sides(column) for column in pairs.claims.ends)
    x, y = point
    close = np.abs(x - y) <= np.maximum(1e-9 * np.maximum(np.abs(x), np.abs(y)), 1e-12)
    return np.where(
        np.isnan(x) & np.isnan(y), np.logical_and(*(np.equal(a, b) | (np.isnan(a) & np.isnan(b)) for a, b in ends)), close
    )


def _ratio(pairs: Pairs) -> Floats:
    """How many times e one figure is the other; see `values.ratio`."""
    x, y = pairs.sides(pairs.claims.figure)
    comparable = np.sign(x) * np.sign(y) > 0
    quotient = np.divide(x, y, out=np.ones(len(pairs)), where=comparable)
    return np.where(comparable, np.abs(np.log(quotient)), np.where(x == y, 0.0, np.inf))


def _near(pairs: Pairs, asked: Mask) -> Mask:
    """Which figures are nearly the same, or one is the other rounded: asked only where that may be."""
    x, y = pairs.sides(pairs.claims.figure)
    size = np.maximum(np.abs(x), np.abs(y))
    gap = np.divide(np.abs(x - y), size, out=np.where(size == 0, 0.0, np.inf), where=size > 0)
    rounded = pairs.asked(lambda a, b: rounds(a.amount, b.amount), asked & (gap >= 0.05) & (gap <= limit("rounding")))
    return asked & ((gap < 0.05) | rounded)


def _slipped(pairs: Pairs, apart: Floats, asked: Mask) -> Mask:
    """Which figures are one but for a nought or a magnitude: asked only where the ratio is near a power of ten."""
    power = apart / math.log(10)
    power = np.where(np.isfinite(power), power, 0.0)
    near = np.abs(power - np.rint(power)) <= 1e-6 - math.log10(1 - limit("rounding"))
    return pairs.asked(lambda a, b: bool(slipped(a, b)), asked & near & (np.rint(power) >= 1))
