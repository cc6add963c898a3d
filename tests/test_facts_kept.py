"""Words are cut exactly where they stand, and what is kept of them is bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts import _kept, _tokens, polarity
from consistency.facts._kept import LONGEST_WORD, kept_word
from consistency.facts._places import gazetteer

PIECES = [
    "U.S.",
    "U. S. A.",
    "E. U.",
    "x's",
    "’",
    " ’s",
    "9/11",
    "10 000",
    "a_b",
    "Łódź",
    "-",
    "–",
    "…",
    "\u00a0",
    "\n",
    "\0",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6) | st.just(" "), max_size=30).map("".join)


@given(TEXTS)
def test_tokens_stand_where_the_pattern_finds_them(text: str) -> None:
    found = [(token.text, token.start, token.end) for token in _tokens.tokenize(text)]
    assert found == [(hit[0], *hit.span()) for hit in _tokens._TOKEN.finditer(text)]


@given(TEXTS)
def test_words_stand_where_the_pattern_finds_them(text: str) -> None:
    found = [(word.start, word.end + 2 * word.owns) for word in gazetteer.words(text)]
    assert found == [hit.span() for hit in gazetteer._WORD.finditer(text)]
    assert [place.start for _, place in polarity._words(text)] == [hit.start() for hit in polarity._WORD.finditer(text)]


@given(st.text(max_size=12))
def test_a_plain_word_is_folded_as_any_other(text: str) -> None:
    assert gazetteer.fold(text) == gazetteer.fold(text + " ")


def test_a_word_is_read_once_and_the_oldest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    @kept_word
    def shouted(word: str) -> str:
        seen.append(word)
        return word.upper()

    monkeypatch.setattr(_kept, "WORDS", 3)
    assert [shouted(word) for word in ("a", "b", "a", "c", "d", "b", "a")] == ["A", "B", "A", "C", "D", "B", "A"]
    assert seen == ["a", "b", "c", "d", "a"]


def test_a_run_longer_than_a_word_is_not_kept() -> None:
    seen: list[str] = []

    @kept_word
    def length(word: str) -> int:
        seen.append(word)
        return len(word)

    for size in (LONGEST_WORD, LONGEST_WORD + 1):
        assert [length("x" * size), length("x" * size)] == [size, size]
    assert [len(word) for word in seen] == [LONGEST_WORD, LONGEST_WORD + 1, LONGEST_WORD + 1]
