"""Logistic regression by Newton's method with a ridge, so that the same corpus gives the same weights; and how well it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from pipeline.weights import probability

RIDGE, ROUNDS = 1.0, 30

Example = tuple[list[float], bool]
Fit = Callable[[Sequence[Example]], list[float]]


def fit(data: Sequence[Example], ridge: float = RIDGE) -> list[float]:
    """Weights of the features under which the claims of `data` are most likely as right or wrong as they are."""
    import numpy as np

    x = np.array([numbers for numbers, _ in data])
    y = np.array([float(right) for _, right in data])
    w = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(x.shape[1]), x.T @ (p - y) + ridge * w)
        w = w - step
        if float(np.abs(step).max()) < 1e-9:
            break
    return [round(float(v), 4) for v in w]


def fit_for(data: Sequence[Example], free: Sequence[int] = ()) -> list[float]:
    """As `fit`, of features that are made to speak for one answer: one that the data turns against it counts nothing.

    The features at the places `free` may speak either way.
    """
    kept = list(range(len(data[0][0])))
    while True:
        found = fit([([numbers[i] for i in kept], right) for numbers, right in data])
        turned = [(weight, i) for weight, i in zip(found, kept, strict=True) if weight < 0 and i not in free]
        if not turned:
            weights = dict(zip(kept, found, strict=True))
            return [weights.get(i, 0.0) for i in range(len(data[0][0]))]
        kept.remove(min(turned)[1])


def chance(weights: Sequence[float], numbers: Sequence[float]) -> float:
    """The chance that a claim with these features is right."""
    return probability(sum(w * n for w, n in zip(weights, numbers, strict=True)))


def reliability(pairs: Sequence[tuple[float, bool]], bins: int = 5) -> list[tuple[float, float, int]]:
    """(mean confidence, share that is right, claims) of equally filled bins, lowest first."""
    ordered = sorted(pairs)
    cuts = [round(i * len(ordered) / bins) for i in range(bins + 1)]
    parts = [ordered[a:b] for a, b in pairwise(cuts) if b > a]
    return [(sum(c for c, _ in p) / len(p), sum(r for _, r in p) / len(p), len(p)) for p in parts]


def held_out(parts: Sequence[tuple[frozenset[str], Example]], fitted: Fit) -> list[tuple[float, bool]]:
    """The chance that each example gets from the weights of the stories that it is not of, and whether it is right."""
    found = []
    for story in sorted({name for stories, _ in parts for name in stories}):
        weights = fitted([example for stories, example in parts if story not in stories])
        here = [example for stories, example in parts if min(stories) == story]
        found += [(chance(weights, numbers), right) for numbers, right in here]
    return found
