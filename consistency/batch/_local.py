"""Workers on this machine, each a process of its own: one that dies is missed, replaced, and its story found out.

A pool of the standard library gives up all its workers when one dies; this one hands out a shard at a time, hears
which stories are in work, and tries those apart that were in work when a process ended.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, TypeAlias

import msgspec

from consistency.backends import cores
from consistency.batch import _worker
from consistency.batch._engine import Tally, Told
from consistency.batch._job import Blame, Job, Progress
from consistency.batch._messages import Began, Broken, Done, Model, Order, Said, Went
from consistency.config import Config
from consistency.errors import ConsistencyError, ModelError

Main: TypeAlias = Callable[["Connection[Any, Any]", Config], None]
DEADLY = 2
"""Times a story may end the process in which it is checked by itself, before it is left."""
_IDLE = 3
_VAIN = 20
"""Workers that may end one after the other before they began a story, and before any finished one: then it is not the
stories that end them."""
_PATIENCE = 5.0
"""Seconds that workers get to end by themselves."""


class Local:
    """Worker processes that check shards; within its context the first is there and has loaded its model.

    They share out the processor's cores, unless the settings say how many threads each is to take. `main` is what runs
    in them.
    """

    def __init__(self, config: Config, workers: int, main: Main = _worker.main) -> None:
        threads = config.threads or max(1, cores() // workers)
        self._config = msgspec.structs.replace(config, threads=threads)
        self._main = main
        self._most = workers
        self._workers: list[_Worker] = []
        self._suspects: dict[int, _Suspects] = {}
        self._job: Job | None = None
        self._waiting: deque[int] = deque()
        self._tally = Tally(_nobody)
        self._idle = self._vain = 0
        self._doubtful: set[int] = set()
        self._given_up = False
        self._model: Model | None = None
        self._notices: dict[_Worker, tuple[str, ...]] = {}

    @property
    def model(self) -> Model:
        assert self._model is not None, "the model is known within the context"
        return self._model

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for said in self._notices.values() for text in said))

    def __enter__(self) -> Local:
        try:
            while self._model is None:
                self._fill(1)
                self._hear()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def run(self, job: Job, numbers: Iterable[int], told: Told) -> None:
        """Every shard of `numbers`. Raises what a worker could not get over."""
        self._job = job
        self._waiting = deque(numbers)
        self._tally = Tally(told)
        while self._waiting or self._busy():
            self._fill(self._busy() + len(self._waiting))
            for worker in self._workers:
                if worker.order is None and self._waiting:
                    number = self._waiting.popleft()
                    worker.take(Order(job, number, self._suspects.get(number, _Suspects()).blame()))
            self._hear()

    def _busy(self) -> int:
        return sum(worker.order is not None for worker in self._workers)

    def _fill(self, wanted: int) -> None:
        while len(self._workers) < min(self._most, wanted):
            self._workers.append(_Worker(self._main, self._config))

    def _hear(self) -> None:
        """Waits for any worker, and takes one message of each that speaks; the end of a pipe is the end of it."""
        spoke = wait([worker.pipe for worker in self._workers])
        for worker in [one for one in self._workers if one.pipe in spoke]:
            try:
                message = worker.pipe.recv()
            except (EOFError, OSError):  # also amid a message
                self._missed(worker)
            else:
                _HEARD[type(message)](self, worker, message)

    def _loaded(self, _: _Worker, model: Model) -> None:
        if self._model is not None and model != self._model:
            raise ModelError("The model changed while the scan ran.", "Leave the model's files alone, and run again.")
        self._model = model

    def _said(self, worker: _Worker, said: Said) -> None:
        self._notices[worker] = said.notices

    def _began(self, worker: _Worker, began: Began) -> None:
        worker.stories = range(began.start, began.stop)

    def _went(self, worker: _Worker, went: Went) -> None:
        if worker.spared:
            self._doubtful.add(worker.number)
        else:
            self._idle = self._vain = 0
            self._doubtful.clear()
        worker.stories = range(0)
        self._tally.went(worker.number, went.progress)

    def _done(self, worker: _Worker, done: Done) -> None:
        self._idle = 0
        self._tally.done(worker.number, done.progress)
        self._suspects.pop(worker.number, None)
        worker.order = None

    def _broken(self, _: _Worker, broken: Broken) -> None:
        raise broken.raised("a worker")

    def _missed(self, worker: _Worker) -> None:
        """A worker that is no more: another takes its shard, and what it was at is tried apart."""
        ended = worker.end()
        self._workers.remove(worker)
        if worker.order is not None:
            self._waiting.appendleft(worker.number)
        self._vain += 1
        if worker.stories:
            self._idle = 0
            self._suspects.setdefault(worker.number, _Suspects()).add(worker.stories)
        else:
            self._idle += 1
        if self._idle >= _IDLE or self._vain >= _VAIN:
            self._given_up = True
            raise ConsistencyError(
                f"{self._vain} workers ended one after the other and none had done anything ({ended})",
                "take fewer --workers or a smaller --batch-size if memory is short; the scan goes on where it was",
            )

    def _doubt(self) -> None:
        """Takes back what was told of stories since the last that could be checked: it was not they."""
        if self._job is None:
            return
        for number in self._doubtful:
            self._job.layout.part(number).unlink(missing_ok=True)
            self._job.layout.partial(number).unlink(missing_ok=True)

    def _stop(self) -> None:
        for worker in self._workers:
            worker.pipe.close()
        until = time.monotonic() + _PATIENCE
        for worker in self._workers:
            worker.end(until - time.monotonic())
        self._workers.clear()
        if self._given_up:
            self._doubt()


_HEARD: Mapping[type, Callable[[Local, _Worker, Any], None]] = {
    Model: Local._loaded,
    Said: Local._said,
    Began: Local._began,
    Went: Local._went,
    Done: Local._done,
    Broken: Local._broken,
}


class _Worker:
    """A process, the parent's end of its pipe, and what it is at: its order, and the stories it began last."""

    def __init__(self, main: Main, config: Config) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe: Connection[Any, Any]
        self.pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(target=main, args=(theirs, config), daemon=True)
        self._process.start()
        theirs.close()
        self.order: Order | None = None
        self.stories = range(0)

    @property
    def number(self) -> int:
        assert self.order is not None, "only a worker with an order speaks of a shard"
        return self.order.number

    @property
    def spared(self) -> bool:
        """Whether what it is at is only told of as not checked."""
        return self.order is not None and self.stories.start in self.order.blame.ended

    def take(self, order: Order) -> None:
        self.order, self.stories = order, range(0)
        with contextlib.suppress(OSError):  # one that has just died is missed when its pipe is read
            self.pipe.send(order)

    def end(self, patience: float = _PATIENCE) -> str:
        """Waits for the process, ends it if it does not go by itself, and says how it ended."""
        self.pipe.close()
        self._process.join(max(0.0, patience))
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        code = self._process.exitcode or 0
        return f"signal {-code}" if code < 0 else f"exit code {code}"


class _Suspects:
    """Stories of a shard that were in work when a process ended, and how often each was so by itself."""

    def __init__(self) -> None:
        self._alone: set[int] = set()
        self._times: Counter[int] = Counter()

    def add(self, stories: range) -> None:
        self._alone.update(stories)
        if len(stories) == 1:
            self._times[stories.start] += 1

    def blame(self) -> Blame:
        ended = frozenset(at for at, times in self._times.items() if times >= DEADLY)
        return Blame(frozenset(self._alone), ended)


def _nobody(progress: Progress) -> None:
    """Nobody asked yet."""
