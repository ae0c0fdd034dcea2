"""Trains the choice of subjects on annotated articles, see `pipeline.claims.ranking`.

A conditional logit: of the candidates of each value, those whom the annotation names shall be likeliest. It is fitted by
Newton's method with a ridge, so that the same corpus gives the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.claims.candidates import Candidate
from pipeline.claims.confidence import Traits
from pipeline.claims.ranking import likeliest
from pipeline.score import Annotated, Row, same_name, twins

__all__ = ["Ballot", "ballots", "fit", "likeliest"]

RIDGE, ROUNDS = 10.0, 40
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
    "only quoted": -1.0,
    "another's": -1.0,
    "no firm": -2.0,
    "prints the article": -3.0,
    "a country's figure": 1.5,
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
SEEN = 4  # candidates that a feature must speak of to be weighed


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


def fit(data: Sequence[Ballot], ridge: float = RIDGE) -> dict[str, float]:
    """Weights of the features under which the annotated subjects are most likely."""
    import numpy as np

    told = [b for b in data if any(b.right) and not all(b.right)]
    seen = Counter(name for ballot in told for features in ballot.features for name, strength in features.items() if strength)
    names = sorted({name for name, count in seen.items() if count >= SEEN} | PRIOR.keys())
    column = {name: i for i, name in enumerate(names)}
    tables = [(_table(b.features, column), np.array(b.right, dtype=float)) for b in told]
    expected = np.array([PRIOR.get(name, 0.0) for name in names])
    w = expected.copy()
    for _ in range(ROUNDS):
        slope, bend = ridge * (w - expected), ridge * np.eye(len(names))
        for x, right in tables:
            p = _softmax(x @ w)
            meant = p * right / (p @ right)
            mean = x.T @ p
            slope += mean - x.T @ meant
            bend += (x * p[:, None]).T @ x - np.outer(mean, mean)
        step = np.linalg.solve(bend, slope)
        w = w - step
        if float(np.abs(step).max()) < 1e-9:
            break
    return {name: round(float(weight), 4) for name, weight in zip(names, w, strict=True)}


def _table(ballot: Sequence[Mapping[str, float]], column: Mapping[str, int]) -> Any:
    import numpy as np

    x = np.zeros((len(ballot), len(column)))
    for i, features in enumerate(ballot):
        for name, strength in features.items():
            if name in column:
                x[i, column[name]] = strength
    return x


def _softmax(logits: Any) -> Any:
    import numpy as np

    parts = np.exp(logits - logits.max())
    return parts / parts.sum()
