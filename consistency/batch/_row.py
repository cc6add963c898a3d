"""One row of a feed, and how the fields of a record become one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from consistency.records import Role, Unread

LONGEST_ROW = 32 * 2**20
"""Bytes of one line, characters of one Parquet row: the longest page that is read (5 million characters), escaped."""
LONGEST_NAME = 500
"""Characters of an id, or of a story's or a version's name; they stand in every result."""
_LONGEST_REASON = 200
_LATEST = 10**11
"""Seconds since 1970 in the year 5138; a larger number counts milliseconds."""
REMEDY = (
    'Give each row an "id", a "story" and a "text" (or "html" for a page), or the texts "reference" and "version" of a '
    "pair."
)


class Row(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """An article of a feed, or a pair, which brings its own reference.

    `number` counts lines (JSON lines) or rows (Parquet) of `source` from 1. `story` is "" where the row names none.
    Exactly one of `text` and `html` is there. Of a pair `reference` is the text of the one and `text` of the other.
    `role` is None where the row does not say what it is. `ignored` names the columns that nobody asked for.
    """

    source: str
    number: int
    id: str
    story: str = ""
    text: str | None = None
    html: str | None = None
    title: str = ""
    published: str | None = None
    url: str = ""
    version: str = ""
    role: Role | None = None
    reference: str | None = None
    ignored: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The row in words: `feed.jsonl, line 12`."""
        return place(self.source, self.number)


def place(source: str, number: int) -> str:
    """A row in words: of Parquet its row, else its line."""
    return f"{source}, {'row' if source.lower().endswith('.parquet') else 'line'} {number}"


class _Record(msgspec.Struct):
    """What is asked of a row; names and kinds are those of `consistency check` on JSON lines, and a few more."""

    id: str | int | float | None = None
    story: str | int | float | None = None
    text: str | None = None
    html: str | None = None
    title: object = None
    published: str | int | float | None = None
    url: object = None
    version: str | int | float | None = None
    role: Role | None = None
    original: bool | None = None
    reference: str | None = None


COLUMNS = _Record.__struct_fields__
_KNOWN = frozenset({*COLUMNS, "joined"})
"""Also what `consistency group` says of how it placed an article, which a scan does not need."""


def row(fields: Mapping[str, Any], source: str, number: int) -> Row | Unread:
    """The row of a record's fields, or what is wrong with them."""
    try:
        record = msgspec.convert(fields, _Record)
    except msgspec.ValidationError as fault:
        return refused(source, number, f"is no row ({str(fault)[:_LONGEST_REASON]})")
    names = {name: _name(getattr(record, name)) for name in ("id", "story")}
    ignored = tuple(sorted(name[:LONGEST_NAME] for name in fields.keys() - _KNOWN))
    own = names["id"] or f"{source}:{number}"
    if record.reference is not None:
        found = _pair(record, own, names["story"], source, number)
    else:
        found = _article(record, own, names["story"], source, number)
    if isinstance(found, Unread):
        return found
    long = next((name for name in ("id", "story", "version") if len(getattr(found, name)) > LONGEST_NAME), None)
    if long is not None:
        return refused(source, number, f"has a {long} of more than {LONGEST_NAME} characters")
    return msgspec.structs.replace(found, ignored=ignored) if ignored else found


def refused(source: str, number: int, what: str) -> Unread:
    """A row that cannot be read; `what` goes on after its place."""
    return Unread(source, "shape", f"{place(source, number)} {what}.", REMEDY)


def _article(record: _Record, own: str, story: str, source: str, number: int) -> Row | Unread:
    if (record.text and record.html) or (record.text is None and record.html is None):
        return refused(source, number, 'needs either "text" or "html"')
    return Row(
        source=source,
        number=number,
        id=own,
        story=story,
        text=None if record.html else record.text or "",
        html=record.html or None,
        title=record.title if isinstance(record.title, str) else "",
        published=_date(record.published),
        url=record.url if isinstance(record.url, str) else "",
        version=_name(record.version),
        role="original" if record.original else record.role,
    )


def _pair(record: _Record, own: str, story: str, source: str, number: int) -> Row | Unread:
    if not isinstance(record.version, str) or record.text is not None or record.html is not None:
        return refused(source, number, 'has a "reference", so it needs the text of its "version" and no other')
    return Row(
        source=source,
        number=number,
        id=own,
        story=story or own,
        text=record.version,
        reference=record.reference,
        role="report" if record.role == "report" else None,
    )


def _date(value: str | int | float | None) -> str | None:
    """A date as text; a number is the seconds or milliseconds since 1970."""
    if value is None or isinstance(value, str):
        return value
    try:
        return datetime.fromtimestamp(value / 1000 if abs(value) > _LATEST else value, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def _name(value: str | int | float | None) -> str:
    """An id as text; 12.0 is what other tools make of a column of whole numbers with gaps."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
