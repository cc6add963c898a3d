"""Tokens with offsets, as the number and date readers see them: one linear pass, no lookbehind."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"\d(?:[\d.,:/^\u00a0\u202f]*\d)?"  # a run of digits and what joins digits
    r"|(?:[A-Z]\.){2,}"  # U.S.
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # words, it's
    r"|\S"
)
_DASHES = "-–—−‐‑"
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})


class Token(NamedTuple):
    """A token: its text as written, folded (lower case, plain dash and apostrophe), and offsets."""

    text: str
    fold: str
    start: int
    end: int

    @property
    def is_digits(self) -> bool:
        return self.text[0].isdecimal()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


END = Token("\0", "", -1, -1)
"""Stands before the first and after the last token."""


def words(*rows: str) -> frozenset[str]:
    """A set of words written as prose: one blank between two."""
    return frozenset(word for row in rows for word in row.split())


def tokenize(text: str) -> list[Token]:
    """Tokens of `text` in order; never raises, cost linear in the length."""
    return [Token(found.group(), fold(found.group()), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def fold(token: str) -> str:
    """Lower case; every dash is `-`, every apostrophe `'`."""
    if token in _DASHES:
        return "-"
    return token.translate(_APOSTROPHES).lower()


def at(tokens: list[Token], index: int) -> Token:
    """The token at `index`, `END` outside."""
    return tokens[index] if 0 <= index < len(tokens) else END


def joined(tokens: list[Token], index: int) -> bool:
    """True when token `index` touches the one before it ("155" and "mm" in "155mm")."""
    return 0 < index < len(tokens) and tokens[index - 1].end == tokens[index].start
