"""Texts that are no article but hold one in a wrapping: read as they stand, they would be compared with all of it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple


class Foreign(NamedTuple):
    """What a file is instead of an article, and what to do about it."""

    code: Literal["unreadable", "shape"]
    what: str
    remedy: str


_FEED = Foreign(
    "shape",
    "is a feed (RSS or Atom) and no article",
    "Save the articles as pages, or write its entries as JSON records.",
)
_ARCHIVE = Foreign(
    "unreadable",
    "is a web archive or a mail (MIME)",
    "Save the page as HTML alone, or its text as plain text.",
)
_BEGINNINGS = (
    ("{\\rtf", Foreign("unreadable", "is a document in RTF", "Save it as plain text.")),
    ("%PDF-", Foreign("unreadable", "is a PDF", "Save its text as plain text.")),
)
_PROLOGUE = re.compile(r"\s*(?:<\?[^>]{0,500}>|<!--.{0,2000}?-->|<!doctype\s[^>]{0,500}>)", re.I | re.S)
_LONGEST_PROLOGUE = 9
_FEED_ROOT = re.compile(r"\s*<(?:rss|feed|rdf:RDF)[\s>]", re.I)
_HEADERS = re.compile(r"(?:[A-Za-z][A-Za-z-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n){0,50}){1,100}")
_MIME = re.compile(r"^MIME-Version:", re.I | re.M)
_HEAD = 16_384


def foreign(source: str) -> Foreign | None:
    """What the text is by its beginning, if it is one of these."""
    head = source[:_HEAD].lstrip("\ufeff \t\r\n").replace("\r\n", "\n")
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return found
    headers = _HEADERS.match(head)
    if headers and _MIME.search(headers[0]):
        return _ARCHIVE
    at = 0
    for _ in range(_LONGEST_PROLOGUE):
        passed = _PROLOGUE.match(head, at)
        if passed is None:
            break
        at = passed.end()
    return _FEED if _FEED_ROOT.match(head, at) else None
