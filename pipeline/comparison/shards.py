"""A large comparison in pieces: blocks that no fact reaches across, some thousand claims together, one piece after another or
in processes side by side. What one piece needs in memory is gone before the next begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.comparison.items import Story
from pipeline.comparison.names import Names
from pipeline.comparison.partition import Partition
from pipeline.tables import compared

if TYPE_CHECKING:
    import pandas as pd

SIZE = 10_000  # claims that a shard has at least, but for the last: measured, larger ones cost memory and gain no time


@dataclass(frozen=True, slots=True, eq=False)
class Shard:
    """The claims of some blocks, with the names and stories that they need."""

    claims: pd.DataFrame
    names: Names
    stories: dict[str, Story]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What a shard gives: the fact of each claim, and rows of the tables."""

    home: dict[str, str]
    facts: pd.DataFrame
    discrepancies: pd.DataFrame


def cut(claims: pd.DataFrame, parted: Partition) -> Iterator[Shard]:
    """The claims by blocks, whole blocks together; a block of more than SIZE is a shard of its own size."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, subject in enumerate(compared(claims, "subject")):
        own = parted.names.canonical(subject) or ""
        rows[parted.blocks.get(own, own)].append(row)
    chosen: list[int] = []
    for block in rows.values():
        chosen += block
        if len(chosen) >= SIZE:
            yield _shard(claims, chosen, parted)
            chosen = []
    if chosen:
        yield _shard(claims, chosen, parted)


def _shard(claims: pd.DataFrame, rows: list[int], parted: Partition) -> Shard:
    own = claims.iloc[rows]
    stories = {name: parted.stories[name] for name in set(own["article_id"])}
    return Shard(own, parted.names.of((*compared(own, "subject"), *own["counterparty"])), stories)
