"""A copy whose words are the reference's, or stand in the places of their kin."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts.reworded import reworded

CASES: Final = json.loads((Path(__file__).parent.parent / "fixtures" / "reworded.json").read_text("utf-8"))
WORDS: Final = st.sampled_from("the a of injured hurt seriously badly final last not 12 Oban surgeons doctors".split())
TEXTS: Final = st.lists(WORDS, max_size=10).map(" ".join)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_what_is_reworded(case: dict[str, Any]) -> None:
    assert reworded(case["reference"], case["version"]) is case["reworded"]


@given(TEXTS, TEXTS)
def test_it_is_the_same_either_way_round(one: str, other: str) -> None:
    assert reworded(one, other) == reworded(other, one)


@given(TEXTS)
def test_a_text_is_not_reworded_by_itself(text: str) -> None:
    assert not reworded(text, text)


def test_what_is_longer_than_a_claim_is_not_read() -> None:
    long = "Surgeons operated. " * 200
    assert not reworded(long, long.replace("Surgeons", "Doctors"))
