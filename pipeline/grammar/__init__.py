"""The grammar: from a text to its mentions, quantities and dates, by rules and the lexicon alone. Pure: no model, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.grammar.dates import dates
from pipeline.grammar.page import lay_out
from pipeline.grammar.quantities import quantities
from pipeline.grammar.tokens import tokenize
from pipeline.lexicon import LANGUAGES
from pipeline.records import Mention, Segment


def mentions(text: str, *, segments: Sequence[Segment], published: date | None = None) -> list[Mention]:
    """The quantities and dates of `text`, sorted, without overlap; offsets count in `text` as it is.

    `segments` say in which language a passage is (what lies outside them is read as the first of them, or as French);
    `published` anchors relative dates. Any string is read, in time linear in its length; nothing is raised for what it says.
    """
    tokens = tokenize(text)
    found = dates(text, tokens, segments, published)
    default = segments[0].language if segments else LANGUAGES[0]
    page = lay_out(text, tokens, segments, [(m.start, m.end) for m in found], published, default)
    return sorted([*found, *quantities(page)], key=lambda m: m.start)
