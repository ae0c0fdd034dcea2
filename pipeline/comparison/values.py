"""Values as intervals with a written precision: when two agree, and what their wording or rounding explains.

Figures are compared in the first unit of their dimension. Two exact figures agree where they are equal; a hedged one
("environ", "plus de", a range) admits what lies in its interval.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from pipeline.comparison.lexical import limit

_OPEN = ("at_least", "more_than", "at_most", "less_than")


@lru_cache(maxsize=100_000)
def digits(figure: float) -> int:
    """How many significant digits a figure has, noughts at either end aside."""
    return len(f"{abs(figure):.12g}".split("e")[0].replace(".", "").strip("0"))


class Amount(NamedTuple):
    """A figure as claimed, in the first unit of its dimension; `point` is None for a range."""

    point: float | None
    lower: float | None
    upper: float | None
    quantum: float
    approximation: str

    @property
    def hedged(self) -> bool:
        """Whether the wording leaves something open."""
        return self.approximation != "exact"

    @property
    def telling(self) -> bool:
        """Whether two who give this figure are likely to speak of one thing: at least two significant digits, and not small."""
        return abs(self.figure) >= 100 and digits(self.figure) >= 2

    @property
    def figure(self) -> float:
        """The point, else the middle of the range, else its only bound."""
        if self.point is not None:
            return self.point
        ends = [end for end in (self.lower, self.upper) if end is not None]
        return sum(ends) / len(ends) if ends else math.nan


def written_quantum(value: float) -> float:
    """The place of the last digit that a press figure of this value is likely written to, where a table does not say it.

    Noughts of a whole magnitude (million, milliard) are its name, those below stand written: 200 is 1, 200 millions 1e6.
    """
    size = abs(value)
    if size >= 1e6:
        magnitude = 10.0 ** (3 * (min(int(math.log10(size)), 14) // 3))
        place = magnitude
        while place > 1 and abs(size / place - round(size / place)) > 1e-9 * max(size / place, 1):
            place /= 10
        return place
    place = 1.0
    while place > 1e-9 and abs(size / place - round(size / place)) > 1e-9:
        place /= 10
    return place


def close(a: float, b: float) -> bool:
    """Equal but for the noise of floating point."""
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


def wording(amount: Amount) -> tuple[float, float]:
    """What the wording admits, ends included; "environ" leaves a tenth open, or half the last digit's place if that is more."""
    figure = amount.figure
    if amount.approximation == "about":
        slack = max(abs(figure) * limit("about"), amount.quantum / 2)
        upper = amount.upper if amount.lower is None and amount.upper is not None else figure + slack
        lower = amount.lower if amount.upper is None and amount.lower is not None else figure - slack
        return lower, max(upper, lower)
    lower = -math.inf if amount.lower is None else amount.lower
    upper = math.inf if amount.upper is None else amount.upper
    if amount.approximation in _OPEN or amount.approximation == "between":
        return lower, upper
    return figure, figure


def same(a: Amount, b: Amount) -> bool:
    """Whether both give the same figure, hedged or not."""
    if a.point is not None and b.point is not None:
        return close(a.point, b.point)
    return a.point is None and b.point is None and a.lower == b.lower and a.upper == b.upper


def gap(a: Amount, b: Amount) -> float:
    """abs(a-b) / max(abs(a), abs(b)) of the two figures; 0 where both are 0."""
    x, y = a.figure, b.figure
    top = max(abs(x), abs(y))
    return abs(x - y) / top if top else 0.0


def ratio(a: Amount, b: Amount) -> float:
    """How many times e one figure is the other: 0 for equal ones, infinite where one is 0 or they differ in sign."""
    x, y = a.figure, b.figure
    if x == y:
        return 0.0
    return abs(math.log(x / y)) if x and y and x * y > 0 else math.inf


def _coarser(a: Amount, b: Amount) -> tuple[Amount, Amount]:
    return (a, b) if (a.quantum, _noughts(a.figure)) >= (b.quantum, _noughts(b.figure)) else (b, a)


@lru_cache(maxsize=100_000)
def _noughts(figure: float) -> float:
    """The place of the last digit that is not nought, of a whole figure."""
    size = abs(figure)
    if size < 1 or size != int(size) or size > 1e15:
        return 0.0
    digits = str(int(size))
    return 10.0 ** (len(digits) - len(digits.rstrip("0")))


def rounds(a: Amount, b: Amount) -> bool:
    """Whether one is the other rounded to the precision it is written in, or, in full digits, to its noughts."""
    if a.point is None or b.point is None or a.point * b.point < 0 or gap(a, b) > limit("rounding"):
        return False
    coarse, fine = _coarser(a, b)
    if coarse.quantum > fine.quantum * 1.5 and abs(a.point - b.point) <= coarse.quantum / 2 * (1 + 1e-9):
        return True
    return _rounds_digits(a, b) or _rounds_digits(b, a)


def _rounds_digits(coarse: Amount, fine: Amount) -> bool:
    """24 000 for 23 871: both written in full, the first ends in more noughts and lies near."""
    place = _noughts(coarse.figure)
    return (
        place >= 10
        and place > _noughts(fine.figure)
        and abs(coarse.figure - fine.figure) <= place / 2
        and gap(coarse, fine) <= limit("round_share")
    )


def rounding(a: Amount, b: Amount) -> bool:
    """One is the other rounded, and the coarser says so by its digits alone, without an approximator."""
    if not rounds(a, b):
        return False
    coarse, fine = _coarser(a, b)
    return not coarse.hedged and fine.approximation in ("exact", "about")


def admits(a: Amount, b: Amount) -> bool:
    """Whether the wording of one leaves room for the other."""
    if not (a.hedged or b.hedged):
        return False
    (low_a, high_a), (low_b, high_b) = wording(a), wording(b)
    return (max(low_a, low_b) <= min(high_a, high_b)) or (rounds(a, b) and _coarser(a, b)[0].approximation == "about")


def written(a: Amount, b: Amount) -> bool:
    """Whether the two lie within half of the coarser one's last written place."""
    return abs(a.figure - b.figure) <= max(a.quantum, b.quantum) / 2 * (1 + 1e-9)


def same_digits(a: Amount, b: Amount) -> bool:
    """Whether a nought or more is all that parts two figures of at least two significant digits: 35 and 350."""
    x, y = a.figure, b.figure
    if not x or x * y <= 0 or max(x / y, y / x) < 9 or digits(x) < 2:
        return False
    power = math.log10(x / y)
    return abs(power - round(power)) < 1e-9 and abs(power) < 4


def transposed(a: Amount, b: Amount) -> bool:
    """Whether two neighbouring digits of at least three are all that parts two figures: 143 and 134."""
    x, y = (f"{abs(amount.figure):.12g}".replace(".", "").rstrip("0") for amount in (a, b))
    if a.point is None or b.point is None or a.point * b.point <= 0 or len(x) != len(y) or len(x) < 3:
        return False
    apart = [i for i, (p, q) in enumerate(zip(x, y, strict=True)) if p != q]
    swapped = len(apart) == 2 and apart[1] == apart[0] + 1 and x[apart[0]] == y[apart[1]] and x[apart[1]] == y[apart[0]]
    return swapped and max(a.point / b.point, b.point / a.point) < 10


FAR = 500  # times that a figure is at least larger than another where a thousand may lie between them, however rounded


def _scaled(amount: Amount, factor: float) -> Amount:
    point, lower, upper = (None if x is None else x * factor for x in (amount.point, amount.lower, amount.upper))
    return Amount(point, lower, upper, amount.quantum * factor, amount.approximation)


def scale(a: Amount, b: Amount) -> float | None:
    """The power of a thousand by which the larger exceeds the smaller, where the digits are the same; else None.

    Of a figure with one digit that says too little to allow for rounding: 6 is no 6 412.
    """
    small, large = (a, b) if abs(a.figure) <= abs(b.figure) else (b, a)
    if not small.figure or small.figure * large.figure < 0 or abs(large.figure) < FAR * abs(small.figure):
        return None
    for factor in (1e3, 1e6, 1e9):
        raised = _scaled(small, factor)
        if same(raised, large) or (digits(small.figure) >= 2 and rounds(raised, large)):
            return factor
    return None
