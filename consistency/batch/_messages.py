"""What a worker process and its parent say to each other; small, frozen, sent by pickle through a pipe."""

from __future__ import annotations

import msgspec

from consistency.batch._job import Blame, Job, Progress


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


class Done(msgspec.Struct, frozen=True):
    """From a worker: its shard is complete."""

    progress: Progress


class Broken(msgspec.Struct, frozen=True):
    """From a worker: the tool is broken, no use to go on. `kind` names the exception, `trace` where it came from."""

    kind: str
    message: str
    remedy: str
    trace: str
