"""What speaks for a time as the one that a value holds at: its place, its clause, what it is told for, what grammar made of it.

Names of features, each of which holds or does not; `moments` weighs them. A time of the sentence of the value is `own`, one
of before `carried`, one that was reckoned from another ("un an plus tôt") `reckoned`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from pipeline.claims import times
from pipeline.claims.carry import Told, frame_of, happening, main_date, says
from pipeline.claims.catalogue import metrics
from pipeline.claims.context import Context
from pipeline.claims.participles import is_bare
from pipeline.claims.spans import length, place
from pipeline.claims.utterances import governor, of_speech
from pipeline.claims.windows import lead_of
from pipeline.records import Claim, Mention
from pipeline.syntax import Sentence, words

GAPS = ((2, "next"), (5, "near"), (10, "off"))  # most words between a date and a value -> how far apart that is
SIGNS = {",": "comma", ";": "semicolon", ":": "colon", "(": "bracket"}
LINK = 2  # words between two values of which one follows on the other
HEADS = " *-–—•"  # what may stand before the first word of a line
FEW = 2  # dates of a sentence, from which on there are many


@dataclass(frozen=True)
class Case:
    """A claim whose time is asked for, in its article, with the claims before it, whose times are settled."""

    context: Context
    sentence: Sentence
    mention: Mention
    claim: Claim  # with the time that grammar gave it
    earlier: Sequence[Claim]
    events: Mapping[tuple[int, int], str]  # place of a date -> metric of the event that it is claimed to be of

    @cached_property
    def nature(self) -> str:
        """`stock`, `flow` or `event`, `open` for a metric that the catalogue does not have."""
        record = metrics().get(self.claim.metric)
        return "open" if record is None else record.nature

    @cached_property
    def root(self) -> int:
        """The word that heads the value."""
        return self.sentence.root_of(self.sentence.indices(self.mention.start, self.mention.end))

    @cached_property
    def own(self) -> tuple[Mention, ...]:
        """The dates of the sentence."""
        found = self.context.mentions_in(self.sentence.start, self.sentence.end)
        return tuple(m for m in found if m.kind == "date" and m.time and m.time_start)

    @cached_property
    def tense(self) -> str:
        """The tense of what the value is told in; what has come to pass is past, be it in the future perfect."""
        found = happening(self.sentence, self.mention)
        return "past" if found == "future" and self.claim.modality in ("asserted", "attributed") else found

    @cached_property
    def astray(self) -> bool:
        """Whether the sentence tells of another time that nothing resolves: "le samedi précédent"."""
        found = self.context.mentions_in(self.sentence.start, self.mention.start)
        return any(m.kind == "date" and not m.time for m in found)


def of_none(case: Case) -> Iterator[str]:
    """What speaks for no time at all."""
    claim, nature, tense = case.claim, case.nature, case.tense
    yield "none"
    if claim.time is None:
        yield "rule none"
    yield from _of_measure(case, "none")
    yield f"none {claim.modality}"
    yield f"none in {tense}"
    yield f"none, {nature} in {tense}"
    yield f"none of {min(len(case.own), FEW)} dates"
    yield from (f"none {qualifier}" for qualifier in sorted(claim.scopes))
    values = [c for c in case.earlier if c.sentence_start == case.sentence.start and c.kind != "date"]
    if values:
        dated = "dated" if values[-1].time else "undated"
        yield f"none, {dated} before"
        yield f"none, {dated} before, {_tie(case, values[-1])}"


def of_time(case: Case, told: Told, where: str) -> Iterator[str]:
    """What a time is by itself and for such a value; `where` it was told: `own`, `carried` or `reckoned`."""
    claim, span = case.claim, length(told.start, told.end)
    when = place(case.context.article.published, told.start, told.end)
    yield from _of_measure(case, where)
    yield f"{where} a {span}"
    yield f"{where} a {span} for {case.nature}"
    yield f"{where} a {span}, frame {frame_of(claim)}"
    yield f"{where} {when}"
    yield f"{where} {when} for {case.nature} in {case.tense}"
    if where == "carried":
        yield from _of_telling(case, told, when)
    yield from (f"{where} for a state {qualifier}" for qualifier in sorted(claim.scopes & {"before", "after"}))
    if claim.time == told.time:
        yield from ("rule", f"rule {where}", f"rule {where} for {case.nature}", f"rule {where} a {span}", f"rule {where} {when}")
    else:
        yield "ruled other" if claim.time else "ruled none"


def _of_telling(case: Case, told: Told, when: str) -> Iterator[str]:
    """How much of the article is of a time told before: how many values of late, and whether it is the first one told."""
    last = list(islice((c for c in reversed(case.earlier) if c.kind != "date"), LATELY))
    yield f"carried by {sum(c.time == told.time for c in last)} of late"
    if last and last[0].time == told.time:
        yield f"carried on, {when}"
        yield f"carried on for {case.nature} in {case.tense}"
    if case.context.first_time == told.time:
        yield f"carried from the first date, {when}"
        yield f"carried from the first date for {case.nature}"


LATELY = 3  # values before, of which those count that are of the time in question


def _of_measure(case: Case, where: str) -> Iterator[str]:
    """What the value is one of."""
    yield f"{where} for {case.nature}"
    yield f"{where} for {case.nature} {case.claim.kind}"
    yield f"{where}, frame {frame_of(case.claim)}"
    if case.nature != "open":
        yield f"{where} for {case.claim.metric}"
    if case.claim.per:
        yield f"{where} per"


def of_own(case: Case, date: Mention) -> Iterator[str]:
    """What speaks for a date of the sentence of the value, and against it."""
    context, sentence, nature = case.context, case.sentence, case.nature
    yield "own"
    yield from _of_line(case, date)
    if len(case.own) == 1:
        yield "own, the only date"
    tokens = sentence.indices(date.start, date.end)
    if not lead_of(context, sentence, date.start).strip(HEADS) or tokens[0] <= 1:
        yield "own, at the head"
    before = sentence.words[tokens[0] - 1] if tokens[0] else None
    if before is not None and before.pos in ("ADP", "DET", "PUNCT", ""):
        yield f"own behind {before.norm}"
    names = [*times.marks(context, sentence, date, case.mention, case.claim.metric)]
    if date.time and date.time.endswith("/.."):
        names.append("since")
    event = case.events.get((date.start, date.end))
    if event is not None:
        names.append("of an event")
    if event in times.passing_events():
        names.append("of an event told in passing")
    for name in names:
        yield f"own {name}"
        yield f"own {name} for {nature}"
    yield from _of_clause(case, date) if sentence.parsed else (f"own part {times.line_depth(sentence, date, case.mention)}",)


def _of_line(case: Case, date: Mention) -> Iterator[str]:
    """On which side of the value a date stands, and what lies between."""
    mention = case.mention
    side = "before" if date.end <= mention.start else "behind"
    first, last = (date.end, mention.start) if side == "before" else (mention.end, date.start)
    between = [w for w in case.sentence.words if first <= w.start and w.end <= last]
    if between and between[0 if side == "before" else -1].norm == ",":
        between = between[1:] if side == "before" else between[:-1]  # the comma that sets off the date itself
        yield f"own {side}, set off"
    gap = next((name for most, name in GAPS if len(between) <= most), "far")
    yield f"own {side}"
    yield f"own {side} {gap}"
    inside = case.context.mentions_in(first, last)
    if any(m.kind != "date" for m in inside):
        yield f"own {side}, a value between"
    if any(m in case.own for m in inside):
        yield f"own {side}, a date between"
    written = {w.norm for w in between}
    yield from (f"own {side}, {name} between" for sign, name in SIGNS.items() if sign in written)
    if written & words(case.sentence.language, "reference", "and"):
        yield f"own {side}, and between"


def _of_clause(case: Case, date: Mention) -> Iterator[str]:
    """How the clause of a date lies to that of the value."""
    sentence = case.sentence
    depth = times.depth(case.context, sentence, date, case.mention)
    shown = "apart" if depth is None else f"{min(depth, times.FAR):g}"
    yield f"own depth {shown}"
    yield f"own depth {shown} for {case.nature}"
    its, mine = (
        times.clause(sentence, sentence.root_of(sentence.indices(date.start, date.end))),
        times.clause(sentence, case.root),
    )
    yield f"own clause {times.tense(sentence, its) or 'none'}, value {times.tense(sentence, mine) or 'none'}"
    word = sentence.words[its]
    if its == mine:
        yield "own clause"
        yield f"own clause for {case.nature}"
    else:
        yield f"own clause as {word.dep.split(':')[0]}"
        yield f"own clause of {word.pos}{', bare' if is_bare(sentence, its) else ''}"
    if any(word.lemma in words(sentence.language, "speech", key) for key in ("announce", "verbs")):
        yield "own clause of speech"
    head = governor(sentence, date)
    if head is None:
        yield "own on nothing"
    elif head in sentence.indices(case.mention.start, case.mention.end):
        yield "own on the value"
    else:
        yield f"own on {sentence.words[head].pos}"
        if head in (case.root, sentence.words[case.root].head):
            yield "own beside the value"


def of_claim(case: Case, told: Claim, rank: int) -> Iterator[str]:
    """What speaks for the time of a claim before; `rank` counts back from the last one told."""
    claim, where, what = case.claim, near(case, told), "event" if told.kind == "date" else "value"
    yield "carried"
    yield f"carried {what}, {where}"
    yield from _of_place(case, where)
    if not rank:
        yield "carried last"
    frame = frame_of(claim)
    if frame and frame_of(told) == frame:
        yield "carried frame"
        yield f"carried frame, {where}"
    if told.metric == claim.metric:
        yield "carried metric"
        yield f"carried metric, {where}"
    if told.subject == claim.subject:
        yield f"carried subject, {where}"


def of_sentence(case: Case, before: Sentence, date: Mention) -> Iterator[str]:
    """What speaks for a date of the sentence before."""
    where = "sentence before" if _one_paragraph(case, before) else "afar"
    yield "carried"
    yield f"carried date, {where}"
    yield from _of_place(case, where)
    if of_speech(before, date):
        yield "carried date of speech"
    if date is main_date(case.context, before):
        yield f"carried main date, {where}"
        yield f"carried main date, {where} for {case.nature}"


def near(case: Case, told: Claim) -> str:
    """How far back a claim lies: in the `sentence`, the `sentence before`, the `paragraph` or `afar`."""
    if told.sentence_start == case.sentence.start:
        return "sentence"
    if told.start < case.context.paragraph_start(case.claim.start):
        return "afar"
    before = case.context.sentence_before(case.sentence)
    return "sentence before" if before is not None and told.sentence_start == before.start else "paragraph"


def _of_place(case: Case, where: str) -> Iterator[str]:
    """What the sentence of the value says to a time of elsewhere."""
    if says(case.context, case.sentence, "anaphor"):
        yield f"carried anaphor, {where}"
    if says(case.context, case.sentence, "elsewhere"):
        yield "carried elsewhere"
    if main_date(case.context, case.sentence) is not None:
        yield f"carried into a dated sentence, {where}"


def _one_paragraph(case: Case, before: Sentence) -> bool:
    return "\n" not in case.context.article.text[before.end : case.sentence.start]


def _tie(case: Case, last: Claim) -> str:
    """How a value hangs together with the one before it in its sentence."""
    between = [w for w in case.sentence.words if last.end <= w.start and w.end <= case.claim.start]
    if len(between) <= LINK:
        return " ".join(w.norm for w in between) or "at once"
    root = case.sentence.root_of(case.sentence.indices(last.start, last.end))
    if case.sentence.parsed and times.clause(case.sentence, root) == times.clause(case.sentence, case.root):
        return "one clause"
    return "one metric" if last.metric == case.claim.metric else "loose"
