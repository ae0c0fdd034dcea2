"""For which house a person of an article stands, a firm, a club, a town or a body: "la directrice d'Ardent, Ana Roux".

Who speaks as the head of a house says "nous" of it, and gives its figures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from pipeline.claims.context import Context
from pipeline.claims.naming import entity_of
from pipeline.claims.reference import own, possessive
from pipeline.records import Entity
from pipeline.syntax import Sentence, words

HOUSES = ("ORG", "LOC", "MISC")
NEAR = 60  # characters from an office to what it is of


def houses(context: Context) -> Mapping[str, str]:
    """Name of a person -> name of the entity that the article says he or she stands for.

    An interview may name the person in its title and the office alone in its lead ("Le président du club était notre invité").
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    alone: list[str] = []
    for person, house in (*_by_office(context), *_in_parentheses(context)):
        if person is None:
            alone.append(house)
        else:
            votes[person][house] += 1
    for speaker in {a.speaker for a in context.answers} - votes.keys():
        votes[speaker].update(alone[:1])
    return {person: max(found, key=lambda name: (found[name], name)) for person, found in votes.items() if found}


def _by_office(context: Context) -> Iterator[tuple[str | None, str]]:
    """Persons and their houses by the nouns of offices; no person where none stands beside the noun."""
    for sentence in context.sentences:
        if not sentence.parsed:
            continue
        offices = words(sentence.language, "reference", "offices")
        for i, word in enumerate(sentence.words):
            if word.pos != "NOUN" or word.lemma not in offices:
                continue
            person = entity_of(context, sentence, i)
            person = person if person is not None and person.type == "PER" else _beside(context, sentence, i)
            house = _of(context, sentence, i)
            if house is not None:
                yield person.name if person is not None else None, house


def _beside(context: Context, sentence: Sentence, i: int) -> Entity | None:
    """The person whom an office behind a comma is of: "Ana Roux, 49 ans, directrice d'Ardent"."""
    before = context.places_in(max(sentence.start, sentence.words[i].start - NEAR), sentence.words[i].start)
    persons = [(end, e) for _, end, e in before if e.type == "PER"]
    if not persons:
        return None
    end, person = persons[-1]
    between = context.article.text[end : sentence.words[i].start].strip()
    return person if between.startswith(",") and not set(between) & set(".;:()«»") else None


def _of(context: Context, sentence: Sentence, i: int) -> str | None:
    """What an office is of: the name behind "of", or whose a possessive says it is."""
    of = words(sentence.language, "prepositions", "of")
    for start, _, entity in context.places_in(sentence.words[i].end, min(sentence.end, sentence.words[i].end + NEAR)):
        inside = [w for w in sentence.words[i + 1 :] if w.start < start]
        if any(w.pos in ("VERB", "AUX", "PUNCT", "PRON") for w in inside):
            return None
        if entity.type in HOUSES and any(w.norm in of for w in inside):
            return entity.name
    owner = possessive(sentence, i)
    found = own(context, sentence, i, owner) if owner is not None else None
    return found.name if found is not None and found.type in HOUSES else None


def _in_parentheses(context: Context) -> Iterator[tuple[str, str]]:
    """A name in parentheses right behind a person's, in the title or in the text."""
    title = context.article.title or ""
    people = [e for e in (*context.entities, *context.titled) if e.type == "PER"]
    others = [e for e in (*context.entities, *context.titled) if e.type in HOUSES]
    for text in (title, context.article.text):
        for person in people:
            for house in others:
                if any(f"{person.name} ({name})" in text for name in (house.name, *house.aliases)):
                    yield person.name, house.name
