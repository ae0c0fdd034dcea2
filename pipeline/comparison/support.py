"""How much speaks for two claims of differing figures being of one fact: features, their trained weights, the chance.

A difference is told only above a chance. The weights stand in `models/alignment.json`, trained by
`python -m pipeline.calibration`; each feature is a small number that can be shown beside the two sentences, made so that
more of it speaks for one fact.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache

from pipeline.comparison.bars import OPEN, TESTS
from pipeline.comparison.events import apart, common, eventful, figures, nearest
from pipeline.comparison.gist import gist, happened, headline, weigh
from pipeline.comparison.items import Item
from pipeline.comparison.lexical import broad, lexicon
from pipeline.comparison.times import distance, same_extent
from pipeline.comparison.values import gap, ratio, rounds, same_digits, scale
from pipeline.weights import weights as trained

_OPEN = ("scope", "base", "modality", "event", "thing", "recurs", "time")  # tests whose doubt is weighed


def weights() -> Mapping[str, float]:
    """The weight of each feature. Raises ModelError where there are none."""
    return trained("alignment")


@cache
def threshold(name: str) -> float:
    """What the log-odds must reach: `loud` for an alarm, `quiet` for a note."""
    chance = float(lexicon()["support"][name])
    return math.log(chance / (1 - chance))


@lru_cache(maxsize=1)  # it is asked against one threshold after another
def support(a: Item, b: Item) -> float:
    """The log-odds of the two being of one fact."""
    known = weights()
    return math.fsum([known.get(name, 0.0) * value for name, value in features(a, b).items() if value])


def features(a: Item, b: Item) -> dict[str, float]:
    """What speaks for and against the two being of one fact, each as a number around -1..2."""
    x, y = gist(a), gist(b)
    return {
        "one": 1.0,
        "metric": _metric(a),
        "subject": _subject(a),
        "counterparty": parties(a, b),
        "time": _time(a, b),
        "day": _day(a, b),
        "words": 0.0 if a.article == b.article else min(weigh(x.words & y.words), 3.0) / 1.5,
        "title": 0.0 if a.article == b.article else common(headline(a), headline(b)),
        "figures": min(figures(a, b) / 2, 1.0),
        "names": either(x.names, y.names),
        "cause": either(happened(a), happened(b)) if eventful(a) else 0.0,
        "closeness": _days(a, b) if a.kind == "date" else _closeness(a, b),
        "digits": slipped(a, b),
        "published": _published(a, b),
        "bodies": float(a.body is not None and b.body is not None),
        "date": float(a.kind == "date"),
        **_opens(a, b),
    }


def _metric(item: Item) -> float:
    """How well the metric alone says what is measured."""
    if item.kind == "date" and not item.metric.once and item.metric.id in lexicon()["support"]["events"]:
        return 0.5
    if item.metric.specific or item.metric.once:
        return 2.0
    return 1.0 if not item.metric.vague else 0.5 if item.kind == "date" else 0.0


def _subject(item: Item) -> float:
    if item.subject in broad():
        return -1.0
    return 0.0 if item.row["subject_type"] == "LOC" else 1.0


def parties(a: Item, b: Item) -> float:
    """1 where two claims name the same other party, -1 where they name two, else 0."""
    if a.counterparty is None or b.counterparty is None:
        return 0.0
    return 1.0 if a.counterparty == b.counterparty else -1.0


def _time(a: Item, b: Item) -> float:
    return float(a.kind != "date" and a.span is not None and b.span is not None and same_extent(a.span, b.span))


def _day(a: Item, b: Item) -> float:
    """Whether the days on which the two articles say that something happened agree; nought where one names none."""
    near = None if a.kind == "date" or a.article == b.article or not eventful(a) else nearest(a, b)
    return 0.0 if near is None else 1.0 if near <= 1 else -1.0 if near > 3 else 0.0


def either(x: frozenset[str], y: frozenset[str]) -> float:
    """1 where two sets share something, -1 where both hold something and share nothing, else 0."""
    return 1.0 if x & y else -1.0 if apart(x, y) else 0.0


def slipped(a: Item, b: Item) -> float:
    """Whether one figure is the other but for a nought or a magnitude."""
    return float(a.kind != "date" and (same_digits(a.amount, b.amount) or scale(a.amount, b.amount) is not None))


def _closeness(a: Item, b: Item) -> float:
    x, y = a.row["value"], b.row["value"]
    if x == y or slipped(a, b) or (x is not None and y is not None and x == -y):
        return 1.0  # the same digits
    if rounds(a.amount, b.amount) or gap(a.amount, b.amount) <= 0.1:
        return 1.0
    apart = ratio(a.amount, b.amount)
    if math.isinf(apart):
        return 0.0
    return 0.7 if apart <= math.log(1.35) else 0.4 if apart <= math.log(2) else 0.0 if apart <= math.log(4.5) else -0.5


def _days(a: Item, b: Item) -> float:
    if a.metric.once:
        return 0.0  # it disagrees however far the days lie apart
    days = distance(a.span, b.span) if a.span and b.span else 0
    return nearness(days)


def nearness(days: int) -> float:
    """How near two days are that tell of one event, -0.5..1."""
    return 1.0 if days <= 1 else 0.5 if days <= 3 else 0.0 if days <= 31 else -0.5


def _published(a: Item, b: Item) -> float:
    if a.published is None or b.published is None:
        return 0.0
    days = abs(a.published - b.published)
    if a.kind == "date" and days > 2:
        return 0.0  # an event is told for years
    return 0.5 if days <= 2 else 0.0 if days <= 14 else -0.5 if days <= 60 else -1.0


def _opens(a: Item, b: Item) -> dict[str, float]:
    """-1 for each test that leaves open whether the two are one (see `bars.TESTS`)."""
    return {f"open {name}": -float(TESTS[name](a, b) <= OPEN) for name in _OPEN}
