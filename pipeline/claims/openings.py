"""Whom a sentence without a tree is about: the noun that opens it behind a determiner ("Das Werk in X, 1912 eröffnet, ...")."""

from __future__ import annotations

from pipeline.claims.catalogue import cues
from pipeline.claims.context import Context
from pipeline.claims.reference import Referent, named
from pipeline.claims.windows import phrases
from pipeline.syntax import Sentence, words

TYPES = ("ORG", "PER", "LOC")
LONGEST = 8  # words of such a noun with what stands before it


def opens(context: Context, sentence: Sentence, at: int) -> Referent | None:
    """The noun that opens a sentence, before the event at word `at`; the name that it points back to, where there is one."""
    noun = _head(sentence)
    if noun is None or noun == at:
        return None
    word = sentence.words[noun]
    kind = next((t for t in TYPES if word.norm in words(sentence.language, "reference", t)), None)
    known = context.before(word.start, kind) if kind is not None else None
    return named(known, "description") if known is not None else Referent(word.text, "MISC", "phrase")


def _head(sentence: Sentence) -> int | None:
    """The last word of the noun phrase that a determiner opens: all up to a preposition, an auxiliary, a comma or a cue."""
    if len(sentence.words) < 2 or sentence.words[0].norm not in words(sentence.language, "reference", "definite"):
        return None
    ends = frozenset(phrases(sentence.language, "breaks", "words")) | words(sentence.language, "happening", "auxiliaries")
    ends |= {w for key in ("occur", "set", "strike", "support") for w in words(sentence.language, "happening", key)}
    ends |= {w for key in ("with", "to", "of", "by", "in") for w in words(sentence.language, "prepositions", key)}
    at = min((c.at for c in cues(sentence.words, sentence.language) if c.verb and c.at > 1), default=len(sentence.words))
    i = 2  # behind the determiner one word at least
    while i < min(at, LONGEST + 1) and i < len(sentence.words) and sentence.words[i].norm not in ends:
        i += 1
    last = sentence.words[i - 1]
    return i - 1 if i <= LONGEST and last.text.isalpha() and last.norm not in ends else None
