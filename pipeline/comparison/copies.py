"""Copies are no witnesses: articles that share most of their words (agency copy under several mastheads) count as one source.

Each text is sketched once, by MinHash over its runs of words; sketches alone say afterwards how much two texts share, so that
a store compares a new article with all the old ones without reading them again. Numbers are in `[copies]` of
`lexicon/comparison.toml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import combinations
from typing import NamedTuple

from pipeline.comparison.lexical import lexicon

_SLOTS = 128  # of a sketch: the likeness of two is then right within a few hundredths
_BAND = 12  # bytes, three slots: texts that share half of their runs meet in at least one band, but for one pair in 300
_WORD = re.compile(r"\w+")


class Sketched(NamedTuple):
    """What decides whether an article is a copy, and of which."""

    id: str
    source: str
    published: date | None
    sketch: str


@cache
def method() -> str:
    """How sketches are made: two of different methods cannot be compared."""
    from rensa import RMinHash

    return f"rensa{RMinHash.ALGORITHM_VERSION}-{_SLOTS}-{lexicon()['copies']['run']}"


def sketch(text: str) -> str:
    """The sketch of a text: the method, the number of its different runs of words, and their MinHash in hexadecimal."""
    from rensa import RMinHash

    runs = _runs(text)
    hashes = RMinHash(num_perm=_SLOTS, seed=1)
    hashes.update(list(runs))
    digest = b"".join(slot.to_bytes(4, "little") for slot in hashes.digest())
    return f"{method()} {len(runs)} {digest.hex()}"


def _runs(text: str) -> set[str]:
    size, words = lexicon()["copies"]["run"], _WORD.findall(text.casefold())
    return {" ".join(words[start : start + size]) for start in range(max(len(words) - size + 1, 0))}


def originals(articles: Iterable[tuple[str, str, date | None, str]]) -> dict[str, tuple[str, str]]:
    """For each article that is a copy, the id and the source of its original, whatever the order of `articles`.

    An article is given by the fields of Sketched.

    A copy of a copy has the same original: the first published of all that hang together (undated last, then the smaller id).
    """
    listed = sorted(
        map(Sketched._make, articles), key=lambda article: (article.published is None, article.published or date.min, article.id)
    )
    alike: dict[str, list[int]] = defaultdict(list)
    for place, article in enumerate(listed):
        alike[article.sketch].append(place)
    first = list(range(len(listed)))  # of those that hang together, the first published
    texts = [_Text(places, sketch) for sketch, places in alike.items()]
    for one, other in _joined([text for text in texts if text.size >= lexicon()["copies"]["least"]]):
        low, high = sorted((root(first, one), root(first, other)))
        first[high] = low
    roots = ((article, listed[root(first, place)]) for place, article in enumerate(listed))
    return {article.id: (original.id, original.source) for article, original in roots if article is not original}


def root(first: list[int], place: int) -> int:
    """The first of those that hang together with `place`; `first` leads from each towards it, and shorter afterwards."""
    while first[place] != place:
        first[place] = place = first[first[place]]
    return place


class _Text:
    """One text, however many articles have it."""

    __slots__ = ("digest", "places", "size")

    def __init__(self, places: list[int], sketch: str) -> None:
        _, size, digest = sketch.split(" ")
        self.places, self.size, self.digest = places, int(size), bytes.fromhex(digest)


def _joined(texts: list[_Text]) -> Iterator[tuple[int, int]]:
    """Places of two articles with the same text, or with texts of which one is a copy."""
    bands: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        yield from ((text.places[0], place) for place in text.places[1:])
        for start in range(0, 4 * _SLOTS - _BAND + 1, _BAND):
            bands[start, text.digest[start : start + _BAND]].append(number)
    for pair in {pair for members in bands.values() for pair in combinations(members, 2)}:
        a, b = (texts[number] for number in pair)
        if _copied(a, b):
            yield a.places[0], b.places[0]


def _copied(a: _Text, b: _Text) -> bool:
    """Whether nearly all of the shorter text is in the other, which is not much longer."""
    slots = range(0, 4 * _SLOTS, 4)
    likeness = sum(a.digest[slot : slot + 4] == b.digest[slot : slot + 4] for slot in slots) / _SLOTS
    shared = likeness * (a.size + b.size) / (1 + likeness)
    limits: dict[str, float] = lexicon()["copies"]
    return likeness >= limits["likeness"] and shared >= limits["share"] * min(a.size, b.size)
