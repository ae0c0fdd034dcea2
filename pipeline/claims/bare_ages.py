"""Ages that leave out the years: "Ana Roux, 58, runs the firm", "a man of 62", "she is 51"."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.catalogue import people
from pipeline.claims.context import Context
from pipeline.records import Mention
from pipeline.syntax import Sentence, words

YOUNGEST, OLDEST = 3, 110  # years that a bare number is taken for an age
BESIDE = 2  # characters between a name and its age
WHO = 3  # words back to who is so old


def in_years(context: Context, sentence: Sentence, mention: Mention) -> Mention:
    """The mention in years, where a language says ages bare and it is one; else itself."""
    value, language = mention.value, sentence.language
    bare = mention.kind == "count" and mention.unit is None and mention.quantity is not None and mention.quote.isdecimal()
    if not bare or value is None or not YOUNGEST <= value <= OLDEST or not words(language, "people", "set_off"):
        return mention
    if not (_set_off(context, sentence, mention) or _person(sentence, mention) is not None or _is(context, sentence, mention)):
        return mention
    assert mention.quantity is not None
    return replace(mention, quantity=replace(mention.quantity, kind="duration", unit="a"))


def _set_off(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether it stands between commas right behind a person: "Ana Roux, 58, runs"."""
    text, sign = context.article.text, words(sentence.language, "people", "set_off")
    lead = text[sentence.start : mention.start].rstrip()
    if lead[-1:] not in sign or text[mention.end : mention.end + 1] not in sign | {".", ")"}:
        return False
    named = context.places_in(sentence.start, mention.start)
    if any(e.type == "PER" and 0 < mention.start - end <= BESIDE for _, end, e in named):
        return True
    one = words(sentence.language, "people", "singular")
    before = [w for w in sentence.words if w.end <= mention.start - 1 and w.norm not in sign][-1:]
    return any(w.end + BESIDE >= mention.start and w.norm in people() | one for w in before)


def nameless(sentence: Sentence, mention: Mention) -> str | None:
    """Who is called by a noun and a bare age: "a man of 62", "a retired nurse of 61"; "a staff of 62 people" counts them.

    None where the noun only says what somebody is who was named: "he is himself a farmer of 70".
    """
    noun = _person(sentence, mention)
    if noun is None:
        return None
    known = words(sentence.language, "people", "determiners")
    first = next((i for i in range(noun, max(noun - WHO, 0), -1) if sentence.words[i - 1].norm in known), noun)
    lead = {w.norm for w in sentence.words[max(0, first - WHO) : first]}
    if lead & (words(sentence.language, "people", "held") | words(sentence.language, "people", "himself")):
        return None
    return " ".join(w.text for w in sentence.words[first : noun + 1])


def _person(sentence: Sentence, mention: Mention) -> int | None:
    """Index of the noun of one person from which an "of" alone parts a bare number."""
    before = sentence.indices(sentence.start, mention.start)[-2:]
    behind = next((w for w in sentence.words if w.start >= mention.end), None)
    if len(before) < 2 or sentence.words[before[1]].norm not in words(sentence.language, "people", "bare"):
        return None
    goes_on = behind is None or not behind.norm[0].isalpha() or behind.norm in words(sentence.language, "people", "after")
    return before[0] if goes_on and sentence.words[before[0]].norm in words(sentence.language, "people", "singular") else None


def _is(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a person is said to be so much: "she is 51"."""
    before = [w for w in sentence.words if w.end <= mention.start][-WHO:]
    behind = next((w for w in sentence.words if w.start >= mention.end), None)
    if len(before) < 2 or before[-1].norm not in words(sentence.language, "people", "held"):
        return False
    if behind is not None and behind.norm[0].isalpha() and behind.norm not in words(sentence.language, "people", "after"):
        return False
    entity = context.entity_at(before[-2].start, before[-2].end)
    return before[-2].norm in words(sentence.language, "people", "he_or_she") or (entity is not None and entity.type == "PER")
