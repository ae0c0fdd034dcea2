"""Text to tokens with offsets, in one pass: words, digit runs and single signs; white space is dropped, never rewritten."""

from __future__ import annotations

import re
from typing import NamedTuple

# An elided word keeps its apostrophe before a letter, a short one before a digit too ("d'1,1 million", not "rock'90").
# Soft hyphens within a word are part of its token and not of its norm.
_TOKEN = re.compile(
    r"(?P<digits>[0-9]+)"
    r"|(?P<word>(?<![^\W_])[dlnDLN]['’ʼ](?=[0-9])|[^\W\d_]+(?:\xad[^\W\d_]+)*(?:['’ʼ](?=[^\W\d_]))?)"
    r"|(?P<sign>\S)"
)
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "\u00ad": None})  # a soft hyphen is no part of a word


class Token(NamedTuple):
    """A piece of text. `norm` is its casefolded form with a straight apostrophe; `kind` is `digits`, `word` or `sign`."""

    start: int
    end: int
    norm: str
    kind: str


def tokenize(text: str) -> list[Token]:
    """Tokens in order. An elided word keeps its apostrophe ("d'", "qu'") and stands apart from what follows."""
    out = []
    for m in _TOKEN.finditer(text):
        kind = m.lastgroup or "sign"
        found = m.group()
        out.append(Token(m.start(), m.end(), found.casefold().translate(_APOSTROPHES) if kind == "word" else found, kind))
    return out
