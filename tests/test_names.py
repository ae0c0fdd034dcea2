"""Names joined across articles: which short name is a longer one's, and which is another bearer's."""

from __future__ import annotations

import pytest

from pipeline.comparison.names import contained, key, one_bearer, resolve, spelled

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


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Groupe Brume SA", "brume"),
        ("musée de Castelbrun", "musee castelbrun"),
        ("Castelbrun museum", "musee castelbrun"),
        ("Flughafen Lovrek", "aeroport lovrek"),
        ("Senate", "senate"),  # of any country
        ("Grande Tour", "grande tour"),
    ],
)
def test_a_key_is_one_for_the_spellings_of_a_name(name: str, expected: str) -> None:
    assert key(name) == expected


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [(NINE, "union ateliers nord"), (TEN, "uan")],  # an acronym is the name that it spells if one figure is claimed of both
)
def test_an_acronym_joins_the_name_that_it_spells(claimed: tuple[object, ...], expected: str) -> None:
    long = key("Union des ateliers du Nord")
    longer = spelled({"UAN": "uan", "Union des ateliers du Nord": long, "Roux": "roux"})
    assert longer == {"uan": {long}}
    found = resolve(longer, {"uan": {"a"}, long: {"b"}}, {"uan": {NINE}, long: {claimed}})
    assert found.canonical("uan") == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Commission électorale", "electoral commission", True),  # two languages
        ("Fédération des soignants", "FDS", True),  # its acronym
        ("le syndicat", "syndicat des pilotes", True),
        ("la police", "les organisateurs", False),
        ("syndicat des pilotes", "syndicat des hôtesses", False),
        ("ministère de l'Intérieur", "ministère de la Santé", False),
        ("Union des métaux", "CGT", False),
    ],
)
def test_one_body_has_many_names(one: str, other: str, expected: bool) -> None:
    assert one_bearer(one, other) is one_bearer(other, one) is expected
