"""Phrases of the lexicon that stand around a number, ready for lookup: bounds, ranges, refusals, nouns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from pipeline import lexicon
from pipeline.errors import LexiconError
from pipeline.grammar.tokens import tokenize
from pipeline.grammar.vocabulary import section, words_of

# How a wording bounds its value: the approximation of the contract, and whether the value is a lower or an upper bound.
BOUNDS: dict[str, tuple[str, bool, bool]] = {
    "about": ("about", True, True),
    "about_below": ("about", False, True),
    "about_above": ("about", True, False),
    "at_least": ("at_least", True, False),
    "at_most": ("at_most", False, True),
    "more_than": ("more_than", True, False),
    "less_than": ("less_than", False, True),
    "exact": ("exact", True, True),
}

Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]  # by key token: (all tokens, what it means), longest first


def _phrases(found: Iterable[tuple[str, str]], last: bool) -> Phrases:
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, meaning in found:
        tokens = (
            tuple(t.norm for t in tokenize(phrase + "x"))[:-1]
            if phrase.endswith("'")
            else tuple(t.norm for t in tokenize(phrase))
        )
        out.setdefault(tokens[-1] if last else tokens[0], []).append((tokens, meaning))
    return {key: tuple(sorted(entries, key=lambda e: -len(e[0]))) for key, entries in out.items()}


def fold(name: str) -> str:
    """`name` without its accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the words around a number mean in one language."""

    language: str
    decimal: str
    symbols: Mapping[str, Decimal]  # abbreviated magnitudes, case kept
    shares: Mapping[str, tuple[int, int]]
    ranks: Mapping[str, int]  # ordinals, which are denominators after a number ("trois vingtièmes")
    share_of: frozenset[tuple[str, ...]]
    share_leads: frozenset[str]  # their first words
    alone: frozenset[str]  # shares that need no number before them ("la moitié")
    partitive: frozenset[str]  # words that lead to what a share is part of ("des")
    alone_of: frozenset[str]  # shares that need only an article before and a whole after ("le quart des voix")
    not_shared: frozenset[str]  # what makes a share something else ("un quart de finale")
    persons: frozenset[str]  # shares that are somebody as well ("un tiers")
    to_persons: frozenset[str]  # after these, where no whole follows
    ranked: frozenset[str]  # what makes a share the one or the other part ("la seconde moitié")
    partly: frozenset[str]  # what makes a share before an adjective a state ("à moitié vide")
    prices: frozenset[str]  # unless one of these follows ("à moitié prix")
    sides: frozenset[str]  # what makes a share a place ("la moitié nord")
    every: frozenset[str]
    ordinals: Mapping[str, int]
    before: Phrases  # bounds that stand before, by their last token
    before_figures: Phrases  # those that stand before digits only ("dans les 200 euros")
    taking_up: frozenset[str]  # pronouns for what was told before ("il en faudrait 60")
    before_times: Phrases  # those that stand before a duration only ("sous trente jours")
    marks: Phrases  # a mark on the way ("franchi | la barre des | 100 000"), by its last token
    crossed: frozenset[str]  # the verbs that pass it
    around: frozenset[str]  # bounds that tell a place where what is counted is a few things ("autour de deux axes")
    bound_adverbs: frozenset[str]  # between a bound and its number ("dépasse toujours")
    concerning: frozenset[str]  # of those, what says what something is about as well ("ein Vertrag über 4 Millionen")
    topics: frozenset[str]  # behind one of these
    topic_endings: tuple[str, ...]  # the same as endings of compounds, where nouns have capitals
    topic_links: frozenset[str]  # small words that may stand between
    disposing: frozenset[str]  # verbs that go with such a preposition ("verfügt über 200 Betten")
    after: Phrases  # bounds that stand after, by their first token
    lasting: frozenset[str]  # words after which an article counts one unit of time, where it is no numeral ("for a year")
    some_of: Phrases  # what leads to those of whom so many are counted ("trois | de ses | enfants")
    within: Phrases  # between a number and what it counts ("a hundred | or so | people", "300 | -odd")
    ranges: Mapping[str, frozenset[str]]
    money_nouns: frozenset[str]
    clock_words: Phrases  # what makes a number a time of day ("Uhr", "p.m.")
    clock_before: frozenset[str]
    clock_lasting: frozenset[str]  # of those: before hours in words a duration ("depuis quatre heures")
    clock_copulas: frozenset[str]  # a duration "is of" so many hours ("sa durée est de 11h30")
    clock_around: frozenset[str]  # the first two words of a bound that leads to a time of day ("aux alentours de 20 heures")
    clock_shows: frozenset[str]  # what bears its hour by "de" ("le JT de 20 heures")
    clock_duration: frozenset[str]  # words that announce a duration
    clock_away: Phrases  # directions behind hours that make them a distance
    clock_of: frozenset[str]  # a word after hours that makes them a duration ("24h de garde")
    capitals: bool
    loose: bool  # unknown words may stand before the noun ("200 badly damaged cars")
    bare_ages: bool  # a figure between commas behind a name is an age ("Jane Hollis, 43, said")
    aged: frozenset[str]  # right before a bare figure that is an age ("aged 34")
    letters: frozenset[str]  # abbreviated magnitudes, as written, that a counted plural tells from a unit ("1.3m tickets")
    lengthwise: frozenset[str]  # plurals that such a letter measures all the same ("5m waves")
    distances: frozenset[str]  # words near which it measures a length ("2m apart")
    crowds: frozenset[str]  # those whom it may count where they are named before ("34m a month" of users)
    verbal: frozenset[str]  # participles that are never what is counted ("9 902 recensées")
    served: frozenset[str]  # behind a part of a sentence: that it is to be served
    engines: frozenset[str]  # near which horses are a power
    participles: frozenset[str]  # nouns that may also stand before one ("injured")
    plural: tuple[str, ...]
    singular_endings: tuple[str, ...]  # of words that only look like a plural ("press", "crisis")
    adjectives: frozenset[str]
    adjective_endings: tuple[str, ...]
    prefixes: frozenset[str]
    stop: frozenset[str]
    plurals: frozenset[str]
    games: frozenset[str]  # where points are counted, not percentage points
    scoring: frozenset[str]  # right before points that are counted ("leader avec 49 points")
    indices: frozenset[str]  # of the stock exchange, whose points are counted as well
    scales: frozenset[str]  # of which a number is an end ("une échelle de 0 à 20")
    polls: frozenset[str]  # where they are percentage points all the same
    acronyms: frozenset[str]  # countable, as written ("PME")
    homographs: frozenset[str]  # nouns that are another language's unit ("deux tons")
    dimensions: frozenset[str]  # behind a figure that is one more length of a thing ("sur 51 de large")
    ratings: frozenset[str]  # of which so many of so many are a mark ("4/5 étoiles")
    materials: frozenset[str]  # units that things are made of where a plural follows ("12 stone walls")
    ranked_by: frozenset[str]  # units that are the ending of a rank as well ("21st", not "12st")
    rises: frozenset[str]  # before "un point": a percentage point
    angles: frozenset[str]  # near which degrees are of an angle
    spirits: frozenset[str]  # before degrees of alcohol ("une bière à 8 degrés")
    served_at: frozenset[str]  # unless heat is spoken of
    degrees_of: frozenset[str]  # what one degree of is a temperature ("un degré de réchauffement")
    fixtures: frozenset[str]  # what a thing has so many of, though letters of its name stand before ("boîte PDK 8 rapports")
    spans: frozenset[str]  # units that tell of a time rather than last so long where an adjective follows ("une année noire")
    wholes: frozenset[str]  # unless it is one of these ("une année entière")
    degrees: frozenset[str]  # before an adjective within what is counted ("les quatre plus hauts sommets")
    nominal: frozenset[str]  # adjectives that stand for a noun where none follows ("3 jeunes")
    come: frozenset[str]  # participles behind such an adjective ("trois jeunes | revenus de Syrie")
    negators: frozenset[str]  # words that make what is counted its contrary ("dix | non inscrits")
    denials: frozenset[str]  # before a bound they turn it round ("n'a | pas | dépassé 18")
    points_of: frozenset[str]  # what points are percentage points of ("points de croissance")
    ones: frozenset[str]  # nouns before which an article counts one ("un mort")
    per: frozenset[str]  # nouns that may divide a rate ("par habitant")
    per_area: Phrases  # before a measure: what is counted is spread over it ("habitants au kilomètre carré")
    per_piece: frozenset[str]  # what is sold by the piece ("12 euros l'entrée")
    per_by: frozenset[str]
    per_each: Phrases
    per_merged: frozenset[str]  # of those, what leads to no denominator that something is of ("au titre des frais")
    per_count: frozenset[str]  # those that divide what is counted too ("12 deaths a day")
    per_number: frozenset[str]
    per_not: frozenset[str]
    per_skip: frozenset[str]  # words that may stand before a rate ("net par mois")
    per_adjectives: Mapping[str, str]
    invariable: frozenset[str]
    singular: Mapping[str, str]
    endings: tuple[tuple[str, str], ...]
    refused_after: frozenset[str]  # a number after these words is a name, a rank, a reference
    refused_any: frozenset[str]  # even if a noun follows
    refused_bare: frozenset[str]  # a bare number word after these is no count ("les deux")
    pronouns: frozenset[str]  # before a number word they make it a pronoun, whatever follows ("tous deux")
    scores: frozenset[str]  # behind them two figures are those of a match ("le score de 24 à 17")
    totals: frozenset[str]  # unless one of these follows ("porte à six le nombre de morts")
    unit_idioms: Phrases  # what makes one of a unit no quantity ("d'un mois | à l'autre")
    doubtful: frozenset[str]  # number words that are no number unless something is counted ("neuf")
    felling: frozenset[str]  # but behind one of these it counts persons ("killed six")
    marked: Mapping[str, frozenset[str]]  # number words that count nothing right after some words ("dans le mille")
    counting: frozenset[str]  # words after which such a word is a number all the same ("dont neuf")
    postposed: frozenset[str]  # number words that are adjectives after a noun ("un vélo neuf", "tolérance zéro")
    dotted: bool  # a full stop behind a figure makes it an ordinal ("15. Platz")
    streets: frozenset[str]
    decades: frozenset[str]  # before tens with an s: years of a life, of a century ("in his 50s")
    tied: frozenset[str]  # what a hyphen ties to a figure that is one all the same ("a 20|-strong team")
    articles: frozenset[str]  # singular articles, after which a bare figure is a name or a rank ("la 911")
    digits: frozenset[str]  # what a sum has so many of, however great ("un montant à huit chiffres")
    adding: frozenset[str]  # adjectives between an article and a figure that is no name ("a further 40")
    apiece: frozenset[str]  # behind a figure that is the share of each of those named before ("15 chacune")
    days_of: Phrases  # behind a bare figure they make it a day ("le 15 du mois")
    many: frozenset[str]  # plural articles, after which a noun and figures behind it are labels ("les lignes 2 et 6")
    disciplines: frozenset[str]  # behind a length: the name of a race ("400 m haies", "the 100m sprint")
    athletics: frozenset[str]  # near which a length that `raced` leads to is the name of a race
    raced: frozenset[str]  # articles and possessives before the name of a race that may stand before any length ("the 100m")
    races: frozenset[str]  # singular articles before a length in the plural: the name of a race ("le 100 mètres")
    openers: frozenset[str]  # words that open a sentence and name nothing, though written with a capital
    names: Mapping[str, tuple[tuple[str, ...], ...]]  # names that begin with a number, by first token, as written
    sized: Mapping[str, str]  # adjectives within "une bonne centaine", and the bound they set
    inflected: bool  # magnitudes stand in the singular below two only
    few: frozenset[str]  # before a hundred or a magnitude: nobody says how many ("several hundred")
    spoken_tenths: bool  # a digit behind a great magnitude is a tenth of it ("trois millions deux")
    single: frozenset[str]  # magnitudes and collectives of which a definite article counts one ("le million d'euros")
    definite: frozenset[str]  # those articles
    grown: Mapping[str, str]  # what a number word may end in, and the unit that says ("fünf|jährig")
    bare_shares: bool  # nothing stands between the two numbers of a share ("einer von zehn", no "ein Plus von 5")
    whole_follows: bool  # what a share is of may stand behind it ("one in ten | voters")
    singles: frozenset[str]  # magnitudes that have a plural, in the singular: never after two or more


def _bounds(table: Mapping[str, Any], place: str, name: str, last: bool) -> Phrases:
    block = section(table, place, name)
    unknown = set(block) - set(BOUNDS)
    if unknown:
        raise LexiconError(f"{place}: [{name}] has {sorted(unknown)[0]!r}; choose among {', '.join(BOUNDS)}")
    return _phrases(((phrase, kind) for kind in block for phrase in words_of(block, f"{place} [{name}]", kind)), last)


def _shares(table: Mapping[str, Any], place: str) -> dict[str, tuple[int, int]]:
    out = {}
    for word, pair in section(table, place, "shares").items():
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(n, int) and n > 0 for n in pair)):
            raise LexiconError(f"{place}: share {word!r} is {pair!r}; write it as [numerator, denominator]")
        out[word] = (pair[0], pair[1])
    return out


def _ranks(table: Mapping[str, Any], place: str) -> dict[str, int]:
    out = {}
    for word, rank in table.get("ranks", {}).items():
        if not isinstance(rank, int) or rank < 1:
            raise LexiconError(f"{place}: rank {word!r} is {rank!r}; give it a whole number from 1")
        for form in (word, word + "s", fold(word), fold(word) + "s"):
            out[form] = rank
    return out


def _symbols(table: Mapping[str, Any], place: str) -> dict[str, Decimal]:
    out = {}
    for word, value in section(table, place, "symbols").items():
        if not isinstance(value, int) or value < 1000:
            raise LexiconError(f"{place}: symbol {word!r} is {value!r}; give it a whole number from 1000")
        out[word] = Decimal(value)
    return out


def _set(table: Mapping[str, Any], place: str, name: str) -> frozenset[str]:
    return frozenset(words_of(table, place, name))


def _sets(table: Mapping[str, Any], place: str, *names: str) -> dict[str, frozenset[str]]:
    """The word lists of a table that go by their own names."""
    return {name: _set(table, place, name) for name in names}


def _verbal(table: Mapping[str, Any], place: str) -> frozenset[str]:
    """Participles by their singular, in all four forms."""
    return frozenset(form + ending for form in words_of(table, place, "verbal") for ending in ("", "e", "s", "es"))


def _names(table: Mapping[str, Any], place: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    out: dict[str, list[tuple[str, ...]]] = {}
    for name in table.get("names", []):
        tokens = tuple(name[t.start : t.end] for t in tokenize(name))
        if not tokens:
            raise LexiconError(f"{place}: a name in names is empty; drop it")
        out.setdefault(tokens[0], []).append(tokens)
    return {first: tuple(found) for first, found in out.items()}


def _sized(table: Mapping[str, Any], place: str) -> dict[str, str]:
    block = table.get("sized", {})
    for word, kind in block.items():
        if kind not in BOUNDS:
            raise LexiconError(f"{place}: [sized] {word} = {kind!r}; choose among {', '.join(BOUNDS)}")
    return dict(block)


def _numbers(language: str) -> dict[str, Any]:
    """What stands around any number: bounds, ranges, magnitudes."""
    number, at = lexicon.language(language, "numbers"), f"lexicon/{language}/numbers.toml"
    ranges = section(number, at, "ranges")
    return {
        "decimal": words_of(number, at, "decimal")[0],
        "symbols": _symbols(number, at),
        "shares": _shares(number, at),
        "ranks": _ranks(number, at),
        "before": _bounds(number, at, "bounds", True),
        "before_figures": _bounds(number, at, "bounds_figures", True),
        "before_times": _bounds(number, at, "bounds_times", True),
        "marks": _phrases(((w, "more_than") for w in words_of(number.get("bounds_marks", {}), at, "marks")), True),
        "crossed": _set(number.get("bounds_marks", {}), at, "crossed"),
        "around": _set(number.get("bounds_places", {}), at, "around"),
        "taking_up": _set(number, at, "taking_up"),
        "bound_adverbs": _set(number, at, "bound_adverbs"),
        "after": _bounds(number, at, "bounds_after", False),
        **_sets(number.get("bounds_not", {}), at, "concerning", "topics", "topic_links", "disposing"),
        "topic_endings": words_of(number.get("bounds_not", {}), at, "topics"),
        "lasting": _set(number, at, "lasting"),
        "some_of": _phrases(((w, "some") for w in words_of(number, at, "some_of")), False),
        "within": _bounds(number, at, "bounds_within", False),
        "ranges": {name: _set(ranges, at, name) for name in ranges},
        "money_nouns": _set(section(number, at, "money_nouns"), at, "words"),
        "sized": _sized(number, at),
        "inflected": bool(number.get("inflected", False)),
        "spoken_tenths": bool(number.get("spoken_tenths", False)),
        "single": _set(number, at, "single"),
        "definite": _set(number, at, "definite"),
        "grown": number.get("grown", {}),
        "singles": _set(number, at, "singles"),
    }


def _parts(language: str) -> dict[str, Any]:
    """What tells a share of a whole."""
    number, at = lexicon.language(language, "numbers"), f"lexicon/{language}/numbers.toml"
    share = section(number, at, "share_of")
    of = frozenset(tuple(w.split()) for w in words_of(share, at, "of"))
    return {
        "share_of": of,
        "share_leads": frozenset(phrase[0] for phrase in of),
        **_sets(share, at, "alone", "partitive", "alone_of"),
        "not_shared": _set(share, at, "not"),
        **_sets(share, at, "persons", "to_persons", "ranked", "partly", "prices", "sides", "every"),
        "ordinals": share.get("ordinals", {}),
        "bare_shares": bool(share.get("bare", False)),
        "whole_follows": bool(share.get("whole_follows", False)),
    }


def _clock(language: str) -> dict[str, Any]:
    """What tells a time of day."""
    number, at = lexicon.language(language, "numbers"), f"lexicon/{language}/numbers.toml"
    refusal, refusal_at = lexicon.language(language, "refusals"), f"lexicon/{language}/refusals.toml"
    clock = section(number, at, "clock")
    return {
        "clock_words": _phrases(((w, "clock") for w in words_of(refusal, refusal_at, "clock")), False),
        "clock_before": _set(clock, at, "before"),
        "clock_lasting": _set(clock, at, "lasting"),
        "clock_copulas": _set(clock, at, "copulas"),
        "clock_around": _set(clock, at, "around"),
        "clock_shows": _set(clock, at, "shows"),
        "clock_duration": _set(clock, at, "duration"),
        "clock_away": _phrases(((each, "away") for each in words_of(clock, at, "away")), False),
        "clock_of": _set(clock, at, "of"),
    }


def _rates(language: str) -> dict[str, Any]:
    """What a quantity is divided by."""
    number, at = lexicon.language(language, "numbers"), f"lexicon/{language}/numbers.toml"
    rates = section(number, at, "rates")
    return {
        "per_area": _phrases(((w, "area") for w in words_of(rates, at, "area")), False),
        "per_piece": _set(rates, at, "piece"),
        "per_by": _set(rates, at, "by"),
        "per_each": _phrases(((w, "each") for w in words_of(rates, at, "each")), False),
        "per_merged": _set(rates, at, "merged"),
        "per_count": _set(rates, at, "per_count"),
        "per_number": _set(rates, at, "per_number"),
        "per_not": _set(rates, at, "not"),
        "per_skip": _set(rates, at, "skip"),
        "per_adjectives": section(rates, at, "adjectives"),
    }


def _nouns(language: str) -> dict[str, Any]:
    """What is counted, by its shape and what surrounds it."""
    noun, noun_at = lexicon.language(language, "nouns"), f"lexicon/{language}/nouns.toml"
    return {
        "capitals": bool(noun.get("capitals", False)),
        "loose": bool(noun.get("loose", False)),
        "letters": frozenset(noun.get("letters", [])),
        **_sets(noun, noun_at, "lengthwise", "distances", "crowds"),
        "verbal": _verbal(noun, noun_at),
        "participles": _set(noun, noun_at, "participles"),
        "plural": words_of(noun, noun_at, "plural"),
        "singular_endings": words_of(noun, noun_at, "singular_endings"),
        "adjectives": _set(noun, noun_at, "adjectives"),
        "adjective_endings": words_of(noun, noun_at, "adjective_endings"),
        **_sets(noun, noun_at, "prefixes", "stop", "plurals"),
        "acronyms": frozenset(noun.get("acronyms", [])),
        **_sets(noun, noun_at, "homographs", "degrees", "nominal", "come", "negators", "denials", "ones", "per", "invariable"),
        "singular": section(noun, noun_at, "singular"),
        "endings": tuple(sorted(section(noun, noun_at, "endings").items(), key=lambda e: -len(e[0]))),
    }


def _cues(language: str) -> dict[str, Any]:
    """What tells what a unit means where it stands: points, ages, horses, angles, spans."""
    noun, noun_at = lexicon.language(language, "nouns"), f"lexicon/{language}/nouns.toml"
    return {
        "bare_ages": bool(noun.get("bare_ages", False)),
        **_sets(
            noun,
            noun_at,
            "served",
            "aged",
            "engines",
            "games",
            "scoring",
            "indices",
            "polls",
            "rises",
            "angles",
            "spirits",
            "served_at",
            "degrees_of",
            "fixtures",
            "spans",
            "wholes",
            "points_of",
            "dimensions",
            "ratings",
            "materials",
            "ranked_by",
        ),
    }


def _refusals(language: str) -> dict[str, Any]:
    """What is no quantity."""
    refusal, refusal_at = lexicon.language(language, "refusals"), f"lexicon/{language}/refusals.toml"
    return {
        **_sets(refusal, refusal_at, "scales", "scores"),
        "refused_after": _set(refusal, refusal_at, "before"),
        "refused_any": _set(refusal, refusal_at, "before_any"),
        "refused_bare": _set(refusal, refusal_at, "before_words"),
        "pronouns": _set(refusal, refusal_at, "pronouns"),
        "totals": _set(refusal, refusal_at, "totals"),
        "unit_idioms": _phrases(((w, "idiom") for w in words_of(refusal, refusal_at, "unit_idioms")), False),
        "doubtful": _set(refusal, refusal_at, "numerals"),
        "marked": {w: frozenset(words_of(section(refusal, refusal_at, "marked"), refusal_at, w)) for w in refusal["marked"]},
        "counting": _set(refusal, refusal_at, "counting"),
        "postposed": _set(refusal, refusal_at, "postposed"),
        "dotted": bool(refusal.get("dotted", False)),
        **_sets(
            refusal,
            refusal_at,
            "streets",
            "tied",
            "decades",
            "articles",
            "digits",
            "felling",
            "adding",
            "apiece",
            "many",
            "races",
            "openers",
        ),
        **_sets(refusal, refusal_at, "disciplines", "athletics", "raced"),
        "names": _names(refusal, refusal_at),
        "days_of": _phrases(((each, "day") for each in words_of(refusal, refusal_at, "days_of")), False),
        "few": _set(refusal, refusal_at, "few"),
    }


@cache
def words(language: str) -> Words:
    """The words around numbers in a language.

    Raises:
        LexiconError: a table is missing or broken; the message names file, entry and remedy.
    """
    topics = (_numbers, _parts, _clock, _rates, _nouns, _cues, _refusals)
    return Words(language=language, **{name: value for topic in topics for name, value in topic(language).items()})
