"""What two texts tell alike is said in the same words, and nothing that differs is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts.alike import in_its_words, said_alike


@pytest.mark.parametrize(
    ("premise", "hypothesis", "alike"),
    [
        ("It cost 1.5 million euros.", "It cost 1½ million euros.", "It cost 1.5 million euros."),
        ("They walked 5 miles.", "They walked 8 kilometres.", "They walked 5 miles."),
        ("Rates rose by 1.34 percent.", "Rates rose by 1.3 percent.", "Rates rose by 1.34 percent."),
        ("The trains to Munich were late.", "The trains to München were late.", "The trains to Munich were late."),
        ("Sergei Shoigu left.", "Sergey Shoygu left.", "Sergei Shoigu left."),
        ("She left on Monday for good.", "She left yesterday for good.", "She left on Monday for good."),
    ],
)
def test_a_value_is_said_as_the_first_text_says_it(premise: str, hypothesis: str, alike: str) -> None:
    assert said_alike(premise, hypothesis) == alike


@pytest.mark.parametrize(
    ("premise", "hypothesis"),
    [
        ("It cost 1.5 million euros.", "It cost 1.6 million euros."),
        ("At least 40 people came.", "At most 40 people came."),
        ("More than 40 people came.", "Some 50 people came."),
        ("He was born in Chicago.", "He was born in Illinois."),
        ("The trains to Munich were late.", "The trains to Vienna were late."),
        ("The European Commission fined it.", "The European Parliament fined it."),
        ("Russia denied it.", "Moscow denied it."),
        ("Anna Weber spoke.", "Anna Webster spoke."),
        ("Twelve came and 12 left.", "A dozen came."),
        ("It closed on Monday.", "It closed on Tuesday."),
        ("It cost 5 euros. " * 300, "It cost five euros."),
    ],
)
def test_other_values_and_doubtful_ones_stay(premise: str, hypothesis: str) -> None:
    assert said_alike(premise, hypothesis) == hypothesis


@pytest.mark.parametrize(
    ("premise", "hypothesis", "told"),
    [
        ("The mayor will unveil the plan.", "The mayor will present the plan.", "The mayor will unveil the plan."),
        ("Doctors were sent home.", "Physicians were sent home.", "Doctors were sent home."),
        (
            "Police arrested the suspect in May.",
            "In May the suspect was detained by police.",
            "In May the suspect was arrested by police.",
        ),
    ],
)
def test_kindred_words_are_those_of_the_first_text(premise: str, hypothesis: str, told: str) -> None:
    assert in_its_words(premise, hypothesis) == told


@pytest.mark.parametrize(
    ("premise", "hypothesis"),
    [
        ("The mayor opened the bridge.", "The mayor closed the bridge."),
        ("He may leave.", "He will leave."),
        ("Sales rose.", "Sales fell."),
        ("The dam broke.", "The dam held."),
    ],
)
def test_what_differs_stays(premise: str, hypothesis: str) -> None:
    assert in_its_words(premise, hypothesis) == hypothesis


WORDS = "the mayor Anna Munich München 5 five miles 8 kilometres said stated not never . , ’ \u202e yesterday Monday"
TEXTS = st.lists(st.sampled_from(WORDS.split(" ")), max_size=12).map(" ".join)


@given(TEXTS, TEXTS)
def test_a_text_beside_itself_stays_and_denials_are_never_touched(premise: str, hypothesis: str) -> None:
    for change in (said_alike, in_its_words):
        assert change(premise, premise) == premise
        changed = change(premise, hypothesis)
        for word in ("not", "never", "\u202e"):
            assert changed.split(" ").count(word) == hypothesis.split(" ").count(word)
