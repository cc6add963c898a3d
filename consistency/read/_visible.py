"""The visible text of an HTML source with its offsets: tags out, entities decoded.

No parser reports where a text stood, so extracted paragraphs are found again here, blanks ignored.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from consistency.read._traced import Joiner, Traced, normalise
from consistency.records import Span

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
HIDDEN = ("script", "style", "noscript", "template", "title", "textarea", "svg")
"""Elements whose text no reader is shown."""
_HIDDEN = re.compile(rf"<({'|'.join(HIDDEN)})(?=[\s>/])", re.IGNORECASE)
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


class Run(NamedTuple):
    """A run of a text where it is visible; `apart`: a blank stands between it and the run before."""

    span: Span
    apart: bool = False


_KEYS = (24, 12)
"""Characters by which the next run of a text is known: many where no box cuts them short."""
_SHORTEST = 6
_LONGEST_BOX = 2_000
"""Characters of a box in the middle of a text."""
_MOST_RUNS = 8


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

    def runs(self, text: str, also: str = "") -> tuple[Run, ...]:
        """Where `text` stands, as by `find`; else in runs around boxes, such as figures, that were taken out of it."""
        whole = self.find(text, also)
        if whole is not None:
            return (Run(whole),)
        packed = "".join(text.split())
        if len(packed) < min(_KEYS) + _SHORTEST or self._misses > 200:
            return ()
        starts = (self._packed.find(packed[:key], at) for key in _KEYS for at in (self._cursor, 0))
        at = next((start for start in starts if start >= 0), -1)
        blanks = _blanks(text)
        found: list[Run] = []
        done = 0
        while at >= 0 and len(found) < _MOST_RUNS:
            same = _alike(packed, done, self._packed, at)
            if done + same == len(packed):
                self._cursor = at + same
                return (*found, Run(self._span(at, same), done in blanks))
            length, following = self._goes_on(packed, done, at, same)
            if following >= 0:
                found.append(Run(self._span(at, length), done in blanks))
            done, at = done + length, following
        return ()

    def _goes_on(self, packed: str, done: int, at: int, same: int) -> tuple[int, int]:
        """Of a run how long it is, and where the next begins behind a box; or -1.

        `same` characters are alike from `at` on, the last of them perhaps by chance: a box may begin as the text goes
        on behind it.
        """
        for key in _KEYS:
            for length in range(same, max(0, same - max(_KEYS)), -1):
                rest = packed[done + length : done + length + key]
                start = at + length + 1
                following = self._packed.find(rest, start, start + _LONGEST_BOX) if len(rest) >= _SHORTEST else -1
                if following >= 0:
                    return length, following
        return 0, -1

    def _span(self, at: int, length: int) -> Span:
        return Span(self._places[at], self._places[at + length - 1] + 1)


def _blanks(text: str) -> set[int]:
    """The places among the characters that are no blanks before which blanks stand."""
    places: set[int] = set()
    at = 0
    for word in text.split():
        places.add(at)
        at += len(word)
    return places - {0}


def _alike(text: str, done: int, page: str, at: int) -> int:
    """How many characters of the text from `done` on stand in the page from `at` on."""
    least, most = 0, min(len(text) - done, len(page) - at)
    while least < most:
        middle = (least + most + 1) // 2
        if page.startswith(text[done + least : done + middle], at + least):
            least = middle
        else:
            most = middle - 1
    return least
