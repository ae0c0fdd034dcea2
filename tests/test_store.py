"""The store: what comes out is what one run over everything would give, whatever the way in."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.errors import StoreError
from pipeline.records import Article, Claim, fingerprint
from pipeline.store import Store
from pipeline.tables import claims_frame, frame

DAY = date(1999, 12, 31)
SUBJECTS = ("Boréal Énergie", "Ville de Nérac", "Transports Duval")


def article(number: int, value: int | None = None, subject: str | None = None) -> Article:
    subject = subject or SUBJECTS[number % 3]
    text = f"{subject}\x1f{number % 4 if value is None else value}"
    published = date(2024, 1, 1 + number % 28) if number % 5 else None
    return Article(id=f"a{number:03}", source=f"journal{number % 2}", text=text, published=published)


def work(articles: Iterable[Article]) -> Iterator[list[Claim]]:
    """Two claims an article, of the value that its text gives."""
    for one in articles:
        subject, value = one.text.split("\x1f")
        yield [claim(one, subject, metric, float(value)) for metric in ("investment", "layoffs")]


def claim(of: Article, subject: str, metric: str, value: float) -> Claim:
    return Claim(
        claim_id=fingerprint(of.id, of.text, metric), article_id=of.id, source=of.source, url=None, title="Où «ça» ?",
        published=of.published, language="fr", sentence=of.text, sentence_start=0, sentence_end=len(of.text), quote="x", start=0,
        end=1, subject=subject, subject_type="ORG", counterparty=None, metric=metric, kind="count", value=value, lower=value,
        upper=None, quantum=1.0, unit=None, per=None, approximation="exact", time="2024", time_start=date(2024, 1, 1),
        time_end=None, attribution=None, modality="asserted", confidence=0.1 + value / 10,
    )  # fmt: skip


class SubjectsApart:
    """A partition in which "Duval" is whoever has a longer name that ends so, as long as there is one such."""

    def __init__(self, evidence: pd.DataFrame) -> None:
        longer = [name for name in sorted(set(evidence["subject"])) if name.endswith(" Duval")]
        self.short = {"Duval": longer[0]} if len(longer) == 1 else {}

    def name(self, subject: str) -> str:
        return self.short.get(subject, subject)

    def place(self, subject: str, counterparty: str | None) -> tuple[str, str]:
        return self.name(subject), self.name(subject)


@dataclass(frozen=True)
class Compared:
    claims: pd.DataFrame
    facts: pd.DataFrame
    discrepancies: pd.DataFrame


def compare(claims: pd.DataFrame, parted: SubjectsApart | None = None) -> Compared:
    """A comparison to test with: a fact for each subject and metric, a discrepancy for each two values."""
    parted = parted or SubjectsApart(claims)
    fact_ids = [fingerprint(parted.name(name), metric) for name, metric in zip(claims["subject"], claims["metric"], strict=True)]
    claims = claims.assign(fact_id=pd.Series(fact_ids, dtype=object, index=claims.index))
    facts, found = [], []
    for name, group in claims.groupby("fact_id"):
        sources, subject = group["source"].nunique(), group["subject"].iloc[0]
        facts.append({"fact_id": name, "claims": len(group), "sources": sources, "subject": subject})
        distinct = group.drop_duplicates("value")
        for a, b in combinations(distinct["claim_id"], 2):
            found.append({"discrepancy_id": fingerprint(a, b), "fact_id": name, "claim_a": a, "claim_b": b, "gap": 0.5})
    return Compared(claims, of_rows(facts, "facts"), of_rows(found, "discrepancies"))


def of_rows(rows: list[dict[str, Any]], table: str) -> pd.DataFrame:
    if not rows:
        return frame({}, table)
    return frame({name: [row[name] for row in rows] for name in rows[0]}, table)


def feed(path: Path, articles: list[Article], forget: Iterable[str] = ()) -> dict[str, Any]:
    """Everything that the store says after one run over `articles`."""
    with Store(path) as store:
        fresh = store.pending(articles, "1")
        store.add(fresh, claims_frame(c for claims in work(fresh) for c in claims), extractor="1")
        store.forget(forget)
        compared = store.compare(SubjectsApart, compare, settings="s")
        return {"fresh": [a.id for a in fresh], "compared": compared} | contents(store)


def contents(store: Store) -> dict[str, Any]:
    keys = {"claims": "claim_id", "facts": "fact_id", "discrepancies": "discrepancy_id"}
    return {name: store.table(name).sort_values(key, ignore_index=True) for name, key in keys.items()}


def same(got: dict[str, Any], expected: dict[str, Any]) -> None:
    for name in ("claims", "facts", "discrepancies"):
        pd.testing.assert_frame_equal(got[name], expected[name])


def test_articles_come_out_as_they_went_in(tmp_path: Path) -> None:
    given = [
        Article(id="é", source="s", text="a\r\n\x00b\u202fc 🙂", url="u", title="t", author="w", published=DAY, language="fr"),
        Article(id="plain", source="s", text=""),
    ]  # fmt: skip
    with Store(tmp_path / "s.duckdb") as store:
        store.add(given, claims_frame([]), extractor="1")
    with Store(tmp_path / "s.duckdb") as store:
        assert store.articles() == sorted(given, key=lambda a: a.id)
        assert store.articles(["plain", "absent"]) == [given[1]]


def test_claims_come_out_as_they_went_in(tmp_path: Path) -> None:
    articles = [article(n) for n in range(7)]
    claims = claims_frame(c for claims in work(articles) for c in claims)
    with Store(tmp_path / "s.duckdb") as store:
        store.add(articles, claims, extractor="1")
        expected = claims.sort_values(["article_id", "start", "end", "claim_id"], ignore_index=True)
        pd.testing.assert_frame_equal(store.table("claims"), expected)


@pytest.mark.parametrize("cuts", [(), (1,), (10,), (3, 4), (5, 10, 15), tuple(range(1, 20))], ids=str)
def test_any_split_into_runs_gives_what_one_run_gives(tmp_path: Path, cuts: tuple[int, ...]) -> None:
    articles = [article(n) for n in range(20)]
    expected = feed(tmp_path / "whole.duckdb", articles)
    for start, end in zip((0, *cuts), (*cuts, 20), strict=True):
        got = feed(tmp_path / "split.duckdb", articles[start:end])
    same(got, expected)
    assert list(got["discrepancies"]["claim_a"]), "the material must disagree to show anything"


def test_a_second_run_reads_and_compares_only_what_is_new(tmp_path: Path) -> None:
    path, articles = tmp_path / "s.duckdb", [article(n) for n in range(12)]
    feed(path, articles)
    again = feed(path, articles)
    assert (again["fresh"], again["compared"]) == ([], 0)
    more = feed(path, [*articles, article(12)])
    assert (more["fresh"], more["compared"]) == (["a012"], 10)  # one subject of three: five articles of two claims
    same(more, feed(tmp_path / "whole.duckdb", [article(n) for n in range(13)]))


def test_another_text_under_the_same_id_replaces_the_old_one(tmp_path: Path) -> None:
    articles = [article(n) for n in range(6)]
    feed(tmp_path / "s.duckdb", articles)
    changed = [*articles[:2], article(2, value=9, subject="Nouveau Sujet"), *articles[3:]]
    got = feed(tmp_path / "s.duckdb", changed)
    assert got["fresh"] == ["a002"]
    same(got, feed(tmp_path / "whole.duckdb", changed))


def test_the_last_of_two_articles_with_one_id_is_kept(tmp_path: Path) -> None:
    with Store(tmp_path / "s.duckdb") as store:
        store.add([article(1), article(1, value=7)], claims_frame([]), extractor="1")
        assert store.articles() == [article(1, value=7)]


def test_a_changed_field_is_a_new_version(tmp_path: Path) -> None:
    with Store(tmp_path / "s.duckdb") as store:
        store.add([article(1)], claims_frame([]), extractor="1")
        assert store.pending([article(1)], "1") == []
        later = replace(article(1), published=date(2025, 1, 1))
        assert store.pending([later], "1") == [later]


def test_a_name_that_comes_to_mean_another_takes_its_claims_along(tmp_path: Path) -> None:
    short = [article(n, subject="Duval") for n in range(4)]
    longer = [article(10, subject="Transports Duval"), article(11, subject="Ville de Nérac")]
    third = [article(12, subject="Garage Duval", value=1)]
    for articles in (short, short + longer, short + longer + third):
        got = feed(tmp_path / "s.duckdb", articles)
        same(got, feed(tmp_path / f"whole{len(articles)}.duckdb", articles))


def test_claims_of_low_confidence_stay_in_store_without_a_fact(tmp_path: Path) -> None:
    with Store(tmp_path / "s.duckdb") as store:
        articles = [article(n) for n in range(8)]
        store.add(articles, claims_frame(c for claims in work(articles) for c in claims), extractor="1")
        assert store.compare(SubjectsApart, compare, settings="s", min_confidence=0.25) == 8
        claims = store.table("claims")
        assert list(claims["fact_id"].notna()) == list(claims["confidence"] >= 0.25)
        assert store.compare(SubjectsApart, compare, settings="s") == 16


def test_forgotten_articles_leave_nothing_behind(tmp_path: Path) -> None:
    articles = [article(n) for n in range(6)]
    feed(tmp_path / "s.duckdb", articles)
    same(feed(tmp_path / "s.duckdb", [], forget=["a000", "a004", "unknown"]),
         feed(tmp_path / "whole.duckdb", [a for a in articles if a.id not in ("a000", "a004")]))  # fmt: skip


def test_another_extractor_reads_all_articles_anew(tmp_path: Path) -> None:
    articles = [article(n) for n in range(4)]
    feed(tmp_path / "s.duckdb", articles)
    with Store(tmp_path / "s.duckdb") as store:
        assert store.pending([articles[1]], "2") == [articles[1], articles[0], articles[2], articles[3]]


def test_other_settings_compare_everything_anew(tmp_path: Path) -> None:
    feed(tmp_path / "s.duckdb", [article(n) for n in range(4)])
    with Store(tmp_path / "s.duckdb") as store:
        assert store.compare(SubjectsApart, compare, settings="s") == 0
        assert store.compare(SubjectsApart, compare, settings="other") == 8


def test_tables_of_another_shape_are_made_anew_from_the_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [article(n) for n in range(4)]
    expected = feed(tmp_path / "s.duckdb", articles)
    with monkeypatch.context() as older, Store(tmp_path / "s.duckdb") as store:
        older.setattr("pipeline.store._SHAPE", "older")
        store._make(["facts"])
    got = feed(tmp_path / "s.duckdb", [])
    assert got["fresh"] == [a.id for a in articles]
    same(got, expected)


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "s.duckdb").touch()
    assert feed(tmp_path / "s.duckdb", [article(1)])["fresh"] == ["a001"]


def damaged(path: Path) -> None:
    path.write_bytes(b"nothing that a database would begin with" * 500)


def truncated(path: Path) -> None:
    feed(path, [article(1)])
    path.write_bytes(path.read_bytes()[:3000])


def foreign(path: Path) -> None:
    import duckdb

    with duckdb.connect(str(path)) as db:
        db.execute("CREATE TABLE theirs (x INTEGER)")


def newer(path: Path) -> None:
    feed(path, [])
    with Store(path) as store:
        store._remember("layout", "99")


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("spoil", [damaged, truncated, foreign, newer, folder], ids=lambda f: f.__name__)
def test_what_is_no_store_is_one_clear_line(tmp_path: Path, spoil: Any) -> None:
    path = tmp_path / "spoiled.duckdb"
    spoil(path)
    with pytest.raises(StoreError) as caught:
        Store(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert "store" in str(caught.value).split(";")[1]


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere.*; give another path"):
        Store(tmp_path / "nowhere" / "s.duckdb")


OTHER_PROCESS = """
import sys, time
sys.path.insert(0, {tests!r})
from test_store import Store, SubjectsApart, article, claims_frame, compare, work
with Store(sys.argv[1]) as store:
    print("open", flush=True)
    for start in range(0, 100_000, 10):
        batch = [article(n) for n in range(start, start + 10)]
        store.add(batch, claims_frame(c for claims in work(batch) for c in claims), extractor="1")
        if start % 50 == 40:
            store.compare(SubjectsApart, compare, settings="s")
"""


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes batch after batch."""
    script = OTHER_PROCESS.format(tests=str(Path(__file__).parent))
    process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "s.duckdb")], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_store_in_use_is_one_clear_line(tmp_path: Path, writer: subprocess.Popen[str]) -> None:
    with pytest.raises(StoreError, match="another process is using this store; wait"):
        Store(tmp_path / "s.duckdb")


@pytest.mark.parametrize("seconds", [0.15, 0.4, 0.7])
def test_a_killed_run_leaves_whole_batches(tmp_path: Path, writer: subprocess.Popen[str], seconds: float) -> None:
    time.sleep(seconds)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    with Store(tmp_path / "s.duckdb") as store:
        articles, claims = store.articles(), store.table("claims")
        assert len(articles) % 10 == 0
        assert sorted(claims["article_id"]) == sorted(a.id for a in articles for _ in range(2))
        store.compare(SubjectsApart, compare, settings="s")
        after = contents(store)
    same(after, feed(tmp_path / "whole.duckdb", articles))
