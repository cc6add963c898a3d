"""Differences between two texts, each set alone; and what a contradiction needs to be believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.checks.contradiction import CHECK, carried
from consistency.isolate import alone, differences, exchanged
from consistency.protocols import Context
from consistency.records import Alignment, Article, Claim, Isolated, Scores, Span, Story

PREMISE = "The mayor opened the old bridge on Monday."
WORDS = st.lists(st.sampled_from("the mayor bridge, Opened old new on Monday . “ ”".split()), max_size=14).map(" ".join)


def shown(premise: str, hypothesis: str) -> list[tuple[str, str]]:
    return [
        (premise[one.premise.start : one.premise.end], hypothesis[one.hypothesis.start : one.hypothesis.end])
        for one in differences(premise, hypothesis)
    ]


def test_differences_are_told_word_by_word() -> None:
    assert shown(PREMISE, "The mayor closed the old bridge on Monday morning.") == [
        ("opened", "closed"),
        ("", "morning"),
    ]
    assert shown(PREMISE, "The mayor opened the bridge on Monday.") == [("old", "")]


def test_case_and_marks_make_no_difference() -> None:
    assert shown(PREMISE, "the Mayor opened, the old bridge on Monday") == []


def test_a_difference_stands_alone_in_the_premise() -> None:
    hypothesis = "The mayor closed the old bridge on Friday."
    found = [alone(PREMISE, hypothesis, one) for one in differences(PREMISE, hypothesis)]
    assert found == ["The mayor closed the old bridge on Monday.", "The mayor opened the old bridge on Friday."]


@given(WORDS, WORDS)
def test_all_differences_together_make_the_hypothesis(premise: str, hypothesis: str) -> None:
    text = premise
    for one in reversed(differences(premise, hypothesis)):
        text = alone(text, hypothesis, one)
    assert _words(text) == _words(hypothesis)
    assert all(
        premise[one.premise.start : one.premise.end] or hypothesis[one.hypothesis.start : one.hypothesis.end]
        for one in differences(premise, hypothesis)
    )


def _words(text: str) -> list[str]:
    return [word.strip(".,“”").casefold() for word in text.split() if word.strip(".,“”")]


def _finding(*isolated: Isolated) -> tuple[float, tuple[Span, ...]]:
    hypothesis = "The mayor closed the old bridge on Friday."
    claims = {
        name: (Claim(f"{name}#1", name, Span(0, len(text)), text),)
        for name, text in (("a", PREMISE), ("b", hypothesis))
    }
    story = Story("s", (Article("a", PREMISE), Article("b", hypothesis)), "a")
    scores = Scores(0.0, 0.01, 0.99)
    aligned = Alignment("b", ("a#1",), ("b#1",), 0.9, scores, scores, isolated)
    (found,) = CHECK.check(Context(story, claims, (aligned,)))
    assert found.version is not None
    return found.confidence, found.version.evidence


def test_what_no_difference_carries_is_believed_less() -> None:
    opened, monday = Span(10, 16), Span(35, 41)
    closed, friday = Span(10, 16), Span(35, 41)
    both = (Isolated(opened, closed, 0.95), Isolated(monday, friday, 0.1))
    assert _finding(*both) == (0.97, (closed,))
    assert _finding(Isolated(opened, closed, 0.45), Isolated(monday, friday, 0.1))[0] == 0.72
    assert _finding()[0] == 0.99
    assert carried(0.8, []) == 0.8


@pytest.mark.parametrize(
    ("premise", "hypothesis", "pairs"),
    [
        ("Brazil beat France.", "France beat Brazil.", 1),
        ("On Monday Brazil beat France at home.", "On Friday France beat Brazil at home.", 0),
        ("Ann, aged 30, met Bob, aged 40.", "Bob, aged 30, met Ann, aged 40.", 1),
        ("Ann met Bob.", "Ann met Eve.", 0),
        ("Nordbank, the lender, said it paid.", "The lender, Nordbank, said it paid.", 0),
        ("Ann saw Bob before Eve met Max.", "Bob saw Ann before Max met Eve.", 2),
    ],
)
def test_words_that_change_places_belong_together(premise: str, hypothesis: str, pairs: int) -> None:
    found = differences(premise, hypothesis)
    partners = exchanged(premise, hypothesis, found)
    assert len(partners) == 2 * pairs
    for one, other in partners.items():
        assert partners[other] == one
        assert alone(premise, hypothesis, one, other).casefold() == alone(premise, hypothesis, other, one).casefold()
        if len(found) == 2:
            assert alone(premise, hypothesis, one, other).replace(" .", ".") == hypothesis
