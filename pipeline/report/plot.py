"""A fact as a picture: what each source gives, in order of publication, with what its wording admits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.errors import TableError
from pipeline.lexicon import table
from pipeline.report.rows import by_publication, records, same_value
from pipeline.report.track import Extent, commonest_unit, converted, extent, is_logarithmic
from pipeline.tables import Tables
from pipeline.wording import close, day, magnitude, metric, number, present, unit_forms

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's palette: told apart by the colour-blind, and in print by the shape as well.
_SAME, _OTHER, _TEXT = "#0072B2", "#D55E00", "#555555"


def plot_fact(comparison: Tables, fact_id: str, *, ax: Axes | None = None, ui: str = "fr") -> Axes:
    """Draw the values of one fact, a row for each article, the earliest published on top; returns the axes.

    The point is the value written, the bar what its wording admits (an arrow where it is open), blue where it is the fact's
    consensus, orange where it differs. Draws into `ax`, or into a new figure. Raises TableError for an unknown `fact_id`.
    """
    given = _claims(comparison, fact_id)
    unit = commonest_unit(given)
    claims = [converted(claim, unit) for claim in given]
    fact = next(iter(records(comparison.facts[comparison.facts["fact_id"] == fact_id])), {})
    if ax is None:
        import matplotlib.pyplot as plt

        ax = plt.subplots(figsize=(8, 1.4 + 0.5 * len(claims)), layout="constrained")[1]
    _rows(ax, claims, fact)
    _scale(ax, claims, ui)
    _labels(ax, claims, ui)
    return ax


def _claims(comparison: Tables, fact_id: str) -> list[dict[str, Any]]:
    """Claims of a fact that have a value, one for each article and value, by publication, undated last."""
    found = records(comparison.claims[comparison.claims["fact_id"] == fact_id])
    if not found:
        raise TableError(f"fact {fact_id!r} has no claims; take one from comparison.facts['fact_id']")
    distinct = {(c["article_id"], *same_value(c)): c for c in reversed(found)}
    valued = [c for c in distinct.values() if extent(c) is not None]
    if not valued:
        raise TableError(f"fact {fact_id!r} has no value to draw; choose another from comparison.facts")
    return sorted(valued, key=by_publication)


def _rows(ax: Axes, claims: Sequence[Mapping[str, Any]], fact: Mapping[str, Any]) -> None:
    extents = [found for claim in claims if (found := extent(claim)) is not None]
    known = [x for e in extents for x in (e.low, e.high, e.point) if x is not None]
    margin = 0.08 * ((max(known) - min(known)) or abs(max(known)) or 1.0)
    edges = (min(known) - margin, max(known) + margin)
    for row, (claim, reach) in enumerate(zip(claims, extents, strict=True)):
        _row(ax, row, reach, edges, _SAME if _is_consensus(claim, claims, fact) else _OTHER)
    points = [x for e in extents for x in ((e.point,) if e.point is not None else (e.low, e.high)) if x is not None]
    if claims[0]["kind"] != "date" and is_logarithmic(points):
        ax.set_xscale("log")
    else:
        ax.set_xlim(*edges)


def _is_consensus(claim: Mapping[str, Any], claims: Sequence[Mapping[str, Any]], fact: Mapping[str, Any]) -> bool:
    """Whether a claim gives the value most given: the fact's consensus, for dates the period most often written."""
    if claim["kind"] != "date":
        return claim["value"] is not None and close(claim["value"], _consensus(claim, fact))
    periods = [(c["time_start"], c["time_end"]) for c in claims]
    return max(periods, key=periods.count) == (claim["time_start"], claim["time_end"])


def _consensus(claim: Mapping[str, Any], fact: Mapping[str, Any]) -> float | None:
    """The fact's consensus in the unit of `claim`."""
    best = {"unit": fact.get("unit"), "value": present(fact.get("consensus")), "lower": None, "upper": None, "quantum": None}
    value: float | None = converted(best, claim["unit"])["value"]
    return value


def _row(ax: Axes, row: int, reach: Extent, edges: tuple[float, float], colour: str) -> None:
    low, high = (edge if x is None else x for x, edge in zip((reach.low, reach.high), edges, strict=True))
    ax.plot([low, high], [row, row], color=colour, linewidth=7, alpha=0.3, solid_capstyle="butt", zorder=2)
    for x, open_end, arrow in ((low, reach.low is None, "<"), (high, reach.high is None, ">")):
        if open_end:
            ax.plot([x], [row], marker=arrow, color=colour, markersize=9, zorder=3)
    if reach.point is not None:
        ax.plot([reach.point], [row], marker="o" if colour == _SAME else "D", color=colour, markersize=8, zorder=4)


def _scale(ax: Axes, claims: Sequence[Mapping[str, Any]], ui: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

    dates = claims[0]["kind"] == "date"
    size, word = _magnitude(claims, ui)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _date(x, ui) if dates else _number(x, size, ui)))
    ax.set_xlabel(_unit(claims, word, ui))
    ax.xaxis.set_minor_formatter(NullFormatter())
    if ax.get_xscale() != "log":
        ax.xaxis.set_major_locator(MaxNLocator(nbins=4 if dates else 6, integer=dates, steps=[1, 2, 5, 10]))
    ax.set_ylim(len(claims) - 0.4, -0.6)
    ax.grid(axis="x", color="#cccccc", linewidth=0.6)
    ax.set_axisbelow(True)
    for edge in ("top", "right", "left"):
        ax.spines[edge].set_visible(False)


def _magnitude(claims: Sequence[Mapping[str, Any]], ui: str) -> tuple[float, str]:
    """What the scale counts in, so that its figures stay short (1e9, "milliards"); 1 where they are small or far apart."""
    figures = [x for claim in claims for x in (claim["value"], claim["lower"], claim["upper"]) if x is not None]
    found = magnitude(max(map(abs, figures), default=0.0), ui)
    return (1.0, "") if found is None or (min(figures) > 0 and is_logarithmic(figures)) else found


def _date(x: float, ui: str) -> str:
    return day(date.fromordinal(max(1, round(x))), ui)


def _number(x: float, size: float, ui: str) -> str:
    return number(float(f"{x / size:.6g}"), ui)


def _labels(ax: Axes, claims: Sequence[Mapping[str, Any]], ui: str) -> None:
    ax.set_yticks(range(len(claims)), [_source(claim, ui) for claim in claims])
    ax.tick_params(axis="y", length=0)
    for row, claim in enumerate(claims):
        ax.annotate(f"« {claim['quote']} »" if ui == "fr" else f"“{claim['quote']}”", (1, row), xycoords=ax.get_yaxis_transform(),
                    xytext=(6, 0), textcoords="offset points", va="center", fontsize=9, color=_TEXT)  # fmt: skip
    ax.set_title(
        f"{claims[0]['subject']} — {metric(claims[0]['metric'], ui)}", loc="left", fontsize=12, fontweight="bold", pad=24
    )
    _legend(ax, ui)


def _legend(ax: Axes, ui: str) -> None:
    """What the two colours mean, where both occur."""
    from matplotlib.lines import Line2D

    texts, drawn = table("report")[ui], {line.get_color() for line in ax.lines}
    kinds = ((_SAME, "o", texts["plot_consensus"]), (_OTHER, "D", texts["plot_other"]))
    handles = [Line2D([], [], color=colour, marker=shape, linestyle="", label=label) for colour, shape, label in kinds]
    if {_SAME, _OTHER} <= drawn:
        ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(-0.015, 0.99), ncols=2, frameon=False, fontsize=9,
                  handletextpad=0.2, columnspacing=1.2, borderaxespad=0.2)  # fmt: skip


def _source(claim: Mapping[str, Any], ui: str) -> str:
    published = claim["published"]
    return str(claim["source"]) if published is None else f"{claim['source']}\n{day(published, ui)}"


def _unit(claims: Sequence[Mapping[str, Any]], magnitude: str, ui: str) -> str:
    """The units of the values in words, each once: "dollars américains, en milliards"."""
    texts, first = table("report")[ui], claims[0]
    if first["kind"] == "date":
        return str(texts["date_label"])
    units = dict.fromkeys(forms[1] for c in claims if (forms := unit_forms(c["kind"], c["unit"], ui)))
    words = " / ".join(units) or str(texts["number_label"])
    return texts["plot_magnitude"].format(words, magnitude) if magnitude else words
