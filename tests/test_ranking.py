"""Whom a claim is about: candidates, their chances, and the trained weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from case_tables import cases

from pipeline.calibration.subjects import Ballot, fit
from pipeline.claims import claims, passing, read
from pipeline.claims.bearing import Value
from pipeline.claims.candidates import Candidate, candidates
from pipeline.claims.gate import open_article
from pipeline.claims.measures import all_cues, measure
from pipeline.claims.ranking import TRUST, chances, chosen, likeliest
from pipeline.claims.reference import Referent, phrase
from pipeline.pipes import parse
from pipeline.records import Article, fingerprint
from pipeline.score import annotated, dossiers
from pipeline.weights import weighing

ROOT = Path(__file__).parent.parent
FERRY = (
    "Le ferry Étoile-du-Soir a coulé dimanche au large de Port-Salin. Selon la société Lignes du Large, l'armateur, il "
    "transportait 212 passagers. Le ferry, long de 60 mètres, repose par le fond."
)


def test_chances_sum_to_one_and_follow_the_weights() -> None:
    odds = chances({"near": 2.0}, [{"near": 1.0}, {"near": 0.0, "unknown": 9.0}, {}])
    assert sum(odds) == pytest.approx(1.0)
    assert odds[0] > odds[1] == odds[2]


def test_of_equals_the_one_of_the_rules_is_taken() -> None:
    assert likeliest({}, [{}, {}, {}])[0] == 0


@pytest.mark.parametrize(("sure", "index"), [(0.9, 0), (0.5, 1)])
def test_a_name_that_grammar_gives_needs_no_weighing(sure: float, index: int) -> None:
    found, chance = likeliest({"title": 9.0}, [{"rule name": 1.0, "rule": sure}, {"title": 1.0}])
    assert found == index
    assert index or chance == TRUST


@pytest.mark.parametrize("against", ["estimates it", "has a share", "not the usual bearer"])
def test_a_name_that_something_speaks_against_is_weighed_all_the_same(against: str) -> None:
    assert likeliest({"title": 9.0}, [{"rule name": 1.0, "rule": 0.9, against: 1.0}, {"title": 1.0}])[0] == 1


def test_an_article_says_for_whom_its_persons_stand() -> None:
    text = "La directrice générale de Velmar, Ana Roux, a perdu 3 %. Luc Morel (Ardent Cycles) perd 4 %. Elle part."
    opened = open_article(Article(id="a", source="s", text=text))
    _, context = read(opened, next(parse([passing(opened)])))
    assert context.houses == {"Ana Roux": "Velmar", "Luc Morel": "Ardent Cycles"}


def test_other_weights_choose_another_and_only_while_they_are_asked_for() -> None:
    found = [Candidate(Referent("Alpha", "ORG", "topic"), {"a": 1.0}), Candidate(Referent("Beta", "ORG", "topic"), {"b": 1.0})]
    with weighing("subjects", {"b": 3.0}):
        assert chosen(found)[0] == 1
    with weighing("subjects", {"a": 3.0}):
        assert chosen(found)[0] == 0


def test_training_finds_what_tells_the_annotated_subject() -> None:
    def ballot(right: int) -> Ballot:
        who = [Candidate(Referent(str(i), "ORG", "name"), {"near": float(i == right), "any": 1.0}) for i in range(3)]
        return Ballot(str(right), tuple(who), tuple(i == right for i in range(3)), str(right))

    data = [ballot(i % 3) for i in range(30)]
    found = fit(data)
    assert found["near"] > 0.5
    assert found["any"] == 0.0
    assert found == fit(data)


def test_every_name_of_an_article_and_of_its_title_is_a_candidate() -> None:
    opened = open_article(Article(id="a", source="s", title="Naufrage : l'enquête vise Corvalis", text=FERRY))
    _, context = read(opened, next(parse([passing(opened)])))
    weighed = [{c.referent.name for c in trait.candidates} for trait in context.traits.values() if trait.candidates]
    assert weighed
    assert all({"Étoile-du-Soir", "Port-Salin", "Lignes du Large"} <= names for names in weighed)


def test_the_trained_weights_are_of_the_train_part_as_it_stands() -> None:
    sets = [annotated(folder) for folder in dossiers(ROOT / "corpora", "train")]
    trained = json.loads((ROOT / "models" / "subjects.json").read_text("utf-8"))
    remedy = "train it anew: python -m pipeline.calibration"
    assert trained["corpus"] == fingerprint(*(claim["id"] for each in sets for claim in each.claims)), remedy


@pytest.mark.parametrize(("title", "text", "quote", "subject"), cases("subjects"))
def test_subjects(title: str, text: str, quote: str, subject: str) -> None:
    found = next(claims([Article(id="a", source="s", title=title or None, text=text)]))
    assert {c.quote: c.subject for c in found}[quote] == subject


@pytest.mark.parametrize(
    ("text", "from_there"),
    [
        ("Le ferry de Luc Morel a chaviré à sept kilomètres de Port-Maurel.", True),
        ("Luc Morel habite à deux heures de Port-Maurel.", True),
        ("Luc Morel a couru 7 kilomètres à Port-Maurel.", False),
    ],
)
def test_a_place_from_which_a_way_is_measured_is_known(text: str, from_there: bool) -> None:
    opened = open_article(Article(id="a", source="s", text=text))
    found, context = read(opened, next(parse([passing(opened)])))
    [candidates] = [context.traits[c.claim_id].candidates for c in found if c.kind in ("measure", "duration")]
    [place] = [c for c in candidates if c.referent.name == "Port-Maurel"]
    assert bool(place.features["measured from"]) is from_there


@pytest.mark.parametrize(("noun", "told_of"), [("rame", True), ("nuit", False)])
def test_nothing_is_told_of_a_part_of_the_day(noun: str, told_of: bool) -> None:
    opened = open_article(Article(id="a", source="s", text="La rame a heurté dix arbres dans la nuit de samedi."))
    _, context = read(opened, next(parse([passing(opened)])))
    [sentence] = context.sentences
    [i] = [i for i, word in enumerate(sentence.words) if word.text == noun]
    assert (phrase(sentence, i) is not None) is told_of


def features_of(text: str, quote: str) -> dict[str, dict[str, float]]:
    """What speaks for and against each candidate of a figure."""
    opened = open_article(Article(id="a", source="s", text=text))
    _, context = read(opened, next(parse([passing(opened)])))
    sentence = next(s for s in context.sentences if quote in text[s.start : s.end])
    mention = next(m for m in context.mentions_in(sentence.start, sentence.end) if m.quote == quote)
    how = measure(context, sentence, mention, all_cues(context, sentence))
    return {c.referent.name: c.features for c in candidates(Value(context, sentence, mention, how, []))}


def test_a_body_may_be_but_a_stage() -> None:
    found = features_of("La réforme, examinée à l'Assemblée nationale, coûtera 3 millions d'euros.", "3 millions d'euros")
    assert found["Assemblée nationale"]["a stage"]
    found = features_of("L'Assemblée nationale coûtera 3 millions d'euros.", "3 millions d'euros")
    assert not found["Assemblée nationale"]["a stage"]


def test_a_department_in_brackets_is_where_another_place_lies() -> None:
    text = "À Vigny (Haute-Lande), le pont est fermé. Il a neigé en Haute-Lande, et l'éboulement a fait trois morts."
    found = features_of(text, "trois morts")
    assert [name for name, features in found.items() if features.get("where another lies")] == ["Haute-Lande"]
