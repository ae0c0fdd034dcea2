"""Whom a word names as a speaker, and which clauses only say who said it ("..., a annoncé la préfecture")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline import lexicon
from pipeline.claims.antecedents import gender_of
from pipeline.claims.catalogue import people
from pipeline.claims.context import Context
from pipeline.claims.reference import is_pronoun, phrase, refer, spoken_of
from pipeline.records import Entity, Mention
from pipeline.syntax import Sentence, Word, labels, words

APPOSED = 90  # characters from a speaker's office to the name ("la présidente du directoire d'Ostermark, Katrin Wellen")
BEFORE_ASIDE = ',»"”“–—'  # what stands before a clause of speech that is set aside
NAMED = 5  # words of a speaker before the verb, where nothing was parsed


class Aside(NamedTuple):
    """A clause of speech behind what was said; `start` is an offset in the article."""

    start: int
    name: str
    announces: bool  # whether its verb is one of announcing


def speaker_at(context: Context, sentence: Sentence, i: int, *, source: bool = False) -> str | None:
    """The speaker whom word `i` names, by the name that stands with it, else by its own words.

    A body that speaks ("la direction") is left as it is called; behind a `source` ("selon") a name between commas counts.
    """
    word = sentence.words[i]
    entity = context.entity_at(word.start, word.end)
    if entity is not None:
        return entity.name
    if i and (pointed := latter(context, sentence, sentence.words[i - 1].start)) is not None:
        return pointed
    apposed = _apposed(context, sentence, i, source=source)
    if apposed is not None:
        return apposed.name
    found = refer(context, sentence, i)
    one = "Number=Plur" not in word.morph  # "les syndicats" are not the one named last
    body = word.lemma in words(sentence.language, "speech", "bodies")
    if found is not None and (found.how in ("name", "pronoun") or (found.how == "description" and one and not body)):
        return found.name
    plain = phrase(sentence, i)
    if plain is None and word.pos in ("NOUN", "PROPN") and word.text[0].isalpha():
        return word.text  # "garde-côtes"
    return None if plain is None else plain.name


def _apposed(context: Context, sentence: Sentence, i: int, *, source: bool) -> Entity | None:
    """The name of the person or body that word `i` describes: "le préfet, Jean Dubois", "le réassureur Helvar"."""
    word = sentence.words[i]
    if word.pos != "NOUN":
        return None
    for start, end, entity in context.places_in(word.end, min(sentence.end, word.end + APPOSED)):
        inside = _outside_brackets([w for w in sentence.words[i + 1 :] if w.start < start])
        barred = _relatives(sentence) | set(';:(«»"')
        if any(w.pos in ("VERB", "AUX") or w.norm in barred for w in inside):
            return None
        commas = [w for w in inside if w.norm == ","]
        last = inside[-1] if inside else word
        if last is word and entity.type in ("ORG", "MISC") and word.lemma in words(sentence.language, "speech", "members"):
            continue  # "le député LR Jean Dubois"
        if not commas and last.pos not in ("ADP", "DET") and entity.type != "LOC":
            return entity
        if len(commas) == 1 and last is commas[0]:
            fits = entity.type in ("PER", "ORG") and _closed(context, sentence, end) if source else entity.type == "PER"
            return entity if fits else None
    return None


def _outside_brackets(run: list[Word]) -> list[Word]:
    """Words without those in brackets that are closed: what a body is called for short parts nothing."""
    out: list[Word] = []
    for word in run:
        if word.norm == ")" and any(w.norm == "(" for w in out):
            del out[max(k for k, w in enumerate(out) if w.norm == "(") :]
        else:
            out.append(word)
    return out


def latter(context: Context, sentence: Sentence, offset: int) -> str | None:
    """Whom "ce dernier", "cette dernière" at `offset` means: the person or body named last before it that agrees with it."""
    run = [w for w in sentence.words if w.start >= offset][:2]
    pointing = words(sentence.language, "reference", "demonstrative")
    if len(run) < 2 or run[0].norm not in pointing or run[1].norm not in words(sentence.language, "reference", "latter"):
        return None
    gender = next((g for g in ("feminine", "masculine") if run[0].norm in words(sentence.language, "reference", g)), None)
    for start, _, entity in reversed(context.places_in(max(0, offset - LATTER), offset)):
        if start < offset and entity.type in ("PER", "ORG") and gender_of(context, entity) in (gender, None):
            return entity.name
    return None


LATTER = 400  # characters back to whom "ce dernier" means


def told_by(context: Context, sentence: Sentence) -> Iterator[tuple[int, str]]:
    """The clauses "comme l'indique X" of a sentence: where each begins, and who it is that says so."""
    like = words(sentence.language, "speech", "like")
    for i, word in enumerate(sentence.words):
        if not sentence.parsed or word.norm not in like:
            continue
        near = range(i + 1, min(len(sentence.words), i + GROUP))
        verb = next((j for j in near if said(sentence, j, "verbs", "announce") or _misread(sentence, j)), None)
        between = sentence.words[i + 1 : verb] if verb is not None else ()
        if verb is None or not between or any(w.pos not in ("PRON", "AUX", "ADV", "DET") for w in between):
            continue
        name = _behind(context, sentence, verb, anybody=True)
        if name is not None:
            yield word.start, name


def _misread(sentence: Sentence, i: int) -> bool:
    """Whether a word behind a pronoun has the form of a verb of speech, whatever it was tagged: "comme le rapporte X"."""
    return _formed(sentence, i) and sentence.words[i - 1].norm in words(sentence.language, "reference", "objects")


def _formed(sentence: Sentence, i: int, key: str = "verbs") -> bool:
    """Whether a word ends like a finite form of a verb of speech, or of another list."""
    verbs = words(sentence.language, "speech", key)
    endings = lexicon.language(sentence.language, "syntax")["forms"].get("finite", ())
    norm = sentence.words[i].norm
    return any(norm.endswith(end) and norm[: -len(end)] + infinitive in verbs for end, infinitive in endings)


def counting(sentence: Sentence, mention: Mention) -> int | None:
    """The verb right before a value by which somebody counts what "en" takes up: "la ligue en revendique 850 000".

    A tagger that knows no such subject takes "en" for a preposition and the verb for a noun: its form tells.
    """
    first = sentence.indices(mention.start, mention.end)[0]
    if not sentence.parsed or first < 2 or sentence.words[first - 2].norm not in words(sentence.language, "reference", "thereof"):
        return None
    verb = sentence.words[first - 1]
    told = verb.lemma in words(sentence.language, "speech", "verbs") and verb.pos == "VERB"
    return first - 1 if told or _formed(sentence, first - 1) else None


def told_apart(sentence: Sentence, verb: int, root: int) -> bool:
    """Whether another verb of speech, known by its form, tells a value behind a semicolon: "A dit payer ; B chiffre à"."""
    marks = [k for k in range(verb, root) if sentence.words[k].norm == ";"]
    return bool(marks) and any(_formed(sentence, k) for k in range(marks[-1] + 1, root))


GROUP = 5  # words from "comme" to the verb of its clause


def _relatives(sentence: Sentence) -> frozenset[str]:
    return words(sentence.language, "reference", "relatives")


def _closed(context: Context, sentence: Sentence, end: int) -> bool:
    """Whether a name is set between commas: "selon l'armateur, Sandor Ferries, il" and not "selon la police, Paul Morin a"."""
    if context.article.text[end : end + 1] not in (",", "."):
        return False
    after = [w for w in sentence.words if w.start > end][:1]
    return not any(w.pos in ("VERB", "AUX") or w.norm in _relatives(sentence) for w in after)


def said(sentence: Sentence, i: int, *keys: str) -> bool:
    """Whether word `i` is a verb of one of the lists, alone or with the words that make it one ("faire état")."""
    word = sentence.words[i]
    if sentence.parsed and word.pos not in ("VERB", "AUX"):
        return word.pos == "ADJ" and any(_formed(sentence, i, key) for key in keys)  # "la mairie, elle, parle de 200 arbres"
    for key in keys:
        verbs = words(sentence.language, "speech", key)
        if word.lemma in verbs or (not sentence.parsed and word.norm in verbs):
            return True
        after = {w.norm for w in sentence.words[i + 1 : i + 4]}
        if any(v.split()[0] == word.lemma and set(v.split()[1:]) <= after for v in verbs if " " in v):
            return True
    return False


def asides(context: Context, sentence: Sentence) -> list[Aside]:
    """The clauses of a sentence that only say who said what stands before them.

    Behind a quotation any verb will do ("», souffle Jeanne Morvan"), where its subject is somebody who can speak.
    """
    out = []
    for i in range(len(sentence.words)):
        first = _group(sentence, i)
        start = sentence.words[first].start
        mark = context.article.text[:start].rstrip()[-1:]
        if mark not in tuple(BEFORE_ASIDE) or _has_subject(context, sentence, first, i) or _opens(context, start):
            continue
        speech = said(sentence, i, "verbs", "announce") or _inverted(context, sentence, i)
        if not speech and not (_closes(context, start) and _verb(context, sentence, i)):
            continue
        name = _behind(context, sentence, i, anybody=speech)
        if name is not None:
            out.append(Aside(start, name, said(sentence, i, "announce")))
    return out


def _inverted(context: Context, sentence: Sentence, i: int) -> bool:
    """Whether a word with the form of a verb of speech stands between a comma and who speaks: ", chiffre Albis Re"."""
    if not i or sentence.words[i - 1].norm != "," or sentence.words[i].pos in ("VERB", "AUX") or not _formed(sentence, i):
        return False
    return _speaks_behind(context, sentence, i)


def _opens(context: Context, offset: int) -> bool:
    """Whether a quotation begins at `offset`: a straight mark looks the same before and behind."""
    lead = context.article.text[context.paragraph_start(offset) : offset].rstrip()
    return lead[-1:] in tuple("«„") or (lead[-1:] == '"' and lead.count('"') % 2 == 1)


def _closes(context: Context, offset: int) -> bool:
    """Whether a quotation has just ended before `offset`."""
    lead = context.article.text[context.paragraph_start(offset) : offset].rstrip(" ,\u00a0\u202f")
    return lead[-1:] in tuple("»”“") or (lead[-1:] == '"' and lead.count('"') % 2 == 0)


def _has_subject(context: Context, sentence: Sentence, first: int, verb: int) -> bool:
    """Whether a verb has its subject before it, which is no inversion: "la police, qui ..., indique"."""
    subjects = labels(sentence.language, "subject")
    if any(j > verb and sentence.words[j].dep in subjects for j in sentence.children[verb]):
        return False
    own = [j for j in sentence.children[verb] if first <= j < verb] if sentence.parsed else []
    if _closes(context, sentence.words[first].start):
        return any(sentence.words[j].dep in subjects and not sentence.words[j].norm.startswith("-") for j in own)
    far = [j for j in sentence.children[verb] if j < first and sentence.words[j].pos in ("NOUN", "PROPN", "PRON")]
    if _speaks_behind(context, sentence, verb):
        far = [j for j in far if not sentence.case(j) and not _figure(context, sentence, j)]  # "19 milliards, dit la Cour"
    return any(sentence.words[j].dep in subjects and not sentence.words[j].norm.startswith("-") for j in (*own, *far))


def _speaks_behind(context: Context, sentence: Sentence, verb: int) -> bool:
    """Whether somebody who can speak is named right behind a verb."""
    behind = verb + 1 + (verb + 1 < len(sentence.words) and sentence.words[verb + 1].pos == "DET")
    if behind >= len(sentence.words) or sentence.words[behind].pos not in ("NOUN", "PROPN"):
        return False
    return can_speak(context, sentence, behind)


def _figure(context: Context, sentence: Sentence, i: int) -> bool:
    """Whether a word is one of a quantity, which says nothing; people who are counted may."""
    word = sentence.words[i]
    inside = (m for m in context.mentions_in(sentence.start, sentence.end) if m.start <= word.start < m.end)
    return any(m.kind != "date" and (m.kind != "count" or (m.unit or "").casefold() not in people()) for m in inside)


def _verb(context: Context, sentence: Sentence, i: int) -> bool:
    """Whether word `i` is a finite verb or a participle with its auxiliary; a parser takes "lance-t-il" for a name."""
    word = sentence.words[i]
    if _clitic(sentence, word) is not None:
        return True
    if word.text.islower() and any(e.type == "PER" for _, _, e in context.places_in(word.end, word.end + 2)):
        return True  # "», souffle Jeanne Morvan"
    if word.pos not in ("VERB", "AUX") or not sentence.parsed:
        return False
    return "VerbForm=Fin" in word.morph or (i > 0 and sentence.words[i - 1].pos == "AUX")


def _clitic(sentence: Sentence, word: Word) -> str | None:
    """The pronoun that a verb bears behind a hyphen: "lance-t-il"."""
    _, hyphen, tail = word.norm.rpartition("-")
    return tail if hyphen and tail in words(sentence.language, "reference", "pronouns") else None


def _group(sentence: Sentence, i: int) -> int:
    """Index of the first word of the verb group that ends in word `i`: auxiliaries, clitics, adverbs."""
    light, relatives = ("AUX", "PRON", "ADV"), _relatives(sentence)
    while i and sentence.words[i - 1].pos in light and sentence.words[i - 1].norm not in relatives:
        i -= 1
    return i


def _behind(context: Context, sentence: Sentence, verb: int, *, anybody: bool) -> str | None:
    """The subject behind a verb, past adverbs, dates and what stands behind a preposition; None where there is none."""
    word = sentence.words[verb]
    group = sentence.words[_group(sentence, verb) : verb + 1]
    if any(_clitic(sentence, w) is not None for w in group):
        return last_speaker(context, sentence)
    dated = [(m.start, m.end) for m in context.mentions_in(word.end, sentence.end) if m.kind == "date"]
    skip = False
    for j in range(verb + 1, min(len(sentence.words), verb + 16)):
        w = sentence.words[j]
        if any(s <= w.start < e for s, e in dated) or w.pos in ("ADV", "DET", "ADJ"):
            continue
        if w.norm in words(sentence.language, "reference", "pronouns") and not skip:
            return last_speaker(context, sentence) if w.pos == "PRON" and j == verb + 1 else None
        if not w.norm[:1].isalnum() and w.norm not in (",", "-"):
            return None
        if w.pos == "ADP":
            skip = True
        elif w.pos in ("NOUN", "PROPN"):
            before = sentence.words[j - 1]
            if skip or before.pos == "PROPN":
                skip = before.pos == "PROPN" and skip
                continue
            if before.pos == "NUM" or _of_turn(sentence, verb, j) or not (anybody or can_speak(context, sentence, j)):
                return None
            return speaker_at(context, sentence, j)
        elif w.pos in ("VERB", "AUX", "NUM", "SCONJ", "CCONJ"):
            return None
    return None


def _of_turn(sentence: Sentence, verb: int, noun: int) -> bool:
    """Whether a noun is but a word of the turn that makes a verb of speech: "a fait état"."""
    turns = (v.split() for v in words(sentence.language, "speech", "verbs") if " " in v)
    return any(t[0] == sentence.words[verb].lemma and sentence.words[noun].norm in t[1:] for t in turns)


def last_speaker(context: Context, sentence: Sentence) -> str | None:
    """Whom "ajoute-t-il" means: the person whom the sentence before is about, else the one named before."""
    found = spoken_of(context, sentence, "PER") or context.before(sentence.start, "PER")
    return None if found is None else found.name


def line_speaker(context: Context, sentence: Sentence, verb: int) -> tuple[str, bool] | None:
    """Where nothing was parsed: who a verb of speech is said of, and whether what was said stands before it."""
    first = sentence.words[verb].start
    text = context.article.text
    behind = text[sentence.start : first].rstrip()[-1:] in tuple(BEFORE_ASIDE)
    if behind:
        told = text[first : sentence.end].split(":")[0]
        ahead = [j for j in range(verb + 1, min(len(sentence.words), verb + 8)) if sentence.words[j].end <= first + len(told)]
        name = _run(context, sentence, range(verb + 1, verb + 1 + len(ahead))) if len(told) == sentence.end - first else None
        return None if name is None else (name, True)
    start = verb
    while start and sentence.words[start - 1].norm[:1].isalpha() and verb - start < NAMED:
        start -= 1
    lead = text[sentence.start : sentence.words[start].start].rstrip()
    if start == verb - 1 and sentence.words[start].norm in _relatives(sentence):
        near = context.places_in(max(sentence.start, sentence.words[start].start - 40), sentence.words[start].start)
        return (near[-1][2].name, False) if near else None
    name = _run(context, sentence, range(start, verb))
    return None if name is None else (name, lead[-1:] in tuple(BEFORE_ASIDE))


def _run(context: Context, sentence: Sentence, at: range) -> str | None:
    """The entity among some words, else their first noun-like run: words behind a determiner, or plain ones."""
    run = [sentence.words[i] for i in at]
    if not run:
        return None
    found = [e for _, _, e in context.places_in(run[0].start, run[-1].end) if e.type != "LOC"]
    if found:
        return found[0].name
    skipped = words(sentence.language, "reference", "definite") | words(sentence.language, "reference", "determiners")
    plain: list[str] = []
    for w in run:
        if not w.norm[:1].isalpha():
            break
        if w.norm not in skipped:
            plain.append(w.text)
        if plain and sentence.language == "de":
            break
    return " ".join(plain) if plain and len(plain) <= 3 else None


def named_subject(context: Context, sentence: Sentence, verb: int) -> tuple[int, str] | None:
    """The subject before a verb and its name; of a relative clause, what it is about."""
    subjects = [j for j in sentence.children[verb] if sentence.words[j].dep in labels(sentence.language, "subject")]
    subjects = [j for j in subjects if sentence.words[j].dep not in labels(sentence.language, "passive_subject")]
    at = subjects[0] if subjects else _hung(sentence, verb)
    if at is None:
        return None
    if sentence.words[at].norm in _relatives(sentence):
        head = sentence.words[verb].head
        if head < 0 or head == verb or sentence.words[head].pos in ("VERB", "AUX"):
            return None
        at = head
    name = speaker_at(context, sentence, at)
    return None if name is None else (at, name)


def _hung(sentence: Sentence, verb: int) -> int | None:
    """What a finite verb was hung on as if it described it: "le maire, Jean Morin, parle de" is no relative clause."""
    word = sentence.words[verb]
    finite = "VerbForm=Fin" in word.morph or word.pos == "ADJ"  # a form of a verb that was tagged as adjective, see `said`
    if word.dep != "acl" or not finite or word.head >= verb:
        return None
    return word.head


def can_speak(context: Context, sentence: Sentence, i: int) -> bool:
    """Whether word `i` is somebody who can say something: a person, a body, a text that tells."""
    word = sentence.words[i]
    if is_pronoun(sentence, i) or (i and latter(context, sentence, sentence.words[i - 1].start) is not None):
        return True
    entity = context.entity_at(word.start, word.end)
    if entity is not None:
        return entity.type in ("PER", "ORG", "MISC")
    nouns = frozenset().union(*(words(sentence.language, "reference", k) for k in ("PER", "ORG")))
    return word.lemma in nouns | words(sentence.language, "speech", "bodies") | words(sentence.language, "people", "nouns")
