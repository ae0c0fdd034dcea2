"""Passages of an article in one language each.

Every sentence that holds a sign of another language is weighed: its signs vote, and a passage in another language costs votes
(Viterbi's way through them). The words of running text make up for that within a few; a name or a loan does not, and
"14,3 Milliarden" or "16. Juli 2025" does at once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline import lexicon
from pipeline.language.votes import BLANK, FIGURE, FUNCTION, REACH, STRONG, WORD, Sign, foreign_to, signs_of, votes_of
from pipeline.records import Segment
from pipeline.sentences import sentences

# The figures that a passage in another language begins and ends with.
_LEAD = re.compile(rf"(?:(?:US)?[$€£¥]{BLANK}?)?(?:(?:{FIGURE}|\d{{1,2}}\.){BLANK}?[/–-]?{BLANK}?)+$")
_OPENING = re.compile(r"[«“„\"‹][^«»“”„\"‹›]*$")
_CLOSING = re.compile(r"[^«»“”„\"‹›]*[»”“\"›]")

# What a passage in another language costs: less where a strong sign begins it, or where the last sentence was in that language. A
# whole sentence in which nothing speaks for the article's language needs `_WHOLE`, and a vote for every `_SPARSE` characters.
_PRICE, _LESS, _WHOLE, _SPARSE = 3.0, 1.5, 2.0, 12
_BEGINNING = 3_200  # characters whose words decide the language where nobody says it


def segments(text: str, language: str | None = None) -> list[Segment]:
    """Passages that tile `text` from 0 to its end, in order, neighbours in different languages; none for an empty text.

    `language` is the article's (a served one); with None, or another one, the words of the text decide.
    """
    words = WORD.findall(text)
    base = language if language in lexicon.LANGUAGES else _base(text, words)
    out: list[Segment] = []
    position = 0
    for start, end, code in _passages(text, words, lexicon.LANGUAGES.index(base)):
        _append(out, position, start, base)
        _append(out, start, end, code)
        position = end
    _append(out, position, len(text), base)
    return out


def _append(out: list[Segment], start: int, end: int, code: str) -> None:
    """Adds a passage, as one with the last if that is in the same language."""
    if start == end:
        return
    if out and out[-1].language == code:
        start = out.pop().start
    out.append(Segment(start=start, end=end, language=code))


def _base(text: str, words: Sequence[str]) -> str:
    """The served language that the beginning of a text of these `words` votes for; the first one served where nothing does."""
    totals = [0.0] * len(lexicon.LANGUAGES)
    for votes, times in Counter(map(votes_of, words if len(text) <= _BEGINNING else WORD.findall(text[:_BEGINNING]))).items():
        if votes:
            totals = [total + times * vote for total, vote in zip(totals, votes, strict=True)]
    return lexicon.LANGUAGES[totals.index(max(totals))]


def _passages(text: str, words: Sequence[str], base: int) -> Iterator[tuple[int, int, str]]:
    """Passages of a text of these `words` that are not in the language at index `base`, in order."""
    strange = set(filter(foreign_to(base), set(words)))
    hints = [match.start() for match in WORD.finditer(text) if match.group() in strange] if strange else []
    before, last = base, 0
    for start, end in sentences(text, hints) if hints else ():
        if bisect_left(hints, start) == bisect_left(hints, end):
            continue
        if last < start and not text[last:start].isspace():  # sentences without a sign of another language lie between
            before = base
        last = end
        signs = list(signs_of(text, start, end, base))
        states = _best(signs, base, before, end - start)
        before = states[-1] if states else base
        yield from _runs(text, start, end, signs, states, base)


def _best(signs: list[Sign], base: int, before: int, length: int) -> list[int]:
    """The language of each sign (Viterbi): the votes it gets, less the price of every departure from `base`.

    Of a sentence in which nothing speaks for `base`, all signs are in one language: another one if it has votes enough for
    the sentence's `length` in characters.
    """
    if not signs:
        return []
    languages = range(len(lexicon.LANGUAGES))
    if not any(sign.votes[base] for sign in signs):
        sums = [sum(sign.votes[i] for sign in signs if sign.known) for i in languages]
        top = max(languages, key=sums.__getitem__)
        return [top if sums[top] >= max(_WHOLE, length / _SPARSE) else base] * len(signs)
    if all(sum(max(0.0, sign.votes[i] - sign.votes[base]) for sign in signs) < _LESS for i in languages):
        return [base] * len(signs)  # too little for a departure
    scores = [0.0 if i == base else -(_LESS if i == before else _price(signs[0], i)) for i in languages]
    back: list[list[int]] = []
    for n, sign in enumerate(signs):
        if n:
            scores, origin = _step(scores, sign, base)
            back.append(origin)
        scores = [score + vote for score, vote in zip(scores, sign.votes, strict=True)]
    states = [max(languages, key=lambda i: (scores[i], i == base))]
    for origin in reversed(back):
        states.append(origin[states[-1]])
    return states[::-1]


def _price(sign: Sign, language: int) -> float:
    """What it costs to begin a passage in another language with `sign`."""
    return _LESS if sign.votes[language] >= STRONG else _PRICE


def _step(scores: list[float], sign: Sign, base: int) -> tuple[list[float], list[int]]:
    """The best way into each language from those before, with its score: to stay, or to come over at the price of a departure."""
    top = max(range(len(scores)), key=lambda i: (scores[i], i == base))
    prices = [0.0 if i == base else _price(sign, i) for i in range(len(scores))]
    origin = [i if i == top or scores[i] > scores[top] - prices[i] else top for i in range(len(scores))]
    return [scores[o] - (prices[i] if o != i else 0.0) for i, o in enumerate(origin)], origin


def _runs(text: str, start: int, end: int, signs: list[Sign], states: list[int], base: int) -> Iterator[tuple[int, int, str]]:
    """The runs of one language other than `base` in a sentence, with the words and figures that belong to them."""
    if states and states[0] != base and not any(sign.votes[base] for sign in signs):
        yield start, end, lexicon.LANGUAGES[states[0]]
        return
    floor, n = start, 0
    while n < len(states):
        last = n
        while last + 1 < len(states) and states[last + 1] == states[n]:
            last += 1
        if states[n] != base:
            code, ceiling = lexicon.LANGUAGES[states[n]], signs[last + 1].start if last + 1 < len(signs) else end
            left, right = _grown(text, max(floor, start), ceiling, end, Sign(signs[n].start, signs[last].end, ()), code)
            if sum(sign.votes[states[n]] == FUNCTION for sign in signs[n : last + 1]) > 1:  # a clause: up to the sentence's edge
                left = start if n == 0 else left
                right = end if last + 1 == len(states) else right
            left = max(left, floor)  # the run before may have taken the words that this one begins with ("DE per-hWEDISCH")
            if left < right:
                yield left, right, code
                floor = right
        else:
            floor = max(floor, signs[last].end)
        n = last + 1


def _grown(text: str, floor: int, ceiling: int, end: int, run: Sign, code: str) -> tuple[int, int]:
    """A run with what belongs to it: the rest of its quotation between the signs beside it, its figures and amounts."""
    opening = _OPENING.search(text, floor, run.start)
    closing = _CLOSING.match(text, run.end, ceiling)
    if opening and closing:
        return opening.start(), closing.end()
    lead = _LEAD.search(text, max(floor, run.start - REACH), run.start)
    trail = _trail(code).match(text, run.end, end)
    return (lead.start() if lead else run.start), (trail.end() if trail else run.end)


@cache
def _trail(code: str) -> re.Pattern[str]:
    """What follows the last sign of a run and belongs to it: a year or day, an amount's noun, the rest of a compound, stops."""
    amounts = "|".join(map(re.escape, sorted(lexicon.language(code, "language")["amounts"], key=len, reverse=True)))
    joints = lexicon.language(code, "language")["of"]
    small = "|".join(re.escape(word) + ("" if word.endswith("'") else BLANK) for word in joints)
    noun = rf"(?:(?<=')|{BLANK})(?:{small or '(?!)'})?(?:[A-Z]{{2,3}}[-‑])?(?:{amounts})(?![^\W\d_])"
    figure = rf"\.?{BLANK}{FIGURE}(?!\d)"
    return re.compile(rf"(?:{figure}|{BLANK}?[%€$£]|[-‑]\w+|{noun}|[.!?…:]+(?=\s|$))*", re.IGNORECASE)
