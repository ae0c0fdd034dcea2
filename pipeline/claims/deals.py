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
    return record is not None and record.domain == "capital" and record.role == "agent" and claim.counterparty is not None


def of_target(claim: Claim, how: Measure, earlier: Sequence[Claim]) -> Claim:
    """`claim`, said of the target where its subject is but the buyer of the deal told just before."""
    if how.metric not in ("valuation", "stake"):
        return claim
    deal = next((c for c in reversed(earlier) if _deal(c) and claim.start - c.end < REACH), None)
    if deal is None or deal.subject != claim.subject or deal.counterparty is None:
        return claim
    if how.metric == "stake":
        return replace(claim, counterparty=claim.counterparty or deal.counterparty)
    identity = fingerprint(claim.claim_id, deal.counterparty)
    return replace(claim, claim_id=identity, subject=deal.counterparty, subject_type="ORG", counterparty=None)
