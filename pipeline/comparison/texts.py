"""Texts read many at once: telling stems, words and names of each, as columns.

What stands between two blanks is looked at once, however often it is written; `gist` reads a text by itself, and says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.comparison.columns import Floats, Mask, Whole, spread_out
from pipeline.comparison.gist import chunks, opens_next


class Held(NamedTuple):
    """Which words rows hold: `row` and `member`, the place of a word in `words`, side by side; once or more often."""

    row: Whole
    member: Whole
    words: Sequence[str]

    def where(self, chosen: Mask) -> Held:
        """Those that are `chosen`."""
        return Held(self.row[chosen], self.member[chosen], self.words)

    def of(self, rows: Whole) -> Held:
        """What other rows hold, each of which has the text of one of `rows`; rows are in order here."""
        first, end = (np.searchsorted(self.row, rows, side) for side in ("left", "right"))
        row, at = spread_out(first, end - first)
        return Held(row, self.member[at], self.words)


class Texts:
    """Some texts, equal ones once."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._row = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        split = pc.utf8_split_whitespace(pc.utf8_trim_whitespace(pa.array(list(self._row), pa.large_string())))
        coded = split.values.dictionary_encode()
        self._chunks, self._chunk = coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.int64)
        ends = split.offsets.to_numpy()
        self._first, self._text = ends[:-1], np.repeat(np.arange(len(self._row)), np.diff(ends))
        self._known = chunks(self._chunks)

    def rows(self, texts: Iterable[str]) -> Whole:
        """The row of each of some of the texts."""
        return np.array([self._row[text] for text in texts], dtype=np.int64)

    def stems(self) -> Held:
        """The words that weigh something, by their first letters."""
        return self._held([chunk.stems for chunk in self._known], self._chunk)

    def words(self, wanted: Callable[[str], bool]) -> Held:
        """The folded words that are `wanted`."""
        return self._held([tuple(filter(wanted, chunk.words.split())) for chunk in self._known], self._chunk)

    def names(self) -> Held:
        """The names; see `gist.names`."""
        within, opening = ([chunk.names[opens] for chunk in self._known] for opens in (False, True))
        return self._held(within + opening, self._chunk + len(within) * self._opens())

    def _opens(self) -> Mask:
        """Which chunks open a sentence."""
        ends = np.array(list(map(opens_next, self._chunks)), dtype=bool)
        opens = np.append(True, ends[self._chunk[:-1]])[: len(self._chunk)]
        opens[self._first] = True
        for text, row in self._row.items():
            if "\n" in text:
                lines = accumulate(len(line.split()) for line in text.strip().split("\n")[:-1])
                opens[self._first[row] + np.array(list(lines), dtype=np.int64)] = True
        return opens

    def _held(self, kinds: Sequence[tuple[str, ...]], kind: Whole) -> Held:
        """What the texts hold, of which the words are given by the `kind` of each chunk."""
        sizes = np.array(list(map(len, kinds)), dtype=np.int64)
        place = {word: number for number, word in enumerate(dict.fromkeys(chain.from_iterable(kinds)))}
        member = np.array([place[word] for word in chain.from_iterable(kinds)], dtype=np.int64)
        some = np.flatnonzero(sizes[kind])
        row, at = spread_out((np.cumsum(sizes) - sizes)[kind[some]], sizes[kind[some]])
        return Held(self._text[some][row], member[at], list(place))


class Sets:
    """A set of numbers a row, below `width` all of them."""

    def __init__(self, row: Whole, member: Whole, rows: int, width: int) -> None:
        self.width = max(width, 1)
        keys = np.sort(row * self.width + member)  # np.unique hashes them first: ten times as long
        self.keys = keys[np.diff(keys, prepend=-1) > 0]
        self.first = np.searchsorted(self.keys, np.arange(rows + 1) * self.width)

    @property
    def listed(self) -> tuple[Whole, Whole]:
        """Row and number side by side."""
        return self.keys // self.width, self.keys % self.width

    @property
    def sizes(self) -> Whole:
        """How many numbers each row holds."""
        return np.diff(self.first)

    def without(self, other: Sets) -> Sets:
        """What the same rows of `other` do not hold."""
        row, member = (side[~np.isin(self.keys, other.keys, assume_unique=True)] for side in self.listed)
        return Sets(row, member, len(self.first) - 1, self.width)

    def shared(self, other: Sets, left: Whole, right: Whole) -> tuple[Whole, Whole]:
        """What rows `left` of these hold and rows `right` of the `other` too: the place of the two rows, the number."""
        pair, at = spread_out(self.first[left], self.sizes[left])
        member = self.keys[at] % self.width
        wanted = right[pair] * self.width + member
        place = np.minimum(np.searchsorted(other.keys, wanted), len(other.keys) - 1)
        found = other.keys[place] == wanted if len(other.keys) else np.zeros(len(wanted), dtype=bool)
        return pair[found], member[found]


# Weights of words, added up.

_FINE = 2.0**32


def weighed(row: Whole, weight: Floats, rows: int) -> Floats:
    """The weights of each row together, rounded but once, as `math.fsum` does.

    Parts of a weight above and below a billionth are added each without rounding, in whatever order.
    """
    coarse = np.floor(weight * _FINE) / _FINE
    high, low = (np.bincount(row, part, minlength=rows) for part in (coarse, weight - coarse))
    return np.asarray(high + low, dtype=np.float64)
