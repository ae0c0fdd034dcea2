"""How a name is written: its edges, its key, what opens a line, and the lexicon's word lists, loaded once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from pipeline import lexicon

APOSTROPHES = str.maketrans("’ʼ‘", "'''")
EDGE = " \t\r\n\u00a0\u202f\"'’«»“”„‚‹›()[]{}<>.,;:!?…·•*#|/\\–—-_=+~"
_OPENERS = " \u00a0\u202f\"'«“„#*-–—•>(\\"
_ENDS = frozenset("\n\r.!?:…|·")


@cache
def words(table: str, *within: str) -> frozenset[str]:
    """A word list of `entities.toml`, or of a section of it."""
    found = lexicon.table("entities")[table]
    for key in within:
        found = found[key]
    return frozenset(found)


def either(table: str, *within: str) -> str:
    """A pattern of the words of a list, the longest first, either apostrophe, a space behind all that is not elided."""
    ordered = sorted(words(table, *within), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace("'", "['’]") + ("" if w.endswith("'") else " ") for w in ordered)


@cache
def function_words() -> frozenset[str]:
    """Grammatical words of all languages served."""
    return frozenset(w for code in lexicon.LANGUAGES for w in lexicon.language(code, "language")["words"])


@cache
def calendar() -> frozenset[str]:
    """Names of months and weekdays: names of nothing else."""
    tables = [lexicon.language(code, "dates") for code in lexicon.LANGUAGES]
    return frozenset(w.casefold() for t in tables for part in ("months", "weekdays") for w in _flat(t[part]))


def _flat(table: object) -> list[str]:
    if isinstance(table, dict):
        return [str(k) for k in table if not str(k).isdecimal()] + [w for v in table.values() for w in _flat(v)]
    if isinstance(table, list):
        return [w for v in table for w in _flat(v)]
    return [table] if isinstance(table, str) else []


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """In small letters, with straight apostrophes."""
    return text.casefold().translate(APOSTROPHES)


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Key under which two spellings of a name are one: no case, accents, legal forms or signs."""
    flat = unicodedata.normalize("NFKD", plain(name))
    parts = "".join(c if c.isalnum() or c in ".&" else " " for c in flat if not unicodedata.combining(c)).split()
    while len(parts) > 1 and parts[-1] in words("legal"):
        parts.pop()
    return " ".join(w.strip(".") for w in parts if w.strip("."))


def unarticled(name: str) -> str:
    """A name without the article that opens it ("La Régie" -> "Régie")."""
    match = _ARTICLE.match(name)
    return name[match.end() :] if match and plain(match[1]).strip() in words("articles") else name


_ARTICLE = re.compile(r"(\w+(?:['’]|\s+))(?=\S)")


def initials(name: str) -> str:
    """First letters of the words of a name, particles aside, in small letters."""
    parts = re.findall(r"\w{2,}", name.translate(APOSTROPHES))
    return "".join(w[0] for w in parts if w.casefold() not in words("particles")).casefold()


def spells(short: str, name: str) -> bool:
    """Whether an acronym is made of the first letters of a name, with or without those of its particles ("UDT", "CGT")."""
    parts = [(fold(w)[:1], plain(w) in words("particles")) for w in re.findall(r"\w+", name)]
    parts = [(letter, small or len(w) < 2) for (letter, small), w in zip(parts, re.findall(r"\w+", name), strict=True)]
    return _spells(fold(short).replace(".", "").replace(" ", ""), tuple(parts))


def _spells(short: str, parts: tuple[tuple[str, bool], ...]) -> bool:
    if not parts:
        return not short
    letter, small = parts[0]
    if short[:1] == letter and _spells(short[1:], parts[1:]):
        return True
    return small and _spells(short, parts[1:])


def opens_line(text: str, start: int) -> bool:
    """Whether a sentence, line or quotation opens at `start`, so that its capital says nothing."""
    at = start
    while at and text[at - 1] in _OPENERS:
        at -= 1
    return not at or text[at - 1] in _ENDS or (text[at - 1] == ")" and bool(_DATELINE_END.search(text, max(0, at - 2), start)))


_DATELINE_END = re.compile(r"\)\s?[-–—]\s")  # "(Agence) - Un incendie"


def phrase(text: str, start: int, surface: str) -> bool:
    """Whether a surface is but the opening of a sentence: one capital, then words in small letters ("Pourquoi le feu")."""
    first, *rest = surface.split()
    opening = opens_line(text, start) or plain(first) in function_words()
    return bool(rest) and opening and not any(c.isupper() for w in rest for c in w)


_TOKEN = re.compile(r"\w+")
_FLAT = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "\u202f": " "})
Index = dict[str, tuple[tuple[str, str], ...]]


def index(surfaces: Iterable[str]) -> Index:
    """Surfaces by their first word, the longest first, each with the form under which `standing` looks for it."""
    out: dict[str, list[tuple[str, str]]] = {}
    for surface in sorted(set(surfaces), key=lambda s: (-len(s), s)):
        if first := _TOKEN.match(surface):
            out.setdefault(first.group(), []).append((surface.translate(_FLAT), surface))
    return {first: tuple(found) for first, found in out.items()}


def standing(text: str, surfaces: Index) -> Iterator[tuple[int, int, str]]:
    """All places of the surfaces as whole words, in order, the longest where they overlap; apostrophes and spaces may differ."""
    flat, free = text.translate(_FLAT), 0
    for token in _TOKEN.finditer(flat):
        wanted = surfaces.get(token.group())
        if wanted is None:
            continue
        start = token.start()
        if start < free or (start and flat[start - 1] == "-"):
            continue
        for form, surface in wanted:
            end = start + len(form)
            if flat.startswith(form, start) and _closed(flat, end):
                yield start, end, surface
                free = end
                break


def _closed(text: str, end: int) -> bool:
    after = text[end : end + 2]
    return not (after[:1].isalnum() or after[:1] == "_" or (after[:1] == "-" and after[1:].isupper()))


def occurrences(text: str, name: str) -> Iterator[int]:
    """Where a name stands as whole words, to the letter."""
    at = text.find(name)
    while at >= 0:
        if not (at and text[at - 1].isalnum()) and not text[at + len(name) : at + len(name) + 1].isalnum():
            yield at
        at = text.find(name, at + 1)
