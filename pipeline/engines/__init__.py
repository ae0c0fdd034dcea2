"""Engines: the same work over many articles, here or in other processes, with the same result.

An engine takes articles and `work` (articles in, one list of claims out for each, in order) and yields one `Outcome` an
article, in the order given. Articles travel in batches of BATCH that do not depend on the engine or the number of
workers, so that every engine hands each batch to `work` alike and the outcomes are equal to the last bit.
An article that fails, or that takes its process down, costs only itself; errors that no article is to blame for
(`RecoupeError`: a missing model, a broken lexicon) end the map.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from pipeline.engines.inline import inline
from pipeline.engines.outcome import BATCH, Outcome, Work
from pipeline.engines.pieces import SideBySide
from pipeline.engines.processes import processes
from pipeline.records import Article

Engine = Callable[[Sequence[Article], Work, int], Iterator[Outcome]]

ENGINES: dict[str, Engine] = {"inline": inline, "processes": processes}

_WORTH_PROCESSES = 12 * BATCH  # below, loading a model in each worker costs more than the workers save

__all__ = ["BATCH", "ENGINES", "Engine", "Outcome", "SideBySide", "Work", "cores", "engine_for", "map_articles"]


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def engine_for(articles: int, workers: int | None) -> tuple[str, int]:
    """Name of the engine in ENGINES and the number of workers for so many `articles`; None lets the machine decide."""
    if workers is None:
        workers = min(cores(), 8) if articles >= _WORTH_PROCESSES else 1
    workers = min(workers, -(-articles // BATCH))
    return ("processes", workers) if workers > 1 else ("inline", 1)


def map_articles(articles: Sequence[Article], work: Work, *, workers: int | None = None) -> Iterator[Outcome]:
    """One outcome for each of `articles`, in their order, from as many processes as `workers` says (None: as pays)."""
    name, count = engine_for(len(articles), workers)
    return islice(ENGINES[name](articles, work, count), len(articles))
