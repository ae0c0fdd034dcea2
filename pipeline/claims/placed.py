"""A row of counts by place: "640 postes, dont 312 à Givry, 190 en Allemagne et 138 en Espagne"."""

from __future__ import annotations

from pipeline.claims.context import Context
from pipeline.records import Claim, Mention
from pipeline.syntax import Sentence, words


def next_in_row(context: Context, sentence: Sentence, before: Mention | Claim, mention: Mention) -> bool:
    """Whether a bare count is the next of a row after another count: each has its place behind a preposition."""
    if (before.kind, mention.kind, mention.unit) != ("count", "count", None):
        return False
    first = next(iter(context.places_in(before.end, mention.start)), None)
    second = next(iter(context.places_in(mention.end, sentence.end)), None)
    if first is None or second is None:
        return False
    text, within = context.article.text, words(sentence.language, "prepositions", "in")
    led = {text[a:b].strip().casefold() for a, b in ((before.end, first[0]), (mention.end, second[0]))}
    joins = {",", *words(sentence.language, "reference", "and")}
    return led <= within and text[first[1] : mention.start].strip().casefold() in joins
