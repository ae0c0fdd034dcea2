"""What a pronoun or a possessive takes up: the subject that the text goes on with and that agrees with it, a name or a noun.

In its own sentence the subjects of the clauses above and before it, then what the sentence before is about, then what else
stands in it; always of its gender and number. An impersonal "il" takes up nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.claims.context import Context
from pipeline.entities import gender_given
from pipeline.records import Entity
from pipeline.syntax import Sentence, labels, words

BACK = 2  # sentences before in which what a pronoun takes up is looked for
FAR = 700  # characters back beyond which a pronoun takes up nothing
GENDERS = ("feminine", "masculine")
_MORPH = {"Gender=Fem": "feminine", "Gender=Masc": "masculine"}

Place = tuple[Sentence, int]


def impersonal(sentence: Sentence, i: int) -> bool:
    """Whether a pronoun stands for nothing: "il est tombé 94 mm", "il y a", "il faut"."""
    word = sentence.words[i]
    if word.norm not in words(sentence.language, "impersonal", "pronouns") or word.head < 0:
        return False
    if word.dep in labels(sentence.language, "expletive"):
        return True
    verb = sentence.words[word.head]
    near = {sentence.words[j].norm for j in sentence.children[word.head] if j < word.head}
    if near & words(sentence.language, "reference", "there") and verb.lemma in words(sentence.language, "people", "have"):
        return True
    if verb.lemma in words(sentence.language, "impersonal", "always"):
        return True
    behind = any(j > word.head and sentence.words[j].pos in ("NOUN", "SYM") for j in sentence.children[word.head])
    return behind and verb.lemma in words(sentence.language, "impersonal", "with_noun")


def antecedents(context: Context, sentence: Sentence, i: int, *, free: bool = False) -> Iterator[Place]:
    """Where the nouns and names stand that the pronoun at word `i` may take up, best first.

    A possessive is `free`: it agrees with what is owned, not with the owner.
    """
    gender = None if free else gender_at(context, sentence, i)
    plural = sentence.words[i].norm in words(sentence.language, "reference", "plural")
    for offered in _offered(context, sentence, i):
        place = _of_which(*offered)
        if _prints(context, *place):
            continue
        own = gender_at(context, *place)
        if None not in (gender, own) and own != gender:
            continue
        if is_plural(*place) == plural:
            yield place


def _of_which(sentence: Sentence, j: int) -> Place:
    """What a share or a fraction is of, where word `j` is one: those whom "leur" takes up in "80 % des foyers ... leur"."""
    word = sentence.words[j]
    if any(map(str.isalpha, word.text)) and word.lemma not in words(sentence.language, "nouns", "fractions"):
        return sentence, j
    of = words(sentence.language, "continuing", "shares")
    return sentence, next((k for k in sentence.children[j] if k > j and sentence.case(k) in of and _nominal(sentence, k)), j)


def _prints(context: Context, sentence: Sentence, j: int) -> bool:
    """Whether a name is that of a paper or a station: who tells the news is not whom it goes on about."""
    entity = context.entity_at(sentence.words[j].start, sentence.words[j].end)
    return entity is not None and entity.name in context.press


def _offered(context: Context, sentence: Sentence, i: int) -> Iterator[Place]:
    yield from ((sentence, j) for j in _above(sentence, i))
    before = sentence
    for _ in range(BACK):
        found = context.sentence_before(before)
        if found is None or not found.parsed or sentence.start - found.end > FAR:
            return
        before = found
        yield from ((before, j) for j in _within(before))


def _above(sentence: Sentence, i: int) -> Iterator[int]:
    """The subjects of the clauses that word `i` stands in or goes on from, and what a sentence sets before itself."""
    subjects = labels(sentence.language, "subject")
    for k in sentence.ancestors(i):
        yield from (j for j in sentence.children[k] if sentence.words[j].dep in subjects and j < i and _nominal(sentence, j))
    topical = words(sentence.language, "reference", "topical")
    if sentence.words[0].norm in topical:
        yield from (j for j in range(1, min(i, TOPICAL)) if _nominal(sentence, j) and sentence.case(j))


TOPICAL = 6  # words within which a topic is set before a sentence ("quant au poids, il")


def _within(sentence: Sentence) -> Iterator[int]:
    """The nouns and names of a sentence, what it is about first."""
    subjects = labels(sentence.language, "subject")
    known = [j for j, w in enumerate(sentence.words) if w.dep in subjects and _nominal(sentence, j)]
    main = [j for j in known if sentence.words[sentence.words[j].head].head == sentence.words[j].head]
    objects = [j for j, w in enumerate(sentence.words) if w.dep in labels(sentence.language, "object") and _nominal(sentence, j)]
    yield from dict.fromkeys((*main, *known, *objects))


def _nominal(sentence: Sentence, j: int) -> bool:
    return sentence.words[j].pos in ("NOUN", "PROPN")


def is_plural(sentence: Sentence, j: int) -> bool:
    """Whether a noun, a name or a pronoun is of several."""
    word = sentence.words[j]
    return "Number=Plur" in word.morph or word.norm in words(sentence.language, "reference", "plural")


def gender_at(context: Context, sentence: Sentence, j: int) -> str | None:
    """The gender of a pronoun, a noun or a name, None where nothing shows it."""
    word = sentence.words[j]
    entity = context.entity_at(word.start, word.end)
    if entity is not None:
        return gender_of(context, entity)
    pronoun = next((g for g in GENDERS if word.norm in words(sentence.language, "pronouns", g)), None)
    near = {sentence.words[k].norm for k in sentence.children[j]}
    shown = next((g for g in GENDERS if near & words(sentence.language, "reference", g)), None)
    return pronoun or shown or next((g for mark, g in _MORPH.items() if mark in word.morph), None)


def gender_meant(context: Context, sentence: Sentence, j: int) -> str | None:
    """The gender of whom word `j` means: its own, but for nouns said of a man as of a woman ("la victime")."""
    either = sentence.words[j].lemma in words(sentence.language, "reference", "anyone")
    return None if either else gender_at(context, sentence, j)


def gender_of(context: Context, entity: Entity) -> str | None:
    """The gender of a name, by its first name, its articles, the nouns that introduce it and the words that agree with it."""
    if entity.name not in context.genders:
        votes = Counter(_votes(context, entity))
        if entity.type == "PER" and (given := gender_given(entity.name)) is not None:
            votes[given] += GIVEN
        ranked = votes.most_common(2)
        clear = ranked and (len(ranked) == 1 or ranked[0][1] > 2 * ranked[1][1])
        context.genders[entity.name] = ranked[0][0] if clear else None
    return context.genders[entity.name]


GIVEN = 3  # votes of a first name for the gender of whom it is given to


def _votes(context: Context, entity: Entity) -> Iterator[str]:
    introduced = (at for found in context.introduced.values() for at in found if at.entity.name == entity.name)
    yield from (at.gender for at in introduced if at.gender is not None)
    for sentence in context.sentences:
        if not sentence.parsed:
            continue
        for start, end in entity.spans:
            if sentence.start <= start < sentence.end:
                yield from _shown(sentence, start, end)


def _shown(sentence: Sentence, start: int, end: int) -> Iterator[str]:
    inside = sentence.indices(start, end)
    if not inside:
        return
    before = sentence.words[inside[0] - 1].norm if inside[0] else ""
    for gender in GENDERS:
        if before in words(sentence.language, "reference", gender):
            yield gender
    root = sentence.root_of(inside)
    verb = sentence.words[sentence.words[root].head]
    agreeing = sentence.words[root].dep in labels(sentence.language, "passive_subject") | labels(sentence.language, "subject")
    auxiliaries = {sentence.words[j].lemma for j in sentence.children[sentence.words[root].head]}
    if agreeing and verb.pos in ("VERB", "ADJ") and auxiliaries & words(sentence.language, "pronouns", "agreeing"):
        yield from (g for mark, g in _MORPH.items() if mark in verb.morph)
    participles = [j for j in sentence.children[root] if sentence.words[j].dep in labels(sentence.language, "participle")]
    for j in participles:
        yield from (g for mark, g in _MORPH.items() if mark in sentence.words[j].morph and mark == "Gender=Fem")
