"""Growth of the comparison: seconds and memory for ten times as many claims.

    python -m tests.benchmarks comparison [CLAIMS ...]        10000 and 100000 where none are given

Articles are drawn with a fixed seed, as the press has them: three sources tell a story on the same days, each under a title
of its own, in some five claims and three or four sentences. Names are made of syllables and drawn by a Zipf law (a few are
in every tenth story), one for each twenty claims; two claims in three are of the story's subject. What is measured, in which
unit and of which size is drawn from the annotated corpus, two in five are of a metric that the catalogue lacks; sentences
are runs of words of the corpus around names and quote. A figure is the true one of its name, metric and year but for one in
twelve; one in three is dated. Each size runs in a process of its own, so that the peak of memory is its own.

On two cores for itself: 0.8 seconds for 10,000 claims, 5.2 for 100,000 (9.8 of the processors, 1.0 GiB), 49 for a million
(88 of the processors, 3.6 GiB).
"""

from __future__ import annotations

import os
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Generator, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from functools import cache
from multiprocessing import active_children, get_context
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    import pandas as pd

CORPORA = Path(__file__).parents[2] / "corpora"
ONSETS = ("b", "br", "c", "d", "f", "gr", "k", "l", "m", "n", "p", "qu", "r", "s", "tr", "v")
SYLLABLES = [onset + rest for onset in ONSETS for rest in ("a", "e", "i", "o", "u", "an", "el", "or", "is")]
TYPES = ("ORG",) * 8 + ("LOC",) * 5 + ("PER",) * 4 + ("MISC",) * 3
WORDINGS = ("exact",) * 17 + ("about", "about", "more_than")
WAYS = ("asserted",) * 17 + ("attributed", "attributed", "planned")
Row = dict[str, Any]


class Measured(NamedTuple):
    """In which unit a claim of the corpus gives its figure, and how large that is."""

    kind: str
    unit: str | None
    value: float | None


@cache
def measured() -> dict[str, list[Measured]]:
    """What the corpus measures, by the metric; a claim an entry."""
    from pipeline.score import annotated, dossiers

    found: dict[str, list[Measured]] = defaultdict(list)
    for claim in (claim for folder in dossiers(CORPORA, "train", "development") for claim in annotated(folder).claims):
        if claim["kind"] == "date" or claim["value"]:
            found[claim["metric"]].append(Measured(claim["kind"], claim["unit"], claim["value"]))
    return found


@cache
def metrics() -> list[tuple[str, list[Measured]]]:
    """A metric an entry for each claim of the corpus, and what it measures."""
    return [(metric, of) for metric, of in measured().items() for _ in of]


@cache
def words() -> list[str]:
    """The words of the corpus in lower case, in the order of the text: its names are not those of the claims."""
    from pipeline.score import annotated, dossiers

    texts = (a["text"] for folder in dossiers(CORPORA, "train", "development") for a in annotated(folder).articles)
    return [word.lower() for text in texts for word in re.findall(r"[^\W\d_]+", text)]


@cache
def name(number: int) -> str:
    """The name of this rank."""
    random = Random(number)
    return " ".join("".join(random.choices(SYLLABLES, k=random.randint(2, 3))).capitalize() for _ in range(random.randint(1, 2)))


class Drawn:
    """Claims, article by article."""

    def __init__(self, claims: int) -> None:
        self.random, self.left, self.names = Random(20251122), claims, max(claims // 20, 10)
        self.articles = 0

    def rows(self) -> Iterator[Row]:
        """As many as were asked for."""
        while self.left > 0:
            yield from self._story()

    def _name(self) -> int:
        return min(int(self.names * self.random.random() ** 3), self.names - 1)

    def _run(self, length: int) -> str:
        start = self.random.randrange(len(words()) - length)
        return " ".join(words()[start : start + length])

    def _story(self) -> Iterator[Row]:
        """Up to five articles on one subject, its day and what some of its claims are of."""
        parties = [self._name() for _ in range(4)]
        day, about = date(2023, 1, 1) + timedelta(days=self.random.randrange(1095)), self._run(5)
        told = [(parties[0 if self.random.random() < 0.68 else self.random.randint(1, 3)], self._metric()) for _ in range(8)]
        for _ in range(self.random.randint(1, 5)):
            yield from self._article(told, day + timedelta(days=self.random.randint(0, 2)), f"{name(parties[0])} : {about}")

    def _metric(self) -> str:
        if self.random.random() < 0.4:
            return f"lemma:{self.random.choice(words())}"
        return self.random.choice(metrics())[0]

    def _article(self, told: list[tuple[int, str]], published: date, about: str) -> Iterator[Row]:
        self.articles += 1
        wanted = min(1 + int(self.random.expovariate(0.22)), 30, self.left)
        head = {
            "article_id": f"a{self.articles}", "source": f"s{self.random.randrange(200)}.fr", "published": published,
            "language": "fr", "title": f"{about} {self._run(4)}", "url": f"https://example.org/{published}/{self.articles}",
        }  # fmt: skip
        place, done = 0, 0
        while done < wanted:
            some = [
                self._claim(*self.random.choice(told), published)
                for _ in range(min(self.random.choice((1, 1, 2)), wanted - done))
            ]
            place = yield from self._sentence(some, head, place)
            done += len(some)
        self.left -= wanted

    def _sentence(self, some: list[Row], head: Row, place: int) -> Generator[Row, None, int]:
        """The claims of one sentence that starts at `place`: a subject, or a pronoun, then words and quotes; returns its end."""
        said = f"{some[0]['subject'] if self.random.random() < 0.5 else 'Elle'} {self._run(self.random.randint(3, 20))}"
        starts = []
        for row in some:
            starts.append(place + len(said) + 1)
            said += f" {row['quote']} {self._run(self.random.randint(3, 20))}"
        where = {"sentence": said + ".", "sentence_start": place, "sentence_end": place + len(said) + 1}
        for row, start in zip(some, starts, strict=True):
            key = crc32(f"{head['article_id']} {start}".encode())
            yield (
                head
                | row
                | where
                | {"claim_id": f"{key:08x}{self.articles:x}.{start:x}", "start": start, "end": start + len(row["quote"])}
            )
        return place + len(said) + 2

    def _claim(self, who: int, metric: str, published: date) -> Row:
        """A claim of `metric` of the name of rank `who`; what it is of, but for errors, follows from these and the year."""
        random, seed = self.random, crc32(f"{who} {metric} {published.year}".encode())
        ways = measured().get(metric) or metrics()[seed % len(metrics())][1]
        of = ways[seed % len(ways)]
        dated, far = random.random() < 0.33, seed % 250 == 0
        row: Row = {
            "subject": name(who), "subject_type": TYPES[who % len(TYPES)], "metric": metric, "kind": of.kind, "unit": of.unit,
            "counterparty": name(seed % self.names) if far else None, "modality": random.choice(WAYS),
            "attribution": random.choice(("préfecture", "syndicat", "direction")) if random.random() < 0.1 else None,
            "confidence": round(random.uniform(0.15, 0.9), 3), "approximation": "exact",
            "time": str(published.year) if dated else None,
        }  # fmt: skip
        if of.kind == "date":
            day = date(published.year, 1, 1) + timedelta(days=seed % 365 + (random.random() < 0.08))
            return row | {"time": str(day), "time_start": day, "time_end": day, "quote": str(day)}
        true = float(f"{(of.value or 1.0) * (0.5 + seed % 997 / 500):.{1 + seed % 3}g}")
        value = true * random.choice((1.0,) * 11 + (random.choice((1.1, 10.0)),))
        figures = {"value": value, "lower": value, "upper": value, "approximation": random.choice(WORDINGS)}
        quantum = 10.0 ** (len(f"{value:.0f}") - 2) if abs(value) >= 100 else 1.0
        return row | figures | {"quote": f"{value:g} {of.unit or ''}".strip(), "quantum": quantum}


def table(claims: int) -> pd.DataFrame:
    """So many claims."""
    from pipeline.tables import CLAIM_COLUMNS, frame

    columns: dict[str, list[Any]] = {name: [] for name in CLAIM_COLUMNS}
    for row in Drawn(claims).rows():  # no list of rows: it would be the peak of memory
        for column, values in columns.items():
            values.append(row.get(column))
    return frame(columns, "claims")


def measure(claims: int) -> tuple[float, float, int, int, int]:
    """Seconds of `compare`, those of all processors together, peak of memory of all processes in MiB, facts, discrepancies."""
    from pipeline.comparison import compare
    from pipeline.run import spread

    drawn = table(claims)
    watch = Watch()
    watch.start()
    began, used = time.perf_counter(), _used()
    with spread(claims) as each:
        found = compare(drawn, spread=each)
    seconds, busy = time.perf_counter() - began, _used() - used
    return seconds, busy, watch.end(), len(found.facts), len(found.discrepancies)


class Watch(Thread):
    """Looks several times a second at the memory that this process and its children hold.

    What `getrusage` tells of children is no less than what this process had when it started them.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak, self._done = 0, Event()

    def run(self) -> None:
        """Look until the end."""
        while not self._done.wait(0.2):
            self.look()

    def look(self) -> None:
        """Note the memory of now, in pages."""
        held = 0
        for process in (os.getpid(), *(child.pid for child in active_children())):
            with suppress(OSError, ValueError):  # it has just ended
                held += int(Path(f"/proc/{process}/statm").read_text().split()[1])
        self.peak = max(self.peak, held)

    def end(self) -> int:
        """The peak in MiB; nought where the system does not tell it (`/proc`)."""
        self.look()
        self._done.set()
        self.join()
        return self.peak * resource.getpagesize() // 2**20


def _used() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main(sizes: list[int]) -> None:
    """Print a line for each size."""
    print(f"{'claims':>9} {'seconds':>8} {'claims/s':>9} {'CPU s':>8} {'MiB':>6} {'facts':>8} {'discrepancies':>14}")
    for size in sizes:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            seconds, busy, peak, facts, found = pool.submit(measure, size).result()
        print(f"{size:>9} {seconds:>8.2f} {size / seconds:>9.0f} {busy:>8.2f} {peak:>6} {facts:>8} {found:>14}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000])
