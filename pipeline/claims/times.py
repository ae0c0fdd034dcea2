"""When a claim holds: the date of its clause, else of its sentence; never the publication date by default."""

from __future__ import annotations

from functools import cache

from pipeline import lexicon
from pipeline.claims.context import Context
from pipeline.claims.measures import ways
from pipeline.records import Mention
from pipeline.syntax import Sentence

FAR = 9.0


@cache
def _speech(language: str) -> frozenset[str]:
    return frozenset(w.casefold() for w in lexicon.language(language, "syntax")["speech"]["verbs"])


def governor(sentence: Sentence, date: Mention) -> int | None:
    """Index of the word that a date depends on, None for a root or where nothing was parsed."""
    if not sentence.parsed:
        return None
    root = sentence.root_of(sentence.indices(date.start, date.end))
    head = sentence.words[root].head
    return None if head == root else head


def of_speech(sentence: Sentence, date: Mention) -> bool:
    """Whether a date only says when something was said ("a déclaré mardi")."""
    head = governor(sentence, date)
    if head is None:
        return False
    word = sentence.words[head]
    return word.lemma in _speech(sentence.language) and word.pos in ("VERB", "AUX", "ADJ")


def _holds(sentence: Sentence, date: Mention, mention: Mention) -> bool:
    """Whether a date can be that of a value: it hangs on the value, on a word above it, or on nothing that parses."""
    head = governor(sentence, date)
    if head is None:
        return True
    root = sentence.root_of(sentence.indices(mention.start, mention.end))
    return head == root or head in sentence.ancestors(root) or root in sentence.ancestors(head)


def time(context: Context, sentence: Sentence, mention: Mention) -> Mention | None:
    """The date that a quantity of the sentence holds at."""
    dates = [
        m
        for m in context.mentions_in(sentence.start, sentence.end)
        if m.kind == "date" and m.time is not None and not of_speech(sentence, m) and _holds(sentence, m, mention)
    ]
    if len(dates) <= 1:
        return dates[0] if dates else None
    root = sentence.root_of(sentence.indices(mention.start, mention.end))
    costs = ways(sentence, root, FAR)

    def cost(date: Mention) -> tuple[float, int, int]:
        indices = sentence.indices(date.start, date.end)
        best = min((costs[i] for i in indices if i in costs), default=FAR + 1)
        gap = mention.start - date.end if date.end <= mention.start else date.start - mention.end + 20
        return best + 0.02 * gap, gap, date.start

    return min(dates, key=cost)
