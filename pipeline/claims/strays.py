"""The subject that a tree has lost: the noun phrase before a finite verb to which the parser gave none.

"En région, Météo Nord a relevé 32 mm" hangs the name on the region, "cet atelier de 700 m², ouvert hier, aura" the noun
on nothing. By place and agreement: bare of a preposition, of the verb's number, with nothing between but its own
complements and what commas or a relative pronoun set apart.
"""

from __future__ import annotations

from pipeline.syntax import Sentence, labels, words

NOMINAL = frozenset(("NOUN", "PROPN"))
STOPS = frozenset(';:.!?…«»"“”()[]–—')  # past these no subject is looked for
NUMBERS = ("Number=Sing", "Number=Plur")


def stray_subject(sentence: Sentence, verb: int) -> int | None:
    """Index of the noun or name before `verb` that must be its subject, None where the tree gives one or none is plain."""
    finite = _finite(sentence, verb)
    joined = labels(sentence.language, "coordination") | labels(sentence.language, "auxiliary")
    if finite is None or sentence.words[verb].dep in joined:
        return None
    if any(_has_subject(sentence, k) for k in {verb, finite}):
        return None
    end = _before_verb(sentence, finite)
    found = None if end is None else _phrase_head(sentence, end)
    return found if found is not None and _agrees(sentence, found, finite) else None


def apposed_to(sentence: Sentence, verb: int, subject: int) -> int | None:
    """Index of the noun that a `subject` without an article only describes between commas, right before its verb.

    "L'hôpital, premier employeur de la ville, a perdu": of the hospital. None where it describes nothing.
    """
    word, finite = sentence.words[subject], _finite(sentence, verb)
    if finite is None or word.pos != "NOUN" or any(sentence.words[j].pos == "DET" for j in sentence.children[subject]):
        return None
    end = _before_verb(sentence, finite)
    if end is None or sentence.words[end + 1].norm != "," or not end + 1 < subject < finite:
        return None
    outer = _phrase_head(sentence, end)
    return outer if outer is not None and _agrees(sentence, outer, finite) else None


def _finite(sentence: Sentence, verb: int) -> int | None:
    """The finite form of a verb: itself or its auxiliary, in the indicative."""
    near = (*(j for j in sentence.children[verb] if sentence.words[j].pos == "AUX"), verb)
    return next((j for j in near if "Mood=Ind" in sentence.words[j].morph and "VerbForm=Fin" in sentence.words[j].morph), None)


def _has_subject(sentence: Sentence, k: int) -> bool:
    known = labels(sentence.language, "subject") | labels(sentence.language, "expletive") | {"csubj", "csubj:pass"}
    return any(sentence.words[j].dep in known for j in sentence.children[k])


def _before_verb(sentence: Sentence, finite: int) -> int | None:
    """The last word before a verb's own clitics and adverbs and before what commas set apart, None at another clause's end."""
    i = finite - 1
    while i >= 0 and (sentence.words[i].pos in ("ADV", "AUX") or _clitic(sentence, i)):
        i -= 1
    if i < 0 or set(sentence.words[i].norm) & STOPS:
        return None
    if sentence.words[i].norm != ",":
        return i
    if _says(sentence, finite):
        return None  # "... , indique la mairie"
    first = next((j for j in range(i - 1, -1, -1) if sentence.words[j].norm == "," or set(sentence.words[j].norm) & STOPS), None)
    if first is None or sentence.words[first].norm != "," or first == 0:
        return None
    inside = range(first + 1, i)
    relative = sentence.words[first + 1].norm in words(sentence.language, "reference", "relatives")
    return None if not relative and any("VerbForm=Fin" in sentence.words[j].morph for j in inside) else first - 1


def _says(sentence: Sentence, finite: int) -> bool:
    """Whether a finite form is, or serves, a verb of speech, whose subject stands behind it where a comma stands before."""
    known = words(sentence.language, "speech", "verbs") | words(sentence.language, "speech", "announce")
    return bool({sentence.words[finite].lemma, sentence.words[sentence.words[finite].head].lemma} & known)


def _clitic(sentence: Sentence, i: int) -> bool:
    """Whether word `i` is a pronoun before a verb that is not its subject ("se", "lui", "y", "ne")."""
    word = sentence.words[i]
    return word.pos == "PRON" and len(word.norm) <= 3 and word.norm not in words(sentence.language, "reference", "pronouns")


def _phrase_head(sentence: Sentence, end: int) -> int | None:
    """The head of the noun phrase that ends at word `end`: its complements, each behind a preposition, are stepped over."""
    i, found = end, None
    while i >= 0:
        word = sentence.words[i]
        if "VerbForm=Fin" in word.morph:
            return None  # what stands behind it is its own object
        if word.pos == "CCONJ" and i and sentence.words[i - 1].norm != ",":
            return None  # it may be one of several
        if set(word.norm) & STOPS or word.norm == "," or word.pos in ("PRON", "SCONJ", "CCONJ"):
            break
        if word.pos == "ADP" or word.norm in words(sentence.language, "prepositions", "of"):
            found = None  # what was behind it is a complement
        elif word.pos in NOMINAL:
            found = i
        i -= 1
    return found


def _agrees(sentence: Sentence, j: int, finite: int) -> bool:
    own = {n for n in NUMBERS if n in sentence.words[j].morph}
    asked = {n for n in NUMBERS if n in sentence.words[finite].morph}
    return "Person=3" in sentence.words[finite].morph and (own == asked or not ((own and asked) or asked == {NUMBERS[1]}))
