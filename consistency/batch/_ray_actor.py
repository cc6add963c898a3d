"""What runs on the nodes of a Ray cluster: the local engine with one worker, in an actor that hands on what it says.

Everything that goes wrong is a value: Ray tries again what raises, and wraps it up.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping
from typing import Any

import msgspec

from consistency.batch import _files
from consistency.batch._job import Job, Progress
from consistency.batch._local import Local
from consistency.batch._messages import Broken, Model
from consistency.config import Config
from consistency.errors import ConsistencyError, InputError, ModelError

MOST_TRIES = 5
"""Actors that may end in a row at one shard without any having got further with it."""


class Task(msgspec.Struct, frozen=True):
    """What every actor must know. `mark` names this run; a file of the scan's folder has it in its name."""

    job: Job
    model: Model
    mark: str


class Answer(msgspec.Struct, frozen=True):
    """How far a shard is, when it is complete, or which model it was; or what broke.

    `notices` are what is wrong so far with the actor called `who`, and changes no result.
    """

    number: int = -1
    progress: Progress = Progress()
    model: Model | None = None
    broken: Broken | None = None
    who: str = ""
    notices: tuple[str, ...] = ()


def asked(config: Config) -> bytes:
    """The model that a worker loads where this runs, as an `Answer`."""
    _lighten()
    try:
        with Local(_here(config), 1) as engine:
            return msgspec.json.encode(Answer(model=engine.model, notices=engine.notices))
    except Exception as fault:  # noqa: BLE001  (it goes back as a value)
        return msgspec.json.encode(Answer(broken=Broken.of(fault)))


def raised(answer: Answer) -> None:
    """Raises what broke, if anything did."""
    if answer.broken is not None:
        raise answer.broken.raised("an actor")


class ShardActor:
    """Runs shards one after the other, with a model that is loaded for the first of them."""

    def __init__(self, task: Task) -> None:
        _lighten()
        self._task = task
        self._engine: Local | None = None

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, list[bytes]]:
        """A batch of one number in the column `number`; the `Answer` in the column `answer`."""
        number = int(batch["number"][0])
        try:
            progress = self.run(number)
            who = f"{socket.gethostname()} {os.getpid()}"
            answer = Answer(number, progress, who=who, notices=self._engine.notices if self._engine else ())
        except Exception as fault:  # noqa: BLE001  (it goes back as a value)
            answer = Answer(number, broken=Broken.of(fault))
        return {"answer": [msgspec.json.encode(answer)]}

    def run(self, number: int) -> Progress:
        """The whole shard."""
        job = self._task.job
        _hold_folder(job, self._task.mark)
        _hold_tries(job, number, self._task.mark)
        seen = [Progress()]
        self._loaded().run(job, [number], seen.append)
        return seen[-1]

    @staticmethod
    def engine(config: Config) -> Local:
        """Who runs the shards on this node."""
        return Local(config, 1)

    def _loaded(self) -> Local:
        if self._engine is None:
            engine = self.engine(_here(self._task.job.config)).__enter__()  # it ends with the actor's process
            if engine.model != self._task.model:
                raise ModelError(
                    f"{socket.gethostname()} has another model, or another version of the tool, than other nodes",
                    "install the same on every node, and run again",
                )
            self._engine = engine
        return self._engine


def _lighten() -> None:
    """A worker imports what is the main program of its parent; here that is Ray's, of which it has no need."""
    vars(sys.modules["__main__"]).pop("__file__", None)


def _here(config: Config) -> Config:
    """A thread, unless the settings say how many: what an actor may use is a CPU, not the machine."""
    return config if config.threads is not None else msgspec.structs.replace(config, threads=1)


def _hold_folder(job: Job, mark: str) -> None:
    """Raises `InputError` where the scan's folder is not the one that the scan has begun in."""
    try:
        if (job.layout.work / f"seen-{mark}").read_text("ascii") == mark:
            return
    except OSError:
        pass
    raise InputError(
        f"{job.folder} on {socket.gethostname()} is not the folder that the scan was started in",
        "name an --output on storage that all nodes have under the same path",
    )


class _Tries(msgspec.Struct, frozen=True):
    """How often in a row the shard was begun in this run, and how much of its results stood there the last time."""

    mark: str
    times: int
    size: int


def _hold_tries(job: Job, number: int, mark: str) -> None:
    """Counts a try of the shard. Raises `ConsistencyError` where too many actors ended at it and none got further.

    Ray puts another actor in the place of one that ended as often as it takes, which may be without end.
    """
    path = job.layout.work / f"part-{number:05}.tries"
    partial = job.layout.partial(number)
    size = partial.stat().st_size if partial.exists() else 0
    before = msgspec.json.decode(path.read_bytes(), type=_Tries) if path.exists() else None
    again = before is not None and (before.mark, before.size) == (mark, size)
    times = before.times + 1 if again and before is not None else 1
    if times > MOST_TRIES:
        raise ConsistencyError(
            f"{MOST_TRIES} actors ended one after the other at shard {number}, and none had done anything",
            "take fewer --workers or a smaller --batch-size if memory is short; the scan goes on where it was",
        )
    _files.write(path, msgspec.json.encode(_Tries(mark, times, size)))
