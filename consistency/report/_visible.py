"""Article text is untrusted: what could drive a terminal or reorder a line is shown, not sent."""

from __future__ import annotations

import re
from collections import Counter

from consistency.records import Article, Report

_DRIVES = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0 and C1 controls: escape sequences, bell, carriage return
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\u2028\u2029"  # line breaks of their own
    "\ud800-\udfff"  # halves of a character: no encoding takes them
    "]"
)
_LAYOUT = re.compile(r"[\t\n]+")
_COMMAND = re.compile(r"^\s*(?=::)|(?<=#)(?=#\w{0,20}\[)")


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def visible(text: str) -> str:
    """`text` on one line: tabs and newlines as a blank, every other control character spelt out."""
    return _DRIVES.sub(_escape, _LAYOUT.sub(" ", text))


def inert(line: str) -> str:
    """One line that no CI service takes for an order, printed to its log: a zero-width space parts what would be one.

    GitHub obeys `::name` at the beginning of a line, blanks before it or not, and older runners, like other services,
    `##[name]` and `##name[` anywhere in it.
    """
    return _COMMAND.sub(lambda found: f"{found[0]}\u200b", line)


def commands(line: str) -> list[int]:
    """Where `inert` parts a line."""
    return [found.end() for found in _COMMAND.finditer(line)]


def names(report: Report) -> dict[str, str]:
    """What to call each article, by id: its source, with the id where several came from one source."""
    sources = Counter(article.source for article in report.story.articles)
    return {article.id: _name(article, sources) for article in report.story.articles}


def _name(article: Article, sources: Counter[str]) -> str:
    if not article.source:
        return visible(article.id)
    if sources[article.source] == 1:
        return visible(article.source)
    return visible(f"{article.source} ({article.id})")
