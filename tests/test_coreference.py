"""Claims of two articles of one story that were read under other names or metrics, and are compared under one."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.calibration.coreference import in_company, told, train
from pipeline.calibration.reading import Reading
from pipeline.comparison import compare, reasons, resolved
from pipeline.comparison.alignment import Link, link
from pipeline.comparison.clustering import blocks, kernel, of_one_time
from pipeline.comparison.columns import Claims, Pairs
from pipeline.comparison.company import BY_FAR, WORST, beside, places
from pipeline.comparison.coreference import Side, Tie, agreed, comparable, counting, groups, may_count, one_event, one_person
from pipeline.comparison.items import Item, Story, items
from pipeline.comparison.likeness import equal, equals, features, odds
from pipeline.comparison.names import Names
from pipeline.comparison.packed import packed
from pipeline.comparison.stories import HEARD, Telling, marked, together
from pipeline.comparison.support import parties, slipped
from pipeline.comparison.times import Span
from pipeline.comparison.values import gap, ratio, rounds
from pipeline.records import fingerprint
from pipeline.score import Annotated, annotated, dossiers
from pipeline.tables import RESOLVED, SCHEMAS, check_claims, frame

ROOT = Path(__file__).parents[1]
Row = dict[str, Any]
TITLE = "Naufrage du Corvelan au large de Saint-Quézec"


def claim(name: str, article: str, says: str, quote: str, **columns: Any) -> Row:
    start = says.index(quote)
    number = float(quote.split()[0])
    row: Row = {
        "claim_id": name, "article_id": article, "source": f"le-{article}.fr", "title": TITLE, "published": "2025-03-04",
        "language": "fr", "sentence": says, "sentence_start": 0, "sentence_end": len(says), "quote": quote, "start": start,
        "end": start + len(quote), "subject": "Corvelan", "subject_type": "MISC", "metric": "passengers", "kind": "count",
        "value": number, "lower": number, "upper": number, "quantum": 1.0, "unit": "passager", "approximation": "exact",
        "modality": "asserted", "confidence": 0.7,
    }  # fmt: skip
    return row | columns


def table(*rows: Row) -> pd.DataFrame:
    return frame({name: [row.get(name) for row in rows] for name in SCHEMAS["claims"]}, "claims")


SURE = claim("a1", "a", "Le Corvelan transportait 412 passagers.", "412 passagers")
AWAY = claim("b1", "b", "À bord du ferry Corvelan, il y avait 412 passagers.", "412 passagers", subject="Saint-Quézec",
             subject_type="LOC", metric="lemma:bord", confidence=0.3)  # fmt: skip


def read_as(claims: pd.DataFrame) -> dict[str, tuple[Any, ...]]:
    """What claims were resolved to: subject, metric, confidence."""
    names = ("resolved_subject", "resolved_metric", "resolved_confidence")
    rows = zip(claims["claim_id"], *(claims[name] for name in names), strict=True)
    return {name: found for name, *found in rows if found[0] is not None}  # type: ignore[misc]


def test_one_telling_figure_in_one_story_is_one_fact_under_the_surer_reading() -> None:
    found = compare(table(SURE, AWAY))
    assert read_as(found.claims) == {"a1": ["Corvelan", "passengers", 0.7], "b1": ["Corvelan", "passengers", 0.7]}
    assert list(found.claims["subject"]) == ["Corvelan", "Saint-Quézec"], "what was read stays"
    fact = found.facts.iloc[0]
    assert (len(found.facts), fact["subject"], fact["metric"], fact["sources"], fact["relation"]) == (
        1, "Corvelan", "passengers", 2, "agreed",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (AWAY | {"title": "La rentrée des classes à Ploumarec", "sentence": "Il y avait 412 passagers."}, "another story"),
        (AWAY | {"published": "2025-06-30"}, "told months later"),
        (AWAY | {"kind": "money", "unit": "EUR"}, "another kind"),
        (AWAY | {"sentence": SURE["sentence"]}, "a copied sentence is no witness"),
        (AWAY | {"article_id": "a"}, "the same article"),
    ],
)
def test_what_is_no_witness_changes_nothing(other: Row, why: str) -> None:
    assert read_as(resolved(check_claims(table(SURE, other)))) == {}, why


def test_a_certain_reading_stands() -> None:
    sure = AWAY | {"confidence": 1.0}
    assert read_as(resolved(check_claims(table(SURE | {"confidence": 1.0}, sure)))) == {
        "a1": ["Corvelan", "passengers", 1.0], "b1": ["Saint-Quézec", "lemma:bord", 1.0],
    }  # fmt: skip


DOCTORS = [
    claim(name, name, f"À bord du Corvelan, {number} médecins et 412 passagers attendaient les secours.", f"{number} médecins",
          metric="lemma:attendre", unit="médecin", start=22) for name, number in (("a", 14), ("b", 18))
]  # fmt: skip


def test_two_figures_of_a_group_are_of_one_fact_though_little_shows_it_of_each() -> None:
    rows = [*DOCTORS, *(claim(f"{name}1", name, DOCTORS[0]["sentence"], "412 passagers") for name in "ab")]
    for row in rows[2:]:
        row["sentence"] = row["sentence"].replace("14", "18") if row["article_id"] == "b" else row["sentence"]
    found = compare(table(*rows))
    groups = dict(zip(found.claims["claim_id"], found.claims["resolved_group"], strict=True))
    assert groups == {"a": "a", "b": "a", "a1": "a1", "b1": "a1"}
    assert list(zip(found.discrepancies["relation"], found.discrepancies["quote_a"], strict=True)) == [
        ("conflict", "14 médecins")
    ]
    alone = table(*(row | {"title": None, "published": None} for row in DOCTORS))
    assert compare(alone.assign(sentence=["Il y a 14 médecins.", "On en voit 18."])).discrepancies.empty


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ("À bord du Corvelan attendaient non pas 14 médecins mais des infirmiers, et 412 passagers.", ["denial"]),
        ("À bord du Corvelan, nul ne pouvait pas ne pas penser aux 14 médecins ni aux 412 passagers.", []),
    ],
)
def test_a_small_figure_is_denied_where_it_is_known_which(says: str, expected: list[str]) -> None:
    denied = DOCTORS[1] | {"sentence": says, "quote": "14 médecins", "start": says.index("14"), "modality": "denied"}
    denied |= {"value": 14.0, "lower": 14.0, "upper": 14.0}
    others = [SURE, SURE | {"claim_id": "b1", "article_id": "b", "sentence": says, "start": says.index("412")}]
    assert list(compare(table(DOCTORS[0], denied, *others)).discrepancies["relation"]) == expected


@pytest.mark.parametrize(
    ("figure", "unit", "why"),
    [("2 filles", "fille", "other counts of a small figure"), ("9800 tonnes", "tonne", "nothing like it")],
)
def test_another_noun_is_another_count(figure: str, unit: str, why: str) -> None:
    one = claim("a1", "a", "Le Corvelan transportait 2 camions.", "2 camions", unit="camion")
    other = claim("b1", "b", f"Au large, le ferry Corvelan et {figure}.", figure, unit=unit, subject="Saint-Quézec")
    assert read_as(resolved(check_claims(table(one, other)))) == {}, why


def test_a_figure_that_differs_is_found_under_the_shared_reading() -> None:
    third = claim("c1", "c", "Le Corvelan avait à son bord 480 passagers.", "480 passagers")
    found = compare(table(SURE, AWAY, third)).discrepancies
    assert set(zip(found["relation"], found["quote_a"], found["quote_b"], strict=True)) == {
        ("conflict", "412 passagers", "480 passagers")
    }
    assert len(found) == 2, "either source against the third"


@settings(deadline=None)
@given(st.permutations([SURE, AWAY, claim("c1", "c", "Le Corvelan avait à son bord 480 passagers.", "480 passagers")]))
def test_the_order_of_rows_does_not_matter(rows: list[Row]) -> None:
    one, other = (resolved(check_claims(table(*order))) for order in (rows, rows[::-1]))
    assert read_as(one) == read_as(other)
    assert list(one["claim_id"]) == [row["claim_id"] for row in rows]


def test_resolving_again_changes_nothing() -> None:
    once = resolved(check_claims(table(SURE, AWAY)))
    assert resolved(check_claims(once)).equals(once)
    assert set(RESOLVED) <= set(once)


@pytest.mark.parametrize(("ui", "said"), [("fr", "Saint-Quézec | lemma:bord ;"), ("en", "Saint-Quézec | lemma:bord;")])
def test_reasons_tell_what_a_claim_was_read_with(ui: str, said: str) -> None:
    third = claim("c1", "c", "Le Corvelan avait à son bord 480 passagers.", "480 passagers")
    rows = table(SURE, AWAY, third)
    told = [reasons(rows, name, ui=ui) for name in compare(rows).discrepancies["discrepancy_id"]]
    assert sorted(said in each.text(ui) for each in told) == [False, True]
    assert {side["read_subject"] for each in told for side in each.claims} == {"Corvelan", "Saint-Quézec"}


# Stories.


def test_marks_are_rare_words_and_no_countries() -> None:
    head = {"title": "Le Corvelan sombre", "subject": "Saint-Quézec", "counterparty": "France"}
    rows = [
        claim("a1", "a", "Le maire de Ploumarec est là avec 3 passagers.", "3 passagers", **head),
        claim("a2", "a", "Ici Locmaria en dit 4.", "4", **head),
        claim("b1", "b", "Il y en a 3 à Brumeville.", "3", title="Bref", subject="France"),
    ]
    first, second = marked(packed(check_claims(table(*rows)), "claims", HEARD))
    assert {"corvel", "quezec", "plouma", "locmar"} <= first
    assert not {"france", "maire", "brumev"} & first
    assert second == {"brumev"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Telling(0, frozenset(("corvel", "quezec"))), Telling(3, frozenset(("corvel", "quezec"))), True),
        (Telling(None, frozenset(("corvel", "quezec"))), Telling(3, frozenset(("corvel", "quezec"))), True),
        (Telling(0, frozenset(("corvel", "quezec"))), Telling(99, frozenset(("corvel", "quezec"))), False),
        (Telling(0, frozenset(("corvel", "quezec"))), Telling(3, frozenset(("corvel", "ploema"))), False),
        (Telling(0, frozenset(("corvel",))), Telling(3, frozenset(("corvel",))), False),
    ],
)
def test_articles_of_one_story(one: Telling, other: Telling, expected: bool) -> None:
    assert together({"a": one, "b": other}) == ([("a", "b")] if expected else [])


def test_a_word_of_a_crowd_of_articles_tells_no_story() -> None:
    told = {f"{number:03}": Telling(number % 7, frozenset(("corvel", "quezec"))) for number in range(61)}
    assert together(told) == []
    told.popitem()
    assert len(together(told)) == 60 * 59 / 2


# Weights.


def test_a_rival_is_the_best_other_partner_of_either() -> None:
    pairs = beside_another(SURE | {"claim_id": "a2"}, SURE | {"start": 99}, AWAY, AWAY | {"claim_id": "b2", "start": 99})
    three = pairs.where(np.array([True, True, False, True]))
    company = beside(three, np.array([2.0, 1.0, 3.0]), equals(three), places(three))
    assert company["rival"].tolist() == [1.0, 3.0, 1.0]
    assert company["ahead"].tolist() == [1.0, -2.0, 2.0]
    assert not company["no rival"].any()
    one = pairs.where(np.array([True, False, False, False]))
    alone = beside(one, np.array([2.0]), equals(one), places(one))
    assert [alone[name].tolist() for name in ("rival", "ahead", "no rival")] == [[WORST], [BY_FAR], [1.0]]


def test_a_figure_that_two_sentences_share_speaks_for_those_beside_it() -> None:
    text = "Le naufrage a fait 12 morts et 412 blessés."
    a = SURE | {"claim_id": "a0", "sentence": text, "value": 12.0, "start": 5}, SURE | {"sentence": text, "start": 30}
    b = AWAY | {"claim_id": "b0", "value": 14.0, "start": 2}, AWAY | {"start": 40}
    pairs = beside_another(*a, *b)
    company = beside(pairs, np.array([0.0, -5.0, -5.0, 4.0]), equals(pairs), places(pairs))
    first = {name: column[0] for name, column in company.items()}
    assert first["sentence shared"] == first["behind shared"] == first["around shared"] > 0.9
    assert first["before shared"] == 0.0 == company["sentence shared"][3]


def found(*rows: Row) -> list[Item]:
    stories = {row["article_id"]: Story(frozenset(), frozenset()) for row in rows}
    return items(check_claims(table(*rows)), Names({}), stories)


def beside_another(*rows: Row) -> Pairs:
    """The comparable pairs of the claims of articles a and b."""
    return comparable(Claims(found(*rows)), [("a", "b")])


COMPANY = {"score", "rival", "ahead", "no rival", *(f"{where} shared" for where in ("sentence", "before", "behind", "around"))}


def test_features_are_those_of_the_trained_files() -> None:
    known = set(features(beside_another(SURE, AWAY)))
    for name, more in (("coreference_alone", set()), ("coreference", COMPANY)):
        assert set(weights(name)["weights"]) == known | more, "train it anew: python -m pipeline.calibration"


def test_the_trained_files_are_of_the_train_part_as_it_stands() -> None:
    sets = [annotated(folder) for folder in dossiers(ROOT / "corpora", "train")]
    corpus = fingerprint(*(claim["id"] for each in sets for claim in each.claims))
    assert {weights(name)["corpus"] for name in ("coreference_alone", "coreference")} == {corpus}, "train them anew"


def weights(name: str) -> Any:
    return json.loads((ROOT / "models" / f"{name}.json").read_text("utf-8"))


def test_training_learns_that_one_figure_speaks_for_one_fact() -> None:
    rows = [SURE, AWAY, claim("b2", "b", "Au large, 96 passagers ont nagé.", "96 passagers", confidence=0.3)]
    gold = tuple(
        {"id": row["claim_id"], "article": row["article_id"], "fact": "aboard" if row["value"] == 412 else row["claim_id"],
         **{name: row[name] for name in ("start", "end", "kind", "value", "lower", "upper", "quote")}}
        for row in rows
    )  # fmt: skip
    each = Annotated("s", ({"id": "a"}, {"id": "b"}), gold, (), ())
    story = told(Reading(each, rows, {}, [], []))
    assert (story.one.tolist(), story.equal.tolist()) == ([False, True], [False, True])
    alone, known = train([story])
    chances = odds(known, in_company(story, alone))
    assert chances[1] > chances[0]


# Columns of pairs, and the rules of a single pair.

FIGURES = st.sampled_from([None, 0.0, 1.0, -1.0, 35.0, 35.4, 36.0, 350.0, 33_000.0, 35_000.0, 35e6, 35.1e6])
TIMES = st.sampled_from([None, "2025", "2025-03", "2025-03~", "2025-03-04", "2025-03-05~", "2025-04", "2024/2025"])
SAID = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["count", "money", "date"]),
        "value": FIGURES,
        "lower": FIGURES.filter(lambda figure: figure is not None),
        "time": TIMES,
        "quantum": st.sampled_from([1.0, 1e3, 1e6]),
        "subject": st.sampled_from(["Corvelan", "Quézec"]),
        "counterparty": st.sampled_from([None, "Zorvelle", "Brume"]),
        "published": st.sampled_from([None, "2025-03-04", "2025-03-20", "2026-05-04"]),
        "modality": st.sampled_from(["asserted", "planned", "denied"]),
        "metric": st.sampled_from(["passengers", "deaths", "stake", "age", "votes"]),
        "approximation": st.sampled_from(["exact", "about", "more_than"]),
    }
)


@settings(deadline=None)
@given(st.lists(SAID, min_size=2, max_size=6))
def test_claims_of_one_kernel_agree_whatever_else_they_say(said: list[Row]) -> None:
    rows = [each | {"claim_id": f"c{at}", "article_id": f"a{at % 3}", "start": at} for at, each in enumerate(said)]
    for block in blocks(found(*(SURE | row | {"upper": row["lower"]} for row in rows))):
        for a, b in combinations(block, 2):
            assert kernel(a) != kernel(b) or not of_one_time(a, b) or link(a, b) is Link.AGREE


@settings(deadline=None)
@given(st.lists(SAID, min_size=1, max_size=4), st.lists(SAID, min_size=1, max_size=4))
def test_columns_say_of_a_pair_what_the_rules_say(one: list[Row], other: list[Row]) -> None:
    def row(place: int, each: Row, like: Row) -> Row:
        start = {"claim_id": f"{like['article_id']}{place}", "start": like["start"] + place}
        return like | each | start | {"upper": each["lower"]}

    pairs = beside_another(*(row(at, each, like) for like, own in ((SURE, one), (AWAY, other)) for at, each in enumerate(own)))
    columns, same = features(pairs), equals(pairs)
    counts = counting(pairs, same)
    for place, (a, b) in enumerate(pairs.items()):
        figures, x, y = a.kind != "date", a.amount, b.amount
        assert (same[place], counts[place]) == (equal(a, b), may_count(a, b))
        said = {
            "digits": figures and not equal(a, b) and slipped(a, b),
            "near": figures and not equal(a, b) and (gap(x, y) < 0.05 or rounds(x, y)),
            "far": figures and min(ratio(x, y), 5.0) / 2,
            "one dated": figures and (a.span is None) != (b.span is None),
            "counterparty": parties(a, b),
        }
        assert {name: columns[name][place] for name in said} == pytest.approx(
            {name: float(value) for name, value in said.items()}
        )
        alone = features(pairs.where(np.arange(len(pairs)) == place))
        assert {name: column[0] for name, column in alone.items()} == {name: column[place] for name, column in columns.items()}


# Dates of events.


def on(name: str, days: Span, metric: str = "presentation", *, known: bool = True, sure: float = 0.7) -> Side:
    """The side of a match that dates an event, in an article of its own."""
    return Side(name, name, days, "Zorvelle", "MISC", metric, known, sure, days, not known)


EARLY, LATE, MONTH = Span(235, 235), Span(238, 238), Span(213, 243)


@pytest.mark.parametrize(
    ("last", "size"),
    [
        (on("c", LATE, "lemma:concours", known=False), 2),  # another day, of an event that is not known
        (on("c", LATE, "opening"), 2),  # another event
        (on("c", LATE), 3),  # the same event, on another day
        (on("c", EARLY, "lemma:concours", known=False), 3),  # that day
    ],
    ids=("unknown-event", "other-event", "same-event", "same-day"),
)
def test_a_vague_date_joins_no_two_days_of_two_events(last: Side, size: int) -> None:
    first, vague = on("a", EARLY), on("b", MONTH)
    [group] = groups([Tie(first, vague, True, 0.9), Tie(vague, last, True, 0.8)])
    assert len(group) == size


def test_the_day_of_an_unknown_event_is_no_surer_under_a_known_name() -> None:
    sure, unsure = on("a", EARLY), on("b", EARLY, "lemma:concours", known=False, sure=0.3)
    assert {side.id: (reading.metric, reading.confidence) for side, reading in agreed([sure, unsure])} == {
        "a": ("presentation", 0.7), "b": ("presentation", 0.3),
    }  # fmt: skip


def test_a_size_of_which_nothing_is_said_is_no_surer_under_a_known_metric() -> None:
    one = claim(
        "a1", "a", "Le moteur de la Vega a 1.998 cm3.", "1.998 cm3", subject="Vega", metric="displacement", confidence=0.7
    )
    other = claim("b1", "b", "La Vega, 1.998 cm3, arrive.", "1.998 cm3", subject="Vega", metric="lemma:arriver", confidence=0.3)
    size = {"kind": "measure", "unit": "cm3", "value": 1998.0, "lower": 1998.0, "upper": 1998.0}
    told = compare(table(*(row | size | {"title": "La Vega de Corvelan à Quézec"} for row in (one, other)))).claims
    surer = dict(zip(told["claim_id"], told["resolved_confidence"].fillna(told["confidence"]), strict=True))
    assert surer == {"a1": 0.7, "b1": 0.3}


def dated(says: str, quote: str, name: str, subject: str, kind: str, metric: str) -> Row:
    given = {"kind": "date", "value": None, "lower": None, "upper": None, "unit": None, "time": "2025-03-04"}
    return (
        claim(name, name, says.replace(quote, f"0 {quote}"), f"0 {quote}", subject=subject, subject_type=kind, metric=metric)
        | given
    )


@pytest.mark.parametrize(
    ("subject", "kind", "metric", "person", "event"),
    [
        ("Anne Morel", "PER", "arrests", True, True),
        ("Paul Roux", "PER", "arrests", False, True),
        ("Lyon", "LOC", "arrests", False, True),
        ("Lyon", "LOC", "trial", False, False),
        ("procès", "MISC", "lemma:audience", True, False),
    ],
)
def test_what_befell_a_person_is_told_of_that_one(subject: str, kind: str, metric: str, person: bool, event: bool) -> None:
    a, b = found(
        dated("Anne Morel a été arrêtée mardi.", "mardi", "a", "Anne Morel", "PER", "arrests"),
        dated("On a arrêté quelqu'un mercredi.", "mercredi", "b", subject, kind, metric),
    )
    assert (one_person(a, b), one_event(a, b)) == (person, event)


FRACTION = {"value": 15.6, "lower": 15.6, "upper": 15.6}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({"metric": "lemma:personne", "unit": "personne"}, {"metric": "lemma:personne", "unit": "personne"}, False),
        ({"metric": "deaths", "unit": "personne"}, {"metric": "lemma:personne", "unit": "personne"}, True),
        ({"metric": "homes", "unit": None}, {"metric": "lemma:personne", "unit": "personne"}, False),
        ({"metric": "deaths", "unit": None}, {"metric": "lemma:personne", "unit": "personne"}, True),
        ({"metric": "population", "unit": "habitant", "subject": "Lyon"}, {"metric": "population", "unit": "habitant"}, False),
        ({"metric": "population", "unit": "habitant", "subject": "Zorvelle"}, {"metric": "population", "unit": "habitant"}, True),
        ({"metric": "goals", "unit": "but"}, {"metric": "lemma:payer", "unit": None}, True),
        ({"metric": "goals", "unit": "but"}, {"metric": "lemma:payer", "unit": None} | FRACTION, False),
    ],
    ids=("nothing-said", "toll", "flats", "toll-without-noun", "two-places", "one-place", "bare", "no-number-of-things"),
)
def test_figures_that_differ_may_be_of_one_fact(a: Row, b: Row, expected: bool) -> None:
    place = {"subject": "Zorvelle", "subject_type": "LOC"}
    one, other = found(
        claim("a", "a", "Il y en aurait 12 à Lyon ou à Auvray.", "12 à", **(place | a)),
        claim("b", "b", "On en compte 15 à Zorvelle.", "15 à", **(place | b)),
    )
    assert may_count(one, other) == may_count(other, one) == expected
