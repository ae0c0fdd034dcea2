"""Quantities in a text: numbers with their unit or counted noun, their bounds, and what they are divided by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from pipeline.grammar import links, numbers, refusals
from pipeline.grammar.ages import aged
from pipeline.grammar.articles import idle
from pipeline.grammar.bounds import EXACT, Bound, bound_after, bound_before, time_before
from pipeline.grammar.chronos import MARKS, chrono
from pipeline.grammar.drafts import Draft, attach, signed
from pipeline.grammar.durations import compound
from pipeline.grammar.grown import grown
from pipeline.grammar.measures import currency_before, great_enough
from pipeline.grammar.page import Page
from pipeline.grammar.rates import Rate, rate
from pipeline.grammar.shares import share
from pipeline.grammar.tokens import Token
from pipeline.grammar.vocabulary import numerals
from pipeline.grammar.wordlists import BOUNDS, words
from pipeline.records import Mention, Quantity

_CLOSE = 80  # tokens
_SIGNS = frozenset("+-−–")
_POINTS = frozenset(".,")
_ASIDE = 3  # tokens from an amount to the time that it is spread over
_ITEM = 4  # tokens from one count of a list to the next
_FEW = 10  # of so many things nobody says about
_MAX_VALUE = Decimal(10) ** 24


class _Trail(NamedTuple):
    """What was read so far.

    The token to go on from, the tokens used up, the last quantity, where a refused number ended, and what the last amount
    with a magnitude was of.
    """

    at: int = 0
    floor: int = 0
    last: Draft | None = None
    refused: int = -1
    great: str = ""  # kind of the last amount with a magnitude
    great_at: int = -1


def _refused(page: Page, found: Draft, trail: _Trail) -> str | None:
    """Why this is no quantity, None if it is one."""
    number, start = found.number, found.number.start
    if refusals.title(page, start) is not None:
        return "a name"
    if (not found.named or found.unit == "s") and refusals.coded(page, number):
        return "the model of a name"
    if found.found is not None and found.kind == "measure" and refusals.lettered_model(page, number, found.found):
        return "the model of a name"
    if refusals.postal(page, number):
        return "a postal code"
    bare = found.bare
    if bare and refusals.chained(page, start, trail.refused):
        return "like the number before it"
    if not number.words and found.start == start:
        counting = found.named or number.scale > 1
        if (why := refusals.glued(page, start, found.end, counting)) is not None:
            return why
    if number.words and (why := refusals.worded(page, start, number, found.named)) is not None:
        return why
    negative = words(number.language).ranges["negative"]
    if number.one and not found.named and page.norm(start - 1) not in negative:
        return "an article"
    single = (
        found.kind == "count" and not number.words and number.scale == 1 and (found.value < 2 or refusals.lettered(page, number))
    )
    if (why := refusals.named(page, found.start, number.end, bare or single)) is not None:
        return why
    if refusals.times(page, start, found.end):
        return "one number times another"
    if found.found is not None and refusals.race(page, number, found.found):
        return "the name of a race or car"
    timed = trail.last if trail.last is not None and trail.last.unit == "h" else None
    listed = timed is not None and (_row_of_times(page, found, timed) or links.set_against(page, found, timed))
    if (
        found.unit == "h"
        and found.found is not None
        and not listed
        and (why := refusals.clock(page, number, found.found)) is not None
    ):
        return why
    if found.unit in words(page.languages[start]).digits and page.norm(start - 1) in words(page.languages[start]).ranges["to"]:
        return "the digits of a figure"  # "une croissance à deux chiffres"
    if found.kind == "duration" and refusals.round_the_clock(page, number, found.end):
        return "round the clock"
    return refusals.placed(page, start, found.end, number, _listed(page, found, trail.last)) if bare else None


def _row_of_times(page: Page, found: Draft, last: Draft) -> bool:
    """Whether hours go on a list of them, each with whom it is told by: "Cinq heures pour le ministère, 11 h pour la FDS"."""
    return (
        page.norm(found.start - 1) == "," and found.start - last.end <= _ITEM + 1 and page.norm(found.end) == page.norm(last.end)
    )


def _listed(page: Page, found: Draft, last: Draft | None) -> bool:
    """Whether a number goes on a list of counts: a name at most stands between it and the count before."""
    links = words(page.languages[found.start]).ranges["list"]
    near = last is not None and last.kind == "count" and last.named | (last.number.value >= 2) and found.start - last.end <= _ITEM
    return near and (page.norm(found.start - 1) == "," or page.norm(found.start - 1) in links)


def _during(page: Page, found: Draft, bound: Bound, last: Draft | None) -> bool:
    """Whether a time in which so much happens stands behind its preposition: "$2bn in aid | over four years"."""
    lex = words(page.languages[found.start])
    if last is None or found.kind != "duration" or bound.phrase not in lex.concerning:
        return False
    between = range(last.end, bound.start)
    near = 0 <= len(between) <= _ASIDE and all(page.kind(k) == "word" and page.joined(k) for k in (*between, bound.start))
    return near and (not between or page.norm(bound.start - 1) not in lex.lasting | lex.topic_links | lex.stop)


def _placed(page: Page, found: Draft, bound: Bound) -> bool:
    """Whether what says "about" tells the place, since so few things are counted: "autour de | deux villages"."""
    few = found.kind == "count" and found.named and found.number.words and found.value < _FEW and not found.number.collective
    return few and bound.phrase in words(page.languages[found.start]).around


def _bound(page: Page, found: Draft, end: int, last: Draft | None = None) -> Bound:
    language, number = page.languages[found.start], found.number
    if found.kind == "duration" and (within := time_before(page, found.start, language)) is not None:
        return within
    bound = bound_before(page, found.start, language)
    if bound is None and number.language != language:
        bound = bound_before(page, found.start, number.language)
    if bound is None and number.bound is not None:
        return Bound(*BOUNDS[number.bound], page.raw(number.start + 1), number.start + 1)
    if bound is not None and (_during(page, found, bound, last) or _placed(page, found, bound)):
        bound = None
    return bound or bound_after(page, end, language) or EXACT


def _money_noun(page: Page, found: Draft) -> bool:
    """Whether a noun beside a bare magnitude says that it is money: "une somme d'un milliard", "5 milliards d'économies"."""
    if found.named or found.number.scale < 1000:
        return False
    lex, of = words(page.languages[found.start]), numerals(page.languages[found.start]).of
    after = page.norm(found.end) in of and page.norm(found.end + 1) in lex.money_nouns
    return after or any(page.norm(j) in lex.money_nouns for j in page.back(found.start, 6))


def _mention(page: Page, found: Draft, bound: Bound, over: Rate | None, last: Draft | None = None) -> Mention | None:
    start, end = page.tokens[found.start].start, page.tokens[found.end - 1].end
    low, high = found.value, (last or found).value
    if abs(low) > _MAX_VALUE or abs(high) > _MAX_VALUE or found.quantum <= 0 or not page.free(start, end):
        return None
    kind, unit, per = found.kind, found.unit, over.per if over else None
    if kind == "count" and _money_noun(page, found):
        kind = "money"
    if over is not None and over.physical and kind == "measure":
        unit, per = f"{unit}/{over.per}", None
    if last is None:
        approximation = "about" if bound is EXACT and found.number.collective else bound.approximation
        lower = low if bound.closed_below else None
        upper = low if bound.closed_above else None
        value: Decimal | None = low
    else:
        approximation, lower, upper, value = "between", min(low, high), max(low, high), None
    steps = found.steps if last is None else (*found.steps, *last.steps, "range")
    if bound is not EXACT and last is None:
        steps = (*steps, f"bound {bound.phrase} = {approximation}")
    elif approximation == "about":
        steps = (*steps, "collective = about")
    if over is not None:
        steps = (*steps, f"per {over.per}")
    quantum = found.quantum if last is None else min(found.quantum, last.quantum)
    quantity = Quantity(
        kind=kind, value=value, lower=lower, upper=upper, quantum=quantum, unit=unit, per=per, approximation=approximation
    )
    return Mention(
        start=start, end=end, quote=page.text[start:end], language=page.languages[found.start], quantity=quantity, rule=steps
    )


def _alike(page: Page, found: Draft, trail: _Trail) -> Draft:
    """A bare magnitude close behind an amount of money is money too: "13 milliards de dollars ... il en visait 14 milliards"."""
    close = trail.great == "money" and 0 <= found.start - trail.great_at < _CLOSE
    if found.named or found.kind != "count" or found.number.scale < 10**6 or not close or numbers.of_people(page, found.number):
        return found
    return replace(found, kind="money", steps=(*found.steps, "money like the amount before"))


def _moved(page: Page, found: Draft, trail: _Trail) -> Draft:
    """A bare figure with its sign behind a percentage as points: "11 % (-2 en un mois)", "(9 %, +1)"."""
    written = found.bare and page.norm(found.start) in _SIGNS and found.start == found.number.start - 1
    if not written or trail.last is None or trail.last.kind != "percent" or found.start - trail.last.end > 1:
        return found
    if page.norm(found.start - 1) not in "(,;":
        return found
    return replace(found, kind="points", unit="pt", named=True, steps=(*found.steps, "points of the percentage before"))


def _followed(found: Draft, trail: _Trail, at: int) -> _Trail:
    if found.number.scale < 10**6:
        return trail._replace(at=at, last=found)
    return trail._replace(at=at, last=found, great=found.kind, great_at=found.end)


def _past(page: Page, refused: Draft) -> int:
    """Where to go on after what was refused: past the minutes of a time of day, past "sur 24"."""
    if refused.kind != "duration":
        return refused.number.end
    if refusals.round_the_clock(page, refused.number, refused.end):
        return refused.end + 2
    minutes = page.kind(refused.end) == "digits" and len(page.norm(refused.end)) == 2 and page.joined(refused.end)
    return refused.end + (refused.unit == "h" and minutes)  # "à 12 h 30 précises"


def _ranged(page: Page, first: Draft, trail: _Trail) -> tuple[Mention | None, _Trail] | None:
    """The range that begins with `first`, or the first half of a before and an after."""
    ends = links.span(page, first, page.languages[first.start])
    if ends is None:
        return None
    start, last, whole = ends
    if _refused(page, start, trail) is not None:
        return None
    if last.bare and start.bare and _refused(page, last, trail) is not None:
        return None, trail._replace(at=last.end, refused=last.end)  # "entre 12 et 14 rue de Rome"
    if last.unit == "h" and last.found is not None and refusals.hours(page, start.number, last.number, last.found):
        return None, trail._replace(at=last.end)
    if not whole:
        mention = _mention(page, start, _bound(page, start, start.end), None)
        return mention, _followed(start, trail, first.end)
    per = rate(page, last.end, last.kind, page.languages[first.start])
    mention = _mention(
        page,
        replace(start if start.start < start.number.start else signed(page, start), end=last.end),
        EXACT,
        per,
        last,
    )
    return mention, _followed(last, trail, per.end if per else last.end)


def _read(page: Page, trail: _Trail) -> tuple[Mention | None, _Trail]:
    """What starts at the token where `trail` stands, and the trail beyond it."""
    i = trail.at
    prefix = currency_before(page, i, trail.floor) if page.kind(i) == "digits" else None
    number = numbers.read(page, i, prefix is not None)
    if prefix is not None and number is not None and not great_enough(page, prefix, number.scale):
        prefix, number = None, numbers.read(page, i, False)
    if number is None:
        return None, trail._replace(at=i + 1)
    if number.quantum is None:
        return None, trail._replace(at=number.end, refused=number.end)
    first = compound(page, attach(page, number, prefix))
    if (ranged := _ranged(page, first, trail)) is not None:
        return ranged
    shared = links.shared(page, links.resumed(page, first), page.languages[i], trail.last)
    found = links.elliptic(page, aged(page, shared), trail.last)
    if _refused(page, found, trail) is not None:
        refused = number.end if not number.words or not number.one else trail.refused
        return None, trail._replace(at=max(i + 1, _past(page, found)), refused=refused)
    found = _moved(page, _alike(page, signed(page, found), trail), trail)
    per = rate(page, found.end, found.kind, page.languages[i])
    if per is not None and per.physical and found.kind == "measure":
        found = replace(found, end=per.end)
    mention = _mention(page, found, _bound(page, found, found.end, trail.last), per)
    return mention, _followed(found, trail, per.end if per else found.end)


def _starts(page: Page) -> list[int]:
    """Indices of the tokens with which a quantity may start: cheap, since every token of a text is asked."""
    text, tokens = page.text, page.tokens
    begin = {norm for norm in {token[2] for token in tokens} if numbers.may_start(norm)}
    found = [
        i
        for i, (_, end, norm, kind) in enumerate(tokens)
        if kind == "digits" or norm in begin or (norm in _POINTS and text[end : end + 1].isdigit())  # ".5"
    ]
    return [i for i in found if not idle(page, i)]


def quantities(page: Page) -> list[Mention]:
    """The quantities of a page in order, without overlap, outside what dates hold."""
    out: list[Mention] = []
    tokens, taken, date, trail = page.tokens, page.taken, 0, _Trail()
    for i in _starts(page):
        if i < trail.at:
            continue
        token = tokens[i]
        while date < len(taken) and taken[date][1] <= token.start:
            date += 1
        if date < len(taken) and taken[date][0] < token.end:
            continue
        special = share(page, i)
        whole = None
        if special is None and (token.kind == "word" or page.text[token.end : token.end + 1] in MARKS):
            whole = (grown if token.kind == "word" else chrono)(page, i)
        mention: Mention | None
        if whole is not None:
            mention, trail = whole, trail._replace(at=_token_from(tokens, i, whole.end))
        elif special is not None:
            mention, trail = special[0], trail._replace(at=special[1])
        else:
            mention, trail = _read(page, trail._replace(at=i))
        if mention is not None:
            out.append(mention)
            trail = trail._replace(floor=trail.at)
    return _ordered(out)


def _token_from(tokens: Sequence[Token], i: int, end: int) -> int:
    """Index of the first token from `i` on that begins at or behind offset `end`."""
    while i < len(tokens) and tokens[i].start < end:
        i += 1
    return i


def _ordered(found: Sequence[Mention]) -> list[Mention]:
    out: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not out or mention.start >= out[-1].end:
            out.append(mention)
    return out
