"""The name that opens the clause of a value where no tree shows its subject: "Corbelys, the Belgian grocer, lost $5m"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.claims.context import Context
from pipeline.claims.windows import phrases
from pipeline.records import Entity, Mention
from pipeline.syntax import Sentence, Word, words

PARTS = (";",)  # what parts main clauses
COMMA = ","
AGENT, HELD = "agent", "held"
ROLES = (AGENT, "holder", HELD)  # roles of a metric whose subject a clause may begin with


def opener(context: Context, sentence: Sentence, mention: Mention, role: str) -> Entity | None:
    """The name that opens the clause of a value, no other name standing before the value but in an apposition to it.

    None where somebody speaks or another clause begins. Of an agent none of whom something is done to, of what is held
    only the name whose own figure it is: "Corbelys, whose valuation hit $3bn".
    """
    if sentence.parsed or role not in ROLES:
        return None
    clause = list(_clause(sentence, mention))
    first = next(iter(context.places_in(clause[0].start, clause[0].start + 1)), None) if clause else None
    if first is None or first[2].type == "LOC":
        return None
    said = [w for w in clause if w.start >= first[1]]
    whose = _own(sentence.language, said)
    if role == HELD and not whose:
        return None
    said = said[2:] if whose else _behind_aside(said)
    at = said[0].start if said else first[1]
    barred = _barred(sentence.language) | (words(sentence.language, "forms", "passive") if role == AGENT else frozenset())
    if any(w.norm in barred for w in said) or context.places_in(max(at, first[1]), mention.start):
        return None
    return first[2]


def _clause(sentence: Sentence, mention: Mention) -> Iterator[Word]:
    """The words of the main clause of a value, up to it."""
    before = [w for w in sentence.words if w.end <= mention.start]
    last = max((i for i, w in enumerate(before) if w.norm in PARTS), default=-1)
    yield from before[last + 1 :]


def _own(language: str, said: list[Word]) -> bool:
    """Whether a name is followed by what is its own, up to the value: "X, whose sales rose to"."""
    led = len(said) > 1 and said[0].norm == COMMA and said[1].norm in words(language, "reference", "whose")
    return led and all(w.norm != COMMA for w in said[2:])


def _behind_aside(said: list[Word]) -> list[Word]:
    """The words behind a name without what stands between commas right behind it."""
    if not said or said[0].norm != COMMA:
        return said
    closed = next((i for i, w in enumerate(said[1:], 1) if w.norm == COMMA), 0)
    return said[closed + 1 :]


def _barred(language: str) -> frozenset[str]:
    """Words by which somebody speaks, or another clause begins."""
    keys = (
        ("speech", "verbs"),
        ("speech", "announce"),
        ("speech", "claimed"),
        ("reference", "relatives"),
        ("reference", "whose"),
    )
    listed = frozenset().union(*(words(language, *key) for key in keys))
    breaks = {*phrases(language, "breaks", "words"), *phrases(language, "breaks", "contrast")}
    return listed | (breaks - words(language, "reference", "and"))
