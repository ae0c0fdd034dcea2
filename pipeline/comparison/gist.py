"""What the sentence and the headline of a claim say of the event beside the figure: telling words, names, what happened.

Words weigh by how rare they are in French at large (`models/words.txt`), never in the batch at hand, so that two claims
look the same in whatever company they are compared.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from pipeline.comparison.items import Item
from pipeline.comparison.lexical import broad, counted, lexicon, singular
from pipeline.comparison.memo import Memo
from pipeline.errors import ModelError
from pipeline.folding import fold

STEM = 6  # letters by which two forms of a word are taken for one
COMMON, RARE = 500.0, 20_000.0  # ranks of words that tell nothing, and all
CACHED = 16_384  # sentences of which is kept what was read in them: more than a shard of the comparison has
WORDS = 100_000  # of which is kept what they are
_TOKEN = re.compile(r"[^\W_]+")
_OPENING = frozenset('.!?:;«»"“”()[]–—')
_NONE = frozenset[str]()


@cache
def _ranks() -> dict[str, int]:
    """Stems in the order of their frequency. Raises ModelError where the table is missing."""
    try:
        text = (files("pipeline.models") / "words.txt").read_text("utf-8")
    except (OSError, ModuleNotFoundError) as error:
        raise ModelError(f"models/words.txt: {error}; make it with python -m pipeline.calibration --words") from error
    ranks = {}
    for line in text.splitlines():
        stem, _, rank = line.partition(" ")
        ranks[stem] = int(rank)
    return ranks


def weight(stem: str) -> float:
    """How telling a word is, 0..1: nought for the commonest, one for those that are in no table."""
    return _WEIGHTS(stem)


def _weight(stem: str) -> float:
    rank = _ranks().get(stem, RARE)
    return max(0.0, min(1.0, math.log(max(rank, 1) / COMMON) / math.log(RARE / COMMON)))


_WEIGHTS = Memo(_weight, WORDS)


def seldom(name: str) -> bool:
    """Whether a folded name holds a word that French at large hardly ever has: of its bearer little is told."""
    return any(weight(word[:STEM]) == 1 for word in name.split() if len(word) > 3)


def weights(stems: Collection[str]) -> list[float]:
    """The weight of each of some words."""
    return _WEIGHTS.each(stems)


def weigh(stems: Collection[str]) -> float:
    """The weights of some words together."""
    return math.fsum(weights(stems)) if stems else 0.0  # rounded but once, in whatever order


@cache
def _function_words() -> frozenset[str]:
    return frozenset(lexicon()["support"]["function_words"])


class Chunk(NamedTuple):
    """What stands between two blanks, by itself, since folding knows no context: its words, telling stems, names.

    The names are those where it stands within a sentence, and those where it opens one.
    """

    words: str
    stems: tuple[str, ...]
    names: tuple[tuple[str, ...], tuple[str, ...]]


_WORDS_OF, _STEMS_OF = (itemgetter(Chunk._fields.index(name)) for name in ("words", "stems"))


def _chunk(chunk: str) -> Chunk:
    words = fold(chunk).split()
    stems = tuple(stem for stem in map(_stem, words) if stem and weight(stem))
    return Chunk(" ".join(words), stems, (_named(chunk, opens=False), _named(chunk, opens=True)))


_CHUNKS = Memo(_chunk, WORDS)


def chunks(parts: Collection[str]) -> list[Chunk]:
    """What is known of all that stands between two blanks."""
    return _CHUNKS.each(parts)


def opens_next(chunk: str) -> bool:
    """Whether what follows a chunk opens a sentence."""
    return chunk[-1:] in _OPENING


@lru_cache(maxsize=CACHED)
def said(text: str) -> str:
    """The words of a text, folded, each between two blanks."""
    return f" {' '.join(filter(None, map(_WORDS_OF, chunks(text.split()))))} "


@lru_cache(maxsize=CACHED)
def stems(text: str) -> frozenset[str]:
    """The first letters of the words of a text that weigh something."""
    return _NONE.union(*map(_STEMS_OF, chunks(text.split())))


def holds(said: str, words: Iterable[str]) -> bool:
    """Whether all of some folded words are `said`."""
    return all(f" {word} " in said for word in words)


@lru_cache(maxsize=CACHED)
def content(text: str) -> frozenset[str]:
    """The longer words of a text by their first letters, function words aside."""
    return frozenset(map(_stem, said(text).split())) - {""}


@lru_cache(maxsize=CACHED)
def causes(text: str) -> frozenset[str]:
    """What happened, by its nouns: attack, quake, flood, protest and so on."""
    known = _causes()
    return _NONE.union(*(known[word] for word in known.keys() & said(text).split()))


def happened(item: Item) -> frozenset[str]:
    """What happened, by the sentence of a claim, else by its headline."""
    return causes(item.row["sentence"] or "") or causes(item.row["title"] or "")


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    telling = len(word) > 3 and not word.isdigit() and word not in _function_words()
    return word[:STEM] if telling else ""


@lru_cache(maxsize=CACHED)
def names(text: str) -> frozenset[str]:
    """The capitalised words of a text that open no sentence, folded: names, or what is written like one."""
    return _NONE.union(*(_names(line.split()) for line in text.split("\n"))) if "\n" in text else _names(text.split())


def _names(parts: Sequence[str]) -> frozenset[str]:
    """The names in a line; its first word opens a sentence, and so does each behind the end of one."""
    found = list[str]()
    for place in [place for place, chunk in enumerate(parts) if not chunk.islower()]:
        opens = not place or opens_next(parts[place - 1])
        found += _CHUNKS(parts[place]).names[opens]
    return frozenset(found)


def _named(chunk: str, *, opens: bool) -> tuple[str, ...]:
    """The words of the names in what stands between two blanks, of which the first word `opens` a sentence or not."""
    if chunk.islower():
        return ()
    found = []
    for match in _TOKEN.finditer(chunk):
        word, start = match.group(), match.start()
        first = chunk[start - 1] in _OPENING if start else opens
        if _coded(word) or (word[0].isupper() and len(word) > 2 and not first):
            found += fold(word).split()
    return tuple(word for word in found if word not in _function_words() and word not in broad())


def _coded(word: str) -> bool:
    """Whether a word is written like a code: "A380", "600LT"."""
    return any(map(str.isdigit, word)) and any(map(str.isupper, word))


@cache
def _causes() -> dict[str, frozenset[str]]:
    """What happened by each form of its nouns."""
    groups: dict[str, list[str]] = lexicon()["causes"]
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for group, words in groups.items():
        for word in words:
            for form in (word, f"{word}s", f"{word}x"):
                if word in (form, singular(form)):
                    found[form] |= {group}
    return dict(found)


Around = tuple[list[str], list[str], list[str]]


def _around(item: Item) -> Around:
    """The words before the quote, of it, and after it, folded."""
    return _split(item.row["sentence"] or "", item.row["quote"] or "", item.start - item.sentence)


@lru_cache(maxsize=CACHED)
def _split(sentence: str, quote: str, at: int) -> Around:
    if sentence[at : at + len(quote)] != quote:
        return [], said(quote).split(), []
    return _folded(sentence[:at]), said(quote).split(), _folded(sentence[at + len(quote) :])


def _folded(text: str) -> list[str]:
    """The words of a piece of a text, folded."""
    return [word for chunk in chunks(text.split()) for word in chunk.words.split()]


def among(item: Item) -> bool:
    """Whether a count is said of some among others ("parmi eux, trois", "trois parmi les pompiers", not "parmi les passants").

    Or of others besides those named ("trois autres départements", "80 de plus").
    """
    if item.kind != "count":
        return False
    sentence, quote = item.row["sentence"] or "", item.row["quote"] or ""
    if _added(item):
        return True
    if not item.metric.people and not _besides().isdisjoint(said(quote).split()):
        return True  # not of people: "trois morts et onze autres blessés" are all who were hurt
    return _among_others(sentence, quote, item.start - item.sentence)


def _added(item: Item) -> bool:
    """Whether a count is said to come on top, by the words right behind it ("80 de plus sont attendus")."""
    _, _, after = _around(item)
    return any(after[: len(words)] == words for words in _on_top())


@cache
def _on_top() -> list[list[str]]:
    return [fold(words).split() for words in lexicon()["scopes"]["added"]]


@lru_cache(maxsize=CACHED)
def _among_others(sentence: str, quote: str, at: int) -> bool:
    before, _, after = _split(sentence, quote, at)
    if _among() & set(before[-4:]):
        return True
    place = next((i for i, word in enumerate(after[:3]) if word in _among()), None)
    group = [word for word in after[place + 1 : place + 4] if len(word) > 3] if place is not None else []
    return bool(group) and counted(group[0]) != "people"


@cache
def _among() -> frozenset[str]:
    return frozenset(lexicon()["scopes"]["among"])


@cache
def _besides() -> frozenset[str]:
    return frozenset(lexicon()["scopes"]["others"])


def stages(item: Item) -> frozenset[str]:
    """How far the law has gone with those counted, by the nearest word that says it: in the quote, after it, before it."""
    before, quote, after = _around(item)
    found = (_stages()[word] for word in (*quote, *after[:12], *reversed(before[-12:])) if word in _stages())
    first = next(found, None)
    return frozenset() if first is None else frozenset((first,))


@cache
def _stages() -> dict[str, str]:
    groups: dict[str, list[str]] = lexicon()["stages"]["words"]
    return {word: group for group, words in groups.items() for word in words}


def asked(item: Item) -> bool | None:
    """Whether what a claim gives was asked for (True) or given (False), by its sentence; None where that says neither or both."""
    words, known = set(said(item.row["sentence"] or "").split()), lexicon()["asking"]
    sides = [not words.isdisjoint(known[name]) for name in ("asked", "given")]
    return None if sides[0] == sides[1] else sides[0]


def changed(item: Item) -> bool:
    """Whether a figure is said to be what a state came to: "ramené à 23 %"."""
    before, _, _ = _around(item)
    known = lexicon()["changing"]
    near = before[-CHANGED:]
    return any(verb in known["verbs"] and to in known["to"] for verb, to in pairwise(near))


CHANGED = 4  # words before a figure that may say so: "est tombé à moins de 12 %"


class Gist(NamedTuple):
    """What stands around a figure, its own parties, its speaker and the commonest words aside; `weight` is that of its words."""

    words: frozenset[str]
    weight: float
    names: frozenset[str]


def gist(item: Item) -> Gist:
    """The gist of one claim."""
    words, weight = _words(item.row["sentence"] or "", item.parties)
    return Gist(words, weight, named(item))


@lru_cache(maxsize=CACHED)
def _words(sentence: str, parties: str) -> tuple[frozenset[str], float]:
    words = stems(sentence) - _bearers(parties)[1]
    return words, weigh(words)


def named(item: Item) -> frozenset[str]:
    """The names around a claim, its own parties aside; none in a language that writes all nouns with a capital."""
    row = item.row
    return _NONE if row["language"] == "de" else _others(row["sentence"] or "", row["title"] or "", item.parties)


@lru_cache(maxsize=CACHED)
def _others(sentence: str, title: str, parties: str) -> frozenset[str]:
    return (names(sentence) | names(title)) - _bearers(parties)[0]


@lru_cache(maxsize=CACHED)
def _bearers(parties: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the parties to a claim, and the first letters of these."""
    own = frozenset(parties.split())
    return own, frozenset(word[:STEM] for word in own)


def headline(item: Item) -> frozenset[str]:
    """The telling words above a claim, its own parties aside."""
    return _headline(item.row["title"] or "", item.parties)


@lru_cache(maxsize=CACHED)
def _headline(title: str, parties: str) -> frozenset[str]:
    return stems(title) - _bearers(parties)[1]


def context(a: Item, b: Item) -> float:
    """What the words that both sentences have beyond the parties weigh, no more than their part of the shorter one allows."""
    x, y = gist(a), gist(b)
    shared = weigh(x.words & y.words)
    return min(shared, SHARE * shared / max(0.5, min(x.weight, y.weight)), 2.0)


SHARE = 3.5  # four words in seven of the shorter sentence make the most that context can say
