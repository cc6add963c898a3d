"""What can be measured, by name. A system is one file here and one line in the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from consistency import backends
from consistency.errors import ConfigError
from eval.rows import Row
from eval.systems.nli import NliSystem


class System(Protocol):
    """Gives every row a score: how inconsistent, 0 to 1."""

    signature: str

    def score(self, rows: Sequence[Row], progress: Callable[[int, int], None] | None = None) -> list[float]: ...


def load(name: str) -> System:
    """`nli`, `lexical`, or `hub:NAME_OR_PATH`."""
    if name == "nli":
        return NliSystem(backends.load("embedded"))
    if name == "lexical":
        return NliSystem(backends.load("lexical"))
    if name.startswith("hub:"):
        return NliSystem(backends.load(name.removeprefix("hub:")))
    raise ConfigError(f"unknown system {name!r}", "Choose nli, lexical or hub:NAME_OR_PATH.")
