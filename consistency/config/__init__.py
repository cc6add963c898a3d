"""Settings: defaults < a settings file < flags, merged into one frozen `Config`.

A settings file is `consistency.toml`, or the table `[tool.consistency]` of `pyproject.toml`; of the
working directory the first that exists is read, unless a file is named. A new setting is one field in `_shape`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from consistency.config._convert import convert, nearest, refuse_unknown
from consistency.config._file import Found, find
from consistency.config._shape import Backend, CheckSettings, Config, Device, Precision, VersionRole

__all__ = [
    "Backend",
    "CheckSettings",
    "Config",
    "Device",
    "Precision",
    "Setting",
    "Settled",
    "VersionRole",
    "load",
    "nearest",
    "settle",
]

DEFAULT = "default"
_TABLES = ("checks", "aliases")


class Setting(NamedTuple):
    """One value and where it comes from: `default`, `FILE:KEY` or the flag. `value` is as JSON has it."""

    key: str
    value: Any
    origin: str


class Settled(NamedTuple):
    """The settings of a run, and the origin of each: of a table every entry that was given by itself."""

    config: Config
    settings: tuple[Setting, ...]


def load(
    flags: Mapping[str, object] | None = None,
    file: Path | None = None,
    directory: Path = Path(),
    known_checks: Collection[str] | None = None,
) -> Config:
    """The settings of a run. Of `flags`, those that are None were not given.

    `known_checks` are the ids that the table `checks` may name; None = any. Raises `ConfigError`
    naming the file, the key and the nearest valid key.
    """
    return settle(flags, file, directory, known_checks).config


def settle(
    flags: Mapping[str, object] | None = None,
    file: Path | None = None,
    directory: Path = Path(),
    known_checks: Collection[str] | None = None,
) -> Settled:
    """What `load` gives, each value with its origin."""
    found = find(file, directory)
    origin = str(found.path) if found.path else "the settings"
    config = convert(found.settings, origin)
    if known_checks is not None:
        refuse_unknown(config.checks, known_checks, origin, "checks.")
    given = {key: value for key, value in (flags or {}).items() if value is not None}
    config = convert({**found.settings, **given}, "the command line")
    return Settled(config, tuple(_told(config, found, given)))


def _told(config: Config, found: Found, given: Collection[str]) -> Iterator[Setting]:
    values = msgspec.to_builtins(config)
    for key, value in values.items():
        if key in given:
            yield Setting(key, value, f"--{key.replace('_', '-')}")
        elif key not in found.settings:
            yield Setting(key, value, DEFAULT)
        elif key in _TABLES:
            yield from _entries(key, value, found)
        else:
            yield Setting(key, value, f"{found.path}:{found.prefix}{key}")


def _entries(table: str, values: Mapping[str, Any], found: Found) -> Iterator[Setting]:
    """What the file says in a table, entry by entry; an entry that says nothing is not there."""
    for name, written in found.settings[table].items():
        key = f"{table}.{_quoted(name)}"
        if isinstance(written, Mapping):
            for field in written:
                yield Setting(f"{key}.{field}", values[name][field], f"{found.path}:{found.prefix}{key}.{field}")
        else:
            yield Setting(key, values[name], f"{found.path}:{found.prefix}{key}")


def _quoted(name: str) -> str:
    """A key as TOML wants it."""
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else msgspec.json.encode(name).decode()
