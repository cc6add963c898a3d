"""What a worker must know to check a shard, and what it tells of it; small, and can go to another machine."""

from __future__ import annotations

from typing import Protocol

import msgspec

from consistency.batch._layout import Layout
from consistency.config import Config

MOST_VERSIONS = 200
"""Versions of one story that are compared; the rest are told as not checked."""


class Job(msgspec.Struct, frozen=True):
    """What is the same for every shard of a scan.

    `folder` is the scan's; on another machine it must be the same one. `shards` is how many there are.
    """

    folder: str
    config: Config
    shards: int
    most_versions: int = MOST_VERSIONS

    @property
    def layout(self) -> Layout:
        return Layout(self.folder)


class Progress(msgspec.Struct, frozen=True):
    """How far a shard is: rows of the feed and stories that are done with, of it alone."""

    rows: int = 0
    stories: int = 0


class Watch(Protocol):
    """Who is told what is in work, so that it can be blamed if the process does not come back."""

    def began(self, stories: range) -> None:
        """These stories of the shard, by their number in it, are in work."""

    def went(self, progress: Progress) -> None:
        """The stories that began last are done, and their results written."""


class Blame(msgspec.Struct, frozen=True):
    """What is known of earlier tries: stories to be checked `alone`, and those that are not to be tried again."""

    alone: frozenset[int] = frozenset()
    ended: frozenset[int] = frozenset()
