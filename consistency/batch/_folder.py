"""Whose folder it is: a command writes into one that is new or its own, and removes there only what it has made."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from consistency.batch import _plan
from consistency.batch._files import beside
from consistency.batch._layout import Layout
from consistency.errors import InputError

_ELSEWHERE: Final = "name a new folder for the results"
_RESULTS: Final = re.compile(r"part-\d{5,}\.jsonl")
_WORK: Final = re.compile(
    r"rows-\d{5,}\.jsonl|part-\d{5,}\.(?:jsonl|lock|tries)|\.part-\d{5,}\.tries\.new"
    r"|seen-[0-9a-f]{16}|spooled\.json|\.spooled\.json\.new|unread\.jsonl"
)
"""Names of the files that a scan makes in its folders `results` and `work`."""


def prepared(layout: Layout) -> None:
    """The folder is there, and a scan may begin or go on in it: it is empty, or has a plan of ours.

    A name that a scan would give says nothing: folders of others hold `results` and `work` too.
    """
    try:
        layout.folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as fault:
        raise InputError(f"{layout.folder} is a file", "name a folder for the results") from fault
    if _plan.is_ours(layout.plan):
        return
    if layout.plan.exists():
        raise InputError(f"{layout.plan} is no plan of a scan", _ELSEWHERE)
    begun = (layout.lock, beside(layout.plan))
    foreign = next((path.name for path in sorted(layout.folder.iterdir()) if path not in begun), None)
    if foreign is not None:
        raise InputError(f"{layout.folder} holds something else ({foreign})", _ELSEWHERE)


def hold_apart(inputs: Iterable[Path], layout: Layout) -> None:
    """Raises `InputError` for an input that is one of the scan's own files: it would be written over, or removed."""
    inside = (*_named(layout.results, _RESULTS), *_named(layout.work, _WORK))
    not_over(inputs, (layout.plan, layout.summary, layout.unread, *inside))


def not_over(inputs: Iterable[Path], outputs: Iterable[Path]) -> None:
    """Raises `InputError` where one of the inputs is, by whatever name, one of the files that are to be written."""
    written = {_plan.identity(path) for path in outputs if path.exists()}
    for path in inputs:
        if _plan.identity(path) in written:
            raise InputError(f"{path} would be written over by what is made of it", "choose another --output")


def cleared(layout: Layout) -> None:
    """Throws away what the folder's scan has made, but for its plan, which the next one takes the place of."""
    ready(layout)
    for path in (layout.summary, beside(layout.summary), beside(layout.plan), layout.unread):
        path.unlink(missing_ok=True)
    _emptied(layout.results, _RESULTS)


def ready(layout: Layout) -> None:
    """The folders that rows are gathered in are gone. Raises `InputError` where one holds what no scan has made."""
    folders = (layout.work, layout.gathering)
    for folder in folders:
        made = set(_named(folder, _WORK))
        foreign = next((path.name for path in _inside(folder) if path not in made), None)
        if foreign is not None:
            raise InputError(f"{folder} holds something else ({foreign})", "move it elsewhere, and run again")
    layout.spooled.unlink(missing_ok=True)  # first: without it nobody takes what is left for whole
    for folder in folders:
        _emptied(folder, _WORK)


def tidied(layout: Layout) -> None:
    """What a scan needs until it is done is gone, as far as that can be."""
    with contextlib.suppress(OSError):
        _emptied(layout.work, _WORK)


class _Grouped(msgspec.Struct):
    """What the summary of a grouping has, and no other file of its name."""

    articles: int
    stories: int
    joined: dict[str, int]
    join: float
    apart: float


def hold_grouping(folder: Path, outputs: Iterable[Path], summary: Path) -> None:
    """Raises `InputError` where the outputs of a grouping would take the place of what no grouping has made."""
    plan = Layout(folder).plan
    if plan.exists():
        raise InputError(f"{folder} holds a scan or something else ({plan.name})", "choose another --output")
    standing = next((path for path in outputs if path.exists()), None)
    if standing is not None and not _decodes(summary, _Grouped):
        raise InputError(
            f"{standing} is there already, and was not made by a grouping as far as can be seen",
            "choose another --output",
        )


def _decodes(path: Path, kind: Any) -> bool:
    try:
        msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return False
    return True


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _named(folder: Path, names: re.Pattern[str]) -> Iterator[Path]:
    """The files there that have one of these names."""
    return (path for path in _inside(folder) if names.fullmatch(path.name) and path.is_file())


def _emptied(folder: Path, names: re.Pattern[str]) -> None:
    """Removes the files of these names, and the folder if nothing is left in it."""
    for path in _named(folder, names):
        path.unlink(missing_ok=True)
    if folder.is_dir() and not folder.is_symlink() and not _inside(folder):
        folder.rmdir()
