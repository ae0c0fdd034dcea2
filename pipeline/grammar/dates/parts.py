"""Parts of a year and of time: quarters, halves, seasons, centuries, decades in words, holidays."""

from __future__ import annotations

from datetime import date

from pipeline.grammar.dates import calendar, years
from pipeline.grammar.dates.calendar import Span
from pipeline.grammar.dates.modifiers import modifier_before
from pipeline.grammar.dates.passage import DASHES, Find, Passage, Stamp
from pipeline.grammar.dates.pointers import relative_year, with_article
from pipeline.grammar.dates.tense import FUTURE, tense

_CODES = {"quarter": 32, "half": 39}
_MOST = {"quarter": 4, "half": 2}
_OF_FINANCIAL = "part of a financial year, whose first day is not told"
_LED = 4  # tokens that lead to the second of two seasons: "et à l'été"
_ROMAN = {"i": 1, "v": 5, "x": 10}


def _roman(text: str) -> int | None:
    """The value of a Roman numeral below 40."""
    total = 0
    for k, sign in enumerate(text):
        value = _ROMAN.get(sign)
        if value is None:
            return None
        total += -value if k + 1 < len(text) and _ROMAN.get(text[k + 1], 0) > value else value
    return total or None


def ordinal_before(p: Passage, j: int) -> tuple[int, int] | None:
    """(ordinal, first token) of the ordinal that ends before token `j`: "2e", "19.", "XXe", "troisième"; 0 stands for "last"."""
    if p.norm(j - 1) in DASHES and p.touches(j) and p.touches(j - 1) and p.back("ordinals", j - 1):
        j -= 1  # "third-quarter"
    if p.back("ordinals.suffixes", j) and p.touches(j - 1) and p.kind(j - 2) == "digits":
        value = p.digits(j - 2, 1, 99)
        return None if value is None else (value, j - 2)
    if hit := p.back("ordinals", j):
        return hit.value, j - hit.length
    if hit := p.back("ordinals.last", j):
        return 0, j - hit.length
    norm = p.norm(j - 1)
    for ending in ("ème", "eme", "er", "e", ""):
        if norm.endswith(ending) and (value := _roman(norm.removesuffix(ending))) and p.capital(j - 1):
            return value, j - 1
    return None


def _year_of(p: Passage, e: int) -> tuple[int | None, int, bool]:
    """(year, first token after it, whether one was written) of what follows a part of a year at token `e`."""
    if found := years.year_after(p, e):
        return found[0], found[1], True
    found_relative = relative_year(p, e)
    return (None, e, False) if found_relative is None else (found_relative[0], found_relative[1], True)


def _led(p: Passage, start: int) -> tuple[str | None, int]:
    """(modifier, first token) of what leads to a part of time at token `start`: "fin", "la fin de", or its article."""
    modifier, begin = modifier_before(p, start)
    return (modifier, begin) if modifier else (None, with_article(p, start))


def ordinal_unit(p: Passage, i: int, unit: str, e: int) -> list[Find]:
    """ "deuxième trimestre 2025", "second half", "XXe siècle", whose noun runs from token `i` to `e`."""
    ordinal = ordinal_before(p, i)
    code = p.vocabularies[i].code
    if ordinal is None:
        return []
    number, start = ordinal
    if unit == "century":
        if not 1 <= number <= 25:
            return []
        modifier, start = _led(p, start)
        if era := p.look("years.before_christ", e):
            return [Find(start, e + era.length, code, ("century before Christ, which no day tells",))]
        span = calendar.century(number)
        return [Find(start, e, code, ("century",), span=span and (calendar.about(span) if modifier else span))]
    number = number or _MOST.get(unit, 0)
    if unit not in _CODES or not 1 <= number <= _MOST[unit]:
        return []
    lead = p.back("not.before_quarter", start)
    if (whole := _financial(p, e, bool(lead))) is not None:
        span, end = whole
        return (
            [Find(with_article(p, start - (lead.length if lead else 0)), end, code, (_OF_FINANCIAL,), span=span)] if span else []
        )
    year, end, written = _year_of(p, e)
    modifier, start = _led(p, start)
    if unit == "half" and not written and p.vocabularies[i].vague_halves and not p.back("quarters.before", start):
        return []  # "the second half" of a match, of a book
    direction = None
    if not written and (pointer := years.pointer_after(p, e)):
        direction, end = pointer
    stamp = Stamp(year, part=_CODES[unit] + number, modifier=modifier, direction=direction)
    if written and year is None:
        return [Find(start, end, code, ("no publication date to resolve it",))]
    return [Find(start, end, code, (f"{unit} of a year",), stamp)]


def _financial(p: Passage, e: int, led: bool = False) -> tuple[Span | None, int] | None:
    """(span, first token after it) of the financial year that a part before token `e` is of; None where it is of none.

    Where it begins nobody tells: the span is that of its years, about one of a single year, None where no year is written.
    `led` says that a word before the part tells of it ("fiscal third quarter").
    """
    hit, of = p.look("not.after_part", e), p.look("articles.of_part", e)
    at = e + (hit.length if hit else of.length if of else 0)
    for i in (at, e):
        letters = p.look("quarters", i)
        if letters is not None and letters.value == "year" and (found := _fiscal_year(p, i)):
            return _about_one(found[0]), found[1]
        if (pair := _two_years(p, i)) is not None:
            return pair
    if hit is None and not led:
        return None
    written = years.year_after(p, at if hit else e)
    return _about_one(calendar.year(written[0])) if written else None, written[1] if written else at


def _about_one(span: Span | None) -> Span | None:
    """A financial year told by one year as about that year, one told by both as it is."""
    return span if span is None or "/" in span.edtf else calendar.about(span)


def _two_years(p: Passage, i: int) -> tuple[Span, int] | None:
    """(span, first token after it) of a year and the next one at token `i`: "2024-2025", "2024/25"."""
    year = p.digits(i, 1900, 2199)
    pair = years.year_range(p, i, year) if year is not None else None
    if year is None or pair is None or pair[0] != year + 1:
        return None
    left, right = calendar.year(year), calendar.year(pair[0])
    span = calendar.interval(left, right) if left and right else None
    return (span, pair[1]) if span else None


def short(p: Passage, i: int) -> list[Find]:
    """ "T2 2025", "Q3 2024", "S1 2025", "FY24", whose letters are token `i`.

    A year has to follow or precede, or a preposition that leads to no car and no tram ("in Q3").
    """
    hit = p.look("quarters", i)
    if hit is not None and hit.value == "year":
        return _of_fiscal(p, i)
    if hit is not None and p.touches(i) and p.kind(i - 1) == "digits":
        return _reversed(p, i, hit.value)
    if hit is None or not p.touches(i + 1):
        return []
    number = p.digits(i + 1, 1, _MOST[hit.value])
    if number is None or len(p.norm(i + 1)) != 1:
        return []
    code, rule = p.vocabularies[i].code, (f"{hit.value} of a year",)
    part = _CODES[hit.value] + number
    if (found_whole := _financial(p, i + 2)) is not None and p.capital(i):
        return [Find(i, found_whole[1], code, (_OF_FINANCIAL,), span=found_whole[0])] if found_whole[0] else []
    if (found := years.year_after(p, i + 2)) and found[0] >= 1900:
        return [Find(i, found[1], code, rule, Stamp(found[0], part=part))]
    if not p.capital(i):
        return []
    year = p.digits(i - 2, 1900, 2199) if p.norm(i - 1) == "-" else p.digits(i - 1, 1900, 2199)
    start = i - 2 if p.norm(i - 1) == "-" else i - 1
    whole = p.kind(i + 2) != "digits" and not (p.touches(i + 2) and p.norm(i + 2) == "-")
    if year is None and whole and p.back("quarters.before", i):
        return [Find(i, i + 2, code, rule, Stamp(part=part))]
    return [] if year is None else [Find(start, i + 2, code, rule, Stamp(year, part=part))]


def _fiscal_year(p: Passage, i: int) -> tuple[Span, int] | None:
    """(span, first token after it) of "FY24", "FY2025", "FY2023/24" whose letters are token `i`."""
    year = p.digits(i + 1, 0, 2199) if p.capital(i) else None
    if year is None or len(p.norm(i + 1)) not in (2, 4) or (year > 99 and year < 1900):
        return None
    pair = years.year_range(p, i + 1, year) if year > 99 else None
    left = calendar.year(year if year > 99 else years.century_of(year))
    right = calendar.year(pair[0]) if pair else left
    span = calendar.interval(left, right) if pair and left and right else left
    return (span, pair[1] if pair else i + 2) if span else None


def _of_fiscal(p: Passage, i: int) -> list[Find]:
    """The financial year whose letters are token `i`, or its part that stands behind: "FY2025", "FY2025 Q3"."""
    found = _fiscal_year(p, i)
    if found is None:
        return []
    (span, end), code = found, p.vocabularies[i].code
    part = p.look("quarters", end)
    number = p.digits(end + 1, 1, _MOST[part.value]) if part and part.value in _MOST and p.touches(end + 1) else None
    if number is not None and len(p.norm(end + 1)) == 1:
        return [Find(i, end + 2, code, (_OF_FINANCIAL,), span=_about_one(span))]
    return [Find(i, end, code, ("financial year",), span=span)]


def _reversed(p: Passage, i: int, unit: str) -> list[Find]:
    """ "3T 2024", "1S 2025", "3T24"."""
    number, found = p.digits(i - 1, 1, _MOST[unit]), years.year_after(p, i + 1)
    tight = p.touches(i + 1) and not p.touches(i + 2) and p.capital(i) and len(p.norm(i + 1)) == 2
    short_year = p.digits(i + 1, 0, 99) if tight and found is None and not p.touches(i - 1) else None
    if short_year is not None:  # "3T24", "1S25"
        found = years.century_of(short_year), i + 2
    if number is None or found is None or len(p.norm(i - 1)) != 1 or found[0] < 1900:
        return []
    return [Find(i - 1, found[1], p.vocabularies[i].code, (f"{unit} of a year",), Stamp(found[0], part=_CODES[unit] + number))]


def season(p: Passage, i: int) -> list[Find]:
    """A season at token `i`: with a year, a pointer, or after a preposition that makes it one."""
    hit = p.look("seasons", i)
    if hit is None or p.back("not.before_season", i) or p.back("not.each", i):
        return []
    e, start, code = i + hit.length, i, p.vocabularies[i].code
    if double := _over_two_years(p, i, e, hit.value):
        return [double]
    year, end, written = _year_of(p, e)
    if written and year is None:
        return [Find(start, end, code, ("no publication date to resolve it",))]
    if same := p.look("articles.same_year", e):
        return [
            Find(
                with_article(p, i),
                e + same.length,
                code,
                ("season", "the year told before"),
                Stamp(part=hit.value, same_year=True),
            )
        ]
    if not written and years.short_ends(p, e + 1) and (short := years.year_after(p, e, short=True)):
        year, end, written = *short, True  # "au printemps 98"
    direction = None
    if not written and (joined := _joined(p, e)):
        year, written = joined, True
    if not written:
        if pointer := years.pointer_after(p, e):
            direction, end = pointer
        elif before := years.pointer_before(p, i, past_adjective=True):
            direction, start = before
    if months := p.back("articles.season_months", start):
        start -= months.length  # "les mois d'été"
    modifier, begin = _led(p, start)
    if p.look("pointers.there", end):
        return []
    if not written and direction is None and modifier is None:
        if (months or p.back("season_cues.any", i)) and tense(p.verbs, i, e, p.vocabularies[i]) != FUTURE:
            return [Find(begin, e, code, ("any such season",))]
        if not months and not p.back("season_cues.before", i):
            return []
    return [Find(begin, end, code, ("season",), Stamp(year, part=hit.value, direction=direction, modifier=modifier))]


def _joined(p: Passage, e: int) -> int | None:
    """The year of the season that the one ending before token `e` is joined to: "au printemps et à l'été 1918"."""
    link = p.look("intervals.and", e) or p.look("intervals.or", e)
    if link is None:
        return None
    for j in range(e + link.length, e + link.length + _LED):
        if hit := p.look("seasons", j):
            found = years.year_after(p, j + hit.length)
            return found[0] if found else None
    return None


def _over_two_years(p: Passage, i: int, e: int, code: int) -> Find | None:
    """The season at token `i` of two years ("hiver 2024-2025"): a winter runs from December to March."""
    of = p.look("articles.of_plain", e)
    e += of.length if of else 0
    year = p.digits(e, 1000, 2199) if len(p.norm(e)) == 4 else None
    pair = years.year_range(p, e, year) if year is not None else None
    if pair is None or year is None or pair[0] != year + 1:
        return None
    span = calendar.winter(year) if code == calendar.WINTER else calendar.season(year, code)
    return Find(i, pair[1], p.vocabularies[i].code, ("season over two years",), span=span)


def _stands_alone(p: Passage, i: int, article: bool) -> bool:
    """Whether the word at token `i` is a decade without a noun: "die | Achtzigerjahre", "Anfang der | Neunziger"."""
    part = modifier_before(p, i)[0] is not None
    return bool((p.look("decades.alone", i) and (article or part)) or (p.look("decades.led", i) and part))


def decade(p: Passage, i: int) -> list[Find]:
    """A decade in words at token `i`: "années soixante", "neunziger Jahre", "the nineties"."""
    hit = p.look("decades", i)
    if hit is None:
        return []
    code, start, end = p.vocabularies[i].code, i, i + hit.length
    lead, suffix, article = p.back("decades.leads", i), p.look("decades.nouns", end), p.back("articles.definite", i)
    if lead:
        start -= lead.length
    elif suffix:
        end += suffix.length
    elif not _stands_alone(p, i, bool(article)):
        return []
    if not lead and article:
        start -= article.length
    modifier, start = modifier_before(p, start)
    span = years.decade_span(hit.value)
    return [Find(start, end, code, ("decade",), span=span and (calendar.about(span) if modifier else span))]


def _dated(p: Passage, e: int) -> bool:
    """Whether the day itself follows the name of a holiday at token `e`: "l'Armistice du 11 novembre 1918"."""
    of = p.look("articles.of", e)
    j = e + (of.length if of else 0)
    return of is not None and p.digits(j, 1, 31) is not None and p.norm(j + 1) in p.vocabularies[j].months


def holiday(p: Passage, i: int) -> list[Find]:
    """A holiday at token `i`: with a year or a pointer, or after a preposition of time."""
    hit = p.look("holidays", i)
    if hit is None or _dated(p, i + hit.length):
        return []
    e, code = i + hit.length, p.vocabularies[i].code
    year, end, written = _year_of(p, e)
    if written and year is None:
        return [Find(i, end, code, ("no publication date to resolve it",))]
    start, pointer = i, None if written else years.pointer_after(p, e)
    direction, end = pointer or (None, end)
    if not written and pointer is None and (before := years.pointer_before(p, i)):
        pointer = direction, start = before
    if not written and pointer is None:
        cue = p.back("holiday_cues.before", i)
        name = p.capital(e) and p.kind(e) == "word" and not p.vocabularies[i].capital_months
        if (cue is None and hit.length == 1) or name or p.norm(e) == "-":
            return []
    return [Find(start, end, code, ("holiday",), Stamp(year, feast=hit.value, direction=direction))]


def named(p: Passage, i: int) -> list[Find]:
    """A day that has a name of its own ("attentats du 11 septembre"), at token `i`."""
    hit = p.look("named", i)
    if hit is None or years.year_after(p, i + hit.length):
        return []
    start = next((k for k in range(i, i + hit.length) if p.kind(k) == "digits"), i)
    article = start == i + 1 and p.look("articles.definite", i)
    start = i if article or p.norm(i) in p.vocabularies[i].months else start  # "le 11-Septembre", "Sept. 11 attacks"
    span = calendar.day(date.fromisoformat(hit.value))
    return [Find(start, i + hit.length, p.vocabularies[i].code, ("day with a name",), span=span)]
