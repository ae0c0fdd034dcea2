"""Articles that count nothing: "un homme", "a house", seen at a glance, since most of those that a text holds are no number."""

from __future__ import annotations

from functools import cache

from pipeline.grammar import numbers
from pipeline.grammar.page import Page
from pipeline.grammar.shares import led
from pipeline.grammar.units import units
from pipeline.grammar.vocabulary import numerals
from pipeline.grammar.wordlists import words
from pipeline.lexicon import LANGUAGES


@cache
def _articles() -> frozenset[str]:
    """Words for one that are articles as well and nothing else, in any language."""
    out = frozenset().union(*(numerals(each).ones | numerals(each).articles for each in LANGUAGES))
    other: set[str] = set()
    for each in LANGUAGES:
        lex, around = numerals(each), words(each)
        other |= {word for word, (_, value) in lex.words.items() if value != 1}
        other |= lex.halves | lex.collectives.keys() | around.shares.keys() | around.every | around.single
    return out - other


@cache
def _followers() -> frozenset[str]:
    """First words of all that may make the article before it a number: units, magnitudes, parts, the other end of a range."""
    out: set[str] = set(units().names)
    for each in LANGUAGES:
        lex, around = numerals(each), words(each)
        out |= lex.words.keys() | lex.collectives.keys() | lex.joiners | lex.points | lex.halves | lex.articles
        out |= {word for pair in lex.compounds for word in pair}
        out |= around.sized.keys() | around.within.keys() | around.shares.keys() | around.ranks.keys() | around.ones
        out |= {word for phrases in around.ranges.values() for phrase in phrases for word in phrase.split()}
    return frozenset(out)


@cache
def _leaders() -> frozenset[str]:
    """Last words of what makes an article behind it a number: "dont un", "minus one"."""
    ranges = [words(each).ranges for each in LANGUAGES]
    return frozenset(phrase.split()[-1] for each in ranges for phrase in each["negative"] | each["including"])


@cache
def _per() -> frozenset[str]:
    """Words that lead from what is counted to a rate, in any language."""
    return frozenset().union(*(words(each).per_by for each in LANGUAGES))


def idle(page: Page, i: int) -> bool:
    """Whether token `i` is an article that no word around it makes a number; False says no more than that it must be read."""
    if page.tokens[i].norm not in _articles() or page.kind(i + 1) != "word":
        return False
    after = page.tokens[i + 1].norm
    if after in _followers() or page.norm(i - 1) in _leaders() or page.raw(i + 1) in units().symbols or numbers.may_start(after):
        return False
    if page.norm(i + 2) in _per():
        return False  # "un exemplaire | par semaine"
    offered = numbers.triggers().get(page.norm(i), LANGUAGES)
    counting = words(numbers.language_of(page, i, offered))
    return not led(page, i + 1, counting)
