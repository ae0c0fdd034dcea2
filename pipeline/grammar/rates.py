"""What a quantity is divided by: "par mois", "/kg", "pour 100 000 habitants", "le litre", "annuels"."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.grammar import numbers
from pipeline.grammar.measures import unit_at
from pipeline.grammar.nouns import counted, singular
from pipeline.grammar.page import Page
from pipeline.grammar.wordlists import words

_PHYSICAL = frozenset(("h", "s", "min"))
_TIMES = frozenset(("duration", "measure"))


class Rate(NamedTuple):
    """A denominator as the contract writes it; `end` is the index of the token after it."""

    per: str
    end: int


def _denominator(page: Page, i: int, kinds: frozenset[str], nouns: bool) -> Rate | None:
    found = unit_at(page, i)
    if found is not None and found.unit.kind in kinds and found.unit.code and found.unit.factor == 1:
        return Rate(found.unit.code, found.end)
    language = page.languages[i] if i < len(page.tokens) else ""
    if nouns and page.kind(i) == "word" and page.norm(i) in words(language).per:
        return Rate(singular(page.raw(i), language), i + 1)
    return None


def _per_number(page: Page, i: int) -> Rate | None:
    """ "pour 100 000 habitants": the round number is the denominator."""
    number = numbers.read(page, i) if i < len(page.tokens) and page.joined(i) else None
    if number is None or number.quantum is None or number.value < 10 or number.value.normalize().as_tuple().digits != (1,):
        return None
    noun = counted(page, number.end, number.value, page.languages[i])
    return None if noun is None else Rate(f"{number.value:f}", noun.end)


def rate(page: Page, i: int, kind: str, language: str) -> Rate | None:
    """The denominator that starts at token `i`, after a quantity of `kind`."""
    if i >= len(page.tokens) or not page.joined(i):
        return None
    lex = words(language)
    while page.norm(i) in lex.per_skip and page.joined(i + 1):  # "1 400 euros net | par mois"
        i += 1
    word = page.norm(i)
    if word in lex.per_by:
        return _per_number(page, i + 1) or _denominator(page, i + 1, _TIMES, True)
    if word in lex.per_number and kind in ("count", "percent"):
        return _per_number(page, i + 1)
    if kind == "money":
        for phrase, _ in lex.per_each.get(word, ()):
            if all(page.norm(i + k) == w for k, w in enumerate(phrase)):
                found = _denominator(page, i + len(phrase), _TIMES, False)
                return None if found is None or page.norm(found.end) in lex.per_not else found  # "l'an dernier"
    if word in lex.per_adjectives and kind in ("money", "count", "measure"):
        return Rate(lex.per_adjectives[word], i + 1)
    return None


def physical(kind: str, per: str) -> bool:
    """Whether a measure over `per` is a physical unit of its own ("L/s"), to be written as one."""
    return kind == "measure" and per in _PHYSICAL
