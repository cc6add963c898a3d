"""Rows of a feed on their way through the grouping: their text on the way in, their story on the way out."""

from __future__ import annotations

import msgspec

from consistency.batch._group_feed import Joined, Placed
from consistency.batch._row import Row
from consistency.records import Role, Unread

_REMEDY = "Give the article's text, or leave the row out."


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row that `scan` takes: an article with its story and why it is in it, or a pair as it came."""

    id: str
    story: str
    text: str | None = None
    html: str | None = None
    title: str = ""
    published: str | None = None
    url: str = ""
    version: str = ""
    role: Role | None = None
    reference: str | None = None
    joined: Joined | None = None

    @classmethod
    def of(cls, row: Row, placed: Placed | None) -> Line:
        """`placed` is None for a pair."""
        if placed is None:
            return cls(row.id, row.story, version=row.text or "", role=row.role, reference=row.reference)
        return cls(
            id=row.id,
            story=placed.story,
            text=row.text,
            html=row.html,
            title=row.title,
            published=row.published,
            url=row.url,
            version=row.version,
            role=row.role,
            joined=placed.joined,
        )


def text_of(row: Row) -> str | Unread:
    """The text of an article, of a page its body; or why there is none."""
    if row.html is None:
        text = row.text or ""
    else:
        from consistency.read import html  # trafilatura comes with it

        extract = html.extract(row.html)
        if extract is None:
            return Unread(row.source, "empty", f"{row.where} is a page without an article.", _REMEDY)
        text = extract.body.text[extract.headline :].lstrip()
    if not any(character.isalnum() for character in text):
        return Unread(row.source, "empty", f"{row.where} holds no text.", _REMEDY)
    return text
