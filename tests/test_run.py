"""The one path: what a run writes is the same however the articles come in and however many processes read them."""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pipeline.reading import read
from pipeline.records import Article, Claim, fingerprint
from pipeline.run import extract, run

SAID = re.compile(
    r"(?P<subject>[A-Z]\w+(?: [A-Z]\w+)*)(?: dans (?P<other>[A-Z]\w+(?: [A-Z]\w+)*))? : "
    r"(?P<quote>(?P<value>\d+(?:,\d+)?) (?P<scale>millions|milliards) d'euros)(?P<when> en 2024)?"
    r"(?P<what> de chiffre d'affaires| de mise)?"
)
METRICS = {" de chiffre d'affaires": "revenue", " de mise": "stake", None: "investment"}
SCALES = {"millions": 1e6, "milliards": 1e9}


def amounts(articles: Iterable[Article]) -> Iterator[list[Claim]]:
    """In place of the extraction: "Norvane dans Sarvel : 12 millions d'euros en 2024" and nothing else."""
    for one in articles:
        if "panne" in one.text:
            raise ValueError("this text breaks it")
        yield [claim(one, found) for found in SAID.finditer(one.text)]


def claim(of: Article, found: re.Match[str]) -> Claim:
    value = float(found["value"].replace(",", ".")) * SCALES[found["scale"]]
    quantum = SCALES[found["scale"]] / (10 if "," in found["value"] else 1)
    metric = METRICS[found["what"]]
    return Claim(
        claim_id=fingerprint(of.id, found.start(), found[0]), article_id=of.id, source=of.source, url=None, title=of.title,
        published=of.published, language="fr", sentence=found[0], sentence_start=found.start(), sentence_end=found.end(),
        quote=found["quote"], start=found.start("quote"), end=found.end("quote"), subject=found["subject"], subject_type="ORG",
        counterparty=found["other"], metric=metric, kind="money", value=value, lower=value, upper=value, quantum=quantum,
        unit="EUR", per=None, approximation="exact", time="2024" if found["when"] else None, time_start=None, time_end=None,
        attribution=None, modality="asserted", confidence=0.9,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("slow"):
        return
    instead = ModuleType("pipeline.claims")
    instead.claims = amounts  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pipeline.claims", instead)


def press(seed: int, count: int) -> list[dict[str, str]]:
    """Articles on few subjects under many names, so that names join, part and disagree; some are copies of others."""
    rng = random.Random(seed)
    names = [
        "Norvane",
        "Norvane Lille",
        "Groupe Norvane",
        "Sarvel",
        "Sarvel Norvane",
        "Duval",
        "Transports Duval",
        "Garage Duval",
    ]

    def sentence() -> str:
        subject, other = rng.sample(names, 2)
        to = f" dans {other}" if rng.random() < 0.4 else ""
        value = rng.choice(["12", "12,3", "12,4", "15", "140", "143,7"])
        when, what = rng.choice(["", " en 2024"]), rng.choice([what or "" for what in METRICS])
        return f"{subject}{to} : {value} {rng.choice(list(SCALES))} d'euros{when}{what}."

    def rest() -> str:
        return " ".join(str(rng.randrange(1000)) for _ in range(70))

    texts: list[str] = []
    for _ in range(count):
        told = " ".join(sentence() for _ in range(rng.randrange(1, 4)))
        copied = rng.choice(texts).partition(" | ")[2] if texts and rng.random() < 0.3 else rest()
        texts.append(f"{told} | {copied}")
    return [
        {
            "id": f"a{n}", "source": f"journal{rng.randrange(4)}", "language": "fr",
            "published": f"2024-05-{rng.randrange(1, 28):02}", "text": text,
        }
        for n, text in enumerate(texts)
    ]  # fmt: skip


def jsonl(path: Path, records: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def written(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


@pytest.mark.parametrize("seed", range(6))
def test_runs_through_a_store_give_what_one_run_over_everything_gives(tmp_path: Path, seed: int) -> None:
    records = press(seed, 24)
    cuts = sorted(random.Random(seed).sample(range(1, 24), seed % 4 + 1))
    whole = run([jsonl(tmp_path / "all.jsonl", records)], tmp_path / "whole", workers=1)
    assert len(whole.comparison.discrepancies), "the material must disagree to show anything"
    assert whole.comparison.claims["copy_of"].notna().any(), "and hold copies"
    for start, end in zip((0, *cuts), (*cuts, 24), strict=True):
        part = jsonl(tmp_path / "part.jsonl", records[start:end])
        summary = run([part], tmp_path / "split", store=tmp_path / "s.duckdb", workers=1)
        assert (summary.extracted, summary.articles) == (end - start, end)
    assert written(tmp_path / "split") == written(tmp_path / "whole")


def test_changed_and_failing_articles_leave_the_store(tmp_path: Path) -> None:
    records = press(1, 12)
    run([jsonl(tmp_path / "all.jsonl", records)], tmp_path / "split", store=tmp_path / "s.duckdb", workers=1)
    records[3]["text"] = "Norvane : 99 millions d'euros."
    records[5]["text"] = "Une panne. Norvane : 99 millions d'euros."
    records[7]["language"] = "es"
    source = [jsonl(tmp_path / "all.jsonl", records)]
    summary = run(source, tmp_path / "split", store=tmp_path / "s.duckdb", workers=1)
    assert (summary.extracted, summary.replaced, summary.accepted, summary.articles) == (1, 3, 10, 10)
    assert ["this text breaks it" in r.reason or "(es)" in r.reason for r in summary.rejections] == [True, True]
    run(source, tmp_path / "whole", workers=1)
    assert written(tmp_path / "split") == written(tmp_path / "whole")


def test_other_options_compare_the_store_anew(tmp_path: Path) -> None:
    source = [jsonl(tmp_path / "all.jsonl", press(2, 12))]
    for ui in ("fr", "en"):
        run(source, tmp_path / "split", store=tmp_path / "s.duckdb", ui=ui, workers=1)
        run(source, tmp_path / "whole", ui=ui, workers=1)
        assert written(tmp_path / "split") == written(tmp_path / "whole")


def test_other_rates_compare_the_store_anew(tmp_path: Path) -> None:
    source, rates = [jsonl(tmp_path / "all.jsonl", press(2, 12))], tmp_path / "rates.csv"
    told: list[str] = []
    for rate in ("1.1", "1.1", "1.2"):
        rates.write_text(f"Date,USD\n2024-05-01,{rate}\n", "utf-8")
        run(source, tmp_path / "out", store=tmp_path / "s.duckdb", rates=rates, workers=1, progress=lambda *s: told.append(s[0]))
        told.append(rate)
    assert [step for step in told if step in ("comparing", "1.1", "1.2")] == ["comparing", "1.1", "1.1", "comparing", "1.2"]


def test_nothing_left_behind_but_the_files(tmp_path: Path) -> None:
    run([jsonl(tmp_path / "all.jsonl", press(3, 3))], tmp_path / "out", formats=("csv", "jsonl"), workers=1)
    tables = [f"{name}.{suffix}" for name in ("claims", "discrepancies", "facts") for suffix in ("csv", "jsonl", "parquet")]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([*tables, "rejected.jsonl", "report.html"])


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    source = [jsonl(tmp_path / "all.jsonl", press(3, 3))]
    run(source, tmp_path / "out", workers=1, progress=lambda *step: told.append(step))
    assert list(dict.fromkeys(what for what, _, _ in told)) == [
        "reading",
        "detecting languages",
        "extracting",
        "comparing",
        "writing",
    ]
    assert [step for step in told if step[0] == "extracting"] == [("extracting", n, 3) for n in range(4)]


def article(name: str, text: str, language: str | None = "fr") -> Article:
    return Article(id=name, source="s", text=text, language=language)


def test_extract_keeps_the_order_of_articles_and_text() -> None:
    given = [
        article("b", "Sarvel : 3 millions d'euros. Duval : 2 millions d'euros."),
        article("a", "Norvane : 1 millions d'euros."),
    ]
    table = extract(given)
    assert list(zip(table["article_id"], table["subject"], strict=True)) == [("b", "Sarvel"), ("b", "Duval"), ("a", "Norvane")]
    assert len(extract(iter(given), min_confidence=0.95)) == 0


def test_extract_warns_of_what_it_sets_aside_or_hands_it_over() -> None:
    given = [article("a", "Hola", "es-MX"), article("b", "Une panne."), article("c", "Duval : 2 millions d'euros.", "fr_FR")]
    with pytest.warns(UserWarning, match=r"^[ab]: .*; ") as warned:
        assert list(extract(given)["article_id"]) == ["c"]
    assert len(warned) == 2
    handed: list[object] = []
    assert len(extract(given, reject=handed.append)) == 1
    assert len(handed) == 2


def test_what_is_set_aside_is_named_by_its_file_and_record(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "all.jsonl", [*press(1, 2), {"id": "x", "text": "Una frase.", "language": "es"}])
    [rejection] = run([source], tmp_path / "out", workers=1).rejections
    assert (rejection.file, rejection.record) == (str(source), "line 3")


def test_extract_of_nothing_has_the_columns() -> None:
    assert len(extract([])) == 0
    assert "claim_id" in extract([]).columns


CORPUS = Path(__file__).parents[1] / "corpora" / "articles"


@pytest.mark.slow
def test_processes_and_a_store_change_nothing_with_the_real_extraction(tmp_path: Path) -> None:
    articles = list(read(CORPUS))
    records = [
        {"id": a.id, "source": a.source, "published": str(a.published or ""), "title": a.title, "text": a.text} for a in articles
    ]
    text = str(articles[0].text)
    records += [
        {"id": "z-copy", "source": "ailleurs", "text": text},
        {"id": "z-cut", "source": "la", "text": text[: len(text) * 3 // 4]},
    ]
    whole = jsonl(tmp_path / "all.jsonl", records)
    one = run([whole], tmp_path / "one", workers=1)
    copied = one.comparison.claims.set_index("article_id")["copy_of"].dropna().to_dict()
    assert copied == dict.fromkeys(("z-copy", "z-cut"), articles[0].id)
    summary = run([whole], tmp_path / "two", workers=2)
    assert (summary.rejections, summary.extracted) == ((), len(records))
    for part in (records[::2], records[1::2]):
        run([jsonl(tmp_path / "part.jsonl", part)], tmp_path / "store", store=tmp_path / "s.duckdb", workers=1)
    assert written(tmp_path / "one") == written(tmp_path / "two")
    assert written(tmp_path / "one") == written(tmp_path / "store")
