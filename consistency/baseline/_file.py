"""The baseline as a TOML file that people read in a review: a block for each finding, in a fixed order.

Findings of one article stand together, so that two branches seldom touch the same lines. Characters that no reader
would see, or that would turn a line round, are written as escapes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta

from consistency.baseline._entry import Baseline, Entry, Told, Verdict
from consistency.baseline._match import canonical
from consistency.errors import InputError
from consistency.records import Waiver

LARGEST: Final = 64 * 2**20
"""Bytes of the largest file that is read."""
FORMAT: Final = 1
_HEAD = """\
# Findings that are known: `consistency check --baseline` shows and marks them, and does not fail for them.
# `consistency baseline update` writes this file anew and keeps the waivers in it. To waive a finding, add below it:
#
#     [finding.waiver]
#     reason = "why it may stand"
#     author = "who says so"
#     expires = "2030-12-31"  # the last day on which that holds; leave it out for always

"""
_UNSEEN = re.compile(
    '[\x00-\x1f"\\\\\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]'
)
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class _WaiverRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: Annotated[str, Meta(min_length=1)]
    author: str = ""
    expires: str | None = None


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fingerprint: str
    check: str
    story: str = ""
    source: str = ""
    message: str = ""
    reference: str | None = None
    reference_values: tuple[str, ...] = ()
    version: str | None = None
    version_values: tuple[str, ...] = ()
    count: Annotated[int, Meta(ge=1, le=2**31)] = 1
    waiver: _WaiverRow | None = None


class _VerdictRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fingerprint: Annotated[str, Meta(min_length=1)]
    reason: Annotated[str, Meta(min_length=1)]
    check: str = ""
    author: str = ""
    expires: str | None = None


_RowType = TypeVar("_RowType", _Row, _VerdictRow)


def render(baseline: Baseline) -> str:
    """The file's text. The same entries give the same text, whatever their order."""
    blocks = [_block(baseline.entries[at]) for at in canonical(baseline.entries)]
    return "\n".join([f"{_HEAD}format = {FORMAT}\n", *blocks])


def parse(data: bytes, name: str) -> Baseline:
    """The baseline that stands in a file. Raises `InputError` with the line at fault and what to do about it."""
    text, table = _table(data, name)
    version = table.pop("format", FORMAT)
    if version != FORMAT:
        raise InputError(
            f"{name}: the baseline has format {version!r}, this tool knows {FORMAT}",
            "read it with the version of consistency that wrote it, or write it anew",
        )
    rows = _rows(text, table, "finding", name, _Row)
    return Baseline(name, tuple(_entry(row) for row in rows))


def parse_waivers(data: bytes, name: str) -> tuple[Verdict, ...]:
    """The waivers in a file of `[[waiver]]` tables, as the HTML report exports it. Raises `InputError`."""
    text, table = _table(data, name)
    rows = _rows(text, table, "waiver", name, _VerdictRow)
    return tuple(Verdict(row.fingerprint, Waiver(row.reason, row.author, row.expires), row.check) for row in rows)


def _block(entry: Entry) -> str:
    lines = ["[[finding]]", f"story = {_string(entry.story)}"]
    if entry.source:
        lines.append(f"source = {_string(entry.source)}")
    lines += [f"check = {_string(entry.check)}", f"fingerprint = {_string(entry.fingerprint)}"]
    if entry.count > 1:
        lines.append(f"count = {entry.count}")
    if entry.message:
        lines.append(f"message = {_string(entry.message)}")
    lines += [*_side("reference", entry.reference), *_side("version", entry.version)]
    if entry.waiver is not None:
        lines += ["", "[finding.waiver]", f"reason = {_string(entry.waiver.reason)}"]
        if entry.waiver.author:
            lines.append(f"author = {_string(entry.waiver.author)}")
        if entry.waiver.expires is not None:
            lines.append(f"expires = {_string(entry.waiver.expires)}")
    return "\n".join(lines) + "\n"


def _side(name: str, told: Told | None) -> list[str]:
    if told is None:
        return []
    lines = [f"{name} = {_string(told.claim)}"]
    if told.values:
        lines.append(f"{name}_values = [{', '.join(map(_string, told.values))}]")
    return lines


def _string(text: str) -> str:
    return f'"{_UNSEEN.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    """TOML knows no halves of characters; they can mean nothing."""
    mark = found[0]
    if "\ud800" <= mark <= "\udfff":
        return "\ufffd"
    return _SHORT.get(mark) or f"\\u{ord(mark):04X}"


def _entry(row: _Row) -> Entry:
    waiver = None if row.waiver is None else Waiver(row.waiver.reason, row.waiver.author, row.waiver.expires)
    return Entry(
        fingerprint=row.fingerprint,
        check=row.check,
        story=row.story,
        source=row.source,
        message=row.message,
        reference=None if row.reference is None else Told(row.reference, row.reference_values),
        version=None if row.version is None else Told(row.version, row.version_values),
        count=row.count,
        waiver=waiver,
    )


def _table(data: bytes, name: str) -> tuple[str, dict[str, Any]]:
    if len(data) > LARGEST:
        raise InputError(f"{name}: larger than {LARGEST >> 20} MiB", "give a file that consistency wrote")
    try:
        text = data.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise InputError(f"{name}: line {line} is not UTF-8", "save the file as UTF-8") from fault
    except (ValueError, RecursionError) as fault:
        raise InputError(
            f"{name}: not valid TOML: {str(fault)[:200]}", "mend that line, or take an older state of the file"
        ) from fault


def _rows(text: str, table: Mapping[str, Any], key: str, name: str, shape: type[_RowType]) -> list[_RowType]:
    """The tables `[[key]]`, each of the shape wanted."""
    strange = [other for other in table if other != key]
    given = table.get(key, [])
    if strange or not isinstance(given, list):
        wrong = strange[0][:80] if strange else key
        raise InputError(f"{name}: {wrong!r} has no place in it", f"write [[{key}]] over each entry")
    rows = []
    for at, entry in enumerate(given):
        try:
            rows.append(msgspec.convert(_dated(entry), shape))
        except (msgspec.ValidationError, ValueError) as fault:
            where = _where(text, key, at, len(given))
            raise InputError(f"{name}: {where}: {str(fault)[:200]}", f"mend that [[{key}]]") from fault
    return rows


def _dated(entry: Any) -> Any:
    """The entry with its waiver's last day as text, however it was written; an empty one is none."""
    if not isinstance(entry, dict):
        return entry
    changed = {**entry}
    if isinstance(entry.get("waiver"), dict):
        changed["waiver"] = _dated(entry["waiver"])
    if "expires" in entry:
        changed["expires"] = _day(entry["expires"])
    return changed


def _day(given: object) -> str | None:
    if given == "":
        return None
    if isinstance(given, date) and not isinstance(given, datetime):
        return given.isoformat()
    if isinstance(given, str) and _DAY.fullmatch(given):
        try:
            return date.fromisoformat(given).isoformat()
        except ValueError:
            pass
    raise ValueError(f"expires is {str(given)[:40]!r}, not a day such as 2030-12-31")


def _where(text: str, key: str, at: int, count: int) -> str:
    """The line on which an entry begins; which one it is, where a text in the file looks like a beginning too."""
    starts: Sequence[int] = [found.start() for found in re.finditer(rf"^[ \t]*\[\[[ \t]*{key}[ \t]*\]\]", text, re.M)]
    if len(starts) != count:
        return f"entry {at + 1}"
    return f"line {text.count(chr(10), 0, starts[at]) + 1}"
