"""From finds to spans: intervals whose ends tell each other, weekdays in a row, dates that count from one told nearby."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.grammar.dates import calendar, intervals, nearby
from pipeline.grammar.dates.calendar import Span
from pipeline.grammar.dates.passage import SAME_DAY, Find, Passage, Stamp
from pipeline.grammar.dates.resolve import Context, nearest, resolve, resolve_after, resolve_before
from pipeline.grammar.dates.tense import FUTURE, PAST, awaited, lasted, tense
from pipeline.grammar.dates.tense import told as told_tense
from pipeline.grammar.dates.vocabulary import PARTICIPLE

Told = list[tuple[Find, Span | None]]

_ROWS = (
    "intervals.and",
    "intervals.or",
    "articles.definite",
    "articles.of",
    "articles.then",
)  # from one date of a row to the next
_GOING_ON = 45  # days that what a sure past tells of may still go on
_RECENT = 4  # dates back to the one whose year is meant
_IN_ROW, _MOST_IN_ROW = 3, 12  # tokens between two days of a row, days of one
_CHAIN = 16  # tokens from one weekday to the next in a row
_MONTHS_ON = 20  # tokens from one month to come to the next
_TURN = 60  # tokens from one date of a story to the next
_SEASON_MONTHS = {0: 0, 21: 3, 22: 6, 23: 9, 24: 12}  # the months in which seasons begin
_BYGONE = 3  # years back that a year alone lies which the months of the sentences behind it are of
_STOPS = frozenset(".!?;:")
# Bounds of what is to come where no verb tells: of a weekday, of a day or month without its year.
_OPENING, _CLOSING = ("from",), ("before", "by")


def _tonight(find: Find, context: Context) -> bool:
    """Whether an interval of weekdays begins on the day of publication, with nothing to say that it is past."""
    here, there = find.stamp, find.until
    if context.published is None or context.tense < 0 or here is None or there is None or here.month or there.month:
        return False
    return here.weekday == context.published.isoweekday() and bool(there.weekday)


def _interval(find: Find, context: Context) -> tuple[Span | None, tuple[str, ...]]:
    """Both ends of an interval: the right one by the context, the left one by the right one, unless only the left is told."""
    if _tonight(find, context):
        context = context._replace(tense=FUTURE)
    left, right = find.span, find.until_span
    rule: tuple[str, ...] = ("both ends as written",)
    if find.until is not None:
        until = intervals.advanced(find.stamp, find.until) if find.stamp else find.until
        if find.stamp and find.stamp.direction is not None and until.weekday and not until.month:
            left = resolve(find.stamp, context)[0]
        if find.stamp and (year := _year_of_both(find.stamp, until, context)):
            until = until._replace(year=year)
        right, rule = resolve_after(until, left.first) if left and left.first and until.weekday else resolve(until, context)
    if find.stamp is not None and left is None:
        stamp = intervals.borrowed(find.stamp, find.until, right) if find.until else find.stamp
        near = right is not None and right.first is not None and stamp.year is None and stamp.direction is None
        left = resolve_before(stamp, right.first) if near and right and right.first else resolve(stamp, context)[0]
    return calendar.interval(left, right) if left and right else None, rule


def _plain(stamp: Stamp) -> bool:
    """Whether neither a year nor a pointer, weekday, holiday or part of the year tells of a stamp's year."""
    return stamp == Stamp(month=stamp.month, day=stamp.day, modifier=stamp.modifier)


def _year_of_both(left: Stamp, right: Stamp, context: Context) -> int | None:
    """The year of the right end that brings the whole interval nearest: "du 14 juillet au 15 août" in June lies ahead.

    None where either end tells more than day and month, or less than one of them.
    """
    if not (_plain(left) and _plain(right) and right.month and (left.month or left.day)) or context.published is None:
        return None
    left, wholes = left._replace(month=left.month or right.month), []
    for year in range(context.published.year - 1, context.published.year + 3):
        last = resolve(right._replace(year=year), context)[0]
        first = resolve_before(left, last.first) if last and last.first else None
        if last and first:
            wholes.append(last._replace(first=first.first))
    if context.tense == PAST and context.sure:  # what "sank from January to September" is over
        over = calendar.add(context.published, "day", _GOING_ON)
        wholes = [whole for whole in wholes if over and whole.last and whole.last <= over] or wholes
    found = nearest(wholes, context, None)
    return found.last.year if found and found.last else None


def _weekdays(find: Find) -> bool:
    """Whether both ends of an interval are weekdays: where no verb tells, it is announced rather than told ("expo de vendredi à
    dimanche"), unlike the night or the time between two days, of which news is told."""
    return all(stamp is not None and stamp == Stamp(weekday=stamp.weekday) for stamp in (find.stamp, find.until))


def _bare_weekday(find: Find) -> bool:
    return find.stamp is not None and find.stamp == Stamp(weekday=find.stamp.weekday) and not find.interval


def _chained(p: Passage, find: Find, told: Told) -> tuple[Find, Span | None] | None:
    """A weekday after one to come in the same sentence lies after that one ("reçu mercredi, puis jeudi au Sénat")."""
    before, span = told[-1] if told else (None, None)
    if before is None or span is None or span.first is None or p.published is None or span.first <= p.published:
        return None
    if not (_bare_weekday(find) and before.stamp and before.stamp.weekday and find.stamp) or before.interval:
        return None
    between = p.norms[before.end : find.start]
    if len(between) > _CHAIN or _STOPS & set(between) or any(p.vocabularies[find.start].direction(norm) < 0 for norm in between):
        return None
    if find.stamp.weekday == before.stamp.weekday:
        return None
    after, rule = resolve_after(find.stamp, span.first)
    return find._replace(rule=(*find.rule, *rule)), after


def _months_on(p: Passage, find: Find, told: Told) -> tuple[Find, Span | None] | None:
    """A month behind one to come in the same sentence is the next such month: "ira au Mexique en février, en Chine en mars"."""
    before, span = told[-1] if told else (None, None)
    left, right = (before and before.stamp), find.stamp
    if before is None or left is None or right is None or span is None or span.last is None or p.published is None:
        return None
    here, there = left.month or 0, right.month or 0
    bare = here and there and right == Stamp(month=there) and not before.interval and not find.interval
    between = p.norms[before.end : find.start]
    if not bare or left.direction is not None or span.last <= p.published or len(between) > _MONTHS_ON or _STOPS & set(between):
        return None
    if any(p.vocabularies[find.start].direction(norm) in (PAST, PARTICIPLE) for norm in p.norms[find.end : find.end + 2]):
        return None
    if any(p.vocabularies[find.start].direction(norm) == PAST for norm in between) or there <= here:
        return None
    return find._replace(rule=(*find.rule, "month after the one to come")), calendar.month(span.last.year, there)


def _coordinated(p: Passage, find: Find, told: Told) -> tuple[Find, Span | None] | None:
    """A month joined to one before it is the first such month after that one: "en juillet et en août"."""
    before, span = told[-1] if told else (None, None)
    left, right = (before and before.stamp), find.stamp
    if before is None or left is None or right is None or span is None or span.last is None or before.interval or find.interval:
        return None
    if not left.month or not right.month or left != Stamp(month=left.month) or right != Stamp(month=right.month):
        return None
    joined = p.back("intervals.and", find.start)
    if joined is None and (cue := p.back("month_cues.before", find.start)):
        joined = p.back("intervals.and", find.start - cue.length)
        joined = joined and joined._replace(length=joined.length + cue.length)
    if joined is None or find.start - joined.length != before.end:
        return None
    year = span.last.year + (right.month <= left.month)
    return find._replace(rule=(*find.rule, "month after the one before it")), calendar.month(year, right.month)


def _framed(p: Passage, find: Find, told: Told) -> tuple[Find, Span | None] | None:
    """A weekday of no tense on the day that it is of the days told before it: "vom 21. bis 27. Februar ... am Freitag".

    The frame holds each weekday once at most and is not over on the day of publication.
    """
    if find.stamp is None or p.published is None or not _bare_weekday(find):
        return None
    frame = next((span for each, span in reversed(told) if each.interval and span), None)
    if frame is None or frame.first is None or frame.last is None or frame.last < p.published:
        return None
    length = (frame.last - frame.first).days
    ahead = ((find.stamp.weekday or 1) - frame.first.isoweekday()) % 7
    if not 0 < length < 7 or ahead > length or tense(p.verbs, find.start, find.end, p.vocabularies[find.start]):
        return None
    rule = (*find.rule, "such weekday of the days told before")
    return find._replace(rule=rule), calendar.maybe(calendar.add(frame.first, "day", ahead))


def _dated_as_before(p: Passage, find: Find, told: Told) -> Find:
    """The find with the year of the date told last, where it says that its year is the same; without one it stays unresolved.

    A day of a month right behind a year and a comma is of that year: "c'était en 2016, le 11 juillet".
    """
    before = told[-1][0] if told else None
    if before and find.stamp and not find.interval and find.stamp == Stamp(month=find.stamp.month, day=find.stamp.day):
        year = before.stamp.year if before.stamp and before.stamp == Stamp(year=before.stamp.year) else None
        beside = find.start - before.end == 1 and p.norm(before.end) == "," and not p.back("bounds.since", before.start)
        if year and beside and find.stamp.day and find.stamp.month:
            return find._replace(stamp=find.stamp._replace(year=year), rule=(*find.rule, "the year right before it"))
    if (year := _year_of_row(p, before, find)) is not None and find.stamp is not None:
        return find._replace(stamp=find.stamp._replace(year=year), rule=(*find.rule, "the year of the date before it"))
    if (year := _same_month(p, find, told)) is not None and find.stamp is not None:
        return find._replace(stamp=find.stamp._replace(year=year), rule=(*find.rule, "the year told with that month before"))
    if (year := _narrated(p, find, told)) is not None and find.stamp is not None:
        return find._replace(stamp=find.stamp._replace(year=year), rule=(*find.rule, "the year that the story has come to"))
    if find.stamp is None or not find.stamp.same_year:
        return find
    last = next((span.first for _, span in reversed(told[-_RECENT:]) if span and span.first), None)
    year = last.year + find.stamp.years_on if last else None
    return find._replace(stamp=find.stamp._replace(year=year)) if year else find._replace(stamp=None, until=None)


def _same_month(p: Passage, find: Find, told: Told) -> int | None:
    """The year of a day in the month that was told with its year shortly before: "En mars 1992, il entre. Le 5 mars, il part".

    It was years ago, and no verb of what is to come stands by the day.
    """
    right = find.stamp
    if right is None or p.published is None or find.interval or right != Stamp(month=right.month, day=right.day) or not right.day:
        return None
    for left, _ in reversed(told[-_RECENT:]):
        stamp = left.stamp
        if stamp is None or stamp.year is None or left.interval or find.start - left.end > _TURN:
            continue
        if stamp != Stamp(stamp.year, right.month) or stamp.year >= p.published.year - 1:
            continue
        return stamp.year if tense(p.verbs, find.start, find.end, p.vocabularies[find.start]) != FUTURE else None
    return None


def _narrated(p: Passage, find: Find, told: Told) -> int | None:
    """The year of a story whose sentences begin with its dates in turn: "Le 6 mars 2017, il part. Le 9 mai, il revient".

    The date before has its year written, and its month too unless the year lies far back; the next one follows it.
    """
    before, right = (told[-1][0] if told else None), find.stamp
    left = before and before.stamp
    if before is None or left is None or right is None or p.published is None or before.interval or find.interval:
        return None
    season = right.part if right.part in _SEASON_MONTHS else None
    if right != Stamp(month=right.month, day=right.day, part=season, modifier=right.modifier) or left.year is None:
        return None
    if not right.month and not season:
        return None
    dated = left == Stamp(left.year, left.month, left.day, modifier=left.modifier)
    if not dated or left.year >= p.published.year or not (left.month or left.year < p.published.year - _BYGONE):
        return None
    later = (right.month or _SEASON_MONTHS[season or 0], right.day or 0) > (left.month or 0, left.day or 0)
    near = find.start - before.end <= _TURN and not p.breaks_between(before.end, find.start)
    turn = later and near and _heads(p, before) and _heads(p, find) and not p.back("bounds.since", before.start)
    return left.year if turn and tense(p.verbs, find.start, find.end, p.vocabularies[find.start]) != FUTURE else None


def _year_of_row(p: Passage, before: Find | None, find: Find) -> int | None:
    """The year of a day and month in a row behind a whole date: "le 30 juin 2024, puis le 7 juillet"."""
    left, right = (before and before.stamp), find.stamp
    if before is None or left is None or right is None or find.interval or before.interval:
        return None
    plain = right == Stamp(month=right.month, day=right.day) and right.month and right.day
    if not plain or left != Stamp(left.year, left.month, left.day) or not (left.year and left.month and left.day):
        return None
    i = before.end
    while i < find.start and (p.norm(i) == "," or any(p.look(kind, i) for kind in _ROWS)):
        i += 1
    year = left.year + ((right.month, right.day) <= (left.month, left.day))
    return year if before.end < i == find.start else None


def _context(p: Passage, find: Find) -> Context:
    """The publication and the tense of a find.

    One after "depuis" is past, a weekday after "jusqu'à" ahead, and one at the head of a sentence as its verb tells.
    """
    if p.back("bounds.since", find.start):
        return Context(p.published, PAST, True)
    if find.length is not None and tense(p.verbs, find.start, find.end, p.vocabularies[find.start]) != FUTURE:
        return Context(p.published, PAST, True)  # what is told of a period is told when it is over
    bare = find.stamp is not None and find.stamp.weekday and not find.stamp.month
    closing = p.back("bounds.until", find.start) or p.back("bounds.by", find.start)  # "jusqu'à mercredi", "d'ici à jeudi"
    if bare and closing and not lasted(p.verbs, find.start, p.vocabularies[find.start]):
        return Context(p.published, FUTURE)
    yearless = find.stamp is not None and bool(find.stamp.month) and find.stamp.year is None and find.stamp.direction is None
    if yearless and p.back("bounds.until", find.start) and awaited(p.verbs, find.start, find.end, p.vocabularies[find.start]):
        return Context(p.published, FUTURE)  # "les candidatures sont ouvertes jusqu'au 15 septembre"
    if p.norm(find.start - 1) == "(" and p.norm(find.end) == ")":
        return Context(p.published)  # what stands in brackets has no tense
    direction, before, behind = told_tense(p.verbs, find.start, find.end, p.vocabularies[find.start])
    bounds = _OPENING if bare else _CLOSING if yearless else ()
    if not direction and any(p.back(f"bounds.{bound}", find.start) for bound in bounds):
        return Context(p.published, FUTURE)  # "ab Montag gilt", "il faut s'inscrire avant le 15 mars"
    loose = p.vocabularies[find.start].loose_past
    return Context(p.published, direction, before or (behind and _opens(p, find)), loose)


def _heads(p: Passage, find: Find) -> bool:
    """Whether a date opens its sentence, perhaps behind one word: "En mai, ..."."""
    return p.opens(find.start) or (p.kind(find.start - 1) == "word" and p.opens(find.start - 1))


def _opens(p: Passage, find: Find) -> bool:
    """Whether a date opens its sentence, a month or quarter perhaps behind its preposition: "Au troisième trimestre, ...", or
    the clause that "que" leads: "on se souvient qu'en mars, ..."."""
    i, stamp = find.start, find.stamp
    led = stamp is not None and not stamp.feast and bool(stamp.part or stamp.month) and p.kind(i - 1) == "word"
    return p.opens(i) or (led and (p.opens(i - 1) or p.norm(i - 2) in p.vocabularies[i].clauses))


def _of_row(p: Passage, left: Find, right: Find) -> bool:
    """Whether two days without a year stand in one row before their month: "am 3. | und 4. Mai"."""
    a, b = left.stamp, right.stamp
    if a is None or b is None or left.interval or right.interval or not (a.day and b.day) or a.year or b.year:
        return False
    bare = a.month == b.month and a.direction == b.direction and bool(a.month)
    return (
        bare
        and left.end <= right.start <= left.end + _IN_ROW
        and not any(norm in p.vocabularies[left.start].months for norm in p.norms[left.start : left.end])
    )


def _row(p: Passage, finds: Sequence[Find], k: int) -> tuple[int, int]:
    """The first token and the one after the last of the row of days that the `k`-th find stands in: they are of one year."""
    first = last = k
    while first > max(0, k - _MOST_IN_ROW) and _of_row(p, finds[first - 1], finds[first]):
        first -= 1
    while last < min(len(finds) - 1, k + _MOST_IN_ROW) and _of_row(p, finds[last], finds[last + 1]):
        last += 1
    return finds[first].start, finds[last].end


def _resolved(p: Passage, find: Find, row: tuple[int, int]) -> tuple[Find, Span | None]:
    """The find with the steps of its resolution, and its span; `row` are the tokens whose context is its own."""
    context = _context(p, find._replace(start=row[0], end=row[1]))
    span: Span | None
    more: tuple[str, ...]
    span, more = find.span, ()
    if find.interval:
        told = p.back("intervals.night", find.start) or p.back("intervals.between", find.start)
        coming = not context.tense and _weekdays(find) and not told
        span, more = _interval(find, context._replace(tense=FUTURE) if coming else context)
    elif find.stamp is not None:
        span, more = resolve(find.stamp, context)
    if find.shift is not None and span is not None:
        span = calendar.shifted(span, *find.shift)
    if find.length is not None and span is not None:
        span = calendar.up_to(span, *find.length) or span
    return find._replace(rule=(*find.rule, *more)), span


def settled(p: Passage, finds: Sequence[Find]) -> Iterator[tuple[Find, Span | None]]:
    """The finds in order, each with its span (None: nothing resolves it) and the steps that led there.

    What counts from a date told nearby is left out where there is no such date.
    """
    told: Told = []
    for k, find in enumerate(finds):
        if find.offset is None:
            beside = _framed(p, find, told) or _chained(p, find, told) or _coordinated(p, find, told) or _months_on(p, find, told)
            told.append(beside or _resolved(p, _dated_as_before(p, find, told), _row(p, finds, k)))
    days, clock = iter(told), None
    for find in finds:
        if find.offset is None:
            yield next(days)
        elif (span := nearby.span_for(p, find, told, clock)) is not None or nearby.is_date(find.offset):
            clock = (find, span) if span is not None and find.offset == SAME_DAY else None
            yield find, span
