"""What a reader finds of an article, under the names that its file gives, and how that becomes an `Article`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from pipeline import lexicon
from pipeline.folding import fold
from pipeline.reading import datelines, days
from pipeline.reading.origins import Origin
from pipeline.records import Article, Rejection

# Names under which files give the fields of an article, the surer first; case, accents and punctuation do not matter.
FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "article_id", "identifier", "guid", "uuid", "doc_id", "docid", "_id"),
    "source": (
        "source", "publisher", "site_name", "sitename", "outlet", "newspaper", "journal", "media", "masthead", "source_name",
        "site", "editeur", "domain", "quelle", "og:site_name",
    ),
    "url": ("url", "link", "permalink", "canonical_url", "source_url", "web_url", "uri", "lien", "og:url"),
    "title": ("title", "headline", "titre", "titel", "heading", "og:title"),
    "author": ("author", "authors", "byline", "creator", "auteur", "auteurs", "autor", "autoren", "signature"),
    "published": (
        "published", "published_at", "date_published", "datepublished", "publication_date", "published_date", "published_time",
        "publish_date", "pubdate", "date", "datum", "date_de_publication", "date_publication", "parution", "publie_le",
        "publishedat", "issued", "created_at", "created", "timestamp", "datetime", "updated", "updated_at", "date_modified",
        "datemodified", "modified",
    ),
    "language": ("language", "lang", "langue", "sprache", "inlanguage", "locale"),
    "text": (
        "text", "content", "body", "article_text", "full_text", "fulltext", "article_body", "articlebody", "maintext",
        "main_text", "texte", "contenu", "corps", "inhalt", "raw_text", "plain_text",
    ),
}  # fmt: skip
_NAMED = ("name", "title", "url", "id", "@id")  # where a field is a record of its own (schema.org, news APIs)
_NOTHING = frozenset(("", "none", "null", "nan", "nat", "n/a", "na", "-", "?"))
_SHOWN = 60  # characters of a value that a message quotes
_TAG = re.compile(r"[a-z]{2,3}(?![a-z])")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,12}")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as a reader finds it: its text, and its fields by their canonical names."""

    text: str | None
    fields: Mapping[str, Any]
    record: str | None = None  # where in the file it stands ("line 3"); None where the file holds one article
    number: int | None = None


def fields_of(names: Mapping[str, Any] | list[str] | tuple[str, ...]) -> dict[str, str]:
    """Which of `names` gives which field of an article: canonical name to name as written."""
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(_plain(str(name)), name)
    found = {}
    for field, synonyms in _synonyms().items():
        for synonym in synonyms:
            if synonym in known:
                found[field] = known[synonym]
                break
    return found


def _plain(name: str) -> str:
    return fold(name).replace(" ", "_")


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    return {field: tuple(_plain(name) for name in names) for field, names in FIELDS.items()}


def draft(record: Mapping[str, Any], place: str | None, number: int | None) -> Draft:
    """The draft that a record of any column names holds; a synonym that is empty leaves the field to the next one."""
    known = {_plain(str(name)): value for name, value in record.items()}
    fields: dict[str, Any] = {}
    for field, synonyms in _synonyms().items():
        values = [known[s] for s in synonyms if s in known]
        fields[field] = _text(values) if field == "text" else next((v for v in values if _string(v) is not None), None)
    return Draft(text=fields.pop("text"), fields=fields, record=place, number=number)


def _text(values: list[object]) -> str | None:
    """The first text among `values` that says something; else an empty one, if there is any text at all."""
    texts = [value for value in values if isinstance(value, str)]
    return next((text for text in texts if text.strip()), texts[0] if texts else None)


def _string(value: object) -> str | None:
    """A field as one line of text; None where it says nothing."""
    if isinstance(value, Mapping):
        return next((s for key in _NAMED if (s := _string(value.get(key)))), None)
    if isinstance(value, list | tuple):
        return ", ".join(s for v in value if (s := _string(v))) or None
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(_whole(str(value)).split())
    return None if text.casefold() in _NOTHING else text


def _whole(text: str) -> str:
    """`text` with each half of a broken surrogate pair as U+FFFD: no offset moves, and the text can be written again."""
    return _SURROGATES.sub("\ufffd", text)


def article(found: Draft, origin: Origin, fallback: date | None) -> Article | Rejection:
    """The article of a draft, or why there is none. `fallback` is the day of publication where nothing gives one."""
    text = _whole(found.text or "")
    if not text.strip():
        return origin.rejected("has no text", "give it one or leave it out", found.record)
    if "\x00" in text:
        return origin.rejected("holds NUL characters", "remove them", found.record)
    given = found.fields.get("published")
    published = moment(given)
    if published is None and (said := _string(given)):
        wrong = f"has an impossible date {said[:_SHOWN]!r}"
        return origin.rejected(wrong, "write it as YYYY-MM-DD or leave it empty", found.record)
    url = _string(found.fields.get("url"))
    return Article(
        id=_string(found.fields.get("id")) or (origin.key if found.number is None else f"{origin.key}#{found.number}"),
        source=source(_string(found.fields.get("source")), url, origin),
        url=url,
        title=_string(found.fields.get("title")) or datelines.heading(text),
        author=_string(found.fields.get("author")),
        published=published or datelines.dateline(text) or fallback,
        language=_tag(_string(found.fields.get("language"))),
        text=text,
        file=origin.file,
        record=found.record,
    )


def source(given: str | None, url: str | None, origin: Origin) -> str:
    """The publisher: as the record gives it, else the host of its address, else its folder or file.

    A folder counts only where its name is a domain (`lemonde.fr/`) or a masthead that the lexicon knows (`Le Monde/`): the files
    of a folder that is named after a story come from different mastheads, so there the file's own name stands for the source.
    """
    if given:
        return host(given) or given
    if url and (name := host(url)):
        return name
    if origin.folder and (host(origin.folder) or _masthead(origin.folder)):
        return host(origin.folder) or origin.folder
    return origin.stem


def _masthead(folder: str) -> bool:
    return _bare(folder) in _mastheads()


@cache
def _mastheads() -> frozenset[str]:
    return frozenset(_bare(name) for name in lexicon.table("mastheads")["names"])


def _bare(name: str) -> str:
    """A name as its letters and figures alone: "Le Monde", "le-monde" and "lemonde" are one."""
    return fold(name).replace(" ", "")


def host(address: str) -> str | None:
    """The host of an address, or a domain, without "www."; None for what is neither."""
    if "://" not in address:
        domain = address.strip().lower()
        return domain.removeprefix("www.") if _DOMAIN.fullmatch(domain) else None
    try:
        name = urlsplit(address.strip()).hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None


def _tag(language: str | None) -> str | None:
    """Primary tag of a BCP 47 language ("fr-FR" gives "fr"); None for anything else, so that detection decides."""
    match = _TAG.match(language.casefold()) if language else None
    return match.group() if match else None


def moment(value: object) -> date | None:
    """The day that a field gives, as a date or as anything that `days.day` reads; None where it gives none."""
    if isinstance(value, datetime):
        return None if value != value else value.date()
    if isinstance(value, date):
        return value
    text = _string(value)
    return None if text is None else days.day(text)
