"""Pairs of claims of which annotations say whether they are of one fact: what the alignment is trained on.

Three kinds, all of claims that share a block and pass its bars, and whose figures differ:

- annotated claims of one story,
- the claims that the pipeline reads in that story, with its mistakes, and what the annotation says of them,
- claims of two stories as if they had one subject. Annotated stories tell of one event each, the press of hundreds in one
  place or of one brand: these pairs show what two events of one subject look like. Whatever the number of stories, COLLISIONS
  of them stand beside each pair of one story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from pipeline.comparison.bars import OPEN, level
from pipeline.comparison.clustering import blocks
from pipeline.comparison.items import Item, items
from pipeline.comparison.likeness import equal
from pipeline.comparison.partition import partition
from pipeline.comparison.support import features
from pipeline.score import Annotated, claims_of, counterparts
from pipeline.tables import SCHEMAS, check_claims, frame

Row = dict[str, Any]
COLLISIONS = 1.5
GAPS = (0, 2, 7, 21, 60)  # days by which the second of two stories follows the first


class Example(NamedTuple):
    """The features of a pair, whether it is of one fact, and the stories that it is of."""

    features: dict[str, float]
    one: bool
    stories: frozenset[str]


class Told(NamedTuple):
    """A claim of a story and the fact that the annotation gives it; None for a claim that it lacks."""

    item: Item
    fact: str | None
    story: str


def examples(sets: Sequence[tuple[Annotated, list[Row]]]) -> list[Example]:
    """The pairs of some annotated stories, each given with the rows of the claims that are read in it."""
    found: list[Example] = []
    for told in ([_annotated(each, rows) for each, rows in sets], [_read(each, rows) for each, rows in sets]):
        within = [pair for story in told for pair in _within(story)]
        between = [pair for first, second in combinations(told, 2) for pair in _between(first, second)]
        wanted = round(COLLISIONS * len(within)) if between else 0
        found += within + [between[i * len(between) // wanted] for i in range(wanted)]
    return found


def _annotated(each: Annotated, rows: list[Row]) -> list[Told]:
    """The annotated claims; the type of a subject is the one that the pipeline reads most."""
    types: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        types[row["subject"]][row["subject_type"]] += 1
    table = claims_of([each])
    table["subject_type"] = [types[name].most_common(1)[0][0] if name in types else None for name in table["subject"]]
    facts = {f"{each.name}/{claim['id']}": claim["fact"] for claim in each.claims if not claim.get("optional")}
    return [Told(item, facts[item.id], each.name) for item in _items(table) if item.id in facts]


def _read(each: Annotated, rows: list[Row]) -> list[Told]:
    known = counterparts(each, rows)
    told = []
    for item in as_items(rows):
        gold = known.get(item.id)
        if gold is None or not gold.get("optional"):
            told.append(Told(item, None if gold is None else gold["fact"], each.name))
    return told


def as_items(rows: Sequence[Row]) -> list[Item]:
    """Claims as the comparison reads them."""
    return _items(frame({name: [row.get(name) for row in rows] for name in SCHEMAS["claims"]}, "claims"))


def _items(table: Any) -> list[Item]:
    checked = check_claims(table)
    whole = partition(checked)
    return items(checked, whole.names, whole.stories)


def _within(story: Iterable[Told]) -> Iterator[Example]:
    known = {told.item.id: told for told in story}
    for block in blocks(told.item for told in known.values()):
        for a, b in combinations(block, 2):
            if a.article != b.article and _in_question(a, b):
                x, y = known[a.id], known[b.id]
                yield Example(features(a, b), x.fact is not None and x.fact == y.fact, frozenset((x.story,)))


def _in_question(a: Item, b: Item) -> bool:
    """Whether the weights have a say: no bar parts the two, and their figures differ."""
    return not equal(a, b) and level(a, b) >= OPEN


def _between(first: Sequence[Told], second: Sequence[Told]) -> Iterator[Example]:
    """Claims of one metric in two stories, the second told some days after the first, under the first one's subject."""
    starts = [min((t.item.published for t in story if t.item.published is not None), default=0) for story in (first, second)]
    alike: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for told in second:
        alike[told.item.metric.family, told.item.kind].append(told)
    pairs = [(x, y) for x in first if _shared(x.item) for y in alike[x.item.metric.family, x.item.kind]]
    for number, (x, y) in enumerate(pairs):
        a = x.item._replace(counterparty=None)
        b = _moved(y.item, starts[0] - starts[1] + GAPS[number % len(GAPS)], a.subject)
        if _in_question(a, b):
            yield Example(features(a, b), False, frozenset((x.story, y.story)))


def _shared(item: Item) -> bool:
    """Whether many things are told of such a subject in such terms: of a place, or without saying of what."""
    return item.metric.vague or item.type == "LOC" or (item.kind == "date" and not item.metric.once)


def _moved(item: Item, days: int, subject: str) -> Item:
    span = item.span and item.span._replace(first=item.span.first + days, last=item.span.last + days)
    story = item.story._replace(days=frozenset(day + days for day in item.story.days))
    published = None if item.published is None else item.published + days
    return item._replace(subject=subject, counterparty=None, span=span, story=story, published=published)
