"""Claims to facts, facts to discrepancies. Pure: the same claims in any order give the same tables; no spaCy, no clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.comparison.altered import united, with_changes
from pipeline.comparison.clustering import blocks, groups
from pipeline.comparison.explanations import templates
from pipeline.comparison.facts import Fact, Pair, Row, discrepancy_row, fact, fact_row, pairs
from pipeline.comparison.items import items
from pipeline.comparison.mixups import across, with_twins
from pipeline.comparison.partition import Partition, partition
from pipeline.comparison.rates import Rates, read_rates
from pipeline.comparison.relations import RELATIONS, SEVERITIES
from pipeline.markup import show
from pipeline.tables import SCHEMAS, check_claims, frame

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RELATIONS", "SEVERITIES", "Comparison", "Partition", "Rates", "arranged", "compare", "partition", "read_rates"]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The tables of a comparison: `claims` with `fact_id` filled, in the order given; `facts`; `discrepancies`, worst first."""

    claims: pd.DataFrame
    facts: pd.DataFrame
    discrepancies: pd.DataFrame

    def _repr_html_(self) -> str:
        """The comparison in a notebook: its counts and its worst discrepancies."""
        return show(self)


def compare(
    claims: pd.DataFrame, *, ui: str = "fr", parted: Partition | None = None, rates: Rates | Path | str | None = None
) -> Comparison:
    """Group `claims` into facts and say what differs; explanations in `ui` (`fr`, `en`).

    `claims` has the columns of the contract (`fact_id` may be missing). `rates` are reference rates of the European Central
    Bank, or their file (`eurofxref-hist.csv`): with them amounts in two currencies are compared, else only told apart. Raises
    TableError or RatesError where one is no such table, LexiconError for another `ui`. Facts come by subject, metric and id;
    discrepancies by severity, then gap. Where these are not all claims that there are, `parted` is the partition
    of all (`partition`).
    """
    templates(ui)
    checked = check_claims(claims)
    table = read_rates(rates) if isinstance(rates, str | Path) else rates
    whole = parted or partition(checked)
    listed = items(checked, whole.names, whole.stories, table)
    found = united([fact(group) for block in blocks(listed) for group in groups(block)], listed)
    home = {item.id: each.id for each in found for item in each.items}
    differing = with_changes([pair for each in found for pair in pairs(each)], listed, home)
    differing = with_twins(differing, listed, home)
    differing += across(listed, home, ui)
    return Comparison(_claims(checked, found), _facts(found, differing), _discrepancies(differing, ui))


def _claims(claims: pd.DataFrame, found: list[Fact]) -> pd.DataFrame:
    home = {item.id: each.id for each in found for item in each.items}
    import pandas as pd

    return claims.assign(fact_id=pd.Series([home[claim] for claim in claims["claim_id"]], dtype="object"))


def _table(rows: list[Row], name: str) -> pd.DataFrame:
    return frame({column: [row[column] for row in rows] for column in SCHEMAS[name]}, name)


def _facts(found: list[Fact], differing: list[Pair]) -> pd.DataFrame:
    touched: dict[str, list[Pair]] = defaultdict(list)
    for pair in differing:
        for each in set(pair.facts):
            touched[each].append(pair)
    rows = [fact_row(each, touched[each.id]) for each in found]
    return _table(sorted(rows, key=_fact_order), "facts")


def _discrepancies(differing: list[Pair], ui: str) -> pd.DataFrame:
    rows = [discrepancy_row(pair, ui) for pair in differing]
    return _table(sorted(rows, key=_discrepancy_order), "discrepancies")


def _fact_order(row: Row) -> tuple[str, ...]:
    return row["subject"], row["metric"], row["kind"], row["fact_id"]


def _discrepancy_order(row: Row) -> tuple[int, bool, float, str]:
    return -SEVERITIES.index(row["severity"]), row["relation"] == "date", -row["gap"], row["discrepancy_id"]


def arranged(claims: pd.DataFrame, facts: pd.DataFrame, discrepancies: pd.DataFrame) -> Comparison:
    """The comparison that these tables make, facts and discrepancies brought into the order that `compare` gives them."""
    return Comparison(claims, _sorted(facts, _fact_order), _sorted(discrepancies, _discrepancy_order))


def _sorted(table: pd.DataFrame, order: Callable[[Row], tuple[Any, ...]]) -> pd.DataFrame:
    columns = [table[name].tolist() for name in table.columns]
    rows = [dict(zip(table.columns, row, strict=True)) for row in zip(*columns, strict=True)]
    return table.iloc[sorted(range(len(rows)), key=lambda i: order(rows[i]))].reset_index(drop=True)
