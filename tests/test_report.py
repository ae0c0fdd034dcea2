"""The page, the notebook's fragments and the plot, on frames of our own (no model, no comparison needed)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.errors import TableError
from pipeline.markup import Mark, marked, show, show_with
from pipeline.records import Article, Claim, Mention, Period, Quantity, Rejection
from pipeline.report import article_html, claim_html, comparison_html, plot_fact, write
from pipeline.report.rows import MAX_FACTS, MAX_PAIRS, rows
from pipeline.report.track import converted
from pipeline.tables import claims_frame, frame

SCRIPT = "<script>alert('Valmont')</script>"


@dataclass(frozen=True)
class Frames:
    claims: pd.DataFrame
    facts: pd.DataFrame
    discrepancies: pd.DataFrame


def claim(key: str, sentence: str, quote: str, **more: Any) -> Claim:
    """A claim with the usual values; its sentence stands 100 characters into its article."""
    at = sentence.rindex(quote) if more.pop("last", False) else sentence.index(quote)
    value = more.pop("value", None)
    bounds = {"lower": value, "upper": value} | {k: more.pop(k) for k in ("lower", "upper") if k in more}
    given = {
        "article_id": f"art-{key}",
        "source": f"{key}.example",
        "url": f"https://{key}.example/article",
        "title": f"Titre {key}",
        "published": date(2025, 3, 4),
        "language": "fr",
        "subject": "Aciéries Valmont",
        "subject_type": "ORG",
        "counterparty": None,
        "metric": "layoffs",
        "kind": "count",
        "quantum": 1.0,
        "unit": "employé",
        "per": None,
        "approximation": "exact",
        "time": None,
        "time_start": None,
        "time_end": None,
        "attribution": None,
        "modality": "asserted",
        "confidence": 0.9,
        "fact_id": "f-layoffs",
    }
    return Claim(
        claim_id=f"c-{key}",
        sentence=sentence,
        sentence_start=100,
        sentence_end=100 + len(sentence),
        quote=quote,
        start=100 + at,
        end=100 + at + len(quote),
        value=value,
        **{**given, **bounds, **more},
    )


def day(key: str, sentence: str, quote: str, when: date, **more: Any) -> Claim:
    given = {"kind": "date", "unit": None, "quantum": None, "time": when.isoformat(), "time_start": when, "time_end": when}
    return claim(key, sentence, quote, **given, **more)


def fact(key: str, claims: list[Claim], relation: str) -> dict[str, Any]:
    own, values = [c for c in claims if c.fact_id == key], [c.value for c in claims if c.fact_id == key and c.value is not None]
    first = own[0]
    return {
        "fact_id": key,
        "subject": first.subject,
        "counterparty": first.counterparty,
        "metric": first.metric,
        "kind": first.kind,
        "unit": first.unit,
        "time": None,
        "claims": len(own),
        "sources": len({c.source for c in own}),
        "relation": relation,
        "lowest": min(values, default=None),
        "highest": max(values, default=None),
        "consensus": max(values, key=values.count, default=None),
    }


def pair(
    a: Claim, b: Claim, relation: str, severity: str, explanation: str, gap: float = 0.1, scope: str = "cross"
) -> dict[str, Any]:
    sides = {
        f"{name}_{side}": getattr(c, name)
        for side, c in (("a", a), ("b", b))
        for name in ("source", "quote", "value", "unit", "time", "sentence")
    }
    return {
        "discrepancy_id": f"d-{a.claim_id}-{b.claim_id}",
        "fact_id": a.fact_id,
        "claim_a": a.claim_id,
        "claim_b": b.claim_id,
        "scope": scope,
        "relation": relation,
        "gap": gap,
        "severity": severity,
        "explanation": explanation,
        "confidence": min(a.confidence, b.confidence),
        **sides,
    }


def comparison(claims: list[Claim], facts: list[dict[str, Any]], pairs: list[dict[str, Any]]) -> Frames:
    def columns(some: list[dict[str, Any]]) -> dict[str, list[Any]]:
        return {name: [row[name] for row in some] for name in some[0]} if some else {}

    return Frames(claims_frame(claims), frame(columns(facts), "facts"), frame(columns(pairs), "discrepancies"))


def story() -> Frames:
    money = {"kind": "money", "unit": "EUR", "metric": "funding", "subject": "Hélioptère", "fact_id": "f-funding"}
    crowd = {
        "metric": "participants",
        "subject": "Marche pour l’eau",
        "subject_type": "MISC",
        "unit": "manifestant",
        "fact_id": "f-crowd",
    }
    founded = {"metric": "founding", "subject": "Hélioptère", "fact_id": "f-founding"}
    a = claim("aurore", "Le 3 mars, les Aciéries Valmont ont supprimé 240 emplois, dont 30 à Brest.", "240 emplois", value=240.0)
    b = claim(
        "brume",
        f"La direction {SCRIPT} parle de 200 emplois, et de 200 emplois seulement.",
        "200 emplois",
        value=200.0,
        last=True,
        published=date(2025, 3, 5),
        url="javascript:alert(1)",
        attribution="la direction",
        modality="attributed",
    )
    c = claim(
        "cigale",
        "Selon les syndicats, 240 salariés perdent leur poste.",
        "240 salariés",
        value=240.0,
        published=None,
        url=None,
        title=None,
    )
    d = claim(
        "dune", "La jeune pousse a levé 13,8 milliards d’euros.", "13,8 milliards d’euros", value=13.8e9, quantum=1e8, **money
    )
    e = claim(
        "erable",
        "Hélioptère sammelt 14 Milliarden Euro ein.",
        "14 Milliarden Euro",
        value=14e9,
        quantum=1e9,
        language="de",
        **money,
    )
    f = claim(
        "falaise",
        "La police a compté 24 000 manifestants.",
        "24 000 manifestants",
        value=24e3,
        quantum=1e3,
        attribution="la police",
        modality="attributed",
        **crowd,
    )
    g = claim(
        "givre",
        "Ils étaient plus de 90 000, disent les organisateurs.",
        "90 000",
        value=90e3,
        lower=90e3,
        upper=None,
        quantum=1e4,
        approximation="more_than",
        attribution="les organisateurs",
        modality="attributed",
        **crowd,
    )
    h = day("houle", "Hélioptère a été fondée le 2 mai 2016.", "2 mai 2016", date(2016, 5, 2), **founded)
    i = day("iris", "Hélioptère, fondée le 12 mai 2016, emploie 40 personnes.", "12 mai 2016", date(2016, 5, 12), **founded)
    staff = {"metric": "headcount", "subject": "Hélioptère", "unit": "personne"}
    j = claim(
        "iris", "Hélioptère, fondée le 12 mai 2016, emploie 40 personnes.", "40 personnes", value=40.0, fact_id="f-staff", **staff
    )
    k = claim("jade", "La société compte 40 salariés.", "40 salariés", value=40.0, fact_id="f-staff", **staff)
    rain = {
        "metric": "lemma:pluie",
        "subject": "Quimper",
        "subject_type": "LOC",
        "kind": "measure",
        "unit": "mm",
        "fact_id": "f-rain",
    }
    m = claim("karst", "Il est tombé 80 mm de pluie à Quimper.", "80 mm", value=80.0, **rain)
    claims = [a, b, c, d, e, f, g, h, i, Claim(**{**asdict(j), "claim_id": "c-iris-2"}), k, m]
    relations = {
        "f-layoffs": "conflict",
        "f-funding": "rounding",
        "f-crowd": "attribution",
        "f-founding": "date",
        "f-staff": "agreed",
        "f-rain": "single",
    }
    pairs = [
        pair(d, e, "rounding", "minor", "14 milliards d’euros est 13,8 milliards arrondi au milliard.", 0.014),
        pair(f, g, "attribution", "minor", "La police et les organisateurs donnent chacun leur chiffre.", 0.73),
        pair(b, a, "conflict", "major", "aurore.example compte 240 suppressions d’emplois, brume.example 200.", 0.167),
        pair(b, c, "conflict", "major", "cigale.example compte 240 suppressions d’emplois, brume.example 200.", 0.167),
        pair(h, i, "date", "major", "La fondation d’Hélioptère est datée du 2 mai ici, du 12 mai là.", 10.0),
    ]
    return comparison(claims, [fact(key, claims, relation) for key, relation in relations.items()], pairs)


ARTICLES = [Article(id=f"art-{n}", source="aurore.example", text="…", published=date(2025, 3, n)) for n in range(1, 6)]


@pytest.fixture(scope="module")
def told() -> Frames:
    return story()


@pytest.fixture(scope="module")
def page(told: Frames, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "new" / "report.html"
    assert write(path, told, ARTICLES) == path
    return path.read_text("utf-8")


class Tags(HTMLParser):
    """Every tag with its attributes, and whether they nest."""

    VOID = frozenset({"meta", "input", "br", "path", "rect", "link", "img"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_well_formed_and_self_contained(page: str) -> None:
    tags = Tags(page)
    assert tags.open == []
    names = {tag for tag, _ in tags.found}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "base", "video", "audio", "source"}
    assert not [name for _, attrs in tags.found for name in attrs if name.startswith("on") or name in ("src", "srcset", "style")]
    assert "url(" not in page
    assert "@import" not in page
    assert [attrs["href"] for tag, attrs in tags.found if tag == "a" and not attrs["href"].startswith("#")]
    ids = [attrs["id"] for _, attrs in tags.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    for tag, attrs in tags.found:
        if tag == "a" and (attrs["href"] or "").startswith("#"):
            assert attrs["href"][1:] in ids


def test_everything_is_escaped(page: str) -> None:
    assert "<script" not in page
    assert "&lt;script&gt;alert('Valmont')&lt;/script&gt;" in page
    assert "javascript:" not in page


def test_headline_counts(page: str) -> None:
    assert "<h1>5\u00a0désaccords, dont 3\u00a0majeurs</h1>" in page or "<h1>5\u00a0désaccords, dont 3 majeurs</h1>" in page
    counts = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd></div>", page))
    assert counts == {
        "majeurs": "3",
        "mineurs": "2",
        "pour information": "0",
        "fait concordant": "1",
        "fait à source unique": "1",
    }
    assert "5&nbsp;articles, 11&nbsp;sources, publiés du 1er mars 2025 au 5 mars 2025." in page


def test_worst_first(page: str) -> None:
    order = re.findall(r'<article class="fact worst-(\w+)[^"]*" id="([^"]+)"', page)
    assert order == [("major", "f-founding"), ("major", "f-layoffs"), ("minor", "f-crowd"), ("minor", "f-funding")]


def test_value_is_marked_at_its_own_place(page: str) -> None:
    assert "parle de 200 emplois, et de <mark>200 emplois</mark> seulement." in page
    assert "Le 3 mars, les Aciéries Valmont ont supprimé <mark>240 emplois</mark>, dont 30 à Brest." in page


def test_sources_links_dates_and_hedges(page: str) -> None:
    assert '<a href="https://aurore.example/article" rel="noopener noreferrer nofollow">aurore.example</a>' in page
    assert "publié le 4 mars 2025" in page
    assert "sans date de publication" in page
    assert "d’après la direction" in page
    assert "lu comme <b>14 milliards d’euros</b>".replace("14 ", "14\u00a0") in page
    assert '<p class="value" lang="de">14 Milliarden Euro</p>' in page


def test_agreed_and_single_are_folded_below(page: str) -> None:
    agreed, single = page.index('<section id="agreed"'), page.index('<section id="single"')
    assert page.index('id="f-funding"') < agreed < page.index('id="f-staff"') < single < page.index('id="f-rain"')
    assert page[agreed:single].count("<details>") == 2
    assert "iris.example, jade.example" in page
    assert "pluie" in page[single:]


def test_english(told: Frames, tmp_path: Path) -> None:
    page = write(tmp_path / "report.html", told, ARTICLES, ui="en").read_text("utf-8")
    assert '<html lang="en">' in page
    assert "5\u00a0discrepancies, 3 of them major" in page
    assert "published 4 March 2025" in page


def test_rejected_inputs_are_told(told: Frames, tmp_path: Path) -> None:
    rejected = [Rejection(file="a<b>.txt", record="line 3", reason="empty text", remedy="fill in text")]
    page = write(tmp_path / "report.html", told, ARTICLES, rejected=rejected).read_text("utf-8")
    assert "a&lt;b&gt;.txt, line 3" in page
    assert "fill in text" in page


@pytest.mark.parametrize("ui", ["fr", "en"])
def test_empty_comparison(ui: str, tmp_path: Path) -> None:
    page = write(tmp_path / "report.html", comparison([], [], []), [], ui=ui).read_text("utf-8")
    assert Tags(page).open == []
    assert '<p class="empty">' in page
    assert "<article" not in page


def test_huge_comparison_is_capped_with_a_note(tmp_path: Path) -> None:
    claims, pairs = [], []
    for n in range(2500):
        a, b, c = (
            claim(
                f"{n}-{s}",
                f"Le groupe compte {v} salariés.",
                f"{v} salariés",
                value=float(v),
                fact_id=f"f{n}",
                subject=f"Groupe {n}",
            )
            for s, v in (("a", n), ("b", n + 5), ("c", n + 9))
        )
        claims += [a, b, c]
        pairs += [pair(a, b, "conflict", "major", f"Écart {n}."), pair(b, c, "rounding", "minor", f"Arrondi {n}.")]
    facts = [fact(f"f{n}", claims[3 * n : 3 * n + 3], "conflict") for n in range(2500)]
    page = write(tmp_path / "report.html", comparison(claims, facts, pairs), ARTICLES).read_text("utf-8")
    assert page.count("<article") == MAX_FACTS
    assert len(page) < 3_000_000
    assert "5\u202f000\u00a0désaccords, dont 2\u202f500" in page
    assert f"les {MAX_FACTS} faits où le désaccord est le plus grave\u202f; 4\u202f400 autres" in page


def test_a_side_that_is_of_another_fact_keeps_its_link_and_its_day() -> None:
    part = claim("aurore", "Valmont supprime 30 % des emplois.", "30 %", value=30.0, kind="percent", unit="%", fact_id="f-part")
    cut = claim("brume", "Valmont supprime 240 emplois.", "240 emplois", value=240.0)
    facts = [fact("f-layoffs", [part, cut], "arithmetic"), fact("f-part", [part, cut], "single")]
    pairs = [pair(cut, part, "arithmetic", "major", "Les chiffres ne s’accordent pas.")]
    [shown] = rows(comparison([part, cut], facts, pairs)).discrepant[0].pairs
    assert [(side.url, side.title) for side in (shown.a, shown.b)] == [(c.url, c.title) for c in (cut, part)]


def test_pairs_of_one_fact_are_capped() -> None:
    claims = [claim(f"s{n}", f"Il y a {n} blessés.", f"{n} blessés", value=float(n)) for n in range(10, 40)]
    pairs = [pair(claims[0], other, "conflict", "major", "Écart.") for other in claims[1:]]
    shown = rows(comparison(claims, [fact("f-layoffs", claims, "conflict")], pairs))
    assert len(shown.discrepant[0].pairs) == MAX_PAIRS
    assert shown.discrepant[0].hidden == 29 - MAX_PAIRS


# In a notebook.

TEXT = "Valmont perd 240 emplois <b>et</b> 3 % depuis mardi."


def mentions() -> list[Mention]:
    quantity = Quantity(
        kind="count", value=Decimal(240), lower=Decimal(240), upper=Decimal(240), quantum=Decimal(1), unit="emploi"
    )
    share = Quantity(kind="percent", value=Decimal(3), lower=Decimal(3), upper=Decimal(3), quantum=Decimal(1), unit="%")
    tuesday = Period(edtf="2025-03-04", start=date(2025, 3, 4), end=date(2025, 3, 4))
    places = {"240 emplois": {"quantity": quantity}, "3 %": {"quantity": share}, "mardi": {"period": tuesday}}
    return [
        Mention(start=TEXT.index(quote), end=TEXT.index(quote) + len(quote), quote=quote, language="fr", **value)
        for quote, value in places.items()
    ]


def test_article_shows_its_values() -> None:
    shown = article_html(
        Article(id="a", source="aurore.example", text=TEXT, title="<i>Titre</i>", published=date(2025, 3, 6)), mentions()
    )
    assert Tags(shown).open == []
    assert '<mark class="k-count" title="240\u00a0emplois (count; 240; emploi)">240 emplois</mark> &lt;b&gt;et&lt;/b&gt;' in shown
    assert '<mark class="k-date" title="4 mars 2025 (date; 2025-03-04)">mardi</mark>' in shown
    assert "&lt;i&gt;Titre" in shown


def test_claim_and_comparison_show_themselves(told: Frames) -> None:
    shown = claim_html(claim("aurore", "Valmont supprime 240 emplois.", "240 emplois", value=240.0))
    assert "<mark>240 emplois</mark>" in shown
    table = comparison_html(told)
    assert Tags(shown).open == Tags(table).open == []
    assert table.count("<tr") == 5
    assert "<script" not in table
    assert Tags(comparison_html(comparison([], [], []))).open == []


def test_marks_lose_nothing_and_do_not_overlap() -> None:
    text = "a & b < c"
    marks = [Mark(start=0, end=5), Mark(start=2, end=7), Mark(start=6, end=7, kind="x", tip='"')]
    assert marked(text, marks) == '<mark>a &amp; b</mark> <mark class="k-x" title="&quot;">&lt;</mark> c'
    assert marked(text, marks, 4, 9) == '<mark>b</mark> <mark class="k-x" title="&quot;">&lt;</mark> c'
    assert re.sub("<[^>]+>", "", marked(text, marks)) == "a &amp; b &lt; c"


def test_show_falls_back_to_the_escaped_repr() -> None:
    class Plain:
        def __repr__(self) -> str:
            return "<plain>"

    assert show(Plain()) == "<pre>&lt;plain&gt;</pre>"
    show_with("Plain", lambda record: "<p>shown</p>")
    assert show(Plain()) == "<p>shown</p>"


# The plot.


def labels(axes: Any) -> list[str]:
    return [tick.get_text() for tick in axes.get_yticklabels()]


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MPLBACKEND", "agg")
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def test_plot_has_a_row_for_each_source_by_publication(told: Frames) -> None:
    axes = plot_fact(told, "f-layoffs")
    axes.figure.canvas.draw()
    assert labels(axes) == ["aurore.example\n4 mars 2025", "brume.example\n5 mars 2025", "cigale.example"]
    assert axes.get_xlabel() == "employés"
    points = [line for line in axes.lines if line.get_marker() in ("o", "D")]
    assert [line.get_xdata()[0] for line in points] == [240, 200, 240]
    assert [line.get_marker() for line in points] == ["o", "D", "o"]  # the consensus, and what differs


@pytest.mark.parametrize(
    ("key", "unit"), [("f-funding", "euros, en milliards"), ("f-founding", "Date"), ("f-crowd", "manifestants"), ("f-rain", "mm")]
)
def test_plot_of_every_kind(told: Frames, key: str, unit: str) -> None:
    from matplotlib.figure import Figure

    axes = plot_fact(told, key, ax=Figure().subplots())
    axes.figure.canvas.draw()
    assert axes.get_xlabel() == unit


def test_units_of_one_dimension_share_a_scale() -> None:
    rain = {"metric": "rainfall", "kind": "measure", "fact_id": "f-rain", "subject": "Quimper"}
    claims = [
        claim("a", "Il est tombé 240 mm.", "240 mm", value=240.0, unit="mm", **rain),
        claim("b", "Il est tombé 24 cm.", "24 cm", value=24.0, unit="cm", **rain),
        claim("c", "Il est tombé 255 mm.", "255 mm", value=255.0, unit="mm", **rain),
    ]
    told = comparison(claims, [fact("f-rain", claims, "conflict")], [pair(claims[0], claims[2], "conflict", "major", "Écart.")])
    [shown] = rows(told).discrepant
    assert [[side.quote for side in position.sides] for position in shown.positions] == [["240 mm", "24 cm"], ["255 mm"]]
    axes = plot_fact(told, "f-rain")
    assert [line.get_xdata()[0] for line in axes.lines if line.get_marker() in ("o", "D")] == [240, 240, 255]
    assert axes.get_xlabel() == "mm"


@pytest.mark.parametrize(
    ("value", "unit", "into", "expected"),
    [
        (24.0, "cm", "mm", 240.0),
        (104.0, "[degF]", "Cel", 40.0),
        (2.0, "a", "mo", 24.0),
        (3.0, "USD", "EUR", 3.0),
        (3.0, None, "km", 3.0),
    ],
)
def test_conversion(value: float, unit: str | None, into: str, expected: float) -> None:
    given = {"value": value, "lower": value, "upper": None, "quantum": None, "unit": unit}
    found = converted(given, into)
    assert (found["value"], found["lower"], found["upper"]) == (expected, expected, None)


def test_plot_of_an_unknown_fact(told: Frames) -> None:
    with pytest.raises(TableError, match="fact 'nothing' has no claims"):
        plot_fact(told, "nothing")


def test_records_show_themselves_through_the_package(told: Frames) -> None:
    from pipeline.comparison import Comparison

    article = Article(id="a", source="aurore.example", text=TEXT, published=date(2025, 3, 6), language="fr")
    assert ">240 emplois</mark> &lt;b&gt;et&lt;/b&gt;" in article._repr_html_()
    assert "<mark" in claim("aurore", "Valmont supprime 240 emplois.", "240 emplois", value=240.0)._repr_html_()
    comparison = Comparison(claims=told.claims, facts=told.facts, discrepancies=told.discrepancies)
    assert comparison._repr_html_() == comparison_html(told)
