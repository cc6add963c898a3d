"""What a worker process and its parent say to each other; small, frozen, sent by pickle through a pipe."""

from __future__ import annotations

import traceback

import msgspec

from consistency import errors
from consistency.batch._job import Blame, Job, Progress
from consistency.errors import ConsistencyError


class Model(msgspec.Struct, frozen=True):
    """What a worker checks with: the version of the tool, the digest of the model it has loaded, and what runs it."""

    tool: str
    digest: str
    runtime: str


class Order(msgspec.Struct, frozen=True):
    """To a worker: check this shard."""

    job: Job
    number: int
    blame: Blame


class Began(msgspec.Struct, frozen=True):
    """From a worker: these stories of its shard are in work."""

    start: int
    stop: int


class Went(msgspec.Struct, frozen=True):
    """From a worker: so far is its shard."""

    progress: Progress


class Said(msgspec.Struct, frozen=True):
    """From a worker: all that is wrong so far and changes no result, as a cache that cannot be used."""

    notices: tuple[str, ...]


class Done(msgspec.Struct, frozen=True):
    """From a worker: its shard is complete."""

    progress: Progress


class Broken(msgspec.Struct, frozen=True):
    """From a worker: the tool is broken, no use to go on. `kind` names the exception, `trace` where it came from."""

    kind: str
    message: str
    remedy: str
    trace: str

    @classmethod
    def of(cls, fault: Exception) -> Broken:
        """To be called where the exception is handled."""
        remedy = fault.remedy if isinstance(fault, ConsistencyError) else ""
        return cls(type(fault).__name__, str(fault), remedy, traceback.format_exc())

    def raised(self, where: str) -> Exception:
        """The exception again; one that is none of ours says where it came from."""
        kind = getattr(errors, self.kind, None)
        if kind is not None:
            again: Exception = kind(self.message, self.remedy)
            return again
        return RuntimeError(f"{self.kind} in {where}: {self.message}\n{self.trace}")
