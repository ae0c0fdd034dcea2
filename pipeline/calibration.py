"""Trains the confidence of claims on annotated articles: `python -m pipeline.calibration [FOLDER...] [--out FILE]`.

A logistic regression over the traits of a claim (`pipeline.claims.confidence`), fitted by Newton's method with a small
ridge, so that the same corpus gives the same weights; without a folder it is the part `train` of `corpora`. What it prints
is measured story by story, each by the weights that the other stories gave.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.claims.confidence import features
from pipeline.records import Article, fingerprint
from pipeline.score import Annotated, annotated, dossiers, judged

CORPORA, MODEL = Path("corpora"), Path("models/confidence.json")
RIDGE, ROUNDS = 1.0, 30

Example = tuple[list[float], bool]


def examples(each: Annotated) -> list[Example]:
    """The traits of each claim that is read in an annotated set, as numbers, and whether the claim is right."""
    rows, traits = [], {}
    for claims, found in _read(each):
        rows += [asdict(claim) for claim in claims]
        traits.update(found)
    return [(list(features(traits[name]).values()), right) for name, right in judged(each, rows) if name in traits]


def _read(each: Annotated) -> Iterator[Any]:
    from pipeline.claims import passing, read
    from pipeline.claims.gate import open_article
    from pipeline.pipes import parse

    opened = [open_article(_article(row)) for row in each.articles]
    for before, parsed in zip(opened, parse(passing(o) for o in opened), strict=True):
        yield read(before, parsed)


def _article(row: dict[str, Any]) -> Article:
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    return Article(id=row["id"], source=row["source"], title=row.get("title"), published=published, text=row["text"])


def fit(data: Sequence[Example]) -> list[float]:
    """Weights of the features under which the claims of `data` are most likely as right or wrong as they are."""
    import numpy as np

    x = np.array([numbers for numbers, _ in data])
    y = np.array([float(right) for _, right in data])
    w = np.zeros(x.shape[1])
    ridge = RIDGE * np.eye(x.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, x.T @ (p - y) + ridge @ w)
        w = w - step
        if float(np.abs(step).max()) < 1e-9:
            break
    return [round(float(v), 4) for v in w]


def chance(weights: Sequence[float], numbers: Sequence[float]) -> float:
    """The chance that a claim with these features is right."""
    return 1 / (1 + math.exp(-sum(w * n for w, n in zip(weights, numbers, strict=True))))


def reliability(pairs: Sequence[tuple[float, bool]], bins: int = 5) -> list[tuple[float, float, int]]:
    """(mean confidence, share that is right, claims) of equally filled bins, lowest first."""
    ordered = sorted(pairs)
    cuts = [round(i * len(ordered) / bins) for i in range(bins + 1)]
    parts = [ordered[a:b] for a, b in pairwise(cuts) if b > a]
    return [(sum(c for c, _ in p) / len(p), sum(r for _, r in p) / len(p), len(p)) for p in parts]


def main(arguments: Sequence[str]) -> int:
    """Trains on the folders given (without any: the part `train` of `corpora`) and writes the weights."""
    out = Path(arguments[arguments.index("--out") + 1]) if "--out" in arguments else MODEL
    folders = [Path(a) for a in arguments if not a.startswith("--") and Path(a) != out]
    sets = [annotated(folder) for folder in folders or dossiers(CORPORA, "train")]
    data = [examples(each) for each in sets]
    held = [
        (chance(weights, numbers), right)
        for i, part in enumerate(data)
        for weights in [fit([e for j, other in enumerate(data) if j != i for e in other])]
        for numbers, right in part
    ]
    print("confidence  right  claims   (each story by the weights of the others)")
    for mean, right, count in reliability(held):
        print(f"{mean:10.2f} {right:6.2f} {count:7d}")
    everything = [e for part in data for e in part]
    names = [*_names()]
    trained = fingerprint(*(claim["id"] for each in sets for claim in each.claims))
    model = {"weights": dict(zip(names, fit(everything), strict=True)), "claims": len(everything), "corpus": trained}
    out.write_text(json.dumps(model, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"{out}: {len(everything)} claims of {len(sets)} stories")
    return 0


def _names() -> Iterator[str]:
    from pipeline.claims.confidence import Traits

    yield from features(Traits("name", 1.0, 0.0, True, True, "count", True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
