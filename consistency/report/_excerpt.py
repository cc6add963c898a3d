"""The text of a finding's side, cut to a bearable length, with the words that matter told apart."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from consistency.records import Side, Span

_AROUND = 160
"""Characters kept on each side of marked words in a text that is too long."""


class Part(msgspec.Struct, frozen=True):
    """A run of the side's text; `hidden` > 0 stands for that many characters not shown."""

    text: str
    marked: bool = False
    hidden: int = 0


def parts(side: Side, limit: int) -> Iterator[Part]:
    """The side's text in order; of a text over `limit` characters what lies near the marked words."""
    marks = _marks(side)
    at = 0
    for window in _windows(len(side.text), marks, limit):
        if window.start > at:
            yield Part("", hidden=window.start - at)
        yield from _split(side.text, window, marks)
        at = window.end
    if at < len(side.text):
        yield Part("", hidden=len(side.text) - at)


def _marks(side: Side) -> list[Span]:
    """The evidence in offsets of the joined text, in order, touching ones merged."""
    marks: list[Span] = []
    offset = 0
    for claim in side.spans:
        for evidence in side.evidence:
            start, end = max(evidence.start, claim.start), min(evidence.end, claim.end)
            if start < end:
                marks.append(Span(start, end).shift(offset - claim.start))
        offset += len(claim) + 1
    return _merged([mark for mark in marks if mark.end <= len(side.text)])


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _windows(length: int, marks: list[Span], limit: int) -> list[Span]:
    if length <= limit:
        return [Span(0, length)]
    windows: list[Span] = []
    left = limit
    for mark in marks:
        start = max(0, mark.start - _AROUND)
        window = Span(start, min(length, mark.end + _AROUND, start + left))
        windows.append(window)
        left -= len(window)
        if left <= 2 * _AROUND:
            break
    return _merged(windows) or [Span(0, limit)]


def _split(text: str, window: Span, marks: list[Span]) -> Iterator[Part]:
    at = window.start
    for mark in marks:
        start, end = max(mark.start, window.start), min(mark.end, window.end)
        if start >= end:
            continue
        if at < start:
            yield Part(text[at:start])
        yield Part(text[start:end], marked=True)
        at = end
    if at < window.end:
        yield Part(text[at : window.end])
