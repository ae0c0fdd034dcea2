"""Names that no dictionary has: a capital shows nothing in German and at the head of a title; a strange word does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline import lexicon
from pipeline.entities.candidates import HINT, Named
from pipeline.entities.dictionary import is_strange
from pipeline.entities.spelling import calendar, plain
from pipeline.entities.vocabulary import is_given

SHORT = 3  # letters of words that are parts of names rather than nouns before them ("Les Tamaris")
_RUN = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)*")


def unlisted(text: str, start: int, end: int, language: str) -> Iterator[Named]:
    """Runs of capitalised words of which one is in no dictionary of their language, the common words before it cut off."""
    for match in _RUN.finditer(text, start, end):
        parts = match.group().split(" ")
        strange = [is_strange(word, language) for word in parts]
        if not any(strange) or match.group().isupper() or any(plain(word) in calendar() for word in parts):
            continue
        begin = match.end() - len(" ".join(parts[_common(parts, strange, language) :]))
        yield Named(begin, match.end(), "MISC", HINT)


def _common(parts: Sequence[str], strange: Sequence[bool], language: str) -> int:
    """How many words before a name only describe it ("Im Pflegeheim Les Tamaris", "Kette Vermeil Résidences")."""
    nouns = 0
    for i, word in enumerate(parts):
        if strange[i]:
            return i
        small = plain(word) in lexicon.language(language, "language")["words"]
        if not small and (len(word) <= SHORT or (nouns and i == len(parts) - 2)):
            return i
        nouns += not small
    return 0


def headed_by(title: str, language: str) -> str | None:
    """The name that opens a title before a colon or comma ("Verdalis : la fin", "Redoine Faïd, le retour"), if it does."""
    match = _HEADING.match(title)
    if match is None:
        return None
    parts = match[1].split()
    return match[1] if is_given(match[1]) or all(is_strange(word, language) for word in parts) else None


_HEADING = re.compile(r"([A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+){0,3})\s?[:,](?!\d)")
