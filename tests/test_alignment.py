"""What speaks for two claims being of one fact: the trained file, the words that are told, the bars, the pairs trained on."""

from __future__ import annotations

import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from case_tables import cases
from test_comparison import claim, table

from pipeline.calibration.pairs import examples
from pipeline.calibration.regression import fit_for, held_out
from pipeline.comparison import compare, reasons
from pipeline.comparison.bars import PART, STRONG, TESTS, Level, level
from pipeline.comparison.clustering import blocks
from pipeline.comparison.events import shown
from pipeline.comparison.gist import content, happened, names, seldom, weight
from pipeline.comparison.items import Item, items
from pipeline.comparison.partition import partition
from pipeline.comparison.support import features, support, threshold, weights
from pipeline.errors import TableError
from pipeline.records import fingerprint
from pipeline.score import annotated, claims_of, dossiers
from pipeline.tables import check_claims

ROOT = Path(__file__).parents[1]
REMEDY = "train it anew: python -m pipeline.calibration"


def two(a: str, b: str, **titles: str) -> tuple[Item, Item]:
    """Two claims as the case tables write them, of articles with these titles; the figure is a sentence's first word."""
    rows = [claim(text, name) | {"title": titles.get(name)} for text, name in ((a, "a"), (b, "b"))]
    for row in rows:
        row["quote"], row["start"] = row["sentence"].split()[0], row["sentence_start"]
    checked = check_claims(table(*rows))
    whole = partition(checked)
    first, second = items(checked, whole.names, whole.stories)
    return first, second


def test_the_trained_file_is_of_these_features_and_of_the_train_part() -> None:
    trained = json.loads((ROOT / "models" / "alignment.json").read_text("utf-8"))
    assert trained["weights"].keys() == features(*two("deaths 4/1 mort", "deaths 5/1 mort")).keys(), REMEDY
    sets = [annotated(folder) for folder in dossiers(ROOT / "corpora", "train")]
    assert trained["corpus"] == fingerprint(*(c["id"] for each in sets for c in each.claims)), REMEDY
    assert all(value >= 0 for name, value in weights().items() if name not in ("one", "date"))


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    assert weight("euros") < weight("incend") < weight("zorvel") == 1.0
    assert content("Le séisme de Zorvelle a détruit des maisons") == {"seisme", "zorvel", "detrui", "maison"}
    assert seldom("zorvelle")
    assert not seldom("paris")


def test_names_are_capitals_inside_a_sentence_and_codes() -> None:
    found = names("Hier, la Brume 600LT de Karine Estève a gagné. Demain elle court à Auvray, en France.")
    assert found == {"brume", "600lt", "karine", "esteve", "auvray"}


@pytest.mark.parametrize(("a", "b", "test", "answer"), cases("bars"))
def test_bar(a: str, b: str, test: str, answer: str) -> None:
    assert TESTS[test](*two(a, b)).name == answer


def test_the_level_is_the_weakest_answer_of_all_tests() -> None:
    seen = set()
    for folder in dossiers(ROOT / "corpora", "train", "development"):
        checked = check_claims(claims_of([annotated(folder)]))
        whole = partition(checked)
        for block in blocks(items(checked, whole.names, whole.stories)):
            for a, b in combinations(block, 2):
                found = min(test(a, b) for test in TESTS.values())
                assert level(a, b) is level(b, a) is found
                seen.add(found)
    assert seen == set(Level)


@pytest.mark.parametrize(
    ("whole", "part", "metric", "answer"),
    [
        ("24 blessés au total", "23 blessés parmi les pompiers", "injured", PART),
        ("24 blessés au total", "23 autres blessés", "injured", STRONG),  # besides the dead
        ("6 départements du nord", "3 autres départements", "lemma:vigilance", PART),
        ("6 départements du nord", "3 départements alpins", "lemma:vigilance", STRONG),
        ("350 véhicules mobilisés", "80 véhicules de plus", "lemma:véhicule", PART),
        ("350 véhicules mobilisés", "80 véhicules de la ville", "lemma:véhicule", STRONG),
    ],
)
def test_those_among_others_are_a_part_of_them(whole: str, part: str, metric: str, answer: Level) -> None:
    rows = []
    for name, said in (("a", whole), ("b", part)):
        *_, noun = (word for word in said.split() if word.startswith(("bles", "dépa", "véhi")))
        quote = said[: said.index(noun) + len(noun)]
        row = claim(f"{metric} {said.split()[0]}/1 {noun[:-1]} says=x", name)
        rows.append(row | {"sentence": f"On compte {said}.", "quote": quote, "start": len("On compte "), "sentence_start": 0})
    checked = check_claims(table(*rows))
    both = partition(checked)
    assert TESTS["among"](*items(checked, both.names, both.stories)) == answer


def test_what_shows_one_event_is_counted_kind_by_kind() -> None:
    a, b = two("deaths 4/1 mort of=Lyon says=attentat_à_Zorvelle", "deaths 3/1 mort of=Lyon says=fusillade_de_Zorvelle")
    assert shown(a, b) == 3  # a name, an unusual one, and a cause
    assert happened(a) == happened(b) == {"attack"}


def test_more_evidence_never_lowers_the_chance() -> None:
    bare = support(*two("deaths 4/1 mort of=Lyon", "deaths 3/1 mort of=Lyon"))
    shared = support(*two("deaths 4/1 mort of=Lyon says=attentat", "deaths 3/1 mort of=Lyon says=attentat"))
    other = support(*two("deaths 4/1 mort of=Lyon says=attentat", "deaths 3/1 mort of=Lyon says=crue"))
    assert other < bare < shared
    assert threshold("apart") <= threshold("quiet") < threshold("loud") < threshold("sure")


def test_training_leaves_out_a_feature_that_turns_against_its_meaning() -> None:
    data = [([1.0, float(i % 2), float(i % 3 == 0)], i % 2 == 1) for i in range(60)]
    against = [(numbers, not right) for numbers, right in data]
    assert fit_for(data)[1] > 0
    assert fit_for(against, free=(0,))[1] == 0


def test_each_story_is_judged_by_the_weights_of_the_others() -> None:
    seen: list[int] = []

    def fitted(part: Any) -> list[float]:
        seen.append(len(part))
        return [0.0]

    parts = [(frozenset((name,)), ([1.0], True)) for name in "aab"] + [(frozenset("ab"), ([1.0], False))]
    assert held_out(parts, fitted) == [(0.5, True), (0.5, True), (0.5, False), (0.5, True)]
    assert seen == [1, 2]  # neither story's own pairs, nor those that it shares


def test_pairs_of_two_stories_are_of_two_facts() -> None:
    sets = [annotated(folder) for folder in dossiers(ROOT / "corpora", "train")[:2]]
    pairs = examples([(each, []) for each in sets])
    both = [pair for pair in pairs if len(pair.stories) == 2]
    assert both
    assert not any(pair.one for pair in both)
    assert any(pair.one for pair in pairs)
    assert pairs == examples([(each, []) for each in sets])


# Why a discrepancy was told.

TOLD = (
    "valuation 14e9/1e9 USD pub=2025-03-03 says=Brume_vaut_14_milliards",
    "valuation 18e9/1e9 USD pub=2025-03-04 by=la_banque",
)


def told() -> Any:
    return table(*(claim(text, name) for text, name in zip(TOLD, "ab", strict=True)))


@pytest.mark.parametrize("ui", ["fr", "en"])
def test_reasons_show_both_sides_what_was_weighed_and_the_relation(ui: str) -> None:
    [row] = compare(told(), ui=ui).discrepancies.to_dict("records")
    found = reasons(told(), row["discrepancy_id"], ui=ui)
    assert [side["sentence"] for side in found.claims] == ["Brume vaut 14 milliards", "b"]
    assert found.log_odds == pytest.approx(support(*two(*TOLD)))
    assert found.chance >= found.needed
    assert set(found.bars) == set(TESTS)
    assert (found.link, found.discrepancy["relation"]) == ("differ", "conflict")
    assert "scale" in found.ruled_out
    text = found.text(ui)
    for part in (row["explanation"], "Brume vaut 14 milliards", "2025-03-04", "closeness", f"{found.chance:.2f}", "counterparty"):
        assert part in text
    assert json.loads(json.dumps(found.record()))["features"][0] == {
        "feature": "one", "value": 1.0, "weight": weights()["one"], "contribution": weights()["one"],
    }  # fmt: skip


def test_reasons_take_the_beginning_of_an_id_that_is_one_alone() -> None:
    [row] = compare(told()).discrepancies.to_dict("records")
    assert reasons(told(), row["discrepancy_id"][:6]).discrepancy["discrepancy_id"] == row["discrepancy_id"]
    for unknown in ("zz", ""):
        with pytest.raises(TableError, match="no such discrepancy"):
            reasons(told(), unknown)


def test_what_one_reads_adds_up() -> None:
    [row] = compare(told()).discrepancies.to_dict("records")
    found = reasons(told(), row["discrepancy_id"])
    lines = [line for line in found.text().splitlines() if re.search(r" x +-?\d.* = +-?\d", line)]
    assert sum(float(line.rpartition("=")[2]) for line in lines) == pytest.approx(found.log_odds, abs=0.05)
