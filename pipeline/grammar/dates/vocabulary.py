"""The words of dates of one language, compiled from its `dates.toml` for look-ups by token, forwards and backwards.

The months of the other languages are added to each vocabulary, because articles mix them ("Le 16. Juli 2025, ...").
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from pipeline.grammar.dates.sections import BESIDE, check
from pipeline.grammar.tokens import tokenize
from pipeline.lexicon import LANGUAGES, language

Norms = list[str]


class Month(NamedTuple):
    """A name of a month: its number, whether it is a short form, and the languages that write it so."""

    number: int
    short: bool
    languages: tuple[str, ...]


class Hit(NamedTuple):
    """A word or phrase of the lexicon found in a text: its value, and the tokens that it takes."""

    value: Any
    length: int


Index = dict[str, list[tuple[Norms, Any]]]

# Sections whose keys are whole numbers, and those whose keys are other values: the section is the kind of their entries.
_NUMBERED = ("weekdays", "weekdays_short", "seasons", "deictic", "anaphoric", "decades", "ordinals")
_VALUED = ("modifiers", "grown", "deictic_units", "units", "holidays", "named", "quarters")
# Sections that are read elsewhere.
_APART = ("months", "months_short", "tense", "style", "unaccented")


def _norms(phrase: str) -> Norms:
    """The norms of a phrase as it is met in running text, where an elided word touches the one after it."""
    open_end = phrase.endswith(("'", "’"))
    norms = [t.norm for t in tokenize(phrase + "x" if open_end else phrase)]
    return norms[:-1] if open_end else norms


def _compounds(table: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Weekdays grown together with a part of the day ("Dienstagabend")."""
    for ending in table["dayparts"]["suffixes"]:
        for key, words in table["weekdays"].items():
            yield from (("weekdays", word + ending, int(key)) for word in words)


def _entries(table: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """(kind, phrase, value) of every entry of a language but the months."""
    yield from _compounds(table)
    for section, content in table.items():
        for key, words in content.items():
            if section in _APART:
                continue
            beside = key in BESIDE.get(section, ())
            if section in _NUMBERED and not beside:
                yield from ((section, word, int(key)) for word in words)
            elif section in _VALUED and not beside:
                yield from ((section, word, key) for word in words)
            else:
                yield from ((f"{section}.{key}", word, key) for word in words)


def _plain(text: str) -> str:
    """Letters without their accents, as capitals and hurried typing leave them."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _with_plain(entries: Iterable[tuple[str, str, Any]]) -> Iterator[tuple[str, list[str], Any]]:
    """(kind, norms, value) of each entry, and of words of substance once more without accents ("annee derniere")."""
    for kind, phrase, value in entries:
        norms = _norms(phrase)
        yield kind, norms, value
        plain = [_plain(norm) for norm in norms]
        if plain != norms and (kind in _PLAIN or kind.startswith("pointers.")):
            yield kind, plain, value


def _index(entries: Iterable[tuple[str, str, Any]], end: bool) -> dict[str, Index]:
    out: dict[str, Index] = {}
    for kind, norms, value in _with_plain(entries):
        out.setdefault(kind, {}).setdefault(norms[-1 if end else 0], []).append((norms, value))
    for index in out.values():
        for found in index.values():
            found.sort(key=lambda item: -len(item[0]))
    return out


def _by_last(phrases: Iterable[Norms]) -> dict[str, list[Norms]]:
    """Phrases by their last words."""
    out: dict[str, list[Norms]] = {}
    for phrase in phrases:
        out.setdefault(phrase[-1], []).append(phrase)
    return out


# Kinds whose words are met without their accents; little words ("à", "dès") would become others.
_PLAIN = frozenset({"units", "ordinals", "modifiers", "holidays", "seasons", "deictic", "decades"})


@cache
def months() -> dict[str, Month]:
    """Every name of a month in every language served."""
    out: dict[str, Month] = {}
    for section in ("months", "months_short"):
        for code in LANGUAGES:
            for key, words in language(code, "dates")[section].items():
                for word in words:
                    norm, number = word.casefold(), int(key)
                    old = out.get(norm)
                    if old and old.number == number and old.short == (section == "months_short"):
                        out[norm] = old._replace(languages=(*old.languages, code))
                    elif old is None:
                        out[norm] = Month(number, section == "months_short", (code,))
    return out


PARTICIPLE = 2  # the direction of a participle, which depends on its auxiliary
AUXILIARY = 3  # and of a present auxiliary, which depends on its participle
HEARSAY = 4  # and of an auxiliary that tells nothing: "serait" may be hearsay of what was or announced of what will be
_DIRECTIONS = (("past", -1), ("future", 1), ("participles", PARTICIPLE), ("auxiliaries", AUXILIARY), ("hearsay", HEARSAY))


class Vocabulary:
    """What one language knows of dates."""

    def __init__(self, code: str) -> None:
        self.code = code
        table = language(code, "dates")
        check(code, table)
        entries = list(_entries(table))
        self.starts, self.ends = _index(entries, end=False), _index(entries, end=True)
        self.months = months()
        self.unaccented = {word: key for key, words in table.get("unaccented", {}).items() for word in words}
        self.capital_months: bool = table["style"]["capital_months"]
        self.bare_years: bool = table["style"]["bare_years"]
        self.month_first: bool = table["style"]["month_first"]
        self.dotted_days: bool = table["style"]["dotted_days"]
        self.loose_past: bool = table["style"]["loose_past"]
        self.windows_led: bool = table["style"]["windows_led"]
        self.within_past: bool = table["style"]["within_past"]
        self.vague_halves: bool = table["style"]["vague_halves"]
        self.adjective_endings: tuple[str, ...] = tuple(table["style"]["adjective_endings"])
        self.singular_endings: tuple[str, ...] = tuple(table["style"]["singular_endings"])
        self.plural_endings: tuple[str, ...] = tuple(table["style"]["plural_endings"])
        self.announcers = _by_last(map(_norms, table["tense"]["announcers"]))
        self.clauses = frozenset(word.casefold() for word in table["tense"]["clauses"])
        self.arrivals = frozenset(table["tense"]["arrivals"])
        self.states = frozenset(table["tense"]["states"])
        self.suppositions = frozenset(table["tense"]["suppositions"])
        self.past_phrases = _by_last(map(_norms, table["tense"]["past_phrases"]))
        self.phrases = _by_last(map(_norms, table["tense"]["future_phrases"]))
        self.destinations = frozenset(table["tense"]["destinations"])
        self.saying = frozenset(table["tense"]["saying"])
        self.copulas = frozenset(table["tense"]["copulas"])
        self.anterior = frozenset(table["tense"]["anterior"])
        self.passives = frozenset(table["tense"]["passives"])
        self.presents = _by_last(map(_norms, table["tense"]["presents"]))
        self.looking_back = frozenset(table["tense"]["looking_back"])
        self.conditions = frozenset(table["tense"]["conditions"])
        self.attribute_heads = frozenset(table["tense"]["attribute_heads"])
        self.attribute_links = frozenset(table["tense"]["attribute_links"])
        self.planned = frozenset(table["tense"]["planned"])
        self._attributes_ahead: tuple[str, ...] = tuple(table["tense"]["attributes_ahead"])
        self.scheduling = frozenset(table["tense"]["scheduling"])
        self.agents = frozenset(table["tense"]["agents"])
        self.resolved = frozenset(table["tense"]["resolved"])
        self.resolving = frozenset(table["tense"]["resolving"])
        self._imperfect: tuple[str, ...] = tuple(table["tense"]["past_endings"])
        self.infinitives: tuple[str, ...] = tuple(table["tense"]["infinitive_endings"])
        self.purposes = frozenset(table["tense"]["purposes"])
        self._participle_endings: tuple[str, ...] = tuple(table["tense"]["participle_endings"])
        self._noun_endings: tuple[str, ...] = tuple(table["tense"]["noun_endings"])
        self.states_of = frozenset(table["tense"]["state_auxiliaries"])
        self._motion: tuple[str, ...] = tuple(table["tense"]["motion"])
        self._perfect_starts: tuple[str, ...] = tuple(table["tense"]["perfect_starts"])
        self._perfect_alone: tuple[str, ...] = tuple(table["tense"]["perfect_alone"])
        self._perfect_ends: tuple[str, ...] = tuple(table["tense"]["perfect_endings"])
        self._tense = {w.casefold(): 0 for w in table["tense"]["not_verbs"]}
        for name, value in _DIRECTIONS:
            self._tense |= {w.casefold(): value for w in table["tense"][name]}
        self._endings = [
            (tuple(table["tense"][f"{name}_endings"]), value) for name, value in (("stem", -1), ("future", 1), ("past", -1))
        ]
        self.anchors = self._anchors()
        self.seconds = self._seconds()
        self.direction = lru_cache(maxsize=1 << 15)(self._direction)

    def _anchors(self) -> dict[str, tuple[str, ...]]:
        """For each word that may begin or carry a date, the kinds of entry that it begins."""
        out: dict[str, tuple[str, ...]] = dict.fromkeys(self.months, ("months",))
        for kind in ANCHORS:
            for norm in self.starts.get(kind, ()):
                out[norm] = (*out.get(norm, ()), kind)
        return out

    def _seconds(self) -> dict[str, frozenset[str]]:
        """For each anchor that only begins phrases the words that go on with one: "la | veille" is a date, "la" is none."""
        out: dict[str, frozenset[str]] = {}
        for norm in [norm for norm, kinds in self.anchors.items() if WHOLE.issuperset(kinds)]:
            phrases = [norms for kind in self.anchors[norm] for norms, _ in self.starts[kind][norm]]
            if all(len(norms) > 1 for norms in phrases):
                out[norm] = frozenset(norms[1] for norms in phrases)
        return out

    def perfect(self, norm: str) -> bool:
        """Whether a word has the form of a participle of the perfect ("gekommen", "angekommen", "verkauft")."""
        if len(norm) < 5 or self._tense.get(norm) == 0:
            return False
        return norm.endswith(self._perfect_alone) or (norm.startswith(self._perfect_starts) and norm.endswith(self._perfect_ends))

    def attribute(self, norm: str) -> int:
        """What a participle before its noun tells: 1 what is to come ("beginnende", "geplante"), -1 what was ("gewählte")."""
        if norm in self.planned or (len(norm) > 6 and norm.endswith(self._attributes_ahead)):
            return 1
        return -1 if any(norm.endswith(e) and self.perfect(norm.removesuffix(e)) for e in self.adjective_endings) else 0

    def moved(self, norm: str) -> bool:
        """Whether a participle is of a verb of motion or change ("angekommen"), or of the passive ("worden")."""
        return norm.endswith(self._motion)

    def imperfect(self, norm: str) -> bool:
        """Whether a verb has the form of what lasted or was told before ("avait", "devenait")."""
        return norm.endswith(self._imperfect) and self.direction(norm) == -1

    def _direction(self, norm: str) -> int:
        """-1 for a word that tells of the past, 1 of the future, 0 of neither; `PARTICIPLE` for one that its auxiliary tells."""
        known = self._tense.get(norm)
        if known is not None or len(norm) < 4:
            return known or 0
        if norm.endswith(self._participle_endings) and not norm.endswith(self._noun_endings):
            return PARTICIPLE
        return next((value for endings, value in self._endings if norm.endswith(endings)), 0)


# The kinds whose words the scan of a text stops at.
ANCHORS = (
    "named", "holidays", "weekdays", "ordinals", "deictic", "deictic_units", "dayparts.nouns", "anaphoric", "clock.words",
    "clock.halves", "clock.alone",
    "seasons", "decades", "quarters", "units", "grown", "years.spelled", "not.names",
)  # fmt: skip
# Of these, the kinds whose readers begin with the whole entry at the anchor.
WHOLE = frozenset(("named", "holidays", "deictic", "deictic_units", "anaphoric", "not.names"))


@cache
def vocabulary(code: str) -> Vocabulary:
    """The compiled vocabulary of a language; an unknown one raises `LexiconError`."""
    return Vocabulary(code)
