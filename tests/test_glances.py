"""What spares most words the reading changes nothing that is read: without each quick look every case reads the same."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.grammar.dates.vocabulary import vocabulary
from pipeline.lexicon import LANGUAGES
from pipeline.records import Mention

CASES = sorted((Path(__file__).parent / "cases").glob("*.tsv"))
WORDS = """
    un une ein eine einer one a an half demi et and und sur out of von auf dont moins minus ou or bis à to homme house Haus ans
    jour Jahr year euro Euro million Million Dutzend dizaine bon gut good tiers Drittel third virgule Komma point deux zwei two
    10 , . - la le du ce veille même Tag week-end avant après hier prochain 2024
"""


def texts() -> list[tuple[str, str]]:
    """Every cell of the tables that is more than a value, with the language of its table."""
    out = []
    for table in CASES:
        language = table.stem[-2:] if table.stem[-2:] in LANGUAGES else "fr"
        lines = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("#")]
        out += [(language, cell) for line in lines for cell in line.split("\t") if len(cell) > 4]
    return out


def read(text: str, language: str) -> list[tuple[Mention, tuple[str, ...]]]:
    return [(m, m.rule) for m in pipeline.mentions(text, language=language, published=date(2025, 3, 14))]


def without_a_glance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every article is read as a number, every first word as the whole phrase."""
    quantities = sys.modules["pipeline.grammar.quantities"]
    monkeypatch.setattr(quantities, "idle", lambda page, i: False)
    monkeypatch.setattr(sys.modules["pipeline.grammar.dates.passage"], "may_end", lambda word, language: True)
    for each in LANGUAGES:
        monkeypatch.setattr(vocabulary(each), "seconds", {})


def test_glances_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [read(text, language) for language, text in texts()]
    without_a_glance(monkeypatch)
    assert sum(map(len, found)) > 2000
    for (language, text), before in zip(texts(), found, strict=True):
        assert read(text, language) == before, text


@given(st.lists(st.sampled_from(WORDS.split()), min_size=2, max_size=12), st.sampled_from(LANGUAGES))
def test_words_in_any_order_are_read_the_same(words: list[str], language: str) -> None:
    text = " ".join(words)
    before = read(text, language)
    with pytest.MonkeyPatch.context() as monkeypatch:
        without_a_glance(monkeypatch)
        assert read(text, language) == before
