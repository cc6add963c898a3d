"""Output formats, a file each: its name here is the value of `--format`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from consistency.protocols import Format
from consistency.report._dump import dumped
from consistency.report._options import Options
from consistency.report._summary import count, left_aside, summary
from consistency.report._visible import visible
from consistency.report._write import foresee, write, write_all
from consistency.report.github import Github
from consistency.report.gitlab import Gitlab
from consistency.report.html import Html
from consistency.report.json import Json
from consistency.report.junit import Junit
from consistency.report.markdown import Markdown
from consistency.report.rdjsonl import Rdjsonl
from consistency.report.sarif import Sarif
from consistency.report.terminal import Terminal

FORMATS: Mapping[str, Callable[[Options], Format]] = {
    "terminal": Terminal,
    "json": Json,
    "sarif": Sarif,
    "github": Github,
    "gitlab": Gitlab,
    "rdjsonl": Rdjsonl,
    "junit": Junit,
    "markdown": Markdown,
    "html": Html,
}

__all__ = ["FORMATS", "Options", "count", "dumped", "foresee", "left_aside", "summary", "visible", "write", "write_all"]
