"""Output formats, a file each: its name here is the value of `--format`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from consistency.protocols import Format
from consistency.report._options import Options
from consistency.report._summary import summary
from consistency.report._visible import visible
from consistency.report._write import write
from consistency.report.json import Json
from consistency.report.terminal import Terminal

FORMATS: Mapping[str, Callable[[Options], Format]] = {
    "terminal": Terminal,
    "json": Json,
}

__all__ = ["FORMATS", "Options", "summary", "visible", "write"]
