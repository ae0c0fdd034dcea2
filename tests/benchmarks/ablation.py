"""What each layer of the claims brings: scores of a part of the corpus with one of them taken away.

    python -m tests.benchmarks ablation [--part development]

Taken away one at a time: `syntax` (the parser's trees: sentences are read along the line), `reference` (pronouns,
possessives, descriptions and nouns that introduced a name), `catalogue` (its cues and counted nouns: every metric is open),
`choice` (the learnt choice of subjects: the rules decide), `confidence` (every claim counts as sure). Each line has the F1 of
claims, the share of right times, the F1 of facts and discrepancies, and precision and recall of the loud ones.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd

import pipeline
from pipeline.claims.catalogue import by_counted_noun
from pipeline.pipes import Parsed, parse
from pipeline.score import PARTS, Annotated, Measure, annotated, dossiers, score
from pipeline.weights import weighing

CORPORA = Path(__file__).parents[2] / "corpora"


def _untied(parsed: Parsed) -> Parsed:
    """The same without trees: names and sentences as before, words without heads."""
    bare = (
        replace(s, parsed=False, words=tuple(w._replace(head=-1, dep="", pos="", lemma=w.norm) for w in s.words), _cache={})
        for s in parsed.sentences
    )
    return replace(parsed, sentences=tuple(bare))


@contextmanager
def _patched(*changes: tuple[str, Any]) -> Iterator[None]:
    with ExitStack() as stack:
        for target, value in changes:
            stack.enter_context(patch(f"pipeline.claims.{target}", value))
        yield


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _without_reference() -> AbstractContextManager[None]:
    modules = ("reference", "roles", "candidates")
    never = [(f"{module}.is_pronoun", lambda *_: False) for module in modules]
    none = [(f"{module}.{name}", _nothing) for module in modules for name in ("description", "possessive")]
    return _patched(*never, *none, ("introductions", lambda _: {}))


def _without_catalogue() -> AbstractContextManager[None]:
    return _patched(("catalogue.cues", lambda *_: []), ("measures.cues", lambda *_: []), ("measures.by_counted_noun", dict))


LAYERS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "all layers": nullcontext,
    "no syntax": lambda: _patched(("parse", lambda items: map(_untied, parse(items)))),
    "no reference": _without_reference,
    "no catalogue": _without_catalogue,
    "no choice": lambda: weighing("subjects", {"rule": 1.0}),
    "no confidence": nullcontext,
}


def scores(sets: Sequence[Annotated], layer: str) -> dict[str, Measure]:
    """The measures of a run over the raw articles of `sets` without one layer."""
    stories = tuple(each.name + "/" for each in sets)
    articles = [a for a in pipeline.read(CORPORA / "articles") if a.id.startswith(stories)]
    by_counted_noun()  # built before anything is taken away
    with LAYERS[layer]():
        claims: pd.DataFrame = pipeline.extract(articles)
    return score(pipeline.compare(claims.assign(confidence=1.0) if layer == "no confidence" else claims), sets)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, default="development")
    sets = [annotated(folder) for folder in dossiers(CORPORA, parser.parse_args().part)]
    print(f"{'':14} claim F1   time   facts F1   discrepancies F1   loud P   loud R")
    for layer in LAYERS:
        found = scores(sets, layer)
        time, loud = found["time"], found["loud"]
        print(
            f"{layer:14} {found['claim'].f1:8.3f} {time.hit / max(time.gold, 1):6.3f} {found['facts'].f1:10.3f}"
            f" {found['discrepancies'].f1:18.3f} {loud.precision:8.3f} {loud.recall:8.3f}"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
