"""A quantity while it is read: its number with the unit or noun that goes with it, halves, smaller units, and its sign."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.grammar import numbers
from pipeline.grammar.bounds import bound_before
from pipeline.grammar.denominators import denominator
from pipeline.grammar.measures import Found, Meaning, meaning, unit_after, unit_at
from pipeline.grammar.nouns import counted
from pipeline.grammar.numbers import Number
from pipeline.grammar.numerals import HYPHENS
from pipeline.grammar.page import Page
from pipeline.grammar.units import units
from pipeline.grammar.vocabulary import numerals
from pipeline.grammar.wordlists import words

DASHES = HYPHENS | frozenset("–—−")
_MINUS, _PLUS = frozenset("-−–"), frozenset("+")
_SIGNED = frozenset(("percent", "points"))
_SIXTIETHS = frozenset(("h", "min"))
_TOLD_ON = frozenset(("m", "h", "min", "har"))  # what may be told on in two digits: "1 m 80", "2 ha 50"
_THOUSANDFOLD = frozenset(("kg", "km"))  # what may be told on in its thousandths without their unit
_ABBREVIATED = 3  # letters of a currency's short name: "385 fr. 40"
_PLACES = 3  # digits of the grams behind a kilogram
_BEFORE = 8  # tokens from a measure with its decimals to what it is in another unit
_ONE, _QUARTER, _MANY = Decimal(1), Decimal("0.25"), Decimal(100)


@dataclass(frozen=True, slots=True)
class Draft:
    """A quantity while it is read: tokens `start` to before `end`, value and quantum in `unit`."""

    number: Number
    start: int
    end: int
    value: Decimal
    quantum: Decimal
    kind: str
    unit: str | None
    named: bool  # a unit or a noun says what it is
    found: Found | None = None
    steps: tuple[str, ...] = ()

    @property
    def bare(self) -> bool:
        """Neither unit nor noun nor magnitude: only a number."""
        return not self.named and self.number.scale == 1 and not self.number.collective


def _with_unit(page: Page, number: Number, found: Found, start: int, end: int) -> Draft:
    what: Meaning = meaning(page, found, number)
    value, quantum = number.value, number.quantum or _ONE
    if (
        number.other is not None
        and what.kind == "money"
        and number.scale == 1
        and number.other % 1000 == 0
        and number.other > value
    ):
        value, quantum = number.other, _ONE
    if what.kind == "measure" and _plural(page, number, found):
        value, quantum = number.other or value, _ONE
    pointed = number.other is not None and what.kind == "measure" and number.scale == 1 and number.other < value
    if _singular(page, number, found) or (
        pointed and (_converted(page, number.start) or page.remember("pointed", lambda: _pointed(page)))
    ):
        value, quantum = number.other or value, (number.quantum or _ONE) / 1000
    name = page.text[page.tokens[found.start].start : page.tokens[found.end - 1].end]
    step = f"unit {name} = {what.code or 'unnamed'}" + (f" ({what.how})" if what.how else "")
    return Draft(
        number, start, end, value * what.factor, quantum * what.factor, what.kind, what.code, True, found, (*number.steps, step)
    )


def _needs_of(page: Page, number: Number) -> bool:
    """Whether the last word of a number leads to what it counts by "de" only ("millions", "dizaine", not "mille")."""
    lex, last = numerals(number.language), page.norm(number.end - 1)
    scale = lex.scale(last)
    return bool(lex.of) and (number.collective or last in lex.halves or (scale is not None and scale >= 10**6))


def _converted(page: Page, i: int) -> bool:
    """Whether the figure at token `i` tells in brackets what another with a decimal point said: "335.5 km/h (208.572 mph)"."""
    if page.norm(i - 1) != "(":
        return False
    points = (k for k in range(max(1, i - _BEFORE), i - 2) if page.norm(k) == "." and page.adjacent(k) and page.adjacent(k + 1))
    return any(page.kind(k - 1) == page.kind(k + 1) == "digits" and len(page.norm(k + 1)) < _PLACES for k in points)


def _pointed(page: Page) -> bool:
    """Whether an article writes decimals with a point and groups by spaces: "3.8 litres", "1 470 kg", so "5.793 km"."""
    points = groups = 0
    for i in range(1, len(page.tokens) - 1):
        if page.kind(i) == "digits" and page.kind(i - 1) == "digits":
            groups += len(page.norm(i)) == 3 > len(page.norm(i - 1)) - 1 and page.joined(i) and not page.adjacent(i)
        elif (
            page.norm(i) == "." and page.kind(i - 1) == page.kind(i + 1) == "digits" and page.adjacent(i) and page.adjacent(i + 1)
        ):
            part = page.norm(i + 1)
            points += len(part) < 3 and unit_at(page, i + 2) is not None and page.joined(i + 2)
    return points > 0 and groups > 0


def _singular(page: Page, number: Number, found: Found) -> bool:
    """Whether a singular unit tells that the mark is decimal after all: "1.695 mètre", not "1.500 EUR", which has no plural."""
    word, plural = page.norm(found.end - 1), words(page.languages[number.start]).plural
    small = number.other is not None and number.other < 2 < number.value and number.scale == 1
    if not small or len(word) < 3 or not word.isalpha() or not page.raw(found.end - 1).islower() or word.endswith(plural):
        return False
    return any(word + ending in units().names for ending in plural)  # not "1,000 feet", "1,000 percent"


def _plural(page: Page, number: Number, found: Found) -> bool:
    """Whether a unit in the plural tells that a round figure is grouped after all: "1,200 tonnes" are no 1.2 t."""
    word, plural = page.norm(found.end - 1), words(page.languages[number.start]).plural
    small = number.other is not None and number.scale == 1 and number.value < 2 < number.other and number.other % 100 == 0
    return small and any(word.endswith(ending) and word[: -len(ending)] in units().names for ending in plural)


def _with_noun(page: Page, number: Number) -> Draft | None:
    i = number.end
    of = (
        page.norm(i) in numerals(page.languages[min(i, len(page.languages) - 1)]).of and page.joined(i)
        if i < len(page.tokens)
        else False
    )
    if (some := _some_of(page, number)) is not None:
        return some
    if of and not number.of and number.value < 10**6:
        return None
    if not of and _needs_of(page, number):
        return None  # "15 millions escomptés": what is counted would follow "de"
    noun = counted(page, i + of, number.value, number.language if number.words else page.languages[number.start])
    if noun is None or (number.scale >= 1000 and page.norm(noun.end - 1) in words(page.languages[number.start]).money_nouns):
        return None
    time = unit_at(page, noun.end - 1) if noun.end - 1 > i + of else None
    if time is not None and time.unit.kind == "duration" and time.end == noun.end:  # "17 lange Jahre"
        return _with_unit(page, number, time, number.start, noun.end)
    value, quantum, other = number.value, number.quantum or _ONE, number.other
    if other is not None and number.scale == 1 and value < other:
        value, quantum = other, _ONE
    step = f"counted noun {noun.lemma}"
    return Draft(number, number.start, noun.end, value, quantum, "count", noun.lemma, True, None, (*number.steps, step))


def _some_of(page: Page, number: Number) -> Draft | None:
    """So many of those told: "trois | de ses | enfants", "drei | der | Männer"; not of so many ("15 des 95 élus")."""
    i, language = number.end, page.languages[number.start]
    if not page.joined(i) or (number.scale > 1 and not number.of) or number.fraction:
        return None
    for phrase, _ in words(language).some_of.get(page.norm(i), ()):
        end = i + len(phrase)
        if any(page.norm(i + k) != word for k, word in enumerate(phrase)) or not page.joined(end):
            continue
        if numbers.may_start(page.norm(end)) or (len(phrase) == 1 and not number.words):  # "l'acte 7 des manifestations"
            continue
        noun = counted(page, end, _MANY, language) if unit_at(page, end) is None else None
        if noun is not None and page.raw(end)[:1].islower() != words(language).capitals:
            step = f"counted noun {noun.lemma}"
            start, value, quantum = number.start, number.value, number.quantum or _ONE
            return Draft(number, start, noun.end, value, quantum, "count", noun.lemma, True, None, (*number.steps, step))
    return None


def attach(page: Page, number: Number, prefix: Found | None) -> Draft:
    """The number with the unit before or behind it, else with its noun, else alone."""
    number = _padded(page, number)
    if prefix is not None:
        return _with_unit(page, number, prefix, prefix.start, number.end)
    number = _sized_one(page, number)
    found = unit_after(page, number)
    if found is not None and (not number.one or _one_of(page, number, found)):
        return _grams(page, _subunit(page, _halved(page, _with_unit(page, number, found, number.start, found.end))))
    if number.one and page.norm(number.end) not in words(number.language).ones and not _by_time(page, number):
        return Draft(number, number.start, number.end, number.value, _ONE, "count", None, False, None, number.steps)
    noun = _with_noun(page, number)
    if noun is not None:
        return noun
    return Draft(number, number.start, number.end, number.value, number.quantum or _ONE, "count", None, False, None, number.steps)


def _by_time(page: Page, number: Number) -> bool:
    """Whether an article counts one, so many times: "un exemplaire | par semaine"."""
    over = number.end + 1
    if page.norm(over) not in words(number.language).per_by or not page.joined(over) or not page.joined(over + 1):
        return False
    found = unit_at(page, over + 1)
    return found is not None and found.unit.kind == "duration"


def _padded(page: Page, number: Number) -> Number:
    """The number with the approximator that parts it from what it counts: "a hundred | or so | people", "300|-odd"."""
    i, language = number.end, page.languages[number.start]
    for phrase, bound in words(language).within.get(page.norm(i), ()) if page.joined(i) else ():
        end = i + len(phrase)
        if any(page.norm(i + k) != word for k, word in enumerate(phrase)):
            continue
        tied = page.kind(i) == "sign"
        if tied and not (page.adjacent(i) and all(page.adjacent(k) for k in range(i + 1, end))):
            continue
        if (tied and len(phrase) > 1) or (page.joined(end) and not page.adjacent(end) and _told(page, end, language)):
            return number._replace(end=end, bound=bound)
    return number


def _told(page: Page, i: int, language: str) -> bool:
    """Whether a unit or a counted noun stands at token `i`."""
    return page.kind(i) == "word" and (unit_at(page, i) is not None or counted(page, i, _MANY, language) is not None)


def _sized_one(page: Page, number: Number) -> Number:
    """An article with the adjective behind it that says how large the one unit is: "une petite heure", "ein knappes Jahr".

    A good hour is a long one; a good year may be a happy one.
    """
    bound = words(number.language).sized.get(page.norm(number.end)) if number.one and page.joined(number.end) else None
    found = unit_at(page, number.end + 1) if bound and page.joined(number.end + 1) else None
    if found is None or found.unit.kind != "duration" or not _one_of(page, number, found):
        return number
    if bound == "about_above" and found.unit.code not in ("h", "min"):
        return number
    return number._replace(end=number.end + 1, bound=bound)


def _one_of(page: Page, number: Number, found: Found) -> bool:
    """Whether an article counts one of a unit: "un an", "d'un point de croissance", not "un point presse"."""
    if found.unit.kind == "points" and found.unit.factor == 1:
        lex, of = words(page.languages[number.start]), numerals(page.languages[number.start]).of
        named = page.norm(found.end) in of and page.norm(found.end + 1) in lex.points_of
        return found.end > found.start + 1 or named or any(page.norm(j) in lex.rises for j in page.back(number.start, 3))
    idioms = words(page.languages[number.start]).unit_idioms.get(page.norm(found.end), ())
    if any(all(page.norm(found.end + k) == w for k, w in enumerate(phrase)) for phrase, _ in idioms):
        return False  # "d'un mois à l'autre"
    lex = words(page.languages[number.start])
    told = page.kind(found.end) == "word" and page.joined(found.end) and page.norm(found.end) not in lex.stop | lex.wholes
    if page.norm(found.start) in lex.spans and told and page.norm(found.end) not in lex.per_by | lex.partitive:
        return False  # "une année noire"
    led = page.norm(found.end) in numerals(page.languages[number.start]).of
    if found.unit.code == "Cel" and page.norm(found.end) in lex.partitive and page.norm(found.end + 1) not in lex.degrees_of:
        return False  # "un degré de démolition"
    if found.unit.code == "mo" and led and page.norm(found.end + 1) in words(page.languages[number.start]).stop:
        return False  # "un mois de juillet"
    return found.unit.one and len(page.raw(found.start)) > 1


def _halved(page: Page, draft: Draft) -> Draft:
    """Adds a half behind the unit, to hours a quarter too: "deux ans et demi", "une heure et quart"."""
    i, lex = draft.end, numerals(page.languages[draft.start])
    if page.norm(i) not in lex.joiners or not page.joined(i) or draft.value % 1 or draft.number.scale > 1:
        return draft
    factor = draft.found.unit.factor if draft.found is not None else _ONE
    at = i + 1 + (page.norm(i + 1) in lex.articles)  # "an hour and | a half"
    if page.norm(at) in lex.halves:
        return replace(draft, value=draft.value + factor / 2, quantum=factor / 10, end=at + 1, steps=(*draft.steps, "and a half"))
    below = denominator(page, i + 1, lex.language) if draft.unit == "h" else None
    led = below is not None and below.end > i + 2
    if below is None or below.rank or (led and lex.of & {page.norm(below.end)}):
        return draft  # "une heure et trois quarts de"; yet "une heure et quart de retard"
    value, step = draft.value + below.part, f"and {page.raw(i + 1)}"
    return replace(draft, value=value, quantum=_QUARTER, end=below.end, steps=(*draft.steps, step))


def _subunit(page: Page, draft: Draft) -> Draft:
    """Adds the smaller unit behind a unit: "4 euros 50", "treize euros et quarante cents", "1 m 80", "2h30"."""
    i, number = draft.end, draft.number
    if (draft.unit not in _TOLD_ON and draft.kind != "money") or number.scale > 1 or draft.value % 1 or not page.joined(i):
        return draft
    short = draft.kind == "money" and page.kind(i - 1) == "word" and len(page.raw(i - 1)) <= _ABBREVIATED
    dotted = short and page.norm(i) == "." and page.adjacent(i) and page.kind(i + 1) == "digits"
    linked = dotted or page.norm(i) in numerals(page.languages[draft.start]).joiners  # "385 fr|. 40"
    part = _hundredths(page, i + linked, number.words)
    if part is None:
        return draft
    size, end = part
    found = unit_at(page, end) if page.joined(end) else None
    same = found is not None and found.unit.factor == Decimal("0.01") and found.unit.kind == draft.kind == "money"
    if (found is not None and not same) or (linked and not same and not dotted):
        return draft
    if found is None and (
        page.norm(end) in ("%", "/", "-") or _decimal(page, end) or _followed(page, end, number.language) or draft.value > 1000
    ):
        return draft
    value = draft.value + (size / 60 if draft.unit in _SIXTIETHS else size / 100)
    value = value.quantize(Decimal("0.0001")).normalize() if draft.unit in _SIXTIETHS else value
    step = f"and {size:f} {'sixtieths' if draft.unit in _SIXTIETHS else 'hundredths'}"
    return replace(
        draft, value=value, quantum=Decimal("0.01"), end=found.end if same and found else end, steps=(*draft.steps, step)
    )


def _grams(page: Page, draft: Draft) -> Draft:
    """Adds the three digits of grams behind a kilogram, of metres behind a kilometre: "un bébé de 3 kg 200", "1 km 200"."""
    i, grams = draft.end, page.norm(draft.end)
    whole = draft.unit in _THOUSANDFOLD and draft.number.scale == 1 and not draft.value % 1
    if not whole or page.kind(i) != "digits" or len(grams) != _PLACES:
        return draft
    end = i + 1
    goes_on = _decimal(page, end) or page.norm(end) in ("%", "/", "-") or _told(page, end, page.languages[draft.start])
    if not page.joined(i) or (page.joined(end) and goes_on):
        return draft
    value, steps = draft.value + Decimal(grams) / 1000, (*draft.steps, f"and {grams} thousandths")
    return replace(draft, value=value, quantum=Decimal("0.001"), end=end, steps=steps)


def _decimal(page: Page, i: int) -> bool:
    """Whether a comma at token `i` goes on to decimals."""
    return page.norm(i) == "," and page.adjacent(i) and page.adjacent(i + 1) and page.kind(i + 1) == "digits"


def _hundredths(page: Page, i: int, in_words: bool) -> tuple[Decimal, int] | None:
    """Two digits, or a number word below a hundred, at token `i`, with the index after it."""
    if i >= len(page.tokens) or not page.joined(i):
        return None
    if page.kind(i) == "digits":
        alone = len(page.norm(i)) == 2 and not (
            page.norm(i + 1) in (",", ".") and page.adjacent(i + 1) and page.kind(i + 2) == "digits" and page.adjacent(i + 2)
        )
        return (Decimal(page.norm(i)), i + 1) if alone else None
    number = numbers.read(page, i) if in_words and numbers.may_start(page.norm(i)) else None
    if number is None or number.quantum is None or not number.words or number.one or not 1 <= number.value < 100 or number.of:
        return None
    return number.value, number.end


def _followed(page: Page, i: int, language: str) -> bool:
    """Whether something is counted by the number that ends before token `i`."""
    return page.joined(i) and counted(page, i, Decimal(2), language) is not None


def signed(page: Page, draft: Draft) -> Draft:
    """The sign written before it: always one that touches, a spaced one only before % and °, the word "moins" before °."""
    i, degrees = draft.start, draft.unit in ("Cel", "[degF]")
    if degrees and draft.value > 0 and _below_zero(page, draft.end):
        return replace(draft, value=-draft.value, steps=(*draft.steps, "below zero"))
    if i == 0 or page.line_start(i):
        return draft
    sign, touching = page.norm(i - 1), page.adjacent(i)
    if sign in _PLUS and not (page.adjacent(i - 1) and page.kind(i - 2) in ("word", "digits")):
        return replace(draft, start=i - 1)
    free = i == 1 or not page.adjacent(i - 1) or page.norm(i - 2) in ("(", "«", '"', "“", "„", ":")
    if sign in _MINUS and free and not draft.number.words:
        spaced = (draft.kind in _SIGNED or degrees) and not page.line_start(i - 1)
        alone = page.line_start(i - 1) and page.line_end(draft.end)
        if (touching and (sign != "–" or draft.named)) or (
            not touching and (alone or (spaced and not _closing_dash(page, draft.end)))
        ):
            return replace(draft, start=i - 1, value=-draft.value, steps=(*draft.steps, "negative"))
    if sign in words(page.languages[i]).ranges["negative"]:
        return replace(draft, value=-draft.value, steps=(*draft.steps, "negative"))
    if degrees and sign in words(page.languages[i]).ranges["minus"] and bound_before(page, i, page.languages[i]) is None:
        return replace(draft, start=i - 1, value=-draft.value, steps=(*draft.steps, "negative"))
    return draft


def _below_zero(page: Page, i: int) -> bool:
    """Whether the words from token `i` on say that degrees are negative: "12 degrés | sous zéro", "12 Grad | minus"."""
    below = words(page.languages[i]).ranges["below"] if i < len(page.tokens) and page.joined(i) else ()
    return any(all(page.norm(i + k) == word for k, word in enumerate(phrase.split())) for phrase in below)


def _closing_dash(page: Page, end: int) -> bool:
    """Whether a spaced dash follows on the line: then the first one opened a parenthesis and is no minus."""
    for j in range(end, min(end + 15, len(page.tokens))):
        if page.line_start(j):
            return False
        if page.norm(j) in DASHES and not page.adjacent(j) and not page.adjacent(j + 1):
            return True
    return False
