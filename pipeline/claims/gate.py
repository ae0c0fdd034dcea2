"""Which sentences are worth the neural pipeline: those in which the grammar found something, and the lead, for names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline import lexicon
from pipeline.grammar import mentions as read_mentions
from pipeline.language import segments
from pipeline.pipes import Passage
from pipeline.records import Article, Mention, Segment
from pipeline.sentences import sentences

# "PARIS (Reuters), 12 nov 2025 - ": where and when a dispatch was filed, no part of its first sentence
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’ -]{2,40}(?:\s?\([^()\n]{1,40}\))?(?:,[^-–—()\n]{1,30})?(?:\s?\([^()\n]{1,30}\))?\s[-–—]\s"
)
FILED = 6  # sentences among which a dateline may stand
LEAD = 2  # first sentences that are always read, for the names in them


@dataclass(frozen=True)
class Opened:
    """An article after the grammar and before the model: its mentions and the sentences that pass the gate."""

    article: Article
    mentions: tuple[Mention, ...]
    passages: tuple[Passage, ...]
    kept: int  # characters that pass
    total: int


def _language(parts: list[Segment], start: int, end: int, at: int) -> tuple[str, int]:
    """The language that most of `start`..`end` is in, and the index of the segment to go on from."""
    tally: dict[str, int] = {}
    while at < len(parts) and parts[at].end <= start:
        at += 1
    i = at
    while i < len(parts) and parts[i].start < end:
        tally[parts[i].language] = tally.get(parts[i].language, 0) + min(end, parts[i].end) - max(start, parts[i].start)
        i += 1
    return max(tally, key=lambda k: (tally[k], k)) if tally else "", at


def _furniture(text: str, start: int, end: int, language: str) -> bool:
    """Whether a line belongs to the page and not to the article: "Lisa Ernst · 23.10.2025 · 5 min"."""
    table = lexicon.language(language, "syntax").get("page", {})
    line = text[start:end].casefold()
    lone = sum(line.count(f" {s} ") for s in table.get("separators", ())) >= 2
    return end - start < LINE and (lone or any(f in line for f in table.get("furniture", ())))


LINE = 120  # characters that a line of page furniture has at most


def _vague(mention: Mention, article: Article) -> bool:
    """Whether a date says no day although the publication is known ("ces dernières années"): no claim comes of it."""
    return mention.kind == "date" and mention.time is None and article.published is not None


def open_article(article: Article, *, gate: bool = True) -> Opened:
    """Mentions and passages of an article; `gate=False` keeps every sentence."""
    text = article.text
    parts = segments(text, article.language)
    found = [m for m in read_mentions(text, segments=parts, published=article.published) if not _vague(m, article)]
    passages, at, next_mention = [], 0, 0
    previous: Passage | None = None
    for number, (start, end) in enumerate(sentences(text)):
        if number < FILED and (filed := _DATELINE.match(text, start, end)):
            start = filed.end()
        language, at = _language(parts, start, end, at)
        furniture = _furniture(text, start, end, language)
        inside = []
        while next_mention < len(found) and found[next_mention].start < end:
            if found[next_mention].start >= start and not furniture:
                inside.append(found[next_mention])
            next_mention += 1
        passage = Passage(start, end, language, tuple(inside))
        if inside or not gate or number < LEAD:
            if gate and inside and previous is not None:
                passages.append(previous)  # the sentence before: names stand there, and what a pronoun means
            passages.append(passage)
            previous = None
        else:
            previous = passage
    return Opened(article, tuple(found), tuple(passages), sum(p.end - p.start for p in passages), len(text))
