"""Engines give the same outcomes, whatever fails in them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.engines import BATCH, ENGINES, Outcome, SideBySide, engine_for, map_articles
from pipeline.errors import ModelError, RecoupeError
from pipeline.records import Article, Claim, fingerprint


def article(number: int, text: str = "Le pont mesure 12 km.") -> Article:
    return Article(id=f"a{number:03}", source="journal", text=text, published=date(2024, 5, 1))


def claim(of: Article) -> Claim:
    return Claim(
        claim_id=fingerprint(of.id, of.text), article_id=of.id, source=of.source, url=None, title=None, published=of.published,
        language="fr", sentence=of.text, sentence_start=0, sentence_end=len(of.text), quote="12 km", start=0, end=5,
        subject="pont", subject_type="MISC", counterparty=None, metric="length", kind="measure", value=12.0, lower=12.0,
        upper=12.0, quantum=1.0, unit="km", per=None, approximation="exact", time=None, time_start=None, time_end=None,
        attribution=None, modality="asserted", confidence=0.5,
    )  # fmt: skip


def work(articles: Iterable[Article]) -> Iterator[list[Claim]]:
    """One claim an article; some texts make it fail."""
    for one in articles:
        if one.text == "throw":
            raise ValueError("cannot take this\nat all")
        if one.text == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if one.text == "exit":
            os._exit(7)
        if one.text == "no model":
            raise ModelError("the model is missing; install it")
        yield [claim(one)]


def short(articles: Iterable[Article]) -> Iterator[list[Claim]]:
    """Forgets every article whose text is "forget"."""
    for one in articles:
        if one.text == "forget":
            return
        yield [claim(one)]


def die(articles: Iterable[Article]) -> Iterator[list[Claim]]:
    raise AssertionError("never called")


class Unwilling:
    """Cannot be made anew in another process."""

    def __call__(self, articles: Iterable[Article]) -> Iterator[list[Claim]]:
        return work(articles)

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)


@pytest.mark.parametrize("count", [0, 1, BATCH, BATCH + 1, 3 * BATCH + 5])
def test_one_outcome_an_article_in_order(count: int) -> None:
    articles = [article(n) for n in range(count)]
    assert list(map_articles(articles, work, workers=1)) == [Outcome(a, [claim(a)]) for a in articles]


def test_every_engine_and_number_of_workers_gives_the_same() -> None:
    articles = [article(n, text="throw" if n in (3, 40) else f"Le pont {n} mesure 12 km.") for n in range(5 * BATCH)]
    expected = list(ENGINES["inline"](articles, work, 1))
    for workers in (2, 4):
        assert list(ENGINES["processes"](articles, work, workers)) == expected


def test_an_article_that_throws_costs_only_itself() -> None:
    outcomes = list(map_articles([article(n, text="throw" if n == 2 else "12 km") for n in range(5)], work, workers=1))
    assert [len(o.claims) for o in outcomes] == [1, 1, 0, 1, 1]
    assert outcomes[2].error == "ValueError: cannot take this"


def test_an_article_without_an_answer_is_an_error() -> None:
    outcomes = list(map_articles([article(n, text="forget" if n == 1 else "12 km") for n in range(3)], short, workers=1))
    assert [o.error for o in outcomes] == [None, "the extraction gave no answer", None]


def test_a_worker_that_dies_costs_only_the_article_that_killed_it() -> None:
    texts = {3: "kill", BATCH + 1: "exit", BATCH + 2: "throw"}
    outcomes = list(ENGINES["processes"]([article(n, texts.get(n, "12 km")) for n in range(2 * BATCH + 3)], work, 2))
    assert [o.article.id for o in outcomes] == [f"a{n:03}" for n in range(2 * BATCH + 3)]
    assert {n: o.error for n, o in enumerate(outcomes) if o.error} == {
        3: "its worker process died (signal SIGKILL)",
        BATCH + 1: "its worker process died (exit code 7)",
        BATCH + 2: "ValueError: cannot take this",
    }
    assert sum(len(o.claims) for o in outcomes) == 2 * BATCH


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_what_is_no_articles_fault_ends_the_map(engine: str) -> None:
    with pytest.raises(ModelError, match="install it"):
        list(ENGINES[engine]([article(1, "no model")], work, 2))


def test_a_worker_that_cannot_start_is_told_at_once() -> None:
    with pytest.raises(RecoupeError, match=r"could not start.*--workers 1"):
        list(ENGINES["processes"]([article(1)], Unwilling(), 2))


def test_environment_and_ctrl_c_stay_as_they_were() -> None:
    before, handler = dict(os.environ), signal.getsignal(signal.SIGINT)
    list(ENGINES["processes"]([article(1)], work, 1))
    assert dict(os.environ) == before
    assert signal.getsignal(signal.SIGINT) is handler


def test_a_script_needs_no_guard_against_being_run_again(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from test_engines import ENGINES, article, work\n"
        "print(len(list(ENGINES['processes']([article(n) for n in range(40)], work, 2))))\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("40\n", "")


def test_a_map_left_early_leaves_no_process() -> None:
    outcomes = ENGINES["processes"]([article(n) for n in range(10 * BATCH)], work, 2)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]

    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    ("articles", "workers", "engine"),
    [(0, None, "inline"), (20, None, "inline"), (20, 1, "inline"), (BATCH, 4, "inline"), (BATCH + 1, 4, "processes")],
)
def test_few_articles_are_not_worth_processes(articles: int, workers: int | None, engine: str) -> None:
    assert engine_for(articles, workers)[0] == engine


def refuse(number: int) -> int:
    if number == 5:
        raise RecoupeError("five is not to be had; take four")
    return number * number


@pytest.mark.parametrize("workers", [1, 2])
def test_pieces_side_by_side_come_in_order_and_raise_what_one_raises(workers: int) -> None:
    with SideBySide(workers) as each:
        assert list(each(refuse, range(5))) == [0, 1, 4, 9, 16]
        assert list(each(refuse, [])) == []
        with pytest.raises(RecoupeError, match="take four"):
            list(each(refuse, range(9)))
    assert multiprocessing.active_children() == []


def process(_: object) -> int:
    return os.getpid()


def test_processes_stay_for_the_next_map() -> None:
    with SideBySide(2) as each:
        once, again = ({*each(process, range(20))} for _ in range(2))
    assert len(once | again) <= 2
    assert os.getpid() not in once | again


def until_the_last(job: tuple[Path, int]) -> bool:
    """Mark that the piece was worked on; the first waits for the mark of the last."""
    marks, number = job
    (marks / str(number)).touch()
    end = time.monotonic() + 30
    while number == 0 and not (marks / "19").exists() and time.monotonic() < end:
        time.sleep(0.01)
    return number != 0 or (marks / "19").exists()


def test_a_piece_that_takes_long_keeps_no_other_waiting(tmp_path: Path) -> None:
    with SideBySide(2) as each:
        assert all(each(until_the_last, [(tmp_path, number) for number in range(20)]))


def begun() -> None:
    os.environ["RECOUPE_BEGUN"] = "yes"


def ready(_: object) -> str | None:
    return os.environ.get("RECOUPE_BEGUN")


def test_processes_start_with_what_makes_them_ready_before_there_are_pieces() -> None:
    with SideBySide(2, begun) as each:
        assert len(multiprocessing.active_children()) == 2
        assert set(each(ready, range(8))) == {"yes"}
    assert "RECOUPE_BEGUN" not in os.environ
    assert multiprocessing.active_children() == []


def test_no_work_is_done_for_no_articles() -> None:
    assert list(map_articles([], die)) == []
