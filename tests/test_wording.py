"""Values and dates in words; in the tables `_` is a no-break space, `~` a narrow one, `-` nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import LexiconError
from pipeline.lexicon import table
from pipeline.wording import Value, close, metric, number, when

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[tuple[str, ...]]:
    lines = (CASES / f"{name}.tsv").read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def spaced(words: str) -> str | None:
    return None if words == "-" else words.replace("_", "\u00a0").replace("~", "\u202f")


def figure(text: str) -> float | None:
    return None if text == "-" else float(text)


@pytest.mark.parametrize("case", cases("wording"), ids=lambda case: case[7])
def test_value(case: tuple[str, ...]) -> None:
    kind, value, lower, upper, unit, per, approximation, fr, en = case
    said = Value(
        kind=kind, value=figure(value), lower=figure(lower), upper=figure(upper), unit=None if unit == "-" else unit,
        per=None if per == "-" else per, approximation=approximation,
    )  # fmt: skip
    assert (said.words("fr"), said.words("en")) == (spaced(fr), spaced(en))


@pytest.mark.parametrize("case", cases("wording_dates"), ids=lambda case: case[0])
def test_date(case: tuple[str, ...]) -> None:
    edtf, fr, en = case
    given = None if edtf == "-" else edtf
    assert (when(given, ui="fr"), when(given, ui="en")) == (spaced(fr) if fr == "-" else fr, spaced(en) if en == "-" else en)


def test_a_date_without_edtf_is_its_days() -> None:
    assert when(None, date(2025, 3, 1), date(2025, 3, 2)) == "du 1er au 2 mars 2025"


def test_a_row_of_a_table_with_missing_values() -> None:
    row = {"kind": "count", "value": float("nan"), "lower": 3.0, "upper": float("nan"), "unit": None, "approximation": "at_least"}
    assert Value.of(row).words() == "au moins 3"


def test_every_metric_of_the_catalogue_has_a_name() -> None:
    named = [name for name, entry in table("metrics").items() if isinstance(entry, dict) and "kinds" in entry]
    assert named
    assert [name for name in named if not metric(name, "fr") or not metric(name, "en")] == []
    assert metric("lemma:dénivelé") == "dénivelé"
    assert metric("no_such_metric") == "no such metric"


def test_an_interface_language_that_nobody_wrote() -> None:
    with pytest.raises(LexiconError, match="choose one of fr, en"):
        number(1.0, "de")


def test_close_figures() -> None:
    assert close(0.1 + 0.2, 0.3)
    assert close(None, None)
    assert not close(None, 0.3)
    assert not close(14e9, 14.3e9)


def test_both_languages_of_the_interface_say_the_same_things() -> None:
    for name in ("report", "wording"):
        fr, en = table(name)["fr"], table(name)["en"]
        assert fr.keys() == en.keys()
        for key, value in fr.items():
            if isinstance(value, dict) and name == "report":
                assert value.keys() == en[key].keys()
