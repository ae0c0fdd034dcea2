"""A number grown together with its unit into one word, as German writes ages and spans: "fünfjährig", "zehntägige"."""

from __future__ import annotations

from functools import lru_cache

from pipeline.grammar import numbers
from pipeline.grammar.bounds import EXACT, bound_before
from pipeline.grammar.numerals import read_number
from pipeline.grammar.page import Page
from pipeline.grammar.tokens import Token
from pipeline.grammar.wordlists import words
from pipeline.lexicon import LANGUAGES
from pipeline.records import Mention, Quantity


@lru_cache(maxsize=4096)
def _parts(word: str, language: str) -> tuple[str, str] | None:
    """The number and the unit's code of a compound, None if `word` is none."""
    for stem, code in words(language).grown.items():
        at = word.rfind(stem)
        if at > 0 and word[at + len(stem) :] in ("", *words(language).adjective_endings):
            return word[:at], code
    return None


def grown(page: Page, i: int) -> Mention | None:
    """The quantity that token `i` is all by itself, None if it is none."""
    token = page.tokens[i]
    for language in LANGUAGES:
        found = _parts(token.norm, language) if words(language).grown else None
        if found is None or not numbers.may_start(token.norm):
            continue
        head = Token(token.start, token.start + len(found[0]), found[0], "word")
        number = read_number([head], 0, language)
        if number is None or not page.free(token.start, token.end):
            continue
        bound = bound_before(page, i, page.languages[i]) or EXACT
        quantity = Quantity(
            kind="duration", value=number.value, lower=number.value if bound.closed_below else None,
            upper=number.value if bound.closed_above else None, quantum=number.quantum, unit=found[1],
            approximation=bound.approximation,
        )  # fmt: skip
        read = (f"numeral {found[0]} = {number.value:f}", f"unit within {page.raw(i)} = {found[1]}")
        steps = read if bound is EXACT else (*read, f"bound {bound.phrase} = {bound.approximation}")
        a, b = token.start, token.end
        return Mention(start=a, end=b, quote=page.text[a:b], language=page.languages[i], quantity=quantity, rule=steps)
    return None
