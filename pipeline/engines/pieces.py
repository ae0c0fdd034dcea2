"""The engine of a large comparison: pieces of it in local processes, a few at a time, their results in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from pipeline.engines.processes import inherited

P = TypeVar("P")
R = TypeVar("R")


def side_by_side(work: Callable[[P], R], pieces: Iterable[P], workers: int) -> Iterator[R]:
    """`work` of each piece, in their order, from `workers` processes; what it raises is raised here.

    `work` and pieces must be fit to be sent to another process. No more pieces than twice the workers are made ahead.
    """
    left = iter(pieces)
    first = list(islice(left, 2))
    if workers < 2 or len(first) < 2:
        yield from map(work, [*first, *left])
        return
    with inherited(), ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[R]] = deque(pool.submit(work, piece) for piece in [*first, *islice(left, 2 * workers - 2)])
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(pool.submit(work, piece) for piece in islice(left, 1))
            yield done
