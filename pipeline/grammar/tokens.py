"""Text to tokens with offsets, in one pass: words, digit runs and single signs; white space is dropped, never rewritten."""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

# An elided word keeps its apostrophe before a letter, a short one before a digit too ("d'1,1 million", not "rock'90").
# That of a possessive stands apart, so that "Monday's" is a Monday. Soft hyphens within a word are part of its token and
# not of its norm.
_TOKEN = re.compile(
    r"(?P<digits>[0-9]+)"
    r"|(?P<word>(?<![^\W_])[dlnDLN]['’ʼ](?=[0-9])|[^\W\d_]+(?:\xad[^\W\d_]+)*(?:['’ʼ](?=[^\W\d_])(?![sS](?![^\W\d_])))?)"
    r"|(?P<sign>\S)"
)
_ODD = "’ʼ\u00ad"
_CAPITAL, _SMALL = "A-ZÀ-ÖØ-ÞŒ", "a-zß-öø-ÿœ"
_GLUED = re.compile(rf"([{_SMALL}]{{3,}})([{_CAPITAL}](?:[{_SMALL}]+['’]?|['’]))")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "\u00ad": None})  # a soft hyphen is no part of a word


class Token(NamedTuple):
    """A piece of text. `norm` is its casefolded form with a straight apostrophe; `kind` is `digits`, `word` or `sign`."""

    start: int
    end: int
    norm: str
    kind: str


# A token of its four fields in a tuple: what `Token` does as well, and half as fast.
_token = partial(tuple.__new__, Token)


def _glued(start: int, found: str, norm: str) -> tuple[Token, ...]:
    """The two words that a lost line break has joined, else the one."""
    glue = _GLUED.fullmatch(found)
    if glue is None:
        return (Token(start, start + len(found), norm, "word"),)
    middle, cut = start + len(glue[1]), len(glue[1].casefold())
    return Token(start, middle, norm[:cut], "word"), Token(middle, start + len(found), norm[cut:], "word")


def tokenize(text: str) -> list[Token]:
    """Tokens in order. An elided word keeps its apostrophe ("d'", "qu'") and stands apart from what follows.

    Two words that lost the line break between them are two tokens: "12 millions d'euros|Selon".
    """
    out: list[Token] = []
    odd = any(sign in text for sign in _ODD)
    for m in _TOKEN.finditer(text):
        kind, found = m.lastgroup, m.group()
        start, end = m.span()
        if kind != "word":
            out.append(_token((start, end, found, kind)))
            continue
        norm = found.casefold()
        if odd:
            norm = norm.translate(_APOSTROPHES)
        if norm == found or found.islower() or found[1:].islower():
            out.append(_token((start, end, norm, kind)))
        else:
            out.extend(_glued(start, found, norm))
    return out
