"""How quantities lean on one another: ranges, a before and an after, shared units, magnitudes carried by ellipsis."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.grammar import numbers
from pipeline.grammar.bounds import bound_before
from pipeline.grammar.drafts import DASHES, Draft, attach, signed
from pipeline.grammar.measures import currency_before, great_enough
from pipeline.grammar.nouns import is_plural
from pipeline.grammar.page import Page
from pipeline.grammar.wordlists import words

_MINUS = frozenset("-−")
_QUOTES = frozenset('"«“„')
_SPANNING = frozenset(("duration", "measure"))  # kinds of which "20 minutes à 30 minutes" is a range
_PARTED = frozenset(("duration", "money", "measure", "percent"))  # kinds whose part has their unit
_TIGHT = frozenset(("dash", "slash"))
_RANGING = frozenset(("dash", "to"))
_ONE = Decimal(1)
_GAP = (3, 4)  # tokens from one figure to the next past its bearer: "et la mère"
_ASIDE = 8  # tokens of a parenthesis between a figure and its magnitude
_TAKEN_UP, _PRONOUN = 40, 6  # tokens from an amount to the figure that a pronoun leads to, and from the pronoun to that
_GREAT_FACTOR, _LEAST, _FEW = 1000, 50, 20
_AFAR = 14  # tokens between two figures of which a word says that the one comes of the other
_GREAT = 10**6
_PAIR = 6  # tokens between two figures that share a unit
_MOST = 3  # times the lower end that the upper one is, where both are said in hundreds or thousands


def _number_at(page: Page, i: int, floor: int, money: bool = False) -> Draft | None:
    """The quantity whose number (or currency sign) starts at token `i`, unbounded and unrefused.

    `money` says that it is an amount.
    """
    if i >= len(page.tokens) or not page.joined(i):
        return None
    prefix = None
    if page.kind(i) in ("sign", "word") and page.kind(i + 1) == "digits":
        prefix = currency_before(page, i + 1, max(floor, i))
    elif page.kind(i) == "word" and page.kind(i + 1) == "sign" and page.kind(i + 2) == "digits":
        prefix = currency_before(page, i + 2, max(floor, i))
    at = i if prefix is None else prefix.end
    number = numbers.read(page, at, money or prefix is not None)
    if number is None or number.quantum is None or (prefix is not None and not great_enough(page, prefix, number.scale)):
        return None
    return attach(page, number, prefix)


def _carried(first: Draft, last: Draft) -> Draft:
    """`first` with the magnitude and unit of `last`, where it has none of its own ("de 10 à 12 millions")."""
    number = first.number
    scale = last.number.scale if number.scale == 1 and number.value < 1000 and number.value <= last.number.base else _ONE
    if first.named:
        return first
    factor = last.found.unit.factor if last.found is not None and last.kind not in ("count",) else _ONE
    steps = (*first.steps, f"magnitude carried = {scale:,}".replace(",", " ")) if scale > 1 else first.steps
    return replace(
        first,
        number=number._replace(scale=scale),
        value=first.value * scale * factor,
        quantum=first.quantum * scale * factor,
        kind=last.kind,
        unit=last.unit,
        named=last.named,
        steps=steps,
    )


def _short(first: Draft, last: Draft) -> Decimal:
    """By how much the lower end of a range was said short: "deux à trois cents", "entre 200 et 300 000"."""
    low, high = first.number, last.number
    plain = low.words == high.words and low.scale == high.scale == 1 and not low.fraction and not low.collective
    if not plain or first.named or low.one or low.value % 1 or low.value != first.value:
        return _ONE
    size = Decimal(100) if low.words else Decimal(1000)
    top = high.value / size
    said = low.value < 10 and top < 10 if low.words else high.end > high.start + 1 and low.end == low.start + 1
    return size if said and not top % 1 and low.value < top <= _MOST * low.value else _ONE


def _lengthened(first: Draft, last: Draft) -> Draft:
    """The lower end of a range, in full where it was said short."""
    size = _short(first, last)
    if size == _ONE:
        return first
    value, number = first.value * size, first.number._replace(value=first.value * size)
    return replace(first, value=value, quantum=first.quantum * size, number=number, steps=(*first.steps, f"said in {size:f}s"))


def _opened(first: Draft) -> bool:
    """Whether a currency stands before the number."""
    return first.kind == "money" and first.start < first.number.start and first.end == first.number.end


def _prefixed(page: Page, first: Draft, last: Draft) -> tuple[Draft, Draft]:
    """The two ends of a range whose currency stands before the first alone: "£5-7m", "$10 to 15 billion"."""
    if not _opened(first) or last.kind != "count" or (last.named and last.number.scale == 1):
        return first, last
    scale = last.number.scale if first.number.scale == 1 and first.number.value < last.number.base else _ONE
    first = _times(first, scale) if scale > 1 else first
    unit = first.found.unit.factor if first.found is not None else _ONE
    money = replace(last, value=last.value * unit, kind="money", unit=first.unit, named=True, end=last.number.end)
    return first, replace(money, steps=(*last.number.steps, "unit carried"))


def _alike(a: Draft, b: Draft) -> bool:
    return a.kind == b.kind and (a.unit == b.unit or a.unit is None or b.unit is None)


def _changing(page: Page, i: int, language: str, how: str = "change") -> bool:
    """Whether a verb of change governs "de A à B" at token `i`."""
    change = words(language).ranges[how]
    return any(page.norm(j) in change for j in page.back(i, 12))


def _connector(page: Page, j: int, language: str) -> str | None:
    """What joins two numbers at token `j`: "dash", "to", "or", "and"."""
    if j >= len(page.tokens) or not page.joined(j):
        return None
    word, ranges = page.norm(j), words(language).ranges
    if word in DASHES:
        return "dash"
    if word == "/" and page.adjacent(j) and page.adjacent(j + 1):
        return "slash"  # "1.600/1.800 m"
    for name in ("to", "or", "and"):
        if word in ranges[name]:
            return name
    return None


def _second(page: Page, first: Draft, language: str) -> tuple[str, Draft] | None:
    """The number that a range goes on with, and how it is joined."""
    joined = _connector(page, first.end, language)
    if joined is None:
        return None
    at = first.end + 1
    if joined == "dash" and _tied(page, at, language):
        joined, at = "to", at + 1
    bound = None if joined in _TIGHT else _skip_bound(page, at, language)
    at = bound if bound is not None else at
    signed_next = page.norm(at) in _MINUS and page.adjacent(at + 1) and page.kind(at + 1) == "digits"
    negative = signed_next and joined not in _TIGHT
    if joined not in _TIGHT and page.norm(at) == "+" and page.adjacent(at + 1) and page.kind(at + 1) == "digits":
        at += 1  # "de +0,1 % à +0,4 %"
    last = _number_at(page, at + negative, at, _opened(first))
    if last is not None and negative:
        last = replace(last, start=at, value=-last.value)
    if (
        last is None
        or (last.number.one and not last.named)
        or not page.free(page.tokens[last.start].start, page.tokens[last.end - 1].end)
    ):
        return None
    return joined, last


def _tied(page: Page, i: int, language: str) -> bool:
    """Whether a hyphen before token `i` only stands for what the two numbers share: "zehn- | bis zwölftausend"."""
    return page.adjacent(i - 1) and not page.adjacent(i) and page.norm(i) in words(language).ranges["to"]


def _skip_bound(page: Page, i: int, language: str) -> int | None:
    """Index after an approximator at token `i` ("entre 3 et | près de | 5")."""
    for j in range(i + 1, min(i + 4, len(page.tokens))):
        found = bound_before(page, j, language)
        if found is not None and found.start == i:
            return j
    return None


def span(page: Page, first: Draft, language: str) -> tuple[Draft, Draft, bool] | None:
    """The two ends of a range that begins with `first`, and whether it is a range rather than a before and an after."""
    found = _second(page, first, language)
    if found is None:
        return None
    if first.start == first.number.start and (first.bare or first.kind in ("percent", "points")):
        first = signed(page, first)
    joined, last = found
    if joined in _RANGING:
        first, last = _prefixed(page, first, last)
    ranges, before = words(language).ranges, _word_before(page, first, language)
    if page.norm(first.end) not in ranges["onto"] and not _changing(page, first.start, language):
        first = _lengthened(first, last)
    carried = _carried(first, last)
    between = before in ranges["between"]
    figures = between and joined == "and" and not first.number.words and not last.number.words  # "entre 600 et 700 à venir"
    if not _alike(carried, last) or (not last.named and last.number.scale == 1 and not (figures or (first.named and between))):
        return None
    if first.named and not last.named:
        last = _carried(last, first)
    rising = carried.value < last.value
    if joined == "and":
        return (carried, last, True) if before in ranges["between"] and (rising or carried.value < 0) else None
    if joined == "or":
        return (carried, last, True) if rising and not first.named else None
    if joined == "slash" and not (
        last.named and (last.kind != "count" or 100 <= carried.value <= last.value <= _MOST * carried.value)
    ):
        return None  # "1 500/2 000 manifestants", no score
    if joined in _TIGHT:
        tight = page.adjacent(first.end) == page.adjacent(first.end + 1)
        signs = first.kind == "money" and first.start < first.number.start  # "£5-7m", "$3bn-$4bn"
        units = first.kind in _SPANNING | {"money"} and first.unit == last.unit and first.found is not None and joined == "dash"
        return (carried, last, True) if rising and tight and (not first.named or signs or units) else None
    by = rising and ranges["falling"] and _changing(page, first.start, language, "falling") and joined == "to"
    if by and before in ranges["from"] and last.named and not first.named:
        return carried, last, True  # "abaissé de 20 à 25 mm": by so much
    opened = before in ranges["from"] | (ranges["spanned"] if first.named else frozenset())
    if page.norm(first.end) in ranges["onto"] or (opened and (not rising or _changing(page, first.start, language))):
        return carried, last, False
    signs = first.start < first.number.start and last.kind == "money"  # "$3bn to $4bn"
    percents = last.kind == "percent" and carried.value * _MOST >= last.value
    spanning = joined == "to" and (last.kind in _SPANNING or signs or percents) and not _changing(page, first.start, language)
    if first.named and not opened and not spanning:
        return None
    return (carried, last, True) if rising else None


def _word_before(page: Page, first: Draft, language: str) -> str:
    bound = bound_before(page, first.start, language)
    i = first.start if bound is None else bound.start
    if bound is None and page.norm(i - 1) in _QUOTES and page.adjacent(i):
        i -= 1  # 'entre "8 et 10 milliards"'
    return page.norm(i - 1) if i > 0 else ""


def _led(page: Page, i: int, phrases: frozenset[str]) -> bool:
    """Whether one of `phrases` ends right before token `i` ("dont", "of which")."""
    return any(all(page.norm(i - 1 - k) == w for k, w in enumerate(reversed(phrase.split()))) for phrase in phrases)


def _leads(page: Page, i: int, phrase: str) -> bool:
    """Whether `phrase` starts at token `i`."""
    return all(page.norm(i + k) == word for k, word in enumerate(phrase.split()))


def _firm(page: Page, found: Draft, previous: Draft) -> bool:
    """Whether what stands behind a part of a sentence only says that it is to be served: "trois ans, dont deux fermes"."""
    lex = words(page.languages[found.start])
    served = found.kind == "count" and found.named and page.norm(found.number.end) in lex.served
    return served and previous.kind == "duration" and _led(page, found.start, lex.ranges["including"])


def _times(found: Draft, scale: Decimal) -> Draft:
    """A draft with the magnitude of another one."""
    return replace(
        found,
        value=found.value * scale,
        quantum=found.quantum * scale,
        number=found.number._replace(scale=scale),
        steps=(*found.steps, f"magnitude carried = {scale:,}".replace(",", " ")),
    )


def _paired(page: Page, found: Draft, previous: Draft) -> bool:
    """Whether two figures of one thing are told for two dates, the first with its unit: "1,2 % en 2025 et 1,5 en 2026"."""
    if not found.bare or previous.kind != "percent" or found.value % 1 == 0 or found.start - previous.end > _PAIR:
        return False
    before = page.norm(found.start - 1)
    linked = before == "," or before in words(page.languages[found.start]).ranges["list"]
    if not linked or found.end + 1 >= len(page.tokens):
        return False
    after = (page.tokens[found.end].start, page.tokens[found.end + 1].end)
    return not page.free(*after) and not page.free(page.tokens[previous.end - 1].end, page.tokens[found.start].start)


def _gapped(page: Page, found: Draft, previous: Draft) -> bool:
    """Whether a second bearer has a figure of the unit told of the first: "l'un gagne 2.000 euros et la mère 4.000,"."""
    lex, between = words(page.languages[found.start]), found.start - previous.end
    same = found.bare and previous.named and previous.kind in _PARTED and not found.number.words and previous.number.scale == 1
    if not same or not _GAP[0] <= between <= _GAP[1] or page.kind(found.start - 1) != "word":
        return False
    led = page.norm(previous.end) in lex.ranges["and"] and page.norm(previous.end + 1) in lex.articles
    near = previous.value / 10 <= found.value <= previous.value * 10
    return led and near and page.kind(found.end) == "sign" and page.norm(found.start - 1) not in lex.stop


def _dimensioned(page: Page, found: Draft, previous: Draft) -> bool:
    """Whether a bare figure is one more dimension of a thing: "12 mètres de long sur 5 | de large", "2 m high and 5 | wide"."""
    lex = words(page.languages[found.start])
    at = found.end + (page.norm(found.end) in lex.partitive)
    near = found.start - previous.end <= _PAIR and previous.kind == "measure" and not found.number.collective
    return near and found.bare and page.joined(found.end) and page.norm(at) in lex.dimensions


def _labelled(page: Page, found: Draft, previous: Draft) -> bool:
    """Whether brackets behind a quantity tell the same of what their label says: "5,9 Prozent (Vormonat: 6,0)"."""
    opened = page.norm(previous.end) == "(" and page.norm(found.start - 1) == ":"
    close = found.start - previous.end <= _PAIR and page.norm(found.end) in (")", ",", ";")
    return opened and close and found.bare and previous.named and previous.kind in _PARTED and not found.number.words


def _taken_up(page: Page, found: Draft, previous: Draft) -> bool:
    """Whether a pronoun takes up the millions told last: "le stade coûte 62 millions d'euros. La Région en apporte | douze".

    Nothing else in the plural stands between that it could mean.
    """
    lex, one = words(page.languages[found.start]), found.number.one
    great = (previous.kind == "money" or not previous.named) and previous.number.scale >= _GREAT
    if not great or not found.bare or one or found.value >= _GREAT_FACTOR or found.start - previous.end > _TAKEN_UP:
        return False
    pronoun = next((k for k in range(found.start - 1, found.start - _PRONOUN, -1) if page.norm(k) in lex.taking_up), None)
    plain = pronoun is not None and all(page.kind(k) == "word" and page.joined(k + 1) for k in range(pronoun, found.start))
    ratio = found.value / previous.number.base if previous.number.base else _ONE
    if pronoun is None or not plain or ratio * _LEAST < 1 or ratio > _FEW or page.line_start(found.start):
        return False
    after = page.norm(found.end)
    ends = (
        page.kind(found.end) != "word"
        or after in lex.stop
        or not page.free(page.tokens[found.end].start, page.tokens[found.end].end)
    )
    between = (page.norm(k) for k in range(previous.end, pronoun) if page.kind(k) == "word")
    return ends and not any(is_plural(word, lex) and word not in lex.stop | lex.verbal for word in between)


def _arrived(page: Page, found: Draft, previous: Draft) -> bool:
    """Whether a figure of a magnitude is what one before it has come to: "de 76 milliards de tonnes, avant 2012, à 219"."""
    ranges = words(page.languages[previous.start]).ranges
    alike = previous.named and found.number.scale == previous.number.scale >= _GREAT
    before = _word_before(page, found, page.languages[found.start])
    led = before in ranges["to"] and page.norm(previous.start - 1) in ranges["from"]
    return alike and led and _changing(page, previous.start, page.languages[previous.start])


def _amounting(page: Page, found: Draft, previous: Draft, phrases: frozenset[str]) -> bool:
    """Whether a figure of a magnitude is what an amount of money adds up to: "300 000 euros chacun, ce qui fait 2,4 millions"."""
    return previous.kind == "money" and found.number.scale >= _GREAT and _led(page, found.start, phrases)


def elliptic(page: Page, found: Draft, previous: Draft | None) -> Draft:
    """Carries the magnitude of the quantity before: "12 millions de morts, dont 3", "12 milliards, contre 10"."""
    if previous is not None and _firm(page, found, previous):
        found = replace(found, end=found.number.end, unit=None, named=False, steps=found.number.steps)
    if previous is None or found.named or page.norm(previous.end) == ")":
        return found  # "600.000 (soit 12 %) contre 400.000"
    lex = words(page.languages[found.start]).ranges
    gap = found.start - previous.end
    within = _led(page, found.start, lex["including"])
    if found.number.words and found.number.one and not (within and previous.kind == "duration"):
        return found  # "quatre ans de prison, dont un avec sursis"
    if _led(page, found.start, lex["against"]) and gap <= 6 and (previous.kind != "count" or previous.number.scale >= 10**6):
        scaled = _carried(found, previous)
        if previous.number.scale >= 10**6 and scaled.number.scale == 1 and found.value < 1000:
            scaled = _times(found, previous.number.scale)  # "15 millions d'euros, contre 22"
        return replace(scaled, kind=previous.kind, unit=previous.unit, named=True, steps=(*scaled.steps, "unit carried"))
    part = found.bare and previous.number.scale == 1 and found.value < previous.value and previous.kind in _PARTED
    if within and part and gap <= 6 and previous.named:  # "dix-huit mois de prison, dont six avec sursis"
        return replace(_carried(found, previous), steps=(*found.steps, "unit carried"))
    if gap <= _AFAR and (_arrived(page, found, previous) or _amounting(page, found, previous, lex["amounting"])):
        return replace(found, kind=previous.kind, unit=previous.unit, named=True, steps=(*found.steps, "unit carried"))
    money = previous.kind == "money" and found.number.scale > 1 and not found.named and within
    if money and gap <= 12:
        return replace(found, kind="money", unit=previous.unit, named=True, steps=(*found.steps, "unit carried"))
    raised = page.norm(found.start - 1) in lex["even"] and found.bare and previous.named and previous.kind in _PARTED
    if raised and gap <= 3:
        return replace(_carried(found, previous), steps=(*found.steps, "unit carried"))  # "quinze jours, voire trente"
    if _taken_up(page, found, previous):
        carried = _times(found, previous.number.scale)
        kind, unit, named = previous.kind, previous.unit, previous.named
        return replace(carried, kind=kind, unit=unit, named=named, steps=(*carried.steps, "unit carried"))
    if _gapped(page, found, previous) or _dimensioned(page, found, previous) or _labelled(page, found, previous):
        return replace(_carried(found, previous), steps=(*found.steps, "unit carried"))
    if _paired(page, found, previous):
        return replace(_carried(found, previous), steps=(*found.steps, "unit carried"))
    if within and gap <= 12 and previous.number.scale >= 10**6 and found.value < 1000:
        carried = _times(found, previous.number.scale)
        return replace(carried, kind="money", unit=previous.unit, named=True) if previous.kind == "money" else carried
    return found


def set_against(page: Page, found: Draft, previous: Draft) -> bool:
    """Whether a quantity stands against the one before: "4 h 12 | au lieu de | 3 h 05"."""
    return found.start - previous.end <= _PAIR and _led(page, found.start, words(page.languages[found.start]).ranges["against"])


def _listed(page: Page, i: int, found: Draft) -> bool:
    """Whether a number of one token, in digits or words as `found`, goes on a list at token `i`: "quatre, cinq, sept"."""
    if not found.number.words:
        return page.kind(i) == "digits" and not page.adjacent(i)
    number = numbers.read(page, i) if page.joined(i) and numbers.may_start(page.norm(i)) else None
    return number is not None and number.words and number.end == i + 1 and not number.one


def _parenthesis(page: Page, found: Draft) -> int | None:
    """Index after the parenthesis that follows a figure, or that it closes behind another figure."""
    if page.norm(found.end) == "(":
        return next((k + 1 for k in range(found.end, found.end + _ASIDE) if page.norm(k) == ")"), None)
    if page.norm(found.end) != ")":
        return None
    opened = next((k for k in range(found.start - 1, found.start - _ASIDE, -1) if page.norm(k) == "("), 0)
    return found.end + 1 if opened > 0 and page.kind(opened - 1) == "digits" else None


def resumed(page: Page, found: Draft) -> Draft:
    """A bare figure with the magnitude and unit behind a parenthesis: "4,5 (Vorjahr: 4,1) Milliarden Euro"."""
    at = _parenthesis(page, found) if found.bare and not found.number.words and not found.number.collective else None
    number = numbers.resumed(page, found.number, at) if at is not None else None
    if number is None:
        return found
    whole = attach(page, number, None)
    return replace(whole, start=found.start, end=found.end, steps=(*whole.steps, "past the parenthesis"))


def _opposed(page: Page, found: Draft, last: Draft, previous: Draft | None) -> bool:
    """Whether a figure stands against a count before it, not beside one behind: "289 voix | contre 213 | et 41 blancs"."""
    counts = previous is not None and previous.kind == "count" and previous.named and previous.unit != last.unit
    return counts and _led(page, found.start, words(page.languages[found.start]).ranges["against"])


def shared(page: Page, found: Draft, language: str, previous: Draft | None = None) -> Draft:
    """A bare number before "et" and another with a unit shares that unit: "âgés de 12 et 15 ans".

    `previous` is the quantity before it.
    """
    if not found.bare or found.number.one:
        return found
    at, links, commas = found.end, words(language).ranges["list"], 0
    while commas < 4 and page.norm(at) == "," and _listed(page, at + 1, found):
        at, commas = at + 2, commas + 1  # "30, 32 et 35 ans"
    turned = words(language).ranges["instead"]
    if page.norm(found.start - 1) in words(language).denials:
        turned |= words(language).ranges["corrected"]
    if page.norm(at) == "," and (page.norm(at + 1) in links or any(_leads(page, at + 1, phrase) for phrase in turned)):
        at += 1
    if instead := max((phrase for phrase in turned if _leads(page, at, phrase)), key=len, default=None):
        last = _number_at(page, at + len(instead.split()), at)  # "50 au lieu de 30 jours"
    elif page.norm(at) in links:
        last = _number_at(page, at + 1, at + 1)
    else:  # "700, 800, 900 euros"
        last = (
            _number_at(page, at - 1, at - 1)
            if commas > 1 or (commas and found.start > 1 and page.norm(found.start - 1) == ",")
            else None
        )
    if last is None or not last.named or last.number.words != found.number.words or last.number.one:
        return found
    if _opposed(page, found, last, previous):
        return found
    return replace(_carried(found, last), steps=(*found.steps, "unit shared"))
