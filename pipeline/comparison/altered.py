"""What an article and its copy say otherwise: one sentence, word for word, but for its figure.

The wording shows that the two claims speak of one fact, however unsure it is of which: such a pair is told whatever else the
comparison thinks of it. What the two say alike is the same contradiction in both, if it is one, and told within the article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from pipeline.comparison.copies import root
from pipeline.comparison.facts import Fact, Pair, fact
from pipeline.comparison.gist import content
from pipeline.comparison.items import Item
from pipeline.comparison.lexical import limit
from pipeline.comparison.relations import agreed, earlier, relation
from pipeline.comparison.values import Amount
from pipeline.folding import fold

_FIGURE = re.compile(r"\d(?:[\d.,\s]*\d)?")
_Place = tuple[object, ...]


def altered(items: Iterable[Item]) -> list[tuple[Item, Item]]:
    """Claims of an article and of a copy of it that the same words make and whose values differ, the earlier published first.

    Of one article only the first claim of a sentence. Copies that came out far from one another are no slips: their figures may
    be of another day.
    """
    found = []
    for claims in _alike(items, lambda item: (item.subject, *place(item))).values():
        first = {item.article: item for item in reversed(claims)}
        for a, b in combinations(first.values(), 2):
            if _of_one_day(a, b) and not _one_value(a, b):
                found.append(earlier(a, b))
    return sorted(found, key=lambda pair: (pair[0].id, pair[1].id))


def _alike(items: Iterable[Item], by: Callable[[Item], _Place]) -> dict[_Place, list[Item]]:
    """Claims of articles that have copies, in the order of the text, together those that are one `by` a key."""
    listed = list(items)
    by_text: dict[str, list[Item]] = {item.text: [] for item in listed if item.text != item.article}
    for item in listed:
        if item.text in by_text:
            by_text[item.text].append(item)
    found: dict[_Place, list[Item]] = defaultdict(list)
    for claims in by_text.values():
        if len({item.article for item in claims}) > 1:
            for item in sorted(claims, key=lambda item: (item.start, item.id)):
                found[by(item)].append(item)
    return found


def place(item: Item) -> _Place:
    """The words around a claim's figure, other figures left open, in the text that its article and the copies have."""
    sentence, start = item.row["sentence"] or "", item.start - item.sentence
    around = (sentence[:start], sentence[start + len(item.row["quote"] or "") :])
    return (item.text, item.kind == "date", *(fold(_FIGURE.sub("0", part)) for part in around))


def reprinted(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Claims that the same words make in articles and their copies, whosever they were read to be: the first of each article."""
    for claims in _alike(items, place).values():
        first = {item.article: item for item in reversed(claims)}
        if len(first) > 1:
            yield list(first.values())


def _of_one_day(a: Item, b: Item) -> bool:
    return a.published is None or b.published is None or abs(a.published - b.published) <= limit("copy_days")


def _one_value(a: Item, b: Item) -> bool:
    """Whether the values agree, whatever was made of a negation in one of the two."""
    return agreed(a._replace(modality="asserted"), b._replace(modality="asserted"))


def changes(items: list[Item], home: dict[str, str]) -> Iterator[Pair]:
    """The altered claims as discrepancies; `home` gives the fact of each claim. Each two articles and values once."""
    told: set[tuple[object, ...]] = set()
    for a, b in altered(items):
        name = _relation(a, b)
        values = tuple((item.article, home[item.id], item.amount, item.span) for item in (a, b))
        if name is not None and values not in told:
            told.add(values)
            yield Pair(a, b, name, (home[a.id], home[b.id]))


def _relation(a: Item, b: Item) -> str | None:
    """What a changed figure is: both are worded alike, so that no wording explains it, and a toll rises only so far."""
    name = relation(*(item._replace(amount=_plain(item.amount)) for item in (a, b)))
    sizes = sorted(abs(item.amount.figure) for item in (a, b))
    return "conflict" if name == "update" and sizes[1] > sizes[0] * limit("rise") else name


def _plain(amount: Amount) -> Amount:
    return Amount(amount.figure, amount.figure, amount.figure, amount.quantum, "exact")


def united(facts: list[Fact], items: list[Item]) -> list[Fact]:
    """`facts` with altered claims in one: where the claims of one fact all come from copies, it is the other, misprinted."""
    home = {item.id: number for number, each in enumerate(facts) for item in each.items}
    heads = list(range(len(facts)))
    for a, b in altered(items):
        one, other = (root(heads, home[item.id]) for item in (a, b))
        if one != other and any(all(item.text == a.text for item in facts[home[side.id]].items) for side in (a, b)):
            heads[max(one, other)] = min(one, other)
    groups: dict[int, list[Item]] = defaultdict(list)
    for number, each in enumerate(facts):
        groups[root(heads, number)].extend(each.items)
    return [facts[number] if len(groups[number]) == len(facts[number].items) else fact(groups[number]) for number in groups]


def with_changes(pairs: list[Pair], items: list[Item], home: dict[str, str]) -> list[Pair]:
    """`pairs` and what copies say otherwise, without what an article and its copy contradict themselves in alike."""
    copied = {item.text for item in items if item.text != item.article}
    said: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        if item.text in copied:
            said[item.article, item.subject].append(item)
    added = list(changes(items, home))
    known = {(pair.a.id, pair.b.id) for pair in added}
    return [pair for pair in pairs if (pair.a.id, pair.b.id) not in known and not _repeated(pair, said)] + added


def _repeated(pair: Pair, said: dict[tuple[str, str], list[Item]]) -> bool:
    """Whether a pair of an article and its copy is one that either has within itself; `said` has the claims by article."""
    a, b = pair.a, pair.b
    if a.text != b.text or a.article == b.article:
        return False
    twins = [(twin, item) for item, other in ((a, b), (b, a)) for twin in said[other.article, item.subject]]
    return any(_one_value(twin, item) and _one_sentence(twin, item) for twin, item in twins)


def _one_sentence(a: Item, b: Item) -> bool:
    """Whether most of the words of two sentences are the same: figures may be written otherwise."""
    x, y = (content(item.row["sentence"] or "") for item in (a, b))
    return len(x & y) >= 0.6 * len(x | y)
