"""Over which time a flow comes again, where its clause says so apart from the value: "2 millions de touristes chaque année".

What stands right behind a value ("2 000 euros par mois") the grammar reads (`pipeline.grammar.rates`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from pipeline import lexicon
from pipeline.claims.context import Context
from pipeline.claims.windows import folded
from pipeline.records import Mention
from pipeline.syntax import Sentence, words

KINDS = ("money", "count", "measure")
APART = 6  # words between a value and the phrase of its clause
BARS = frozenset(',;:()«»"“”„–—')  # marks that end a clause or set something apart


def recurring(context: Context, sentence: Sentence, mention: Mention, last: Mention | None = None) -> Mention:
    """The mention with the denominator that its clause tells, itself where it has one or its clause tells none.

    `last` is the value before it in the sentence.
    """
    if mention.kind not in KINDS or mention.quantity is None or mention.per is not None:
        return mention
    per = _compared(sentence, mention, last) or _behind(context, sentence, mention) or _ahead(context, sentence, mention)
    return mention if per is None else replace(mention, quantity=replace(mention.quantity, per=per))


@cache
def _phrases(language: str) -> dict[str, str]:
    """Phrase -> what it says a flow is by."""
    table = lexicon.language(language, "syntax").get("recurring", {})
    return {phrase: per for per, phrases in table.items() if per != NOT for phrase in phrases}


NOT = "not"  # the key of the words behind which a phrase tells when: "a year earlier"


def _compared(sentence: Sentence, mention: Mention, last: Mention | None) -> str | None:
    """That of the value it is set against: "4 euros le kilo, contre 3,65 euros un an plus tôt"."""
    if last is None or last.per is None or (last.kind, last.unit) != (mention.kind, mention.unit):
        return None
    before = [w.norm for w in sentence.words if last.end <= w.start and w.end <= mention.start]
    return last.per if before and before[-1] in words(sentence.language, "change", "against") else None


def _behind(context: Context, sentence: Sentence, mention: Mention) -> str | None:
    """That of a phrase behind the value, with nothing counted nor a mark between."""
    tail = f" {folded(context.article.text[mention.end : sentence.end])} ".replace(".", " ")
    return _nearest(context, sentence, mention, tail)


def _nearest(context: Context, sentence: Sentence, mention: Mention, tail: str) -> str | None:
    found = [(at, per, phrase) for phrase, per in _phrases(sentence.language).items() if (at := tail.find(f" {phrase} ")) >= 0]
    if not found:
        return None
    at, per, phrase = min(found, key=lambda f: (f[0], -len(f[2])))
    between, end = tail[:at], mention.end + at
    behind = tail[at + len(phrase) + 1 :].split()[:1]
    when = set(behind) & set(lexicon.language(sentence.language, "syntax").get("recurring", {}).get(NOT, ()))
    clear = not (when or set(between) & BARS) and len(between.split()) <= APART
    return per if clear and not context.mentions_in(mention.end, end) else None


def _ahead(context: Context, sentence: Sentence, mention: Mention) -> str | None:
    """That of a phrase right before the value in its clause, or one that opens the sentence: "chaque jour, 60 000 personnes"."""
    lead = f" {folded(context.article.text[sentence.start : mention.start])} "
    for phrase, per in _phrases(sentence.language).items():
        at = lead.rfind(f" {phrase} ")
        opening = lead.lstrip(" -•*").startswith(f"{phrase},") or lead.lstrip(" -•*").startswith(f"{phrase} ")
        if at < 0 and not opening:
            continue
        if context.mentions_in(sentence.start + max(at, 0), mention.start):
            continue
        between = lead[at + len(phrase) + 1 :] if at >= 0 else ""
        near = at >= 0 and not (set(between) & BARS) and len(between.split()) <= APART
        if near or opening:
            return per
    return None
