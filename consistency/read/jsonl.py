"""JSON: records `{id, text | html, published, url, title}`, one a line, or one alone, or all in a list."""

from __future__ import annotations

import re
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
_RAW = msgspec.json.Decoder(msgspec.Raw)
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_FAULTS = (msgspec.MsgspecError, RecursionError, UnicodeError)
_BEGINNING = re.compile(r"\s*(?:\[\s*)?\{\s*\"[^\"\\\n]{1,200}\"\s*:")


def looks_like_json(text: str) -> bool:
    """Whether a text begins as an object does, or a list of objects; no prose does."""
    return bool(_BEGINNING.match(text))


def holds_records(text: str) -> bool:
    """Whether the first object of a text that begins like JSON is a record."""
    for _, first in _parted(text):
        try:
            record = _DECODER.decode(first)
        except _FAULTS:
            return False
        return record.text is not None or record.html is not None
    return False


def _parted(text: str) -> Iterable[tuple[int, str | msgspec.Raw]]:
    """The objects of a text, each with the number of the line where it begins."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not lines or (not text.lstrip().startswith("[") and _is_json(lines[0][1])):
        return lines
    try:
        parts = _LIST.decode(text) if text.lstrip().startswith("[") else [_RAW.decode(text)]
    except _FAULTS:
        return lines
    return _placed(text, parts)


def _placed(text: str, parts: Iterable[msgspec.Raw]) -> Iterator[tuple[int, msgspec.Raw]]:
    at, number = 0, 1
    for part in parts:
        start = text.index(bytes(part).decode(), at)
        number += text.count("\n", at, start)
        at = start
        yield number, part


def _is_json(line: str) -> bool:
    try:
        _RAW.decode(line)
    except _FAULTS:
        return False
    return True


def records(source: str, text: str) -> Iterator[Numbered | Unread]:
    """Each record, or why it is none. Blank lines are passed over; a known id is refused."""
    seen: set[str] = set()
    # Only "\n" ends a line: a record may hold other line separators unescaped.
    for number, line in _parted(text):
        try:
            record = _DECODER.decode(line)
        except _FAULTS as error:
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
