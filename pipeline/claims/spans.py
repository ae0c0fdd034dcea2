"""How long a time is and where it lies from the day of publication, in words that weights are learnt for."""

from __future__ import annotations

from datetime import date

RECENT = 60  # days before publication within which a time is of the news
SPANS = ((0, "day"), (27, "days"), (31, "month"), (359, "months"), (366, "year"))  # longest span in days -> its name


def length(first: date | None, last: date | None) -> str:
    """`day`, `days`, `month`, `months`, `year`, `long span`, or `open span` where an end is missing."""
    if first is None or last is None:
        return "open span"
    return next((name for longest, name in SPANS if (last - first).days <= longest), "long span")


def place(published: date | None, first: date | None, last: date | None) -> str:
    """`past`, `recent`, `present`, `future` as seen from the day of publication, `undated` where one is unknown."""
    if published is None or first is None:
        return "undated"
    if last is not None and last < published:
        return "past" if (published - last).days > RECENT else "recent"
    return "future" if first > published else "present"
