"""Dates of events: "fondée en 2016", "le 16 juillet 2025, X a annoncé le licenciement de 200 personnes".

A date makes a claim where its clause says that something happened; how likely that is, `dating` weighs. What happened is
said by a verb that names a metric ("fondée"), by a noun that names one as the object of a verb like "annoncer" or the subject
of one like "avoir lieu", else by the word that the date hangs on. A date that only names ("la crue de 1958") makes none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline import lexicon
from pipeline.claims.ahead import PLAIN, later
from pipeline.claims.bearers import bearer, befits, of_topic
from pipeline.claims.bearing import Value
from pipeline.claims.candidates import candidates
from pipeline.claims.catalogue import Cue, people
from pipeline.claims.confidence import Traits
from pipeline.claims.context import Context
from pipeline.claims.dating import Dated, chance, features
from pipeline.claims.happenings import happening, over, readings, right_before, tells_apart
from pipeline.claims.lasting import lasting
from pipeline.claims.measures import Measure
from pipeline.claims.modality import modality
from pipeline.claims.participles import is_bare
from pipeline.claims.ranking import chosen
from pipeline.claims.reference import Referent, named
from pipeline.claims.roles import counterparty
from pipeline.claims.rows import row, settled
from pipeline.claims.times import AGES, DAILY, clause, compared, nowadays, periods, tense
from pipeline.claims.utterances import MONTH, governor, of_speech
from pipeline.claims.voice import attribution
from pipeline.claims.windows import ends, lead_of, phrases
from pipeline.records import Claim, Entity, Mention
from pipeline.syntax import Sentence, labels, words

DOUBTED, LIKELY, SURE = 0.15, 0.6, 0.75  # chances below which a date is none of an event, whatever the rules say; from which on
# it is one; and from which on it is one though they do not know whose
LONGEST = 400  # days of the longest date of an event: a year, no decade
CLOSING = ' »”"\u00a0\u202f)'  # what may stand behind a question mark
SINCE = "/.."  # end of a date that something lasts from


def events(
    context: Context,
    sentence: Sentence,
    dates: Sequence[Mention],
    cues: Sequence[Cue],
    measures: Sequence[Measure],
    earlier: Sequence[Claim],
) -> list[Claim]:
    """Claims that date the events of a sentence, each event once; `earlier` are the claims before them."""
    out: list[Claim] = []
    if context.article.text[sentence.start : sentence.end].rstrip(CLOSING).endswith("?"):
        return out  # "faut-il fermer le marché samedi ?" tells of no event
    told: set[tuple[str, int]] = set()  # an event that a sentence dates twice is situated by the second date
    days: set[tuple[str | None, int]] = set()  # times that a clause has told: "mardi, ... vers 22 heures" is one
    for date in dates:
        told_of = any(right_before(sentence, sentence.indices(date.start, date.end), cues, measures))
        told_of = told_of or any(lasting(context, sentence, date))
        if not _usable(context, sentence, date, told_of=told_of) or _dates_value_only(sentence, date, measures, told_of=told_of):
            continue
        read = [how for how in readings(context, sentence, date, cues, measures) if not over(context, sentence, date, how)]
        found = features(Dated(context, sentence, date, [c for c in cues if "date" in c.metric.kinds], measures, read))
        context.dated[date.start, date.end] = found
        likely = chance(found)
        event = _ruled(context, sentence, date, read, measures, topic=likely >= SURE) if likely >= DOUBTED else None
        weighed: Event | None = None
        if event is None and likely >= SURE and read:
            event = weighed = _of_somebody(Value(context, sentence, date, read[0], earlier), measures)
        if event is None and likely >= LIKELY:
            event = _open(context, sentence, date, cues, measures)
        if event is None or (event.how.metric, event.how.at) in told:
            continue
        told.add((event.how.metric, event.how.at))
        day = (date.time, clause(sentence, sentence.root_of(sentence.indices(date.start, date.end))))
        if day in days and event.how.record is None:
            continue
        days.add(day)
        if event is not weighed and event.who.how in ("topic", "description"):
            event = _weighed(Value(context, sentence, date, event.how, earlier)) or event
        each = [event._replace(who=who) for who in _enumerated(context, sentence, event.who)]
        out += [_dated(context, sentence, date, one, likely) for one in each]
    return out


class Event(NamedTuple):
    """What happened, to whom, and how sure that is."""

    how: Measure
    who: Referent
    sure: float


def _ruled(
    context: Context, sentence: Sentence, date: Mention, read: Iterable[Measure], measures: Sequence[Measure], *, topic: bool
) -> Event | None:
    """The event that the rules find; one whose subject is not known dates nothing, unless it may be of the `topic`."""
    found = _event(context, sentence, date, read)
    if found is None or _counts_period(context, sentence, date, found.how, measures):
        return None
    unknown = found.who.how == "topic" and not topic and not of_topic(sentence, found.how, measures)
    return None if unknown else found


def _of_somebody(value: Value, measures: Sequence[Measure]) -> Event | None:
    """The event that the rules read of one that it cannot be of ("il", a person, was founded), of the likeliest that it can."""
    context, sentence, date, how = value.context, value.sentence, value.mention, value.measure
    if how.record is None or _ends_only(context, sentence, date, how) or _of_deed(sentence, date, how):
        return None
    return None if _counts_period(context, sentence, date, how, measures) else _weighed(value)


def _open(context: Context, sentence: Sentence, date: Mention, cues: Sequence[Cue], measures: Sequence[Measure]) -> Event | None:
    """The event of a date that no rule knows: what the word that it hangs on tells; of what lasts since then no beginning."""
    if (date.time or "").endswith(SINCE):
        return None
    how = happening(context, sentence, date, cues, measures)
    if how is not None and over(context, sentence, date, how):
        return None
    if how is None or _ends_only(context, sentence, date, how) or _of_deed(sentence, date, how):
        return None
    if _counts_period(context, sentence, date, how, measures):
        return None
    who, sure = bearer(context, sentence, date, how)
    return Event(how, who, sure) if befits(sentence, how, who) else None


def _weighed(value: Value) -> Event | None:
    """An event whose subject grammar does not name, of the likeliest of those whom the article offers and whose it can be."""
    found = [each for each in candidates(value) if befits(value.sentence, value.measure, each.referent)]
    if not found:
        return None
    best, sure = chosen(found)
    return Event(value.measure, found[best].referent, sure)


def _event(context: Context, sentence: Sentence, date: Mention, found: Iterable[Measure]) -> Event | None:
    """The surest event that can be of its subject, with the subject and how sure that is; a word has one event or a kin of it."""
    at: int | None = None
    for how in found:
        if at is not None and how.at != at:
            break  # what the sentence says first is of something else
        at = how.at
        who, sure = bearer(context, sentence, date, how)
        if befits(sentence, how, who) and not _ends_only(context, sentence, date, how) and not _of_deed(sentence, date, how):
            return Event(how, who, sure)
    return None


def _ends_only(context: Context, sentence: Sentence, date: Mention, how: Measure) -> bool:
    """Whether a date is but the end of the time in which something is spent or sold ("investiert bis 2028")."""
    if how.record is None or how.record.nature == "event":
        return False
    return ends(lead_of(context, sentence, date.start), tuple(words(sentence.language, "happening", "until"))) is not None


def _of_deed(sentence: Sentence, date: Mention, how: Measure) -> bool:
    """Whether a date is that of the deed for which somebody is tried: "mis en examen pour le meurtre de X en août 2017"."""
    known = words(sentence.language, "happening", "tried")
    if how.record is None or how.metric not in known or sentence.words[how.at].start > date.start:
        return False
    between = [w for w in sentence.words if sentence.words[how.at].end <= w.start and w.end <= date.start]
    for i, word in enumerate(between[:-2]):
        if word.norm in words(sentence.language, "happening", "accused_of"):
            return "Definite=Def" in between[i + 1].morph and not any(w.norm == "," for w in between[i:])
    return False


def _usable(context: Context, sentence: Sentence, date: Mention, *, told_of: bool) -> bool:
    """Whether a date can be that of an event: neither a name, a label, a comparison, a long time, nor of an act of speech.

    `told_of`: a verb that names an event stands right before it, or a state that began on it, so that no other verb has it.
    """
    if date.time is None or date.time_start is None or compared(context, sentence, date):
        return False
    if of_speech(sentence, date) and not told_of:
        return False
    if date.time.endswith(SINCE) and not (told_of or _lasts(sentence, date)):
        return False
    if nowadays(date) or (date.time_end is not None and (date.time_end - date.time_start).days > LONGEST):
        return False
    lead = lead_of(context, sentence, date.start)
    if ends(lead, phrases(sentence.language, "label", "before")) is not None:
        return False
    return not _subject_or_object(sentence, date) and not _in_name(sentence, date)


def _lasts(sentence: Sentence, date: Mention) -> bool:
    """Whether something is said to last since a date, or not to have happened since: no count of what was sold since."""
    if not sentence.parsed:
        return False
    head = clause(sentence, sentence.root_of(sentence.indices(date.start, date.end)))
    denied = any(sentence.words[j].norm in words(sentence.language, "happening", "never") for j in sentence.children[head])
    return denied or tense(sentence, head) in ("present", "")


def _in_name(sentence: Sentence, date: Mention) -> bool:
    """Whether a year stands right behind a noun, as its label: "Prix Renaudot 2013", "le programme 2019"."""
    first = sentence.indices(date.start, date.end)[0]
    if not date.quote.isdecimal() or first == 0:
        return False
    before = sentence.words[first - 1]
    if not sentence.parsed:
        apart = first > 1 and sentence.words[first - 2].norm in phrases(sentence.language, "breaks", "words")
        return before.norm in words(sentence.language, "reference", "definite") and not apart  # "the 2026 budget"
    return before.pos in ("PROPN", "NOUN") and before.end + 1 >= date.start


def _subject_or_object(sentence: Sentence, date: Mention) -> bool:
    """Whether a date is what its sentence speaks of ("a terminé l'année 2024")."""
    if not sentence.parsed:
        return False
    indices = sentence.indices(date.start, date.end)
    root = sentence.root_of(indices)
    roles = labels(sentence.language, "subject") | labels(sentence.language, "object")
    led = indices[0] > 0 and sentence.words[indices[0] - 1].pos == "ADP"
    year = any(sentence.words[i].text.isdecimal() for i in indices) and len(date.time or "") == 4
    return year and not led and sentence.words[root].dep in roles


def _dates_value_only(sentence: Sentence, date: Mention, measures: Sequence[Measure], *, told_of: bool) -> bool:
    """Whether a date hangs on another value ("14 milliards en 2024"): it situates that value and is no claim of its own."""
    head = governor(sentence, date)
    if _of_state(sentence, date, measures):
        return True
    if head is None or sentence.words[head].pos in ("VERB", "AUX"):
        return head is not None and any(head == m.root or _of_value(sentence, head, m) for m in measures)
    return not told_of and any(head in (m.root, *sentence.children[m.root]) for m in measures)


def _of_state(sentence: Sentence, date: Mention, measures: Sequence[Measure]) -> bool:
    """Whether a date stands right behind a value that another is set against: "35 radars, au lieu de 20 l'an dernier"."""
    i = sentence.indices(date.start, date.end)[0] - 1
    while i > 0 and sentence.words[i].pos in ("ADP", "DET"):
        i -= 1
    if not any(i in (m.root, *sentence.children[m.root]) for m in measures):
        return False
    against = words(sentence.language, "change", "against") | words(sentence.language, "continuing", "states")
    lead = " ".join(w.norm for w in sentence.words[max(0, i - STATE) : i])
    return any(f" {said} " in f" {lead} " for said in against)


STATE = 5  # words from "contre" to the end of the value behind it


def _counts_period(context: Context, sentence: Sentence, date: Mention, how: Measure, measures: Sequence[Measure]) -> bool:
    """Whether a date is the time over which something was counted ("l'an dernier, 11 240 faillites", "14 morts depuis mai")."""
    since = (lead_of(context, sentence, date.start), phrases(sentence.language, "since", "point"))
    lasting_till_now = ends(*since) is not None
    short = date.time_start is None or date.time_end is None or (date.time_end - date.time_start).days <= MONTH
    if short and not lasting_till_now:
        return False
    if how.record is not None and not (how.record.running or how.record.nature == "event" or how.metric in periods() | DAILY):
        return False
    toll = how.record is not None and how.record.running and not lasting_till_now
    return any(
        m.metric == how.metric
        or (how.at in (m.root, m.at) and m.metric not in AGES)
        or (toll and m.metric.removeprefix("lemma:") in people())
        for m in measures
    )


def _of_value(sentence: Sentence, verb: int, measure: Measure) -> bool:
    """Whether a bare participle says what was done with what a value counts ("1 800 logements livrés en 2025")."""
    flow = measure.record is not None and "date" in measure.record.kinds and measure.record.nature != "event"
    return flow and is_bare(sentence, verb) and sentence.words[verb].head == measure.root


# The claim.


def _enumerated(context: Context, sentence: Sentence, who: Referent) -> list[Referent]:
    """All names of the list that a subject stands in: "Microsoft, Indeed et Glassdoor ont annoncé".

    Commas alone make no list: "le secrétaire général de l'Élysée, Alexis Kohler, sera entendu".
    """
    text, joins = context.article.text, lexicon.language(sentence.language, "syntax")["reference"]["and"]
    runs: list[list[tuple[int, int, Entity]]] = []
    lists: set[int] = set()
    for place in context.places_in(sentence.start, sentence.end):
        between = text[runs[-1][-1][1] : place[0]].strip().casefold() if runs else None
        if between is not None and (between == "," or between in joins):
            runs[-1].append(place)
            lists |= {len(runs) - 1} if between in joins else set()
        else:
            runs.append([place])
    for run in (runs[i] for i in sorted(lists)):
        if who.how == "name" and who.name in {p[2].name for p in run}:
            return [named(p[2]) for p in run]
    return [who]


def _dated(context: Context, sentence: Sentence, date: Mention, event: Event, likely: float) -> Claim:
    how, who, sure = event
    other = counterparty(context, sentence, date, how, who)
    known = tells_apart(context, sentence, date)  # "la crue de 1958" is nobody's word
    speaker = None if known else attribution(context, sentence, date, how, who.name)
    voice = modality(context, sentence, date, how, speaker)
    if voice in PLAIN and later(context.article.published, date.time_start):
        voice = "planned"
    claim = row(
        context,
        sentence,
        date,
        metric=how.metric,
        who=who,
        other=other.name if other else None,
        when=date,
        speaker=speaker,
        voice=voice,
        traits=Traits(who.how, sure, how.cost, how.record is not None, sentence.parsed, "date", settled(how, who), likely),
    )
    return _begun(claim)


def _begun(claim: Claim) -> Claim:
    """An event that lasts since a date began on it."""
    if claim.time is None or not claim.time.endswith(SINCE):
        return claim
    return replace(claim, time=claim.time.removesuffix(SINCE), time_end=claim.time_start)
