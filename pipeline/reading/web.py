"""Web pages, web archives and feeds: the article out of its page by trafilatura, feeds by feedparser, archives by warcio.

Here `text` is the article as it was taken out of the page, paragraphs in lines of their own; offsets count in that.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from pipeline.reading.decoding import Undecodable, decode
from pipeline.reading.drafts import Draft
from pipeline.reading.origins import LONGEST, Origin
from pipeline.records import Rejection

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
))  # fmt: skip
_SILENT = frozenset(("script", "style", "template", "noscript", "head", "svg", "button", "select", "nav", "footer", "form"))
_METADATA = {"url": "url", "title": "title", "author": "author", "published": "date", "source": "sitename"}
_LARGE = f"is larger than {LONGEST // 2**20} MiB", "give its article alone"


def html(origin: Origin) -> Iterator[Draft | Rejection]:
    """The article of a saved page, with what its metadata says: title, author, day, site, address."""
    data = origin.read()
    if data is None:
        yield origin.rejected(*_LARGE)
    elif not data.strip():
        yield origin.rejected("is empty", "give it a page or leave it out")
    else:
        yield _page(origin, data, None, None)


def _page(origin: Origin, data: bytes, url: str | None, place: str | None, number: int | None = None) -> Draft | Rejection:
    try:
        markup = _markup(data)
    except Undecodable as error:
        return origin.rejected(error.reason, error.remedy, place)
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it finds empty is rejected here, once and with a remedy
    dates = {"original_date": True, "extensive_search": False}
    found = bare_extraction(markup, url=url, with_metadata=True, include_comments=False, date_extraction_params=dates)
    page = {} if found is None else found if isinstance(found, dict) else found.as_dict()
    fields = {field: page.get(name) for field, name in _METADATA.items()} | ({"url": url} if url else {})
    return Draft(text=page.get("text") or text_of(markup), fields=fields, record=place, number=number)


def _markup(data: bytes) -> str:
    """The page as text: UTF-8 where it is that, else as it declares, else as detected."""
    declared = _CHARSET.search(data[:_HEAD])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if declared:
        try:
            return data.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def feed(origin: Origin) -> Iterator[Draft | Rejection]:
    """The entries of an RSS or Atom feed, each with its content or, where there is none, its summary."""
    data = origin.read()
    if data is None:
        yield origin.rejected(*_LARGE)
        return
    import feedparser

    parsed = feedparser.parse(data)
    if not parsed.entries:
        yield origin.rejected("holds no entries of a feed", "give RSS or Atom, or save the article as .html or .txt")
    for number, entry in enumerate(parsed.entries, 1):
        fields = {
            "id": entry.get("id") or entry.get("link"),
            "url": entry.get("link"),
            "title": text_of(entry.get("title", "")),
            "author": entry.get("author"),
            "published": entry.get("published") or entry.get("updated"),
            "language": parsed.feed.get("language"),
            "source": None if entry.get("link") else parsed.feed.get("title"),
        }
        contents = [part.get("value", "") for part in entry.get("content", ())]
        markup = max(contents, key=len, default="") or entry.get("summary", "")
        yield Draft(text=text_of(markup), fields=fields, record=f"element {number}", number=number)


def warc(origin: Origin) -> Iterator[Draft | Rejection]:
    """The pages of a web archive that answered with HTML; everything else in it is passed over. The address is the id."""
    from warcio.archiveiterator import ArchiveIterator

    number = 0
    with origin.open() as stream:
        try:
            for record in ArchiveIterator(stream):
                if record.rec_type == "response" and _is_page(record):
                    number += 1
                    yield _captured(origin, record, number)
        except GeneratorExit:
            raise
        except Exception as error:  # of any kind: warcio stumbles over damaged records in many ways
            what = (str(error).strip() or type(error).__name__).splitlines()[0]
            yield origin.rejected(f"is no whole web archive ({what[:120]})", "fetch it again")
            return
    if not number:
        yield origin.rejected("holds no web page", "archive pages of articles, or leave it out")


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    kind = (headers.get_header("Content-Type") or "") if headers else ""
    return bool(headers) and headers.get_statuscode() == "200" and "html" in kind.lower()


def _captured(origin: Origin, record: Any, number: int) -> Draft | Rejection:
    place, url = f"element {number}", record.rec_headers.get_header("WARC-Target-URI")
    data = record.content_stream().read(LONGEST + 1)
    if len(data) > LONGEST:
        return origin.rejected(*_LARGE, place)
    if getattr(record.raw_stream, "limit", 0) > 0:
        return origin.rejected("ends too early", "fetch it again", place)
    page = _page(origin, data, url, place, number)
    return page if isinstance(page, Rejection) else replace(page, fields={**page.fields, "id": url})


def text_of(markup: str) -> str:
    """The text of a piece of HTML, a line for each block, without scripts and the like."""
    reader = _Text()
    reader.feed(markup)
    reader.close()
    lines = (" ".join(line.split(" ")).strip() for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


class _Text(HTMLParser):
    """Collects the text of markup in `pieces`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line; what is silent is left out until it ends."""
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A block ends its line."""
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Text: white space within it is one space."""
        if not self._silent:
            self.pieces.append(re.sub(r"[ \t\r\n\f]+", " ", data))
