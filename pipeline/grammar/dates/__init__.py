"""Dates of French, German and English text, as intervals of days with their EDTF form.

Recognition is by single words (months, weekdays, units of time, figures) that each call one reader, which looks a few
tokens to both sides; so the time is linear in the length of the text. What the text leaves open is resolved against the
day of publication, the tense and the weekday, never against a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from pipeline.grammar.dates import (
    calendar,
    clock,
    dayparts,
    foreign,
    intervals,
    months,
    nearby,
    numeric,
    parts,
    units,
    weekdays,
    years,
)
from pipeline.grammar.dates.calendar import Span
from pipeline.grammar.dates.passage import Find, Passage, Stamp
from pipeline.grammar.dates.resolve import Context, resolve, resolve_after, resolve_before
from pipeline.grammar.dates.tense import FUTURE, tense
from pipeline.grammar.tokens import Token
from pipeline.records import Mention, Period, Segment

__all__ = ["dates"]

_CHAIN = 16  # tokens from one weekday to the next in a row
_STOPS = frozenset(".!?;:")
Reader = Callable[[Passage, int], list[Find]]


def _unit(p: Passage, i: int) -> list[Find]:
    return units.read(p, i, Context(p.published, _tense(p, i, i + 1)))


def _grown(p: Passage, i: int) -> list[Find]:
    return units.grown(p, i, Context(p.published, _tense(p, i, i + 1)))


def _tense(p: Passage, start: int, end: int) -> int:
    return tense(p.norms, start, end, p.vocabularies[start])


def _month(p: Passage, i: int) -> list[Find]:
    return foreign.shuffled(p, i) or months.read(p, i)


FIGURES: tuple[Reader, ...] = (numeric.read, years.read, clock.read, clock.lone_day, foreign.neighbour)

READERS: dict[str, Reader] = {
    "months": _month,
    "named": parts.named,
    "holidays": parts.holiday,
    "weekdays": weekdays.read,
    "deictic": weekdays.deictic,
    "deictic_years": weekdays.deictic_year,
    "dayparts.nouns": lambda p, i: dayparts.pointed(p, i) or dayparts.told_nearby(p, i),
    "anaphoric": nearby.anaphoric,
    "clock.words": clock.read,
    "seasons": parts.season,
    "decades": parts.decade,
    "quarters": parts.short,
    "units": _unit,
    "grown": _grown,
    "years.spelled": years.spelled,
}


def _figures(p: Passage, i: int) -> list[Find]:
    """What the first reader of figures that finds something makes of the digits at token `i`."""
    return next((found for reader in FIGURES if (found := reader(p, i))), [])


def _read(p: Passage, i: int) -> list[Find]:
    """All that the readers find at an anchor."""
    token = p.tokens[i]
    if token.kind == "digits":
        return _figures(p, i) if len(token.norm) <= 4 else []
    return [find for kind in p.vocabularies[i].anchors[token.norm] if kind in READERS for find in READERS[kind](p, i)]


def _finds(p: Passage) -> list[Find]:
    """The longest finds that do not overlap, in order; names that only look like dates are left out."""
    out: list[Find] = []
    blocked = 0
    for i, token in enumerate(p.tokens):
        if token[3] != "digits" and token[2] not in p.vocabularies[i].anchors:
            continue
        if (name := p.look("not.names", i)) is not None:
            blocked = max(blocked, i + name.length)
        if i < blocked:
            continue
        for find in _read(p, i):
            _keep(out, find, p)
    return out


def _keep(out: list[Find], find: Find, p: Passage) -> None:
    """Adds a find unless a longer one stands in its place; shorter ones give way."""
    if "\n\n" in p.text[p.tokens[find.start].start : p.tokens[find.end - 1].end]:
        return
    size = find.end - find.start
    k = len(out)
    while k and out[k - 1].end > find.start:
        if out[k - 1].start < find.end and out[k - 1].end - out[k - 1].start >= size:
            return
        k -= 1
    rest = [other for other in out[k:] if other.start >= find.end]
    out[k:] = [find, *rest]


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
        right, rule = resolve_after(until, left.first) if left and left.first and until.weekday else resolve(until, context)
    if find.stamp is not None and left is None:
        stamp = intervals.borrowed(find.stamp, find.until, right) if find.until else find.stamp
        near = right is not None and right.first is not None and stamp.year is None and stamp.direction is None
        left = resolve_before(stamp, right.first) if near and right and right.first else resolve(stamp, context)[0]
    return calendar.interval(left, right) if left and right else None, rule


def _bare_weekday(find: Find) -> bool:
    return find.stamp is not None and find.stamp == Stamp(weekday=find.stamp.weekday) and not find.interval


def _chained(p: Passage, find: Find, told: list[tuple[Find, Span | None]]) -> tuple[Find, Span | None] | None:
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


def _resolved(p: Passage, find: Find) -> tuple[Find, Span | None]:
    """The find with the steps of its resolution, and its span."""
    context = Context(p.published, _tense(p, find.start, find.end))
    span: Span | None
    more: tuple[str, ...]
    span, more = find.span, ()
    if find.interval:
        span, more = _interval(find, context)
    elif find.stamp is not None:
        span, more = resolve(find.stamp, context)
    if find.shift is not None and span is not None:
        span = calendar.shifted(span, *find.shift)
    return find._replace(rule=(*find.rule, *more)), span


def _mention(p: Passage, find: Find, span: Span | None) -> Mention | None:
    """The mention of a find, None where the calendar has no such day."""
    if span is None and find.stamp is not None and find.stamp.year is not None and not find.interval:
        return None
    approximation, rule = "exact", find.rule
    if span is not None:
        span, approximation, more = intervals.bounded(p, find, span)
        rule = (*rule, *more)
    start, end = p.tokens[find.start].start, p.tokens[find.end - 1].end
    period = Period(edtf=span and span.edtf, start=span and span.first, end=span and span.last, approximation=approximation)
    return Mention(start=start, end=end, quote=p.text[start:end], language=find.language, period=period, rule=rule)


def _mentions(p: Passage) -> Iterator[Mention | None]:
    finds = intervals.shifted(p, intervals.joined(p, _finds(p)))
    told: list[tuple[Find, Span | None]] = []
    for find in finds:
        if find.offset is None:
            told.append(_chained(p, find, told) or _resolved(p, find))
    days = iter(told)
    for find in finds:
        if find.offset is None:
            yield _mention(p, *next(days))
        elif (span := nearby.span_for(p, find, told)) is not None or nearby.is_date(find.offset):
            yield _mention(p, find, span)


def dates(text: str, tokens: Sequence[Token], segments: Sequence[Segment], published: date | None) -> list[Mention]:
    """The dates of a text in order, without overlap; every offset counts in `text`.

    `tokens` are those of `text`, `segments` its passages by language. Relative dates are counted from `published`;
    without it their period has no EDTF form. Clock times alone and recurring days are no dates. Never raises on any text.
    """
    p = Passage(text, tokens, segments, published)
    return [mention for mention in _mentions(p) if mention is not None]
