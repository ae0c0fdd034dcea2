"""Open metrics: what a value measures where the catalogue has nothing, by the word that governs it and says something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import lexicon
from pipeline.claims.catalogue import Metric, by_counted_noun, idioms, metrics, people
from pipeline.claims.context import Context
from pipeline.records import Mention
from pipeline.syntax import Sentence, labels, words

STEPS = 4  # heads up to which a word still says what is measured
SHORTEST = 3  # letters of a word that says something
SIGNS = ("+", "-", "−", "–")  # what a percentage is written with that tells a change: "Nivelle (- 7,9 %)"
QUANTITIES = ("L", "kg", "g", "t", "m2", "m3", "ha", "kW.h", "MW.h", "kWh", "MWh")  # of which one has a price: "un euro le litre"


@dataclass(frozen=True, slots=True)
class Open:
    """A metric without a cue: a record where the kind of value leaves but one, else a lemma, its word and its distance."""

    metric: str
    record: Metric | None
    at: int
    distance: float


def unnamed(context: Context, sentence: Sentence, mention: Mention, root: int) -> Open:
    """The open metric of a value."""
    if mention.kind == "count" and mention.unit:
        return Open(f"lemma:{mention.unit.casefold()}", None, root, 0.0)
    inner = _inner(sentence, mention)
    if inner is not None:
        return inner
    if mention.kind == "percent" and _of_something(sentence, mention):
        return Open("share", metrics()["share"], root, 1.0)
    if mention.kind in ("percent", "points") and mention.quote.lstrip()[:1] in SIGNS:
        return Open("change", metrics()["change"], root, 1.0)
    rated = _rated(mention)
    if rated is not None:
        return Open(rated.id, rated, root, 1.0)
    if _ratio(sentence, mention):
        return Open("share", metrics()["share"], root, 1.0)
    if mention.kind == "percent" and sentence.parsed and sentence.words[root].dep in labels(sentence.language, "subject"):
        return Open("share", metrics()["share"], root, 1.0)  # "93 % assurent"
    said = _Words(context, sentence, mention)
    found = next(said.governing(root), None)
    if mention.kind == "duration" and (found is None or sentence.words[found[0]].pos != "NOUN" or found[1] > 1):
        return Open("duration", metrics()["duration"], root, 1.0)
    if found is not None:
        return Open(f"lemma:{sentence.words[found[0]].lemma}", None, *found)
    return Open(f"lemma:{_plain(sentence.language, mention.kind)}", None, root, float(STEPS))


def _rated(mention: Mention) -> Metric | None:
    """The metric that a sum is of which is told by the hour, by the share or by a quantity."""
    if mention.kind != "money" or mention.per is None:
        return None
    if mention.per in QUANTITIES:
        return metrics()["price"]
    return next((m for m in metrics().values() if mention.per in m.rates), None)


def _ratio(sentence: Sentence, mention: Mention) -> bool:
    """Whether a share is told by two numbers alone: "trois sur quatre"; in digits they may be a mark ("5 sur 10")."""
    inside = [sentence.words[i] for i in sentence.indices(mention.start, mention.end)]
    parts = words(sentence.language, "continuing", "whole")
    spelt = mention.kind == "percent" and not any(c.isdigit() for w in inside for c in w.text)
    return spelt and len(inside) == RATIO and inside[1].norm in parts


RATIO = 3  # words of a ratio


def _plain(language: str, kind: str) -> str:
    """The word for a value of a kind of which nothing is said."""
    return str(lexicon.language(language, "syntax")["unnamed"][kind]).casefold()


def _inner(sentence: Sentence, mention: Mention) -> Open | None:
    """The noun inside a share ("un enfant sur deux", "deux trains sur trois")."""
    if mention.kind != "percent" or not sentence.parsed:
        return None
    fractions = words(sentence.language, "nouns", "fractions")
    for i in sentence.indices(mention.start, mention.end):
        word = sentence.words[i]
        if word.pos not in ("NOUN", "PROPN") or word.lemma in fractions or not word.lemma.isalpha():
            continue
        flow = next((m for m in by_counted_noun().get(word.lemma, ()) if m.nature == "flow" and not m.people), None)
        if flow is not None and "percent" in flow.kinds:
            return Open(flow.id, flow, i, 0.0)
        return Open(f"lemma:{word.lemma}", None, i, 0.0)
    return None


def _of_something(sentence: Sentence, mention: Mention) -> bool:
    """Whether a percentage is said to be of something: "30 % des parents", "5 % d'entre eux"."""
    behind = next((w.norm for w in sentence.words if w.start >= mention.end), "")
    return behind in words(sentence.language, "continuing", "shares")


@dataclass(frozen=True)
class _Words:
    """The words of a sentence that can say what a value measures."""

    context: Context
    sentence: Sentence
    mention: Mention

    def governing(self, root: int) -> Iterator[tuple[int, float]]:
        """Words above the value that say something, with how far they are; a verb that says nothing passes on to its subject."""
        silent = self._silent()
        for distance, head in enumerate(self.sentence.ancestors(root), 1):
            if distance > STEPS:
                return
            word = self.sentence.words[head]
            if word.pos in ("NOUN", "VERB") and self._says(head, silent):
                yield head, float(distance)
            if word.pos in ("VERB", "AUX", "ADJ") and not self._speaks(head):
                yield from ((j, float(distance)) for j in self._beside(head) if j != root and self._says(j, silent))

    def _beside(self, verb: int) -> Iterator[int]:
        """The nouns that are the subject, then the object of a verb."""
        for key in ("subject", "object"):
            known = labels(self.sentence.language, key)
            for j in self.sentence.children[verb]:
                if self.sentence.words[j].pos == "NOUN" and self.sentence.words[j].dep in known:
                    yield j

    def _speaks(self, i: int) -> bool:
        """Whether the subject of a verb is who speaks rather than what is measured."""
        return any(self.sentence.words[i].lemma in words(self.sentence.language, "speech", key) for key in ("verbs", "announce"))

    def _silent(self) -> set[int]:
        """Words of figures, of names and of turns of phrase."""
        spans = [(m.start, m.end) for m in self.context.mentions_in(self.sentence.start, self.sentence.end)]
        spans += [(start, end) for start, end, _ in self.context.places_in(self.sentence.start, self.sentence.end)]
        silent = {i for start, end in spans for i in self.sentence.indices(start, end)}
        turns = idioms(self.sentence.words, self.sentence.language)
        return silent | {i for first, last in turns for i in range(first, last + 1)}

    def _says(self, i: int, silent: set[int]) -> bool:
        word = self.sentence.words[i]
        if i in silent or len(word.lemma) < SHORTEST or not word.lemma.replace("-", "").replace("'", "").isalpha():
            return False
        if self.mention.kind in ("money", "measure") and word.pos == "NOUN" and word.lemma in people():
            return False  # "les policiers ont retrouvé 11 000 euros"
        if word.pos == "NOUN" and self._announces(i):
            return False
        idle = _IDLE_VERBS if word.pos == "VERB" else _IDLE_NOUNS
        return not any(word.lemma in words(self.sentence.language, *key) for key in idle)

    def _announces(self, i: int) -> bool:
        """Whether a noun with a colon only announces a whole clause: "Résultat : le taux est de 6 %"."""
        behind = self.sentence.words[i + 1 : i + 2]
        if i >= self.sentence.root_of(self.sentence.indices(self.mention.start, self.mention.end)):
            return False
        clause = any("VerbForm=Fin" in w.morph for w in self.sentence.words[i + 1 :] if w.start < self.mention.start)
        return bool(behind) and behind[0].norm == ":" and clause


_IDLE_VERBS = (("nouns", "light_verbs"), ("nouns", "idle_verbs"), ("speech", "verbs"), ("speech", "announce"))
_IDLE_NOUNS = (("nouns", "light"), ("nouns", "fractions"))
