"""The one word of a copy that is another word, and the words that may stand for each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts.hedge import lemma
from consistency.facts.kin import KIN, among, kin, listed
from consistency.facts.replaced import replaced

CASES: Final = json.loads((Path(__file__).parent.parent / "fixtures" / "replaced.json").read_text("utf-8"))
WORDS: Final = st.sampled_from(
    "the a of in on police desk chair neck boat sold bought Aran 12 night, early. mayor opened said old new".split()
)
TEXTS: Final = st.lists(WORDS, max_size=12).map(" ".join)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_what_was_replaced(case: dict[str, str | None]) -> None:
    one, other = case["reference"], case["version"]
    assert one is not None
    assert other is not None
    found = replaced(one, other)
    assert (found and one[found.premise.start : found.premise.end]) == case["old"]
    assert (found and other[found.hypothesis.start : found.hypothesis.end]) == case["new"]


@given(TEXTS, TEXTS)
def test_it_is_the_same_either_way_round(one: str, other: str) -> None:
    there, back = replaced(one, other), replaced(other, one)
    assert (there and tuple(there)) == (back and tuple(reversed(back)))


@pytest.mark.parametrize(
    "words", [("replaced", "replace"), ("exchange", "swap"), ("pilot", "airman"), ("fire", "shoot")]
)
def test_kin_is_mutual(words: tuple[str, str]) -> None:
    one, other = map(lemma, words)
    assert kin(one, other)
    assert kin(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("neck", "back"), ("desk", "chair"), ("thumb", "knee"), ("kitchen", "basement")]
)
def test_what_is_another_thing_is_no_kin(one: str, other: str) -> None:
    assert not kin(lemma(one), lemma(other))


def test_every_line_of_the_list_can_be_read() -> None:
    lines = [line for line in KIN.read_text("utf-8").splitlines() if not line.startswith("#")]
    heads = [line.partition(" / ")[0] for line in lines]
    assert heads == sorted(set(heads))
    for line in lines:
        head, divider, others = line.partition(" / ")
        words = others.split()
        assert divider
        assert words
        assert head not in words
        assert len(set(words)) == len(words), line


_ANY_WORD = st.sampled_from(["abbey", "abbot", "belly", "abdomen", "church", "convent", "monk", "tax"])


@given(_ANY_WORD, st.frozensets(_ANY_WORD, max_size=12))
def test_a_word_is_among_others_exactly_if_it_is_listed_with_one_of_them(word: str, others: frozenset[str]) -> None:
    assert among(word, others) == any(listed(word, other) for other in others)


def test_a_word_is_among_others_from_either_end_of_a_line() -> None:
    assert among("abbey", frozenset({"convent", "tax"}))
    assert among("convent", frozenset({"abbey", "tax"}))
    assert not among("convent", frozenset({"tax"}))
