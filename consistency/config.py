"""Settings: defaults < a settings file < flags, merged into one frozen `Config`.

A settings file is `consistency.toml`, or the table `[tool.consistency]` of `pyproject.toml`; of the
working directory the first that exists is read, unless a file is named. A new setting is one field here.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, get_args

import msgspec
from msgspec import Meta

from consistency.errors import ConfigError
from consistency.records import FailOn, Level

Device: TypeAlias = Literal["cpu", "cuda"]
Backend: TypeAlias = Literal["pytorch"]
VersionRole: TypeAlias = Literal["copy", "report"]
Share: TypeAlias = Annotated[float, Meta(ge=0, le=1)]
Count: TypeAlias = Annotated[int, Meta(ge=1)]

TABLE = "tool.consistency"


class CheckSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of one check; None = as the check itself says."""

    on: bool = True
    level: Level | None = None
    threshold: Share | None = None


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that can be set. `threads` None = as many as the machine gives."""

    model: str = "embedded"
    """"embedded", "lexical" (no model), a hub name or a local folder."""
    backend: Backend = "pytorch"
    device: Device = "cpu"
    threads: Count | None = None
    batch_size: Count = 32
    fail_on: FailOn = "error"
    role: VersionRole = "copy"
    """What the versions are; an independent report owes no coverage."""
    min_coverage: Share = 0.5
    """Smallest share of a version's claims that must be compared."""
    threshold: Share = 0.9
    """Probability of contradiction from which the model's verdict is reported.

    Chosen on development data (docs/model.md) for about one alarm in fifty honest sentences: a false alarm
    costs more than a miss that a typed check may still catch.
    """
    checks: dict[str, CheckSettings] = {}
    """By check id."""

    def digest(self) -> str:
        """SHA-256 of what can change a verdict.

        Where and how fast a run goes is left out, and so is the model's name: a report's signature
        holds the digest of the model itself, which is the same under any path.
        """
        settings = msgspec.to_builtins(self)
        verdict = {key: value for key, value in settings.items() if key not in _NO_VERDICT}
        canonical = json.dumps(verdict, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


_NO_VERDICT = frozenset({"model", "device", "threads", "batch_size", "fail_on"})


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
    path, settings = _from_file(file, directory)
    origin = str(path) if path else "the settings"
    config = _convert(settings, origin)
    if known_checks is not None:
        _refuse_unknown(config.checks, known_checks, origin, "checks.")
    given = {key: value for key, value in (flags or {}).items() if value is not None}
    return _convert({**settings, **given}, "the command line")


def _from_file(file: Path | None, directory: Path) -> tuple[Path | None, dict[str, Any]]:
    if file is not None:
        table = _table(file)
        if table is None:
            raise ConfigError(f"{file}: there is no table [{TABLE}] in it", f"add the table, or name a {_OWN_FILE}")
        return file, table
    for path in (directory / _OWN_FILE, directory / _PYPROJECT):
        if path.is_file() and (table := _table(path)) is not None:
            return path, table
    return None, {}


_OWN_FILE = "consistency.toml"
_PYPROJECT = "pyproject.toml"


def _table(path: Path) -> dict[str, Any] | None:
    """The settings in a file; None for a pyproject.toml that has no such table."""
    try:
        content = tomllib.loads(path.read_bytes().decode())
    except OSError as fault:
        raise ConfigError(f"{path}: cannot be read ({fault.strerror})", "name an existing file") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{path}: not valid TOML ({fault})", "mend the file") from fault
    if path.name != _PYPROJECT:
        return content
    tool = content.get("tool", {})
    table = tool.get("consistency") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.consistency is not a table", f"write [{TABLE}]")
    return table


def _convert(settings: Mapping[str, Any], origin: str) -> Config:
    _refuse_unknown(settings, Config.__struct_fields__, origin)
    checks = settings.get("checks", {})
    for check, entry in checks.items() if isinstance(checks, dict) else ():
        if isinstance(entry, dict):
            _refuse_unknown(entry, CheckSettings.__struct_fields__, origin, f"checks.{check}.")
    try:
        return msgspec.convert(settings, Config)
    except msgspec.ValidationError as fault:
        key, reason = _fault(fault, settings)
        raise ConfigError(f"{origin}: {key}: {reason}", f"correct {key}") from fault


def _refuse_unknown(given: Collection[str], valid: Collection[str], origin: str, prefix: str = "") -> None:
    for key in given:
        if key not in valid:
            near = difflib.get_close_matches(key, valid, n=1, cutoff=0.5)
            remedy = f"did you mean {prefix}{near[0]}?" if near else f"valid are {', '.join(sorted(valid))}"
            raise ConfigError(f"{origin}: unknown setting {prefix}{key}", remedy)


_PATH = re.compile(r"(?P<reason>.*?)(?: - at `\$\.?(?P<path>.*)`)?", re.DOTALL)


def _fault(fault: msgspec.ValidationError, settings: Mapping[str, Any]) -> tuple[str, str]:
    """Key and reason of a wrong value, in the words of a settings file."""
    found = _PATH.fullmatch(str(fault))
    reason, path = (found["reason"], found["path"] or "") if found else (str(fault), "")
    if path.startswith("checks[...]"):
        path = f"checks.{_faulty_check(settings['checks'])}{path.removeprefix('checks[...]')}"
    allowed = _CHOICES.get(path.rpartition(".")[2])
    if allowed is not None and reason.startswith("Invalid enum value"):
        reason += f", not one of {', '.join(get_args(allowed))}"
    return path, reason[:1].lower() + reason[1:]


_CHOICES: Mapping[str, object] = {
    "backend": Backend,
    "device": Device,
    "fail_on": FailOn,
    "role": VersionRole,
    "level": Level,
}


def _faulty_check(checks: Mapping[str, Any]) -> str:
    """msgspec does not say which entry of a mapping it refused."""
    for check, entry in checks.items():
        try:
            msgspec.convert(entry, CheckSettings)
        except msgspec.ValidationError:
            return check
    return "..."
