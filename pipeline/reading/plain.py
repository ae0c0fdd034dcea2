"""One article a file: plain text and Markdown, with front matter or without."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.reading.decoding import Undecodable, decode
from pipeline.reading.drafts import Draft, draft, fields_of
from pipeline.reading.origins import LONGEST, Origin
from pipeline.records import Rejection

_FRONT = re.compile(r"\s*^(---|\+\+\+)[ \t]*\r?\n(.*?)^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"([^\W\d][\w :-]*?)\s*:\s*(.*)")


def plain(origin: Origin) -> Iterator[Draft | Rejection]:
    """The article of a text or Markdown file. The text is all that follows the front matter, as decoded."""
    data = origin.read()
    if data is None:
        yield origin.rejected(f"is larger than {LONGEST // 2**20} MiB", "cut it into one article a file")
    elif not data.strip():
        yield origin.rejected("is empty", "give it a text or leave it out")
    else:
        try:
            text = decode(data)
        except Undecodable as error:
            yield origin.rejected(error.reason, error.remedy)
            return
        yield split(text)


def split(text: str) -> Draft:
    """The draft of a text: the fields of its front matter, if it has any, and what follows it."""
    match = _FRONT.match(text)
    fields = _fields(match.group(1), match.group(2)) if match else None
    if match is None or not fields or not fields_of(fields):
        return Draft(text=text, fields={})
    found = draft(fields, None, None)
    return Draft(text=text[match.end() :], fields=found.fields)


def _fields(fence: str, block: str) -> Mapping[str, Any] | None:
    """The fields of front matter, YAML or TOML; broken YAML ("title: Scale AI : la crise") line by line."""
    if fence == "+++":
        try:
            return tomllib.loads(block)
        except tomllib.TOMLDecodeError:
            return None
    from frontmatter.default_handlers import YAMLHandler
    from yaml import YAMLError

    try:
        found = YAMLHandler().load(block)
    except (YAMLError, ValueError):  # ValueError: an impossible date
        return _by_line(block)
    return found if isinstance(found, dict) else None


def _by_line(block: str) -> Mapping[str, str]:
    pairs = (_LINE.fullmatch(line.strip()) for line in block.splitlines())
    return {pair.group(1): pair.group(2).strip("\"' ") for pair in pairs if pair}
