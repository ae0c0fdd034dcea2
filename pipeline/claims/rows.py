"""A measured mention to a row of `claims`."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.claims.bearing import Value
from pipeline.claims.candidates import Candidate, candidates
from pipeline.claims.confidence import Traits, confidence
from pipeline.claims.context import Context
from pipeline.claims.measures import Measure
from pipeline.claims.modality import modality
from pipeline.claims.ranking import chosen
from pipeline.claims.reference import Referent
from pipeline.claims.roles import counterparty
from pipeline.claims.scopes import scope
from pipeline.claims.times import time
from pipeline.claims.voice import attribution
from pipeline.records import Claim, Mention, fingerprint, scopes_of
from pipeline.syntax import Sentence

SAME = 0.8  # chance that a value said again in other terms is of the same subject


def _sign(mention: Mention, measure: Measure) -> int:
    return -1 if measure.direction < 0 and (mention.value or 0) > 0 else 1


def row(
    context: Context,
    sentence: Sentence,
    mention: Mention,
    *,
    metric: str,
    who: Referent,
    other: str | None,
    when: Mention | None,
    speaker: str | None,
    voice: str,
    traits: Traits,
    sign: int = 1,
    qualifiers: str | None = None,
    kind: str | None = None,
) -> Claim:
    """The claim that a mention makes; offsets, quote and sentence as they stand in the article."""
    article = context.article

    def signed(number: float | None) -> float | None:
        return None if number is None else sign * number

    lower, upper = (mention.lower, mention.upper) if sign > 0 else (signed(mention.upper), signed(mention.lower))
    identity = fingerprint(article.id, article.text, mention.start, mention.end, metric, who.name)
    context.traits[identity] = traits
    return Claim(
        claim_id=identity,
        article_id=article.id,
        source=article.source,
        url=article.url,
        title=article.title,
        published=article.published,
        language=sentence.language,
        sentence=article.text[sentence.start : sentence.end],
        sentence_start=sentence.start,
        sentence_end=sentence.end,
        quote=mention.quote,
        start=mention.start,
        end=mention.end,
        subject=who.name,
        subject_type=who.type,
        counterparty=other,
        metric=metric,
        kind=kind or mention.kind,
        value=signed(mention.value),
        lower=lower,
        upper=upper,
        quantum=mention.quantum,
        unit=mention.unit,
        per=mention.per,
        approximation=mention.approximation,
        time=when.time if when else None,
        time_start=when.time_start if when else None,
        time_end=when.time_end if when else None,
        attribution=speaker,
        modality=voice,
        confidence=confidence(traits),
        scope=qualifiers,
    )


def settled(how: Measure, who: Referent) -> bool:
    """Whether the subject is of the type that the metric asks for: an age is somebody's, and nobody is launched or opened."""
    if how.record is None or how.record.of is None or who.type == how.record.of:
        return True
    return how.metric != "age" and {who.type, how.record.of} != {"PER", "ORG"}


def quantity_claim(
    context: Context, sentence: Sentence, mention: Mention, how: Measure, told: Sequence[Claim], restated: Claim | None = None
) -> Claim:
    """The claim of a quantity; `told` are the claims before it, `restated` the one that it says again in other terms."""
    found: list[Candidate] = []
    if restated is not None:
        who, sure = Referent(restated.subject, restated.subject_type, "name"), SAME
    else:
        found = candidates(Value(context, sentence, mention, how, told))
        best, sure = chosen(found)
        who = found[best].referent
    other = counterparty(context, sentence, mention, how, who)
    speaker = attribution(context, sentence, mention, how, who.name)
    qualifiers = scope(context, sentence, mention, how, told)
    return row(
        context,
        sentence,
        mention,
        metric=how.metric,
        who=who,
        other=other.name if other else None,
        when=time(context, sentence, mention, how),
        speaker=speaker,
        voice=modality(context, sentence, mention, how, speaker, base="before" in scopes_of(qualifiers)),
        traits=Traits(
            who.how,
            sure,
            how.cost,
            how.record is not None,
            sentence.parsed,
            mention.kind,
            settled(how, who),
            candidates=tuple(found),
        ),
        sign=_sign(mention, how),
        kind=how.kind,
        qualifiers=qualifiers,
    )
