"""Are two claims of one event? What shows it besides the subject: names, causes, days, figures and words in common."""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.comparison.gist import STEM, Gist, gist, happened, headline, weigh, weight
from pipeline.comparison.items import Item
from pipeline.comparison.lexical import broad
from pipeline.comparison.names import key
from pipeline.lexicon import table


@cache
def tellers() -> frozenset[str]:
    """Keys of the names of newspapers, stations and agencies."""
    return frozenset(key(name) for name in table("mastheads")["names"])


def placed(item: Item) -> bool:
    """Whether the subject is a place or a people."""
    return item.row["subject_type"] == "LOC" or item.subject in broad()


def eventful(item: Item) -> bool:
    """Whether what is measured is of an event, not of a thing or a firm."""
    return item.metric.running or item.metric.nature == "event"


def common(x: frozenset[str], y: frozenset[str]) -> float:
    """How much of the lighter of two sets of words the other has, 0..1."""
    shared = x & y
    return weigh(shared) / max(min(weigh(x), weigh(y)), 1.5) if shared else 0.0


def apart(x: frozenset[str], y: frozenset[str]) -> bool:
    """Whether both sets hold something and share nothing."""
    return bool(x) and bool(y) and not x & y


def days(item: Item) -> frozenset[int]:
    """The days on which the event of a claim may have been: its own, else those of which its article tells."""
    if item.span is not None and item.span.length <= 2:
        return frozenset((item.span.first,))
    return item.story.days


def nearest(a: Item, b: Item) -> int | None:
    """Days between the nearest two days of two events; None where one article names none."""
    x, y = days(a), days(b)
    return min(abs(p - q) for p in x for q in y) if x and y else None


def figures(a: Item, b: Item) -> int:
    """How many telling figures beside their own both articles give."""
    return 0 if a.article == b.article else len((a.story.figures & b.story.figures) - {a.figure, b.figure})


@lru_cache(maxsize=1)  # several tests ask it of one pair
def shown(a: Item, b: Item) -> int:
    """How many kinds of evidence two articles share that they tell of one event, less those that speak against it."""
    x, y = gist(a), gist(b)
    one, other = happened(a), happened(b)
    near = nearest(a, b) if eventful(a) else None
    shared = x.names & y.names
    marks = [
        bool(shared),
        any(weight(name[:STEM]) == 1 for name in shared),
        bool(one & other),
        near is not None and near <= 1,
        figures(a, b) > 0,
        *_worded(x, y, headline(a), headline(b)),
    ]
    against = apart(one, other) + 2 * (near is not None and near > 3)
    return sum(marks) - against


def _worded(x: Gist, y: Gist, above: frozenset[str], other: frozenset[str]) -> tuple[bool, bool]:
    """Whether two sentences and two headlines have enough words in common, names aside, which count by themselves."""
    words = x.words & y.words
    if not words and above.isdisjoint(other):
        return False, False
    names = {name[:STEM] for name in x.names | y.names}
    return weigh(words - names) >= WORDS, common(above - names, other - names) >= TITLE


WORDS = 0.75  # what the words of two sentences that are of one event weigh together
TITLE = 0.4
