"""Dates of French, German and English text, as intervals of days with their EDTF form.

Recognition is by single words (months, weekdays, units of time, figures) that each call one reader, which looks a few
tokens to both sides; so the time is linear in the length of the text. What the text leaves open is resolved against the
day of publication, the tense and the weekday, never against a clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.grammar.dates.calendar import Span
from pipeline.grammar.dates.intervals import bounded, joined, shifted
from pipeline.grammar.dates.passage import Find, Passage
from pipeline.grammar.dates.readers import finds
from pipeline.grammar.dates.resolution import settled
from pipeline.grammar.tokens import Token
from pipeline.records import Mention, Period, Segment

__all__ = ["dates"]


def _mention(p: Passage, find: Find, span: Span | None) -> Mention | None:
    """The mention of a find, None where the calendar has no such day."""
    if span is None and find.stamp is not None and find.stamp.year is not None and not find.interval:
        return None
    approximation, rule = "exact", find.rule
    if span is not None:
        span, approximation, more = bounded(p, find, span)
        rule = (*rule, *more)
    start, end = p.tokens[find.start].start, p.tokens[find.end - 1].end
    period = Period(edtf=span and span.edtf, start=span and span.first, end=span and span.last, approximation=approximation)
    return Mention(start=start, end=end, quote=p.text[start:end], language=find.language, period=period, rule=rule)


def dates(text: str, tokens: Sequence[Token], segments: Sequence[Segment], published: date | None) -> list[Mention]:
    """The dates of a text in order, without overlap; every offset counts in `text`.

    `tokens` are those of `text`, `segments` its passages by language. Relative dates are counted from `published`;
    without it their period has no EDTF form. Clock times alone and recurring days are no dates. Never raises on any text.
    """
    p = Passage(text, tokens, segments, published)
    found = (_mention(p, find, span) for find, span in settled(p, shifted(p, joined(p, finds(p)))))
    return [mention for mention in found if mention is not None]
