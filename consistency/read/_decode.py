"""Bytes to text: byte-order marks, declared charsets, UTF-8, UTF-16, Windows-1252, then a guess."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{2,40})""", re.I)
_XML_DECLARED = re.compile(rb"""^\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9_.:-]{2,40})""")
_HEAD = 4096
_GUESS_SAMPLE = 65_536
_CONTROLS = tuple(map(chr, (*range(9), *range(14, 27), *range(28, 32), 127)))
# Pages that declare these are written in Windows-1252, as browsers have it.
_LEGACY = dict.fromkeys(("iso8859-1", "ascii"), "cp1252")
# A page may declare any codec Python knows; some of them (punycode, unicode_escape) are no charsets.
_CHARSETS = ("utf-8", "utf-16", "utf-32", "iso8859", "cp", "koi8", "mac", "big5", "gb", "shift", "euc", "tis")


def decode(data: bytes) -> str | None:
    """The text of `data`, or None where the bytes are no text (binary, mostly control characters)."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _readable(data[len(mark) :].decode(charset, "replace"))
    wide = _wide(data[:_HEAD])
    if wide is not None:
        return _readable(data.decode(wide, "replace"))
    if b"\0" in data:
        return None
    for charset, errors in _candidates(data):
        try:
            text = data.decode(charset, errors) if charset else None
        except UnicodeError:
            continue
        if text is not None:
            return _readable(text)
    return None


def _candidates(data: bytes) -> Iterator[tuple[str, str]]:
    """Charsets and error modes to try, the likeliest first."""
    yield "utf-8", "strict"
    if _mostly_utf8(data):
        yield "utf-8", "replace"
    for pattern in (_DECLARED, _XML_DECLARED):
        declared = pattern.search(data[:_HEAD])
        if declared:
            yield _charset(declared.group(1).decode("ascii")), "strict"
    high = sum(byte >= 0x80 for byte in data[:_GUESS_SAMPLE])
    # English text in a one-byte charset holds a few high bytes, quotes and dashes most of all.
    if high > 0.05 * min(len(data), _GUESS_SAMPLE):
        yield _guess(data), "strict"
    yield "cp1252", "strict"


def _mostly_utf8(data: bytes) -> bool:
    """UTF-8 with a broken byte or a cut end: other charsets hardly ever form valid sequences."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    wide = len(text) - len(text.encode("ascii", "ignore"))
    return wide - broken >= 4 * broken


def _charset(name: str) -> str:
    """The codec's own name, or "" for one that is unknown or no charset."""
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return ""
    return _LEGACY.get(known, known) if known.startswith((*_CHARSETS, "ascii")) else ""


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESS_SAMPLE]).best()
    return _charset(best.encoding) if best is not None else ""


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a Latin text is zero."""
    even, odd = head[0::2], head[1::2]
    if len(odd) < 4 or len(even) < 4:
        return None
    if odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return None


def _readable(text: str) -> str | None:
    if "\0" in text:
        return None
    return None if sum(map(text.count, _CONTROLS)) > 0.02 * len(text) else text
