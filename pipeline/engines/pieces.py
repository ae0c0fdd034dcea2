"""The engine of a large comparison: pieces of it in local processes, a few at a time, their results in order."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

from pipeline.engines.processes import inherited

P = TypeVar("P")
R = TypeVar("R")


class SideBySide:
    """Maps functions over pieces in `workers` processes, that stay for the next map; use it in a `with` statement.

    Functions and pieces must be fit to be sent to another process. No process is started for fewer than two pieces. In a
    process nothing looks for cycles: pieces and results are large, and what is made of them must have none.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def __call__(self, work: Callable[[P], R], pieces: Iterable[P], /) -> Iterator[R]:
        """`work` of each piece, in their order; what it raises is raised here.

        No more pieces than twice the workers are made ahead.
        """
        left = iter(pieces)
        first = list(islice(left, 2))
        if self.workers < 2 or len(first) < 2:
            yield from map(work, [*first, *left])
            return
        waiting = deque(self._submit(work, piece) for piece in [*first, *islice(left, 2 * self.workers - 2)])
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(self._submit(work, piece) for piece in islice(left, 1))
            yield done

    def _submit(self, work: Callable[[P], R], piece: P) -> Future[R]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"), initializer=gc.disable)
        with inherited():  # a process is started when there is work for it
            return self._pool.submit(work, piece)
