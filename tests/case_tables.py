"""The tables under `tests/cases`: one row one test, its first cell the test's name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|([ntr\\]))")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def cell(text: str) -> str:
    r"""A cell with its escapes resolved: \n, \t, \r, \\, \u00a0; - alone is an empty one."""
    return "" if text == "-" else _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _SIGNS[m[2]], text)


def cases(name: str) -> list[Any]:
    """The rows of `cases/<name>.tsv` as pytest parameters, without the first row (the columns), blank rows and # comments."""
    lines = (Path(__file__).parent / "cases" / f"{name}.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:] if line.strip() and not line.startswith("#")]
    return [pytest.param(*map(cell, row[1:]), id=row[0]) for row in rows]
