"""What lasts since a date began on it: "dirige l'usine depuis 2023", "en prison depuis dimanche"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline import lexicon
from pipeline.claims.catalogue import metrics
from pipeline.claims.context import Context
from pipeline.claims.measures import Measure
from pipeline.claims.times import clause, tense
from pipeline.claims.utterances import governor
from pipeline.claims.windows import ends, lead_of, phrases
from pipeline.records import Mention
from pipeline.syntax import Sentence, labels

COST = 1.3  # of an event that only its lasting tells
NEAR = 6  # words between a state and its date


def lasting(context: Context, sentence: Sentence, date: Mention) -> Iterator[Measure]:
    """The beginnings that a date behind "depuis" may be of: those of the states of its own part of a sentence."""
    since = phrases(sentence.language, "since", "point")
    if ends(lead_of(context, sentence, date.start), since) is None:
        return
    own = sentence.indices(date.start, date.end)
    root = sentence.root_of(own)
    part = _part(sentence, own, governor(sentence, date))
    for name, states in lexicon.language(sentence.language, "syntax").get("states", {}).items():
        for state in states:
            at = _found(sentence, part, state.casefold().split())
            if at is not None and at not in own and _lasts(sentence, part, at):
                record = replace(metrics()[name], role="holder")
                held = sentence.words[at].pos == "NOUN" and sentence.words[at].lemma == state  # an office: "maire depuis 2014"
                yield Measure(name, replace(record, of="PER") if held else record, at, root, COST)


def _lasts(sentence: Sentence, part: range, at: int) -> bool:
    """Whether a state holds or held at the time told: in the present or imperfect, or in a part without a verb."""
    verbs = [i for i in part if _tells(sentence, i)]
    if not sentence.parsed or not verbs:
        return True
    head = clause(sentence, at)
    lasted = "Tense=Imp" in sentence.words[head].morph or any("Tense=Imp" in sentence.words[i].morph for i in verbs if i != at)
    return tense(sentence, head) in ("present", "") or (lasted and len(verbs) == 1)


def _tells(sentence: Sentence, i: int) -> bool:
    """Whether a word is a verb that tells something: no infinitive, no participle that only describes a noun."""
    word = sentence.words[i]
    describes = "VerbForm=Part" in word.morph and word.dep in labels(sentence.language, "participle")
    return word.pos in ("VERB", "AUX") and "VerbForm=Inf" not in word.morph and not describes


def _part(sentence: Sentence, own: list[int], head: int | None) -> range:
    """The words around a date, as far as nothing parts them from it; as far as the office that it hangs on, at least."""
    breaks = phrases(sentence.language, "breaks", "words")
    first, last = own[0], own[-1]
    while first > 0 and own[0] - first < NEAR and sentence.words[first - 1].norm not in breaks:
        first -= 1
    if head is not None and head < first and _office(sentence, head):
        first = first if any(w.norm in breaks for w in sentence.words[head:first]) else head
    while last + 1 < len(sentence.words) and last - own[-1] < NEAR and sentence.words[last + 1].norm not in breaks:
        last += 1
    return range(first, last + 1)


def _office(sentence: Sentence, i: int) -> bool:
    """Whether a noun is a state by itself: "maire de la deuxième ville du pays depuis 2001"."""
    states = lexicon.language(sentence.language, "syntax").get("states", {}).values()
    return sentence.words[i].pos == "NOUN" and any(sentence.words[i].lemma in each for each in states)


def _found(sentence: Sentence, part: range, state: list[str]) -> int | None:
    """The last word of a state where it stands in a part of the sentence: a verb by its lemma, a phrase as written."""
    for i in part:
        if len(state) == 1:
            word = sentence.words[i]
            if state[0] in (word.lemma, word.verb) and not _noun(sentence, i, state[0]):
                return i
        elif [w.norm for w in sentence.words[i : i + len(state)]] == state and i + len(state) - 1 in part:
            return i + len(state) - 1
    return None


def _noun(sentence: Sentence, i: int, state: str) -> bool:
    """Whether a word that has the form of a verb is a noun with an article here ("la présidente", not "présidente depuis")."""
    word = sentence.words[i]
    verb = state == word.verb or word.pos in ("VERB", "AUX", "ADJ", "")
    return any(sentence.words[j].pos == "DET" for j in sentence.children[i]) or not (verb or word.lemma == state)
