"""The age that stands bare behind a name, where the language writes it so: "Jane Hollis, 43, said", „Ulla Brandt (51)"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.grammar.drafts import Draft
from pipeline.grammar.measures import near
from pipeline.grammar.numerals import HYPHENS
from pipeline.grammar.page import Page
from pipeline.grammar.wordlists import words

_LONGEST_LIFE = 115
_YEAR = "a"
_NAMED = 3  # tokens of a name and the mark behind it


def _named(page: Page, i: int) -> bool:
    """Whether a name of two words in capitals and small letters, the last perhaps double, ends right before token `i`."""
    last = _first_part(page, i - 1)
    words_ = [page.raw(k) for k in (last - 1, last, i - 1) if page.kind(k) == "word"]
    return len(words_) == _PARTS and page.joined(last) and all(w[:1].isupper() and not w[1:].isupper() for w in words_)


_PARTS = 3  # first name, surname and the last part of a double one


def _first_part(page: Page, i: int) -> int:
    """Index of the first part of the hyphenated name that ends at token `i`: "Meier" of "Meier-Braun"."""
    while page.norm(i - 1) in HYPHENS and page.adjacent(i) and page.adjacent(i - 1):
        i -= 2
    return i


def _apposed(page: Page, i: int) -> bool:
    """Whether the figure at token `i` stands between commas behind a name, and the sentence goes on."""
    opened = page.norm(i - 1) == "," and page.adjacent(i - 1) and not page.adjacent(i)
    closed = page.norm(i + 1) == "," and page.adjacent(i + 1) and page.kind(i + 2) == "word"
    return opened and closed and page.raw(i + 2)[:1].islower() and _named(page, i - 1)


def _bracketed(page: Page, i: int) -> bool:
    """Whether two digits at token `i` stand in brackets behind a name, far from any table of a league."""
    closed = page.norm(i - 1) == "(" and page.norm(i + 1) == ")" and len(page.norm(i)) == 2
    return closed and _named(page, i - 1) and not near(page, i, words(page.languages[i]).games)


def aged(page: Page, found: Draft) -> Draft:
    """A bare figure behind "aged", or between commas behind two words in capitals, as years of age; any other draft as it is."""
    i, end = found.start, found.end
    if not found.bare or found.number.words or end != i + 1 or not words(page.languages[i]).bare_ages:
        return found
    if page.line_start(i) or not 1 <= found.value <= _LONGEST_LIFE:
        return found
    told = page.norm(i - 1) in words(page.languages[i]).aged
    if not told and (i < _NAMED or not (_apposed(page, i) or _bracketed(page, i))):
        return found
    return replace(
        found, kind="duration", unit=_YEAR, quantum=Decimal(1), named=True, steps=(*found.steps, "age behind a name = a")
    )
