"""A progress line on standard error, for a person who waits; nothing for a log."""

from __future__ import annotations

import threading
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

_PATIENCE = 1.0
"""Seconds before the line appears."""


class Waiting:
    """Called with (stage, done, total); total 0 = not known. Shows only on a terminal, and goes when done."""

    def __init__(self, *, show: bool, console: Console | None = None) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console or Console(stderr=True, markup=False),
            transient=True,
        )
        self._task = self._progress.add_task("starting", total=None)
        self._stage = ""
        self._lock = threading.Lock()
        self._closed = False
        self._shown = False
        self._timer = threading.Timer(_PATIENCE, self._show)
        self._timer.daemon = True
        self._wanted = show and self._progress.console.is_terminal

    def __enter__(self) -> Waiting:
        if self._wanted:
            self._timer.start()
        return self

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self._stage = stage
            self._progress.reset(self._task, description=stage, total=total or None)
        self._progress.update(self._task, completed=done, total=total or None)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._closed = True
            if self._shown:
                self._progress.stop()

    def _show(self) -> None:
        with self._lock:
            if not self._closed:
                self._progress.start()
                self._shown = True
