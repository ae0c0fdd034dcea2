"""Nouns by which an article introduces its names, so that they may stand for them later on.

"Le ferry Belle-Aurore", "le maire, Luc Morel", "X, directrice de la régie": from then on "le ferry", "le maire" and "la
directrice" are those.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.claims.context import Context, Introduced
from pipeline.claims.reference import entity_of, gender
from pipeline.records import Entity
from pipeline.syntax import Sentence, words


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
            entity = entity_of(context, sentence, i) or _right_behind(context, word.end) or _in_office(context, sentence, i)
            if entity is not None:
                out.setdefault(word.lemma, []).append(Introduced(word.start, entity, gender(sentence, i)))
    return {lemma: tuple(found) for lemma, found in out.items()}


def _right_behind(context: Context, end: int) -> Entity | None:
    """The name that follows a noun, whatever the parser makes of it: "le ferry Belle-Aurore", "le ferry « Belle-Aurore »"."""
    near = context.places_in(end, end + 4)
    return near[0][2] if near and not context.article.text[end : near[0][0]].strip(' \u00a0\u202f«“"') else None


def _in_office(context: Context, sentence: Sentence, i: int) -> Entity | None:
    """The person behind an office and of what it is, between commas: "la directrice du musée de Vigny, Ana Roux,"."""
    of = words(sentence.language, "prepositions", "of")
    if i + 1 >= len(sentence.words) or sentence.words[i + 1].norm not in of:
        return None
    comma = next((j for j in range(i + 2, len(sentence.words)) if sentence.words[j].pos not in OFFICE), None)
    if comma is None or sentence.words[comma].norm != ",":
        return None
    end = sentence.words[comma].end
    near = [
        (last, entity) for first, last, entity in context.places_in(end, end + 3) if entity.type == "PER" and first <= end + 1
    ]
    return next((entity for last, entity in near if context.article.text[last : last + 1] in {*",.;:)", ""}), None)


OFFICE = frozenset(("ADP", "DET", "NOUN", "PROPN", "ADJ"))  # what says of what an office is
