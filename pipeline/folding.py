"""Folding: words as they are compared, without case, accents and punctuation. Knows no language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """`text` in lower case without accents, its words parted by one space ("Saint-Étienne" -> "saint etienne")."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return " ".join(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))
