"""Qualifiers that tell facts of one metric apart: a change from a state, a forecast from a result, the severely injured."""

from __future__ import annotations

from functools import cache

from pipeline import lexicon
from pipeline.claims.context import Context
from pipeline.claims.measures import Measure
from pipeline.claims.windows import outvoted
from pipeline.records import Mention
from pipeline.syntax import Sentence, words


@cache
def _qualifiers(language: str) -> dict[str, str]:
    """Word -> scope id."""
    table = lexicon.language(language, "syntax")["scope"]
    return {w.casefold(): name for name, words in table.items() for w in words}


def scope(context: Context, sentence: Sentence, mention: Mention, measure: Measure) -> str | None:
    """Scope ids of a claim, sorted and joined by "+", or None."""
    found = set()
    if measure.direction and measure.metric != "change":
        found.add("change")
    qualifiers = _qualifiers(sentence.language)
    for i, narrow in _near(sentence, measure):
        word = sentence.words[i]
        if word.start >= mention.start and word.end <= mention.end:
            continue
        name = qualifiers.get(word.lemma) or qualifiers.get(word.norm)
        if name and (narrow or name not in NARROW):
            found.add(name)
    if _of_which(sentence, mention):
        found.add("part")
    if _earlier(context, sentence, mention, measure):
        found.add("before")
    if outvoted(context, sentence, mention):
        found.add("opposed")  # "287 voix contre 281"
    return "+".join(sorted(found)) or None


NARROW = ("severe", "minor", "women", "children")  # scopes that only a word at the value itself gives
BRIDGE = 14  # characters between the two ends of a change ("de 8,13 Mds€ à 8,42 Mds€")


def _near(sentence: Sentence, measure: Measure) -> list[tuple[int, bool]]:
    """Words whose sense a value takes on, each with whether it stands at the value itself."""
    if not sentence.parsed:
        return [(i, True) for i in range(max(0, measure.root - 4), min(len(sentence.words), measure.root + 4))]
    out = [(i, True) for i in (measure.root, *sentence.children[measure.root])]
    out += [(i, False) for i in (measure.at, *sentence.children[measure.at])]
    for i in sentence.ancestors(measure.root):
        out.append((i, False))
        if sentence.words[i].pos in ("VERB", "AUX"):
            break
    return out


def _of_which(sentence: Sentence, mention: Mention) -> bool:
    """Whether a value is a part of the one before: "dont trois", "davon 12"."""
    part = {w for w, name in _qualifiers(sentence.language).items() if name == "part"}
    before = [w.norm for w in sentence.words if w.end <= mention.start][-3:]
    return bool(part & set(before))


def _earlier(context: Context, sentence: Sentence, mention: Mention, measure: Measure) -> bool:
    """Whether a value is the state that another one follows: "contre 3 % un an plus tôt", "de 8,4 % à 7,8 %"."""
    if outvoted(context, sentence, mention):
        return False
    if sentence.parsed and sentence.case(measure.root) in words(sentence.language, "change", "against"):
        return True
    if _behind(sentence, mention, "states") and any(
        m.kind == mention.kind != "duration" for m in context.mentions_in(sentence.start, mention.start)
    ):
        return True  # "46 %, après 44 % une semaine plus tôt"
    after = next((m for m in context.mentions_in(mention.end, sentence.end) if m.kind == mention.kind), None)
    if after is None or after.start - mention.end > BRIDGE:
        return False
    between = context.article.text[mention.end : after.start].casefold().split()
    before = [w.norm for w in sentence.words if w.end <= mention.start][-1:]
    by, to = (words(sentence.language, "change", k) for k in ("by", "to"))
    return bool(between) and between[0] in to and bool(by & set(before))


def _behind(sentence: Sentence, mention: Mention, key: str) -> bool:
    """Whether a phrase of [continuing] stands right before a value."""
    before = " ".join(w.norm for w in sentence.words if w.end <= mention.start)
    return any(f" {before}".endswith(f" {phrase}") for phrase in words(sentence.language, "continuing", key))
