"""Counts that are no claims: what only takes up those told before, how often something is done, how many times more."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.claims.context import Context
from pipeline.claims.measures import Measure
from pipeline.claims.windows import begins, ends, folded, lead_of, phrases
from pipeline.records import Mention
from pipeline.syntax import Sentence, words

FEW = 12  # of so many one still says "les deux hommes"; "les 175 000 électeurs" are a figure
TURN = 32  # characters around a count in which a turn of phrase stands
SIGNS = frozenset("+-−–")
BEHIND = 24  # characters behind a count in which its "plus que" begins


def adverbial(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a count is an adverb: "à deux reprises", or a mere multiple, "trois fois plus cher"."""
    if mention.kind != "count" or mention.unit is None:
        return False
    at = next((i for i, w in enumerate(sentence.words) if w.start >= mention.start), 0)
    led = at > 0 and sentence.words[at - 1].norm in phrases(sentence.language, "times", "before")
    if led and mention.unit in phrases(sentence.language, "times", "nouns"):
        return True
    tail = folded(context.article.text[mention.end : min(sentence.end, mention.end + BEHIND)]).lstrip()
    multiple = mention.unit in phrases(sentence.language, "times", "multiples")
    return multiple and begins(tail, phrases(sentence.language, "times", "than")) is not None


def proverbial(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a count stands in a turn of phrase that counts nothing: "j'ai deux mots à vous dire", "les quatre coins"."""
    if mention.kind != "count":
        return False
    turns = phrases(sentence.language, "turns", "counting_nothing")
    first = max(sentence.start, mention.start - TURN)
    near = folded(context.article.text[first : min(sentence.end, mention.end + TURN)])
    at = mention.start - first
    return any(at - len(turn) < i <= at for turn in turns for i in _places(near, turn))


def _places(text: str, turn: str) -> Iterator[int]:
    """Where a turn of phrase stands in a text as whole words."""
    i = text.find(turn)
    while i >= 0:
        end = i + len(turn)
        if not (text[i - 1 : i].isalnum() or (turn[-1].isalnum() and text[end : end + 1].isalnum())):
            yield i
        i = text.find(turn, i + 1)


def climbed(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a signed figure in brackets only says by how many ranks somebody has risen: "10e place (-2)"."""
    text = context.article.text
    bare = mention.kind == "count" and mention.unit is None and mention.quote[:1] in SIGNS
    if not bare or text[mention.start - 1 : mention.start] != "(" or text[mention.end : mention.end + 1] != ")":
        return False
    lead = lead_of(context, sentence, mention.start - 1).split()
    while lead and lead[-1] in phrases(sentence.language, "ranks", "nouns"):
        lead.pop()
    ends_so = phrases(sentence.language, "ranks", "endings")
    return bool(lead) and lead[-1][:1].isdigit() and lead[-1].lstrip("0123456789") in ends_so


def taken_up(sentence: Sentence, mention: Mention, how: Measure) -> bool:
    """Whether a small count with a definite article only points back to those told before: "les deux hommes".

    Where the catalogue knows what is counted ("les deux victimes", "les trois blessés") it says a toll all the same, and so
    does what is said to have become of them ("les deux hommes ont été arrêtés"); not what is said of a thing of theirs ("les
    voix de ces deux hommes").
    """
    if mention.kind != "count" or mention.unit is None or mention.value is None or mention.value > FEW:
        return False
    inside = sentence.indices(mention.start, mention.end)
    before = sentence.words[inside[0] - 1].norm if inside[0] else ""
    if how.record is None and before in words(sentence.language, "reference", "between"):
        return True  # "l'écart entre deux promotions"
    if before not in words(sentence.language, "reference", "definite"):
        return False
    if how.record is None:
        return True
    own = mention.unit.casefold() in how.record.counted or how.at == how.root
    if own or not sentence.parsed:
        return False
    if sentence.words[how.at].pos == "NOUN":
        return how.at < inside[0]
    pointing = before in words(sentence.language, "reference", "demonstrative")
    return pointing and how.at not in (sentence.words[how.root].head, *sentence.children[how.root])


def marked(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a number is a mark out of so many: "une moyenne de 17,28 sur 20", "la note de 12 sur 20"."""
    if mention.kind not in ("count", "percent") or mention.unit not in (None, "%"):
        return False
    text, on = context.article.text, phrases(sentence.language, "marks", "of")
    near = folded(text[mention.start : min(sentence.end, mention.end + BEHIND)])
    lead = lead_of(context, sentence, mention.start)
    whole = ends(lead, on) is not None
    if mention.kind == "count" and not whole and begins(near[mention.end - mention.start :].lstrip(), on) is None:
        return False
    out_of = [w.strip('.,;:!?)»"') for w in near.replace("/", " ").split()]
    scaled = any(full in out_of for full in phrases(sentence.language, "marks", "full"))
    named = any(f" {w} " in f" {lead} ".replace("'", " ") for w in phrases(sentence.language, "marks", "words"))
    part = context.mentions_in(sentence.start, mention.start)[-1:] if whole else [mention]
    broken = any(m.kind == "count" and m.unit is None and m.value is not None and m.value % 1 for m in part)
    return scaled and (named or broken)
