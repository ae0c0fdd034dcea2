"""Copies are no witnesses: which articles are copies, and what that makes of facts and discrepancies."""

from __future__ import annotations

import random
from datetime import date

import pytest
from test_comparison import Row, claim, relations, table

from pipeline.comparison import compare
from pipeline.comparison.copies import Sketched, originals, sketch

WORDS = [
    *("le", "la", "vent", "port", "nuit", "quai", "bac", "grue", "sel", "mer", "digue", "treuil", "halage"),
    *("étal", "marée", "phare", "brume", "écluse", "sas", "radoub"),
]
DAY = date(2025, 3, 1)


def text(seed: int, words: int = 150) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def other_word(whole: str, *places: int) -> str:
    words = whole.split()
    for place in places:
        words[place] = f"x{place}"
    return " ".join(words)


def article(name: str, words: str, day: int | None = 1) -> Sketched:
    return Sketched(name, f"le-{name}.fr", day and DAY.replace(day=day), sketch(words))


CASES = {
    "the-same-text": (text(1), text(1), True),
    "other-case-and-punctuation": (text(1), text(1).upper().replace(" ", ", "), True),
    "a-figure-changed": (text(1), other_word(text(1), 70), True),
    "a-few-figures-changed": (text(1), other_word(text(1), 20, 70, 110), True),
    "a-paragraph-cut": (text(1), text(1)[: len(text(1)) * 2 // 3], True),
    "a-paragraph-added": (text(1), f"{text(1)} {text(2, 50)}", True),
    "another-text-of-the-same-words": (text(1), text(2), False),
    "half-of-it-written-anew": (text(1), f"{' '.join(text(1).split()[:75])} {text(2, 75)}", False),
    "a-sentence-quoted": (text(1), f"{' '.join(text(1).split()[:30])} {text(2)}", False),
    "a-formula": (text(1, 30), text(1, 30), False),
    "nothing": ("", "", False),
}


@pytest.mark.parametrize(("one", "other", "copied"), CASES.values(), ids=CASES)
def test_copies(one: str, other: str, copied: bool) -> None:
    found = originals([article("b", other, 2), article("a", one, 1)])
    assert found == ({"b": ("a", "le-a.fr")} if copied else {})


def test_the_original_is_the_first_published_then_the_smaller_id() -> None:
    assert originals([article("a", text(1), None), article("c", text(1), 4), article("b", text(1), 4)]) == {
        "a": ("b", "le-b.fr"),
        "c": ("b", "le-b.fr"),
    }


def test_a_copy_of_a_copy_has_the_same_original_in_any_order() -> None:
    whole, places = text(1, 200), range(5, 200, 14)
    drift = [article(name, other_word(whole, *places[: 5 * i]), 9 - i) for i, name in enumerate("abc")]
    assert originals([drift[0], drift[2]]) == {}
    articles = [*drift, *(article(f"d{n}", text(n + 9), n % 3 + 1) for n in range(20)), article("e", text(11), 7)]
    expected = {"a": ("c", "le-c.fr"), "b": ("c", "le-c.fr"), "e": ("d2", "le-d2.fr")}
    for seed in range(5):
        random.Random(seed).shuffle(articles)
        assert originals(articles) == expected


# What follows from it.


def test_a_copy_is_no_second_source() -> None:
    rows = [claim("14e9/1e9 USD", "a"), claim("14e9/1e9 USD", "b"), claim("15e9/1e9 USD", "c"), claim("15e9/1e9 USD", "d")]
    rows[3] |= {"copy_of": "c", "copied_source": "le-c.fr"}
    fact = compare(table(*rows)).facts.iloc[0]
    assert (fact["sources"], fact["consensus"]) == (3, 14e9)
    alone = compare(table(*rows[2:])).facts.iloc[0]
    assert (alone["sources"], alone["relation"]) == (1, "single")


@pytest.mark.parametrize(("ui", "said"), [("fr", "le-b.fr reprend presque mot pour mot"), ("en", "le-b.fr repeats the article")])
def test_a_figure_changed_in_a_copy_is_reported_as_that(ui: str, said: str) -> None:
    rows = [claim("14.3e9/1e8 USD pub=2025-03-01", "a"), claim("14.9e9/1e8 USD pub=2025-03-02", "b")]
    assert said not in compare(table(*rows), ui=ui).discrepancies["explanation"][0]
    rows[1] |= {"copy_of": "a", "copied_source": "le-a.fr"}
    found = compare(table(*rows), ui=ui)
    assert relations(found) == ["conflict"]
    assert said in found.discrepancies["explanation"][0]
    assert found.facts["sources"][0] == 1


def test_two_copies_of_an_article_name_it() -> None:
    rows = [claim("14.3e9/1e8 USD", "a"), claim("14.9e9/1e8 USD", "b")]
    for row in rows:
        row |= {"copy_of": "z", "copied_source": "le-z.fr"}
    assert "(le-z.fr)" in compare(table(*rows)).discrepancies["explanation"][0]


def test_a_source_that_prints_a_text_twice_is_said_to() -> None:
    rows = [claim("14.3e9/1e8 USD", "a"), claim("14.9e9/1e8 USD", "b") | {"source": "le-a.fr"}]
    rows[1] |= {"copy_of": "a", "copied_source": "le-a.fr"}
    assert "le-a.fr publie deux fois" in compare(table(*rows)).discrepancies["explanation"][0]


# What a copy says otherwise.

SAYS = "Argile a investi {} dans Brume."


def told(value: str, name: str, says: str = SAYS, at: int = 0, **columns: object) -> Row:
    """A claim whose sentence quotes its value; Argile's investment in Brume unless `columns` say otherwise."""
    row = claim(f"investment {value} of=Argile with=Brume", name)
    quote = value.split("/", 1)[0]
    start = at + says.index("{}")
    places = {"sentence_start": at, "sentence_end": at + 99, "start": start, "end": start + len(quote)}
    return row | places | {"sentence": says.format(quote), "quote": quote} | columns


def copied(row: Row, original: str = "a") -> Row:
    return row | {"copy_of": original, "copied_source": f"le-{original}.fr"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("12e6/1e6 EUR sure=0.1", "15e6/1e6 EUR sure=0.1", "conflict"),
        ("12e6/1e6 EUR sure=0.1", "12e6/1e6 USD sure=0.1", "currency"),
        ("12e6/1e6 EUR sure=0.1", "12e9/1e9 EUR sure=0.1", "scale"),
        ("12e6/1e6 EUR about", "12.4e6/1e5 EUR about", "rounding"),
        ("12e6/1e6 EUR more_than", "120e6/1e6 EUR more_than", "conflict"),
        ("12e6/1e6 EUR time=2025-02-01", "15e6/1e6 EUR time=2025-02-20", "conflict"),
        ("12e6/1e6 EUR sure=0.1 pub=2025-03-01", "15e6/1e6 EUR sure=0.1 pub=2025-03-03", "conflict"),
        ("12e6/1e6 EUR sure=0.1 pub=2025-03-01", "15e6/1e6 EUR sure=0.1 pub=2025-03-04", None),
        ("12e6/1e6 EUR sure=0.1", "12e6/1e6 EUR sure=0.9", None),
    ],
)
def test_a_figure_changed_in_a_copy_is_told_however_unsure_it_is_of_what(one: str, other: str, expected: str | None) -> None:
    found = compare(table(told(one, "a"), copied(told(other, "b"))))
    assert relations(found) == ([expected] if expected else [])
    if expected:
        assert found.claims["fact_id"].nunique() == 1


def test_a_changed_figure_that_was_read_of_another_is_of_whom_the_surer_is() -> None:
    rows = [told("12e6/1e6 EUR sure=0.4", "a"), copied(told("15e6/1e6 EUR sure=0.2", "b", subject="Zorvelle"))]
    for order in (rows, rows[::-1]):
        found = compare(table(*order))
        assert relations(found) == ["conflict"]
        assert dict(zip(found.claims["claim_id"], found.claims["resolved_subject"], strict=True)) == {"a": None, "b": "Argile"}
    assert relations(compare(table(rows[0], rows[1] | {"copy_of": None}))) == []


def test_another_sentence_or_another_text_shows_nothing() -> None:
    rows = [told("12e6/1e6 EUR sure=0.1", "a"), told("15e6/1e6 EUR sure=0.1", "b")]
    assert relations(compare(table(*rows))) == []
    rows[1] = told("15e6/1e6 EUR sure=0.1", "b", says="Dans Brume, Argile met {}.")
    assert relations(compare(table(rows[0], copied(rows[1])))) == []


def test_what_an_article_contradicts_itself_in_is_not_told_anew_of_its_copy() -> None:
    other = "Dans Brume, Argile aurait mis {}, dit un proche."
    rows = [told("12e6/1e6 EUR", "a"), told("15e6/1e6 EUR", "b", other, 500)]
    rows += [told("12e6/1e6 EUR", "c"), told("15e6/1e6 EUR", "d", other, 500)]
    rows = [rows[0], rows[1] | {"article_id": "a"}, copied(rows[2]), copied(rows[3] | {"article_id": "c"})]
    found = compare(table(*rows)).discrepancies
    assert {frozenset(pair) for pair in zip(found["claim_a"], found["claim_b"], strict=True)} == {
        frozenset("ab"),
        frozenset("cd"),
    }


@pytest.mark.parametrize(("raised", "expected"), [("15/1", "update"), ("120/1", "conflict")])
def test_a_toll_that_a_copy_raises_is_an_update_within_reason(raised: str, expected: str) -> None:
    of = {"metric": "deaths", "kind": "count", "subject": "Port-Alban", "counterparty": None}
    says = "Le séisme a fait {} morts à Port-Alban."
    rows = [told("12/1 mort pub=2025-03-01", "a", says, **of), told(f"{raised} mort pub=2025-03-02", "b", says, **of)]
    assert relations(compare(table(rows[0], copied(rows[1])))) == [expected]
