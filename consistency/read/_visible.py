"""The visible text of an HTML source with its offsets: tags out, entities decoded.

No parser reports where a text stood, so extracted paragraphs are found again here, blanks ignored.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from consistency.read._traced import Joiner, Traced, normalise
from consistency.records import Span

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_HIDDEN = re.compile(r"<(script|style|noscript|template|title|textarea|svg)(?=[\s>/])", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!?]")
BLOCKS = frozenset(
    "p div br li ul ol h1 h2 h3 h4 h5 h6 tr td th table section article aside header footer nav blockquote figure "
    "figcaption main form hr dl dt dd pre address".split()
)
"""Elements that stand on lines of their own, or end one."""
BREAKING = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))})\b", re.IGNORECASE)


def visible(source: Traced) -> Traced:
    """Text between the tags of `source`; a block tag leaves a newline."""
    joined = Joiner()
    at = 0
    for skip in _markup(source.text):
        _add_text(joined, source, Span(at, skip.start))
        if BREAKING.match(source.text, skip.start):
            joined.add("\n")
        at = skip.end
    _add_text(joined, source, Span(at, len(source.text)))
    return normalise(joined.done())


def _markup(source: str) -> Iterator[Span]:
    """Tags, comments and elements that hold no text for readers; linear however broken the source."""
    at = 0
    unclosed: set[str] = set()
    while True:
        tag = _TAG.search(source, at)
        if tag is None:
            return
        start = tag.start()
        if source.startswith("<!--", start):
            end = _end(source, "-->", start + 4, unclosed)
        else:
            end = _end(source, ">", start, unclosed)
            hidden = _HIDDEN.match(source, start)
            if hidden and end >= 0:
                end = _closing(source, hidden.group(1).lower(), end, unclosed)
        if end < 0:
            at = start + 1
            continue
        yield Span(start, end)
        at = end


def _end(source: str, mark: str, start: int, unclosed: set[str]) -> int:
    """Where `mark` ends, or -1; a mark that is missing once is not looked for again."""
    if mark in unclosed:
        return -1
    found = source.find(mark, start)
    if found < 0:
        unclosed.add(mark)
        return -1
    return found + len(mark)


def _closing(source: str, name: str, start: int, unclosed: set[str]) -> int:
    if name in unclosed:
        return start
    closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(source, start)
    if closing is None:
        unclosed.add(name)
        return start
    return closing.end()


def _add_text(joined: Joiner, source: Traced, span: Span) -> None:
    at = span.start
    for entity in _ENTITY.finditer(source.text, span.start, span.end):
        decoded = html.unescape(entity.group())
        if decoded == entity.group():
            continue
        source.copy(Span(at, entity.start()), joined)
        joined.add(decoded, source.to_source(Span(*entity.span())))
        at = entity.end()
    source.copy(Span(at, span.end), joined)


class Finder:
    """Finds texts again in a traced text, blanks ignored, each after the one before if it can."""

    def __init__(self, traced: Traced) -> None:
        self._text = traced.text
        self._places = [at for at, char in enumerate(traced.text) if not char.isspace()]
        self._packed = "".join(traced.text.split())
        self._cursor = 0
        self._misses = 0

    def rewind(self) -> None:
        self._cursor = 0

    def find(self, text: str, also: str = "") -> Span | None:
        """Where `text` stands in the traced text, with `also` where that stands before it in its line; or None."""
        packed = "".join(text.split())
        # Every miss reads the whole page; a page that misses this often is not worth the time.
        if not packed or self._misses > 200:
            return None
        found = self._packed.find(packed, self._cursor)
        if found < 0:
            self._misses += 1
            found = self._packed.find(packed)
        if found < 0:
            return None
        self._cursor = found + len(packed)
        start, end = self._places[found], self._places[found + len(packed) - 1] + 1
        if also and self._packed.endswith(also, 0, found):
            earlier = self._places[found - len(also)]
            start = start if "\n" in self._text[earlier:start] else earlier
        return Span(start, end)
