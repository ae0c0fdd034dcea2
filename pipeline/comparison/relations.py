"""Why two claims of one fact differ: the relations of the contract, tried in the order of `RELATIONS`, the first that holds.

A relation is a function of the two claims, the earlier published first, and the row that names it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pipeline.comparison.alignment import confused, denies, one_figure, other_unit, same_day, same_words, says, updates
from pipeline.comparison.bars import two_bodies
from pipeline.comparison.currencies import exchange
from pipeline.comparison.gist import content
from pipeline.comparison.items import Item
from pipeline.comparison.lexical import lexicon, limit
from pipeline.comparison.times import distance
from pipeline.comparison.values import admits, gap, rounding, rounds, same, scale, written
from pipeline.folding import fold


class Relation(NamedTuple):
    """A row of the table: when it holds, and how loud it is."""

    holds: Callable[[Item, Item], bool]
    severity: str


def _denial(a: Item, b: Item) -> bool:
    return a.kind != "date" and denies(a, b) and not _same_words(a, b)


def _same_words(a: Item, b: Item) -> bool:
    """Whether the two sentences say the same with the same negations: then one was not understood, and nothing is denied."""
    denials = lexicon()["denials"]
    words = [fold(item.row["sentence"] or "").split() for item in (a, b)]
    negations = [sorted({*denials["negations"], *denials["particles"]} & {*each}) for each in words]
    x, y = (content(item.row["sentence"] or "") for item in (a, b))
    return negations[0] == negations[1] and len(x & y) > 0.6 * len(x | y)


def _currency(a: Item, b: Item) -> bool:
    """The same figure, or amounts that differ at the rates of the day."""
    if a.kind != "money" or b.kind != "money" or not _other(a, b) or a.article == b.article or same_words(a, b):
        return False
    return one_figure(a, b) or exchange(a, b) is not None


def _alike(a: Item, b: Item) -> bool:
    return same(a.amount, b.amount) or rounds(a.amount, b.amount)


def _other(a: Item, b: Item) -> bool:
    return a.base is not None and b.base is not None and a.base != b.base


def _unit(a: Item, b: Item) -> bool:
    if {a.kind, b.kind} == {"percent", "points"}:
        return _alike(a, b)
    return other_unit(a, b) or (confused(a, b) and same(a.amount, b.amount))


def _scale(a: Item, b: Item) -> bool:
    return a.kind != "date" and scale(a.amount, b.amount) is not None


def _rounding(a: Item, b: Item) -> bool:
    if a.kind == "date" or not rounding(a.amount, b.amount):
        return False
    return not _newer(a, b) or written(a.amount, b.amount)


def _update(a: Item, b: Item) -> bool:
    """A newer figure is said as a fact; what only counts upwards is not updated downwards, a ballot's recount aside.

    Two bodies count what stands open to all (beds) each in its own way, whenever they do.
    """
    if not _newer(a, b) or b.modality in ("planned", "conditional") or (_disputed(a) and two_bodies(a, b)):
        return False
    rises = b.amount.figure >= a.amount.figure or a.published == b.published  # on one day the order is not known
    recounted = a.metric.ballot and not _transposed(a, b)
    return rises or a.article == b.article or a.metric.nature == "stock" or recounted


def _disputed(item: Item) -> bool:
    """Whether bodies count it each in its own way: what stands open to all, and people on the move."""
    return item.metric.nature == "stock" or item.metric.id in lexicon()["metrics"]["disputed"]


def _transposed(a: Item, b: Item) -> bool:
    """Whether two figures are of the same digits: somebody wrote 278 for 287."""
    return a.amount.figure != b.amount.figure and sorted(f"{a.amount.figure:g}") == sorted(f"{b.amount.figure:g}")


def _approximation(a: Item, b: Item) -> bool:
    return a.kind != "date" and (admits(a.amount, b.amount) or (rounds(a.amount, b.amount) and not _newer(a, b)))


def _newer(a: Item, b: Item) -> bool:
    """Whether the running quantity of `b` is said later than that of `a`; what was long over by then runs no more."""
    if a.kind == "date" or _over(a, b):
        return False
    if not a.metric.running:
        return a.metric.nature == "stock" and _later(a, b) and says(b, lexicon()["updates"]["now"])
    if a.article == b.article:
        return updates(a) or updates(b)
    if _later(a, b):
        return True
    dated = a.span is not None and b.span is not None and distance(a.span, b.span) > 0
    return dated or updates(a) or updates(b) or (a.source == b.source and a.published is not None)


def _later(a: Item, b: Item) -> bool:
    """Whether the two are known to be published on two days."""
    return a.published is not None and b.published is not None and a.published != b.published


def _over(a: Item, b: Item) -> bool:
    """Whether what is counted was over, by the time that one of two claims gives, long before either was published."""
    ends = [item.span.last for item in (a, b) if item.span is not None]
    told = [item.published for item in (a, b) if item.published is not None]
    return bool(ends) and len(told) == 2 and min(told) - max(ends) > limit("running_days")


def _date(a: Item, b: Item) -> bool:
    return a.kind == b.kind == "date"


def _conflict(a: Item, b: Item) -> bool:
    return a.kind != "date"


RELATIONS: dict[str, Relation] = {
    "denial": Relation(_denial, "major"),
    "currency": Relation(_currency, "major"),
    "unit": Relation(_unit, "major"),
    "scale": Relation(_scale, "major"),
    "rounding": Relation(_rounding, "minor"),
    "approximation": Relation(_approximation, "info"),
    "update": Relation(_update, "info"),
    "attribution": Relation(two_bodies, "minor"),
    "date": Relation(_date, "major"),
    "conflict": Relation(_conflict, "major"),
    "arithmetic": Relation(lambda a, b: False, "major"),  # of several facts: `comparison.arithmetic` finds it
}
SEVERITIES = ("info", "minor", "major")


def comparable(a: Item, b: Item) -> bool:
    """Whether the two figures can disagree at all: not in other currencies, not where only one is denied."""
    if a.kind == "date":
        return not same_day(a, b)
    if (a.modality == "denied") != (b.modality == "denied"):
        return False
    return not (a.kind == "money" and _other(a, b))


def agreed(a: Item, b: Item) -> bool:
    """Whether the two corroborate each other: the same figure in the same unit, none denied alone, or days that meet.

    Amounts in two currencies do where they are worth the same at the rates given.
    """
    if a.kind == "date":
        return same_day(a, b)
    if (a.modality == "denied") != (b.modality == "denied") or a.kind != b.kind:
        return False
    if a.kind == "money" and _other(a, b):
        found = exchange(a, b)
        return found is not None and found.equal
    return same(a.amount, b.amount) or _idiom(a, b)


def _idiom(a: Item, b: Item) -> bool:
    """ "Quinze jours" are two weeks."""
    if a.kind != "duration" or {a.row["unit"], b.row["unit"]} != {"d", "wk"}:
        return False
    days, weeks = (a, b) if a.row["unit"] == "d" else (b, a)
    return bool(lexicon()["idioms"]["days"].get(f"{days.row['value']:g}") == (weeks.row["value"] or 0) * 7)


def relation(a: Item, b: Item) -> str | None:
    """The name of what explains that two claims of one fact differ; None where they agree or cannot be compared."""
    if agreed(a, b):
        return None
    for name in ("denial", "currency", "unit"):
        if RELATIONS[name].holds(a, b):
            return name
    if not comparable(a, b) or a.kind != b.kind:
        return None
    return next((name for name, row in RELATIONS.items() if row.holds(a, b)), None)


def size(a: Item, b: Item) -> float:
    """The gap of the contract: relative for figures (0 for one figure in two units), in days for dates."""
    if a.kind == "date":
        return float(distance(a.span, b.span)) if a.span and b.span else 0.0
    return gap(a.amount, b.amount)


def earlier(a: Item, b: Item) -> tuple[Item, Item]:
    """The two in the order of the contract: published earlier first, undated last, then by id."""
    order = sorted((a, b), key=lambda item: (item.published is None, item.published or 0, item.id))
    return order[0], order[1]


def scope(a: Item, b: Item) -> str:
    """`intra` in one article, `same_source` in two of one source, else `cross`."""
    if a.article == b.article:
        return "intra"
    return "same_source" if a.source == b.source else "cross"
