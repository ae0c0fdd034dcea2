"""Which articles tell one story: those published near one another that share rare words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pipeline.comparison.columns import Floats, Whole, spread_out
from pipeline.comparison.gist import STEM, weights
from pipeline.comparison.lexical import broad, lexicon
from pipeline.comparison.packed import unpacked
from pipeline.comparison.texts import Held, Texts, weighed
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
    names, limits = sorted(told), _limits()
    each = [told[name] for name in names]
    words = sorted(frozenset[str]().union(*(telling.marks for telling in each)))
    weight, number = np.array(weights(words), dtype=np.float64), {word: place for place, word in enumerate(words)}
    article = np.repeat(np.arange(len(names)), [len(telling.marks) for telling in each])
    mark = np.array([number[word] for telling in each for word in telling.marks], dtype=np.int64)
    days = np.array([np.nan if telling.published is None else telling.published for telling in each])
    one, other, by = _near(article, mark, days)
    pairs, pair = np.unique(one * len(names) + other, return_inverse=True)
    shared = np.bincount(pair, weight[by], len(pairs))  # added in the order of the words
    own = weighed(article, weight[mark], len(names))
    sides = pairs // max(len(names), 1), pairs % max(len(names), 1)
    least = np.minimum(*(own[side] for side in sides))
    enough = shared >= np.maximum(limits["shared"], limits["share"] * least)
    return [(names[a], names[b]) for a, b in zip(*(side[enough].tolist() for side in sides), strict=True)]


def _near(article: Whole, mark: Whole, days: Floats) -> tuple[Whole, Whole, Whole]:
    """Two articles published near one another and a mark of both, by mark.

    One that a crowd of articles has is the name of everyday news and tells nothing.
    """
    limits = _limits()
    order = np.lexsort((article, mark))
    article, mark = article[order], mark[order]
    end = np.searchsorted(mark, mark, side="right")
    many = end - np.searchsorted(mark, mark) > limits["crowd"]
    behind = np.arange(1, len(mark) + 1)
    one, other = spread_out(behind, np.where(many, 0, end - behind))
    far = np.abs(days[article[one]] - days[article[other]]) > limits["days"]  # not where a day is not known
    return article[one[~far]], article[other[~far]], mark[one[~far]]


def _limits() -> dict[str, float]:
    limits: dict[str, float] = lexicon()["stories"]
    return limits
