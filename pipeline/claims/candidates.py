"""Whom a claim may be about: everyone that its article offers, each with what speaks for and against.

The rules of `roles` propose one. Grammar (the subject of the clause, "of X", a possessive), position (the name before, the
name first in the paragraph) and the article (its scene, its topics, whom the values before were of) speak for others.
`ranking` weighs it all.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field

from pipeline.claims.ages import aged
from pipeline.claims.bare_ages import nameless
from pipeline.claims.bearing import VERBS, Value, of_before, of_entity, pointed, referred
from pipeline.claims.beside import beside
from pipeline.claims.nouns import of_noun, pointed_nouns
from pipeline.claims.reference import (
    Referent,
    back,
    description,
    introduced,
    is_pronoun,
    named,
    own,
    phrase,
    possessive,
    refer,
    spoken_of,
    subject_of,
)
from pipeline.claims.roles import ROLES, holders, subject, with_case
from pipeline.claims.saying import speaking
from pipeline.entities import country_of
from pipeline.records import Entity
from pipeline.syntax import words

PREPOSITIONS = ("of", "by", "to", "in", "with")


@dataclass(slots=True)
class Candidate:
    """Someone that a claim may be about, and what speaks for and against (feature -> strength)."""

    referent: Referent
    features: dict[str, float] = field(default_factory=dict)


Pointer = Callable[[Value], Iterator[tuple[str, Referent | None]]]


def candidates(value: Value) -> list[Candidate]:
    """All that the claim may be about: first the one that the rules propose, then in the order in which they are pointed to."""
    ruled, sure = subject(value.context, value.sentence, value.mention, value.measure)
    found = {ruled.name: Candidate(ruled, {f"rule {ruled.how}": 1.0, "rule": sure})}
    for points in POINTERS:
        for name, referent in points(value):
            if referent is not None:
                found.setdefault(referent.name, Candidate(referent)).features[name] = 1.0
    known = {e.name: e for e in (*value.context.entities, *value.context.titled)}
    _add_nouns(value, found, known)
    how = pointed(value)
    for name, entity in known.items():
        found.setdefault(name, Candidate(named(entity, "topic")))
    for name, candidate in found.items():
        candidate.features |= of_entity(value, known[name]) if name in known else {"no entity": 1.0}
        if name not in known and candidate.referent.how == "phrase":
            candidate.features["a noun"] = 1.0
        if name in known and how is not None and "in the sentence" not in candidate.features:
            candidate.features |= referred(value, known[name], how)
        candidate.features |= of_before(value, name)
    return list(found.values())


def _add_nouns(value: Value, found: dict[str, Candidate], known: Container[str]) -> None:
    """Adds the common nouns that the claim may be about, none that is called as a name is."""
    for how, noun in pointed_nouns(value):
        meant = noun.referent(value)
        if meant is None or meant.name in known:
            continue
        candidate = found.setdefault(meant.name, Candidate(meant))
        if not any(name.endswith(" of a noun") for name in candidate.features):
            candidate.features |= of_noun(value, noun)
        candidate.features[f"noun, {how}"] = 1.0


def _by_role(value: Value) -> Iterator[tuple[str, Referent | None]]:
    """Words that the role of the metric, or another role, would take."""
    if not value.sentence.parsed:
        return
    for role, words_of in ROLES.items():
        wanted = role == value.role or (role == "place" and value.role == "event")
        for rank, j in enumerate(words_of(value.context, value.sentence, value.measure)):
            if j in value.inside or speaking(value.context, value.sentence, j, value.measure.root):
                continue
            referent = refer(value.context, value.sentence, j)
            yield f"{role} {min(rank, 2)}", referent
            if wanted:
                yield f"own role {min(rank, 2)}", referent


def _by_grammar(value: Value) -> Iterator[tuple[str, Referent | None]]:
    context, sentence = value.context, value.sentence
    if not sentence.parsed:
        return
    if value.role == "held":
        yield from (("has a share", refer(context, sentence, k)) for k in holders(context, sentence, value.measure))
    for name, i in (("value", value.measure.root), ("cue", value.measure.at)):
        j = subject_of(sentence, i)
        if j is not None and j not in value.inside:
            speaks = speaking(context, sentence, j, value.measure.root)
            who = refer(context, sentence, j)
            yield f"{'speaker' if speaks else 'subject'} over the {name}", who
            if who is None and not speaks:
                yield f"noun over the {name}", _noun(value, j)
        if (owner := possessive(sentence, i)) is not None:
            yield f"possessive of the {name}", own(context, sentence, i, owner)
    objective = words(sentence.language, "reference", "objective")
    above = list(sentence.ancestors(value.measure.root))[:3]
    for name, heads in (("", [value.measure.root, value.measure.at]), (" above", above)):
        for key in PREPOSITIONS:
            for head, j in ((h, j) for h in heads for j in with_case(sentence, h, key, "complement", "oblique")):
                act = "of an act" if key == "of" and sentence.words[head].lemma in objective else key
                yield f"{act}{name}", refer(context, sentence, j)


def _noun(value: Value, j: int) -> Referent | None:
    """A common noun as a referent of its own, unless it only carries the value."""
    light = words(value.sentence.language, "nouns", "light") | words(value.sentence.language, "nouns", "fractions")
    return None if value.sentence.words[j].lemma in light else phrase(value.sentence, j)


def _by_reference(value: Value) -> Iterator[tuple[str, Referent | None]]:
    context, sentence = value.context, value.sentence
    for i in range(len(sentence.words)):
        if i in value.inside:
            continue
        if is_pronoun(sentence, i):
            yield "pronoun", refer(context, sentence, i)
            yield "pronoun, back", back(context, sentence, i, "pronoun")
        elif description(sentence, i):
            yield "description", refer(context, sentence, i)
        elif possessive(sentence, i) is not None:
            yield "possessive", refer(context, sentence, i)
            yield "possessive, back", back(context, sentence, i, "possessive")
    if _shown(value):
        yield "pointed at", _named(spoken_of(context, sentence, "PER", "ORG", "MISC", "LOC"))
    for kind in ("ORG", "PER", "LOC"):
        yield "spoken of before", _named(spoken_of(context, sentence, kind))


def _by_speech(value: Value) -> Iterator[tuple[str, Referent | None]]:
    """Who says "je" and "nous", and for whom he or she stands."""
    context, sentence = value.context, value.sentence
    said = {w.norm for w in sentence.words}
    house = _called(value, context.houses.get(value.speaker or ""))
    yield "house of who says it", house
    if said & words(sentence.language, "reference", "own_person"):
        yield "I", _named(context.interviewee)
    if said & words(sentence.language, "reference", "own_people"):
        yield "we, the house", house
        for kind in ("ORG", "LOC"):
            yield "we", _named(context.topic(kind))


def _called(value: Value, name: str | None) -> Referent | None:
    """The entity of a name."""
    return next((named(e, "topic") for e in (*value.context.entities, *value.context.titled) if e.name == name), None)


def _shown(value: Value) -> bool:
    """Whether the subject of the value is shown by "ce": "cette aide-soignante occupe 58 m²"."""
    sentence = value.sentence
    j = subject_of(sentence, value.measure.root)
    if j is None or sentence.words[j].pos != "NOUN":
        return False
    return bool({sentence.words[k].norm for k in sentence.children[j]} & words(sentence.language, "reference", "demonstrative"))


def _by_people(value: Value) -> Iterator[tuple[str, Referent | None]]:
    """The country that an adjective at the value or its cue names ("la dette française")."""
    sentence, measure = value.sentence, value.measure
    if not sentence.parsed:
        return
    near = {j for i in (measure.root, measure.at) for j in (i, *sentence.ancestors(i)) if sentence.words[j].pos != "VERB"}
    for j in sorted({k for i in near for k in sentence.children[i]}):
        country = country_of(sentence.words[j].norm)
        if country is not None and sentence.words[j].pos == "ADJ":
            yield "of the people", Referent(country, "LOC", "name")


def _by_age(value: Value) -> Iterator[tuple[str, Referent | None]]:
    """The person without a name at whom an age stands: somebody new ("un agent de 41 ans") or known ("le maire, 58 ans,")."""
    context, sentence = value.context, value.sentence
    if value.measure.metric != "age":
        return
    unparsed = None if sentence.parsed else nameless(sentence, value.mention)
    if unparsed is not None:
        yield "aged and new", Referent(unparsed, "MISC", "phrase")
    noun = aged(context, sentence, value.mention, value.measure.root)
    if noun is None:
        return
    yield "aged and known", next(map(named, introduced(context, sentence, noun)), None)
    definite = words(sentence.language, "reference", "definite")
    known = {sentence.words[j].norm for j in sentence.children[noun]} & definite and possessive(sentence, noun) is None
    yield "aged noun" if known else "aged and new", phrase(sentence, noun)
    for _, _, entity in context.places_in(sentence.words[noun].end, value.mention.start):
        yield "of the aged", named(entity)  # "la mère de Luc Morel, 92 ans,"


def _by_opponent(value: Value) -> Iterator[tuple[str, Referent | None]]:
    """Against whom a penalty is asked for: "huit ans de prison requis contre Luc Morel"."""
    context, sentence, mention = value.context, value.sentence, value.mention
    if value.measure.record is None or not value.measure.record.against:
        return
    against = words(sentence.language, "prepositions", "against") | _receiving(value)
    for start, _, entity in context.places_in(mention.end, min(sentence.end, mention.end + OPPONENT)):
        between = [w for w in sentence.words if mention.end <= w.start < start]
        last = next((i for i in reversed(range(len(between))) if between[i].norm in against), None)
        joined = last and between[last - 1].norm in words(sentence.language, "reference", "and")  # "et contre X, une amende"
        if (
            last is not None
            and not joined
            and len(between) - last <= DESCRIBED
            and not any(w.pos in VERBS for w in between[last:])
        ):
            yield "against it", named(entity)
            return


def _receiving(value: Value) -> frozenset[str]:
    """The prepositions before those to whom the verb of a penalty gives it: "a infligé une amende à X"."""
    sentence = value.sentence
    if not sentence.parsed:
        return frozenset()
    verb = next((k for k in sentence.ancestors(value.measure.root) if sentence.words[k].pos in VERBS), None)
    inflicts = verb is not None and sentence.words[verb].lemma in words(sentence.language, "happening", "inflicts")
    return words(sentence.language, "prepositions", "recipient") if inflicts else frozenset()


OPPONENT = 60  # characters behind a penalty within which it is said against whom
DESCRIBED = 4  # words from there to the name: "contre le banquier Luc Morel"


def _by_position(value: Value) -> Iterator[tuple[str, Referent | None]]:
    context, sentence, mention = value.context, value.sentence, value.mention
    set_against = beside(context, sentence, mention)
    if set_against is not None:
        yield "beside", set_against[0]
    places = [p for p in context.places_in(sentence.start, sentence.end) if not context.glosses(p[0], p[1])]
    before = [e for _, end, e in places if end <= mention.start]
    after = [e for start, _, e in places if start >= mention.end]
    if before:
        yield "last before", named(before[-1])
        yield "first before", named(before[0])
    if after:
        yield "next after", named(after[0])
    begin = context.paragraph_start(mention.start)
    paragraph = [e for _, _, e in context.places_in(begin, sentence.start)]
    if paragraph:
        yield "first of the paragraph", named(paragraph[0])
        yield "last of the paragraph", named(paragraph[-1])


def _by_article(value: Value) -> Iterator[tuple[str, Referent | None]]:
    context = value.context
    yield "scene", _named(context.scene)
    for kind in ("ORG", "PER", "LOC"):
        yield f"topic {kind}", _named(context.topic(kind))
    for rank, entity in enumerate(context.topics[:4]):
        yield f"topic {rank}", named(entity)


POINTERS: tuple[Pointer, ...] = (
    _by_role,
    _by_grammar,
    _by_reference,
    _by_speech,
    _by_people,
    _by_age,
    _by_opponent,
    _by_position,
    _by_article,
)


def _named(entity: Entity | None) -> Referent | None:
    return None if entity is None else named(entity, "topic")
