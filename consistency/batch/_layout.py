"""What stands where in the folder of a scan."""

from __future__ import annotations

from pathlib import Path


class Layout:
    """The paths of a scan's folder.

    `results` and what stands beside it are for the user. `work` holds what a scan needs until it is done: the feed's
    rows by shard, and results of shards that are not complete.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.plan = self.folder / "plan.json"
        self.summary = self.folder / "summary.json"
        self.unread = self.folder / "unread.jsonl"
        self.results = self.folder / "results"
        self.lock = self.folder / "scan.lock"
        self.work = self.folder / "work"
        self.gathering = self.folder / "work.partial"
        self.spooled = self.work / "spooled.json"

    def rows(self, number: int, folder: Path | None = None) -> Path:
        """The feed's rows of one shard."""
        return (folder or self.work) / f"rows-{number:05}.jsonl"

    def part(self, number: int) -> Path:
        """The results of one shard; there only when they are complete."""
        return self.results / f"part-{number:05}.jsonl"

    def partial(self, number: int) -> Path:
        """Results of a shard so far."""
        return self.work / f"part-{number:05}.jsonl"

    def shard_lock(self, number: int) -> Path:
        return self.work / f"part-{number:05}.lock"
