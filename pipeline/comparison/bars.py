"""Bars between two claims: tests on what tells facts apart, whatever the figures say.

Every test answers how well two claims go together (`Level`). They are rules, not weights: another year, another scope, a
forecast beside a result are other facts, however alike the words around them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from enum import IntEnum

from pipeline.comparison.events import apart, eventful, placed, shown, tellers
from pipeline.comparison.gist import among, asked, causes, changed, context, named, seldom, stages
from pipeline.comparison.items import Item
from pipeline.comparison.lexical import broad, lexicon, limit, mistaken, soft_scopes
from pipeline.comparison.names import one_bearer
from pipeline.comparison.times import distance, meets, same_extent, widened
from pipeline.comparison.values import close
from pipeline.folding import fold


class Level(IntEnum):
    """How well two claims go together."""

    NO = 0  # two facts
    PART = 1  # one fact only if they give the very same figure, else two
    OPEN = 2  # too little is said: one fact if the figures agree; where they do not, a third claim must show it
    STRONG = 3  # one fact, even where the figures differ


NO, PART, OPEN, STRONG = Level.NO, Level.PART, Level.OPEN, Level.STRONG


def _counterparty(a: Item, b: Item) -> Level:
    """Two other parties are two deals; of whose share nothing is said may be anybody's."""
    if a.metric.shared and None in (a.counterparty, b.counterparty):
        return OPEN
    return STRONG if a.counterparty == b.counterparty or None in (a.counterparty, b.counterparty) else NO


def _scope(a: Item, b: Item) -> Level:
    apart = a.scope ^ b.scope
    if "before" in apart and a.metric.recurring:
        return PART  # what is counted anew is compared with the count of another day
    return STRONG if not apart else OPEN if apart <= soft_scopes() else NO


def _per(a: Item, b: Item) -> Level:
    return STRONG if a.per == b.per else NO


def _metric(a: Item, b: Item) -> Level:
    """Metrics of one family name each other's facts at times, but seldom."""
    return STRONG if a.metric.id == b.metric.id else PART


def _sign(a: Item, b: Item) -> Level:
    """A rise and a fall in one article are two changes; in two, one may be wrong if the size is one, or the words are."""
    if a.kind not in ("percent", "points") or a.amount.figure * b.amount.figure >= 0:
        return STRONG
    one_size = close(abs(a.amount.figure), abs(b.amount.figure))
    return STRONG if a.article != b.article and (one_size or context(a, b) >= 1) else NO


def _base(a: Item, b: Item) -> Level:
    """Currency, dimension or counted noun."""
    if a.base == b.base or a.kind == "money" or {a.base, b.base} == {"%", "pt"}:
        return STRONG  # other currencies are a matter of the figures, see `link`
    return _counted(a, b) if a.kind == b.kind == "count" else NO


def _counted(a: Item, b: Item) -> Level:
    known = {x for x in (a.base, b.base) if x is not None}
    said = known <= a.metric.counted | {"people"} if a.metric.people else known <= a.metric.counted and a.metric.running
    if said:
        return STRONG  # the metric says what an elided or general noun counts, and which are words for the same
    if len(known) == 1 or "people" in known:
        return OPEN
    other_word = a.metric.catalogued and a.metric.id == b.metric.id and not mistaken(*sorted(known)) and a.amount.telling
    return OPEN if other_word and b.amount.telling and (a.article != b.article or two_bodies(a, b)) else NO


def _event(a: Item, b: Item) -> Level:
    """A place or a people has many events, a village few: something besides the place must show that two claims are of one."""
    if a.article == b.article or a.kind == "date" or not (eventful(a) or a.metric.vague) or not placed(a):
        return STRONG
    days = 0 if a.published is None or b.published is None else abs(a.published - b.published)
    wanted = 1 if days <= limit("story_days") else 2
    return STRONG if shown(a, b) >= wanted + (a.subject in broad()) - seldom(a.subject) else OPEN


def _polled(a: Item, b: Item) -> Level:
    """Answers of one article are to two questions, forecasts of two days to two polls."""
    if a.metric.asked and a.article == b.article:
        return PART
    days = 0 if a.published is None or b.published is None else abs(a.published - b.published)
    if a.metric.asked and days > limit("story_days"):
        return PART
    return PART if a.metric.ballot and "forecast" in a.scope & b.scope and days > 1 else STRONG


def _teller(a: Item, b: Item) -> Level:
    """A newspaper or a station is who tells of a figure, unless it is a firm's own; a country is none to have a staff."""
    if a.subject in broad() and a.metric.id in lexicon()["metrics"]["of_firms"] and not two_bodies(a, b):
        return PART
    return STRONG if a.subject not in tellers() or a.metric.corporate else PART


def _stage(a: Item, b: Item) -> Level:
    """Arrested, held, charged and convicted are four counts of people, and four days."""
    if a.metric.family not in lexicon()["stages"]["of"]:
        return STRONG
    x, y = stages(a), stages(b)
    return PART if x and y and not x & y else STRONG


def _asked(a: Item, b: Item) -> Level:
    """What a prosecutor or a victim asks for is not what is given."""
    if a.metric.id not in lexicon()["asking"]["of"]:
        return STRONG
    return PART if {asked(a), asked(b)} == {True, False} else STRONG


def _changed(a: Item, b: Item) -> Level:
    """What came to a figure was another before: "le loyer a été porté à 900 euros"."""
    if a.kind == "date" or a.metric.nature == "period" or a.metric.running:
        return STRONG
    if a.published is None or b.published is None or a.published == b.published:
        return STRONG
    earlier, later = (a, b) if a.published < b.published else (b, a)
    return PART if changed(later) and not changed(earlier) else STRONG


def _among(a: Item, b: Item) -> Level:
    """Those among others are a part of them."""
    return STRONG if among(a) == among(b) else PART


def _recurs(a: Item, b: Item) -> Level:
    """What is counted anew each day is one count only on one day."""
    if not a.metric.recurring or a.kind == "date":
        return STRONG
    if a.article == b.article:
        return PART if _of_another_week(a, b) else STRONG
    if a.span is not None and b.span is not None:
        return STRONG  # see `_time`
    return STRONG if told_near(a, b, "recurring_days") else OPEN


def _of_another_week(a: Item, b: Item) -> bool:
    """Whether one of two claims alone is dated, and not of about the days on which the article came out."""
    dated, undated = (a, b) if a.span is not None else (b, a)
    if dated.span is None or undated.span is not None or undated.published is None:
        return False
    return undated.published - dated.span.last > limit("story_days") / 2


def _thing(a: Item, b: Item) -> Level:
    """What leaves open of what it is said (a power, a price, a founding) is of two things where the sentences name others."""
    of_many = a.metric.once if a.kind == "date" else a.metric.vague
    if not of_many or a.article == b.article:
        return STRONG
    if a.metric.id in lexicon()["models"]["of"] and {"ORG", "LOC"} & {a.type, b.type}:
        return PART if "LOC" in (a.type, b.type) else OPEN  # a place has no speed: some thing there has
    if _traded(a, b) and not told_near(a, b, "story_days"):
        return OPEN  # a house sells another thing each week
    if a.kind == "duration" and a.type == "PER" and context(a, b) < limit("of_somebody"):
        return PART  # somebody's life has many durations
    if a.metric.id in lexicon()["metrics"]["befallen"] and not _one_deed(a, b):
        return OPEN  # of a town's houses some were closed, others rebuilt
    others = apart(named(a), named(b)) and not (a.counterparty and a.counterparty == b.counterparty)
    return OPEN if others and not (a.kind == "date" and seldom(a.subject)) else STRONG


def _traded(a: Item, b: Item) -> bool:
    """Whether undated sums are those for which things of a house were sold or valued, at whatever time."""
    undated = a.span is None or b.span is None
    return undated and a.kind == "money" and "PER" not in (a.type, b.type) and a.metric.id in lexicon()["models"]["traded"]


def _one_deed(a: Item, b: Item) -> bool:
    """Whether two sentences say the same of what they count: that it collapsed, or much in the same words."""
    said = (causes(item.row["sentence"] or "") for item in (a, b))
    return bool(frozenset.intersection(*said)) or context(a, b) >= limit("of_somebody")


def _modality(a: Item, b: Item) -> Level:
    """A plan is not the deed, a projection not the result: another figure may be another fact."""
    return STRONG if standing(a) == standing(b) else OPEN


def standing(item: Item) -> str:
    """`planned`, `conditional` or, for all else, `asserted`."""
    return item.modality if item.modality in ("planned", "conditional") else "asserted"


def _sentence(a: Item, b: Item) -> Level:
    """A writer who sets two figures side by side tells two facts, unless he names two bodies or converts."""
    if a.article != b.article or a.sentence != b.sentence:
        return STRONG
    return STRONG if two_bodies(a, b) or converted(a, b) else PART


def two_bodies(a: Item, b: Item) -> bool:
    """Whether each figure is given as another body's: in one article, beside the figure itself, not for a whole quotation."""
    if a.body is None or b.body is None or a.body == b.body or one_bearer(a.row["attribution"], b.row["attribution"]):
        return False
    if a.article != b.article or (_told_beside(a) and _told_beside(b)):
        return True
    return a.sentence != b.sentence and _told_alone(a, b) and _told_alone(b, a)


def _told_beside(item: Item) -> bool:
    """Whether who gives a figure is named next to it ("15 000 selon les organisateurs", "le syndicat en compte 58 %")."""
    sentence, quote = item.row["sentence"] or "", item.row["quote"] or ""
    if quote not in sentence or len(sentence) < 20:
        return True  # nothing shows otherwise
    at = sentence.index(quote)
    return _names_body(sentence[max(0, at - BESIDE) : at + len(quote) + BESIDE], item)


def _told_alone(item: Item, other: Item) -> bool:
    """Whether the sentence of a figure names who gives it, at whatever distance, and not who gives the other."""
    sentence = item.row["sentence"] or ""
    return _names_body(sentence, item) and not _names_body(sentence, other)


def _names_body(text: str, item: Item) -> bool:
    """Whether a text names who gives a figure, by a word of the name or by its initials."""
    near, body = fold(text).split(), fold(item.row["attribution"] or "").split()
    initials = {"".join(word[0] for word in body), "".join(word[0] for word in body if len(word) > 2)}
    return any(word in near for word in {*(word for word in body if len(word) > 2), *initials})


BESIDE = 90  # characters on either side of a figure


def converted(a: Item, b: Item) -> bool:
    """Two currencies side by side: "95 millions de francs suisses, soit 101 millions d'euros"."""
    return a.kind == b.kind == "money" and a.base != b.base and None not in (a.base, b.base) and abs(a.start - b.start) < 90


# Time.


def _time(a: Item, b: Item) -> Level:
    if a.kind == "date":
        return STRONG  # the day is the value
    if a.metric.ageing:
        return _ageing(a, b)
    if a.span is not None and b.span is not None:
        return _both_dated(a, b)
    if a.span is None and b.span is None:
        return _undated(a, b)
    return _one_dated(a, b) if a.span is not None else _one_dated(b, a)


def _ageing(a: Item, b: Item) -> Level:
    """An age is one fact for a while, of somebody with a name."""
    if a.span is not None and b.span is not None:
        return STRONG if same_extent(a.span, b.span) else PART
    if a.span is not None or b.span is not None:
        return STRONG if _of_now(a, b) else PART
    known = all(person(item) and names_subject(item) and item.published is not None for item in (a, b))
    if not known or a.published is None or b.published is None:
        return OPEN
    days = abs(a.published - b.published)
    return STRONG if days <= limit("stock_days") or (days <= limit("undated_days") and impossible(a, b)) else PART


def _of_now(a: Item, b: Item) -> bool:
    """Whether of two ages of a named person the dated one is of about when both were told ("mort à 77 ans mardi")."""
    span = a.span or b.span
    told = [item.published for item in (a, b)]
    if span is None or None in told or not all(person(item) and names_subject(item) for item in (a, b)):
        return False
    return all(day is not None and 0 <= day - span.first <= limit("stock_days") for day in told)


def impossible(a: Item, b: Item) -> bool:
    """Whether nobody can be of two ages, in months, on the days on which they were told; within days no birthday counts."""
    if a.published is None or b.published is None:
        return False
    days, grown = abs(b.published - a.published), (b.amount.figure - a.amount.figure) / 12
    years = grown if b.published >= a.published else -grown
    most = 0 if days <= limit("age_days") else math.ceil(days / YEAR)
    return not days // YEAR <= years <= most


YEAR = 365.25


def person(item: Item) -> bool:
    """Whether the subject may be somebody with a name; "victime de la crue" is none."""
    return item.type in ("PER", None) and item.row["subject"][:1].isupper()


def names_subject(item: Item) -> bool:
    """Whether the sentence names the subject itself; a sentence without its quote shows nothing."""
    words, sentence = fold(item.row["sentence"] or ""), item.row["sentence"] or ""
    return item.row["quote"] not in sentence or len(sentence) < 20 or any(word in words.split() for word in item.subject.split())


def _both_dated(a: Item, b: Item) -> Level:
    x, y = a.span, b.span
    assert x is not None
    assert y is not None
    if not meets(x, y):
        two_days = a.article == b.article and x.length == y.length == 1 and not a.metric.running
        return NO if two_days else _apart(a, distance(x, y))
    if a.metric.quoted and (x.length == y.length == 1 or not same_extent(x, y)):
        return OPEN  # at two hours of a day, or over two whiles
    if a.metric.nature == "event" or same_extent(x, y) or same_extent(widened(x), widened(y)):
        return STRONG
    return STRONG if a.metric.nature == "stock" and a.metric.catalogued else OPEN


def _apart(a: Item, days: int) -> Level:
    if a.metric.running:
        return STRONG if days <= limit("ballot_days" if a.metric.ballot else "running_days") else NO
    if a.metric.nature == "event":
        return STRONG if days <= limit("event_days") and not a.metric.recurring else NO
    return PART if a.metric.nature == "stock" and days <= limit("stock_days") else NO


def _undated(a: Item, b: Item) -> Level:
    days = 0 if a.published is None or b.published is None else abs(a.published - b.published)
    if a.metric.windowed:
        return OPEN if days <= 1 else PART
    if a.published is None or b.published is None:
        return STRONG
    near = limit("running_days") if a.metric.running else limit("stock_days")
    found = STRONG if days <= near else OPEN if days <= limit("undated_days") else NO
    if found is not STRONG or not days or not a.metric.vague or a.metric.running:
        return found
    enough = shown(a, b) >= (2 if days <= limit("story_days") else 3)
    return STRONG if enough else OPEN  # it may have changed, or be of something else


def _one_dated(dated: Item, undated: Item) -> Level:
    """An undated claim is of its article's own time, or repeats something of the last year."""
    assert dated.span is not None
    if undated.published is None:
        return OPEN if dated.metric.nature == "period" else STRONG
    past, ahead = undated.published - dated.span.last, dated.span.first - undated.published
    if max(past, ahead) > limit("undated_days"):
        return OPEN if dated.metric.nature == "event" and past > 0 else NO  # a deed of old is often told without its day
    if dated.metric.windowed and max(past, ahead) > limit("recurring_days"):
        return PART
    if (
        ahead > 0
        and standing(undated) == "asserted"
        and (eventful(dated) or dated.metric.nature != "stock" or dated.metric.vague)
    ):
        return OPEN if eventful(dated) else PART  # nobody counts what is still to come
    if dated.metric.nature == "period" or ahead > limit("stock_days") or (dated.metric.quoted and dated.span.length == 1):
        return OPEN
    if dated.metric.ballot:
        return STRONG if past <= limit("ballot_days") else OPEN
    return STRONG if past <= limit("undated_days") / 2 or dated.metric.nature == "event" else OPEN


def settled(a: Item, b: Item) -> bool:
    """Whether two claims are in a doubt that nothing else in their articles lifts: whose age, which hour, which thing."""
    if a.metric.ageing or a.metric.quoted or (a.metric.ballot and standing(a) != standing(b)):
        return True
    if _of_another_day(a, b) or _few_of_many(a, b):
        return True
    many = (
        a.metric.id in lexicon()["models"]["of"] or a.metric.id in lexicon()["metrics"]["befallen"] or "ORG" in (a.type, b.type)
    )
    return many and _thing(a, b) is not STRONG


def _few_of_many(a: Item, b: Item) -> bool:
    """Whether two small counts, of which the words alone say what is counted, were read of two subjects."""
    if a.metric.catalogued or not few(a, b):
        return False
    return len({item.row["read_subject"] or item.row["subject"] for item in (a, b)}) > 1


def few(a: Item, b: Item) -> bool:
    """Whether one of two counts is so small that a story tells of many such."""
    return a.kind == "count" and min(abs(a.amount.figure), abs(b.amount.figure)) <= FEW


FEW = 12  # of something that a story tells much of


def _of_another_day(a: Item, b: Item) -> bool:
    """Whether one of two claims alone is dated: of long before the other was told, of later, or as a forecast is."""
    if (a.span is None) == (b.span is None):
        return False
    if a.metric.nature == "period" and standing(a) == standing(b) != "asserted":
        return True
    dated, undated = (a, b) if a.span is not None else (b, a)
    if dated.span is None or undated.published is None:
        return False
    long_ago = undated.published - dated.span.last > limit("undated_days") / 2
    return long_ago or (dated.span.first > undated.published and standing(undated) == "asserted")


Test = Callable[[Item, Item], Level]
TESTS: dict[str, Test] = {
    "counterparty": _counterparty,
    "scope": _scope,
    "per": _per,
    "metric": _metric,
    "sign": _sign,
    "base": _base,
    "event": _event,
    "polled": _polled,
    "teller": _teller,
    "thing": _thing,
    "stage": _stage,
    "asked": _asked,
    "changed": _changed,
    "among": _among,
    "recurs": _recurs,
    "modality": _modality,
    "sentence": _sentence,
    "time": _time,
}


def level(a: Item, b: Item, known: Level | None = None) -> Level:
    """The weakest answer of the tests; both must be of one subject, family and kind. `known` is that of `barred`."""
    lowest = barred(a, b) if known is None else known
    for weakest, tests in _MILDER:
        if lowest <= weakest:
            break
        lowest = _weakest(a, b, tests, weakest, lowest)
    return lowest


def barred(a: Item, b: Item) -> Level:
    """The weakest answer of those tests alone that may say NO; where their time does not part two claims, it is not weighed."""
    return _parted(a, b) if _of_a_piece(a, b) else _weakest(a, b, _STRICT, NO, STRONG)


def _of_a_piece(a: Item, b: Item) -> bool:
    """Whether two claims are the same in all that the strict tests look at but their time."""
    one = a.counterparty == b.counterparty and a.per == b.per and a.scope == b.scope and a.base == b.base
    return one and not a.metric.shared and a.kind not in ("percent", "points")


def _parted(a: Item, b: Item) -> Level:
    """The test of time, but for two undated claims that it cannot part."""
    return STRONG if _undivided(a, b) else _time(a, b)


def _lasting(a: Item, b: Item) -> Level:
    """The test of time, of those that it was not yet asked of (`_parted`)."""
    return _time(a, b) if _undivided(a, b) else STRONG


def _undivided(a: Item, b: Item) -> bool:
    """Whether two claims are undated and were published near enough to one another that time cannot part them."""
    return a.span is None and b.span is None and a.kind != "date" and told_near(a, b)


def told_near(a: Item, b: Item, days: str = "undated_days") -> bool:
    """Whether two claims were published so near to one another that what neither dates may be of one time."""
    return a.published is None or b.published is None or abs(a.published - b.published) <= limit(days)


def _weakest(a: Item, b: Item, tests: Iterable[Test], weakest: Level, lowest: Level) -> Level:
    """The weakest answer of `tests`, which answer no less than `weakest`, or `lowest` if that is weaker."""
    for test in tests:
        found = test(a, b)
        if found < lowest:
            lowest = found
            if found is weakest:
                break
    return lowest


# Tests by the weakest answer that they may give: once another gave it, they need not be asked.
_PARTING = ("teller", "sentence", "polled", "among", "stage", "asked", "changed", "thing", "recurs")
_STRICT = (*(TESTS[name] for name in ("counterparty", "per", "scope", "base", "sign")), _parted)
_MILDER = (
    (PART, (TESTS["metric"], _lasting, *(TESTS[name] for name in _PARTING))),
    (OPEN, tuple(TESTS[name] for name in ("modality", "event"))),
)
