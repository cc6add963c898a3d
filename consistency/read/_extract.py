"""What a reader of one format hands back, before it becomes an Article."""

from __future__ import annotations

from dataclasses import dataclass

from consistency.read._traced import Traced
from consistency.records import Removal

LONGEST_TEXT = 2_000_000
"""Characters of one article; a book has half as many. More is a mistake or an attack."""
LONGEST_PAGE = 5_000_000
"""Characters of one HTML page: pages carry far more script than text."""
LONGEST_FILE = 20_000_000
"""Bytes read of one file before giving up."""


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of one article with what its format told about it; its first `headline` characters are its headline."""

    body: Traced
    title: str = ""
    headline: int = 0
    url: str = ""
    published: str | None = None
    removed: tuple[Removal, ...] = ()
