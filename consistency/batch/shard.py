"""One shard: its stories are checked in groups, and its results are there when all of them are.

The same file runs in a local worker and on a cluster. It may end at any point and be run again: results of stories
that were complete are kept, and those of the rest come out the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import msgspec

from consistency.batch import _files, _results
from consistency.batch import _wire as wire
from consistency.batch._compare import compared
from consistency.batch._job import Blame as Blame  # noqa: PLC0414  (whoever runs a shard takes these from here)
from consistency.batch._job import Job as Job  # noqa: PLC0414
from consistency.batch._job import Progress as Progress  # noqa: PLC0414
from consistency.batch._job import Watch as Watch  # noqa: PLC0414
from consistency.batch._stories import Entry, Work, entries, groups, row_at, work
from consistency.protocols import Scorer

GROUP_STORIES = 64
GROUP_BYTES = 2**19
"""Stories that are read and scored together: as many as fill the model's batches, and no more than fit."""


class _Nobody:
    def began(self, stories: range) -> None:
        """Nobody asked."""

    def went(self, progress: Progress) -> None:
        """Nobody asked."""


def run_shard(
    job: Job, number: int, scorer: Scorer, *, watch: Watch | None = None, blame: Blame | None = None
) -> Progress:
    """Writes the results of shard `number`, and says how much that was.

    Where they are there already, or another process is about to write them, nothing is done twice. Raises
    `OutputError`, and what a broken model raises; an article that cannot be checked has a row that says so.
    """
    layout = job.layout
    with _files.told_of(layout.folder), _files.alone(layout.shard_lock(number), wait=True):
        found = entries(layout.rows(number))
        if layout.part(number).exists():
            return _progress(found)
        partial = layout.partial(number)
        with (
            os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT, 0o666), "r+b") as made,
            _source(job, number) as source,
        ):
            first = _kept(made, found)
            _run(job, _Shard(found, source, made, first), scorer, watch or _Nobody(), blame or Blame())
            _files.settle(made)
        _files.publish(partial, layout.part(number))
        return _progress(found)


class _Shard(msgspec.Struct, frozen=True):
    """A shard in work: its stories, where their rows are read and results written, and the first that is not done."""

    found: list[Entry]
    source: BinaryIO
    made: BinaryIO
    first: int


def _source(job: Job, number: int) -> BinaryIO:
    path = job.layout.rows(number)
    path.touch()
    return path.open("rb")


def _run(job: Job, shard: _Shard, scorer: Scorer, watch: Watch, blame: Blame) -> None:
    found = shard.found
    apart = blame.alone | blame.ended
    for some in groups(found, shard.first, apart, most=GROUP_STORIES, size=GROUP_BYTES):
        watch.began(some)
        works = [work(shard.source, found[at], job.most_versions) for at in some]
        if some.start in blame.ended:
            made: Iterable[Sequence[wire.Result]] = [_ended(one) for one in works]
        else:
            made = compared(works, job.config, scorer)
        for one, results in zip(works, made, strict=True):
            shard.made.writelines(map(_results.encoded, results))
            shard.made.writelines(map(_results.encoded, _left(shard.source, one, job.most_versions)))
        shard.made.flush()
        watch.went(_progress(found[: some.stop]))


def _progress(found: Sequence[Entry]) -> Progress:
    stories = {entry.story for entry in found if entry.kind != "unnamed"}
    return Progress(sum(len(entry.offsets) for entry in found), len(stories))


def _ended(one: Work) -> list[wire.Result]:
    """Rows of a story whose check ends the process it runs in."""
    why = wire.Unread(
        "ended",
        "The check of this story ended its process twice.",
        "Look at the texts of the story, check it by itself, and open an issue.",
    )
    return [_results.unchecked(one.story, row, one.against, why) for row in one.owed]


def _left(source: BinaryIO, one: Work, most: int) -> Iterator[wire.Result]:
    """Rows of the versions past the bounds."""
    for at, offset in enumerate(one.left, start=len(one.versions) + 1):
        why = wire.Unread(
            "bound",
            f"It is version {at:,} of {len(one.versions) + len(one.left):,} of its story; the first "
            f"{len(one.versions):,} were compared.",
            "Split the story, or give those that matter by themselves."
            if len(one.versions) < most
            else "Raise --most-versions, or split the story.",
        )
        yield _results.unchecked(one.story, row_at(source, offset), one.reference, why)


def _kept(made: BinaryIO, found: Sequence[Entry]) -> int:
    """How many stories have all their results in the file already; what follows them is cut off."""
    kept = done = 0
    lines = _complete(made)
    for entry in found:
        size = 0
        for _ in range(entry.results):
            line = next(lines, b"")
            if not line:
                break
            size += len(line)
        else:
            done, kept = done + 1, kept + size
            continue
        break
    made.seek(kept)
    made.truncate()
    return done


def _complete(stream: BinaryIO) -> Iterator[bytes]:
    """Whole lines that are results; a power cut may leave anything else at the end."""
    for line in stream:
        if not line.endswith(b"\n"):
            return
        try:
            msgspec.json.decode(line, type=wire.Result)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return
        yield line
