"""Direct quotes of a text: where they open and close, with which marks, and who is said to speak.

Works on whole articles, because a quote may run over sentences and paragraphs. Offsets count
characters of the given text. One pass, linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import msgspec

from consistency.facts.attribution import Attribution, attribution
from consistency.records import Span

FITTING: Final[dict[str, str]] = {
    "“": "”",
    "”": "”",
    '"': '"',
    "„": "“”",
    "«": "»",
    "»": "«»",
    "``": "''",
    "‘‘": "’’",
    "''": "''",
    "‘": "’",
    "'": "'",
    "‚": "‘’",
    "‹": "›",
}
"""For each opening mark the closing marks that go with it."""

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_DOUBLE = re.compile(r"[“”„\"«»]|``|''|‘‘|’’")
_SINGLE = re.compile(r"[‘’‚‹›']")
_ELISION = re.compile(r"\d{2}s?\b|(?:em|til|tis|twas|cause|n|bout|round|s)\b", re.IGNORECASE)
_INCHES = re.compile(r"\d['’]\s?\d{1,2}\Z")
_BEFORE_OPENING = "([{—–-/“„«\"‘'"
_AFTER_CLOSING = ".,;:!?…)]}—–-/”»\"’'“"
_DEEPEST = 3
_LONGEST_SINGLE = 300
_LINES_WITHOUT_MARK = 3


class Quotation(msgspec.Struct, frozen=True):
    """One direct quote. `span` includes the marks, `inner` does not.

    `closed` is False when the closing mark is missing; then `closer` is empty and the quote reaches
    to the next opening mark or the end of the paragraph. `continued` marks a paragraph of a longer
    quote, left open by convention because the next paragraph opens again. `depth` is 0 outside.
    """

    span: Span
    inner: Span
    opener: str
    closer: str
    closed: bool
    continued: bool = False
    depth: int = 0
    attribution: Attribution | None = None

    @property
    def matched(self) -> bool:
        """False when opening and closing mark are of different styles."""
        return not self.closed or self.closer in FITTING[self.opener]

    @property
    def speaker(self) -> str | None:
        return self.attribution.speaker if self.attribution else None


class Marks(msgspec.Struct, frozen=True):
    """All quotes of a text in order of their start, and the closing marks that close nothing."""

    quotations: tuple[Quotation, ...]
    strays: tuple[Span, ...]


class _Open(msgspec.Struct):
    start: int
    end: int
    mark: str
    line_end: int
    next_open: int = -1


def quotations(text: str) -> tuple[Quotation, ...]:
    """Every direct quote of `text`, nested ones too, in order of their start."""
    return marks(text).quotations


@lru_cache(maxsize=32)
def marks(text: str) -> Marks:
    """Quotes and stray closing marks of `text`."""
    scan = _Scan(text)
    found = list(scan.run())
    for line in _LINE.finditer(text):
        found += _singles(text, line.start(), line.end())
    return Marks(tuple(_settled(text, found)), tuple(scan.strays))


class _Scan:
    """Pairs the double marks of a text, paragraph by paragraph."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.strays: list[Span] = []
        self.stack: list[_Open] = []
        self.carried: _Open | None = None
        self.patience = 0

    def run(self) -> Iterator[Quotation]:
        for line in _LINE.finditer(self.text):
            yield from self._line(line.start(), line.end())
        if self.carried:
            yield self._unclosed(self.carried)

    def _line(self, start: int, end: int) -> Iterator[Quotation]:
        first = True
        self.stack = []
        for mark in _DOUBLE.finditer(self.text, start, end):
            if self.carried and first:
                opens_again = mark[0] == self.carried.mark and not self.text[start : mark.start()][:40].strip()
                if opens_again:
                    yield self._unclosed(self.carried, continued=True)
                    self.carried = None
            side = self._side(mark, start, end)
            if side == "open":
                if self.carried:
                    yield self._unclosed(self.carried)
                    self.carried = None
                yield from self._opened(mark, end)
            elif side == "close":
                yield from self._closed(mark)
            first = False
        if first and self.carried:
            self.patience -= bool(self.text[start:end][:40].strip())
            if self.patience < 0:
                yield self._unclosed(self.carried)
                self.carried = None
        if self.stack:
            *inside, last = self.stack
            yield from (self._unclosed(one) for one in inside)
            if last.next_open >= 0:
                yield self._unclosed(last)
            else:
                self.carried, self.patience = last, _LINES_WITHOUT_MARK

    def _opened(self, mark: re.Match[str], line_end: int) -> Iterator[Quotation]:
        if self.stack:
            self.stack[-1].next_open = mark.start()
            if self.stack[-1].mark == mark[0] == '"' or len(self.stack) == _DEEPEST:
                yield self._unclosed(self.stack.pop())
        self.stack.append(_Open(mark.start(), mark.end(), mark[0], line_end))

    def _closed(self, mark: re.Match[str]) -> Iterator[Quotation]:
        opening = self.stack.pop() if self.stack else self.carried
        if opening is None:
            self.strays.append(Span(mark.start(), mark.end()))
            return
        if opening is self.carried:
            self.carried = None
        yield Quotation(Span(opening.start, mark.end()), Span(opening.end, mark.start()), opening.mark, mark[0], True)

    def _unclosed(self, opening: _Open, *, continued: bool = False) -> Quotation:
        end = opening.next_open if opening.next_open >= 0 else opening.line_end
        return Quotation(Span(opening.start, end), Span(opening.end, end), opening.mark, "", False, continued)

    def _side(self, mark: re.Match[str], start: int, end: int) -> str:
        before = self.text[mark.start() - 1] if mark.start() > start else " "
        after = self.text[mark.end()] if mark.end() < end else " "
        opening = before.isspace() or before in _BEFORE_OPENING
        closing = after.isspace() or after in _AFTER_CLOSING
        if mark[0] in ('"', "''") and _INCHES.search(self.text, max(start, mark.start() - 6), mark.start()):
            return "none"
        top = self.stack[-1].mark if self.stack else self.carried.mark if self.carried else ""
        return _SIDES[mark[0]](opening, closing, top, before)


def _either(opening: bool, closing: bool, top: str, before: str) -> str:
    """A mark that looks the same on both sides: `"` and two apostrophes."""
    same = top in ('"', "''", "``")
    if before.isdigit() and not same:
        return "none"  # inches, seconds of arc
    if opening != closing:
        return "open" if opening else "close"
    return "close" if top else "open"


def _left(opening: bool, closing: bool, top: str, _before: str) -> str:
    return "close" if top == "„" or (top and closing and not opening) else "open"


def _right(opening: bool, closing: bool, top: str, before: str) -> str:
    """Opens in some languages, and where the space before it was lost: `called it”filthy,”`."""
    return "open" if not closing and not top and (opening or before.isalpha()) else "close"


def _guillemet(_opening: bool, _closing: bool, top: str, _before: str) -> str:
    return "close" if top == "»" else "open"


_SIDES: Final = {
    '"': _either,
    "''": _either,
    "``": lambda *_: "open",
    "‘‘": lambda *_: "open",
    "’’": lambda *_: "close",
    "„": lambda *_: "open",
    "“": _left,
    "”": _right,
    "»": _right,
    "«": _guillemet,
}


def _singles(text: str, start: int, end: int) -> Iterator[Quotation]:
    """Single quotes that plainly are no apostrophes: opened before a word, closed after one."""
    opening: _Open | None = None
    possessive: re.Match[str] | None = None
    for mark in _SINGLE.finditer(text, start, end):
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        if mark[0] in (before, after):
            continue  # two in a row stand for a double mark
        if mark[0] in "‘'‚‹" and not before.isalnum() and (after.isalnum() or after in '[“"$£€'):
            if before in ".,!?…" or _ELISION.match(text, mark.end(), end):
                continue
            if opening and possessive:
                yield _single(opening, possessive)
            opening, possessive = _Open(mark.start(), mark.end(), mark[0], end), None
        elif opening and mark[0] in FITTING[opening.mark] and not before.isspace() and not after.isalnum():
            if mark.start() - opening.start > _LONGEST_SINGLE:
                opening = possessive = None
            elif before in "sS" and after.isspace():
                possessive = mark  # "the workers' union" may stand inside: a later mark is better
            else:
                yield _single(opening, mark)
                opening = possessive = None
    if opening and possessive:
        yield _single(opening, possessive)


def _single(opening: _Open, mark: re.Match[str]) -> Quotation:
    return Quotation(Span(opening.start, mark.end()), Span(opening.end, mark.start()), opening.mark, mark[0], True)


def _settled(text: str, found: list[Quotation]) -> Iterator[Quotation]:
    """In order, with depth and speaker; a single quote that crosses a double one is an apostrophe."""
    around: list[Quotation] = []
    for quote in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        while around and around[-1].span.end <= quote.span.start:
            around.pop()
        if around and quote.span.end > around[-1].span.end and quote.opener in "‘'‚‹":
            continue
        depth = len(around)
        said = None if depth else attribution(text, quote.span)
        around.append(quote)
        yield msgspec.structs.replace(quote, depth=depth, attribution=said)
