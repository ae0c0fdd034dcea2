"""Which entity a word names: by itself, by a name in apposition to it, behind the noun of an office, behind or before a comma."""

from __future__ import annotations

from pipeline.claims.citing import CITED, is_source
from pipeline.claims.context import Context, suits
from pipeline.entities import is_institution, is_people
from pipeline.records import Entity
from pipeline.syntax import Sentence, labels, words


def entity_of(context: Context, sentence: Sentence, i: int) -> Entity | None:
    """The entity that word `i` names, by itself or by a name that it heads ("la startup Scale AI")."""
    word = sentence.words[i]
    found = context.entity_at(word.start, word.end)
    if found is not None or not sentence.parsed:
        return found
    close, complement = (
        labels(sentence.language, "name_part") | labels(sentence.language, "apposition"),
        labels(sentence.language, "complement"),
    )
    for j in sentence.children[i]:
        child = sentence.words[j]
        bare = child.dep in complement and j > i and (not sentence.case(j) or _apposed(sentence, i, j))
        if child.dep in close or bare:
            found = context.entity_at(child.start, child.end)
            if found is not None and not context.glosses(child.start, child.end) and not his_body(sentence, i, child.text, found):
                return found
    if is_people(word.text) and i + 1 < len(sentence.words):  # "la Bretonne Ana Roux"
        found = context.entity_at(sentence.words[i + 1].start, sentence.words[i + 1].end)
        if found is not None and found.type == "PER":
            return found
    behind = _set_off(context, sentence, i) or _in_office(context, sentence, i) or _apposed_behind(context, sentence, i)
    return behind or _before_comma(context, sentence, i) or _in_parentheses(context, sentence, i)


def his_body(sentence: Sentence, i: int, text: str, entity: Entity) -> bool:
    """Whether a name bare behind the noun of a person is that of the party or body the person is of: "la députée PS"."""
    person = sentence.words[i].lemma in persons(sentence.language) | words(sentence.language, "speech", "members")
    return person and entity.type == "ORG" and (text.isupper() or is_institution(entity.name))


def _set_off(context: Context, sentence: Sentence, i: int) -> Entity | None:
    """The person whom a noun introduces between commas, read as a second of a list: "le secrétaire de X, Paul Morin, a dit"."""
    if sentence.words[i].pos != "NOUN":
        return None
    coordination, joins = labels(sentence.language, "coordination"), words(sentence.language, "reference", "and")
    for j in sentence.children[i]:
        child = sentence.words[j]
        alone = not any(sentence.words[k].norm in joins for k in sentence.children[j])
        if child.dep in coordination and child.pos == "PROPN" and alone and sentence.words[j - 1].norm == ",":
            found = context.entity_at(child.start, child.end)
            closed = found is not None and context.article.text[_end(found, child.start) :].lstrip()[:1] == ","
            if found is not None and found.type == "PER" and closed:
                return found
    return None


def _end(entity: Entity, start: int) -> int:
    """Where the place of an entity ends that holds `start`."""
    return next((e for s, e in entity.spans if s <= start < e), start)


def persons(language: str) -> frozenset[str]:
    """The common nouns of persons."""
    named_so = words(language, "people", "nouns") | words(language, "reference", "PER")
    return named_so | words(language, "reference", "relational")


def _in_office(context: Context, sentence: Sentence, i: int) -> Entity | None:
    """The person behind the noun of an office, between commas: "l'ancienne directrice générale du musée de Vigny, Ana Roux,"."""
    if sentence.words[i].pos != "NOUN" or sentence.words[i].lemma not in persons(sentence.language):
        return None
    comma = next((j for j in range(i + 1, len(sentence.words)) if sentence.words[j].pos not in OFFICE), None)
    if comma is None or sentence.words[comma].norm != ",":
        return None
    end = sentence.words[comma].end
    near = [(last, entity) for first, last, entity in context.places_in(end, end + 3) if entity.type == "PER"]
    return next((entity for last, entity in near if context.article.text[last : last + 1] in {*",.;:)", ""}), None)


def _apposed_behind(context: Context, sentence: Sentence, i: int) -> Entity | None:
    """The name at the end of a noun phrase that describes it: "le fabricant allemand de vélos Ardent"."""
    kind = next((t for t in ("ORG", "PER", "LOC") if sentence.words[i].lemma in words(sentence.language, "reference", t)), None)
    if kind is None:
        return None
    others = persons(sentence.language).union(*(words(sentence.language, "reference", t) for t in ("ORG", "LOC")))
    for j in range(i + 1, len(sentence.words)):
        word, before = sentence.words[j], sentence.words[j - 1]
        entity = context.entity_at(word.start, word.end)
        if entity is not None:
            return entity if before.pos in ("NOUN", "ADJ") and suits(entity, (kind,)) else None
        if word.pos not in OFFICE or (word.pos == "NOUN" and word.lemma in others):
            return None
    return None


OFFICE = frozenset(("ADP", "DET", "NOUN", "PROPN", "ADJ"))  # what says of what an office is


def _before_comma(context: Context, sentence: Sentence, i: int) -> Entity | None:
    """The name that word `i` explains from behind: "Meta, le groupe derrière Facebook"."""
    if sentence.words[i].pos != "NOUN" or sentence.case(i) or not sentence.children[i] or (first := sentence.children[i][0]) > i:
        return None
    if _governs(sentence, i):
        return None
    start = sentence.words[first].start
    near = context.places_in(max(sentence.start, start - 60), start)
    if (
        not near
        or context.article.text[near[-1][1] : start].strip(' \u00a0\u202f"»”') != ","
        or _cited(context, sentence, near[-1][0])
    ):
        return None
    return near[-1][2]


def _cited(context: Context, sentence: Sentence, start: int) -> bool:
    """Whether the name at `start` is a source ("d'après la Gazette, le chasseur est jugé")."""
    lead = context.article.text[max(sentence.start, start - CITED) : start].casefold().replace("’", "'")
    known = (s for s in words(sentence.language, "speech", "sources") if s in lead)
    return any(is_source(lead[lead.rindex(s) + len(s) :], sentence.language) for s in known)


def _governs(sentence: Sentence, i: int) -> bool:
    """Whether word `i` is the subject of a verb with no comma between them, so that it explains no name before it."""
    word = sentence.words[i]
    if word.dep not in labels(sentence.language, "subject") or word.head <= i:
        return False
    return all(w.norm != "," for w in sentence.words[i : word.head])


def _in_parentheses(context: Context, sentence: Sentence, i: int) -> Entity | None:
    """The name that stands in parentheses behind word `i`: "une unité entière (« Nouvelle Organisation »)"."""
    end = sentence.words[i].end
    if sentence.words[i].pos != "NOUN":
        return None
    near = context.places_in(end, min(sentence.end, end + 45))
    between = context.article.text[end : near[0][0]] if near else ""
    opened = "(" in between and not set(between) & set(".;,)") and not between.rpartition("(")[2].strip(' «\u00a0\u202f"“')
    return near[0][2] if opened else None


def _apposed(sentence: Sentence, i: int, j: int) -> bool:
    """Whether a complement names the noun itself: "la commune de X" is X, "le maire de X" is not.

    What lies around a place goes by its name: "dans les environs de X".
    """
    of = words(sentence.language, "prepositions", "of")
    places = words(sentence.language, "reference", "LOC") | words(sentence.language, "reference", "vicinity")
    return sentence.case(j) in of and sentence.words[i].lemma in places
