"""The senses of a cue: whether a word that could name an event names it where it stands.

"Ouvrir" opens a shop and not "le feu", "se livrer à" delivers nothing, "au départ de l'épreuve" nobody leaves: what a verb
has as its object, its voice and its tense tell the event from a turn of phrase.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.claims.catalogue import Cue
from pipeline.claims.measures import Measure
from pipeline.claims.participles import dependents, event_nouns, is_bare, is_passive
from pipeline.claims.times import tense
from pipeline.syntax import Sentence, labels, words


def event_cues(sentence: Sentence, own: Sequence[int], cues: Sequence[Cue], measures: Sequence[Measure]) -> list[Cue]:
    """The cues of events outside the date itself that name one."""
    turns = _turns(sentence)
    return [c for c in cues if "date" in c.metric.kinds and c.at not in turns | {*own} and _by_itself(sentence, c, measures)]


def _turns(sentence: Sentence) -> set[int]:
    """The words of turns of phrase in which a noun names no event: "au départ de l'épreuve", "le départ en vacances"."""
    out: set[int] = set()
    for entry in words(sentence.language, "happening", "turns"):
        parts = entry.split()
        for i in range(len(sentence.words) - len(parts) + 1):
            if all(p in (w.norm, w.lemma) for p, w in zip(parts, sentence.words[i:], strict=False)):
                out |= {*range(i, i + len(parts))}
    return out


def _by_itself(sentence: Sentence, cue: Cue, measures: Sequence[Measure]) -> bool:
    """Whether a cue names its event by itself; a weak or bound one does where it names a figure's metric."""
    word = sentence.words[cue.at]
    bound = cue.first == cue.last and bool({word.lemma, word.verb, word.norm} & cue.metric.bound)
    needy = bool(cue.tags) or bound
    return not needy or any(m.metric == cue.metric.id and m.at == cue.at for m in measures)


def meant(sentence: Sentence, cue: Cue) -> bool:
    """Whether a verb has the sense of its metric: "le tribunal a jugé que", "se livrer à", "ouvrir le débat" have not."""
    word = sentence.words[cue.at]
    forms = {word.lemma, word.verb} if cue.first == cue.last else set()
    reflexive = bool(dependents(sentence, cue.at, "reflexive"))
    if forms & words(sentence.language, "happening", "pronominal"):
        if not (reflexive or (befalls(cue) and is_bare(sentence, cue.at))):
            return False
    elif reflexive and not befalls(cue) and cue.metric.id != "wedding":
        return False
    if forms & words(sentence.language, "happening", "ahead") and tense(sentence, cue.at) != "future":
        return False
    if forms & words(sentence.language, "happening", "passive") and not is_passive(sentence, cue.at):
        return False
    if forms & words(sentence.language, "happening", "from") and _out_of(sentence, cue.at):
        return False
    if forms & words(sentence.language, "happening", "writing") and not _written(sentence, cue.at):
        return False
    if any(sentence.words[j].pos == "DET" for j in sentence.children[cue.at]):
        return False  # "un manifestant"
    objects = {sentence.words[j].lemma for j in dependents(sentence, cue.at, "object")}
    if word.lemma in words(sentence.language, "happening", "leave"):
        left = objects or {sentence.words[k].lemma for k in _relative_of(sentence, cue.at)}
        return bool(left & words(sentence.language, "happening", "posts"))
    apart = (j for j in dependents(sentence, cue.at, "object") if not cue.first <= j <= cue.last)  # but "ouvrir le feu" itself
    return not {sentence.words[j].lemma for j in apart} & words(sentence.language, "happening", "idle")


def _relative_of(sentence: Sentence, verb: int) -> list[int]:
    """The noun that a relative clause is about whose verb has no object of its own: "le club qu'il avait quitté en 2015"."""
    for k in (verb, *sentence.ancestors(verb)):
        if sentence.words[k].dep in labels(sentence.language, "relative"):
            return [sentence.words[k].head]
        if sentence.words[k].dep not in labels(sentence.language, "coordination"):
            break
    return []


def _out_of(sentence: Sentence, verb: int) -> bool:
    """Whether somebody comes out of a place: who is "sorti de prison" in May was not published."""
    of, places = words(sentence.language, "continuing", "shares"), words(sentence.language, "happening", "confines")
    found = [j for j in dependents(sentence, verb, "oblique") if sentence.case(j) in of]
    return any(sentence.words[j].lemma in places for j in found)


def _written(sentence: Sentence, verb: int) -> bool:
    """Whether what is published is a work: to publish an article or a message is to speak."""
    works = words(sentence.language, "happening", "written")
    objects = dependents(sentence, verb, "object")
    nouns = [*event_nouns(sentence, verb), *objects] if any(sentence.words[j].pos == "NOUN" for j in objects) else []
    nouns = nouns or [*event_nouns(sentence, verb), *_relative_of(sentence, verb)]
    return any(sentence.words[j].lemma in works for j in nouns)


def borne_out(sentence: Sentence, cue: Cue, measures: Sequence[Measure]) -> bool:
    """Whether a figure says what is cut, where the verb alone does not ("supprimer 200 emplois")."""
    word = sentence.words[cue.at]
    alone = cue.first == cue.last
    figured = alone and bool({word.lemma, word.verb, word.norm} & words(sentence.language, "happening", "figured"))
    passive = is_passive(sentence, cue.at)
    granted = passive and word.lemma in words(sentence.language, "happening", "active")
    if alone and _transferred(sentence, cue.at):
        return True
    if passive and dependents(sentence, cue.at, "subject") and word.lemma in words(sentence.language, "happening", "given"):
        return True  # "les avions seront livrés en 2028"
    if not (cue.metric.units or figured or granted):
        return True
    return any(m.metric == cue.metric.id or sentence.words[m.root].lemma in cue.metric.units for m in measures)


def _transferred(sentence: Sentence, verb: int) -> bool:
    """Whether a verb of buying and selling has a firm or a share as its object: "a cédé sa filiale", "a repris le club"."""
    if sentence.words[verb].lemma not in words(sentence.language, "happening", "transfers"):
        return False
    assets = words(sentence.language, "happening", "assets")
    objects = [sentence.words[j] for j in dependents(sentence, verb, "object")]
    return any(w.lemma in assets or (w.text[:1].isupper() and w.pos in ("NOUN", "PROPN")) for w in objects)


def counts_victims(cue: Cue) -> bool:
    """Whether a noun counts the victims of an event, and does not name it."""
    return cue.metric.toll


def _dead(cue: Cue) -> frozenset[str]:
    """The nouns that count victims ("la victime"); a singular abstract ("la mort de X") dates the event."""
    return cue.metric.counted - {"mort", "décès"} if counts_victims(cue) else frozenset()


def befalls(cue: Cue) -> bool:
    """Whether an event befalls a place: an accident, a fire, an attack."""
    return cue.metric.nature == "event" and cue.metric.role == "place"


def names_event(sentence: Sentence, cue: Cue) -> bool:
    """Whether a noun names its event by itself: neither its victims, nor what only a figure makes one."""
    figured = words(sentence.language, "happening", "figured") if cue.first == cue.last else frozenset()
    return not cue.verb and sentence.words[cue.at].lemma not in {*figured, *_dead(cue)}
