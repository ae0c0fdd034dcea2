"""Figures of one article that do not add up: a stake against its price and the firm's value, growth against the two
figures it joins or the states before and after, a part against its whole, a share against both. Every figure is the
interval that its wording and written precision allow; only what cannot be true within all of them is told. What stands
between two figures, or nearer to one, counts of whatever subject it is, also where that is compared elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from pipeline.comparison.alignment import trusted
from pipeline.comparison.items import FIGURES, STATED, Item, Place
from pipeline.comparison.lexical import lexicon, limit
from pipeline.comparison.times import meets
from pipeline.comparison.values import Amount, wording


class Interval(NamedTuple):
    """What a figure may be, ends included; positive ends only."""

    low: float
    high: float

    def times(self, other: Interval) -> Interval:
        """The product of two positive intervals."""
        return Interval(self.low * other.low, self.high * other.high)

    def over(self, other: Interval) -> Interval:
        """The quotient of two positive intervals."""
        return Interval(self.low / other.high, self.high / other.low)

    def meets(self, other: Interval, slack: float) -> bool:
        """Whether the two share a value when both give way by `slack` of themselves."""
        return self.low * (1 - slack) <= other.high and other.low * (1 - slack) <= self.high


class Sum(NamedTuple):
    """A computation that fails: the two claims that it sets against each other, the further ones, and its terms."""

    a: Item
    b: Item
    others: tuple[Item, ...]
    form: str
    expected: float


def interval(amount: Amount) -> Interval | None:
    """What a positive figure may be; None for one that is open, not positive, or has no point."""
    if amount.point is None or amount.approximation not in ("exact", "about"):
        return None
    low, high = wording(amount)
    half = amount.quantum / 2
    low, high = min(low, amount.point - half), max(high, amount.point + half)
    return Interval(low, high) if low > 0 else None


class Told(NamedTuple):
    """Claims of an article that are compared together, and all its figures, each with its claim if that is one of these."""

    items: list[Item]
    figures: list[tuple[Place, Item | None]]


def failures(items: Iterable[Item]) -> Iterator[Sum]:
    """The computations that fail, article by article, in the order of their claims."""
    by_article: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.modality in STATED:
            by_article[item.article].append(item)
    for article in sorted(by_article):
        told = by_article[article]
        if any(item.kind == "percent" or _PART in item.scope for item in told):
            yield from _failures(sorted(told, key=lambda item: (item.start, item.id)))


def _failures(told: list[Item]) -> Iterable[Sum]:
    """The computations of an article that fail; where two checks find one, the first."""
    known = {item.id: item for item in told}
    figures = [(place, known.get(place.id)) for place in told[0].story.places]
    found: dict[frozenset[str], Sum] = {}
    for check in CHECKS:
        for failed in check(Told(told, figures)):
            found.setdefault(frozenset((failed.a.id, failed.b.id)), failed)
    return found.values()


def _nearest(to: Item, candidates: Iterable[Item]) -> Item | None:
    """The candidate that stands nearest to `to`, near enough to speak of the same thing, and sure enough."""
    near = [c for c in candidates if abs(c.start - to.start) <= limit("sum_distance") and trusted(c, to)]
    return min(near, key=lambda c: (abs(c.start - to.start), c.id), default=None)


def _together(a: Item, b: Item) -> bool:
    return a.span is None or b.span is None or meets(a.span, b.span)


# A stake, its price, the value of the whole.


def _deals(told: Told) -> Iterator[Sum]:
    metrics = lexicon()["sums"]["deal"]
    for stake in told.items:
        if stake.kind != "percent" or stake.metric.id not in metrics["stake"]:
            continue
        parties = {stake.subject, stake.counterparty} - {None}
        money = [item for item in told.items if item.kind == "money"]
        prices = [p for p in money if p.metric.id in metrics["price"] and parties <= {p.subject, p.counterparty}]
        price = _nearest(stake, prices)
        if price is None:
            continue
        values = [v for v in money if v.metric.id in metrics["value"] and v.subject in parties and v.base == price.base]
        value = _nearest(price, (v for v in values if _together(v, price) and _together(v, stake)))
        if value is not None:
            yield from _deal(stake, price, value)


def _deal(stake: Item, price: Item, value: Item) -> Iterator[Sum]:
    share, paid, whole = (interval(item.amount) for item in (stake, price, value))
    if share is None or paid is None or whole is None:
        return
    portion = Interval(share.low / 100, min(share.high, 100.0) / 100)
    before = Interval(whole.low + paid.low, whole.high + paid.high)  # the value may be that before the new money
    if not any(portion.times(total).meets(paid, limit("sum_slack")) for total in (whole, before)):
        yield Sum(price, value, (stake,), "deal", stake.amount.figure / 100 * value.amount.figure)


# Growth from one figure to the next.


def _growth(told: Told) -> Iterator[Sum]:
    for first, last in _steps(told):
        changes = [c for c in told.items if c.kind == "percent" and c.sentence == last.sentence and _may_grow(c, last)]
        start, end = interval(first.amount), interval(last.amount)
        if start is None or end is None or not changes:
            continue
        quotient = end.over(start)
        grown = Interval((quotient.low - 1) * 100, (quotient.high - 1) * 100)
        point = 100 * (last.amount.figure / first.amount.figure - 1)
        change = min(changes, key=lambda c: (abs(c.amount.figure - point), c.id))
        own = _beside(change, told) in (first, last)
        if own and _likely(change.amount.figure, point) and not any(_within(c, grown) for c in changes):
            yield Sum(change, last, (first,), "growth", point)


def _steps(told: Told) -> Iterator[tuple[Item, Item]]:
    """Two figures of one thing at two times in one sentence with none between, the earlier time first."""
    for (_, a), (_, b) in pairwise((place, item) for place, item in told.figures if place.dated):
        if a is None or b is None or _series(a) != _series(b) or a.sentence != b.sentence or not trusted(a, b):
            continue
        if a.span and b.span and not meets(a.span, b.span):
            yield (a, b) if a.span.first < b.span.first else (b, a)


def _series(item: Item) -> tuple[object, ...]:
    return item.subject, item.metric.id, item.kind, item.per, item.base


def _may_grow(change: Item, last: Item) -> bool:
    same = change.subject == last.subject and change.metric.id in (last.metric.id, "change")
    told_then = change.span is None or last.span is None or meets(change.span, last.span)
    return same and told_then and last.metric.nature != "stock" and change.amount.point is not None and trusted(change, last)


def _likely(told: float, true: float) -> bool:
    """Whether a stated percentage may be meant for the true one: of one direction and size. Else it is of something else."""
    return told * true > 0 and max(abs(told), abs(true)) <= limit("sum_likely") * min(abs(told), abs(true))


def _within(change: Item, grown: Interval) -> bool:
    slack = max(change.amount.quantum / 2, abs(change.amount.figure) * (limit("about") if change.amount.hedged else 0.0))
    return grown.low - slack <= change.amount.figure <= grown.high + slack


# A state before, a state after, and the change that one sentence gives between them.


def _changes(told: Told) -> Iterator[Sum]:
    for first in (item for item in told.items if _BEFORE in item.scope and item.kind in FIGURES):
        beside = [item for item in told.items if item.sentence == first.sentence and item is not first]
        after = [item for item in beside if _series(item) == _series(first) and item.scope == first.scope - {_BEFORE}]
        changes = [c for c in beside if c.kind == "percent" and (c.subject, c.metric.id) == (first.subject, first.metric.id)]
        one = len(after) == len(changes) == 1 and _CHANGE in changes[0].scope and trusted(changes[0], first)
        if one and _beside(changes[0], told) in (first, after[0]):
            yield from _change(first, after[0], changes[0])


def _beside(change: Item, told: Told) -> Item | None:
    """The figure nearest to a percentage in its sentence: what stands nearer than the sum's own figures has changed by it."""
    near = [figure for figure in told.figures if figure[0].sentence == change.sentence]
    return min(near, key=lambda figure: (abs(figure[0].start - change.start), figure[0].id), default=_NONE)[1]


def _change(first: Item, last: Item, change: Item) -> Iterator[Sum]:
    start, end = interval(first.amount), interval(last.amount)
    if start is None or end is None or change.amount.point is None or not trusted(first, last):
        return
    quotient, point = end.over(start), 100 * (last.amount.figure / first.amount.figure - 1)
    grown = Interval((quotient.low - 1) * 100, (quotient.high - 1) * 100)
    if _likely(change.amount.figure, point) and not _within(change, grown):
        yield Sum(change, last, (first,), "growth", point)


# A part that is more than its whole.


def _parts(told: Told) -> Iterator[Sum]:
    for part in (item for item in told.items if item.scope == {_PART} and item.kind == "count"):
        counts = [figure for figure in told.figures if figure[0].kind == "count" and figure[0].sentence == part.sentence]
        _, whole = max((figure for figure in counts if figure[0].start < part.start), key=lambda figure: figure[0], default=_NONE)
        if whole is None or whole.scope or not _of_one_kind(part, whole) or whole.subject != part.subject:
            continue
        few, many = interval(part.amount), interval(whole.amount)
        if few is not None and many is not None and few.low > many.high and trusted(part, whole):
            yield Sum(whole, part, (whole,), "part", whole.amount.figure)


def _of_one_kind(part: Item, whole: Item) -> bool:
    """Whether what a part counts may be of what the whole counts: the same, or unnamed."""
    return part.metric.id == whole.metric.id and (part.base is None or part.base == whole.base)


# A share of a whole.


def _shares(told: Told) -> Iterator[Sum]:
    for rule in lexicon()["sums"]["shares"]:
        shares = [s for s in told.items if s.kind == "percent" and s.metric.id == rule["share"] and s.amount.figure > 0]
        for part in _counts(told, rule["part"]):
            whole = _nearest(part, (w for w in _counts(told, rule["whole"]) if w.subject == part.subject and _together(w, part)))
            own = [s for s in shares if s.subject == part.subject and _together(s, part)]
            if whole is not None and _nearest(part, own) is not None and 0 < part.amount.figure < whole.amount.figure:
                yield from _share(own, part, whole, rule["slack"])


def _counts(told: Told, rule: dict[str, Any]) -> list[Item]:
    units = rule.get("units")
    found = [item for item in told.items if item.kind == "count" and item.metric.id == rule["metric"]]
    return [item for item in found if units is None or item.base in units]


def _share(shares: list[Item], part: Item, whole: Item, slack: float) -> Iterator[Sum]:
    few, many = interval(part.amount), interval(whole.amount)
    if few is None or many is None:
        return
    true = 100 * part.amount.figure / whole.amount.figure
    share = min(shares, key=lambda s: (abs(s.amount.figure - true), s.id))
    rate = interval(share.amount)
    if rate is None or not trusted(share, part) or not _likely(share.amount.figure, true):
        return
    if not Interval(rate.low / 100, rate.high / 100).meets(few.over(many), slack):
        yield Sum(part, share, (whole,), "share", true)


CHECKS: tuple[Callable[[Told], Iterator[Sum]], ...] = (_deals, _growth, _changes, _parts, _shares)

_NONE: tuple[None, None] = (None, None)  # no figure

# Scopes that the checks read.
_BEFORE, _CHANGE, _PART = "before", "change", "part"
