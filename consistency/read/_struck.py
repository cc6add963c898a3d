"""What tags say that their words do not: text that is struck out, and text that is quoted."""

from __future__ import annotations

import re

from consistency.read._traced import Joiner, Traced
from consistency.read._visible import BREAKING
from consistency.records import Span

_STRUCK = re.compile(r"<(/?)(del|strike|s)(?:\s[^<>]{0,500})?>", re.I)
_LONGEST_STRUCK = 5_000
_QUOTED = re.compile(rf"<(/?)q(?:\s[^<>]{{0,500}})?>|{BREAKING.pattern}", re.I)
_MARKS = (("“", "”"), ("‘", "’"))
_MARK = r"(?:[\"'“‘„«]|&(?:[lb]dquo|lsquo|quot|laquo|apos|#822[02]|#8216|#3[49]|#x201[8c]);)"
_MARK_BEFORE = re.compile(rf"{_MARK}$", re.I)
_MARK_AFTER = re.compile(_MARK, re.I)
_WIDEST_MARK = 8


def struck(source: str) -> list[Span]:
    """What stands between the tags of struck-out text, in order; of runs inside each other the outermost."""
    opened: dict[str, list[int]] = {}
    pairs: list[Span] = []
    for tag in _STRUCK.finditer(source):
        places = opened.setdefault(tag[2].lower(), [])
        if not tag[1]:
            places.append(tag.end())
        elif places:
            pairs.append(Span(places.pop(), tag.start()))
    found: list[Span] = []
    for pair in sorted(pairs):
        if len(pair) <= _LONGEST_STRUCK and (not found or pair.start >= found[-1].end):
            found.append(pair)
    return found


def quoted(source: str) -> Traced:
    """The source with quotation marks in place of `<q>` and `</q>`, as a browser shows them.

    Tags around whole paragraphs stay as they are, and where marks are written as well the tags only go.
    """
    marks: list[tuple[Span, str]] = []
    opened: list[Span] = []
    for tag in _QUOTED.finditer(source):
        if tag[1] is None:
            if tag[0].lower() != "<br":
                opened.clear()
        elif not tag[1]:
            opened.append(Span(*tag.span()))
        elif opened:
            start = opened.pop()
            before = source[max(0, start.start - _WIDEST_MARK) : start.start]
            written = _MARK_BEFORE.search(before) or _MARK_AFTER.match(source, start.end)
            left, right = ("", "") if written else _MARKS[len(opened) % 2]
            marks += [(start, left), (Span(*tag.span()), right)]
    whole = Traced.of(source)
    if not marks:
        return whole
    joined = Joiner()
    at = 0
    for span, mark in sorted(marks):
        whole.copy(Span(at, span.start), joined)
        joined.add(mark, span)
        at = span.end
    whole.copy(Span(at, len(source)), joined)
    return joined.done()
