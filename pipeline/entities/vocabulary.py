"""Words that tell of a name: descriptions beside it, common nouns before it, and the well-known names themselves."""

from __future__ import annotations

from functools import cache

from pipeline import lexicon
from pipeline.entities.spelling import Index, fold, index, plain, standing, words

TYPES = ("ORG", "PER", "LOC", "MISC")
_COMPOUND = 6  # letters that a noun has at least to be known as the end of a German compound


@cache
def known() -> dict[str, tuple[str, str]]:
    """Surface -> (canonical name, type) of the well-known names, countries in three languages among them."""
    out = _countries()
    for name, block in lexicon.table("names").items():
        for surface in (name, *block["aliases"]):
            out[surface] = (name, block["type"])
    return out


def _countries() -> dict[str, tuple[str, str]]:
    from babel import Locale

    out: dict[str, tuple[str, str]] = {}
    french = Locale.parse(lexicon.LANGUAGES[0]).territories
    for language in lexicon.LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            canonical = french.get(code, name)
            country = len(code) == 2 and code.isalpha() and len(name) > 3 and not set(name + canonical) & set("(),")
            if country and (language == lexicon.LANGUAGES[0] or name not in words("other_places")):
                out.setdefault(name.replace("’", "'"), (canonical.replace("’", "'"), "LOC"))
    return out


@cache
def _known_folded() -> dict[str, tuple[str, str]]:
    return {fold(surface): block for surface, block in known().items() if " " in surface}


def well_known(surface: str) -> tuple[str, str] | None:
    """Canonical name and type of a well-known name; one of several words may differ in case and accents."""
    return known().get(surface) or (_known_folded().get(fold(surface)) if " " in surface else None)


@cache
def _index() -> Index:
    return index(known())


def known_in(text: str) -> set[str]:
    """The well-known surfaces that stand in a text."""
    return {surface for _, _, surface in standing(text, _index())}


@cache
def _descriptions() -> dict[str, str]:
    """Common noun -> type of the entity it describes ("entreprise" ORG), over all languages."""
    out: dict[str, str] = {}
    for code in lexicon.LANGUAGES:
        table = lexicon.language(code, "syntax")["reference"]
        for kind in ("PER", "ORG", "LOC"):
            for noun in table[kind]:
                out.setdefault(noun.casefold(), kind)
    for kind in ("PER", "ORG", "LOC", "MISC"):
        for noun in words("describing", kind):
            out.setdefault(noun, kind)
    return out


@cache
def _endings() -> dict[str, str]:
    return {noun: kind for noun, kind in _descriptions().items() if len(noun) >= _COMPOUND}


@cache
def description(word: str) -> str | None:
    """Type of the entity that a common noun describes ("entreprise" ORG, "Pumpenhersteller" ORG), None for any other word."""
    low = plain(word)
    if low in _descriptions():
        return _descriptions()[low]
    if low.endswith("s") and low[:-1] in _descriptions():
        return _descriptions()[low[:-1]]
    if word[:1].isupper():  # a noun of German, perhaps a compound
        return next((_endings()[low[i:]] for i in range(3, len(low) - _COMPOUND + 1) if low[i:] in _endings()), None)
    return None


@cache
def common_nouns() -> frozenset[str]:
    """Nouns of events and descriptions: what may open a heading before a name."""
    tables = [lexicon.language(code, "syntax") for code in lexicon.LANGUAGES]
    events = frozenset(w.casefold() for t in tables for w in t.get("events", {}).get("nouns", ()))
    return events | frozenset(_descriptions()) | words("owned", "ORG") | words("owned", "LOC") | words("owned", "PER")


def is_given(word: str) -> bool:
    """Whether a word is a first name, compounds included ("Jean-Kévin")."""
    low = word.casefold()
    return low in _given() or ("-" in low and low.split("-")[0] in _given() and low.split("-")[1] in _given())


@cache
def _given() -> frozenset[str]:
    return words("given", "either").union(*(words("given", gender) for gender in GENDERS))


GENDERS = ("feminine", "masculine")


def gender_given(name: str) -> str | None:
    """The gender that the first name of a person's name shows ("Anne-Lise Roux" feminine), None where it shows none."""
    first, _, rest = name.partition(" ")
    low = first.casefold()
    single = (low, *low.split("-")[:1])
    return next((g for part in single for g in GENDERS if part in words("given", g)), None) if rest else None


@cache
def _peoples() -> dict[str, str]:
    return {word: country for country, words_of in lexicon.table("peoples").items() for word in words_of["adjectives"]}


def country_of(adjective: str) -> str | None:
    """The country whose people an adjective names, as written in small letters ("française" France), None for any other word."""
    return _peoples().get(adjective)


def is_people(word: str) -> bool:
    """Whether a word with a capital calls somebody by where he or she is from ("Bretonne"); no region, no first name."""
    low = word.casefold()
    return word[:1].isupper() and low.endswith(tuple(words("demonym_endings"))) and low not in _regions() and not is_given(word)


@cache
def _regions() -> frozenset[str]:
    return frozenset(place.casefold() for place in words("places"))


def is_country(name: str) -> bool:
    """Whether a name is that of a country, or of a union of countries."""
    return name in lexicon.table("peoples") or fold(name) in _unions()


@cache
def _unions() -> frozenset[str]:
    return frozenset(fold(name) for name in words("heads", "unions"))


def is_institution(name: str) -> bool:
    """Whether a name shows a public body, a union, a party or a medium: nothing that one calls a firm."""
    return plain(name).split()[0] in words("heads", "institutions")
