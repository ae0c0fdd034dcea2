"""The quantities grammar: rows of `cases/quantities_*.tsv` are what is read, rows of `cases/refusals.tsv` what is not."""

from __future__ import annotations

import gc
import re
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.grammar import mentions
from pipeline.records import Mention, Segment

CASES = Path(__file__).parent / "cases"
_BOUNDS = {  # approximation of a row -> approximation read, closed below, closed above
    "exact": ("exact", True, True),
    "about": ("about", True, True),
    "about<": ("about", False, True),
    "about>": ("about", True, False),
    "at_least": ("at_least", True, False),
    "more_than": ("more_than", True, False),
    "at_most": ("at_most", False, True),
    "less_than": ("less_than", False, True),
}


def rows(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def plain(text: str) -> str:
    """Invisible characters are written as escapes in the tables."""
    return text.encode("raw_unicode_escape").decode("unicode_escape") if "\\u" in text and text.isascii() else _escaped(text)


def _escaped(text: str) -> str:
    for code in ("00a0", "202f", "2009", "2007", "00ad"):
        text = text.replace(f"\\u{code}", chr(int(code, 16)))
    return text


def quantities(text: str, language: str = "fr") -> list[Mention]:
    found = mentions(text, segments=[Segment(start=0, end=len(text), language=language)], published=date(2025, 3, 14))
    return [m for m in found if m.quantity is not None]


def cases() -> list[object]:
    out: list[object] = []
    for language in ("fr", "de", "en"):
        name = f"quantities_{language}.tsv"
        out += [pytest.param(language, row, id=f"{language}-{row[0]} [{row[1]}]") for row in rows(name)]
    return out


@pytest.mark.parametrize(("language", "row"), cases())
def test_case(language: str, row: list[str]) -> None:
    text, quote, value, unit, approximation, per, quantum = [*row, *["-"] * (7 - len(row))]
    text = plain(text)
    quote = text if quote == "=" else plain(quote)
    found = [m for m in quantities(text, language) if m.quote == quote]
    assert found, [m.quote for m in quantities(text, language)]
    read = found[0].quantity
    assert read is not None
    assert read.unit == (None if unit == "-" else unit)
    assert read.per == (None if per == "-" else per)
    if ".." in value:
        low, high = map(Decimal, value.split(".."))
        assert (read.value, read.lower, read.upper, read.approximation) == (None, low, high, "between")
    else:
        name, below, above = _BOUNDS["exact" if approximation == "-" else approximation]
        point = Decimal(value)
        assert (read.value, read.approximation) == (point, name)
        assert (read.lower, read.upper) == (point if below else None, point if above else None)
    if quantum != "-":
        assert read.quantum == Decimal(quantum)


@pytest.mark.parametrize("row", [pytest.param(row, id=row[0]) for row in rows("refusals.tsv")])
def test_refused(row: list[str]) -> None:
    text, language, _why = row
    assert [m.quote for m in quantities(plain(text), language)] == []


@pytest.mark.parametrize(
    ("cue", "unit"),
    [
        ("une somme d'un milliard", "money"),
        ("5 milliards d'économies", "money"),
        ("un milliard d'habitants", "count"),
        ("44 ans", "duration"),
        ("14 %", "percent"),
        ("3 points de pourcentage", "points"),
        ("12 km", "measure"),
        ("200 employés", "count"),
        ("12 euros", "money"),
    ],
)
def test_kind(cue: str, unit: str) -> None:
    assert [m.kind for m in quantities(cue)] == [unit]


def test_bare_dollars_follow_the_articles_own_country() -> None:
    text = "Le fonds lève 3 milliards de dollars canadiens. Il en rendra 500 millions de dollars."
    assert [m.unit for m in quantities(text)] == ["CAD", "CAD"]


def test_bare_magnitude_behind_money_is_money() -> None:
    found = quantities("Le groupe vaut 13 milliards de dollars. Il en visait 14 milliards, pour 3 millions de clients.")
    assert [(m.kind, m.unit) for m in found] == [("money", "USD"), ("money", None), ("count", "client")]


def test_german_amount_inside_a_french_sentence() -> None:
    text = "Il est établi que Meta 14,3 Milliarden US-Dollar a investi"
    (found,) = quantities(text)
    assert (found.quote, found.value, found.unit) == ("14,3 Milliarden US-Dollar", 14.3e9, "USD")


def test_rule_tells_every_step() -> None:
    (found,) = quantities("environ 13,8 milliards de dollars américains par an")
    told = " | ".join(found.rule)
    assert all(step in told for step in ("13,8", "milliards", "dollars américains", "environ", "per a"))


def test_dates_go_first() -> None:
    found = mentions("Le 3 mars 2024, 300 personnes", segments=[Segment(start=0, end=29, language="fr")])
    assert [m.quote for m in found if m.quantity is not None] == ["300 personnes"]


# ---- properties -------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "12", "1 234", "3,5", "0,7", "1.000", "million", "milliards", "de", "d'", "euros", "€", "$", "%", "plus", "entre",
        "et", "à", "un",
        "une", "deux", "mille", "cent", "dizaine", "ans", "heures", "h", "30", "-", "–", "/", ".", ",", "sur", "dix",
        "personnes", "Mrd.",
        "Milliarden", "Prozent", "zwei", "halb", "billion", "half", "a", "demi", "½", "points", "(", ")", "«", "\n",
        "\u00a0", "\u202f", "+",
        "dont", "contre", "par", "mois", "km", "le", "les", "neuf", "Boeing", "n°", "moins", "quart", "tiers", "jeder",
        "Vierte", "^", "e",
    ]
)  # fmt: skip


def check(text: str, found: list[Mention]) -> None:
    end = 0
    for mention in found:
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.quote
        assert mention.quote == mention.quote.strip()
        end = mention.end


@settings(max_examples=400, derandomize=True, deadline=None)
@given(st.lists(WORDS, max_size=40), st.sampled_from(["fr", "de", "en"]))
def test_places_are_true_ordered_and_apart(parts: list[str], language: str) -> None:
    text = " ".join(parts)
    found = quantities(text, language)
    check(text, found)
    assert found == quantities(text, language)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["fr", "de", "en"]))
def test_any_string_is_read(text: str, language: str) -> None:
    check(text, quantities(text, language))


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.integers(min_value=1000, max_value=999_999_999))
def test_every_grouping_has_the_same_value(number: int) -> None:
    forms = [str(number), *(f"{number:,}".replace(",", sep) for sep in (" ", "\u00a0", "\u202f", ".", "'"))]
    values = {m.value for form in forms for m in quantities(f"{form} salariés")}
    assert values == {float(number)}


@pytest.mark.parametrize("form", ["8000", "8 000", "8.000", "8'000", "huit mille", "8\u202f000", "8 mille"])
def test_eight_thousand_however_written(form: str) -> None:
    (found,) = quantities(f"{form} salariés")
    assert (found.value, found.unit) == (8000.0, "salarié")


# One value in every way of writing it: unit in its language, its code, the decimal mark and the word for a thousand.
FORMS = {
    "fr": ([("salariés", "salarié"), ("euros", "EUR"), ("tonnes", "t"), ("km", "km"), ("%", "%"), ("ans", "a")], ",", "mille"),
    "de": ([("Euro", "EUR"), ("Tonnen", "t"), ("km", "km"), ("Prozent", "%"), ("Jahre", "a")], ",", "tausend"),
    "en": ([("dollars", "USD"), ("tonnes", "t"), ("km", "km"), ("percent", "%"), ("days", "d")], ".", "thousand"),
}  # fmt: skip
SPACES = ("\u00a0", "\u202f", "\u2009")
GREAT = {"fr": ("millions", "milliards"), "de": ("Millionen", "Milliarden"), "en": ("million", "billion")}
UNITS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze",
    "quinze", "seize",
)  # fmt: skip
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}


def spelled(number: int) -> str:
    """A number below a million in French words."""
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        head = "" if thousands == 1 else re.sub("(cent|vingt)s$", r"\1", spelled(thousands)) + " "
        return f"{head}mille" + (f" {spelled(rest)}" if rest else "")
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        head = "cent" if hundreds == 1 else f"{UNITS[hundreds]} cent" + ("" if rest else "s")
        return head + (f" {spelled(rest)}" if rest else "")
    if number < 17:
        return UNITS[number]
    if number < 20:
        return f"dix-{UNITS[number - 10]}"
    tens = 60 if 60 <= number < 80 else 80 if number >= 80 else number // 10 * 10
    rest = number - tens
    if not rest:
        return TENS[tens] + ("s" if tens == 80 else "")
    return f"{TENS[tens]} et {spelled(rest)}" if rest in (1, 11) and tens != 80 else f"{TENS[tens]}-{spelled(rest)}"


def read_one(text: str, language: str) -> tuple[float | None, str | None]:
    found = quantities(text, language)
    assert len(found) == 1, (text, [m.quote for m in found])
    assert found[0].quote == text
    return found[0].value, found[0].unit


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.integers(min_value=1000, max_value=999_999_999_999), st.data())
def test_rewriting_a_figure_keeps_its_value(language: str, number: int, data: st.DataObject) -> None:
    units, decimal, _ = FORMS[language]
    word, code = data.draw(st.sampled_from(units))
    group = "," if decimal == "." else "."
    marks = (" ", *SPACES, group, "'", "’")
    forms = [str(number), *(f"{number:,}".replace(",", mark) for mark in marks)]
    assert {read_one(f"{form} {word}", language) for form in forms} == {(float(number), code)}


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.integers(min_value=2, max_value=999), st.data())
def test_a_magnitude_is_as_many_noughts(language: str, number: int, data: st.DataObject) -> None:
    units, decimal, thousand = FORMS[language]
    word, code = data.draw(st.sampled_from([unit for unit in units if unit[1] not in ("%", "a", "d", "km")]))
    million, milliard = GREAT[language]
    of = {"fr": "d'" if word[0] == "e" else "de "}.get(language, "")
    group = "," if decimal == "." else "."
    same = {
        10**3: [f"{number}{group}000 {word}", f"{number} {thousand} {word}"],
        10**6: [f"{number} {million} {of}{word}", f"{number}{decimal}0 {million} {of}{word}", f"{number} 000 000 {word}"],
        10**9: [
            f"{number} {milliard} {of}{word}",
            f"{number} 000 {million} {of}{word}",
            f"{number}{group}000{group}000{group}000 {word}",
        ],
    }
    for size, forms in same.items():
        assert {read_one(form, language) for form in forms} == {(float(number * size), code)}, forms


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.integers(min_value=2, max_value=999_999), st.sampled_from(FORMS["fr"][0]))
def test_french_words_are_worth_their_figures(number: int, unit: tuple[str, str]) -> None:
    word = "pour cent" if unit[0] == "%" else unit[0]
    assert read_one(f"{spelled(number)} {word}", "fr") == read_one(f"{number} {unit[0]}", "fr") == (float(number), unit[1])


# ---- robustness -------------------------------------------------------------------------------------------------------

HOSTILE = {
    "millions": "1 million ",
    "digits": "1", "groups": "1 234 ", "marks": "1.2,", "halves": "et demi ", "brackets": "(", "numerals": "deux ",
    "hundreds": "cent ",
    "collectives": "une dizaine de ", "compound": "zweihundert", "bounds": "plus de ", "ranges": "3 à ", "minus": "-",
    "nouns": "12 grands ",
    "fractions": "1/", "powers": "2^", "hyphens": "cinq-", "francs": "3 francs ", "shares": "un sur ",
    "spaces": "12 \u00a0 ", "points": "3 points ",
}  # fmt: skip


def seconds(text: str) -> float:
    gc.collect()  # what other tests left behind is not to be counted
    gc.disable()
    try:
        start = time.process_time()
        check(text, quantities(text))
        return time.process_time() - start
    finally:
        gc.enable()


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(name: str) -> None:
    unit = HOSTILE[name]
    small, large = unit * (3_000 // len(unit)), unit * (24_000 // len(unit))
    quantities(small)
    times = [min(seconds(text) for _ in range(3)) for text in (small, large)]
    assert times[1] < 32 * max(times[0], 0.02)  # eight times the text: a square would take 64 times as long


@pytest.mark.parametrize(
    "text", ["1e30 euros", "10^99", "200e30milliards", "9" * 21 + " milliards de billions", "1e-30", "1234^12", "0^5"]
)
def test_figures_beyond_all_measure_do_not_throw(text: str) -> None:
    check(text, quantities(text))


def test_a_million_digits() -> None:
    assert quantities("7" * 1_000_000) == []
