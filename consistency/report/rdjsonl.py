"""Diagnostics for reviewdog, one JSON object a line (rdjsonl).

A diagnostic names lines, never columns: reviewdog counts columns in UTF-8 bytes of the file, and a report holds the
article's text, in which a no-break space or an entity of the file is a plain character of another length. The words
that matter stand in the message. reviewdog makes a comment of it, so it is escaped as Markdown, and a zero-width space
keeps names, numbers and addresses in it from calling people, issues, pages and small pictures. What was not read or
compared is a diagnostic too.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from consistency.records import Level, Run
from consistency.report._dump import dumped
from consistency.report._entries import Entry, entries
from consistency.report._options import Options

_SEVERITY: dict[Level, str] = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}
_MARKUP = re.compile(r"[\\`*_~<\[&]")
_CALLS = re.compile(
    r"(?<=[@#])(?=\w)"  # somebody's name, an issue
    r"|(?<=\bGH-)(?=\d)"  # an issue
    r"|(?<=:)(?=//)|(?<=www)(?=\.)"  # an address
    r"|(?<=:)(?=(?:[+-]1|100|1234|\w{0,40}[a-z]\w{0,40}):)",  # the name of a small picture
    re.IGNORECASE,
)


class Rdjsonl(msgspec.Struct, frozen=True):
    """Run -> a line for each finding and for whatever else a reader should know."""

    options: Options = Options()

    def __call__(self, run: Run) -> str:
        return "".join(f"{dumped(_diagnostic(entry), indent=None)}\n" for entry in entries(run))


def _diagnostic(entry: Entry) -> dict[str, Any]:
    location: dict[str, Any] = {"path": entry.file}
    if entry.place:
        last = max(entry.place.line, entry.place.end_line)
        location["range"] = {"start": {"line": entry.place.line}, "end": {"line": last}}
    return {
        "message": _MARKUP.sub(r"\\\g<0>", _CALLS.sub("\u200b", entry.text)),  # an escape would hide what calls
        "location": location,
        "severity": _SEVERITY[entry.level],
        "source": {"name": "consistency"},
        "code": {"value": entry.check},
    }
