"""Names joined across articles: which short name is a longer one's, and which is another bearer's."""

from __future__ import annotations

import pytest

from pipeline.comparison.names import contained, resolve

NINE, TEN = ("headcount", 9.0, "avion"), ("headcount", 10.0, "avion")


@pytest.mark.parametrize(
    ("short", "long", "claimed", "expected"),
    [
        ("brume", "brume mobilite", NINE, "brume mobilite"),  # one figure of both
        ("brume", "brume mobilite", TEN, "brume"),  # two
        ("france", "patrouille france", NINE, "france"),  # of a country too much is claimed
        ("france", "inondations france", TEN, "inondations france"),  # an event at that place
    ],
)
def test_a_short_name_joins_the_longer_one_that_shares_its_figure(
    short: str, long: str, claimed: tuple[object, ...], expected: str
) -> None:
    spoken = {short: frozenset("a"), long: frozenset("b")}
    found = resolve(contained(spoken), spoken, {short: frozenset({NINE}), long: frozenset({claimed})})
    assert found.canonical(short) == expected
