"""Where sentences begin and end."""

from __future__ import annotations

import time

import pytest
from case_tables import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sentences import sentences

WORDS = """M. Mme art. 49 etc. Le le « » " . ... … ! ? ( ) [ ] 16. Juli 2025 z. B. d.h. S.A. J. B. (...) 12./13. 3.5
orange.fr juillet.Le 20%.En - – Inc. No. été É 🙂 $ , ; :"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\r\n", " ", "\u00a0", "\u2028", "\x85", "\x1c", "\u3000"])
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join))


@pytest.mark.parametrize("marked", [pytest.param(*p.values, id=p.id) for p in cases("sentences")])
def test_sentences(marked: str) -> None:
    text = marked.replace("|", "")
    expected = [piece.strip() for piece in marked.split("|") if piece.strip()]
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(TEXTS)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_spans_are_ordered_and_trimmed_and_cover_all_signs(text: str) -> None:
    spans = sentences(text)
    position = 0
    for start, end in spans:
        assert start >= position
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        position = end
    assert not text[position:].strip()


@given(TEXTS)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_sentence_runs_over_a_line_end(text: str) -> None:
    assert all(len(text[start:end].splitlines()) == 1 for start, end in sentences(text))


@given(TEXTS, st.data())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_sentences_of_some_lines_are_those_of_the_whole(text: str, data: st.DataObject) -> None:
    signs = [i for i, sign in enumerate(text) if not sign.isspace()]
    places = sorted(data.draw(st.sets(st.sampled_from(signs), max_size=3))) if signs else []
    lines = [len((text[:place] + "x").splitlines()) for place in places]
    whole = [span for span in sentences(text) if len((text[: span[0]] + "x").splitlines()) in lines]
    assert sentences(text, places) == whole


@pytest.mark.parametrize(
    "unit", ["mot ", "x", ".", ". ", " ", "A.B.", "»", ". »", "?(", "(...)", "\n", "a.B", "1. ", '"', '."x', ".«", "\u00a0"]
)
def test_half_a_million_characters_take_linear_time(unit: str) -> None:
    text = unit * (500_000 // len(unit))
    began = time.perf_counter()
    spans = sentences(text)
    assert time.perf_counter() - began < 20
    assert not text.strip() or spans[-1][1] == len(text.rstrip())
