"""What a value measures: the metric whose cue governs it, or the lemma of the governing word where no metric fits.

A cue governs by syntax: the cost of the way through the tree from the value to the cue decides, clause boundaries cost
more, and a noun that a value counts names a metric by itself ("12 blessés") unless a nearer cue claims it ("le
licenciement de 200 salariés"). Where nothing was parsed, the distance along the line stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.claims.ages import at_age, is_age
from pipeline.claims.catalogue import ANY, Cue, Metric, by_counted_noun, cues, idioms, metrics, people
from pipeline.claims.context import Context
from pipeline.claims.exclusions import excluding, kinds, shared
from pipeline.claims.participles import event_nouns
from pipeline.claims.turns import turned
from pipeline.claims.unnamed import QUANTITIES, unnamed
from pipeline.claims.ways import REACH, parted, served, tells, ways
from pipeline.claims.windows import folded
from pipeline.records import Mention
from pipeline.syntax import Sentence, labels, words

COUNTED = 2.6  # cost of the metric that the counted noun names by itself
LOOSE = 3.6  # the same, of a noun that says little of what happened ("200 employés", "2 000 foyers")
BARE = 3.6  # cost of the one metric that a unit leaves open ("°C")


@dataclass(frozen=True, slots=True)
class Measure:
    """The metric of a mention: its id, the record where the catalogue has one, the governing word and what the link cost."""

    metric: str
    record: Metric | None
    at: int  # index of the cue, or of the governing word
    root: int  # index of the mention's own root
    cost: float
    kind: str | None = None  # of the value, where the metric decides it
    direction: int = 0  # 1 up, -1 down, 0 where no word of direction governs


def direction(sentence: Sentence, root: int) -> tuple[int, int]:
    """(1, -1 or 0, index of the word of direction) that governs the amount of a change at `root`."""
    up, down = (words(sentence.language, "change", k) for k in ("up", "down"))
    to, by = (words(sentence.language, "change", k) for k in ("to", "by"))
    against = words(sentence.language, "change", "against")
    if not sentence.parsed:
        return _line_direction(sentence, root, up, down, by)
    case = sentence.case(root)
    if not case and sentence.words[root].dep in labels(sentence.language, "coordination"):
        case = sentence.case(sentence.words[root].head)  # "est monté à six morts et 45 blessés"
    coordination = labels(sentence.language, "coordination")
    loose = not case and sentence.words[root].dep in coordination and sentence.words[sentence.words[root].head].pos == "VERB"
    if case in to or case in against or loose:
        return 0, -1
    i = root
    for head in list(sentence.ancestors(root))[:2]:
        word, dep = sentence.words[head], sentence.words[i].dep
        sign = 1 if word.lemma in up else -1 if word.lemma in down else 0
        if sign:
            allowed = coordination.union(*(labels(sentence.language, k) for k in ("oblique", "complement", "object")))
            return (sign, head) if dep in allowed and (case in by or case == "") else (0, -1)
        if word.dep not in coordination and (word.pos not in ("NOUN", "NUM", "SYM") or _sized(sentence, head)):
            break
        i, case = head, sentence.case(head) or case
    return 0, -1


def _sized(sentence: Sentence, noun: int) -> bool:
    """Whether a noun is new, so that a value only says how much of it there is: "elle a relevé un déficit de 6 millions"."""
    return any("Definite=Ind" in sentence.words[j].morph for j in sentence.children[noun])


def _line_direction(
    sentence: Sentence, root: int, up: frozenset[str], down: frozenset[str], by: frozenset[str]
) -> tuple[int, int]:
    """The same where nothing was parsed; a German verb may stand behind its amount: "um 2,4 Prozent nachgab"."""
    lead = next((w.norm for w in reversed(sentence.words[max(0, root - 4) : root]) if w.norm.isalpha()), "")
    if lead in words(sentence.language, "change", "to"):
        return 0, -1
    amount = lead in by
    for i in range(root - 1, max(-1, root - (LINE if amount else NEAR)), -1):
        norm = sentence.words[i].norm
        if norm in up or norm in down:
            return (1 if norm in up else -1, i) if amount or root - i <= ADJACENT else (0, -1)
    verb_last = lead in words(sentence.language, "change", "verb_last")
    for i in range(root + 1, min(len(sentence.words), root + LINE)) if verb_last else ():
        norm = sentence.words[i].norm
        if norm in up or norm in down:
            return 1 if norm in up else -1, i
    return 0, -1


LINE = 10  # words between an amount that a preposition leads to and its word of direction
NEAR = 7  # the same where none leads to it
ADJACENT = 3  # words between, where a value is an amount without a preposition ("rose 3 percent")


SUBJECT_NOUN = 0.8  # what a cue gains as the subject or object of the value's verb ("les dégâts sont évalués à")
SUPPORT = 0.3  # what a cue gains for each of three others of its domain in the article


def _candidates(
    context: Context, sentence: Sentence, found: Sequence[Cue], root: int, mention: Mention, turn: int
) -> list[tuple[float, int, Cue]]:
    own = set(sentence.indices(mention.start, mention.end))
    others = {
        i
        for m in context.mentions_in(sentence.start, sentence.end)
        if m.start != mention.start
        for i in sentence.indices(m.start, m.end)
    }
    costs = ways(sentence, root, kind=mention.kind, first=min(own, default=root))
    participle = labels(sentence.language, "participle")
    above = list(sentence.ancestors(root))
    linked = {*above, *(j for j in sentence.children[root] if sentence.words[j].dep in participle)}
    if not sentence.parsed:
        linked = set(costs)
    linked |= {j for i in above[:1] for j in sentence.children[i] if sentence.words[j].pos == "ADJ"}  # "restent introuvables"
    linked |= {j for i in above[:1] for j in served(sentence, i)} | {j for j in sentence.children[root] if tells(sentence, j)}
    behind = _complement(sentence, mention)
    doing = _doing(sentence, own)
    linked |= {doing} if doing is not None else set()
    excluded, island = excluding(sentence, mention, root), _island(sentence, mention)
    out = []
    for order, cue in enumerate(found):
        words = range(cue.first, cue.last + 1)
        if not any(cue.metric.admits(kind, mention.unit) for kind in kinds(mention)) or any(i in others for i in words):
            continue
        if cue.last in own:
            continue  # within the value; "mois de prison" begins in "six mois" and goes on
        if cue.only and (mention.unit or "").casefold() not in cue.only:
            continue
        if excluded(cue) or _says(sentence, cue, [root, *above[:2]]) or parted(sentence, cue.at, root):
            continue
        if island is not None and cue.at not in island and cue.at != root:
            continue
        reached = [costs[i] for i in words if i in costs]
        if behind is not None and 0 <= cue.first - behind <= (not sentence.parsed) and not cue.verb:
            reached = [min([COMPLEMENT, *reached])]
        if cue.verb and cue.at == doing:
            reached = [min([OBJECT, *reached])]
        if not reached or (cue.weak and min(reached) > DIRECT) or not _holds(context, sentence, mention, cue):
            continue
        if cue.weak and (cue.metric.id == "change" if cue.at != turn else _of_else(sentence, cue, root)):
            continue
        if _claims_noun(cue, mention, min(reached), linked, sentence.words[root].head):
            bonus = -WEAK if cue.weak else 0.0
            bonus += 0.3 * (cue.last - cue.first) + _subject_bonus(sentence, cue, root)
            bonus += SUPPORT * min(context.support.get(cue.metric.domain or "", 0), 3)
            out.append((min(reached) + 0.02 * abs(cue.at - root) - bonus, order, cue))
    ranked = sorted(_counting(_nearest(out, behind), mention), key=lambda c: c[:2])
    return _borne(sentence, root, ranked)


def _nearest(found: list[tuple[float, int, Cue]], behind: int | None) -> list[tuple[float, int, Cue]]:
    """The candidates without nouns further on than what a value is said to be of: "2 milliards de dette, soit trois Ebitda".

    A noun that itself hangs on that one stays: "20 milliards de recettes de manque à gagner".
    """
    of = next((c[2] for c in found if c[2].first == behind and not c[2].verb and not c[2].weak), None)
    return found if of is None else [c for c in found if c[2].verb or c[2].first <= of.last + JOINED]


JOINED = 2  # words from a noun on to the one that hangs on it


def _island(sentence: Sentence, mention: Mention) -> range | None:
    """The words of the relative clause of which a count is the object, where its noun names a metric by itself.

    "Le village, qui compte 1 240 habitants, est privé d'électricité" counts inhabitants. By the order of the words, as
    parsers lose themselves in such clauses. None where it is no such object.
    """
    first = sentence.indices(mention.start, mention.end)[0]
    if not sentence.parsed or _counted(mention) is None or first < RELATIVE:
        return None
    pronoun, verb = sentence.words[first - RELATIVE], sentence.words[first - 1]
    bears = {verb.lemma, verb.verb} & words(sentence.language, "nouns", "light_verbs")
    if pronoun.norm not in words(sentence.language, "reference", "relatives") or not bears:
        return None
    close = next((i for i in range(first, len(sentence.words)) if sentence.words[i].norm == ","), len(sentence.words))
    return range(first - RELATIVE, close)


RELATIVE = 2  # words from a relative pronoun to the object of its verb


def _of_else(sentence: Sentence, cue: Cue, root: int) -> bool:
    """Whether a noun of direction is of something: "une augmentation de leurs impôts de 2 %" raises no pay."""
    of, around = words(sentence.language, "continuing", "shares"), sentence.children[cue.at]
    return not cue.verb and any(j != root and sentence.words[j].pos == "NOUN" and sentence.case(j) in of for j in around)


def _counting(found: list[tuple[float, int, Cue]], mention: Mention) -> list[tuple[float, int, Cue]]:
    """Of the candidates that one word names, those that count the noun by itself: "12 000 policiers mobilisés" are police."""
    unit = (mention.unit or "").casefold()
    own = {cue.at for _, _, cue in found if mention.kind == "count" and unit in cue.metric.counted}
    return [c for c in found if c[2].at not in own or unit in c[2].metric.counted]


def _says(sentence: Sentence, cue: Cue, above: Sequence[int]) -> bool:
    """Whether a cue is but a verb of speech, neither among the value and its heads nor said of it: "rapporte Le Quotidien"."""
    speech = cue.verb and sentence.parsed and sentence.words[cue.at].lemma in words(sentence.language, "speech", "verbs")
    if not speech:
        return False
    behind = sentence.words[cue.at + 1 : cue.at + 2]
    if cue.weak and sentence.words[cue.at - 1].norm == "," and cue.at and behind and behind[0].pos in ("DET", "PROPN"):
        return True  # "ils étaient 400, assure le syndicat"
    return cue.at not in above and sentence.words[cue.at].head not in above[:1]


def _borne(sentence: Sentence, root: int, found: list[tuple[float, int, Cue]]) -> list[tuple[float, int, Cue]]:
    """Candidates without verbs that only bear a value where a noun says what it is of: "un coût évalué à 30 millions"."""
    light = words(sentence.language, "modality", "light")
    bearing = [c for c in found if c[2].verb and sentence.words[c[2].at].lemma in light]
    named = [c for c in found if not c[2].verb and _subject_bonus(sentence, c[2], root)]
    return [c for c in found if c not in bearing] if bearing and named else found


def _cuts(metric: Metric, noun: str) -> bool:
    """Whether a metric, or one of those that it changes, counts what a noun names, people in general aside."""
    own = (metric, *(metrics()[name] for name in sorted(metric.acts_on)))
    return any(noun.casefold() in m.units | m.counted for m in own)


THEME = 3  # metrics of a domain that an article speaks of, from which its theme tells what a word means


def _holds(context: Context, sentence: Sentence, mention: Mention, cue: Cue) -> bool:
    """Whether what a cue depends on holds: a rate, a sum, the theme of the article, a public body that acts."""
    if "rated" in cue.tags and mention.per is None:
        return False
    if "sums" in cue.tags and mention.kind in ("percent", "points"):
        whole = shared(sentence, mention)
        return whole is not None and _cuts(cue.metric, whole)  # "supprimer 14 % des postes", not "des contribuables"
    if "themed" in cue.tags and context.support.get(cue.metric.domain or "", 0) < THEME:
        return False
    if "public" in cue.tags and not _done_by(sentence, cue, words(sentence.language, "reference", "public")):
        return False
    return "eventful" not in cue.tags or _done_by(sentence, cue, words(sentence.language, "events", "nouns"))


def _done_by(sentence: Sentence, cue: Cue, nouns: frozenset[str]) -> bool:
    """Whether one of some nouns is the subject of a verb: "la Région a promis 800 000 euros"."""
    return any({sentence.words[j].lemma, sentence.words[j].norm} & nouns for j in event_nouns(sentence, cue.at))


OBJECT = 0.8  # cost of the way to the present participle that a value is the object of
COMPLEMENT = 0.4  # cost of the way to what a value is said to be of


def _complement(sentence: Sentence, mention: Mention) -> int | None:
    """Where what a value is of begins: "12 millions d'euros d'aide", "$3 billion in damage"; counts have their noun within."""
    if mention.kind == "count":
        return None
    behind = next((i for i, w in enumerate(sentence.words) if w.start >= mention.end), None)
    of = words(sentence.language, "continuing", "complement")
    return behind + 1 if behind is not None and sentence.words[behind].norm in of else None


def _doing(sentence: Sentence, own: set[int]) -> int | None:
    """The present participle right before a value, whose object it is: "blessant grièvement sept personnes"."""
    i = min(own, default=0) - 1
    while i > 0 and sentence.parsed and (sentence.words[i].pos in ("ADV", "DET") or sentence.words[i - 1].pos == "ADV"):
        i -= 1  # "tuant près de quarante personnes"
    ends = tuple(words(sentence.language, "forms", "gerund"))
    gerund = i >= 0 and sentence.parsed and sentence.words[i].norm.endswith(ends)
    return i if gerund and sentence.words[i].pos in ("VERB", "AUX") else None


def _claims_noun(cue: Cue, mention: Mention, cost: float, linked: set[int], head: int) -> bool:
    """Whether a cue may claim what is counted: a noun of its own, or one that it governs ("le licenciement de 200 salariés")."""
    if mention.kind != "count":
        return True
    if mention.unit is None:
        return cost <= BARE_REACH
    unit = mention.unit.casefold()
    if unit in cue.metric.counted or unit in cue.metric.units:
        return True
    if unit in by_counted_noun():
        if cue.weak and ANY in cue.metric.units:
            return False  # "the police made 32 arrests" is no output of theirs
        acts = cue.verb or (
            cue.metric.people and cue.metric.nature == "flow" and cue.at == head
        )  # "l'interpellation de 151 lycéens"
        return cost <= DIRECT and acts and cue.at in linked and not _other_fate(cue.metric, unit)
    return cost <= DIRECT and cue.at in linked


def _other_fate(metric: Metric, noun: str) -> bool:
    """Whether a noun says of those it counts that something else befell them: "tuant deux personnes et faisant 13 blessés"."""
    fates = [m for m in by_counted_noun()[noun] if m.people and m.domain == "disaster"]
    return bool(fates) and metric.domain == "disaster" and metric not in fates


BARE_REACH = 2.6  # cost of a way to a cue for a count that names nothing
WEAK = 0.6  # what a cue costs that says little by itself
DIRECT = 1.9  # cost of a way to a verb or noun that governs a counted noun without anything between


def _subject_bonus(sentence: Sentence, cue: Cue, root: int) -> float:
    if cue.verb or not sentence.parsed:
        return 0.0
    above = list(sentence.ancestors(root))[:2]
    word = sentence.words[cue.at]
    if word.dep in _actors(sentence.language) and word.head in above:
        return SUBJECT_NOUN
    described = labels(sentence.language, "participle")
    of_it = above and sentence.words[above[0]].head == cue.at and sentence.words[above[0]].dep in described
    return SUBJECT_NOUN if of_it and _participle(sentence, above[0]) else 0.0  # "un préjudice évalué à 150 millions"


def _participle(sentence: Sentence, i: int) -> bool:
    return bool(sentence.words[i].verb) or "VerbForm=Part" in sentence.words[i].morph


def _actors(language: str) -> frozenset[str]:
    return labels(language, "subject") | labels(language, "object")


def _counted(mention: Mention) -> Metric | None:
    unit = mention.unit or ""
    found = by_counted_noun().get(unit.casefold(), ()) if mention.kind == "count" else ()
    if not found and mention.kind == "count" and unit[:1].isupper():
        named = (tuple(m for m in by_counted_noun().get(head, ()) if m.people) for head in _heads(unit))
        found = next(filter(None, named), ())
    return found[0] if found else None


def _heads(compound: str) -> Iterator[str]:
    """What a compound of German may end in, the longest first: "Verkehrstote" are "tote"."""
    return (compound[i:].casefold() for i in range(COMPOUND, len(compound) - COMPOUND + 1))


COMPOUND = 4  # letters of each part of a compound


@cache
def _by_unit() -> dict[str, tuple[Metric, ...]]:
    """Unit -> the metrics that are measured in it, the one that it names by itself first."""
    out: dict[str, list[Metric]] = {}
    for metric in metrics().values():
        if "measure" in metric.kinds:
            for unit in metric.units | metric.bare:
                out.setdefault(unit, []).append(metric)
    return {unit: tuple(sorted(found, key=lambda m: unit not in m.bare)) for unit, found in out.items()}


SURE = 3  # metrics of a domain that an article speaks of, from which a bare unit is of that domain


def _of_unit(context: Context, mention: Mention) -> Metric | None:
    """The metric that a unit names by itself: the only one measured in it, or the usual one but for what the article is about."""
    unit = (mention.unit or "").casefold()
    found = _by_unit().get(unit, ()) if mention.kind == "measure" else ()
    if not found or (len(found) > 1 and unit not in found[0].bare):
        return None
    return next((m for m in found if unit in m.bare and m.domain and context.support.get(m.domain, 0) >= SURE), found[0])


def measure(context: Context, sentence: Sentence, mention: Mention, found: Sequence[Cue]) -> Measure:
    """The metric of a mention in its sentence."""
    root = sentence.root_of(sentence.indices(mention.start, mention.end))
    mention = _of_those(context, sentence, mention)
    if is_age(context, sentence, mention, root):
        return Measure("age", metrics()["age"], root, root, 0.5)
    beside = _beside(context, sentence, mention, root)
    if beside is not None:
        return beside
    by_turn = turned(context, sentence, mention, root)
    if by_turn is not None:
        return Measure(by_turn.id, by_turn, root, root, APPOSED)
    sign, turn = direction(sentence, root)
    candidates = _candidates(context, sentence, found, root, mention, turn)
    if sign and mention.kind in ("percent", "points"):
        found = [_growing(c) for c in found]
    if sign:
        named = [c for c in candidates if c[2].metric.id != "change"] or _through(sentence, found, turn, mention)
        candidates = named or candidates
    acts = _share_that_acts(sentence, mention, root)
    best = next((c for c in candidates[:1] if not (acts and c[2].metric.id == "change")), None)
    if best is not None and best[2].metric.id == "change" and not sign:
        grown = [_growing(c) for c in found] if mention.kind in ("percent", "points") else found
        states = [c for c in grown if mention.kind in c.metric.kinds and _holds(context, sentence, mention, c)]
        best = next(iter(_through(sentence, states, best[2].at, mention)), best)  # the state before or after a change
    counted = _counted(mention)
    counted = None if counted is not None and _some_of_them(sentence, mention, root, counted) else counted
    if counted is not None and (best is None or best[0] > (COUNTED if counted.domain else LOOSE)):
        return Measure(counted.id, counted, root, root, COUNTED, direction=sign)
    if best is not None and best[2].metric.id == "duration" and at_age(sentence, mention, root):
        best = None  # "est entré ici à 18 ans, pour un stage"
    if best is not None and best[2].metric.role == "agent" and mention.per in QUANTITIES and mention.kind == "money":
        best = None  # "s'achète 0,34 euro le litre"
    if best is not None and best[0] <= REACH:
        kind = next((k for k in kinds(mention) if best[2].metric.admits(k, mention.unit)), None)
        sign = 0 if best[2].at == turn and best[2].metric.id != "change" else sign  # "a perdu 85 millions" is a loss of 85
        return Measure(best[2].metric.id, best[2].metric, best[2].at, root, max(best[0], 0.0), kind, sign)
    only = _of_unit(context, mention)
    if only is not None:
        return Measure(only.id, only, root, root, BARE, direction=sign)
    if at_age(sentence, mention, root):
        return Measure("age", metrics()["age"], root, root, BARE)
    return _open(context, sentence, mention, root, sign, found)


def _share_that_acts(sentence: Sentence, mention: Mention, root: int) -> bool:
    """Whether a percentage is of those who do something: "80 % des foyers voient baisser leur impôt" changes by no 80 %."""
    subject = sentence.parsed and sentence.words[root].dep in labels(sentence.language, "subject")
    return subject and shared(sentence, mention) is not None


def _sole(context: Context, sentence: Sentence, mention: Mention, root: int, found: Sequence[Cue]) -> Measure | None:
    """The metric of a value of which nothing else is said: the only one that the nouns of its sentence name.

    Nouns behind it may be those of another value.
    """
    if mention.kind in ("count", "duration"):
        return None  # "61", "à 16": they may be ages
    others = [m for m in context.mentions_in(sentence.start, sentence.end) if m.start != mention.start]
    taken = {i for m in others for i in sentence.indices(m.start, m.end)}
    found = [c for c in found if taken.isdisjoint(range(c.first, c.last + 1)) and sentence.words[c.last].end <= mention.start]
    named = [c for c in found if not (c.verb or c.tags) and c.metric.admits(mention.kind, mention.unit)]
    named = [c for c in named if c.metric.id not in VAGUE and (mention.kind == "money" or "count" not in c.metric.kinds)]
    one = len({c.metric.id for c in named}) == 1
    return Measure(named[0].metric.id, named[0].metric, named[0].at, root, REACH) if one else None


VAGUE = ("change", "share", "lead", "age")  # metrics of which a noun far from a value says nothing


def _beside(context: Context, sentence: Sentence, mention: Mention, root: int) -> Measure | None:
    """What a value is said to be right before or behind it: "un bloc V6 3.6 litres", "40 % de la somme"."""
    inside = sentence.indices(mention.start, mention.end)
    if mention.kind == "percent":
        behind = [w.lemma for w in sentence.words[inside[-1] + 1 : inside[-1] + 4]]
        of = bool(behind) and behind[0] in words(sentence.language, "continuing", "shares")
        whole = of and not words(sentence.language, "nouns", "wholes").isdisjoint(behind[1:])
        whole = whole or (of and _restates_count(context, sentence, mention, inside[-1] + 1))
        return Measure("share", metrics()["share"], root, root, APPOSED) if whole else None
    if mention.kind != "measure" or not inside[0]:
        return None
    before = sentence.words[inside[0] - 1 : inside[0]]
    near = cues(before, sentence.language) if before[0].end < mention.start else iter(())
    found = [c.metric for c in near if not c.verb and c.metric.admits(mention.kind, mention.unit)]
    return Measure(found[0].id, found[0], inside[0] - 1, root, APPOSED) if found else None


def _restates_count(context: Context, sentence: Sentence, mention: Mention, of: int) -> bool:
    """Whether a percentage only says what part of a whole the count right before it is: "300 lots, soit 87 % des lots".

    Word `of` stands behind it; votes have shares of their own.
    """
    known = any("Definite=Def" in w.morph or w.norm == "des" for w in sentence.words[of : of + 2])
    noun = next((i for i in range(of, min(len(sentence.words), of + 4)) if sentence.words[i].pos == "NOUN"), None)
    named = cues(sentence.words[noun : noun + 1], sentence.language) if noun is not None else iter(())
    if not known or noun is None or any(c.metric.domain == "election" for c in named):
        return False
    before = [m for m in context.mentions_in(sentence.start, mention.start) if m.kind != "date"][-1:]
    if not before or before[0].kind != "count" or before[0].unit is None:
        return False
    between = [w.norm for w in sentence.words if before[0].end <= w.start and w.end <= mention.start]
    return " ".join(between[-2:]) in {f", {w}" for w in words(sentence.language, "restating", "words")} and len(between) <= NEAR


NEAR = 8  # words between a count and the percentage that says what part it is
APPOSED = 1.4  # cost of a metric that a word right beside a value names


def _some_of_them(sentence: Sentence, mention: Mention, root: int, metric: Metric) -> bool:
    """Whether a count is of a few people by the way, not of all that a body has: "deux étudiants", "devant trente députés"."""
    few = mention.value is not None and mention.value <= FEW
    if metric.crowd:
        return few
    if metric.nature != "stock" or metric.people or (mention.unit or "").casefold() not in people() or not sentence.parsed:
        return False
    return few or sentence.case(root) in words(sentence.language, "prepositions", "witnessed")


FEW = 6  # of so many people one seldom says that a body has them


def _of_those(context: Context, sentence: Sentence, mention: Mention) -> Mention:
    """A bare count with the noun of the whole that it is a part of: "102 des 458 tickets" counts tickets."""
    if mention.kind != "count" or mention.unit is not None:
        return mention
    whole = next((m for m in context.mentions_in(mention.end, sentence.end) if m.kind == "count"), None)
    between = folded(context.article.text[mention.end : whole.start]).split() if whole is not None else []
    partitive, definite = words(sentence.language, "modality", "partitive"), words(sentence.language, "reference", "definite")
    part = bool(between) and between[0] in partitive and len(between) <= 2 and definite.issuperset(between[1:])
    if whole is None or not part or mention.quantity is None:
        return mention
    return replace(mention, quantity=replace(mention.quantity, unit=whole.unit))


def _growing(cue: Cue) -> Cue:
    """A cue of what a change in percent is called by a name of its own: a gross product that gains 2 % has grown."""
    named = metrics().get(cue.metric.changes or "")
    return replace(cue, metric=named) if named is not None else cue


def _through(sentence: Sentence, found: Sequence[Cue], turn: int, mention: Mention) -> list[tuple[float, int, Cue]]:
    """Metrics that a word of direction changes: "le chiffre d'affaires recule de 3 %"."""
    costs = ways(sentence, turn)
    out = []
    for order, cue in enumerate(found):
        reached = [costs[i] for i in range(cue.first, cue.last + 1) if i in costs]
        if (
            reached
            and not cue.verb
            and mention.kind in (*cue.metric.kinds, "percent", "points")
            and cue.metric.id != "change"
            and cue.metric.nature != "event"
            and (mention.kind != "count" or mention.unit is None or cue.metric.counts(mention.unit))
            and (mention.kind != "measure" or cue.metric.admits(mention.kind, mention.unit))
        ):
            out.append((min(reached) + 0.5, order, cue))
    return sorted(out, key=lambda c: c[:2])


def _open(context: Context, sentence: Sentence, mention: Mention, root: int, sign: int, cues_in: Sequence[Cue]) -> Measure:
    found = unnamed(context, sentence, mention, root)
    sole = _sole(context, sentence, mention, root, cues_in) if found.record is None and found.at == root else None
    if sole is not None:
        return sole
    return Measure(found.metric, found.record, found.at, root, min(OPEN + 0.4 * found.distance, REACH), direction=sign)


OPEN = 3.2  # cost of a metric that only the governing word names


def all_cues(context: Context, sentence: Sentence) -> list[Cue]:
    """The cues of a sentence, in order; a word inside a name ("Coupe du monde") or "selon la police" measures nothing."""
    sources = words(sentence.language, "speech", "sources")
    silent = {j for i, w in enumerate(sentence.words) if w.norm in sources for j in range(i, i + 4)}
    by = words(sentence.language, "prepositions", "by")
    silent |= {
        i for i, w in enumerate(sentence.words) if i and sentence.words[i - 1].norm in by and w.pos == "NOUN"
    }  # "par action"
    names = [(start, end) for start, end, _ in context.places_in(sentence.start, sentence.end)]
    silent |= {i for i, w in enumerate(sentence.words) if any(start <= w.start < end for start, end in names)}
    found = [c for c in cues(sentence.words, sentence.language) if c.at not in silent]
    found = _outermost(found, list(idioms(sentence.words, sentence.language)))
    acting = {(c.at, m): c for c in found for m in c.metric.acts_on}
    return [_acted_on(sentence, c, acting) for c in found]


def _outermost(found: list[Cue], idle: list[tuple[int, int]]) -> list[Cue]:
    """The cues that no longer one holds ("marge d'erreur" is no margin) and no turn of phrase ("mettre en place")."""
    long = [(c.first, c.last) for c in found if c.last > c.first] + idle
    return [
        c
        for c in found
        if c.metric.nature == "event" or not any(a <= c.first and c.last <= b and b - a > c.last - c.first for a, b in long)
    ]


def _acted_on(sentence: Sentence, cue: Cue, acting: dict[tuple[int, str], Cue]) -> Cue:
    """A cue under another metric's that acts on it speaks of that one ("une réduction de ses effectifs")."""
    above = list(sentence.ancestors(cue.at))[:2]  # "supprimer 14 % de ses effectifs": the figure stands between
    above = above if len(above) > 1 and sentence.words[above[0]].norm == "%" else above[:1]
    actor = next((acting[i, cue.metric.id] for i in above if (i, cue.metric.id) in acting), None)
    return cue if actor is None else replace(cue, metric=actor.metric)
