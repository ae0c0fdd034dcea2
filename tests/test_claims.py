"""Claims: a row of `cases/claims_<language>.tsv` is a test; what holds for the claims of any article.

A row's `text` may begin with a title and `||`. `value` is a number, or `lower..upper` for a range; `subject` and `metric`
list what would do, parted by `/`; `more` holds further columns, of which counterparty, attribution and modality are
None, None and `asserted` where it is silent (`scope=None` for nothing). `*` is left open, `-` is nothing. A row without a
metric is a refusal: nothing is claimed of its quote.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from case_tables import cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.claims import claims
from pipeline.claims.gate import open_article
from pipeline.records import Article, Claim

LANGUAGES = ("fr", "de", "en")
CORPUS = Path(__file__).parent.parent / "corpora" / "articles"
PUBLISHED = date(2025, 3, 14)  # a Friday

Rows = dict[tuple[str, str], list[Claim]]


def rows() -> list[object]:
    table = [(language, row) for language in LANGUAGES for row in cases(f"claims_{language}")]
    return [pytest.param(language, *row.values, id=f"{language}-{row.id}") for language, row in table]


def article(number: int, language: str, text: str) -> Article:
    title, bar, body = text.partition(" || ")
    return Article(
        id=f"{language}-{number}", source="test", title=title if bar else None, text=body if bar else text,
        published=PUBLISHED, language=language,
    )  # fmt: skip


@pytest.fixture(scope="module")
def read() -> Rows:
    """The claims of every text of the tables, in one go: the model is loaded once."""
    texts = list(dict.fromkeys((language, row.values[0]) for language in LANGUAGES for row in cases(f"claims_{language}")))
    articles = [article(i, *key) for i, key in enumerate(texts)]
    return dict(zip(texts, claims(articles), strict=True))


def number(text: str) -> float | None:
    return float(text) if text else None


def expected(value: str, time: str, more: str) -> dict[str, object]:
    """The columns that a row gives, with their values; an open one is left out."""
    lower, range_of, upper = value.partition("..")
    point: dict[str, object] = {"value": number(value) if not range_of else None}
    out = point | ({"lower": number(lower), "upper": number(upper)} if range_of else {})
    if time != "*":
        out["time"] = time or None
    if more != "*":
        out |= {"counterparty": None, "attribution": None, "modality": "asserted"}
        out |= {name: said if said != "None" else None for name, said in (p.split("=", 1) for p in more.split("; ") if p)}
    return out


def differences(claim: Claim, metric: str, subject: str, columns: dict[str, object]) -> list[str]:
    """What a claim says otherwise than its row."""
    out = [] if metric == "*" or claim.metric in metric.split("/") else [f"metric {claim.metric}"]
    out += [] if subject == "*" or claim.subject in subject.split("/") else [f"subject {claim.subject}"]
    return out + [f"{name} {getattr(claim, name)!r}" for name, wanted in columns.items() if getattr(claim, name) != wanted]


def of_quote(found: list[Claim], quote: str) -> list[Claim]:
    """The claims of a quote; of a date those that hold it, for its article may belong to it."""
    return [c for c in found if c.quote == quote or (c.kind == "date" and quote in c.quote)]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "text", "quote", "metric", "subject", "value", "time", "more"), rows())
def test_case(
    read: Rows, language: str, text: str, quote: str, metric: str, subject: str, value: str, time: str, more: str
) -> None:
    found = read[language, text]
    here = of_quote(found, quote)
    if not metric:
        assert not here
        return
    assert here, [(c.quote, c.metric, c.subject) for c in found]
    columns = expected(value, time, more)
    assert min((differences(c, metric, subject, columns) for c in here), key=len) == []


def test_rows_are_enough_and_their_quotes_stand_in_their_texts() -> None:
    table = [row.values for language in LANGUAGES for row in cases(f"claims_{language}")]
    assert len(table) >= 80
    assert [(text, quote) for text, quote, *_ in table if quote not in text and quote != "*"] == []


# What holds for any article


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return sorted(pipeline.read(CORPUS), key=lambda a: a.id)[:8]


@pytest.fixture(scope="module")
def together(articles: list[Article]) -> dict[str, list[Claim]]:
    return {a.id: found for a, found in zip(articles, claims(articles), strict=True)}


def check_places(of: Article, found: list[Claim]) -> None:
    assert [c.start for c in found] == sorted(c.start for c in found)
    assert len({c.claim_id for c in found}) == len(found)
    for claim in found:
        assert of.text[claim.start : claim.end] == claim.quote
        assert of.text[claim.sentence_start : claim.sentence_end] == claim.sentence
        assert claim.sentence_start <= claim.start < claim.end <= claim.sentence_end
        assert (claim.article_id, claim.source, claim.published) == (of.id, of.source, of.published)
        assert claim.subject.strip()
        assert claim.metric.strip()


@pytest.mark.slow
def test_quotes_and_sentences_stand_at_their_offsets(articles: list[Article], together: dict[str, list[Claim]]) -> None:
    assert sum(map(len, together.values())) > 50
    for one in articles:
        check_places(one, together[one.id])


@pytest.mark.slow
def test_an_article_is_read_the_same_in_any_company(articles: list[Article], together: dict[str, list[Claim]]) -> None:
    shuffled = Random(5).sample(articles, len(articles))
    assert dict(zip([a.id for a in shuffled], claims(shuffled), strict=True)) == together
    assert [next(claims([a])) for a in articles[:3]] == [together[a.id] for a in articles[:3]]


@pytest.mark.slow
def test_two_processes_find_what_one_finds(articles: list[Article]) -> None:
    alone, shared = (pipeline.extract(articles, workers=n) for n in (1, 2))
    assert alone.equals(shared)


@pytest.mark.slow
def test_the_id_of_a_claim_is_that_of_its_article_and_text(articles: list[Article], together: dict[str, list[Claim]]) -> None:
    one = next(a for a in articles if together[a.id])
    again = Article(id=one.id, source="elsewhere", text=one.text, published=one.published, language=one.language)
    ids = {(c.start, c.metric, c.subject): c.claim_id for c in together[one.id]}
    other = {(c.start, c.metric, c.subject): c.claim_id for c in next(claims([again]))}
    assert {key: other[key] for key in ids.keys() & other.keys()} == {key: ids[key] for key in ids.keys() & other.keys()}
    changed = Article(id=one.id, source=one.source, text=one.text + "\n", published=one.published, language=one.language)
    assert not {c.claim_id for c in next(claims([changed]))} & set(ids.values())


def test_ids_are_the_same_on_every_machine() -> None:
    """A fixed claim has a fixed id: a change here makes every store forget what it knows."""
    from pipeline.records import fingerprint

    assert fingerprint("a", "Le pont mesure 12 km.", 15, 20, "distance", "pont") == "8dc2c5a94267723d"


PARTS = (
    "Verdalis", "12", "3,5", "millions d'euros", "%", "selon", "le 3 mars 2025", "a supprimé", "200 postes", "dont", "(", ")",
    "»", ".", "\n", "\n\n", "- ", ",", "soit", "contre", "un an plus tôt", "ne", "que", "Milliarden", "am 3. März", "qui", ":",
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PARTS), max_size=14).map(" ".join)), st.sampled_from(LANGUAGES))
def test_any_text_is_read(text: str, language: str) -> None:
    of = Article(id="a", source="s", text=text, published=PUBLISHED, language=language)
    check_places(of, next(claims([of])))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("", False), ("\n", False), (" \u00a0\n\n ", False), (".", False), ("12", False), ("«", False),
        ("Die Firma streicht 450 Stellen. Der Umsatz sank um 12 Prozent.", True),
        ("The company is in trouble. It employs 12,000 workers.", True),
    ],
)  # fmt: skip
def test_texts_without_French(text: str, some: bool) -> None:
    for title in (None, "", "Rien"):
        for gate in (True, False):
            found = next(claims([Article(id="a", source="s", title=title, text=text)], gate=gate))
            assert bool(found) == some or text == "12"


def test_no_articles_no_claims() -> None:
    def none() -> Iterator[Article]:
        yield from ()

    assert list(claims(none())) == []


# The gate


def test_the_gate_keeps_what_holds_a_value_the_sentence_before_and_the_lead() -> None:
    text = "Il pleut. Il vente. Rien ne va. On attend. On espère. Verdalis a supprimé 450 postes. Fin."
    opened = open_article(Article(id="a", source="s", text=text, language="fr"))
    kept = [text[p.start : p.end] for p in opened.passages]
    assert kept == ["Il pleut.", "Il vente.", "On espère.", "Verdalis a supprimé 450 postes."]
    assert opened.total == len(text)
    assert opened.kept == sum(map(len, kept)) < len(text)
    assert open_article(Article(id="a", source="s", text=text, language="fr"), gate=False).kept > opened.kept


def test_passages_stand_in_order_without_overlap(articles: list[Article]) -> None:
    for one in articles:
        for gate in (True, False):
            passages = open_article(one, gate=gate).passages
            assert all(a.end <= b.start for a, b in pairwise(passages))
            assert all(m.start >= p.start and m.end <= p.end for p in passages for m in p.mentions)
