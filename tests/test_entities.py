r"""Names to entities; in the table `[Name|LABEL]` is a place that the recogniser takes for a name.

What is expected: `Name TYPE places`, then ` = alias, alias` where there are any, entities parted by `; `, in order.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from case_tables import cases

from pipeline.entities import Named, capitalised, fold, headed_by, introduced, resolve, topics, uncapitalised, unlisted
from pipeline.records import Entity

_MARK = re.compile(r"\[([^|\]]+)\|(ORG|PER|LOC|MISC)\]")


def marked(text: str) -> tuple[str, list[Named]]:
    plain, found, at = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[at : match.start()]
        found.append(Named(len(plain), len(plain) + len(match[1]), match[2]))
        plain += match[1]
        at = match.end()
    return plain + text[at:], found


def shown(entities: list[Entity]) -> str:
    return "; ".join(f"{e.name} {e.type} {len(e.spans)}" + (f" = {', '.join(e.aliases)}" if e.aliases else "") for e in entities)


def read(text: str, title: str = "") -> tuple[str, list[Entity]]:
    plain, found = marked(text)
    found += introduced(plain, 0, len(plain))
    return plain, resolve(plain, found, title=title or None)


@pytest.mark.parametrize(("text", "title", "expected"), cases("entities"))
def test_entities(text: str, title: str, expected: str) -> None:
    plain, entities = read(text, title)
    assert shown(entities) == expected
    spans = sorted(span for entity in entities for span in entity.spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    for entity in entities:
        assert list(entity.spans) == sorted(entity.spans)
        assert all(0 <= start < end <= len(plain) for start, end in entity.spans)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vérandas Morel SA", "vérandas morel"),
        ("Électricité d’Ostrie", "Electricité d'Ostrie"),
        ("Castel-Brun", "Castel Brun"),
        ("Halden & Co.", "HALDEN & CO"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Norbec", "Norbec Hydro"), ("Lacombe", "Lacoste"), ("Saint-Brun", "Brun")])
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_topics_follow_the_title_before_the_count() -> None:
    body = "[Tervis|ORG] change de mains. [Tervis|ORG] emploie 300 salariés. [Tervis|ORG] est à [Lorvain|LOC]."
    text, entities = read(f"[Brumal|ORG] s'offre un rival\n\n{body}")
    assert next(e.name for e in topics(text, entities, "Brumal s'offre un rival")) == "Brumal"
    assert next(e.name for e in topics(text, entities)) == "Brumal"  # without a title, its first line is the head


def test_a_topic_stands_in_the_title_as_a_word() -> None:
    text, entities = read("[Met|ORG] et [Orla|ORG] ont signé. [Orla|ORG] y gagne.")
    assert topics(text, entities, "Les Métaux d'Orla")[0].name == "Orla"


def test_german_nouns_are_no_names() -> None:
    text = "Der Hersteller Brumal baut in Lorvain. Brumal zählt 300 Beschäftigte, sagte Sprecherin Ulrike Tennfeld."
    found = uncapitalised(text, 0, len(text), "Brumal baut aus", frozenset({"der", "die", "das"}))
    assert {text[n.start : n.end] for n in found} >= {"Brumal", "Ulrike Tennfeld"}
    assert not {text[n.start : n.end] for n in found} & {"Hersteller", "Beschäftigte", "Sprecherin"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bei Brassols verbrannten 620 Hektar, die Feuerwehrleute erlitten Verbrennungen.", ["Brassols"]),
        (
            "Im Pflegeheim Les Taverins, das zur Kette Vermeil Hortensol gehört, starben sechs Bewohner.",
            ["Les Taverins", "Vermeil Hortensol"],
        ),
        ("Die Präfektin sperrte die Permafrostuntersuchungen und den Dünenweg am Freitag.", []),
        ("Nach Angaben des Netzbetreibers Réseau Lumen dauerte der Ausfall lange.", ["Réseau Lumen"]),
    ],
)
def test_a_word_that_no_german_dictionary_has_is_a_name(text: str, names: list[str]) -> None:
    assert [text[n.start : n.end] for n in unlisted(text, 0, len(text), "de")] == names


@pytest.mark.parametrize(
    ("title", "language", "name"),
    [
        ("Corvadis, autopsie d'un chariot vide", "fr", "Corvadis"),
        ("Corvadis : la grève continue", "fr", "Corvadis"),
        ("Paule Ferrand : « Je pars »", "fr", "Paule Ferrand"),
        ("Canicule : trois départements en alerte", "fr", None),
        ("Chassé-croisé : dimanche classé orange", "fr", None),
        ("Corvadis ferme ses magasins", "fr", None),
        ("Corvadis: Aktie bricht ein", "de", "Corvadis"),
        ("Haushalt: Regierung einigt sich", "de", None),
    ],
)
def test_a_title_may_be_headed_by_a_name(title: str, language: str, name: str | None) -> None:
    assert headed_by(title, language) == name


def test_a_name_ends_before_the_place_of_the_building_that_it_names() -> None:
    _, entities = read("Les soignants de l'hôpital [Verdier de Marlenne|ORG] attendent. [Crédit de Lorvain|ORG] gagne.")
    assert [e.name for e in entities] == ["Verdier", "Crédit de Lorvain"]


def test_the_label_of_a_figure_is_no_name() -> None:
    _, entities = read("- [Perte|ORG] nette : 186 M€.\n- [Corvadis|ORG] : 300 magasins.")
    assert [e.name for e in entities] == ["Corvadis"]


def test_capitals_inside_a_sentence_are_names() -> None:
    text = "Mardi, la mairie de Lorvain et Paule Ferrand ont dit non. Rien de plus - Fin du direct."
    assert [text[n.start : n.end] for n in capitalised(text, 0, len(text))] == ["Lorvain", "Paule Ferrand"]


def test_two_capitals_that_open_a_sentence_are_a_name_if_the_first_is_seen_elsewhere() -> None:
    text = "Orvane Energy agreed. La Région attend. Mais Paule rit. Exit Lorvain. Shares in Orvane rose."
    found = [text[n.start : n.end] for n in capitalised(text, 0, len(text))]
    assert found == ["Région", "Paule", "Lorvain", "Orvane", "Orvane Energy"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "!?", "L'", "d'", "«»", "A", "123", "(", "\u00a0–\u00a0"])
def test_scraps_have_no_names(text: str) -> None:
    assert resolve(text, [Named(0, len(text), "PER")] if text else []) == []
