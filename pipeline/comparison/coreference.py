"""Claims of two articles of one story that are of one fact though they were read otherwise: under another name, or metric.

One source writes "l'Assemblée a adopté le texte par 287 voix", another "287 votes in favour": who is meant and what is measured
is read sentence by sentence, and a reading may be wrong or merely worded otherwise. That both give the same telling
figure of the same kind in the same story says more than the names do. The claims of two articles are weighed pair by pair
(features, trained weights in `models/coreference.json`), then once more with what else could be the partner of each and
which of the claims around them give one figure; those that hang together are all compared under the subject and the metric
that most of them, by their confidence, are read with. Each claim keeps what it was read with beside; one that is as good as
certain, as those of a table made by hand are, is compared as it is, but that others say whom a mere noun means. Which claims
hang together is kept as well (their group, named by the first of them), and tells of two figures of one subject that they are
of one fact (`alignment.matched`). What copies of an article print in its own words is of whom the surest of them is.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.comparison.altered import reprinted
from pipeline.comparison.clustering import KINDS
from pipeline.comparison.collector import paused
from pipeline.comparison.columns import Claims, Floats, Mask, Pairs, Whole, crossed
from pipeline.comparison.company import beside, places
from pipeline.comparison.gist import holds, said
from pipeline.comparison.items import OWN, Item, Story, items
from pipeline.comparison.lexical import lexicon, limit
from pipeline.comparison.likeness import anybody, equal, equals, features, named, odds, of_kind
from pipeline.comparison.names import Names
from pipeline.comparison.packed import by_article, chosen_of, packed
from pipeline.comparison.shards import Meetings, Spread, batches, meetings
from pipeline.comparison.stories import HEARD, Telling, marked, together
from pipeline.comparison.times import Span, meets
from pipeline.tables import RESOLVED
from pipeline.weights import weights

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_NOTHING = Story(frozenset(), frozenset())
CERTAIN = 0.99  # confidence of a reading that no other overrules
AT_ONCE = 100_000  # claims side by side that are looked at together, so that an article of very many costs no memory
OPEN_METRIC = 0.3  # of the say of a known metric is left to one that the catalogue lacks


class Matches(NamedTuple):
    """Pairs of claims, whether they give one figure, and the chance of their being of one fact."""

    pairs: Pairs
    equal: Mask
    chance: Floats


class Reading(NamedTuple):
    """Under what a claim is compared, how sure that is, and its group; in the order of the columns RESOLVED."""

    subject: str
    type: str | None
    metric: str
    confidence: float
    group: str | None = None


class Side(NamedTuple):
    """What of a claim decides, once it is matched, under what it and its partners are compared."""

    id: str
    article: str
    figure: object
    subject: str
    type: str | None
    metric: str
    catalogued: bool
    confidence: float
    day: Span | None  # of an event
    unsaid: bool  # whether nothing is said of what happened on a day, to some people, or of what a size is

    @property
    def own(self) -> Reading:
        """What the claim was read with."""
        return Reading(self.subject, self.type, self.metric, self.confidence)


class Tie(NamedTuple):
    """A match that counts: `sure`, for under what the two are compared, `joined`, for their being of one group."""

    a: Side
    b: Side
    equal: bool
    chance: float
    sure: bool = True
    joined: bool = True


# Pairs.


def comparable(claims: Claims, meetings: Sequence[tuple[str, str]]) -> Pairs:
    """Pairs of claims of any two articles that one fact could give: of one kind and dimension, not of one copied sentence."""
    told = [(claims.articles[one], claims.articles[other]) for one, other in meetings if {one, other} <= claims.articles.keys()]
    pairs = crossed(claims, told)
    pairs = pairs.where(pairs.one(claims.coded("kind and dimension", _kind)))
    family, known = pairs.one(claims.coded("metric.family")), pairs.both(claims.told("metric.catalogued"))
    copied = pairs.one(claims.coded("words", lambda item: item.row["sentence"]))
    return pairs.where((family | ~known | ~of_kind(pairs, "date")) & ~copied)  # two events of a story may be of one day


def _kind(item: Item) -> tuple[str, str | None]:
    return KINDS.get(item.kind, item.kind), item.base if item.kind in ("measure", "duration") else None


def matches(claims: Claims, meetings: Sequence[tuple[str, str]]) -> Matches:
    """The pairs of claims of any two articles that may count, each with its chance of being of one fact."""
    told = comparable(claims, meetings)
    at, equal = places(told), equals(told)
    wanted = counting(told, equal)
    some = wanted | (equal & _of(told.meeting, wanted)) | _of(at.left, wanted) | _of(at.right, wanted)
    pairs = told.where(some)
    own = features(pairs)
    others = beside(pairs, odds(weights("coreference_alone"), own), equal[some], at.where(some))
    chances = 1 / (1 + np.exp(-odds(weights("coreference"), own | others)))
    counts = wanted[some]
    return Matches(pairs.where(counts), equal[some][counts], chances[counts])


def _of(group: Whole, wanted: Mask) -> Mask:
    """Which pairs are of a group with one that is wanted."""
    found = np.zeros(group.max(initial=-1) + 1, dtype=bool)
    found[group[wanted]] = True
    return found[group]


# Readings.


def resolved(claims: pd.DataFrame, spread: Spread = map) -> pd.DataFrame:
    """`claims` with the columns RESOLVED: under what each is compared, none where that is what it was read with.

    Rows keep their order, and the order does not matter; all claims that there are must be given. `spread` maps a function
    over pieces of the work, here or in other processes.
    """
    return with_readings(claims, readings(claims, packed(claims, "claims", OWN), spread))


def with_readings(claims: pd.DataFrame, found: Mapping[str, Reading]) -> pd.DataFrame:
    """`claims` with the readings `found` for some of them in the columns RESOLVED."""
    import pandas as pd

    none = (None, None, None, math.nan, None)
    rows: list[tuple[object, ...]] = [found.get(name, none) for name in claims["claim_id"].tolist()]
    values = dict(zip(RESOLVED, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(RESOLVED, ())
    kinds = {name: "float64" if kind == "float" else "object" for name, kind in RESOLVED.items()}
    return claims.assign(**{name: pd.Series(values[name], index=claims.index, dtype=kind) for name, kind in kinds.items()})


@paused()
def readings(claims: pd.DataFrame, read: pa.Table, spread: Spread = map) -> dict[str, Reading]:
    """The readings of the claims that were found to be of one fact with a claim of another article of their story.

    `read` are the columns OWN of the claims, packed.
    """
    rows = by_article(claims["article_id"])
    marks = (each for part in spread(marked, batches(read.select(HEARD), rows.values())) for each in part)
    pairs = together(_tellings(claims, rows, marks))
    some = {name: list(rows[name]) for name in dict.fromkeys(name for pair in pairs for name in pair)}
    found, left = dict[str, Reading](), list[Tie]()
    for known, ties in spread(_matched, meetings(read, pairs, some)):
        found |= known
        left += ties
    found |= _read(left)
    return found | _reprinted(claims, read, found)


def _reprinted(claims: pd.DataFrame, read: pa.Table, found: Mapping[str, Reading]) -> dict[str, Reading]:
    """The readings of claims that copies of an article make in its own words, if they were read of two: whom the surest is of."""
    copied = set(claims["copy_of"].dropna())
    chosen = [row for row, name in enumerate(claims["article_id"].tolist()) if name in copied]
    chosen += [row for row, original in enumerate(claims["copy_of"].tolist()) if original is not None]
    if not chosen:
        return {}
    some = chosen_of(read, sorted(set(chosen)))
    stories = dict.fromkeys(some["article_id"].to_pylist(), _NOTHING)
    anew = dict[str, Reading]()
    for each in reprinted(items(some, Names({}), stories)):
        told = {item.id: found.get(item.id, _side(item).own) for item in each}
        sure = told[min(told, key=lambda name: (-round(told[name].confidence, 9), name))]
        others = {name: own for name, own in told.items() if own.subject != sure.subject and own.confidence < CERTAIN}
        anew |= {name: own._replace(subject=sure.subject, type=sure.type) for name, own in others.items()}
    return anew


def _read(ties: Iterable[Tie]) -> dict[str, Reading]:
    """The readings of claims that are tied, by their ids, and their groups."""
    listed = list(ties)
    found = {side.id: reading for group in groups(tie for tie in listed if tie.sure) for side, reading in agreed(group)}
    for group in groups(tie for tie in listed if tie.joined):
        name = min(side.id for side in group)
        found |= {side.id: found.get(side.id, side.own)._replace(group=name) for side in group}
    return found


def _tellings(claims: pd.DataFrame, rows: Mapping[str, Sequence[int]], marks: Iterable[frozenset[str]]) -> dict[str, Telling]:
    """The articles of `rows`, in order, each with its `marks`."""
    published = claims["published"].tolist()
    days = (published[own[-1]] for own in rows.values())
    return {name: Telling(day and day.toordinal(), each) for name, day, each in zip(rows, days, marks, strict=True)}


@paused()
def _matched(piece: Meetings) -> tuple[dict[str, Reading], list[Tie]]:
    """The readings of the claims of a piece that is whole; else the matches that count, which are to be seen beside others."""
    stories = dict.fromkeys(piece.claims["article_id"].to_pylist(), _NOTHING)
    claims = Claims(items(piece.claims, Names({}), stories))
    ties = [tie for some in _at_once(claims, piece.pairs) for tie in _counted(matches(claims, some))]
    return (_read(ties), []) if piece.whole else ({}, ties)


def _at_once(claims: Claims, pairs: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """The articles that meet, as many together as have AT_ONCE claims side by side."""
    some, size = list[tuple[str, str]](), 0
    for one, other in pairs:
        some.append((one, other))
        size += len(claims.articles[one]) * len(claims.articles[other])
        if size >= AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


def _counted(found: Matches) -> Iterator[Tie]:
    """The matches that are likely enough; two figures are joined the sooner, the less may be misread in their claims."""
    limits, pairs = lexicon()["coreference"], found.pairs
    sure = found.chance >= np.where(found.equal, limits["equal"], limits["differing"])
    alike = pairs.one(pairs.claims.coded("subject")) & pairs.one(pairs.claims.coded("metric.family"))
    known = alike & pairs.both(pairs.claims.told("certain", lambda item: item.confidence >= CERTAIN))
    joined = found.equal | (found.chance >= np.select([known, alike], [limits["known"], limits["alike"]], limits["unlike"]))
    enough = sure | (joined & ~found.equal)
    told = (each[enough].tolist() for each in (found.equal, found.chance, sure, joined))
    for (a, b), one, chance, plain, grouped in zip(pairs.where(enough).noted(_side), *told, strict=True):
        yield Tie(a, b, one, chance, plain, grouped)


def _side(item: Item) -> Side:
    figure: object = item.span if item.kind == "date" else item.amount.figure
    row, known = item.row, item.metric.catalogued
    day = item.span if item.kind == "date" else None
    unsaid = not known and (item.kind in ("date", "measure") or item.base == "people")
    who = (row["subject"], row["subject_type"], row["metric"])
    return Side(item.id, item.article, figure, *who, known, item.confidence, day, unsaid)


def counting(pairs: Pairs, equal: Mask) -> Mask:
    """Which pairs `may_count`: one telling figure does, and one subject where noun and metric are one; two metrics do not."""
    claims, date, count = pairs.claims, of_kind(pairs, "date"), of_kind(pairs, "count")
    family, noun = pairs.one(claims.coded("metric.family")), pairs.one(claims.coded("base"))
    subject, known = pairs.one(claims.coded("subject")), pairs.both(claims.told("metric.catalogued"))
    one = pairs.one(claims.coded("kind")) | subject | family
    telling = equal & ~date & claims.telling[pairs.left]
    named, anyone = claims.told("subject")[pairs.left], anybody(pairs)
    plain = (telling & one) | (subject & named & (noun | ~count) & (equal | (family & (known | ~(date | anyone)))))
    apart = ~one | (~equal & ~family & known & ~(count & noun))
    return plain | pairs.asked(may_count, ~plain & ~apart)


def may_count(a: Item, b: Item) -> bool:
    """Whether a match counts if it is likely enough.

    Two figures, and one that says little by itself ("deux"), must count the same; two figures must be of a thing that alone of
    its story has such a one.
    """
    one = equal(a, b)
    if not (one and a.amount.telling) and not _one_noun(a, b):
        return False
    if a.kind == "date" and not one_person(a, b):
        return False
    if not one and not ((one_event(a, b) if a.kind == "date" else _one_metric(a, b)) and _alone(a, b)):
        return False
    return a.kind == b.kind or a.subject == b.subject or a.metric.family == b.metric.family  # else percent and points of two


def _one_noun(a: Item, b: Item) -> bool:
    """Whether two counts may count the same: "personnes" are whoever the other counts, if those are people."""
    if a.kind != "count" or a.base == b.base:
        return True
    if None in (a.base, b.base):
        told, bare = (a, b) if b.base is None else (b, a)
        if told.base is not None and bare.amount.point is not None and not bare.amount.point.is_integer():
            return False  # "nous en payons 18,6": millions, and no goals
        return told.base != "people" or bare.metric.people or not bare.metric.catalogued  # "9 appartements sur 12" are nobody
    return any(x.base == "people" and (y.metric.people or y.base in x.metric.counted) for x, y in ((a, b), (b, a)))


def _one_metric(a: Item, b: Item) -> bool:
    """Whether the two may measure one thing though their figures differ: of "12 personnes" alone nothing is known."""
    if a.base == b.base == "people" and not (a.metric.catalogued or b.metric.catalogued):
        return False
    counted = a.kind == b.kind == "count" and a.base == b.base not in (None, "people")
    return counted or a.metric.family == b.metric.family or not (a.metric.catalogued and b.metric.catalogued)


def one_event(a: Item, b: Item) -> bool:
    """Whether two days may be told of one event: where the catalogue knows both as it."""
    return a.metric.catalogued and b.metric.catalogued and a.metric.family == b.metric.family


def one_person(a: Item, b: Item) -> bool:
    """Whether what befell a person on a day may be told of that one: not of another who is named, nor of some at a place."""
    if a.subject == b.subject or "PER" not in (a.type, b.type):
        return True
    if a.type == b.type:
        return named(a, b) > 0
    return not ("LOC" in (a.type, b.type) and a.metric.running)  # three who were arrested in Paris are not the one


def _alone(a: Item, b: Item) -> bool:
    """Whether one thing alone of a story has such a figure, as a toll or a revenue; of a power or a price the thing is named."""
    if a.metric.nature == "stock" and a.type == b.type == "LOC" and _two_places(a, b):
        return False
    named = a.kind == "measure" or min(a.confidence, b.confidence) >= limit("alarm_confidence")  # else it may be the same
    return (
        not named
        or a.subject == b.subject
        or a.kind == "date"
        or any(metric.specific or metric.running for metric in (a.metric, b.metric))
    )


def _two_places(a: Item, b: Item) -> bool:
    """Whether two claims are of two places, each named in its own sentence: the inhabitants of one are not the other's."""
    x, y = (item.subject.split() for item in (a, b))
    own = all(holds(said(item.row["sentence"] or ""), words) for words, item in ((x, a), (y, b)))
    return own and not set(x) & set(y)


def groups(ties: Iterable[Tie]) -> list[list[Side]]:
    """Claims that hang together, equal figures first, the likeliest first; never two figures of one article."""
    groups: dict[str, list[Side]] = {}
    for tie in sorted(ties, key=lambda t: (not t.equal, -round(t.chance, 9), t.a.id, t.b.id)):
        one, other = (groups.setdefault(side.id, [side]) for side in (tie.a, tie.b))
        if one is not other and not _two_told(one, other) and not (tie.equal and _two_days(one, other)):
            one += other
            groups.update((side.id, one) for side in other)
    return list({id(group): group for group in groups.values() if len(group) > 1}.values())


def _two_told(one: Iterable[Side], other: Iterable[Side]) -> bool:
    """Whether an article gives a figure in one group and another in the other."""
    figures = {side.article: side.figure for side in one}
    return any(figures.get(side.article, side.figure) != side.figure for side in other)


def _two_days(one: Iterable[Side], other: Sequence[Side]) -> bool:
    """Whether days of two events would hang together by a vaguer one ("le 23 août", "en août", "le 26 août")."""
    pairs = ((a, b) for a in one for b in other if a.day is not None and b.day is not None and not meets(a.day, b.day))
    return any(not (a.catalogued and a.metric == b.metric) for a, b in pairs)


def agreed(group: Sequence[Side]) -> Iterator[tuple[Side, Reading]]:
    """The reading that most of a group have, by their confidence; no surer than the surest of it. What is CERTAIN keeps its own,
    but others may say whom a mere noun means ("la bijouterie").

    The day of an event that the catalogue lacks, "12 personnes" and "3 litres" are no surer for it: what they are is but likely.
    """
    subjects: dict[tuple[str, str | None], float] = defaultdict(float)
    metrics: dict[str, float] = defaultdict(float)
    for side in sorted(group, key=lambda side: side.id):
        subjects[side.subject, side.type] += side.confidence
        metrics[side.metric] += side.confidence * (1.0 if side.catalogued else OPEN_METRIC)
    subject, kind = max(subjects, key=lambda who: (round(subjects[who], 9), who[0], who[1] or ""))
    metric = max(metrics, key=lambda name: (round(metrics[name], 9), name))
    reading = Reading(subject, kind, metric, max(side.confidence for side in group))
    for side in group:
        if side.confidence >= CERTAIN:
            meant = side.metric == metric and side.subject == side.subject.lower()
            yield side, side.own._replace(subject=subject, type=kind) if meant else side.own
        else:
            yield side, reading._replace(confidence=side.confidence) if side.unsaid else reading
