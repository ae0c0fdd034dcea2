"""When a claim holds: a date of its sentence, one told before, one reckoned from it, or at no time that is said.

What grammar makes of it (`times`, `carry`) is one of the candidates; a conditional logit over what speaks for each
(`holding`) decides. The weights are in `models/times.json`; `python -m pipeline.calibration` trains them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.claims.carry import REACH, Told, awaits, held_at, tells, told_at, told_by
from pipeline.claims.context import Context
from pipeline.claims.holding import Case, of_claim, of_none, of_own, of_sentence, of_time
from pipeline.claims.ranking import chances, foremost
from pipeline.records import Claim
from pipeline.weights import weights

BACK = 6  # claims back whose times are candidates
AGAINST = frozenset(f"own {mark}" for mark in ("compared", "of speech", "taken", "in passing", "labelled", "vintage", "nowadays"))
LEAN = 0.5  # what the chance of no time counts for: a time left out is missed more than one too many


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a claim may hold at (None: at none that is said), and what speaks for it, feature -> strength."""

    told: Told | None
    features: dict[str, float] = field(default_factory=dict)

    @property
    def time(self) -> str | None:
        """EDTF."""
        return None if self.told is None else self.told.time


def settled(context: Context, claims: Sequence[Claim]) -> list[Claim]:
    """The claims of an article with their likeliest times; they stand in the order of the text, with the times of the rules."""
    sentences = {s.start: s for s in context.sentences}
    events = {(c.start, c.end): c.metric for c in claims if c.kind == "date"}
    known, out = weights("times"), list[Claim]()
    for claim in claims:
        if claim.kind != "date":
            mention = context.mention_at[claim.start, claim.end]
            found = moments(Case(context, sentences[claim.sentence_start], mention, claim, out, events))
            context.moments[claim.claim_id] = found
            claim = held_at(claim, likeliest(known, found).told)
        out.append(claim)
    return out


def likeliest(known: Mapping[str, float], found: Sequence[Moment]) -> Moment:
    """The likeliest of some moments, of which the first is none; of equals the first."""
    odds = chances(known, [m.features for m in found])
    odds[0] *= LEAN
    return found[foremost(odds)]


def moments(case: Case) -> tuple[Moment, ...]:
    """The times that may be meant: none, then that of the rules, those of the sentence, those told before."""
    found: dict[str, Moment] = {}
    for told, names in _told(case):
        found.setdefault(told.time, Moment(told)).features.update(dict.fromkeys(names, 1.0))
    for moment in found.values():
        where = next((name for name in ("own", "carried") if name in moment.features), "reckoned")
        assert moment.told is not None
        moment.features.update(dict.fromkeys(of_time(case, moment.told, where), 1.0))
    return Moment(None, dict.fromkeys(of_none(case), 1.0)), *found.values()


def _in_sentence(case: Case) -> Iterator[tuple[Told, Iterable[str]]]:
    """The dates of the sentence; of two that say the same time the one that less speaks against, then the nearer."""
    best: dict[str, tuple[tuple[int, int], Told, list[str]]] = {}
    for date in case.own:
        told, names = told_at(date), [*of_own(case, date)]
        gap = max(case.claim.start - date.end, date.start - case.claim.end)
        rank = (len(AGAINST.intersection(names)), gap)
        if told.time not in best or rank < best[told.time][0]:
            best[told.time] = (rank, told, names)
    yield from ((told, names) for _, told, names in best.values())


def _told(case: Case) -> Iterator[tuple[Told, Iterable[str]]]:
    """Every telling of a time that may be meant, with what speaks for it; one time may be told more than once."""
    claim = case.claim
    if claim.time is not None:
        yield told_by(claim), ()
    yield from _in_sentence(case)
    if case.astray:
        return
    timed = (c for c in case.earlier if tells(c) and not awaits(c, claim) and claim.start - c.start <= REACH)
    other = [c for c in timed if c.kind != "date" or c.sentence_start != claim.sentence_start]  # not the dates given above
    for rank, earlier in enumerate(reversed(other[-BACK:])):
        yield told_by(earlier), of_claim(case, earlier, rank)
    before = case.context.sentence_before(case.sentence)
    if before is None:
        return
    for date in case.context.mentions_in(before.start, before.end):
        if date.kind == "date" and date.time and date.time_start:
            yield told_at(date), of_sentence(case, before, date)
