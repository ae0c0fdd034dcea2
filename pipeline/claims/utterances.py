"""Days on which something was said: of a verb of speech, of who says it, of the report or letter that it stands in."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.claims.catalogue import people
from pipeline.records import Mention
from pipeline.syntax import Sentence, labels, words

MONTH = 31  # days of the longest month
QUOTES = frozenset('«»"“”')
ENDS = frozenset((".", "!", "…", "»", '"', "”"))  # what may close a sentence
SOURCE = 4  # words from "selon" to the report behind it


def governor(sentence: Sentence, date: Mention) -> int | None:
    """Index of the word that a date depends on, None for a root or where nothing was parsed."""
    if not sentence.parsed:
        return None
    own = sentence.indices(date.start, date.end)
    root = sentence.root_of(own)
    head = sentence.words[root].head
    if head != root and stands_alone(sentence, own):
        head = next((i for i in sentence.ancestors(head) if sentence.words[i].pos in ("VERB", "AUX")), head)
    return None if head == root else head


def stands_alone(sentence: Sentence, own: Sequence[int]) -> bool:
    """Whether a day ends its sentence behind a comma, with no preposition or article: when all of it happened.

    "L'alerte a été levée dans le centre du pays, mardi soir." Not where it is one of a row of days, nor where what stands
    before names an event that it may be the day of ("avant la finale de la coupe, dimanche").
    """
    before, behind = own[0] - 1, own[-1] + 1
    if before < 1 or sentence.words[before].norm != "," or sentence.words[own[0]].pos in ("ADP", "DET", "NUM"):
        return False
    if any(w.norm not in ENDS for w in sentence.words[behind:]) or sentence.words[before - 1].norm[:1].isdecimal():
        return False
    head = sentence.words[sentence.root_of(list(own))].head
    events = words(sentence.language, "events", "nouns")
    if head < 0 or sentence.words[head].pos not in ("NOUN", "PROPN", "ADJ"):
        return False
    return not any(sentence.words[i].lemma in events for i in (head, *sentence.ancestors(head)))


def of_speech(sentence: Sentence, date: Mention) -> bool:
    """Whether a date only says when something was said ("a déclaré mardi")."""
    verbs = words(sentence.language, "speech", "verbs")
    if not sentence.parsed:
        first = sentence.indices(date.start, date.end)[0]
        return any(w.norm in verbs for w in sentence.words[max(0, first - 5) : first])
    head = governor(sentence, date)
    if head is None:
        return False
    word = sentence.words[head]
    reflexive = labels(sentence.language, "reflexive")
    if any(sentence.words[j].dep in reflexive for j in sentence.children[head]):
        return False  # "un incendie s'est déclaré mardi"
    after = {w.norm for w in sentence.words[head + 1 : head + 3]}
    if _counted_over(sentence, head, date):
        return False
    said = word.lemma in verbs or any(" " in v and v.split()[0] == word.lemma and v.split()[1] in after for v in verbs)
    said = (said or _announced(sentence, head) or _behind_quotation(sentence, head)) and not _done(sentence, head)
    return (said and word.pos in ("VERB", "AUX", "ADJ")) or _of_source(sentence, date, head) or _of_speaker(sentence, date, head)


def _done(sentence: Sentence, verb: int) -> bool:
    """Whether a verb that may be one of speech tells of a deed: "un plan lancé en mai", "a lancé mardi un programme"."""
    word = sentence.words[verb]
    if word.lemma not in words(sentence.language, "speech", "deeds"):
        return False
    around = [sentence.words[j] for j in sentence.children[verb]]
    undergone = labels(sentence.language, "passive_subject") | labels(sentence.language, "object")
    described = word.dep in labels(sentence.language, "participle") and sentence.words[word.head].pos == "NOUN"
    by = labels(sentence.language, "agent")
    return described or any((w.dep in undergone and w.pos == "NOUN") or w.dep in by for w in around)


def _announced(sentence: Sentence, verb: int) -> bool:
    """Whether a verb of announcing stands behind what it announces: "400 postes seront créés, a annoncé jeudi le maire"."""
    if sentence.words[verb].lemma not in words(sentence.language, "speech", "announce"):
        return False
    subjects = labels(sentence.language, "subject")
    first = verb
    while first and sentence.words[first - 1].pos in ("AUX", "ADV", "PRON"):
        first -= 1
    aside = first > 0 and sentence.words[first - 1].norm in (",", "»", '"', "”")
    speakers = people() | words(sentence.language, "speech", "bodies")
    behind = (sentence.words[j] for j in sentence.children[verb] if j > verb)
    said_by = any(w.dep in subjects or w.lemma in speakers or w.pos == "PROPN" for w in behind)
    return aside and said_by and not any(j < verb and sentence.words[j].dep in subjects for j in sentence.children[verb])


def _behind_quotation(sentence: Sentence, verb: int) -> bool:
    """Whether a verb stands right behind what is quoted, and can but say who said it: "... », a balancé lundi le maire"."""
    subjects = labels(sentence.language, "subject")
    if "VerbForm=Part" in sentence.words[verb].morph and not any(sentence.words[j].pos == "AUX" for j in sentence.children[verb]):
        return False
    if any(j < verb and sentence.words[j].dep in subjects for j in sentence.children[verb]):
        return False  # "le film « X », a été tourné mardi"
    first = verb
    while first and sentence.words[first - 1].pos in ("AUX", "ADV", "PRON"):
        first -= 1
    closing = first - 2
    if closing < 0 or sentence.words[first - 1].norm != "," or sentence.words[closing].norm not in QUOTES:
        return False
    opening = next((i for i in range(closing - 1, -1, -1) if sentence.words[i].norm in QUOTES), 0)
    return any("VerbForm=Fin" in w.morph for w in sentence.words[opening:closing])  # no title


def _of_source(sentence: Sentence, date: Mention, head: int) -> bool:
    """Whether a date is that of the report a sentence goes by: "selon un rapport publié en juillet", "une étude de février"."""
    works, sources = words(sentence.language, "speech", "reports"), words(sentence.language, "speech", "sources")
    for i in (head, *list(sentence.ancestors(head))[:2]):
        if sentence.words[i].lemma in works and sentence.words[i].start < date.start:
            lead = " ".join(w.norm for w in sentence.words[max(0, i - SOURCE) : i])
            return any(f" {source} " in f" {lead} " for source in sources)
    return False


def _of_speaker(sentence: Sentence, date: Mention, head: int) -> bool:
    """Whether a date stands behind the speaker of a clause that only says who said it: "a précisé la mère de X mardi soir"."""
    first = sentence.indices(date.start, date.end)[0]
    nominal = labels(sentence.language, "complement") | labels(sentence.language, "apposition")
    for i in (head, *list(sentence.ancestors(head))[:3]):
        verb = sentence.words[i].head
        if _speaks_behind(sentence, verb, i) and i < first:
            return sentence.words[verb].lemma in words(sentence.language, "speech", "verbs")
        if sentence.words[i].dep not in nominal:
            break
    return False


def _speaks_behind(sentence: Sentence, verb: int, i: int) -> bool:
    """Whether word `i` is the subject behind a verb; a parser takes "a précisé la mère" for an object."""
    if not 0 <= verb < i:
        return False
    word, subjects = sentence.words[i], labels(sentence.language, "subject")
    if word.dep in labels(sentence.language, "object") and word.lemma in people():
        return not any(sentence.words[j].dep in subjects for j in sentence.children[verb])
    return word.dep in subjects


def _counted_over(sentence: Sentence, verb: int, date: Mention) -> bool:
    """Whether what a body counts it counts over a time ("a dénombré l'an passé 74 accidents"), which is no day of speech."""
    if sentence.words[verb].lemma not in words(sentence.language, "speech", "tallied"):
        return False
    return date.time_start is not None and date.time_end is not None and (date.time_end - date.time_start).days > MONTH
