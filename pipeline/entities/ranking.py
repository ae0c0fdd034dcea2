"""What an article is about: its entities, the foremost first."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.entities.spelling import occurrences, plain
from pipeline.records import Entity

LEAD = 600  # characters in which a name counts more


def topics(text: str, entities: Sequence[Entity], title: str | None = None) -> list[Entity]:
    """The entities that an article is about, most first: named in the title, in the lead, often."""
    head = plain(title if title else text.lstrip().split("\n", 1)[0])
    lead = min(len(text), LEAD)

    def weight(entity: Entity) -> tuple[float, int]:
        found = [_place(n, head) for n in (entity.name, *entity.aliases)]
        at = min((f for f in found if f >= 0), default=-1)
        titled = 0.0 if at < 0 else 4.0 + 2.0 / (1 + at / 8)
        score = titled + min(len(entity.spans), 8) + 0.5 * sum(s < lead for s, _ in entity.spans)
        return score, -(entity.spans[0][0] if entity.spans else 0)

    return sorted(entities, key=weight, reverse=True)


def _place(name: str, head: str) -> int:
    return next(occurrences(head, plain(name)), -1)
