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
        ("He scored twice.", "He scored two goals."),
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
    ("premise", "hypothesis", "told"),
    [
        (
            "Trains to Lyon, Paris and Metz were late.",
            "Trains to Paris, Metz and Lyon were late.",
            "Trains to Lyon, Paris and Metz were late.",
        ),
        (
            "The Highland League and the Valley League are left.",
            "The Valley League and the Highland League met.",
            "The Highland League and the Valley League met.",
        ),
        (
            "The bank raised its rate to 4.75 percent on Thursday and said more rises were likely.",
            "The bank on Thursday raised its rate to 4.75 percent and said more rises were likely.",
            "The bank raised its rate to 4.75 percent on Thursday and said more rises were likely.",
        ),
        (
            "ORURO — Eleven miners were saved, 53 hours after part of a mine caved in, officials said.",
            "ORURO — 53 hours after part of a mine caved in, eleven miners were saved, officials said.",
            "ORURO — Eleven miners were saved, 53 hours after part of a mine caved in, officials said.",
        ),
        (
            "After the vote in the senate, the strike ended, unions said.",
            "The strike began, after the vote in the senate, unions said.",
            "After the vote in the senate, the strike began, unions said.",
        ),
        (
            "Hallinger's chief executive, Sabine Reuter, told reporters.",
            "Sabine Reuter, the chief executive of Hallinger, told reporters.",
            "The chief executive of Hallinger, Sabine Reuter, told reporters.",
        ),
        (
            "It was absurd, said Priya Rao, who leads the council.",
            "It was absurd, said the leader of the council, Priya Rao.",
            "It was absurd, said Priya Rao, who leads the council.",
        ),
        (
            "China vetoed a resolution drafted by France.",
            "A resolution that France had drafted was vetoed by China.",
            "China vetoed a resolution that France had drafted.",
        ),
        (
            "The council has approved the bridge.",
            "The tunnel has been approved by the council on Monday.",
            "The council has approved the tunnel on Monday.",
        ),
    ],
)
def test_what_moved_is_put_where_the_first_text_has_it(premise: str, hypothesis: str, told: str) -> None:
    assert in_its_words(premise, hypothesis) == told


@pytest.mark.parametrize(
    ("premise", "hypothesis"),
    [
        ("Lyon beat Paris and Metz.", "Paris beat Lyon and Metz."),
        ("Weber and Hill, 34, were held.", "Hill and Weber, 34, were held."),
        ("Weber and Hill of Leeds were held.", "Hill and Weber of Leeds were held."),
        ("The coach Hill and Weber left.", "The coach Weber and Hill left."),
        ("Peru and Chile grew by 2 and 3 percent.", "Chile and Peru grew by 2 and 3 percent."),
        ("Peru and Chile finished first and second.", "Chile and Peru finished first and second."),
        ("The bank, which failed on Friday, sued the insurer.", "The bank, which failed, sued on Friday the insurer."),
        ("He said he would leave on Monday for good.", "He said on Monday he would leave for good."),
        ("He was arrested on Friday and charged.", "He was arrested and charged on Friday again."),
        ("After the vote in Lyon, the strike began.", "After the strike began, the vote in Lyon came."),
        ("The mayor, Anna Weber, met Tom Hill, the judge.", "The judge, Anna Weber, met Tom Hill, the mayor."),
        (
            "Its president, Ines Caldeira, said the airline had ignored the warnings of her members.",
            "According to its president, Ines Caldeira, her members had ignored the warnings of the airline.",
        ),
        (
            "The mayor, Anna Weber, opened the bridge.",
            "When asked by Anna Weber, the driver of the bus opened the bridge.",
        ),
        ("Police attacked the protesters.", "Police were attacked by the protesters."),
        ("The man who was shot by police was held by agents.", "Police shot the man who was held by agents."),
        ("He left. After the long vote, she stayed.", "After the long vote, he left. She stayed, too."),
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
