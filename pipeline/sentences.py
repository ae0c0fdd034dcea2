"""Text to sentence spans: line ends bound them, stops end them, abbreviations, ordinals and decimals do not.

One list serves all languages, since an article mixes them: the abbreviations of `lexicon/<code>/sentences.toml`, and as
words that may open a sentence the grammatical words of `lexicon/<code>/language.toml`. Linear in the text's length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline import lexicon

_LINE = re.compile(r"\S[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*")
_SPACE = re.compile(r"\s*")
# A stop, with the brackets and quotes that touch it, French guillemets after a space, and marks of footnotes.
_STOP = re.compile(r"(?P<mark>[.!?…]+)(?P<touching>[»«”“\"’'‘)\]}›‹]*)(?P<after>(?:[ \u00a0\u202f\u2009][»›])*(?:\[\d{1,3}\])*)")
_PAIRS = {"«": "»", "‹": "›", "“": "„", "‘": "‚"}  # what opens in French and English closes in German, after its partner
# What may stand between a stop and the next sentence's first word; "(...)" stands for words left out.
_OPENERS = re.compile(r"(?:[\s«»“”„‚‘’'\"{‹›\-–—―•*_#]|[(\[](?:(?:\.{2,4}|…)[)\]])?)*")
_BEFORE = re.compile(r"[^\s(\[«»“”„\"’'‘/]+$")
_WORD = re.compile(r"[^\W\d_]+['’ʼ]?")
_LOOK_BACK = 24
_LOOK_AHEAD = 200
_LETTER_STOP = re.compile(r"[^\W\d_]\.")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}")
_ENUMERATOR = re.compile(r"(?:\d{1,2}|[^\W\d_]|[ivxIVX]{1,4})")
_ORDINAL = re.compile(r"(?:\d{1,2}\.?/)?\d{1,2}")
# Where a line break may have been lost: at a quote, or before a capital right behind small letters.
_SEAM = re.compile(r"[\"”»]|(?<=[a-zß-öø-ÿœ]{3})(?P<word>[A-ZÀ-ÖØ-ÞŒ][a-zß-öø-ÿœ]*(?:['’ʼ](?=[^\W\d_])|(?=\s)))")


class _Facts(NamedTuple):
    inner: frozenset[str]
    figure: frozenset[str]
    final: frozenset[str]
    ordinal: frozenset[str]
    months: frozenset[str]
    starters: frozenset[str]
    openers: frozenset[str]  # of these, what closes no name


@cache
def _facts() -> _Facts:
    def union(topic: str, key: str) -> frozenset[str]:
        return frozenset(word for code in lexicon.LANGUAGES for word in lexicon.language(code, topic)[key])

    inner, figure, final, ordinal, fused = (union("sentences", key) for key in ("inner", "figure", "final", "ordinal", "fused"))
    dates = [lexicon.language(code, "dates")["months"].values() for code in lexicon.LANGUAGES]
    months = frozenset(name.casefold() for table in dates for names in table for name in names)
    starters = union("language", "words")
    return _Facts(inner, figure, final, ordinal, months, starters, starters - fused)


def sentences(text: str, places: Sequence[int] | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences of `text`, in order, trimmed of white space; together they cover all that is no white space.

    With `places`, offsets in order, only those of the lines that hold one of them.
    """
    found: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start = line.start()
        if places is not None and bisect_left(places, start) == bisect_left(places, line.end()):
            continue
        for end in (*_seams(text, *line.span()), line.end()):
            found += _stopped(text, start, end)
            start = end
    return found


def _stopped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences that stops end in `start`..`end`, a line or a piece of one."""
    for match in _STOP.finditer(text, start, end):
        stop = _stop(text, start, match)
        if stop.end < end and _ends(text, start, stop, end):
            yield start, stop.end
            gap = _SPACE.match(text, stop.end, end)
            start = gap.end() if gap else stop.end
    if start < end:
        yield start, start + len(text[start:end].rstrip())


def _seams(text: str, start: int, end: int) -> Iterator[int]:
    """Where a heading or a caption runs into the next line, their break lost: "sans toit|Le préfet", 'ne cède"|Contacté'."""
    quoted = False
    for match in _SEAM.finditer(text, start, end):
        at, after = match.start(), text[match.end() : match.end() + 1]
        before = text[max(start, at - 1) : at]
        if match["word"] is not None:
            if _norm(match["word"]) in _facts().openers:
                yield at
        elif match.group() != '"':
            if after.isupper() and _closes(text, max(start, at - _LOOK_AHEAD), at, match.group()):
                yield match.end()
        else:
            quoted = _quotes(before, after, quoted)
            if after.isupper() and _touches(before):
                if not quoted and not before.isdecimal():
                    yield match.end()
                elif quoted and (before == '"' or (before.islower() and _opens(text, match.end(), end))):
                    yield at


def _quotes(before: str, after: str, quoted: bool) -> bool:
    """Whether a straight quote between two signs opens: it does behind a space, and closes before one; else they take turns."""
    if not _touches(before):
        return True
    return not quoted if after.isalnum() or after == '"' else False


def _touches(before: str) -> bool:
    """Whether a sign is the end of a word, a figure or a sentence, so that a quote right behind it may close."""
    return bool(before) and (before.isalnum() or before in '.!?…%€"')


class _Stop(NamedTuple):
    """A stop at `start`, its signs in `mark`, and where what closes behind it ends."""

    start: int
    mark: str
    end: int


def _stop(text: str, start: int, match: re.Match[str]) -> _Stop:
    """The stop of a match in the sentence that began at `start`; quotes that open the next sentence are not its own."""
    end = match.end("mark")
    for sign in match.group("touching"):
        if not _closes(text, max(start, match.start() - _LOOK_AHEAD), end, sign):
            return _Stop(match.start(), match.group("mark"), end)
        end += 1
    return _Stop(match.start(), match.group("mark"), match.end())


def _closes(text: str, floor: int, place: int, sign: str) -> bool:
    """Whether the quote or bracket at `place` closes what began after `floor`, rather than to open what follows."""
    following = text[place + 1 : place + 2]
    if sign in _PAIRS:
        return text.rfind(_PAIRS[sign], floor, place) > text.rfind(sign, floor, place)
    if sign in "\"'" and following.isalnum():
        return text.count(sign, floor, place) % 2 == 1
    return True


def _ends(text: str, start: int, stop: _Stop, line_end: int) -> bool:
    """Whether the sentence that began at `start` ends with `stop`, which is not the last thing of its line."""
    gap = _OPENERS.match(text, stop.end, min(line_end, stop.end + _LOOK_AHEAD))
    after = gap.end() if gap else stop.end
    if after == line_end:
        return False  # nothing but quotes and brackets is left: they close this sentence
    following = text[after]
    if following.islower() or following in ".,;:!?…)]}":
        return False
    if not text[stop.end].isspace():
        return _glued(text, start, stop, after, line_end)
    if stop.mark == ".":
        closed = stop.end > stop.start + 1
        return closed or _full_stop(text, start, stop.start, after, line_end)
    omission = stop.start > 0 and text[stop.start - 1] in "[(" and text[stop.end - 1] in ")]"
    return not omission  # an ellipsis in brackets of its own stands for words left out


def _full_stop(text: str, start: int, stop: int, after: int, line_end: int) -> bool:
    """Whether a single stop that a space and a capital or a figure follow ends the sentence."""
    facts = _facts()
    floor = max(start, stop - _LOOK_BACK)
    match = _BEFORE.search(text, floor, stop)
    if match is None:
        return True
    word = match.group().strip("-–—")
    before = text[floor : match.start()].split()
    previous = before[-1].strip("(«„\"'’").casefold() if before else ""
    figure = not text[after].isalpha()
    opens = not figure and _opens(text, after, line_end)
    if match.start() == start and _ENUMERATOR.fullmatch(word):
        return False  # "1. Introduction": the number of a heading or a list
    if _known(facts.inner, word, previous) or (figure and _known(facts.figure, word, previous)):
        return False
    if _ORDINAL.fullmatch(word):
        return not _ordinal(text, after, line_end, previous, opens, figure)
    if _known(facts.final, word, previous) or _DOTTED.fullmatch(word):
        return opens
    if len(word) == 1 and word.isalpha() and (word.isupper() or _LETTER_STOP.match(text, after, line_end)):
        return opens or figure
    return True


def _known(entries: frozenset[str], word: str, previous: str) -> bool:
    """Whether `word`, alone or with the one before it, is among `entries`; those with a capital want it written so."""
    if word in entries:
        return True
    norm = word.casefold()
    shouted = len(word) > 1 and word.isupper()  # RTE is no "rte."
    return not shouted and (norm in entries or f"{previous} {norm}" in entries)


def _ordinal(text: str, after: int, line_end: int, previous: str, opens: bool, figure: bool) -> bool:
    """Whether "16." is a German ordinal: a month follows, or an article stands before it and no sentence begins after it."""
    facts = _facts()
    word = _WORD.match(text, after, line_end)
    if word is not None and word.group().casefold() in facts.months:
        return True
    return previous in facts.ordinal and not opens and not figure


def _opens(text: str, after: int, line_end: int) -> bool:
    word = _WORD.match(text, after, line_end)
    if word is None or (len(word.group()) > 1 and word.group().isupper() and text[word.end() : word.end() + 1] == "-"):
        return False  # "14,3 Mrd. US-Dollar": a sign, no word
    return _norm(word.group()) in _facts().starters


def _norm(word: str) -> str:
    return word.casefold().replace("’", "'").replace("ʼ", "'")


def _glued(text: str, start: int, stop: _Stop, after: int, line_end: int) -> bool:
    """Whether a sentence begins right behind the stop, its space forgotten: "en juillet.Le gouvernement", but "U.S", "3.500"."""
    word = _WORD.match(text, after, line_end)
    if word is None or (len(word.group()) > 1 and not word.group()[1:].islower() and word.group()[-1] not in "'’ʼ"):
        return False
    run = text[max(start, stop.start - _LOOK_BACK) : stop.start].rsplit(None, 1)
    last = run[-1] if run else ""
    if any(sign in last for sign in ("@", "/", "www")) or last.endswith("."):
        return False
    if stop.mark != "." or stop.end > stop.start + 1 or after > stop.end:
        return True
    return _native_end(last) and not _names_site(text, word.end(), line_end)


def _native_end(last: str) -> bool:
    """Whether a sentence can end with `last`: a word in small letters that is no abbreviation, a figure, or a closing sign."""
    facts = _facts()
    tail = re.split(r"['’ʼ\-–(«]", last)[-1]
    if not tail or tail[-1] in '%€$£)»”"':
        return True
    if _known(facts.inner, tail, ""):
        return False
    return tail.isdigit() or (len(tail) > 1 and tail.isalnum() and not tail[-1].isupper())


def _names_site(text: str, end: int, line_end: int) -> bool:
    """Whether what follows the word glues on with another dot or slash, as in an address."""
    return end < line_end and text[end] in "./@" and end + 1 < line_end and text[end + 1].isalnum()
