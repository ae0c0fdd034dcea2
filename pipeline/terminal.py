"""What the command line puts on the terminal or into a pipe: tables on stdout, talk and the progress bar on stderr."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    import pandas as pd

PIPED_WIDTH = 140  # columns of a table that no terminal bounds
_STYLES = {"major": "bold red", "minor": "yellow", "info": "dim"}


def speak_utf8() -> None:
    """UTF-8 on stdout and stderr whatever the locale; what cannot be encoded is shown as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextlib.contextmanager
def _to(stream: TextIO) -> Iterator[TextIO]:
    """`stream` to write to; where its reader has left (`| head`), this and all that is still to come goes nowhere."""
    try:
        yield stream
        stream.flush()
    except BrokenPipeError:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say(line: str) -> None:
    """One line of talk on stderr."""
    with _to(sys.stderr) as stream:
        print(_printable(line), file=stream)


def write(text: str) -> None:
    """Lines of text on stdout."""
    with _to(sys.stdout) as stream:
        stream.writelines(f"{_printable(line)}\n" for line in text.split("\n"))


def show(table: pd.DataFrame, form: str, columns: Sequence[str]) -> None:
    """`table` on stdout: for `table` its `columns` drawn ("a/b" is two in one, below each other), for `jsonl` and `csv` all."""
    if form == "table":
        if len(table):
            _draw(table, columns)
        return
    from pipeline.tables import write_table

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table.{form}"
        write_table(table, path)
        with path.open(encoding="utf-8", newline="") as written, _to(sys.stdout) as stream:
            shutil.copyfileobj(written, stream)


def _draw(table: pd.DataFrame, columns: Sequence[str]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=SIMPLE_HEAD, pad_edge=False)
    for shown in columns:
        names = shown.split("/")
        number = all(table[name].dtype.kind in "fi" for name in names)
        drawn.add_column("\n".join(names), justify="right" if number else "left", overflow="fold")
    for row in table.to_dict("records"):
        cells = ("\n".join(_cell(row[name]) for name in shown.split("/")) for shown in columns)
        drawn.add_row(*(Text(cell, style=_STYLES.get(cell, "")) for cell in cells))
    with _to(sys.stdout) as stream:
        console = Console(file=stream, width=None if stream.isatty() else PIPED_WIDTH, highlight=False)
        with console.capture() as captured:
            console.print(drawn)
        stream.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines() if line.strip())


def _cell(value: Any) -> str:
    if value is None or value != value:  # NaN
        return ""
    return f"{value:.15g}" if isinstance(value, float) else _printable(str(value))


def _printable(text: str) -> str:
    """`text` on one line, without characters that would steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str, int, int | None], None]]:
    """A bar on stderr while the block runs, if that is a terminal; what comes is called with work, done and total."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda work, done, total: bar.update(task, description=work, completed=done, total=total)
