"""What are two claims to each other? Bars that keep facts apart, then what the figures and the trained support say.

Agreement is evidence too: it may join what differing figures would not. Doubt costs a discrepancy, not a false alarm.
"""

from __future__ import annotations

import math
from enum import IntEnum

from pipeline.comparison.bars import (
    NO,
    OPEN,
    PART,
    STRONG,
    Level,
    barred,
    converted,
    few,
    impossible,
    level,
    person,
    settled,
    standing,
    told_near,
    two_bodies,
)
from pipeline.comparison.currencies import in_currency_of
from pipeline.comparison.gist import context
from pipeline.comparison.items import Item
from pipeline.comparison.lexical import counted, lexicon, limit, mistaken, part_scopes, singular
from pipeline.comparison.support import support, threshold
from pipeline.comparison.times import SEASON, distance, meets
from pipeline.comparison.values import admits, close, digits, gap, rounds, same, same_digits, scale, transposed, written
from pipeline.folding import fold


class Link(IntEnum):
    """What two claims are to each other."""

    REPEL = 0  # never in one fact
    NEUTRAL = 1  # in one fact only if others join them
    DIFFER = 2  # of one fact though the figures differ, if no other fits as well
    MATCHED = 3  # of one fact by what else their articles tell, though the figures differ
    EXPLAINED = 4  # of one fact, and it is plain why they differ
    AGREE = 5  # of one fact


# What the figures say.


def link(a: Item, b: Item) -> Link:
    """What `a` and `b`, of one subject, metric family and kind, are to each other."""
    known = barred(a, b)  # the other tests are asked where the figures leave it to them
    if known is NO:
        return Link.REPEL
    if a.kind == "date":
        return _dates(a, b, known)
    if (a.modality == "denied") != (b.modality == "denied"):
        return Link.AGREE if denies(a, b) else Link.NEUTRAL
    if a.base != b.base and None not in (a.base, b.base) and a.kind in ("money", "percent", "points"):
        return _other_base(a, b, known)
    return _figures(a, b, known)


def matched(a: Item, b: Item) -> bool:
    """Whether two claims of one story are of one fact by what else their articles tell (`coreference`), whatever they say."""
    if a.group is None or a.group != b.group or a.article == b.article:
        return False
    return _one_event(a, b) if a.kind == "date" else not settled(a, b)


def _one_event(a: Item, b: Item) -> bool:
    """Whether matched days may be of one event: of what happens often, between the same parties; of a plan, near its day."""
    parties = a.counterparty is not None and a.counterparty == b.counterparty
    if _often(a) and not parties and not (person(a) and _slip_of_date(a, b)):
        return False
    if a.span is None or b.span is None or not _has_name(a) or _one_word(a, b):
        return False
    return standing(a) == standing(b) or distance(a.span, b.span) <= limit("event_days")


def _often(item: Item) -> bool:
    """Whether what is dated happens all the time, to one subject as well."""
    return item.metric.id in lexicon()["support"]["events"] and not item.metric.once


def near(a: Item, b: Item) -> bool:
    """One figure as a reader takes it: the same, rounded, or hedged by a few percent; not by an open bound alone."""
    x, y = a.amount, b.amount
    return same(x, y) or rounds(x, y) or (admits(x, y) and gap(x, y) <= limit("about"))


def denies(a: Item, b: Item) -> bool:
    """Whether one article plainly denies what another states."""
    denied = [item for item in (a, b) if item.modality == "denied"]
    if len(denied) != 1 or a.article == b.article or not near(a, b) or not trusted(a, b) or _handful(a):
        return False
    return _plainly_denied(denied[0], known=matched(a, b)) and support(a, b) >= threshold("quiet")


def _handful(item: Item) -> bool:
    """Whether a few of something are counted, of which a story tells many: "ses deux filles"."""
    return item.kind == "count" and abs(item.amount.figure) <= HANDFUL and not (item.metric.specific or item.metric.running)


HANDFUL = 12


def _plainly_denied(item: Item, *, known: bool) -> bool:
    """Not where the sentence negates something else: its negation does not stand right before the figure, and no word denies.

    A figure that says little by itself is denied where it is `known` to be what another states, and the negation is nearer.
    """
    sentence, place = item.row["sentence"] or "", item.start - item.sentence
    words = lexicon()["denials"]
    if says(item, words["cues"]) or not set(fold(sentence).split()) & {*words["negations"], *words["particles"]}:
        return True
    before = fold(sentence[: max(place, 0)]).split()
    telling = not item.metric.ageing and (item.amount.telling or item.metric.specific)
    near = before[-4:] if telling else before[-2:] if known else []
    return not set(words["negations"]).isdisjoint(near)


def _other_base(a: Item, b: Item, known: Level) -> Link:
    """Other currencies cannot be compared without a rate, but for a figure that is the same in both."""
    neither = Link.NEUTRAL if a.kind == "money" else Link.REPEL
    if a.article == b.article and a.sentence == b.sentence:
        return Link.AGREE if converted(a, b) else Link.REPEL
    if a.kind == "money" and same_words(a, b):
        return Link.AGREE if same(a.amount, b.amount) else Link.NEUTRAL  # "francs" that only one article says of which country
    exchanged, one = in_currency_of(b, a), one_figure(a, b)
    if exchanged is None and not one:
        return neither
    found = level(a, b, known)
    if exchanged is not None and same(exchanged.amount, b.amount):
        return Link.AGREE if found is STRONG or min(digits(a.amount.figure), digits(b.amount.figure)) >= 2 else Link.NEUTRAL
    if one and found >= OPEN and a.article != b.article and trusted(a, b) and support(a, b) >= threshold("quiet"):
        return Link.EXPLAINED
    return neither if exchanged is None else _figures(exchanged, b, found)


def same_words(a: Item, b: Item) -> bool:
    """Whether two amounts name their currency by one word that many countries have, whatever it was read to be."""
    x, y = ({singular(word) for word in fold(item.row["quote"] or "").split() if not word.isdigit()} for item in (a, b))
    return x == y and bool(x & set(lexicon()["currencies"]["shared"]))


def one_figure(a: Item, b: Item) -> bool:
    """The same digits, or rounded ones that still say something: 410 and 412 millions, not 1 and 1.042."""
    if same(a.amount, b.amount):
        return True
    return rounds(a.amount, b.amount) and min(digits(a.amount.figure), digits(b.amount.figure)) >= 2


def _figures(a: Item, b: Item, known: Level) -> Link:
    x, y = a.amount, b.amount
    if a.metric.ballot and standing(a) != standing(b) and (x.hedged or y.hedged):
        return Link.NEUTRAL  # a projection that comes near is no result
    if same(x, y):
        return Link.AGREE
    if a.metric.ageing and "LOC" in (a.type, b.type):
        return Link.REPEL  # two people of one place
    found = level(a, b, known)
    if found is PART:
        return Link.REPEL
    if found is OPEN and not (_cleared(a, b) and trusted(a, b) and _may_differ(a, b)):
        return _loosely(a, b)
    if near(a, b) and (x.hedged or y.hedged or not a.metric.ageing):  # nobody rounds an age
        return Link.AGREE if a.article != b.article or own_contradiction(a, b) or context(a, b) >= 1 else Link.REPEL
    return _apart_figures(a, b)


def _cleared(a: Item, b: Item) -> bool:
    """Whether what is left open of two claims is made good by what else their articles tell, or by all that speaks for them."""
    if matched(a, b):
        return True
    if a.article == b.article or not told_near(a, b, "stock_days") or a.metric.ballot or settled(a, b) or few(a, b):
        return False
    return support(a, b) >= threshold("open")


def _loosely(a: Item, b: Item) -> Link:
    """What two figures that differ are to each other, of which too little is said to show that they are of one fact."""
    if a.article == b.article:
        return Link.NEUTRAL
    return Link.AGREE if _tight(a, b) else Link.EXPLAINED if _slip_of_pen(a, b) else Link.NEUTRAL


def _tight(a: Item, b: Item) -> bool:
    """Close enough to be evidence: rounded as written, or hedged by a little, unless one is a forecast of the other."""
    x, y = a.amount, b.amount
    if rounds(x, y) and written(x, y) and not (x.hedged and y.hedged):
        return True
    return admits(x, y) and gap(x, y) <= limit("about") and standing(a) == standing(b)


def _slip_of_pen(a: Item, b: Item) -> bool:
    """The same digits with the point elsewhere, in another unit, or two of them in turn: chance seldom does that.

    So it is one fact, though little is said of the rest.
    """
    if not trusted(a, b) or a.metric.asked or a.metric.ageing or not _one_thing(a, b):
        return False
    unit = other_unit(a, b) and digits(a.row["value"]) >= 2
    slipped = unit or same_digits(a.amount, b.amount) or transposed(a.amount, b.amount)
    return slipped and support(a, b) >= threshold("loud")


def _one_thing(a: Item, b: Item) -> bool:
    """Whether two counts count one thing, or one what their metric counts: no copies of a book beside tickets sold."""
    return a.kind != "count" or a.base == b.base or bool({a.base, b.base} & a.metric.counted)


def _apart_figures(a: Item, b: Item) -> Link:
    if not trusted(a, b) or not _may_differ(a, b):
        return Link.REPEL
    if _slipped(a, b) or _said_side_by_side(a, b):
        return Link.EXPLAINED
    if matched(a, b):
        return Link.MATCHED
    if _backed(a, b):
        return Link.DIFFER
    return Link.NEUTRAL if support(a, b) >= threshold("apart") else Link.REPEL


def other_unit(a: Item, b: Item) -> bool:
    """One figure in two units of a dimension: "18 mois" and "18 ans"."""
    apart = a.kind == b.kind and a.kind in ("measure", "duration") and a.row["unit"] != b.row["unit"]
    return apart and a.row["value"] == b.row["value"] and not same(a.amount, b.amount)


def _slipped(a: Item, b: Item) -> bool:
    """One figure in two magnitudes or units; of a mere handful, chance does that."""
    if other_unit(a, b):
        return support(a, b) >= threshold("loud")
    small = min(abs(a.amount.figure), abs(b.amount.figure))
    return scale(a.amount, b.amount) is not None and (a.kind == "money" or small >= 10) and support(a, b) >= threshold("quiet")


def _backed(a: Item, b: Item) -> bool:
    if not a.metric.catalogued and a.kind not in ("money", "measure", "duration"):
        return two_bodies(a, b) and context(a, b) >= 0.5
    return support(a, b) >= threshold(_enough(a))


def _enough(item: Item) -> str:
    """The chance from which a mere difference is told: a higher one of what a story has many of ("vitesse", "logements")."""
    if item.kind != "date" and not item.metric.specific:
        return "many"
    return "quiet" if item.metric.running else "loud"


def _said_side_by_side(a: Item, b: Item) -> bool:
    """Two bodies' figures one after the other: "32 % selon la direction. Le syndicat en dénombre 58 %"."""
    if a.article != b.article or not two_bodies(a, b) or abs(a.start - b.start) >= 250:
        return False
    return _comparable_size(a, b) and (a.metric.specific or a.metric.running or context(a, b) >= 0.5)


def trusted(a: Item, b: Item) -> bool:
    """Whether both claims are sure enough to raise an alarm."""
    return sure(a) and sure(b)


def sure(item: Item) -> bool:
    """Whether a claim may raise an alarm; a date must be surer, since it often only situates another claim."""
    return item.confidence >= limit("date_confidence" if item.kind == "date" else "alarm_confidence")


def _may_differ(a: Item, b: Item) -> bool:
    """Whether two figures that differ by more than rounding may still be of one fact."""
    if a.metric.asked or a.scope & part_scopes() or (a.article == b.article and not own_contradiction(a, b)):
        return False
    if not _has_name(a) and not (a.article == b.article and two_bodies(a, b)) and not matched(a, b):
        return False
    if a.metric.ageing:
        return _mistyped_age(a, b)
    if abs(a.amount.figure - b.amount.figure) > lexicon()["metrics"]["spread"].get(a.metric.id, math.inf):
        return False
    if other_unit(a, b) or same_digits(a.amount, b.amount):
        return True
    if a.metric.running and a.kind == "count":
        return _toll(a, b) or scale(a.amount, b.amount) is not None
    same_parties = a.counterparty is not None and a.counterparty == b.counterparty
    return same_parties or _comparable_size(a, b) or scale(a.amount, b.amount) is not None


def _has_name(item: Item) -> bool:
    """Whether the subject is a name: "homme" or "enquête" are many."""
    return any(letter.isupper() for letter in item.row["subject"])


def _mistyped_age(a: Item, b: Item) -> bool:
    """Ages of one person that differ by more are of other years of a life; by little, a birthday lies between or one is wrong."""
    x, y = a.amount.figure / 12, b.amount.figure / 12  # from months
    beside = _stands_beside(a) and _stands_beside(b)
    if abs(x - y) <= (limit("age_years") if beside else 1):
        return impossible(a, b) and (_told_at_once(a, b) or (beside and " " in a.subject))  # of one first name there are many
    return sorted(f"{x:.0f}") == sorted(f"{y:.0f}")


def _told_at_once(a: Item, b: Item) -> bool:
    """Whether two ages are told within days."""
    return a.published is not None and b.published is not None and abs(a.published - b.published) <= limit("age_days")


def _stands_beside(item: Item) -> bool:
    """Whether an age stands next to the name: "Inès Roux, 34 ans", not "Inès Roux, entrée au conseil à 34 ans"."""
    sentence, quote = item.row["sentence"] or "", item.row["quote"] or ""
    at = item.start - item.sentence
    if sentence[at : at + len(quote)] != quote:
        return False
    before, after = fold(sentence[max(0, at - BESIDE_NAME) : at]).split(), fold(sentence[at + len(quote) :][:BESIDE_NAME]).split()
    named = set(item.subject.split()) & {*before, *after}
    return bool(named) and not set(before[-1:]) & set(lexicon()["ages"]["at"])


BESIDE_NAME = 40  # characters between a name and its age


def _toll(a: Item, b: Item) -> bool:
    """Two figures of a running count: it may grow a lot from the earlier to the later article, and fall a little."""
    first, last = abs(a.amount.figure), abs(b.amount.figure)
    in_order = a.published is not None and b.published is not None and a.published != b.published
    if not in_order or a.metric.nature == "stock" or (a.metric.people and two_bodies(a, b)):
        return max(first, last) <= min(first, last) * limit("rise")
    if (a.published or 0) > (b.published or 0):
        first, last = last, first
    return last <= first * limit("rise") and first <= last * limit("fall")


def _comparable_size(a: Item, b: Item) -> bool:
    small, large = sorted((abs(a.amount.figure), abs(b.amount.figure)))
    return large <= small * limit("far") or close(small, large)


def own_contradiction(a: Item, b: Item) -> bool:
    """An article contradicts itself on the same two parties, by two bodies, or with a newer toll; else it tells two facts."""
    if two_bodies(a, b) or (a.counterparty is not None and a.counterparty == b.counterparty):
        return True
    toll = a.metric.running and standing(a) == standing(b) and (updates(a) or updates(b))
    return toll and context(a, b) >= 0.5


def updates(item: Item) -> bool:
    """Whether the sentence says that its figure replaces another, or is the replaced one."""
    words = lexicon()["updates"]
    return says(item, words["newer"]) or says(item, words["older"])


def says(item: Item, cues: list[str]) -> bool:
    """Whether the sentence of `item` holds one of the cues, folded."""
    sentence = f" {fold(item.row['sentence'] or '')} "
    return any(f" {fold(cue)} " in sentence for cue in cues)


def tellable(a: Item, b: Item, *, quiet: bool) -> bool:
    """Whether a difference within a fact may be told: the two belong together by themselves, or much speaks for it."""
    found = link(a, b)
    if found is not Link.NEUTRAL:
        return found is not Link.REPEL and (quiet or trusted(a, b))
    if a.metric.ageing and not _mistyped_age(a, b):
        return False
    if a.article == b.article and not own_contradiction(a, b) and scale(a.amount, b.amount) is None:
        return False
    return trusted(a, b) and support(a, b) >= needed(a, b, quiet=quiet)


def needed(a: Item, b: Item, *, quiet: bool) -> float:
    """The log-odds from which a difference within a fact is told: few for a note, more for what a story has many of."""
    plain = other_unit(a, b) or scale(a.amount, b.amount) is not None or a.base != b.base
    return threshold("quiet" if quiet else "loud" if plain else _enough(a))


# Dates of events.


def _dates(a: Item, b: Item, known: Level) -> Link:
    if a.span is None or b.span is None:
        return Link.NEUTRAL
    if same_day(a, b):
        return Link.AGREE
    if a.article == b.article or not trusted(a, b) or not _dated(a):
        return Link.REPEL
    if matched(a, b) and level(a, b, known) >= OPEN:
        return Link.MATCHED
    if standing(a) != standing(b) or not _has_name(a) or _one_word(a, b) or level(a, b, known) is not STRONG:
        return Link.REPEL
    if _of_a_life(a):
        return Link.DIFFER
    return _likely_days(a, b, distance(a.span, b.span)) if support(a, b) >= threshold("loud") else Link.REPEL


def _likely_days(a: Item, b: Item, days: int) -> Link:
    """What two dates are to each other that are so many `days` apart, and that something speaks for to be of one event."""
    assert a.span is not None
    assert b.span is not None
    if a.metric.id in lexicon()["support"]["events"] and days > 1 and not a.metric.once and context(a, b) < 1:
        return Link.REPEL
    if a.metric.once and (a.metric.specific or min(a.span.length, b.span.length) >= 28):
        return Link.DIFFER
    likely = support(a, b) >= threshold("sure")
    often = _often(a)
    if often and min(a.span.length, b.span.length) >= MONTH:
        return Link.REPEL  # somebody is charged twice in two months
    slip = days <= limit("slip_days") or (_slip_of_date(a, b) and (likely or not often))
    return Link.DIFFER if slip or (likely and days <= limit("date_days")) else Link.REPEL


def _one_word(a: Item, b: Item) -> bool:
    """Whether one pointer was read from two days ("fin mars", "mardi"): two events, or one reading is wrong.

    A bare weekday is easily read a week off.
    """
    x, y = (fold(item.row["quote"] or "") for item in (a, b))
    bare = not (any(map(str.isdigit, x)) and any(map(str.isdigit, y)))
    week_off = a.span is not None and b.span is not None and a.span.length == b.span.length == 1 and distance(a.span, b.span) == 7
    return bare and (x == y or week_off)


MONTH = 28  # days of a date that names a month at least


def _dated(item: Item) -> bool:
    """Whether what is dated has one date: sales have a period each, and people die or are arrested at a place on many days."""
    return item.metric.nature != "period" and (not item.metric.running or person(item))


def _of_a_life(item: Item) -> bool:
    """Whether what is dated happens to a person once: a death."""
    return item.metric.id in lexicon()["metrics"]["once_of_people"] and person(item)


def _slip_of_date(a: Item, b: Item) -> bool:
    """The same day or month in the next year, or day in another month, or one digit of it changed: a slip, not another event."""
    x, y = (item.row["time"] or "" for item in (a, b))
    if len(x) != len(y) or len(x) < 7 or "/" in x + y:
        return False
    if x[4:] == y[4:]:
        return abs(int(x[:4]) - int(y[:4])) == 1
    if len(x) == 10 and (x[:4], x[8:]) == (y[:4], y[8:]):
        return True
    return len(x) == 10 and x[:7] == y[:7] and sum(p != q for p, q in zip(x, y, strict=True)) == 1


def same_day(a: Item, b: Item) -> bool:
    """Whether two dates meet; what "fin 2025" leaves open counts beside another month, not beside a year."""
    if a.span is None or b.span is None:
        return True
    if max(a.span.length, b.span.length) <= SEASON:
        return meets(a.span, b.span)
    return distance(a.span, b.span) == 0


def confused(a: Item, b: Item) -> bool:
    """Whether two counts of one figure count what a hasty reader takes for one another (employees, contractors)."""
    if a.kind != "count" or b.kind != "count" or a.base is None or b.base is None or not mistaken(a.base, b.base):
        return False
    return not _speaks_of(a, b.base) and not _speaks_of(b, a.base)


def _speaks_of(item: Item, family: str) -> bool:
    """Whether the sentence names another such group as well: "500 collaborateurs externes" are no employees."""
    return any(counted(word) == family for word in fold(item.row["sentence"] or "").split())
