"""Whom a claim may be about: everyone that its article offers, each with what speaks for and against.

The rules of `roles` propose one. Grammar (the subject of the clause, "of X", a possessive), position (the name before, the
name first in the paragraph) and the article (its scene, its topics, whom the values before were of) speak for others.
`ranking` weighs it all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipeline.claims.ages import aged
from pipeline.claims.context import Context, suits
from pipeline.claims.measures import Measure
from pipeline.claims.reference import (
    Referent,
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
from pipeline.claims.roles import ROLES, beside, saying, speaking, subject, with_case
from pipeline.claims.ways import ways
from pipeline.entities import country_of, is_institution
from pipeline.folding import fold
from pipeline.records import Claim, Entity, Mention
from pipeline.syntax import Sentence, labels, words

FAR = 9.0  # cost of a way through the tree beyond which two words have nothing to do with each other
LINE = 120  # characters in a sentence beyond which a name is merely far
REACH = 1500  # characters back beyond which a name is merely far
BEHIND = 40  # characters behind a value in which a place may be that of it
LABEL = 6  # characters between a name and its value, or between a value and the same in parentheses
STOPS = frozenset(",;:.()!?")
PREPOSITIONS = ("of", "by", "to", "in", "with")
BACK = 3  # values before whose subjects a text may go on with
ALIKE = 6  # values before among which one of the same metric is looked for


@dataclass(frozen=True)
class Value:
    """A value whose subject is sought, in its sentence, with the claims read before it."""

    context: Context
    sentence: Sentence
    mention: Mention
    measure: Measure
    told: Sequence[Claim]

    @property
    def role(self) -> str:
        """What the metric asks of its subject."""
        return self.measure.record.role if self.measure.record is not None else "holder"

    @cached_property
    def inside(self) -> set[int]:
        """Indices of the words of the value itself."""
        return set(self.sentence.indices(self.mention.start, self.mention.end))

    @cached_property
    def costs(self) -> dict[str, dict[int, float]]:
        """What the way costs from the value, and from its cue, to the words around."""
        return {name: ways(self.sentence, i, FAR) for name, i in (("value", self.measure.root), ("cue", self.measure.at))}

    @cached_property
    def lately(self) -> list[Entity]:
        """The entities named before the sentence, the last first, each once."""
        places = self.context.places_in(max(0, self.sentence.start - REACH), self.sentence.start)
        return list({entity.name: entity for _, _, entity in reversed(places)}.values())


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
    how = _pointed(value)
    for name, entity in known.items():
        found.setdefault(name, Candidate(named(entity, "topic")))
    for name, candidate in found.items():
        candidate.features |= _of_entity(value, known[name]) if name in known else {"no entity": 1.0}
        if name in known and how is not None and "in the sentence" not in candidate.features:
            candidate.features |= _referred(value, known[name], how)
        candidate.features |= _of_before(value, name)
    return list(found.values())


def _by_role(value: Value) -> Iterator[tuple[str, Referent | None]]:
    """Words that the role of the metric, or another role, would take."""
    if not value.sentence.parsed:
        return
    for role, words_of in ROLES.items():
        wanted = role == value.role or (role == "place" and value.role == "event")
        for rank, j in enumerate(words_of(value.context, value.sentence, value.measure)):
            if j in value.inside or speaking(value.context, value.sentence, j):
                continue
            referent = refer(value.context, value.sentence, j)
            yield f"{role} {min(rank, 2)}", referent
            if wanted:
                yield f"own role {min(rank, 2)}", referent


def _by_grammar(value: Value) -> Iterator[tuple[str, Referent | None]]:
    context, sentence = value.context, value.sentence
    if not sentence.parsed:
        return
    for name, i in (("value", value.measure.root), ("cue", value.measure.at)):
        j = subject_of(sentence, i)
        if j is not None and j not in value.inside:
            speaks = "speaker" if speaking(context, sentence, j) else "subject"
            who = refer(context, sentence, j)
            yield f"{speaks} over the {name}", who
            if who is None:
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
    light = words(value.sentence.language, "nouns", "light")
    return None if value.sentence.words[j].lemma in light else phrase(value.sentence, j)


def _by_reference(value: Value) -> Iterator[tuple[str, Referent | None]]:
    context, sentence = value.context, value.sentence
    for i in range(len(sentence.words)):
        if i in value.inside:
            continue
        if is_pronoun(sentence, i):
            yield "pronoun", refer(context, sentence, i)
        elif description(sentence, i):
            yield "description", refer(context, sentence, i)
        elif possessive(sentence, i) is not None:
            yield "possessive", refer(context, sentence, i)
    said = {w.norm for w in sentence.words}
    if said & words(sentence.language, "reference", "own_person"):
        yield "I", _named(context.interviewee)
    if said & words(sentence.language, "reference", "own_people"):
        for kind in ("ORG", "LOC"):
            yield "we", _named(context.topic(kind))
    if _shown(value):
        yield "pointed at", _named(spoken_of(context, sentence, "PER", "ORG", "MISC", "LOC"))
    for kind in ("ORG", "PER", "LOC"):
        yield "spoken of before", _named(spoken_of(context, sentence, kind))


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
    noun = aged(context, sentence, value.mention, value.measure.root) if value.measure.metric == "age" else None
    if noun is None:
        return
    yield "aged and known", next(map(named, introduced(context, sentence, noun)), None)
    definite = words(sentence.language, "reference", "definite")
    known = {sentence.words[j].norm for j in sentence.children[noun]} & definite and possessive(sentence, noun) is None
    yield "aged noun" if known else "aged and new", phrase(sentence, noun)
    for _, _, entity in context.places_in(sentence.words[noun].end, value.mention.start):
        yield "of the aged", named(entity)  # "la mère de Luc Morel, 92 ans,"


def _by_position(value: Value) -> Iterator[tuple[str, Referent | None]]:
    context, sentence, mention = value.context, value.sentence, value.mention
    set_against = beside(context, sentence, mention)
    if set_against is not None:
        yield "beside", set_against[0]
    places = context.places_in(sentence.start, sentence.end)
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


POINTERS: tuple[Pointer, ...] = (_by_role, _by_grammar, _by_reference, _by_people, _by_age, _by_position, _by_article)


def _named(entity: Entity | None) -> Referent | None:
    return None if entity is None else named(entity, "topic")


def _of_entity(value: Value, entity: Entity) -> dict[str, float]:
    """What an entity is, to the metric, to the article and to the sentence."""
    context, sentence, mention = value.context, value.sentence, value.mention
    record, title = value.measure.record, context.article.title or ""
    out = {
        f"{value.role} of {entity.type}": 1.0,
        f"{mention.kind} of {entity.type}": 1.0,
        "in the title": float(any(n in title for n in (entity.name, *entity.aliases))),
        "only quoted": float(entity.name in context.speakers),
    }
    if record is not None and record.domain is not None:
        out[f"{record.domain} of {entity.type}"] = 1.0
    if record is not None and record.of is not None:
        out["fits the metric" if entity.type == record.of else "does not fit the metric"] = 1.0
    if record is not None and record.bearers:
        known = "a usual bearer" if len(record.bearers) > 1 else "the usual bearer"
        out[known if entity.type in record.bearers else f"not {known}"] = 1.0
    if _prints(context, entity):
        out["prints the article"] = 1.0
    places = [(s, e) for s, e in entity.spans if sentence.start <= s < sentence.end]
    out |= _in_sentence(value, places) if places else _elsewhere(value, entity)
    return out


def _prints(context: Context, entity: Entity) -> bool:
    """Whether a name is that of the paper itself."""
    name, source = ("".join(fold(text).split()) for text in (entity.name, context.article.source))
    return len(name) > 3 and name in source


def _in_sentence(value: Value, places: Sequence[tuple[int, int]]) -> dict[str, float]:
    sentence, mention, measure = value.sentence, value.mention, value.measure
    gap = min(mention.start - e if e <= mention.start else s - mention.end for s, e in places)
    out = {"in the sentence": 1.0, "distance": min(max(gap, 0), LINE) / LINE}
    text = value.context.article.text
    behind = [text[mention.end : s] for s, _ in places if 0 <= s - mention.end <= BEHIND]
    if any(not set(t) & STOPS for t in behind):
        out[f"close behind, {value.role}"] = 1.0
    if any(0 <= mention.start - e <= LABEL for _, e in places):
        out["right before"] = 1.0
    indices = [i for s, e in places for i in sentence.indices(s, e)]
    if sentence.parsed:
        for name, costs in value.costs.items():
            out[f"way from the {name}"] = min(costs.get(i, FAR) for i in indices) / FAR if indices else 1.0
    out["estimates it"] = float(sentence.parsed and any(_estimating(sentence, i, measure.root) for i in indices))
    out["says it"] = float(all(saying(value.context, sentence, s, e) for s, e in places))
    out["another's"] = float(bool(indices) and all(_related(sentence, i) for i in indices))
    return out


def _estimating(sentence: Sentence, i: int, root: int) -> bool:
    """Whether word `i` is the subject of a verb by which one gives figures of others, and the value hangs on that verb."""
    word = sentence.words[i]
    if word.dep not in labels(sentence.language, "subject") or word.head not in sentence.ancestors(root):
        return False
    return sentence.words[word.head].lemma in words(sentence.language, "speech", "estimates")


def _related(sentence: Sentence, i: int) -> bool:
    """Whether a name only says whose owner, rival or head is meant ("le propriétaire de X")."""
    if not sentence.parsed:
        return False
    relations = words(sentence.language, "reference", "relational")
    of = words(sentence.language, "prepositions", "of")
    head = sentence.words[i].head
    while head >= 0 and sentence.words[i].dep.startswith("flat") and head != i:
        i, head = head, sentence.words[head].head
    return head >= 0 and sentence.case(i) in of and sentence.words[head].lemma in relations


def _elsewhere(value: Value, entity: Entity) -> dict[str, float]:
    if not entity.spans:
        head = value.context.article.title or ""
        others = any(n in head for e in value.context.entities for n in (e.name, *e.aliases))
        return {"only in the title": 1.0, "in the title alone": float(not others)}
    before = [s for s, e in entity.spans if e <= value.mention.start]
    if not before:
        return {"not yet named": 1.0}
    begin = value.context.paragraph_start(value.mention.start)
    return {
        "far back": min(value.mention.start - before[-1], REACH) / REACH,
        "in the paragraph": float(before[-1] >= begin),
    }


class Pointed(NamedTuple):
    """How words point back: `pronoun`, `possessive` or `description`; to which type; whom the noun has introduced."""

    how: str
    type: str | None = None
    introduced: tuple[str, ...] = ()
    firm: bool = False  # whether the noun is said of firms alone


def _pointed(value: Value) -> Pointed | None:
    """How the words that the value belongs to point back."""
    context, sentence, measure = value.context, value.sentence, value.measure
    if not sentence.parsed:
        return None
    heads = [j for i in (measure.at, measure.root) if (j := subject_of(sentence, i)) is not None]
    of = [j for i in (measure.at, measure.root) for j in with_case(sentence, i, "of", "complement")]
    for j in (*of, measure.at, measure.root, *heads):
        if possessive(sentence, j) is not None:
            return Pointed("possessive")
        if j not in value.inside and is_pronoun(sentence, j):
            return Pointed("pronoun")
        if j in value.inside:
            continue
        names = tuple(e.name for e in introduced(context, sentence, j))
        if names or description(sentence, j) is not None:
            firm = sentence.words[j].lemma in words(sentence.language, "reference", "firms")
            return Pointed("description", description(sentence, j), names, firm)
    return None


def _referred(value: Value, entity: Entity, pointed: Pointed) -> dict[str, float]:
    """How near to hand an entity is, for words that point back to one."""
    how, kind, names, firm = pointed
    context = value.context
    if names:
        return {"introduced so last" if names[0] == entity.name else "introduced so": 1.0} if entity.name in names else {}
    if (kind is not None and not suits(entity, (kind,))) or (kind is None and entity.type == "LOC"):
        return {f"{how} of another type": 1.0}
    if firm and is_institution(entity.name):
        return {"no firm": 1.0}
    lately = [e.name for e in value.lately if (suits(e, (kind,)) if kind is not None else e.type != "LOC")]
    topics = [e.name for e in context.topics if kind is None or suits(e, (kind,))]
    ranked = ((what, rank) for what, names in (("named", lately), ("topic", topics)) for rank in _rank(names, entity.name))
    return {f"{how}, {what} {rank}": 1.0 for what, rank in ranked}


def _rank(names: Sequence[str], name: str) -> list[str]:
    """The rank of a name among the first ones, if it has one."""
    return [rank for rank, other in zip(RANKS, names, strict=False) if other == name]


RANKS = ("first", "second", "third")


def _of_before(value: Value, name: str) -> Mapping[str, float]:
    """Whether the values before were of the same."""
    told = [c for c in value.told if c.kind != "date"]
    if not told:
        return {}
    here = told[-1].sentence_start == value.sentence.start
    between = value.context.article.text[told[-1].end : value.mention.start]
    return {
        "of the value right before": float(len(between) <= LABEL and told[-1].subject == name),
        "of the value before": float(here and told[-1].subject == name),
        "of the sentence before": float(not here and told[-1].subject == name),
        "lately told of": float(any(c.subject == name for c in told[-BACK:])),
        "of the same metric": float(any(c.subject == name and c.metric == value.measure.metric for c in told[-ALIKE:])),
    }
