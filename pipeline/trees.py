"""Trees set right where a parser takes the verb of a main clause for a description of its subject.

"Onze personnes y sont mortes en 2026" has no verb of its own for a parser that hangs "mortes" on "personnes" as if it stood
in a relative clause. A finite verb without a relative pronoun is none: it heads the sentence, and the noun is its subject.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.syntax import Word, labels, words

FINITE = "VerbForm=Fin"
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")


def set_right(sentence: Sequence[Word], language: str, infinitive: Callable[[str], str]) -> tuple[Word, ...]:
    """The words of a parsed sentence, with the verb of its main clause at the head where the tree has a noun there.

    `infinitive` is that of a finite form, the form itself where it is none of a known verb.
    """
    out = [_as_verb(sentence, i, language, infinitive) for i in range(len(sentence))]
    top = next((i for i, word in enumerate(out) if word.head == i), None)
    verb = None if top is None else _verb(out, top, language)
    if top is None or verb is None:
        return tuple(out)
    passive = any(w.head == verb and w.dep in labels(language, "passive") for w in out)
    out[top] = out[top]._replace(head=verb, dep=min(labels(language, "passive_subject")) if passive else SUBJECT)
    out[verb] = out[verb]._replace(head=verb, dep="ROOT")
    for i in range(verb + 1, len(out)):
        if out[i].head == top:
            out[i] = out[i]._replace(head=verb)
    return tuple(out)


SUBJECT = "nsubj"  # Universal Dependencies


def _as_verb(sentence: Sequence[Word], i: int, language: str, infinitive: Callable[[str], str]) -> Word:
    """A word, as a verb where it was tagged as a noun or adjective but can only be one: "l'opération valorise Quarnel"."""
    word, before = sentence[i], sentence[i - 1] if i else None
    if before is None or word.pos not in ("NOUN", "ADJ") or infinitive(word.norm) == word.norm:
        return word
    described = word.dep in labels(language, "participle") | labels(language, "complement")
    top = before.head == i - 1 and before.pos in ("NOUN", "PROPN") and word.head == i - 1 and described
    alone = top and not any(FINITE in w.morph for w in sentence) and not any(w.head == i and w.dep == "case" for w in sentence)
    if not alone or i + 1 >= len(sentence) or sentence[i + 1].pos not in ("NUM", "PROPN", "DET", "ADJ"):
        return word
    morph = f"Number={'Plur' if _plural(before.morph) else 'Sing'}|Tense=Pres|{FINITE}"
    return word._replace(pos="VERB", lemma=infinitive(word.norm), morph=morph, dep="acl", verb="")


def _verb(sentence: Sequence[Word], top: int, language: str) -> int | None:
    """Index of a finite verb that is taken for a description of the noun at the head of the sentence."""
    described = labels(language, "relative") | labels(language, "participle")
    nominal = labels(language, "complement")  # "douze personnes au moins sont mortes"
    known = labels(language, "subject")
    copulas = (w for w in sentence if sentence[w.head] is sentence[top] and w.pos == "AUX")
    if sentence[top].pos not in NOMINAL or any(FINITE in w.morph for w in copulas):
        return None  # "c'est la première cause, rappelle l'étude"
    for i in range(top + 1, len(sentence)):
        word = sentence[i]
        if word.head != top:
            continue
        if word.pos in ("VERB", "AUX") and FINITE in word.morph and word.dep not in described:
            return None  # "c'est une ville qui ..."
        own = [w for w in sentence if w.head == i and w is not word]
        served = word.pos == "VERB" and any(w.pos == "AUX" and FINITE in w.morph for w in own)
        if word.pos not in ("VERB", "AUX", "ADJ") or word.dep not in (described | nominal if served else described):
            continue
        forms = [word.morph, *(w.morph for w in own if w.pos == "AUX")]
        finite = next((m for m in forms if FINITE in m), None)
        if finite is None or any(w.dep in known for w in own):
            continue
        between = sentence[top + 1 : i]
        if any("PronType=Rel" in w.morph or w.norm in words(language, "reference", "subordinators") for w in between):
            continue
        if _plural(finite) is not None and _plural(sentence[top].morph) not in (None, _plural(finite)):
            continue
        return i
    return None


def _plural(morph: str) -> bool | None:
    """Whether a word is in the plural, None where its form does not say."""
    return True if "Number=Plur" in morph else False if "Number=Sing" in morph else None
