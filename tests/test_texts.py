"""Texts read many at once say what each says by itself."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.comparison.gist import names, said, stems, weight
from pipeline.comparison.texts import Held, Sets, Texts, weighed

WORDS = st.sampled_from(
    [
        "Corvelan",
        "le",
        "navire",
        "(Quézec)",
        "dit-il.",
        "«",
        "Ploumarec",
        "A380",
        "l'Œuvre",
        "…",
        "e\u0301t\u00e9",
        "412",
        "Straße,",
    ]
)
BLANKS = st.sampled_from([" ", "  ", "\u00a0", "\u202f", "\n", "\n\n", "\t", "\x1c", "\u2028"])
WRITTEN = st.lists(st.one_of(WORDS, BLANKS), max_size=12).map("".join)
SETS = st.lists(st.frozensets(st.integers(0, 9)), min_size=1, max_size=6)


def by_text(held: Held, texts: list[str], each: Texts) -> list[set[str]]:
    """The words of each of the texts."""
    found: dict[int, set[str]] = defaultdict(set)
    of = held.of(each.rows(texts))
    for row, member in zip(of.row.tolist(), of.member.tolist(), strict=True):
        found[row].add(held.words[member])
    return [found[row] for row in range(len(texts))]


@settings(deadline=None)
@given(st.lists(WRITTEN, max_size=5))
def test_texts_together_say_what_each_says_alone(texts: list[str]) -> None:
    each = Texts(texts)
    assert by_text(each.stems(), texts, each) == [set(stems(text)) for text in texts]
    assert by_text(each.names(), texts, each) == [set(names(text)) for text in texts]
    assert by_text(each.words(lambda word: True), texts, each) == [set(said(text).split()) for text in texts]


def sets(of: list[frozenset[int]]) -> Sets:
    pairs = [(row, member) for row, members in enumerate(of) for member in members]
    row, member = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Sets(row, member, len(of), 10)


@settings(deadline=None)
@given(SETS, SETS)
def test_sets_as_columns_are_sets(one: list[frozenset[int]], other: list[frozenset[int]]) -> None:
    size = min(len(one), len(other))
    left, right = (side.ravel() for side in np.meshgrid(np.arange(len(one)), np.arange(len(other))))
    pair, member = sets(one).shared(sets(other), left, right)
    found = {(x, y, z) for x, y, z in zip(left[pair].tolist(), right[pair].tolist(), member.tolist(), strict=True)}
    assert found == {(x, y, z) for x, a in enumerate(one) for y, b in enumerate(other) for z in a & b}
    rest = sets(one[:size]).without(sets(other[:size]))
    assert rest.sizes.tolist() == [len(a - b) for a, b in zip(one, other, strict=False)]


@pytest.mark.parametrize("count", [0, 1, 500])
def test_weights_are_added_without_rounding(count: int) -> None:
    words = [f"mot{number}" for number in range(count)] + ["navire", "ministre", "prix", "avion"] * count
    given = np.array([weight(word) for word in words], dtype=np.float64)
    rows = np.arange(len(given)) % 3
    expected = [math.fsum(given[rows == row]) for row in range(3)]
    assert weighed(rows, given, 3).tolist() == expected
