"""Two figures on a slash before what they count, from so many to so many: "200/300 personnes", "12/13 ans", "10/12 euros"."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from pipeline.grammar.measures import Found, unit_at
from pipeline.grammar.nouns import counted
from pipeline.grammar.page import Page
from pipeline.grammar.rates import rate
from pipeline.grammar.vocabulary import numerals
from pipeline.grammar.wordlists import words
from pipeline.records import Mention, Quantity

_DIGITS = 4
_MOST = 3  # times the lower end that the upper one is
_MEASURED = 2  # of measures less than so many: "110/220 volts" are two
_FIVE, _TEN, _ONE = Decimal(5), Decimal(10), Decimal(1)
_WHOLES = frozenset(map(Decimal, (20, 100)))  # so many of them make a share or a mark: "19/20 élèves"
_SIDES = frozenset(("cm", "mm"))  # two figures of them are the sides of a thing: "140/190 cm"
_YEARS = range(1900, 2100)
_GLUE = frozenset("/-–.,")
_WORD = 3  # letters of a unit's name rather than its symbol


class _Counted(NamedTuple):
    """What two figures count: its kind, code, worth, and the index of the token after it."""

    kind: str
    code: str | None
    factor: Decimal
    end: int


def _ends(page: Page, i: int) -> tuple[Decimal, Decimal] | None:
    """The two ends written from token `i` on; None where no two figures on one slash stand there by themselves."""
    run = [page.norm(i), page.norm(i + 2)]
    if page.norm(i + 1) != "/" or not all(page.adjacent(k) for k in (i + 1, i + 2)) or page.kind(i + 2) != "digits":
        return None
    before = page.adjacent(i) and (page.kind(i - 1) != "sign" or page.norm(i - 1) in _GLUE)
    after = page.adjacent(i + 3) and page.norm(i + 3) in _GLUE and page.adjacent(i + 4) and page.kind(i + 4) == "digits"
    if before or after or any(len(each) > _DIGITS or each[0] == "0" for each in run):
        return None
    low, high = map(Decimal, run)
    return (low, high) if 2 <= low < high <= _MOST * low else None


def _plain(low: Decimal, high: Decimal, language: str) -> bool:
    """Whether two figures are no likely fraction or years: neighbours, both round, or of two digits and more.

    Where no "de" leads to what a fraction is of, small neighbours are one: "3/4 miles".
    """
    if high == low + 1:
        return low not in _YEARS and (low >= _FIVE or bool(numerals(language).of))
    return low % _FIVE == high % _FIVE == 0 or low >= _TEN


def _of_unit(page: Page, found: Found, low: Decimal, high: Decimal) -> bool:
    """Whether two figures may be the ends of so many of a unit, which a fraction would have in the singular."""
    name, plural = page.norm(found.end - 1), words(page.languages[found.start]).plural
    spelled = len(name) >= _WORD and name.endswith(plural)
    if found.unit.kind == "measure":
        return (spelled or low >= _TEN) and high < _MEASURED * low and found.unit.code not in _SIDES
    return found.unit.kind in ("money", "percent") or (found.unit.kind == "duration" and spelled)


def _modelled(page: Page, i: int) -> bool:
    """Whether a name stands before the figures at token `i`, whose models they may be: "une Peugeot 205/309"."""
    return page.joined(i) and page.raw(i - 1)[:1].isupper() and not page.sentence_start(i - 1)


def _counted(page: Page, i: int, low: Decimal, high: Decimal) -> _Counted | None:
    """What stands at token `i` and is counted by two ends; a share needs "de" before a noun, "4/5 stars" are a rating."""
    found, language = unit_at(page, i), page.languages[i]
    if (scale := numerals(language).scale(page.norm(i))) is not None:
        return _great(page, i, scale)
    if found is not None:
        unit = found.unit
        fits = bool(unit.code) and _of_unit(page, found, low, high)
        return _Counted(unit.kind, unit.code, unit.factor, found.end) if fits else None
    lex = words(language)
    if page.norm(i) in lex.ratings or high == _TEN or (high in _WHOLES and low % _FIVE):
        return None
    noun = counted(page, i, high, language)
    return None if noun is None else _Counted("count", noun.lemma, _ONE, noun.end)


def _great(page: Page, i: int, scale: Decimal) -> _Counted | None:
    """What a magnitude in the plural at token `i` counts: "3/4 millions d'euros", not "3/4 million"."""
    language = page.languages[i]
    if not page.norm(i).endswith(words(language).plural):
        return None
    at = i + 1 + (page.norm(i + 1) in numerals(language).of and page.joined(i + 1))
    found = unit_at(page, at) if page.joined(at) else None
    if found is not None and found.unit.code:
        return _Counted(found.unit.kind, found.unit.code, scale * found.unit.factor, found.end)
    noun = counted(page, at, scale, language) if at > i + 1 else None
    return _Counted("count", None, scale, i + 1) if noun is None else _Counted("count", noun.lemma, scale, noun.end)


def either(page: Page, i: int) -> tuple[Mention | None, int] | None:
    """The interval that two figures on a slash from token `i` on make, with the token to go on from; None if they make none.

    Only where plurals have an ending, by which a count is told from a fraction ("3/4 heure").
    """
    ends, language = _ends(page, i), page.languages[i]
    lex = words(language)
    if (
        ends is None
        or not _plain(*ends, language)
        or not lex.plural
        or not page.joined(i + 3)
        or page.norm(i - 1) in lex.articles
    ):
        return None
    what = _counted(page, i + 3, *ends)
    if what is None or _modelled(page, i) or not page.free(page.tokens[i].start, page.tokens[what.end - 1].end):
        return None
    over = rate(page, what.end, what.kind, language)
    per = over.per if over is not None and what.kind != "measure" else None
    low, high = (each * what.factor for each in ends)
    quantity = Quantity(
        kind=what.kind, value=None, lower=low, upper=high, quantum=what.factor, unit=what.code, per=per, approximation="between"
    )
    a, b = page.tokens[i].start, page.tokens[what.end - 1].end
    name = page.text[page.tokens[i + 3].start : b]
    steps = (f"figures {low:f} to {high:f}", f"unit {name} = {what.code}", "range")
    return Mention(start=a, end=b, quote=page.text[a:b], language=language, quantity=quantity, rule=steps), what.end
