"""From the three tables to what the page shows: pairs grouped by fact, worst first, every value and date in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.lexicon import Table, table
from pipeline.markup import Mark, marked
from pipeline.report.track import Reach, commonest_unit, converted, reaches
from pipeline.tables import Tables
from pipeline.wording import Value, day, is_plural, metric, number, present, when

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]
SEVERITIES = ("major", "minor", "info")
MAX_FACTS = 300  # discrepant facts on a page; more make it heavy, and nobody reads them
MAX_PAIRS = 20  # pairs of one fact
MAX_LINES = 1000  # agreed facts, single facts, rejected inputs

AGREED, SINGLE = "agreed", "single"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one article says: the value in its sentence, who says it, when."""

    source: str
    url: str | None
    title: str | None
    published: str | None
    language: str | None
    kind: str | None
    quote: str
    sentence: str  # HTML, the value marked
    words: str | None
    attribution: str | None
    modality: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A discrepancy: two sides, and what explains their gap."""

    id: str
    severity: str
    relation: str
    scope: str
    gap: str | None
    explanation: str
    confidence: float | None
    a: Side
    b: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A value of a fact and everyone who gives it; `reach` is its place on the scale that the fact's positions share."""

    words: str
    sides: tuple[Side, ...]
    reach: Reach | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """A fact: what it is about, its positions, and its discrepancies, worst first (none where sources agree)."""

    id: str
    subject: str
    counterparty: str | None
    metric: str
    time: str | None
    positions: tuple[Position, ...]
    pairs: tuple[Pair, ...] = ()
    hidden: int = 0  # pairs that the cap left out

    @property
    def severity(self) -> str:
        """Of its worst pair."""
        return self.pairs[0].severity

    @property
    def relations(self) -> tuple[str, ...]:
        """Relations among its pairs, each once, worst pair first."""
        return tuple(dict.fromkeys(pair.relation for pair in self.pairs))

    @property
    def severities(self) -> tuple[str, ...]:
        """Severities among its pairs, each once."""
        return tuple(dict.fromkeys(pair.severity for pair in self.pairs))

    @property
    def sides(self) -> tuple[Side, ...]:
        """Everyone who gives a value, position by position."""
        return tuple(side for position in self.positions for side in position.sides)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All that the page shows of a comparison; counts are of the whole tables, lists are capped."""

    discrepant: list[FactRow]
    agreed: list[FactRow]
    single: list[FactRow]
    counts: dict[str, int]
    severities: dict[str, int]
    relations: dict[str, int]
    hidden: int = 0
    texts: Table = field(repr=False, default_factory=dict)


def rows(comparison: Tables, ui: str = "fr") -> Rows:
    """What the page shows: discrepant facts worst first (severity, confidence, gap), agreed and single ones by subject."""
    texts: Table = table("report")[ui]
    discrepancies = records(comparison.discrepancies)
    by_fact = _worst_first(discrepancies, dict(zip(comparison.claims["claim_id"], comparison.claims["confidence"], strict=True)))
    facts = comparison.facts
    chosen = {name: _by_subject(facts, name) for name in (AGREED, SINGLE)}
    shown = list(by_fact)[:MAX_FACTS]
    wanted = {*shown, *(str(f["fact_id"]) for some in chosen.values() for f in some)}
    claims = _claims_of(comparison.claims, wanted)
    sides = {row[side] for key in shown for row in by_fact[key] for side in ("claim_a", "claim_b")}
    paired = records(
        comparison.claims[comparison.claims["claim_id"].isin(sides)]
    )  # of this fact, or of another that it is set against
    by_id = {claim["claim_id"]: claim for claim in paired}
    build = partial(_fact_row, claims=claims, by_id=by_id, texts=texts, ui=ui)
    about = {f["fact_id"]: f for f in records(facts[facts["fact_id"].isin(shown)])}
    discrepant = [build(about.get(key, {"fact_id": key}), pairs=by_fact[key]) for key in shown]
    return Rows(
        discrepant=discrepant,
        agreed=[build(fact, pairs=()) for fact in chosen[AGREED]],
        single=[build(fact, pairs=()) for fact in chosen[SINGLE]],
        counts=_counts(comparison),
        severities={name: sum(d["severity"] == name for d in discrepancies) for name in SEVERITIES},
        relations=_tally(discrepancies, tuple(texts["relation"])),
        hidden=sum(len(some) for key, some in by_fact.items() if key not in shown),
        texts=texts,
    )


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a table, None for what is missing."""
    return [{str(k): present(v) for k, v in row.items()} for row in frame.to_dict("records")]


def _counts(comparison: Tables) -> dict[str, int]:
    relations = comparison.facts["relation"]
    return {
        "claims": len(comparison.claims),
        "sources": comparison.claims["source"].nunique(),
        "facts": len(comparison.facts),
        "discrepancies": len(comparison.discrepancies),
        "discrepant": comparison.discrepancies["fact_id"].nunique(),
        "agreed": int((relations == AGREED).sum()),
        "single": int((relations == SINGLE).sum()),
    }


def _tally(discrepancies: Iterable[Row], order: Sequence[str]) -> dict[str, int]:
    """How many discrepancies there are of each relation that occurs, in the order of the lexicon (gravest first)."""
    found: dict[str, int] = {}
    for row in discrepancies:
        found[row["relation"]] = found.get(row["relation"], 0) + 1
    ranked = sorted(found, key=lambda name: (order.index(name) if name in order else len(order), name))
    return {name: found[name] for name in ranked}


def _worst_first(discrepancies: Iterable[dict[str, Any]], confidence: Mapping[str, float]) -> dict[str, list[dict[str, Any]]]:
    """Discrepancies by fact; facts in the order of their worst pair, pairs likewise."""
    for row in discrepancies:
        if row.get("confidence") is None:
            known = [present(confidence.get(row[side])) for side in ("claim_a", "claim_b")]
            row["confidence"] = min((c for c in known if c is not None), default=None)
    by_fact: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(discrepancies, key=_badness):
        by_fact.setdefault(row["fact_id"], []).append(row)
    return by_fact


def _badness(row: Row) -> tuple[int, float, float, str]:
    """Sorting key, worst first: severity, confidence to one decimal, gap (days on a scale of a month)."""
    gap = row.get("gap") or 0.0
    size = gap / (gap + 30) if row.get("relation") == "date" else gap
    rank = SEVERITIES.index(row["severity"]) if row["severity"] in SEVERITIES else len(SEVERITIES)
    return rank, -round(1.0 if row["confidence"] is None else row["confidence"], 1), -size, str(row["discrepancy_id"])


def _by_subject(facts: pd.DataFrame, relation: str) -> list[dict[str, Any]]:
    """Facts of a relation by number of sources, subject and metric, as many as the page holds."""
    some = facts[facts["relation"] == relation]
    order = ["sources", "subject", "metric", "fact_id"]
    return records(some.sort_values(order, ascending=[False, True, True, True]).head(MAX_LINES))


def _claims_of(claims: pd.DataFrame, facts: set[str]) -> dict[str, list[dict[str, Any]]]:
    by_fact: dict[str, list[dict[str, Any]]] = {}
    for row in records(claims[claims["fact_id"].isin(facts)]):
        by_fact.setdefault(row["fact_id"], []).append(row)
    for some in by_fact.values():
        some.sort(key=by_publication)
    return by_fact


def by_publication(claim: Row) -> tuple[bool, str, str, str, int]:
    """Sorting key: the earliest published first, undated last."""
    published = claim.get("published")
    return published is None, str(published), claim["source"], claim["article_id"], claim.get("start") or 0


def _fact_row(
    fact: Row,
    *,
    pairs: Sequence[Row],
    claims: Mapping[str, list[dict[str, Any]]],
    by_id: Mapping[str, Row],
    texts: Table,
    ui: str,
) -> FactRow:
    own = claims.get(fact["fact_id"], [])
    about = fact if fact.get("metric") else (own[0] if own else {})
    return FactRow(
        id=str(fact["fact_id"]),
        subject=about.get("subject") or "?",
        counterparty=about.get("counterparty"),
        metric=metric(about.get("metric") or "?", ui),
        time=when(about.get("time"), ui=ui) if about.get("kind") != "date" else None,
        positions=positions(own, texts, ui),
        pairs=tuple(_pair(row, by_id, about.get("kind") == "date", texts, ui) for row in pairs[:MAX_PAIRS]),
        hidden=max(0, len(pairs) - MAX_PAIRS),
    )


def _pair(row: Row, claims: Mapping[str, Row], dates: bool, texts: Table, ui: str) -> Pair:
    return Pair(
        id=str(row["discrepancy_id"]),
        severity=row["severity"],
        relation=row["relation"],
        scope=texts["scope"].get(row["scope"], row["scope"]),
        gap=_gap(row.get("gap"), dates, texts, ui),
        explanation=row["explanation"] or "",
        confidence=row["confidence"],
        a=_side_of(row, "a", claims, texts, ui),
        b=_side_of(row, "b", claims, texts, ui),
    )


def _gap(gap: float | None, dates: bool, texts: Table, ui: str) -> str | None:
    if not gap or not math.isfinite(gap):
        return None
    if dates:
        return str(texts["gap"].format(f"{number(gap, ui)}\u00a0{texts['days'][is_plural(gap, ui)]}"))
    if 0.9 < gap < 1:
        return str(texts["factor"].format(number(float(f"{1 / (1 - gap):.2g}"), ui)))
    return str(texts["gap"].format(Value(kind="percent", value=max(round(100 * gap, 1), 0.1), unit="%").words(ui)))


def _side_of(row: Row, letter: str, claims: Mapping[str, Row], texts: Table, ui: str) -> Side:
    """A side of a discrepancy: from its claim, and where the table of claims lacks it, from the row itself."""
    repeated = {name: row.get(f"{name}_{letter}") for name in ("source", "quote", "value", "unit", "time", "sentence")}
    return side(claims.get(row[f"claim_{letter}"]) or repeated, texts, ui)


def side(claim: Row, texts: Table, ui: str) -> Side:
    """What a row of `claims` says, for the page."""
    published = claim.get("published")
    return Side(
        source=claim.get("source") or "?",
        url=link(claim.get("url")),
        title=claim.get("title"),
        published=day(published, ui) if isinstance(published, date) else None,
        language=claim.get("language"),
        kind=claim.get("kind"),
        quote=claim.get("quote") or "",
        sentence=sentence(claim),
        words=Value.of(claim).words(ui) if claim.get("kind") else None,
        attribution=claim.get("attribution"),
        modality=texts["modality"].get(claim.get("modality")),
        confidence=claim.get("confidence"),
    )


def link(url: str | None) -> str | None:
    """`url` where a browser may follow it: http and https only."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def sentence(claim: Row) -> str:
    """The sentence of a claim as HTML with its value marked, at its own place even where the quote stands there twice."""
    text, quote = claim.get("sentence") or "", claim.get("quote") or ""
    start = (claim.get("start") or 0) - (claim.get("sentence_start") or 0)
    if text[start : start + len(quote)] != quote or start < 0:
        start = text.find(quote)
    marks = [Mark(start=start, end=start + len(quote))] if quote and start >= 0 else []
    return marked(text, marks)


def positions(claims: Sequence[dict[str, Any]], texts: Table, ui: str) -> tuple[Position, ...]:
    """The distinct values of a fact, lowest first, each with those who give it (an article once)."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    unit = commonest_unit(claims)
    measured = {claim["claim_id"]: converted(claim, unit) for claim in claims}
    alike = _share_unit(list(measured.values()))
    for claim in claims:
        same = measured[claim["claim_id"]] | ({"unit": None} if alike else {})
        groups.setdefault(same_value(same), []).append(claim)
    ordered = sorted(groups.values(), key=lambda some: _height(measured[some[0]["claim_id"]]))
    places = reaches([measured[some[0]["claim_id"]] for some in ordered]) if alike else [None] * len(ordered)
    return tuple(
        Position(words=_said(some, texts, ui), sides=tuple(side(c, texts, ui) for c in _once(some)), reach=place)
        for some, place in zip(ordered, places, strict=True)
    )


def _share_unit(claims: Sequence[Row]) -> bool:
    """Whether figures compare as they are: one unit, or none named beside it, or counted nouns (200 jobs, 200 posts)."""
    units = {claim["unit"] for claim in claims if claim["kind"] != "count"} - {None}
    return len(units) < 2 and len({claim["per"] for claim in claims} - {None}) < 2


def same_value(claim: Row) -> tuple[Any, ...]:
    """What two claims of one value share."""
    if claim["kind"] == "date":
        return ("date", claim["time_start"], claim["time_end"])
    bounds = () if claim["value"] is not None else (claim["lower"], claim["upper"])
    return (claim["value"], *bounds, claim["unit"], claim["per"], claim["modality"] == "denied")


def _height(claim: Row) -> tuple[float, str]:
    for name in ("value", "lower", "upper"):
        if claim.get(name) is not None:
            return claim[name], ""
    return 0.0, str(claim.get("time_start") or "9")


def _said(claims: Sequence[Row], texts: Table, ui: str) -> str:
    """The value in words, as the least hedged of its claims gives it."""
    plainest = min(claims, key=lambda c: (c["unit"] is None, c["approximation"] != "exact"))
    words = Value.of(plainest).words(ui) or plainest["quote"] or texts["unknown_value"]
    return f"{words} ({texts['modality']['denied']})" if plainest["modality"] == "denied" else words


def _once(claims: Sequence[Row]) -> list[Row]:
    return list({claim["article_id"]: claim for claim in reversed(claims)}.values())[::-1]
