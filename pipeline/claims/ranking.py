"""Which candidate a claim is about: a conditional logit over what speaks for each, trained from `corpora/annotated`.

The weights are in `models/subjects.json`; `python -m pipeline.calibration` trains them anew.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from pipeline.claims.candidates import Candidate
from pipeline.weights import weights


def chances(known: Mapping[str, float], ballot: Sequence[Mapping[str, float]]) -> list[float]:
    """The chance of each candidate, in their order, summing to one; a feature without a weight counts nothing."""
    logits = [sum(known.get(name, 0.0) * strength for name, strength in features.items()) for features in ballot]
    most = max(logits)
    parts = [math.exp(logit - most) for logit in logits]
    return [part / sum(parts) for part in parts]


def foremost(odds: Sequence[float]) -> int:
    """Index of the greatest of some chances; of equals the first."""
    return max(range(len(odds)), key=lambda i: (round(odds[i], 9), -i))


SURE = 0.8  # of a rule that read a name in the very place which the metric gives to its subject
TRUST = 0.85  # chance of the name that such a rule read
AGAINST = (  # what leaves it open all the same whether that name is meant
    "estimates it",
    "says it",
    "another's",
    "measured from",
    "of the aged",
    "has a share",
    "does not fit the metric",
    "not the usual bearer",
    "not a usual bearer",
    "another place's",
    "a body with a firm's figure",
)


def settled(ballot: Sequence[Mapping[str, float]]) -> int | None:
    """Index of the candidate whom grammar alone has named, so that nothing need be weighed; None where it has named nobody.

    A name in the very place that the metric gives to its subject, unless its bearer only gives the figure, only stands beside
    the one who is meant, or seldom has such a figure, or another name has it by a preposition ("devant X avec 12 %"); the
    nameless person at whom an age stands; against whom a penalty is asked for.
    """
    aged = next((i for i, features in enumerate(ballot) if features.get("aged and new")), None)
    known = any(features.get("aged and known") for features in ballot)
    if aged is not None and not known:
        return aged
    opponent = next((i for i, features in enumerate(ballot) if features.get("against it")), None)
    if opponent is not None:
        return opponent
    ruled = ballot[0]
    if any(features.get("with it") for features in ballot[1:]):
        return None
    return 0 if ruled.get("rule name") and ruled["rule"] >= SURE and not any(map(ruled.get, AGAINST)) else None


def likeliest(known: Mapping[str, float], ballot: Sequence[Mapping[str, float]]) -> tuple[int, float]:
    """Index of the likeliest candidate and its chance; of equals the first, which is the one of the rules."""
    named = settled(ballot)
    if named is not None:
        return named, TRUST
    odds = chances(known, ballot)
    best = foremost(odds)
    return best, odds[best]


def chosen(found: Sequence[Candidate]) -> tuple[int, float]:
    """Index of the likeliest candidate and its chance, by the trained weights. Raises ModelError where there are none."""
    return likeliest(weights("subjects"), [c.features for c in found])
