"""The engine of a large comparison: pieces of it in local processes, a few at a time, their results in order."""

from __future__ import annotations

import atexit
import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import chain, islice
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

from pipeline.engines.processes import inherited

P = TypeVar("P")
R = TypeVar("R")


class SideBySide:
    """Maps functions over pieces in `workers` processes, that stay for the next map; use it in a `with` statement.

    Functions and pieces must be fit to be sent to another process. No process is started for fewer than two pieces, but where
    there is something to make `ready`: then it is sure that they will be needed, and they start at once, each with that. In a
    process nothing looks for cycles: pieces and results are large, and what is made of them must have none.
    """

    def __init__(self, workers: int, ready: Callable[[], object] | None = None) -> None:
        self.workers = workers
        self._ready = ready
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        if self._ready is not None and self.workers > 1:
            for _ in range(self.workers):
                self._submit(os.getpid)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def __call__(self, work: Callable[[P], R], pieces: Iterable[P], /) -> Iterator[R]:
        """`work` of each piece, in their order; what it raises is raised here.

        No more pieces than twice the workers are made ahead of those that are done; one that takes long keeps no other waiting.
        """
        left = iter(pieces)
        first = list(islice(left, 2))
        left = chain(first, left)
        if self.workers < 2 or len(first) < 2:
            yield from map(work, left)
            return
        waiting = deque[Future[R]]()
        while True:
            running = [each for each in waiting if not each.done()]
            running += (more := [self._submit(work, piece) for piece in islice(left, 2 * self.workers - len(running))])
            waiting.extend(more)
            if not waiting:
                return
            if waiting[0].done():
                yield waiting.popleft().result()
            else:
                wait(running, return_when=FIRST_COMPLETED)  # of all that ran above: one may be done by now

    def _submit(self, work: Callable[..., R], *pieces: object) -> Future[R]:
        if self._pool is None:
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(self.workers, mp_context=context, initializer=_begin, initargs=(self._ready,))
        with inherited():  # a process is started when there is work for it
            return self._pool.submit(work, *pieces)


def _begin(ready: Callable[[], object] | None) -> None:
    """How a process begins, and that it ends without giving back its memory object by object, which takes a second or more."""
    gc.disable()
    atexit.register(os._exit, 0)
    if ready is not None:
        ready()
