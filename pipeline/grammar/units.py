"""Units of money, measure and time: what the words and symbols after (or before) a number stand for.

Currencies come from CLDR through Babel (every ISO 4217 code, its names and symbols in three languages), measures from
CLDR's unit names; `lexicon/units.toml` says which of them the press uses and adds what CLDR lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from pipeline import lexicon
from pipeline.errors import LexiconError
from pipeline.grammar.tokens import tokenize
from pipeline.grammar.wordlists import fold, words
from pipeline.lexicon import LANGUAGES
from pipeline.records import KINDS

_PLACE = "lexicon/units.toml"
_GLUED = ("EUR", "USD", "CHF", "GBP")  # codes that stand right behind a magnitude
_FIELDS = frozenset({"code", "factor", "kind", "cldr", "one", "symbols", *LANGUAGES})


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit word stands for. Values in it times `factor` are values in `code`.

    `head` names a bare currency word ("dollar", "franc") whose country the article decides; `code` is then empty.
    `one` says that an article before it counts one ("un an").
    """

    code: str
    kind: str
    factor: Decimal = Decimal(1)
    one: bool = False
    head: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit's name as tokens: `rest` follows the first. `language` is None for what all languages share."""

    rest: tuple[str, ...]
    unit: Unit
    language: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """A bare currency word: the code it has by default, words of the article that make it another's."""

    default: str
    cues: Mapping[str, frozenset[str]]
    ended: tuple[str, int] | None  # a code that went out of use, and the year
    grouped: Mapping[str, str]  # the code of figures that a sign groups ("12'500 francs")
    weight: str | None  # the measure of the same name ("livre")
    count: Mapping[str, str]  # the thing of the same name, by language
    light: frozenset[str]  # languages in which a small figure of it is a weight
    weight_words: frozenset[str]
    count_words: frozenset[str]
    money_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Units:
    """All units. `names` is keyed by the first token casefolded, `symbols` by the first token as written."""

    names: Mapping[str, tuple[Entry, ...]]
    symbols: Mapping[str, tuple[Entry, ...]]
    heads: Mapping[str, Head]
    last_of_symbol: Mapping[str, tuple[tuple[tuple[str, ...], Unit], ...]]  # currency symbols by last token, longest first
    great_only: frozenset[str]  # of these, what is money only before a figure with a magnitude ("R500 million")


def _cldr_names(unit: str, language: str, length: str) -> Iterator[str]:
    from babel.units import format_unit

    for number in (1, 2):
        yield format_unit(number, unit, length, locale=language).replace(str(number), "", 1).strip()  # type: ignore[arg-type]


def _block(name: str, block: Mapping[str, Any]) -> Unit:
    unknown = set(block) - _FIELDS
    if unknown:
        raise LexiconError(f"{_PLACE}: unit {name!r} has {sorted(unknown)[0]!r}; use only {', '.join(sorted(_FIELDS))}")
    if block.get("kind") not in KINDS:
        raise LexiconError(f"{_PLACE}: unit {name!r} is of kind {block.get('kind')!r}; choose one of {', '.join(KINDS)}")
    if not any(block.get(key) for key in ("cldr", "symbols", *LANGUAGES)):
        raise LexiconError(f"{_PLACE}: unit {name!r} has no name; add cldr, symbols, fr, de or en")
    return Unit(str(block.get("code", name)), block["kind"], Decimal(str(block.get("factor", 1))), bool(block.get("one", False)))


class _Builder:
    """Collects names and symbols; the first to claim one keeps it."""

    def __init__(self) -> None:
        self.names: dict[str, dict[tuple[tuple[str, ...], str | None], Entry]] = {}
        self.symbols: dict[str, dict[tuple[str, ...], Entry]] = {}

    def name(self, text: str, unit: Unit, language: str | None) -> None:
        for form in dict.fromkeys((text, fold(text))):
            tokens = [t.norm for t in tokenize(form)]
            if tokens:
                rest = tuple(tokens[1:])
                self.names.setdefault(tokens[0], {}).setdefault((rest, language), Entry(rest, unit, language))

    def symbol(self, text: str, unit: Unit) -> None:
        tokens = [text[t.start : t.end] for t in tokenize(text)]
        if tokens:
            rest = tuple(tokens[1:])
            self.symbols.setdefault(tokens[0], {}).setdefault(rest, Entry(rest, unit, None))


def _measures(table: Mapping[str, Any], build: _Builder, not_symbols: frozenset[str]) -> None:
    for name, block in table.items():
        unit = _block(name, block)
        for language in LANGUAGES:
            for word in block.get(language, []):
                build.name(word, unit, language)
            if "cldr" in block:
                for word in _cldr_names(block["cldr"], language, "long"):
                    build.name(word, unit, language)
        for symbol in block.get("symbols", []):
            build.symbol(symbol, unit)
        if "cldr" in block and "symbols" not in block and unit.kind == "measure":
            for word in _cldr_names(block["cldr"], "en", "short"):
                if len(word) > 1 and word.casefold() not in not_symbols:
                    build.symbol(word, unit)


def _money(code: str) -> Unit:
    base, _, part = code.partition("/")
    return Unit(base, "money", 1 / Decimal(part) if part else Decimal(1), True)


def _currency_words(table: Mapping[str, Any], build: _Builder) -> None:
    heads = table["heads"]
    for language in LANGUAGES:
        for word, code in table[language].items():
            base, _, part = code.partition("/")
            if base in heads:
                build.name(
                    word,
                    Unit(
                        "", "money", 1 / Decimal(part) if part else Decimal(1), language not in heads[base].get("count", {}), base
                    ),
                    language,
                )
            elif code[:3].isupper():
                build.name(word, _money(code), language)
            else:
                raise LexiconError(f"{_PLACE}: {word!r} in [currency.{language}] is {code!r}; give an ISO 4217 code or a head")
    for symbol, code in (table["symbols"] | table["before_great"]).items():
        build.symbol(symbol, Unit("", "money", one=True, head=code) if code in heads else _money(code))
    for head, block in heads.items():
        if "symbol" in block:
            build.symbol(block["symbol"], Unit("", "money", one=True, head=head))


def _currencies(table: Mapping[str, Any], build: _Builder) -> None:
    from babel import Locale
    from babel.numbers import get_currency_name, get_currency_symbol, list_currencies

    codes = set(list_currencies()) - set(table["metals"])
    current = _current_codes()
    for code in sorted(codes, key=lambda c: (c not in current, c)):
        unit = _money(code)
        build.symbol(code, unit)
        for language in LANGUAGES:
            if code not in Locale(language).currencies:
                continue
            for count in (1, 2, None):
                name = get_currency_name(code, count, locale=language)
                if "(" not in name and name.casefold() != code.casefold():
                    for form in _inflected(name.replace("’", "'"), language):
                        build.name(form, unit, language)
            symbol = get_currency_symbol(code, locale=language)
            if "$" in symbol:
                for form in (f"{code}$", f"${code}", f"$ {code}", f"{code.casefold()}$"):
                    build.symbol(form, unit)
            if not symbol.isalpha() and not symbol.isdigit():
                build.symbol(symbol, unit)


def _abbreviated(build: _Builder) -> None:
    """Codes that a magnitude is glued to: "12 MEUR", "3 MdUSD"."""
    for language in LANGUAGES:
        for symbol, scale in words(language).symbols.items():
            for code in _GLUED:
                build.symbol(symbol + code, Unit(code, "money", scale, True))


def _inflected(name: str, language: str) -> Iterator[str]:
    """`name`, and the other cases of an adjective before its noun where the language has them ("kanadischen Dollar")."""
    yield name
    adjective, _, noun = name.partition(" ")
    endings = words(language).adjective_endings
    ending = next((e for e in sorted(endings, key=len, reverse=True) if adjective.endswith(e)), None)
    if noun and ending is not None:
        yield from (f"{adjective[: -len(ending)]}{other} {noun}" for other in endings)


def weight_of(unit: Unit) -> str | None:
    """The code of the weight that a currency word is as well ("pounds"), None where it is none."""
    return units().heads[unit.head].weight if unit.head is not None else None


def _current_codes() -> frozenset[str]:
    from babel.core import get_global

    return frozenset(
        entry[0] for entries in get_global("territory_currencies").values() for entry in entries if entry[2] is None and entry[3]
    )


def _heads(table: Mapping[str, Any]) -> dict[str, Head]:
    out = {}
    for name, block in table.items():
        ended = block.get("ended")
        cues = {code: frozenset(words) for code, words in block.get("cues", {}).items()}
        near = (frozenset(block.get(key, ())) for key in ("weight_words", "count_words", "money_words"))
        until = (ended["code"], ended["year"]) if ended else None
        out[name] = Head(
            block.get("default", ""),
            cues,
            until,
            block.get("grouped", {}),
            block.get("weight"),
            block.get("count", {}),
            frozenset(block.get("light", ())),
            *near,
        )
    return out


def _longest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda e: -len(e.rest)))


def _by_last(
    symbols: Mapping[str, tuple[Entry, ...]], skip: frozenset[str]
) -> dict[str, tuple[tuple[tuple[str, ...], Unit], ...]]:
    out: dict[str, list[tuple[tuple[str, ...], Unit]]] = {}
    for first, entries in symbols.items():
        for entry in entries:
            whole = (first, *entry.rest)
            if entry.unit.kind == "money" and whole[-1] not in skip:
                out.setdefault(whole[-1], []).append((whole, entry.unit))
    return {last: tuple(sorted(found, key=lambda f: -len(f[0]))) for last, found in out.items()}


@cache
def units() -> Units:
    """Every unit, built once from CLDR and `lexicon/units.toml`.

    Raises:
        LexiconError: the table is missing or broken; the message names file, entry and remedy.
    """
    table, build = lexicon.table("units"), _Builder()
    for key in ("unit", "currency"):
        if not isinstance(table.get(key), dict):
            raise LexiconError(f"{_PLACE}: no blocks [{key}...]; add them")
    _currency_words(table["currency"], build)
    _measures(table["unit"], build, frozenset(table["currency"]["not_symbols"]))
    _currencies(table["currency"], build)
    _abbreviated(build)
    names = {first: _longest_first(found.values()) for first, found in build.names.items()}
    symbols = {first: _longest_first(found.values()) for first, found in build.symbols.items()}
    skip = frozenset(table["currency"]["not_prefixes"])
    great_only = frozenset(table["currency"]["before_great"])
    before = _by_last(symbols, skip)
    for symbol in great_only:
        symbols[symbol] = tuple(entry for entry in symbols[symbol] if entry.rest or entry.unit.kind != "money")
    return Units(names, symbols, _heads(table["currency"]["heads"]), before, great_only)
