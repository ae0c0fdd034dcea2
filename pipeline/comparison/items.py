"""Claims as the comparison reads them: one record a row, names and units folded, times in days."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.comparison import lexical
from pipeline.comparison.lexical import Metric
from pipeline.comparison.names import Names, key
from pipeline.comparison.rates import Fixing, Rates
from pipeline.comparison.times import Span, edtf_span
from pipeline.comparison.values import Amount, digits, written_quantum
from pipeline.folding import fold
from pipeline.records import scopes_of
from pipeline.tables import SCHEMAS

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
READ = tuple(name for name in SCHEMAS["claims"] if name not in ("url", "sentence_end", "end", "fact_id"))
"""The columns of a claim that the comparison looks at."""

Figure = tuple[object, ...]


class Place(NamedTuple):
    """Where an article gives a figure, of whatever it is said: what stands nearer to another may be what that speaks of."""

    start: int
    id: str
    sentence: int
    kind: str
    dated: bool


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """What an article's claims say together: its telling figures, each with what it counts in, and the days of its events.

    `places` are those of its figures, in their order, where it gives a percentage or a part, so that sums may be made.
    """

    figures: frozenset[Figure]
    days: frozenset[int]
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One claim. `base` is what its figure counts in: a currency, a dimension, a family of nouns; `row` the table's own,
    subject and metric as they were resolved.

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


def _number(value: Any) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _ordinal(value: date | None) -> int | None:
    return None if value is None else value.toordinal()


def _span(time: str | None, first: date | None, last: date | None) -> Span | None:
    if first is not None and last is not None and first <= last:
        return Span(first.toordinal(), last.toordinal(), any(mark in (time or "") for mark in "~?%"))
    return edtf_span(time) if time else None


def _base(kind: str, unit: str | None, quote: str) -> tuple[str | None, float, float]:
    if kind == "count" and unit:
        return _narrowed(lexical.counted(unit), quote), 1.0, 0.0
    if kind in ("measure", "duration"):
        return lexical.dimension(unit)
    return unit, 1.0, 0.0


def _narrowed(family: str, quote: str) -> str:
    """The family that the quote's own adjective makes of it: "500 travailleurs indépendants" are contractors."""
    if not lexical.confusable(family):
        return family
    words = [lexical.counted(word) for word in fold(quote).split()]
    return next((word for word in reversed(words) if lexical.mistaken(word, family)), family)


def _amount(row: Row, factor: float, nought: float) -> Amount:
    value, lower, upper = _number(row["value"]), _number(row["lower"]), _number(row["upper"])
    quantum = _number(row["quantum"]) or written_quantum(next((x for x in (value, lower, upper) if x is not None), 1.0))
    if factor != 1.0 or nought:
        value, lower, upper = (None if x is None else x * factor + nought for x in (value, lower, upper))
    return Amount(value, lower, upper, quantum * factor, row["approximation"])


def _body(attribution: str | None) -> str | None:
    if not attribution:
        return None
    folded = key(attribution)
    nobody = lexical.lexicon()["bodies"]["nobody"]
    return None if not folded or folded in nobody else folded


def _item(row: Row, names: Names, stories: dict[str, Story], rates: Rates | None) -> Item:
    base, factor, nought = _base(row["kind"], row["unit"], row["quote"] or "")
    subject, counterparty, body = (
        names.canonical(row["subject"]) or "",
        names.canonical(row["counterparty"]),
        _body(row["attribution"]),
    )
    return Item(
        row=row,
        story=stories[row["article_id"]],
        figure=_figure(row["kind"], row["value"], row["unit"]),
        id=row["claim_id"],
        article=row["article_id"],
        text=row["copy_of"] or row["article_id"],
        source=row["source"],
        witness=row["copied_source"] or row["source"],
        sentence=row["sentence_start"],
        start=row["start"],
        published=_ordinal(row["published"]),
        subject=subject,
        counterparty=counterparty,
        parties=" ".join(filter(None, (subject, counterparty, body, fold(row["subject"])))),
        metric=lexical.counted_metric(row["metric"], row["unit"] if row["kind"] == "count" else None),
        kind=row["kind"],
        type=row["subject_type"],
        amount=_amount(row, factor, nought),
        base=base,
        per=fold(row["per"]) if row["per"] else None,
        span=_span(row["time"], row["time_start"], row["time_end"]),
        body=body,
        modality=row["modality"],
        confidence=row["confidence"],
        scope=scopes_of(row.get("scope")),
        fixing=rates.on(row["published"] or row["time_end"]) if rates and row["kind"] == "money" else None,
    )


def items(claims: pd.DataFrame, names: Names, stories: dict[str, Story], rates: Rates | None = None) -> list[Item]:
    """The claims in the order of their ids, whatever the order of the rows; amounts with the `rates` of their day."""
    values = [claims[name].tolist() for name in READ]
    rows = [_resolved(dict(zip(READ, row, strict=True))) for row in zip(*values, strict=True)]
    rows.sort(key=lambda row: row["claim_id"])
    return [_item(row, names, stories, rates) for row in rows]


def _resolved(row: Row) -> Row:
    """A claim as it is compared: under the subject and the metric that it shares with claims of its fact (`coreference`)."""
    if row["resolved_subject"] is None:
        return row
    own = {f"read_{name}": row[name] for name in ("subject", "metric")}
    return row | own | {name: row[f"resolved_{other}"] for name, other in _READ.items()}


_READ = {"subject": "subject", "subject_type": "type", "metric": "metric", "confidence": "confidence"}


def _figure(kind: str, value: float | None, unit: str | None) -> Figure:
    return kind, value, unit if kind == "money" else None


Said = tuple[str, str, float | None, str | None, str | None]  # article, kind, value, unit, time of a claim
Stands = tuple[str, str, int, int, str, str | None, date | None, date | None, str, str | None]
"""Article, id, sentence, start, kind, time, its first and last day, modality and scope of a claim."""


def stories_of(said: Iterable[Said], stands: Iterable[Stands]) -> dict[str, Story]:
    """The story of each article, from what all its claims say, and where."""
    figures: dict[str, set[Figure]] = defaultdict(set)
    days: dict[str, set[int]] = defaultdict(set)
    places = _places(list(stands))
    for article, kind, value, unit, time in said:
        number, told = _number(value), figures[article]
        if number is not None and digits(number) >= 2 and abs(number) > 12:
            told.add(_figure(kind, value, unit))
        if kind == "date" and time and (span := edtf_span(time)) is not None and span.length <= 2:
            days[article].add(span.first)
    return {
        name: Story(frozenset(told), frozenset(days[name]), tuple(sorted(places.get(name, ())))) for name, told in figures.items()
    }


def _places(stands: list[Stands]) -> dict[str, list[Place]]:
    stated = [each for each in stands if each[8] in STATED]
    summing = {article for article, *_, kind, _, _, _, _, scope in stated if kind == "percent" or "part" in scopes_of(scope)}
    places: dict[str, list[Place]] = defaultdict(list)
    for article, name, sentence, start, kind, time, first, last, _, _ in stated:
        if article in summing and kind in FIGURES:
            places[article].append(Place(start, name, sentence, kind, _span(time, first, last) is not None))
    return places


STATED = ("asserted", "attributed")  # modalities of figures that are said to be so
FIGURES = ("money", "count", "measure")  # kinds of figures that sums are made of
