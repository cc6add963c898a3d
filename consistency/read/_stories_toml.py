"""`story.toml`: which file of a folder is what, when it came out and with whom."""

from __future__ import annotations

import datetime
import difflib
import tomllib
from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from consistency.records import Role

LONGEST = 1_000_000
"""Bytes; more is no list of files."""

_ROLES = ("copy", "report")


class Listed(msgspec.Struct, frozen=True):
    """A file as it is listed. `file` and `role` None = found by its name."""

    file: str | None = None
    publisher: str = ""
    published: str | None = None
    url: str = ""
    role: Role | None = None


class Sheet(msgspec.Struct, frozen=True):
    """What a story.toml says. `copies` None = they are found by their names."""

    original: Listed = Listed()
    copies: tuple[Listed, ...] | None = None


class Fault(Exception):  # noqa: N818  (told as a value by whoever reads the folder)
    """What is wrong with a sheet, as the end of a sentence that begins with its path, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


_STORY = ("original", "copies", "publisher", "published", "url")
_COPY = ("file", "publisher", "published", "url", "role")
_EXAMPLE = 'Write copies = ["a.txt", "b.txt"], or for each [[copies]] with file = "a.txt".'


def parse(data: bytes) -> Sheet:
    """The sheet. Raises `Fault` for the first thing that is wrong with it."""
    if len(data) > LONGEST:
        raise Fault(f"is longer than {LONGEST:,} bytes", "List files in it, not their text.")
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise Fault(f"is not valid TOML ({fault})", "Mend the file.") from fault
    _refuse_strange(table, _STORY)
    copies = table.get("copies")
    if copies is not None and not isinstance(copies, list):
        raise Fault("has copies that are no list", _EXAMPLE)
    return Sheet(
        _listed(table, "original", ""),
        None if copies is None else tuple(_copy(entry, f"copy {at} ") for at, entry in enumerate(copies, start=1)),
    )


def _copy(entry: object, where: str) -> Listed:
    if isinstance(entry, str):
        return Listed(file=entry)
    if not isinstance(entry, dict):
        raise Fault(f"{where}is neither a file's name nor a table", _EXAMPLE)
    _refuse_strange(entry, _COPY, where)
    if "file" not in entry:
        raise Fault(f"{where}names no file", _EXAMPLE)
    return _listed(entry, "file", where)


def _listed(table: Mapping[str, Any], file: str, where: str) -> Listed:
    """The values of one file; `file` is the key that its name stands under."""
    for key in (file, "publisher", "url"):
        if not isinstance(table.get(key, ""), str):
            raise Fault(f"{where}has a value of {key} that is no text", f'Write {key} = "...".')
    role = table.get("role")
    if role is not None and role not in _ROLES:
        raise Fault(f"{where}has the role {role!r}", f"Write one of {', '.join(_ROLES)}.")
    published = _published(table.get("published"), where)
    return Listed(table.get(file), table.get("publisher", ""), published, table.get("url", ""), role)


def _published(value: object, where: str) -> str | None:
    """A day or a time as ISO has it."""
    if isinstance(value, datetime.date):  # a time with its day is one too
        return value.isoformat()
    if value is None:
        return None
    try:
        datetime.datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as fault:
        remedy = "Write a day (2026-03-26) or a day and time (2026-03-26T09:30:00Z)."
        raise Fault(f"{where}has a value of published that is no date ({str(value)[:40]!r})", remedy) from fault
    return str(value)


def _refuse_strange(table: Mapping[str, Any], known: Collection[str], where: str = "") -> None:
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
            remedy = f"Did you mean {near[0]}?" if near else f"Valid are {', '.join(known)}."
            raise Fault(f"{where}has the unknown key {key}", remedy)
