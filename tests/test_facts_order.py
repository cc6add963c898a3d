"""Which of two events came first, and whether another text turns it round."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts._orders.compared import compared
from consistency.facts.causes import another_cause
from consistency.facts.order import orders, turned
from tests.cases import Case, load

WORDS: Final = st.sampled_from(
    "after before because since, so then, not the pilots strike ended airline offered raise. Once which led to".split()
)
TEXTS: Final = st.lists(WORDS, max_size=14).map(" ".join)


@pytest.mark.parametrize(
    ("text", "earlier", "later"),
    [
        ("He left after the vote was held.", "the vote was held", "He left"),
        ("He left before the vote was held.", "He left", "the vote was held"),
        ("After the vote was held, he left.", "the vote was held", "he left"),
        ("Before he left, the vote was held.", "the vote was held", "he left"),
        ("Two weeks after the vote was held, he left.", "the vote was held", "he left"),
        ("The roof leaked, so the show was moved.", "The roof leaked", "the show was moved"),
        ("The show was moved because the roof leaked.", "the roof leaked", "The show was moved"),
        ("The vote was held, and then he left.", "The vote was held", "he left"),
        ("He sang. He left after the vote was held.", "the vote was held", "He left"),
    ],
)
def test_what_came_first(text: str, earlier: str, later: str) -> None:
    (told,) = orders(text)
    assert text[told.earlier.start : told.earlier.end].strip(" .,") == earlier
    assert text[told.later.start : told.later.end].strip(" .,") == later


@pytest.mark.parametrize(
    "text",
    [
        "He did not leave before the vote was held.",
        "He left two days after.",
        "After that, he left.",
        "He left after the vote and before the feast.",
        "The day after was fine.",
        "He has lived there since 2012.",
        "After the storm the ferry sailed, and the crowd cheered.",
    ],
)
def test_what_tells_no_order_or_too_many(text: str) -> None:
    assert orders(text) == ()


@pytest.mark.parametrize("case", [case for case in load("order") if case.expect], ids=lambda case: case.id)
def test_turned_cases_are_seen_either_way_round(case: Case) -> None:
    assert isinstance(case.reference, str)
    assert isinstance(case.version, str)
    for one, other in ((case.reference, case.version), (case.version, case.reference)):
        assert any(find(one, other) is not None for find in (turned, another_cause, compared))


@given(TEXTS, TEXTS)
def test_it_is_the_same_either_way_round(one: str, other: str) -> None:
    there, back = turned(one, other), turned(other, one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there.plain == back.plain


@given(TEXTS)
def test_spans_lie_in_the_text_and_apart(text: str) -> None:
    assert turned(text, text) is None
    for told in orders(text):
        first, second = sorted(told)
        assert 0 <= first.start <= first.end <= second.start <= second.end <= len(text)


@given(TEXTS, TEXTS)
def test_another_cause_is_the_same_either_way_round(one: str, other: str) -> None:
    there, back = another_cause(one, other), another_cause(other, one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there.weak == back.weak


@pytest.mark.parametrize(
    ("premise", "hypothesis"),
    [
        (
            "The north sends fewer men than the south sends the north.",
            "The south sends more men than the north the south.",
        ),
        ("He ran before the march, she after the rally.", "She ran after the march."),
        ("The vote was held before the feast.", "The feast was held after the vote."),
        ("The mill is more modern than the forge.", "The mill is less loud than the forge."),
    ],
)
def test_what_is_measured_from_another_thing(premise: str, hypothesis: str) -> None:
    assert compared(premise, hypothesis) is None
    assert compared(hypothesis, premise) is None
