"""What lies ahead: whatever an article tells of a time after its publication is planned, however it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.claims.catalogue import metrics
from pipeline.claims.context import Context
from pipeline.claims.times import clause, tense
from pipeline.records import Claim
from pipeline.syntax import Sentence, words

PLAIN = ("asserted", "attributed")
UP = 4  # clauses up to the one whose tense tells


def lies_ahead(context: Context, claim: Claim) -> Claim:
    """The claim of a value as a plan, where it holds at a time after publication; what is denied or but possible stays so.

    What is told in the past, tolls and earlier states have come to pass, whatever they are dated.
    """
    sentence = context.sentence_at[claim.sentence_start]
    if not later(claim.published, claim.time_start) or not sentence.parsed or claim.modality not in PLAIN:
        return claim
    if "before" in claim.scopes or _toll(claim) or _has_happened(sentence, claim):
        return claim
    return replace(claim, modality="planned")


def later(published: date | None, first: date | None) -> bool:
    """Whether what begins on the day `first` lies after publication."""
    return published is not None and first is not None and first > published


def _has_happened(sentence: Sentence, claim: Claim) -> bool:
    """Whether the clause of a value is in the past, and does not only announce."""
    at = sentence.root_of(sentence.indices(claim.start, claim.end))
    for _ in range(UP):
        head = clause(sentence, at)
        word, found = sentence.words[head], tense(sentence, head)
        if found or word.head in (head, -1):
            return found == "past" and word.lemma not in words(sentence.language, "speech", "announce")
        at = word.head
    return False


def _toll(claim: Claim) -> bool:
    record = metrics().get(claim.metric)
    return record is not None and record.toll
