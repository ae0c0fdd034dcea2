"""Approximators: the words before and after a number that say it is about, at least, at most so much."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.grammar.page import Page
from pipeline.grammar.wordlists import BOUNDS, Phrases, Words, words


class Bound(NamedTuple):
    """How a wording bounds a value; `closed_below` and `closed_above` tell on which sides the value itself is the bound."""

    approximation: str
    closed_below: bool
    closed_above: bool
    phrase: str
    start: int  # index of its first token


_QUOTES = frozenset('"«“„')

_CONTRARY = {"more_than": "at_most", "less_than": "at_least"}

_ABOUT = 5  # tokens from a preposition back to the noun or verb that it goes with

EXACT = Bound("exact", True, True, "", -1)


def _ends_at(page: Page, i: int, phrases: Phrases) -> Bound | None:
    """The longest phrase whose last token is `i` - 1."""
    before = page.norm(i - 2)
    for phrase, kind in phrases.get(page.norm(i - 1), ()):
        if len(phrase) > 1 and phrase[-2] != before:
            continue
        start = i - len(phrase)
        if start >= 0 and all(page.norm(start + k) == word for k, word in enumerate(phrase)) and page.joined(i):
            return Bound(*BOUNDS[kind], " ".join(phrase), start)
    return None


def bound_before(page: Page, i: int, language: str) -> Bound | None:
    """The approximator that ends right before token `i`, in the figure's language, else in that of the word before it."""
    if i <= 0:
        return None
    if page.norm(i - 1) in _QUOTES and page.adjacent(i):
        i -= 1  # 'plus de "200 millions"'
    found = _before(page, i, language)
    return _before(page, i, page.languages[i - 1]) if found is None and page.languages[i - 1] != language else found


def time_before(page: Page, i: int, language: str) -> Bound | None:
    """What says right before token `i` that a time is not to be exceeded: "sous | trente jours", "dans les | 72 heures"."""
    return _ends_at(page, i, words(language).before_times)


def _before(page: Page, i: int, language: str) -> Bound | None:
    lex = words(language)
    if page.norm(i - 1) in lex.bound_adverbs and (verb := _ends_at(page, i - 1, lex.before)) and verb.approximation in _CONTRARY:
        return verb  # "dépasse | toujours 2 milliards"
    if (mark := _ends_at(page, i, lex.marks)) is not None and page.norm(mark.start - 1) in lex.crossed:
        crossed = mark._replace(start=mark.start - 1, phrase=f"{page.norm(mark.start - 1)} {mark.phrase}")
        return _turned(page, crossed, lex)
    found = _ends_at(page, i, lex.before) or (_ends_at(page, i, lex.before_figures) if page.kind(i) == "digits" else None)
    if found is None or (found.phrase in lex.concerning and _concerning(page, found.start, lex)):
        return None
    return _turned(page, found, lex)


def _turned(page: Page, found: Bound, lex: Words) -> Bound:
    """The bound, turned round where it is denied: "n'a pas dépassé 18"."""
    if found.approximation not in _CONTRARY or not _denied(page, found.start, lex.denials):
        return found
    kind = _CONTRARY[found.approximation]
    return Bound(*BOUNDS[kind], f"no {found.phrase}", found.start)


def _concerning(page: Page, i: int, lex: Words) -> bool:
    """Whether the preposition at token `i` says what something is about: "ein Vertrag | über", "verfügt derzeit | über".

    The noun stands right before it, or past names and small words ("ein Kredit der Bank"); the verb in the same clause.
    """
    nominal = verbal = page.norm(i - 1) not in lex.topic_links  # "eine Spende von | über 500 Euro"
    for k in page.back(i, _ABOUT):
        word = page.norm(k)
        capital = page.kind(k) == "word" and page.raw(k)[:1].isupper()
        if nominal and (word in lex.topics or (lex.capitals and capital and word.endswith(lex.topic_endings))):
            return True
        if verbal and word in lex.disposing:
            return True
        nominal = nominal and (capital or word in lex.topic_links)
        verbal = verbal and page.kind(k) == "word"
        if not (nominal or verbal):
            return False
    return False


def _denied(page: Page, i: int, denials: frozenset[str]) -> bool:
    """Whether a word of denial stands before the bound at token `i`, or one word before: "pas | descendu | sous les"."""
    near = page.norm(i - 1) in denials or (page.norm(i - 2) in denials and page.kind(i - 1) == "word" and page.joined(i - 1))
    return near and page.joined(i) and not page.line_start(i)


def bound_after(page: Page, i: int, language: str) -> Bound | None:
    """The approximator that starts at token `i` ("200 personnes | au moins")."""
    if i >= len(page.tokens) or not page.joined(i):
        return None
    for phrase, kind in words(language).after.get(page.norm(i), ()):
        if all(page.norm(i + k) == word for k, word in enumerate(phrase)):
            end, lex = i + len(phrase), words(language)
            if page.kind(end) == "word" and page.joined(end) and page.norm(end) not in lex.stop:
                continue  # "au plus | chaud"
            return Bound(*BOUNDS[kind], " ".join(phrase), i)
    return None
