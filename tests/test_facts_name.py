"""Names: what is read as one, and which two are the same, a variant, a typo or at odds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts.name import Name, compare, names, romanised, slip


def read(text: str) -> list[str]:
    return [name.text for name in names(text)]


def one(name: str) -> Name:
    """The name, read in the middle of a sentence."""
    found = names(f"yesterday they met {name} again")
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chinese President Xi Jinping met Russian President Vladimir Putin.", ["Xi Jinping", "Vladimir Putin"]),
        ("“We watch,” National Security Advisor Jake Sullivan said on Monday.", ["Jake Sullivan"]),
        ("It was Chinese Foreign Minister Qin Gang’s idea.", ["Qin Gang"]),
        ("He saw Lt. Col. John F. Kennedy and Mr. Dutton.", ["John F. Kennedy", "Dutton"]),
        ("the plan of Ursula von der Leyen and Osama bin Laden", ["Ursula von der Leyen", "Osama bin Laden"]),
        ("at the Ministry of Interior in Kyiv", ["Ministry of Interior"]),
        ("a report by the Brookings Institution", ["Brookings Institution"]),
        ("But Sullivan was there in March.", ["Sullivan"]),
        ("Jordan Henderson and the Philadelphia Eagles were invited.", ["Jordan Henderson", "Philadelphia Eagles"]),
        ("In Paris on Monday, a Frenchman of Muslim faith spoke English.", []),
        ("The U.S. and China met at the UN in New York.", []),
        ("the minister spoke, I said, and they went home", []),
    ],
)
def test_reads(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_a_word_that_opens_a_sentence_is_doubtful_alone() -> None:
    found = names("Fears grew. Hass writes that Ryan Hass was right. Kostin’s office agreed.")
    assert [(name.text, name.sure) for name in found] == [
        ("Fears", False),
        ("Hass", False),
        ("Ryan Hass", True),
        ("Kostin", True),
    ]


def test_a_headline_in_title_case_is_doubtful() -> None:
    assert not any(name.sure for name in names("What Xi And Putin Want From Their Meeting"))


def test_titles_and_kinds_are_kept() -> None:
    minister, court = names("yesterday Finance Minister Olaf Scholz praised the Supreme Court there")
    assert (minister.kind, minister.titled, minister.parts) == ("person", True, ("olaf", "scholz"))
    assert (court.kind, court.titled) == ("organisation", False)


@pytest.mark.parametrize(
    ("first", "second", "kinship"),
    [
        ("Zelensky", "Zelensky", "same"),
        ("Zelensky", "Zelenskyy", "variant"),
        ("Zelensky", "Zelenskiy", "variant"),
        ("Gaddafi", "Qaddafi", "variant"),
        ("Gaddafi", "Qadhafi", "variant"),
        ("Sergei Shoigu", "Sergey Shoygu", "variant"),
        ("Yevgeny Prigozhin", "Yevgeniy Prigozhin", "variant"),
        ("Osama bin Laden", "Usama bin Ladin", "variant"),
        ("Xi Jinping", "Jinping Xi", "variant"),
        ("Putin", "Vladimir Putin", "variant"),
        ("Joe Biden", "Joseph Biden", "variant"),
        ("J. Sullivan", "Jake Sullivan", "variant"),
        ("George W. Bush", "George Bush", "variant"),
        ("Brookings", "Brookings Institution", "variant"),
        ("PFF", "Polish Football Federation", "conflict"),
        ("NTSB", "National Transportation Safety Board", "variant"),
        ("Jake Sullivan", "Jake Sillivan", "typo"),
        ("Jake Sullivan", "Jake Sulivan", "typo"),
        ("Kostin", "Kostan", "typo"),
        ("Jennifer Hawkins", "Jennifer Hakwins", "typo"),
        ("Joe Biden", "Hunter Biden", "conflict"),
        ("Jake Sullivan", "Antony Blinken", "conflict"),
        ("Merkel", "Macron", "conflict"),
        ("Olaf Scholz", "Supreme Court", "unrelated"),
    ],
)
def test_compares(first: str, second: str, kinship: str) -> None:
    assert compare(one(first), one(second)) == kinship
    assert compare(one(second), one(first)) == kinship


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("olympic", "olympics"),
        ("ukraine", "ukrainian"),
        ("organisation", "organization"),
        ("defence", "defense"),
        ("labour", "labor"),
        ("house", "hours"),
        ("xi", "xu"),
        ("zelensky", "zelenskyy"),
        ("covid19", "covid18"),
        ("merkel", "macron"),
    ],
)
def test_no_slip(first: str, second: str) -> None:
    assert not slip(first, second)
    assert not slip(second, first)


def test_two_letters_may_slip_in_a_long_name_only() -> None:
    assert slip("hifikepunye", "hifikepumyo")
    assert not slip("kostin", "kastan")


@given(st.text(alphabet=st.sampled_from(list("Xi Jo.-,’'\n“”ÉßİvanThe d of Bank12")), max_size=80))
def test_spans_hold_their_text(text: str) -> None:
    end = 0
    for name in names(text):
        assert text[name.span.start : name.span.end] == name.text
        assert name.span.start >= end
        assert name.parts
        end = name.span.end


@given(st.text(max_size=100))
def test_romanised_takes_anything(text: str) -> None:
    assert romanised(text) == romanised(text)
    assert isinstance(romanised(text), str)
