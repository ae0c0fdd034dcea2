"""Whether a date is that of an event, or only situates a figure: a logistic model over its place, its clause and its values.

Which verbs and nouns name an event no list can hold; how a sentence dates one is much the same for all of them. The weights
are in `models/dates.json`; `python -m pipeline.calibration` trains them anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.claims.catalogue import Cue
from pipeline.claims.context import Context
from pipeline.claims.happenings import tells_apart
from pipeline.claims.measures import Measure
from pipeline.claims.spans import length, place
from pipeline.claims.times import clause, line_part, tense
from pipeline.claims.utterances import governor
from pipeline.claims.windows import lead_of
from pipeline.records import Mention
from pipeline.syntax import Sentence, words
from pipeline.weights import probability, weighed, weights

MANY = 3.0  # words that could name an event, from which on there are many
UNLISTED = "no event named"
LISTED = frozenset(  # features that the catalogue of events gives
    ("events named", "read", "read at a cost", "read as open", "read as event", "read as flow", "read as stock")
) | {"clause of an event", "on an event", "event in its part"}
MARKS = " *-–—•"  # what may stand before the first word of a line


@dataclass(frozen=True)
class Dated:
    """A date in its sentence, with the words around that could name an event, the values and the events read for it."""

    context: Context
    sentence: Sentence
    date: Mention
    cues: Sequence[Cue]  # of metrics that take dates
    measures: Sequence[Measure]  # of the values of the sentence
    readings: Sequence[Measure]  # what the rules would have it be the date of, the surest first


def features(told: Dated) -> dict[str, float]:
    """What speaks for and against, feature -> strength."""
    out = {"one": 1.0}
    out.update(dict.fromkeys(_of_date(told), 1.0))
    out.update(dict.fromkeys(_of_sentence(told), 1.0))
    out.update(dict.fromkeys(_of_clause(told) if told.sentence.parsed else _of_part(told), 1.0))
    out["events named"] = min(len(told.cues), MANY) / MANY
    if told.readings:
        first = told.readings[0]
        out["read"] = 1.0
        out["read at a cost"] = first.cost
        out[f"read as {'open' if first.record is None else first.record.nature}"] = 1.0
    return out


def _of_date(told: Dated) -> Iterator[str]:
    """How precise a date is, and where it lies from the day of publication."""
    span, when = _span(told.date), _when(told)
    yield f"a {span}"
    yield when
    yield f"a {span}, {when}"


def _span(date: Mention) -> str:
    return length(date.time_start, date.time_end) if date.time is not None else "open span"


def _when(told: Dated) -> str:
    return place(told.context.article.published, told.date.time_start, told.date.time_end)


def _of_sentence(told: Dated) -> Iterator[str]:
    context, sentence, date = told.context, told.sentence, told.date
    dates = [m for m in context.mentions_in(sentence.start, sentence.end) if m.kind == "date"]
    marks = {
        "in parentheses": context.article.text[: date.start].endswith("("),
        "first words": not lead_of(context, sentence, date.start).strip(MARKS),
        "not parsed": not sentence.parsed,
        "only date": len(dates) == 1,
        "last date": date is dates[-1],
        "no value": not told.measures,
        "one value": len(told.measures) == 1,
        UNLISTED: not told.cues,
    }
    yield from (name for name, holds in marks.items() if holds)


def _of_part(told: Dated) -> Iterator[str]:
    """What stands in the same part of a sentence that was not parsed."""
    part = line_part(told.sentence, told.sentence.indices(told.date.start, told.date.end))
    if any(c.at in part for c in told.cues):
        yield "event in its part"
    if any(m.root in part for m in told.measures):
        yield "value in its part"


def _of_clause(told: Dated) -> Iterator[str]:
    """What a date depends on, and what its clause tells: in which tense, of whom, with which values."""
    sentence, own = told.sentence, told.sentence.indices(told.date.start, told.date.end)
    before = sentence.words[own[0] - 1] if own[0] else None
    little = before is not None and before.pos in ("ADP", "DET", "PUNCT")
    yield f"behind {before.norm}" if before is not None and little else "behind another word"
    yield from _of_head(told, governor(sentence, told.date))
    head = clause(sentence, sentence.root_of(own))
    word, time = sentence.words[head], tense(sentence, head) or "no tense"
    yield f"clause of {word.pos}"
    yield f"clause as {word.dep.split(':')[0]}"
    yield f"in {time}"
    yield f"in {time}, {_when(told)}"
    yield f"in {time}, a {_span(told.date)}"
    if word.head == head:
        yield "main clause"
    if any(c.at == head for c in told.cues):
        yield "clause of an event"
    for key in ("announce", "verbs"):
        if word.lemma in words(sentence.language, "speech", key):
            yield f"clause of speech: {key}"
    yield from _arguments(told, head)
    values = [m for m in told.measures if m.root in sentence.subtree(head)]
    yield "value in its clause" if values else "no value in its clause"
    if any(clause(sentence, m.root) == head for m in told.measures):
        yield "value of its clause"


def _of_head(told: Dated, head: int | None) -> Iterator[str]:
    """The word that a date hangs on."""
    sentence = told.sentence
    if head is None:
        yield "on its own"
        return
    word = sentence.words[head]
    yield f"on {word.pos}"
    if word.pos not in ("NOUN", "PROPN"):
        return
    if any(c.first <= head <= c.last for c in told.cues) or word.lemma in words(sentence.language, "events", "nouns"):
        yield "on an event"
    if any(head in (m.root, *sentence.children[m.root]) for m in told.measures):
        yield "on a value"
    if tells_apart(told.context, sentence, told.date):
        yield "tells a noun apart"  # "les attentats du 13 novembre"


def _arguments(told: Dated, head: int) -> Iterator[str]:
    """The subject and object of a clause."""
    sentence, word = told.sentence, told.sentence.words[head]
    deps = {j: sentence.words[j].dep for j in sentence.children[head]}
    subject = next((j for j, dep in deps.items() if dep.startswith("nsubj")), None)
    yield f"subject {sentence.words[subject].pos}" if subject is not None else "no subject"
    if subject is not None and told.context.entity_at(sentence.words[subject].start, sentence.words[subject].end):
        yield "subject with a name"
    yield "with object" if any(dep.startswith("obj") for dep in deps.values()) else "without object"
    if any("pass" in dep for dep in deps.values()):
        yield "passive"
    if "VerbForm=Part" in word.morph and word.dep.startswith("acl"):
        yield "participle"
    if word.pos == "AUX" or word.lemma in words(sentence.language, "nouns", "light_verbs"):
        yield "light verb"


def chance(found: Mapping[str, float]) -> float:
    """The chance that a date with these features is that of an event, 0..1; a feature without a weight counts nothing.

    Raises ModelError where no weights were trained.
    """
    return probability(weighed(weights("dates"), found))
