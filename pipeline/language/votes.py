"""What tells one language from another: words, months, magnitudes, letters and endings, each with its votes.

The signs are data, `lexicon/<code>/language.toml`. What a sign is worth depends on its place: a month counts in a date, a
magnitude after its figure, a label before its colon, and a name, which any language may hold, hardly at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from typing import NamedTuple

from pipeline import lexicon

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ](?=[^\W\d_]))?")
BLANK = r"[ \u00a0\u202f\u2009]"
FIGURE = rf"\d+(?:[.,'’]\d+|{BLANK}\d{{3}}(?!\d))*"
REACH = 32  # characters that are looked back for the figure or name before a word

FUNCTION, TITLED, STRONG, AMOUNT, LETTER, ENDING, NOUN = 2.0, 0.5, 4.0, 1.0, 1.5, 2.0, 2.5

_APOSTROPHES = str.maketrans("’ʼ", "''")
_FIGURE_BEFORE = re.compile(rf"(?P<sign>[$€£]{BLANK}?)?(?P<figure>{FIGURE}){BLANK}?$")
_FIGURE_AFTER = re.compile(rf"{BLANK}\d")
_DAY_BEFORE = re.compile(rf"(?<![\d.,])\d{{1,2}}(?P<stop>\.?){BLANK}?$")
_YEAR_AFTER = re.compile(rf"\.?{BLANK}(?:\d{{1,2}}(?:st|nd|rd|th)?,?{BLANK})?[12]\d{{3}}(?!\d)")
_OPENS = re.compile(rf"[«“„\"‹:(–—]{BLANK}?$")
_COLON = re.compile(rf"{BLANK}?:")
_NEXT, _LAST = re.compile(rf"{BLANK}([^\W\d_]+)"), re.compile(rf"([^\W\d_]+){BLANK}$")
_ADDRESS = "./@_"  # before what is no word of a sentence, but a piece of an address

Votes = tuple[float, ...]  # one number a language, in the order of `lexicon.LANGUAGES`


class _Marks(NamedTuple):
    """The signs of all languages, with their votes."""

    words: dict[str, Votes]
    months: dict[str, Votes]
    magnitudes: dict[str, Votes]
    single: dict[str, Votes]
    labels: dict[str, Votes]
    beside: dict[str, Votes]
    amounts: dict[str, Votes]
    letters: dict[str, Votes]
    endings: dict[str, Votes]
    nouns: dict[str, Votes]


@cache
def _marks() -> _Marks:
    return _Marks(
        words=_votes("amounts", AMOUNT) | _votes("words", FUNCTION),
        months=_weighed([_months(code) for code in lexicon.LANGUAGES], STRONG),
        magnitudes=_votes("magnitudes", STRONG),
        single=_votes("single", STRONG),
        labels=_votes("labels", STRONG),
        beside=_votes("beside", STRONG),
        amounts=_votes("amounts", STRONG),
        letters=_votes("letters", LETTER),
        endings=_votes("endings", ENDING),
        nouns=_votes("nouns", NOUN),
    )


def _votes(key: str, weight: float) -> dict[str, Votes]:
    return _weighed([set(lexicon.language(code, "language")[key]) for code in lexicon.LANGUAGES], weight)


def _months(code: str) -> set[str]:
    return {name.casefold() for names in lexicon.language(code, "dates")["months"].values() for name in names}


def _weighed(sets: list[set[str]], weight: float) -> dict[str, Votes]:
    return {sign: tuple(weight if sign in known else 0.0 for known in sets) for sign in set().union(*sets)}


def folded(word: str) -> str:
    """A word in small letters, with a straight apostrophe."""
    return word.lower().translate(_APOSTROPHES)


@lru_cache(maxsize=1 << 16)
def votes_of(word: str) -> Votes | None:
    """Votes of a word that the lexicon knows, wherever it stands."""
    return _marks().words.get(folded(word))


@cache
def foreign_to(base: int) -> Callable[[str], bool]:
    """Whether a word may speak against the language at index `base`: a quick look that spares most sentences the vote."""
    return lru_cache(maxsize=1 << 16)(partial(_foreign, base))


def _foreign(base: int, word: str) -> bool:
    marks, norm = _marks(), folded(word)
    tables = (marks.words, marks.months, marks.magnitudes, marks.labels, marks.beside)
    known = [table[norm] for table in tables if norm in table] or [_shape(word)]
    return norm in marks.single or (norm in marks.months and word[0].isupper()) or any(v[base] < max(v) for v in known)


class Sign(NamedTuple):
    """A word of a sentence that votes."""

    start: int
    end: int
    votes: Votes
    known: bool = True  # by the lexicon, not by its letters


def signs_of(text: str, start: int, end: int, base: int) -> Iterator[Sign]:
    """The words of a sentence that vote."""
    marks = _marks()
    for match in WORD.finditer(text, start, end):
        if match.start() > start and text[match.start() - 1] in _ADDRESS:
            continue
        votes = _placed(marks, text, match, start) or _plain(marks, text, match, start, base)
        if votes and any(votes):
            yield Sign(match.start(), match.end(), votes)
        elif votes is None and any(shape := _shape(match.group())):
            yield Sign(match.start(), match.end(), shape, known=False)


def _placed(marks: _Marks, text: str, match: re.Match[str], start: int) -> Votes | None:
    """Votes of a word that its place makes a sign: before a colon, beside a figure, in a date."""
    norm = folded(match.group())
    here, there = match.span()
    if norm in marks.labels and here == start and _COLON.match(text, there):
        return marks.labels[norm]
    if norm in marks.months:
        return _dated(marks.months[norm], text, here, there)
    if norm in marks.magnitudes:
        return _scaled(marks, norm, text, here)
    if norm in marks.amounts and _FIGURE_BEFORE.search(text, max(0, here - REACH), here):
        return marks.amounts[norm]
    if norm in marks.beside and _FIGURE_AFTER.match(text, there):
        return marks.beside[norm]
    return None


def _dated(votes: Votes, text: str, here: int, there: int) -> Votes | None:
    """Votes of a month's name in a date; where an ordinal's stop stands before it ("21. Mai"), of languages that write one."""
    day = _DAY_BEFORE.search(text, max(0, here - REACH), here)
    if day is None and not _YEAR_AFTER.match(text, there):
        return None
    if day is None or not day.group("stop") or not text[here].isupper():
        return votes
    ordinal = [bool(lexicon.language(code, "sentences")["ordinal"]) for code in lexicon.LANGUAGES]
    return tuple(vote if writes else 0.0 for vote, writes in zip(votes, ordinal, strict=True))


def _scaled(marks: _Marks, norm: str, text: str, here: int) -> Votes | None:
    """Votes of a magnitude after a figure, not of languages that would write its plural ("29 billion", "$1.5 billion")."""
    match = _FIGURE_BEFORE.search(text, max(0, here - REACH), here)
    if match is None:
        return None
    votes, figure = marks.magnitudes[norm], match.group("figure")
    if not re.match(r"[01](?:[.,]\d+)?$", figure):
        single = marks.single.get(norm, (0.0,) * len(votes))
        return tuple(vote - less for vote, less in zip(votes, single, strict=True))
    if not match.group("sign") or "." not in figure:
        return votes
    return tuple(vote - less for vote, less in zip(votes, marks.single.get(norm, votes), strict=True))


def _plain(marks: _Marks, text: str, match: re.Match[str], start: int, base: int) -> Votes | None:
    """Votes of a word wherever it stands; weak ones for a departure where its capital, or the next, makes it a name's."""
    votes, here = marks.words.get(folded(match.group())), match.start()
    if votes is None or all(vote <= TITLED for i, vote in enumerate(votes) if i != base):
        return votes
    name = (len(match.group()) > 1 and match.group().isupper()) or text.startswith(".", match.end())  # US, A. L. Roux
    titled = text[here].isupper() and (name or not (here == start or _OPENS.search(text, max(start, here - 3), here)))
    weak = titled or _within_name(text, match, start)
    return tuple(min(vote, TITLED) if i != base else vote for i, vote in enumerate(votes)) if weak else votes


def _within_name(text: str, match: re.Match[str], start: int) -> bool:
    """Whether a small word leads to a capital from another small word or capital: "von der Leyen", "Lord of the Flies"."""
    particles, after = _particles(), _NEXT.match(text, match.end())
    if match.group().lower() not in particles or after is None:
        return False
    before = _LAST.search(text, max(start, match.start() - REACH), match.start())
    beside = [found.group(1) for found in (before, after) if found]
    joined = [word for word in beside if word in particles or word[0].isupper()]
    return len(joined) == 2 or after.group(1) in particles


@cache
def _particles() -> frozenset[str]:
    return frozenset(word for code in lexicon.LANGUAGES for word in lexicon.language(code, "language")["particles"])


@lru_cache(maxsize=1 << 16)
def _shape(word: str) -> Votes:
    """Votes of an unknown word, by its letters and its ending; a capital makes it a name, except where nouns have one."""
    marks = _marks()
    norm, titled = word.lower(), word[0].isupper()
    total = [0.0] * len(lexicon.LANGUAGES)
    for letter in set(norm) & marks.letters.keys():
        total = [max(old, new) for old, new in zip(total, marks.letters[letter], strict=True)]
    if titled:
        total = [vote / 2 for vote in total]
    if len(norm) > 5:
        table = marks.nouns if titled else marks.endings
        ending = next((votes for size in (8, 7, 6, 5, 4, 3, 2) if (votes := table.get(norm[-size:]))), None)
        if ending is not None:
            scale = 1.0 if titled or len(norm) > 7 else 0.5
            total = [old + scale * new for old, new in zip(total, ending, strict=True)]
    return tuple(total)
