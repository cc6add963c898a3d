"""Who is a man in one text and a woman in another."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts._pronouns.slots import slots
from consistency.facts.pronoun import flipped
from tests.cases import Case, load

WORDS: Final = st.sampled_from(
    "he she him her his hers himself she's or and the a spokesman spokeswoman King Queen Berg Anna told said was hired "
    "by sold boat. , “ ' to".split()
)
TEXTS: Final = st.lists(WORDS, max_size=14).map(" ".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She quickly bought the old boat.", [("woman", "does", ("buy", "old", "boat"))]),
        ("They paid him to leave.", [("man", "suffers", ("pay",))]),
        ("They paid her to leave.", [("woman", "suffers", ("pay",))]),
        ("They sold her old boat.", [("woman", "owns", ("old", "boat"))]),
        ("She's painting.", [("woman", "does", ("paint",))]),
        ("He was asked to paint.", [("man", "suffers", ("ask",)), ("man", "does", ("paint",))]),
        ("According to him, no.", [("man", "does", ("say",))]),
        ("“No,” said she.", [("woman", "does", ("say",))]),
        ("His or her boat sank.", []),
        ("She.", []),
    ],
)
def test_what_a_pronoun_is_tied_to(text: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert [(slot.sex, slot.part, slot.words) for slot in slots(text)] == expected


@pytest.mark.parametrize("case", [case for case in load("pronoun") if case.expect], ids=lambda case: case.id)
def test_cases_are_seen_either_way_round(case: Case) -> None:
    assert isinstance(case.reference, str)
    assert isinstance(case.version, str)
    there, back = flipped(case.reference, case.version), flipped(case.version, case.reference)
    assert there is not None
    assert back == there._replace(premise=there.hypothesis, hypothesis=there.premise)


@given(TEXTS, TEXTS)
def test_it_is_the_same_either_way_round_and_spans_lie_in_the_texts(one: str, other: str) -> None:
    there, back = flipped(one, other), flipped(other, one)
    assert (there is None) == (back is None)
    assert flipped(one, one) is None
    if there is not None and back is not None:
        assert (there.premise, there.hypothesis) == (back.hypothesis, back.premise)
        for text, spans in ((one, there.premise), (other, there.hypothesis)):
            assert spans
            assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_a_hostile_text_costs_little() -> None:
    assert flipped("he " * 660, "she " * 500 + "x") is None
    assert flipped("she's " * 5_000, "he " * 5_000) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The singer was sued by her boyfriend, a banker.", "A banker, boyfriend of her, sued the singer."),
        ("The boyfriend of the singer is a banker.", "A banker is the girlfriend of the singer."),
        ("The quartet opened for King in Ghent.", "In Ghent, the quartet had opened for Queen."),
        ("Berg and Anna lost his keys and her car.", "Berg said Anna lost her keys, the ones to a car."),
    ],
)
def test_kinship_names_that_are_titles_and_both_sexes_say_nothing(one: str, other: str) -> None:
    assert flipped(one, other) is None
