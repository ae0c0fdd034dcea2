"""Subject and counterparty of a claim, by the role that its metric gives to the words around its cue."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.claims.beside import beside, set_in
from pipeline.claims.clauses import opener
from pipeline.claims.context import Context
from pipeline.claims.measures import Measure
from pipeline.claims.naming import entity_of
from pipeline.claims.reference import Referent, description, is_pronoun, named, phrase, possessive, refer, spoken_of, subject_of
from pipeline.claims.saying import cites, says, speaking
from pipeline.records import Entity, Mention
from pipeline.syntax import Sentence, labels, words


def _dependents(sentence: Sentence, i: int, *relations: str) -> list[int]:
    wanted = frozenset[str]().union(*(labels(sentence.language, r) for r in relations))
    return [j for j in sentence.children[i] if sentence.words[j].dep in wanted]


def with_case(sentence: Sentence, i: int, key: str, *relations: str) -> list[int]:
    """Dependents of word `i` in one of the relations, behind a preposition of the list `key`."""
    allowed = words(sentence.language, "prepositions", key)
    return [j for j in _dependents(sentence, i, *relations) if sentence.case(j) in allowed]


def _is_verb(sentence: Sentence, i: int) -> bool:
    return sentence.words[i].pos in ("VERB", "AUX")


def _passive(sentence: Sentence, i: int) -> bool:
    word = sentence.words[i]
    return (
        bool(_dependents(sentence, i, "passive_subject"))
        or ("Voice=Pass" in word.morph)
        or any(sentence.words[j].dep == "aux:pass" for j in sentence.children[i])
    )


def _agents(context: Context, sentence: Sentence, measure: Measure) -> Iterator[int]:
    """Words that may name who acts, best first."""
    at = measure.at
    yield from _dependents(sentence, at, "agent")
    yield from with_case(sentence, at, "by", "complement", "oblique")
    if _is_verb(sentence, at):
        if not _passive(sentence, at):
            yield from (j for j in [subject_of(sentence, at)] if j is not None)
        if sentence.words[at].dep in labels(sentence.language, "participle") and not _dependents(sentence, at, "agent"):
            yield from (j for j in [subject_of(sentence, sentence.words[at].head)] if j is not None)
    else:
        acted_on = sentence.words[at].lemma in words(sentence.language, "reference", "objective")
        of = () if acted_on else with_case(sentence, at, "of", "complement")  # "le rachat de X" is not done by X
        yield from (j for j in of if entity_of(context, sentence, j) is not None)
        yield at  # its possessive
        subject = subject_of(sentence, at)
        if subject is not None and subject not in (at, measure.root):
            yield subject


def _holders(context: Context, sentence: Sentence, measure: Measure) -> Iterator[int]:
    """Words that may name whose the value is, best first."""
    at = measure.at
    if measure.metric == "age" and sentence.words[measure.root].head not in (-1, measure.root):
        yield sentence.words[measure.root].head  # "l'élue, 41 ans"
    if _is_verb(sentence, at):
        if _passive(sentence, at):
            yield from _dependents(sentence, at, "passive_subject")
        if sentence.words[at].dep in labels(sentence.language, "participle"):
            yield sentence.words[at].head  # "la start-up, valorisée 29 milliards"
        objects = [j for j in _dependents(sentence, at, "object") if j != measure.root]
        yield from (j for j in objects if entity_of(context, sentence, j) is not None or sentence.words[j].pos == "PRON")
        subject = subject_of(sentence, at)
        if subject is not None:
            yield from (subject, *with_case(sentence, subject, "of", "complement"))  # "la campagne de X a coûté"
        yield from objects
        return
    complements = with_case(sentence, at, "of", "complement")
    yield from (j for j in complements if entity_of(context, sentence, j) is not None or description(sentence, j))
    yield at  # its possessive, or a name in apposition
    yield from (j for j in complements if j != measure.root and sentence.words[j].pos in ("NOUN", "PROPN"))
    subject = subject_of(sentence, at)
    if subject is not None and subject not in (at, measure.root):
        yield subject
    head = sentence.words[at].head
    if head not in (-1, at, measure.root) and sentence.words[head].pos in ("NOUN", "PROPN"):
        yield head


def _held(context: Context, sentence: Sentence, measure: Measure) -> Iterator[int]:
    """Words that may name what somebody has a share of, best first: "contrôle X à 72 %", "34 % du capital de X"."""
    at = measure.at
    if _is_verb(sentence, at):
        if _passive(sentence, at):
            yield from _dependents(sentence, at, "passive_subject")
            subject = subject_of(sentence, at)
            yield from [subject] if subject is not None else []
        if sentence.words[at].dep in labels(sentence.language, "participle"):
            yield sentence.words[at].head  # "le club, détenu à 64 % par X"
        yield from (j for j in _dependents(sentence, at, "object") if j != measure.root)
    for i in (at, measure.root):
        for key in ("of", "in"):
            found = with_case(sentence, i, key, "complement", "oblique")
            yield from (j for j in found if j != at and (entity_of(context, sentence, j) or description(sentence, j)))


def holders(context: Context, sentence: Sentence, measure: Measure) -> Iterator[int]:
    """Words that may name who has a share of something: the subject of an active verb, the agent of a passive one."""
    yield from _dependents(sentence, measure.at, "agent")
    yield from with_case(sentence, measure.at, "by", "complement", "oblique")
    for i in (measure.at, measure.root):
        verb = next((k for k in (i, *sentence.ancestors(i)) if _is_verb(sentence, k)), None)
        subject = subject_of(sentence, i)
        if subject is not None and verb is not None and not _passive(sentence, verb):
            yield subject
        yield from (k for k in sentence.ancestors(i) if entity_of(context, sentence, k) and not _cased(sentence, k))


def _cased(sentence: Sentence, i: int) -> bool:
    """Whether word `i` stands behind a preposition of place or belonging."""
    return any(sentence.case(i) in words(sentence.language, "prepositions", key) for key in ("of", "in"))


def _scenes(context: Context, sentence: Sentence, measure: Measure) -> Iterator[int]:
    """Words that may name the place where something is counted, best first."""
    within = words(sentence.language, "prepositions", "in")
    subject = subject_of(sentence, measure.root)
    there = words(sentence.language, "reference", "there")
    if not sentence.parsed:
        return
    around = {j for i in (measure.at, measure.root, *sentence.ancestors(measure.root)) for j in sentence.children[i]}
    for j in sorted(around, key=lambda j: (abs(j - measure.root), j)):
        if sentence.words[j].norm in there:
            yield j
        if (sentence.case(j) in within or j == subject) and _is_place(context, sentence, j):
            yield j


def _is_place(context: Context, sentence: Sentence, j: int) -> bool:
    if context.glosses(sentence.words[j].start, sentence.words[j].end):
        return False
    entity = entity_of(context, sentence, j)
    return entity.type == "LOC" if entity is not None else description(sentence, j) == "LOC"


FOREMOST = 3  # topics among which a fallback must be, to be taken for its type
NEAR = 400  # characters back to the name that a value without a subject is taken to be of

_Roles = Callable[[Context, Sentence, Measure], Iterator[int]]
ROLES: dict[str, _Roles] = {
    "agent": _agents,
    "holder": _holders,
    "held": _held,
    "place": _scenes,
    "event": lambda *_: iter(()),
}


def subject(context: Context, sentence: Sentence, mention: Mention, measure: Measure) -> tuple[Referent, float]:
    """Whom the claim is about, and how sure that is (0..1)."""
    role = measure.record.role if measure.record is not None else "holder"
    found = _aged(context, sentence, mention) if measure.metric == "age" else None
    found = found or _by_role(context, sentence, mention, measure, role)
    if found is not None:
        return found
    return _fallback(context, sentence, mention, measure, role)


_SURE = {"name": 0.9, "description": 0.75, "pronoun": 0.65, "possessive": 0.75, "phrase": 0.5, "topic": 0.45}


def _usable(referent: Referent | None, mention: Mention) -> bool:
    """Whether a referent is more than the noun that the value counts ("clients" for "12 clients")."""
    unit = (mention.unit or "").casefold()
    counted = {unit, f"{unit}s", f"{unit}x", mention.quote.casefold(), *mention.quote.casefold().split()}
    return referent is not None and referent.name.casefold() not in counted


def _by_role(
    context: Context, sentence: Sentence, mention: Mention, measure: Measure, role: str
) -> tuple[Referent, float] | None:
    if role in ("agent", "holder") and (name := beside(context, sentence, mention)) is not None:
        return name
    if (who := opener(context, sentence, mention, role)) is not None:
        return named(who), 0.8
    if not sentence.parsed:
        owner = _genitive(context, sentence, measure)
        return (named(owner), _SURE["name"]) if owner is not None else _along(context, sentence, mention, role)
    if role == "place" and (where := set_in(context, sentence, mention)) is not None:
        return named(where), _SURE["name"]
    inside = set(sentence.indices(mention.start, mention.end))
    for j in ROLES[role](context, sentence, measure):
        if speaking(context, sentence, j, measure.root):
            continue
        if j in inside and not (j == measure.at and possessive(sentence, j) is not None):
            continue
        referent = refer(context, sentence, j)
        if referent is None and sentence.words[j].norm in words(sentence.language, "reference", "there"):
            last = context.before(sentence.start, "LOC", recent=True)
            referent = named(last, "pronoun") if last else None
        if _usable(referent, mention):
            assert referent is not None
            return referent, _SURE[referent.how]
    if role == "agent" and (partner := _partner(context, sentence, measure)) is not None:
        return named(partner), 0.8
    return _scene(context, sentence, measure) if role in ("place", "event") else None


def _partner(context: Context, sentence: Sentence, measure: Measure) -> Entity | None:
    """With whom, where nobody is said to act: "l'accord de 14,3 milliards avec Meta"."""
    for i in (measure.at, measure.root):
        for j in with_case(sentence, i, "with", "complement", "oblique"):
            entity = entity_of(context, sentence, j)
            if entity is not None:
                return entity
    return None


def _scene(context: Context, sentence: Sentence, measure: Measure) -> tuple[Referent, float] | None:
    """The event's person, event or place: the sentence's own, else the article's."""
    if _is_verb(sentence, measure.at):
        who = subject_of(sentence, measure.at)
        if who is not None and who != measure.root:
            entity = entity_of(context, sentence, who)
            if entity is not None and entity.type == "PER":
                return named(entity), 0.8
    return (named(context.scene, "topic"), 0.6) if context.scene is not None else None


def _genitive(context: Context, sentence: Sentence, measure: Measure) -> Entity | None:
    """Whose the metric is by the genitive before its noun, where nothing was parsed: "Velmar's net profit"."""
    marks = words(sentence.language, "reference", "genitive")
    for i in range(measure.at - 1, max(0, measure.at - OWNED), -1):
        norm = sentence.words[i].norm
        if norm in marks and sentence.words[i - 1].norm == "'":
            ends = (sentence.words[i - 1].start, sentence.words[i].end)  # the name may have swallowed its ending
            return next((entity for _, e, entity in context.places_in(sentence.start, sentence.end) if e in ends), None)
        if not norm.replace("-", "").isalpha():
            return None
    return None


OWNED = 6  # words from a genitive to the noun of a metric


def _along(context: Context, sentence: Sentence, mention: Mention, role: str) -> tuple[Referent, float] | None:
    """Without a tree: the name before the value in the sentence, else the first of the sentence, else a reference back."""
    wanted = ("LOC",) if role in ("place", "event") else ("ORG", "PER", "MISC", "LOC")
    places = [p for p in context.places_in(sentence.start, sentence.end) if p[2].type in wanted]
    speakers = {p[2].name for p in places if cites(context, sentence, p[0])}
    places = [p for p in places if p[2].name not in speakers] or places
    before = [p for p in places if p[1] <= mention.start]
    if before or places:
        pick = (before or places)[0]
        return named(pick[2]), 0.6
    for i, _ in enumerate(sentence.words):
        if is_pronoun(sentence, i) or description(sentence, i):
            referent = refer(context, sentence, i)
            if referent is not None:
                return referent, 0.5
    return None


def _aged(context: Context, sentence: Sentence, mention: Mention) -> tuple[Referent, float] | None:
    """Whose age it is: the name just before ("Luc Morel, 44 ans", "Luc Morel (44 ans)")."""
    near = [p for p in context.places_in(sentence.start, mention.start) if mention.start - p[1] <= 4]
    return (named(near[-1][2]), 0.9) if near else None


def _person(measure: Measure) -> bool:
    """Whether the metric is said of a person where nothing else tells."""
    return measure.record is not None and (measure.record.of == "PER" or measure.record.domain == "election")


def _nearby(context: Context, sentence: Sentence, mention: Mention, person: bool) -> Entity | None:
    """What the sentence before speaks of, else the name of the fitting type a few lines back."""
    if person:
        return spoken_of(context, sentence, "PER") or context.before(mention.start, "PER", reach=NEAR)
    near = spoken_of(context, sentence, "ORG", "LOC") or context.before(mention.start, "ORG", reach=NEAR)
    return near if near is not None and near.type != "PER" else None


def _unknown(context: Context, sentence: Sentence, mention: Mention) -> Referent | None:
    """A proper noun of the sentence that is no entity, and no source."""
    for i, word in enumerate(sentence.words):
        outside = word.end <= mention.start or word.start >= mention.end
        if word.pos == "PROPN" and word.text[:1].isupper() and outside and not cites(context, sentence, word.start):
            return refer(context, sentence, i)
    return None


def _fallback(context: Context, sentence: Sentence, mention: Mention, measure: Measure, role: str) -> tuple[Referent, float]:
    """The name that the sentence gives, the article's topic, the counted noun, the metric's own word: in this order."""
    if role not in ("place", "event"):
        first = subject_of(sentence, measure.root)
        if first is not None and not speaking(context, sentence, first, measure.root):
            referent = refer(context, sentence, first)
            if _usable(referent, mention):
                assert referent is not None
                return referent, 0.5
        places = context.places_in(sentence.start, sentence.end)
        places = tuple(p for p in places if p[2].name not in context.speakers)
        inside = [p for p in places if p[2].type in ("ORG", "PER") and not says(sentence, p[0], p[1], measure.root)]
        if len({p[2].name for p in inside}) == 1:
            return named(inside[0][2], "topic"), 0.5
    where = role in ("place", "event")
    if not where and measure.metric != "age":  # "un homme de 34 ans" is nobody named so far
        near = _nearby(context, sentence, mention, _person(measure))
        if near is not None:
            return named(near, "topic"), 0.4
    firm = mention.kind in ("money", "percent", "points") or measure.record is not None
    for kinds in (("LOC",) if where else ("PER",) if _person(measure) else ("ORG",) if firm else (), ()):
        topic = context.topic(*kinds)
        if topic is not None and (not kinds or topic in context.topics[:FOREMOST]):
            return named(topic, "topic"), 0.4
    unknown = _unknown(context, sentence, mention)
    if unknown is not None and not where:
        return unknown, 0.35
    own_word = phrase(sentence, measure.at) if sentence.words else None
    if own_word is not None and _usable(own_word, mention):
        return own_word, 0.3
    return Referent(context.article.title or context.article.id, "MISC", "topic"), 0.2


def _holder(context: Context, sentence: Sentence, measure: Measure, who: Referent) -> Entity | None:
    """Who has the share of `who` that a value gives."""
    if not sentence.parsed:
        return None
    meant = (refer(context, sentence, j) for j in holders(context, sentence, measure))
    name = next((found.name for found in meant if found is not None and found.name != who.name), None)
    return next((e for e in context.entities if e.name == name), None)


def counterparty(context: Context, sentence: Sentence, mention: Mention, measure: Measure, who: Referent) -> Entity | None:
    """The other entity of a transaction, by the prepositions of the metric ("dans Scale AI")."""
    if measure.record is not None and measure.record.role == "held":
        return _holder(context, sentence, measure, who)
    if measure.record is None or not (allowed := measure.record.counterparty.get(sentence.language, ())):
        return None
    for start, _, entity in context.places_in(sentence.start, sentence.end):
        if entity.name == who.name or (entity.type == "PER" and measure.record.family == "deal"):
            continue
        indices = sentence.indices(start, start + 1)
        before = sentence.words[indices[0] - 1].norm if indices and indices[0] else ""
        if before in allowed and not cites(context, sentence, start):
            return entity
    if sentence.parsed and (partner := _partner(context, sentence, measure)) is not None and partner.name == who.name:
        return next((e for e in context.topics if e.type == "ORG" and e.name != who.name), None)
    if mention.kind != "date" and _is_verb(sentence, measure.at):
        for j in _dependents(sentence, measure.at, "object") if sentence.parsed else ():
            entity_here = entity_of(context, sentence, j)
            if entity_here is not None and entity_here.name != who.name:
                return entity_here
    return None
