"""What the gate before the neural pipeline saves, in characters and seconds, and which claims it loses or changes.

    python -m tests.benchmarks gate [SOURCE ...] [--articles 100] [--rounds 3]

Without a source it reads `corpora/articles` and, where it stands beside the project, `../shared/press`. Each source is read
once with the gate and once without in every round, in turns and in one process, after the model is loaded; the times are
processor seconds, the best of the rounds: of the whole way from text to claims, and of the model's part in it. A claim of
the whole text is lost where the gated reading claims nothing of the same place, changed where it gives it another subject,
metric or time. Where the articles are annotated, the last lines say how many of the annotated places have the annotated
subject and metric in either reading.

On 2026-11-22, `python -m tests.benchmarks gate --rounds 5`, two cores shared with other work:

                                     corpora/articles, 30     ../shared/press, 100
    sentences that hold a value      81 % of characters       47 %
    that pass                        93 %                     67 %
    whole way, with / without        1.1 s / 1.2 s (1.06x)    3.5 s / 4.2 s (1.20x; 1.43x in another run)
    model alone, with / without      0.6 s / 0.6 s (1.07x)    2.1 s / 3.2 s (1.50x)
    claims lost                      0 of 519                 0 of 442
    another subject                  0                        7 (1.6 %)
    another metric                   1 (0.2 %)                0
    right subjects, with / without   337 / 336 of 532
"""

from __future__ import annotations

import argparse
import time
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pipeline
from pipeline.claims import claims, passing
from pipeline.claims.gate import open_article
from pipeline.pipes import parse
from pipeline.records import Article, Claim
from pipeline.score import annotated, dossiers

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "corpora" / "articles", ROOT.parent / "shared" / "press")
COMPARED = ("subject", "metric", "time", "counterparty", "attribution", "modality")

Place = tuple[str, int, int]
Claims = dict[Place, list[Claim]]


def by_place(found: Iterable[Sequence[Claim]]) -> Claims:
    """Claims by article and place."""
    out: Claims = {}
    for each in (c for some in found for c in some):
        out.setdefault((each.article_id, each.start, each.end), []).append(each)
    return out


class Run(NamedTuple):
    """One reading of a source."""

    seconds: float  # of the processor, from text to claims
    model: float  # of these, in the model, measured by itself
    found: Claims


def run(articles: Sequence[Article], *, gate: bool) -> Run:
    """Read all articles, with the gate or without."""
    began = time.process_time()
    found = list(claims(articles, gate=gate))
    seconds = time.process_time() - began
    passages = [passing(open_article(a, gate=gate)) for a in articles]
    began = time.process_time()
    deque(parse(passages), maxlen=0)
    return Run(seconds, time.process_time() - began, by_place(found))


def same(a: Sequence[Claim], b: Sequence[Claim], column: str) -> bool:
    """Whether the claims of one place agree in a column."""
    return {getattr(c, column) for c in a} == {getattr(c, column) for c in b}


def annotations() -> dict[Place, list[tuple[str, str]]]:
    """Subject and metric of the annotated claims, by place; the part test is left alone."""
    out: dict[Place, list[tuple[str, str]]] = {}
    for folder in dossiers(ROOT / "corpora", "train", "development"):
        for row in annotated(folder).claims:
            out.setdefault((row["article"], row["start"], row["end"]), []).append((row["subject"], row["metric"]))
    return out


def right(found: Claims, gold: dict[Place, list[tuple[str, str]]]) -> tuple[int, int]:
    """How many annotated places have their subject, and how many their metric."""
    pairs = [(found.get(place, []), wanted) for place, wanted in gold.items()]
    subjects = sum(bool({c.subject for c in some} & {subject for subject, _ in wanted}) for some, wanted in pairs)
    return subjects, sum(bool({c.metric for c in some} & {metric for _, metric in wanted}) for some, wanted in pairs)


def report(source: Path, articles: Sequence[Article], rounds: int) -> None:
    """Measure one source and print its lines."""
    gated, whole = ([open_article(a, gate=gate) for a in articles] for gate in (True, False))
    total = max(sum(o.kept for o in whole), 1)
    valued = sum(p.end - p.start for o in whole for p in o.passages if p.mentions)
    print(f"{source.name}: {len(articles)} articles, {total} characters of sentences")
    print(f"  hold a figure or a date                {valued / total:.1%}")
    print(f"  pass, with the lead and those before   {sum(o.kept for o in gated) / total:.1%}")
    runs = [(run(articles, gate=True), run(articles, gate=False)) for _ in range(rounds)]
    for name, at in (("seconds from text to claims", 0), ("seconds of the model alone", 1)):
        with_gate, without = (min(r[i][at] for r in runs) for i in (0, 1))
        print(f"  {name:37}  {with_gate:.1f} with, {without:.1f} without: {without / with_gate:.2f} times as fast")
    few, full = (r.found for r in runs[0])
    lost = [p for p in full if p not in few]
    both = [p for p in full if p in few]
    print(f"  places with claims without the gate    {len(full)}")
    print(f"  lost, found only with the gate         {len(lost)}, {sum(p not in full for p in few)}")
    for column in COMPARED:
        changed = sum(not same(full[p], few[p], column) for p in both)
        print(f"  another {column:29}  {changed} ({changed / max(len(both), 1):.1%})")
    gold = {place: wanted for place, wanted in annotations().items() if place[0] in {a.id for a in articles}}
    for name, found in (("with", few), ("without", full)) if gold else ():
        subjects, metrics = right(found, gold)
        print(f"  right {name:7} of {len(gold)} annotated      subject {subjects}, metric {metrics}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="*", type=Path, help="articles, in any form that recoupe reads")
    parser.add_argument("--articles", type=int, default=100, help="at most so many of each source")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    run(list(islice(pipeline.read(SOURCES[0]), 2)), gate=False)  # loads the model
    for source in options.source or [s for s in SOURCES if s.exists()]:
        report(source, list(islice(pipeline.read(source), options.articles)), options.rounds)


if __name__ == "__main__":
    main()
