"""Values that say what they measure by another: in parentheses, behind "soit", coordinated, or set against it by another body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.claims.catalogue import metrics
from pipeline.claims.context import Context
from pipeline.claims.measures import Measure
from pipeline.records import Claim, Mention
from pipeline.syntax import Sentence, words

NEAR = 60  # characters between a value and the one that restates it


def _restates(context: Context, sentence: Sentence, before: Mention, mention: Mention) -> bool:
    between = context.article.text[before.end : mention.start]
    if len(between) > NEAR or ")" in between:
        return False
    if "(" in between:
        return len(between.rpartition("(")[2].split()) <= 4
    said = between.casefold().replace(",", " ").split()
    return bool(said) and said[0] in words(sentence.language, "restating", "words") and len(said) <= 4


def _turn(context: Context, sentence: Sentence, before: Mention, mention: Mention) -> int:
    """1 or -1 where a value is said to be by how much the one right before it has risen or fallen: "soit une hausse de 9 %"."""
    between = context.article.text[before.end : mention.start]
    if mention.kind not in ("percent", "points") and (mention.kind, mention.unit) != (before.kind, before.unit):
        return 0
    inside = [w for w in sentence.words if before.end <= w.start and w.end <= mention.start and w.norm not in (",", "(")]
    restating = words(sentence.language, "restating", "words")
    while inside and inside[0].norm not in restating and inside[0].pos in ("ADP", "NOUN", "DET"):
        del inside[0]  # "837 euros par mois, soit une hausse de"
    if len(between) > NEAR or not inside or inside[0].norm not in restating or ")" in between:
        return 0
    up, down = (words(sentence.language, "change", key) for key in ("up", "down"))
    by = words(sentence.language, "change", "by")
    found = [1 if w.lemma in up else -1 for w in inside if w.lemma in up | down]
    return found[0] if len(found) == 1 and inside[-1].norm in by else 0


def _compared(context: Context, sentence: Sentence, before: Mention, mention: Mention) -> int:
    """1 or -1 where a share behind a comma says how much more or less the value before is: "310 cas, 9 % de plus qu'en mai"."""
    if mention.kind not in ("percent", "points") or (before.kind in ("percent", "points")) != (mention.kind == "points"):
        return 0
    behind = [w.norm for w in sentence.words if w.start >= mention.end][:2]
    more, less = (words(sentence.language, "restating", key) for key in ("more", "less"))
    said = next((s for s in (" ".join(behind), *behind[:1]) if s in more | less), None)
    inside = [w.norm for w in sentence.words if before.end <= w.start and w.end <= mention.start]
    joined = {",", ":", "(", *words(sentence.language, "restating", "words")}
    if said is None or len(inside) > ASIDE or not joined & {*inside[-2:]} or {")", ";", "."} & {*inside}:
        return 0
    return 1 if said in more else -1


ASIDE = 12  # words between a value and how much more it is than another


def inherited(
    context: Context, sentence: Sentence, mention: Mention, measured: Sequence[tuple[Mention, Measure, Claim]]
) -> tuple[Measure, Claim | None] | None:
    """Measure and claim of the value just before, where this one restates it and the metric admits it.

    Without the claim where a clause lies between them: "Luc Morel a 46 % des voix, il devance sa rivale (44 %)".
    """
    if not measured:
        return None
    before, how, claim = measured[-1]
    turn = _turn(context, sentence, before, mention) or _compared(context, sentence, before, mention)
    if turn and how.record is not None and not how.direction and "before" not in claim.scopes:
        return replace(how, root=sentence.root_of(sentence.indices(mention.start, mention.end)), kind=None, direction=turn), claim
    if mention.kind == "duration" or (
        mention.kind != before.kind and (how.record is None or mention.kind not in how.record.kinds)
    ):
        return None
    if not _restates(context, sentence, before, mention):
        return None
    aside = any(w.pos in ("VERB", "AUX") for w in sentence.words if before.end <= w.start < mention.start)
    alike = mention.kind == before.kind and mention.unit in (before.unit, None)
    another = alike and (aside or _of_another(context, before, mention))
    return replace(how, cost=how.cost + 0.4, kind=None), None if another else claim


def _of_another(context: Context, before: Mention, mention: Mention) -> bool:
    """Whether a name stands right before the parentheses of a value: "X a mis 12 millions, devant Corbelys (8 millions)"."""
    opened = context.article.text.rfind("(", before.end, mention.start)
    return opened >= 0 and any(
        start >= before.end and opened - end <= 1 for start, end, _ in context.places_in(before.end, opened)
    )


def coordinated(
    context: Context, sentence: Sentence, mention: Mention, how: Measure, measured: Sequence[tuple[Mention, Measure, Claim]]
) -> tuple[Measure, Claim] | None:
    """Measure and claim of the value that this one is coordinated with ("200 salariés et quelque 500 indépendants").

    Only where nothing but its own noun says what this one measures.
    """
    if how.record is not None or not measured or mention.kind != "count":
        return None
    before, link, claim = measured[-1]
    said = context.article.text[before.end : mention.start].casefold().replace(",", " , ").split()
    joins = {",", *words(sentence.language, "reference", "and")}
    if before.kind != "count" or link.record is None or not said or said[0] not in joins or len(said) > 4:
        return None
    if mention.unit is not None and not link.record.counts(mention.unit):
        return None
    return replace(link, root=how.root, cost=link.cost + 0.5, kind=None), claim


ECHO = 300  # characters back to the value that another body's bare figure answers


def echoed(sentence: Sentence, mention: Mention, how: Measure, earlier: Sequence[Claim]) -> tuple[Measure, Claim] | None:
    """Measure and claim that a bare figure answers: "32 % de grévistes, selon la direction. Le syndicat en dénombre 58 %"."""
    bare = mention.kind == "percent" or (mention.kind == "count" and mention.unit is None)
    if how.record is not None or not sentence.parsed or not bare:
        return None
    speech = words(sentence.language, "speech", "verbs") | words(sentence.language, "speech", "announce")
    if not any(sentence.words[i].lemma in speech for i in list(sentence.ancestors(how.root))[:1]):
        return None
    near = (c for c in reversed(earlier) if c.kind == mention.kind and mention.start - c.end < ECHO and c.metric in metrics())
    claim = next(near, None)
    if claim is None:
        return None
    return replace(how, metric=claim.metric, record=metrics()[claim.metric], cost=2.0), claim
