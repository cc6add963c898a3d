"""A feed from end to end: its rows are gathered into shards, these are checked, and what came out is summed up.

Killed at any point and called again with the same arguments, it ends with the same files.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from consistency.batch import _files, _folder, _plan, _summary
from consistency.batch._engine import Engine, Notice
from consistency.batch._job import MOST_VERSIONS, Job, Progress
from consistency.batch._layout import Layout
from consistency.batch._local import Local
from consistency.batch._ray import Ray
from consistency.batch._spool import Spooled, shards_for, spool, spooled
from consistency.batch._wire import Summary
from consistency.config import Config
from consistency.errors import InputError

ENGINES: Mapping[str, Callable[[Config, int], Engine]] = {"local": Local, "ray": Ray}
"""Who runs the shards, by the value of `--engine`: made of the settings and a number of workers."""

Told: TypeAlias = Callable[[str, Progress, int], None]
"""Called with the stage, what is done, and how many rows there are (0 = not known yet)."""


def scan(
    inputs: Sequence[str],
    folder: str | Path,
    config: Config,
    *,
    engine: str = "local",
    workers: int = 1,
    shards: int | None = None,
    most_versions: int = MOST_VERSIONS,
    restart: bool = False,
    told: Told | None = None,
    notice: Notice | None = None,
) -> Summary:
    """Checks every story of the feed; the results stand in `folder`, the summary is given back too.

    Inputs are files of rows, or folders of them. What cannot be read or checked is counted, and has a line that says
    why. `notice` is called, once with each text, with what is wrong and changes no result, as a cache that cannot be
    used. Raises `InputError` for inputs that are not there, a folder that holds another scan, or one that another
    process writes; `OutputError`, `ModelError`, `ConfigError`, `MissingExtra`.
    """
    paths = _plan.files(inputs)
    layout = Layout(folder)
    watched = told or _nobody
    with _files.told_of(layout.folder):
        _folder.prepared(layout)
        with _files.alone(layout.lock, wait=False) as mine:
            if not mine:
                raise InputError(
                    f"{folder}: another scan is writing there", "wait for its end, or choose another --output"
                )
            _folder.hold_apart(paths, layout)
            standing = None if restart else _plan.saved(layout.plan)
            number = shards or (standing.shards if standing else shards_for(paths))
            before = [_stamp(path) for path in paths]
            watched("reading", Progress(), 0)
            described = _plan.described(paths)
            with ENGINES[engine](config, workers) as running, _noticed(running, notice or _silent):
                plan = _plan.made(described, config, running.model, shards=number, most_versions=most_versions)
                if standing is None:
                    _folder.cleared(layout)  # not before it is known that the feed can be read and the model runs
                    _files.write(layout.plan, plan.encoded())
                else:
                    _plan.hold(plan, layout.folder, standing)
                    plan = standing
                done = _summary.saved(layout, plan.shards)
                if done is None:
                    names = [one.path for one in plan.inputs]
                    gathered = spooled(layout) or spool(
                        zip(paths, names, strict=True),
                        layout,
                        plan.shards,
                        lambda rows, _: watched("reading", Progress(rows), 0),
                        lambda: _unchanged(paths, before),
                    )
                    job = Job(str(layout.folder), config, plan.shards, plan.most_versions)
                    _check(running, job, gathered, watched)
                    done = _summary.summed(layout, plan, gathered)
                    _files.write(layout.summary, _summary.encoded(done))
            _folder.tidied(layout)
            return done


@contextlib.contextmanager
def _noticed(running: Engine, notice: Notice) -> Iterator[None]:
    """Tells at the end, whatever it is, what was wrong and changed no result."""
    try:
        yield
    finally:
        for text in running.notices:
            notice(text)


def _check(running: Engine, job: Job, gathered: Spooled, told: Told) -> None:
    layout = job.layout
    layout.results.mkdir(exist_ok=True)
    left = [number for number in range(job.shards) if not layout.part(number).exists()]
    before = gathered.rows - sum(gathered.shards[number] for number in left)

    def went(progress: Progress) -> None:
        told("checking", Progress(before + progress.rows, progress.stories), gathered.rows)

    went(Progress())
    running.run(job, left, went)


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _unchanged(paths: Iterable[Path], before: Iterable[tuple[int, int]]) -> None:
    for path, stamp in zip(paths, before, strict=True):
        if _stamp(path) != stamp:
            raise InputError(f"{path} changed while it was read", "run again when nothing writes to it")


def _nobody(stage: str, progress: Progress, total: int) -> None:
    """Nobody asked."""


def _silent(text: str) -> None:
    """Nobody asked for that either."""
