"""Two dates joined to an interval, and prepositions that open one: "de juillet à octobre", "entre 2019 et 2023", "depuis 2016"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pipeline.grammar.dates import calendar
from pipeline.grammar.dates.calendar import Span
from pipeline.grammar.dates.passage import DASHES, Find, Passage, Stamp


def _opened(p: Passage, i: int) -> bool:
    return p.back("intervals.open", i) is not None


def _gap(p: Passage, left: Find, right: Find) -> str | None:
    """How two neighbours are joined: "to", or None."""
    e, s = left.end, right.start
    if s - e == 1 and p.norm(e) in DASHES | {"/"}:
        fine = left.stamp is not None and right.stamp is not None and left.stamp.day is None and right.stamp.day is None
        return "to" if p.norm(e) in DASHES or fine else None
    if 0 < s - e <= 3:
        close = p.back("intervals.close", s)
        if close and close.length == s - e and (_opened(p, left.start) or p.back("intervals.night", left.start)):
            return "to"
        both = p.back("intervals.and", s)
        if both and both.length == s - e and p.back("intervals.between", left.start):
            return "to"
    return None


def joined(p: Passage, finds: Sequence[Find]) -> list[Find]:
    """`finds` in order with neighbours joined to intervals; the ends stay stamps until the context resolves them."""
    out: list[Find] = []
    for find in finds:
        left = out[-1] if out else None
        if left and left.until is None and find.until is None and _gap(p, left, find) and _fit(left, find):
            out[-1] = Find(left.start, find.end, find.language, ("interval", *left.rule, *find.rule), left.stamp, find.stamp,
                           _pair(left, find))
        else:
            out.append(find)
    return out


def _fit(left: Find, right: Find) -> bool:
    """Both ends stamps, or both spans: what can be one interval."""
    return (left.stamp is None) == (right.stamp is None)


def _pair(left: Find, right: Find) -> Span | None:
    return calendar.interval(left.span, right.span) if left.span and right.span else None


def borrowed(left: Stamp, right: Stamp, end: Span | None) -> Stamp:
    """The left end with what it lacks taken from the right one, whose span is `end`: "3 au 12 mars 2024", "décembre à février"."""
    if left.feast or left.part or left.weekday and not left.day:
        year = right.year if left.year is None and (left.feast or left.part) else left.year
        return left._replace(year=year)
    if left.month is None and left.day and right.month:
        left = left._replace(month=right.month)
    if left.year is None and end is not None and end.last is not None and left.month:
        later = left.month > (end.last.month if right.month is None else right.month)
        year = end.last.year if not right.year else right.year
        left = left._replace(year=year - 1 if later else year)
    return left


def advanced(left: Stamp, right: Stamp) -> Stamp:
    """The right end with the year of the left one where only that has one: "de mars 2019 à juin"."""
    if right.year is None and left.year is not None and right.month and left.month:
        return right._replace(year=left.year + (1 if right.month < left.month else 0))
    return right


def _edge(span: Span, direction: int) -> Span | None:
    """The period of the same size just before (-1) or after (1) a span: what "avant 2018" and "après 2018" end or begin with."""
    if span.first is None or span.last is None:
        return None
    beyond = span.first - timedelta(1) if direction < 0 and span.first.toordinal() > 1 else None
    if direction > 0 and span.last.toordinal() < 3_652_059:
        beyond = span.last + timedelta(1)
    if beyond is None or "~" in span.edtf:
        return None
    size = {10: "day", 7: "month", 4: "year"}.get(len(span.edtf)) if "X" not in span.edtf and not (len(span.edtf) == 7 and span.edtf[5] > "1") else None
    return calendar.AROUND[size](beyond) if size else calendar.day(beyond)


def _since(span: Span) -> Span | None:
    return Span(span.first, None, f"{span.edtf}/..") if "/" not in span.edtf else None


def _until(span: Span) -> Span | None:
    return Span(None, span.last, f"../{span.edtf}") if "/" not in span.edtf else None


def _before(span: Span) -> Span | None:
    edge = _edge(span, -1)
    return Span(None, edge.last, f"../{edge.edtf}") if edge else None


def _after(span: Span) -> Span | None:
    edge = _edge(span, 1)
    return Span(edge.first, None, f"{edge.edtf}/..") if edge else None


BOUNDS = {"since": _since, "from": _since, "until": _until, "before": _before, "after": _after}


def bounded(p: Passage, find: Find, span: Span) -> tuple[Span, tuple[str, ...]]:
    """The span as the preposition before the find opens it ("depuis 2016" is 2016/..), with the step that tells so."""
    if find.until is not None or "/" in span.edtf:
        return span, ()
    for name, opened in BOUNDS.items():
        if p.back(f"bounds.{name}", find.start) and (found := opened(span)):
            return found, (f"open interval: {name}",)
    return span, ()
