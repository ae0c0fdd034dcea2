"""Weights that were trained from the corpus: tables under `models/`, a feature a row."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from pipeline.errors import ModelError


@cache
def weights(model: str) -> dict[str, float]:
    """Feature -> weight of `models/<model>.json`. Raises ModelError where the file is missing or no table of weights."""
    try:
        found = json.loads((files("pipeline.models") / f"{model}.json").read_text("utf-8"))["weights"]
        return {str(name): float(weight) for name, weight in found.items()}
    except (OSError, ModuleNotFoundError, ValueError, KeyError) as error:
        raise ModelError(f"models/{model}.json: {error}; train it with python -m pipeline.calibration") from error
