"""Values that measure what another one did: "26 sièges sur 35", "46 %, après 44 % plus tôt", "il en conserve huit".

Only where nothing of their own says what they measure, or where the way they are told says so whatever stands near.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.claims.catalogue import Metric, by_counted_noun, metrics, people
from pipeline.claims.context import Context
from pipeline.claims.measures import DIRECT, Measure, all_cues
from pipeline.claims.placed import next_in_row
from pipeline.claims.speakers import counting
from pipeline.claims.voice import each, sources_in
from pipeline.claims.windows import folded, phrases
from pipeline.records import Claim, Mention
from pipeline.syntax import Sentence, labels, words

CONTINUED = 2.2  # what it costs to take a metric from another value
NEAR = 300  # characters back to that value
LISTED = ("-", "*", "•", "–", "·")  # what an item of a list begins with
DIGITS = 3  # significant digits from which the same figure is the same thing said again


@dataclass(frozen=True, slots=True)
class Told:
    """A value that was told, and how its metric was found."""

    context: Context
    sentence: Sentence
    mention: Mention
    how: Measure
    measured: Sequence[tuple[Mention, Measure, Claim]]  # before it in the sentence
    earlier: Sequence[Claim]  # before it in the article

    def before(self) -> list[str]:
        """The words right before it, nearest last."""
        return [w.norm for w in self.sentence.words if w.end <= self.mention.start]

    def says(self, section: str, key: str) -> bool:
        """Whether the words right before it end with one of a list."""
        before = [w for w in self.sentence.words if w.end <= self.mention.start]
        while before and before[-1].pos == "ADV" and before[-1].norm not in words(self.sentence.language, section, key):
            before.pop()  # "contre seulement 412"
        said = " ".join(w.norm for w in before[-3:])
        return any(said == p or said.endswith(f" {p}") for p in words(self.sentence.language, section, key))

    def loose(self) -> bool:
        """Whether no cue of its own governs it closely."""
        return self.how.record is None or self.how.cost > DIRECT

    def alike(self) -> tuple[Mention, Measure, Claim] | None:
        """The last value of its kind before it in the sentence that has a metric of the catalogue."""
        return next((t for t in reversed(self.measured) if t[0].kind == self.mention.kind and t[1].record is not None), None)

    def near(self) -> Iterator[Claim]:
        """Claims of its kind with a metric of the catalogue, the nearest first."""
        for claim in reversed(self.earlier):
            if self.mention.start - claim.end > NEAR:
                return
            if claim.kind == self.mention.kind and claim.metric in metrics():
                yield claim

    def verbs(self) -> list[int]:
        """The verbs that govern it, nearest first."""
        chain = [self.how.root, *self.sentence.ancestors(self.how.root)]
        return [i for i in chain if self.sentence.words[i].pos in ("VERB", "AUX")]


def continued(told: Told) -> tuple[Measure, Claim | None]:
    """How the metric of a value was found, by another value where that tells more; and the claim whose subject is its own."""
    for rule in RULES:
        metric = rule(told)
        if metric is not None and metric.admits(told.mention.kind, told.mention.unit):
            same = told.alike() if rule in SAME_SUBJECT and not _another_holder(told) else None
            claim = same[2] if same is not None else None
            if metric.id == told.how.metric:
                return told.how, claim
            return replace(told.how, metric=metric.id, record=metric, at=told.how.root, cost=CONTINUED, kind=None), claim
    return _of_the_same(told) or (told.how, None)


def _of_the_same(told: Told) -> tuple[Measure, Claim | None] | None:
    """The metric of a bare count that is set against one of things: "35 radars, contre 20 en 2017", "540 communes sur 1 200"."""
    if told.mention.kind != "count" or told.mention.unit is not None or not told.measured or not told.loose():
        return None
    before, how, claim = told.measured[-1]
    between = " ".join(told.context.article.text[before.end : told.mention.start].casefold().split())
    whole = between in words(told.sentence.language, "continuing", "whole")
    against = told.says("change", "against") or told.says("continuing", "states")
    if before.kind != "count" or how.record is not None or not (whole or against):
        return None
    same = None if whole or _another_holder(told) else claim
    return replace(told.how, metric=how.metric, record=None, at=told.how.root, cost=CONTINUED, kind=None), same


def _another_holder(told: Told) -> bool:
    """Whether a value is said to be of somebody else than the one before: "contre 46 % à Jean Morel"."""
    found = told.alike()
    since = found[0].end if found is not None else told.mention.start
    near = told.context.places_in(since, min(told.sentence.end, told.mention.end + HOLDER))
    return bool(near)


HOLDER = 25  # characters behind a value within which its holder is named


def _whole(told: Told) -> Metric | None:
    """The whole of "26 sièges sur 35", "1 040 agents sur 3 600"."""
    if not told.measured or told.mention.kind != "count" or told.mention.unit is not None:
        return None
    before, how, _ = told.measured[-1]
    between = told.context.article.text[before.end : told.mention.start].casefold().split()
    if before.kind != "count" or " ".join(between) not in words(told.sentence.language, "continuing", "whole"):
        return None
    return next(iter(by_counted_noun().get((before.unit or "").casefold(), ())), how.record)


def _outweighed(told: Told) -> Metric | None:
    """The bare count that one with its noun is set against, with nothing between: "par 284 voix contre 260"."""
    if not told.measured or told.mention.kind != "count" or told.mention.unit is not None:
        return None
    before, how, _ = told.measured[-1]
    between = told.context.article.text[before.end : told.mention.start].casefold().split()
    against = len(between) == 1 and between[0] in words(told.sentence.language, "change", "against")
    return how.record if against and before.kind == "count" and before.unit is not None else None


def _aside(told: Told) -> Metric | None:
    """What several bodies give of one thing within a bracket: "0,6 % (0,9 % pour la banque, 0,7 % selon l'institut)"."""
    found = told.alike()
    text = told.context.article.text
    if found is None or told.mention.unit != found[0].unit or "(" not in text[told.sentence.start : found[0].start]:
        return None
    inside, between = text[told.sentence.start : told.mention.start].rpartition("(")[2], text[found[0].end : told.mention.start]
    places = [*(start for start, _ in sources_in(told.context, told.sentence)), *each(told.context, told.sentence)]
    behind = [any(m.end <= at and not text[m.end : at].strip() for at in places) for m in (found[0], told.mention)]
    return found[1].record if ")" not in inside and between in inside and all(behind) else None


def _part(told: Told) -> Metric | None:
    """The part of "cinq blessés, dont trois pompiers", "quatre ans de prison, dont deux avec sursis"."""
    found = told.alike()
    if found is None or not told.says("scope", "part"):
        return None
    before, how, _ = found
    unit = (told.mention.unit or "").casefold()
    same = told.mention.unit in (None, before.unit) or told.mention.kind != "count"
    crowd = how.record is not None and how.record.people and unit in people() and unit not in _fates()
    return how.record if crowd or (same and told.loose()) else None


def _fates() -> frozenset[str]:
    """Counted nouns that say what became of people ("blessé"): they are of their own metric."""
    return frozenset(noun for m in metrics().values() if m.people for noun in m.counted)


def _other_state(told: Told) -> Metric | None:
    """The state before or after of "46 %, après 44 % une semaine plus tôt", "de 9 à 12 millions"."""
    found = told.alike()
    if found is None or not told.loose():
        return None
    before, how, _ = found
    between = told.context.article.text[before.end : told.mention.start].casefold().replace("(", " ( ").split()
    states = any(told.says("continuing", key) for key in ("states", "later"))
    if told.says("change", "against") or (states and told.mention.kind != "duration"):
        return how.record
    sources = words(told.sentence.language, "speech", "sources")
    rival = len(between) <= 5 and bool(between) and between[0].strip(",") in sources
    aside = bool(between) and between[-1] == "(" and told.how.record is None
    ends = " ".join(between) in words(told.sentence.language, "change", "to") and told.mention.unit in (None, before.unit)
    return how.record if rival or ends or aside else None


def _rival(told: Told) -> Metric | None:
    """What two bodies give of one thing: "80 000 selon les syndicats, 45 000 selon la police", each named right behind."""
    found = told.alike()
    if found is None or found[1].metric == told.how.metric or not told.loose() or told.mention.unit not in (None, found[0].unit):
        return None
    text = told.context.article.text
    places = [*(start for start, _ in sources_in(told.context, told.sentence)), *each(told.context, told.sentence)]
    behind = any(told.mention.end <= at and not text[told.mention.end : at].strip() for at in places)
    return found[1].record if behind and any(found[0].end <= at < told.mention.start for at in places) else None


def _taken_up(told: Told) -> Metric | None:
    """A value of what a pronoun takes up: "il en conserve huit", "elle tourne autour de 8 %"."""
    if not told.sentence.parsed or (told.mention.kind == "count" and told.mention.unit is not None):
        return None
    if _many(told):
        return _crowd(told)
    if told.mention.kind == "count" and counting(told.sentence, told.mention) is not None:
        near = _likest(told, [c for c in told.near() if metrics()[c.metric].kinds])
        return metrics()[near.metric] if near is not None else None
    verbs = told.verbs()[:1]
    if not verbs or told.mention.kind == "duration":
        return None
    lemma = told.sentence.words[verbs[0]].lemma
    if lemma in words(told.sentence.language, "people", "lack"):
        return None  # "il en manque une dizaine": what is not there
    pronoun = words(told.sentence.language, "continuing", "of_it")
    of_it = any(told.sentence.words[j].norm in pronoun for j in _around(told, verbs[0]))
    if not told.loose() and not (of_it and lemma in words(told.sentence.language, "continuing", "counts")):
        return None
    level = words(told.sentence.language, "nouns", "light_verbs") | words(told.sentence.language, "continuing", "levels")
    if of_it or (told.sentence.words[verbs[0]].lemma in level and _pronoun(told, verbs[0])):
        near = _likest(told, [c for c in told.near() if told.mention.unit in (None, c.unit)])
        return metrics()[near.metric] if near is not None else _cue_before(told)
    return None


def _many(told: Told) -> bool:
    """Whether some are said to be so many: "ils étaient 4 000 selon la préfecture", "nous sommes douze".

    The parser takes such a pronoun for one that stands for nothing where it does not know the figure ("ils étaient 6 200").
    """
    language = told.sentence.language
    pronouns, subject = words(language, "continuing", "many"), labels(language, "subject") | labels(language, "expletive")
    around = told.sentence.children[told.how.root]
    counted = told.mention.kind == "count" and told.mention.unit is None
    return counted and any(told.sentence.words[j].norm in pronouns and told.sentence.words[j].dep in subject for j in around)


def _crowd(told: Told) -> Metric | None:
    """What those are that a pronoun says to be so many: who was counted last, else who gather as the text before tells.

    Where neither tells, an article of strikes and marches speaks of those who march.
    """
    near = next((metrics()[c.metric] for c in told.near() if _gathers(metrics()[c.metric])), None)
    if near is not None:
        return near
    before, known = told.sentence, None
    for _ in range(CROWD):
        for cue in reversed(all_cues(told.context, before)):
            if _gathers(cue.metric) and not cue.tags and cue.metric.admits("count", None):
                known = known or cue.metric
        past = told.context.sentence_before(before)
        if known is not None or past is None:
            break
        before = past
    marching = metrics()["demonstrators"]
    of_marches = told.context.support.get(marching.domain or "", 0) >= CROWD or _counted_by_two(told)
    return known or (marching if of_marches else None)


def _counted_by_two(told: Told) -> bool:
    """Whether two bodies of those that count marchers give a figure each: "6 200 selon la police, 15 000 selon les syndicats"."""
    counting = words(told.sentence.language, "continuing", "marshals")
    behind = [end for _, end in sources_in(told.context, told.sentence)]
    named = {w.lemma for w in told.sentence.words if w.lemma in counting and any(0 <= w.start - end <= MARSHAL for end in behind)}
    return len(named) > 1


MARSHAL = 12  # characters from "selon" to who has counted


def _gathers(metric: Metric) -> bool:
    """Whether a metric counts people by what they do or undergo, not those that a place has."""
    return metric.people and (metric.crowd or metric.nature == "flow")


CROWD = 3  # sentences back to what tells who gathered, and metrics of its domain from which an article is of marches


def _likest(told: Told, found: Sequence[Claim]) -> Claim | None:
    """Of the claims of the nearest sentence the one whose figure is the likest: 161 are cases like 1 430, not four deaths."""
    nearest = [c for c in found if c.sentence_start == found[0].sentence_start]
    value = told.mention.value
    if not value or not nearest or any(not c.value for c in nearest):
        return next(iter(nearest), None)
    return min(nearest, key=lambda c: abs(math.log(abs(value / (c.value or value)))))


def _around(told: Told, verb: int) -> list[int]:
    """The pronouns of a verb; right before an infinitive any little word is one ("espère en accueillir")."""
    infinitive = "VerbForm=Inf" in told.sentence.words[verb].morph
    return [j for j in told.sentence.children[verb] if told.sentence.words[j].pos == "PRON" or (infinitive and j == verb - 1)]


def _pronoun(told: Told, verb: int) -> bool:
    pronouns = words(told.sentence.language, "reference", "pronouns") | words(told.sentence.language, "continuing", "pronouns")
    subject = labels(told.sentence.language, "subject")
    own = told.how.root
    places = {verb, own}  # "ils étaient 6 200": the value itself is the predicate
    return any(
        told.sentence.words[j].dep in subject and told.sentence.words[j].norm in pronouns
        for i in places
        for j in told.sentence.children[i]
    )


def _evaluated(told: Told) -> Metric | None:
    """A value that somebody gives without saying of what: "les assureurs parlent de 4 millions"."""
    if told.how.record is not None or told.mention.kind not in ("money", "percent") or not told.sentence.parsed:
        return None
    gives = words(told.sentence.language, "continuing", "estimates")
    verbs = [i for i in list(told.sentence.ancestors(told.how.root))[:2] if told.sentence.words[i].lemma in gives]
    objects = labels(told.sentence.language, "object")
    others = [j for i in verbs[:1] for j in told.sentence.children[i] if j != told.how.root]
    told_of = any(told.sentence.words[j].dep in objects for j in others)
    lead = folded(told.context.article.text[told.sentence.start : told.mention.start])
    counts_on = lead.rstrip().endswith(phrases(told.sentence.language, "outlook", "before"))
    if (not verbs or told_of) and not counts_on:
        return None
    near = next((c for c in told.near() if told.mention.unit in (None, c.unit)), None)
    return metrics()[near.metric] if near is not None else _cue_before(told)


def _cue_before(told: Told) -> Metric | None:
    """The metric that the sentence before names last, where a value like this one can be of it."""
    before = told.context.sentence_before(told.sentence)
    if before is None or "\n" in told.context.article.text[before.end : told.sentence.start].strip(" "):
        return None
    for cue in reversed(all_cues(told.context, before)):
        bare = told.mention.kind == "money" or (told.mention.kind == "count" and cue.metric.people)
        if not (cue.verb or cue.tags) and bare and cue.metric.admits(told.mention.kind, told.mention.unit):
            return cue.metric
    return None


def _bracketed(told: Told) -> Metric | None:
    """A percentage in brackets that nothing else names: what the one before it measured, else a share.

    "Un écart entre la Flandre (4 %) et Bruxelles (12 %)", "les abonnés de Nivelle (61 %) jugent l'offre trop chère".
    """
    opens = told.context.article.text[told.sentence.start : told.mention.start].rstrip()[-1:] == "("
    record = told.how.record
    some = record is not None and record.nature == "stock" and "count" in record.kinds and not told.how.direction
    if (record is not None and not some) or told.mention.kind != "percent" or not opens:
        return None
    near = next((metrics()[c.metric] for c in told.near() if c.metric != "change"), None)
    return near if near is not None and "count" not in near.kinds else metrics()["share"]  # a rate, not a part of some


def _listed(told: Told) -> Metric | None:
    """A value in an item of a list that measures what the same value of the item before did."""
    text = told.context.article.text
    if told.how.record is not None or not text[told.sentence.start :].startswith(LISTED):
        return None
    order = sum(m.kind == told.mention.kind for m, _, _ in told.measured)
    before = [c for c in told.earlier if c.kind == told.mention.kind and told.mention.start - c.end <= NEAR]
    before = [c for c in before if text[c.sentence_start :].startswith(LISTED) and c.sentence_start < told.sentence.start]
    items = [c for c in before if c.sentence_start == before[-1].sentence_start]
    found = items[order] if order < len(items) else None
    return metrics().get(found.metric) if found is not None else None


def _same_figure(told: Told) -> Metric | None:
    """A figure that the article has told before, with its metric."""
    value = told.mention.value
    if told.how.record is not None or value is None or told.mention.kind in ("duration", "date"):
        return None
    if len(f"{value:f}".replace(".", "").strip("0")) < DIGITS:
        return None
    same = {c.metric for c in told.earlier if c.value == value and c.kind == told.mention.kind and c.unit == told.mention.unit}
    known = same & metrics().keys()
    return metrics()[known.pop()] if len(known) == 1 else None


def _row(told: Told) -> Metric | None:
    """The next of a row of places: "640 postes, dont 312 à Givry, 190 en Allemagne et 138 en Espagne"."""
    if not told.measured or not told.loose():
        return None
    before, how, _ = told.measured[-1]
    return how.record if next_in_row(told.context, told.sentence, before, told.mention) else None


SAME_SUBJECT = (_part, _other_state, _rival, _aside, _row)
RULES: tuple[Callable[[Told], Metric | None], ...] = (
    _whole,
    _outweighed,
    _aside,
    _part,
    _other_state,
    _rival,
    _row,
    _bracketed,
    _listed,
    _taken_up,
    _evaluated,
    _same_figure,
)
