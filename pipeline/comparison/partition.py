"""Which claims are compared with which: names joined on evidence, and blocks of parties that no fact reaches across.

A store that grows asks for the partition of all that it holds, and compares anew only the blocks that changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.comparison.items import STORY, Story, stories_of
from pipeline.comparison.names import Names, contained, key, resolve, spelled
from pipeline.comparison.packed import by_article, chosen_of, packed
from pipeline.comparison.values import digits
from pipeline.tables import compared

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

SAID = ("article_id", "subject", "counterparty", "metric", "kind", "value", "unit", "time")
EVIDENCE = tuple(dict.fromkeys((*SAID, *STORY)))


@dataclass(frozen=True, slots=True)
class Partition:
    """The names of a set of claims, the block of each, and what each article says in all blocks; made by `partition`."""

    names: Names
    blocks: dict[str, str]
    told: pa.Table
    rows: dict[str, list[int]]  # of `told`, by article

    @property
    def stories(self) -> dict[str, Story]:
        """The stories of all articles."""
        return stories_of(self.told)

    def told_by(self, articles: Iterable[str]) -> pa.Table:
        """What some articles say in all blocks, for `stories_of`."""
        return chosen_of(self.told, [row for article in articles for row in self.rows[article]])

    def place(self, subject: str, counterparty: str | None) -> tuple[str, str]:
        """The block in which claims of these parties are compared, and under what names; the same while nothing changed."""
        own, other = self.names.canonical(subject) or "", self.names.canonical(counterparty) or ""
        return self.blocks.get(own, own), f"{own}\x1f{other}"


def partition(claims: pd.DataFrame, read: pa.Table | None = None) -> Partition:
    """The partition of `claims`, of which the columns EVIDENCE count, as far as it was resolved, in any order of rows.

    `read` are the same claims packed, where they are so already.
    """
    told = (packed(claims, "claims", STORY) if read is None else read).select(STORY)
    parties = list(zip(compared(claims, "subject"), claims["counterparty"].tolist(), strict=True))
    names = _names(claims, parties)
    return Partition(names, _blocks(dict.fromkeys(parties), names), told, by_article(claims["article_id"]))


def _names(claims: pd.DataFrame, parties: list[tuple[str, str | None]]) -> Names:
    """The names of the `parties` of claims, joined: what is said is asked of those alone that hold one another."""
    keys = {name: key(name) for name in {name for pair in parties for name in pair if name}}
    longer = contained(keys.values())
    for short, names in spelled(keys).items():
        longer[short] = longer.get(short, set()) | names
    joining = longer.keys() | frozenset[str]().union(*longer.values())
    known = {name: own for name, own in keys.items() if own in joining}
    spoken: dict[str, set[str]] = defaultdict(set)
    witnesses: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    told = (compared(claims, name) for name in ("article_id", "metric", "kind", "value", "unit", "time"))
    for (subject, other), article, metric, kind, value, unit, time in zip(parties, *told, strict=True):
        if other in known:
            spoken[known[other]].add(article)
        if subject in known:
            spoken[known[subject]].add(article)
            if _telling(kind, value, time):
                witnesses[known[subject]].add((metric, kind, time if kind == "date" else value, unit))
    return resolve(longer, spoken, witnesses)


def _telling(kind: str, value: float | None, time: str | None) -> bool:
    """Whether a figure is rare enough that two who give it speak of one thing: a day, or two significant digits."""
    if kind == "date":
        return len(time or "") == 10
    if value is None or value != value:
        return False
    return digits(value) >= 2


def _blocks(parties: Iterable[tuple[str, str | None]], names: Names) -> dict[str, str]:
    """The two parties of any claim stand in one block: their figures are summed up together, and taken for one another."""
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while parents.get(name, name) != name:
            parents[name] = name = parents[parents[name]]
        return name

    for subject, counterparty in parties:
        own = root(names.canonical(subject) or "")
        parents.setdefault(own, own)
        if counterparty:
            other = root(names.canonical(counterparty) or "")
            low, high = sorted((own, other))
            parents[low] = parents[high] = low
    return {name: root(name) for name in parents}
