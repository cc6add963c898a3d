"""Patterns that few texts have: a text without one of the words that every match holds is not searched at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from sys import maxsize


class Rare:
    """A compiled pattern asked only of texts that hold one of `parts`, in lower case; every match must hold one.

    To look for a few plain words is many times as fast as to try a pattern at every place of a text. A test holds
    that no form of a pattern does without all of its parts.
    """

    def __init__(self, pattern: str, *parts: str, flags: re.RegexFlag = re.IGNORECASE) -> None:
        self.pattern = re.compile(pattern, flags)
        self.parts = parts

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        return self.pattern.search(text, start, end) if self._may(text) else None

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text, start, end) if self._may(text) else iter(())

    def _may(self, text: str) -> bool:
        folded = text.lower()
        for part in self.parts:  # noqa: SIM110  (a generator takes longer than the search it spares)
            if part in folded:
                return True
        return False
