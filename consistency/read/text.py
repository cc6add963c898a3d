"""Plain text: newlines and blanks made plain, page furniture removed."""

from __future__ import annotations

from consistency.read._extract import Extract
from consistency.read._furniture import clean
from consistency.read._traced import Traced, normalise


def extract(source: str, title: str = "") -> Extract:
    """The body of a plain text under its headline: `title`, where it is known from elsewhere."""
    known = Traced(normalise(Traced.of(title)).text, ())
    cleaned = clean(normalise(Traced.of(source)), known)
    return Extract(cleaned.body, title=cleaned.title, headline=cleaned.headline, removed=cleaned.removed)
