"""Scores of a whole run on a part of the corpus: from its raw articles to discrepancies, against its annotations.

    python -m tests.benchmarks corpus [--part development] [--stories]

All stories of the part are read and compared together, as a user would have them, and measured by `pipeline.score`: a line a
measure. `--stories` adds a line a story. Parts are those of `corpora/splits.toml`; `test` is for reporting only: who has
read its faults must not change a rule.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pipeline
from pipeline.score import PARTS, Annotated, Measure, annotated, dossiers, score

CORPORA = Path(__file__).parents[2] / "corpora"
SHARES = ("time", "approximation", "relation", "traps")  # a hit rate says it all; of traps none is best
BRIEF = ("quantity", "date", "claim", "discrepancies", "loud")


def compared(sets: Sequence[Annotated]) -> pipeline.Comparison:
    """The raw articles of `sets`, read and compared."""
    stories = tuple(each.name + "/" for each in sets)
    articles = [a for a in pipeline.read(CORPORA / "articles") if a.id.startswith(stories)]
    return pipeline.compare(pipeline.extract(articles, workers=None))


def line(name: str, measure: Measure) -> str:
    """A measure in words; `hit/all` where nothing but a share is meant."""
    return f"{name:13}  {measure.hit}/{measure.gold}" if name in SHARES else f"{name:13}  {measure}"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, default="development")
    parser.add_argument("--stories", action="store_true", help="a line for each story besides: F1 of the main measures")
    options = parser.parse_args()
    sets = [annotated(folder) for folder in dossiers(CORPORA, options.part)]
    articles, claims = sum(len(each.articles) for each in sets), sum(len(each.claims) for each in sets)
    print(f"{options.part}: {len(sets)} stories, {articles} articles, {claims} claims")
    if not sets:
        return 1
    found = compared(sets)
    for name, measure in score(found, sets).items():
        print(line(name, measure))
    for each in sets if options.stories else ():
        alone = score(found, [each])
        print(f"{each.name:24}  " + "  ".join(f"{name} {alone[name].f1:.3f}" for name in BRIEF))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
