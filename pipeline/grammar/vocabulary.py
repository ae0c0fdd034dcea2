"""The words of numbers of one language, read from `lexicon/<language>/numbers.toml` once and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from pipeline import lexicon
from pipeline.errors import LexiconError

# What a word does in a number: its class and its value.
Word = tuple[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """Number words of one language. Every key is a casefolded word with a straight apostrophe."""

    language: str
    words: Mapping[str, Word]  # class: zero, digit, teen, tens, hundred, magnitude, mixed
    compounds: Mapping[tuple[str, str], Word]  # two words that make another number ("quatre vingt")
    collectives: Mapping[str, Decimal]
    joiners: frozenset[str]
    points: frozenset[str]
    halves: frozenset[str]
    of: frozenset[str]
    articles: frozenset[str]
    ones: frozenset[str]  # words for one that are articles or pronouns as well
    vigesimal: frozenset[Decimal]
    half_suffix: tuple[str, ...]
    tens_first: bool

    def scale(self, word: str) -> Decimal | None:
        """The value of a magnitude word ("milliards"), None for any other word."""
        found = self.words.get(word)
        return found[1] if found is not None and found[0] == "magnitude" else None


def _value(place: str, word: str, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
        raise LexiconError(f"{place}: {word!r} is {value!r}; give it a number that is not negative")
    return Decimal(str(value))


def _class(value: Decimal) -> str:
    return "zero" if value == 0 else "digit" if value < 10 else "teen" if value < 20 else "tens"


def section(table: Mapping[str, Any], place: str, name: str) -> Mapping[str, Any]:
    """The block `name` of a table, which must be there.

    Raises:
        LexiconError: it is missing or no block; the message names file, entry and remedy.
    """
    found = table.get(name)
    if not isinstance(found, dict):
        raise LexiconError(f"{place}: no block [{name}]; add it, empty if the language has none")
    return found


def words_of(table: Mapping[str, Any], place: str, name: str) -> tuple[str, ...]:
    """The list of words `name` of a table, empty where the table has none; checked to be casefolded strings."""
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(w, str) for w in found):
        raise LexiconError(f'{place}: {name} is no list of words; write {name} = ["..."]')
    for word in found:
        if word != word.casefold():
            raise LexiconError(f"{place}: {word!r} in {name} is not in lower case; write {word.casefold()!r}")
    return tuple(found)


def _words(table: Mapping[str, Any], place: str) -> dict[str, Word]:
    out: dict[str, Word] = {}
    for name, fixed in (("cardinals", ""), ("hundreds", "hundred"), ("magnitudes", "magnitude"), ("mixed", "mixed")):
        block = section(table, place, name) if name != "mixed" else table.get(name, {})
        for word, raw in block.items():
            if word != word.casefold():
                raise LexiconError(f"{place}: {word!r} in [{name}] is not in lower case; write {word.casefold()!r}")
            if word in out:
                raise LexiconError(f"{place}: {word!r} stands twice, again in [{name}]; drop one")
            value = _value(place, word, raw)
            out[word] = (fixed or _class(value), value)
    return out


def _compounds(table: Mapping[str, Any], place: str) -> dict[tuple[str, str], Word]:
    out: dict[tuple[str, str], Word] = {}
    for phrase, raw in section(table, place, "compounds").items():
        parts = phrase.split()
        if len(parts) != 2:
            raise LexiconError(f"{place}: {phrase!r} in [compounds] is not two words; write them with one space")
        value = _value(place, phrase, raw)
        out[parts[0], parts[1]] = (_class(value), value)
    return out


@cache
def numerals(language: str) -> Numerals:
    """The number words of a language.

    Raises:
        LexiconError: the table is missing or broken; the message names file, entry and remedy.
    """
    table, place = lexicon.language(language, "numbers"), f"lexicon/{language}/numbers.toml"
    return Numerals(
        language=language,
        words=_words(table, place),
        compounds=_compounds(table, place),
        collectives={w: _value(place, w, v) for w, v in section(table, place, "collectives").items()},
        joiners=frozenset(words_of(table, place, "joiners")),
        points=frozenset(words_of(table, place, "points")),
        halves=frozenset(words_of(table, place, "halves")),
        of=frozenset(words_of(table, place, "of")),
        articles=frozenset(words_of(table, place, "articles")),
        ones=frozenset(words_of(table, place, "ones")),
        vigesimal=frozenset(Decimal(v) for v in table.get("vigesimal", [])),
        half_suffix=words_of(table, place, "half_suffix"),
        tens_first=bool(table.get("tens_first", True)),
    )
