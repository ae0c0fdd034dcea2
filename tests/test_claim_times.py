"""When claims hold and when events took place: from whole sentences, through the model."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from case_tables import cell

from pipeline.claims import claims
from pipeline.records import Article, Claim

pytestmark = pytest.mark.slow

LINES = (Path(__file__).parent / "cases" / "claim_times.tsv").read_text("utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def found() -> dict[str, list[Claim]]:
    """The claims of every row, all read in one run."""
    articles = [Article(id=r[0], source="essai", published=date.fromisoformat(r[1]), text=cell(r[2])) for r in ROWS]
    return {a.id: c for a, c in zip(articles, claims(articles), strict=True)}


def _parts(column: str) -> list[tuple[str, str | None]]:
    """Pairs of a column: what, and when (None for "-")."""
    out, text = [], cell(column)
    while "@" in text:
        what, _, rest = text.partition("@")
        when, _, text = rest.partition(" ")
        out.append((what, None if when == "-" else when))
    return out


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_times(row: list[str], found: dict[str, list[Claim]]) -> None:
    given = [(c.quote, c.time) for c in found[row[0]] if c.kind != "date"]
    assert given == _parts(row[3])


@pytest.mark.parametrize("row", [r for r in ROWS if r[4] != "*"], ids=lambda row: row[0])
def test_events(row: list[str], found: dict[str, list[Claim]]) -> None:
    assert [(c.metric, c.time) for c in found[row[0]] if c.kind == "date"] == _parts(row[4])
