"""What speaks for and against a name as that of whom a value is said: what it is, where it stands, what was told of it before.

Plain features for `candidates`, which finds who comes into question; `ranking` weighs them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.claims.antecedents import gender_meant, gender_of
from pipeline.claims.context import Context, suits
from pipeline.claims.measures import Measure
from pipeline.claims.naming import entity_of, his_body
from pipeline.claims.participles import dependents, is_passive
from pipeline.claims.reference import description, introduced, is_pronoun, possessive, subject_of
from pipeline.claims.roles import with_case
from pipeline.claims.saying import saying
from pipeline.claims.voice import attribution
from pipeline.claims.ways import ways
from pipeline.entities import is_country
from pipeline.folding import fold
from pipeline.records import Claim, Entity, Mention
from pipeline.syntax import Sentence, words

FAR = 9.0  # cost of a way through the tree beyond which two words have nothing to do with each other
LINE = 120  # characters in a sentence beyond which a name is merely far
REACH = 1500  # characters back beyond which a name is merely far
BEHIND = 40  # characters behind a value in which a place may be that of it
LABEL = 6  # characters between a name and its value, or between a value and the same in parentheses
STOPS = frozenset(",;:.()!?")
VERBS = frozenset(("VERB", "AUX"))
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
    def speaker(self) -> str | None:
        """From whom the article has the value, where it says so."""
        return attribution(self.context, self.sentence, self.mention, self.measure, "")

    @cached_property
    def estimating(self) -> int | None:
        """Index of who gives the figure: the subject of the verb of estimating ("parler de", "tabler sur") that it hangs on."""
        if not self.sentence.parsed:
            return None
        sentence, root = self.sentence, self.measure.root
        known = words(sentence.language, "speech", "estimates")
        verb = next((k for k in sentence.ancestors(root) if sentence.words[k].pos in VERBS), None)
        if verb is None or sentence.words[verb].lemma not in known | _partly(sentence, verb):
            return None
        if verb == self.measure.at and self.measure.record is not None:
            return None  # who "doit attendre deux mois" gives no figure of another
        if is_passive(sentence, verb):  # "1 340 cas recensés par l'agence"
            return next(iter((*dependents(sentence, verb, "agent"), *with_case(sentence, verb, "by", "oblique"))), None)
        return subject_of(sentence, root)

    @cached_property
    def estimator(self) -> str | None:
        """The name of who that is: "le syndicat Alpha redoute 300 départs"; what a place records is its own."""
        who = None if self.estimating is None else entity_of(self.context, self.sentence, self.estimating)
        return None if who is None or who.type == "LOC" else who.name

    @cached_property
    def lately(self) -> list[Entity]:
        """The entities named before the sentence, the last first, each once."""
        places = self.context.places_in(max(0, self.sentence.start - REACH), self.sentence.start)
        return list({entity.name: entity for _, _, entity in reversed(places)}.values())


def _partly(sentence: Sentence, verb: int) -> frozenset[str]:
    """The verbs by which one counts others, where `verb` has an "en" before it: "le syndicat en compte 300"."""
    thereof = words(sentence.language, "reference", "thereof")
    counted = any(sentence.words[j].norm in thereof for j in sentence.children[verb] if j < verb)
    return words(sentence.language, "speech", "counts") if counted else frozenset()


def of_entity(value: Value, entity: Entity) -> dict[str, float]:
    """What an entity is, to the metric, to the article and to the sentence."""
    context, sentence, mention = value.context, value.sentence, value.mention
    record = value.measure.record
    out = {
        f"{value.role} of {entity.type}": 1.0,
        f"{mention.kind} of {entity.type}": 1.0,
        "in the title": float(_titled(context, entity)),
        "only quoted": float(entity.name in context.speakers),
        "a medium": float(entity.name in context.press),
    }
    if record is not None and record.domain is not None:
        out[f"{record.domain} of {entity.type}"] = 1.0
    if record is not None and record.of is not None:
        out["fits the metric" if entity.type == record.of else "does not fit the metric"] = 1.0
    if record is not None and record.bearers:
        known = "a usual bearer" if len(record.bearers) > 1 else "the usual bearer"
        out[known if entity.type in record.bearers else f"not {known}"] = 1.0
        if record.bearers == {"ORG"} and entity.name in context.no_firms:
            out["a body with a firm's figure"] = 1.0
    if record is not None and record.national and entity.type == "LOC":
        out["a country's figure" if is_country(entity.name) else "another place's"] = 1.0
    if context.country is not None and entity.name == context.country:
        out["the main country's figure"] = float(record is not None and record.national)
        state = words(sentence.language, "reference", "state")
        voted = record is not None and record.domain == "election"  # votes on a budget are the chamber's
        out["its state is told of"] = float(not voted and any(w.lemma in state for w in sentence.words))
    out |= _set_aside(context, entity)
    heading = context.heading(sentence.start)
    if heading is not None and any(heading[0] <= s < heading[1] for s, _ in entity.spans):
        out["in the heading"] = 1.0
    if _prints(context, entity):
        out["prints the article"] = 1.0
    places = [(s, e) for s, e in entity.spans if sentence.start <= s < sentence.end]
    out |= _in_sentence(value, entity, places) if places else _elsewhere(value, entity)
    return out


def _set_aside(context: Context, entity: Entity) -> dict[str, float]:
    """Whether a name only says where the text was written or where another place lies."""
    text = context.article.text
    out = {}
    if context.in_parentheses(entity):
        out["in parentheses alone"] = 1.0
    elif entity.type == "LOC" and any(context.glosses(*span) for span in entity.spans):
        out["where another lies"] = 1.0  # "VIGNY (Haute-Lande)", and again "la préfecture de la Haute-Lande"
    if len(entity.spans) == 1 and entity.spans[0][0] <= DATELINE and text[slice(*entity.spans[0])].isupper():
        out["dateline alone"] = 1.0
    return out


DATELINE = 3  # characters into a text at which the name of its place stands


def _titled(context: Context, entity: Entity) -> bool:
    """Whether the title names an entity."""
    return any(n in (context.article.title or "") for n in (entity.name, *entity.aliases))


def _prints(context: Context, entity: Entity) -> bool:
    """Whether a name is that of the paper itself."""
    name, source = ("".join(fold(text).split()) for text in (entity.name, context.article.source))
    return entity.type in ("ORG", "MISC") and len(name) > 3 and name in source


def _in_sentence(value: Value, entity: Entity, places: Sequence[tuple[int, int]]) -> dict[str, float]:
    sentence, mention = value.sentence, value.mention
    gap = min(mention.start - e if e <= mention.start else s - mention.end for s, e in places)
    out = {"in the sentence": 1.0, "distance": min(max(gap, 0), LINE) / LINE}
    text = value.context.article.text
    behind = [text[mention.end : s] for s, _ in places if 0 <= s - mention.end <= BEHIND]
    if any(not set(t) & STOPS for t in behind):
        out[f"close behind, {value.role}"] = 1.0
    if any(0 <= mention.start - e <= LABEL for _, e in places):
        out["right before"] = 1.0
    if any(_with_it(value, text[e : mention.start]) for _, e in places if 0 < mention.start - e <= BEHIND):
        out["with it"] = 1.0
    out["measured from"] = float(any(_measured_from(value, text[mention.end : s]) for s, _ in places if s >= mention.end))
    indices = [i for s, e in places for i in sentence.indices(s, e)]
    if sentence.parsed:
        for name, costs in value.costs.items():
            out[f"way from the {name}"] = min(costs.get(i, FAR) for i in indices) / FAR if indices else 1.0
    out["estimates it"] = float(value.estimator == entity.name)
    out["says it"] = float(_says(value, entity, places))
    out["a stage"] = float(entity.type == "ORG" and all(_stage(sentence, s) for s, _ in places))
    out["another's"] = float(bool(indices) and all(_anothers(value.context, sentence, s, e) for s, e in places))
    return out


def _stage(sentence: Sentence, start: int) -> bool:
    """Whether a body is but where something takes place: "présenté en Conseil", "examiné à l'Assemblée", "devant le Sénat"."""
    before = [w.norm for w in sentence.words if w.end <= start][-2:]
    definite = words(sentence.language, "reference", "definite")
    in_it = words(sentence.language, "prepositions", "in") | words(sentence.language, "prepositions", "witnessed")
    return bool(before) and (before[-1] in in_it or (before[-1] in definite and before[0] in in_it and len(before) > 1))


def _says(value: Value, entity: Entity, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a name only says who says it; where nothing was parsed, by the words at a verb of speech."""
    if not value.sentence.parsed:
        return value.speaker == entity.name
    return all(saying(value.context, value.sentence, s, e, value.measure.root) for s, e in places)


def _measured_from(value: Value, between: str) -> bool:
    """Whether a name only says from where a way is measured: "à sept kilomètres de X", "à deux heures de X"."""
    sentence, mention = value.sentence, value.mention
    said = between.casefold().replace("’", "'").replace("'", "' ").split()
    definite = words(sentence.language, "reference", "definite")
    while said and said[-1] in definite and said[-1] not in words(sentence.language, "away", "from"):
        said.pop()
    if mention.kind not in ("measure", "duration") or not 0 < len(said) <= AWAY:
        return False
    if said[-1] not in words(sentence.language, "away", "from") or set(between) & STOPS:
        return False
    before = {w.norm for w in [w for w in sentence.words if w.end <= mention.start][-AWAY:]}
    led = words(sentence.language, "away", "before")
    long = mention.kind == "duration" or mention.unit in LENGTHS
    return long and (not led or bool(before & led))


AWAY = 4  # words between a distance and the name that it is measured from
LENGTHS = frozenset(("km", "m", "[mi_i]", "[nmi_i]"))


def _with_it(value: Value, between: str) -> bool:
    """Whether a name has the value by a preposition: "devant Luc Morel avec 12 %"."""
    said = between.casefold().split()
    return 0 < len(said) <= 3 and said[0] in words(value.sentence.language, "prepositions", "with")


def _anothers(context: Context, sentence: Sentence, start: int, end: int) -> bool:
    """Whether a name only says whose relative, owner, rival or head is meant, or of which party somebody is.

    By its tree, or by the words right before it.
    """
    name = sentence.indices(start, end)
    i = name[0] - 1 if name else -1
    if name and all(_related(sentence, k) for k in name):
        return True
    entity = context.entity_at(start, end)
    if i >= 0 and entity is not None and sentence.parsed and his_body(sentence, i, sentence.words[name[0]].text, entity):
        return True
    if i < 1 or sentence.words[i].norm not in words(sentence.language, "prepositions", "of"):
        return False
    i -= 1
    while i and sentence.words[i].pos == "ADJ":
        i -= 1
    return sentence.words[i].lemma in words(sentence.language, "reference", "relational")


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
        return {"not yet named but in the title" if _titled(value.context, entity) else "not yet named": 1.0}
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
    gender: str | None = None  # of the words, where they show one


def pointed(value: Value) -> Pointed | None:
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
            return Pointed("pronoun", gender=gender_meant(context, sentence, j))
        if j in value.inside:
            continue
        names = tuple(e.name for e in introduced(context, sentence, j))
        if names or description(sentence, j) is not None:
            firm = sentence.words[j].lemma in words(sentence.language, "reference", "firms")
            return Pointed("description", description(sentence, j), names, firm, gender_meant(context, sentence, j))
    return None


def referred(value: Value, entity: Entity, how: Pointed) -> dict[str, float]:
    """How near to hand an entity is, for words that point back to one."""
    return _ranked(value, entity, how) | _agreeing(value, entity, how)


def _agreeing(value: Value, entity: Entity, how: Pointed) -> dict[str, float]:
    """Whether a name agrees with the words that point back."""
    own = gender_of(value.context, entity) if how.gender is not None else None
    return {} if own is None else {f"{how.how} {'agrees' if own == how.gender else 'disagrees'}": 1.0}


def _ranked(value: Value, entity: Entity, how: Pointed) -> dict[str, float]:
    word, kind, names, firm, _ = how
    context = value.context
    if names:
        return {"introduced so last" if names[0] == entity.name else "introduced so": 1.0} if entity.name in names else {}
    if (kind is not None and not suits(entity, (kind,))) or (kind is None and entity.type == "LOC"):
        return {f"{word} of another type": 1.0}
    barred = context.no_firms if firm else frozenset[str]()
    if entity.name in barred:
        return {"no firm": 1.0}
    lately = [e.name for e in value.lately if e.name not in barred and (suits(e, (kind,)) if kind else e.type != "LOC")]
    topics = [e.name for e in context.topics if e.name not in barred and (kind is None or suits(e, (kind,)))]
    ranked = ((what, rank) for what, names in (("named", lately), ("topic", topics)) for rank in _rank(names, entity.name))
    return {f"{word}, {what} {rank}": 1.0 for what, rank in ranked}


def _rank(names: Sequence[str], name: str) -> list[str]:
    """The rank of a name among the first ones, if it has one."""
    return [rank for rank, other in zip(RANKS, names, strict=False) if other == name]


RANKS = ("first", "second", "third")


def of_before(value: Value, name: str) -> Mapping[str, float]:
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
