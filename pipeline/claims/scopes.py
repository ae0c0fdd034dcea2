"""Qualifiers that tell facts of one metric apart: a change from a state, a forecast from a result, the severely injured."""

from __future__ import annotations

from functools import cache

from pipeline import lexicon
from pipeline.claims.measures import Measure
from pipeline.records import Mention
from pipeline.syntax import Sentence


@cache
def _qualifiers(language: str) -> dict[str, str]:
    """Word -> scope id."""
    table = lexicon.language(language, "syntax")["scope"]
    return {w.casefold(): name for name, words in table.items() for w in words}


@cache
def _against(language: str) -> frozenset[str]:
    return frozenset(lexicon.language(language, "syntax")["change"]["against"])


def scope(sentence: Sentence, mention: Mention, measure: Measure) -> str | None:
    """Scope ids of a claim, sorted and joined by "+", or None."""
    found = set()
    if measure.direction and measure.metric != "change":
        found.add("change")
    qualifiers = _qualifiers(sentence.language)
    near = _near(sentence, measure) if sentence.parsed else range(max(0, measure.root - 4), min(len(sentence.words), measure.root + 4))
    for i in near:
        word = sentence.words[i]
        if word.start >= mention.start and word.end <= mention.end:
            continue
        name = qualifiers.get(word.lemma) or qualifiers.get(word.norm)
        if name:
            found.add(name)
    if sentence.parsed and sentence.case(measure.root) in _against(sentence.language):
        found.add("before")
    return "+".join(sorted(found)) or None


def _near(sentence: Sentence, measure: Measure) -> list[int]:
    """The value's own dependents, its cue with dependents, and the heads between them."""
    out = [measure.root, *sentence.children[measure.root], measure.at, *sentence.children[measure.at]]
    for i in sentence.ancestors(measure.root):
        out.append(i)
        if sentence.words[i].pos in ("VERB", "AUX"):
            break
    return out
