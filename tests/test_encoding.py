"""The one way a pair becomes the model's input."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.encoding import Encoded, PairEncoder

TINY = Path(__file__).parent.parent / "fixtures" / "models" / "tiny"
FIRST, SEPARATOR = 1, 2
CONTINUES = [False] * 20 + [True] * 10
"""Word pieces 3 to 19 begin a word, 20 to 29 continue one."""

PIECES = st.lists(st.integers(3, 29), max_size=30)


def _encode(premise: list[int], hypothesis: list[int], *, marks: bool = True) -> Encoded:
    return PairEncoder(FIRST, SEPARATOR, CONTINUES, marks=marks).encode(premise, hypothesis)


def _sides(encoded: Encoded, premise: list[int]) -> tuple[list[int], list[int]]:
    """The token types of the premise's and of the hypothesis' word pieces."""
    return encoded.types[1 : 1 + len(premise)], encoded.types[2 + len(premise) : -1]


@cache
def _tokenizer() -> Any:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(TINY)


def _pieces(text: str) -> list[int]:
    found: list[int] = _tokenizer()(text, add_special_tokens=False)["input_ids"]
    return found


def _types(premise: str, hypothesis: str) -> tuple[list[str], list[str]]:
    """The marked word pieces of both sides, as text."""
    one, other = _pieces(premise), _pieces(hypothesis)
    left, right = _sides(PairEncoder.of(_tokenizer(), marks=True).encode(one, other), one)
    words = _tokenizer().convert_ids_to_tokens
    return (
        [word for word, kind in zip(words(one), left, strict=True) if kind == 2],
        [word for word, kind in zip(words(other), right, strict=True) if kind == 3],
    )


@given(premise=PIECES, hypothesis=PIECES, marks=st.booleans())
def test_the_word_pieces_are_kept_between_special_ones(premise: list[int], hypothesis: list[int], marks: bool) -> None:
    encoded = _encode(premise, hypothesis, marks=marks)
    assert encoded.ids == [FIRST, *premise, SEPARATOR, *hypothesis, SEPARATOR]
    assert len(encoded.types) == len(encoded.ids)


@given(premise=PIECES, hypothesis=PIECES)
def test_every_type_belongs_to_its_side(premise: list[int], hypothesis: list[int]) -> None:
    encoded = _encode(premise, hypothesis)
    left, right = _sides(encoded, premise)
    assert set(left) <= {0, 2}
    assert set(right) <= {1, 3}
    assert (encoded.types[0], encoded.types[1 + len(premise)], encoded.types[-1]) == (0, 0, 1)


@given(premise=PIECES, hypothesis=PIECES)
def test_marks_only_add_to_the_types_without_marks(premise: list[int], hypothesis: list[int]) -> None:
    plain = _encode(premise, hypothesis, marks=False)
    assert plain.types == [0] * (len(premise) + 2) + [1] * (len(hypothesis) + 1)
    assert [kind % 2 for kind in _encode(premise, hypothesis).types] == plain.types


@given(text=PIECES)
def test_identical_texts_carry_no_mark(text: list[int]) -> None:
    assert _encode(text, text) == _encode(text, text, marks=False)


@given(premise=PIECES, hypothesis=PIECES)
def test_unmarked_words_are_the_same_words_in_the_same_order(premise: list[int], hypothesis: list[int]) -> None:
    left, right = _sides(_encode(premise, hypothesis), premise)
    kept = [piece for piece, kind in zip(premise, left, strict=True) if kind == 0]
    assert kept == [piece for piece, kind in zip(hypothesis, right, strict=True) if kind == 1]


@given(premise=PIECES, hypothesis=PIECES)
def test_both_ways_keep_as_many_words(premise: list[int], hypothesis: list[int]) -> None:
    assert _kept_words(premise, hypothesis) == _kept_words(hypothesis, premise)


def _kept_words(premise: list[int], hypothesis: list[int]) -> int:
    types = _sides(_encode(premise, hypothesis), premise)[0]
    return sum(kind == 0 and (at == 0 or not CONTINUES[premise[at]]) for at, kind in enumerate(types))


@given(premise=PIECES, hypothesis=PIECES)
def test_a_word_is_marked_whole(premise: list[int], hypothesis: list[int]) -> None:
    for side, types in zip((premise, hypothesis), _sides(_encode(premise, hypothesis), premise), strict=True):
        for at in range(1, len(side)):
            if CONTINUES[side[at]]:
                assert types[at] == types[at - 1]


@pytest.mark.parametrize(
    ("premise", "hypothesis", "left", "right"),
    [
        ("the mayor praised the judge", "the mayor praised the judge", [], []),
        ("the mayor praised the judge", "the mayor praised the coach", ["judge"], ["coach"]),
        ("the mayor opened it", "the mayor did not open it", ["opened"], ["did", "not", "open"]),
        ("the bridge", "the new bridge", [], ["new"]),
        ("the new bridge", "the bridge", ["new"], []),
        ("old", "new", ["old"], ["new"]),
        ("", "new", [], ["new"]),
        ("new", "", ["new"], []),
        ("", "", [], []),
    ],
)
def test_the_words_that_differ(premise: str, hypothesis: str, left: list[str], right: list[str]) -> None:
    assert _types(premise, hypothesis) == (left, right)


def test_an_exchange_of_subject_and_object_is_marked() -> None:
    left, right = _types("mayor praised judge", "judge praised mayor")
    assert left
    assert right
    assert set(left) | set(right) <= {"mayor", "judge", "praised"}
    assert _types("the mayor praised the judge on monday", "the judge praised the mayor on monday")[0]


def test_a_spelt_out_word_differs_as_a_whole() -> None:
    assert "cab" not in _tokenizer().get_vocab()
    assert _types("cab", "cob") == (["c", "##a", "##b"], ["c", "##o", "##b"])


@given(premise=st.text(max_size=40), hypothesis=st.text(max_size=40))
def test_without_marks_it_is_the_tokenizers_own_pair(premise: str, hypothesis: str) -> None:
    own = _tokenizer()([premise], [hypothesis])
    encoded = PairEncoder.of(_tokenizer(), marks=False).encode(_pieces(premise), _pieces(hypothesis))
    assert encoded.ids == own["input_ids"][0]
    assert encoded.types == own["token_type_ids"][0]
