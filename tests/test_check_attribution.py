"""What the check `attribution` finds only where the model, too, sees a contradiction."""

from __future__ import annotations

import pytest

from consistency.checks.attribution import CHECK
from consistency.records import Finding, Scores
from tests.aligned import aligned

SURE = Scores(entailment=0.05, neutral=0.05, contradiction=0.9)
UNSURE = Scores(entailment=0.6, neutral=0.2, contradiction=0.2)


def found(reference: str, version: str, scores: Scores) -> list[Finding]:
    findings = CHECK.check(aligned([reference], [version], scores, similarity=0.7))
    return [one for one in findings if one.level != "note" and one.confidence >= 0.5]


BOTH_KNOWN = [
    pytest.param(
        "Councillor Marta Hesse explains the delay by a missing signature, which, according to Agnes Roth, was there "
        "from the start.",
        "The missing signature had been there from the start, according to councillor Marta Hesse.",
        id="another person of the same sentence",
    ),
    pytest.param(
        "The keeper of the lighthouse was the last to leave the island, survivors told investigators in Stornoway.",
        "The keeper of the lighthouse was the last to leave the island, investigators told survivors in Stornoway.",
        id="who tells whom",
    ),
]


@pytest.mark.parametrize(("reference", "version"), BOTH_KNOWN)
def test_a_source_that_both_know_is_found_where_the_model_agrees(reference: str, version: str) -> None:
    assert [one.level for one in found(reference, version, SURE)] == ["warning"]


@pytest.mark.parametrize(("reference", "version"), BOTH_KNOWN)
def test_the_same_stays_quiet_where_the_model_does_not(reference: str, version: str) -> None:
    assert found(reference, version, UNSURE) == []


@pytest.mark.parametrize(
    ("reference", "version"),
    [
        pytest.param(
            "Dunmore's fiancee, Jessica Whelan, said he was thinking of settling in Fort Garry for good.",
            "Jessica Whelan, who is to marry Dunmore, said he was thinking of settling in Fort Garry for good.",
            id="one person by another name",
        ),
        pytest.param(
            "Jan Astley said the youngest daughter in the house of Robert Keane was not his child.",
            "Jan Astley stated that Robert Keane told her the youngest daughter in the house was not his child.",
            id="a source within what is told",
        ),
    ],
)
def test_one_source_told_in_another_way_stays_quiet(reference: str, version: str) -> None:
    assert found(reference, version, SURE) == []


@pytest.mark.parametrize(
    ("reference", "version", "scores", "levels"),
    [
        ("Auditors found no proof that Kern sold the tower.", "Kern sold the tower.", UNSURE, ["warning"]),
        (
            "The firm rejected the idea that its tower leaned.",
            "Its tower leaned, the firm found.",
            SURE,
            [],
        ),
        (
            "The firm rejected the idea that its old tower leaned.",
            "The old tower of the firm leaned.",
            Scores(entailment=0.2, neutral=0.2, contradiction=0.6),
            ["error"],
        ),
        (
            "Guards asked whether the old tower leaned.",
            "The old tower leaned.",
            Scores(entailment=0.2, neutral=0.2, contradiction=0.6),
            ["warning"],
        ),
    ],
)
def test_what_is_denied_is_an_error_only_where_the_model_sees_a_contradiction(
    reference: str, version: str, scores: Scores, levels: list[str]
) -> None:
    assert [one.level for one in found(reference, version, scores)] == levels


def test_of_a_negation_that_is_plainly_lost_polarity_speaks() -> None:
    assert found("There was no proof that Kern sold the tower.", "Kern sold the tower.", SURE) == []
