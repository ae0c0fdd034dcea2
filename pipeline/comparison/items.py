"""Claims as the comparison reads them: one record a row, names and units folded, times in days."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipeline.comparison import lexical
from pipeline.comparison.lexical import Metric
from pipeline.comparison.names import Names, key
from pipeline.comparison.packed import Columns, chosen_of, packed, unpacked
from pipeline.comparison.rates import Fixing, Rates
from pipeline.comparison.times import Span, edtf_span
from pipeline.comparison.values import Amount, digits, written_quantum
from pipeline.folding import fold
from pipeline.records import scopes_of
from pipeline.tables import RESOLVED, SCHEMAS

if TYPE_CHECKING:
    import pandas as pd

V = TypeVar("V")
READ = tuple(name for name in SCHEMAS["claims"] if name not in ("url", "sentence_end", "end", "fact_id"))
"""The columns of a claim that the comparison looks at."""
OWN = tuple(name for name in READ if name not in RESOLVED)
"""Those that it was read with."""

Figure = tuple[object, ...]


class Row:
    """A row of a table of claims, by the names of its columns."""

    __slots__ = ("columns", "place")

    def __init__(self, columns: Columns, place: int) -> None:
        self.columns, self.place = columns, place

    def __getitem__(self, name: str) -> Any:
        return self.columns[name][self.place]


class Place(NamedTuple):
    """Where an article gives a figure, of whatever it is said: what stands nearer to another may be what that speaks of."""

    start: int
    id: str
    sentence: int
    kind: str
    dated: bool


class Story(NamedTuple):
    """What an article's claims say together: its telling figures, each with what it counts in, and the days of its events.

    `places` are those of its figures, in their order, where it gives a percentage or a part, so that sums may be made.
    """

    figures: frozenset[Figure]
    days: frozenset[int]
    places: tuple[Place, ...] = ()


class Item(NamedTuple):
    """One claim, equal to itself alone. `base` is what its figure counts in: a currency, a dimension, a family of nouns;
    `row` the table's own, subject and metric as they were resolved.

    `text` is one for an article and its copies, named by the original; `witness` is the source of the original. `fixing` has
    the exchange rates for an amount, where there are any.
    """

    row: Row
    story: Story
    figure: Figure
    id: str
    article: str
    text: str
    source: str
    witness: str
    sentence: int
    start: int
    published: int | None
    subject: str
    counterparty: str | None
    parties: str  # all names of which the claim is, and who says it, folded
    metric: Metric
    kind: str
    type: str | None
    amount: Amount
    base: str | None
    per: str | None
    span: Span | None
    body: str | None
    modality: str
    confidence: float
    scope: frozenset[str]
    fixing: Fixing | None
    group: str | None  # of the claims of one story that are likely of one fact (`coreference`)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def _numbers(values: list[float]) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in values]


def _ordinal(value: date | None) -> int | None:
    return None if value is None else value.toordinal()


def _span(time: str | None, first: date | None, last: date | None) -> Span | None:
    if first is not None and last is not None and first <= last:
        return Span(first.toordinal(), last.toordinal(), any(mark in (time or "") for mark in "~?%"))
    return edtf_span(time) if time else None


def _base(kind: str, unit: str | None, quote: str) -> tuple[str | None, float, float]:
    if kind == "count":
        return _narrowed(lexical.counted(unit), quote) if unit and not lexical.elided(unit) else None, 1.0, 0.0
    if kind in ("measure", "duration"):
        return lexical.dimension(unit)
    return unit, 1.0, 0.0


def _narrowed(family: str, quote: str) -> str:
    """The family that the quote's own adjective makes of it: "500 travailleurs indépendants" are contractors."""
    if not lexical.confusable(family):
        return family
    words = [lexical.counted(word) for word in fold(quote).split()]
    return next((word for word in reversed(words) if lexical.mistaken(word, family)), family)


def _amount(value: float | None, lower: float | None, upper: float | None, quantum: float | None, wording: str) -> Amount:
    if not quantum:
        quantum = written_quantum(next((x for x in (value, lower, upper) if x is not None), 1.0))
    return Amount(value, lower, upper, quantum, wording)


def _converted(amount: Amount, factor: float, nought: float) -> Amount:
    """A figure in the first unit of its dimension."""
    point, lower, upper = (None if x is None else x * factor + nought for x in (amount.point, amount.lower, amount.upper))
    return Amount(point, lower, upper, amount.quantum * factor, amount.approximation)


def _body(attribution: str | None) -> str | None:
    if not attribution:
        return None
    folded = key(attribution)
    nobody = lexical.lexicon()["bodies"]["nobody"]
    return None if not folded or folded in nobody else folded


# Claims column by column: most values are those of other claims as well, and are read once.


def items(claims: pd.DataFrame | pa.Table, names: Names, stories: dict[str, Story], rates: Rates | None = None) -> list[Item]:
    """The claims in the order of their ids, whatever the order of the rows; amounts with the `rates` of their day.

    A packed table of claims need not have the columns RESOLVED, where nothing is resolved yet.
    """
    of = _resolved(_by_id(claims))
    found = _read(of) | _named(of, names) | _valued(of)
    found["row"] = [Row(of, place) for place in range(len(of["claim_id"]))]
    found["story"] = [stories[article] for article in of["article_id"]]
    found["fixing"] = _fixings(of, rates)
    return list(map(Item._make, zip(*(found[name] for name in Item._fields), strict=True)))


def _by_id(claims: pd.DataFrame | pa.Table) -> Columns:
    table = claims if isinstance(claims, pa.Table) else packed(claims, "claims", READ)
    of = unpacked(table.take(pc.sort_indices(table["claim_id"])))
    return {name: of.get(name) or [None] * len(table) for name in READ}


_READ = {"subject": "subject", "subject_type": "type", "metric": "metric", "confidence": "confidence"}


def _resolved(of: Columns) -> Columns:
    """Claims as they are compared: under the subject and the metric that each shares with claims of its fact (`coreference`)."""
    found = dict(of)
    for name, other in _READ.items():
        read = zip(of["resolved_subject"], of[name], of[f"resolved_{other}"], strict=True)
        found[name] = [own if subject is None else shared for subject, own, shared in read]
    return found | {f"read_{name}": _where(of["resolved_subject"], of[name]) for name in ("subject", "metric")}


def _where(given: list[Any], values: list[Any]) -> list[Any]:
    """`values` where something is `given`, else none."""
    return [None if one is None else value for one, value in zip(given, values, strict=True)]


def _each(find: Callable[..., V], *columns: list[Any]) -> list[V]:
    """What `find` makes of the values of each row, asked once for equal ones."""
    if len(columns) == 1:
        known = {value: find(value) for value in set(columns[0])}
        return [known[value] for value in columns[0]]
    rows = list(zip(*columns, strict=True))
    known = {row: find(*row) for row in set(rows)}
    return [known[row] for row in rows]


def _read(of: Columns) -> dict[str, list[Any]]:
    """What stands in the table as it is compared, or nearly."""
    return {
        "id": of["claim_id"],
        "article": of["article_id"],
        "text": [copy or own for copy, own in zip(of["copy_of"], of["article_id"], strict=True)],
        "source": of["source"],
        "witness": [copied or own for copied, own in zip(of["copied_source"], of["source"], strict=True)],
        "sentence": of["sentence_start"],
        "start": of["start"],
        "published": _each(_ordinal, of["published"]),
        "kind": of["kind"],
        "type": of["subject_type"],
        "per": _each(lambda per: fold(per) if per else None, of["per"]),
        "span": _each(_span, of["time"], of["time_start"], of["time_end"]),
        "modality": of["modality"],
        "confidence": of["confidence"],
        "scope": _each(scopes_of, of["scope"]),
        "group": of["resolved_group"],
    }


def _named(of: Columns, names: Names) -> dict[str, list[Any]]:
    """Whom claims are of and who says them, under the names that all articles share."""
    subjects, others = (_each(names.canonical, of[name]) for name in ("subject", "counterparty"))
    bodies = _each(_body, of["attribution"])
    return {
        "subject": [subject or "" for subject in subjects],
        "counterparty": others,
        "body": bodies,
        "parties": _each(_joined, subjects, others, bodies, _each(fold, of["subject"])),
    }


def _joined(*names: str | None) -> str:
    return " ".join(filter(None, names))


def _valued(of: Columns) -> dict[str, list[Any]]:
    """What is measured, and the figures in the first unit of their dimension."""
    nouns = [unit if kind == "count" else None for kind, unit in zip(of["kind"], of["unit"], strict=True)]
    bases = _each(_base, of["kind"], of["unit"], [quote or "" for quote in of["quote"]])
    amounts = map(_amount, *(_numbers(of[name]) for name in ("value", "lower", "upper", "quantum")), of["approximation"])
    units = [unit if kind == "money" else None for kind, unit in zip(of["kind"], of["unit"], strict=True)]
    return {
        "metric": _each(lexical.counted_metric, of["metric"], nouns),
        "base": [base for base, _, _ in bases],
        "amount": [
            amount if factor == 1.0 and not nought else _converted(amount, factor, nought)
            for amount, (_, factor, nought) in zip(amounts, bases, strict=True)
        ],
        "figure": list(zip(of["kind"], of["value"], units, strict=True)),
    }


def _fixings(of: Columns, rates: Rates | None) -> list[Fixing | None]:
    days = zip(of["kind"], of["published"], of["time_end"], strict=True)
    return [rates.on(published or last) if rates and kind == "money" else None for kind, published, last in days]


def _figure(kind: str, value: float | None, unit: str | None) -> Figure:
    return kind, value, unit if kind == "money" else None


STORY = (
    "article_id", "claim_id", "kind", "value", "unit", "time", "time_start", "time_end", "start", "sentence_start",
    "modality", "scope",
)  # fmt: skip
"""The columns of claims that tell a story."""


def stories_of(claims: pa.Table) -> dict[str, Story]:
    """The story of each article, from what all its `claims`, of the columns STORY, say, and where."""
    figures, days, places = _figures(claims), _days(claims), _places(claims)
    return {
        name: Story(frozenset(figures.get(name, ())), frozenset(days.get(name, ())), tuple(sorted(places.get(name, ()))))
        for name in claims["article_id"].unique().to_pylist()
    }


def _figures(claims: pa.Table) -> dict[str, set[Figure]]:
    """The telling figures of each article."""
    size = np.abs(claims["value"].to_numpy())
    found: dict[str, set[Figure]] = defaultdict(set)
    for article, kind, value, unit in _rows(claims, (size > 12) & (size < math.inf), "article_id", "kind", "value", "unit"):
        if digits(value) >= 2:
            found[article].add(_figure(kind, value, unit))
    return found


def _days(claims: pa.Table) -> dict[str, set[int]]:
    """The days of each article's events."""
    found: dict[str, set[int]] = defaultdict(set)
    for article, time in _rows(claims, _are(claims["kind"], ("date",)), "article_id", "time"):
        if time and (span := edtf_span(time)) is not None and span.length <= 2:
            found[article].add(span.first)
    return found


def _places(claims: pa.Table) -> dict[str, list[Place]]:
    """Where each article gives figures, if they may make sums."""
    parts = [scope for scope in claims["scope"].unique().to_pylist() if "part" in scopes_of(scope)]
    stated, kind = _are(claims["modality"], STATED), claims["kind"]
    summing = chosen_of(claims, np.flatnonzero(stated & (_are(kind, ("percent",)) | _are(claims["scope"], parts))))
    wanted = stated & _are(kind, FIGURES) & _are(claims["article_id"], summing["article_id"].unique().to_pylist())
    found: dict[str, list[Place]] = defaultdict(list)
    columns = ("article_id", "kind", "start", "claim_id", "sentence_start", "time", "time_start", "time_end")
    for article, name, start, claim, sentence, *time in _rows(claims, wanted, *columns):
        found[article].append(Place(start, claim, sentence, name, _span(*time) is not None))
    return found


def _are(column: pa.ChunkedArray, values: Sequence[str]) -> NDArray[np.bool_]:
    """Which texts of a column are some of these."""
    found: NDArray[np.bool_] = pc.is_in(column, pa.array(values, column.type)).to_numpy()
    return found


def _rows(claims: pa.Table, wanted: NDArray[np.bool_], *names: str) -> Iterator[tuple[Any, ...]]:
    """What the `wanted` claims have in some columns."""
    return zip(*unpacked(chosen_of(claims.select(names), np.flatnonzero(wanted))).values(), strict=True)


STATED = ("asserted", "attributed")  # modalities of figures that are said to be so
FIGURES = ("money", "count", "measure")  # kinds of figures that sums are made of
