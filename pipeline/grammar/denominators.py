"""The lower half of a fraction in words: "tiers", "cinquièmes", "vingt-cinquième", "Drittel", "quarters"."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from pipeline.grammar.numerals import HYPHENS, read_number
from pipeline.grammar.page import Page
from pipeline.grammar.vocabulary import numerals
from pipeline.grammar.wordlists import words

_ONE = Decimal(1)


class Denominator(NamedTuple):
    """`part` is what one of it is worth; `end` the index of the token after it; `rank` says that it may be an ordinal."""

    part: Decimal
    end: int
    rank: bool


def _hyphen(page: Page, i: int) -> int:
    """Index past a hyphen at token `i`, `i` itself where none stands."""
    return i + 1 if page.norm(i) in HYPHENS and page.adjacent(i) and page.adjacent(i + 1) else i


def denominator(page: Page, i: int, language: str) -> Denominator | None:
    """The denominator that starts at token `i`, past a hyphen; None if none does."""
    at, lex = _hyphen(page, i), words(language)
    if not page.joined(at) or page.kind(at) != "word":
        return None
    if (pair := lex.shares.get(page.norm(at))) is not None:
        return Denominator(Decimal(pair[0]) / pair[1], at + 1, False)
    if (rank := lex.ranks.get(page.norm(at))) is not None:
        return None if rank < 5 else Denominator(_ONE / rank, at + 1, True)
    number = read_number(page.tokens, at, language) if page.norm(at) in numerals(language).words else None
    if number is None or number.value < 10 or number.value % 10:
        return None
    at = _hyphen(page, number.end)
    if page.norm(at) in numerals(language).joiners:
        at = _hyphen(page, at + 1)
    rank = lex.ranks.get(page.norm(at))
    if rank is None or not page.joined(at):
        return None
    whole = number.value * rank if rank >= 1000 else number.value + rank
    return Denominator(_ONE / whole, at + 1, True) if rank >= 1000 or rank < number.value else None
