"""What a `dates.toml` holds, section by section, and the check that a table holds it: no key unknown, none missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from pipeline.errors import LexiconError
from pipeline.grammar.dates import calendar
from pipeline.grammar.dates.holidays import holiday

Table = Mapping[str, Any]

# Sections whose keys are words of ours, each a list of phrases of the language.
KEYS: dict[str, tuple[str, ...]] = {
    "style": ("plural_endings", "singular_endings", "adjective_endings"),
    "articles": (
        *(
            "definite",
            "possessive",
            "plural",
            "of",
            "of_part",
            "of_plain",
            "of_month",
            "of_year",
            "same_year",
            "next_year",
            "year_before",
        ),
        *("then", "year_noun", "month_noun", "month_link", "day_link", "season_months"),
    ),
    "bounds": ("since", "from", "until", "before", "after", "by", "onwards", "ending", "ending_after_article"),
    "clock": ("units", "words", "halves", "before", "sharp", "alone"),
    "daypart_cues": ("before",),
    "dayparts": ("after", "nouns", "adjectives", "never", "suffixes"),
    "deictic_adjectives": ("words", "before"),
    "deictic_small": ("words",),
    "distances": (
        "about",
        "one",
        "sized",
        "half",
        "ago_before",
        "ago_after",
        "ahead_before",
        "ahead_after",
        "earlier_after",
        "later_after",
        "spanned",
    ),
    "halves": ("after",),
    "holiday_cues": ("before",),
    "intervals": (
        "open",
        "recurring",
        "close",
        "close_strong",
        "night_close",
        "between",
        "and",
        "or",
        "night",
        "week_of",
        "weekend_of",
        "coordinated",
    ),
    "lone_day": ("before",),
    "month_cues": ("before",),
    "not": (
        *("names", "each", "clock", "occasions", "planets", "after_new", "after_anaphoric", "after_part"),
        *("after_daypart", "after_distance", "after_hours", "before_deictic", "before_month", "before_part"),
        *("before_quarter", "before_season", "before_year", "some", "persons", "streets"),
    ),
    "numeric_cues": ("before",),
    "plural": ("units", "pointers"),
    "pointers": (
        *("this", "this_after", "current", "last", "last_after", "last_but_one", "last_of"),
        *("next", "next_after", "next_but_one", "here", "there", "new", "both", "week_on", "coming", "coming_early"),
        *("previous", "previous_after", "following", "following_after", "same"),
    ),
    "period_cues": ("before",),
    "recurring": ("before",),
    "season_cues": ("before", "any"),
    "tense": (
        *("past", "future", "participles", "announcers", "not_verbs"),
        *("past_endings", "stem_endings", "future_endings", "participle_endings", "noun_endings"),
        *(
            "infinitive_endings",
            "purposes",
            "auxiliaries",
            "state_auxiliaries",
            "motion",
            "perfect_starts",
            "perfect_endings",
            "perfect_alone",
        ),
        *(
            "clauses",
            "future_phrases",
            "past_phrases",
            "arrivals",
            "states",
            "hearsay",
            "scheduling",
            "copulas",
            "destinations",
            "saying",
            "anterior",
            "suppositions",
            "passives",
            "presents",
            "looking_back",
            "conditions",
            "attribute_heads",
            "attribute_links",
            "attributes_ahead",
            "planned",
            "agents",
            "resolved",
            "resolving",
        ),
    ),
    "vague": ("some", "few", "near"),
    "weekday_links": ("before",),
    "weekend_cues": ("before",),
    "years": (
        *("strong", "within", "weak", "about", "birth", "born", "nouns", "nouns_short", "short", "suffixes", "spelled"),
        *("counted", "function", "possessive"),
        *("before_christ", "after_christ"),
    ),
}

# Keys of these sections that stand beside values.
BESIDE: dict[str, tuple[str, ...]] = {
    "decades": ("leads", "suffixes", "nouns", "alone", "led"),
    "quarters": ("before",),
    "ordinals": ("last", "suffixes", "first_many"),
}

MODIFIERS = ("start", "mid", "end", "during", "first half", "second half")

# Settings that are no lists.
SETTINGS: dict[str, tuple[str, ...]] = {
    "style": (
        "capital_months",
        "bare_years",
        "month_first",
        "dotted_days",
        "vague_halves",
        "windows_led",
        "loose_past",
        "within_past",
    )
}


def _number(low: int, high: int) -> Callable[[str], bool]:
    return lambda key: key.lstrip("-").isdigit() and low <= int(key) <= high


def _day(key: str) -> bool:
    try:
        return bool(date.fromisoformat(key))
    except ValueError:
        return False


def _holiday(key: str) -> bool:
    try:
        return holiday(key, 2024) is not None
    except ValueError:
        return False


def _counted(key: str) -> bool:
    period, _, count = key.partition(" ")
    return period in calendar.AROUND and count.lstrip("-").isdigit()


def _grown(key: str) -> bool:
    part, _, period = key.partition(" ")
    return part in ("start", "mid", "end") and period in calendar.AROUND


# Sections whose keys are values: what a value may be, in words and as a test.
VALUES: dict[str, tuple[str, Callable[[str], bool]]] = {
    "months": ("a month from 1 to 12", _number(1, 12)),
    "months_short": ("a month from 1 to 12", _number(1, 12)),
    "weekdays": ("a weekday from 1, Monday, to 7", _number(1, 7)),
    "weekdays_short": ("a weekday from 1, Monday, to 7", _number(1, 7)),
    "seasons": ("an EDTF season from 21 to 24", _number(21, 24)),
    "deictic": ("a number of days", _number(-9, 9)),
    "deictic_units": ("a period and a number, as in year -1", _counted),
    "anaphoric": ("a number of days", _number(-9, 9)),
    "decades": ("a decade from 10 to 90", _number(10, 90)),
    "ordinals": ("a whole number", _number(1, 99)),
    "modifiers": ("start, mid, end, during, first half or second half", MODIFIERS.__contains__),
    "units": ("a period: " + ", ".join((*calendar.AROUND, "fortnight")), (*calendar.AROUND, "fortnight").__contains__),
    "grown": ("a part and a period, as in end year", _grown),
    "quarters": ("quarter, half or year", ("quarter", "half", "year").__contains__),
    "holidays": ("MM-DD, easter+N, advent-N or MM-W-N", _holiday),
    "named": ("a day as YYYY-MM-DD", _day),
    "unaccented": ("a word in small letters", str.islower),
}


def _lists(table: Table) -> Iterator[tuple[str, str, Any]]:
    for section, content in table.items():
        for key, words in content.items():
            if key not in SETTINGS.get(section, ()):
                yield section, key, words


def check(code: str, table: Table) -> None:
    """Raises `LexiconError` with file, entry and remedy for the first fault of a language's `dates.toml`."""
    file = f"lexicon/{code}/dates.toml"
    for sections in (KEYS, BESIDE, SETTINGS):
        for section, keys in sections.items():
            for key in keys:
                if key not in table.get(section, ()):
                    raise LexiconError(f"{file}: {section}.{key} is missing; add it, an empty list where the language has none")
    for section, key, words in _lists(table):
        known = key in KEYS.get(section, ()) or key in BESIDE.get(section, ())
        if not known and section not in VALUES:
            raise LexiconError(f"{file}: {section}.{key} is not known; choose one of {', '.join(KEYS.get(section, KEYS))}")
        if not known and not VALUES[section][1](key):
            raise LexiconError(f"{file}: {section}.{key} is not {VALUES[section][0]}; name the value so")
        if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
            raise LexiconError(f"{file}: {section}.{key} is no list of words; write them in quotes between brackets")
