"""What stands between quotation marks, and who says it."""

from __future__ import annotations

from functools import lru_cache

from pipeline.claims.context import Context
from pipeline.claims.reference import main_subject
from pipeline.claims.speakers import asides, can_speak, said, speaker_at
from pipeline.syntax import Sentence

CLOSING = {"«": "»", "“": "”", "„": "“”", '"': '"'}
BEHIND = 50  # characters behind a quotation within which its speaker is named
TITLED = 5  # words between it and the name: the verb, what he is
WORDS = 4  # words below which a quotation is but an expression


@lru_cache(maxsize=512)
def quotations(paragraph: str) -> tuple[tuple[int, int], ...]:
    """Where the quotations of a paragraph begin and end, marks included; one left open runs to the end of the paragraph."""
    out: list[tuple[int, int]] = []
    start, closing = -1, ""
    for at, c in enumerate(paragraph):
        if start < 0 and c in CLOSING:
            start, closing = at, CLOSING[c]
        elif start >= 0 and c in closing:
            out.append((start, at + 1))
            start = -1
    if start >= 0 and closing != '"':
        out.append((start, len(paragraph)))
    return tuple(q for q in out if len(paragraph[q[0] : q[1]].split()) >= WORDS)


def quoted_speaker(context: Context, sentence: Sentence, offset: int) -> str | None:
    """Who says the quotation that holds `offset`: named behind it, before it, or the one who spoke before in the paragraph."""
    text = context.article.text
    first = context.paragraph_start(offset)
    end = text.find("\n", offset)
    paragraph = text[first : end if end >= 0 else len(text)]
    inside = [(first + s, first + e) for s, e in quotations(paragraph)]
    at = next((k for k, (s, e) in enumerate(inside) if s <= offset < e), None)
    if at is None:
        return None
    for k in range(at, -1, -1):
        name = _told(context, *inside[k]) or _led(context, first, inside[k][0])
        if name is not None:
            return name
    return _told(context, *inside[at + 1]) if at + 1 < len(inside) and _resumed(text, inside[at][1], inside[at + 1][0]) else None


def _resumed(text: str, end: int, start: int) -> bool:
    """Whether a quotation goes on at once behind another."""
    return not text[end:start].strip(" .,\u00a0\u202f")


def _at(context: Context, offset: int) -> Sentence | None:
    return next((s for s in context.sentences if s.start <= offset < s.end), None)


def _told(context: Context, start: int, end: int) -> str | None:
    """Who is named behind a quotation: "« ... », souffle Jean Morin"."""
    sentence = _at(context, end - 1)
    if sentence is None:
        return None
    text = context.article.text
    found = [a for a in asides(context, sentence) if a.start >= end - 1 and not text[end : a.start].strip(" ,.\u00a0\u202f–—")]
    inner = [a for a in asides(context, sentence) if start < a.start < end]
    return next((a.name for a in (*found, *inner)), None if sentence.parsed else _named_behind(context, sentence, end))


def _named_behind(context: Context, sentence: Sentence, end: int) -> str | None:
    """Whom the words right behind a quotation in another language name: "“It is now €8” , s'étrangle le *Courier*"."""
    text = context.article.text
    for start, _, entity in context.places_in(end, min(sentence.end, end + BEHIND)):
        lead = text[end:start].strip(" *_")
        plain = lead[:1] == "," and not set(lead[1:]) & set(",.;:!?") and len(lead.split()) <= TITLED
        return entity.name if plain and entity.type != "LOC" else None
    return None


def _led(context: Context, first: int, start: int) -> str | None:
    """Who is named before a quotation: the subject of its own sentence's verb of speech, of the sentence that ends in a colon,
    or the person whom the sentence before it is about."""
    text = context.article.text
    sentence = _at(context, start)
    if sentence is None or not sentence.parsed:
        return None
    lead = text[sentence.start : start].strip(' -–—«"“\u00a0\u202f')
    if lead:
        speaks = any(said(sentence, i, "verbs", "announce") for i, w in enumerate(sentence.words) if w.start < start)
        return _subject(context, sentence, start) if speaks or lead.endswith(":") else None
    before = context.sentence_before(sentence)
    if before is None or before.start < first or not before.parsed:
        return None
    return _subject(context, before, before.end, people=True)


def _subject(context: Context, sentence: Sentence, end: int, *, people: bool = False) -> str | None:
    """The name of a sentence's main subject before `end`, where it can speak."""
    i = main_subject(sentence)
    if i is None or sentence.words[i].start >= end or not can_speak(context, sentence, i):
        return None
    name = speaker_at(context, sentence, i)
    person = any(e.name == name and e.type == "PER" for e in context.entities)
    return name if person or not people else None
