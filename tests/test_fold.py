"""What makes no difference between two texts, and what does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.fold import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The deal, he said.", "the  deal he\u00a0said"),
        ("“Go,” she’d said…", '"Go", she\'d said...'),
        ("March 20–22", "March 20-22"),
        ("a ten-point plan", "a ten point plan"),
        ("ﬁnance", "finance"),
        ("caf\u00e9", "cafe\u0301"),
        ("exam\u00adple\u200b", "example"),
        ("\u202eStra\u00dfe\u202c", "STRASSE"),
        ("５ ％", "5%"),
        ("−5 °C", "-5 ° C"),
        ("well_known", "well known"),
    ],
)
def test_case_blanks_and_typography_make_no_difference(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$40", "€40"),
        ("5%", "5"),
        ("5‰", "5%"),
        ("-5 degrees", "5 degrees"),
        ("5 °C", "5 C"),
        ("1.5", "15"),
        ("Kyiv", "Kiev"),
        ("now here", "nowhere"),
    ],
)
def test_a_value_makes_one(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(st.characters()))
def test_any_text_folds_to_words_with_one_blank_between_them(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    folded.encode()
