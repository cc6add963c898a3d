"""Which file holds the settings, and the table in it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from consistency.errors import ConfigError

TABLE = "tool.consistency"
OWN_FILE = "consistency.toml"
PYPROJECT = "pyproject.toml"


class Found(NamedTuple):
    """The settings of a file as they stand there; `path` None = there is no file."""

    path: Path | None
    settings: dict[str, Any]

    @property
    def prefix(self) -> str:
        """What goes before a key of this table in its file."""
        return f"{TABLE}." if self.path is not None and self.path.name == PYPROJECT else ""


def find(file: Path | None, directory: Path) -> Found:
    """The named file, or the first of the directory that has settings. Raises `ConfigError`."""
    if file is not None:
        table = _table(file)
        if table is None:
            raise ConfigError(f"{file}: there is no table [{TABLE}] in it", f"add the table, or name a {OWN_FILE}")
        return Found(file, table)
    for path in (directory / OWN_FILE, directory / PYPROJECT):
        if _there(path) and (table := _table(path)) is not None:
            return Found(path, table)
    return Found(None, {})


def _there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as fault:
        raise ConfigError(
            f"{path}: cannot be read ({fault.strerror})", "let it be read, or name another file with --config"
        ) from fault


def _table(path: Path) -> dict[str, Any] | None:
    """The settings in a file; None for a pyproject.toml that has no such table."""
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))  # editors put a byte-order mark in front
    except OSError as fault:
        raise ConfigError(f"{path}: cannot be read ({fault.strerror})", "name an existing file") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise ConfigError(f"{path}: not valid TOML ({fault})", "mend the file") from fault
    if path.name != PYPROJECT:
        return content
    tool = content.get("tool", {})
    table = tool.get("consistency") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.consistency is not a table", f"write [{TABLE}]")
    return table
