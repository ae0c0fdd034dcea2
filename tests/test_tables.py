"""The tables: contract columns, stable types, round trips, and what a user's own table may look like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import TableError
from pipeline.records import Claim
from pipeline.tables import (
    CLAIM_COLUMNS,
    DISCREPANCY_COLUMNS,
    FACT_COLUMNS,
    SCHEMAS,
    check_claims,
    claims_frame,
    frame,
    read_table,
    write_table,
    write_tables,
)

CLAIM = Claim(
    claim_id="0001", article_id="007", source="le-quai.fr", url=None, title="NA", published=date(2025, 3, 4), language="fr",
    sentence='Brume, dit "la",\nvaut 2,5\u202fM€.', sentence_start=0, sentence_end=29, quote="2,5\u202fM€", start=22, end=28,
    subject="Brume", subject_type="ORG", counterparty=None, metric="valuation", kind="money", value=2.5e6, lower=2.5e6,
    upper=None, quantum=1e5, unit="EUR", per=None, approximation="exact", time="2025", time_start=date(2025, 1, 1),
    time_end=date(2025, 12, 31), attribution=None, modality="asserted", confidence=0.1 + 0.2,
)  # fmt: skip
DATED = replace(CLAIM, claim_id="0002", kind="date", value=None, lower=None, quantum=None, unit=None, published=None)


@dataclass(frozen=True)
class Three:
    claims: pd.DataFrame
    facts: pd.DataFrame
    discrepancies: pd.DataFrame


def three(*claims: Claim) -> Three:
    return Three(claims_frame(claims), frame({}, "facts"), frame({}, "discrepancies"))


def test_columns_follow_the_contract() -> None:
    table = claims_frame([CLAIM, DATED])
    assert tuple(table.columns[: len(CLAIM_COLUMNS)]) == CLAIM_COLUMNS
    assert CLAIM_COLUMNS[0] == "claim_id"
    assert CLAIM_COLUMNS[-1] == "fact_id"
    assert len(CLAIM_COLUMNS) == 32
    assert FACT_COLUMNS[-1] == "relation"
    assert len(FACT_COLUMNS) == 13
    assert DISCREPANCY_COLUMNS[8:15] == (
        "explanation", "source_a", "quote_a", "value_a", "unit_a", "time_a", "sentence_a",
    )  # fmt: skip


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_empty_table_keeps_columns_and_types(name: str, tmp_path: Path) -> None:
    empty = frame({}, name)
    full = claims_frame([CLAIM, DATED]) if name == "claims" else empty
    assert len(empty) == 0
    assert list(empty.columns) == list(SCHEMAS[name])
    assert (empty.dtypes == full.dtypes).all()
    for suffix in ("parquet", "csv", "jsonl"):
        write_table(empty, tmp_path / f"{name}.{suffix}")
        pd.testing.assert_frame_equal(read_table(tmp_path / f"{name}.{suffix}"), empty)


@pytest.mark.parametrize("suffix", ["parquet", "csv", "jsonl"])
def test_round_trip_keeps_values_and_types(suffix: str, tmp_path: Path) -> None:
    written = three(CLAIM, DATED)
    paths = write_tables(tmp_path / "new", written, [suffix])
    assert [p.name for p in paths] == [f"{n}.{suffix}" for n in ("claims", "facts", "discrepancies")]
    read = read_table(paths[0])
    pd.testing.assert_frame_equal(read, written.claims)
    assert read["published"].tolist() == [date(2025, 3, 4), None]
    assert read["title"].tolist() == ["NA", "NA"]
    assert not list((tmp_path / "new").glob("*.part"))


def test_what_pandas_reads_from_our_files_is_accepted(tmp_path: Path) -> None:
    table = claims_frame([CLAIM, DATED])
    for suffix, read in (("csv", pd.read_csv), ("jsonl", lambda p: pd.read_json(p, lines=True)), ("parquet", pd.read_parquet)):
        write_table(table[list(CLAIM_COLUMNS)], tmp_path / f"t.{suffix}")
        checked = check_claims(read(tmp_path / f"t.{suffix}"))
        assert (checked.dtypes == table.dtypes).all()
        assert checked["time"].tolist() == ["2025", "2025"]
        assert checked["time_start"].tolist() == [date(2025, 1, 1)] * 2
        assert checked["counterparty"].tolist() == [None, None]
        assert checked["value"].isna().tolist() == [False, True]


def test_check_keeps_rows_and_further_columns() -> None:
    table = claims_frame([DATED, CLAIM]).assign(desk=["a", "b"]).drop(columns=["fact_id", "scope"])
    checked = check_claims(table)
    assert checked["claim_id"].tolist() == ["0002", "0001"]
    assert checked["desk"].tolist() == ["a", "b"]
    assert len(check_claims(pd.concat([table, table]))) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "weight"}, r"row 0, column kind: 'weight' is unknown; choose one of money"),
        ({"modality": None}, r"row 0, column modality is empty"),
        ({"approximation": "circa"}, r"choose one of exact"),
        ({"value": "lots"}, r"row 0, column value: 'lots' is no float"),
        ({"published": "yesterday"}, r"column published: 'yesterday' is no day"),
        ({"subject_type": "DOG"}, r"choose one of ORG"),
    ],
)
def test_a_wrong_value_is_named(change: dict[str, object], said: str) -> None:
    table = claims_frame([CLAIM]).assign(**{k: pd.Series([v], dtype=object) for k, v in change.items()})
    with pytest.raises(TableError, match=said):
        check_claims(table)


def test_a_wrong_value_is_named_with_its_row() -> None:
    nobody, dog = replace(CLAIM, claim_id="0002", subject_type=None), pd.Series([None, "DOG"], dtype=object)
    table = claims_frame([nobody, CLAIM])
    assert len(check_claims(table)) == 2
    with pytest.raises(TableError, match=r"row 1, column subject_type: 'DOG' is unknown; choose one of ORG"):
        check_claims(table.assign(subject_type=dog))


def test_a_missing_column_is_named_with_the_remedy() -> None:
    with pytest.raises(TableError, match="column quantum, per is missing; give all of claim_id, "):
        check_claims(claims_frame([CLAIM]).drop(columns=["quantum", "per"]))


def test_one_id_for_two_claims_is_refused() -> None:
    with pytest.raises(TableError, match="claim_id '0001' names two different claims"):
        check_claims(claims_frame([CLAIM, replace(CLAIM, value=3e6)]))


def test_unpaired_surrogates_do_not_stop_a_table(tmp_path: Path) -> None:
    write_table(claims_frame([replace(CLAIM, title="a\ud800b")]), tmp_path / "t.parquet")
    assert read_table(tmp_path / "t.parquet")["title"].tolist() == ["a?b"]


@pytest.mark.parametrize("name", ["t.xlsx", "t.parquet", "t.jsonl"])
def test_an_unreadable_file_is_a_table_error(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("no table")
    with pytest.raises(TableError, match=name):
        read_table(tmp_path / name)
