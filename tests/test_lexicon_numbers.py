"""The lexicon of numbers, nouns, refusals and units: whole as shipped, and every fault named with file, entry and remedy."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from pipeline import lexicon
from pipeline.errors import LexiconError
from pipeline.grammar import units, vocabulary, wordlists

LANGUAGES = lexicon.LANGUAGES


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Changes a table of the lexicon for one test: `broken("fr", "numbers", change)`."""

    def change(code: str | None, topic: str, edit: Any) -> None:
        table = deepcopy(lexicon.language(code, topic) if code else lexicon.table(topic))
        edit(table)
        name, real = ("language", lexicon.language) if code else ("table", lexicon.table)
        key = (code, topic) if code else (topic,)
        monkeypatch.setattr(lexicon, name, lambda *args: table if args == key else real(*args))

    for cached in (vocabulary.numerals, wordlists.words, units.units):
        cached.cache_clear()
    yield change
    monkeypatch.undo()
    for cached in (vocabulary.numerals, wordlists.words, units.units):
        cached.cache_clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_tables_are_whole(language: str) -> None:
    assert vocabulary.numerals(language).words
    assert wordlists.words(language).before
    assert units.units().names


@pytest.mark.parametrize(
    ("block", "entry", "value", "told"),
    [
        ("cardinals", "trois", "3", ("lexicon/fr/numbers.toml", "'trois'", "give it a number")),
        ("cardinals", "Trois", 3, ("lexicon/fr/numbers.toml", "'Trois'", "lower case")),
        ("hundreds", "mille", 1000, ("lexicon/fr/numbers.toml", "'mille'", "drop one")),
        ("compounds", "quatre vingt dix", 90, ("lexicon/fr/numbers.toml", "'quatre vingt dix'", "two words")),
    ],
)
def test_broken_numerals_say_where_and_what(broken: Any, block: str, entry: str, value: object, told: tuple[str, ...]) -> None:
    broken("fr", "numbers", lambda table: table[block].__setitem__(entry, value))
    with pytest.raises(LexiconError) as error:
        vocabulary.numerals("fr")
    assert all(part in str(error.value) for part in told)


@pytest.mark.parametrize(
    ("block", "entry", "value", "told"),
    [
        ("symbols", "k", 10, ("lexicon/fr/numbers.toml", "'k'", "whole number from 1000")),
        ("shares", "tiers", 3, ("lexicon/fr/numbers.toml", "'tiers'", "[numerator, denominator]")),
        ("bounds", "nearly", ["presque"], ("lexicon/fr/numbers.toml", "nearly", "choose among")),
        ("bounds", "about", ["Environ"], ("lexicon/fr/numbers.toml", "'Environ'", "lower case")),
        ("ranks", "dixième", 0, ("lexicon/fr/numbers.toml", "'dixième'", "whole number from 1")),
        ("sized", "bonne", "much", ("lexicon/fr/numbers.toml", "bonne", "choose among")),
    ],
)
def test_broken_words_say_where_and_what(broken: Any, block: str, entry: str, value: object, told: tuple[str, ...]) -> None:
    broken("fr", "numbers", lambda table: table[block].__setitem__(entry, value))
    with pytest.raises(LexiconError) as error:
        wordlists.words("fr")
    assert all(part in str(error.value) for part in told)


def test_missing_block_says_which(broken: Any) -> None:
    broken("de", "numbers", lambda table: table.pop("cardinals"))
    with pytest.raises(LexiconError, match=r"lexicon/de/numbers\.toml: no block \[cardinals\]; add it"):
        vocabulary.numerals("de")


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda t: t["unit"]["km"].__setitem__("kind", "length"), ("units.toml", "'km'", "choose one of")),
        (lambda t: t["unit"].__setitem__("xyz", {"kind": "measure"}), ("units.toml", "'xyz'", "has no name")),
        (lambda t: t["unit"]["km"].__setitem__("nome", []), ("units.toml", "'km'", "use only")),
        (lambda t: t["currency"]["fr"].__setitem__("sou", "sous"), ("units.toml", "'sou'", "ISO 4217")),
        (lambda t: t.pop("currency"), ("units.toml", "currency", "add them")),
    ],
)
def test_broken_units_say_where_and_what(broken: Any, edit: Any, told: tuple[str, ...]) -> None:
    broken(None, "units", edit)
    with pytest.raises(LexiconError) as error:
        units.units()
    assert all(part in str(error.value) for part in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_currency_has_its_name_and_code(language: str) -> None:
    from babel.numbers import get_currency_name

    from pipeline.grammar import mentions
    from pipeline.records import Segment

    codes = (
        "USD",
        "EUR",
        "GBP",
        "JPY",
        "CHF",
        "CAD",
        "AUD",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "INR",
        "BRL",
        "RUB",
        "MXN",
        "FRF",
        "DEM",
    )
    for code in codes:
        for name in (get_currency_name(code, 2, locale=language), code):
            text = f"12 {name}"
            found = mentions(text, segments=[Segment(start=0, end=len(text), language=language)])
            assert [(m.unit, m.value) for m in found] == [(code, 12.0)], text
