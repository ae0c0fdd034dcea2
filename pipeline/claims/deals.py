"""Deals: a valuation that stands beside a deal is that of the firm bought into, not of the buyer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.claims.catalogue import metrics
from pipeline.claims.measures import Measure
from pipeline.records import Claim, fingerprint

REACH = 600  # characters back to the deal that a valuation belongs to


def _deal(claim: Claim) -> bool:
    record = metrics().get(claim.metric)
    return record is not None and record.domain == "capital" and record.role == "agent"


def of_target(claim: Claim, how: Measure, earlier: Sequence[Claim]) -> Claim:
    """`claim`, said of the target where its subject is but the buyer of the deal told just before."""
    if how.metric not in ("valuation", "stake"):
        return claim
    near = next((c for c in reversed(earlier) if _deal(c) and claim.start - c.end < REACH), None)
    if near is None or near.subject != claim.subject:
        return claim
    targets = [c.counterparty for c in earlier if _deal(c) and c.subject == near.subject and c.counterparty]
    target = near.counterparty or (targets[-1] if targets else None)
    if target is None:
        return claim
    if how.metric == "stake":
        return replace(claim, counterparty=claim.counterparty or target)
    identity = fingerprint(claim.claim_id, target)
    return replace(claim, claim_id=identity, subject=target, subject_type="ORG", counterparty=None)


def completed(claims: Sequence[Claim]) -> list[Claim]:
    """Claims, a deal that names no other party given that of the other deals of its subject, where it is always one."""
    parties: dict[str, set[str]] = {}
    for claim in claims:
        if _deal(claim) and claim.counterparty:
            parties.setdefault(claim.subject, set()).add(claim.counterparty)
    lone = {subject: next(iter(names)) for subject, names in parties.items() if len(names) == 1}
    return [
        replace(c, counterparty=lone[c.subject])
        if _deal(c) and c.counterparty is None and c.subject in lone and c.metric in OPEN
        else c
        for c in claims
    ]


OPEN = ("investment", "acquisition")  # deals that always have another party
