"""Weights that were trained from the corpus: tables under `models/`, a feature a row."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

from pipeline.errors import ModelError

_NONE: Mapping[str, Mapping[str, float]] = {}
_others: ContextVar[Mapping[str, Mapping[str, float]]] = ContextVar("_others", default=_NONE)


def weights(model: str) -> Mapping[str, float]:
    """Feature -> weight of `models/<model>.json`. Raises ModelError where the file is missing or no table of weights."""
    other = _others.get().get(model)
    return _trained(model) if other is None else other


@contextmanager
def weighing(model: str, other: Mapping[str, float]) -> Iterator[None]:
    """Within it, `other` weights are taken for the trained ones of `model`."""
    token = _others.set({**_others.get(), model: other})
    try:
        yield
    finally:
        _others.reset(token)


@cache
def _trained(model: str) -> dict[str, float]:
    try:
        found = json.loads((files("pipeline.models") / f"{model}.json").read_text("utf-8"))["weights"]
        return {str(name): float(weight) for name, weight in found.items()}
    except (OSError, ModuleNotFoundError, ValueError, KeyError) as error:
        raise ModelError(f"models/{model}.json: {error}; train it with python -m pipeline.calibration") from error


def weighed(known: Mapping[str, float], found: Mapping[str, float]) -> float:
    """The log-odds that some features add up to; one without a weight counts nothing."""
    return math.fsum([known[name] * value for name, value in found.items() if value and name in known])


def probability(odds: float) -> float:
    """What log-odds stand for, 0..1."""
    return 1 / (1 + math.exp(-odds))
