"""A number where it stands, in digits or in words, with its magnitude: "13,8 milliards", "25 Mds", "deux tiers"."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.grammar.denominators import denominator
from pipeline.grammar.figures import Figure, read_figure, vulgar
from pipeline.grammar.nouns import is_plural
from pipeline.grammar.numerals import HYPHENS, Numeral, read_number
from pipeline.grammar.numerals import collective as read_collective
from pipeline.grammar.page import Page
from pipeline.grammar.units import units
from pipeline.grammar.vocabulary import Numerals, numerals
from pipeline.grammar.wordlists import words
from pipeline.lexicon import LANGUAGES

_ONE = Decimal(1)
_EVEN = frozenset("-–—")  # no cents: "35,-"
_HUGE = Decimal(10) ** 24
_QUOTES = frozenset("\"'«“„")
_LONG_WORD = 7  # German writes numbers from here on in one word


class Number(NamedTuple):
    """A number from token `start` to before token `end`; `value` is `base` times `scale`, as far as figures go.

    `quantum` None marks digits that are no number and are to be skipped whole. `other` is the value under the other
    reading of its decimal mark. `language` is the one whose words it uses.
    """

    value: Decimal
    quantum: Decimal | None
    start: int
    end: int
    base: Decimal
    scale: Decimal
    language: str
    words: bool = False
    collective: bool = False
    of: bool = False  # "de" may lead to what is counted ("deux millions d'euros")
    one: bool = False  # an article read as 1
    fraction: bool = False
    other: Decimal | None = None
    bound: str | None = None  # what an adjective within it says ("une bonne centaine")
    steps: tuple[str, ...] = ()


def refused(start: int, end: int, language: str) -> Number:
    """Digits that are no number."""
    return Number(Decimal(0), None, start, end, Decimal(0), _ONE, language)


@cache
def triggers() -> Mapping[str, tuple[str, ...]]:
    """Words that may begin a number, with the languages in which they do."""
    out: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        lex, around = numerals(language), words(language)
        alone = {w for w, (kind, value) in lex.words.items() if kind != "magnitude" or value == 1000}
        begins = alone | lex.halves | around.alone | around.alone_of | around.every | around.single
        for word in begins | (lex.articles if lex.articles else set()):
            out[word] = (*out.get(word, ()), language)
    out.update(dict.fromkeys("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞", LANGUAGES))
    return out


def language_of(page: Page, i: int, offered: tuple[str, ...]) -> str:
    """Among the languages `offered` the one of token `i`, else the first."""
    return page.languages[i] if page.languages[i] in offered else offered[0]


def _by_own_first(language: str) -> tuple[str, ...]:
    return (language, *(other for other in LANGUAGES if other != language))


def _magnitude_word(page: Page, j: int, language: str, value: Decimal) -> tuple[Decimal, str] | None:
    """The magnitude word at token `j` behind `value`, in the sentence's own language before another."""
    if page.kind(j) != "word" or not page.joined(j):
        return None
    found = [(scale, each) for each in _by_own_first(language) if (scale := numerals(each).scale(page.norm(j))) is not None]
    if not found:
        return None
    first = found[0]
    if _unit_here(page, j, first[1]) and not _money_at(page, j + 1):
        return None
    if value >= 2 and page.norm(j) in words(first[1]).singles:
        return next((other for other in found if other[0] != first[0]), first)  # "12 billion" is no French: it writes "billions"
    return first


def _unit_here(page: Page, j: int, language: str) -> bool:
    """Whether what is a magnitude in another language is a unit in that of token `j`: "45 mn" are minutes in French."""
    return language != page.languages[j] and page.raw(j) in units().symbols


def _money_at(page: Page, j: int) -> bool:
    """Whether a currency's symbol or name stands at token `j`, perhaps after "de"."""
    if j >= len(page.tokens) or not page.joined(j):
        return False
    found = units()
    if page.norm(j) in numerals(page.languages[j]).of:
        return any(e.unit.kind == "money" for e in found.names.get(page.norm(j + 1), ())) or page.raw(j + 1) in found.symbols
    return any(e.unit.kind == "money" for e in found.symbols.get(page.raw(j), ()) + found.names.get(page.norm(j), ()))


def _magnitude_symbol(page: Page, j: int, language: str, money: bool) -> tuple[Decimal, str, int] | None:
    """An abbreviated magnitude at token `j` ("Mds", "Mio.", "bn"); a letter alone needs money near, or touches the figure."""
    if page.kind(j) != "word" or not page.joined(j):
        return None
    raw = page.raw(j)
    for each in _by_own_first(language):
        scale = words(each).symbols.get(raw)
        if scale is None or (_unit_here(page, j, each) and not (money or _money_at(page, j + 1))):
            continue
        end = j + 1
        if page.norm(end) == "." and page.adjacent(end) and page.joined(end + 1) and not page.line_end(end + 1):
            ends = page.raw(end + 1)[:1].isupper() and not words(page.languages[j]).capitals  # "sales of €1.9bn. Entry is free"
            end += 1 if len(raw) > 1 and page.kind(end + 1) in ("word", "sign") and not ends else 0
        own = each == page.languages[j]
        letter = (scale == 1000 and (page.adjacent(j) or page.line_end(end))) or (own and raw.isupper() and page.adjacent(j))
        counts = page.adjacent(j) and _counts(page, end, raw, each)
        of = raw.isupper() and page.norm(end) in numerals(each).of and _counts(page, end + 1, raw, each)  # "3 M de vues"
        plain = len(raw) > 1 or letter or (own and (counts or of or _styled(page, j, raw, each)))
        if plain or money or _money_at(page, end):
            return scale, each, end
    return None


def _counts(page: Page, i: int, letter: str, language: str) -> bool:
    """Whether a plural at token `i` tells that the letter before it is a magnitude: "1.3m tickets", not "5m waves"."""
    lex = words(language)
    i += page.norm(i) in lex.adjectives - lex.lengthwise
    word = page.norm(i)
    if letter not in lex.letters or not page.joined(i) or page.kind(i) != "word":
        return False
    return word not in lex.stop | lex.lengthwise and page.norm(i + 1) not in lex.lengthwise and is_plural(word, lex)


def _styled(page: Page, j: int, letter: str, language: str) -> bool:
    """Whether the letter at token `j` is a magnitude by the style of its text: "34m a month" of users, where sums are "$5m".

    Those that it counts are named before it in the paragraph, and nothing near it tells a length.
    """
    lex = words(language)
    if letter not in lex.letters or not page.adjacent(j) or not _writes(page, letter):
        return False
    near = {page.norm(k) for k in range(j - _NEAR, j + _NEAR)}
    return not near & (lex.lengthwise | lex.distances) and any(page.norm(k) in lex.crowds for k in page.paragraph(j, _TOLD))


def of_people(page: Page, number: Number) -> bool:
    """Whether a figure is of people named before it, by its letter alone: "34m a month" of users."""
    at = number.end - 1
    return not number.words and _styled(page, at, page.raw(at), number.language)


def _writes(page: Page, letter: str) -> bool:
    """Whether the text writes sums with a letter for the magnitude: "$5m"."""

    def sums() -> bool:
        symbols = units().symbols
        return any(
            page.raw(i) == letter
            and page.adjacent(i)
            and any(e.unit.kind == "money" for k in (i - 2, i - 4) for e in symbols.get(page.raw(k), ()))
            for i in page.places(frozenset((letter,)))
        )

    return page.remember(("writes", letter), sums)


_NEAR = 6  # tokens around a figure in which a length is told
_TOLD = 60  # tokens before a figure, in its paragraph, in which those that it counts are named


def resumed(page: Page, number: Number, at: int) -> Number | None:
    """A figure with the magnitude that stands at token `at`, past a parenthesis; None where none stands there."""
    found = _magnitude_word(page, at, number.language, number.value)
    if found is None or found[0] < 10**6 or number.scale > 1 or number.value * found[0] > _HUGE:
        return None
    return _times(number, found[0], at + 1, page.raw(at), found[1])


def _hyphened(page: Page, number: Number, money: bool) -> Number:
    """`number` times the magnitude in a compound with its unit: "a 400-million-euro line", "a $5-million deal"."""
    at = number.end + 1
    tight = page.norm(at - 1) in HYPHENS and page.adjacent(at - 1) and page.adjacent(at)
    goes_on = money or (page.norm(at + 1) in HYPHENS and page.adjacent(at + 1))
    found = _magnitude_word(page, at, number.language, number.value) if tight and goes_on else None
    if found is None or found[0] < 10**6 or number.value * found[0] > _HUGE:
        return number
    return _times(number, found[0], at + 1, page.raw(at), found[1])


def _scaled(page: Page, number: Number, money: bool) -> Number:
    """`number` times the magnitudes that follow it."""
    number = _hyphened(page, number, money)
    for _ in range(2):
        found = _magnitude_word(page, number.end, number.language, number.value)
        if found is None:
            break
        scale, language = found
        if number.value * scale > _HUGE:
            break
        if language != number.language and language != page.languages[number.end] and scale == 1000:
            break
        number = _times(number, scale, number.end + 1, page.raw(number.end), language)
    if number.scale == _ONE and (symbol := _magnitude_symbol(page, number.end, number.language, money)) is not None:
        number = _times(number, symbol[0], symbol[2], page.raw(number.end), symbol[1])
    return number


def _times(number: Number, scale: Decimal, end: int, word: str, language: str) -> Number:
    quantum = (number.quantum or _ONE) * scale
    value, other = number.value * scale, None if number.other is None else number.other * scale
    step = f"magnitude {word} = {scale:,}".replace(",", " ")
    return number._replace(
        value=value,
        quantum=quantum,
        end=end,
        scale=number.scale * scale,
        language=language,
        of=True,
        other=other,
        steps=(*number.steps, step),
    )


def _half(page: Page, number: Number) -> Number:
    """Adds "et demi" after a magnitude: half of it."""
    lex = numerals(number.language)
    at = number.end
    if number.scale == _ONE or page.norm(at) not in lex.joiners or page.norm(at + 1) not in lex.halves or not page.joined(at):
        return number
    half = number.scale / 2
    return number._replace(
        value=number.value + half,
        quantum=number.scale / 10,
        end=at + 2,
        steps=(*number.steps, f"half of {number.scale:,}".replace(",", " ")),
    )


def _and_part(page: Page, number: Number) -> Number:
    """Adds "et trois quarts", "und zwei Drittel": a fraction of the unit, or of the magnitude just read."""
    lex, at = numerals(number.language), number.end
    if page.norm(at) not in lex.joiners or not page.joined(at) or number.collective or number.value % 1:
        return number
    kind, top = lex.words.get(page.norm(at + 1), ("", _ONE))
    below = denominator(page, at + 2, number.language) if kind == "digit" else None
    if below is None or top * below.part >= 1 or page.norm(below.end) in lex.of | words(number.language).partitive:
        return number
    value, quantum = number.value + number.scale * top * below.part, number.scale / 100
    text = page.text[page.tokens[at].start : page.tokens[below.end - 1].end]
    number = number._replace(
        value=value, quantum=quantum, end=below.end, fraction=True, one=False, steps=(*number.steps, f"fraction {text}")
    )
    return _scaled(page, number, False) if number.scale == _ONE else number


def _strayed(page: Page, i: int, figure: Figure, language: str) -> Figure:
    """The figure with the digits that a stray space parts from its decimal mark: "33, 3 milliards", "3, 5 %".

    "2, 3 millions" counts on and may be two or three; a comma that goes before or behind as well makes a list.
    """
    mark, end = figure.end, figure.end + 2
    coded = page.adjacent(i) and page.kind(i - 1) == "word" and not page.norm(i - 1).endswith("'")  # "pour l'E5, 10 %"
    if coded or figure.value is None or page.norm(mark) != words(language).decimal or end > len(page.tokens):
        return figure
    whole, part = page.norm(i), page.norm(mark + 1)
    spaced = page.adjacent(mark) and not page.adjacent(mark + 1) and page.joined(mark + 1)
    if mark != i + 1 or not spaced or page.kind(mark + 1) != "digits" or len(whole) > 3 or len(part) > 2:
        return figure
    scale = _magnitude_word(page, end, language, figure.value)
    large = (scale is not None and scale[0] >= 10**6) or (page.norm(end) == "%" and page.joined(end))
    if not large or int(part) == figure.value + 1 or page.norm(i - 1) == ",":
        return figure
    return Figure(Decimal(f"{whole}.{part}"), Decimal(1).scaleb(-len(part)), end)


def _from_digits(page: Page, i: int, money: bool, last: bool = False) -> Number:
    language = page.languages[i]
    figure = read_figure(page, i, words(language).decimal)
    figure = _strayed(page, i, figure, language)
    value = figure.value
    if value is None:
        return refused(i, figure.end, language)
    text = page.text[page.tokens[i].start : page.tokens[figure.end - 1].end]
    end = figure.end  # "35,- Euro"
    if page.norm(end) == "," and page.norm(end + 1) in _EVEN and page.adjacent(end) and page.adjacent(end + 1):
        figure = figure._replace(end=end + 2)
    number = Number(
        value, figure.quantum, i, figure.end, value, _ONE, language, fraction=figure.fraction, other=figure.other,
        steps=(f"figure {text} = {value:f}",),
    )  # fmt: skip
    number = _scaled(page, _dozens(page, number), money)
    number = _and_part(page, _half(page, number if last else _continued(page, number)))
    if (
        number.other is not None
        and number.scale > 1000
        and number.value / number.scale == number.base
        and _singular_magnitude(page, number)
    ):
        number = number._replace(value=number.other, other=None, quantum=number.scale / 1000)
    return number


def _continued(page: Page, number: Number) -> Number:
    """Adds a smaller amount behind a magnitude: "1 milliard 200 millions", "3 millions 500 000"."""
    i, million = number.end, Decimal(10) ** 6
    if number.scale < million or number.value % number.scale or page.kind(i) != "digits" or not page.joined(i):
        return number
    more = _from_digits(page, i, False, last=True)
    if more.quantum is None or not 0 < more.value < number.scale or more.fraction:
        return number
    if not (
        million <= more.scale < number.scale
        or more.scale == 1000
        or (more.scale == _ONE and more.end > i + 1 and more.value >= 1000)
    ):
        return number
    return number._replace(
        value=number.value + more.value,
        quantum=more.quantum,
        end=more.end,
        language=more.language,
        steps=(*number.steps, *more.steps, "added"),
    )


def _dozens(page: Page, number: Number) -> Number:
    """A figure times a collective: "3 douzaines", "20 Dutzend"."""
    if not page.joined(number.end) or number.value % 1 or number.value >= 1000:
        return number
    group = read_collective(page.tokens, number.end, number.value, numerals(number.language))
    if group is None:
        return number
    step = f"times {page.raw(number.end)} = {group.value:f}"
    return number._replace(
        value=group.value, quantum=group.quantum, end=group.end, collective=True, of=True, other=None, steps=(*number.steps, step)
    )


def _singular_magnitude(page: Page, number: Number) -> bool:
    """ "1.234 milliard": the singular says that the figure is below two, so that its mark is decimal."""
    word = page.norm(number.end - 1)
    plural = words(number.language).inflected and numerals(number.language).scale(word + "s")
    return bool(plural) and number.base >= 1000 and number.other is not None and number.other / number.scale < 2


def _from_words(page: Page, i: int, language: str) -> Number | None:
    sized, lex = words(language).sized, numerals(language)
    bound = sized.get(page.norm(i + 1)) if page.norm(i) in lex.ones else None
    group = None if bound is None else read_collective(page.tokens, i + 2, _ONE, lex) or _one_great(page, i + 2, lex)
    if page.norm(i) in words(language).single:
        return _single(page, i, language)
    if page.norm(i) in lex.articles and (single := _one_span(page, i, language)) is not None:
        return single
    found = group or read_number(page.tokens, i, language)
    if found is None or any(page.line_start(j) for j in range(i + 1, found.end)):
        return None
    found = _spoken(page, i, found, language)
    text = page.text[page.tokens[i].start : page.tokens[found.end - 1].end]
    scale = _scale_of(found.value) if found.scaled and not found.collective else _ONE
    one = found.end == i + 1 and page.norm(i) in lex.ones
    bound = bound if group is not None else None
    number = Number(
        found.value, found.quantum, i, found.end, found.value / scale, scale, language, True, found.collective, found.scaled, one,
        bound=bound, steps=(f"numeral {text} = {found.value:f}",),
    )  # fmt: skip
    return _hyphened(page, number, False) if scale == _ONE and not one else number


def _one_span(page: Page, i: int, language: str) -> Number | None:
    """One of a unit of time behind the article at token `i`, where the word before says that it lasted: "for | a year"."""
    lasting = words(language).lasting
    lex, at = numerals(language), i + 3 + (page.norm(i + 3) in numerals(language).articles)
    halved = page.norm(i + 2) in lex.joiners and page.norm(at) in lex.halves  # "an hour | and a half"
    led = page.norm(i - 1) in lasting and not page.line_start(i)
    if page.languages[i] != language or not (led or halved) or not page.joined(i + 1):
        return None
    entries = units().names.get(page.norm(i + 1), ())
    if not any(e.unit.kind == "duration" and e.unit.one and not e.rest and e.language == language for e in entries):
        return None
    step = f"article {page.raw(i)} = 1"
    return Number(_ONE, _ONE, i, i + 1, _ONE, _ONE, language, True, one=True, steps=(step,))


def _one_great(page: Page, i: int, lex: Numerals) -> Numeral | None:
    """The one magnitude at token `i`, behind an adjective: "un petit | million", "eine gute | Million"."""
    size = lex.scale(page.norm(i)) if page.joined(i) else None
    return Numeral(size, size, i + 1, False, True) if size is not None and size >= 10**5 else None


def _spoken(page: Page, i: int, found: Numeral, language: str) -> Numeral:
    """A digit that stands alone behind a million or milliard as a tenth of it: "trois millions deux" is 3.2 millions."""
    lex, last = numerals(language), found.end - 1
    if not words(language).spoken_tenths or last - 1 <= i:
        return found
    size, (kind, digit) = lex.scale(page.norm(last - 1)), lex.words.get(page.norm(last), ("", _ONE))
    agrees = page.norm(last - 1).endswith(words(language).plural) or found.value < 2 * (size or _ONE)
    if size is None or size < 10**6 or kind != "digit" or not 1 < digit < 10 or not agrees:
        return found
    value = found.value - digit + digit * size / 10
    return found._replace(value=value, quantum=size / 10, scaled=True)


def _single(page: Page, i: int, language: str) -> Number | None:
    """One of a magnitude or collective behind a definite article, of what is counted: "dépasse le | million d'euros"."""
    lex = numerals(language)
    led = page.norm(i - 1) in words(language).definite and page.joined(i) and not page.line_start(i)
    led = led or (page.norm(i - 1) in _QUOTES and page.adjacent(i) and page.norm(i - 2) in lex.ones)  # 'une "vingtaine de coups"'
    if not led or (lex.of and page.norm(i + 1) not in lex.of) or not page.joined(i + 1):
        return None
    size, group = lex.scale(page.norm(i)), lex.collectives.get(page.norm(i))
    value = size or group
    if value is None:
        return None
    step = f"numeral {page.raw(i)} = {value:f}"
    scale = _ONE if size is None else value
    return Number(
        value, value, i, i + 1, value / scale, scale, language, True, size is None or value < 10**6, True, steps=(step,)
    )


def _scale_of(value: Decimal) -> Decimal:
    return next((Decimal(10) ** e for e in (12, 9, 6, 3) if value >= Decimal(10) ** e), _ONE)


def _vulgar(page: Page, i: int) -> Number | None:
    value = vulgar(page, i)
    if value is None:
        return None
    number = Number(
        value,
        Decimal("0.01"),
        i,
        i + 1,
        value,
        _ONE,
        page.languages[i],
        fraction=True,
        steps=(f"fraction {page.raw(i)} = {value:f}",),
    )
    return _scaled(page, number, False)


def read(page: Page, i: int, money: bool = False) -> Number | None:
    """The number that starts at token `i`; None if none does. `money` says that a currency stands before it."""
    return page.remember(("number", i, money), lambda: _read(page, i, money))


def _read(page: Page, i: int, money: bool) -> Number | None:
    token = page.tokens[i]
    if token.kind == "digits":
        return _from_digits(page, i, money)
    if token.kind == "sign":
        leading = token.norm in ".," and page.kind(i + 1) == "digits" and page.adjacent(i + 1) and not page.adjacent(i)
        return _from_digits(page, i, money) if leading else None
    if (fraction := _vulgar(page, i)) is not None:
        return fraction
    offered = triggers().get(token.norm)
    if offered is None:
        if len(token.norm) < _LONG_WORD or token.norm[:3] not in _germanic_starts():
            return None
        offered = _compounding()
    language = language_of(page, i, offered)
    number = _from_words(page, i, language)
    return None if number is None else _and_part(page, _half(page, number))


@cache
def _compounding() -> tuple[str, ...]:
    """Languages that write numbers in one word."""
    return tuple(each for each in LANGUAGES if numerals(each).half_suffix)


@cache
def _germanic_starts() -> frozenset[str]:
    return frozenset(word[:3] for each in _compounding() for word, (kind, _) in numerals(each).words.items() if kind != "mixed")


@lru_cache(maxsize=1 << 16)
def may_start(word: str) -> bool:
    """Whether a word may begin a number: cheap, to be asked of every word of a text."""
    return word in triggers() or (len(word) >= _LONG_WORD and word[:3] in _germanic_starts())
