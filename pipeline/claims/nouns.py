"""Common nouns of whom a value may be said, where no name bears it: "la rame filait à 69 km/h", "un tireur a fait six morts".

The subject of the clause, the noun that a participle or a relative clause describes, what the value or its cue is of, and
whom a pronoun or a possessive takes up; with what each is and where it stands, for `ranking` to weigh.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.claims.antecedents import antecedents, gender_meant, gender_of, impersonal
from pipeline.claims.bearing import FAR, LINE, Value
from pipeline.claims.catalogue import cues
from pipeline.claims.naming import entity_of, persons
from pipeline.claims.reference import Referent, is_pronoun, main_subject, phrase, possessive, refer, subject_of
from pipeline.claims.roles import with_case
from pipeline.claims.saying import speaking
from pipeline.entities import calendar
from pipeline.folding import fold
from pipeline.syntax import Sentence, labels, words


class Noun(NamedTuple):
    """A common noun at word `at` of a sentence."""

    sentence: Sentence
    at: int

    def referent(self, value: Value) -> Referent | None:
        """The noun as a referent of its own; the value is no part of it."""
        return phrase(self.sentence, self.at, value.inside if self.sentence is value.sentence else ())


def pointed_nouns(value: Value) -> Iterator[tuple[str, Noun]]:
    """The common nouns of whom a value may be said, each with how the text points to it."""
    if not value.sentence.parsed:
        return
    for how, noun in (*_by_grammar(value), *_taken_up(value), *_before(value)):
        if _plain(value, *noun):
            yield how, noun


def _by_grammar(value: Value) -> Iterator[tuple[str, Noun]]:
    sentence, measure = value.sentence, value.measure
    for name, i in (("value", measure.root), ("cue", measure.at)):
        yield from ((f"subject over the {name}", Noun(sentence, j)) for j in _subjects(sentence, i))
        for key in ("of", "to"):
            found = with_case(sentence, i, key, "complement", "oblique")
            yield from ((f"{key} the {name}", Noun(sentence, j)) for j in found)
    yield from (("described", Noun(sentence, j)) for j in _described(sentence, measure.root))
    yield from (("above", Noun(sentence, j)) for j in _above(sentence, measure.root))


def _subjects(sentence: Sentence, i: int) -> Iterator[int]:
    """The subject of the clause of word `i`, then those of the clauses above."""
    subjects = labels(sentence.language, "subject")
    first = subject_of(sentence, i)
    if first is not None:
        yield first
    for k in sentence.ancestors(i):
        yield from (j for j in sentence.children[k] if sentence.words[j].dep in subjects and j != first)


def _described(sentence: Sentence, i: int) -> Iterator[int]:
    """The nouns in whose participle or relative clause word `i` stands."""
    known = labels(sentence.language, "participle") | labels(sentence.language, "relative")
    for k in (i, *sentence.ancestors(i)):
        if sentence.words[k].dep in known and sentence.words[k].head >= 0:
            yield sentence.words[k].head


def _above(sentence: Sentence, i: int) -> Iterator[int]:
    """The nouns that word `i` is a complement of."""
    for k in sentence.ancestors(i):
        if sentence.words[k].pos not in ("NOUN", "PROPN", "ADJ"):
            return
        yield k


def _taken_up(value: Value) -> Iterator[tuple[str, Noun]]:
    """The nouns that the pronouns and possessives of the sentence take up."""
    sentence = value.sentence
    owners = words(sentence.language, "reference", "possessives")
    for i, word in enumerate(sentence.words):
        pronoun = is_pronoun(sentence, i) and not impersonal(sentence, i)
        if i in value.inside or not (pronoun or word.norm in owners):
            continue
        places = (p for p in antecedents(value.context, sentence, i, free=not pronoun) if p != (sentence, i))
        yield from (("pronoun" if pronoun else "possessive", Noun(*place)) for place in list(places)[:1])


def _before(value: Value) -> Iterator[tuple[str, Noun]]:
    """What the sentence before is about."""
    before = value.context.sentence_before(value.sentence)
    j = main_subject(before) if before is not None and before.parsed else None
    if before is not None and j is not None:
        yield "subject before", Noun(before, j)


def _plain(value: Value, sentence: Sentence, j: int) -> bool:
    """Whether word `j` is a common noun that stands for no name, names no metric and no quantity, and does not speak."""
    word, context = sentence.words[j], value.context
    if word.pos != "NOUN" or word.text.isupper() or word.norm in calendar() or entity_of(context, sentence, j) is not None:
        return False
    if word.lemma in words(sentence.language, "nouns", "light") | words(sentence.language, "nouns", "fractions"):
        return False
    if sentence is value.sentence and (j in value.inside or (j == value.measure.at and not _shared(value, sentence, j))):
        return False
    if any(m.start <= word.start < m.end for m in context.mentions_in(sentence.start, sentence.end)):
        return False
    measures = any(c.first <= j <= c.last and not c.weak and not c.metric.people for c in cues(sentence.words, sentence.language))
    root = value.measure.root if sentence is value.sentence else None
    if (measures and not _shared(value, sentence, j)) or speaking(context, sentence, j, root):
        return False
    return refer(context, sentence, j) is None


def _shared(value: Value, sentence: Sentence, j: int) -> bool:
    """Whether a percentage is of what word `j` names: "80 % des foyers" are of them, whatever counts households."""
    if value.mention.kind != "percent" or sentence is not value.sentence or sentence.words[j].head not in value.inside:
        return False
    return sentence.case(j) in words(sentence.language, "continuing", "shares")


def of_noun(value: Value, noun: Noun) -> dict[str, float]:
    """What speaks for and against a common noun: what it is, how it is determined, where it stands."""
    sentence, j = noun
    word, language = sentence.words[j], sentence.language
    near = {sentence.case(j), *(sentence.words[k].norm for k in sentence.children[j])}
    known = near & words(language, "reference", "definite")
    new = near & words(language, "reference", "indefinite")
    title = fold(value.context.article.title or "").split()
    often = sum(w.lemma == word.lemma for s in value.context.sentences for w in s.words)
    children = [sentence.words[k] for k in sentence.children[j]]
    out = {
        f"{value.role} of a noun": 1.0,
        f"{value.mention.kind} of a noun": 1.0,
        "known noun" if known else "new noun" if new else "bare noun": 1.0,
        "owned noun": float(possessive(sentence, j) is not None),
        "noun of several": float("Number=Plur" in word.morph),
        "noun of the title": float(bool({fold(word.text), fold(word.lemma)} & set(title))),
        "noun often": min(often - 1, OFTEN) / OFTEN,
        "noun of a name": float(any(value.context.entity_at(c.start, c.end) is not None for c in children)),
    }
    return out | _of_kind(value, noun) | (_place(value, noun) if sentence is value.sentence else {})


OFTEN = 4  # further places of a noun beyond which it merely stands often


def _of_kind(value: Value, noun: Noun) -> dict[str, float]:
    """Whether such a thing usually has such a value; whether a noun of a person can mean anybody whom the article names."""
    sentence, j = noun
    lemma, record = sentence.words[j].lemma, value.measure.record
    kind = next((t for t in ("ORG", "LOC") if lemma in words(sentence.language, "reference", t)), "MISC")
    kind = "PER" if lemma in persons(sentence.language) else kind
    out = {f"noun for {kind}": 1.0}
    if kind == "PER":
        own = gender_meant(value.context, sentence, j)
        people = (e for e in value.context.entities if e.type == "PER" and e.name not in value.context.speakers)
        meant = any(own is None or gender_of(value.context, e) in (None, own) for e in people)
        out["noun for one named" if meant else "noun for nobody named"] = 1.0
    if record is not None and record.bearers:
        out["a bearer by its noun" if kind in record.bearers else "no bearer by its noun"] = 1.0
    if record is not None and record.of is not None:
        out["fits by its noun" if kind == record.of else "does not fit by its noun"] = 1.0
    return out


def _place(value: Value, noun: Noun) -> dict[str, float]:
    """Where a noun of the value's own sentence stands to it."""
    word, mention = noun.sentence.words[noun.at], value.mention
    gap = max(mention.start - word.end, word.start - mention.end, 0)
    out = {
        "noun here": 1.0,
        "noun's distance": min(gap, LINE) / LINE,
        "noun behind": float(word.start > mention.start),
    }
    return out | {f"noun's way from the {name}": costs.get(noun.at, FAR) / FAR for name, costs in value.costs.items()}
