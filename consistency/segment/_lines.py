"""Paragraphs: which line breaks end one, and which only wrap it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from consistency.records import Span

_LINE = re.compile(r"[^\n]+")
_ENDED = re.compile(r"""[.!?…:]["'”’»)\]]{0,3}$""")
_WIDEST_WRAP = 120
_NARROWEST_WRAP = 40


def paragraphs(text: str) -> Iterator[Span]:
    """Spans of the paragraphs of `text`, without the blanks around them.

    A blank line always ends a paragraph. A single line break does too, unless the next line goes on
    in lower case or the text is wrapped by hand: no line is wide and the next word had no room left.
    """
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    current: Span | None = None
    last: Span | None = None
    for line in lines:
        if current is None or last is None:
            current = line
        elif _adjacent(text, last, line) and _goes_on(text, last, line, width):
            current = Span(current.start, line.end)
        else:
            yield current
            current = line
        last = line
    if current is not None:
        yield current


def _lines(text: str) -> Iterator[Span]:
    for found in _LINE.finditer(text):
        line = found.group()
        stripped = line.strip()
        if stripped:
            start = found.start() + len(line) - len(line.lstrip())
            yield Span(start, start + len(stripped))


def _wrap_width(text: str, lines: list[Span]) -> int:
    """The width a text was wrapped to by hand, or 0: most lines that go on had no room left."""
    width = max((len(line) for line in lines), default=0)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return 0
    pairs = [pair for pair in pairwise(lines) if _adjacent(text, *pair)]
    full = sum(_is_full(text, last, line, width) for last, line in pairs)
    return width if pairs and full >= 0.6 * len(pairs) else 0


def _adjacent(text: str, last: Span, line: Span) -> bool:
    return text.count("\n", last.end, line.start) == 1


def _is_full(text: str, last: Span, line: Span, width: int) -> bool:
    """Whether the first word of `line` had no room left on the line before."""
    word = text[line.start : min(line.end, line.start + width)].split(None, 1)[0]
    return len(last) + 1 + len(word) > width


def _goes_on(text: str, last: Span, line: Span, width: int) -> bool:
    if width and _is_full(text, last, line, width):
        return True
    return text[line.start].islower() and not _ENDED.search(text, max(last.start, last.end - 6), last.end)
