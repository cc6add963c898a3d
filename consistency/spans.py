"""Places in a text, and the way from an extracted text back to its file.

They count characters (Unicode code points), ends exclusive. Everyone takes them from `records`.
"""

from __future__ import annotations

from bisect import bisect_right

import msgspec


class Span(msgspec.Struct, frozen=True, array_like=True, order=True):
    """Half-open range of characters, `[start, end]` in JSON."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other lies in this one; each holds itself."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """A run of extracted text and the run of source text it came from.

    Runs of equal length map character by character; runs of different length (an entity, a folded
    run of blanks) map as a whole.
    """

    text: Span
    source: Span


class Offsets(msgspec.Struct, frozen=True):
    """Map from the extracted text to the decoded source, as pieces in text order.

    Text between pieces (a paragraph break the reader put in) has no source of its own and maps to
    the nearest edge. No pieces = the text is the source.
    """

    pieces: tuple[Piece, ...] = ()

    def to_source(self, span: Span) -> Span:
        """The smallest source span that covers `span`."""
        if not self.pieces:
            return span
        start = self._point(span.start, last=False)
        end = self._point(max(span.start, span.end - 1), last=True)
        return Span(start, max(start, end))

    def _point(self, offset: int, *, last: bool) -> int:
        at = max(0, bisect_right(self.pieces, offset, key=lambda piece: piece.text.start) - 1)
        piece = self.pieces[at]
        if offset >= piece.text.end:
            if last or at + 1 == len(self.pieces):
                return piece.source.end
            return self.pieces[at + 1].source.start
        if offset < piece.text.start:
            return piece.source.start
        if len(piece.text) == len(piece.source):
            return piece.source.start + (offset - piece.text.start) + (1 if last else 0)
        return piece.source.end if last else piece.source.start


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a span stands in its source file, `[line, column, end line, end column]` in JSON.

    Lines and columns count from 1, columns in code points, the end column is exclusive. Column 0 = the lines whole,
    where a column would mean nothing to an editor (a record of a JSON-lines file).
    """

    line: int
    column: int
    end_line: int
    end_column: int
