"""Number words to numbers: "deux cent mille", "anderthalb Milliarden", "two and a half million", "une cinquantaine".

One small engine owns the arithmetic; what the words are worth is the lexicon's. Lookahead is bounded, so that reading
is linear in the length of the text whatever it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.grammar.tokens import Token
from pipeline.grammar.vocabulary import Numerals, numerals

HYPHENS = frozenset("-‐‑")
_CLOSED, _OPENING = frozenset(("digit", "teen")), frozenset(("digit", "teen", "tens", "zero"))
_MAX_ATOMS = 32  # more words than any number below 10^18 has
_MAX_GAP = 2  # white space between the words of one number
_HUGE = Decimal(10) ** 24
_ONE, _HALF, _THOUSAND = Decimal(1), Decimal("0.5"), Decimal(1000)


class Numeral(NamedTuple):
    """A number read from words, or from one run of digits.

    `quantum` is the place of the last word: "huit mille" 1000, "huit mille deux cents" 1, "deux millions" 10^6; a run of
    digits and anything below a thousand was written to the unit. `end` is the index of the first token after it.
    """

    value: Decimal
    quantum: Decimal
    end: int
    collective: bool = False  # "une cinquantaine", "ein Dutzend": about that many
    scaled: bool = False  # its last word is a magnitude ("deux millions", "une centaine"): "de" leads to what is counted


class _Atom(NamedTuple):
    kind: str  # zero, digit, teen, tens, hundred, magnitude, mixed, joiner
    value: Decimal
    end: int


class _Sum(NamedTuple):
    value: Decimal
    quantum: Decimal
    at: int  # index of the first atom after it
    last: Decimal  # the last magnitude, 1 if none: what "et demi" halves


@lru_cache(maxsize=4096)
def _split(word: str, language: str) -> tuple[tuple[str, Decimal], ...]:
    """The parts of a compound written in one word ("zweihundertfünfzig"), empty if it is none."""
    lex = numerals(language)
    if not lex.half_suffix or not 4 < len(word) <= 80:
        return ()
    half = next((s for s in sorted(lex.half_suffix, key=len, reverse=True) if word.endswith(s)), None)
    if half is not None:
        before = lex.words.get(word[: -len(half)])
        return (("mixed", before[1] + _HALF),) if before is not None and before[0] in ("digit", "teen") else ()
    for middle in lex.half_suffix:  # "viereinhalbtausend"
        whole, found, rest = word.partition(middle)
        if whole and found and lex.words.get(rest, ("", _ONE))[0] == "magnitude" and (top := _split(whole + found, language)):
            return (*top, lex.words[rest])
    parts, at = [], 0
    while at < len(word):
        for size in range(min(12, len(word) - at), 2, -1):
            piece = word[at : at + size]
            if piece in lex.words or piece in lex.joiners:
                break
            if piece in lex.half_suffix:
                return ()
        else:
            return ()
        parts.append(lex.words.get(piece, ("joiner", _ONE)))
        at += size
    return tuple(parts) if len(parts) > 1 and parts[-1][0] != "joiner" else ()


@lru_cache(maxsize=1 << 14)
def may_end(word: str, language: str) -> bool:
    """Whether a word may be the last of a number in words: cheap, to be asked before one is sought in front of a unit."""
    lex = numerals(language)
    known = lex.words, lex.collectives, lex.halves, lex.joiners, lex.points, {second for _, second in lex.compounds}
    return any(word in words for words in known) or bool(_split(word, language))


def _next_word(tokens: Sequence[Token], i: int, after: int) -> int | None:
    """Index of the word that goes on at `i` after a token that ended at offset `after`: next to it, or past a hyphen."""
    if i >= len(tokens):
        return None
    token = tokens[i]
    if token.kind == "word":
        return i if token.start - after <= _MAX_GAP else None
    hyphen = token.norm in HYPHENS and token.start == after and i + 1 < len(tokens)
    return i + 1 if hyphen and tokens[i + 1].start == token.end and tokens[i + 1].kind == "word" else None


def _atoms(tokens: Sequence[Token], i: int, lex: Numerals) -> list[_Atom]:
    out: list[_Atom] = []
    at: int | None = i
    while at is not None and len(out) < _MAX_ATOMS:
        token = tokens[at]
        after = _next_word(tokens, at + 1, token.end)
        pair = None if after is None else lex.compounds.get((token.norm, tokens[after].norm))
        if pair is not None and after is not None:
            at, after = after, _next_word(tokens, after + 1, tokens[after].end)
            out.append(_Atom(*pair, at + 1))
        elif token.norm in lex.words:
            kind, value = lex.words[token.norm]
            if out and out[-1].kind in _CLOSED and kind in _OPENING:
                break  # "deux | trois": no number goes on like that
            out.append(_Atom(kind, value, at + 1))
        elif token.norm in lex.joiners and lex.tens_first and out:
            out.append(_Atom("joiner", _ONE, at + 1))
        elif token.norm in lex.articles and not out and after is not None and _heavy(tokens[after].norm, lex):
            out.append(_Atom("digit", _ONE, at + 1))
        elif parts := _split(token.norm, lex.language):
            out.extend(_Atom(*part, at + 1) for part in parts)
        else:
            break
        at = after
    return out


def _heavy(word: str, lex: Numerals) -> bool:
    found = lex.words.get(word)
    return word in lex.collectives or (found is not None and found[0] in ("hundred", "magnitude"))


def _kind(atoms: Sequence[_Atom], p: int) -> str:
    return atoms[p].kind if p < len(atoms) else ""


def _below_hundred(atoms: Sequence[_Atom], p: int, lex: Numerals) -> tuple[Decimal, int] | None:
    kind = _kind(atoms, p)
    if kind == "tens":
        tens, follow = atoms[p].value, _kind(atoms, p + 1)
        if follow == "joiner" and lex.tens_first and p + 2 < len(atoms):
            unit = atoms[p + 2].value
            if unit == 1 or (unit == 11 and tens in lex.vigesimal):
                return tens + unit, p + 3
        if follow == "digit" or (follow == "teen" and tens in lex.vigesimal):
            return tens + atoms[p + 1].value, p + 2
        return tens, p + 1
    if kind == "digit" and not lex.tens_first and _kind(atoms, p + 1) == "joiner" and _kind(atoms, p + 2) == "tens":
        return atoms[p].value + atoms[p + 2].value, p + 3
    return (atoms[p].value, p + 1) if kind in ("digit", "teen", "mixed") else None


def _rest(atoms: Sequence[_Atom], p: int, lex: Numerals) -> tuple[Decimal, int] | None:
    """What follows a hundred or a thousand: "deux cent | cinq", "two hundred | and five"."""
    if _kind(atoms, p) == "joiner" and not lex.vigesimal:
        p += 1
    return _below_hundred(atoms, p, lex)


def _below_thousand(atoms: Sequence[_Atom], p: int, lex: Numerals) -> tuple[Decimal, int] | None:
    factor, at = _ONE, p
    if _kind(atoms, p) != "hundred":
        found = _below_hundred(atoms, p, lex)
        if found is None:
            return None
        factor, at = found
        if _kind(atoms, at) != "hundred" or not 1 <= factor < 20:
            return found
    value = factor * 100
    rest = _rest(atoms, at + 1, lex)
    return (value, at + 1) if rest is None else (value + rest[0], rest[1])


def _below_million(atoms: Sequence[_Atom], p: int, lex: Numerals) -> _Sum | None:
    found = _below_thousand(atoms, p, lex)
    value, at = found if found is not None else (_ONE, p)
    if _kind(atoms, at) != "magnitude" or atoms[at].value != _THOUSAND or value >= _THOUSAND:
        return None if found is None else _Sum(value, _HALF / 5 if value % 1 else _ONE, at, _ONE)
    value, at = value * _THOUSAND, at + 1
    skip = at + 1 if _kind(atoms, at) == "joiner" else at
    rest = _below_thousand(atoms, skip, lex)
    if rest is not None and skip > at and lex.vigesimal and (rest[0] != 1 or rest[1] < len(atoms)):
        rest = None  # "mille et un", but "mille | et deux"
    if rest is None or (_kind(atoms, rest[1]) == "magnitude" and atoms[rest[1]].value == _THOUSAND):
        return _Sum(value, _THOUSAND, at, _THOUSAND)
    return _Sum(value + rest[0], _ONE, rest[1], _ONE)


def _sum(atoms: Sequence[_Atom], lex: Numerals) -> _Sum | None:
    if _kind(atoms, 0) == "zero":
        return _Sum(Decimal(0), _ONE, 1, _ONE)
    total: _Sum | None = None
    while True:
        at = 0 if total is None else total.at
        part = _below_million(atoms, at, lex)
        if part is None:
            return total
        if _kind(atoms, part.at) == "magnitude" and atoms[part.at].value > _THOUSAND:
            scale = atoms[part.at].value
            part = _Sum(part.value * scale, scale / 10 if part.value % 1 else scale, part.at + 1, scale)
        if total is None:
            total = part
        elif part.value < total.last:
            total = _Sum(total.value + part.value, part.quantum, part.at, part.last)
        else:
            return total
        if total.last <= _THOUSAND:
            return total


def _decimals(tokens: Sequence[Token], i: int, lex: Numerals) -> tuple[str, int] | None:
    """Digits after "virgule": "cinq" 5, "zéro trois" 03, "cinquante-deux" 52, "five two" 52."""
    atoms, digits, p = _atoms(tokens, i, lex), "", 0
    while _kind(atoms, p) == "zero":
        digits, p = digits + "0", p + 1
    while (found := _below_hundred(atoms, p, lex)) is not None and found[0] % 1 == 0 and len(digits) < 9:
        digits, p = digits + str(found[0]), found[1]
    return (digits, atoms[p - 1].end) if digits else None


def _with_decimals(tokens: Sequence[Token], number: Numeral, lex: Numerals) -> Numeral:
    i = number.end
    if number.value >= 1000 or i + 1 >= len(tokens) or tokens[i].norm not in lex.points:
        return number
    found = _decimals(tokens, i + 1, lex)
    if found is None:
        return number
    quantum = Decimal(1).scaleb(-len(found[0]))
    return scaled(tokens, Numeral(number.value + Decimal(found[0]) * quantum, quantum, found[1]), lex)


def scaled(tokens: Sequence[Token], number: Numeral, lex: Numerals) -> Numeral:
    """`number` times the magnitude words that follow it at once ("13,8 | milliards", "mille | milliards")."""
    while number.end < len(tokens) and (scale := lex.scale(tokens[number.end].norm)) is not None:
        if (number.scaled and scale <= number.quantum) or number.value * scale > _HUGE:
            break
        number = Numeral(number.value * scale, number.quantum * scale, number.end + 1, number.collective, True)
    return number


def _half(tokens: Sequence[Token], number: Numeral, last: Decimal, lex: Numerals) -> Numeral:
    """Adds "et demi", "and a half" to what was read, half of its last magnitude."""
    i = number.end
    if i + 1 >= len(tokens) or number.collective:
        return number
    joined, at = _next_word(tokens, i, tokens[i - 1].end), None
    if joined is not None and tokens[joined].norm in lex.joiners:
        at = _next_word(tokens, joined + 1, tokens[joined].end)
        if at is not None and tokens[at].norm in lex.articles:
            at = _next_word(tokens, at + 1, tokens[at].end)
    if at is None or tokens[at].norm not in lex.halves:
        return number
    half = Numeral(number.value + last / 2, last / 10, at + 1, False, number.scaled)
    return half if number.scaled else scaled(tokens, half, lex)


def collective(tokens: Sequence[Token], i: int, factor: Decimal, lex: Numerals) -> Numeral | None:
    """A collective at `i` ("dizaine", "Dutzend"), times what it counts ("une dizaine de millions")."""
    at = _next_word(tokens, i, tokens[i - 1].end if i else 0)
    if at is None or (size := lex.collectives.get(tokens[at].norm)) is None:
        return None
    quantum = _place(size)
    number, follow = Numeral(factor * size, quantum, at + 1, True, True), at + 1
    if follow + 1 < len(tokens) and tokens[follow].norm in lex.of:
        follow += 1
    if follow < len(tokens):
        word = tokens[follow].norm
        scale = lex.scale(word) or (lex.collectives.get(word) if lex.of else None)
        if scale is not None and scale > size and scale >= _THOUSAND:
            return Numeral(number.value * scale, quantum * scale, follow + 1, True, True)
    return number


def _place(size: Decimal) -> Decimal:
    """The place that a collective was written to: 50 to the ten, 100 to the hundred, 12 and 15 to the unit."""
    place = _ONE
    while size % (place * 10) == 0:
        place *= 10
    return place


def _halved(tokens: Sequence[Token], i: int, lex: Numerals) -> Numeral | None:
    """Half of a magnitude or collective: "un demi-million", "half a million", "ein halbes Dutzend"."""
    at: int | None = i
    found = lex.words.get(tokens[i].norm)
    if tokens[i].norm in lex.articles or (found is not None and found[1] == 1):
        at = _next_word(tokens, i + 1, tokens[i].end)
    if at is None or tokens[at].norm not in lex.halves:
        return None
    at = _next_word(tokens, at + 1, tokens[at].end)
    if at is not None and tokens[at].norm in lex.articles:
        at = _next_word(tokens, at + 1, tokens[at].end)
    if at is None:
        return None
    if (scale := lex.scale(tokens[at].norm)) is not None:
        return Numeral(scale / 2, scale / 10, at + 1, False, True)
    return collective(tokens, at, _HALF, lex)


def _plain_digits(tokens: Sequence[Token], i: int, lex: Numerals) -> Numeral | None:
    if len(tokens[i].norm) > 18:
        return None
    return scaled(tokens, Numeral(Decimal(tokens[i].norm), _ONE, i + 1), lex)


def read_number(tokens: Sequence[Token], i: int, language: str) -> Numeral | None:
    """The number that starts at token `i` in number words of `language`, or in one plain run of digits; None if none does.

    `value`, `quantum` and `end` (the index of the first token after it) come first, so that it unpacks as a tuple's
    slice. Words: "trois", "deux mille vingt" (2020), "une dizaine", "un milliard et demi", "zweihundertfünfzig",
    "anderthalb", "half a million". A run of digits is read as it stands ("3", "2020"), with the magnitude word after it;
    separators, signs and symbols are the business of `figures`. "un", "une", "ein", "one" read as 1: whether that is a
    number or an article, the caller must know.
    """
    token, lex = tokens[i], numerals(language)
    if token.kind == "digits":
        return _plain_digits(tokens, i, lex)
    if token.kind != "word":
        return None
    if (halved := _halved(tokens, i, lex)) is not None:
        return halved
    atoms = _atoms(tokens, i, lex)
    total = _sum(atoms, lex)
    if total is None:
        return None
    end = atoms[total.at - 1].end
    if total.value < _THOUSAND and (group := collective(tokens, end, total.value, lex)) is not None:
        return group
    number = Numeral(total.value, total.quantum, end, False, total.last >= _THOUSAND)
    with_half = _half(tokens, number, total.last, lex)
    return _with_decimals(tokens, number, lex) if with_half is number else with_half
