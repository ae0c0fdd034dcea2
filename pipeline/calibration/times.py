"""Trains the choice of times on annotated articles, see `pipeline.claims.moments`.

Of the times that a value may hold at, that of the annotation shall be likeliest, none where it has none; see `logit`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.calibration import logit
from pipeline.claims.moments import Moment, likeliest
from pipeline.score import Annotated, Row, same_time, twins

RIDGE = 8.0
PRIOR = {  # what is known of the language before anything was seen: grammar is right more often than not
    "rule": 4.0,
    "rule none": 2.0,
    "rule reckoned": 7.0,
    "own for a state before": -1.5,
    "own compared": -3.0,
    "own vintage": -3.0,
    "own taken": -2.0,
    "own nowadays": -2.0,
    "own labelled": -2.0,
    "own of speech": -1.5,
    "own in passing": -1.5,
    "own of an event told in passing": -1.0,
    "own not admitted": -1.0,
    "own deadline": -2.0,
    "own right behind": 1.0,
}


class Timing(NamedTuple):
    """The times that one value may hold at, and which of them the annotation gives."""

    moments: tuple[Moment, ...]
    right: tuple[bool, ...]

    @property
    def features(self) -> list[dict[str, float]]:
        """What speaks for each time."""
        return [m.features for m in self.moments]


def timings(each: Annotated, rows: Sequence[Row], moments: Mapping[str, tuple[Moment, ...]]) -> list[Timing]:
    """The values of an annotated set with the times that they may hold at."""
    out = []
    for gold, got in twins(each, rows):
        found = moments.get(got["claim_id"])
        if found is not None:
            out.append(Timing(found, tuple(_meant(gold["time"], m.time) for m in found)))
    return out


def _meant(gold: str | None, time: str | None) -> bool:
    return time is None if gold is None else same_time(gold, time)


def train(data: Sequence[Timing], start: Mapping[str, float] | None = None) -> dict[str, float]:
    """Weights of the features under which the annotated times are most likely."""
    return logit.fit(data, PRIOR, RIDGE, start)


def right(weights: Mapping[str, float], timing: Timing) -> bool:
    """Whether `weights` choose an annotated time, or none where none is annotated."""
    chosen = likeliest(weights, timing.moments)
    return any(chosen is m and is_right for m, is_right in zip(timing.moments, timing.right, strict=True))
