"""Tables on their way to another process and back: columns of Arrow, which are copied as a whole, not object by object."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.tables import SCHEMAS, array

if TYPE_CHECKING:
    import pandas as pd

Columns = dict[str, list[Any]]


def packed(columns: pd.DataFrame | Mapping[str, Sequence[Any]], table: str, names: Iterable[str] | None = None) -> pa.Table:
    """The columns `names` (None: all) of the `table` of the contract."""
    schema = SCHEMAS[table]
    return pa.table({name: array(columns[name], schema[name]) for name in names or schema})


def chosen_of(table: pa.Table, rows: Sequence[int] | NDArray[np.int64]) -> pa.Table:
    """Some rows of a table, in their order."""
    return table.take(pa.array(rows, pa.int64()))


def by_article(articles: Iterable[str]) -> dict[str, list[int]]:
    """The rows of each article."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, article in enumerate(articles):
        rows[article].append(row)
    return dict(rows)


def unpacked(table: pa.Table) -> Columns:
    """The columns as lists; equal texts and days of a column are one object."""
    return {name: _listed(table[name]) for name in table.column_names}


def _listed(column: Any) -> list[Any]:
    if pa.types.is_primitive(column.type) and not pa.types.is_date(column.type):
        values: list[Any] = column.to_numpy().tolist()
        return values
    if column.null_count == len(column):
        return [None] * len(column)
    coded = column.combine_chunks().dictionary_encode()
    known = np.array([*coded.dictionary.to_pylist(), None], dtype=object)
    found: list[Any] = known[coded.indices.fill_null(-1).to_numpy()].tolist()
    return found
