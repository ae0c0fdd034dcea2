"""Dates of events: "fondée en 2016", "le 16 juillet 2025, X a annoncé le licenciement de 200 personnes"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import lexicon
from pipeline.claims.catalogue import Cue
from pipeline.claims.context import Context
from pipeline.claims.measures import Measure, ways
from pipeline.claims.reference import Referent, named
from pipeline.claims.roles import counterparty, subject
from pipeline.claims.rows import confidence, row
from pipeline.claims.times import governor, of_speech
from pipeline.claims.voice import attribution, modality
from pipeline.records import Claim, Entity, Mention
from pipeline.syntax import Sentence

REACH = 3.4  # cost of the way from a date to the event that it dates


def _event(sentence: Sentence, date: Mention, cues: Sequence[Cue], measured: frozenset[str]) -> Measure | None:
    """The event that a date is of: the nearest cue of a metric that takes dates."""
    indices = sentence.indices(date.start, date.end)
    root = sentence.root_of(indices)
    costs = ways(sentence, root, REACH)
    best: tuple[float, int, Cue] | None = None
    for order, cue in enumerate(cues):
        if "date" not in cue.metric.kinds or cue.at in indices or (cue.verb and cue.metric.units and cue.metric.id not in measured):
            continue  # what one cuts, a figure or a noun must say
        reached = [costs[i] for i in range(cue.first, cue.last + 1) if i in costs]
        if reached:
            entry = (min(reached) + 0.02 * abs(cue.at - root) - 0.3 * (cue.last - cue.first), order, cue)
            best = min(best, entry) if best else entry
    if best is None:
        return None
    return Measure(best[2].metric.id, best[2].metric, best[2].at, root, max(best[0], 0.0))


def _dates_value_only(sentence: Sentence, date: Mention, measures: Sequence[Measure]) -> bool:
    """Whether a date hangs on another value ("14 milliards en 2024"): it situates that value and is no claim of its own."""
    head = governor(sentence, date)
    return head is not None and any(head in (m.root, *sentence.children[m.root]) for m in measures)


def events(
    context: Context, sentence: Sentence, dates: Sequence[Mention], cues: Sequence[Cue], measures: Sequence[Measure]
) -> list[Claim]:
    """Claims that date the events of a sentence."""
    out = []
    for date in dates:
        if date.time is None or of_speech(sentence, date) or _dates_value_only(sentence, date, measures):
            continue
        how = _event(sentence, date, cues, frozenset(m.metric for m in measures))
        if how is None:
            continue
        who, sure = subject(context, sentence, date, how)
        if who.how == "topic" and how.record is not None and how.record.role != "place":
            continue  # an event whose subject is not known dates nothing
        for each in _enumerated(context, sentence, who):
            out.append(_dated(context, sentence, date, how, each, sure))
    return out


def _enumerated(context: Context, sentence: Sentence, who: Referent) -> list[Referent]:
    """All names of the list that a subject stands in: "Microsoft, Indeed et Glassdoor ont annoncé"."""
    text, words = context.article.text, lexicon.language(sentence.language, "syntax")["reference"]["and"]
    runs: list[list[tuple[int, int, Entity]]] = []
    for place in context.places_in(sentence.start, sentence.end):
        between = text[runs[-1][-1][1] : place[0]].strip().casefold() if runs else None
        if between is not None and (between == "," or between in words):
            runs[-1].append(place)
        else:
            runs.append([place])
    for run in runs:
        if who.how == "name" and len(run) > 1 and who.name in {p[2].name for p in run}:
            return [named(p[2]) for p in run]
    return [who]


def _dated(context: Context, sentence: Sentence, date: Mention, how: Measure, who: Referent, sure: float) -> Claim:
    other = counterparty(context, sentence, date, how, who)
    speaker = attribution(context, sentence, date, how, who.name)
    return row(
        context,
        sentence,
        date,
        metric=how.metric,
        who=who,
        other=other.name if other else None,
        when=date,
        speaker=speaker,
        voice=modality(sentence, how, speaker),
        sure=confidence(how.cost, sure, parsed=sentence.parsed, known=True),
    )
