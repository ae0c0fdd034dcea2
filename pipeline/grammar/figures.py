"""Numbers in digits: grouping, decimal marks, fractions and exponents, decided by language and by their own shape.

1.234.567,89 · 1,234,567.89 · 1 234 567 (any kind of space) · 839.000 · 13.8 · 1'234'567 · 3/4 · 2½ · 1e10 · 2,5^3
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import NamedTuple

from pipeline.grammar.page import Page

_SPACES = frozenset(" \u00a0\u202f\u2009\u2007\u2008\u2005\u2006\u2004\u2002\u200a")
_APOSTROPHES = frozenset("'’ʼ´")
_MARKS = frozenset(".,·٫")
_MAX_DIGITS = 21
_MAX_PARTS = 9
_TINY, _HUGE = Decimal("1e-12"), Decimal("1e21")  # no figure of the press lies beyond
_TIMES = frozenset(("×", "x", "·", "*"))
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


class Figure(NamedTuple):
    """A number in digits; `end` is the index of the token after it.

    `value` is None where the digits are no number (an address, a version, a telephone number): they are to be skipped
    as a whole. `other` is the value under the other reading of an ambiguous mark ("12,000": 12 or 12000).
    """

    value: Decimal | None
    quantum: Decimal
    end: int
    other: Decimal | None = None
    fraction: bool = False


_NOT = Decimal(1)


def _separator(page: Page, j: int, first: str, seen: str) -> str:
    """What joins the digits before token `j` to those that follow: a mark, an apostrophe, a space, or nothing."""
    token = page.tokens[j]
    if token.kind == "digits":
        gap = page.text[page.tokens[j - 1].end : token.start]
        grouped = len(token.norm) == 3 and len(first) <= 3 and gap in _SPACES and seen.strip() == ""
        return " " if grouped and first[0] != "0" else ""
    if token.kind != "sign" or not page.adjacent(j) or not page.adjacent(j + 1) or page.kind(j + 1) != "digits":
        return ""
    if token.norm in _APOSTROPHES:
        return "'"
    return token.norm if token.norm in _MARKS else ""


def _gather(page: Page, i: int) -> tuple[list[str], str, int]:
    parts, seen, j = [page.tokens[i].norm], "", i + 1
    while j < len(page.tokens):
        mark = _separator(page, j, parts[0], seen)
        if not mark:
            break
        at = j if mark == " " else j + 1
        parts.append(page.tokens[at].norm)
        seen += mark
        j = at + 1
    return parts, seen, j


def _telephone(page: Page, i: int) -> int | None:
    """Index after four or more pairs of digits in a row from token `i`, None if there are fewer: a telephone number."""
    j = i
    if page.norm(i - 1) == "+" and page.adjacent(i):  # the country, and one digit that may stand alone
        j = i + 2 if page.kind(i + 1) == "digits" and len(page.norm(i + 1)) == 1 else i + 1
    pairs = 0
    while page.kind(j) == "digits" and len(page.norm(j)) == 2 and (page.joined(j) or j == i):
        pairs, j = pairs + 1, j + 1
        if page.norm(j) in (".", "-") and page.adjacent(j) and page.adjacent(j + 1):
            j += page.kind(j + 1) == "digits"
    return j if pairs >= 4 else None


def _grouped(parts: list[str]) -> bool:
    return len(parts[0]) <= 3 and parts[0][0] != "0" and all(len(p) == 3 for p in parts[1:])


def _indian(parts: list[str]) -> bool:
    """Groups of two before the last of three: "12,34,567"."""
    return len(parts[-1]) == 3 and 0 < len(parts[0]) <= 2 and parts[0][0] != "0" and all(len(p) == 2 for p in parts[1:-1])


def _decimal(whole: list[str], fraction: str) -> tuple[Decimal, Decimal]:
    quantum = Decimal(1).scaleb(-len(fraction))
    return Decimal("".join(whole) + "." + fraction), quantum


def _interpret(parts: list[str], seen: str, decimal: str) -> tuple[Decimal, Decimal, Decimal | None] | None:
    """Value, quantum and other reading of digit groups joined by the marks `seen`; None if they are no number."""
    if sum(map(len, parts)) > _MAX_DIGITS or len(parts) > _MAX_PARTS:
        return None
    whole = Decimal("".join(parts))
    if not seen:
        return (whole, Decimal(1), None) if len(parts[0]) == 1 or parts[0][0] != "0" or not whole else None
    mark = seen[-1]
    if set(seen) == {mark} and (mark in " '" or len(seen) > 1):
        return (whole, Decimal(1), None) if _grouped(parts) or (mark == "," and _indian(parts)) else None
    if mark not in _MARKS:
        return None
    if len(seen) > 1 and (len(set(seen[:-1])) > 1 or mark in seen[:-1] or not (_grouped(parts[:-1]) or _indian(parts[:-1]))):
        return None
    value, quantum = _decimal(parts[:-1], parts[-1])
    if len(seen) > 1 or not _grouped(parts):
        return (value, quantum, None) if parts[0] == "0" or parts[0][0] != "0" or len(seen) > 1 else None
    return (value, quantum, whole) if mark == decimal else (whole, Decimal(1), value)


def _exponent(page: Page, j: int) -> tuple[Decimal, int] | None:
    """The factor of "e10", "e-1", "× 10^6" or "×10⁶" after digits that end at token `j`."""
    if page.norm(j) in _TIMES and page.norm(j + 1) == "10":
        return _power(page, j + 2, Decimal(10))
    if page.norm(j) == "e" and page.adjacent(j):
        at = j + 1
        sign = page.norm(at) if page.norm(at) in ("+", "-") and page.adjacent(at) else ""
        at += bool(sign)
        if page.kind(at) == "digits" and page.adjacent(at) and len(page.norm(at)) <= 2:
            return Decimal(10) ** int(sign + page.norm(at)), at + 1
    return None


def _power(page: Page, j: int, value: Decimal) -> tuple[Decimal, int] | None:
    """`value` raised: "1,1^23", "2,5^-1", "10⁶"."""
    if page.kind(j) == "word" and page.adjacent(j) and value == 10:
        digits = page.raw(j).translate(_SUPERSCRIPTS)
        if digits.isascii() and digits.isdigit() and len(digits) <= 2:
            return value ** int(digits), j + 1
    if page.norm(j) != "^" or not page.adjacent(j):
        return None
    at, sign = j + 1, ""
    while page.norm(at) in ("+", "-") and page.adjacent(at) and at < j + 3:
        sign, at = page.norm(at), at + 1
    if page.kind(at) != "digits" or not page.adjacent(at) or len(page.norm(at)) > 2 or value > 10**6 or not value:
        return None
    return value ** int(sign + page.norm(at)), at + 1


def _fraction(page: Page, i: int) -> Figure | None:
    """ "3/4" at token `i`; a skipped whole where the digits are a date, a score or a reference ("24/7", "2018/2019")."""
    if page.norm(i + 1) not in ("/", "⁄") or page.kind(i + 2) != "digits" or not page.adjacent(i + 1) or not page.adjacent(i + 2):
        return None
    end = i + 3
    further = page.norm(end) in ("/", "-") and page.adjacent(end) and page.kind(end + 1) == "digits" and page.adjacent(end + 1)
    top, bottom = page.norm(i), page.norm(i + 2)
    if (
        further
        or len(top) > 2
        or len(bottom) > 3
        or top[0] == "0"
        or bottom[0] == "0"
        or int(top) >= int(bottom)
        or int(bottom) > 100
    ):
        while page.norm(end) in ("/", "-") and page.adjacent(end) and page.kind(end + 1) == "digits" and page.adjacent(end + 1):
            end += 2
        return Figure(None, _NOT, end)
    return Figure(Decimal(top) / Decimal(bottom), Decimal("0.01"), end, fraction=True)


def vulgar(page: Page, i: int) -> Decimal | None:
    """The value of a fraction character ("½") at token `i`."""
    raw = page.raw(i)
    if len(raw) != 1 or not unicodedata.decomposition(raw).startswith("<fraction>"):
        return None
    value = unicodedata.numeric(raw, None)
    return None if value is None or value >= 1 else Decimal(str(round(value, 6)))


def _mixed(page: Page, whole: Figure) -> Figure:
    """A whole number with a fraction behind it: "10 1/2", "2½"."""
    if whole.value is None or whole.quantum != 1 or whole.value >= 1000:
        return whole
    part = vulgar(page, whole.end)
    if part is not None and page.joined(whole.end):
        return Figure(whole.value + part, Decimal("0.01"), whole.end + 1, fraction=True)
    if page.kind(whole.end) == "digits" and page.joined(whole.end) and len(page.norm(whole.end)) == 1:
        found = _fraction(page, whole.end)
        if found is not None and found.value is not None:
            return Figure(whole.value + found.value, Decimal("0.01"), found.end, fraction=True)
    return whole


def read_figure(page: Page, i: int, decimal: str) -> Figure:
    """The number in digits that starts at token `i`, `decimal` being the decimal mark of its language.

    A mark before exactly three digits groups them unless it is the language's decimal mark; any other mark that stands
    once is decimal whatever the language ("13.8 milliards" in French). A leading mark is decimal (".25").
    """
    if page.kind(i) == "sign":  # a leading mark
        fraction = page.norm(i + 1)
        if len(fraction) > _MAX_DIGITS:
            return Figure(None, _NOT, i + 2)
        value, quantum = _decimal(["0"], fraction)
        return Figure(value, quantum, i + 2)
    if (found := _fraction(page, i)) is not None:
        return found
    if (beyond := _telephone(page, i)) is not None:
        return Figure(None, _NOT, beyond)
    parts, seen, end = _gather(page, i)
    read = _interpret(parts, seen, decimal)
    if read is None:
        return Figure(None, _NOT, end)
    value, quantum, other = read
    if (raised := _exponent(page, end)) is not None:
        value, quantum, end = value * raised[0], quantum * raised[0], raised[1]
        return Figure(value if _TINY < value < _HUGE else None, quantum, end)
    if (power := _power(page, end, value)) is not None:
        return Figure(power[0] if _TINY < power[0] < _HUGE else None, Decimal(1), power[1])
    return _mixed(page, Figure(value, quantum, end, other))
