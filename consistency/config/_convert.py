"""Settings as they were written become a `Config`, or a fault in the words of the file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from typing import Any, get_args

import msgspec

from consistency.config._shape import CHOICES, CheckSettings, Config, Words
from consistency.errors import ConfigError


def convert(settings: Mapping[str, Any], origin: str) -> Config:
    """Raises `ConfigError` that names `origin`, the key, what is wrong and what would be right."""
    refuse_unknown(settings, Config.__struct_fields__, origin)
    checks = settings.get("checks", {})
    for check, entry in checks.items() if isinstance(checks, dict) else ():
        if isinstance(entry, dict):
            refuse_unknown(entry, CheckSettings.__struct_fields__, origin, f"checks.{check}.")
    try:
        config = msgspec.convert(settings, Config)
    except msgspec.ValidationError as fault:
        key, reason = _fault(fault, settings)
        raise ConfigError(f"{origin}: {key}: {reason}", f"correct {key}") from fault
    _refuse_doubled(config.aliases, origin)
    return config


def refuse_unknown(given: Collection[str], valid: Collection[str], origin: str, prefix: str = "") -> None:
    """Raises `ConfigError` for the first key that is not valid, with the nearest that is."""
    for key in given:
        if key not in valid:
            raise ConfigError(f"{origin}: unknown setting {prefix}{key}", nearest(key, valid, prefix))


def nearest(name: str, valid: Collection[str], prefix: str = "") -> str:
    """What somebody probably meant who wrote `name`, as a remedy."""
    near = difflib.get_close_matches(name, valid, n=1, cutoff=0.5)
    return f"did you mean {prefix}{near[0]}?" if near else f"valid are {', '.join(sorted(valid))}"


def _refuse_doubled(aliases: Mapping[str, tuple[str, ...]], origin: str) -> None:
    """A spelling with two meanings, or one that other spellings lead on to, would depend on the order."""
    meant: dict[str, str] = {name.casefold(): name for name in aliases}
    for name, spellings in aliases.items():
        for spelling in spellings:
            other = meant.setdefault(spelling.casefold(), name)
            if other != name:
                raise ConfigError(
                    f"{origin}: aliases: {spelling} stands under {name}, and also for {other}",
                    "give every spelling one name only",
                )


_PATH = re.compile(r"(?P<reason>.*?)(?: - at (?:`key` in )?`\$\.?(?P<path>.*)`)?", re.DOTALL)
_INTO_TABLE = re.compile(r"(?P<table>\w+)\[\.\.\.\](?P<rest>.*)")
_ENTRIES: Mapping[str, object] = {"checks": CheckSettings, "aliases": tuple[Words, ...]}
_PATTERNS: Mapping[str, str] = {
    "include": "must be a pattern from the folder that is checked, such as 2026/*, without .. in it",
    "exclude": "must be a pattern from the folder that is checked, such as drafts, without .. in it",
    "aliases": "must hold a letter or a figure",
}


def _fault(fault: msgspec.ValidationError, settings: Mapping[str, Any]) -> tuple[str, str]:
    """Key and reason of a wrong value, in the words of a settings file."""
    found = _PATH.fullmatch(str(fault))
    reason, path = (found["reason"], found["path"] or "") if found else (str(fault), "")
    table = path.partition("[")[0].partition(".")[0]
    if into := _INTO_TABLE.fullmatch(path):
        path = f"{table}.{_faulty_entry(settings[table], _ENTRIES[table])}{into['rest']}"
    allowed = CHOICES.get(path.rpartition(".")[2])
    if allowed is not None and reason.startswith("Invalid enum value"):
        reason += f", not one of {', '.join(get_args(allowed))}"
    if "matching regex" in reason:
        reason = _PATTERNS[table]
    return path, reason[:1].lower() + reason[1:]


def _faulty_entry(table: Mapping[str, Any], kind: object) -> str:
    """msgspec does not say which entry of a mapping it refused."""
    for name, entry in table.items():
        try:
            msgspec.convert(entry, kind)
        except msgspec.ValidationError:
            return name
    return "..."
