"""The engine that works in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.engines.outcome import Outcome, Work, batches, settle
from pipeline.records import Article


def inline(articles: Sequence[Article], work: Work, workers: int = 1) -> Iterator[Outcome]:
    """One outcome for each of `articles`, in their order; `workers` is no matter here."""
    for _, batch in batches(articles):
        yield from settle(work, batch)
