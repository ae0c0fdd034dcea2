"""Whom an event is of: the subject that its word has, the noun that its participle describes, the one that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.claims.catalogue import cues
from pipeline.claims.context import Context
from pipeline.claims.measures import Measure
from pipeline.claims.naming import entity_of, persons
from pipeline.claims.openings import opens
from pipeline.claims.participles import agree, dependents, described, event_nouns, is_bare, is_passive
from pipeline.claims.reference import Referent, named, own, phrase, possessive, refer, spoken_of
from pipeline.claims.roles import subject
from pipeline.records import Mention
from pipeline.syntax import Sentence, labels, words


def befits(sentence: Sentence, how: Measure, who: Referent) -> bool:
    """Whether an event can be of such a thing: no car is born, nobody is rebuilt, rain takes up no post."""
    only = how.record.of if how.record is not None and how.record.nature == "event" else None
    if only == "ORG" and who.type == "PER" and who.how in ("pronoun", "topic", "description"):
        return not (sentence.parsed and is_passive(sentence, how.at))
    if only != "PER" or who.type == only:
        return True
    noun = sentence.parsed and sentence.words[how.at].pos == "NOUN"
    return who.how == "phrase" and (not noun or who.name.split()[0].casefold() in persons(sentence.language))


def bearer(context: Context, sentence: Sentence, date: Mention, how: Measure) -> tuple[Referent, float]:
    """Whom an event is of: of what is founded, opened or closed the thing, where the sentence has a noun for it."""
    who, sure = _bearer(context, sentence, date, how)
    thing = how.record is not None and how.record.of == "ORG" and sentence.parsed and is_bare(sentence, how.at)
    if thing and who.type == "PER":
        noun = described(sentence, how.at)
        own_word = phrase(sentence, noun) if noun is not None else None
        return (own_word, 0.4) if own_word is not None else (who, sure)
    return who, sure


def _bearer(context: Context, sentence: Sentence, date: Mention, how: Measure) -> tuple[Referent, float]:
    """The same by the roles alone; a participle at the head of a sentence speaks of the subject that follows."""
    who, sure = subject(context, sentence, date, how)
    if how.record is not None and how.record.role == "event":
        named_one, how_sure = subject(context, sentence, date, replace(how, record=replace(how.record, role="holder")))
        his = named_one.type == "PER" and named_one.how == "name" and not _anothers(context, sentence, how, named_one)
        return (named_one, how_sure) if his else (who, sure)
    if not sentence.parsed:
        opening = opens(context, sentence, how.at) or _behind_comma(context, sentence, how.at)
        return (opening, 0.5) if opening is not None and who.how in ("topic", "pronoun", "phrase") else (who, sure)
    owner = _owned(context, sentence, how) or _complement(context, sentence, how)
    if owner is not None:
        return owner, 0.7
    undergone = _undergone(context, sentence, how)
    if undergone is not None:
        return undergone, 0.7 if undergone.how == "name" else 0.5
    if who.how == "topic" and who.type == "PER" and _of_nobody(sentence, how):
        return phrase(sentence, how.at) or who, 0.4  # "cette réunion aura lieu le 17" is not of who says so
    if not _heads_sentence(sentence, how):
        held = _held(context, sentence, how) if who.how == "topic" or _strays(sentence, how) else None
        if held is not None:
            return held, 0.6
        common = _common(context, sentence, how)
        vague = who.how in ("topic", "description") or is_bare(sentence, how.at)
        return (common, 0.5) if common is not None and vague else (who, sure)
    behind = [
        j
        for j, w in enumerate(sentence.words)
        if j > how.root and w.dep in labels(sentence.language, "subject") and w.pos != "PRON"
    ]
    found = (refer(context, sentence, behind[0]) or phrase(sentence, behind[0])) if behind else None
    if found is not None and found.how in ("name", "description", "possessive", "phrase"):
        return found, 0.7
    known = spoken_of(context, sentence, "ORG", "PER", "MISC", "LOC")
    return (named(known, "description"), 0.6) if known is not None else (who, sure)


def _behind_comma(context: Context, sentence: Sentence, at: int) -> Referent | None:
    """Without a tree: the noun that a participle set off by a comma stands behind ("the museum, founded in 1926")."""
    if at < 3 or sentence.words[at - 1].norm != ",":
        return None
    word, known = sentence.words[at - 2], words(sentence.language, "reference", "definite")
    plain = sentence.words[at - 3].norm in known and word.text.isalpha()
    return Referent(word.text, "MISC", "phrase") if plain and context.entity_at(word.start, word.end) is None else None


def _strays(sentence: Sentence, how: Measure) -> bool:
    """Whether a bare participle depends on no noun that it agrees with, so that its tree does not say whom it describes."""
    return is_bare(sentence, how.at) and how.at > 0 and _hung_on(sentence, how.at) is None


def _hung_on(sentence: Sentence, participle: int) -> int | None:
    """The noun that a participle depends on and agrees with."""
    word = sentence.words[participle]
    if word.dep not in labels(sentence.language, "participle") or word.head < 0:
        return None
    head = sentence.words[word.head]
    return word.head if head.pos in ("NOUN", "PROPN") and agree(sentence, word.head, participle) else None


def _held(context: Context, sentence: Sentence, how: Measure) -> Referent | None:
    """The name that a bare participle stands right behind: "l'Union des territoires, née en 2014"."""
    if not is_bare(sentence, how.at) or dependents(sentence, how.at, "subject"):
        return None
    noun = described(sentence, how.at)
    return refer(context, sentence, noun) if noun is not None else None


def _owned(context: Context, sentence: Sentence, how: Measure) -> Referent | None:
    """Whose event a noun with a possessive is: "son évasion de la prison de X"."""
    if sentence.words[how.at].pos != "NOUN" or (owner := possessive(sentence, how.at)) is None:
        return None
    return own(context, sentence, how.at, owner)


def _complement(context: Context, sentence: Sentence, how: Measure) -> Referent | None:
    """The name behind an event of several words: "la mise en examen de X", which the tree hangs on the last of them."""
    of = words(sentence.language, "prepositions", "of")
    if sentence.words[how.at].pos != "NOUN" or how.record is None or how.record.nature != "event":
        return None
    for noun in dependents(sentence, how.at, "complement"):
        if noun == how.at + 2 and sentence.case(noun) not in of:
            for j in dependents(sentence, noun, "complement"):
                entity = entity_of(context, sentence, j) if sentence.case(j) in of else None
                if entity is not None:
                    return named(entity)
    return None


def _undergone(context: Context, sentence: Sentence, how: Measure) -> Referent | None:
    """The common noun that an event's noun is of ("l'adoption du texte", "le sacre de l'équipe"), where it names no entity."""
    record, word = how.record, sentence.words[how.at]
    if word.pos != "NOUN" or record is None or record.nature != "event" or record.role != "holder":
        return None
    of = words(sentence.language, "continuing", "shares")
    nouns = [j for j in dependents(sentence, how.at, "complement") if sentence.case(j) in of and j > how.at]
    within = {i for c in cues(sentence.words, sentence.language) if c.at == how.at for i in range(c.first, c.last + 1)}
    if not nouns or sentence.words[nouns[0]].pos != "NOUN" or nouns[0] in within | {how.root}:
        return None
    entity = entity_of(context, sentence, nouns[0])
    if entity is not None:
        return named(entity)
    owned = any(sentence.case(j) in of for j in dependents(sentence, nouns[0], "complement"))
    meant = None if owned else refer(context, sentence, nouns[0])  # "l'association de X" points back to no other
    return meant or phrase(sentence, nouns[0])


def _of_nobody(sentence: Sentence, how: Measure) -> bool:
    """Whether an event is told by a noun and need not be a person's."""
    return sentence.words[how.at].pos == "NOUN" and (how.record is None or how.record.of != "PER")


def _anothers(context: Context, sentence: Sentence, how: Measure, who: Referent) -> bool:
    """Whether a participle describes another than `who` ("jugé pour des propos sur le policier tué en 2017")."""
    noun = described(sentence, how.at) if sentence.parsed and is_bare(sentence, how.at) else None
    if noun is None:
        return False
    meant = refer(context, sentence, noun)
    return meant is None or meant.name != who.name


def _common(context: Context, sentence: Sentence, how: Measure) -> Referent | None:
    """A common noun that an event befalls ("cette fonction a été créée en 2017"), where it stands for no entity."""
    if how.record is None or how.record.role != "holder" or not sentence.parsed or sentence.words[how.at].pos == "NOUN":
        return None
    bare = is_bare(sentence, how.at) and not dependents(sentence, how.at, "subject")
    near = described(sentence, how.at, near=True) if bare else None
    nouns = [near] if near is not None else event_nouns(sentence, how.at)
    if not nouns or sentence.words[nouns[0]].pos != "NOUN" or refer(context, sentence, nouns[0]) is not None:
        return None
    return phrase(sentence, nouns[0])


def _heads_sentence(sentence: Sentence, how: Measure) -> bool:
    """Whether a participle without subject begins the sentence ("Fondée en 2016, la société ...")."""
    return how.at <= 1 and "VerbForm=Part" in sentence.words[how.at].morph and not dependents(sentence, how.at, "subject")


def of_topic(sentence: Sentence, how: Measure, measures: Sequence[Measure]) -> bool:
    """Whether an event may be of the article's topic: of a place, a figure's, or spoken of as known ("le jugement")."""
    if how.record is None or how.record.role == "place" or any(m.metric == how.metric for m in measures):
        return True
    if any(w.norm == ":" for w in sentence.words[how.at + 1 : how.at + 2]):
        return True  # "Ouverture : fin 2030"
    if sentence.parsed and sentence.case(how.at) in words(sentence.language, "happening", "toward"):
        return True
    known = words(sentence.language, "reference", "definite") | words(sentence.language, "reference", "possessives")
    if not sentence.parsed:
        return how.at == 0 or sentence.words[how.at - 1].norm in known  # "Completion is expected in June"
    nouns = [how.at] if sentence.words[how.at].pos == "NOUN" else dependents(sentence, how.at, "subject")
    if any(sentence.words[i].norm in words(sentence.language, "reference", "pronouns") for i in nouns):
        return True
    return any(sentence.words[j].norm in known for i in nouns for j in sentence.children[i])
