"""Trains the choice of subjects on annotated articles, see `pipeline.claims.ranking`.

Of the candidates of each value, those whom the annotation names shall be likeliest, see `logit`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.calibration import logit
from pipeline.claims.candidates import Candidate
from pipeline.claims.confidence import Traits
from pipeline.claims.ranking import likeliest
from pipeline.score import Annotated, Row, same_name, twins

__all__ = ["Ballot", "ballots", "fit", "likeliest"]

RIDGE = 10.0
PRIOR = {  # what is known of the language before anything was seen, where the corpus has few cases of it
    "rule": 1.0,
    "beside": 1.0,
    "introduced so last": 1.5,
    "of the people": 1.5,
    "close behind, place": 0.7,
    "we": 0.7,
    "I": 0.7,
    "pointed at": 0.7,
    "in the title alone": 1.0,
    "estimates it": -2.5,
    "says it": -1.0,
    "measured from": -2.5,
    "only quoted": -1.0,
    "another's": -2.0,
    "no firm": -2.0,
    "prints the article": -3.0,
    "noun for nobody named": 2.0,
    "description agrees": 0.5,
    "description disagrees": -1.5,
    "pronoun agrees": 0.5,
    "pronoun disagrees": -1.5,
    "a country's figure": 1.5,
    "the main country's figure": 1.5,
    "its state is told of": 1.5,
    "in parentheses alone": -1.5,
    "with it": 1.5,
    "house of who says it": 1.5,
    "we, the house": 1.5,
    "does not fit the metric": -2.0,
    "a body with a firm's figure": -1.0,
    "a medium": -1.0,
    "has a share": -1.5,
    "aged and known": 2.0,
    "aged noun": 1.0,
    "of the aged": -3.0,
}


@dataclass(frozen=True, slots=True)
class Ballot:
    """The candidates of one value, and which of them the annotation means."""

    claim_id: str
    candidates: tuple[Candidate, ...]
    right: tuple[bool, ...]
    meant: str  # the subject as annotated

    @property
    def features(self) -> list[dict[str, float]]:
        """What speaks for each candidate."""
        return [c.features for c in self.candidates]


def ballots(each: Annotated, rows: Sequence[Row], traits: Mapping[str, Traits]) -> list[Ballot]:
    """A ballot for each value of an annotated set whose subject was chosen among candidates."""
    out = []
    for gold, got in twins(each, rows):
        found = traits[got["claim_id"]].candidates if got["claim_id"] in traits else ()
        if found:
            right = tuple(same_name(gold["subject"], c.referent.name) for c in found)
            out.append(Ballot(got["claim_id"], found, right, gold["subject"]))
    return out


def fit(data: Sequence[Ballot], ridge: float = RIDGE, start: Mapping[str, float] | None = None) -> dict[str, float]:
    """Weights of the features under which the annotated subjects are most likely."""
    return logit.fit(data, PRIOR, ridge, start)
