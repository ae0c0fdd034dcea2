"""Amounts in two currencies, at the reference rates of the European Central Bank.

The table is the bank's own: `eurofxref-hist.csv`, a row a working day, a column a currency, units of it for one euro, `N/A`
where there was none. An amount is converted at the rates of the day on which its article was published, else of the last
day that it is said of; of the nearest day before where that one has none. The press rounds, and converts at the rate of
another day or bank: `rate` in `[limits]` is what a conversion may be off by, beyond the precision written.
"""

from __future__ import annotations

import csv
import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.comparison.lexical import limit
from pipeline.comparison.values import Amount, wording
from pipeline.errors import RatesError

_SOURCE = "give the file eurofxref-hist.csv of the European Central Bank"


@dataclass(frozen=True, slots=True, eq=False)
class Fixing:
    """The rates of a day: units of each currency for one euro, the euro among them."""

    day: date
    rates: Mapping[str, float]

    def factor(self, currency: str | None, into: str | None) -> float | None:
        """What one unit of `currency` is worth in `into`; None where one has no rate that day."""
        one, other = self.rates.get(currency or ""), self.rates.get(into or "")
        return None if one is None or other is None else other / one


class Rates:
    """The fixings of a table, by day."""

    def __init__(self, fixings: Iterable[Fixing]) -> None:
        self._fixings = sorted(fixings, key=lambda fixing: fixing.day)
        self._days = [fixing.day for fixing in self._fixings]

    def on(self, day: date | None) -> Fixing | None:
        """The fixing of `day`, else of the nearest day before; None where that lies further back than `rate_days`."""
        place = 0 if day is None else bisect_right(self._days, day)
        if day is None or not place or (day - self._days[place - 1]).days > limit("rate_days"):
            return None
        return self._fixings[place - 1]


def read_rates(path: Path | str) -> Rates:
    """The table in the file at `path`; raises RatesError, with place and remedy, where it is none."""
    file = Path(path)
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.reader(lines))
    except OSError as error:
        raise RatesError(f"{file}: {error.strerror}; {_SOURCE}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise RatesError(f"{file}: is no CSV file; unpack it if it is a ZIP, and {_SOURCE}") from error
    names = [name.strip() for name in rows[0]] if rows else []
    if not names or names[0] != "Date" or len(names) < 2:
        raise RatesError(f"{file}: its first line does not read Date,USD,...; {_SOURCE}")
    fixings = [_fixing(names, row, f"{file}, line {number}") for number, row in enumerate(rows[1:], 2) if row]
    if not fixings:
        raise RatesError(f"{file}: holds no day; {_SOURCE}")
    return Rates(fixings)


def _fixing(names: list[str], row: list[str], place: str) -> Fixing:
    try:
        day = date.fromisoformat(row[0].strip())
    except ValueError:
        raise RatesError(f"{place}: {row[0]!r} is no day such as 2025-03-03; {_SOURCE}") from None
    given = {name: text.strip() for name, text in zip(names[1:], row[1:], strict=False) if name}
    rates = {name: _rate(text, f"{place}, {name}") for name, text in given.items() if text not in ("", "N/A")}
    return Fixing(day, {"EUR": 1.0} | rates)


def _rate(text: str, place: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = math.nan
    if not 0 < rate < math.inf:
        raise RatesError(f"{place}: {text!r} is no rate such as 1.0465; {_SOURCE}")
    return rate


def converted(amount: Amount, factor: float) -> Amount:
    """`amount` in another currency, with its precision; what a conversion may be off by is not in it."""
    point, lower, upper = (None if x is None else x * factor for x in (amount.point, amount.lower, amount.upper))
    return Amount(point, lower, upper, amount.quantum * factor, amount.approximation)


def worth_the_same(a: Amount, b: Amount, factor: float) -> bool:
    """Whether `a` at `factor` and `b` meet, each as wide as its wording and its last written place leave it."""
    (low, high), (least, most) = _width(converted(a, factor)), _width(b)
    slack = limit("rate")
    return low * (1 - slack) <= most and least <= high * (1 + slack)


def _width(amount: Amount) -> tuple[float, float]:
    low, high = wording(amount)
    half = amount.quantum / 2
    return min(low, amount.figure - half), max(high, amount.figure + half)
