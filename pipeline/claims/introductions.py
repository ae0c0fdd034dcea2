"""Nouns by which an article introduces its names, so that they may stand for them later on.

"Le ferry Belle-Aurore", "le maire, Luc Morel", "X, directrice de la régie": from then on "le ferry", "le maire" and "la
directrice" are those.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.claims.context import Context, Introduced
from pipeline.claims.naming import entity_of
from pipeline.claims.reference import gender
from pipeline.records import Entity
from pipeline.syntax import words


def introductions(context: Context) -> Mapping[str, tuple[Introduced, ...]]:
    """Lemma of a common noun -> where it introduces an entity and which, in the order of the text."""
    out: dict[str, list[Introduced]] = {}
    for sentence in context.sentences:
        if not sentence.parsed:
            continue
        light = words(sentence.language, "nouns", "light")
        for i, word in enumerate(sentence.words):
            if word.pos != "NOUN" or word.lemma in light or context.entity_at(word.start, word.end) is not None:
                continue
            entity = entity_of(context, sentence, i) or _right_behind(context, word.end)
            if entity is not None:
                out.setdefault(word.lemma, []).append(Introduced(word.start, entity, gender(sentence, i)))
    return {lemma: tuple(found) for lemma, found in out.items()}


def _right_behind(context: Context, end: int) -> Entity | None:
    """The name that follows a noun, whatever the parser makes of it: "le ferry Belle-Aurore", "le ferry « Belle-Aurore »"."""
    near = context.places_in(end, end + 4)
    return near[0][2] if near and not context.article.text[end : near[0][0]].strip(' \u00a0\u202f«“"') else None
