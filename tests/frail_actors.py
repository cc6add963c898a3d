"""Actors of a Ray cluster that die where a test wants it; they live in processes that Ray has started."""

from __future__ import annotations

from consistency.batch._job import Progress
from consistency.batch._local import Local
from consistency.batch._ray_actor import ShardActor
from consistency.config import Config
from tests import poison

BEFORE, AFTER = 1, 2
"""Shards at which a mortal one is killed: before it begins, and when all is done but not told."""


class Mortal(ShardActor):
    """Is killed once at each of two shards, and its model ends its process at some texts."""

    def run(self, number: int) -> Progress:
        self._die(BEFORE, number)
        progress = super().run(number)
        self._die(AFTER, number)
        return progress

    def _die(self, when: int, number: int) -> None:
        mark = self._task.job.layout.folder.parent / f"died-{when}"
        if when == number and not mark.exists():
            mark.touch()
            poison.end()

    @staticmethod
    def engine(config: Config) -> Local:
        return Local(config, 1, main=poison.poisoned)
