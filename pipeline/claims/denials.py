"""Whether a value is denied: "dément avoir versé 5 millions", "n'a pas coûté 61 000 euros", "il n'a jamais été question de".

Neither a bound ("n'excède pas 2 %", "n'est pas descendu sous les 10 %") nor "ne ... jamais que" nor a question that expects
a yes ("n'avait-il pas séduit 4 millions de Français ?") denies anything.
"""

from __future__ import annotations

from pipeline.records import Mention
from pipeline.syntax import Sentence, labels, words

STOPS = (":", ";")  # marks between two statements
LITTLE = ("AUX", "ADV", "PRON")  # what may stand between a word of denial and its verb


def denied(sentence: Sentence, chain: list[int], root: int, mention: Mention) -> bool:
    """Whether the value at `root` itself is denied; `chain` leads from it to the verb of its clause."""
    if _only(sentence, mention) or _asked(sentence):
        return False
    denial, false = (words(sentence.language, "modality", k) for k in ("denial", "false"))
    above = list(sentence.ancestors(root))
    way = [root, *above]
    passive = labels(sentence.language, "passive_subject")
    for below, i in zip(way, above, strict=False):
        word = sentence.words[i]
        if sentence.words[below].dep in labels(sentence.language, "relative"):
            break  # "contestent le testament dans lequel il lègue"
        if word.lemma in false or word.norm in denial or (word.lemma in denial and sentence.words[below].dep not in passive):
            return True
    if any(sentence.words[j].norm in denial and j < root for i in above for j in sentence.children[i]):
        return True  # "dément" is taken for an adverb
    if (
        any(_denied_act(sentence, i) and _one_breath(sentence, i, root) for i in above)
        or _disclaimed(sentence, root)
        or _out_of_question(sentence, root)
        or _missing(sentence, root)
    ):
        return True
    negation, but = (words(sentence.language, "modality", k) for k in ("negation", "but"))
    if any(sentence.words[j].norm in but for j in sentence.children[root]):
        return False
    verb = chain[-1]
    bounds = sentence.case(root) in words(sentence.language, "modality", "below")
    if bounds or sentence.words[verb].lemma in words(sentence.language, "modality", "exceed"):
        return False
    if verb not in above[:2] or not any(_negates(sentence, j, negation) and j < root for j in sentence.children[verb]):
        return False
    return sentence.words[above[above.index(verb) - 1] if above.index(verb) else root].dep in _arguments(sentence.language)


def _negates(sentence: Sentence, j: int, negation: frozenset[str]) -> bool:
    """Whether a word negates its verb; "pas plus de 2 mm" only bounds the value."""
    after = sentence.words[j + 1].norm if j + 1 < len(sentence.words) else ""
    return sentence.words[j].norm in negation and after not in words(sentence.language, "modality", "bounds")


def _arguments(language: str) -> frozenset[str]:
    """Relations of what a verb says: its object and what belongs to it."""
    return labels(language, "object") | {"obl:arg", "ROOT"}


def _only(sentence: Sentence, mention: Mention) -> bool:
    """Whether a value is all that there is: "n'en a jamais versé que 300 000"."""
    own = sentence.indices(mention.start, mention.end)
    before = sentence.words[own[0] - 1] if own[0] else None
    return before is not None and before.head in own and before.norm in words(sentence.language, "modality", "only")


def _asked(sentence: Sentence) -> bool:
    """Whether a sentence asks what it takes for granted: "n'avait-il pas séduit 4 millions de Français ?"."""
    ends = any(w.norm == "?" for w in sentence.words[-3:])
    inverted = words(sentence.language, "modality", "inverted")
    return ends and any(w.norm.lstrip("-") in inverted and w.norm.startswith("-") for w in sentence.words)


def _denied_act(sentence: Sentence, verb: int) -> bool:
    """Whether a word of denial stands right before the infinitive of a verb, adverbs between: "dément formellement avoir"."""
    denial = words(sentence.language, "modality", "denial")
    i = verb - 1
    while i > 0 and sentence.words[i].pos in LITTLE and sentence.words[i].norm not in denial:
        i -= 1
    infinitive = any("VerbForm=Inf" in w.morph for w in sentence.words[i + 1 : verb + 1])
    return i >= 0 and infinitive and sentence.words[i].norm in denial


def _one_breath(sentence: Sentence, i: int, root: int) -> bool:
    """Whether no mark parts two words as one statement from another."""
    return not any(w.norm in STOPS for w in sentence.words[min(i, root) : max(i, root)])


def _disclaimed(sentence: Sentence, root: int) -> bool:
    """Whether a speaker denies having said it: "nous n'avons jamais dit que nous étions 3 000"."""
    said, negation = (words(sentence.language, "modality", key) for key in ("disclaimed", "negation"))
    for i in sentence.ancestors(root):
        if sentence.words[i].dep == "ccomp":
            above = sentence.words[i].head
            if sentence.words[above].lemma in said:
                return any(sentence.words[j].norm in negation for j in sentence.children[above])
    return False


def _out_of_question(sentence: Sentence, root: int) -> bool:
    """Whether a value is one that there is no question of: "il n'a jamais été question de réduire les salaires de 8 %"."""
    lead = f" {' '.join(w.norm for w in sentence.words[:root])} "
    parts = (*STOPS, *(f" {word} " for word in words(sentence.language, "modality", "but")))
    lead = lead[max(lead.rfind(part) for part in parts) + 1 :]
    return any(f" {phrase} " in lead for phrase in words(sentence.language, "modality", "no_question"))


def called_false(sentence: Sentence, mention: Mention) -> bool:
    """Whether a value is right away said to be wrong, whatever the tree shows: "le chiffre de 250 000 est totalement faux"."""
    behind = [w for w in sentence.words if w.start >= mention.end]
    said = [w for w in behind[: WRONG + 1] if w.pos != "ADV"]
    copula = bool(said) and said[0].pos in ("AUX", "VERB") and said[0].lemma in words(sentence.language, "nouns", "light_verbs")
    return copula and len(said) > 1 and said[1].lemma in words(sentence.language, "modality", "false")


WRONG = 3  # words behind a value within which it is called wrong


def _missing(sentence: Sentence, root: int) -> bool:
    """Whether a value is of what there is none of: "il n'y a jamais eu d'offre de 4 milliards", "n'a aucune dette de 3"."""
    of, negation = words(sentence.language, "prepositions", "of"), words(sentence.language, "modality", "negation")
    noun = sentence.words[root].head
    if noun < 0 or noun == root or sentence.case(root) not in of:
        return False
    none = any(sentence.words[j].norm in of | negation and sentence.words[j].pos == "DET" for j in sentence.children[noun])
    verb = sentence.words[noun].head
    if not none or verb < 0 or sentence.words[noun].dep not in labels(sentence.language, "object"):
        return False
    negated = any(_negates(sentence, j, negation) and j < noun for j in (*sentence.children[verb], *sentence.children[noun]))
    return negated and sentence.words[verb].pos in ("VERB", "AUX")
