"""Which noun is meant by a participle or a relative pronoun, where the tree leaves it open: by place and agreement."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import lexicon
from pipeline.claims.reference import gender
from pipeline.syntax import Sentence, labels, words

STOPS = (".", ";", ":", "?", "!", "…")  # past these a participle describes nothing


def dependents(sentence: Sentence, i: int, key: str) -> list[int]:
    """Words that depend on word `i` by the relations of a key of `[relations]` ("object")."""
    return [j for j in sentence.children[i] if sentence.words[j].dep in labels(sentence.language, key)]


def is_bare(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is a past participle without an auxiliary."""
    auxiliary = any(sentence.words[j].pos == "AUX" for j in sentence.children[verb])
    return "VerbForm=Part" in sentence.words[verb].morph and "Tense=Pres" not in sentence.words[verb].morph and not auxiliary


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is in the passive, or a participle by itself."""
    if dependents(sentence, verb, "passive_subject") or "Voice=Pass" in sentence.words[verb].morph:
        return True
    return any(sentence.words[j].dep == "aux:pass" for j in sentence.children[verb]) or is_bare(sentence, verb)


def event_nouns(sentence: Sentence, verb: int) -> list[int]:
    """The nouns that are said to take place: subjects, or the noun that a participle describes."""
    found = dependents(sentence, verb, "subject")
    word = sentence.words[verb]
    if found:
        return [_meant_by(sentence, verb, j) for j in found]
    noun = described(sentence, verb)
    return [noun] if noun is not None else dependents(sentence, word.head, "subject") if word.head >= 0 else []


def _meant_by(sentence: Sentence, verb: int, j: int) -> int:
    """The noun that a subject stands for: itself, or what a relative pronoun takes up ("le procès, qui s'est tenu")."""
    if sentence.words[j].pos != "PRON":
        return j
    if sentence.words[verb].dep in labels(sentence.language, "relative"):
        return sentence.words[verb].head
    relative = sentence.words[j].norm in words(sentence.language, "reference", "relatives")
    nouns = phrase_above(sentence, _before(sentence, j)) if relative else []
    return nouns[-1] if nouns else j


def described(sentence: Sentence, participle: int, *, near: bool = False) -> int | None:
    """The noun before a participle that it describes: "la fermeture de X, prévue fin 2025".

    Of several that agree the highest ("le rapport du comité, publié"); with `near`, the last that has an article, where no
    comma stands between.
    An age in between ("Anne Morel, 47 ans, nommée") and adjectives are stepped over.
    """
    i = _before(sentence, participle)
    nouns = [k for k in phrase_above(sentence, i) if k < participle] if i >= 0 else []
    agreeing = [k for k in nouns if agree(sentence, k, participle)] or _further(sentence, i, participle)
    agreeing = [k for k in agreeing if gender(sentence, k) or _feature(sentence.words[k].morph, "Gender")] or agreeing
    if not agreeing:
        return None
    with_article = [k for k in agreeing if _determined(sentence, k)]
    return with_article[0] if near and with_article and i == participle - 1 else agreeing[-1]


def _determined(sentence: Sentence, noun: int) -> bool:
    """Whether a noun has an article, be it within a preposition ("du plan")."""
    contracted = sentence.case(noun) in words(sentence.language, "reference", "definite")
    return contracted or any(sentence.words[j].pos == "DET" for j in sentence.children[noun])


def _further(sentence: Sentence, i: int, participle: int) -> list[int]:
    """The nearest noun that agrees, of those that prepositions string together up to word `i` ("la loi sur les prix votée")."""
    while i > 0 and sentence.words[i].pos in ("NOUN", "PROPN", "ADJ", "ADP", "DET", "NUM"):
        if sentence.words[i].pos == "NOUN" and agree(sentence, i, participle):
            return [i]
        i -= 1
    return []


def _before(sentence: Sentence, participle: int) -> int:
    """The noun that ends what stands before a participle, past commas, quotation marks, adjectives and an age; -1 for none."""
    i = participle - 1
    while i >= 0 and (sentence.words[i].pos in ("PUNCT", "ADJ") or _age(sentence, i)):
        if sentence.words[i].norm in STOPS:
            return -1
        i -= 2 if _age(sentence, i) else 1
    return i


def _age(sentence: Sentence, i: int) -> bool:
    """Whether word `i` ends an age set off by commas: "47 ans" in "Anne Morel, 47 ans, nommée"."""
    years = sentence.words[i].lemma in words(sentence.language, "people", "years")
    return years and i > 1 and sentence.words[i - 1].pos == "NUM" and sentence.words[i - 2].norm in (",", "(")


def agree(sentence: Sentence, noun: int, participle: int) -> bool:
    """Whether a participle can describe a noun: its ending tells its gender, an article the noun's; a bare name has none."""
    word, past = sentence.words[noun], sentence.words[participle]
    feminine = tuple(lexicon.language(sentence.language, "syntax")["forms"].get("feminine", ()))
    shown = ("feminine" if past.norm.endswith(feminine) else "masculine") if feminine else None
    own = gender(sentence, noun)
    if own is None and word.pos == "PROPN":
        return True
    own = own or {"Gender=Fem": "feminine", "Gender=Masc": "masculine"}.get(_feature(word.morph, "Gender"))
    ours, theirs = (_feature(m, "Number") for m in (word.morph, past.morph))
    return (None in (own, shown) or own == shown) and (not ours or not theirs or ours == theirs)


def _feature(morph: str, name: str) -> str:
    return next((f for f in morph.split("|") if f.startswith(f"{name}=")), "")


def phrase_above(sentence: Sentence, i: int) -> list[int]:
    """The noun at word `i` and those above it that it is a complement of."""
    upward = frozenset.union(*(labels(sentence.language, key) for key in ("complement", "name_part", "apposition")))
    out = []
    for k in (i, *sentence.ancestors(i)):
        if sentence.words[k].pos not in ("NOUN", "PROPN"):
            break
        out.append(k)
        apart = any(w.norm in STOPS for w in sentence.words[sentence.words[k].head : k])
        if sentence.words[k].dep not in upward or apart:
            break
    return out


def behind(sentence: Sentence, own: Sequence[int]) -> int:
    """The word before a date, prepositions, articles and, where another follows it, a comma apart; -1 before "de" and a date."""
    i = own[0] - 1
    apart = sentence.words[own[-1] + 1 : own[-1] + 2]
    if i > 0 and sentence.words[i].norm == "," and apart and apart[0].norm == ",":
        i -= 1
    if i >= 0 and sentence.words[i].norm in words(sentence.language, "continuing", "shares"):
        return -1  # "opéré à cœur ouvert de 2013"
    while i > 0 and (sentence.words[i].pos in ("ADP", "DET") or sentence.words[i].dep == "fixed"):
        i -= 1
    return i


def verb_before(sentence: Sentence, own: Sequence[int]) -> int | None:
    """The verb right before a date, which is its own whatever the tree hangs it on ("la plainte, déposée le 3 mars")."""
    i = behind(sentence, own)
    if i <= 0 or sentence.words[i].pos != "VERB":
        return None
    return i if any(f in sentence.words[i].morph for f in ("Tense=Past", "VerbForm=Fin")) else None
