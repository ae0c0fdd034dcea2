"""How much speaks for two claims of differing figures being of one fact: features, their weights, the sum.

A discrepancy is told only above a threshold. Weights and thresholds stand in `[support]` of `lexicon/comparison.toml`; each
feature is a small number that can be shown beside the two sentences.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache

from pipeline.comparison.items import Item
from pipeline.comparison.lexical import lexicon
from pipeline.comparison.times import distance, same_extent
from pipeline.comparison.values import ratio, same_digits, scale
from pipeline.folding import fold
from pipeline.lexicon import LANGUAGES


@cache
def _weights() -> dict[str, float]:
    return {name: float(weight) for name, weight in lexicon()["support"]["weights"].items()}


@cache
def threshold(name: str) -> float:
    """What the sum must reach: `loud` for an alarm, `quiet` for a note."""
    return float(lexicon()["support"][name])


@cache
def _function_words() -> frozenset[str]:
    return frozenset(lexicon()["support"]["function_words"])


@cache
def _broad() -> frozenset[str]:
    """Folded names of countries and peoples, of which a thousand things are told a day."""
    from babel import Locale

    places = [name for language in LANGUAGES for name in Locale(language).territories.values()]
    return frozenset(fold(name) for name in (*places, *lexicon()["support"]["peoples"]))


@lru_cache(maxsize=200_000)
def content(sentence: str) -> frozenset[str]:
    """The longer words of a sentence by their first letters, function words aside."""
    words = [word for word in fold(sentence).split() if len(word) > 3 and not word.isdigit()]
    return frozenset(word[:6] for word in words if word not in _function_words())


def features(a: Item, b: Item) -> dict[str, float]:
    """What speaks for and against the two being of one fact, each as a number around -1..2."""
    return {
        "metric": _metric(a),
        "subject": _subject(a),
        "counterparty": float(a.counterparty is not None and a.counterparty == b.counterparty),
        "time": float(a.kind != "date" and a.span is not None and b.span is not None and same_extent(a.span, b.span)),
        "context": 0.0 if a.article == b.article else context(a, b),
        "story": _story(a, b),
        "closeness": _days(a, b) if a.kind == "date" else _closeness(a, b),
        "published": _published(a, b),
        "bodies": float(a.body is not None and b.body is not None),
    }


def support(a: Item, b: Item) -> float:
    """The weighted sum of the features."""
    weights = _weights()
    return sum(weights[name] * value for name, value in features(a, b).items())


def _metric(item: Item) -> float:
    """How well the metric alone says what is measured."""
    if item.kind == "date" and not item.metric.once and item.metric.id in lexicon()["support"]["events"]:
        return 0.5
    if item.metric.specific or item.metric.once:
        return 2.0
    return 1.0 if not item.metric.vague else 0.5 if item.kind == "date" else 0.0


def _subject(item: Item) -> float:
    if item.subject in _broad():
        return -1.0
    return 0.0 if item.row["subject_type"] == "LOC" else 1.0


def context(a: Item, b: Item) -> float:
    """Words that the sentences share beyond the parties, two for one, no more than their share of the shorter sentence allows."""
    parties = content(" ".join(filter(None, (a.subject, a.counterparty, b.counterparty))))
    x, y = (content(item.row["sentence"] or "") - parties for item in (a, b))
    return min(len(x & y) / 2, SHARE * len(x & y) / max(1, min(len(x), len(y))), 2.0)


SHARE = 3.5  # four words in seven of the shorter sentence make the most that context can say


def _story(a: Item, b: Item) -> float:
    """Whether the two articles tell one story: figures that both give, words that both titles have."""
    if a.article == b.article:
        return 0.0
    shared = (a.story.figures & b.story.figures) - {a.figure, b.figure}
    titles = content(a.row["title"] or "") & content(b.row["title"] or "")
    return min(len(shared) / 2, 1.0) + (0.5 if len(titles) >= 2 else 0.0)


def _closeness(a: Item, b: Item) -> float:
    if a.row["value"] == b.row["value"] or same_digits(a.amount, b.amount) or scale(a.amount, b.amount) is not None:
        return 1.0  # the same digits
    apart = ratio(a.amount, b.amount)
    if math.isinf(apart):
        return 0.0
    return 1.0 if apart <= math.log(1.35) else 0.5 if apart <= math.log(2) else 0.0 if apart <= math.log(4.5) else -0.5


def _days(a: Item, b: Item) -> float:
    days = distance(a.span, b.span) if a.span and b.span else 0
    return 1.0 if days <= 1 else 0.5 if days <= 3 else 0.0


def _published(a: Item, b: Item) -> float:
    if a.published is None or b.published is None:
        return 0.0
    days = abs(a.published - b.published)
    if a.kind == "date" and days > 2:
        return 0.0  # an event is told for years
    return 0.5 if days <= 2 else 0.0 if days <= 14 else -0.5 if days <= 60 else -1.0
