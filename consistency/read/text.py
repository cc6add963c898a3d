"""Plain text: newlines and blanks made plain, page furniture removed."""

from __future__ import annotations

from consistency.read._extract import Extract
from consistency.read._furniture import clean
from consistency.read._traced import Traced, normalise


def extract(source: str) -> Extract:
    """The body of a plain text, with its headline as title."""
    cleaned = clean(normalise(Traced.of(source)))
    return Extract(cleaned.body, title=cleaned.title, removed=cleaned.removed)
