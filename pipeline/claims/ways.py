"""The cost of the way from a value to the words around it: through the tree of its sentence, or along the line without one."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from pipeline.syntax import Sentence, labels, words

REACH = 4.6  # cost beyond which a word no longer governs
TOLD = 1.6  # cost of the way to the verb of a clause that tells of the value's noun ("ce sont 40 personnes qui ont péri")
SERVED = 0.3  # cost from a verb that serves another to that one ("ont dû être évacuées")
OWN = 0.3  # cost of the way to a participle of the value's own noun ("trois policiers blessés")
LIGHT = 0.3  # cost from a noun that says nothing to what it is of ("le nombre de grévistes")
FAR = 99.0


def ways(sentence: Sentence, start: int, limit: float = REACH, *, kind: str = "", first: int | None = None) -> dict[int, float]:
    """Cost of the way from word `start` to the words around it, up to `limit`: up to heads, then down to their dependents.

    `first` is where the span begins that `start` is the root of: the way along a line leaves from there; `kind` is that
    of the value.
    """
    if not sentence.parsed:
        return _line(sentence, start if first is None else first, start, limit)
    tree = _Tree(sentence, start, kind, limit)
    tree.down(start, 0.2, 1)
    if kind == "count":
        for j in sentence.children[start]:
            if sentence.words[j].dep in tree.steps.participle:
                tree.reach(j, OWN)
            elif tells(sentence, j):
                tree.reach(j, TOLD)
    tree.up()
    return tree.costs


def tells(sentence: Sentence, i: int) -> bool:
    """Whether a verb heads a clause whose subject is the noun that it hangs on: "40 personnes qui ont péri"."""
    subjects, pronouns = labels(sentence.language, "subject"), words(sentence.language, "reference", "relatives")
    if sentence.words[i].dep not in labels(sentence.language, "relative"):
        return False
    forms = [sentence.words[i].morph, *(sentence.words[j].morph for j in sentence.children[i] if sentence.words[j].pos == "AUX")]
    many = "Number=Plur" in sentence.words[sentence.words[i].head].morph
    if many and any("Number=Sing" in m and "VerbForm=Fin" in m for m in forms):
        return False  # "la présence d'esprit de quatre élèves qui lui a sauvé la vie"
    return any(sentence.words[j].dep in subjects and sentence.words[j].norm in pronouns for j in sentence.children[i])


def parted(sentence: Sentence, i: int, j: int) -> bool:
    """Whether a semicolon parts two words, each in a clause with a finite verb: "une enquête mobilise 25 agents ; 140
    témoins ont été entendus"."""
    low, high = min(i, j), max(i, j)
    marks = [k for k in range(low, high) if sentence.words[k].norm in SEMICOLON]
    if not marks or not sentence.parsed:
        return False
    first = next((k for k in range(low, -1, -1) if sentence.words[k].norm in SEMICOLON), -1)
    last = next((k for k in range(high, len(sentence.words)) if sentence.words[k].norm in SEMICOLON), len(sentence.words))
    parts = (sentence.words[first + 1 : marks[0]], sentence.words[marks[-1] + 1 : last])
    return all(any("VerbForm=Fin" in w.morph for w in part) for part in parts)


SEMICOLON = (";",)


def served(sentence: Sentence, i: int) -> list[int]:
    """The verbs that a verb serves ("devoir", "pouvoir", "faire"), whose subject and object are its own."""
    if sentence.words[i].lemma not in words(sentence.language, "forms", "auxiliaries"):
        return []
    return [j for j in sentence.children[i] if sentence.words[j].dep in labels(sentence.language, "served")]


@dataclass(frozen=True)
class _Steps:
    """The labels of a language's parser by what a step along them costs."""

    clause: frozenset[str]
    coordination: frozenset[str]
    participle: frozenset[str]
    subject: frozenset[str]
    object: frozenset[str]
    complement: frozenset[str]


@cache
def _steps(language: str) -> _Steps:
    return _Steps(*(labels(language, k) for k in ("clause", "coordination", "participle", "subject", "object", "complement")))


@dataclass
class _Tree:
    sentence: Sentence
    start: int
    kind: str
    limit: float
    costs: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.costs[self.start] = 0.0
        self.steps = _steps(self.sentence.language)
        self.light = words(self.sentence.language, "nouns", "light")

    def reach(self, i: int, cost: float) -> bool:
        """Whether this is the shortest way to a word so far."""
        if cost > self.limit or cost >= self.costs.get(i, FAR):
            return False
        self.costs[i] = cost
        return True

    def step(self, i: int, j: int) -> float:
        """What the step from a word down to its dependent costs."""
        steps, dep = self.steps, self.sentence.words[j].dep
        if j in served(self.sentence, i):
            return SERVED
        if dep in steps.clause and dep not in steps.participle:
            return 0.6 if self.sentence.words[j].pos == "ADJ" else 2.4  # "restent introuvables"
        if dep in steps.complement and i != self.start and self.sentence.words[i].lemma in self.light:
            return LIGHT
        if dep in steps.complement and i == self.start and self.kind == "percent":
            return 0.8  # "32 % de grévistes"
        if dep in steps.participle or dep in steps.subject:
            return 0.6
        return 0.5 if dep in steps.coordination else 0.8 if dep in steps.object else 1.4

    def down(self, i: int, cost: float, depth: int) -> None:
        """The ways to the dependents of a word, and once more to theirs; a noun that says nothing takes no depth."""
        for j in self.sentence.children[i]:
            here = cost + self.step(i, j)
            if self.reach(j, here) and (depth or self.sentence.words[j].lemma in self.light):
                self.down(j, here, max(depth - 1, 0))

    def up(self) -> None:
        """The ways to the heads of the value, and down from each."""
        here, cost, steps = self.start, 0.0, self.steps
        for head in self.sentence.ancestors(self.start):
            dep = self.sentence.words[here].dep
            phrase = dep not in steps.clause or dep in steps.participle or "VerbForm=Part" in self.sentence.words[here].morph
            cost += 0.4 if dep in steps.coordination else 0.9 if phrase else 2.0
            if cost > self.limit:
                return
            self.reach(head, cost)
            self.down(head, cost + 0.3, 1)
            here = head


def _line(sentence: Sentence, first: int, last: int, limit: float) -> dict[int, float]:
    costs: dict[int, float] = dict.fromkeys(range(first, last + 1), 0.0)
    for step, start in ((-1, first), (1, last)):
        cost, i = 0.0 if step < 0 else 0.3, start + step
        while 0 <= i < len(sentence.words) and cost <= limit:
            cost += 1.6 if sentence.words[i].norm in ",;:()–" else 0.35
            costs[i] = cost
            i += step
    return costs
