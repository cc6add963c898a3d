"""JSON lines: one record `{id, text | html, published, url, title}` a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from consistency.records import Unread

KEEP_REMEDY = 'Write one JSON object a line: {"id": "...", "text": "..."}, with "html" in place of "text" for a page.'


class Record(msgspec.Struct, frozen=True):
    """One line: exactly one of `text` and `html`, the rest optional; unknown keys are left alone."""

    id: str | int | None = None
    text: str | None = None
    html: str | None = None
    published: str | None = None
    url: str | None = None
    title: str | None = None


class Numbered(msgspec.Struct, frozen=True):
    """A record with the number of its line, from 1, and its id, which is the number where it has none."""

    line: int
    id: str
    record: Record


_DECODER = msgspec.json.Decoder(Record)


def records(source: str, lines: Iterable[str]) -> Iterator[Numbered | Unread]:
    """Each line as a record, or why it is none. Blank lines are passed over; a known id is refused."""
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = _DECODER.decode(line)
        except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
            yield _refused(source, number, f"is no record ({error})")
            continue
        name = str(number) if record.id is None else str(record.id)
        if (record.text is None) == (record.html is None):
            yield _refused(source, number, 'needs either "text" or "html"')
        elif name in seen:
            yield Unread(
                source,
                "shape",
                f"{source}, line {number}: the id {name!r} stands twice.",
                "Give every record of the file an id of its own.",
            )
        else:
            seen.add(name)
            yield Numbered(number, name, record)


def _refused(source: str, number: int, what: str) -> Unread:
    return Unread(source, "shape", f"{source}, line {number} {what}.", KEEP_REMEDY)
