"""The engine of local worker processes: each loads its model once and answers batch after batch.

The parent gives every worker one batch at a time and so knows what a worker that dies was working on: that batch goes to
another worker article by article, and only the article that kills twice is lost.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import ModuleType

from pipeline.engines.outcome import Outcome, Work, batches, settle
from pipeline.errors import RecoupeError
from pipeline.records import Article

_Job = tuple[int, Sequence[Article]]  # place of the first article, the articles

# More BLAS threads than one slow the small matrices of a tagger down, and let results vary in the last bit.
_THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def _serve(connection: Connection, work: Work) -> None:
    """A worker's life: say that it stands, then answer batches until the parent hangs up."""
    connection.send("ready")
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            articles = connection.recv()
            try:
                answer: list[Outcome] | RecoupeError = settle(work, articles)
            except RecoupeError as error:
                answer = error
            connection.send(answer)


@contextlib.contextmanager
def inherited() -> Iterator[None]:
    """What a process that starts in this block inherits: one BLAS thread, Ctrl-C left to the parent, and no main module.

    A worker needs nothing of the script that is run; not to run it again spares its author the guard against that.
    """
    before = {name: os.environ.get(name) for name in _THREADS}
    main = threading.current_thread() is threading.main_thread()
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN) if main else None
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    os.environ.update(_THREADS)
    try:
        yield
    finally:
        sys.modules["__main__"] = script
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)
        if main:
            signal.signal(signal.SIGINT, handler)


class _Worker:
    """One process, the pipe to it and the job that it has in hand."""

    def __init__(self, work: Work) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_serve, args=(theirs, work), daemon=True)
        with inherited():
            self.process.start()
        theirs.close()
        self.ready = False
        self.job: _Job | None = None

    def give(self, job: _Job) -> None:
        self.job = job
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it died idle: the answer will tell
            self.pipe.send(job[1])

    def answer(self) -> list[Outcome] | None:
        """Outcomes of the job in hand, none for the worker's first word; None from a worker that died."""
        try:
            said = self.pipe.recv()
        except (EOFError, ConnectionResetError):
            return None
        if isinstance(said, RecoupeError):
            raise said
        if not self.ready:
            self.ready = True
            return []
        self.job = None
        return list(said)

    def end(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join()

    def death(self) -> str:
        """How the process ended, in words."""
        self.process.join()
        code = self.process.exitcode or 0
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


class _Crew:
    """The workers and the jobs still to be given; a job that outlives its worker is split."""

    def __init__(self, work: Work, jobs: deque[_Job], workers: int) -> None:
        self.work, self.jobs = work, jobs
        self.workers = [_Worker(work) for _ in range(workers)]

    def news(self) -> Iterator[tuple[int, list[Outcome]]]:
        """Wait for at least one worker; the outcomes that came, with the place of the first."""
        by_pipe = {worker.pipe: worker for worker in self.workers}
        for pipe in wait(list(by_pipe)):
            worker = by_pipe[pipe]  # type: ignore[index]
            job = worker.job
            outcomes = worker.answer()
            if outcomes is None:
                yield from self._bury(worker)
                continue
            if job is not None and outcomes:
                yield job[0], outcomes
            if self.jobs:
                worker.give(self.jobs.popleft())

    def _bury(self, worker: _Worker) -> Iterator[tuple[int, list[Outcome]]]:
        death = worker.death()
        if not worker.ready:
            raise RecoupeError(f"a worker process could not start ({death}); try again with --workers 1")
        self.workers.remove(worker)
        worker.end()
        start, articles = worker.job or (0, [])
        if len(articles) == 1:
            yield start, [Outcome(articles[0], [], f"its worker process died ({death})")]
        else:
            self.jobs.extendleft(reversed([(start + i, [article]) for i, article in enumerate(articles)]))
        self.workers.append(_Worker(self.work))

    def dismiss(self) -> None:
        for worker in self.workers:
            worker.end()


def processes(articles: Sequence[Article], work: Work, workers: int) -> Iterator[Outcome]:
    """One outcome for each of `articles`, in their order, from `workers` processes.

    `work` must be importable in another process: a function of a module. Raises RecoupeError where no worker can start.
    """
    crew = _Crew(work, deque(batches(articles)), workers)
    arrived: dict[int, list[Outcome]] = {}
    place = 0
    try:
        while place < len(articles):
            arrived |= dict(crew.news())
            while outcomes := arrived.pop(place, None):
                yield from outcomes
                place += len(outcomes)
    finally:
        crew.dismiss()
