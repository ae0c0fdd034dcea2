"""Times that a claim's own sentence leaves unsaid: counted from the time told last, or carried over from before.

"Un an plus tôt, ses investisseurs l'estimaient à 13,8 milliards": the year before the time told. A sentence that goes on
telling what happened keeps the time of the one before it in its paragraph, a figure of one kind with those dated before
(the year of the accounts, the day of the vote) that time; a state in the present keeps none, nor does a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from pipeline import lexicon
from pipeline.claims.catalogue import metrics
from pipeline.claims.context import Context
from pipeline.claims.times import against, clause, dates_of, left_behind, tense
from pipeline.claims.windows import begins, distance, folded, lead_of, phrases
from pipeline.grammar.dates.calendar import Span, add, moved
from pipeline.records import Claim, Mention
from pipeline.syntax import Sentence

UNITS = {"a": "year", "mo": "month", "wk": "week", "d": "day"}
REACH = 1500  # characters back to the time of figures of the same kind
AHEAD = ("planned", "conditional")  # ways in which values lie ahead
LISTED = ("-", "*", "•", "–", "·")  # what an item of a list begins with
BEHIND = 48  # characters behind a value in which "the year before" begins


@dataclass(frozen=True, slots=True)
class Told:
    """A time as an article has told it: for a claim, or for a whole sentence."""

    time: str
    start: date | None
    end: date | None
    at: int  # offset in the article
    group: str | None = None
    dates: bool = False  # whether it is that of an event told in passing
    ahead: bool = False  # whether it is that of an event to come

    @property
    def day(self) -> bool:
        """Whether it is one day."""
        return self.start is not None and self.start == self.end


def carried(context: Context, claims: Sequence[Claim]) -> list[Claim]:
    """The claims with the times that their article tells elsewhere; those of `claims` must stand in the order of the text."""
    out: list[Claim] = []
    told: list[Told] = []
    sentences = {s.start: s for s in context.sentences}
    for claim in claims:
        sentence = sentences[claim.sentence_start]
        if claim.kind != "date":
            claim = _settled(context, sentence, claim, out, told if claim.modality in AHEAD else [t for t in told if not t.ahead])
        out.append(claim)
        bracketed = context.article.text[claim.start - 1 : claim.start] == "("
        if tells(claim) and not bracketed and not left_behind(context, sentence, claim.start):
            told.append(told_by(claim))
    return out


def _settled(context: Context, sentence: Sentence, claim: Claim, earlier: Sequence[Claim], told: Sequence[Told]) -> Claim:
    mention = context.mention_at[claim.start, claim.end]
    opened = _opened(claim)
    if opened.time != claim.time:
        return opened
    year = _year_before(context, sentence, mention, claim, earlier, told)
    if year is not None:
        return held_at(claim, year)
    far = _distance(context, sentence, mention)
    if far is not None:
        anchor = _anchor(sentence, claim, earlier, told, heads=far[0].start < claim.start)
        return held_at(claim, _shifted(anchor, far[0], far[1]) if anchor else None)
    if "before" in claim.scopes:
        return _before(context, sentence, mention, claim, earlier, told)
    if claim.time is not None:
        return claim
    found = _same_sentence(sentence, claim, earlier) or _from_before(context, sentence, mention, claim, told)
    found = found or _live(context, claim)
    return held_at(claim, found)


def _year_before(
    context: Context, sentence: Sentence, mention: Mention, claim: Claim, earlier: Sequence[Claim], told: Sequence[Told]
) -> Told | None:
    """The year before the one told, of a value that says so ("11,8 millions l'exercice précédent")."""
    tail = folded(context.article.text[mention.end : min(sentence.end, mention.end + BEHIND)]).lstrip()
    if begins(tail, phrases(sentence.language, "distance", "year_before")) is None:
        return None
    anchor = _anchor(sentence, claim, earlier, told, heads=False)
    if anchor is None or anchor.start is None or len(anchor.time) != 4:
        return None
    span = moved(anchor.start, "year", -1)
    return None if span is None else Told(span.edtf, span.first, span.last, anchor.at)


def _live(context: Context, claim: Claim) -> Told | None:
    """The day of a live report, for the figures of a ballot that it tells by the clock ("19h55 - La participation ...")."""
    text, day = context.article.text, claim.published
    entry = text[context.paragraph_start(claim.start) :][:6].lstrip("-–—*•# ").casefold()
    hour, h, _ = entry.partition("h")
    clock = bool(h) and hour.isdigit() and len(hour) <= 2
    if day is None or not clock or frame_of(claim) != "ballot" or claim.modality == "conditional":
        return None
    head = folded(f" {context.article.title or ''} ")
    live = any(f" {w}{end}" in head for w in phrases(claim.language, "live", "words") for end in (" ", ":", "."))
    return Told(day.isoformat(), day, day, claim.start) if live else None


def held_at(claim: Claim, told: Told | None) -> Claim:
    """The claim with the time told, without one where there is none."""
    if told is None:
        return replace(claim, time=None, time_start=None, time_end=None)
    return replace(claim, time=told.time, time_start=told.start, time_end=told.end)


def _opened(claim: Claim) -> Claim:
    """A state since a date is one of that date; a change since a date is one of no time of its own."""
    if claim.time is None or not claim.time.endswith("/..") or claim.time_start is None:
        return claim
    record = metrics().get(claim.metric)
    if claim.metric == "change" or "change" in claim.scopes:
        return held_at(claim, None)
    if record is None or record.nature != "stock":
        return held_at(claim, None)
    since = claim.time.removesuffix("/..")
    return replace(claim, time=since, time_end=last_day(since, claim.time_start))


def told_by(claim: Claim) -> Told:
    """The time of a claim, as told for others."""
    dates = claim.kind == "date"
    ahead = dates and claim.modality == "planned"
    return Told(claim.time or "", claim.time_start, claim.time_end, claim.start, frame_of(claim), dates, ahead)


def told_at(date: Mention) -> Told:
    """A date as a time, "since 2016" as 2016. It must have a first day."""
    assert date.time is not None
    assert date.time_start is not None
    since = date.time.removesuffix("/..")
    return Told(since, date.time_start, date.time_end or last_day(since, date.time_start), date.start)


def last_day(edtf: str, first: date) -> date:
    """The last day of a plain day, month or year."""
    unit = {4: "year", 7: "month"}.get(len(edtf), "day")
    span = moved(first, unit, 0)
    return span.last if span is not None and span.last is not None else first


def _distance(context: Context, sentence: Sentence, mention: Mention) -> tuple[Mention, int] | None:
    """The distance in time that a value stands at, and whether it lies before (-1) or after (1) the time told."""
    found = [m for m in context.mentions_in(sentence.start, sentence.end) if m.kind == "duration"]
    for far in found:
        sign = distance(context, sentence, far)
        if not sign:
            continue
        between = context.article.text[mention.end : far.start]
        behind = 0 <= far.start - mention.end <= 20 and len(between.split()) <= 2
        heads = not lead_of(context, sentence, far.start) and _closed(context, sentence, far)
        if behind or heads:
            return far, sign
    return None


def _closed(context: Context, sentence: Sentence, far: Mention) -> bool:
    """Whether "un an plus tôt" at the head of a sentence stands alone: "un an après la fusion" counts from the fusion."""
    tail = folded(context.article.text[far.end : min(sentence.end, far.end + 30)]).lstrip()
    for key in ("earlier", "later"):
        word = begins(tail, phrases(sentence.language, "distance", key))
        if word is not None:
            return tail[len(word) :].lstrip().startswith(",") or word in ("plus tôt", "plus tard", "auparavant")
    return False


def _anchor(sentence: Sentence, claim: Claim, earlier: Sequence[Claim], told: Sequence[Told], *, heads: bool) -> Told | None:
    """The time that a distance is counted from: that of the value before in the sentence, else the time told last.

    A distance that `heads` its sentence is counted from what was told before it.
    """
    inside = [c for c in earlier if c.sentence_start == sentence.start and c.kind != "date"]
    if inside and not heads:
        last = inside[-1]
        return told_by(last) if last.time else None
    before = [t for t in told if t.at < sentence.start and claim.start - t.at <= REACH]
    return before[-1] if before else None


def _shifted(anchor: Told, far: Mention, sign: int) -> Told | None:
    """The time `far` from `anchor`, no more precise than either."""
    if far.value is None or far.value != int(far.value) or anchor.start is None or far.unit not in UNITS:
        return None
    unit = UNITS[far.unit]
    if unit in ("week", "day") and anchor.day:
        to = add(anchor.start, unit, sign * int(far.value))
        span = None if to is None else Span(to, to, to.isoformat())
    elif unit == "year" or (unit == "month" and anchor.end is not None and (anchor.end - anchor.start).days < 32):
        span = moved(anchor.start, unit, sign * int(far.value))
    else:
        span = None
    return None if span is None else Told(span.edtf, span.first, span.last, anchor.at)


def _before(
    context: Context, sentence: Sentence, mention: Mention, claim: Claim, earlier: Sequence[Claim], told: Sequence[Told]
) -> Claim:
    """The earlier state of a change: at its own date, else a year before the year of the other."""
    behind = [m for m in dates_of(context, sentence) if 0 <= m.start - mention.end <= 30]
    if behind:
        values = [m for m in context.mentions_in(mention.end, behind[0].start) if m.kind != "date"]
        if not values:
            return replace(claim, time=behind[0].time, time_start=behind[0].time_start, time_end=behind[0].time_end)
    if against(context, sentence, mention):
        inside = [c for c in earlier if c.sentence_start == sentence.start and c.kind == claim.kind]
        rival = bool(inside) and inside[-1].subject != claim.subject
        last = inside[-1] if rival else None
        return held_at(claim, told_by(last) if last is not None and last.time else None)
    other = claim if claim.time is not None else held_at(claim, _from_before(context, sentence, mention, claim, told))
    if other.time is not None and len(other.time) == 4 and other.time_start is not None:
        span = moved(other.time_start, "year", -1)
        return held_at(claim, Told(span.edtf, span.first, span.last, claim.start) if span else None)
    return held_at(claim, None)


@cache
def _frames() -> dict[str, str]:
    """Metric -> the frame that its figures belong to, or that it sets as an event."""
    return {m: name for name, block in lexicon.table("frames").items() for m in (*block["metrics"], *block["events"])}


def frame_of(claim: Claim) -> str | None:
    """Figures of one group are of one time: accounts, a ballot, a strike."""
    return _frames().get(claim.metric)


def tells(claim: Claim) -> bool:
    """Whether a claim tells the time of others: no forecast, no earlier state."""
    return claim.time is not None and claim.time_start is not None and claim.time_end is not None and not _qualified(claim)


def awaits(told: Claim, claim: Claim) -> bool:
    """Whether a time is that of an event to come, at which nothing holds that is: polls are not of the day of the vote."""
    return told_by(told).ahead and claim.modality not in AHEAD


def _qualified(claim: Claim) -> bool:
    return bool({"before", "forecast"} & claim.scopes)


def _timeless(claim: Claim) -> bool:
    """Whether a value holds at no time but the present: ages, terms, rates, plans."""
    return claim.kind == "duration" or claim.per is not None or (claim.modality in AHEAD and not foretold(claim))


@cache
def _forecast() -> frozenset[str]:
    return frozenset(m for block in lexicon.table("frames").values() for m in block.get("foretold", ()))


def foretold(claim: Claim) -> bool:
    """Whether a value is a forecast of what is told of a day, as the weather is."""
    return claim.modality == "planned" and claim.metric in _forecast()


def _running(claim: Claim) -> bool:
    record = metrics().get(claim.metric)
    return record is not None and record.running and frame_of(claim) is None


def _same_sentence(sentence: Sentence, claim: Claim, earlier: Sequence[Claim]) -> Told | None:
    """The time of a value before in the sentence that had none of its own either."""
    if _timeless(claim) or _running(claim):
        return None
    inside = [c for c in earlier if c.sentence_start == sentence.start and c.kind != "date" and tells(c)]
    inside = [c for c in inside if frame_of(c) == frame_of(claim)]
    if not inside:
        return None
    return told_by(inside[-1])


def _from_before(context: Context, sentence: Sentence, mention: Mention, claim: Claim, told: Sequence[Told]) -> Told | None:
    """The time of the sentence before, or of figures of the same kind."""
    listed = context.article.text[sentence.start : sentence.start + 1] in LISTED
    if listed or _timeless(claim) or _elsewhere(context, sentence):
        return None
    if _running(claim) and not _taken_up(context, sentence):
        return None
    return _continued(context, sentence, mention, claim, told) or _alike(sentence, mention, claim, told)


def _elsewhere(context: Context, sentence: Sentence) -> bool:
    """Whether a sentence says that it speaks of another time ("d'ordinaire", "l'exercice en cours")."""
    return says(context, sentence, "elsewhere")


def says(context: Context, sentence: Sentence, key: str) -> bool:
    """Whether a sentence has one of the phrases of a list of `windows.toml`."""
    text = f" {folded(context.article.text[sentence.start : sentence.end])} "
    return any(f" {p}{end}" in text for p in phrases(sentence.language, key, "words") for end in (" ", ",", "."))


def happening(sentence: Sentence, mention: Mention) -> str:
    """The tense of the clause of a value; of the clauses above it, where its own has none."""
    if not sentence.parsed:
        return ""
    at = sentence.root_of(sentence.indices(mention.start, mention.end))
    for _ in range(4):
        head = clause(sentence, at)
        found = tense(sentence, head)
        if found or sentence.words[head].head in (head, -1):
            return found
        at = sentence.words[head].head
    return ""


def _taken_up(context: Context, sentence: Sentence) -> bool:
    """Whether a word of the sentence takes up the time told before ("à cette occasion")."""
    return says(context, sentence, "anaphor")


def main_date(context: Context, sentence: Sentence) -> Mention | None:
    """The date of what a whole sentence tells: at its head, or at its main verb."""
    found = []
    for m in dates_of(context, sentence):
        at = sentence.root_of(sentence.indices(m.start, m.end))
        main = sentence.parsed and sentence.words[clause(sentence, at)].head == clause(sentence, at)
        if (main or not lead_of(context, sentence, m.start)) and m.time_start:
            found.append(m)
    return found[-1] if found else None


def _continued(context: Context, sentence: Sentence, mention: Mention, claim: Claim, told: Sequence[Told]) -> Told | None:
    """The time of the sentence before in the paragraph, for what goes on happening at it."""
    before = context.sentence_before(sentence)
    if before is None or "\n" in context.article.text[before.end : sentence.start]:
        return None
    taken = _taken_up(context, sentence)
    if not taken and main_date(context, sentence) is not None:
        return None  # a sentence that says when has no time from the one before
    if not taken and not foretold(claim) and (happening(sentence, mention) != "past" or _state(claim)):
        return None
    found = next((t for t in reversed(told) if before.start <= t.at < before.end and not t.dates), None) or _main(context, before)
    return found if found is None or _fits(found, claim) else None


def _fits(told: Told, claim: Claim) -> bool:
    """Whether a time told before is one that a value can have come to pass at; of a forecast, one that is not over."""
    if told.start is None or claim.published is None:
        return not foretold(claim)
    over = told.end is not None and told.end < claim.published
    return not over if foretold(claim) else told.start <= claim.published


def _state(claim: Claim) -> bool:
    """Whether a value is a state that goes on, whatever the tense: a headcount, a size, a price."""
    record = metrics().get(claim.metric)
    stock = record is not None and record.nature == "stock" and record.domain != "capital"
    return stock and claim.kind not in ("percent", "points") and frame_of(claim) is None


def _main(context: Context, sentence: Sentence) -> Told | None:
    """The time of what a whole sentence tells."""
    m = main_date(context, sentence)
    return None if m is None or m.time is None or m.time_start is None else told_at(m)


def _alike(sentence: Sentence, mention: Mention, claim: Claim, told: Sequence[Told]) -> Told | None:
    group = frame_of(claim)
    if group is None:
        return None
    if happening(sentence, mention) == "future" and not foretold(claim):
        return None
    near = [t for t in told if t.group == group and claim.start - t.at <= REACH]
    near = [t for t in near if _fits(t, claim)] if foretold(claim) else near
    near = [t for t in near if not t.dates] or near  # a figure's time before that of an event told in passing
    near = [t for t in near if t.day] or near
    return near[-1] if near else None
