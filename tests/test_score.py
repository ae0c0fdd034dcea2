"""Scores of a run against annotated articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.comparison import compare
from pipeline.errors import ReadingError
from pipeline.score import Measure, annotated, claims_of, dossiers, score

TEXT = "Brume a licencié 120 salariés. Brume vaut 14 milliards d'euros."
CLAIM = {
    "counterparty": None, "approximation": "exact", "time": None, "attribution": None, "modality": "asserted", "subject": "Brume",
}  # fmt: skip


def folder(path: Path, values: tuple[float, float]) -> Path:
    """Two articles that give one count and a figure each."""
    articles, claims = [], []
    for name, value in zip(("a", "b"), values, strict=True):
        articles.append({"id": name, "source": f"le-{name}.fr", "text": TEXT})
        figures = {"value": 120, "lower": 120, "upper": 120, "unit": "salarié", "kind": "count", "metric": "layoffs"}
        place = {"id": f"{name}1", "article": name, "start": 17, "end": 29, "quote": "120 salariés", "fact": "f"}
        claims.append(CLAIM | figures | place)
        figures = {"value": value, "lower": value, "upper": value, "unit": "EUR", "kind": "money", "metric": "valuation"}
        place = {"id": f"{name}2", "article": name, "start": 42, "end": 62, "quote": "14 milliards d'euros", "fact": "v"}
        claims.append(CLAIM | figures | place)
    pair = {"a": "a2", "b": "b2", "relation": "conflict", "scope": "cross"}
    write(path / "articles.jsonl", articles)
    write(path / "claims.jsonl", claims)
    write(path / "discrepancies.jsonl", [pair] if values[0] != values[1] else [])
    write(path / "traps.jsonl", [{"a": "a1", "b": "b1", "why": "equal"}])
    return path


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_a_perfect_run(tmp_path: Path) -> None:
    gold = annotated(folder(tmp_path, (14e9, 18e9)))
    found = score(compare(claims_of([gold])), [gold])
    assert all(found[name].f1 == 1.0 for name in ("quantity", "claim", "date", "facts", "discrepancies", "loud", "relation"))
    assert found["traps"] == Measure(0, 1, 1)
    assert found["facts"] == Measure(2, 2, 2)


def test_a_run_that_finds_nothing(tmp_path: Path) -> None:
    gold = annotated(folder(tmp_path, (14e9, 18e9)))
    empty = compare(claims_of([gold]).head(0))
    found = score(empty, [gold])
    assert found["quantity"] == Measure(0, 0, 4)
    assert found["discrepancies"] == Measure(0, 0, 1)
    assert found["quantity"].precision == 1.0
    assert found["quantity"].recall == 0.0


def test_an_alarm_that_is_none_counts_against_precision(tmp_path: Path) -> None:
    gold = annotated(folder(tmp_path, (14e9, 14e9)))
    run = claims_of([gold])
    run.loc[run["claim_id"].str.endswith("/b2"), ["value", "lower", "upper"]] = 19e9
    found = score(compare(run), [gold])
    assert found["discrepancies"] == Measure(0, 1, 0)
    assert found["loud"] == Measure(0, 1, 0)
    assert found["quantity"] == Measure(3, 4, 4)


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"articles.jsonl: missing or empty"):
        annotated(tmp_path)
    (tmp_path / "articles.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(ReadingError, match="every line holds one JSON record"):
        annotated(tmp_path)


def test_measures_add_up() -> None:
    both = Measure(1, 2, 4) + Measure(2, 2, 2)
    assert both == Measure(3, 4, 6)
    assert str(both) == "P 0.750 R 0.500 F1 0.600 (3 of 4 found, 6 annotated)"


def test_the_parts_of_a_corpus(tmp_path: Path) -> None:
    (tmp_path / "splits.toml").write_text('train = ["b"]\ndevelopment = ["c", "a"]\n', "utf-8")
    assert [path.name for path in dossiers(tmp_path, "development")] == ["a", "c"]
    assert dossiers(tmp_path, "train", "development")[1] == tmp_path / "annotated" / "b"
    with pytest.raises(ReadingError, match=r"splits.toml.*'test'.*train, development, test"):
        dossiers(tmp_path, "test")
    with pytest.raises(ReadingError, match=r"splits.toml"):
        dossiers(tmp_path / "nowhere", "train")
