"""The unit that goes with a number where it stands: after it, before it (a currency), and whose "dollar" it is."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import NamedTuple

from pipeline.grammar.nouns import is_plural, singular
from pipeline.grammar.numbers import Number
from pipeline.grammar.numerals import HYPHENS
from pipeline.grammar.page import Page
from pipeline.grammar.units import Entry, Head, Unit, units
from pipeline.grammar.vocabulary import numerals
from pipeline.grammar.wordlists import words

_NEAR = 30  # tokens on either side that may say what an ambiguous unit means
_DRINK = 8  # tokens from a drink to its strength
_SENTENCE = 16  # tokens back to what a clause is about
_POWER, _SYMBOL = "[HP]", 2  # horses, and the letters of their symbol
_GREAT = Decimal(1000)
_TEMPERATURES = frozenset(("Cel", "[degF]"))
_PERCENT = frozenset("%")
_APOSTROPHES = str.maketrans("’ʼ´", "'''")
_SCREENS = frozenset(map(Decimal, (240, 360, 480, 720, 1080, 1440, 2160)))  # lines of a picture: "1080p"
_TURNS = frozenset((Decimal(360), Decimal(720)))  # degrees of whole turns, which no weather has


class Found(NamedTuple):
    """A unit at tokens `start` to before `end`."""

    unit: Unit
    start: int
    end: int


def _fits(page: Page, i: int, entry: Entry, symbol: bool) -> bool:
    for k, word in enumerate(entry.rest, i + 1):
        if (page.raw(k) if symbol else page.norm(k)) != word or not page.joined(k):
            return False
    return True


def _whole(page: Page, end: int) -> bool:
    """Whether a unit's name that ends before token `end` is no part of a compound ("week-end")."""
    return not (page.norm(end) in HYPHENS and page.adjacent(end) and page.adjacent(end + 1) and page.kind(end + 1) == "word")


def _welcome(page: Page, i: int, entry: Entry) -> bool:
    """Whether a name of another language may be read here: not where it is a function word or a noun of the sentence's own."""
    own = page.languages[i]
    foreign = bool(entry.rest) or (len(page.norm(i)) > 2 and page.norm(i) not in words(own).stop | words(own).homographs)
    return entry.language is None or entry.language == own or foreign


def unit_at(page: Page, i: int, compound: bool = False) -> Found | None:
    """The unit whose longest name or symbol starts at token `i`; the sentence's own language goes before others.

    `compound` allows it to be the middle of a compound ("12-Pfund-Brot").
    """
    if i >= len(page.tokens):
        return None
    found, best = units(), None
    for entry in found.symbols.get(page.raw(i), ()):
        if _fits(page, i, entry, True):
            best = entry
            break
    for entry in found.names.get(page.norm(i), ()):
        if best is not None and len(entry.rest) < len(best.rest):
            break
        if _fits(page, i, entry, False) and _welcome(page, i, entry) and (compound or _whole(page, i + 1 + len(entry.rest))):
            better = best is None or len(entry.rest) > len(best.rest) or (best.language not in (None, page.languages[i]))
            if better:
                best = entry
    return None if best is None else Found(best.unit, i, i + 1 + len(best.rest))


def unit_after(page: Page, number: Number) -> Found | None:
    """The unit behind a number: next to it, past "de" after a magnitude, or past a hyphen ("10-mile")."""
    i = number.end
    if not page.joined(i):
        return None
    if (number.of or number.value >= 10**6) and page.norm(i) in numerals(page.languages[i]).of | numerals(number.language).of:
        return unit_at(page, i + 1) if page.joined(i + 1) else None
    if page.norm(i) in HYPHENS and page.adjacent(i) and page.adjacent(i + 1):
        return unit_at(page, i + 1, True) if page.kind(i + 1) == "word" or page.norm(i + 1) in ("€", "$") else None
    found = unit_at(page, i)
    if found is not None and _otherwise(page, i, number):
        return None
    letter = (
        found is not None
        and found.unit.kind == "money"
        and found.end == i + 1
        and page.raw(i).isalpha()
        and len(page.raw(i)) == 1
    )
    warm = found is not None and found.unit.code in _TEMPERATURES and len(page.raw(i)) == 1 and page.raw(i).isalpha()
    if warm and not (page.adjacent(i) and page.raw(i).isupper()):
        return None  # "20C", yet no "row 3 c"
    return None if letter and not _pence(page, i, number) else found


def _otherwise(page: Page, i: int, number: Number) -> bool:
    """Whether what reads like a unit at token `i` is the stuff of things ("12 stone walls") or the end of a rank ("21st")."""
    lex, word = words(page.languages[i]), page.norm(i)
    if word in lex.materials:
        made = page.joined(i + 1) and page.norm(i + 1) not in lex.stop and is_plural(page.norm(i + 1), lex)
        return number.value <= 1 or made or not page.raw(i).islower()
    if word not in lex.ranked_by:
        return False
    rank = number.value % 10 == 1 and number.value % 100 != 11
    return rank or not page.adjacent(i) or not page.raw(i).islower()


def _pence(page: Page, i: int, number: Number) -> bool:
    """Whether a letter for a coin at token `i` goes with the figure before it: "318p", not "8 p.m." nor "1080p"."""
    clock = page.norm(i + 1) == "." and page.kind(i + 2) == "word" and page.adjacent(i + 2)
    return page.adjacent(i) and not clock and number.value not in _SCREENS


def currency_before(page: Page, i: int, floor: int) -> Found | None:
    """The currency whose symbol or code ends right before token `i` ("US$ 29"), not reaching below token `floor`."""
    if not page.joined(i):
        return None
    for symbol, unit in units().last_of_symbol.get(page.raw(i - 1), ()):
        start = i - len(symbol)
        if start < floor or any(page.raw(start + k) != word for k, word in enumerate(symbol)):
            continue
        if symbol[0].isalpha() and page.adjacent(start) and page.kind(start - 1) == "word":
            continue
        if len(symbol) > 1 and len(symbol[0]) == 1 and symbol[0].isalpha() and not page.adjacent(start + 1):
            continue  # "A $186 million fine"
        return Found(unit, start, i)
    return None


def great_enough(page: Page, prefix: Found, scale: Decimal) -> bool:
    """Whether what stands before a number is a currency there: "R500 million", neither "R5" nor "Euro 2024"."""
    return scale >= _GREAT or page.raw(prefix.end - 1) not in units().great_only


def near(page: Page, i: int, cues: frozenset[str]) -> int:
    """How many tokens around token `i` are among `cues`."""
    return sum(1 for j in range(max(0, i - _NEAR), min(len(page.tokens), i + _NEAR)) if page.tokens[j].norm in cues)


def _strength(page: Page, i: int) -> bool:
    """Whether the degrees at token `i` are of alcohol: "une bière à 8 degrés", no "vin servi à 12 degrés"."""
    lex = words(page.languages[i])
    return any(page.norm(j) in lex.spirits for j in page.back(i, _DRINK)) and not near(page, i, lex.served_at)


class Meaning(NamedTuple):
    """What a unit means here: its kind and code; for a thing that is counted its lemma stands in `code`."""

    kind: str
    code: str | None
    factor: Decimal
    how: str


def _named_in_full(page: Page, name: str) -> str | None:
    """The one currency that the article names in full with this head ("dollars canadiens"), if just one."""
    found = units()
    seen: Counter[str] = Counter()
    firsts = {first for first, entries in found.names.items() if any(e.unit.head == name and not e.rest for e in entries)}
    if not firsts & page.words:
        return None
    for i, token in enumerate(page.tokens):
        if (
            token.norm in firsts
            and (full := unit_at(page, i)) is not None
            and full.unit.head is None
            and full.unit.kind == "money"
        ):
            seen[full.unit.code] += 1
    return next(iter(seen)) if len(seen) == 1 else None


def _country(page: Page, i: int, name: str, head: Head, number: Number) -> tuple[str, str]:
    """The currency of a bare head at token `i`, and why."""
    for k in range(number.start + 1, number.end - 1):
        if (code := head.grouped.get(page.norm(k).translate(_APOSTROPHES))) is not None:
            return code, "by its grouping"
    scores = {code: near(page, i, cues) for code, cues in head.cues.items()}
    best = [code for code, score in scores.items() if score]
    if len(best) == 1:
        return best[0], "named nearby"
    if (full := page.remember(("full", name), lambda: _named_in_full(page, name))) is not None:
        return full, "named in full elsewhere"
    wide = [code for code, cues in head.cues.items() if cues & page.words]
    if len(wide) == 1 and not best:
        return wide[0], "named in the article"
    return head.default, "by default"


def meaning(page: Page, found: Found, number: Number) -> Meaning:
    """The kind and code of a unit where it stands; a bare head ("dollars", "francs", "livres") by what is around it."""
    unit, i = found.unit, found.start
    if unit.kind == "points" and unit.code == "pt" and unit.factor == 1:
        bare, lex = found.end == i + 1, words(page.languages[i])
        counted = page.norm(i + 1) in numerals(page.languages[i]).of and page.norm(i + 2) not in lex.points_of and lex.points_of
        games = near(page, i, lex.games) and not near(page, i, lex.polls | _PERCENT)
        games = games or (page.norm(number.start - 1) in lex.scoring and not near(page, i, lex.polls | _PERCENT))
        index = any(page.norm(j) in lex.indices for j in page.back(i, _SENTENCE))
        if bare and (counted or abs(number.value) > 100 or games or index):
            return Meaning("count", singular(page.raw(i), page.languages[i]), Decimal(1), "points that are counted")
    turn = number.value in _TURNS and unit.code == "Cel" and found.end == i + 1
    if turn or (unit.code == "Cel" and found.end == i + 1 and near(page, i, words(page.languages[i]).angles)):
        return Meaning(unit.kind, "deg", unit.factor, "an angle")
    if unit.code == "Cel" and _strength(page, i):
        return Meaning("percent", "%", unit.factor, "of alcohol")
    horses = unit.code == _POWER and found.end == i + 1 and len(page.norm(i)) > _SYMBOL
    if horses and not near(page, i, words(page.languages[i]).engines):
        return Meaning("count", singular(page.raw(i), page.languages[i]), Decimal(1), "animals")
    if unit.head is None:
        return Meaning(unit.kind, unit.code, unit.factor, "")
    head = units().heads[unit.head]
    if head.weight is not None and page.kind(i) == "word":
        great = number.scale > 1 or abs(number.value) >= _GREAT
        weight, count = near(page, i, head.weight_words), near(page, i, head.count_words)
        if not near(page, i, head.money_words) and not (great and not weight):
            if count > weight and page.languages[i] in head.count:
                return Meaning("count", head.count[page.languages[i]], Decimal(1), "a thing that is counted")
            if weight or page.languages[i] in head.light:
                return Meaning("measure", head.weight, Decimal(1), "a weight")
    code, how = _country(page, i, unit.head, head, number)
    return Meaning("money", code or None, unit.factor, how)
