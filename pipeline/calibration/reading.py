"""An annotated set as the pipeline reads it: what is trained is trained on its readings, with their mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from pipeline.calibration.dates import Spoken, spoken
from pipeline.calibration.subjects import Ballot, ballots
from pipeline.calibration.times import Timing, timings
from pipeline.claims.confidence import Traits
from pipeline.records import Article
from pipeline.score import Annotated, Row


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of an annotated set: the claims, what each went by, the candidates for each subject and time."""

    each: Annotated
    rows: list[Row]
    traits: dict[str, Traits]
    dates: list[Spoken]
    times: list[Timing]

    @property
    def ballots(self) -> list[Ballot]:
        """The values whose subject was chosen, with the annotated choice."""
        return ballots(self.each, self.rows, self.traits)


def reading(each: Annotated) -> Reading:
    """An annotated set, read under the present weights."""
    rows, traits, dated, moments = [], {}, {}, {}
    for claims, context in _read(each):
        rows += [asdict(claim) for claim in claims]
        traits.update(context.traits)
        moments.update(context.moments)
        dated[context.article.id] = context.dated
    return Reading(each, rows, traits, spoken(each, dated), timings(each, rows, moments))


def _read(each: Annotated) -> Iterator[Any]:
    from pipeline.claims import passing, read
    from pipeline.claims.gate import open_article
    from pipeline.pipes import parse

    opened = [open_article(_article(row)) for row in each.articles]
    for before, parsed in zip(opened, parse(passing(o) for o in opened), strict=True):
        yield read(before, parsed)


def _article(row: dict[str, Any]) -> Article:
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    return Article(id=row["id"], source=row["source"], title=row.get("title"), published=published, text=row["text"])
