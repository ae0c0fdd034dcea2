"""The lexicon: all that is known of languages, units, metrics and names, as TOML that a linguist can proofread.

A language is a folder (`fr/`), a file in it one kind of fact (`fr/dates.toml`), so that a file stays short enough to
read through; what belongs to no language stands beside the folders (`units.toml`, `metrics.toml`, `names.toml`).
This module is the sole opener of those files.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from pipeline.errors import LexiconError

LANGUAGES = ("fr", "de", "en")

Table = dict[str, Any]


def _parse(resource: Traversable, name: str) -> Table:
    try:
        return tomllib.loads(resource.read_text("utf-8"))
    except FileNotFoundError as error:
        raise LexiconError(f"lexicon/{name} is missing; reinstall recoupe or add the file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"lexicon/{name}: {error}; mend the TOML there") from error


@cache
def table(name: str) -> Table:
    """The table `name.toml` that belongs to no language (`units`, `metrics`, `names`). Do not change what comes back."""
    return _parse(files(__package__) / f"{name}.toml", f"{name}.toml")


@cache
def language(code: str, topic: str) -> Table:
    """The table `<code>/<topic>.toml` of a language (`language("fr", "dates")`). Do not change what comes back."""
    if code not in LANGUAGES:
        raise LexiconError(f"language {code!r} is not served; choose one of {', '.join(LANGUAGES)}")
    return _parse(files(__package__) / code / f"{topic}.toml", f"{code}/{topic}.toml")
