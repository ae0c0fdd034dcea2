"""Where articles come from: paths, folders and standard input, opened as bytes within bounds."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from pipeline.records import Rejection

LONGEST = 32 * 2**20  # bytes of one article, line or row: what is longer is no article, and never held in memory

# Files that lie in a folder of articles without being one.
_ABOUT = ("readme", "license", "licence", "changelog", "contributing")
_RUN = {"rejected.jsonl", "report.html"}  # a folder with these holds the results of a run: `recoupe run . --out out`, once more


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A file, or standard input, with what the place it was found in tells about its articles."""

    file: str  # as messages name it
    path: Path | None  # None for standard input
    key: str  # its path below the given root without suffix, "/" as separator
    folder: str | None  # the folder it lies in, where a folder was given
    stream: BufferedReader | None = None  # standard input

    @property
    def suffix(self) -> str:
        """The suffix that names the format, in small letters; ".gz" around it is seen through."""
        return suffix(PurePosixPath(self.path.name if self.path else self.file))

    @property
    def stem(self) -> str:
        """The file's name without suffix."""
        return self.key.rsplit("/", 1)[-1]

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes of the file, unpacked where its name ends in .gz (a WARC unpacks itself); standard input stays open after."""
        if self.path is None:
            yield self.stream or sys.stdin.buffer
        elif self.path.name.lower().endswith(".gz") and self.suffix != ".warc":
            with gzip.open(self.path, "rb") as packed:
                yield cast(BinaryIO, packed)
        else:
            with self.path.open("rb") as stream:
                yield stream

    def read(self) -> bytes | None:
        """All bytes of the file; None where they are more than `LONGEST`."""
        with self.open() as stream:
            data = stream.read(LONGEST + 1)
        return data if len(data) <= LONGEST else None

    def rejected(self, reason: str, remedy: str, record: str | None = None) -> Rejection:
        """A rejection of this file, or of one record in it."""
        return Rejection(file=self.file, record=record, reason=reason, remedy=remedy)


def suffix(path: PurePosixPath) -> str:
    """The suffix of a file name in small letters, without ".gz"."""
    name = path.name.lower().removesuffix(".gz")
    return PurePosixPath(name).suffix


def _key(path: PurePosixPath) -> str:
    """A path without its suffix (and without ".gz")."""
    name = path.name
    if name.lower().endswith(".gz"):
        name = name[:-3]
    return str(path.with_name(PurePosixPath(name).stem))


def standard_input() -> Origin:
    """What is piped in."""
    raw = sys.stdin.buffer
    stream = raw if isinstance(raw, BufferedReader) else BufferedReader(cast(RawIOBase, raw))
    return Origin(file="-", path=None, key="stdin", folder=None, stream=stream)


def of_file(path: Path) -> Origin:
    """A file that was given by name."""
    return Origin(file=str(path), path=path, key=_key(PurePosixPath(path.name)), folder=None)


def in_folder(root: Path) -> Iterator[Origin]:
    """The files below `root` in the order of their names; hidden ones, what a run wrote and what is about the folder left out."""
    for folder, folders, names in os.walk(root):
        if set(names) >= _RUN:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or name.lower().split(".")[0] in _ABOUT:
                continue
            path = Path(folder) / name
            below = PurePosixPath(path.relative_to(root).as_posix())
            parent = below.parent.name or root.resolve().name
            yield Origin(file=str(path), path=path, key=_key(below), folder=parent)
