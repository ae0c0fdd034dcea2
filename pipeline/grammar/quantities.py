"""Quantities in a text: numbers with their unit or counted noun, their bounds, and what they are divided by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.grammar import numbers, refusals
from pipeline.grammar.bounds import EXACT, Bound, bound_after, bound_before
from pipeline.grammar.measures import Found, Meaning, currency_before, meaning, unit_after, unit_at
from pipeline.grammar.nouns import counted
from pipeline.grammar.numbers import Number
from pipeline.grammar.numerals import HYPHENS
from pipeline.grammar.page import Page
from pipeline.grammar.rates import physical, rate
from pipeline.grammar.shares import share
from pipeline.grammar.vocabulary import numerals
from pipeline.grammar.wordlists import BOUNDS, words
from pipeline.records import Mention, Quantity

_MINUS, _PLUS = frozenset("-−–"), frozenset("+")
_DASHES = HYPHENS | frozenset("–—−")
_SIGNED = frozenset(("percent", "points"))
_MAX_VALUE = Decimal(10) ** 24
_ONE = Decimal(1)


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
    name = page.text[page.tokens[found.start].start : page.tokens[found.end - 1].end]
    step = f"unit {name} = {what.code or 'unnamed'}" + (f" ({what.how})" if what.how else "")
    return Draft(
        number, start, end, value * what.factor, quantum * what.factor, what.kind, what.code, True, found, (*number.steps, step)
    )


def _with_noun(page: Page, number: Number) -> Draft | None:
    i = number.end
    of = (
        page.norm(i) in numerals(page.languages[min(i, len(page.languages) - 1)]).of and page.joined(i)
        if i < len(page.tokens)
        else False
    )
    if of and not number.of:
        return None
    noun = counted(page, i + of, number.value, number.language if number.words else page.languages[number.start])
    if noun is None:
        return None
    value, quantum, other = number.value, number.quantum or _ONE, number.other
    if other is not None and number.scale == 1 and value % 1:
        value, quantum = other, _ONE
    step = f"counted noun {noun.lemma}"
    return Draft(number, number.start, noun.end, value, quantum, "count", noun.lemma, True, None, (*number.steps, step))


def _draft(page: Page, number: Number, prefix: Found | None) -> Draft:
    """The number with the unit before or behind it, else with its noun, else alone."""
    if prefix is not None:
        return _with_unit(page, number, prefix, prefix.start, number.end)
    found = unit_after(page, number)
    if found is not None and not (number.one and not found.unit.one):
        return _subunit(page, _halved(page, _with_unit(page, number, found, number.start, found.end)))
    if number.one and page.norm(number.end) not in words(number.language).ones:
        return Draft(number, number.start, number.end, number.value, _ONE, "count", None, False, None, number.steps)
    noun = _with_noun(page, number)
    if noun is not None:
        return noun
    return Draft(number, number.start, number.end, number.value, number.quantum or _ONE, "count", None, False, None, number.steps)


def _halved(page: Page, draft: Draft) -> Draft:
    """Adds "et demi" behind the unit: "deux ans et demi"."""
    i, lex = draft.end, numerals(page.languages[draft.start])
    if (
        page.norm(i) not in lex.joiners
        or page.norm(i + 1) not in lex.halves
        or not page.joined(i)
        or draft.value % 1
        or draft.number.scale > 1
    ):
        return draft
    factor = draft.found.unit.factor if draft.found is not None else _ONE
    return replace(draft, value=draft.value + factor / 2, quantum=factor / 10, end=i + 2, steps=(*draft.steps, "and a half"))


def _subunit(page: Page, draft: Draft) -> Draft:
    """Adds two digits behind a unit: "4 euros 50", "1 m 80"."""
    i, number = draft.end, draft.number
    if draft.unit not in ("m", "h") and (draft.kind != "money" or draft.unit is None):
        return draft
    if (
        page.kind(i) != "digits"
        or len(page.norm(i)) != 2
        or not page.joined(i)
        or number.words
        or number.scale > 1
        or draft.value % 1
    ):
        return draft
    if draft.unit == "h":
        hours = (draft.value + Decimal(page.norm(i)) / 60).quantize(Decimal("0.0001")).normalize()
        return replace(
            draft, value=hours, quantum=Decimal("0.01"), end=i + 1, steps=(*draft.steps, f"and {page.norm(i)} minutes")
        )
    further = page.kind(i + 1) == "word" and page.joined(i + 1) and unit_at(page, i + 1) is not None
    if further or page.norm(i + 1) in ("%", "/", "-") or draft.value > 1000:
        return draft
    return replace(
        draft,
        value=draft.value + Decimal(page.norm(i)) / 100,
        quantum=Decimal("0.01"),
        end=i + 1,
        steps=(*draft.steps, f"and {page.norm(i)} hundredths"),
    )


def _sign(page: Page, draft: Draft) -> Draft:
    """The sign written before it: always one that touches, a spaced one only before % and °, the word "moins" before °."""
    i = draft.start
    if i == 0 or page.line_start(i):
        return draft
    sign, touching = page.norm(i - 1), page.adjacent(i)
    degrees = draft.unit in ("Cel", "[degF]")
    if sign in _PLUS and not page.adjacent(i - 1):
        return replace(draft, start=i - 1)
    free = i == 1 or not page.adjacent(i - 1) or page.norm(i - 2) in ("(", "«", '"', "“", "„", ":")
    if sign in _MINUS and free:
        spaced = (draft.kind in _SIGNED or degrees) and not page.line_start(i - 1)
        alone = page.line_start(i - 1) and page.line_end(draft.end)
        if (touching and (sign != "–" or draft.named)) or (
            not touching and (alone or (spaced and not _closing_dash(page, draft.end)))
        ):
            return replace(draft, start=i - 1, value=-draft.value, steps=(*draft.steps, "negative"))
    if degrees and sign in words(page.languages[i]).ranges["minus"] and bound_before(page, i, page.languages[i]) is None:
        return replace(draft, start=i - 1, value=-draft.value, steps=(*draft.steps, "negative"))
    return draft


def _closing_dash(page: Page, end: int) -> bool:
    """Whether a spaced dash follows on the line: then the first one opened a parenthesis and is no minus."""
    for j in range(end, min(end + 15, len(page.tokens))):
        if page.line_start(j):
            return False
        if page.norm(j) in _DASHES and not page.adjacent(j) and not page.adjacent(j + 1):
            return True
    return False


def _refused(page: Page, draft: Draft) -> str | None:
    """Why this is no quantity, None if it is one."""
    number, start = draft.number, draft.number.start
    if refusals.title(page, start) is not None:
        return "a name"
    bare = draft.bare
    if not number.words and (why := refusals.glued(page, start, draft.end)) is not None and draft.start == start:
        return why
    if number.words and (why := refusals.worded(page, start, number, draft.named)) is not None:
        return why
    if number.one and not draft.named:
        return "an article"
    if (why := refusals.named(page, draft.start, bare)) is not None:
        return why
    if draft.unit == "h" and draft.found is not None and (why := refusals.clock(page, number, draft.found)) is not None:
        return why
    return refusals.placed(page, start, draft.end, number) if bare else None


def _bound(page: Page, draft: Draft, end: int) -> Bound:
    language = page.languages[draft.start]
    found = bound_before(page, draft.start, language)
    if found is None and draft.number.language != language:
        found = bound_before(page, draft.start, draft.number.language)
    if found is None and draft.number.bound is not None:
        return Bound(*BOUNDS[draft.number.bound], page.raw(draft.number.start + 1), draft.number.start + 1)
    return found or bound_after(page, end, language) or EXACT


def _money_noun(page: Page, draft: Draft) -> bool:
    """Whether the noun before says that a bare magnitude is money: "une somme d'un milliard"."""
    if draft.named or draft.number.scale < 1000:
        return False
    lex, near = words(page.languages[draft.start]), list(page.back(draft.start, 6))
    return any(page.norm(j) in lex.money_nouns for j in near)


def _mention(page: Page, draft: Draft, bound: Bound, per: str | None, last: Draft | None = None) -> Mention | None:
    start, end = page.tokens[draft.start].start, page.tokens[draft.end - 1].end
    low, high = draft.value, (last or draft).value
    if abs(low) > _MAX_VALUE or abs(high) > _MAX_VALUE or draft.quantum <= 0 or not page.free(start, end):
        return None
    kind, unit = draft.kind, draft.unit
    if kind == "count" and _money_noun(page, draft):
        kind = "money"
    if per is not None and physical(kind, per):
        unit, per = f"{unit}/{per}", None
    if last is None:
        approximation = "about" if bound is EXACT and draft.number.collective else bound.approximation
        lower = low if bound.closed_below else None
        upper = low if bound.closed_above else None
        value: Decimal | None = low
    else:
        approximation, lower, upper, value = "between", min(low, high), max(low, high), None
    steps = draft.steps if last is None else (*draft.steps, *last.steps, "range")
    if bound is not EXACT and last is None:
        steps = (*steps, f"bound {bound.phrase} = {approximation}")
    elif approximation == "about":
        steps = (*steps, "collective = about")
    if per is not None:
        steps = (*steps, f"per {per}")
    quantum = draft.quantum if last is None else min(draft.quantum, last.quantum)
    quantity = Quantity(
        kind=kind, value=value, lower=lower, upper=upper, quantum=quantum, unit=unit, per=per, approximation=approximation
    )
    return Mention(
        start=start, end=end, quote=page.text[start:end], language=page.languages[draft.start], quantity=quantity, rule=steps
    )


def _number_at(page: Page, i: int, floor: int) -> Draft | None:
    """The quantity whose number (or currency sign) starts at token `i`, unbounded and unrefused."""
    if i >= len(page.tokens) or not page.joined(i):
        return None
    prefix = None
    if page.kind(i) in ("sign", "word") and page.kind(i + 1) == "digits":
        prefix = currency_before(page, i + 1, max(floor, i))
    elif page.kind(i) == "word" and page.kind(i + 1) == "sign" and page.kind(i + 2) == "digits":
        prefix = currency_before(page, i + 2, max(floor, i))
    at = i if prefix is None else prefix.end
    number = numbers.read(page, at, prefix is not None)
    if number is None or number.quantum is None:
        return None
    return _draft(page, number, prefix)


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
        value=first.value * scale * factor,
        quantum=first.quantum * scale * factor,
        kind=last.kind,
        unit=last.unit,
        named=last.named,
        steps=steps,
    )


def _alike(a: Draft, b: Draft) -> bool:
    return a.kind == b.kind and (a.unit == b.unit or a.unit is None or b.unit is None)


def _changing(page: Page, i: int, language: str) -> bool:
    """Whether a verb of change governs "de A à B" at token `i`."""
    change = words(language).ranges["change"]
    return any(page.norm(j) in change for j in page.back(i, 12))


def _connector(page: Page, j: int, language: str) -> str | None:
    """What joins two numbers at token `j`: "dash", "to", "or", "and"."""
    if j >= len(page.tokens) or not page.joined(j):
        return None
    word, ranges = page.norm(j), words(language).ranges
    if word in _DASHES:
        return "dash"
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
    bound = None if joined == "dash" else _skip_bound(page, at, language)
    last = _number_at(page, bound if bound is not None else at, at)
    if (
        last is None
        or (last.number.one and not last.named)
        or not page.free(page.tokens[last.start].start, page.tokens[last.end - 1].end)
    ):
        return None
    return joined, last


def _skip_bound(page: Page, i: int, language: str) -> int | None:
    """Index after an approximator at token `i` ("entre 3 et | près de | 5")."""
    for j in range(i + 1, min(i + 4, len(page.tokens))):
        found = bound_before(page, j, language)
        if found is not None and found.start == i:
            return j
    return None


def _range(page: Page, first: Draft, language: str) -> tuple[Draft, Draft, bool] | None:
    """The two ends of a range that begins with `first`, and whether it is a range rather than a before and an after."""
    found = _second(page, first, language)
    if found is None:
        return None
    joined, last = found
    ranges, before = words(language).ranges, _word_before(page, first, language)
    carried = _carried(first, last)
    if not _alike(carried, last) or (
        not last.named and last.number.scale == 1 and not (first.named and before in ranges["between"])
    ):
        return None
    if first.named and not last.named:
        last = _carried(last, first)
    rising = carried.value < last.value
    if joined == "and":
        return (carried, last, True) if before in ranges["between"] and rising else None
    if joined == "or":
        return (carried, last, True) if rising and not first.named else None
    if joined == "dash":
        tight = page.adjacent(first.end) == page.adjacent(first.end + 1)
        return (carried, last, True) if rising and tight and not first.named else None
    opened = before in ranges["from"]
    if opened and (not rising or _changing(page, first.start, language)):
        return carried, last, False
    if first.named and not opened:
        return None
    return (carried, last, True) if rising else None


def _word_before(page: Page, first: Draft, language: str) -> str:
    bound = bound_before(page, first.start, language)
    i = first.start if bound is None else bound.start
    return page.norm(i - 1) if i > 0 else ""


def _elliptic(page: Page, draft: Draft, previous: Draft | None) -> Draft:
    """Carries the magnitude of the quantity before: "12 millions de morts, dont 3", "12 milliards, contre 10"."""
    if previous is None or not draft.bare or (draft.number.words and draft.number.one):
        return draft
    lex = words(page.languages[draft.start]).ranges
    before = page.norm(draft.start - 1)
    gap = draft.start - previous.end
    if before in lex["against"] and gap <= 6 and (previous.kind != "count" or previous.number.scale >= 10**6):
        scaled = _carried(draft, previous) if previous.number.scale > 1 or draft.value else draft
        return replace(scaled, kind=previous.kind, unit=previous.unit, named=True)
    if before in lex["including"] and gap <= 12 and previous.number.scale >= 10**6 and draft.value < 1000:
        scale = previous.number.scale
        carried = replace(
            draft,
            value=draft.value * scale,
            quantum=draft.quantum * scale,
            number=draft.number._replace(scale=scale),
            steps=(*draft.steps, "magnitude carried"),
        )
        return replace(carried, kind="money", unit=previous.unit, named=True) if previous.kind == "money" else carried
    return draft


def _shared(page: Page, draft: Draft, language: str) -> Draft:
    """A bare number before "et" and another with a unit shares that unit: "âgés de 12 et 15 ans"."""
    if not draft.bare or page.norm(draft.end) not in words(language).ranges["list"] or draft.number.one:
        return draft
    last = _number_at(page, draft.end + 1, draft.end + 1)
    if last is None or not last.named or last.number.words != draft.number.words or last.number.one:
        return draft
    return replace(_carried(draft, last), steps=(*draft.steps, "unit shared"))


def _read(page: Page, i: int, floor: int, previous: Draft | None) -> tuple[list[Mention], int, Draft | None]:
    """What starts at token `i`: mentions, the token to go on from, and the quantity that a later ellipsis refers to."""
    language = page.languages[i]
    prefix = currency_before(page, i, floor) if page.kind(i) == "digits" else None
    number = numbers.read(page, i, prefix is not None)
    if number is None:
        return [], i + 1, previous
    if number.quantum is None:
        return [], number.end, previous
    first = _draft(page, number, prefix)
    ends = _range(page, first, language)
    if ends is not None:
        start, last, whole = ends
        if _refused(page, start) is None and whole:
            whole_draft = replace(_sign(page, start), end=last.end)
            found = rate(page, last.end, last.kind, language)
            mention = _mention(page, whole_draft, EXACT, found.per if found else None, last)
            return ([mention] if mention else []), (found.end if found else last.end), last
        if not whole and _refused(page, start) is None:
            mention = _mention(page, start, _bound(page, start, start.end), None)
            return ([mention] if mention else []), first.end, start
    draft = _elliptic(page, _shared(page, first, language), previous)
    if _refused(page, draft) is not None:
        return [], max(i + 1, draft.end if draft.bare else number.end), previous
    draft = _sign(page, draft)
    found = rate(page, draft.end, draft.kind, language)
    after = found.end if found else draft.end
    mention = _mention(page, draft, _bound(page, draft, draft.end), found.per if found else None)
    return ([mention] if mention else []), after, draft


def quantities(page: Page) -> list[Mention]:
    """The quantities of a page in order, without overlap, outside what dates hold."""
    out: list[Mention] = []
    i, floor, date, previous = 0, 0, 0, None
    tokens, taken = page.tokens, page.taken
    while i < len(tokens):
        token = tokens[i]
        while date < len(taken) and taken[date][1] <= token.start:
            date += 1
        if date < len(taken) and taken[date][0] < token.end:
            i += 1
            continue
        if (
            token.kind == "digits"
            or (token.kind == "word" and numbers.may_start(token.norm))
            or (token.kind == "sign" and token.norm in ".,")
        ):
            at = i
            special = share(page, i)
            if special is not None:
                mention, i = special
                out.extend([mention] if mention is not None else [])
            else:
                found, i, previous = _read(page, i, floor, previous)
                out.extend(found)
            floor = i if i > at + 1 or (out and out[-1].end > token.start) else floor
        else:
            i += 1
    return _ordered(out)


def _ordered(found: Sequence[Mention]) -> list[Mention]:
    out: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not out or mention.start >= out[-1].end:
            out.append(mention)
    return out
