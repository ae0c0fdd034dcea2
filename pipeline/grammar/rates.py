"""What a quantity is divided by: "par mois", "/kg", "pour 100 000 habitants", "le litre", "annuels"."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from pipeline.grammar import numbers
from pipeline.grammar.measures import unit_at
from pipeline.grammar.nouns import counted, singular
from pipeline.grammar.numerals import HYPHENS
from pipeline.grammar.page import Page
from pipeline.grammar.wordlists import Words, words

_PHYSICAL = frozenset(("h", "s", "min"))
_HUNDRED, _MANY = Decimal(100), Decimal(1000)
_DURATION = frozenset(("duration",))
_MEASURE = frozenset(("measure",))
_TIMES = _DURATION | {"measure"}
_TROY = {"[oz_av]": "[oz_tr]"}  # an ounce that is divided by is one of precious metal


class Rate(NamedTuple):
    """A denominator as the contract writes it; `end` is the index of the token after it.

    `physical` says that a measure over it is a physical unit of its own ("L/s", "g/km"), to be written as one.
    """

    per: str
    end: int
    physical: bool = False


def _denominator(page: Page, i: int, kinds: frozenset[str], nouns: bool) -> Rate | None:
    found = unit_at(page, i)
    if found is not None and found.unit.kind in kinds and found.unit.code and found.unit.factor == 1:
        code = _TROY.get(found.unit.code, found.unit.code) if "measure" in kinds else found.unit.code
        return Rate(code, found.end, found.unit.kind == "measure" or code in _PHYSICAL)
    language = page.languages[i] if i < len(page.tokens) else ""
    if nouns and page.kind(i) == "word" and page.norm(i) in words(language).per:
        return Rate(singular(page.raw(i), language), i + 1)
    return None


def _sold_by(page: Page, i: int) -> Rate | None:
    """What is sold by the piece: "12 euros l'entrée", "2,50 € l'unité"."""
    language = page.languages[i] if i < len(page.tokens) else ""
    sold = page.kind(i) == "word" and page.norm(i) in words(language).per_piece
    return Rate(singular(page.raw(i), language), i + 1) if sold else None


def _per_number(page: Page, i: int) -> Rate | None:
    """ "pour 100 000 habitants", "aux 100 km": the round number is the denominator."""
    number = numbers.read(page, i) if i < len(page.tokens) and page.joined(i) else None
    if number is None or number.quantum is None or number.value < 10 or number.value.normalize().as_tuple().digits != (1,):
        return None
    found = unit_at(page, number.end) if number.value == _HUNDRED else None
    if found is not None and found.unit.kind == "measure":
        return Rate(f"100 {found.unit.code}", found.end)
    noun = counted(page, number.end, number.value, page.languages[i])
    if noun is None and number.value >= _MANY and not number.words:
        return Rate(f"{number.value:f}", number.end)  # "21 pour 100 000 à Paris"
    return None if noun is None else Rate(f"{number.value:f}", noun.end)


def rate(page: Page, i: int, kind: str, language: str) -> Rate | None:
    """The denominator that starts at token `i`, after a quantity of `kind`."""
    if i >= len(page.tokens) or not page.joined(i):
        return None
    lex = words(language)
    if page.norm(i) in HYPHENS:
        return _hyphened(page, i, lex) if kind in ("money", "count") else None
    if page.norm(i) == "." and page.adjacent(i) and page.joined(i + 1) and page.raw(i + 1) in lex.per_by:
        i += 1  # "250 fr. | par mois"
    while page.norm(i) in lex.per_skip and page.joined(i + 1):  # "1 400 euros net | par mois"
        i += 1
    i = _past_substance(page, i, lex) if kind == "measure" else i
    word = page.norm(i)
    if word in lex.per_by:
        return _per_number(page, i + 1) or _denominator(page, i + 1, _TIMES, True)
    if word in lex.per_number and kind in ("count", "percent", "measure"):
        found = _per_number(page, i + 1)
        return found if found is None or kind == "measure" or found.per.isdigit() else None
    if kind in ("count", "measure") and (over := _per_area(page, i, lex)) is not None:
        return over
    if kind == "money" or (word in lex.per_count and kind in ("count", "measure")):
        for phrase, _ in lex.per_each.get(word, ()):
            if all(page.norm(i + k) == w for k, w in enumerate(phrase)):
                kinds = _TIMES if kind == "money" else _DURATION
                found = _denominator(page, i + len(phrase), kinds, False)
                if found is None and kind == "money":
                    found = _sold_by(page, i + len(phrase))
                if found is None or page.norm(found.end) in lex.per_not:
                    return None  # "l'an dernier"
                if phrase[-1] in lex.per_merged and page.norm(found.end) in lex.partitive:
                    return None  # "au cours de l'année", "au titre du préjudice"
                return found if page.free(page.tokens[i].start, page.tokens[found.end - 1].end) else None
    if word in lex.per_adjectives and kind in ("money", "count", "measure", "duration"):
        return Rate(lex.per_adjectives[word], i + 1)
    return None


def _per_area(page: Page, i: int, lex: Words) -> Rate | None:
    """ "118 habitants | au kilomètre carré", "70 quintaux | à l'hectare"."""
    for phrase, _ in lex.per_area.get(page.norm(i), ()):
        if all(page.norm(i + k) == word for k, word in enumerate(phrase)):
            return _denominator(page, i + len(phrase), _MEASURE, False)
    return None


def _hyphened(page: Page, i: int, lex: Words) -> Rate | None:
    """The denominator of a compound: "a $20|-an-hour wage"."""
    for phrase, _ in lex.per_each.get(page.norm(i + 1), ()):
        end = i + 1 + len(phrase)
        if page.norm(end) in HYPHENS and all(page.adjacent(k) for k in range(i, end + 2)):
            return _denominator(page, end + 1, _DURATION, False)
    return None


def _past_substance(page: Page, i: int, lex: Words) -> int:
    """Index after "de CO2", "d'alcool" at token `i` where a denominator follows: "120 g de CO2 | par km"; else `i`."""
    at = i + (page.norm(i) in lex.partitive)
    if (at == i and not lex.capitals) or page.kind(at) != "word" or not page.joined(at):
        return i
    end = at + 1 + (page.kind(at + 1) == "digits" and page.adjacent(at + 1))
    over = page.norm(end) in lex.per_by or page.norm(end) in lex.per_area  # "deux cents litres d'eau | au mètre carré"
    return end if over and page.joined(end) else i
