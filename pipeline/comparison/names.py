"""Names of subjects across articles: one key for spellings of one bearer, short names joined to long ones only on evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cache, lru_cache

from pipeline.comparison.lexical import broad, lexicon
from pipeline.entities.spelling import spells
from pipeline.folding import fold


@cache
def _dropped() -> frozenset[str]:
    names = lexicon()["names"]
    return frozenset([*names["articles"], *names["legal_forms"], *names["titles"]])


@cache
def _generic() -> frozenset[str]:
    return frozenset(lexicon()["names"]["generic"])


@cache
def _event_words() -> frozenset[str]:
    names = lexicon()["names"]
    return frozenset([*names["events"], *names["connectors"]])


@cache
def _kinds() -> dict[str, str]:
    """Word for what a body or place is -> the French one ("museum" -> "musee")."""
    kinds: dict[str, list[str]] = lexicon()["names"]["kinds"]
    return {word: words[0] for words in kinds.values() for word in words}


@cache
def key(name: str) -> str:
    """The folded name without articles, titles, legal forms and generic words ("Groupe Brume SA" -> "brume").

    What another language calls a kind of body or place is put as French does ("Castelbrun museum" -> "musee castelbrun"),
    where the name says which one is meant: "Senate" may be any country's.
    """
    words = fold(name).split()
    kept = [w for w in words if w not in _dropped()] or words
    kept = [w for w in kept if w not in _generic()] or kept
    french = [_kinds().get(w, w) for w in kept]
    if french == kept or all(word in _kinds() for word in kept):
        return " ".join(kept)
    return " ".join(sorted(french, key=lambda word: word not in _kinds()))


@cache
def initials(name: str) -> str:
    """The letters that an acronym of a name has ("Union des ateliers du Nord" -> "uan")."""
    small = _dropped() | _event_words()
    return "".join(word[0] for word in fold(name).split() if word not in small)


@lru_cache(maxsize=20_000)
def one_bearer(a: str, b: str) -> bool:
    """Whether two names, as written, are likely those of one body: the shorter holds no other word, or is the acronym.

    So are names of the same words in two languages, by their first letters ("Commission électorale", "electoral commission").
    """
    x, y = (set(key(name).split()) for name in (a, b))
    if x <= y or y <= x:
        return True
    if len(x) > 1 and {word[:COGNATE] for word in x} == {word[:COGNATE] for word in y}:
        return True
    return any(len(short) >= ACRONYM and " " not in short and spells(short, long) for short, long in ((a, b), (b, a)))


COGNATE = 5  # first letters that a word has in two languages


def event_of(short: str, long: str) -> bool:
    """Whether key `long` names an event at the place `short` ("seisme maroc" and "maroc")."""
    rest = set(long.split()) - set(short.split())
    return bool(rest) and set(short.split()) < set(long.split()) and rest <= _event_words()


class Names:
    """Which keys name one bearer. `canonical` maps a key to the longest key of its bearer."""

    def __init__(self, links: Mapping[str, str]) -> None:
        self._links = links

    def of(self, names: Iterable[str | None]) -> Names:
        """As much of it as is needed for some `names`."""
        keys = {key(name) for name in names if name}
        return Names({found: self._links[found] for found in keys if found in self._links})

    def canonical(self, name: str | None) -> str | None:
        """The key under which `name` is compared; None for no name."""
        if not name:
            return None
        found = key(name)
        return self._links.get(found, found)


def contained(keys: Iterable[str]) -> dict[str, set[str]]:
    """For each key, the longer ones that hold all its words, found by its rarest word."""
    held: dict[str, list[str]] = defaultdict(list)
    ordered = sorted(set(keys))
    for long in ordered:
        for word in set(long.split()):
            held[word].append(long)
    found: dict[str, set[str]] = {}
    for short in ordered:
        words = set(short.split())
        rarest = min(words, key=lambda w: (len(held[w]), w), default=None)
        if rarest is None or len(held[rarest]) > 200:  # a word of everyday names tells nobody apart
            continue
        longer = {long for long in held[rarest] if long != short and words < set(long.split())}
        if longer:
            found[short] = longer
    return found


def spelled(keys: Mapping[str, str]) -> dict[str, set[str]]:
    """For each key that is an acronym, those of the names that it spells; `keys` has the key of each name."""
    own = frozenset(keys.values())
    found: dict[str, set[str]] = defaultdict(set)
    for name, long in keys.items():
        short = initials(name)
        if len(short) >= ACRONYM and short in own and short != long:
            found[short].add(long)
    return dict(found)


ACRONYM = 3  # letters from which on an acronym may tell whose it is

Longer = Mapping[str, Set[str]]
Spoken = Mapping[str, Set[str]]
Claimed = Mapping[str, Set[tuple[object, ...]]]


def resolve(longer: Longer, spoken: Spoken, witnesses: Claimed) -> Names:
    """Names joined across articles.

    `longer` gives the keys that are `contained` in others or `spelled` by them, `spoken` for all of these the articles that
    speak of each, `witnesses` what is claimed of each (metric, value, unit). A short name joins the one longer name that
    holds it if it names an event at that place, or if both are claimed the same figure; never where one article speaks of
    both, for there they are two. Of a country so much is claimed that one figure in common shows nothing: "France" is not
    the Patrouille de France.
    """
    links: dict[str, str] = {}
    for short, others in longer.items():
        apart = [long for long in sorted(others) if not spoken[short] & spoken[long]]
        own = _NOTHING if short in broad() else witnesses.get(short, _NOTHING)
        backed = [long for long in apart if own & witnesses.get(long, _NOTHING)]
        if len(backed) == 1:
            links[short] = backed[0]
        elif len(others) == 1 and apart and event_of(short, apart[0]):
            links[short] = apart[0]
    return Names({short: _end(short, links) for short in links})


_NOTHING: Set[tuple[object, ...]] = frozenset()


def _end(name: str, links: Mapping[str, str]) -> str:
    while name in links:  # a link leads to a longer name: this ends
        name = links[name]
    return name
