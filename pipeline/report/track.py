"""Where values stand on one scale: the reach of each (what its wording admits), for the page's small tracks and the plot."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.lexicon import table

LOG_FROM = 50.0  # where the highest is so many times the lowest, only a logarithmic scale shows both
MARGIN = 6.0  # percent of the track left free at either end


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A value on a track of 0 to 100: the point (None for a range) and the ends of what its wording admits."""

    left: float
    right: float
    point: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """What a wording admits, in the value's own unit (days since year 1 for dates); None is an open end."""

    low: float | None
    high: float | None
    point: float | None


def extent(claim: Mapping[str, Any]) -> Extent | None:
    """What the wording of a claim admits: its bounds, widened to half the last place written; None without a value."""
    if claim["kind"] == "date":
        start, end = claim["time_start"], claim["time_end"]
        if start is None and end is None:
            return None
        low, high = (None if d is None else float(d.toordinal()) for d in (start, end))
        return Extent(low=low, high=high, point=low if low == high else None)
    value, low, high = claim["value"], claim["lower"], claim["upper"]
    if value is None and low is None and high is None:
        return None
    half = (claim["quantum"] or 0.0) / 2 if low is not None and low == high else 0.0
    return Extent(low=None if low is None else low - half, high=None if high is None else high + half, point=value)


def commonest_unit(claims: Sequence[Mapping[str, Any]]) -> str | None:
    """The unit that most claims give, of equals the first; None where none gives one."""
    units = [claim["unit"] for claim in claims if claim["unit"] is not None]
    return max(units, key=units.count, default=None)


def converted(claim: Mapping[str, Any], unit: str | None) -> dict[str, Any]:
    """`claim` with its figures in `unit`: 24 cm as 240 mm; as it is where the two do not measure the same."""
    for sizes in table("comparison")["units"].values():
        if unit in sizes and claim["unit"] in sizes:
            return _converted(claim, unit, _size(sizes[claim["unit"]]), _size(sizes[unit]))
    return dict(claim)


def _size(entry: float | list[float]) -> tuple[float, float]:
    """How many of the first unit of its dimension a unit makes, and where its nought lies in that one."""
    factor, nought = entry if isinstance(entry, list) else (entry, 0.0)
    return factor, nought


def _converted(claim: Mapping[str, Any], unit: str | None, old: tuple[float, float], new: tuple[float, float]) -> dict[str, Any]:
    factor, shift = old[0] / new[0], (old[1] - new[1]) / new[0]
    moved = {name: claim[name] * factor + shift for name in ("value", "lower", "upper") if claim[name] is not None}
    size = {"quantum": claim["quantum"] * factor} if claim["quantum"] is not None else {}
    return {**claim, "unit": unit, **{name: float(f"{figure:.12g}") for name, figure in (moved | size).items()}}


def reaches(claims: Sequence[Mapping[str, Any]]) -> list[Reach | None]:
    """A place on one track for each of `claims`, which share a unit; None for all where they do not differ."""
    extents = [extent(claim) for claim in claims]
    known = [x for e in extents if e for x in (e.low, e.high, e.point) if x is not None]
    if len(claims) < 2 or not known or min(known) == max(known):
        return [None] * len(claims)
    place = _scale([x for e in extents if e for x in ([e.point] if e.point is not None else [e.low, e.high]) if x is not None])
    return [None if e is None else _reach(e, place) for e in extents]


def is_logarithmic(known: Sequence[float]) -> bool:
    """Whether values lie so far apart that a linear scale would show one of them only."""
    return min(known) > 0 and max(known) / min(known) >= LOG_FROM


def _scale(known: Sequence[float]) -> Callable[[float], float]:
    bend: Callable[[float], float] = math.log if is_logarithmic(known) else float
    low, high = bend(min(known)), bend(max(known))
    width = (high - low) or 1.0

    def place(value: float) -> float:
        if bend is math.log and value <= 0:
            return 0.0
        return round(min(100.0, max(0.0, MARGIN + (100 - 2 * MARGIN) * (bend(value) - low) / width)), 2)

    return place


def _reach(extent: Extent, place: Callable[[float], float]) -> Reach:
    return Reach(
        left=0.0 if extent.low is None else place(extent.low),
        right=100.0 if extent.high is None else place(extent.high),
        point=None if extent.point is None else place(extent.point),
    )
