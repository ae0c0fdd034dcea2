"""The noun that a number counts, and its singular: by the shape of words and the lexicon, without a model."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.grammar.numerals import HYPHENS
from pipeline.grammar.page import Page
from pipeline.grammar.vocabulary import numerals
from pipeline.grammar.wordlists import Words, words

_MAX_ADJECTIVES = 3
_QUOTES = frozenset("\"'«“„‘")
_SPANNING, _QUOTED = frozenset(".,-–"), 8  # signs within figures that a quotation holds, and how many tokens it may have


class Noun(NamedTuple):
    """A counted noun: its singular, and the index of the token after it."""

    lemma: str
    end: int


@lru_cache(maxsize=65536)
def singular(word: str, language: str) -> str:
    """The singular of a noun (casefolded unless its language writes nouns with a capital); itself where no rule applies."""
    lex, low = words(language), word.casefold()
    if low in lex.singular:
        return lex.singular[low]
    if low in lex.invariable or len(low) < 4:
        return word if lex.capitals else low
    for ending, replacement in lex.endings:
        if lex.capitals and low == ending:
            return replacement.capitalize()
        if word.lower().endswith(ending) and len(word) > len(ending):
            stem = word[: len(word) - len(ending)] if ending else word
            return stem + replacement if lex.capitals else stem.casefold() + replacement
    return word if lex.capitals else low


def _compound_end(page: Page, i: int) -> int:
    """Index after the hyphenated compound that token `i` starts ("sapeurs-pompiers"), at most five words long."""
    end = i + 1
    while (
        end < i + 9
        and page.norm(end) in HYPHENS
        and page.adjacent(end)
        and page.adjacent(end + 1)
        and page.kind(end + 1) == "word"
    ):
        end += 2
    return end


def _lemma(page: Page, i: int, end: int, language: str) -> str:
    if end == i + 1 and page.raw(i) in words(language).acronyms:
        return page.raw(i)
    lex = words(language)
    fixed = lex.prefixes | lex.stop  # "sous-traitants"
    return "".join(
        singular(page.raw(k).replace("\u00ad", ""), language)
        if page.kind(k) == "word" and page.norm(k) not in fixed
        else page.raw(k)
        for k in range(i, end)
    )


def is_plural(word: str, lex: Words) -> bool:
    """Whether a word has the shape of a plural."""
    return (
        word in lex.plurals
        or word in lex.invariable
        or (len(word) > 2 and word.endswith(lex.plural) and not word.endswith(lex.singular_endings))
    )


def _romance(page: Page, i: int, many: bool, lex: Words) -> Noun | None:
    """The noun of a language that marks its plural with an ending."""
    at, skipped = i + (page.norm(i) in _QUOTES and page.joined(i) and _opens_or_frames(page, i)), 0
    if page.norm(at) in lex.degrees and page.norm(at + 1) in lex.adjectives and _noun_follows(page, at + 2, lex):
        at += 1  # "les quatre | plus hauts personnages"
    while page.kind(at) == "word" and page.joined(at) and not page.norm(at).endswith("'"):
        word, raw, end = page.norm(at), page.raw(at), _compound_end(page, at)
        if word in lex.negators and _noun_follows(page, at + 1, lex) and not skipped:
            at, skipped = at + 1, skipped + 1  # "10 | non inscrits"
            continue
        if (word in lex.stop or word in lex.verbal or word in numerals(lex.language).words) and end == at + 1:
            return None  # "43 000 | dix ans plus tôt"
        last = page.norm(end - 1)
        adjective = word in lex.adjectives and not (end > at + 1 and is_plural(last, lex))
        small = raw[0].islower()
        if _model(page, at, end, lex) or _double_name(page, at, end):
            return None
        found = (
            raw in lex.acronyms
            or (end > at + 1 and "".join(page.norm(k) for k in range(at, end)) in lex.plurals)
            or ((small or many) and (is_plural(word, lex) or is_plural(last, lex)))
            or (small and not many)
        )
        if word in lex.nominal and (page.norm(end) in lex.come or not _noun_follows(page, end, lex)):
            return Noun(_lemma(page, at, end, lex.language), end)
        if found and len(word) > 1 and not adjective and not (lex.loose and _more(page, end, lex)):
            return Noun(_lemma(page, at, end, lex.language), end)
        if skipped >= _MAX_ADJECTIVES or (not adjective and not (lex.loose and raw.islower())):
            return None
        at, skipped = end, skipped + 1
    return None


def _opens_or_frames(page: Page, i: int) -> bool:
    """Whether the quotation mark at token `i` opens, or closes behind nothing but figures: '"300 à 400" | jeunes'."""
    k = i - 1
    while k > i - _QUOTED and (page.kind(k) == "digits" or page.norm(k) in _SPANNING or _connects(page, k)):
        k -= 1
    return not page.adjacent(i) or (k < i - 1 and page.norm(k) in _QUOTES)


def _connects(page: Page, i: int) -> bool:
    """Whether the word at token `i` joins two ends of a range."""
    ranges = words(page.languages[i]).ranges
    return page.norm(i) in ranges["to"] | ranges["and"]


def _model(page: Page, i: int, end: int, lex: Words) -> bool:
    """Whether capitals at token `i`, among small letters, are those of a model and count nothing ("Dino 246 GTS")."""
    raw = page.raw(i)
    alone = len(raw) > 1 and raw.isupper() and raw not in lex.acronyms and end == i + 1
    return alone and not any(len(page.raw(k)) > 2 and page.raw(k).isupper() for k in (i - 2, i + 1))


def _double_name(page: Page, i: int, end: int) -> bool:
    """Whether the compound at token `i` is a name of two names: "12 Rolls-Royce"."""
    parts = [page.raw(k) for k in range(i, end, 2)]
    return len(parts) > 1 and all(part[:1].isupper() and part[1:].islower() for part in parts)


def _noun_follows(page: Page, i: int, lex: Words) -> bool:
    """Whether a plural stands at `i`: then what is before it is an adjective."""
    word = page.norm(i)
    return page.kind(i) == "word" and page.joined(i) and is_plural(word, lex) and word not in lex.stop and word not in lex.verbal


def _more(page: Page, i: int, lex: Words) -> bool:
    """Whether a noun stands at `i` after what may itself be one ("injured | passengers")."""
    word = page.norm(i)
    return (
        page.kind(i) == "word"
        and page.joined(i)
        and page.norm(i - 1) in lex.participles
        and is_plural(word, lex)
        and word not in lex.stop
    )


def _germanic(page: Page, i: int, lex: Words) -> Noun | None:
    """The noun of a language that writes nouns with a capital, behind adjectives in lower case."""
    for j in range(i, i + _MAX_ADJECTIVES + 1):
        if page.kind(j) != "word" or not page.joined(j):
            return None
        word, raw, end = page.norm(j), page.raw(j), _compound_end(page, j)
        if word in lex.stop:
            return None
        if (len(word) > 1 or end > j + 1) and (raw[0].isupper() or page.raw(end - 1)[:1].isupper()):
            return Noun(_lemma(page, j, end, lex.language), end)
        if word not in lex.adjectives and not word.endswith(lex.adjective_endings):
            return None
    return None


def counted(page: Page, i: int, value: Decimal, language: str) -> Noun | None:
    """The noun counted by the number that ends before token `i`: past adjectives ("12 000 nouveaux cas"), to its head."""
    lex = words(language)
    if page.adjacent(i) and page.kind(i) == "word" and not page.norm(i - 1).endswith("'"):
        return None
    return _germanic(page, i, lex) if lex.capitals else _romance(page, i, abs(value) >= 2, lex)
