"""Whom a word means: an entity by name, or by reference back ("l'entreprise", "elle", "ses effectifs")."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.claims.antecedents import antecedents, gender_meant, gender_of, impersonal
from pipeline.claims.context import Context, suits
from pipeline.claims.naming import entity_of
from pipeline.claims.strays import apposed_to, stray_subject
from pipeline.entities import calendar, is_country, is_people, plausible
from pipeline.records import Entity
from pipeline.syntax import Sentence, Word, labels, words


@dataclass(frozen=True, slots=True)
class Referent:
    """Who or what is meant; `how` is `name`, `description`, `pronoun`, `possessive`, `phrase` or `topic`."""

    name: str
    type: str
    how: str


def named(entity: Entity, how: str = "name") -> Referent:
    """The referent of an entity."""
    return Referent(entity.name, entity.type, how)


def description(sentence: Sentence, i: int) -> str | None:
    """The type of entity that a definite description points back to ("l'entreprise" ORG), None for any other word.

    What is said of several people ("les pompiers") points back to nobody.
    """
    word = sentence.words[i]
    definite = words(sentence.language, "reference", "definite")
    near = sentence.children[i] if sentence.parsed else range(max(0, i - 1), i)
    if not {sentence.words[j].norm for j in near} & definite:
        return None
    kind = next((t for t in ("ORG", "PER", "LOC") if word.lemma in words(sentence.language, "reference", t)), None)
    if kind is None and word.pos == "NOUN" and word.lemma in words(sentence.language, "people", "nouns"):
        kind = "PER"
    if kind is None and is_people(word.text):
        kind = "PER"  # "cette Bretonne"
    return None if kind == "PER" and "Number=Plur" in word.morph else kind


def gender(sentence: Sentence, i: int) -> str | None:
    """`feminine` or `masculine`, where a determiner of word `i` shows it."""
    near = {sentence.words[j].norm for j in sentence.children[i]}
    return next((g for g in ("feminine", "masculine") if near & words(sentence.language, "reference", g)), None)


def introduced(context: Context, sentence: Sentence, i: int) -> list[Entity]:
    """The entities that the noun at word `i` has introduced so far, the last first, where it points back to one.

    Where it has introduced none, those that another noun of its kind has: "la voiture" is "la citadine Vega" named before.
    """
    word = sentence.words[i]
    if word.pos != "NOUN" or not sentence.parsed:
        return []
    definite, of = words(sentence.language, "reference", "definite"), words(sentence.language, "prepositions", "of")
    children = sentence.children[i]
    if not {sentence.words[j].norm for j in children} & definite:
        return []
    if any(sentence.case(j) in of and entity_of(context, sentence, j) is not None for j in children):
        return []  # "le maire de X" is not he of Y
    same = _introduced_by(context, word, gender(sentence, i))
    return same or [
        e for lemma in sorted(alike(sentence.language, word.lemma)) for e in _introduced_by(context, word, None, lemma)
    ]


def _introduced_by(context: Context, word: Word, own: str | None, lemma: str | None = None) -> list[Entity]:
    found = [
        at.entity
        for at in context.introduced.get(lemma or word.lemma, ())
        if at.start < word.start and not {own, at.gender} >= {"feminine", "masculine"}
    ]
    return list({e.name: e for e in reversed(found)}.values())


@cache
def alike(language: str, lemma: str) -> frozenset[str]:
    """The other nouns that a thing may be called by which is called `lemma`."""
    tables = lexicon.language(language, "syntax").get("kinds", {}).values()
    folded = (frozenset(noun.casefold() for noun in nouns) for nouns in tables)
    return frozenset().union(*(nouns for nouns in folded if lemma in nouns)) - {lemma}


def possessive(sentence: Sentence, i: int) -> int | None:
    """Index of the possessive that determines word `i` ("ses effectifs")."""
    owners = words(sentence.language, "reference", "possessives")
    near = sentence.children[i] if sentence.parsed else range(max(0, i - 2), i)
    return next((j for j in near if sentence.words[j].norm in owners), None)


def is_pronoun(sentence: Sentence, i: int) -> bool:
    """Whether word `i` is a personal pronoun of the third person."""
    return sentence.words[i].norm in words(sentence.language, "reference", "pronouns")


def subject_of(sentence: Sentence, i: int) -> int | None:
    """Index of the subject of the clause that word `i` stands in (the controller's, for an infinitive)."""
    if not sentence.parsed:
        return None
    subjects = labels(sentence.language, "subject")
    for k in (i, *sentence.ancestors(i)):
        for j in sentence.children[k]:
            if sentence.words[j].dep in subjects and j != i:
                outer = apposed_to(sentence, k, j)
                return outer if outer is not None else _antecedent(sentence, k, j) if _is_relative(sentence, k, j) else j
        stray = stray_subject(sentence, k)
        if stray is not None and stray != i:
            return stray
    return None


def _is_relative(sentence: Sentence, verb: int, j: int) -> bool:
    """Whether the subject `j` of `verb` is a relative pronoun."""
    word = sentence.words[j]
    if word.norm in words(sentence.language, "reference", "relatives"):
        return True
    return (
        word.pos == "PRON" and sentence.words[verb].dep in labels(sentence.language, "relative") and not is_pronoun(sentence, j)
    )


def _is_subject(sentence: Sentence, j: int) -> bool:
    return sentence.words[j].dep in labels(sentence.language, "subject")


def _antecedent(sentence: Sentence, verb: int, j: int) -> int:
    """What a relative clause is about: the noun that it hangs on, or the object of the verb that it was hung on."""
    head = sentence.words[verb].head
    if head < 0 or head == verb or sentence.words[head].pos not in ("VERB", "AUX"):
        return head if head >= 0 and head != verb else j
    if sentence.words[verb].dep in labels(sentence.language, "coordination"):
        joined = [k for k in sentence.children[head] if _is_subject(sentence, k) and _is_relative(sentence, head, k)]
        if joined:
            return _antecedent(sentence, head, joined[0])  # "qui incarne le peintre et qui est né en 1988"
    objects = [k for k in sentence.children[head] if sentence.words[k].dep in labels(sentence.language, "object") and k < j]
    return objects[0] if objects else j


def refer(context: Context, sentence: Sentence, i: int, *, depth: int = 2) -> Referent | None:
    """Whom word `i` means; None where nothing can be said."""
    entity = entity_of(context, sentence, i)
    if entity is not None:
        return named(entity)
    word = sentence.words[i]
    if is_pronoun(sentence, i):
        return _taken_up(context, sentence, i, "pronoun", depth)
    if word.norm in words(sentence.language, "reference", "speaking"):
        return named(context.interviewee, "pronoun") if context.interviewee else None
    if word.dep in labels(sentence.language, "object") and word.norm in words(sentence.language, "reference", "objects"):
        return _back(context, word.start, "pronoun", "ORG", "PER")
    known = introduced(context, sentence, i)
    if len(known) == 1 and word.lemma not in words(sentence.language, "reference", "ORG"):
        return named(known[0], "description")
    kind = description(sentence, i)
    if kind is not None:
        pointing = words(sentence.language, "reference", "demonstrative")
        recent = any(sentence.words[j].norm in pointing for j in sentence.children[i])
        barred = _barred(context, sentence, i) | _disjoint(context, sentence, i) | _related_to(context, sentence, i)
        scene = context.scene
        if kind == "LOC" and not recent and scene is not None and scene.type != "PER" and scene.name not in barred:
            return named(scene, "description")
        last = None if recent else spoken_of(context, sentence, kind)
        last = None if last is not None and last.name in barred else last
        found = named(last, "description") if last else _back(context, word.start, "description", kind, recent=recent, but=barred)
        if found is not None:
            return found
    kin = word.lemma in words(sentence.language, "reference", "relational")  # "sa nièce" is not she whose niece that is
    if depth and not kin and (owner := possessive(sentence, i)) is not None:
        return own(context, sentence, i, owner, depth=depth - 1)
    if word.pos == "PROPN" and word.text[:1].isupper() and plausible(word.text):
        return Referent(word.text, "MISC", "name")
    return None


def own(context: Context, sentence: Sentence, i: int, owner: int, *, depth: int = 1) -> Referent | None:
    """Whose word `i` is, by its possessive: the subject of the clause, else the entity named last."""
    subject = subject_of(sentence, i)
    if subject is not None and subject != i and depth:
        found = refer(context, sentence, subject, depth=depth - 1)
        if found is not None:
            return Referent(found.name, found.type, "possessive")
    return _taken_up(context, sentence, owner, "possessive", depth, free=True)


def _taken_up(context: Context, sentence: Sentence, i: int, how: str, depth: int, *, free: bool = False) -> Referent | None:
    """Whom the pronoun or possessive at word `i` takes up."""
    if not sentence.parsed:
        return _back(context, sentence.words[i].start, how, "ORG", "PER")
    if impersonal(sentence, i):
        return None
    for place in antecedents(context, sentence, i, free=free):
        if place == (sentence, i) or not depth:
            continue
        found = refer(context, *place, depth=depth - 1)
        return Referent(found.name, found.type, how) if found is not None else None
    return _back(context, sentence.words[i].start, how, "ORG", "PER")


def back(context: Context, sentence: Sentence, i: int, how: str) -> Referent | None:
    """Whom the text spoke of before word `i`, whatever agrees with it."""
    found = spoken_of(context, sentence, "ORG", "PER")
    return named(found, how) if found is not None else _back(context, sentence.words[i].start, how, "ORG", "PER")


def spoken_of(context: Context, sentence: Sentence, *types: str, depth: int = 3) -> Entity | None:
    """The subject of the sentence before, where it is an entity of one of the types: what a text goes on speaking of."""
    before = context.sentence_before(sentence)
    if before is None or not before.parsed or not depth:
        return None
    subject = main_subject(before)
    if subject is None:
        return None
    entity = entity_of(context, before, subject)
    if entity is None and (
        is_pronoun(before, subject) or description(before, subject) or possessive(before, subject) is not None
    ):
        entity = spoken_of(context, before, *types, depth=depth - 1)
    return entity if entity is not None and (suits(entity, types) or entity.type in types) else None


def main_subject(sentence: Sentence) -> int | None:
    """Index of the subject of a sentence's main clause."""
    subjects = labels(sentence.language, "subject")
    roots = [i for i, w in enumerate(sentence.words) if w.head == i]
    return next((j for i in roots for j in sentence.children[i] if sentence.words[j].dep in subjects), None)


def _barred(context: Context, sentence: Sentence, i: int) -> frozenset[str]:
    """Names of those that the noun at word `i` cannot be said of: no union or newspaper is a firm, no town a country.

    No woman is "le fugitif".
    """
    lemma = sentence.words[i].lemma
    if description(sentence, i) == "PER" and (own := gender_meant(context, sentence, i)) is not None:
        people = (e for e in context.entities if e.type == "PER")
        return frozenset(e.name for e in people if gender_of(context, e) not in (None, own))
    if lemma in words(sentence.language, "reference", "firms"):
        return context.no_firms
    if lemma in words(sentence.language, "kinds", "country"):
        return frozenset(e.name for e in context.entities if not is_country(e.name))
    if lemma in words(sentence.language, "kinds", "town"):
        return frozenset(e.name for e in context.entities if is_country(e.name))
    return frozenset()


def _related_to(context: Context, sentence: Sentence, i: int) -> frozenset[str]:
    """Whose relative, rival or head the noun at word `i` is: "la nièce de X" is not X."""
    if sentence.words[i].lemma not in words(sentence.language, "reference", "relational"):
        return frozenset()
    of = words(sentence.language, "prepositions", "of")
    owners = (entity_of(context, sentence, j) for j in sentence.children[i] if sentence.case(j) in of)
    return frozenset(owner.name for owner in owners if owner is not None)


def _disjoint(context: Context, sentence: Sentence, i: int) -> frozenset[str]:
    """Who does what is done to the noun at word `i`: in "X a versé 3 millions à la start-up" it is not X."""
    if not sentence.parsed or sentence.words[i].dep in labels(sentence.language, "subject"):
        return frozenset()
    beside = labels(sentence.language, "object") | labels(sentence.language, "oblique") | labels(sentence.language, "complement")
    k = i
    while sentence.words[k].dep in beside and sentence.words[k].head not in (-1, k):
        k = sentence.words[k].head
    subject = subject_of(sentence, i) if sentence.words[k].pos in ("VERB", "AUX") else None
    entity = entity_of(context, sentence, subject) if subject is not None and subject != i else None
    return frozenset({entity.name} if entity is not None else ())


def _back(
    context: Context, offset: int, how: str, *types: str, recent: bool = False, but: frozenset[str] = frozenset()
) -> Referent | None:
    found = context.before(offset, *types, recent=recent, but=but) or context.topic(*types, but=but)
    if found is None and types == ("ORG",):
        found = next((e for e in context.topics if e.name not in but and (e.type != "PER" or " " not in e.name)), None)
    return named(found, how) if found is not None else None


def phrase(sentence: Sentence, i: int, but: Collection[int] = ()) -> Referent | None:
    """A common noun as a referent of its own ("prix du gaz"): the noun with its close complements, no name cut short.

    Words `but` are no part of it. A part of the day is nobody: "l'incident s'est produit dans la nuit".
    """
    word = sentence.words[i]
    timely = word.norm in calendar() or word.lemma in words(sentence.language, "nouns", "times")
    if word.pos not in ("NOUN", "PROPN") or not _plain(word.text) or timely:
        return None
    kept, aged = {i}, words(sentence.language, "people", "aged") | words(sentence.language, "reference", "at_issue")
    if sentence.parsed:
        for j in sentence.children[i]:
            child = sentence.words[j]
            close = child.dep in ("amod", "nmod", "flat:name") and 0 < j - i <= 3 and child.lemma not in aged
            cut = any(sentence.words[k].dep.startswith("flat") for k in sentence.children[j]) or j in but
            if close and not cut and _plain(child.text) and child.pos != "VERB" and child.norm not in calendar():
                kept |= {j, *(k for k in sentence.children[j] if sentence.words[k].dep in ("case", "det") and k > i)}
    first, last = min(kept), max(kept)
    if any(k not in kept for k in range(first, last + 1)):
        first = last = i
    text = " ".join(sentence.words[k].text for k in range(first, last + 1)).replace("' ", "'").replace("’ ", "’")
    return Referent(text, "MISC", "phrase")


def _plain(text: str) -> bool:
    """Whether a word is written in letters, hyphens aside ("pont-route")."""
    return text.replace("-", "").isalpha()
