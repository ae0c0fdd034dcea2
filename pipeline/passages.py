"""A text to its mentions: the language of each passage first, then the grammar of that language."""

from __future__ import annotations

from datetime import date, datetime

from pipeline.grammar import mentions as read_mentions
from pipeline.language import segments
from pipeline.records import Mention


def day(value: date | datetime | str | None) -> date | None:
    """A publication date as a date; an ISO 8601 string is read, anything else raises ValueError."""
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, datetime):
        return value.date()
    try:
        return datetime.fromisoformat(value).date()
    except (TypeError, ValueError) as error:
        raise ValueError(f"published {value!r} is no date; write it as YYYY-MM-DD") from error


def mentions(text: str, *, language: str | None = None, published: date | datetime | str | None = None) -> list[Mention]:
    """Quantities and dates of `text`, in order, without overlaps; `text[m.start:m.end] == m.quote`.

    `language` (`fr`, `de`, `en`) is that of the text as a whole; passages in another of the three are found all the
    same. `published` resolves relative dates; without it their `time` is None. Never raises on any text.
    """
    return read_mentions(text, segments=segments(text, language), published=day(published))
