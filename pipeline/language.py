"""Which language an article is in, and which of its passages are in another.

`detect` asks langdetect, seeded and with profiles in a fixed order of its own, on a bounded sample. `segments` decides by itself,
since no detector is to be trusted under four words: the grammatical words, months, magnitudes, letters and endings of
`lexicon/<code>/language.toml` vote for each passage, and to leave the article's language has a price. The words of running text
make up for that price within a few; a name or a loan does not, and "14,3 Milliarden" or "16. Juli 2025" does at once.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from pipeline import lexicon
from pipeline.records import Segment
from pipeline.sentences import sentences

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ](?=[^\W\d_]))?")
_APOSTROPHES = str.maketrans("’ʼ", "''")
_BLANK = r"[ \u00a0\u202f\u2009]"
_FIGURE = rf"\d+(?:[.,'’]\d+|{_BLANK}\d{{3}}(?!\d))*"
_FIGURE_BEFORE = re.compile(rf"(?P<sign>[$€£]{_BLANK}?)?(?P<figure>{_FIGURE}){_BLANK}?$")
_FIGURE_AFTER = re.compile(rf"{_BLANK}\d")
_DAY_BEFORE = re.compile(rf"(?<![\d.,])\d{{1,2}}(?P<stop>\.?){_BLANK}?$")
_YEAR_AFTER = re.compile(rf"\.?{_BLANK}(?:\d{{1,2}}(?:st|nd|rd|th)?,?{_BLANK})?[12]\d{{3}}(?!\d)")
# The figures that a passage in another language begins and ends with.
_LEAD = re.compile(rf"(?:(?:US)?[$€£¥]{_BLANK}?)?(?:(?:{_FIGURE}|\d{{1,2}}\.){_BLANK}?[/–-]?{_BLANK}?)+$")
_OPENING = re.compile(r"[«“„\"‹][^«»“”„\"‹›]*$")
_CLOSING = re.compile(r"[^«»“”„\"‹›]*[»”“\"›]")
_OPENS = re.compile(rf"[«“„\"‹:(–—]{_BLANK}?$")
_NEXT, _LAST = re.compile(rf"{_BLANK}([^\W\d_]+)"), re.compile(rf"([^\W\d_]+){_BLANK}$")
_ADDRESS = "./@_"  # before what is no word of a sentence, but a piece of an address
_REACH = 32

# What a sign is worth, in units in which a passage in another language costs `_PRICE`: less where the last sentence was in that
# language, and least for a whole sentence in which nothing speaks for the article's language.
_FUNCTION, _TITLED, _STRONG, _AMOUNT, _LETTER, _ENDING, _NOUN = 2.0, 0.5, 4.0, 1.0, 1.5, 2.0, 2.5
_PRICE, _AFTER_SAME, _WHOLE = 3.0, 1.5, 2.0
_SPARSE = 12  # characters a vote, where votes are too few to give a whole sentence away

_SAMPLE = 800
_SEED = 0
_SHARE = 0.1  # of a text's words, those that one served language alone has: a fifth of running text, next to none abroad
_SURE, _WORDS = 0.9, 8  # langdetect among all its languages: from what probability, and how many words, it is trusted

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
        words=_votes("amounts", _AMOUNT) | _votes("words", _FUNCTION),
        months=_weighed([_months(code) for code in lexicon.LANGUAGES], _STRONG),
        magnitudes=_votes("magnitudes", _STRONG),
        single=_votes("single", _STRONG),
        labels=_votes("labels", _STRONG),
        beside=_votes("beside", _STRONG),
        amounts=_votes("amounts", _STRONG),
        letters=_votes("letters", _LETTER),
        endings=_votes("endings", _ENDING),
        nouns=_votes("nouns", _NOUN),
    )


def _votes(key: str, weight: float) -> dict[str, Votes]:
    return _weighed([set(lexicon.language(code, "language")[key]) for code in lexicon.LANGUAGES], weight)


def _months(code: str) -> set[str]:
    return {name.casefold() for names in lexicon.language(code, "dates")["months"].values() for name in names}


def _weighed(sets: list[set[str]], weight: float) -> dict[str, Votes]:
    return {sign: tuple(weight if sign in known else 0.0 for known in sets) for sign in set().union(*sets)}


def _norm(word: str) -> str:
    return word.lower().translate(_APOSTROPHES)


# ---- passages


def segments(text: str, language: str | None = None) -> list[Segment]:
    """Passages that tile `text` from 0 to its end, in order, neighbours in different languages; none for an empty text.

    `language` is the article's (a served one); with None, or another one, the words of the text decide.
    """
    base = language if language in lexicon.LANGUAGES else _base(text)
    out: list[Segment] = []
    position = 0
    for start, end, code in _passages(text, lexicon.LANGUAGES.index(base)):
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


def _base(text: str) -> str:
    """The served language that the beginning of `text` votes for; the first one served where nothing does."""
    words = _marks().words
    found = [words[norm] for match in _WORD.finditer(text[: 4 * _SAMPLE]) if (norm := _norm(match.group())) in words]
    totals = [sum(votes) for votes in zip(*found, strict=True)] or [0.0]
    return lexicon.LANGUAGES[totals.index(max(totals))]


def _passages(text: str, base: int) -> Iterator[tuple[int, int, str]]:
    """Passages not in the language at index `base`, in order."""
    hints = deque(match.start() for match in _WORD.finditer(text) if _foreign(match.group(), base))
    before = base
    for start, end in sentences(text) if hints else ():
        if not hints or hints[0] >= end:
            before = base
            continue
        while hints and hints[0] < end:
            hints.popleft()
        signs = list(_signs(text, start, end, base))
        states = _best(signs, base, before, end - start)
        before = states[-1] if states else base
        yield from _runs(text, start, end, signs, states, base)


@lru_cache(maxsize=1 << 16)
def _foreign(word: str, base: int) -> bool:
    """Whether `word` may speak against the language at index `base`: a quick look that spares most sentences the vote."""
    marks, norm = _marks(), _norm(word)
    tables = (marks.words, marks.months, marks.magnitudes, marks.labels, marks.beside)
    known = [table[norm] for table in tables if norm in table] or [_shape(marks, word)]
    return norm in marks.single or (norm in marks.months and word[0].isupper()) or any(v[base] < max(v) for v in known)


class _Sign(NamedTuple):
    start: int
    end: int
    votes: Votes
    known: bool = True  # by the lexicon, not by its letters


def _signs(text: str, start: int, end: int, base: int) -> Iterator[_Sign]:
    """The words of a sentence that vote."""
    marks = _marks()
    for match in _WORD.finditer(text, start, end):
        if match.start() > start and text[match.start() - 1] in _ADDRESS:
            continue
        votes = _placed(marks, text, match, start) or _plain(marks, text, match, start, base)
        if votes and any(votes):
            yield _Sign(match.start(), match.end(), votes)
        elif votes is None and any(shape := _shape(marks, match.group())):
            yield _Sign(match.start(), match.end(), shape, known=False)


def _placed(marks: _Marks, text: str, match: re.Match[str], start: int) -> Votes | None:
    """Votes of a word that its place makes a sign: before a colon, beside a figure, in a date."""
    norm = _norm(match.group())
    here, there = match.span()
    if norm in marks.labels and here == start and text.startswith(":", there):
        return marks.labels[norm]
    if norm in marks.months:
        return _dated(marks.months[norm], text, here, there)
    if norm in marks.magnitudes:
        return _scaled(marks, norm, text, here)
    if norm in marks.amounts and _FIGURE_BEFORE.search(text, max(0, here - _REACH), here):
        return marks.amounts[norm]
    if norm in marks.beside and _FIGURE_AFTER.match(text, there):
        return marks.beside[norm]
    return None


def _dated(votes: Votes, text: str, here: int, there: int) -> Votes | None:
    """Votes of a month's name in a date; where an ordinal's stop stands before it ("21. Mai"), of languages that write one."""
    day = _DAY_BEFORE.search(text, max(0, here - _REACH), here)
    if day is None and not _YEAR_AFTER.match(text, there):
        return None
    if day is None or not day.group("stop") or not text[here].isupper():
        return votes
    ordinal = [bool(lexicon.language(code, "sentences")["ordinal"]) for code in lexicon.LANGUAGES]
    return tuple(vote if writes else 0.0 for vote, writes in zip(votes, ordinal, strict=True))


def _scaled(marks: _Marks, norm: str, text: str, here: int) -> Votes | None:
    """Votes of a magnitude after a figure, not of languages that would write its plural ("29 billion", "$1.5 billion")."""
    match = _FIGURE_BEFORE.search(text, max(0, here - _REACH), here)
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
    votes, here = marks.words.get(_norm(match.group())), match.start()
    if votes is None:
        return None
    name = (len(match.group()) > 1 and match.group().isupper()) or text.startswith(".", match.end())  # US, A. L. Roux
    titled = text[here].isupper() and (name or not (here == start or _OPENS.search(text, max(start, here - 3), here)))
    weak = titled or _within_name(text, match, start)
    return tuple(min(vote, _TITLED) if i != base else vote for i, vote in enumerate(votes)) if weak else votes


def _within_name(text: str, match: re.Match[str], start: int) -> bool:
    """Whether a small word leads to a capital from another small word or capital: "von der Leyen", "Lord of the Flies"."""
    particles, after = _particles(), _NEXT.match(text, match.end())
    if match.group().lower() not in particles or after is None:
        return False
    before = _LAST.search(text, max(start, match.start() - _REACH), match.start())
    beside = [found.group(1) for found in (before, after) if found]
    joined = [word for word in beside if word in particles or word[0].isupper()]
    return len(joined) == 2 or after.group(1) in particles


@cache
def _particles() -> frozenset[str]:
    return frozenset(word for code in lexicon.LANGUAGES for word in lexicon.language(code, "language")["particles"])


def _shape(marks: _Marks, word: str) -> Votes:
    """Votes of an unknown word, by its letters and its ending; a capital makes it a name, except where nouns have one."""
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


def _best(signs: list[_Sign], base: int, before: int, length: int) -> list[int]:
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
    scores = [0.0 if i == base else -(_AFTER_SAME if i == before else _PRICE) for i in languages]
    back: list[list[int]] = []
    for n, sign in enumerate(signs):
        if n:
            scores, origin = _step(scores, base)
            back.append(origin)
        scores = [score + vote for score, vote in zip(scores, sign.votes, strict=True)]
    states = [max(languages, key=lambda i: (scores[i], i == base))]
    for origin in reversed(back):
        states.append(origin[states[-1]])
    return states[::-1]


def _step(scores: list[float], base: int) -> tuple[list[float], list[int]]:
    """The best way into each language from those before, with its score: to stay, or to come over at the price of a departure."""
    top = max(range(len(scores)), key=lambda i: (scores[i], i == base))
    prices = [0.0 if i == base else _PRICE for i in range(len(scores))]
    origin = [i if i == top or scores[i] > scores[top] - prices[i] else top for i in range(len(scores))]
    return [scores[o] - (prices[i] if o != i else 0.0) for i, o in enumerate(origin)], origin


def _runs(text: str, start: int, end: int, signs: list[_Sign], states: list[int], base: int) -> Iterator[tuple[int, int, str]]:
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
            left, right = _grown(text, max(floor, start), ceiling, end, _Sign(signs[n].start, signs[last].end, ()), code)
            if sum(sign.votes[states[n]] == _FUNCTION for sign in signs[n : last + 1]) > 1:  # a clause: up to the sentence's edge
                left = start if n == 0 else left
                right = end if last + 1 == len(states) else right
            yield left, right, code
            floor = right
        else:
            floor = max(floor, signs[last].end)
        n = last + 1


def _grown(text: str, floor: int, ceiling: int, end: int, run: _Sign, code: str) -> tuple[int, int]:
    """A run with what belongs to it: the rest of its quotation between the signs beside it, its figures and amounts."""
    opening = _OPENING.search(text, floor, run.start)
    closing = _CLOSING.match(text, run.end, ceiling)
    if opening and closing:
        return opening.start(), closing.end()
    lead = _LEAD.search(text, max(floor, run.start - _REACH), run.start)
    trail = _trail(code).match(text, run.end, end)
    return (lead.start() if lead else run.start), (trail.end() if trail else run.end)


@cache
def _trail(code: str) -> re.Pattern[str]:
    """What follows the last sign of a run and belongs to it: a year or day, an amount's noun, the rest of a compound, stops."""
    amounts = "|".join(map(re.escape, sorted(lexicon.language(code, "language")["amounts"], key=len, reverse=True)))
    joints = lexicon.language(code, "language")["of"]
    small = "|".join(re.escape(word) + ("" if word.endswith("'") else _BLANK) for word in joints)
    noun = rf"(?:(?<=')|{_BLANK})(?:{small or '(?!)'})?(?:[A-Z]{{2,3}}[-‑])?(?:{amounts})(?![^\W\d_])"
    figure = rf"\.?{_BLANK}{_FIGURE}(?!\d)"
    return re.compile(rf"(?:{figure}|{_BLANK}?[%€$£]|[-‑]\w+|{noun}|[.!?…:]+(?=\s|$))*", re.IGNORECASE)


# ---- whole articles


def detect(text: str) -> str | None:
    """Language of an article: BCP 47 primary tag, of any language; None where there is nothing to tell it by.

    langdetect chooses among the languages served where the text has enough words that only they have; else its judgement
    among all languages counts, if it is sure and the text is long enough for it.
    """
    sample = _sample(text, _SAMPLE)
    counts = _own_words(sample)
    best = max(lexicon.LANGUAGES, key=lambda code: counts[code])
    share = counts[best] / max(1, counts[""])
    code, _ = _ask(_served(), _sample(text, _SAMPLE // 2))
    if share < _SHARE or code is None:
        other, certainty = _ask(_everything(), sample)
        foreign = other is not None and other not in lexicon.LANGUAGES
        if code is None or (foreign and certainty > _SURE and counts[""] >= _WORDS):
            return other
    return best if share >= _SHARE and counts[""] < _WORDS else code


def _sample(text: str, size: int) -> str:
    """The beginning of `text` and a piece from its middle, `size` characters together."""
    if len(text) <= size:
        return text
    middle = len(text) // 2
    return text[: size // 2] + " " + text[middle : middle + size // 2]


def _own_words(text: str) -> Counter[str]:
    """How many words each served language has for itself alone, in all the world, and under "" how many words there are."""
    own = _own()
    counts: Counter[str] = Counter()
    for match in _WORD.finditer(text):
        counts[""] += 1
        code = own.get(_norm(match.group()))
        if code is not None:
            counts[code] += 1
    return counts


@cache
def _own() -> dict[str, str]:
    tables = {code: lexicon.language(code, "language") for code in lexicon.LANGUAGES}
    shared = Counter(word for table in tables.values() for word in set(table["words"]))
    abroad = {word for table in tables.values() for word in table["abroad"]}
    return {w: code for code, table in tables.items() for w in table["words"] if shared[w] == 1 and w not in abroad}


def _ask(factory: Any, sample: str) -> tuple[str | None, float]:
    """The likeliest language and its probability as langdetect sees it."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = factory.create()
    detector.append(sample)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return None, 0.0
    return (found[0].lang.split("-")[0], found[0].prob) if found else (None, 0.0)


@cache
def _served() -> Any:
    return _factory(lexicon.LANGUAGES)


@cache
def _everything() -> Any:
    return _factory(None)


def _factory(codes: Iterable[str] | None) -> Any:
    """A private langdetect factory: a fixed seed and profiles in a fixed order, so that nothing else changes an answer."""
    from importlib.resources import files

    from langdetect.detector_factory import DetectorFactory

    profiles = sorted((files("langdetect") / "profiles").iterdir(), key=lambda profile: profile.name)
    wanted = [p for p in profiles if p.is_file() and "." not in p.name and (codes is None or p.name in codes)]
    factory = DetectorFactory()
    factory.set_seed(_SEED)
    factory.load_json_profile([profile.read_text("utf-8") for profile in wanted])
    return factory
