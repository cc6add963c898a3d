"""Text that remembers where in the decoded source it stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from consistency.records import Offsets, Piece, Span

_SAME_WIDTH = {
    "\r": "\n",
    "\v": "\n",
    "\f": "\n",
    "\x85": "\n",
    # Windows-1252 quotes and dashes that stayed controls; browsers show them as what was meant.
    "\x91": "‘",
    "\x92": "’",
    "\x93": "“",
    "\x94": "”",
    "\x96": "–",
    "\x97": "—",
    "\u2028": "\n",
    "\u2029": "\n",
    "\xa0": " ",
    "\u1680": " ",
    **{chr(code): " " for code in range(0x2000, 0x200B)},
    "\u202f": " ",
    "\u205f": " ",
    "\u3000": " ",
}
_ODD = re.compile(f"[{''.join(_SAME_WIDTH)}]")
# Soft hyphens, zero-width characters, byte-order marks and direction overrides: a reader never sees
# them, a comparison would.
_INVISIBLE = re.compile("\r(?=\n)|[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Traced:
    """A text with the pieces that lead back to its source.

    Pieces stand in text order, do not overlap, and are merged where they touch on both sides.
    """

    text: str
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, source: str) -> Traced:
        """The source itself, every character in its own place."""
        return cls(source, (Piece(Span(0, len(source)), Span(0, len(source))),) if source else ())

    @property
    def offsets(self) -> Offsets:
        """The map for an `Article`; empty where the text is the source."""
        identity = all(piece.text == piece.source for piece in self.pieces)
        whole = sum(len(piece.text) for piece in self.pieces) == len(self.text)
        return Offsets() if identity and whole else Offsets(self.pieces)

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.text.start for piece in self.pieces]

    def to_source(self, span: Span) -> Span:
        """The smallest source span that covers what of `span` has a source."""
        pieces = self.keep([span]).pieces
        if not pieces:
            return Offsets(self.pieces).to_source(span)
        return Span(pieces[0].source.start, max(piece.source.end for piece in pieces))

    def keep(self, spans: Iterable[Span], joiner: str = "") -> Traced:
        """The given spans of the text, in the given order, with `joiner` (of no source) between."""
        joined = Joiner()
        for number, span in enumerate(spans):
            if number:
                joined.add(joiner)
            self.copy(span, joined)
        return joined.done()

    def copy(self, span: Span, joined: Joiner) -> None:
        """Append a span of the text, with its source, to `joined`."""
        at = span.start
        for number in range(max(0, bisect_right(self._starts, span.start) - 1), len(self.pieces)):
            piece = self.pieces[number]
            if piece.text.start >= span.end:
                break
            start, end = max(at, piece.text.start), min(span.end, piece.text.end)
            if start >= end:
                continue
            joined.add(self.text[at:start])
            source = piece.source
            if len(piece.text) == len(piece.source):
                shift = piece.source.start - piece.text.start
                source = Span(start + shift, end + shift)
            joined.add(self.text[start:end], source)
            at = end
        joined.add(self.text[at : span.end])

    def drop(self, spans: Iterable[Span]) -> Traced:
        """The text without the given spans, which stand in order and do not overlap."""
        return self.keep(gaps(spans, len(self.text)))


class Joiner:
    """Collects runs of text with their source and joins what touches."""

    def __init__(self) -> None:
        self._runs: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0

    def add(self, text: str, source: Span | None = None) -> None:
        """Append `text`; without a source it is something the reader put in."""
        if not text:
            return
        span = Span(self._length, self._length + len(text))
        self._runs.append(text)
        self._length = span.end
        if source is None:
            return
        last = self._pieces[-1] if self._pieces else None
        if (
            last is not None
            and last.text.end == span.start
            and last.source.end == source.start
            and len(last.text) == len(last.source)
            and len(span) == len(source)
        ):
            self._pieces[-1] = Piece(Span(last.text.start, span.end), Span(last.source.start, source.end))
        else:
            self._pieces.append(Piece(span, source))

    def done(self) -> Traced:
        return Traced("".join(self._runs), tuple(self._pieces))


def gaps(spans: Iterable[Span], length: int) -> Iterator[Span]:
    """What lies between ordered spans of a text of `length` characters."""
    at = 0
    for span in spans:
        if span.start > at:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < length:
        yield Span(at, length)


def normalise(source: Traced) -> Traced:
    """Newlines become `\\n`, odd blanks a space; soft hyphens and zero-width characters go."""
    cuts = [Span(*found.span()) for found in _INVISIBLE.finditer(source.text)]
    kept = source.drop(cuts) if cuts else source
    return Traced(_ODD.sub(lambda odd: _SAME_WIDTH[odd[0]], kept.text), kept.pieces)
