"""A large comparison in pieces: blocks that no fact reaches across, some thousand claims together, one piece after another or
in processes side by side. What one piece needs in memory is gone before the next begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol, TypeVar

import pyarrow as pa

from pipeline.comparison.copies import root
from pipeline.comparison.names import Names
from pipeline.comparison.packed import chosen_of, packed
from pipeline.comparison.partition import Partition
from pipeline.tables import RESOLVED, compared

if TYPE_CHECKING:
    import pandas as pd

P = TypeVar("P")
R = TypeVar("R")
SIZE = 10_000  # claims that a shard has at least, but for the last: measured, larger ones cost memory and gain no time


class Spread(Protocol):
    """Maps a function of a module over pieces, in their order, here (`map`) or in other processes."""

    def __call__(self, work: Callable[[P], R], pieces: Iterable[P], /) -> Iterable[R]: ...  # noqa: D102 - the class says it


@dataclass(frozen=True, slots=True, eq=False)
class Shard:
    """The claims of some blocks, with the names that they need and what their articles say in all blocks, for `stories_of`.

    `rows` are theirs among all claims.
    """

    rows: list[int]
    claims: pa.Table
    names: Names
    told: pa.Table


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What a shard gives: the fact of each of its `rows`, and rows of the tables."""

    rows: list[int]
    home: pa.Array
    facts: pa.Table
    discrepancies: pa.Table


def cut(claims: pd.DataFrame, read: pa.Table, parted: Partition) -> Iterator[Shard]:
    """The claims by blocks, whole blocks together; a block of more than SIZE is a shard of its own size, and comes first.

    `read` are the columns OWN of the claims, packed.
    """
    subjects = compared(claims, "subject")
    block = {subject: parted.place(subject, None)[0] for subject in set(subjects)}
    rows: dict[str, list[int]] = defaultdict(list)
    for row, subject in enumerate(subjects):
        rows[block[subject]].append(row)
    for name in RESOLVED:
        read = read.append_column(name, packed(claims, "claims", [name])[name])
    chosen: list[int] = []
    for own in sorted(rows.values(), key=lambda own: len(own) < SIZE):  # what takes longest must not be begun last
        chosen += own
        if len(chosen) >= SIZE:
            yield _shard(read, chosen, parted)
            chosen = []
    if chosen:
        yield _shard(read, chosen, parted)


def _shard(claims: pa.Table, rows: list[int], parted: Partition) -> Shard:
    own = chosen_of(claims, rows)
    parties = (own[name].unique().to_pylist() for name in ("subject", "resolved_subject", "counterparty"))
    told = parted.told_by(own["article_id"].unique().to_pylist())
    return Shard(rows, own, parted.names.of(chain.from_iterable(parties)), told)


# Articles, before it is known which claims are compared.

ARTICLES = 2_000  # that are looked at together


def batches(claims: pa.Table, articles: Iterable[Sequence[int]]) -> Iterator[pa.Table]:
    """The claims of articles, given by the rows of each, those of one together; ARTICLES in a batch."""
    left = iter(articles)
    while batch := list(islice(left, ARTICLES)):
        yield chosen_of(claims, list(chain.from_iterable(batch)))


Meeting = tuple[str, str]  # two articles of one story


@dataclass(frozen=True, slots=True, eq=False)
class Meetings:
    """Pairs of articles of one story, and the claims of all these; `whole` if none of them meets an article of another piece."""

    claims: pa.Table
    pairs: list[Meeting]
    whole: bool


def meetings(claims: pa.Table, pairs: Iterable[Meeting], rows: Mapping[str, Sequence[int]]) -> Iterator[Meetings]:
    """The `pairs` of articles that have `rows`, whole stories together, some SIZE claims; a larger story in pieces."""
    for some, whole in _pieces(_stories(pair for pair in pairs if all(rows[name] for name in pair)), rows):
        yield Meetings(chosen_of(claims, [row for name in _named(some) for row in rows[name]]), some, whole)


def _named(pairs: Iterable[Meeting]) -> dict[str, None]:
    """The articles of some pairs."""
    return dict.fromkeys(chain.from_iterable(pairs))


def _pieces(stories: Iterable[list[Meeting]], rows: Mapping[str, Sequence[int]]) -> Iterator[tuple[list[Meeting], bool]]:
    """Stories together, or parts of a story, and whether they are whole."""
    chosen: list[Meeting] = []
    size = 0
    for story in stories:
        own = sum(len(rows[name]) for name in _named(story))
        if own > SIZE:
            yield from ((part, False) for part in _parts(story, rows))
            continue
        chosen += story
        size += own
        if size >= SIZE:
            yield chosen, True
            chosen, size = [], 0
    if chosen:
        yield chosen, True


def _parts(story: Iterable[Meeting], rows: Mapping[str, Sequence[int]]) -> Iterator[list[Meeting]]:
    """The pairs of a large story, one after another, so many together as have SIZE claims."""
    chosen: list[Meeting] = []
    size, seen = 0, set[str]()
    for pair in story:
        chosen.append(pair)
        size += sum(len(rows[name]) for name in pair if name not in seen)
        seen.update(pair)
        if size >= SIZE:
            yield chosen
            chosen, size, seen = [], 0, set()
    if chosen:
        yield chosen


def _stories(pairs: Iterable[Meeting]) -> Iterator[list[Meeting]]:
    """The pairs that hang together, in their order."""
    listed = list(pairs)
    number = {name: at for at, name in enumerate(_named(listed))}
    first = list(range(len(number)))
    for one, other in listed:
        low, high = sorted((root(first, number[one]), root(first, number[other])))
        first[high] = low
    found: dict[int, list[Meeting]] = defaultdict(list)
    for pair in sorted(listed):
        found[root(first, number[pair[0]])].append(pair)
    yield from found.values()
