"""Folding: words as they are compared, without case, accents and punctuation. Knows no language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"}
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_BETWEEN = re.compile(r"[\W_]+")


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """`text` in lower case without accents, its words parted by one space ("Saint-Étienne" -> "saint etienne")."""
    plain = text.casefold()
    if not plain.isascii():
        foreign = set(_FOREIGN.findall(plain))
        for letter in sorted(foreign, key=_LIGATURES.__contains__, reverse=True):  # "ǣ" leaves an "æ" that stays
            plain = plain.replace(letter, _without_accents(letter))
    return plain if plain.isalnum() else _BETWEEN.sub(" ", plain).strip()


@lru_cache(maxsize=4096)
def _without_accents(letter: str) -> str:
    """What is left of one letter: nothing of an accent that stands alone."""
    plain = unicodedata.normalize("NFKD", _LIGATURES.get(letter, letter))
    return "".join(c for c in plain if not unicodedata.combining(c))
