"""Text with places marked in it, as HTML, and how a record shows itself in a notebook. Knows nothing of the other rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

_RENDERERS: dict[str, Callable[[Any], str]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place `text[start:end]` to be marked: `kind` gives its colour, `tip` what is shown when a pointer rests on it."""

    start: int
    end: int
    kind: str = ""
    tip: str = ""


def marked(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> str:
    """`text[start:end]` as HTML with `marks` in `<mark>`, everything escaped, nothing lost.

    Offsets of marks count in the whole `text`; a mark is cut to the passage, and one that overlaps an earlier one is left out.
    """
    end = len(text) if end is None else min(end, len(text))
    parts, place = [], max(start, 0)
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        first, last = max(mark.start, start), min(mark.end, end)
        if first < place or last <= first:
            continue
        parts += [escape(text[place:first], quote=False), _opening(mark), escape(text[first:last], quote=False), "</mark>"]
        place = last
    return "".join([*parts, escape(text[place:end], quote=False)])


def _opening(mark: Mark) -> str:
    kind = f' class="k-{escape(mark.kind)}"' if mark.kind else ""
    tip = f' title="{escape(mark.tip)}"' if mark.tip else ""
    return f"<mark{kind}{tip}>"


def show_with(record: str, renderer: Callable[[Any], str]) -> None:
    """Have records of the class named `record` shown by `renderer`.

    So the records, on the lowest floor, need not know the report; `pipeline/__init__.py` brings the two together.
    """
    _RENDERERS[record] = renderer


def show(record: object) -> str:
    """`record` as HTML, by the renderer of its class; its escaped `repr` where there is none."""
    renderer = _RENDERERS.get(type(record).__name__)
    return f"<pre>{escape(repr(record))}</pre>" if renderer is None else renderer(record)
