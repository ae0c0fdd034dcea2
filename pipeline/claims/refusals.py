"""Counts that are no claims: what only takes up those told before, how often something is done, how many times more."""

from __future__ import annotations

from pipeline.claims.context import Context
from pipeline.claims.measures import Measure
from pipeline.claims.windows import begins, folded, phrases
from pipeline.records import Mention
from pipeline.syntax import Sentence, words

FEW = 12  # of so many one still says "les deux hommes"; "les 175 000 électeurs" are a figure
BEHIND = 24  # characters behind a count in which its "plus que" begins


def adverbial(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a count is an adverb: "à deux reprises", or a mere multiple, "trois fois plus cher"."""
    if mention.kind != "count" or mention.unit is None:
        return False
    at = next((i for i, w in enumerate(sentence.words) if w.start >= mention.start), 0)
    led = at > 0 and sentence.words[at - 1].norm in phrases(sentence.language, "times", "before")
    if led and mention.unit in phrases(sentence.language, "times", "nouns"):
        return True
    tail = folded(context.article.text[mention.end : min(sentence.end, mention.end + BEHIND)]).lstrip()
    multiple = mention.unit in phrases(sentence.language, "times", "multiples")
    return multiple and begins(tail, phrases(sentence.language, "times", "than")) is not None


def taken_up(sentence: Sentence, mention: Mention, how: Measure) -> bool:
    """Whether a small count with a definite article only points back to those told before: "les deux hommes".

    Where the catalogue knows what is counted ("les deux victimes", "les trois blessés") it says a toll all the same.
    """
    if mention.kind != "count" or mention.unit is None or how.record is not None or mention.value is None:
        return False
    inside = sentence.indices(mention.start, mention.end)
    known = inside[0] > 0 and sentence.words[inside[0] - 1].norm in words(sentence.language, "reference", "definite")
    return known and mention.value <= FEW
