"""Growth of the comparison: seconds and memory for ten times as many claims.

    python -m tests.benchmarks comparison [CLAIMS ...]        10000 and 100000 where none are given

Claims are drawn with a fixed seed: names by a Zipf law (a few are in every tenth article), metrics of the catalogue by
another, figures around a true one of each name, metric and year, one in twelve wrong, half of them dated. Each size runs in a
process of its own, so that the peak of memory is its own.

On two cores that eight other processes shared (load 9): 25 processor seconds and 0.9 GB for 100,000 claims, 226 seconds for
a million, near-linear. On the idle machine a million took 177 seconds on one core before it went in shards side by side.
"""

from __future__ import annotations

import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from random import Random
from typing import Any

COUNTS = ("layoffs", "deaths", "injured", "headcount", "demonstrators", "seats", "lemma:section", "lemma:tour")
METRICS = {
    **dict.fromkeys(("revenue", "profit", "valuation", "investment", "price"), "money"),
    **dict.fromkeys(COUNTS, "count"), "share": "percent", "approval": "percent", "founding": "date",
}  # fmt: skip
UNITS = {"count": "employé", "percent": "%", "money": "EUR", "date": None}


def draw(random: Random, number: int, names: int) -> dict[str, Any]:
    """One claim."""
    name = min(int(names * random.random() ** 3), names - 1)
    metric, kind = sorted(METRICS.items())[min(int(len(METRICS) * random.random() ** 1.5), len(METRICS) - 1)]
    year = random.choice((2023, 2024, 2025))
    true = float(Random(f"{name} {metric} {year}").randint(3, 9999)) * (1e6 if kind == "money" else 1.0)
    value = None if kind == "date" else true * random.choice((1.0,) * 10 + (1.1, 10.0))
    published = date(year, 1, 1) + timedelta(days=random.randrange(365))
    dated, sentence = random.random() < 0.5, f"Texte {random.randrange(500)} sur une affaire de {metric}."
    start = number % 6 * 100
    return {
        "claim_id": f"{number:08x}", "article_id": f"a{number // 6}", "source": f"s{number // 6 % 200}", "published": published,
        "language": "fr", "sentence": sentence, "sentence_start": start, "sentence_end": start + 50, "quote": "x", "start": start,
        "end": start + 5, "subject": f"Brume {name}", "subject_type": "ORG", "metric": metric, "kind": kind, "value": value,
        "lower": value, "upper": value, "quantum": 1e5 if kind == "money" else 1.0, "unit": UNITS[kind],
        "approximation": random.choice(("exact", "exact", "about")), "time": str(year) if dated or kind == "date" else None,
        "modality": "asserted", "confidence": random.random(),
    }  # fmt: skip


def measure(claims: int) -> tuple[float, float, int, int, int]:
    """Seconds of `compare`, those of all processors together, peak of memory of all processes in MiB, facts, discrepancies."""
    from pipeline.comparison import compare
    from pipeline.engines import cores
    from pipeline.run import spread
    from pipeline.tables import CLAIM_COLUMNS, frame

    random = Random(20251122)
    columns: dict[str, list[Any]] = {name: [] for name in CLAIM_COLUMNS}
    for number in range(claims):  # no list of rows: it would be the peak of memory
        row = draw(random, number, max(claims // 20, 10))
        for name, values in columns.items():
            values.append(row.get(name))
    table = frame(columns, "claims")
    del columns
    began, used = time.perf_counter(), _used()
    found = compare(table, spread=spread(claims))
    seconds, busy = time.perf_counter() - began, _used() - used
    peaks = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    children = cores() if spread(claims) is not map else 0  # the peak told is that of the largest child
    return seconds, busy, peaks[0] + children * peaks[1], len(found.facts), len(found.discrepancies)


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
