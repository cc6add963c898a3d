"""What a waiting person sees of a scan: a line that moves on a terminal, one every so often in a log."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as Line

from consistency.batch._job import Progress

EVERY = 30.0
"""Seconds between two lines in a log."""


class Watching:
    """Called with (stage, progress, rows in all; 0 = not known). `say` takes a line for a log."""

    def __init__(
        self,
        *,
        show: bool,
        say: Callable[[str], None],
        console: Console | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._console = console or Console(stderr=True, markup=False)
        self._say = say
        self._clock = clock
        self._show = show
        self._line = Line(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=15),
            TextColumn("{task.fields[told]}", markup=False),
            console=self._console,
            transient=True,
        )
        self._task = self._line.add_task("starting", total=None, told="")
        self._moves = show and self._console.is_terminal
        self._pace = Pace(clock)
        self._said = clock()

    def __enter__(self) -> Watching:
        if self._moves:
            self._line.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._moves:
            self._line.stop()

    def __call__(self, stage: str, progress: Progress, total: int) -> None:
        self._pace.went(stage, progress.rows)
        told = self._pace.told(progress, total)
        if self._moves:
            self._line.update(self._task, description=stage, completed=progress.rows, total=total or None, told=told)
        elif self._show and self._clock() - self._said >= EVERY:
            self._said = self._clock()
            self._say(f"{stage}: {told}")


class Pace:
    """How fast a stage goes, and how long it will take; what was done before it began does not count."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._stage = ""
        self._began = 0.0
        self._first = 0
        self._rows = 0

    def went(self, stage: str, rows: int) -> None:
        if stage != self._stage:
            self._stage, self._began, self._first = stage, self._clock(), rows
        self._rows = rows

    @property
    def rate(self) -> float:
        """Rows a second; 0 while nothing can be said."""
        seconds = self._clock() - self._began
        return (self._rows - self._first) / seconds if seconds > 0 else 0.0

    def told(self, progress: Progress, total: int) -> str:
        """Rows, stories, rate and remaining time, as far as they are known."""
        parts = [f"{progress.rows:,}{f' of {total:,}' if total else ''} rows"]
        if progress.stories:
            parts.append(f"{progress.stories:,} stories")
        rate = self.rate
        if rate:
            parts.append(f"{rate:,.{0 if rate >= 100 else 1}f} rows/s")
        if rate and total:
            parts.append(f"{_span((total - self._rows) / rate)} left")
        return ", ".join(parts)


def _span(seconds: float) -> str:
    """A span of time in its two largest units."""
    whole = round(seconds)
    for size, name, next_size, next_name in ((86400, "d", 3600, "h"), (3600, "h", 60, "min"), (60, "min", 1, "s")):
        if whole >= size:
            return f"{whole // size} {name} {whole % size // next_size} {next_name}"
    return f"{whole} s"
