"""What was dropped and what was added, in runs."""

from __future__ import annotations

from consistency.checks import addition, omission
from tests.articles import story

FIVE = ["One came.", "Two went.", "Three stayed.", "Four slept.", "Five woke."]


def test_a_truncated_copy_gives_one_note() -> None:
    (found,) = omission.CHECK.check(story(FIVE, FIVE[:2], [([0], [0]), ([1], [1])]))
    assert found.version is None
    assert found.reference is not None
    assert found.reference.claims == ("reference#2", "reference#3", "reference#4")
    assert found.reference.text == "Three stayed. Four slept. Five woke."
    assert (found.level, found.confidence) == ("note", 0.9)
    assert "ends early" in found.message
    assert "last 3 of the reference's 5" in found.message


def test_runs_apart_are_findings_apart() -> None:
    found = list(omission.CHECK.check(story(FIVE, ["Two went.", "Four slept."], [([1], [0]), ([3], [1])])))
    assert [one.message for one in found] == [
        "The version leaves out one sentence at the beginning of the reference.",
        "The version leaves out one sentence in the middle of the reference.",
        "The version leaves out one sentence at the end of the reference.",
    ]


def test_all_aligned_is_quiet() -> None:
    context = story(FIVE, FIVE[:2], [([0, 1], [0]), ([2, 3, 4], [1])])
    assert not list(omission.CHECK.check(context))
    assert not list(addition.CHECK.check(context))


def test_a_sentence_that_stands_there_unaligned_is_quiet() -> None:
    context = story(FIVE[:2], ["two  went.", "One came."], [([0], [1])])
    assert not list(omission.CHECK.check(context))
    assert not list(addition.CHECK.check(context))


def test_a_report_may_tell_less_and_more() -> None:
    context = story(FIVE, ["Six sang."], [], role="report")
    assert not list(omission.CHECK.check(context))
    assert not list(addition.CHECK.check(context))


def test_nothing_in_common() -> None:
    context = story(FIVE, ["Six sang."], [])
    (dropped,) = omission.CHECK.check(context)
    (added,) = addition.CHECK.check(context)
    assert dropped.message == "The version has none of the 5 sentences of the reference."
    assert added.message == "The version has no sentence that stands in the reference."


def test_additions_are_merged_and_placed() -> None:
    context = story(FIVE[:2], ["One came.", "New a.", "New b.", "Two went.", "New c."], [([0], [0]), ([1], [3])])
    first, last = addition.CHECK.check(context)
    assert first.reference is None
    assert first.version is not None
    assert first.version.claims == ("version#1", "version#2")
    assert first.message == "The version adds 2 sentences in the middle."
    assert last.message == "The version adds one sentence at the end."


def test_a_version_that_goes_on() -> None:
    (found,) = addition.CHECK.check(story(FIVE[:1], FIVE, [([0], [0])]))
    assert found.message == "The version goes on: its last 4 of 5 sentences are not in the reference."
