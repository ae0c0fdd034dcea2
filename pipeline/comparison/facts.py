"""Facts and discrepancies as rows: pairs of representatives, consensus, the worst relation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter, itemgetter
from typing import Any

from pipeline.comparison.alignment import tellable
from pipeline.comparison.explanations import explain
from pipeline.comparison.items import Item
from pipeline.comparison.items import Row as Given
from pipeline.comparison.lexical import limit
from pipeline.comparison.relations import RELATIONS, SEVERITIES, earlier, relation, scope, size
from pipeline.comparison.times import day
from pipeline.records import fingerprint

Row = dict[str, Any]
Value = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Claims of one fact in the order of their ids, with their values; `id` is that of the founding claim, first published."""

    id: str
    items: tuple[Item, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims that differ, the earlier published first; `why` is the computation of an arithmetic one."""

    a: Item
    b: Item
    relation: str
    facts: tuple[str, str]
    why: str = ""
    twin: Item | None = None  # a claim of another fact with the figure of one of the two: a likely mix-up


def fact(items: Iterable[Item]) -> Fact:
    """A fact of `items`. Its id stays as later articles join it."""
    members = tuple(sorted(items, key=attrgetter("id")))
    return Fact(fingerprint("fact", _first(members).id), members, tuple(map(_value, members)))


def _first(items: Sequence[Item]) -> Item:
    """The claim published first; undated ones last."""
    return items[0] if len(items) == 1 else min(items, key=lambda item: (item.published is None, item.published or 0, item.id))


def _value(item: Item) -> Value:
    if item.kind == "date":
        return ("date", item.span)
    point, lower, upper, *_ = item.amount
    ends = (None, None) if point is not None else (lower, upper)
    return (point, *ends, item.base if item.kind == "money" else item.kind, item.modality == "denied")


def representatives(items: Iterable[Item]) -> list[Item]:
    """The first claim of each value that an article gives, in the order of article and place."""
    found: dict[tuple[object, ...], Item] = {}
    for item in sorted(items, key=lambda item: (item.article, item.start, item.id)):
        found.setdefault((item.article, *_value(item)), item)
    return list(found.values())


def _candidates(fact: Fact) -> Iterator[tuple[Item, Item]]:
    chosen = representatives(fact.items)
    if len(chosen) <= limit("pairs"):
        yield from combinations(chosen, 2)
        return
    best = consensus(fact)
    yield from ((best, item) for item in chosen if item is not best)


def pairs(fact: Fact) -> list[Pair]:
    """What of a fact differs, each pair of articles and values once."""
    found: list[Pair] = []
    if len(set(fact.values)) == 1:
        return found
    for one, other in _candidates(fact):
        a, b = earlier(one, other)
        name = relation(a, b)
        if name is not None and tellable(a, b, quiet=RELATIONS[name].severity == "info"):
            found.append(Pair(a, b, name, (fact.id, fact.id)))
    return found


# Consensus.


def _precision(item: Item) -> float:
    if item.kind == "date":
        return float(item.span.length) if item.span else 1e9
    return item.amount.quantum


def consensus(fact: Fact) -> Item:
    """The claim whose value most sources give; ties to the most precise, then to the plainest wording and the smaller id.

    A source whose article is a copy counts as the source of the original.
    """
    if len(fact.items) == 1:
        return fact.items[0]
    valued = list(zip(fact.items, fact.values, strict=True))
    stated = [each for each in valued if each[0].modality != "denied"]
    sources: dict[Value, set[str]] = defaultdict(set)
    for item, value in stated:
        sources[value].add(item.witness)
    ranked = ((-len(sources[value]), _precision(item), item.amount.hedged, item.id, item) for item, value in stated or valued)
    return min(ranked, key=itemgetter(0, 1, 2, 3))[-1]


def _commonest(items: Sequence[Item], name: str) -> str | None:
    """What most claims have in a column, of those that have something; ties to the longest."""
    values: list[str | None] = [item.row[name] for item in items]
    if values.count(values[0]) == len(values):
        return values[0]
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], -len(value), value))


def _bounds(fact: Fact, unit: str | None) -> tuple[float | None, float | None]:
    """Lowest and highest figure given, in the consensus' `unit`; none for dates."""
    figures = [item for item in fact.items if item.kind != "date"]
    stated = [item for item in figures if item.modality != "denied" and item.row["unit"] in (unit, None)]
    given = [x for item in stated or figures for x in _ends(item.row)]
    return (min(given), max(given)) if given else (None, None)


def _ends(row: Given) -> list[float]:
    """The point of a figure, else its bounds."""
    value = row["value"]
    if not _blank(value):
        return [value]
    return [end for end in (row["lower"], row["upper"]) if not _blank(end)]


def _blank(value: float | None) -> bool:
    return value is None or value != value


def _relation(fact: Fact, found: list[Pair]) -> str:
    if len(fact.items) == 1 and not found:
        return "single"
    if found:
        names = list(RELATIONS)
        return max(found, key=lambda p: (SEVERITIES.index(RELATIONS[p.relation].severity), -names.index(p.relation))).relation
    texts = {item.text for item in fact.items}
    return "single" if len(texts) == 1 == len(set(fact.values)) else "agreed"


def _precisest(fact: Fact) -> Item:
    """The claim that is written most precisely, without a word of approximation where one is; ties as in `consensus`."""
    if len(fact.items) == 1:
        return fact.items[0]
    stated = [item for item in fact.items if item.modality != "denied"] or list(fact.items)
    return min(stated, key=lambda item: (item.amount.hedged, _precision(item), item.id))


def _given(fact: Fact) -> str:
    """Each value in its most precise quote, with who gives it: "14,3 milliards (a, b) · 14 milliards (c)"; most sources first."""
    if len(fact.items) == 1:
        return f"{_stated(fact.items[0])} ({fact.items[0].witness})"
    by_value: dict[Value, list[Item]] = defaultdict(list)
    for item, value in zip(fact.items, fact.values, strict=True):
        by_value[value].append(item)
    values = [
        (sorted({i.witness for i in items}), min(items, key=lambda i: (_precision(i), i.id))) for items in by_value.values()
    ]
    values.sort(key=lambda value: (-len(value[0]), value[1].id))
    return " · ".join(f"{_stated(item)} ({', '.join(sources)})" for sources, item in values)


def _stated(item: Item) -> str:
    quote = " ".join(str(item.row["quote"]).split())
    return f"not {quote}" if item.modality == "denied" else quote


def fact_row(fact: Fact, found: list[Pair]) -> Row:
    """The row of `facts`; `found` are the pairs that touch it."""
    best = consensus(fact)
    lowest, highest = _bounds(fact, best.row["unit"])
    first = _first(fact.items)
    return {
        "fact_id": fact.id,
        "subject": _commonest(fact.items, "subject"),
        "counterparty": _commonest(fact.items, "counterparty"),
        "metric": _commonest(fact.items, "metric"),
        "kind": best.kind,
        "unit": best.row["unit"] or _commonest(fact.items, "unit"),
        "time": best.row["time"] if best.kind == "date" else _commonest(fact.items, "time"),
        "claims": len(fact.items),
        "sources": len({item.witness for item in fact.items}),
        "lowest": lowest,
        "highest": highest,
        "consensus": None if best.kind == "date" else _figure(best.row),
        "relation": _relation(fact, found),
        "per": best.row["per"],
        "scope": best.row["scope"],
        "first_published": None if first.published is None else day(first.published),
        "first_source": first.witness,
        "most_precise": None if best.kind == "date" else _figure(_precisest(fact).row),
        "values": _given(fact),
    }


def _figure(row: Given) -> float | None:
    """The point; of a range its middle, of a bound the bound."""
    ends = _ends(row)
    return sum(ends) / len(ends) if ends else None


def discrepancy_row(pair: Pair, ui: str) -> Row:
    """The row of `discrepancies`."""
    a, b = pair.a, pair.b
    row: Row = {
        "discrepancy_id": fingerprint("discrepancy", a.id, b.id),
        "fact_id": pair.facts[0],
        "claim_a": a.id,
        "claim_b": b.id,
        "scope": scope(a, b),
        "relation": pair.relation,
        "gap": size(a, b),
        "severity": RELATIONS[pair.relation].severity,
        "explanation": explain(a, b, pair.relation, ui, pair.why, pair.twin),
        "confidence": min(a.confidence, b.confidence),
    }
    for side, item in (("a", a), ("b", b)):
        row |= {f"{name}_{side}": item.row[name] for name in ("source", "quote", "value", "unit", "time", "sentence")}
    return row
