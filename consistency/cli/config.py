"""`consistency config`: which settings hold, and where each of them comes from."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from consistency import config as settings
from consistency.cli._deliver import NO_FILE, emit
from consistency.cli._guard import guarded
from consistency.cli._options import (
    BatchSize,
    By,
    Cached,
    Debug,
    Exactly,
    Fail,
    Known,
    Model,
    On,
    Role,
    Settings,
    Threads,
    flags,
)
from consistency.config import Setting
from consistency.report import visible

app = typer.Typer(no_args_is_help=True, help="What the settings say.")

_UNSET = "(not set)"


@app.callback()
def _group() -> None:
    """Without it typer makes the one command the group itself."""


@app.command()
def show(
    *,
    fail_on: Fail = None,
    baseline: Known = None,
    role: Role = None,
    model: Model = None,
    backend: By = None,
    precision: Exactly = None,
    device: On = None,
    threads: Threads = None,
    batch_size: BatchSize = None,
    cache: Cached = None,
    config: Settings = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    debug: Debug = False,
) -> None:
    """Print every setting with its value and its origin: default, FILE:KEY, or the option that was given."""
    given = flags(locals())

    def run() -> int:
        from consistency.checks import CHECKS  # --help must not wait for them

        settled = settings.settle(given, config, known_checks=CHECKS)
        emit((_as_json(settled.settings) if as_json else _as_lines(settled.settings)) + "\n", NO_FILE)
        return 0

    raise typer.Exit(guarded(run, debug=debug))


def _as_json(told: tuple[Setting, ...]) -> str:
    return json.dumps([one._asdict() for one in told], indent=2)


def _as_lines(told: tuple[Setting, ...]) -> str:
    """Lines as a settings file has them; the origin of each as a comment."""
    lines = [(f"{one.key} = {_toml(one.value)}" if one.value is not None else f"{one.key} {_UNSET}") for one in told]
    width = min(max(map(len, lines)), 60)
    return "\n".join(f"{visible(line):{width}}  # {visible(one.origin)}" for line, one in zip(lines, told, strict=True))


def _toml(value: Any) -> str:
    """A value in one line; JSON writes strings, numbers, truth and lists as TOML does."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(entry)}" for key, entry in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)
