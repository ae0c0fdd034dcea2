"""Do two claims speak of one fact? Tests on what tells facts apart, and what the two figures then say of each other.

Every test answers how well the two go together: NO parts them, WEAK leaves them together only if their figures agree
(agreement is evidence too), STRONG holds even where the figures differ. Doubt is WEAK: it costs a discrepancy, not a false alarm.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from pipeline.comparison.items import Item
from pipeline.comparison.lexical import fold, lexicon, limit
from pipeline.comparison.times import distance, meets, same_extent, widened
from pipeline.comparison.values import agree, like, rounds, same, scale


class Level(IntEnum):
    """How well two claims go together."""

    NO = 0
    WEAK = 1
    STRONG = 2


NO, WEAK, STRONG = Level.NO, Level.WEAK, Level.STRONG


class Link(IntEnum):
    """What two claims are to each other: never one fact, indifferent, of one fact though they differ, of one fact."""

    REPEL = 0
    NEUTRAL = 1
    DIFFER = 2
    EXPLAINED = 3
    AGREE = 4


def _counterparty(a: Item, b: Item) -> Level:
    return STRONG if a.counterparty == b.counterparty or None in (a.counterparty, b.counterparty) else NO


def _scope(a: Item, b: Item) -> Level:
    return STRONG if a.scope == b.scope else NO


def _per(a: Item, b: Item) -> Level:
    return STRONG if a.per == b.per else NO


def _metric(a: Item, b: Item) -> Level:
    return STRONG if a.metric.id == b.metric.id else WEAK


def _sign(a: Item, b: Item) -> Level:
    """A rise and a fall of one size may be two readers' signs of one change."""
    if a.kind not in ("percent", "points") or a.amount.figure * b.amount.figure >= 0:
        return STRONG
    return NO if a.article == b.article else STRONG


def _base(a: Item, b: Item) -> Level:
    """Currency, dimension or counted noun."""
    if a.base == b.base:
        return STRONG
    if a.kind == "money":
        return STRONG  # another currency is a matter of the figures, see `link`
    if a.kind == "count":
        return _counted(a, b)
    return STRONG if {a.base, b.base} == {"%", "pt"} else NO


def _counted(a: Item, b: Item) -> Level:
    known = [x for x in (a.base, b.base) if x is not None]
    implied = set(known) & a.metric.counted
    if len(known) == 1 or "people" in known:
        return STRONG if implied else WEAK  # the metric says what an elided or general noun counts
    return STRONG if a.metric.running and set(known) <= a.metric.counted else NO


def _modality(a: Item, b: Item) -> Level:
    """A plan is not the deed: another figure is another fact."""
    return STRONG if (a.modality == "planned") == (b.modality == "planned") else WEAK


def _sentence(a: Item, b: Item) -> Level:
    """A writer who sets two figures side by side tells two facts, unless he names two bodies."""
    if a.article != b.article or a.sentence != b.sentence:
        return STRONG
    return STRONG if _two_bodies(a, b) or _converted(a, b) else WEAK


def _two_bodies(a: Item, b: Item) -> bool:
    return a.body is not None and b.body is not None and a.body != b.body


def _converted(a: Item, b: Item) -> bool:
    """Two currencies side by side: "95 millions de francs suisses, soit 101 millions d'euros"."""
    return a.kind == b.kind == "money" and a.base != b.base and None not in (a.base, b.base) and abs(a.start - b.start) < 90


# Time.


def _time(a: Item, b: Item) -> Level:
    if a.kind == "date":
        return STRONG  # the day is the value
    if a.metric.ageing:
        return _ageing(a, b)
    if a.span is not None and b.span is not None:
        return _both_dated(a, b)
    if a.span is None and b.span is None:
        return _undated(a, b)
    return _one_dated(a, b) if a.span is not None else _one_dated(b, a)


def _ageing(a: Item, b: Item) -> Level:
    if a.published is None or b.published is None:
        return WEAK
    return STRONG if abs(a.published - b.published) <= limit("stock_days") else WEAK


def _both_dated(a: Item, b: Item) -> Level:
    x, y = a.span, b.span
    assert x is not None
    assert y is not None
    if not meets(x, y):
        return _apart(a, distance(x, y))
    if a.metric.nature == "event" or same_extent(x, y) or same_extent(widened(x), widened(y)):
        return STRONG
    return STRONG if a.metric.nature == "stock" and a.metric.catalogued else WEAK


def _apart(a: Item, days: int) -> Level:
    if a.metric.running:
        return STRONG if days <= limit("running_days") else NO
    if a.metric.nature == "event":
        return STRONG if days <= limit("event_days") else NO
    return WEAK if a.metric.nature == "stock" and days <= limit("stock_days") else NO


def _undated(a: Item, b: Item) -> Level:
    if a.published is None or b.published is None:
        return STRONG
    days = abs(a.published - b.published)
    near = limit("running_days") if a.metric.running else limit("stock_days")
    return STRONG if days <= near else WEAK if days <= limit("undated_days") else NO


def _one_dated(dated: Item, undated: Item) -> Level:
    """An undated claim is of its article's own time, or repeats something of the last year."""
    assert dated.span is not None
    if undated.published is None:
        return WEAK if dated.metric.nature == "period" else STRONG
    past, ahead = undated.published - dated.span.last, dated.span.first - undated.published
    if ahead > limit("undated_days") or past > limit("undated_days"):
        return NO
    if dated.metric.nature == "period" or ahead > limit("stock_days"):
        return WEAK
    return STRONG if past <= limit("undated_days") / 2 or dated.metric.nature == "event" else WEAK


TESTS: dict[str, Callable[[Item, Item], Level]] = {
    "counterparty": _counterparty,
    "scope": _scope,
    "per": _per,
    "metric": _metric,
    "sign": _sign,
    "base": _base,
    "modality": _modality,
    "sentence": _sentence,
    "time": _time,
}


def level(a: Item, b: Item) -> Level:
    """The weakest answer of the tests; both must be of one subject, family and kind."""
    lowest = STRONG
    for test in TESTS.values():
        lowest = min(lowest, test(a, b))
        if lowest is NO:
            break
    return lowest


# What the figures say.


def link(a: Item, b: Item) -> Link:
    """What `a` and `b`, of one subject, metric family and kind, are to each other."""
    found = level(a, b)
    if found is NO:
        return Link.REPEL
    if a.kind == "date":
        return _dates(a, b)
    if (a.modality == "denied") != (b.modality == "denied"):
        return Link.AGREE if like(a.amount, b.amount) else Link.NEUTRAL
    if a.base != b.base and None not in (a.base, b.base) and a.kind in ("money", "percent", "points"):
        return _other_base(a, b, found)
    return _figures(a, b, found)


def _other_base(a: Item, b: Item, found: Level) -> Link:
    """Other currencies cannot be compared, but for a figure that is the same in both."""
    if a.article == b.article and a.sentence == b.sentence:
        return Link.AGREE if _converted(a, b) else Link.REPEL
    if like(a.amount, b.amount) and found is STRONG and a.article != b.article and trusted(a, b):
        return Link.EXPLAINED
    return Link.NEUTRAL if a.kind == "money" else Link.REPEL


def _figures(a: Item, b: Item, found: Level) -> Link:
    if same(a.amount, b.amount):
        return Link.AGREE
    if found is WEAK:
        tight = rounds(a.amount, b.amount) and a.article != b.article and _written(a, b)
        return Link.AGREE if tight else Link.REPEL
    if agree(a.amount, b.amount):
        return Link.AGREE
    if not trusted(a, b):
        return Link.REPEL
    if scale(a.amount, b.amount) is not None:
        return Link.EXPLAINED
    return Link.DIFFER if _may_differ(a, b) else Link.REPEL


def _written(a: Item, b: Item) -> bool:
    """Rounding that the written precision shows, not the noughts of a figure in full."""
    return abs(a.amount.figure - b.amount.figure) <= max(a.amount.quantum, b.amount.quantum) / 2 * (1 + 1e-9)


def trusted(a: Item, b: Item) -> bool:
    """Whether both claims are sure enough to raise an alarm."""
    return min(a.confidence, b.confidence) >= limit("alarm_confidence")


def _may_differ(a: Item, b: Item) -> bool:
    """Whether two exact figures that differ by more than rounding may still be of one fact."""
    if a.metric.id != b.metric.id or not (a.metric.catalogued or _context(a, b)):
        return False
    if a.article == b.article and not _own_contradiction(a, b):
        return False
    small, large = sorted((abs(a.amount.figure), abs(b.amount.figure)))
    return (a.counterparty is not None and a.counterparty == b.counterparty) or large <= small * limit("far")


def _own_contradiction(a: Item, b: Item) -> bool:
    """An article contradicts itself where it names the same two parties, or two bodies; else it tells two facts."""
    both = a.counterparty is not None and a.counterparty == b.counterparty
    return both or _two_bodies(a, b) or (a.metric.running and (updates(a) or updates(b)))


def updates(item: Item) -> bool:
    """Whether the sentence says that its figure replaces another, or is the replaced one."""
    words = lexicon()["updates"]
    sentence = f" {fold(item.row['sentence'] or '')} "
    return any(f" {fold(cue)} " in sentence for cue in (*words["newer"], *words["older"]))


def _context(a: Item, b: Item) -> bool:
    """Whether the sentences share a third of their longer words, subject aside."""
    x, y = _content(a), _content(b)
    return len(x & y) >= 2 and len(x & y) >= len(x | y) / 3


def _content(item: Item) -> frozenset[str]:
    own = set(item.subject.split()) | set((item.counterparty or "").split())
    return frozenset(word[:6] for word in fold(item.row["sentence"] or "").split() if len(word) > 3 and word not in own)


def _dates(a: Item, b: Item) -> Link:
    if a.span is None or b.span is None:
        return Link.NEUTRAL
    if meets(a.span, b.span):
        return Link.AGREE
    days = distance(a.span, b.span)
    if not trusted(a, b) or not a.metric.catalogued or a.metric.id != b.metric.id:
        return Link.REPEL
    if a.metric.once:
        return Link.DIFFER
    if a.article == b.article or (a.modality == "planned") != (b.modality == "planned"):
        return Link.REPEL
    return Link.DIFFER if days <= limit("date_days") or _other_year(a, b) else Link.REPEL


def _other_year(a: Item, b: Item) -> bool:
    """The same day of the month in another year: a slip, not another event."""
    x, y = (item.row["time"] or "" for item in (a, b))
    return len(x) == len(y) == 10 and x[4:] == y[4:] and abs(int(x[:4]) - int(y[:4])) == 1
