"""Which language an article is in, and which of its passages are in another.

`detect` asks langdetect, seeded and with profiles in a fixed order of its own, on a bounded sample. `segments` decides by
itself, since no detector is to be trusted under four words: the grammatical words, months, magnitudes, letters and
endings of `lexicon/<code>/language.toml` vote for each passage, and to leave the article's language has a price.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from pipeline import lexicon
from pipeline.records import Segment
from pipeline.sentences import sentences

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ](?=[^\W\d_]))?")
_APOSTROPHES = str.maketrans("’ʼ", "''")
_NUMERAL_BEFORE = re.compile(r"(?:\d[\d.,/ \u00a0\u202f\u2009–-]{0,15}|(?<=\d))$")
_ORDINAL_BEFORE = re.compile(r"\d{1,2}\.[ \u00a0\u202f\u2009]?$")
_NUMERAL_AFTER = re.compile(r"\.?[ \u00a0\u202f\u2009]\d")
# What belongs to a figure or date that a passage in another language begins or ends with.
_LEAD = re.compile(r"(?:[$€£¥]|US-?\$|EUR|USD)?[ \u00a0]?\d[\d.,/ \u00a0\u202f\u2009–-]*$")
_TRAIL = re.compile(r"(?:\.?[ \u00a0\u202f\u2009]\d{1,4}\b|[ \u00a0\u202f\u2009]?[%€$£]|-\w+|[.!?…:]+(?=\s|$))*")

# Votes of a sign, in units in which leaving the article's language costs `_LEAVE`.
_FUNCTION, _TITLED, _STRONG, _AMOUNT, _LETTER, _LONG_ENDING, _ENDING, _LEAVE, _START = 2.0, 0.5, 4.0, 1.0, 1.5, 2.0, 1.0, 3.0, 1.5
_SAMPLE = 1_500
_SEED = 0


class _Marks(NamedTuple):
    """The signs of all languages: votes for each word, in the order of `lexicon.LANGUAGES`."""

    words: dict[str, tuple[float, ...]]
    dated: dict[str, tuple[float, ...]]
    scaled: dict[str, tuple[float, ...]]
    labels: dict[str, tuple[float, ...]]
    letters: dict[str, tuple[float, ...]]
    endings: dict[str, tuple[float, ...]]


def _votes(key: str, weight: float) -> dict[str, tuple[float, ...]]:
    return _weighed([set(lexicon.language(code, "language")[key]) for code in lexicon.LANGUAGES], weight)


def _months(code: str) -> set[str]:
    return {name.casefold() for names in lexicon.language(code, "dates")["months"].values() for name in names}


def _weighed(sets: list[set[str]], weight: float) -> dict[str, tuple[float, ...]]:
    return {word: tuple(weight if word in known else 0.0 for known in sets) for word in set().union(*sets)}


@cache
def _marks() -> _Marks:
    words = _votes("words", _FUNCTION) | _votes("amounts", _AMOUNT)
    months = _weighed([_months(code) for code in lexicon.LANGUAGES], _STRONG)
    magnitudes, labels = _votes("magnitudes", _STRONG), _votes("labels", _STRONG)
    endings = _votes("endings", _ENDING)
    endings = {end: tuple(v * (_LONG_ENDING if len(end) > 3 else 1.0) for v in votes) for end, votes in endings.items()}
    letters = _votes("letters", _LETTER)
    return _Marks(words, months, magnitudes, labels, letters, endings)


@lru_cache(maxsize=1 << 16)
def _foreign(word: str, base: int) -> bool:
    """Whether `word` may speak against the language at index `base`: a quick look that spares most sentences the vote."""
    marks, norm = _marks(), word.lower().translate(_APOSTROPHES)
    known = [table[norm] for table in (marks.words, marks.dated, marks.scaled, marks.labels) if norm in table]
    votes = known or [_shape(marks, norm) or (0.0,) * len(lexicon.LANGUAGES)]
    return any(v[base] < max(v) for v in votes)


def segments(text: str, language: str | None = None) -> list[Segment]:
    """Passages that tile `text` from 0 to its end, in order, neighbours in different languages; none for an empty text.

    `language` is the article's (a served one); None lets the grammatical words of the text decide.
    """
    if not text:
        return []
    base = language if language in lexicon.LANGUAGES else _vote(text)
    passages = list(_passages(text, lexicon.LANGUAGES.index(base)))
    out: list[Segment] = []
    position = 0
    for start, end, code in passages:
        if start > position:
            out.append(Segment(start=position, end=start, language=base))
        out.append(Segment(start=start, end=end, language=code))
        position = end
    if position < len(text):
        out.append(Segment(start=position, end=len(text), language=base))
    return _joined(out)


def _joined(parts: list[Segment]) -> list[Segment]:
    out: list[Segment] = []
    for part in parts:
        if out and out[-1].language == part.language:
            out[-1] = Segment(start=out[-1].start, end=part.end, language=part.language)
        else:
            out.append(part)
    return out


def _vote(text: str) -> str:
    """The served language whose own grammatical words are most frequent; the first one served where none is seen."""
    counts = _own_words(text[: 8 * _SAMPLE])
    return max(lexicon.LANGUAGES, key=lambda code: (counts[code], -lexicon.LANGUAGES.index(code)))


def _own_words(text: str) -> Counter[str]:
    """How many words each served language has for itself alone, and under "" how many words there are."""
    words = _marks().words
    counts: Counter[str] = Counter()
    for match in _WORD.finditer(text):
        counts[""] += 1
        votes = words.get(match.group().lower().translate(_APOSTROPHES))
        if votes is not None and sum(1 for v in votes if v) == 1:
            counts[lexicon.LANGUAGES[max(range(len(votes)), key=votes.__getitem__)]] += 1
    return counts


def _passages(text: str, base: int) -> Iterator[tuple[int, int, str]]:
    """Passages not in the language at index `base`, in order."""
    hints = deque(m.start() for m in _WORD.finditer(text) if _foreign(m.group(), base))
    before = base
    for start, end in sentences(text) if hints else ():
        if not hints or hints[0] >= end:
            before = base
            continue
        while hints and hints[0] < end:
            hints.popleft()
        signs = list(_signs(text, start, end))
        states = _best(signs, base, before)
        before = states[-1] if states else base
        yield from _runs(text, start, end, signs, states, base)


class _Sign(NamedTuple):
    start: int
    end: int
    votes: tuple[float, ...]


def _signs(text: str, start: int, end: int) -> Iterator[_Sign]:
    """The words of a sentence that vote, with their votes."""
    marks = _marks()
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        votes = _word_votes(marks, text, match, word.lower().translate(_APOSTROPHES), start)
        if votes is not None:
            yield _Sign(match.start(), match.end(), votes)


def _word_votes(marks: _Marks, text: str, match: re.Match[str], norm: str, start: int) -> tuple[float, ...] | None:
    here, there = match.span()
    if norm in marks.labels and here == start and text.startswith(":", there):
        return marks.labels[norm]
    if norm in marks.dated and (_figure_before(text, here) or _NUMERAL_AFTER.match(text, there)):
        return marks.dated[norm]
    if norm in marks.scaled and _figure_before(text, here):
        return marks.scaled[norm]
    if norm in marks.words:
        votes = marks.words[norm]
        titled = match.group()[0].isupper() and here != start
        return tuple(v * (_TITLED / _FUNCTION) for v in votes) if titled else votes
    return _shape(marks, norm)


def _figure_before(text: str, here: int) -> bool:
    return _NUMERAL_BEFORE.search(text, max(0, here - 20), here) is not None


def _shape(marks: _Marks, norm: str) -> tuple[float, ...] | None:
    """Votes of an unknown word, by its letters and its ending."""
    total = [0.0] * len(lexicon.LANGUAGES)
    for letter in set(norm):
        for i, vote in enumerate(marks.letters.get(letter, ())):
            total[i] = max(total[i], vote)
    if len(norm) > 5:
        for size in (7, 6, 5, 4, 3, 2):
            votes = marks.endings.get(norm[-size:])
            if votes is not None:
                total = [a + b for a, b in zip(total, votes, strict=True)]
                break
    return tuple(total) if any(total) else None


def _best(signs: list[_Sign], base: int, before: int) -> list[int]:
    """The language of each sign (Viterbi): the votes it gets, less the price of every departure from `base`."""
    if not signs:
        return []
    count = len(signs[0].votes)
    scores = [0.0 if i == base else -(_START if i == before else _LEAVE) for i in range(count)]
    back: list[list[int]] = []
    for n, sign in enumerate(signs):
        if n:
            top = max(range(count), key=lambda i: (scores[i], i == base))
            origin = [i if scores[i] >= scores[top] - (0.0 if i == base else _LEAVE) else top for i in range(count)]
            scores = [scores[o] - (0.0 if o == i or i == base else _LEAVE) for i, o in enumerate(origin)]
            back.append(origin)
        scores = [s + v for s, v in zip(scores, sign.votes, strict=True)]
    state = max(range(count), key=lambda i: (scores[i], i == base))
    states = [state]
    for origin in reversed(back):
        state = origin[state]
        states.append(state)
    return states[::-1]


def _runs(text: str, start: int, end: int, signs: list[_Sign], states: list[int], base: int) -> Iterator[tuple[int, int, str]]:
    """The runs of one language other than `base` in a sentence, with the figures that belong to them."""
    if states and set(states) == {states[0]} and states[0] != base:
        yield start, end, lexicon.LANGUAGES[states[0]]
        return
    floor, n = start, 0
    while n < len(states):
        last = n
        while last + 1 < len(states) and states[last + 1] == states[n]:
            last += 1
        if states[n] != base:
            left, right = _grown(text, floor, end, signs[n].start, signs[last].end)
            yield left, right, lexicon.LANGUAGES[states[n]]
            floor = right
        n = last + 1


def _grown(text: str, floor: int, ceiling: int, start: int, end: int) -> tuple[int, int]:
    lead = _LEAD.search(text, max(floor, start - 30), start)
    trail = _TRAIL.match(text, end, ceiling)
    return (_skip(text, lead.start()) if lead else start), (trail.end() if trail else end)


def _skip(text: str, start: int) -> int:
    while text[start].isspace():
        start += 1
    return start


def detect(text: str) -> str | None:
    """Language of an article: BCP 47 primary tag, of any language; None where there is nothing to tell it by."""
    sample = _sample(text)
    counts = _own_words(sample)
    if not counts[""]:
        return _ask(_everything(), sample)[0]
    served = max(lexicon.LANGUAGES, key=lambda code: counts[code])
    share = counts[served] / counts[""]
    code, probability = _ask(_served(), sample)
    if counts[""] >= 8 and share >= 0.2 and code == served:
        return code
    other, certainty = _ask(_everything(), sample)
    if other is not None and other not in lexicon.LANGUAGES and certainty > 0.9 and share < 0.15:
        return other
    return code if probability > 0.6 or not counts[served] else served


def _sample(text: str) -> str:
    """The beginning and a piece from the middle, bounded."""
    if len(text) <= _SAMPLE:
        return text
    middle = len(text) // 2
    return text[: _SAMPLE // 2] + " " + text[middle : middle + _SAMPLE // 2]


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


def _factory(codes: tuple[str, ...] | None) -> Any:
    """A private langdetect factory: a fixed seed and profiles in a fixed order, so that nothing else changes an answer."""
    from importlib.resources import files

    from langdetect.detector_factory import DetectorFactory

    profiles = sorted((files("langdetect") / "profiles").iterdir(), key=lambda p: p.name)
    factory = DetectorFactory()
    factory.set_seed(_SEED)
    factory.load_json_profile([p.read_text("utf-8") for p in profiles if p.is_file() and "." not in p.name and (codes is None or p.name in codes)])
    return factory


@cache
def _served() -> Any:
    return _factory(lexicon.LANGUAGES)


@cache
def _everything() -> Any:
    return _factory(None)
