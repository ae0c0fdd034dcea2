"""Folding, letter by letter as Unicode has it."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.folding import fold

FOLDED = {
    "Saint-Étienne": "saint etienne",
    "L'Œuvre d'Æsir": "l oeuvre d aesir",
    "Straße_52 – ﬁn": "strasse 52 fin",
    "\u00a0e\u0301te\u0301 ": "ete",
    "ǣ æ": "æ ae",
    "": "",
}


@pytest.mark.parametrize(("text", "folded"), FOLDED.items())
def test_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
@example("Δυσκολία, İSTANBUL, ŁÓDŹ, 각")
def test_folding_is_normalisation_without_what_combines(text: str) -> None:
    lower = text.casefold().translate(str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"}))
    bare = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    assert fold(text) == " ".join(re.findall(r"[^\W_]+", bare))
