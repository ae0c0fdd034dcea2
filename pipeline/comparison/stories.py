"""Which articles tell one story: those published near one another that share rare words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from pipeline.comparison.gist import STEM, content, names, weigh, weight
from pipeline.comparison.lexical import broad, lexicon
from pipeline.folding import fold


@dataclass(frozen=True, slots=True)
class Telling:
    """What shows of which story an article is: the day of its publication, and stems of rare words."""

    published: int | None
    marks: frozenset[str]


def marks(title: str | None, parties: Iterable[str], sentences: Iterable[str]) -> frozenset[str]:
    """The rare words of a headline and of names, by their first letters; names of countries tell nothing."""
    stems = set(content(title or ""))
    for party in parties:
        stems |= content(party) if fold(party) not in broad() else frozenset()
    for sentence in sentences:
        stems |= {name[:STEM] for name in names(sentence) if len(name) > 3}
    return frozenset(stem for stem in stems if weight(stem) >= _limits()["rare"])


class Heard(NamedTuple):
    """What an article's claims hold of its words: its headline, the names, the sentences."""

    title: str | None
    parties: frozenset[str]
    sentences: frozenset[str]


def marked(articles: Iterable[Heard]) -> list[frozenset[str]]:
    """The marks of each article."""
    return [marks(*each) for each in articles]


def together(told: Mapping[str, Telling]) -> list[tuple[str, str]]:
    """Pairs of articles of one story, in order; each pair and its articles in the order of their ids."""
    shared = _shared(told)
    limits = _limits()

    def enough(pair: tuple[str, str]) -> bool:
        least = min(weigh(told[name].marks) for name in pair)
        return shared[pair] >= max(limits["shared"], limits["share"] * least)

    return sorted(filter(enough, shared))


def _shared(told: Mapping[str, Telling]) -> dict[tuple[str, str], float]:
    """What the marks that two articles share weigh, of those published near one another."""
    bearing: dict[str, list[str]] = defaultdict(list)
    for name in sorted(told):
        for mark in told[name].marks:
            bearing[mark].append(name)
    found: dict[tuple[str, str], float] = defaultdict(float)
    for mark in sorted(bearing):
        for pair in _near(bearing[mark], told):
            found[pair] += weight(mark)
    return found


def _near(bearing: list[str], told: Mapping[str, Telling]) -> Iterator[tuple[str, str]]:
    """Pairs of articles with one mark; one that a crowd of articles has is the name of everyday news and tells nothing."""
    limits = _limits()
    if len(bearing) > limits["crowd"]:
        return
    for one, other in combinations(bearing, 2):
        x, y = told[one].published, told[other].published
        if x is None or y is None or abs(x - y) <= limits["days"]:
            yield one, other


def _limits() -> dict[str, float]:
    limits: dict[str, float] = lexicon()["stories"]
    return limits
