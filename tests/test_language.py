"""The language of articles and of their passages."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import pairwise

import pytest
from case_tables import cases
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import lexicon
from pipeline.language import detect, segments

SERVED = set(lexicon.LANGUAGES)


@pytest.mark.parametrize(("language", "text", "expected"), cases("segments"))
def test_passages(language: str, text: str, expected: str) -> None:
    home = language if language in SERVED else "fr"
    found = [f"{s.language}:{text[s.start : s.end]}" for s in segments(text, language or None) if s.language != home]
    assert "|".join(passage.strip() for passage in found) == expected


@pytest.mark.parametrize(("text", "expected"), cases("languages"))
def test_article(text: str, expected: str) -> None:
    assert detect(text) == (expected or None)


def test_a_long_article_is_sampled() -> None:
    text = "Le gouvernement a annoncé hier la fermeture de la fonderie, selon les syndicats. " * 20_000
    assert detect(text) == "fr"


def test_other_users_of_langdetect_change_nothing() -> None:
    import langdetect
    from langdetect import DetectorFactory

    texts = [parameters.values[0] for parameters in cases("languages")]
    before = [detect(text) for text in texts]
    seed = DetectorFactory.seed
    try:
        DetectorFactory.seed = 7
        langdetect.detect("Dies ist ein Satz.")
        random.seed(7)
        assert [detect(text) for text in reversed(texts)][::-1] == before
    finally:
        DetectorFactory.seed = seed


def test_a_fresh_process_gives_the_same() -> None:
    text = "Fonderie Verex : 200"
    script = f"from pipeline.language import detect; print(detect({text!r}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(detect(text))


def test_importing_loads_no_detector() -> None:
    script = "import sys, pipeline.language; print('langdetect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() == "False"


WORDS = """le La der Die the Of 14,3 Milliarden billion Mai 16. Oktober 2025 Quelle: « » " . été Straße $ 12./13. US-Dollar
l’ d' % x 🙂 ( – İ Prozent rund"""
PIECES = st.sampled_from([*WORDS.split(), "\n", " ", "\u00a0"])
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=30).map("".join))


@example("ß(avant-è-at year", "de")  # two runs of another language that claim the same words
@example("DE counting per-hWEDISCH7ä", "fr")
@given(TEXTS, st.sampled_from([None, *lexicon.LANGUAGES]))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_passages_tile_the_text(text: str, language: str | None) -> None:
    found = segments(text, language)
    assert "".join(text[s.start : s.end] for s in found) == text
    assert [s.start for s in found] == [0, *(s.end for s in found[:-1])][: len(found)]
    assert all(s.start < s.end and s.language in SERVED for s in found)
    assert all(a.language != b.language for a, b in pairwise(found))
    assert found == segments(text, language)


@pytest.mark.parametrize("unit", ["le ", "der ", "Oktober 2025 ", "« the ", "\n", "a.", "14,3 Milliarden et ", "1" * 50])
def test_a_long_line_is_read_in_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    assert segments(text, "fr")[-1].end == len(text)
