"""Values, dates and metrics in the words of a language of the interface: "environ 14,3 milliards de dollars américains"."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.errors import LexiconError
from pipeline.lexicon import Table, table

UIS = ("fr", "en")


def _words(ui: str) -> Table:
    if ui not in UIS:
        raise LexiconError(f"the interface does not speak {ui!r}; choose one of {', '.join(UIS)}")
    words: Table = table("wording")[ui]
    return words


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a claim or a mention gives, as its row has it; the fields are those columns. `words` says it."""

    kind: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    unit: str | None = None
    per: str | None = None
    approximation: str = "exact"
    time: str | None = None
    time_start: date | None = None
    time_end: date | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Value:
        """The value in a row of `claims`; NaN, NaT and pandas.NA count as None."""
        return cls(**{name: present(row.get(name)) for name in cls.__slots__ if present(row.get(name)) is not None})

    def words(self, ui: str = "fr") -> str | None:
        """The value in words, None where it has neither figure nor date."""
        return when(self.time, self.time_start, self.time_end, ui) if self.kind == "date" else _quantity(self, ui)


def present(value: Any) -> Any:
    """`value`, or None where a table means that there is none (NaN, NaT, pandas.NA)."""
    try:
        return value if value is not None and bool(value == value) else None
    except TypeError:  # pandas.NA has no truth
        return None


def number(value: float, ui: str = "fr") -> str:
    """A figure as the press writes it: a magnitude in letters where at most three decimals say it exactly, else digits."""
    words = _words(ui)
    exact = Decimal(repr(float(value)))
    for size, one, many in words["magnitudes"]:
        scaled = exact / Decimal(repr(size))
        if abs(scaled) >= 1 and scaled == round(scaled, 3) and abs(scaled) < 1_000_000:
            return f"{_digits(scaled, ui)}\u00a0{(one, many)[is_plural(scaled, ui)]}"
    return _digits(exact, ui)


def magnitude(value: float, ui: str = "fr") -> tuple[float, str] | None:
    """The largest magnitude in letters that is no more than `value`, and its plural; None below a million."""
    return next(((size, many) for size, _, many in _words(ui)["magnitudes"] if abs(value) >= size), None)


def is_plural(count: float | Decimal, ui: str = "fr") -> bool:
    """Whether a noun that `count` counts stands in the plural: French from 2, English but for 1."""
    first, end = _words(ui)["singular"]
    return not first <= abs(count) < end


def _digits(exact: Decimal, ui: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(exact, format="#,##0.######", locale=ui)).replace("-", "\u2212")


def _ends_in_magnitude(text: str, ui: str) -> bool:
    return any(text.endswith((one, many)) for _, one, many in _words(ui)["magnitudes"])


def counted(text: str, forms: tuple[str, str], plural: bool, ui: str) -> str:
    """`text` (a figure) with its noun: "3 millions d’habitants", "200 employés"."""
    noun = forms[plural or _ends_in_magnitude(text, ui)]
    words = _words(ui)
    if not _ends_in_magnitude(text, ui):
        return f"{text}\u00a0{noun}"
    elided = noun[:1].lower() in words["elided_before"] and not noun.startswith(tuple(words["not_elided"]))
    return f"{text} {words['of'][elided and bool(words['elided_before'])]}{noun}"


def unit_forms(kind: str, unit: str | None, ui: str = "fr") -> tuple[str, str] | None:
    """Singular and plural of a unit in words; None for a bare number and for an unnamed currency."""
    if unit is None:
        return None
    words = _words(ui)
    if kind == "percent":
        return words["percent"].format("").strip(), words["percent"].format("").strip()
    if kind == "money":
        return tuple(words["currency"].get(unit) or _currency(unit, ui))
    if kind == "count":
        return unit, plural(unit, ui)
    return tuple(words["unit"].get(unit, (unit, unit)))


def _currency(code: str, ui: str) -> tuple[str, str]:
    from babel.numbers import get_currency_name

    one, many = (str(get_currency_name(code, count=count, locale=ui)) for count in (1, 2))
    return one, many


def plural(noun: str, ui: str = "fr") -> str:
    """Plural of the first word of a counted noun, by its ending: "sous-marin nucléaire" is left as "sous-marins nucléaire"."""
    endings: Mapping[str, str] = _words(ui)["plural"]
    ending = max((e for e in endings if noun.endswith(e)), key=len)
    return noun[: len(noun) - len(ending)] + endings[ending]


def _quantity(value: Value, ui: str) -> str | None:
    words = _words(ui)["approximation"]
    if value.value is not None:
        return str(words.get(value.approximation, "{}").format(_with_unit(number(value.value, ui), value, abs(value.value), ui)))
    if value.lower is not None and value.upper is not None:
        return str(words["between"].format(*_bounds(value.lower, value.upper, value, ui)))
    lower = value.lower is not None
    bound, sides = (value.lower, ("at_least", "more_than")) if lower else (value.upper, ("at_most", "less_than"))
    if bound is None:
        return None
    side = value.approximation if value.approximation in sides else sides[0]
    return str(words[side].format(_with_unit(number(bound, ui), value, abs(bound), ui)))


def _bounds(lower: float, upper: float, value: Value, ui: str) -> tuple[str, str]:
    """Both ends of a range; what the lower shares with the upper (the magnitude) is said once."""
    low, high = number(lower, ui), number(upper, ui)
    figure, _, magnitude = low.partition("\u00a0")
    if magnitude and high.partition("\u00a0")[2].removesuffix("s") == magnitude.removesuffix("s"):
        low = figure
    return low, _with_unit(high, value, abs(upper), ui)


def _with_unit(figure: str, value: Value, size: float, ui: str) -> str:
    words, forms = _words(ui), unit_forms(value.kind, value.unit, ui)
    if value.kind == "percent":
        figure = words["percent"].format(figure)
    elif forms is not None:
        figure = counted(figure, forms, is_plural(size, ui), ui)
    return figure if value.per is None else f"{figure} {per(value.per, ui)}"


def per(denominator: str, ui: str = "fr") -> str:
    """The denominator of a rate: "par mois", "pour 100 000", "par habitant"."""
    words: Mapping[str, str] = _words(ui)["per"]
    if denominator.isdigit():
        return words["number"].format(_digits(Decimal(denominator), ui))
    return words.get(denominator) or words["other"].format(denominator)


# Dates.


def day(value: date, ui: str = "fr") -> str:
    """A day in words: "16 juillet 2025"."""
    from babel.dates import format_date

    return str(format_date(value, format=_words(ui)["first_of_month" if value.day == 1 else "date"], locale=ui))


def _month(edtf: str, ui: str) -> str:
    from babel.dates import format_date

    return str(format_date(date.fromisoformat(f"{edtf}-01"), format=_words(ui)["month"], locale=ui))


def when(edtf: str | None, start: date | None = None, end: date | None = None, ui: str = "fr") -> str | None:
    """An EDTF date in words ("2e trimestre 2025", "vers octobre 2025"); what no rule says is left in EDTF, None stays None."""
    start, end, edtf = present(start), present(end), present(edtf)
    if edtf is None:
        return None if start is None or end is None else _range(start, end, ui)
    words = _words(ui)
    try:
        if edtf.endswith(("~", "?", "%")):
            return str(words["around"].format(when(edtf[:-1], start, end, ui)))
        if "/" in edtf:
            first, last = edtf.split("/")
            return _interval(first, last, ui)
        return _plain_date(edtf, ui)
    except (ValueError, KeyError, IndexError):
        return str(edtf)


def _range(start: date, end: date, ui: str) -> str:
    if start == end:
        return day(start, ui)
    last = day(end, ui)
    month = last.partition(" ")[2]
    return str(_words(ui)["range_days"].format(day(start, ui).removesuffix(f" {month}"), last))


def _interval(first: str, last: str, ui: str) -> str:
    words, open_ends = _words(ui), ("", "..")
    if first in open_ends:
        return str(words["before"].format(when(last, ui=ui)))
    if last in open_ends:
        return str(words["after"].format(when(first, ui=ui)))
    if len(first) == len(last) == len("2025-06-12"):
        return _range(date.fromisoformat(first), date.fromisoformat(last), ui)
    return str(words["range"].format(when(first, ui=ui), when(last, ui=ui)))


def _plain_date(edtf: str, ui: str) -> str:
    words, parts = _words(ui), edtf.split("-")
    if len(parts) == 3:
        return day(date.fromisoformat(edtf), ui)
    if len(parts) == 1:
        return str(words["decade"].format(f"{parts[0][:-1]}0")) if edtf.endswith("X") and edtf[:-1].isdigit() else edtf
    year, part = parts[0], int(parts[1])
    if part <= 12:
        return _month(edtf, ui)
    if str(part) in words["seasons"]:
        return str(words["seasons"][str(part)].format(year))
    if 33 <= part <= 36:
        return str(words["quarter"].format(words["ordinals"][part - 33], year))
    return str(words["half"].format(words["ordinals"][part - 40], year)) if part in (40, 41) else edtf


# Metrics.


def metric(name: str, ui: str = "fr") -> str:
    """A metric in words: the catalogue's label, the lemma of a `lemma:` metric, else its id."""
    if name.startswith("lemma:"):
        return name.removeprefix("lemma:")
    entry = table("metrics").get(name)
    label = entry.get("label") if isinstance(entry, dict) else None
    return str(label[ui]) if isinstance(label, dict) and ui in label else name.replace("_", " ")


def close(a: float | None, b: float | None) -> bool:
    """Whether two figures of a table are the same but for the float."""
    return a == b or (a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9))
