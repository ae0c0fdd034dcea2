"""The store: one DuckDB file that keeps articles, claims, facts and discrepancies between runs.

Articles are what it must not lose; the other tables follow from them and are made anew when their shape changes. Every
claim stands in a block (whatever `blocks` of the comparison says: no fact reaches across two). A batch of articles comes
in with its claims in one transaction, which also notes the blocks it touched; the comparison then reads those blocks
alone, replaces their facts and clears the note in one transaction of its own. A killed run so leaves whole batches, and
the next one compares what was still to compare.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pipeline.errors import StoreError
from pipeline.records import Article, fingerprint
from pipeline.tables import DAY, FLOAT, INT, SCHEMAS, TEXT, Tables

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

LAYOUT = "1"  # of `articles` and `meta`, which cannot be made anew; a change needs a migration

_SQL_TYPES = {TEXT: "VARCHAR", DAY: "DATE", FLOAT: "DOUBLE", INT: "BIGINT"}
_ARTICLE = {f.name: DAY if f.name == "published" else TEXT for f in fields(Article)}
_STORED = {"version": TEXT, "extractor": TEXT}
_BLOCK = {"block": TEXT}
_TABLES: dict[str, dict[str, str]] = {
    "articles": _ARTICLE | _STORED,
    "meta": {"name": TEXT, "value": TEXT},
    **{name: schema | _BLOCK for name, schema in SCHEMAS.items()},
    "touched": _BLOCK,
}
_DERIVED = (*SCHEMAS, "touched")
_SHAPE = fingerprint(*(f"{name}.{column} {kind}" for name in _DERIVED for column, kind in _TABLES[name].items()))
_ORDER = {  # the order in which tables come out, the same however the rows came in
    "claims": 'article_id, start, "end", claim_id',
}

Blocks = Callable[["pd.DataFrame"], "pd.Series[Any]"]
Compare = Callable[["pd.DataFrame"], Tables]


class Store:
    """The DuckDB file at `path`, made where missing; close it, or use it in a `with` statement.

    Raises StoreError, in one line with the remedy, where the file is locked, damaged or not a store of recoupe's.
    """

    def __init__(self, path: Path | str, *, blocks: Blocks) -> None:
        self.path = Path(path)
        self._blocks = blocks
        self._db = self._open()
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    # What is kept.

    def pending(self, articles: Sequence[Article], extractor: str) -> list[Article]:
        """Those to extract: of `articles` the new and the changed, then all in store that another `extractor` read."""
        with self._errors():
            known = dict(self._db.execute("SELECT id, version || ' ' || extractor FROM articles").fetchall())
        given = {article.id for article in articles}
        changed = [article for article in articles if known.get(article.id) != f"{article.version} {extractor}"]
        stale = {name for name, state in known.items() if not state.endswith(f" {extractor}")} - given
        return changed + self.articles(stale)

    def add(self, articles: Sequence[Article], claims: pd.DataFrame, *, extractor: str, forget: Collection[str] = ()) -> None:
        """Keep `articles` and their `claims` in place of what stood under their ids; drop the ids in `forget`.

        All in one transaction: a process that dies leaves this call done or not begun. The last of two articles with one
        id is kept.
        """
        latest = {article.id: article for article in articles}
        ids = [*latest, *forget]
        rows = {name: [getattr(article, name) for article in latest.values()] for name in _ARTICLE}
        rows |= {"version": [a.version for a in latest.values()], "extractor": [extractor] * len(latest)}
        blocked = claims.assign(block=self._blocks(claims))
        with self._transaction():
            self._insert("gone", {"id": ids}, {"id": TEXT}, temporary=True)
            self._db.execute("INSERT INTO touched SELECT DISTINCT block FROM claims WHERE article_id IN (SELECT id FROM gone)")
            self._db.execute("DELETE FROM claims WHERE article_id IN (SELECT id FROM gone)")
            self._db.execute("DELETE FROM articles WHERE id IN (SELECT id FROM gone)")
            self._db.execute("DROP TABLE gone")
            self._insert("articles", rows, _TABLES["articles"])
            self._insert("claims", blocked, _TABLES["claims"])
            self._insert("touched", {"block": sorted(set(blocked["block"]))}, _BLOCK)

    def compare(self, compare: Compare, *, settings: str) -> int:
        """Bring facts and discrepancies up to date; returns the number of claims that were compared for it.

        `compare` is called on the claims of the blocks touched since the last time, on all of them where `settings`, which
        stand for whatever else its answer depends on, are not those of the last time.
        """
        claims = self._claims_to_compare(settings)
        compared = compare(claims.drop(columns="block"))
        block_of = dict(zip(claims["claim_id"], claims["block"], strict=True))
        found = compared.claims.assign(block=[block_of[name] for name in compared.claims["claim_id"]])
        by_fact = dict(zip(found["fact_id"], found["block"], strict=True))
        with self._transaction():
            for name in SCHEMAS:
                self._db.execute(f"DELETE FROM {name} WHERE block IN (SELECT block FROM touched)")
            self._insert("claims", found, _TABLES["claims"])
            for name in ("facts", "discrepancies"):
                table: pd.DataFrame = getattr(compared, name)
                self._insert(name, table.assign(block=[by_fact[fact] for fact in table["fact_id"]]), _TABLES[name])
            self._db.execute("DELETE FROM touched")
            self._remember("settings", settings)
        return len(claims)

    # What comes out.

    def articles(self, ids: Iterable[str] | None = None) -> list[Article]:
        """The articles kept, or those of `ids` that are, ordered by id."""
        columns = ", ".join(_ARTICLE)
        with self._errors():
            if ids is None:
                rows = self._db.execute(f"SELECT {columns} FROM articles ORDER BY id").fetchall()
            else:
                query = f"SELECT {columns} FROM articles WHERE id IN (SELECT unnest(?)) ORDER BY id"
                rows = self._db.execute(query, [list(ids)]).fetchall()
        return [Article(**dict(zip(_ARTICLE, row, strict=True))) for row in rows]

    def table(self, name: str) -> pd.DataFrame:
        """The table `claims`, `facts` or `discrepancies`, in columns and types of the contract.

        Claims are in the order of article, place in it and id; the other tables in no order that could be relied on.
        """
        return self._select(name, SCHEMAS[name], f"ORDER BY {_ORDER[name]}" if name in _ORDER else "")

    # The file.

    def _open(self) -> duckdb.DuckDBPyConnection:
        import duckdb

        if self.path.is_file() and not self.path.stat().st_size:
            self.path.unlink()  # an empty file, as mktemp leaves it: DuckDB wants to make its own
        try:
            return duckdb.connect(str(self.path))
        except duckdb.Error as error:
            reason = _first_line(error)
            if "lock" in reason.casefold():
                raise StoreError(f"{self.path}: another process is using this store; wait until it is done") from error
            raise StoreError(f"{self.path}: cannot be opened as a store ({reason}); give another path to --store") from error

    def _prepare(self) -> None:
        with self._errors():
            present = {row[0] for row in self._db.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        if present and not present >= {"meta", "articles"}:
            raise StoreError(f"{self.path}: a database, but no store of recoupe's; give another path to --store")
        if present and self._recall("layout") != LAYOUT:
            raise StoreError(f"{self.path}: written by another version of recoupe; upgrade recoupe or begin a new store")
        if not present or self._recall("shape") != _SHAPE:
            self._make(_TABLES if not present else _DERIVED)

    def _make(self, names: Iterable[str]) -> None:
        """Make the tables `names` anew; what is derived will be extracted again from the articles."""
        with self._transaction():
            for name in names:
                columns = ", ".join(f'"{column}" {_SQL_TYPES[kind]}' for column, kind in _TABLES[name].items())
                self._db.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
            self._db.execute("UPDATE articles SET extractor = ''")
            self._remember("layout", LAYOUT)
            self._remember("shape", _SHAPE)

    def _recall(self, name: str) -> str | None:
        with self._errors():
            rows = self._db.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchall()
        return rows[0][0] if rows else None

    def _remember(self, name: str, value: str) -> None:
        self._db.execute("DELETE FROM meta WHERE name = ?", [name])
        self._db.execute("INSERT INTO meta VALUES (?, ?)", [name, value])

    def _claims_to_compare(self, settings: str) -> pd.DataFrame:
        if self._recall("settings") != settings:
            with self._transaction():
                self._db.execute("INSERT INTO touched SELECT DISTINCT block FROM claims")
        condition = f"WHERE block IN (SELECT block FROM touched) ORDER BY {_ORDER['claims']}"
        return self._select("claims", _TABLES["claims"], condition)

    def _select(self, name: str, schema: dict[str, str], condition: str) -> pd.DataFrame:
        import pandas as pd

        columns = ", ".join(f'"{column}"' for column in schema)
        with self._errors():
            table = self._db.sql(f"SELECT {columns} FROM {name} {condition}").to_arrow_table()
        return pd.DataFrame({column: _series(table.column(column), kind) for column, kind in schema.items()})

    def _insert(self, name: str, rows: Any, schema: dict[str, str], *, temporary: bool = False) -> None:
        """Insert columns of `rows` through Arrow, into a new temporary table where asked."""
        import pyarrow as pa

        types = {TEXT: pa.string(), DAY: pa.date32(), FLOAT: pa.float64(), INT: pa.int64()}
        table = pa.table({column: pa.array(rows[column], types[kind], from_pandas=True) for column, kind in schema.items()})
        self._db.register("incoming", table)
        verb = f"CREATE TEMP TABLE {name} AS" if temporary else f"INSERT INTO {name} BY NAME"
        self._db.execute(f"{verb} SELECT * FROM incoming")
        self._db.unregister("incoming")

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._errors():
            self._db.begin()
            try:
                yield
            except BaseException:
                self._db.rollback()
                raise
            self._db.commit()

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        import duckdb

        try:
            yield
        except duckdb.InterruptException as error:
            raise KeyboardInterrupt from error
        except duckdb.Error as error:
            reason = _first_line(error)
            raise StoreError(f"{self.path}: {reason}; check the disk, or begin a new store if the file is damaged") from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip("!.")


def _series(column: pa.ChunkedArray, kind: str) -> pd.Series[Any]:
    import pandas as pd

    if kind in (TEXT, DAY):
        return pd.Series(column.to_pylist(), dtype="object")
    return pd.Series(column.to_numpy(), dtype="float64" if kind == FLOAT else "int64")
