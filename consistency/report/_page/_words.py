"""A claim's text with its marks: what findings point at, and the words that the other side has otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

import msgspec

from consistency.isolate import differences
from consistency.records import LEVELS, Claim, Level, Span
from consistency.report._page._markup import Markup, element, together

LONGEST = 2_000
"""Characters of one claim that are shown whole; of a longer one what lies near its marks."""
_AROUND = 200
_WINDOWS = 12
"""Places of a long claim that are shown at most."""


class Mark(msgspec.Struct, frozen=True):
    """Evidence of a finding, in offsets of the claim's text; `finding` is its number on the page."""

    span: Span
    level: Level
    finding: int


def changed(left: Sequence[Claim], right: Sequence[Claim]) -> tuple[dict[str, list[Span]], dict[str, list[Span]]]:
    """Of each claim on both sides the words that differ, in offsets of the claim. Nothing for what is too long."""
    if not left or not right or max(map(_length, (left, right))) > LONGEST:
        return {}, {}
    found = differences(*(" ".join(claim.text for claim in side) for side in (left, right)))
    return (
        _spread(left, [one.premise for one in found]),
        _spread(right, [one.hypothesis for one in found]),
    )


def written(claim: Claim, marks: Sequence[Mark], words: Sequence[Span], changes: str) -> Markup:
    """The text; `changes` is the element around words that differ (`del` or `ins`)."""
    made: list[Markup | str] = []
    at = 0
    inside = [mark for mark in marks if mark.span.start < len(claim.text)]
    for window in _windows(len(claim.text), inside):
        if window.start > at:
            made.append(_gap(window.start - at))
        made += _pieces(claim.text, window, inside, words, changes)
        at = window.end
    if at < len(claim.text):
        made.append(_gap(len(claim.text) - at))
    return together(made)


def _length(side: Sequence[Claim]) -> int:
    return sum(len(claim.text) + 1 for claim in side)


def _spread(side: Sequence[Claim], spans: Iterable[Span]) -> dict[str, list[Span]]:
    """Spans of the joined text as spans of each claim."""
    found: dict[str, list[Span]] = {}
    offset = 0
    left = [span for span in spans if len(span)]
    for claim in side:
        for span in left:
            start, end = max(0, span.start - offset), min(len(claim.text), span.end - offset)
            if start < end:
                found.setdefault(claim.id, []).append(Span(start, end))
        offset += len(claim.text) + 1
    return found


def _windows(length: int, marks: Sequence[Mark]) -> list[Span]:
    if length <= LONGEST:
        return [Span(0, length)]
    windows: list[Span] = []
    for mark in sorted(marks, key=lambda one: one.span)[:_WINDOWS]:
        start = max(0, mark.span.start - _AROUND)
        end = min(length, mark.span.end + _AROUND, start + LONGEST)
        if windows and start <= windows[-1].end:
            windows[-1] = Span(windows[-1].start, max(windows[-1].end, end))
        else:
            windows.append(Span(start, end))
    return windows or [Span(0, LONGEST)]


def _gap(characters: int) -> Markup:
    return element("span", " … ", characters, " characters not shown … ", class_="gap")


def _pieces(
    text: str, window: Span, marks: Sequence[Mark], words: Sequence[Span], changes: str
) -> Iterator[Markup | str]:
    """The window cut wherever a mark begins or ends, so that marks may overlap as they like."""
    cuts = {window.start, window.end}
    for span in (*(mark.span for mark in marks), *words):
        cuts |= {at for at in (span.start, span.end) if window.start < at < window.end}
    edges = sorted(cuts)
    cut = ((piece, _over(piece, marks)) for piece in (Span(*ends) for ends in pairwise(edges)))
    for over, group in groupby(cut, key=lambda one: one[1]):
        inner = together(_worded(text, piece, words, changes) for piece, _ in group)
        if over:
            worst = min(over, key=lambda mark: (LEVELS.index(mark.level), mark.finding))
            numbers = " ".join(str(number) for number in sorted({mark.finding for mark in over}))
            yield element("mark", inner, class_=worst.level, data_f=numbers)
        else:
            yield inner


def _over(piece: Span, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if mark.span.overlaps(piece))


def _worded(text: str, piece: Span, words: Sequence[Span], changes: str) -> Markup | str:
    told = text[piece.start : piece.end]
    return element(changes, told) if any(span.overlaps(piece) for span in words) else told
