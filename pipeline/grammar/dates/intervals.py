"""Two dates joined to an interval ("de juillet à octobre"), and prepositions that open or bound one ("depuis 2016")."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.grammar.dates.calendar import Span
from pipeline.grammar.dates.passage import DASHES, Find, Passage, Stamp


def _opened(p: Passage, i: int) -> bool:
    return p.back("intervals.open", i) is not None


def _linked(p: Passage, left: Find, right: Find) -> bool:
    """Whether what stands between two neighbours makes them the ends of an interval."""
    e, s = left.end, right.start
    if s - e == 1 and p.norm(e) in DASHES | {"/"}:
        dayless = left.stamp is not None and right.stamp is not None and left.stamp.day is None and right.stamp.day is None
        return p.norm(e) in DASHES or dayless
    if 0 < s - e <= 3:
        night = p.back("intervals.night", left.start) and p.back("intervals.night_close", s)
        strong = night or p.back("intervals.close_strong", s)
        if strong and strong.length == s - e:
            return True
        close = p.back("intervals.close", s)
        opened = _opened(p, left.start) or p.back("intervals.night", left.start)
        parts = left.stamp is not None and right.stamp is not None and left.stamp.modifier and right.stamp.modifier
        if close and close.length == s - e and (opened or parts or _days(p, left, right)):
            return True
        both = p.back("intervals.and", s)
        if both and both.length == s - e and p.back("intervals.between", left.start):
            return True
    return False


def _days(p: Passage, left: Find, right: Find) -> bool:
    """Whether both are days of a month in brackets or after a colon: "(30 octobre au 2 novembre)"."""
    full = all(find.stamp is not None and find.stamp.day and find.stamp.month for find in (left, right))
    return full and p.norm(left.start - 1) in {"(", ":"}


def _every_week(p: Passage, find: Find) -> bool:
    """Whether an interval of weekdays comes back each week: "du lundi au vendredi"."""
    bare = all(stamp is not None and stamp == Stamp(weekday=stamp.weekday) for stamp in (find.stamp, find.until))
    return bare and p.back("intervals.recurring", find.start) is not None


def joined(p: Passage, finds: Sequence[Find]) -> list[Find]:
    """`finds` in order with neighbours joined to intervals; the ends stay stamps until the context resolves them."""
    out: list[Find] = []
    for find in finds:
        left = out[-1] if out else None
        if left and _single(left) and _single(find) and _linked(p, left, find):
            rule = ("interval", *left.rule, *find.rule)
            out[-1] = Find(left.start, find.end, find.language, rule, left.stamp, find.stamp, left.span, find.span, interval=True)
        else:
            out.append(find)
    return [find for find in out if not (find.interval and _every_week(p, find))]


def shifted(p: Passage, finds: Sequence[Find]) -> list[Find]:
    """`finds` with "deux jours après", "a week before", "la semaine du" taken into the date that follows."""
    out: list[Find] = []
    for find in finds:
        period = _period(p, find) if find.stamp is not None and not find.interval else None
        if period and (not out or out[-1].end <= period[0]):
            start, unit, count = period
            out.append(find._replace(start=start, length=(unit, count), rule=(*find.rule, f"last day of {count} {unit}")))
            continue
        found = _shift(p, find) if find.offset is None and not find.interval else None
        if found and (not out or out[-1].end <= found[0]):
            start, unit, count = found
            find = find._replace(start=start, shift=(unit, count), rule=(*find.rule, f"{count:+d} {unit} from it"))
        out.append(find)
    return out


def _around(p: Passage, find: Find) -> tuple[int, str, int] | None:
    """(first token, week or weekend, 0) of "la semaine du", "le week-end de" before a day."""
    day = find.stamp is not None and bool(find.stamp.day or find.stamp.feast)
    for unit in ("week", "weekend") if day else ():
        if hit := p.back(f"intervals.{unit}_of", find.start):
            return find.start - hit.length, unit, 0
    return None


def _period(p: Passage, find: Find) -> tuple[int, str, int] | None:
    """(first token, unit, count) of the period that a date closes: "the three months to June", "le trimestre clos fin juin"."""
    for kind in ("bounds.ending", "bounds.ending_after_article"):
        hit = p.back(kind, find.start)
        unit = p.back("units", find.start - hit.length) if hit else None
        if hit is None or unit is None or unit.value not in ("week", "month", "quarter", "half", "year"):
            continue
        i = find.start - hit.length - unit.length
        number = p.number_before(i)
        count, start = number or (1, i)
        article = p.back("articles.definite", start)
        if (p.look("plural.units", i) and number is None) or (kind == "bounds.ending_after_article" and article is None):
            continue
        return start - (article.length if article else 0), unit.value, count
    return None


def _shift(p: Passage, find: Find) -> tuple[int, str, int] | None:
    """(first token, unit, signed count) of the distance that stands before a date."""
    if found := _around(p, find):
        return found
    of = p.back("articles.of", find.start)
    eve = p.back("anaphoric", find.start - of.length) if of else None
    if eve and eve.value and find.stamp is not None and (find.stamp.day or find.stamp.feast):
        return find.start - (of.length if of else 0) - eve.length, "day", eve.value  # "la veille du 14 juillet"
    for kind, direction in (("bounds.after", 1), ("bounds.before", -1)):
        hit = p.back(kind, find.start)
        unit = p.back("units", find.start - hit.length) if hit else None
        if hit is None or unit is None or unit.value not in ("day", "week", "month", "year"):
            continue
        number = p.number_before(find.start - hit.length - unit.length)
        yearless = find.stamp is not None and find.stamp.year is None and find.stamp.direction is None
        if number and not (unit.value == "year" and yearless):  # "100 ans après l'Armistice"
            return number[1], unit.value, direction * number[0]
    return None


def _single(find: Find) -> bool:
    return not find.interval and find.offset is None and not (find.span and "/" in find.span.edtf)


def borrowed(left: Stamp, right: Stamp, end: Span | None) -> Stamp:
    """The left end with what it lacks taken from the right one, whose span is `end`: "3 au 12 mars 2024"."""
    if left.feast or left.part:
        return left if left.year else left._replace(year=right.year)
    if left.weekday and not left.day:
        return left
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


def _since(span: Span) -> Span:
    return Span(span.first, None, f"{span.edtf.split('/')[0]}/..")


# How a preposition bounds the date after it; the date itself stays as written.
_BOUNDS = {"from": "at_least", "until": "at_most", "by": "at_most", "before": "less_than", "after": "more_than"}


def bounded(p: Passage, find: Find, span: Span) -> tuple[Span, str, tuple[str, ...]]:
    """(span, approximation, step) as a preposition bounds it: "avant 2018" is 2018, `less_than`.

    "depuis 2016" is 2016/..; after "depuis" a day stays the day on which it began ("en grève depuis mardi"), `at_least`.
    """
    plain = "about" if "~" in span.edtf else "exact"
    if p.look("bounds.onwards", find.end):
        return span, "at_least", ("bounded: onwards",)
    if find.interval or find.shift:
        return span, plain, ()
    if p.back("bounds.since", find.start):
        day = span.first is not None and span.first == span.last
        return (span, "at_least", ("since that day",)) if day else (_since(span), "at_least", ("open interval",))
    for name, approximation in _BOUNDS.items():
        if p.back(f"bounds.{name}", find.start):
            return span, approximation, (f"bounded: {name}",)
    return span, plain, ()
