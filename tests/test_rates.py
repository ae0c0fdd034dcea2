"""Amounts in two currencies: with the rates of their day they agree, or the computation shows that they do not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from test_comparison import Row, claim, relations, table

from pipeline.comparison import compare, read_rates
from pipeline.errors import RatesError

RATES = """Date,USD,JPY,CHF,ZZZ,
2025-03-04,1.0557,157.85,0.9415,N/A,
2025-03-03,1.0465,157.79,0.9442,N/A,
2025-02-28,1.0411,156.26,0.9391,N/A,
"""


@pytest.fixture
def rates(tmp_path: Path) -> Path:
    path = tmp_path / "eurofxref-hist.csv"
    path.write_text(RATES, "utf-8")
    return path


CASES = {
    "converted": ("412e6/1e6 USD", "394e6/1e6 EUR", "agree"),
    "converted-and-rounded": ("412e6/1e6 USD", "390e6/1e7 EUR", "agree"),
    "converted-at-the-rate-of-another-day": ("412e6/1e6 USD", "398e6/1e6 EUR", "agree"),
    "converted-the-other-way": ("95e6/1e6 CHF", "101e6/1e6 EUR", "agree"),
    "neither-is-the-euro": ("95e6/1e6 CHF", "105e6/1e6 USD", "agree"),
    "about": ("412e6/1e6 USD", "380e6/1e7 EUR about", "agree"),
    "more-than": ("412e6/1e6 USD", "350e6/1e7 EUR more_than", "agree"),
    "one-figure-where-currencies-are-at-par": ("30e6/1e7 EUR", "30e6/1e7 CHF", "agree"),
    "another-amount": ("412e6/1e6 USD", "438e6/1e6 EUR", "currency"),
    "one-figure": ("412e6/1e6 EUR", "412e6/1e6 USD", "currency"),
    "below-the-bound": ("412e6/1e6 USD", "450e6/1e7 EUR more_than", "currency"),
    "no-rate-for-that-currency": ("412e6/1e6 USD", "438e6/1e6 ZZZ", "silent"),
    "another-year": ("412e6/1e6 USD time=2022", "438e6/1e6 EUR time=2024", "silent"),
    "another-deal": ("412e6/1e6 USD", "438e6/1e6 EUR with=Cendre", "silent"),
}


def deal(text: str, name: str) -> Row:
    number, unit, *options = text.split()
    return claim(" ".join(["investment", number, unit, "of=Argile with=Brume pub=2025-03-03", *options]), name)


@pytest.mark.parametrize(("a", "b", "expected"), CASES.values(), ids=CASES)
def test_amounts_in_two_currencies(a: str, b: str, expected: str, rates: Path) -> None:
    rows = [deal(a, "a"), deal(b, "b")]
    found = compare(table(*rows), rates=rates)
    assert relations(found) == (["currency"] if expected == "currency" else [])
    if expected == "agree":
        assert list(found.facts["relation"]) == ["agreed"]
    assert "agreed" not in set(compare(table(*rows)).facts["relation"]), "without rates nothing is known"


@pytest.mark.parametrize(
    ("ui", "said"),
    [
        ("fr", "Au taux de la BCE du 3 mars 2025 (1 euro pour 1,0465 USD), « a » font 394\u00a0millions d’euros."),
        ("en", "At the ECB rate of 3 March 2025 (1 euro to 1.0465 USD), “a” is 394\u00a0million euros."),
    ],
)
def test_the_computation_is_shown(ui: str, said: str, rates: Path) -> None:
    rows = [claim("412e6/1e6 USD pub=2025-03-03", "a"), claim("438e6/1e6 EUR pub=2025-03-03", "b")]
    assert compare(table(*rows), ui=ui, rates=rates).discrepancies["explanation"][0].endswith(said)
    rows[1] = claim("412e6/1e6 EUR pub=2025-03-03", "b")
    assert said in compare(table(*rows), ui=ui, rates=rates).discrepancies["explanation"][0]


def test_neither_currency_is_the_euro(rates: Path) -> None:
    rows = [claim("412e6/1e6 USD pub=2025-03-03", "a"), claim("200e6/1e6 CHF pub=2025-03-03", "b")]
    said = compare(table(*rows), rates=rates).discrepancies["explanation"][0]
    assert "(1 euro pour 1,0465 USD et 1 euro pour 0,9442 CHF)" in said


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (date(2025, 3, 3), date(2025, 3, 3)),
        (date(2025, 3, 2), date(2025, 2, 28)),
        (date(2025, 3, 13), date(2025, 3, 4)),
        (date(2025, 3, 15), None),
        (date(2025, 2, 27), None),
        (None, None),
    ],
)
def test_the_nearest_day_before_that_is_not_too_far(day: date | None, known: date | None, rates: Path) -> None:
    fixing = read_rates(rates).on(day)
    assert (fixing and fixing.day) == known


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "its first line does not read Date,USD"),
        ("when;USD\n2025-03-03;1.04\n", "its first line does not read Date,USD"),
        ("Date,USD\n", "holds no day"),
        ("Date,USD\n3 March 2025,1.04\n", "line 2: '3 March 2025' is no day such as 2025-03-03"),
        ("Date,USD\n2025-03-03,1.04\n2025-03-02,dear\n", "line 3, USD: 'dear' is no rate"),
        ("Date,USD\n2025-03-03,-1\n", "line 2, USD: '-1' is no rate"),
        ("PK\udcff\udcfe", "is no CSV file; unpack it"),
    ],
)
def test_a_table_that_is_none_is_named_with_the_remedy(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(RatesError) as caught:
        read_rates(path)
    told = str(caught.value)
    assert told.startswith(str(path))
    assert says in told
    assert "give the file eurofxref-hist.csv of the European Central Bank" in told
    assert "\n" not in told


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RatesError, match=r"nowhere\.csv: No such file.*eurofxref-hist\.csv"):
        compare(table(), rates=tmp_path / "nowhere.csv")
