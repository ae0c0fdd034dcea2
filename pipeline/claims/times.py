"""When a claim holds, by its own sentence: the date of its value, of its clause, of the clauses that hold it.

Never the day of publication by default, nor the day on which something was said. What a sentence leaves unsaid may stand
in the one before: see `carry`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from pipeline import lexicon
from pipeline.claims.catalogue import cues
from pipeline.claims.context import Context
from pipeline.claims.measures import Measure
from pipeline.claims.modality import describes
from pipeline.claims.participles import is_bare, verb_before
from pipeline.claims.utterances import governor, of_speech, stands_alone
from pipeline.claims.windows import begins, ends, folded, lead_of, outvoted, phrases
from pipeline.records import Mention
from pipeline.syntax import Sentence, labels, words

INITIAL = 2  # words into a sentence within which a date stands at its head
DAILY = frozenset(("rainfall", "change", "sale", "hires", "cost"))  # counted over periods, of which a day may be one
CLOSINGS = ((12, 31), (6, 30), (3, 31), (9, 30))  # days on which accounts are closed
TOGETHER = 1.5  # depth of a date that only its place ties to a value
AGES = ("age", "duration", "tenure")  # metrics that a length of time behind "à" may be given; a sentence to two years is none
FAR = 3.0  # depth of a date that holds in the whole sentence by its place
CLOSE = 5  # words between the two
BEHIND = 12  # characters between a value and the date that belongs to it alone ("683 M€ en 2023")


@cache
def periods() -> frozenset[str]:
    """Metrics that are counted over weeks and years: a single day is when they were told."""
    return frozenset(lexicon.table("comparison")["metrics"]["period"]) - DAILY


@cache
def framed() -> frozenset[str]:
    """Metrics whose figures are told of one event: a ballot, a strike, a march."""
    return frozenset(m for block in lexicon.table("frames").values() for m in block["metrics"])


def compared(context: Context, sentence: Sentence, date: Mention) -> bool:
    """Whether a date is only what another is compared with ("par rapport à 2023")."""
    lead = lead_of(context, sentence, date.start)
    if ends(lead, phrases(sentence.language, "base", "before")) is not None:
        return True
    degrees = phrases(sentence.language, "base", "degrees")
    return ends(lead, phrases(sentence.language, "base", "than")) is not None and any(f" {d} " in lead for d in degrees)


def nowadays(date: Mention) -> bool:
    """Whether a date says no more than "nowadays"."""
    return begins(folded(date.quote), phrases(date.language, "today", "words")) is not None


def against(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a value is the one that another is set against ("contre 683 M€ en 2023")."""
    if outvoted(context, sentence, mention):
        return False
    lead = lead_of(context, sentence, mention.start)
    found = tuple(words(sentence.language, "change", "against"))
    filler = ends(lead, phrases(sentence.language, "fillers", "words"))
    return ends(lead, found) is not None or (filler is not None and ends(lead[: -len(filler)].rstrip(), found) is not None)


def _verbal(sentence: Sentence, i: int) -> bool:
    """Whether word `i` heads a clause of its own."""
    word = sentence.words[i]
    if word.dep in labels(sentence.language, "clause"):
        return True
    joined = labels(sentence.language, "coordination") | labels(sentence.language, "participle")
    return word.head == i or (word.pos == "VERB" and word.dep in joined)


def clause(sentence: Sentence, i: int) -> int:
    """The word that heads the clause of word `i` (its own, for a verb)."""
    for k in (i, *sentence.ancestors(i)):
        if _verbal(sentence, k):
            return k
    return i


def _finite(sentence: Sentence, i: int) -> str:
    """Morphology of the finite verb of a clause: its own or its auxiliary's, "" for a participle or infinitive."""
    found = [sentence.words[i], *(sentence.words[j] for j in sentence.children[i] if sentence.words[j].pos in ("AUX", "VERB"))]
    return next((w.morph for w in found if "VerbForm=Fin" in w.morph), "")


def tense(sentence: Sentence, i: int) -> str:
    """`past`, `present`, `future`, `conditional` or "" of the clause that word `i` heads; a compound past is past."""
    own = _finite(sentence, i)
    if "Mood=Cnd" in own:
        return "conditional"
    if "Tense=Fut" in own:
        return "future"
    if "Tense=Imp" in own or "Tense=Past" in own:
        return "past"
    if "Tense=Pres" not in own:
        return ""
    compound = "VerbForm=Part" in sentence.words[i].morph and any(
        sentence.words[j].dep == "aux:tense" for j in sentence.children[i]
    )
    return "past" if compound else "present"


def _passes(sentence: Sentence, below: int, above: int, date: Mention) -> bool:
    """Whether the date of clause `above` holds in the clause `below` that depends on it."""
    word = sentence.words[below]
    if word.dep in labels(sentence.language, "coordination"):
        return date.start < min(sentence.words[above].start, sentence.words[below].start)
    if word.dep == "parataxis":
        return date.start < sentence.words[above].start
    inner, outer = tense(sentence, below), tense(sentence, above)
    if word.dep in labels(sentence.language, "relative") | {"ccomp"} and inner:
        return inner == outer or outer == ""
    return True


def depth(context: Context, sentence: Sentence, date: Mention, mention: Mention) -> float | None:
    """How far up from a value the clause of a date lies: 0 its own noun, 1 its clause, more for those above; None apart."""
    own = sentence.indices(mention.start, mention.end)
    root, at = sentence.root_of(own), sentence.root_of(sentence.indices(date.start, date.end))
    head = governor(sentence, date)
    hung = sentence.words[root].head in sentence.indices(date.start, date.end)
    if hung and sentence.words[root].dep not in labels(sentence.language, "coordination"):
        return 0.0  # "Mardi 36 degrés à Valmore", "mort en 1971 à 68 ans"
    if head is None or head in own:
        return 1.0 if head is None else 0.0
    mine, its = clause(sentence, root), clause(sentence, at)
    alone = stands_alone(sentence, sentence.indices(date.start, date.end))
    if root in _path(sentence, at, its) and root != its and not alone:
        return None  # "un tiers du forfait de mars"
    up_by, here = 1.0, mine
    seen = {here}
    while here != its:
        up = sentence.words[here].head
        if up == here or up < 0:
            break
        above = clause(sentence, up)
        if above in seen or not _passes(sentence, here, above, date):
            break
        seen.add(above)
        here, up_by = above, up_by + 1.0
    if here == its:
        nominal = any(sentence.words[k].pos in ("NOUN", "PROPN") and k not in (its, root) for k in _path(sentence, at, its))
        return up_by + (0.4 if nominal else 0.0)
    return 0.5 if root in _path(sentence, at, root) and _direct(context, sentence, its, root) else None


def _path(sentence: Sentence, i: int, top: int) -> list[int]:
    """Words above `i` up to `top`, `top` included where it is met."""
    out = []
    for k in sentence.ancestors(i):
        out.append(k)
        if k == top:
            break
    return out


def _direct(context: Context, sentence: Sentence, its: int, root: int) -> bool:
    """Whether the clause of a date says what became of the value itself ("200 postes supprimés en 2024")."""
    if sentence.words[its].head != root:
        return False
    values = (m for m in context.mentions_in(sentence.start, sentence.end) if m.kind != "date")
    return not sentence.subtree(its) & {sentence.root_of(sentence.indices(m.start, m.end)) for m in values}


def _own(context: Context, date: Mention, mention: Mention) -> bool:
    """Whether a date stands right behind a value, with a preposition between at most."""
    if date.start < mention.end or date.start - mention.end > BEHIND:
        return False
    between = context.article.text[mention.end : date.start]
    return not set(between) & set(",;:.") and len(between.split()) <= 2


def _together(context: Context, sentence: Sentence, date: Mention, mention: Mention) -> bool:
    """Whether a date stands a few words behind a value with nothing between that parts them, whatever the tree says."""
    between = [w for w in sentence.words if mention.end <= w.start and w.end <= date.start]
    if date.start < mention.end or len(between) > CLOSE:
        return False
    breaks = phrases(sentence.language, "breaks", "words")
    others = [m for m in context.mentions_in(mention.end, date.start) if m.kind != "date"]
    return not others and not any(w.norm in breaks or w.pos in ("NOUN", "PROPN") for w in between)


def _taken(context: Context, sentence: Sentence, date: Mention, mention: Mention) -> bool:
    """Whether a date belongs to another value, the earlier state that it stands behind."""
    values = [m for m in context.mentions_in(sentence.start, date.start) if m.kind != "date"]
    last = values[-1] if values else None
    if last is None or last is mention or date.start - last.end > 3 * BEHIND:
        return False
    return against(context, sentence, last) or left_behind(context, sentence, last.start)


def left_behind(context: Context, sentence: Sentence, start: int) -> bool:
    """Whether the value at `start` is the state that another came after: "38 millions, après une perte de 21 en 2024"."""
    tail = lead_of(context, sentence, start).rsplit(",", 1)
    return len(tail) == 2 and begins(tail[1].strip(), phrases(sentence.language, "base", "after")) is not None


@cache
def passing_events() -> frozenset[str]:
    """Metrics of events that are told in passing: a foundation, a birth, a purchase."""
    return frozenset(lexicon.table("comparison")["metrics"]["passing"])


def _in_passing(sentence: Sentence, date: Mention, mention: Mention) -> bool:
    """Whether a date is that of a participle which tells of its noun, not of a value beside ("fondée en 1943, elle emploie")."""
    own = sentence.indices(date.start, date.end)
    found = {c.at for c in cues(sentence.words, sentence.language) if c.verb and c.metric.id in passing_events()}
    if not sentence.parsed:
        part, other = line_part(sentence, own), sentence.indices(mention.start, mention.end)[0]
        return other not in part and any(i in part for i in found)
    verb = verb_before(sentence, own)
    if verb is None or verb not in found or not is_bare(sentence, verb):
        return False
    root = sentence.root_of(sentence.indices(mention.start, mention.end))
    return root != sentence.words[verb].head and verb not in sentence.ancestors(root)


def line_part(sentence: Sentence, own: Sequence[int]) -> range:
    """The words around a date up to the next break."""
    breaks = phrases(sentence.language, "breaks", "words")
    first, last = own[0], own[-1]
    while first > 0 and sentence.words[first - 1].norm not in breaks:
        first -= 1
    while last + 1 < len(sentence.words) and sentence.words[last + 1].norm not in breaks:
        last += 1
    return range(first, last + 1)


def _labelled(context: Context, sentence: Sentence, date: Mention) -> bool:
    """Whether a year belongs to the name of a law or a budget ("la loi de finances pour 2026")."""
    return ends(lead_of(context, sentence, date.start), phrases(sentence.language, "label", "named")) is not None


def _vintage(context: Context, sentence: Sentence, date: Mention) -> bool:
    """Whether a year of long ago only says of when a thing with a name is: "une Vega GT de 1967", "la Vega 12 (1967)".

    What is held each time anew ("la Coupe de 1967") has its year as a time.
    """
    published, first = context.article.published, sentence.indices(date.start, date.end)[0]
    if published is None or date.time_end is None or not date.quote.isdecimal() or first < 2:
        return False
    of, name = sentence.words[first - 1], sentence.words[first - 2]
    if published.year - date.time_end.year < OLD:
        return False
    if of.text == "(":
        named = context.entity_at(name.start, name.end)
        return named is not None and any(map(str.isdigit, named.name))
    if of.norm not in words(sentence.language, "continuing", "shares"):
        return False
    model = any(c.isdigit() or c.isupper() for c in name.text)
    held, before = words(sentence.language, "events", "editions"), sentence.words[max(0, first - 2 - NAMED) : first - 1]
    return model and not any(w.norm in held or w.lemma in held for w in before)


NAMED = 4  # words back that may be part of a name
OLD = 10  # years before publication from which "de 1967" behind a name is no time of a figure


def _deadline(context: Context, sentence: Sentence, date: Mention) -> bool:
    """Whether a date only says by when: what is spent or built "d'ici à 2030" is not of 2030, a level reached by then is."""
    return ends(lead_of(context, sentence, date.start), phrases(sentence.language, "base", "deadline")) is not None


def _at_age(sentence: Sentence, mention: Mention, how: Measure) -> bool:
    """Whether a length of time is the age at which somebody did something: "entré ici à dix-huit ans"."""
    case = sentence.case(sentence.root_of(sentence.indices(mention.start, mention.end))) if sentence.parsed else ""
    aged = how.record is None or how.metric in AGES
    return aged and mention.kind == "duration" and mention.unit == "a" and case in phrases(sentence.language, "distance", "away")


def _headed(context: Context, sentence: Sentence, date: Mention, mention: Mention) -> bool:
    """Whether a date stands before all of its sentence, set off by a comma, and a value lies in what happened then."""
    if lead_of(context, sentence, date.start).strip(" *-–—•") or context.article.text[date.end : date.end + 1] != ",":
        return False
    root = sentence.root_of(sentence.indices(mention.start, mention.end))
    return tense(sentence, clause(sentence, root)) == "past" or _copula(sentence, root)


def _set_before(context: Context, sentence: Sentence, date: Mention) -> bool:
    """Whether a date is set before what a sentence says, between commas or at its head: "en 2017, sur 467 appareils, 300"."""
    lead = lead_of(context, sentence, date.start).rstrip(" *-–—•")
    for preposition in words(sentence.language, "prepositions", "in"):
        lead = lead.removesuffix(f" {preposition}") if lead != preposition else ""
    opens = not lead or lead.rstrip().endswith(",")
    return opens and context.article.text[date.end : date.end + 1] == ","


def _copula(sentence: Sentence, root: int) -> bool:
    """Whether a value is what something was: "ils étaient 2 500"."""
    return any(sentence.words[j].dep == "cop" and "Tense=Imp" in sentence.words[j].morph for j in sentence.children[root])


def _counted_out(context: Context, sentence: Sentence, date: Mention, mention: Mention, metric: str) -> bool:
    """Whether a value only counts out, behind a colon and without a verb, what a sentence tells: "voté lundi : 61 voix"."""
    if metric not in framed():
        return False
    before, colon, behind = context.article.text[date.end : sentence.end].partition(":")
    place = date.end + len(before)
    verbs = (w for w in sentence.words if w.start > place and "VerbForm=Fin" in w.morph)
    return bool(colon) and bool(behind) and place < mention.start and not any(verbs)


def line_depth(sentence: Sentence, date: Mention, mention: Mention) -> float | None:
    """The same where nothing was parsed: a date at the head of the sentence holds in all of it, another in its own part."""
    at, to = sentence.indices(date.start, date.end)[0], sentence.indices(mention.start, mention.end)[0]
    if at <= INITIAL and sentence.words[at].start < mention.start:
        return 2.0
    breaks = phrases(sentence.language, "breaks", "words")
    between = sentence.words[min(at, to) : max(at, to)]
    return None if any(w.norm in breaks for w in between) else 1.0


def dates_of(context: Context, sentence: Sentence) -> list[Mention]:
    """The dates of a sentence that can say when something holds."""
    return [
        m
        for m in context.mentions_in(sentence.start, sentence.end)
        if m.kind == "date" and m.time is not None and not of_speech(sentence, m) and not compared(context, sentence, m)
    ]


def _day(date: Mention) -> bool:
    return date.time_start is not None and date.time_start == date.time_end


def _admits(sentence: Sentence, metric: str, date: Mention) -> bool:
    """Whether a value can hold at a date: a year's profit that is announced on a day is not of that day."""
    head = governor(sentence, date)
    if metric not in periods() or not _day(date):
        return True
    if date.time_end is not None and (date.time_end.month, date.time_end.day) in CLOSINGS:
        return True
    if head is None or sentence.words[head].pos not in ("VERB", "AUX"):
        return False
    told = words(sentence.language, "speech", "announce") | words(sentence.language, "speech", "verbs")
    return sentence.words[head].lemma not in told | words(sentence.language, "happening", "support")


def _bracketed(context: Context, sentence: Sentence, mention: Mention) -> Mention | None:
    """The date just before the bracket that a value stands in: "par rapport à 2020 (49,1 %)"."""
    before = [m for m in context.mentions_in(sentence.start, mention.start) if m.kind == "date" and m.time is not None]
    if before and context.article.text[before[-1].end : mention.start].strip() == "(":
        return before[-1]
    return None


def marks(context: Context, sentence: Sentence, date: Mention, mention: Mention, metric: str) -> Iterator[str]:
    """What grammar alone says of a date as the time of a value, for it or against it."""
    holds = {
        "compared": compared(context, sentence, date),
        "of speech": of_speech(sentence, date),
        "not admitted": not _admits(sentence, metric, date),
        "taken": _taken(context, sentence, date, mention),
        "in passing": _in_passing(sentence, date, mention),
        "labelled": _labelled(context, sentence, date),
        "vintage": _vintage(context, sentence, date),
        "deadline": _deadline(context, sentence, date),
        "right behind": _own(context, date, mention),
        "together": _together(context, sentence, date, mention),
        "nowadays": nowadays(date),
        "set before": _set_before(context, sentence, date),
    }
    yield from (name for name, does in holds.items() if does)


def time(context: Context, sentence: Sentence, mention: Mention, how: Measure) -> Mention | None:
    """The date of its own sentence that a quantity holds at."""
    beside = _bracketed(context, sentence, mention)
    dates = dates_of(context, sentence)
    own = any(_own(context, d, mention) for d in dates)
    if beside is not None and not own and not _taken(context, sentence, beside, mention):
        return beside
    described = describes(sentence, mention, how)
    attribute = described or _at_age(sentence, mention, how)
    found = []
    for date in dates:
        if not _admits(sentence, how.metric, date) or _taken(context, sentence, date, mention):
            continue
        if _in_passing(sentence, date, mention):
            continue
        if mention.kind in ("count", "duration") and _labelled(context, sentence, date):
            continue
        if _vintage(context, sentence, date):
            continue
        if how.record is not None and how.record.nature == "flow" and _deadline(context, sentence, date):
            continue
        near = _own(context, date, mention)
        reach = 0.0 if near else _reach(context, sentence, date, mention, how)
        heads = mention.kind == "count" and described and date.end <= mention.start and _set_before(context, sentence, date)
        if reach is None or (reach >= 1 and (how.metric == "age" or (attribute and not heads))) or nowadays(date):
            continue
        gap = mention.start - date.end if date.end <= mention.start else date.start - mention.end + 20
        found.append((reach, gap, date.start, date))
    return min(found, key=lambda f: f[:3])[3] if found else None


def _reach(context: Context, sentence: Sentence, date: Mention, mention: Mention, how: Measure) -> float | None:
    """How far a date lies from a value, by the tree or else by its place; None apart."""
    if not sentence.parsed:
        return line_depth(sentence, date, mention)
    far = depth(context, sentence, date, mention)
    if far is None and _together(context, sentence, date, mention):
        return TOGETHER
    if far is None and (_headed(context, sentence, date, mention) or _counted_out(context, sentence, date, mention, how.metric)):
        return FAR
    return far
