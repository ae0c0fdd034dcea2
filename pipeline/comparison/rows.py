"""Facts and discrepancies as columns of their tables: what most claims say, the bounds, who gives which value."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np

from pipeline.comparison.columns import ABSENT, Column, Floats, Mask, codes, floats
from pipeline.comparison.explanations import explain
from pipeline.comparison.facts import Fact, Pair, Value, consensus, precision
from pipeline.comparison.items import Item
from pipeline.comparison.packed import Columns
from pipeline.comparison.relations import RELATIONS, SEVERITIES, scope, size
from pipeline.comparison.times import day
from pipeline.records import fingerprint
from pipeline.tables import SCHEMAS


def fact_columns(facts: Sequence[Fact], differing: Iterable[Pair]) -> Columns:
    """The columns of `facts`, at least one; `differing` are pairs that touch them, each of one fact or of two."""
    touched: dict[str, list[Pair]] = defaultdict(list)
    for pair in differing:
        for each in set(pair.facts):
            touched[each].append(pair)
    told = _Told(facts)
    best, precisest, figures = told.best, told.precisest, told.figures
    kinds, units, days = (told.of(name, best) for name in ("kind", "unit", "time"))
    dated = [kind == "date" for kind in kinds]
    lowest, highest = told.bounds(units)
    return {
        "fact_id": [fact.id for fact in facts],
        **{name: told.commonest(name) for name in ("subject", "counterparty", "metric")},
        "kind": kinds,
        "unit": [own or common for own, common in zip(units, told.commonest("unit"), strict=True)],
        "time": [day if one else common for one, day, common in zip(dated, days, told.commonest("time"), strict=True)],
        "claims": told.size.tolist(),
        "sources": list(map(len, told.sources)),
        "lowest": lowest,
        "highest": highest,
        "consensus": figures[best].tolist(),
        "relation": [_relation(fact, touched.get(fact.id, ())) for fact in facts],
        **{name: told.of(name, best) for name in ("per", "scope")},
        "first_published": [None if fact.first.published is None else day(fact.first.published) for fact in facts],
        "first_source": [fact.first.witness for fact in facts],
        "most_precise": np.where(dated, np.nan, figures[precisest]).tolist(),
        "values": told.values,
    }


class _Told:
    """The claims of some facts as columns, those of each fact one after another, in the order of their ids.

    A claim is named by its place in the table that all of them are of.
    """

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._facts = facts
        items = list(chain.from_iterable(fact.items for fact in facts))
        self._columns, self._places = items[0].row.columns, [item.row.place for item in items]
        self.size = np.array([len(fact.items) for fact in facts], dtype=np.int64)
        self._first = np.cumsum(self.size) - self.size
        self._fact = np.repeat(np.arange(len(facts)), self.size)
        self._precision = np.array([precision(item) for item in items])
        self._date, self._denied = self._are("kind", "date"), self._are("modality", "denied")
        self._hedged = ~self._are("approximation", "exact")

    def of(self, name: str, places: Iterable[int]) -> list[Any]:
        """What claims have in a column."""
        column = self._columns[name]
        return [column[place] for place in places]

    def _are(self, name: str, word: str) -> Mask:
        return np.array([value == word for value in self.of(name, self._places)], dtype=bool)

    def _foremost(self, *columns: Column) -> list[int]:
        """The claim of each fact that has the least in some columns, the first counting most; ties to the smaller id."""
        order = np.lexsort((*reversed(columns), self._fact))
        return [self._places[number] for number in order[self._first].tolist()]

    @property
    def best(self) -> list[int]:
        """The claim that stands for each fact; see `consensus`, which is quickly found where all give one value."""
        found = self._foremost(self._precision, self._hedged)
        return [place if fact.one else consensus(fact).row.place for fact, place in zip(self._facts, found, strict=True)]

    @property
    def precisest(self) -> list[int]:
        """The claim of each fact that is written most precisely, without a word of approximation where one is."""
        return self._foremost(self._denied, self._hedged, self._precision)

    def commonest(self, name: str) -> list[str | None]:
        """What most claims of each fact have in a column, of those that have something; ties to the longest."""
        values = self.of(name, self._places)
        known = codes(values)
        mixed = np.minimum.reduceat(known, self._first) != np.maximum.reduceat(known, self._first)
        found = [values[number] for number in self._first.tolist()]
        for fact in np.flatnonzero(mixed).tolist():
            first = self._first[fact]
            counts = Counter(value for value in values[first : first + self.size[fact]] if value is not None)
            found[fact] = min(counts, key=lambda value: (-counts[value], -len(value), value))
        return found

    @cached_property
    def _ends(self) -> tuple[Floats, Floats, Floats]:
        """Point, lower and upper end of all figures of the table."""
        value, lower, upper = (floats(self._columns[name]) for name in ("value", "lower", "upper"))
        return value, lower, upper

    @property
    def figures(self) -> Floats:
        """The points of all figures of the table; of a range its middle, of a bound the bound; not a number of a date."""
        value, lower, upper = self._ends
        middle = (np.fmin(lower, upper) + np.fmax(lower, upper)) / 2  # the bound itself where there is one
        date = np.array([kind == "date" for kind in self._columns["kind"]], dtype=bool)
        return np.where(date, np.nan, np.where(np.isnan(value), middle, value))

    def bounds(self, units: Sequence[str | None]) -> tuple[list[float], list[float]]:
        """Lowest and highest figure of each fact that is given in its unit, of `units`, and not denied; of all where none is.

        A range counts by its ends. Not a number where there is no figure, as of dates.
        """
        known = codes([*self.of("unit", self._places), *units])
        own, wanted = known[: len(self._places)], known[len(self._places) :]
        stated = ~self._date & ~self._denied & ((own == wanted[self._fact]) | (own == ABSENT))
        counted = np.where(np.logical_or.reduceat(stated, self._first)[self._fact], stated, ~self._date)
        value, lower, upper = (end[self._places] for end in self._ends)
        low, high = (np.where(np.isnan(value), outer(lower, upper), value) for outer in (np.fmin, np.fmax))
        least = np.fmin.reduceat(np.where(counted, low, np.nan), self._first)
        most = np.fmax.reduceat(np.where(counted, high, np.nan), self._first)
        return least.tolist(), most.tolist()

    @cached_property
    def sources(self) -> list[list[str]]:
        """Whose articles make each fact; of a copy, the source of the original."""
        return [_sources(fact.items) for fact in self._facts]

    @property
    def values(self) -> list[str]:
        """The values of each fact in words; see `_given`, of which nothing needs to be asked where all give one value."""
        quotes = self.of("quote", self._foremost(self._precision))
        plain = zip(self._facts, quotes, self.sources, strict=True)
        return [_vouched(quote, fact.items[0].modality, sources) if fact.one else _given(fact) for fact, quote, sources in plain]


def _sources(items: Sequence[Item]) -> list[str]:
    return [items[0].witness] if len(items) == 1 else sorted({item.witness for item in items})


def _given(fact: Fact) -> str:
    """Each value in its most precise quote, with who gives it: "14,3 milliards (a, b) · 14 milliards (c)"; most sources first."""
    by_value: dict[Value, list[Item]] = defaultdict(list)
    for item, value in zip(fact.items, fact.values, strict=True):
        by_value[value].append(item)
    told = [(_sources(items), min(items, key=precision)) for items in by_value.values()]
    told.sort(key=lambda each: (-len(each[0]), each[1].id))
    return " · ".join(_vouched(item.row["quote"], item.modality, sources) for sources, item in told)


def _vouched(quote: str | None, modality: str, sources: Sequence[str]) -> str:
    return f"{'not ' if modality == 'denied' else ''}{' '.join(str(quote).split())} ({', '.join(sources)})"


def _relation(fact: Fact, found: Sequence[Pair]) -> str:
    """The worst relation that was `found`; without any, whether two articles that are no copies agree."""
    if found:
        names = list(RELATIONS)
        return max(found, key=lambda p: (SEVERITIES.index(RELATIONS[p.relation].severity), -names.index(p.relation))).relation
    if len(fact.items) == 1:
        return "single"
    return "single" if fact.one and len({item.text for item in fact.items}) == 1 else "agreed"


# Discrepancies.

_SIDES = ("source", "quote", "value", "unit", "time", "sentence")


def discrepancy_columns(pairs: Sequence[Pair], ui: str) -> Columns:
    """The columns of `discrepancies`, explained in `ui`."""
    rows = [_discrepancy(pair, ui) for pair in pairs]
    return {name: [row[name] for row in rows] for name in SCHEMAS["discrepancies"]}


def _discrepancy(pair: Pair, ui: str) -> Mapping[str, object]:
    a, b = pair.a, pair.b
    row = {
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
        row |= {f"{name}_{side}": item.row[name] for name in _SIDES}
    return row
