"""A stream of bytes as decoded lines with their line ends, in bounded memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.reading.decoding import Undecodable, encoding
from pipeline.reading.origins import LONGEST

_PEEK = 1 << 16
_LONG = Undecodable(f"is longer than {LONGEST // 2**20} MiB", "cut it into one article a record")


def lines(stream: BinaryIO) -> Iterator[str | Undecodable]:
    """The lines of `stream`, each with its line end; in place of one that cannot be read, why.

    The beginning decides the encoding. A line that is not in it is tried on its own. A line above `LONGEST` bytes is
    passed over without being held. Raises `Undecodable` where the beginning is no text at all.
    """
    head = stream.read(_PEEK)
    name = _encoding(head)
    whole = _Joined(head, stream)
    if name.startswith(("utf-16", "utf-32")):
        yield from _wide(whole, name)
        return
    first = True
    while line := whole.readline(LONGEST + 1):
        if len(line) > LONGEST:
            while line and not line.endswith(b"\n"):
                line = whole.readline(LONGEST)
            yield _LONG
        else:
            yield _decoded(line.removeprefix(b"\xef\xbb\xbf") if first else line, "utf-8" if name == "utf-8-sig" else name)
        first = False


def _encoding(head: bytes) -> str:
    """The encoding of what begins with `head`: of all of it, or of its first line where a later one is broken."""
    try:
        return encoding(head, whole=len(head) < _PEEK)
    except Undecodable:
        first, end, _ = head.partition(b"\n")
        if not end:
            raise
        return encoding(first)


def _decoded(line: bytes, name: str) -> str | Undecodable:
    try:
        return line.decode(name)
    except UnicodeDecodeError:
        pass
    try:
        return line.decode(encoding(line))
    except Undecodable as error:
        return error
    except UnicodeDecodeError:
        return Undecodable("is in no known encoding", "save it again as UTF-8")


def _wide(whole: io.BufferedReader, name: str) -> Iterator[str | Undecodable]:
    text = io.TextIOWrapper(whole, name, errors="replace", newline="\n")
    while line := text.readline(LONGEST + 1):
        if len(line) > LONGEST:
            while line and not line.endswith("\n"):
                line = text.readline(LONGEST)
            yield _LONG
        else:
            yield line


class _Head(io.RawIOBase):
    """What was read of a stream already, then the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._head.read(len(view)) or self._rest.read(len(view))
        view[: len(data)] = data
        return len(data)


def _Joined(head: bytes, rest: BinaryIO) -> io.BufferedReader:
    return io.BufferedReader(_Head(head, rest), 1 << 18)
