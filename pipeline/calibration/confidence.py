"""Examples for the confidence of a claim, see `pipeline.claims.confidence`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.calibration.reading import Reading
from pipeline.calibration.regression import Example
from pipeline.claims.confidence import features
from pipeline.claims.ranking import likeliest
from pipeline.score import judged


def examples(read: Reading, weights: Mapping[str, float]) -> list[Example]:
    """The traits of each claim as numbers, and whether the claim is right, if `weights` choose the subjects."""
    rows, traits = [], {}
    for row in read.rows:
        trait = read.traits.get(row["claim_id"])
        if trait is not None and trait.candidates:
            best, sure = likeliest(weights, [c.features for c in trait.candidates])
            who = trait.candidates[best].referent
            row, trait = row | {"subject": who.name}, replace(trait, how=who.how, sure=sure)
        if trait is not None:
            rows.append(row)
            traits[row["claim_id"]] = trait
    return [(list(features(traits[name]).values()), right) for name, right in judged(read.each, rows) if name in traits]
