"""Days of publication and titles that the text itself gives."""

from datetime import date

import pytest
from case_tables import cases

from pipeline.reading.datelines import dateline, heading
from pipeline.reading.days import day


@pytest.mark.parametrize(("text", "expected"), cases("datelines"))
def test_dateline(text: str, expected: str) -> None:
    assert dateline(text) == (date.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(("text", "expected"), cases("headings"))
def test_heading(text: str, expected: str) -> None:
    assert heading(text) == (expected or None)


@pytest.mark.parametrize(("text", "expected"), cases("days"))
def test_day(text: str, expected: str) -> None:
    assert day(text) == (date.fromisoformat(expected) if expected else None)


def test_a_long_line_costs_nothing() -> None:
    assert dateline("Publié le " * 20_000 + "\n" + "3 mars 2025 " * 20_000) is None
