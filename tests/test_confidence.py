"""The confidence of claims: the trained file belongs to this corpus and these features; training gives one result."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from pipeline.calibration.__main__ import main as train
from pipeline.calibration.regression import chance, fit, reliability
from pipeline.claims.confidence import Traits, confidence, features, weights
from pipeline.records import fingerprint
from pipeline.score import annotated, dossiers

ROOT = Path(__file__).parent.parent
REMEDY = "train it anew: python -m pipeline.calibration"
SURE = Traits(how="name", sure=0.9, cost=0.5, known=True, parsed=True, kind="money", settled=True)


def test_the_trained_file_knows_the_features_and_no_others() -> None:
    assert weights().keys() == features(SURE).keys(), REMEDY


def test_the_trained_file_is_of_the_train_part_as_it_stands() -> None:
    sets = [annotated(folder) for folder in dossiers(ROOT / "corpora", "train")]
    trained = json.loads((ROOT / "models" / "confidence.json").read_text("utf-8"))["corpus"]
    assert trained == fingerprint(*(claim["id"] for each in sets for claim in each.claims)), REMEDY


@pytest.mark.parametrize("worse", [{"sure": 0.2}, {"cost": 4.0}, {"known": False}, {"settled": False}], ids=str)
def test_a_worse_reading_is_trusted_less(worse: dict[str, object]) -> None:
    assert 0 < confidence(replace(SURE, **worse)) < confidence(SURE) < 1


def test_a_feature_that_is_not_trained_yet_counts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.claims.confidence.weights", lambda: {"one": 0.0})
    assert confidence(SURE) == 0.5


def test_training_finds_the_chance_that_made_the_examples() -> None:
    random = Random(7)
    points = [[1.0, random.uniform(-2, 2)] for _ in range(4000)]
    data = [(point, random.random() < chance([0.5, 1.5], point)) for point in points]
    found = fit(data)
    assert found == pytest.approx([0.5, 1.5], abs=0.15)
    assert found == fit(data)
    for mean, right, count in reliability([(chance(found, point), right) for point, right in data]):
        assert (right, count) == (pytest.approx(mean, abs=0.05), 800)


def test_help_trains_nothing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        train(["--help"])
    assert left.value.code == 0
    assert "--out FOLDER" in capsys.readouterr().out
    assert not [*tmp_path.iterdir()]
