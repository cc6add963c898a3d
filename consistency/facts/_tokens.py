"""Tokens with offsets, as the number and date readers see them: one linear pass, no lookbehind."""

from __future__ import annotations

import re

import msgspec

from consistency.facts._kept import kept, kept_word

_TOKEN = re.compile(
    r"[a-z]+(?= )"  # most words, at once
    r"|[A-Z]\.(?:[A-Z]\.)+"  # U.S.
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # words, it's
    r"|\d(?:[\d.,:/^\u00a0\u202f]*\d)?"  # a run of digits and what joins digits
    r"|\S"
)
_DASHES = "-–—−‐‑"
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})


class Token(msgspec.Struct, frozen=True, gc=False):
    """A token: its text as written, folded (lower case, plain dash and apostrophe), and offsets."""

    text: str
    fold: str
    start: int
    end: int
    is_digits: bool
    is_word: bool


END = Token("\0", "", -1, -1, False, False)
"""Stands before the first and after the last token."""


def words(*rows: str) -> frozenset[str]:
    """A set of words written as prose: one blank between two."""
    return frozenset(word for row in rows for word in row.split())


@kept
def tokenize(text: str) -> tuple[Token, ...]:
    """Tokens of `text` in order; never raises, cost linear in the length."""
    found: list[Token] = []
    end = 0
    for word in _TOKEN.findall(text):
        start = text.index(word, end)  # only blanks stand between two tokens
        end = start + len(word)
        folded, is_digits, is_word = _shape(word)
        found.append(Token(word, folded, start, end, is_digits, is_word))
    return tuple(found)


@kept_word
def _shape(token: str) -> tuple[str, bool, bool]:
    """A token folded, and whether it is digits or a word."""
    return fold(token), token[0].isdecimal(), token[0].isalpha()


def fold(token: str) -> str:
    """Lower case; every dash is `-`, every apostrophe `'`."""
    if token in _DASHES:
        return "-"
    return token.translate(_APOSTROPHES).lower()


def at(tokens: tuple[Token, ...], index: int) -> Token:
    """The token at `index`, `END` outside."""
    return tokens[index] if 0 <= index < len(tokens) else END


def joined(tokens: tuple[Token, ...], index: int) -> bool:
    """True when token `index` touches the one before it ("155" and "mm" in "155mm")."""
    return 0 < index < len(tokens) and tokens[index - 1].end == tokens[index].start
