"""Qualifiers that tell facts of one metric apart: a change from a state, a forecast from a result, the severely injured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from pipeline import lexicon
from pipeline.claims.context import Context
from pipeline.claims.measures import Measure
from pipeline.claims.placed import next_in_row
from pipeline.claims.ways import tells
from pipeline.claims.windows import outvoted
from pipeline.records import Claim, Mention
from pipeline.syntax import Sentence, labels, words


@cache
def _qualifiers(language: str) -> dict[str, str]:
    """Word -> scope id."""
    table = lexicon.language(language, "syntax")["scope"]
    return {w.casefold(): name for name, words in table.items() for w in words}


def scope(context: Context, sentence: Sentence, mention: Mention, measure: Measure, told: Sequence[Claim] = ()) -> str | None:
    """Scope ids of a claim, sorted and joined by "+", or None; `told` are the claims before it in the article."""
    found = set()
    if measure.direction and measure.metric != "change":
        found.add("change")
    if measure.metric != "age":
        found |= {name for name in _told(context, sentence, mention, measure) if _fits(measure, mention, name)}
    if SOUGHT[0] in found and measure.record is not None and measure.record.against:
        found = (found - {SOUGHT[0]}) | {SOUGHT[1]}  # a penalty that is asked for is sought
    of_which = _of_which(context, sentence, mention) or _goes_on(context, sentence, mention, measure, told)
    if of_which or _besides(sentence, mention, measure, told):
        found.add("part")
    if _by_which(sentence, mention):
        found.add("difference")
    if _negated(sentence, mention, measure):
        found.add("negated")
    if _earlier(context, sentence, mention, measure):
        found.add("before")
    if outvoted(context, sentence, mention):
        found.add("opposed")  # "287 voix contre 281"
    return "+".join(sorted(found)) or None


def _told(context: Context, sentence: Sentence, mention: Mention, measure: Measure) -> Iterator[str]:
    """The scopes that the words around a value name, but for those of a part, which stand right before it.

    What stands at another value behind is that one's: "vingt blessés, dont trois grièvement".
    """
    qualifiers = _qualifiers(sentence.language)
    for i, narrow in _near(sentence, measure):
        word = sentence.words[i]
        if word.start >= mention.start and word.end <= mention.end:
            continue
        name = qualifiers.get(word.lemma) or qualifiers.get(word.norm)
        if name is None or name == PART or (name in NARROW and not narrow):
            continue
        others = (m for m in context.mentions_in(mention.end, word.start) if m.kind != "date")
        if name not in NARROW or next(others, None) is None:
            yield name


def _fits(measure: Measure, mention: Mention, name: str) -> bool:
    """Whether a scope can be said of a value: who claims so many members asks for none."""
    stock = measure.record is not None and measure.record.nature == "stock" and mention.kind == "count"
    return name != SOUGHT[0] or not stock


PART = "part"
SOUGHT = ("requested", "sought")  # what is asked for, and of penalties the same
NARROW = ("severe", "minor", "women", "children")  # scopes that only a word at the value itself gives
BRIDGE = 14  # characters between the two ends of a change ("de 8,13 Mds€ à 8,42 Mds€")


def _near(sentence: Sentence, measure: Measure) -> list[tuple[int, bool]]:
    """Words whose sense a value takes on, each with whether it stands at the value itself."""
    if not sentence.parsed:
        return [(i, True) for i in range(max(0, measure.root - 4), min(len(sentence.words), measure.root + 4))]
    relative = labels(sentence.language, "relative")
    own = [j for j in sentence.children[measure.root] if sentence.words[j].dep not in relative or tells(sentence, j)]
    out = [(i, True) for i in (measure.root, *own)]
    out += [
        (i, False) for i in (measure.at, *sentence.children[measure.at]) if i in own or i not in sentence.children[measure.root]
    ]
    above = list(sentence.ancestors(measure.root))
    for i in above:
        out.append((i, False))
        if sentence.words[i].pos in ("VERB", "AUX"):
            break
    if _undergoes(sentence, measure, above):
        out += [(i, True) for i in sentence.children[measure.at] if sentence.words[i].pos == "ADV"]
    before = _led_by(sentence, measure.root)
    return out if before is None else [*out, (before, False)]


def _undergoes(sentence: Sentence, measure: Measure, above: list[int]) -> bool:
    """Whether the verb that names the metric is said of the value itself: "huit personnes ont été grièvement blessées"."""
    return sentence.words[measure.at].pos == "VERB" and (
        measure.at in above[:1] or sentence.words[measure.at].head == measure.root
    )


def _led_by(sentence: Sentence, root: int) -> int | None:
    """The adjective that leads to a value by a preposition, whatever the tree hangs it on: "un geste passible de six mois"."""
    coordination = labels(sentence.language, "coordination")
    while sentence.words[root].dep in coordination and sentence.words[root].head < root:
        root = sentence.words[root].head
    i = min([root, *(j for j in sentence.children[root] if j < root)]) - 1
    return i if i >= 0 and sentence.words[i].pos == "ADJ" else None


def _of_which(context: Context, sentence: Sentence, mention: Mention) -> bool:
    """Whether a value is a part of the one before: "dont trois", "davon 12"."""
    part = {w for w, name in _qualifiers(sentence.language).items() if name == PART}
    before = [i for i, w in enumerate(sentence.words) if w.end <= mention.start][-3:]
    at = next((i for i in reversed(before) if sentence.words[i].norm in part), None)
    if at is None:
        return False
    between = sentence.words[at + 1 : before[-1] + 1]
    if any(w.pos in ("NOUN", "PROPN", "VERB", "PRON") for w in between):
        return False  # "la société dont Méta détient 49 %"
    return not (_of_clause(sentence, mention) and _alone(context, sentence, mention, at))


def _goes_on(context: Context, sentence: Sentence, mention: Mention, measure: Measure, told: Sequence[Claim]) -> bool:
    """Whether a value is the next of a row of parts: "dont 312 à Givry, 190 en Allemagne"."""
    last = told[-1] if told else None
    part = last is not None and PART in last.scopes and last.metric == measure.metric
    return last is not None and part and next_in_row(context, sentence, last, mention)


def _of_clause(sentence: Sentence, mention: Mention) -> bool:
    """Whether a verb of its own stands behind a value: "un livre dont 3 000 exemplaires sont partis"."""
    behind = (w for w in sentence.words if w.start >= mention.end)
    return any("VerbForm=Fin" in w.morph for w in takewhile(lambda w: w.norm not in BREAKS, behind))


BREAKS = (",", ";", ":", ")", ".")


def _alone(context: Context, sentence: Sentence, mention: Mention, at: int) -> bool:
    """Whether no value of its kind stands before word `at` that it can be a part of."""
    return all(m.kind != mention.kind for m in context.mentions_in(sentence.start, sentence.words[at].start))


def _besides(sentence: Sentence, mention: Mention, measure: Measure, told: Sequence[Claim]) -> bool:
    """Whether a value counts others than those that the sentence has counted: "dix blessés, et six autres légèrement"."""
    others = words(sentence.language, "compared", "others")
    if not {w.norm for w in sentence.words if mention.start <= w.start < mention.end} & others:
        return False
    return any(c.metric == measure.metric and c.sentence_start == sentence.start and c.kind == mention.kind for c in told)


def _negated(sentence: Sentence, mention: Mention, measure: Measure) -> bool:
    """Whether a value counts those of whom its metric is denied: "huit malades sur dix n'ont pas été vaccinés"."""
    word = sentence.words[measure.root]
    if mention.kind not in ("count", "percent") or word.dep not in labels(sentence.language, "subject") or word.head < 0:
        return False
    negation = words(sentence.language, "modality", "negation")
    return any(sentence.words[j].norm in negation and j > measure.root for j in sentence.children[word.head])


def _by_which(sentence: Sentence, mention: Mention) -> bool:
    """Whether a value says by how much one thing exceeds another: "plus rapide de quatre secondes"."""
    more, by, than = (words(sentence.language, "compared", key) for key in ("more", "by", "superlative"))
    i = sentence.indices(mention.start, mention.end)[0] - 1
    while i > 0 and sentence.words[i].pos == "ADV":
        i -= 1  # "plus long d'environ trois mètres"
    if mention.kind == "count" or i < 2 or sentence.words[i].norm not in by or sentence.words[i - 1].pos not in ("ADJ", "ADV"):
        return False
    compared = sentence.words[i - 2].norm in more and not (i > 2 and sentence.words[i - 3].norm in than)
    return compared or sentence.words[i - 1].lemma in words(sentence.language, "compared", "beyond")


def _earlier(context: Context, sentence: Sentence, mention: Mention, measure: Measure) -> bool:
    """Whether a value is the state that another one follows: "contre 3 % un an plus tôt", "de 8,4 % à 7,8 %"."""
    if outvoted(context, sentence, mention):
        return False
    against = words(sentence.language, "change", "against")
    if sentence.parsed and (sentence.case(measure.root) in against or _leading(sentence, mention) in against):
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
    whence, to = (words(sentence.language, "change", k) for k in ("from", "to"))
    return bool(between) and between[0] in to and bool(whence & set(before))


def _leading(sentence: Sentence, mention: Mention) -> str | None:
    """The word before the adverbs that lead to a value: "contre seulement 412"; None where there is none."""
    before = [w for w in sentence.words if w.end <= mention.start]
    adverbs = 0
    while before and before[-1].pos == "ADV":
        adverbs += 1
        before.pop()
    return before[-1].norm if before and adverbs else None


def _behind(sentence: Sentence, mention: Mention, key: str) -> bool:
    """Whether a phrase of [continuing] stands right before a value."""
    before = " ".join(w.norm for w in sentence.words if w.end <= mention.start)
    return any(f" {before}".endswith(f" {phrase}") for phrase in words(sentence.language, "continuing", key))
