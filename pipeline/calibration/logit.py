"""A conditional logit: of the candidates of each choice, the right ones shall be likeliest.

It is fitted by Newton's method with a ridge, so that the same choices give the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

ROUNDS = 40
HALVED = tuple(0.5**i for i in range(12))  # shares of a step that are tried
SMALL = 1e-9  # a step below which the weights are found
SEEN = 4  # candidates that a feature must speak of to be weighed


class Choice(Protocol):
    """Candidates, by what speaks for each (feature -> strength), and which of them are right."""

    @property
    def features(self) -> Sequence[Mapping[str, float]]:
        """What speaks for each candidate, feature -> strength."""

    @property
    def right(self) -> Sequence[bool]:
        """Whether each candidate is right."""


def fit(
    data: Sequence[Choice], prior: Mapping[str, float], ridge: float, start: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Weights of the features under which the right candidates are most likely.

    The ridge draws each weight to that of `prior` (0 for a feature that it does not have); `start` only saves time.
    """
    import numpy as np

    told = [choice for choice in data if any(choice.right) and not all(choice.right)]
    seen = Counter(name for choice in told for found in choice.features for name, strength in found.items() if strength)
    names = sorted({name for name, count in seen.items() if count >= SEEN} | prior.keys())
    expected = np.array([prior.get(name, 0.0) for name in names])
    w = expected if start is None else np.array([start.get(name, at) for name, at in zip(names, expected, strict=True)])
    if told:
        w = _newton(_table(told, names), told, w, expected, ridge)
    return {name: round(float(weight), 4) for name, weight in zip(names, w, strict=True)}


def _newton(x: Any, told: Sequence[Choice], w: Any, expected: Any, ridge: float) -> Any:
    """The weights at which the log-likelihood of all choices, less the ridge, is greatest; a step too far is halved."""
    import numpy as np

    sizes = [len(choice.right) for choice in told]
    groups = _Groups(np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(told)), sizes))
    barred = np.where(np.concatenate([np.array(choice.right) for choice in told]), 0.0, -np.inf)

    def loss(at: Any) -> float:
        logits = x @ at
        away = at - expected
        return float(np.sum(groups.total(logits) - groups.total(logits + barred)) + ridge / 2 * away @ away)

    now = loss(w)
    for _ in range(ROUNDS):
        logits = x @ w
        p, meant = groups.shares(logits), groups.shares(logits + barred)
        mean = groups.sums(x * p[:, None])
        slope = ridge * (w - expected) + x.T @ (p - meant)
        bend = ridge * np.eye(len(w)) + (x * p[:, None]).T @ x - mean.T @ mean
        step = np.linalg.solve(bend, slope)
        size = next((size for size in HALVED if loss(w - size * step) <= now), 0.0)
        w = w - size * step
        now = loss(w)
        if float(np.abs(size * step).max()) < SMALL:
            break
    return w


class _Groups(NamedTuple):
    """The candidates of all choices in one column."""

    first: Any  # row of the first candidate of each choice
    choice: Any  # choice of each row

    def sums(self, column: Any) -> Any:
        """The sum over the candidates of each choice."""
        import numpy as np

        return np.add.reduceat(column, self.first, axis=0)

    def total(self, logits: Any) -> Any:
        """The logarithm of the summed odds of each choice."""
        import numpy as np

        most = np.maximum.reduceat(logits, self.first)
        return most + np.log(self.sums(np.exp(logits - most[self.choice])))

    def shares(self, logits: Any) -> Any:
        """The chance of each candidate within its choice."""
        import numpy as np

        return np.exp(logits - self.total(logits)[self.choice])


def _table(told: Sequence[Choice], names: Sequence[str]) -> Any:
    """A row for each candidate of all choices, a column for each feature."""
    import numpy as np

    column = {name: i for i, name in enumerate(names)}
    rows = [found for choice in told for found in choice.features]
    x = np.zeros((len(rows), len(names)))
    for i, found in enumerate(rows):
        for name, strength in found.items():
            if name in column:
                x[i, column[name]] = strength
    return x
