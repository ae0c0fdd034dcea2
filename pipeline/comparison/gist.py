"""What the sentence and the headline of a claim say of the event beside the figure: telling words, names, what happened.

Words weigh by how rare they are in French at large (`models/words.txt`), never in the batch at hand, so that two claims
look the same in whatever company they are compared.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.comparison.items import Item
from pipeline.comparison.lexical import counted, lexicon, singular
from pipeline.errors import ModelError
from pipeline.folding import fold
from pipeline.lexicon import LANGUAGES

STEM = 6  # letters by which two forms of a word are taken for one
COMMON, RARE = 500.0, 20_000.0  # ranks of words that tell nothing, and all
CACHED = 16_384  # sentences of which is kept what was read in them: more than a shard of the comparison has
_CAPITAL = re.compile(f"[A-Z{''.join(c for c in map(chr, range(192, 592)) if not c.islower())}\u0250-\U0010ffff]")
_TOKEN = re.compile(r"[^\W_]+")
_OPENING = frozenset('.!?:;«»"“”()[]–—')


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


@lru_cache(maxsize=200_000)
def weight(stem: str) -> float:
    """How telling a word is, 0..1: nought for the commonest, one for those that are in no table."""
    rank = _ranks().get(stem, RARE)
    return max(0.0, min(1.0, math.log(max(rank, 1) / COMMON) / math.log(RARE / COMMON)))


def seldom(name: str) -> bool:
    """Whether a folded name holds a word that French at large hardly ever has: of its bearer little is told."""
    return any(weight(word[:STEM]) == 1 for word in name.split() if len(word) > 3)


def weigh(stems: Iterable[str]) -> float:
    """The weights of some words together."""
    return math.fsum(map(weight, stems))  # rounded but once, in whatever order


@cache
def _function_words() -> frozenset[str]:
    return frozenset(lexicon()["support"]["function_words"])


@lru_cache(maxsize=CACHED)
def said(text: str) -> frozenset[str]:
    """The words of a text, folded."""
    return frozenset(fold(text).split())


@lru_cache(maxsize=CACHED)
def content(text: str) -> frozenset[str]:
    """The longer words of a text by their first letters, function words aside."""
    return frozenset(map(_stem, said(text))) - {""}


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    telling = len(word) > 3 and not word.isdigit() and word not in _function_words()
    return word[:STEM] if telling else ""


@lru_cache(maxsize=CACHED)
def names(text: str) -> frozenset[str]:
    """The capitalised words of a text that open no sentence, folded: names, or what is written like one."""
    found = []
    for match in _capitalised(text):
        word = match.group()
        if _coded(word) or (word[0].isupper() and len(word) > 2 and not _opens(text, match.start())):
            found += fold(word).split()
    return frozenset(word for word in found if word not in _function_words() and word not in broad())


def _capitalised(text: str) -> Iterator[re.Match[str]]:
    """The words of a text that may hold a capital."""
    end = 0
    for found in _CAPITAL.finditer(text):
        start = found.start()
        if start < end or not text[start].isalnum():
            continue
        while start > end and text[start - 1].isalnum():
            start -= 1
        match = _TOKEN.match(text, start)
        if match is not None:
            end = match.end()
            yield match


def _coded(word: str) -> bool:
    """Whether a word is written like a code: "A380", "600LT"."""
    return any(map(str.isdigit, word)) and any(map(str.isupper, word))


def _opens(text: str, at: int) -> bool:
    """Whether a sentence, or a part of one, begins at a place of a text."""
    before = text[:at]
    bare = before.rstrip()
    return not before or bare[-1:] in _OPENING or "\n" in before[len(bare) :]


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


@lru_cache(maxsize=CACHED)
def causes(text: str) -> frozenset[str]:
    """What happened, by its nouns: attack, quake, flood, protest and so on."""
    return frozenset().union(*(_causes()[word] for word in _causes().keys() & said(text)))


@cache
def broad() -> frozenset[str]:
    """Folded names of countries and peoples, of which a thousand things are told a day."""
    from babel import Locale

    places = [name for language in LANGUAGES for name in Locale(language).territories.values()]
    return frozenset(fold(name) for name in (*places, *lexicon()["support"]["peoples"]))


Around = tuple[list[str], list[str], list[str]]


def _around(item: Item) -> Around:
    """The words before the quote, of it, and after it, folded."""
    return _split(item.row["sentence"] or "", item.row["quote"] or "", item.start - item.sentence)


@lru_cache(maxsize=CACHED)
def _split(sentence: str, quote: str, at: int) -> Around:
    if sentence[at : at + len(quote)] != quote:
        return [], fold(quote).split(), []
    return fold(sentence[:at]).split(), fold(quote).split(), fold(sentence[at + len(quote) :]).split()


def among(item: Item) -> bool:
    """Whether a count is said of some among others ("parmi eux, trois", "trois parmi les pompiers", not "parmi les passants")."""
    return item.kind == "count" and _among_others(item.row["sentence"] or "", item.row["quote"] or "", item.start - item.sentence)


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


@dataclass(frozen=True, slots=True)
class Gist:
    """What stands around a figure, its own parties and speaker aside; `weight` is that of its words."""

    words: frozenset[str]
    weight: float
    title: frozenset[str]
    names: frozenset[str]
    causes: frozenset[str]


def gist(item: Item) -> Gist:
    """The gist of one claim."""
    row = item.row
    return _gist(row["sentence"] or "", row["title"] or "", item.parties, row["language"] == "de")


@lru_cache(maxsize=CACHED)
def _gist(sentence: str, title: str, parties: str, nouns: bool) -> Gist:
    """`nouns`: whether all nouns of the language are capitalised."""
    own = frozenset(parties.split())
    stems = frozenset(word[:STEM] for word in own)
    here = frozenset() if nouns else names(sentence) | names(title)
    words = content(sentence) - stems
    return Gist(words, weigh(words), content(title) - stems, here - own, causes(sentence) or causes(title))


def context(a: Item, b: Item) -> float:
    """What the words that both sentences have beyond the parties weigh, no more than their part of the shorter one allows."""
    x, y = gist(a), gist(b)
    shared = weigh(x.words & y.words)
    return min(shared, SHARE * shared / max(0.5, min(x.weight, y.weight)), 2.0)


SHARE = 3.5  # four words in seven of the shorter sentence make the most that context can say
