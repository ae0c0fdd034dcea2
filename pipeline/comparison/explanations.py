"""The sentence of a discrepancy: who writes what, and why the two differ; templates in `lexicon/explanations.toml`."""

from __future__ import annotations

from typing import Any

from pipeline import wording
from pipeline.comparison.alignment import one_figure
from pipeline.comparison.arithmetic import Sum
from pipeline.comparison.currencies import exchange
from pipeline.comparison.items import Item
from pipeline.comparison.rates import Fixing
from pipeline.comparison.times import Span, day, distance
from pipeline.comparison.values import gap, same, scale
from pipeline.errors import LexiconError
from pipeline.lexicon import table


def templates(ui: str) -> dict[str, Any]:
    """The templates of the interface language `ui`; raises LexiconError where there are none."""
    found: dict[str, Any] | None = table("explanations").get(ui)
    if found is None:
        raise LexiconError(f"ui {ui!r} has no explanations; choose one of {', '.join(table('explanations'))}")
    return found


def _claim(words: dict[str, Any], form: str, item: Item) -> str:
    said: str = words[form].format(source=item.source, quote=" ".join(str(item.row["quote"]).split()))
    if item.kind != "date" and item.row["attribution"]:
        said += words["attributed"].format(body=item.row["attribution"])
    return said


def _topic(item: Item, ui: str) -> str:
    label = table("metrics").get(item.metric.id, {}).get("label", {}).get(ui) or item.metric.id.removeprefix("lemma:")
    return f"{item.row['subject']}, {label}"


def _percent(a: Item, b: Item, ui: str) -> str:
    share = f"{100 * gap(a.amount, b.amount):.3g}"
    return share.replace(".", ",") + "\u202f%" if ui == "fr" else share + "%"


def _confusion(a: Item, b: Item) -> str:
    factor, top = scale(a.amount, b.amount), max(abs(a.amount.figure), abs(b.amount.figure))
    if top >= 1e12:
        return "billion"
    if top >= 1e9:
        return "milliard"
    return "million" if top >= 1e6 and factor == 1e3 else "thousand"


def _hedge(a: Item, b: Item) -> str:
    return next((item.amount.approximation for item in (a, b) if item.amount.hedged), "exact")


def _apart(a: Span, b: Span, words: dict[str, Any]) -> str:
    """How far two days lie apart; years where both are given by the year."""
    years = abs(day(a.first).year - day(b.first).year)
    if min(a.length, b.length) > 300 and years:
        return str(words["years"][years > 1].format(years))
    days = distance(a, b)
    return str(words["days"][days > 1].format(days))


def _fields(a: Item, b: Item, relation: str, ui: str, words: dict[str, Any]) -> dict[str, str]:
    fields = {"about": _topic(a, ui)}
    if relation == "date" and a.span and b.span:
        fields["days"] = _apart(a.span, b.span, words)
    if relation == "scale":
        fields["factor"] = words["factors"][f"{scale(a.amount, b.amount) or 1000:.0f}"]
        fields["confusion"] = words["confusions"][_confusion(a, b)]
    if relation == "conflict":
        fields["percent"] = _percent(a, b, ui)
    for side, item in (("a", a), ("b", b)):
        fields[f"unit_{side}"] = item.row["unit"] or words["no_unit"]
        fields[f"body_{side}"] = item.row["attribution"] or item.source
    fields["hedge"] = words["hedges"][_hedge(a, b)]
    return fields


def computation(failed: Sum, ui: str) -> str:
    """The sum that fails, in words: what its terms make, and what is told instead."""
    money = failed.form == "deal"
    unit = failed.b.row["unit"] if money else "%"
    shown = float(f"{failed.expected:.3g}")
    expected = wording.Value(kind="money" if money else "percent", value=shown, unit=unit).words(ui)
    quotes = {"a": failed.a, "b": failed.b, "other": failed.others[0]}
    said = {name: " ".join(str(item.row["quote"]).split()) for name, item in quotes.items()}
    return str(templates(ui)["sums"][failed.form].format(expected=expected, **said))


def explain(a: Item, b: Item, relation: str, ui: str, why: str = "", twin: Item | None = None) -> str:
    """One sentence in `ui` (`fr`, `en`) on why `a` and `b` differ; `why` is the computation of an arithmetic one.

    `twin` is a claim of another fact with the figure of one of them: a further sentence says so, as where one is a copy.
    """
    words = templates(ui)
    form = _form(a, b, relation)
    first, second = _claim(words, "claim", a), _claim(words, "other" if a.article != b.article else "here", b)
    said = str(words[form].format(first=first, second=second, why=why, **_fields(a, b, relation, ui, words)))
    if relation == "currency":
        said += _at_the_rate(a, b, ui, words)
    said += f" {_copied(a, b, words)}" if a.text == b.text and a.article != b.article else ""
    return said if twin is None else f"{said} {_mixup(a, b, twin, ui, words)}"


def _form(a: Item, b: Item, relation: str) -> str:
    """The template of a relation, or of a case of it."""
    if relation == "update" and a.published == b.published:
        return "undecided"
    return "exchanged" if relation == "currency" and not one_figure(a, b) else relation


def _at_the_rate(a: Item, b: Item, ui: str, words: dict[str, Any]) -> str:
    """A further sentence with the conversion of `a`, where there are rates."""
    found = exchange(a, b)
    if found is None:
        return ""
    figure = float(f"{found.amount.figure:.3g}")
    fields = {
        "quote": " ".join(str(a.row["quote"]).split()),
        "expected": wording.Value(kind="money", value=figure, unit=b.base).words(ui),
        "day": wording.day(found.fixing.day, ui),
        "rates": words["and"].join(_rate(found.fixing, unit, words, ui) for unit in (a.base, b.base) if unit != "EUR"),
    }
    return f" {words['rate'].format(**fields)}"


def _rate(fixing: Fixing, unit: str | None, words: dict[str, Any], ui: str) -> str:
    return str(words["one_euro"].format(wording.number(fixing.rates[unit or ""], ui), unit))


def _copied(a: Item, b: Item, words: dict[str, Any]) -> str:
    """That both articles have one text: which of them is the copy, that both are, or that one source printed it twice."""
    copy, original = (a, b) if b.article == b.text else (b, a)
    form = "again" if copy.source == original.source else "copied" if original.article == original.text else "copies"
    return str(words[form].format(copy=copy.source, original=original.source, first=original.witness))


def _mixup(a: Item, b: Item, twin: Item, ui: str, words: dict[str, Any]) -> str:
    side = a if same(a.amount, twin.amount) else b
    quote = " ".join(str(side.row["quote"]).split())
    return str(words["mixup"].format(quote=quote, other=_topic(twin, ui), source=twin.source))
