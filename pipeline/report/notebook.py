"""What articles, claims and comparisons look like in a notebook: fragments of HTML with their own style, no script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from pipeline.lexicon import LANGUAGES, table
from pipeline.markup import Mark, marked
from pipeline.records import Article, Claim, Mention
from pipeline.report.page import headline
from pipeline.report.render import render
from pipeline.report.rows import SEVERITIES, rows, side
from pipeline.tables import Tables
from pipeline.wording import Value, day, metric

_MAX_PAIRS, _MAX_PAIRS_OF_FACT = 20, 3


def article_html(article: Article, mentions: Iterable[Mention], *, ui: str = "fr") -> str:
    """`article` as HTML: its text whole and escaped, every mention marked, coloured by kind, its normalised value as tooltip."""
    found, texts = list(mentions), table("report")[ui]
    kinds = [(kind, name, n) for kind, name in texts["kind"].items() if (n := sum(m.kind == kind for m in found))]
    published = day(article.published, ui) if article.published else texts["undated"]
    byline = [part for part in (article.source, published, article.author, article.url) if part]
    text = marked(article.text, [Mark(start=m.start, end=m.end, kind=m.kind, tip=tip(m, ui)) for m in found])
    return render("article.html.j2", ui, article=article, text=text, kinds=kinds, byline=byline)


def show_article(article: Article) -> str:
    """`article` as HTML with the mentions that its text has, in the language of its own."""
    from pipeline.passages import mentions

    language = article.language if article.language in LANGUAGES else None
    return article_html(article, mentions(article.text, language=language, published=article.published))


def tip(mention: Mention, ui: str = "fr") -> str:
    """The normalised value of a mention in words, then as the columns have it: "environ 200 employés (count; 200; employé)"."""
    value = Value(**{name: getattr(mention, name) for name in Value.__slots__})
    columns = [mention.kind, _exact(mention), mention.unit, mention.per and f"/ {mention.per}"]
    return f"{value.words(ui) or table('report')[ui]['unknown_value']} ({'; '.join(c for c in columns if c)})"


def _exact(mention: Mention) -> str | None:
    if mention.kind == "date":
        return mention.time
    if mention.value is not None:
        return f"{mention.value:.15g}"
    return "..".join("" if bound is None else f"{bound:.15g}" for bound in (mention.lower, mention.upper))


def claim_html(claim: Claim, *, ui: str = "fr") -> str:
    """`claim` as HTML: what it says of whom, its sentence with the value marked, its source."""
    texts = table("report")[ui]
    shown = side(asdict(claim), texts, ui)
    said = f"{texts['said_by']} {shown.attribution}" if shown.attribution else None
    byline = [part for part in (shown.source, shown.published, shown.modality, said) if part]
    return render("claim.html.j2", ui, claim=claim, side=shown, metric=metric(claim.metric, ui), byline=byline)


def comparison_html(comparison: Tables, *, ui: str = "fr") -> str:
    """`comparison` as HTML: its counts and its worst discrepancies, values marked in their sentences."""
    shown = rows(comparison, ui)
    some = [(fact, pair) for fact in shown.discrepant for pair in fact.pairs[:_MAX_PAIRS_OF_FACT]]
    pairs = sorted(some, key=lambda each: SEVERITIES.index(each[1].severity))[:_MAX_PAIRS]
    hidden = shown.counts["discrepancies"] - len(pairs)
    return render("comparison.html.j2", ui, rows=shown, t=shown.texts, headline=headline(shown, ui), pairs=pairs, hidden=hidden)
