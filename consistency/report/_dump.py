"""JSON that any program can print: what could drive a terminal or a CI service's log is written as an escape."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
_ORDER = re.compile(r"##(?=\w{0,20}\[)")
"""`##[name]`, `##name[`: an order to a CI service, wherever it stands in its log."""
_HALVES = re.compile("[\ud800-\udfff]")


def dumped(value: Any, indent: int | None = 2) -> str:
    """The value as JSON text without a newline at its end; half characters, which no encoding takes, are replaced."""
    text = _ORDER.sub(r"#\\u0023", json.dumps(value, ensure_ascii=False))
    text = _HALVES.sub("\ufffd", _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))
    return text if indent is None else msgspec.json.format(text, indent=indent)
