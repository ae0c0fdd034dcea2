"""Who says it, and how: attribution to a speaker, and the modality (planned, conditional, denied, attributed, asserted)."""

from __future__ import annotations

from pipeline.claims.context import Context
from pipeline.claims.measures import Measure
from pipeline.claims.reference import phrase, refer
from pipeline.records import Mention
from pipeline.syntax import Sentence, labels, words


def _after_source(context: Context, sentence: Sentence, mention: Mention) -> str | None:
    """The speaker behind "selon", "laut", "according to", where it governs the value.

    At the head of the sentence it governs all of it; elsewhere the value just before it, with nothing between.
    """
    text = context.article.text[sentence.start : sentence.end].casefold().replace("’", "'")
    for source in sorted(words(sentence.language, "speech", "sources")):
        at = text.find(source)
        while at >= 0:
            whole = (at == 0 or not text[at - 1].isalnum()) and not text[at + len(source) : at + len(source) + 1].isalpha()
            if whole and _governs(context, sentence, mention, sentence.start + at):
                return _name_at(context, sentence, sentence.start + at + len(source))
            at = text.find(source, at + 1)
    return None


def _governs(context: Context, sentence: Sentence, mention: Mention, place: int) -> bool:
    text = context.article.text
    if place <= mention.start:
        return not text[sentence.start : place].strip(" ,;:«\"'-–—*•") or (
            ";" not in text[place : mention.start] and place - sentence.start < 12
        )
    between = text[mention.end : place]
    return ";" not in between and not context.mentions_in(mention.end, place) and between.count(",") <= 2


def _name_at(context: Context, sentence: Sentence, offset: int) -> str | None:
    """The entity or noun that begins within a few words of `offset`."""
    ahead = context.places_in(offset, min(sentence.end, offset + 40))
    nobody = words(sentence.language, "speech", "nobody")
    if any(w.norm in nobody for w in sentence.words if offset <= w.start < offset + 20):
        return None
    nouns = [i for i, w in enumerate(sentence.words) if w.start >= offset and w.pos in ("NOUN", "PROPN")]
    if ahead and (not nouns or ahead[0][0] <= sentence.words[nouns[0]].start + 1):
        return ahead[0][2].name
    if nouns and sentence.words[nouns[0]].start - offset < 40:
        return _noun(context, sentence, nouns[0])
    return ahead[0][2].name if ahead else None


def _noun(context: Context, sentence: Sentence, i: int) -> str | None:
    referent = refer(context, sentence, i)
    one = "Number=Plur" not in sentence.words[i].morph  # "les syndicats" are not the one named last
    if referent is not None and (referent.how == "name" or (referent.how == "description" and one)):
        return referent.name
    found = phrase(sentence, i)
    return None if found is None else found.name


def _speaker(context: Context, sentence: Sentence, measure: Measure, who: str) -> str | None:
    """The subject of a verb of speech that the value depends on, or that stands in the sentence as an aside.

    What one announces of oneself ("X annonce 200 suppressions de postes") is asserted, not attributed.
    """
    if not sentence.parsed:
        return None
    verbs, announce = (words(sentence.language, "speech", k) for k in ("verbs", "announce"))
    above = set(sentence.ancestors(measure.root))
    for i, word in enumerate(sentence.words):
        if word.lemma not in verbs | announce or word.pos not in ("VERB", "AUX"):
            continue
        aside = word.dep in ("parataxis", "ROOT", "conj") and i not in above and measure.root not in sentence.subtree(i)
        if i not in above and not aside:
            continue
        subjects = [j for j in sentence.children[i] if sentence.words[j].dep.startswith("nsubj") and j != measure.root]
        name = _noun(context, sentence, subjects[0]) if subjects else None
        if name and not (name == who and (word.lemma in announce or i in above)):
            return name
    return None


def attribution(context: Context, sentence: Sentence, mention: Mention, measure: Measure, who: str) -> str | None:
    """Whom the article has it from ("Selon Reuters": `Reuters`), None where the article itself speaks; `who` is the subject."""
    return _after_source(context, sentence, mention) or _speaker(context, sentence, measure, who)


def _governors(sentence: Sentence, measure: Measure) -> list[int]:
    """The words that carry the claim: from the value up to the verb of its clause."""
    out = []
    for i in sentence.ancestors(measure.root):
        out.append(i)
        if sentence.words[i].pos in ("VERB", "AUX"):
            break
    return out or [measure.root]


def _features(sentence: Sentence, i: int) -> str:
    """Morphology of a verb with that of its auxiliaries."""
    auxiliaries = (sentence.words[j] for j in sentence.children[i])
    return "|".join([sentence.words[i].morph, *(w.morph for w in auxiliaries if w.dep.startswith("aux"))])


def _denied(sentence: Sentence, chain: list[int], root: int) -> bool:
    """Whether the value itself is denied: "n'a pas coûté 61 000 euros", "dément", "est faux"; not "n'a coûté que"."""
    denial, false = (words(sentence.language, "modality", k) for k in ("denial", "false"))
    above = list(sentence.ancestors(root))
    if any(sentence.words[i].lemma in denial | false for i in above):
        return True
    negation, but = (words(sentence.language, "modality", k) for k in ("negation", "but"))
    if any(sentence.words[j].norm in but for j in sentence.children[root]):
        return False
    verb = chain[-1]
    if verb not in above[:2] or not any(sentence.words[j].norm in negation and j < root for j in sentence.children[verb]):
        return False
    return sentence.words[above[above.index(verb) - 1] if above.index(verb) else root].dep in _arguments(sentence.language)


def _arguments(language: str) -> frozenset[str]:
    """Relations of what a verb says: its object and what belongs to it."""
    return labels(language, "object") | {"obl:arg", "ROOT"}


def modality(sentence: Sentence, measure: Measure, speaker: str | None, *, base: bool = False) -> str:
    """`denied`, `conditional`, `planned`, `attributed` or `asserted`, the first that holds.

    A `base` of comparison has come to pass, whatever is planned from it: "passera à 1 200, contre 1 400 aujourd'hui".
    """
    if base:
        return "attributed" if speaker else "asserted"
    if not sentence.parsed:
        return _line_modality(sentence, measure, speaker)
    chain = _governors(sentence, measure)
    if _denied(sentence, chain, measure.root):
        return "denied"
    verbs = [i for i in chain if sentence.words[i].pos in ("VERB", "AUX")]
    features = "|".join(_features(sentence, i) for i in verbs)
    if "Mood=Cnd" in features:
        return "conditional"
    toll = measure.record is not None and measure.record.role == "event" and "money" not in measure.record.kinds
    if not toll and ("Tense=Fut" in features or _intended(sentence, chain)):
        return "planned"  # nobody plans the dead
    return "attributed" if speaker else "asserted"


def _intended(sentence: Sentence, chain: list[int]) -> bool:
    """Whether the value is aimed at ("vise 3 %"), or its verb is the infinitive of an intention ("veut supprimer")."""
    planned, aimed = (words(sentence.language, "modality", k) for k in ("planned", "aimed"))
    if any(sentence.words[i].lemma in aimed for i in chain):
        return True
    verb = sentence.words[chain[-1]]
    if "VerbForm=Inf" not in verb.morph:
        return False
    above = next((i for i in sentence.ancestors(chain[-1]) if sentence.words[i].pos in ("VERB", "AUX", "NOUN")), None)
    helpers = [j for j in sentence.children[chain[-1]] if sentence.words[j].pos in ("VERB", "AUX") and j < chain[-1]]
    return any(sentence.words[i].lemma in planned | aimed for i in (above, *helpers) if i is not None)


def _line_modality(sentence: Sentence, measure: Measure, speaker: str | None) -> str:
    near = {w.norm for w in sentence.words[max(0, measure.root - 12) : measure.root + 12]}
    for name, key in (("denied", "negation"), ("denied", "denial"), ("denied", "false")):
        if near & words(sentence.language, "modality", key):
            return name
    if near & words(sentence.language, "modality", "conditional"):
        return "conditional"
    if near & words(sentence.language, "modality", "planned"):
        return "planned"
    return "attributed" if speaker else "asserted"
