"""Dates: the tables of cases, what holds of any text, and the lexicon's own faults."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import lexicon
from pipeline.errors import LexiconError
from pipeline.grammar.dates import calendar, dates
from pipeline.grammar.dates.holidays import easter, holiday
from pipeline.grammar.dates.sections import check
from pipeline.grammar.tokens import tokenize
from pipeline.records import Mention, Segment

CASES = Path(__file__).parent / "cases"
LANGUAGES = ("fr", "de", "en")


def read(text: str, language: str, published: date | None) -> list[Mention]:
    return dates(text, tokenize(text), [Segment(start=0, end=len(text), language=language)], published)


def rows() -> list[tuple[str, ...]]:
    out = []
    for language in LANGUAGES:
        for line in (CASES / f"dates_{language}.tsv").read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                out.append((language, *line.split("\t")))
    return out


@pytest.mark.parametrize(("language", "text", "published", "quote", "edtf"), rows())
def test_case(language: str, text: str, published: str, quote: str, edtf: str) -> None:
    found = read(text, language, None if published == "-" else date.fromisoformat(published))
    told = [(m.quote, m.time or "-") for m in found]
    if quote == "-":
        assert told == []
    else:
        assert (quote, edtf) in told


SIGNS = [*"0123456789./-–—,:'’ ()\n", "é", "û", "ä", "\u0663", "\U0001d7d9", "\u202f", "\u00a0", "\ufeff"]
TEXTS = st.text(alphabet=st.sampled_from(SIGNS) | st.characters())
VOCABULARY = """
    le la du au de entre et depuis mardi 3 12 31 32 2016 2025 98 1er mars mai sept. octobre fin mi - / . il y a trois ans mois
    semaine dernière prochain an siècle XXe années trimestre deuxième été nuit soir h 20 hier la veille Pâques bis vom Juli
    Ende Jahr vor 12./13. June last week 2024-2025 03/03/2025 9999 0000
"""
WORDS = st.lists(st.sampled_from([*VOCABULARY.split(), "\n\n"]), max_size=14).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS | WORDS, language=st.sampled_from(LANGUAGES), published=st.none() | st.dates())
def test_any_text_is_read(text: str, language: str, published: date | None) -> None:
    found = read(text, language, published)
    assert all(text[m.start : m.end] == m.quote and m.quote.strip() == m.quote for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(m.kind == "date" and m.rule for m in found)


@settings(max_examples=100, deadline=None)
@given(text=WORDS, language=st.sampled_from(LANGUAGES))
def test_without_publication_nothing_is_guessed(text: str, language: str) -> None:
    alone = [(m.quote, m.time) for m in read(text, language, None) if m.time]
    for published in (date(1950, 1, 31), date(2025, 6, 11)):
        dated = {(m.quote, m.time) for m in read(text, language, published)}
        assert set(alone) <= dated


MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]


@given(day=st.dates(min_value=date(1000, 1, 1), max_value=date(2199, 12, 31)))
def test_one_day_in_every_writing(day: date) -> None:
    named = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    for text in (f"le {day.isoformat()} :", f"du {named}.", f"le {day:%d/%m}/{day.year},", f"le {day:%d.%m}.{day.year}"):
        assert [m.time for m in read(text, "fr", None)] == [day.isoformat()]


REPEATED = [
    "2016 ",
    "3 ",
    "3, ",
    "3/",
    "mardi ",
    "le 3 et ",
    "il y a ",
    "mars ",
    "1er ",
    "de ",
    "2016-",
    "fin de ",
    "12./",
    "XX",
    "20/11, ",
    "entre 2000 et ",
]


@pytest.mark.parametrize("unit", REPEATED)
def test_time_is_linear_in_length(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        tokens = tokenize(text)
        start = time.process_time()
        dates(text, tokens, [Segment(start=0, end=len(text), language="fr")], date(2025, 6, 11))
        return time.process_time() - start

    short, long = (min(seconds(count) for _ in range(3)) for count in (500, 5000))
    assert long < 40 * short + 0.2


@pytest.mark.parametrize("day", ["1961-04-02", "2000-04-23", "2019-04-21", "2024-03-31", "2025-04-20", "2038-04-25"])
def test_easter(day: str) -> None:
    assert easter(int(day[:4])) == date.fromisoformat(day)


HOLIDAYS = {
    "easter+39": "2025-05-29",
    "easter+49": "2025-06-08",
    "11-4-4": "2025-11-27",
    "11-4-4+1": "2025-11-28",
    "advent-3": "2025-11-30",
    "12-25": "2025-12-25",
}


@pytest.mark.parametrize(("rule", "day"), HOLIDAYS.items())
def test_holidays(rule: str, day: str) -> None:
    assert holiday(rule, 2025) == date.fromisoformat(day)


def test_no_calendar_outside_its_years() -> None:
    assert calendar.add(date(9999, 12, 31), "day", 1) is None
    assert calendar.add(date(1, 1, 1), "month", -1) is None
    assert calendar.moved(date(9999, 6, 1), "century", 1) is None
    assert calendar.add(date(2024, 1, 31), "month", 1) == date(2024, 2, 29)


def test_a_period_knows_its_days_and_bounds() -> None:
    (since,) = read("Depuis 2016, elle dirige l'usine.", "fr", None)
    assert (since.time_start, since.time_end, since.approximation) == (date(2016, 1, 1), None, "at_least")
    (before,) = read("Le bail finit avant le 3 mars 2024.", "fr", None)
    assert (before.time_start, before.time_end, before.approximation) == (date(2024, 3, 3), date(2024, 3, 3), "less_than")
    (about,) = read("L'usine a fermé fin 2024.", "fr", None)
    assert (about.time_start, about.time_end, about.approximation) == (date(2024, 12, 1), date(2024, 12, 31), "about")


def test_segments_choose_the_language() -> None:
    text = "Il est venu hier. Er wohnt hier."
    segments = [Segment(start=0, end=17, language="fr"), Segment(start=18, end=len(text), language="de")]
    assert [m.start for m in dates(text, tokenize(text), segments, date(2025, 6, 11))] == [12]


@pytest.mark.parametrize("published", [date.min, date.max, date(2024, 2, 29)])
def test_the_ends_of_the_calendar(published: date) -> None:
    text = "Hier, lundi prochain, à Noël prochain, l'an prochain, le 29 février, le siècle prochain, il y a 9999 ans, cet hiver."
    assert all(m.period is not None for m in read(text, "fr", published))


FAULTS = {
    "no section": (lambda table: table.pop("bounds"), "bounds.since is missing"),
    "no key": (lambda table: table["intervals"].pop("night"), "intervals.night is missing"),
    "unknown key": (lambda table: table["bounds"].update(sinse=["depuis"]), "bounds.sinse is not known; choose one of since"),
    "unknown section": (lambda table: table.update(moths={"1": ["mai"]}), "moths.1 is not known"),
    "no month": (lambda table: table["months"].update({"13": ["brumaire"]}), "months.13 is not a month"),
    "no holiday": (lambda table: table["holidays"].update({"02-30": ["jour de rien"]}), "holidays.02-30 is not MM-DD"),
    "no period": (lambda table: table["units"].update(lustrum=["lustre"]), "units.lustrum is not a period"),
    "no word": (lambda table: table["months"].update({"1": ["janvier", 1]}), "months.1 is no list of words"),
    "no list": (lambda table: table["not"].update(names="mars"), "not.names is no list of words"),
}


@pytest.mark.parametrize(("change", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_the_lexicon_is_named(change: Callable[[dict[str, Any]], object], message: str) -> None:
    table = deepcopy(lexicon.language("fr", "dates"))
    check("fr", table)
    change(table)
    with pytest.raises(LexiconError, match=re.escape(f"lexicon/fr/dates.toml: {message}")):
        check("fr", table)
