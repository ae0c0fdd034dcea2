"""Whether a date is that of an event: the chance, the weights, and what is trained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.calibration.dates import Spoken, spoken, train
from pipeline.claims import claims
from pipeline.claims.dating import chance
from pipeline.records import Article, fingerprint
from pipeline.score import Annotated, annotated, dossiers
from pipeline.weights import weighing

ROOT = Path(__file__).parent.parent


def test_what_speaks_for_an_event_raises_its_chance() -> None:
    with weighing("dates", {"one": -1.0, "passive": 2.0}):
        assert chance({"one": 1.0, "passive": 1.0}) > 0.5 > chance({"one": 1.0})
        assert chance({"one": 1.0, "never seen": 9.0}) == chance({"one": 1.0})


def test_training_finds_what_tells_the_dates_of_events() -> None:
    data = [Spoken({"one": 1.0, "passive": float(i % 2), "any": 1.0}, bool(i % 2)) for i in range(200)]
    weights = train(data)
    with weighing("dates", weights):
        assert chance(data[1].features) > 0.8 > 0.2 > chance(data[0].features)
    assert weights == train(data)


def test_a_feature_of_a_few_dates_gets_no_weight() -> None:
    data = [Spoken({"one": 1.0, "rare": float(i < 3)}, i < 3) for i in range(20)]
    assert "rare" not in train(data)


@pytest.mark.parametrize(("kind", "optional", "right"), [("date", False, [True]), ("money", False, [False]), ("date", True, [])])
def test_a_date_is_one_of_an_event_where_such_a_claim_stands(kind: str, optional: bool, right: list[bool]) -> None:
    claim = {"article": "a", "start": 10, "end": 14, "kind": kind, "optional": optional}
    each = Annotated(name="x", articles=[], claims=[claim], discrepancies=[], traps=[])
    assert [s.right for s in spoken(each, {"a": {(7, 14): {"one": 1.0}}})] == right


@pytest.mark.parametrize(("feature", "subject"), [("topic 0", "Verdalis"), ("last of the paragraph", "Soltera")])
def test_the_subject_of_an_event_that_grammar_does_not_name_is_weighed(feature: str, subject: str) -> None:
    text = "Verdalis a vendu 300 camions à Lyon. La société Soltera, sa rivale, licencie. La fermeture est prévue en juin 2025."
    with weighing("subjects", {feature: 9.0}):
        (found,) = claims([Article(id="a", source="s", text=text)])
    assert [c.subject for c in found if c.kind == "date"] == [subject]


def test_the_trained_weights_are_of_the_train_part_as_it_stands() -> None:
    sets = [annotated(folder) for folder in dossiers(ROOT / "corpora", "train")]
    trained = json.loads((ROOT / "models" / "dates.json").read_text("utf-8"))
    remedy = "train it anew: python -m pipeline.calibration"
    assert trained["corpus"] == fingerprint(*(claim["id"] for each in sets for claim in each.claims)), remedy
