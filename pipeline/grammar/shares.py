"""Shares of a whole, told without a percent sign: "deux tiers", "un sur dix", "jeder Vierte", "half of"."""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal
from functools import cache

from pipeline.grammar import numbers
from pipeline.grammar.bounds import EXACT, Bound, bound_before
from pipeline.grammar.denominators import denominator
from pipeline.grammar.measures import unit_at
from pipeline.grammar.nouns import counted
from pipeline.grammar.numbers import Number
from pipeline.grammar.numerals import HYPHENS
from pipeline.grammar.page import Page
from pipeline.grammar.slashes import either
from pipeline.grammar.vocabulary import numerals
from pipeline.grammar.wordlists import BOUNDS, Words, words
from pipeline.lexicon import LANGUAGES
from pipeline.records import Mention, Quantity

_MINUS = frozenset("-−")
_ONE, _CENT = Decimal(1), Decimal("0.01")
_MARKS_OF = Decimal(20)  # the best mark of a French school
_ROUND = frozenset(Decimal(n) for n in (20, 25, 30, 50, 100, 1000, 10_000, 100_000, 1_000_000))


def _place(value: Decimal) -> Decimal:
    """The place of the last digit of a share in percent: 66.67 to the hundredth, 12.5 to the tenth, 10 to the unit."""
    return next((place for place in (Decimal(1), Decimal("0.1"), _CENT) if not value % place), Decimal("0.0001"))


def _bound(page: Page, start: int) -> Bound:
    """The approximator before token `start`, or before the article there."""
    language = page.languages[start]
    return bound_before(page, start, language) or bound_before(page, start - 1, language) or EXACT


def _percent(page: Page, start: int, end: int, part: Decimal, step: str, sized: Bound | None = None) -> Mention | None:
    value = _short(part * 100, 4)
    if not page.free(page.tokens[start].start, page.tokens[end - 1].end):
        return None
    bound = sized or _bound(page, start)
    a, b = page.tokens[start].start, page.tokens[end - 1].end
    quantity = Quantity(
        kind="percent", value=value, lower=value if bound.closed_below else None, upper=value if bound.closed_above else None,
        quantum=_place(value), unit="%", approximation=bound.approximation,
    )  # fmt: skip
    steps = (step,) if bound is EXACT else (step, f"bound {bound.phrase} = {bound.approximation}")
    return Mention(start=a, end=b, quote=page.text[a:b], language=page.languages[start], quantity=quantity, rule=steps)


def _count(page: Page, start: int, end: int, value: Decimal, unit: str | None = None) -> Mention | None:
    """More than a whole, or a share of a magnitude: "vingt-trois cinquièmes", "trois quarts de million"."""
    a, b = page.tokens[start].start, page.tokens[end - 1].end
    if not page.free(a, b):
        return None
    value = _short(value, 9)
    quantity = Quantity(
        kind="count", value=value, lower=value, upper=value, quantum=max(_CENT, _short(abs(value) / 1000, 1)), unit=unit
    )
    return Mention(
        start=a, end=b, quote=page.text[a:b], language=page.languages[start], quantity=quantity, rule=(f"parts = {value:f}",)
    )


def _short(value: Decimal, digits: int) -> Decimal:
    """`value` to so many significant digits, without trailing zeros."""
    return Decimal(f"{value:.{digits}g}").normalize() if value else value


def _one_in(page: Page, number: Number) -> tuple[Mention | None, int] | None:
    """ "un salarié sur dix", "9 out of 10"."""
    language = number.language
    lex, at = words(language), number.end
    if not led(page, at, lex) or (lex.bare_shares and page.norm(at) not in lex.share_leads):
        return None  # "ein Plus von 5"
    noun, followed = counted(page, at, number.value, language) if page.norm(at) not in lex.share_leads else None, False
    single = number.one or number.value == 1  # "1 Français sur 4"
    if noun is None and single and page.kind(at) == "word" and page.joined(at) and page.norm(at) not in lex.stop:
        at += 1
    elif noun is not None:
        at, followed = noun.end, lex.whole_follows and number.value > 1
    if page.norm(at) not in lex.share_leads:  # "un sympathisant PS sur deux", "trois TGV et TER sur quatre"
        at = (
            next((k for k in range(at, at + 3) if page.norm(k) in lex.share_leads and page.kind(k - 1) == "word"), at)
            if single
            else _past_names(page, at, lex)
        )
    for phrase in lex.share_of:
        if all(page.norm(at + k) == w for k, w in enumerate(phrase)) and page.joined(at) and at + len(phrase) < len(page.tokens):
            whole = numbers.read(page, at + len(phrase))
            if whole is None or whole.quantum is None or not page.joined(at + len(phrase)):
                return None
            small = number.value < whole.value and number.value % 1 == 0 and number.value > 0
            usual = whole.value <= 10 or whole.value in _ROUND or (number.value == 1 and whole.value % 1 == 0)
            if not small or whole.one or not usual or whole.value < 2 or whole.scale > 10**6:
                return None
            if page.joined(whole.end) and unit_at(page, whole.end):
                return None
            if page.joined(whole.end) and (followed or not lex.whole_follows) and counted(page, whole.end, whole.value, language):
                return None
            step = f"share {number.value:f} of {whole.value:f}"
            return _percent(page, number.start, whole.end, number.value / whole.value, step), whole.end
    return None


def led(page: Page, i: int, lex: Words) -> bool:
    """Whether a word that leads to a whole ("sur") stands behind what may be counted from token `i` on: quicker than a noun."""
    places = page.places(lex.share_leads)
    at = bisect_left(places, i)
    if at == len(places) or places[at] > i + _NOUN + 1:
        return False
    lead = places[at]
    for k in range(i, min(lead, i + _NOUN)):
        if not page.joined(k) or page.kind(k) == "digits" or page.norm(k) in _BEHIND_NOUNS:
            return lead - k <= 2
    return lead < i + _NOUN


_BEHIND_NOUNS = frozenset(".,;:!?()")
_NOUN = 60  # tokens: more than a noun, its adjectives, all of them compounds, and names behind it can have


def _past_names(page: Page, i: int, lex: Words) -> int:
    """Index after up to three names behind a noun at token `i`: "trois trains | Transilien", "quatre TGV | et TER"."""
    end = i
    while end < i + 3 and page.joined(end) and (page.raw(end)[:1].isupper() or page.norm(end) in lex.ranges["and"]):
        end += 1
    return end


def _of_second(page: Page, i: int) -> bool:
    """Whether parts at token `i` go on a time: "47 secondes et 3 dixièmes"."""
    linked = page.norm(i - 1) in numerals(page.languages[i]).joiners
    found = unit_at(page, i - 1 - linked) if i - 1 - linked > 0 else None
    return found is not None and found.unit.code == "s" and found.end == i - linked


def _parts(page: Page, number: Number) -> tuple[Mention | None, int] | None:
    """What a number of parts makes: "deux tiers", "three quarters", "un quart d'heure", "vingt-trois cinquièmes"."""
    if number.value % 1 or number.collective:
        return None
    below = denominator(page, number.end, number.language)
    if below is not None and _of_second(page, number.start):
        return None, below.end
    if below is None or (number.value > 999 and number.value * below.part > 1):
        return None
    if number.value * below.part == 1 and below.end > number.end + 1:
        return None, below.end  # "le quatre-quarts"
    end, lex = below.end, words(number.language)
    if (point := _tied_point(page, end)) is not None:
        return _share(page, number.start, point, number.value * below.part, number.language)
    if (page.norm(end) in HYPHENS and page.adjacent(end)) or _sided(page, end, lex):
        return None, end  # "un quart | sud-ouest du pays"
    placed = page.norm(number.end) in HYPHENS or page.norm(number.start - 1) in lex.articles
    tens = number.value >= 20 and number.value % 10 == 0  # "twenty-fifth"
    if placed and (below.rank or tens) and number.value > 1 and lex.plural and not page.norm(end - 1).endswith(lex.plural):
        return None, end  # "le cent-dixième": a place, not ten parts
    person = number.one and page.norm(end - 1) in lex.persons and page.norm(number.start - 1) in lex.to_persons
    if person and page.norm(end) not in lex.partitive:
        return None, end  # "communiqué à un tiers"
    ordinal = below.rank and number.one and page.kind(end) == "word" and page.joined(end)
    if ordinal and page.norm(end) not in lex.stop and page.norm(end) not in lex.partitive:
        return None, end
    return _share(page, number.start, end, number.value * below.part, number.language)


def _tied_point(page: Page, i: int) -> int | None:
    """Index of the points that a hyphen at token `i` ties to a part: "a quarter|-point rise"; None where it ties none."""
    tied = page.norm(i) in HYPHENS and page.adjacent(i) and page.adjacent(i + 1)
    found = unit_at(page, i + 1) if tied else None
    return i + 1 if found is not None and found.unit.kind == "points" else None


def _share(page: Page, start: int, end: int, part: Decimal, language: str) -> tuple[Mention | None, int] | None:
    lex = numerals(language)
    of = page.norm(end) in lex.of and page.joined(end)
    one = page.norm(end) in words(language).partitive and page.norm(end + 1) in lex.articles
    found = unit_at(page, end + (2 if one else of)) if page.joined(end) else None
    if found is not None and found.unit.kind in ("duration", "measure", "money", "points") and found.unit.code:
        value = part * found.unit.factor
        a, b = page.tokens[start].start, page.tokens[found.end - 1].end
        value = value.quantize(Decimal("0.0001")).normalize()
        bound = _bound(page, start)
        quantity = Quantity(
            kind=found.unit.kind, value=value, lower=value if bound.closed_below else None,
            upper=value if bound.closed_above else None, quantum=Decimal("0.01"), unit=found.unit.code,
            approximation=bound.approximation,
        )  # fmt: skip
        if not page.free(a, b):
            return None, found.end
        mention = Mention(
            start=a,
            end=b,
            quote=page.text[a:b],
            language=page.languages[start],
            quantity=quantity,
            rule=(f"share {part:f} of {found.unit.code}",),
        )
        return mention, found.end
    if part > 1:
        return _count(page, start, end, part), end
    scale = lex.scale(page.norm(end + of)) if page.joined(end + of) else None
    if scale is not None:
        return _count(page, start, end + of + 1, part * scale), end + of + 1
    led = not of and page.norm(end) in words(language).partitive and page.norm(end + 1) in lex.articles
    scale = lex.scale(page.norm(end + 2)) if led and page.joined(end) and page.joined(end + 2) else None
    if scale is not None:  # "a quarter of a million"
        return _count(page, start, end + 3, part * scale), end + 3
    if of and page.norm(end + 1) in words(language).not_shared:
        return None, end + 2
    return _percent(page, start, end, part, f"share {part:.4f}"), end


def _half_word(page: Page, i: int) -> tuple[Mention | None, int] | None:
    """A share in one word ("la moitié", "half of"), or half a unit ("un demi-siècle")."""
    for language in (page.languages[i], *LANGUAGES):
        pair = words(language).shares.get(page.norm(i))
        lex = words(language)
        whole = page.norm(i + 1) in lex.partitive or (bound_before(page, i, language) and page.kind(i + 1) != "word")
        led = page.norm(i - 1) in lex.articles and whole and page.joined(i)
        if pair is None or not (page.norm(i) in lex.alone or (page.norm(i) in lex.alone_of and led)):
            continue
        if page.norm(i - 1) in lex.ranked and page.joined(i):
            return None, i + 1  # "la première moitié du match"
        if page.norm(i - 1) in lex.partly and page.joined(i + 1) and _described(page, i + 1, lex):
            return None, i + 1  # "à moitié vides"
        if (page.adjacent(i) and page.norm(i - 1) in HYPHENS) or _sided(page, i + 1, lex):
            return None, i + 1
        counts, at = numerals(language), i + 1 + (page.norm(i + 1) in numerals(language).articles)
        if page.norm(at) in counts.collectives or counts.scale(page.norm(at)) is not None:
            return None  # "half a million"
        return _share(page, i, i + 1, Decimal(pair[0]) / pair[1], language)
    return None


def _sided(page: Page, i: int, lex: Words) -> bool:
    """Whether a side at token `i` makes a share a place: "la moitié | est du pays", not "la moitié | est perdue"."""
    side = page.norm(i)
    if side not in lex.sides:
        return False
    verbal = side in lex.stop and page.kind(i + 1) == "word" and page.joined(i + 1)
    return not verbal or page.norm(i + 1) in lex.partitive


def _described(page: Page, i: int, lex: Words) -> bool:
    """Whether a word that is neither a small one nor a price stands at token `i`."""
    return page.kind(i) == "word" and page.norm(i) not in lex.stop | lex.partitive | lex.prices


def _every(page: Page, i: int) -> tuple[Mention | None, int] | None:
    """ "jeder Vierte", "jede dritte Frau"."""
    for language in dict.fromkeys((page.languages[i], *LANGUAGES)):
        lex = words(language)
        if page.norm(i) not in lex.every or not page.joined(i + 1):
            continue
        rank = lex.ordinals.get(page.norm(i + 1)) or lex.ordinals.get(page.norm(i + 1)[:-1])
        if rank is None:
            return None
        found = unit_at(page, i + 2)
        if (found is not None and found.unit.kind == "duration") or page.norm(i + 2) in lex.not_shared:
            return None, i + 2
        return _percent(page, i, i + 2, Decimal(1) / rank, f"share one in {rank}"), i + 2
    return None


def _half_unit(page: Page, i: int) -> tuple[Mention | None, int] | None:
    """ "un demi-siècle", "une demi-heure", "half an hour", "eine halbe Stunde"."""
    for language in dict.fromkeys((page.languages[i], *LANGUAGES)):
        lex, at = numerals(language), i
        found = lex.words.get(page.norm(i))
        if (found is not None and found[1] == 1) or page.norm(i) in lex.articles:
            at += 1
        if page.norm(at) not in lex.halves or not (at == i or page.joined(at)):
            continue
        at += 1
        if page.norm(at) in HYPHENS and page.adjacent(at):
            at += 1
        if page.norm(at) in lex.articles:
            at += 1
        unit = unit_at(page, at) if page.joined(at) else None
        if (
            unit is not None
            and unit.unit.code
            and unit.unit.kind in ("duration", "measure", "money", "points")
            and page.kind(at) == "word"
        ):
            return _share(page, i, at, Decimal("0.5"), language)
        if page.norm(at) in lex.collectives or lex.scale(page.norm(at)) is not None:
            return None
        noun = (
            counted(page, at, Decimal("0.5"), language) if words(language).capitals and at > i + 1 and page.joined(at) else None
        )
        if noun is not None:
            return _count(page, i, noun.end, Decimal("0.5"), noun.lemma), noun.end
    return None


def _plate(page: Page, number: Number) -> bool:
    """Whether figures on a slash are a pair of marks or a scale, no share: "au 1/24", "59/62"; "1/24 des voix" is one."""
    if number.end != number.start + 3:
        return False
    bottom, lex = Decimal(page.norm(number.end - 1)), words(page.languages[number.start])
    part_of = page.norm(number.end) in lex.partitive and page.joined(number.end)
    marked = bottom == _MARKS_OF and number.value > 1 / bottom  # "16/20 en physique"
    if any(page.norm(j) in lex.scales for j in page.back(number.start, 2)):
        return True  # "une note de 7/10"
    return bottom > 10 and (marked or bottom not in _ROUND) and not part_of and unit_at(page, number.end) is None


def _sized(page: Page, i: int) -> tuple[Mention | None, int] | None:
    """ "un bon tiers", "ein knappes Viertel", "a good half": an article, how large the share is, and the share."""
    language = page.languages[i]
    lex, counts = words(language), numerals(language)
    bound = lex.sized.get(page.norm(i + 1))
    if bound is None or page.norm(i) not in counts.ones | counts.articles or not page.joined(i + 1):
        return None
    below = denominator(page, i + 2, language)
    if below is None or below.rank or page.norm(below.end) in HYPHENS or not page.joined(i + 2):
        return None
    if page.norm(below.end) not in lex.partitive or unit_at(page, below.end + 1) is not None:
        return None  # "un petit quart d'heure"
    said = Bound(*BOUNDS[bound], page.raw(i + 1), i + 1)
    return _percent(page, i, below.end, below.part, f"share {below.part:.4f}", said), below.end


def _article(page: Page, i: int) -> Number | None:
    """An article before a denominator: "a third"."""
    language = page.languages[i]
    lex = numerals(language)
    after_unit = page.norm(i - 1) in lex.joiners and page.norm(i + 1) in lex.halves and unit_at(page, i - 2) is not None
    if page.norm(i) not in lex.articles or after_unit or denominator(page, i + 1, language) is None:
        return None
    return Number(_ONE, _ONE, i, i + 1, _ONE, _ONE, language, words=True, one=True)


@cache
def _openers() -> frozenset[str]:
    """Words that may begin a share of one word or half a unit, in any language."""
    out: set[str] = set()
    for language in LANGUAGES:
        lex, around = numerals(language), words(language)
        ones = {w for w, (_, value) in lex.words.items() if value == 1}
        out |= ones | lex.articles | lex.halves | around.alone | around.alone_of | around.every
    return frozenset(out)


@cache
def _halves() -> frozenset[str]:
    """Words for a half before a unit, in any language."""
    return frozenset().union(*(numerals(language).halves for language in LANGUAGES))


@cache
def _one_word() -> frozenset[str]:
    """Shares of one word and what leads to one in so many, in any language."""
    return frozenset().union(*(frozenset(words(language).shares) | words(language).every for language in LANGUAGES))


def _opened(page: Page, i: int) -> tuple[Mention | None, int] | None:
    """What an article, a half, a share of one word or "jeder" at token `i` begins; each is asked only where it may."""
    found = _sized(page, i)
    if found is None and (page.norm(i) in _halves() or page.norm(i + 1) in _halves()):
        found = _half_unit(page, i)
    if found is None and page.norm(i) in _one_word():
        found = _half_word(page, i) or _every(page, i)
    return found


def _glued(page: Page, i: int) -> bool:
    return page.adjacent(i) and page.kind(i - 1) != "sign" and not page.norm(i - 1).endswith("'")


def share(page: Page, i: int) -> tuple[Mention | None, int] | None:
    """The share that starts at token `i` with the token to go on from; None if none starts there.

    A None mention beside a token says that what stands there is to be passed over.
    """
    if page.kind(i) == "sign":
        return None
    if page.kind(i) == "digits" and page.norm(i + 1) == "/" and (found := either(page, i)) is not None:
        return found
    if page.norm(i) in _openers() and (found := _opened(page, i)) is not None:
        return found
    number = numbers.read(page, i) or _article(page, i)
    if number is None or number.quantum is None or (number.scale > 1 and not number.words) or _glued(page, i):
        return None
    if number.fraction and number.value < 1 and not number.words:
        if (page.norm(i - 1) == "(" and page.norm(number.end) == ")") or _plate(page, number):
            return None, number.end
        negative = page.norm(i - 1) in _MINUS and page.adjacent(i) and (i == 1 or not page.adjacent(i - 1))
        return _share(page, i - negative, number.end, -number.value if negative else number.value, number.language)
    return _parts(page, number) or (None if number.scale > 1 else _one_in(page, number))
