"""The one word of a copy that is another word, and the words that may stand for each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts._left_over import left_over
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


LEFT_OVER: Final = {
    "another object behind the same adjective": (
        "One of the dead was a sailor who wore a leather belt and had two coins in his hand.",
        "A sailor, one of the two dead, wore a leather cap, and in his hand there were two coins.",
        ("belt", "cap"),
    ),
    "its kin": (
        "The pilot was hidden in a cellar of the farm for nine days.",
        "For nine days the airman was concealed in a basement of the farm.",
        None,
    ),
    "a verb for a noun": (
        "The minister apologised to farmers on Monday and said the board would send vets to forty villages.",
        "In an apology to farmers on Monday, the minister promised to send vets to forty villages.",
        None,
    ),
    "beside other words": (
        "The keeper of the lighthouse on the island of Fair Isle had a beard.",
        "The lighthouse on the island of Fair Isle, whose keeper was there, is of granite.",
        None,
    ),
    "another figure beside it": (
        "The sailor wore a leather belt and carried 2 coins in a purse.",
        "The sailor wore a leather cap and carried 3 coins in a purse.",
        None,
    ),
    "a denial beside it": (
        "The sailor wore a leather belt and carried two coins in a purse.",
        "The sailor wore a leather cap and never carried two coins in a purse.",
        None,
    ),
    "opposites": (
        "The sailor paid a higher price for the leather purse than the cook.",
        "The sailor paid a lower price for the leather purse than the cook.",
        None,
    ),
    "a name": (
        "The sailor from Aran wore a leather belt and carried two coins.",
        "The sailor from Skye wore a leather belt and carried two coins.",
        None,
    ),
    "a word that opens the text": (
        "Clay from the bed of the river was used to mend the walls of the chapel.",
        "Sand from the bed of the river was used to repair the walls of the chapel.",
        ("Clay", "Sand"),
    ),
    "a name that opens the text": (
        "Bergson mended the walls of the chapel with clay from the river.",
        "Lindqvist repaired the walls of the chapel with clay from the river.",
        None,
    ),
    "a number in words": (
        "The sailor wore a leather belt and carried seven coins in a purse.",
        "The sailor wore a leather belt and carried twelve coins in a purse.",
        None,
    ),
    "another object beside an expression for a word": (
        "The board excluded the sale of the leather belt to a museum.",
        "The board ruled out the sale of the leather cap to a museum.",
        ("belt", "cap"),
    ),
    "an expression for a word": (
        "The board will postpone the sale of the leather purse to a museum.",
        "The board will put off the sale of the leather purse to a museum.",
        None,
    ),
}


@pytest.mark.parametrize("why", LEFT_OVER)
def test_the_one_word_that_each_has_for_itself(why: str) -> None:
    one, other, words = LEFT_OVER[why]
    for first, second, told in ((one, other, words), (other, one, words and words[::-1])):
        found = left_over(first, second)
        said = found and (
            first[found.premise.start : found.premise.end],
            second[found.hypothesis.start : found.hypothesis.end],
        )
        assert said == told


@given(TEXTS, TEXTS)
def test_what_is_left_over_is_the_same_either_way_round(one: str, other: str) -> None:
    there, back = left_over(one, other), left_over(other, one)
    assert (there and tuple(there)) == (back and tuple(reversed(back)))
