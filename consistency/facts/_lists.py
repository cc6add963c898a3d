"""Word lists written as running text."""

from __future__ import annotations


def word_set(*lines: str) -> frozenset[str]:
    """The words of the lines, separated by blanks."""
    return frozenset(word for line in lines for word in line.split())
