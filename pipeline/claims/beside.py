"""Names that stand right at a value without a verb: its label, the name whose brackets hold it, its version, its place."""

from __future__ import annotations

import re

from pipeline.claims.context import Context
from pipeline.claims.reference import Referent, named
from pipeline.claims.saying import cites
from pipeline.records import Entity, Mention
from pipeline.syntax import Sentence, labels, words

LABEL = 6  # characters between a name and the value that it labels ("**Gérald Morin** : 46 %")
ASIDE = 24  # characters in parentheses between them: "BRIVE (19) : + 2 %"
_LABEL = re.compile(rf"[ *_\u00a0\u202f]*(?:\([^()\n]{{1,{ASIDE - 2}}}\))?[ *_\u00a0\u202f]*(:?)[ *_\u00a0\u202f]*")
BRACKETED = 40  # characters from a parenthesis to the value inside, and on to where it closes
SET_IN = 24  # characters from a value to the place in which it was measured or counted
VERSION = 2  # words at least from a value to its version: "pour version"


def beside(context: Context, sentence: Sentence, mention: Mention) -> tuple[Referent, float] | None:
    """The name that a value is set against without a verb: "Gérald Morin 6 377", "contre 46 % à Gérald Morin"."""
    if mention.kind == "date":
        return None  # "découvert par le Smur dimanche"
    text = context.article.text
    before = context.places_in(max(sentence.start, mention.start - LABEL - ASIDE), mention.start)
    label = _LABEL.fullmatch(text[before[-1][1] : mention.start]) if before else None
    if label is not None and (label[1] or before[-1][2].type in ("PER", "ORG", "MISC")):
        return named(before[-1][2]), 0.8
    bracketed = _bracketed(context, sentence, mention) or _version(context, sentence, mention)
    if bracketed is not None:
        return named(bracketed), 0.8
    after = context.places_in(mention.end, min(sentence.end, mention.end + 14))
    shared = mention.kind in ("percent", "points")  # "le sondage donne 46 % à Gérald Morin"
    given = not shared and sentence.parsed and _is_object(sentence, mention)  # "a versé 300 euros à Luc Morel"
    between = text[mention.end : after[0][0]].strip().casefold() if after and not given else ""
    if between in words(sentence.language, "prepositions", "to"):
        return (named(after[0][2]), 0.8) if after[0][2].type == "PER" else None
    return None


def set_in(context: Context, sentence: Sentence, mention: Mention) -> Entity | None:
    """The place right behind a value: "30 °C à Lormont ou 32 °C à Brive", "47 °C du côté de Brive, en Corrèze"."""
    where, between = _behind(context, sentence, mention, SET_IN)
    if where is None or where.type != "LOC" or not between:
        return None
    return where if _leading(sentence.language, "in", "beside").issuperset(between) else None


def _behind(context: Context, sentence: Sentence, mention: Mention, reach: int) -> tuple[Entity | None, list[str]]:
    """The first name within so many characters behind a value, and the words between them, as written."""
    behind = context.places_in(mention.end, min(sentence.end, mention.end + reach))
    if not behind:
        return None, []
    start, _, entity = behind[0]
    return entity, [w.norm for w in sentence.words if mention.end <= w.start < start]


def _leading(language: str, *keys: str) -> frozenset[str]:
    """Prepositions of some lists and articles, which lead from a value to a name."""
    return words(language, "reference", "definite").union(*(words(language, "prepositions", key) for key in keys))


def _bracketed(context: Context, sentence: Sentence, mention: Mention) -> Entity | None:
    """The name right behind which the parentheses open that hold a value: "la Bréval TG (vendue 1 610 000 €)"."""
    text = context.article.text
    first = max(sentence.start, mention.start - BRACKETED)
    opened = text.rfind("(", first, mention.start)
    closed = text.find(")", mention.end, min(sentence.end, mention.end + BRACKETED))
    if opened <= sentence.start or closed < 0 or ")" in text[opened : mention.start]:
        return None
    who = context.entity_at(opened - 2, opened)
    others = bool(context.places_in(opened + 1, closed))
    if sentence.parsed and any(sentence.words[i].pos == "VERB" for i in sentence.indices(opened + 1, opened + 2)):
        others |= any(sentence.case(i) for i in sentence.indices(opened - 2, opened))  # "pilotée en Autriche (vendue 3 millions)"
    return None if others or who is None or cites(context, sentence, opened - 2) else who


def _version(context: Context, sentence: Sentence, mention: Mention) -> Entity | None:
    """The version of something that a value is given for: "32 000 euros pour la version Corva GT"."""
    which, between = _behind(context, sentence, mention, BRACKETED)
    if len(between) < VERSION or between[-1] not in words(sentence.language, "reference", "versions"):
        return None
    return which if _leading(sentence.language, "to", "in").issuperset(between[:-1]) else None


def _is_object(sentence: Sentence, mention: Mention) -> bool:
    """Whether a value is the object of a verb."""
    root = sentence.root_of(sentence.indices(mention.start, mention.end))
    return sentence.words[root].dep in labels(sentence.language, "object")
