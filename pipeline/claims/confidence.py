"""How far a claim is to be trusted: a logistic model over what its reading went by, trained from `corpora/annotated`.

The weights are in `models/confidence.json`; `python -m pipeline.calibration` trains them anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.weights import probability
from pipeline.weights import weights as trained

if TYPE_CHECKING:
    from pipeline.claims.candidates import Candidate

UNSETTLED = 0.5  # of the chance is left where the subject is of no fitting type: too rare in the corpus to be learnt


@dataclass(frozen=True, slots=True)
class Traits:
    """What the reading of a claim went by."""

    how: str  # how its subject was found, see `Referent.how`
    sure: float  # chance of the subject among its candidates, 0..1
    cost: float  # of the way from the value to the cue of its metric
    known: bool  # whether the catalogue has the metric
    parsed: bool  # whether the sentence was parsed
    kind: str  # of the value
    settled: bool  # whether the subject is of the type that the metric asks for
    event: float = 0.0  # of a date the chance that it is that of an event, 0..1
    candidates: tuple[Candidate, ...] = ()  # among whom its subject was chosen


def features(traits: Traits) -> dict[str, float]:
    """The traits as numbers, in a fixed order."""
    return {
        "one": 1.0,
        "sure": traits.sure,
        "cost": traits.cost,
        "open metric": float(not traits.known),
        "not parsed": float(not traits.parsed),
        "date": float(traits.kind == "date"),
        "event": traits.event,
        "by reference": float(traits.how in ("description", "pronoun", "possessive")),
        "by topic": float(traits.how == "topic"),
    }


def weights() -> Mapping[str, float]:
    """The weight of each feature. Raises ModelError where there are none."""
    return trained("confidence")


def confidence(traits: Traits) -> float:
    """The chance that value, subject and metric of a claim are right, 0..1, to three digits.

    A feature that the trained file does not know yet counts nothing, so that claims can be read to train it anew.
    """
    known = weights()
    logit = sum(known.get(name, 0.0) * number for name, number in features(traits).items())
    chance = probability(max(-30.0, min(30.0, logit)))
    return round(chance if traits.settled else chance * UNSETTLED, 3)
