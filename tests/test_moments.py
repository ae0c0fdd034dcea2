"""When a claim holds: the times that may be meant, their chances, and the trained weights."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.calibration.times import PRIOR, Timing, right, train
from pipeline.claims import passing, read
from pipeline.claims.gate import open_article
from pipeline.claims.moments import Moment, likeliest
from pipeline.pipes import parse
from pipeline.records import Article, fingerprint
from pipeline.score import annotated, dossiers
from pipeline.weights import weighing

ROOT = Path(__file__).parent.parent
RULED = {"rule": 9.0, "rule none": 9.0}
TWO = "Fondée en 1998, Sarmex a vendu 300 camions en 2024. Elle emploie 90 salariés."


def _moments(text: str, weights: dict[str, float]) -> dict[str, tuple[str | None, dict[str | None, dict[str, float]]]]:
    """Quote -> the time chosen under `weights`, and what spoke for each that was weighed."""
    opened = open_article(Article(id="a", source="s", text=text, published=date(2025, 3, 10)))
    with weighing("times", weights):
        claims, context = read(opened, next(parse([passing(opened)])))
    weighed = {c.claim_id: {m.time: m.features for m in context.moments[c.claim_id]} for c in claims if c.kind != "date"}
    return {c.quote: (c.time, weighed[c.claim_id]) for c in claims if c.kind != "date"}


def test_none_and_every_time_told_may_be_meant() -> None:
    found = _moments(TWO, RULED)
    assert set(found["300 camions"][1]) == {None, "1998", "2024"}
    assert set(found["90 salariés"][1]) == {None, "1998", "2024"}
    assert found["300 camions"][0] == "2024"
    assert found["90 salariés"][0] is None


@pytest.mark.parametrize(
    ("weights", "time"),
    [
        ({"own behind": 9.0}, "2024"),
        ({"own before": 9.0}, "1998"),
        ({"own of an event told in passing": 9.0}, "1998"),
        ({"none": 9.0}, None),
    ],
)
def test_the_weights_decide(weights: dict[str, float], time: str | None) -> None:
    assert _moments(TWO, weights)["300 camions"][0] == time


@pytest.mark.parametrize(
    ("text", "quote", "time", "names"),
    [
        (TWO, "300 camions", "2024", {"own right behind", "own a year", "own past", "rule own"}),
        (TWO, "300 camions", "1998", {"own of an event told in passing", "own before, set off", "ruled other"}),
        (TWO, "90 salariés", "2024", {"carried date, sentence before", "carried subject, sentence before", "ruled none"}),
        ("Sarmex a perdu 4 % par rapport à 2023.", "4 %", "2023", {"own compared", "own compared for flow"}),
        (
            "Selon un rapport publié en mai 2024, Sarmex a 90 salariés.",
            "90 salariés",
            "2024-05",
            {"own of speech", "own a month"},
        ),
        ("Sarmex emploiera 90 salariés en 2027.", "90 salariés", "2027", {"own future", "own clause future, value future"}),
    ],
)
def test_what_speaks_for_a_time(text: str, quote: str, time: str, names: set[str]) -> None:
    assert names - set(_moments(text, RULED)[quote][1][time]) == set()


def test_of_two_dates_for_one_time_the_one_counts_that_less_speaks_against() -> None:
    found = _moments("Sarmex fait mieux qu'en 2024 : l'an dernier, elle avait vendu 300 camions.", RULED)
    assert "own compared" not in found["300 camions"][1]["2024"]


@pytest.mark.parametrize(("weight", "time"), [(9.0, "2024"), (-9.0, None)])
def test_the_time_of_a_claim_before_may_be_meant(weight: float, time: str | None) -> None:
    found = _moments("En 2024, Sarmex a vendu 300 camions. Lumon en a vendu 200.", {"carried value, sentence before": weight})
    assert found["200"][0] == time


def test_a_time_counts_for_more_than_none() -> None:
    none, year = Moment(None, {"a": 1.0}), Moment(None, {"b": 1.0})
    assert likeliest({"a": 0.5, "b": 0.0}, [none, year]) is year
    assert likeliest({"a": 2.0, "b": 0.0}, [none, year]) is none


def test_training_finds_what_tells_the_time() -> None:
    def timing(dated: bool) -> Timing:
        moments = (Moment(None, {"none": 1.0}), Moment(None, {"own": 1.0, "own right behind" if dated else "own far": 1.0}))
        return Timing(moments, (not dated, dated))

    data = [timing(bool(i % 2)) for i in range(200)]
    weights = train(data)
    assert all(right(weights, one) for one in data)
    assert weights == train(data)


def test_where_nothing_was_seen_the_weights_are_what_is_known_of_the_language() -> None:
    assert train([]) == PRIOR


def test_the_trained_weights_are_of_the_corpus_as_it_is() -> None:
    model = json.loads((ROOT / "models/times.json").read_text("utf-8"))
    sets = [annotated(folder) for folder in dossiers(ROOT / "corpora", "train")]
    assert model["corpus"] == fingerprint(*(claim["id"] for each in sets for claim in each.claims))
    assert model["weights"]["rule"] > 0
