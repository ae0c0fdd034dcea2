"""Whether years are somebody's age, and whose: of a name ("Luc Morel, 44 ans,"), a person ("un homme de 44 ans"), a group."""

from __future__ import annotations

from pipeline.claims.catalogue import nationals, people
from pipeline.claims.context import Context
from pipeline.records import Mention
from pipeline.syntax import Sentence, Word, labels, words

LONGEST_LIFE = 122  # years
PHRASE = 6  # words back to the noun of a person in the phrase before the comma
BESIDE = 4  # characters between a name or a noun and the age behind it
UNITS = ("a", "mo", "wk", "d")


def is_age(context: Context, sentence: Sentence, mention: Mention, root: int) -> bool:
    """Whether a duration says how old somebody is."""
    years = mention.value if mention.value is not None else mention.upper if mention.upper is not None else mention.lower
    if mention.kind != "duration" or mention.unit not in UNITS or years is None or years > LONGEST_LIFE:
        return False
    if mention.unit == "a" and mention.quote.isdecimal() and words(sentence.language, "people", "set_off"):
        return True  # the years are left out, see `bare_ages`
    if _aged(sentence, mention) or _old(sentence, mention):
        return True
    if _behind_person(sentence, mention) or _of_youngest(sentence, mention, root):
        return True
    if mention.unit != "a":
        return False
    if _opens(context, sentence, mention, root) or _beside_somebody(context, sentence, mention) or _of_group(sentence, mention):
        return True
    return _of_person(context, sentence, root)


def aged(context: Context, sentence: Sentence, mention: Mention, root: int) -> int | None:
    """Index of the common noun whose age a mention is: "un agent communal de 41 ans", "le président du club, 63 ans,".

    None where a name stands beside them: the age is of the name.
    """
    if not sentence.parsed or _named_beside(context, sentence, mention):
        return None
    noun = _person_before(sentence, mention) or _person_above(sentence, root) or _person_right_before(sentence, mention)
    if noun is None or context.entity_at(sentence.words[noun].start, sentence.words[noun].end) is not None:
        return None
    first = min((noun, *(j for j in sentence.children[noun] if sentence.words[j].pos in ("DET", "ADJ", "NUM"))))
    start = sentence.words[first].start
    near = context.places_in(sentence.start, start)  # no place: "À Brive, une femme de 80 ans"
    return None if any(0 <= start - end <= BESIDE and who.type != "LOC" for _, end, who in near) else noun


def _named_beside(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a name stands right before or behind years; one that only says of what somebody is counts for nothing."""
    if any(0 <= start - mention.end <= BESIDE for start, _, _ in context.places_in(mention.end, sentence.end)):
        return True
    of = words(sentence.language, "prepositions", "of")
    before = [place for place in context.places_in(sentence.start, mention.start) if mention.start - place[1] <= BESIDE]
    return any(not any(sentence.case(i) in of for i in sentence.indices(start, end)) for start, end, _ in before)


def _person_above(sentence: Sentence, root: int) -> int | None:
    """The person that years depend on, or an "aged" that years depend on."""
    known, aged = people(), words(sentence.language, "people", "aged")
    first = _first(sentence, root)
    if sentence.words[first].dep in labels(sentence.language, "numeral"):
        first = sentence.words[first].head  # "16 et 17 ans"
    for i in list(sentence.ancestors(first))[:2]:
        word = sentence.words[i]
        if word.pos != "VERB" and {word.lemma, word.norm} & known:
            return i
        if not {word.lemma, word.norm} & aged:
            return None
        said_of = (j for j in sentence.children[i] if sentence.words[j].dep in labels(sentence.language, "subject"))
        found = next((j for j in said_of if {sentence.words[j].lemma, sentence.words[j].norm} & known), None)
        if found is not None:
            return found  # "deux élèves, âgés de 16 et 17 ans,"
    return None


def _person_right_before(sentence: Sentence, mention: Mention) -> int | None:
    """The noun of a person from which only an "of" parts the years, whatever the tree says: "un jeune de 18 ans"."""
    before = [i for i, w in enumerate(sentence.words) if w.end <= mention.start]
    if len(before) < 2 or sentence.words[before[-1]].norm not in words(sentence.language, "people", "of"):
        return None
    word = sentence.words[before[-2]]
    return before[-2] if word.pos == "NOUN" and {word.lemma, word.norm} & people() else None


def _person_before(sentence: Sentence, mention: Mention) -> int | None:
    """The person of the phrase before a comma or parenthesis behind which the years stand."""
    before = [i for i, w in enumerate(sentence.words) if w.end <= mention.start]
    if not before or sentence.words[before[-1]].norm not in (",", "("):
        return None
    found = None
    for i in reversed(before[-PHRASE - 1 : -1]):
        word = sentence.words[i]
        if word.pos in ("VERB", "AUX", "PUNCT"):
            break
        if word.pos in ("NOUN", "ADJ") and {word.lemma, word.norm} & people():
            found = i  # the first: "le fils du maire, 12 ans,"
    return found


def at_age(sentence: Sentence, mention: Mention, root: int) -> bool:
    """Whether years that nothing else governs are the age at which something happens: "mort à 44 ans"."""
    years = mention.value
    if mention.kind != "duration" or mention.unit != "a" or years is None or not YOUNGEST <= years <= LONGEST_LIFE:
        return False
    if not sentence.parsed or sentence.words[sentence.words[root].head].lemma in words(sentence.language, "people", "leads_to"):
        return False  # "les faits remontent à vingt ans"
    return sentence.case(root) in words(sentence.language, "people", "at")


YOUNGEST = 3  # years from which "à 5 ans" is an age rather than a term


def _aged(sentence: Sentence, mention: Mention) -> bool:
    """Whether the words before, behind or inside say "âgé de", "alt", "year-old"."""
    aged = words(sentence.language, "people", "aged") - words(sentence.language, "people", "have")
    before = [w for w in sentence.words if w.end <= mention.start][-4:]
    behind = [w for w in sentence.words if w.start >= mention.end][:1]
    inside = mention.quote.casefold()
    return (
        any({w.norm, w.lemma} & aged for w in before if w.pos != "NOUN")
        or any(w.norm in aged for w in behind)
        or any(word in inside for word in words(sentence.language, "people", "old"))
    )


def _old(sentence: Sentence, mention: Mention) -> bool:
    """Whether years stand behind "vieux de": "des avions vieux en moyenne de quatorze ans"."""
    before = [w.norm for w in sentence.words if w.end <= mention.start][-OLD:]
    if not before or before[-1] not in words(sentence.language, "people", "of"):
        return False
    old = words(sentence.language, "people", "old_of")
    said = next((i for i in range(len(before) - 1, -1, -1) if before[i] in old), None)
    if said is None or before[max(said - 1, 0)] in words(sentence.language, "people", "bounds"):
        return False  # "plus vieille de deux ans"
    between = " ".join(before[said + 1 : -1])
    return not between or between in words(sentence.language, "people", "about")


OLD = 5  # words back to the "vieux" of "vieux en moyenne de"


def _of_youngest(sentence: Sentence, mention: Mention, root: int) -> bool:
    """Whether years or months are had by a person: "la plus jeune des victimes avait quatre mois"."""
    had = labels(sentence.language, "object") | labels(sentence.language, "oblique")
    if not sentence.parsed or sentence.words[root].dep not in had:
        return False
    have = sentence.words[root].head
    behind = next((w for w in sentence.words if w.start >= mention.end), None)
    goes_on = behind is not None and (
        behind.pos in ("ADP", "NOUN", "ADJ") or behind.norm in words(sentence.language, "turns", "to")
    )
    if goes_on or sentence.words[have].lemma not in words(sentence.language, "people", "have"):
        return False
    who = [sentence.words[j] for j in sentence.children[have] if sentence.words[j].dep in labels(sentence.language, "subject")]
    known = words(sentence.language, "people", "ranked") | people()
    return any({w.lemma, w.norm} & known for w in who)


def _opens(context: Context, sentence: Sentence, mention: Mention, root: int) -> bool:
    """Whether years before the comma that a sentence opens with are its subject's: "À 49 ans, Lise Morel dirige"."""
    first, behind = sentence.indices(mention.start, mention.end)[0], [w for w in sentence.words if w.start >= mention.end][:1]
    if not sentence.parsed or not at_age(sentence, mention, root) or first > OPENING or not behind or behind[0].norm != ",":
        return False
    subjects = labels(sentence.language, "subject")
    who = [j for i in list(sentence.ancestors(root))[:2] for j in sentence.children[i] if sentence.words[j].dep in subjects]
    personal = words(sentence.language, "reference", "pronouns") | words(sentence.language, "reference", "speaking")
    for j in who:
        word = sentence.words[j]
        entity = context.entity_at(word.start, word.end)
        if word.norm in personal or {word.lemma, word.norm} & people() or (entity is not None and entity.type == "PER"):
            return True
    return False


OPENING = 3  # words before the figure of years that open a sentence ("À presque 49 ans,")


def _beside_somebody(context: Context, sentence: Sentence, mention: Mention) -> bool:
    sign = context.article.text[max(sentence.start, mention.start - 2) : mention.start].strip()
    if sign not in (",", "("):
        return False
    known = people()
    if any(mention.start - place[1] <= BESIDE for place in context.places_in(sentence.start, mention.start)):
        return True
    before = [w for w in sentence.words if w.end < mention.start - 2 or (w.end <= mention.start and w.norm != sign)]
    if before and before[-1].pos == "PROPN" and context.article.text[mention.end : mention.end + 1] in tuple(",)"):
        return True  # "Pascal, 59 ans, habite"
    for word in reversed(before[-PHRASE:]):
        if word.pos in ("VERB", "AUX", "PUNCT") or word.norm in (",", "(", "."):
            return False
        if {word.lemma, word.norm} & known:
            return True  # "la ministre des Comptes publics, 47 ans,"
    return False


def _of_group(sentence: Sentence, mention: Mention) -> bool:
    """Whether years stand for the people of that age: "les 15-24 ans", "les moins de 25 ans"."""
    before = [w.norm for w in sentence.words if w.end <= mention.start][-3:]
    groups = words(sentence.language, "people", "groups")
    if not before or not groups:
        return False
    if before[-1] in words(sentence.language, "reference", "possessives"):
        return True  # "pour ses 90 ans"
    bounds = words(sentence.language, "people", "bounds")
    if mention.value is None and (before[-1] in groups or _spanned(mention)):
        return True
    return bool(set(before[:-1]) & groups and set(before) & bounds) or (
        before[-1] in groups and mention.quote.split()[0].casefold() in bounds
    )


def _spanned(mention: Mention) -> bool:
    """Whether two figures are joined by a dash alone: "la tranche 18-25 ans"."""
    quote = mention.quote
    dashes = [i for i in range(1, len(quote) - 1) if quote[i] in "-–"]
    return any(quote[i - 1].isdigit() and quote[i + 1].isdigit() for i in dashes)


def _first(sentence: Sentence, root: int) -> int:
    """The first of the values that this one is coordinated with ("de 48, 73 et 82 ans")."""
    joined = labels(sentence.language, "coordination")
    for _ in range(3):
        head = sentence.words[root].head
        if head < 0 or sentence.words[root].dep not in joined or sentence.words[head].pos not in ("NOUN", "NUM"):
            return root
        root = head
    return root


def _of_person(context: Context, sentence: Sentence, root: int) -> bool:
    """Whether somebody has the years, or they are those of a person: "elle a 44 ans", "un homme de 44 ans"."""
    root = _first(sentence, root)
    have = words(sentence.language, "people", "have")
    if sentence.parsed and any(sentence.words[j].lemma in have for j in sentence.children[root]):
        return True
    of = words(sentence.language, "prepositions", "of")
    for i in list(sentence.ancestors(root))[:1]:
        word = sentence.words[i]
        if {word.lemma, word.norm} & words(sentence.language, "people", "aged") - have:
            return True  # "âgés d'une cinquantaine et d'une vingtaine d'années"
        if word.lemma in have and sentence.words[root].dep in labels(sentence.language, "object") | {
            "obl:mod",
            "obl:arg",
            "advmod",
        }:
            return True
        entity = context.entity_at(word.start, word.end)
        person = (word.pos != "VERB" and {word.lemma, word.norm} & people()) or (entity is not None and entity.type == "PER")
        if person and sentence.case(root) in of:
            return True
    return False


def _behind_person(sentence: Sentence, mention: Mention) -> bool:
    """Whether years, months or weeks stand right behind a person: "un bébé de 18 mois", "ses enfants de 6 et 8 ans"."""
    joins = words(sentence.language, "reference", "and") | {","}
    before = [w for w in sentence.words if w.end <= mention.start]
    while before and (before[-1].norm in joins or before[-1].pos == "NUM" or before[-1].text.isdigit()):
        before.pop()
    if len(before) < 2 or before[-1].norm not in words(sentence.language, "people", "of"):
        return False
    bounds, of = words(sentence.language, "people", "bounds"), words(sentence.language, "people", "of")
    if len(before) > 3 and before[-2].norm in bounds and before[-3].norm in of:
        before = before[:-2]  # "les assurés de plus de 16 ans"
    before = _without_state(sentence, before[:-1])
    who = before[-1] if before else None
    if who is None or who.pos == "VERB":
        return False
    compatriot = who.pos in ("NOUN", "PROPN") and bool({who.lemma, who.norm} & nationals())
    return compatriot or bool({who.lemma, who.norm} & people())


def _without_state(sentence: Sentence, before: list[Word]) -> list[Word]:
    """Words without what they say last of a person: "une infirmière à la retraite", "un pêcheur breton"."""
    said = [w.norm for w in before]
    for state in words(sentence.language, "people", "states"):
        parts = state.split()
        if said[-len(parts) :] == parts:
            return before[: -len(parts)]
    adjective = len(before) > 1 and before[-1].pos == "ADJ" and not {before[-1].lemma, before[-1].norm} & people()
    return before[:-1] if adjective and before[-2].pos == "NOUN" else before
