"""The corpus is what the reader reads, and its annotations are whole: offsets, and every pair of differing values of one fact."""

from __future__ import annotations

import calendar
import json
import tomllib
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from pipeline.reading import read
from pipeline.records import APPROXIMATIONS, KINDS, MODALITIES
from pipeline.score import PARTS, dossiers

CORPORA = Path(__file__).parents[1] / "corpora"
STORIES = sorted(p.name for p in (CORPORA / "annotated").iterdir() if p.is_dir())
SCALES = {
    "cm": ("m", 0.01), "mm": ("m", 0.001), "km": ("m", 1000.0), "[acr_us]": ("har", 0.40468726), "wk": ("d", 7.0),
    "mo": ("a", 1 / 12), "GW": ("kW", 1e6), "MW": ("kW", 1000.0),
}  # fmt: skip
SUBDIVISIONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
Row = dict[str, Any]


def rows(story: str, name: str) -> list[Row]:
    path = CORPORA / "annotated" / story / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def days(edtf: str) -> tuple[date, date]:
    """First and last day of the EDTF forms that the corpus has; "~" and "?" leave the days alone."""
    first, _, last = edtf.partition("/")
    if last:
        return days(first)[0], days(last)[1]
    year, *rest = (int(part) for part in first.rstrip("~?").split("-"))
    start, end = (1, 12) if not rest else SUBDIVISIONS.get(rest[0], (rest[0], rest[0]))
    if len(rest) == 2:
        return date(year, *rest), date(year, *rest)
    return date(year, start, 1), date(year, end, calendar.monthrange(year, end)[1])


def measured(claim: Row) -> tuple[str | None, tuple[float | None, ...]]:
    """The unit and the point, or else the range, of a claim; converted where a story has two units of one dimension."""
    fields = ("value",) if claim["value"] is not None else ("lower", "upper")
    numbers = [None if claim[f] is None else float(claim[f]) for f in fields]
    if claim["unit"] == "[degF]":
        return "Cel", tuple(None if n is None else round((n - 32) / 1.8, 6) for n in numbers)
    unit, scale = SCALES.get(claim["unit"], (claim["unit"], 1.0))
    return (None if claim["kind"] == "count" else unit), tuple(None if n is None else round(n * scale, 6) for n in numbers)


def differ(a: Row, b: Row) -> bool:
    """Whether two claims of one fact disagree by `annotation.md`: other days, other numbers, or one number in two units."""
    if a["kind"] == "date":
        (start_a, end_a), (start_b, end_b) = days(a["time"]), days(b["time"])
        return end_a < start_b or end_b < start_a
    (unit_a, number_a), (unit_b, number_b) = measured(a), measured(b)
    if "denied" in (a["modality"], b["modality"]):  # a denied figure only meets its own assertion
        return number_a == number_b and a["modality"] != b["modality"]
    if unit_a and unit_b and unit_a != unit_b:
        return number_a == number_b
    return number_a != number_b


def firsts(claims: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Pairs of claims of one fact, the first claim standing for all of an article with its value."""
    first: dict[str, dict[object, Row]] = {}
    for claim in claims:
        unit, number = (None, claim["time"]) if claim["kind"] == "date" else measured(claim)
        known = first.setdefault(claim["fact"], {})
        if claim["kind"] == "money" and unit is None:  # no currency named: any of that number
            unit = next((k[2] for k in known if isinstance(k, tuple) and k[:2] == (claim["article"], number)), None)
        known.setdefault((claim["article"], number, unit, claim["modality"] == "denied"), claim)
    for group in first.values():
        yield from combinations(group.values(), 2)


def test_every_dossier_stands_in_exactly_one_part() -> None:
    split = tomllib.loads((CORPORA / "splits.toml").read_text("utf-8"))
    assert tuple(split) == PARTS
    assert sorted(name for names in split.values() for name in names) == STORIES
    assert [path.name for path in dossiers(CORPORA, *PARTS)] == STORIES


@pytest.mark.parametrize("story", STORIES)
def test_annotated_text_is_what_the_reader_yields(story: str) -> None:
    found = (a for a in read([CORPORA / "articles"]) if a.id.startswith(story))
    read_now = {a.id: (a.source, a.url, a.title, a.published, a.text) for a in found}
    annotated = {
        a["id"]: (a["source"], a["url"], a["title"], a["published"] and date.fromisoformat(a["published"]), a["text"])
        for a in rows(story, "articles")
    }
    assert annotated == read_now


@pytest.mark.parametrize("story", STORIES)
def test_claims_quote_their_article(story: str) -> None:
    texts = {a["id"]: a["text"] for a in rows(story, "articles")}
    for c in rows(story, "claims"):
        assert texts[c["article"]][c["start"] : c["end"]] == c["quote"], c["id"]
        assert c["kind"] in KINDS, c["id"]
        assert c["approximation"] in APPROXIMATIONS, c["id"]
        assert c["modality"] in MODALITIES, c["id"]


@pytest.mark.parametrize("story", STORIES)
def test_every_disagreement_is_listed(story: str) -> None:
    listed = {frozenset((d["a"], d["b"])) for d in rows(story, "discrepancies")}
    wanted = {frozenset((a["id"], b["id"])) for a, b in firsts(rows(story, "claims")) if differ(a, b)}
    assert sorted(map(sorted, wanted - listed)) == []


@pytest.mark.parametrize("story", STORIES)
def test_traps_are_known_claims_and_no_discrepancies(story: str) -> None:
    known = {c["id"] for c in rows(story, "claims")}
    listed = {frozenset((d["a"], d["b"])) for d in rows(story, "discrepancies")}
    traps = [frozenset((t["a"], t["b"])) for t in rows(story, "traps")]
    assert len(traps) >= 20
    assert len(set(traps)) == len(traps)
    assert set().union(*traps) <= known
    assert not listed & set(traps)
