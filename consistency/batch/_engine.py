"""What a scan asks of whoever runs its shards, on this machine or on others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Protocol, Self, TypeAlias

from consistency.batch._job import Job, Progress
from consistency.batch._messages import Model

Notice: TypeAlias = Callable[[str], None]
"""Called with what is wrong and changes no result."""
Told: TypeAlias = Callable[[Progress], None]
"""Called with what is done of all shards together."""


class Engine(Protocol):
    """Runs shards. Used as a context: within it the model can be loaded, and `model` says which it is."""

    @property
    def model(self) -> Model: ...

    @property
    def notices(self) -> tuple[str, ...]:
        """What was wrong so far with any of its workers and changes no result, each text once."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def run(self, job: Job, numbers: Iterable[int], told: Told) -> None:
        """Calls `run_shard` for each number, wherever; returns when all results are in the scan's folder.

        Raises `ConsistencyError` for what no other try would mend.
        """


class Tally:
    """What is done of all shards together, of which each says how far it is; what is tried again counts once."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._finished = Progress()
        self._open: dict[int, Progress] = {}

    def went(self, number: int, progress: Progress) -> None:
        self._open[number] = progress
        self._tell()

    def done(self, number: int, progress: Progress) -> None:
        self._open.pop(number, None)
        self._finished = _sum(self._finished, progress)
        self._tell()

    def _tell(self) -> None:
        self._told(_sum(self._finished, *self._open.values()))


def _sum(*parts: Progress) -> Progress:
    return Progress(sum(part.rows for part in parts), sum(part.stories for part in parts))
