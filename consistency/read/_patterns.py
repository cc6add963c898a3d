"""Path patterns as settings have them: `*`, `?` and `[...]` within one name, `**` over any number of folders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

_ANY = "**"


class Patterns:
    """Holds the paths, from one folder, that any of the patterns matches, and all that lies below those.

    A pattern of one name is looked for at any depth.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = [_parts(pattern) for pattern in patterns]

    def hold(self, path: PurePosixPath) -> bool:
        return any(_fits(path.parts, pattern) for pattern in self._patterns)


def _parts(pattern: str) -> tuple[str, ...]:
    parts = tuple(part for part in pattern.split("/") if part not in ("", "."))
    return (_ANY, *parts) if len(parts) == 1 else parts


def _fits(path: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether the pattern matches the path or a folder above it; at most names times pattern parts comparisons."""
    reached = _on({0}, pattern)
    for name in path:
        there = {at for at in reached if at < len(pattern) and pattern[at] == _ANY}
        there |= {at + 1 for at in reached - there if at < len(pattern) and fnmatchcase(name, pattern[at])}
        reached = _on(there, pattern)
        if len(pattern) in reached:
            return True
    return False


def _on(reached: set[int], pattern: Sequence[str]) -> set[int]:
    """With the parts that can be reached for nothing: past a `**`."""
    found = set(reached)
    for at in sorted(reached):
        while at < len(pattern) and pattern[at] == _ANY:
            at += 1  # noqa: PLW2901
            found.add(at)
    return found
