"""Claims as columns, a row a claim: what is asked of very many pairs is computed for all of them at once.

Words and names stand as numbers, equal where these are equal; ABSENT stands for none. Claims stand in the order of their
articles and of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.comparison.items import Item
from pipeline.comparison.memo import Memo
from pipeline.comparison.times import Span, widened
from pipeline.comparison.values import digits

T = TypeVar("T")
S = TypeVar("S", bound=np.generic)
Column = NDArray[Any]
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]
ABSENT = -1


def codes(values: Iterable[Hashable]) -> Whole:
    """A number for each value, one for equal ones; ABSENT for None."""
    listed = list(values)
    known = {value: number for number, value in enumerate(dict.fromkeys(listed))} | {None: ABSENT}
    return np.array([known[value] for value in listed], dtype=np.int64)


def floats(values: Iterable[float | None]) -> Floats:
    """Some figures; not a number for None."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


@dataclass(frozen=True)
class Days:
    """Spans of days, as columns; where there is `none`, the rest means nothing."""

    first: Whole
    last: Whole
    none: Mask

    @property
    def length(self) -> Whole:
        """Number of days, both ends included."""
        length: Whole = self.last - self.first + 1
        return length

    def distance(self, other: Days) -> Whole:
        """Days between spans; 0 where they meet."""
        between: Whole = np.maximum(self.first - other.last, other.first - self.last)
        return np.maximum(between, 0)

    def __getitem__(self, rows: Whole) -> Days:
        return Days(self.first[rows], self.last[rows], self.none[rows])

    @classmethod
    def of(cls, spans: Sequence[Span | None]) -> Days:
        """The columns of some spans."""
        given = [(0, 0) if span is None else (span.first, span.last) for span in spans]
        ends = np.array(given, dtype=np.int64).reshape(-1, 2)
        return cls(ends[:, 0], ends[:, 1], np.array([span is None for span in spans], dtype=bool))


class Claims:
    """The columns of some claims."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = sorted(items, key=lambda item: (item.article, item.start, item.id))
        self._columns: dict[str, Column] = {}
        self._made: dict[Callable[[Sequence[Item]], Any], Any] = {}
        self._notes: dict[Callable[[Item], Any], Memo[int, Any]] = {}

    def coded(self, name: str, of: Callable[[Item], Hashable] | None = None) -> Whole:
        """The attribute `name` of each claim ("metric.family"), or what `of` says of it, as numbers."""
        return self._kept(name, lambda: codes(map(of or attrgetter(name), self.items)))

    def told(self, name: str, of: Callable[[Item], object] | None = None) -> Mask:
        """Whether the attribute `name` of each claim, or what `of` says of it, holds."""
        return self._kept(f"{name}?", lambda: np.array(list(map(bool, map(of or attrgetter(name), self.items))), dtype=bool))

    def noted(self, rows: Whole, of: Callable[[Item], T]) -> list[T]:
        """What `of` says of the claims in `rows`, asked once for each claim."""
        if of not in self._notes:
            items = self.items  # the memo must not hold `self`, which holds it
            self._notes[of] = Memo(lambda row: of(items[row]), len(items))
        return self._notes[of].each(rows.tolist())

    def made(self, make: Callable[[Sequence[Item]], T]) -> T:
        """What `make` makes of all the claims, made once."""
        if make not in self._made:
            self._made[make] = make(self.items)
        made: T = self._made[make]
        return made

    def _kept(self, name: str, made: Callable[[], Column]) -> Column:
        if name not in self._columns:
            self._columns[name] = made()
        return self._columns[name]

    @cached_property
    def articles(self) -> dict[str, range]:
        """The rows of each article."""
        groups = groupby(range(len(self.items)), key=lambda row: self.items[row].article)
        rows = ((article, list(own)) for article, own in groups)
        return {article: range(own[0], own[-1] + 1) for article, own in rows}

    @cached_property
    def figure(self) -> Floats:
        """The figures; not a number where there is none."""
        return floats(item.amount.figure for item in self.items)

    @cached_property
    def ends(self) -> tuple[Floats, Floats, Floats]:
        """Point, lower and upper end of each amount."""
        amounts = [item.amount for item in self.items]
        return floats(a.point for a in amounts), floats(a.lower for a in amounts), floats(a.upper for a in amounts)

    @cached_property
    def digits(self) -> Whole:
        """Significant digits of each figure."""
        return np.array(list(map(digits, self.figure.tolist())), dtype=np.int64)

    @cached_property
    def telling(self) -> Mask:
        """Which amounts are telling; see `values.Amount`."""
        return (np.abs(self.figure) >= 100) & (self.digits >= 2)

    @cached_property
    def days(self) -> Days:
        """When each claim holds."""
        return Days.of([item.span for item in self.items])

    @cached_property
    def widened(self) -> Days:
        """When each claim holds, with what vague wording leaves open."""
        return Days.of([item.span and widened(item.span) for item in self.items])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of claims of two articles each, as rows of `claims`; `meeting` numbers the two articles that a pair is of."""

    claims: Claims
    left: Whole
    right: Whole
    meeting: Whole

    def __len__(self) -> int:
        return len(self.left)

    def where(self, chosen: Mask) -> Pairs:
        """Those that are `chosen`."""
        return Pairs(self.claims, self.left[chosen], self.right[chosen], self.meeting[chosen])

    def sides(self, column: NDArray[S]) -> tuple[NDArray[S], NDArray[S]]:
        """What `column` holds of either claim."""
        return column[self.left], column[self.right]

    def days(self, column: Days) -> tuple[Days, Days]:
        """When either claim holds."""
        return column[self.left], column[self.right]

    def noted(self, of: Callable[[Item], T]) -> Iterator[tuple[T, T]]:
        """What `of` says of either claim."""
        return zip(self.claims.noted(self.left, of), self.claims.noted(self.right, of), strict=True)

    def one(self, column: Column) -> Mask:
        """Whether both claims have one value."""
        return np.equal(column[self.left], column[self.right])

    def both(self, column: Mask) -> Mask:
        """Whether something holds of both claims."""
        return column[self.left] & column[self.right]

    def either(self, column: Mask) -> Mask:
        """Whether something holds of at least one claim."""
        return column[self.left] | column[self.right]

    def items(self) -> Iterator[tuple[Item, Item]]:
        """The claims of each pair."""
        items = self.claims.items
        return ((items[a], items[b]) for a, b in zip(self.left.tolist(), self.right.tolist(), strict=True))

    def asked(self, rule: Callable[[Item, Item], bool], of: Mask) -> Mask:
        """Whether `rule` holds of a pair, for those that it is to be asked of; of others it does not."""
        found = np.zeros(len(self), dtype=bool)
        found[of] = [rule(a, b) for a, b in self.where(of).items()]
        return found


def spread_out(first: Whole, size: Whole) -> tuple[Whole, Whole]:
    """The numbers from each `first` on, as many as its `size`, and beside each the place of its `first`."""
    place = np.repeat(np.arange(len(size)), size)
    return place, np.arange(len(place)) - np.repeat(np.cumsum(size) - size - first, size)


def crossed(claims: Claims, meetings: Sequence[tuple[range, range]]) -> Pairs:
    """Each claim of the first article beside each of the second, for the rows of any two articles."""
    rows = np.array([(one.start, len(one), other.start, len(other)) for one, other in meetings], dtype=np.int64).reshape(-1, 4)
    first, second = rows[:, :2], rows[:, 2:]
    cells = first[:, 1] * second[:, 1]
    meeting, place = spread_out(np.zeros_like(cells), cells)
    wide = second[meeting, 1]
    return Pairs(claims, first[meeting, 0] + place // wide, second[meeting, 0] + place % wide, meeting)
