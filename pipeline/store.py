"""The store: one DuckDB file that keeps articles, claims, facts and discrepancies between runs.

Articles are what it must not lose; the other tables follow from them and are made anew when their shape changes. A batch of
articles comes in with its claims in one transaction, which also notes the parties (subject and counterparty) it touched. Which
articles are copies of which follows from sketches of their texts, and touches the parties of those that become one or cease to
be one; so does what claims are resolved to beside those of other articles. The comparison then asks for a partition of all
parties into blocks, no fact of which reaches across two, reads the blocks alone in which something was touched or whose
parties stand otherwise than before, replaces their facts and clears the note, in one transaction of its own. A killed run so
leaves whole batches, and the next one compares what is still to do.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from pipeline.errors import StoreError
from pipeline.records import Article, fingerprint
from pipeline.tables import DAY, FLOAT, INT, RESOLVED, SCHEMAS, TEXT, Tables, compared

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

LAYOUT = "1"  # of `articles` and `meta`, which cannot be made anew; a change needs a migration

_SQL_TYPES = {TEXT: "VARCHAR", DAY: "DATE", FLOAT: "DOUBLE", INT: "BIGINT"}
_ARTICLE = {f.name: DAY if f.name == "published" else TEXT for f in fields(Article) if f.compare}
_STORED = {"version": TEXT, "extractor": TEXT}
_BLOCK = {"block": TEXT}
_COPY = {"copy_of": TEXT, "copied_source": TEXT}  # of an article and so of its claims
_PARTIES = {"subject": TEXT, "counterparty": TEXT}
_LATER = (*_COPY, *RESOLVED)  # of a claim, found when it is compared
_TABLES: dict[str, dict[str, str]] = {
    "articles": _ARTICLE | _STORED,
    "meta": {"name": TEXT, "value": TEXT},
    "claims": SCHEMAS["claims"],
    "sketches": {"article_id": TEXT, "sketch": TEXT},
    "copies": {"article_id": TEXT} | _COPY,
    "resolved": {"claim_id": TEXT} | RESOLVED,
    "facts": SCHEMAS["facts"] | _BLOCK,
    "discrepancies": SCHEMAS["discrepancies"] | _BLOCK,
    "members": {"claim_id": TEXT, "fact_id": TEXT} | _BLOCK,
    "touched": _PARTIES,
    "places": _PARTIES | _BLOCK | {"place": TEXT},
}
_DERIVED = tuple(name for name in _TABLES if name not in ("articles", "meta"))
_COMPARED = ("members", "facts", "discrepancies")
_SHAPE = fingerprint(*(f"{name}.{column} {kind}" for name in _DERIVED for column, kind in _TABLES[name].items()))
_SAID = ("article_id", "subject", "counterparty", "metric", "kind", "value", "unit", "time")
_STANDS = ("claim_id", "sentence_start", "start", "time_start", "time_end", "modality", "scope")
_EVIDENCE = {name: SCHEMAS["claims"][name] for name in (*_SAID, *_STANDS, "resolved_subject", "resolved_metric")}
_JOINED = "LEFT JOIN copies USING (article_id) LEFT JOIN resolved USING (claim_id)"
_CLAIMS = f"(SELECT * EXCLUDE ({', '.join(_LATER)}) FROM claims) {_JOINED}"
_COMPARED_AS = f"(SELECT * REPLACE (coalesce(resolved_subject, subject) AS subject) FROM {_CLAIMS})"  # by the parties compared
_ORDER = 'ORDER BY article_id, start, "end", claim_id'  # of claims, the same however they came in

Parties = tuple[str, str | None]  # subject and counterparty of a claim, as it names them
Place = tuple[str, str]  # the block in which claims of some parties are compared, and all that decides how


class Partition(Protocol):
    """Which parties are compared with one another."""

    def place(self, subject: str, counterparty: str | None) -> Place:
        """Where claims of these parties are compared."""


Compare = Callable[["pd.DataFrame", Any], Tables]
Copies = dict[str, tuple[str, str]]  # id and source of the original, for each article that is a copy


class Store:
    """The DuckDB file at `path`, made where missing; close it, or use it in a `with` statement.

    Raises StoreError, in one line with the remedy, where the file is locked, damaged or not a store of recoupe's.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
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
        known = dict(self._rows("SELECT id, version || ' ' || extractor FROM articles"))
        given = {article.id for article in articles}
        changed = [article for article in articles if known.get(article.id) != f"{article.version} {extractor}"]
        stale = {name for name, state in known.items() if not state.endswith(f" {extractor}")} - given
        return changed + self.articles(stale)

    def replaced(self, articles: Sequence[Article]) -> int:
        """How many of `articles` are kept in another version."""
        known = dict(self._rows("SELECT id, version FROM articles"))
        return sum(known.get(article.id, article.version) != article.version for article in articles)

    def add(self, articles: Sequence[Article], claims: pd.DataFrame, *, extractor: str) -> None:
        """Keep `articles` and their `claims` in place of what stood under their ids, the last of two with one id.

        All in one transaction: a process that dies leaves this call done or not begun.
        """
        latest = {article.id: article for article in articles}
        rows = {name: [getattr(article, name) for article in latest.values()] for name in _ARTICLE}
        rows |= {"version": [a.version for a in latest.values()], "extractor": [extractor] * len(latest)}
        with self._transaction():
            self._drop(latest)
            self._insert("articles", rows, _TABLES["articles"])
            self._insert("claims", claims, _TABLES["claims"])
            self._insert("touched", claims.drop_duplicates(list(_PARTIES)), _PARTIES)

    def forget(self, ids: Iterable[str]) -> None:
        """Drop the articles `ids` and their claims, those that there are."""
        with self._transaction():
            self._drop(ids)

    def _drop(self, ids: Iterable[str]) -> None:
        self._insert("gone", {"id": list(ids)}, {"id": TEXT}, temporary=True)
        parties = f"SELECT DISTINCT subject, counterparty FROM {_COMPARED_AS}"
        self._db.execute(f"INSERT INTO touched {parties} WHERE article_id IN (SELECT id FROM gone)")
        gone = "SELECT claim_id FROM claims WHERE article_id IN (SELECT id FROM gone)"
        self._db.execute(f"DELETE FROM resolved WHERE claim_id IN ({gone})")
        for name in ("claims", "sketches"):
            self._db.execute(f"DELETE FROM {name} WHERE article_id IN (SELECT id FROM gone)")
        self._db.execute("DELETE FROM articles WHERE id IN (SELECT id FROM gone)")
        self._db.execute("DROP TABLE gone")

    def find_copies(self, method: str, sketch: Callable[[str], str], originals: Callable[[Iterable[Any]], Copies]) -> None:
        """Note which articles are copies, and touch the parties of all for which that is new.

        `sketch` is called on texts that have none of its `method`, `originals` on all articles: rows of id, source, day of
        publication and sketch; it gives the id and the source of the original for those that are copies.
        """
        known = "SELECT article_id FROM sketches WHERE starts_with(sketch, ? || ' ')"
        texts = self._rows(f"SELECT id, text FROM articles WHERE id NOT IN ({known})", [method])
        before = {name: (original, source) for name, original, source in self._rows("SELECT * FROM copies")}
        with self._transaction():
            self._db.execute("DELETE FROM sketches WHERE NOT starts_with(sketch, ? || ' ')", [method])
            sketched = {"article_id": [name for name, _ in texts], "sketch": [sketch(text) for _, text in texts]}
            self._insert("sketches", sketched, _TABLES["sketches"])
            joined = "articles JOIN sketches ON id = article_id"
            after = originals(self._rows(f"SELECT id, source, published, sketch FROM {joined}"))
            self._put_copies(after, {name for name in before.keys() | after if before.get(name) != after.get(name)})

    def _put_copies(self, copies: Copies, changed: set[str]) -> None:
        self._insert("changed", {"article_id": sorted(changed)}, {"article_id": TEXT}, temporary=True)
        self._db.execute(
            f"INSERT INTO touched SELECT DISTINCT subject, counterparty FROM {_COMPARED_AS} SEMI JOIN changed USING (article_id)"
        )
        self._db.execute("DROP TABLE changed")
        self._db.execute("DELETE FROM copies")
        rows = {"article_id": list(copies), "copy_of": [original for original, _ in copies.values()]}
        self._insert("copies", rows | {"copied_source": [source for _, source in copies.values()]}, _TABLES["copies"])

    def resolve(self, resolved: Callable[[pd.DataFrame], pd.DataFrame], *, settings: str, min_confidence: float = 0.0) -> None:
        """Note under what claims are compared, and touch the parties of all for which that is new.

        `resolved` is called on all claims of at least `min_confidence`, and gives them with the columns RESOLVED; not where
        nothing was touched and the `settings` are those of the last comparison.
        """
        if self._settled(fingerprint(settings, min_confidence)):
            return
        claims = resolved(self._select(_CLAIMS, SCHEMAS["claims"], f"WHERE confidence >= {min_confidence!r} {_ORDER}"))
        claims = claims[claims["resolved_subject"].notna()]
        rows = {"claim_id": claims["claim_id"].tolist()} | {name: claims[name].tolist() for name in RESOLVED}
        parties = f"INSERT INTO touched SELECT DISTINCT subject, counterparty FROM {_COMPARED_AS} WHERE claim_id IN"
        with self._transaction():
            self._insert("anew", rows, _TABLES["resolved"], temporary=True)
            once, now = "SELECT * FROM resolved", "SELECT * FROM anew"
            changed = f"SELECT claim_id FROM (({once} EXCEPT {now}) UNION ALL ({now} EXCEPT {once}))"
            self._db.execute(f"CREATE TEMP TABLE changed AS SELECT DISTINCT claim_id FROM ({changed})")
            self._db.execute(f"{parties} (SELECT claim_id FROM changed)")
            self._db.execute("DELETE FROM resolved")
            self._db.execute("INSERT INTO resolved SELECT * FROM anew")
            self._db.execute(f"{parties} (SELECT claim_id FROM changed)")
            self._db.execute("DROP TABLE anew")
            self._db.execute("DROP TABLE changed")

    def _settled(self, settings: str) -> bool:
        """Whether nothing was touched since the last comparison, which had the same `settings`."""
        return self._recall("settings") == settings and not self._parties("touched")

    def compare(
        self, partition: Callable[[pd.DataFrame], Partition], compare: Compare, *, settings: str, min_confidence: float = 0.0
    ) -> int:
        """Bring facts and discrepancies up to date; returns the number of claims that were compared for it.

        `partition` is called on the evidence of all claims (article and place, parties, metric, value, time), `compare`
        on the claims of the blocks that are not as they were, and the partition; on all where `settings`, which stand for
        what else its answer depends on, are other than last time. Claims below `min_confidence` stay without a fact.
        """
        settings = fingerprint(settings, min_confidence)
        if self._settled(settings):
            return 0
        confident = f"confidence >= {min_confidence!r}"
        parted = partition(self._select(_CLAIMS, _EVIDENCE, f"WHERE {confident}"))
        after = {parties: parted.place(*parties) for parties in self._parties(_COMPARED_AS, f"WHERE {confident}")}
        blocks = self._blocks_to_compare(self._parties("touched"), after, afresh=self._recall("settings") != settings)
        claims = self._claims_of([parties for parties, (block, _) in after.items() if block in blocks], confident)
        tables = compare(claims, parted)
        with self._transaction():
            self._put(tables, after, blocks)
            self._remember("settings", settings)
        return len(claims)

    def _blocks_to_compare(self, touched: set[Parties], after: dict[Parties, Place], *, afresh: bool) -> set[str]:
        """Blocks in which something was touched, or to or from which some parties have moved."""
        rows = self._rows("SELECT subject, counterparty, block, place FROM places")
        before = {(subject, counterparty): (block, place) for subject, counterparty, block, place in rows}
        every = before.keys() | after.keys()
        moved = every if afresh else {parties for parties in every if before.get(parties) != after.get(parties)}
        places = [where.get(parties) for parties in touched | moved for where in (before, after)]
        return {place[0] for place in places if place is not None}

    def _claims_of(self, parties: list[Parties], condition: str) -> pd.DataFrame:
        subjects, counterparties = [subject for subject, _ in parties], [other for _, other in parties]
        with self._transaction():
            self._insert("wanted", {"subject": subjects, "counterparty": counterparties}, _PARTIES, temporary=True)
            same = "coalesce(c.resolved_subject, c.subject) = w.subject AND c.counterparty IS NOT DISTINCT FROM w.counterparty"
            wanted = f"WHERE {condition} AND EXISTS (SELECT 1 FROM wanted w WHERE {same})"
            claims = self._select(f"(SELECT * FROM {_CLAIMS}) c", SCHEMAS["claims"], f"{wanted} {_ORDER}")
            self._db.execute("DROP TABLE wanted")
        return claims

    def _put(self, tables: Tables, places: dict[Parties, Place], blocks: set[str]) -> None:
        """Replace what is known of `blocks` by what was compared, and note where all parties stand now."""
        claims = tables.claims
        parties = zip(compared(claims, "subject"), claims["counterparty"], strict=True)
        block_of = {fact: places[each][0] for fact, each in zip(claims["fact_id"], parties, strict=True)}
        self._insert("compared", {"block": sorted(blocks)}, _BLOCK, temporary=True)
        for name, table in zip(_COMPARED, (claims, tables.facts, tables.discrepancies), strict=True):
            self._db.execute(f"DELETE FROM {name} WHERE block IN (SELECT block FROM compared)")
            self._insert(name, table.assign(block=[block_of[fact] for fact in table["fact_id"]]), _TABLES[name])
        self._db.execute("DROP TABLE compared")
        self._db.execute("DELETE FROM touched")
        self._db.execute("DELETE FROM places")
        rows = [(*parties, *place) for parties, place in places.items()]
        columns = _TABLES["places"]
        self._insert("places", {name: [row[i] for row in rows] for i, name in enumerate(columns)}, columns)

    # What comes out.

    def articles(self, ids: Iterable[str] | None = None) -> list[Article]:
        """The articles kept, or those of `ids` that are, ordered by id."""
        columns = ", ".join(_ARTICLE)
        wanted, given = ("", []) if ids is None else ("WHERE id IN (SELECT unnest(?))", [list(ids)])
        rows = self._rows(f"SELECT {columns} FROM articles {wanted} ORDER BY id", given)
        return [Article(**dict(zip(_ARTICLE, row, strict=True))) for row in rows]

    def table(self, name: str) -> pd.DataFrame:
        """The table `claims`, `facts` or `discrepancies`, in columns and types of the contract.

        Claims come by article, place in it and id; the other tables in no order that could be relied on.
        """
        if name == "claims":
            whole = f"(SELECT * EXCLUDE (fact_id) FROM {_CLAIMS}) LEFT JOIN members USING (claim_id)"
            return self._select(whole, SCHEMAS[name], _ORDER)
        return self._select(name, SCHEMAS[name])

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
        present = {row[0] for row in self._rows("SELECT table_name FROM duckdb_tables()")}
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
        rows = self._rows("SELECT value FROM meta WHERE name = ?", [name])
        return rows[0][0] if rows else None

    def _remember(self, name: str, value: str) -> None:
        self._db.execute("DELETE FROM meta WHERE name = ?", [name])
        self._db.execute("INSERT INTO meta VALUES (?, ?)", [name, value])

    def _rows(self, query: str, parameters: Sequence[Any] = ()) -> list[Any]:
        with self._errors():
            return self._db.execute(query, list(parameters)).fetchall()

    def _parties(self, name: str, condition: str = "") -> set[Parties]:
        return set(self._rows(f"SELECT DISTINCT subject, counterparty FROM {name} {condition}"))

    def _select(self, name: str, schema: dict[str, str], condition: str = "", *, distinct: bool = False) -> pd.DataFrame:
        import pandas as pd

        columns = ", ".join(f'"{column}"' for column in schema)
        with self._errors():
            table = self._db.sql(f"SELECT {'DISTINCT ' * distinct}{columns} FROM {name} {condition}").to_arrow_table()
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
    """What DuckDB says, without the name that it gives the error."""
    line = (str(error).splitlines() or [type(error).__name__])[0]
    return line.split("Error: ", 1)[-1].rstrip("!.")


def _series(column: pa.ChunkedArray, kind: str) -> pd.Series[Any]:
    import pandas as pd

    if kind in (TEXT, DAY):
        return pd.Series(column.to_pylist(), dtype="object")
    return pd.Series(column.to_numpy(), dtype="float64" if kind == FLOAT else "int64")
