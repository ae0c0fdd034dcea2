"""Files, folders and standard input to articles; what cannot be read is set aside with its reason and a remedy."""

from __future__ import annotations

import logging
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from os import PathLike
from pathlib import Path

from pipeline.errors import ReadingError
from pipeline.reading.decoding import Undecodable
from pipeline.reading.drafts import Draft, article
from pipeline.reading.origins import Origin, in_folder, of_file, standard_input
from pipeline.reading.plain import plain
from pipeline.reading.tabular import delimited, jsonl, parquet, whole_json
from pipeline.reading.web import feed, html, warc
from pipeline.records import Article, Rejection

Source = str | PathLike[str]
Reader = Callable[[Origin], Iterator[Draft | Rejection]]

READERS: dict[str, Reader] = {
    ".txt": plain,
    ".md": plain,
    ".markdown": plain,
    ".jsonl": jsonl,
    ".ndjson": jsonl,
    ".json": whole_json,
    ".csv": delimited,
    ".tsv": delimited,
    ".parquet": parquet,
    ".html": html,
    ".htm": html,
    ".xhtml": html,
    ".rss": feed,
    ".atom": feed,
    ".xml": feed,
    ".warc": warc,
}

_log = logging.getLogger(__name__)


def read(
    sources: Source | Iterable[Source], *, reject: Callable[[Rejection], None] | None = None, published: date | None = None
) -> Iterator[Article]:
    """The articles of `sources`, one after the other as they are read, in the order given; a folder's by name, at any depth.

    A source is a file, a folder or "-" for standard input (text, or JSON Lines). `published` stands in where neither the
    record nor a dateline gives a day. What cannot be read goes to `reject`, and the rest goes on; without `reject` it
    raises `ReadingError`. A record that is given twice, word for word, comes once; the same id with another text comes
    again, as a new version.
    """
    keys: dict[str, str] = {}
    versions: set[int] = set()
    for origin in _once(_origins([sources] if isinstance(sources, str | PathLike) else sources, reject)):
        for found in _articles(_apart(origin, keys), published):
            if isinstance(found, Rejection):
                _set_aside(found, reject)
            elif (version := int(found.version, 16)) not in versions:
                versions.add(version)
                yield found


def _once(origins: Iterable[Origin]) -> Iterator[Origin]:
    """The origins without those that were given already, by name or with their folder."""
    seen: set[Path | None] = set()
    for origin in origins:
        path = origin.path.resolve() if origin.path else None
        if path not in seen:
            seen.add(path)
            yield origin


def _apart(origin: Origin, keys: dict[str, str]) -> Origin:
    """The origin under a key that no other file has: of two with one name the later takes its folder, suffix or path to it."""
    folder = origin.folder or (origin.path.resolve().parent.name if origin.path else "")
    for key in (origin.key, f"{folder}/{origin.key}", f"{origin.key}{origin.suffix}"):
        if keys.setdefault(key, origin.file) == origin.file:
            return replace(origin, key=key)
    return replace(origin, key=origin.file)


def _set_aside(rejection: Rejection, reject: Callable[[Rejection], None] | None) -> None:
    if reject is None:
        raise ReadingError(str(rejection))
    reject(rejection)


def _origins(sources: Iterable[Source], reject: Callable[[Rejection], None] | None) -> Iterator[Origin]:
    for source in sources:
        path = Path(source)
        if str(source) == "-":
            yield standard_input()
        elif path.is_dir():
            yield from _folder(path)
        elif (rejection := _fault(path)) is not None:
            _set_aside(rejection, reject)
        else:
            yield of_file(path)


def _fault(path: Path) -> Rejection | None:
    """What is wrong with a file that was given by name, before it is opened."""
    name = str(path)
    if "://" in name or name.startswith(("http:/", "https:/")):
        return Rejection(file=name, record=None, reason="is an address, not a file", remedy="save the page and give its file")
    if not path.exists():
        return Rejection(file=name, record=None, reason="does not exist", remedy="check the path")
    if of_file(path).suffix not in READERS:
        known = ", ".join(sorted(READERS))
        return Rejection(file=name, record=None, reason="is in no format that is read", remedy=f"save it as one of {known}")
    return None


def _folder(root: Path) -> Iterator[Origin]:
    """The files of a folder that some reader knows; the others are counted in a warning of the log."""
    other: Counter[str] = Counter()
    for origin in in_folder(root):
        if origin.suffix in READERS:
            yield origin
        else:
            other[origin.suffix or "no suffix"] += 1
    if other:
        files = f"{other.total()} file{'s' * (other.total() > 1)}"
        _log.warning("%s: passed over %s in other formats (%s)", root, files, ", ".join(sorted(other)))


def _articles(origin: Origin, published: date | None) -> Iterator[Article | Rejection]:
    """What one origin holds; a fault that ends its reading comes last, as one rejection."""
    reader = READERS[origin.suffix] if origin.path else _standard
    try:
        for found in reader(origin):
            yield found if isinstance(found, Rejection) else article(found, origin, published)
    except Undecodable as error:
        yield origin.rejected(error.reason, error.remedy)
    except EOFError:
        yield origin.rejected("ends too early", "fetch it whole, or pack it again")
    except zlib.error:
        yield origin.rejected("is packed, and damaged", "fetch it whole, or pack it again")
    except PermissionError:
        yield origin.rejected("may not be opened", "grant the right to read it")
    except OSError as error:
        yield origin.rejected(f"cannot be read ({error.strerror or error})", "check the file and the disk")


def _standard(origin: Origin) -> Iterator[Draft | Rejection]:
    """Standard input: JSON Lines where its first sign is a brace, else one article as text."""
    head = origin.stream.peek(1).lstrip(b"\xef\xbb\xbf \t\r\n") if origin.stream else b""
    return (jsonl if head.startswith(b"{") else plain)(origin)
