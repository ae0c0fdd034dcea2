"""Claims to facts, facts to discrepancies. Pure: the same claims in any order give the same tables; no spaCy, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from pipeline.comparison.altered import united, with_changes
from pipeline.comparison.clustering import blocks, groups
from pipeline.comparison.collector import paused
from pipeline.comparison.coreference import readings, resolved, with_readings
from pipeline.comparison.corroboration import corroborated
from pipeline.comparison.explanations import templates
from pipeline.comparison.facts import fact, pairs
from pipeline.comparison.gist import weight
from pipeline.comparison.items import OWN, items, stories_of
from pipeline.comparison.lexical import broad
from pipeline.comparison.mixups import across, with_twins
from pipeline.comparison.packed import packed, unpacked
from pipeline.comparison.partition import Partition, partition
from pipeline.comparison.rates import Rates, read_rates
from pipeline.comparison.relations import RELATIONS, SEVERITIES
from pipeline.comparison.rows import discrepancy_columns, fact_columns
from pipeline.comparison.shards import Part, Shard, Spread, cut
from pipeline.comparison.why import Reasons, reasons
from pipeline.markup import show
from pipeline.tables import assembled, checked, frame

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "RELATIONS",
    "SEVERITIES",
    "Comparison",
    "Partition",
    "Rates",
    "Reasons",
    "Spread",
    "arranged",
    "compare",
    "partition",
    "prepare",
    "read_rates",
    "reasons",
    "resolved",
]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The tables of a comparison: `claims` with `fact_id` filled, in the order given; `facts`; `discrepancies`, worst first."""

    claims: pd.DataFrame
    facts: pd.DataFrame
    discrepancies: pd.DataFrame

    def _repr_html_(self) -> str:
        """The comparison in a notebook: its counts and its worst discrepancies."""
        return show(self)


@paused()
def compare(
    claims: pd.DataFrame, *, ui: str = "fr", parted: Partition | None = None, rates: Rates | Path | str | None = None,
    spread: Spread = map,
) -> Comparison:  # fmt: skip
    """Group `claims` into facts and say what differs; explanations in `ui` (`fr`, `en`).

    `claims` has the columns of the contract (`fact_id` may be missing). `rates` are reference rates of the European Central
    Bank, or their file (`eurofxref-hist.csv`): with them amounts in two currencies are compared, else only told apart. Raises
    TableError or RatesError where one is no such table, LexiconError for another `ui`. Facts come by subject, metric and id;
    discrepancies by severity, then gap. Where these are not all claims that there are, they have been resolved beside all
    (`coreference`), and `parted` is the partition of all (`partition`). `spread` maps a function over shards of the claims,
    here or in other processes.
    """
    templates(ui)
    table = read_rates(rates) if isinstance(rates, str | Path) else rates
    own, columns = checked(claims)
    read = columns.select(OWN)
    if parted is None:
        own = with_readings(own, readings(own, read, spread))
        parted = partition(own, read)
    parts = list(spread(partial(_compared, ui=ui, rates=table), cut(own, read, parted)))
    facts, discrepancies = (_joined([getattr(part, name) for part in parts], name) for name in ("facts", "discrepancies"))
    return arranged(_claims(own, parts), facts, discrepancies)


def prepare() -> None:
    """Read the tables that every comparison looks at, which a process else reads with its first piece of one."""
    broad()
    weight("")


@paused()
def _compared(shard: Shard, *, ui: str, rates: Rates | None) -> Part:
    """The facts and discrepancies of a shard, in no order that matters."""
    listed = items(shard.claims, shard.names, stories_of(shard.told), rates)
    found = corroborated([fact(group) for block in blocks(listed) for group in groups(block)])
    found = united(found, listed)
    home = {item.id: each.id for each in found for item in each.items}
    differing = with_changes([pair for each in found for pair in pairs(each)], listed, home)
    differing = with_twins(differing, listed, home)
    differing += across(listed, home, ui)
    facts = packed(fact_columns(found, differing), "facts")
    told = packed(discrepancy_columns(differing, ui), "discrepancies")
    return Part(shard.rows, pa.array([home[claim] for claim in shard.claims["claim_id"].to_pylist()], pa.string()), facts, told)


def _claims(claims: pd.DataFrame, parts: list[Part]) -> pd.DataFrame:
    """`claims`, each with its fact."""
    import pandas as pd

    home = np.empty(len(claims), dtype=object)
    for part in parts:
        home[part.rows] = part.home.to_numpy(zero_copy_only=False)
    return claims.assign(fact_id=pd.Series(home, index=claims.index, dtype="object"))


def _joined(tables: list[pa.Table], name: str) -> pd.DataFrame:
    return assembled(unpacked(pa.concat_tables(tables)), name) if tables else frame({}, name)


def arranged(claims: pd.DataFrame, facts: pd.DataFrame, discrepancies: pd.DataFrame) -> Comparison:
    """The comparison that these tables make, facts and discrepancies brought into the order that `compare` gives them."""
    own = ("subject", "metric", "kind", "fact_id")
    worst = [-SEVERITIES.index(severity) for severity in discrepancies["severity"]]
    dated, gaps = (discrepancies["relation"] == "date").tolist(), [-gap for gap in discrepancies["gap"]]
    return Comparison(
        claims,
        _sorted(facts, [facts[name].tolist() for name in own]),
        _sorted(discrepancies, [worst, dated, gaps, discrepancies["discrepancy_id"].tolist()]),
    )


def _sorted(table: pd.DataFrame, keys: list[list[Any]]) -> pd.DataFrame:
    """`table` by its `keys`, a list of values each."""
    order = list(zip(*keys, strict=True))
    return table.iloc[sorted(range(len(order)), key=order.__getitem__)].reset_index(drop=True)
