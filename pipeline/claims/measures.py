"""What a value measures: the metric whose cue governs it, or the lemma of the governing word where no metric fits.

A cue governs by syntax: the cost of the way through the tree from the value to the cue decides, clause boundaries cost
more, and a noun that a value counts names a metric by itself ("12 blessés") unless a nearer cue claims it ("le
licenciement de 200 salariés"). Where nothing was parsed, the distance along the line stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.claims.catalogue import Cue, Metric, by_counted_noun, cues, metrics
from pipeline.claims.context import Context
from pipeline.records import Mention
from pipeline.syntax import Sentence, labels, words

REACH = 4.6  # cost beyond which a cue no longer governs
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


def ways(
    sentence: Sentence, start: int, limit: float = REACH, *, percent: bool = False, first: int | None = None
) -> dict[int, float]:
    """Cost of the way from word `start` to the words around it: up to heads, then down to their dependents.

    `first` is where the span begins that `start` is the root of: the way along a line leaves from there.
    """
    if not sentence.parsed:
        return _line(sentence, start if first is None else first, start, limit)
    clause, coordination, participle, subject, objects, complement = (
        labels(sentence.language, k) for k in ("clause", "coordination", "participle", "subject", "object", "complement")
    )
    costs = {start: 0.0}

    def down(i: int, cost: float, depth: int) -> None:
        for j in sentence.children[i]:
            dep = sentence.words[j].dep
            step = (
                0.6
                if dep in participle
                else 0.5
                if dep in coordination
                else 0.6
                if dep in subject
                else 0.8
                if dep in objects
                else 1.4
            )
            if percent and i == start and dep in complement:
                step = 0.8  # "32 % de grévistes"
            if dep in clause and dep not in participle:
                step = 0.6 if sentence.words[j].pos == "ADJ" else 2.4  # "restaient introuvables"
            if cost + step <= limit and cost + step < costs.get(j, 99.0):
                costs[j] = cost + step
                if depth:
                    down(j, cost + step, depth - 1)

    down(start, 0.2, 1)
    here, cost = start, 0.0
    for head in sentence.ancestors(start):
        dep = sentence.words[here].dep
        phrase = dep not in clause or dep in participle or "VerbForm=Part" in sentence.words[here].morph
        cost += 0.4 if dep in coordination else 0.9 if phrase else 2.0
        if cost > limit:
            break
        costs[head] = min(cost, costs.get(head, 99.0))
        down(head, cost + 0.3, 1)
        here = head
    return costs


def _line(sentence: Sentence, first: int, last: int, limit: float) -> dict[int, float]:
    costs: dict[int, float] = dict.fromkeys(range(first, last + 1), 0.0)
    for step, start in ((-1, first), (1, last)):
        cost, i = 0.0 if step < 0 else 0.3, start + step
        while 0 <= i < len(sentence.words) and cost <= limit:
            cost += 1.6 if sentence.words[i].norm in ",;:()–" else 0.35
            costs[i] = cost
            i += step
    return costs


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
    if case in to or case in against:
        return 0, -1
    coordination = labels(sentence.language, "coordination")
    i = root
    for head in list(sentence.ancestors(root))[:2]:
        word, dep = sentence.words[head], sentence.words[i].dep
        sign = 1 if word.lemma in up else -1 if word.lemma in down else 0
        if sign:
            allowed = coordination.union(*(labels(sentence.language, k) for k in ("oblique", "complement", "object")))
            return (sign, head) if dep in allowed and (case in by or case == "") else (0, -1)
        if word.dep not in coordination and word.pos not in ("NOUN", "NUM", "SYM"):
            break
        i, case = head, sentence.case(head) or case
    return 0, -1


def _line_direction(
    sentence: Sentence, root: int, up: frozenset[str], down: frozenset[str], by: frozenset[str]
) -> tuple[int, int]:
    for i in range(root - 1, max(-1, root - 7), -1):
        norm = sentence.words[i].norm
        if norm in up or norm in down:
            near = {w.norm for w in sentence.words[i + 1 : root]}
            return (1 if norm in up else -1, i) if near & by or root - i <= 3 else (0, -1)
    return 0, -1


SUBJECT_NOUN = 0.8  # what a cue gains as the subject or object of the value's verb ("les dégâts sont évalués à")
SUPPORT = 0.3  # what a cue gains for each of three others of its domain in the article


def _candidates(
    context: Context, sentence: Sentence, found: Sequence[Cue], root: int, mention: Mention
) -> list[tuple[float, int, Cue]]:
    own = set(sentence.indices(mention.start, mention.end))
    others = {
        i for m in context.mentions_in(sentence.start, sentence.end) if m is not mention for i in sentence.indices(m.start, m.end)
    }
    costs = ways(sentence, root, percent=mention.kind == "percent", first=min(own, default=root))
    participle = labels(sentence.language, "participle")
    above = list(sentence.ancestors(root))
    linked = {*above, *(j for j in sentence.children[root] if sentence.words[j].dep in participle)}
    linked |= {j for i in above[:1] for j in sentence.children[i] if sentence.words[j].pos == "ADJ"}  # "restent introuvables"
    out = []
    for order, cue in enumerate(found):
        words = range(cue.first, cue.last + 1)
        if not any(cue.metric.admits(kind, mention.unit) for kind in kinds(mention)) or any(i in own | others for i in words):
            continue
        reached = [costs[i] for i in words if i in costs]
        if reached and _claims_noun(cue, mention, min(reached), linked):
            bonus = 0.3 * (cue.last - cue.first) + _subject_bonus(sentence, cue, root)
            bonus += SUPPORT * min(context.support.get(cue.metric.domain or "", 0), 3)
            out.append((min(reached) + 0.02 * abs(cue.at - root) - bonus, order, cue))
    return sorted(out, key=lambda c: c[:2])


def kinds(mention: Mention) -> tuple[str, ...]:
    """The kinds that a mention may turn out to be: "contre 13,8 milliards" leaves its currency out."""
    bare = mention.kind == "count" and mention.unit is None and (mention.quantum or 0) >= BIG
    return ("count", "money") if bare else (mention.kind,)


BIG = 1e5  # quantum from which a bare figure may be an amount


def _claims_noun(cue: Cue, mention: Mention, cost: float, linked: set[int]) -> bool:
    """Whether a cue may claim a counted noun that it does not count itself ("le licenciement de 200 salariés")."""
    if mention.kind != "count" or mention.unit is None:
        return True
    unit = mention.unit.casefold()
    if unit in cue.metric.counted or unit in cue.metric.units:
        return True
    if unit in by_counted_noun():
        return cost <= DIRECT and cue.verb and cue.at in linked
    return cost <= DIRECT and (cue.verb or cue.at in linked)


DIRECT = 1.9  # cost of a way to a verb or noun that governs a counted noun without anything between


def _subject_bonus(sentence: Sentence, cue: Cue, root: int) -> float:
    if cue.verb or not sentence.parsed or sentence.words[cue.at].dep not in _actors(sentence.language):
        return 0.0
    verb = sentence.words[cue.at].head
    return SUBJECT_NOUN if verb in list(sentence.ancestors(root))[:2] else 0.0


def _actors(language: str) -> frozenset[str]:
    return labels(language, "subject") | labels(language, "object")


LONGEST_LIFE = 122  # years


def _is_age(context: Context, sentence: Sentence, mention: Mention, root: int) -> bool:
    """Whether years are somebody's age: beside a name ("Luc Morel, 44 ans,"), or of a person ("un homme de 44 ans")."""
    if mention.kind != "duration" or mention.unit != "a" or mention.value is None or mention.value > LONGEST_LIFE:
        return False
    people = words(sentence.language, "people", "nouns") | words(sentence.language, "reference", "PER")
    aged = words(sentence.language, "people", "aged")
    sign = context.article.text[max(sentence.start, mention.start - 2) : mention.start].strip()
    if sign in (",", "("):
        beside = [p for p in context.places_in(sentence.start, mention.start) if mention.start - p[1] <= 4]
        nouns = [w for w in sentence.words if 0 < mention.start - w.end <= 3 and w.lemma in people]
        return bool(beside or nouns)
    heads = list(sentence.ancestors(root))[:1]
    of = words(sentence.language, "prepositions", "of")
    return any(
        sentence.words[i].lemma in aged or (sentence.words[i].lemma in people and sentence.case(root) in of) for i in heads
    )


def _counted(mention: Mention) -> Metric | None:
    found = by_counted_noun().get((mention.unit or "").casefold(), ()) if mention.kind == "count" else ()
    return found[0] if found else None


@cache
def _by_unit() -> dict[str, tuple[Metric, ...]]:
    out: dict[str, list[Metric]] = {}
    for metric in metrics().values():
        if "measure" in metric.kinds:
            for unit in metric.units:
                out.setdefault(unit, []).append(metric)
    return {k: tuple(v) for k, v in out.items()}


def measure(context: Context, sentence: Sentence, mention: Mention, found: Sequence[Cue]) -> Measure:
    """The metric of a mention in its sentence."""
    root = sentence.root_of(sentence.indices(mention.start, mention.end))
    if _is_age(context, sentence, mention, root):
        return Measure("age", metrics()["age"], root, root, 0.5)
    sign, turn = direction(sentence, root)
    candidates = _candidates(context, sentence, found, root, mention)
    if sign:
        named = [c for c in candidates if c[2].metric.id != "change"] or _through(sentence, found, turn, mention)
        candidates = named or candidates
    best = candidates[0] if candidates else None
    if best is not None and best[2].metric.id == "change" and not sign:
        best = next(iter(_through(sentence, found, best[2].at, mention)), best)  # the state before or after a change
    counted = _counted(mention)
    if counted is not None and (best is None or best[0] > (COUNTED if counted.domain else LOOSE)):
        return Measure(counted.id, counted, root, root, COUNTED, direction=sign)
    if best is not None and best[0] <= REACH:
        kind = next((k for k in kinds(mention) if best[2].metric.admits(k, mention.unit)), None)
        sign = 0 if best[2].at == turn and best[2].metric.id != "change" else sign  # "a perdu 85 millions" is a loss of 85
        return Measure(best[2].metric.id, best[2].metric, best[2].at, root, max(best[0], 0.0), kind, sign)
    only = _by_unit().get((mention.unit or "").casefold(), ()) if mention.kind == "measure" else ()
    if only and (len(only) == 1 or sentence.parsed is False):
        return Measure(only[0].id, only[0], root, root, BARE, direction=sign)
    return _open(sentence, mention, root, sign)


def _through(sentence: Sentence, found: Sequence[Cue], turn: int, mention: Mention) -> list[tuple[float, int, Cue]]:
    """Metrics that a word of direction changes: "le chiffre d'affaires recule de 3 %"."""
    costs = ways(sentence, turn, REACH)
    out = []
    for order, cue in enumerate(found):
        reached = [costs[i] for i in range(cue.first, cue.last + 1) if i in costs]
        if (
            reached
            and not cue.verb
            and mention.kind in (*cue.metric.kinds, "percent", "points")
            and cue.metric.id != "change"
            and cue.metric.nature != "event"
        ):
            out.append((min(reached) + 0.5, order, cue))
    return sorted(out, key=lambda c: c[:2])


def _open(sentence: Sentence, mention: Mention, root: int, sign: int) -> Measure:
    """An open metric: the counted noun, else the governing noun or verb that says something."""
    if mention.kind == "count" and mention.unit:
        return Measure(f"lemma:{mention.unit.casefold()}", None, root, root, 3.0, direction=sign)
    light = words(sentence.language, "nouns", "light")
    light_verbs = words(sentence.language, "nouns", "light_verbs")
    for distance, head in enumerate(sentence.ancestors(root), 1):
        word = sentence.words[head]
        if distance > 4:
            break
        if (word.pos == "NOUN" and word.lemma not in light) or (word.pos == "VERB" and word.lemma not in light_verbs):
            return Measure(f"lemma:{word.lemma}", None, head, root, 3.2 + 0.4 * distance, direction=sign)
        if word.pos in ("VERB", "AUX", "ADJ"):
            subject = [j for j in sentence.children[head] if sentence.words[j].dep.startswith("nsubj")]
            if subject and sentence.words[subject[0]].pos == "NOUN":
                return Measure(f"lemma:{sentence.words[subject[0]].lemma}", None, subject[0], root, 3.4, direction=sign)
    return Measure(
        f"lemma:{mention.unit.casefold()}" if mention.unit else f"lemma:{mention.kind}", None, root, root, REACH, direction=sign
    )


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
    acting = {(c.at, m): c for c in found for m in c.metric.acts_on}
    return [_acted_on(sentence, c, acting) for c in found]


def _acted_on(sentence: Sentence, cue: Cue, acting: dict[tuple[int, str], Cue]) -> Cue:
    """A cue under another metric's that acts on it speaks of that one ("une réduction de ses effectifs")."""
    actor = acting.get((sentence.words[cue.at].head, cue.metric.id))
    return cue if actor is None else replace(cue, metric=actor.metric)
