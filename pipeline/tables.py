"""The tables of the public contract: column names, order and types; reading and writing them; the check of a user's own.

Types are the same for every table, empty ones included: text and dates are object columns (`str`, `datetime.date`, None),
figures `float64` (NaN for none), offsets and counts `int64`. In Parquet they are string, date32, double and int64.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.errors import TableError
from pipeline.records import APPROXIMATIONS, ENTITY_TYPES, KINDS, MODALITIES, Claim

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

TEXT, DAY, FLOAT, INT = "text", "day", "float", "int"

_CLAIM_TYPES: dict[str, str] = {
    "claim_id": TEXT, "article_id": TEXT, "source": TEXT, "url": TEXT, "title": TEXT, "published": DAY, "language": TEXT,
    "sentence": TEXT, "sentence_start": INT, "sentence_end": INT, "quote": TEXT, "start": INT, "end": INT,
    "subject": TEXT, "subject_type": TEXT, "counterparty": TEXT, "metric": TEXT, "kind": TEXT,
    "value": FLOAT, "lower": FLOAT, "upper": FLOAT, "quantum": FLOAT, "unit": TEXT, "per": TEXT, "approximation": TEXT,
    "time": TEXT, "time_start": DAY, "time_end": DAY, "attribution": TEXT, "modality": TEXT, "confidence": FLOAT, "fact_id": TEXT,
}  # fmt: skip
_FACT_TYPES: dict[str, str] = {
    "fact_id": TEXT, "subject": TEXT, "counterparty": TEXT, "metric": TEXT, "kind": TEXT, "unit": TEXT, "time": TEXT,
    "claims": INT, "sources": INT, "lowest": FLOAT, "highest": FLOAT, "consensus": FLOAT, "relation": TEXT,
}  # fmt: skip
_SIDE_TYPES = {"source": TEXT, "quote": TEXT, "value": FLOAT, "unit": TEXT, "time": TEXT, "sentence": TEXT}
_DISCREPANCY_TYPES: dict[str, str] = {
    "discrepancy_id": TEXT, "fact_id": TEXT, "claim_a": TEXT, "claim_b": TEXT, "scope": TEXT, "relation": TEXT,
    "gap": FLOAT, "severity": TEXT, "explanation": TEXT,
    **{f"{name}_{side}": kind for side in "ab" for name, kind in _SIDE_TYPES.items()},
}  # fmt: skip

CLAIM_COLUMNS = tuple(_CLAIM_TYPES)
FACT_COLUMNS = tuple(_FACT_TYPES)
DISCREPANCY_COLUMNS = tuple(_DISCREPANCY_TYPES)

# What stands after the columns of the contract.
RESOLVED = {
    "resolved_subject": TEXT,
    "resolved_type": TEXT,
    "resolved_metric": TEXT,
    "resolved_confidence": FLOAT,
    "resolved_group": TEXT,
}
"""Columns of claims: what a claim is compared under where other articles of its story tell the same fact, and which claims
are likely of that fact: those of one group."""
_CLAIM_EXTRA = {"scope": TEXT, "copy_of": TEXT, "copied_source": TEXT, **RESOLVED}
_FACT_EXTRA = {
    "per": TEXT, "scope": TEXT, "first_published": DAY, "first_source": TEXT, "most_precise": FLOAT, "values": TEXT,
}  # fmt: skip
_DISCREPANCY_EXTRA = {"confidence": FLOAT}

SCHEMAS: dict[str, dict[str, str]] = {
    "claims": _CLAIM_TYPES | _CLAIM_EXTRA,
    "facts": _FACT_TYPES | _FACT_EXTRA,
    "discrepancies": _DISCREPANCY_TYPES | _DISCREPANCY_EXTRA,
}
_TYPES: dict[str, str] = {name: kind for schema in SCHEMAS.values() for name, kind in schema.items()}
_ENUMERATIONS = {"kind": KINDS, "approximation": APPROXIMATIONS, "modality": MODALITIES, "subject_type": ENTITY_TYPES}
_REQUIRED = ("claim_id", "article_id", "source", "subject", "metric", "kind", "approximation", "modality")
_OPTIONAL_COLUMNS = ("fact_id",)  # the comparison fills it


def compared(claims: pd.DataFrame, name: str) -> list[Any]:
    """The column `name` of `claims` as they are compared: resolved (`RESOLVED`) where another article says more, else its own."""
    own = claims[name].tolist()
    if f"resolved_{name}" not in RESOLVED:
        return own
    return [mine if other is None else other for mine, other in zip(own, claims[f"resolved_{name}"].tolist(), strict=True)]


class Tables(Protocol):
    """Whatever holds the three tables; `pipeline.comparison.Comparison` does."""

    @property
    def claims(self) -> pd.DataFrame: ...  # noqa: D102 - the class says it
    @property
    def facts(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def discrepancies(self) -> pd.DataFrame: ...  # noqa: D102


# Values: one function for each type, from whatever a file or a user's frame holds.


def _is_missing(value: object) -> bool:
    try:
        return value is None or bool(value != value)  # NaN and NaT differ from themselves
    except TypeError:  # pandas.NA has no truth
        return True


def _text(value: Any) -> str | None:
    if _is_missing(value):
        return None
    if isinstance(value, float) and value.is_integer():  # "2024" that a CSV reader took for a number
        return str(int(value))
    if isinstance(value, str):
        return value if value.isascii() or not _has_surrogate(value) else value.encode("utf-8", "replace").decode("utf-8")
    return str(value)


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _day(value: Any) -> date | None:
    if _is_missing(value) or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10])


def _float(value: Any) -> float:
    return math.nan if _is_missing(value) or value == "" else float(value)


def _int(value: Any) -> int:
    return int(float(value)) if isinstance(value, str) else int(value)


_COERCE: dict[str, Callable[[Any], Any]] = {TEXT: _text, DAY: _day, FLOAT: _float, INT: _int}
_DTYPES: dict[str, str] = {TEXT: "object", DAY: "object", FLOAT: "float64", INT: "int64"}


# What needs no coercion: types of Python's own, by kind of column.
_AS_IT_IS: dict[str, set[type]] = {TEXT: {str, type(None)}, DAY: {date, type(None)}, FLOAT: {float, type(None)}, INT: {int}}


def array(values: Any, kind: str) -> pa.Array:
    """A column of Arrow of this kind, of any number of rows; in one of figures "not a number" stays what it is."""
    import pyarrow as pa

    types = {TEXT: pa.large_string(), DAY: pa.date32(), FLOAT: pa.float64(), INT: pa.int64()}
    return pa.array(values, types[kind], from_pandas=kind != FLOAT)


def _as_it_is(values: list[Any], kind: str) -> pa.Array | None:
    """The column of `values` that need no coercion; a text only if it can be encoded, an integer only if it fits."""
    if not set(map(type, values)) <= _AS_IT_IS[kind]:
        return None
    try:
        return array(values, kind)
    except (ValueError, OverflowError):
        return None


def _column(name: str, values: Iterable[Any], kind: str, place: str) -> tuple[pd.Series[Any], pa.Array]:
    """A column for a table of pandas, and the same of Arrow."""
    import pandas as pd

    if isinstance(values, pd.Series) and values.dtype == _DTYPES[kind] != "object":
        own = values.to_numpy(copy=True)
        return pd.Series(own, name=name, copy=False), array(own, kind)
    values = values.tolist() if isinstance(values, pd.Series) else list(values)
    packed = _as_it_is(values, kind)
    if packed is None:
        values = _coerced(name, values, kind, place)
        packed = array(values, kind)
    return pd.Series(values, dtype=_DTYPES[kind], name=name), packed


def _coerced(name: str, values: Iterable[Any], kind: str, place: str) -> list[Any]:
    coerce, out = _COERCE[kind], []
    for row, value in enumerate(values):
        try:
            out.append(coerce(value))
        except (TypeError, ValueError, OverflowError) as error:
            raise TableError(f"{place}: row {row}, column {name}: {value!r} is no {kind}; mend the value") from error
    return out


Columns = Mapping[str, "Sequence[Any] | pd.Series[Any]"]


def frame(columns: Columns, table: str) -> pd.DataFrame:
    """The table `claims`, `facts` or `discrepancies` from columns of values, in the order and types of the contract.

    Columns that the table does not know stand after them, as they are; columns not given are missing in every row.
    Raises TableError where a value is not of its column's type.
    """
    return _framed(columns, table)[0]


def _framed(columns: Columns, table: str) -> tuple[pd.DataFrame, pa.Table]:
    """The table, and its columns of the contract in Arrow."""
    import pandas as pd
    import pyarrow as pa

    schema = SCHEMAS[table]
    length = len(next(iter(columns.values()), ()))
    made = {name: _column(name, columns.get(name, (None,) * length), kind, table) for name, kind in schema.items()}
    data = {name: column for name, (column, _) in made.items()}
    extra = {name: pd.Series(list(values)) for name, values in columns.items() if name not in schema}
    return pd.DataFrame(data | extra, copy=False), pa.table({name: packed for name, (_, packed) in made.items()})


def assembled(columns: Mapping[str, Sequence[Any]], table: str) -> pd.DataFrame:
    """What `frame` makes of all columns of a table, where their values are known to be of the types of the contract."""
    import pandas as pd

    data = {name: pd.Series(columns[name], dtype=_DTYPES[kind], name=name) for name, kind in SCHEMAS[table].items()}
    return pd.DataFrame(data, copy=False)


def claims_frame(claims: Iterable[Claim]) -> pd.DataFrame:
    """The table of `claims`, one row each in the order given, CLAIM_COLUMNS and then what more a claim carries."""
    names = [f.name for f in fields(Claim)]
    rows = [astuple(claim) for claim in claims]
    return frame({name: [row[i] for row in rows] for i, name in enumerate(names)}, "claims")


def check_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """`claims` in the types of the contract, its rows and their order kept; columns that it does not know stand last.

    Raises TableError where a column is missing, an enumeration holds an unknown word, or one claim_id names two claims.
    """
    return checked(claims)[0]


def checked(claims: pd.DataFrame) -> tuple[pd.DataFrame, pa.Table]:
    """What `check_claims` gives, and the same rows as columns of Arrow, those of the contract alone."""
    absent = [name for name in CLAIM_COLUMNS if name not in claims.columns and name not in _OPTIONAL_COLUMNS]
    if absent:
        raise TableError(f"claims: column {', '.join(absent)} is missing; give all of {', '.join(CLAIM_COLUMNS)}")
    given = {str(name): claims[name] for name in claims.columns}
    given["confidence"] = _column("confidence", given["confidence"], FLOAT, "claims")[0].fillna(1.0)
    table, packed = _framed(given, "claims")
    for name in (*_REQUIRED, "subject_type"):
        _check_words(packed[name], name)
    if table["claim_id"].is_unique:
        return table, packed
    kept = _distinct(table)
    return _framed({name: kept[name] for name in table.columns}, "claims")


def _check_words(values: pa.ChunkedArray, name: str) -> None:
    allowed, needed = _ENUMERATIONS.get(name), name in _REQUIRED
    if not (needed and values.null_count) and (not allowed or {*values.unique().to_pylist()} <= {*allowed, None}):
        return
    for row, value in enumerate(values.to_pylist()):
        if value is None and needed:
            raise TableError(f"claims: row {row}, column {name} is empty; every claim needs one")
        if value is not None and allowed and value not in allowed:
            raise TableError(f"claims: row {row}, column {name}: {value!r} is unknown; choose one of {', '.join(allowed)}")


def _distinct(claims: pd.DataFrame) -> pd.DataFrame:
    """`claims` without repeated rows; two different rows of one id are a fault."""
    kept = claims.drop_duplicates(list(CLAIM_COLUMNS), ignore_index=True)
    twice = kept["claim_id"][kept["claim_id"].duplicated()]
    if len(twice):
        raise TableError(f"claims: claim_id {twice.iloc[0]!r} names two different claims; give each its own")
    return kept


# Files.


def _schema_of(columns: Iterable[str]) -> dict[str, str]:
    """Types of a table by its columns: the table of the contract that they are, else the column's own type anywhere."""
    names = set(columns)
    for schema, first in ((_CLAIM_TYPES | _CLAIM_EXTRA, CLAIM_COLUMNS), (_FACT_TYPES | _FACT_EXTRA, FACT_COLUMNS),
                          (_DISCREPANCY_TYPES | _DISCREPANCY_EXTRA, DISCREPANCY_COLUMNS)):  # fmt: skip
        if names.issuperset(set(first) - set(_OPTIONAL_COLUMNS)):
            return schema
    return _TYPES


def _arrow(table: pd.DataFrame) -> pa.Table:
    import pyarrow as pa

    types = {TEXT: pa.string(), DAY: pa.date32(), FLOAT: pa.float64(), INT: pa.int64()}
    schema = _schema_of(table.columns)
    arrays = [pa.array(table[name], types[schema[name]] if name in schema else None, from_pandas=True) for name in table.columns]
    return pa.Table.from_arrays(arrays, names=list(table.columns))


def _write_parquet(table: pd.DataFrame, path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(_arrow(table), path, compression="zstd")


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def plain(value: Any) -> Any:
    """A cell as JSON has it: None where it is missing, a day as an ISO date."""
    if _is_missing(value):
        return None
    return value.isoformat() if isinstance(value, date) else value


def _write_jsonl(table: pd.DataFrame, path: Path) -> None:
    names = list(table.columns)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for row in zip(*(table[name].tolist() for name in names), strict=True):
            record = {name: plain(value) for name, value in zip(names, row, strict=True)}
            out.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")


def _read_parquet(path: Path) -> dict[str, list[Any]]:
    import pyarrow.parquet as pq

    return dict(pq.read_table(path).to_pydict())


def _read_csv(path: Path) -> dict[str, list[Any]]:
    import pandas as pd

    read = pd.read_csv(path, dtype=object, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    return {str(name): read[name].tolist() for name in read.columns}


def _read_jsonl(path: Path) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    count = 0
    with path.open(encoding="utf-8-sig") as lines:
        for line in filter(str.strip, lines):
            for name, value in json.loads(line).items():
                column = columns.setdefault(name, [])
                column.extend([None] * (count - len(column)))
                column.append(value)
            count += 1
    return {name: column + [None] * (count - len(column)) for name, column in columns.items()}


WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {"parquet": _write_parquet, "csv": _write_csv, "jsonl": _write_jsonl}
_READERS: dict[str, Callable[[Path], dict[str, list[Any]]]] = {
    ".parquet": _read_parquet, ".csv": _read_csv, ".jsonl": _read_jsonl, ".ndjson": _read_jsonl,
}  # fmt: skip


def _format(name: str, known: Iterable[str], path: Path) -> None:
    if name not in known:
        raise TableError(f"{path}: a table cannot be {name!r}; choose one of {', '.join(known)}")


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write `table` to `path` in the format of its suffix, whole or not at all.

    An empty table keeps its columns in Parquet and CSV; in JSON Lines it is an empty file. Raises TableError for another suffix.
    """
    _format(path.suffix[1:], WRITERS, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    WRITERS[path.suffix[1:]](table, part)
    part.replace(path)


def write_tables(directory: Path | str, comparison: Tables, formats: Sequence[str] = ("parquet",)) -> list[Path]:
    """Write `claims`, `facts` and `discrepancies` into `directory` (made where missing), once for each of `formats`.

    `formats` are `parquet`, `csv`, `jsonl`; returns the paths written, in order. Raises TableError for an unknown format.
    """
    folder, paths = Path(directory), []
    for suffix in formats:
        _format(suffix, WRITERS, folder)
        for name in SCHEMAS:
            path = folder / f"{name}.{suffix}"
            write_table(getattr(comparison, name), path)
            paths.append(path)
    return paths


def read_table(path: Path | str) -> pd.DataFrame:
    """The table in a `.parquet`, `.csv` or `.jsonl` file, columns of the contract in its types, others as the file has them.

    Raises TableError where the file cannot be read as such a table.
    """
    import pandas as pd

    file = Path(path)
    _format(file.suffix, _READERS, file)
    try:
        columns = _READERS[file.suffix](file)
    except (OSError, ValueError, AttributeError) as error:  # pyarrow's, pandas' and json's errors are ValueErrors or OSErrors
        raise TableError(f"{file}: cannot be read as a table ({error}); give a table that recoupe wrote") from error
    if not columns and file.stem in SCHEMAS:
        return frame({}, file.stem)
    schema = _schema_of(columns)
    return pd.DataFrame(
        {name: _column(name, each, schema[name], str(file))[0] if name in schema else each for name, each in columns.items()}
    )
