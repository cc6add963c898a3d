"""The tasks by name. A benchmark is one file here and one line in the table; sets at the Hub are data in `hub.toml`."""

from __future__ import annotations

import difflib
from functools import cache
from types import MappingProxyType, ModuleType

from consistency.errors import ConfigError
from eval.task import Task
from eval.tasks import (
    breaking_nli,
    bump,
    claimdiff,
    cliff,
    demetr,
    ecbplus,
    fever,
    fib,
    frank,
    hub,
    iterater,
    machine,
    mnli,
    mrpc,
    own_alignment,
    own_pairs,
    own_stories,
    own_texts,
    paws,
    qags,
    self_contradiction,
    summedits,
    wice,
)

TABLE: tuple[ModuleType, ...] = (
    own_pairs,
    own_texts,
    own_stories,
    own_alignment,
    mnli,
    fever,
    breaking_nli,
    summedits,
    bump,
    demetr,
    paws,
    fib,
    self_contradiction,
    iterater,
    mrpc,
    qags,
    cliff,
    wice,
    claimdiff,
    ecbplus,
    machine,
    frank,
    hub,
)


@cache
def every() -> MappingProxyType[str, Task]:
    """All tasks by name, in the order of the table."""
    found: dict[str, Task] = {}
    for module in TABLE:
        for task in module.TASKS:
            if task.name in found:
                raise ConfigError(f"two tasks are called {task.name}", "Rename one of them.")
            found[task.name] = task
    return MappingProxyType(found)


def get(name: str) -> Task:
    """The task of that name. Raises `ConfigError` that names the nearest ones."""
    known = every()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=3)
    hint = f"Did you mean {' or '.join(near)}?" if near else "`python -m eval list` names them all."
    raise ConfigError(f"no task is called {name!r}", hint)


def in_data_dir() -> tuple[Task, ...]:
    """The tasks whose rows are unified files in a data folder: the development suite."""
    return tuple(task for task in every().values() if any(split.files for split in task.splits.values()))
