"""Which articles tell one story: those published near one another that share rare words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pyarrow as pa

from pipeline.comparison.gist import STEM, weigh, weight, weights
from pipeline.comparison.lexical import broad, lexicon
from pipeline.comparison.packed import unpacked
from pipeline.comparison.texts import Held, Texts
from pipeline.folding import fold


@dataclass(frozen=True, slots=True)
class Telling:
    """What shows of which story an article is: the day of its publication, and stems of rare words."""

    published: int | None
    marks: frozenset[str]


HEARD = ("article_id", "title", "subject", "counterparty", "sentence")


def marked(claims: pa.Table) -> list[frozenset[str]]:
    """The marks of each article, in order; `claims`, of the columns HEARD, of one article stand together.

    They are the rare words of its headline and of names, by their first letters; names of countries tell nothing.
    """
    of = unpacked(claims)
    number = {name: place for place, name in enumerate(dict.fromkeys(of["article_id"]))}
    article = [number[name] for name in of["article_id"]]
    titles = dict(zip(article, of["title"], strict=True))  # the last of each
    parties = zip(article * 2, of["subject"] + of["counterparty"], strict=True)
    found: list[set[str]] = [set() for _ in number]
    for held in (
        _held(titles.items(), Texts.stems),
        _held(((row, name) for row, name in parties if name and fold(name) not in broad()), Texts.stems),
        _held(zip(article, of["sentence"], strict=True), _long_names),
    ):
        rare = np.array(weights(held.words), dtype=np.float64) >= _limits()["rare"]
        for row, member in zip(*(side[rare[held.member]].tolist() for side in held[:2]), strict=True):
            found[row].add(held.words[member])
    return list(map(frozenset, found))


def _held(texts: Iterable[tuple[int, str | None]], read: Callable[[Texts], Held]) -> Held:
    """What is read in texts, given with the rows that have them."""
    given = list(dict.fromkeys((row, text or "") for row, text in texts))
    each = Texts(text for _, text in given)
    held = read(each).of(each.rows(text for _, text in given))
    return held._replace(row=np.array([row for row, _ in given], dtype=np.int64)[held.row])


def _long_names(texts: Texts) -> Held:
    """The first letters of names that are no mere initials."""
    held = texts.names()
    long = np.array([len(name) > 3 for name in held.words], dtype=bool)
    return held.where(long[held.member])._replace(words=[name[:STEM] for name in held.words])


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
