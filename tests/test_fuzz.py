"""The fuzz benchmark: its makers break no promise of `pipeline.mentions` in a short run, and it tells what does."""

from __future__ import annotations

import random

import pytest

from tests.benchmarks import fuzz

FOUND = (  # what longer runs have found, cut down
    ("ß(avant-è-at year", "de"),
    ("DE counting per-hWEDISCH7ä", "fr"),
    ("ü ä Sonntag-SOIXANTE variés been", "en"),
)


@pytest.mark.parametrize("maker", fuzz.MAKERS)
def test_texts_made_at_random_break_nothing(maker: str) -> None:
    chance = random.Random(20_181)
    for _ in range(40):
        text, language, published = fuzz.MAKERS[maker](chance), chance.choice(fuzz.OPTIONS), chance.choice(fuzz.PUBLISHED)
        assert fuzz.broken(text, language, published) is None, (text, language, published)


@pytest.mark.parametrize(("text", "language"), FOUND)
def test_what_was_found_stays_mended(text: str, language: str) -> None:
    assert fuzz.broken(text, language, None) is None


def test_the_same_seed_makes_the_same_texts() -> None:
    made = [[maker(random.Random(7)) for maker in fuzz.MAKERS.values()] for _ in range(2)]
    assert made[0] == made[1]


def test_a_broken_promise_is_told_and_cut_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(text: str, **_: object) -> list[object]:
        raise KeyError("12") if "12" in text else ValueError

    monkeypatch.setattr(fuzz, "mentions", lambda text, **_: careless(text) if "12" in text else [])
    assert fuzz.broken("de 12 à 14", "fr", None) == "raises KeyError: '12'"
    assert fuzz.cut("une somme de 12 euros", lambda text: fuzz.broken(text, "fr", None) is not None) == "12"


def test_a_square_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "seconds", lambda text: len(text) ** 2 / 1e6)
    assert "256 times" in (fuzz.slow("et demi ", (4_000, 64_000)) or "")
    monkeypatch.setattr(fuzz, "seconds", lambda text: len(text) / 1e4)
    assert fuzz.slow("et demi ", (4_000, 64_000)) is None
