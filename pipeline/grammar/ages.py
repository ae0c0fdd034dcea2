"""The age that stands bare behind a name, where the language writes it so: "Jane Hollis, 43, said"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.grammar.drafts import Draft
from pipeline.grammar.page import Page
from pipeline.grammar.wordlists import words

_LONGEST_LIFE = 115
_YEAR = "a"


def aged(page: Page, found: Draft) -> Draft:
    """A bare figure between commas behind two words in capitals as years of age; any other draft as it is."""
    i, end = found.start, found.end
    if not found.bare or found.number.words or end != i + 1 or not words(page.languages[i]).bare_ages:
        return found
    if not 1 <= found.value <= _LONGEST_LIFE or page.line_start(i) or page.norm(i - 1) != "," or page.adjacent(i):
        return found
    named = all(page.kind(k) == "word" and page.raw(k)[:1].isupper() for k in (i - 2, i - 3)) and page.adjacent(i - 1)
    goes_on = page.norm(end) == "," and page.adjacent(end) and page.kind(end + 1) == "word" and page.raw(end + 1)[:1].islower()
    if i < 3 or not named or not goes_on or not page.joined(i - 2):
        return found
    return replace(
        found, kind="duration", unit=_YEAR, quantum=Decimal(1), named=True, steps=(*found.steps, "age behind a name = a")
    )
