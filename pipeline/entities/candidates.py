"""Places that a recogniser took for names, mended: their edges, their titles, words run together; votes for their types."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from pipeline.entities.refusals import BEFORE, ordinary, plausible, refused, small_words
from pipeline.entities.spelling import EDGE, either, function_words, opens_line, plain, words
from pipeline.entities.vocabulary import common_nouns, description, is_given

HINT = 0.05  # weight of a name that only its capital shows
_BREAKS = re.compile(r"[\r\n]+|(?<=[^\W\d_]), (?=[A-ZÀ-Þ])| [:–—-] |[\"«»“”„]")
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zà-ÿ])|(?<=\w\w)\.(?=[A-ZÀ-Þ][a-zà-ÿ])")


class Named(NamedTuple):
    """A place that a recogniser took for a name; `weight` is how much its label is to be trusted."""

    start: int
    end: int
    label: str
    weight: float = 1.0


def candidates(text: str, found: Iterable[Named]) -> dict[str, Counter[str]]:
    """Surface -> votes for each type."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    small = small_words(text)
    for named in dict.fromkeys(found):
        for start, end, label in _mended(text, named):
            surface = text[start:end]
            if not plausible(surface):
                continue
            if named.weight <= 1 and (ordinary(text, start, surface, small) or refused(text, start, surface, label)):
                continue
            votes[surface][label] += named.weight * _trust(label, surface)  # type: ignore[assignment]
    return votes


def _trust(label: str, surface: str) -> float:
    return _TRUST.get((label, " " in surface), 1.0)


# how far the recogniser is to be trusted, by label and whether the name has several words: persons seldom have one alone
_TRUST = {("MISC", False): 0.1, ("MISC", True): 0.1, ("PER", False): 0.3, ("LOC", False): 0.7}


def _mended(text: str, named: Named) -> Iterator[tuple[int, int, str]]:
    """The names inside what the recogniser took for one: no line ends, titles, common nouns or words run together."""
    for piece_start, piece_end in _pieces(text, named.start, named.end):
        start, end = _named_part(text, *trim(text, piece_start, piece_end))
        inner, label = _described(text, start, end, named.label)
        bare = _unhonoured(text, inner, end)
        label = "PER" if bare != inner else label
        start, end = trim(text, bare, end)
        own = _unpeopled(text, start, end, label)
        start, label = own, "PER" if own != start and label != "ORG" else label
        split = _before_person(text, start, end)
        if split is not None:
            yield start, split[0], "MISC"
            yield split[1], end, "PER"
        elif start < end:
            yield start, _unnumbered(text, start, end) if label == "PER" else _unplaced(text, start, end), label


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    out, at = [], start
    for match in _BREAKS.finditer(text, start, end):
        out.append((at, match.start()))
        at = match.end()
    glued = _GLUED.finditer(text, at, end)
    cut = next((m.start() for m in glued if m.group() == "." or _word_at(text, m.start()) in function_words()), None)
    return [*out, (at, cut), (cut, end)] if cut is not None else [*out, (at, end)]


def _word_at(text: str, start: int) -> str:
    match = _GLUED_WORD.match(text, start)
    return plain(match[1]) if match else ""


_GLUED_WORD = re.compile(r"\.?([^\W\d_]+['’]?)")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Edges of a name: no signs, opening articles in small letters, closing small words, numbers behind a word."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE and not (text[end - 1] == "." and _ends_legally(text[start:end])):
        end -= 1
    while head := _HEAD.match(text, start, end):
        word = plain(head[1]).strip()
        capital, loud = head[1][0].isupper(), len(head[1].strip()) > 1 and head[1].strip().isupper()
        if loud and word in function_words() and text[head.end() : end].isupper():
            start = head.end()  # "ET VAUCLUSE"
            continue
        if capital and word in words("links", "leading") and text[head.end() : head.end() + 1].isupper():
            start = head.end()  # "Pour Anne Roux", glued to what stands before
            continue
        own = capital and (word in words("links", "articles_of_names") or not opens_line(text, start))
        if own or word not in words("articles"):
            break
        start = head.end()
    while tail := _LOWER_TAIL.search(text, start, end):
        if plain(tail[1]) not in words("particles") and plain(tail[1]) not in function_words():
            break
        end = tail.start()
    return start, end


_HEAD = re.compile(r"([^\W\d_]+(?:['’]|\s+))(?=\S)")
_LOWER_TAIL = re.compile(r"\s+([a-zà-ÿ]+['’]?)$")


def _ends_legally(surface: str) -> bool:
    return plain(surface.split()[-1]) in words("legal")


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"([^\W\d_]+) (?:{either('links', 'of')}|{either('links', 'to')})(?=[A-ZÀ-Þ])")


def _named_part(text: str, start: int, end: int) -> tuple[int, int]:
    """The name inside "Incendie de l'Argelane", where a common noun opens a sentence or heading before it."""
    match = _opening().match(text, start, end)
    if match and opens_line(text, start) and match[1].casefold() in common_nouns():
        return match.end(), end
    return start, end


@cache
def _noun_before() -> re.Pattern[str]:
    return re.compile(rf"([a-zà-ÿœ-]+) (?:{either('links', 'of')})?(?=[A-ZÀ-Þ])")


def _described(text: str, start: int, end: int, label: str) -> tuple[int, str]:
    """Start and type of the name inside "massif de l'Argelane", a name with the noun that describes it."""
    match = _noun_before().match(text, start, end)
    if match is None:
        return start, label
    return match.end(), label if description(match[1]) in (label, None) else "MISC"


WORD = re.compile(r"[^\W\d_][\w'’-]*\.?")


def _unhonoured(text: str, start: int, end: int) -> int:
    """Start of a name behind its titles ("Me Fabien Rajon")."""
    while (match := WORD.match(text, start, end)) and match.end() < end and plain(match.group()) in words("honorifics"):
        start = match.end() + 1
    return start


def _unpeopled(text: str, start: int, end: int, label: str) -> int:
    """Start of a name behind the people or party that it is of ("Néo-Zélandais Rhys Millen", "UDI Paul Morin")."""
    match = _PEOPLE_HEAD.match(text, start, end)
    if match is None:
        return start
    party = label == "PER" and match[1].isupper() and 1 < len(match[1]) < 7
    return match.end() if party or match[1].casefold().endswith(tuple(words("demonym_endings"))) else start


_PEOPLE_HEAD = re.compile(r"([^\W\d_][\w-]+) (?=[A-ZÀ-Þ][a-zà-ÿ]+ [A-ZÀ-Þ])")


def _unnumbered(text: str, start: int, end: int) -> int:
    """End of a person's name without the figure that a list of results sets behind it."""
    while (figure := _FIGURE.search(text, start, end)) is not None:
        end = figure.start()
    return end


def _unplaced(text: str, start: int, end: int) -> int:
    """End of the name of a building or body without the place where it stands: "l'hôpital Verdier de Marlenne"."""
    match, before = _PLACED.fullmatch(text, start, end), BEFORE.search(text, max(0, start - 24), start)
    if match is None or before is None or before[1] not in words("beside", "facilities") or is_given(match[1]):
        return end
    return match.end(1)


_PLACED = re.compile(r"([A-ZÀ-Þ][\w-]+) (?:de |d['’])[A-ZÀ-Þ][\w-]+")
_FIGURE = re.compile(r"\s+\d[\d.,]*$")


def _before_person(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where an office or a body ends and the person begins that the recogniser ran together ("Intérieur Paul Morin")."""
    parts = list(WORD.finditer(text, start, end))
    for i, part in enumerate(parts[1:-1], start=1):
        following = parts[i + 1].group()
        if is_given(part.group()) and part.group()[0].isupper() and (following[0].isupper() or following in words("particles")):
            first = parts[0].group()
            if is_given(first) or plain(parts[i - 1].group()) in words("particles") or part.start() - parts[i - 1].end() != 1:
                return None
            return parts[i - 1].end(), part.start()
    return None
