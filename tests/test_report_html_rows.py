"""Which claims stand beside each other on the page: every claim once, in the version's order, whatever is aligned."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from consistency.records import Alignment, Claim, Scores, Span
from consistency.report._page._rows import Row, Sided, rows
from consistency.report._page._words import LONGEST, Mark, changed, written

SCORED = Scores(0.9, 0.1, 0.0)


def sides(left: int, right: int, text: str = "") -> tuple[Sided, Sided]:
    """Claims "a0", "a1" ... and "b0", "b1" ..., ten characters each."""
    made = (
        [Claim(f"{name}{at}", name, Span(at * 10, at * 10 + 9), f"{name} {at} told") for at in range(length)]
        for name, length in (("a", left), ("b", right))
    )
    one, two = (Sided.of(text, claims) for claims in made)
    return one, two


def pair(left: str, right: str, *, scored: bool = True) -> Alignment:
    """Of "0 1" and "2": the claims a0, a1 beside b2."""
    scores = SCORED if scored else None
    premise, hypothesis = (tuple(f"{name}{at}" for at in told.split()) for name, told in (("a", left), ("b", right)))
    return Alignment("b", premise, hypothesis, 0.5, scores, scores)


def told(found: tuple[Row, ...]) -> list[str]:
    return [
        " ".join([*(claim.id for claim in row.reference), "|", *(claim.id for claim in row.version)]) for row in found
    ]


def test_claims_that_only_the_reference_has_stand_behind_the_one_before_them() -> None:
    left, right = sides(5, 3)
    found = rows(left, right, [pair("1", "0"), pair("3", "2")])
    assert told(found) == ["a0 |", "a1 | b0", "a2 |", "| b1", "a3 | b2", "a4 |"]
    assert [row.kind for row in found] == ["reference", "reworded", "reference", "version", "reworded", "reference"]


def test_what_is_told_elsewhere_is_called_moved() -> None:
    left, right = sides(4, 4)
    found = rows(left, right, [pair("3", "0"), pair("0", "1"), pair("1", "2"), pair("2", "3")])
    assert [(row.version[0].id, row.moved) for row in found] == [
        ("b0", True),
        ("b1", False),
        ("b2", False),
        ("b3", False),
    ]
    straight = rows(left, right, [pair("0", "0"), pair("1 2", "1"), pair("3", "2 3")])
    assert not any(row.moved for row in straight)


def test_alignments_that_share_a_claim_are_one_row() -> None:
    left, right = sides(2, 2)
    found = rows(left, right, [pair("0", "0"), pair("0", "1", scored=False)])
    assert told(found) == ["a0 | b0 b1", "a1 |"]
    assert found[0].kind == "unscored"


def test_a_paragraph_begins_where_the_text_breaks() -> None:
    left, right = sides(0, 3, "b 0 told \nb 1 told  b 2 told")
    assert [row.begins for row in rows(left, right, [])] == [False, True, False]
    left, right = sides(3, 0, "")
    assert [row.begins for row in rows(left, right, [])] == [False, False, False]


INDEX = st.integers(0, 7)
PAIRS = st.lists(
    st.tuples(st.lists(INDEX, max_size=3), st.lists(INDEX, max_size=3)).map(
        lambda found: pair(*(" ".join(map(str, side)) for side in found))
    ),
    max_size=8,
)


@given(st.integers(0, 6), st.integers(0, 6), PAIRS)
def test_every_claim_stands_in_one_row(left: int, right: int, found: list[Alignment]) -> None:
    one, two = sides(left, right)
    made = rows(one, two, found)
    assert sorted(claim.id for row in made for claim in row.reference) == [claim.id for claim in one.claims]
    assert sorted(claim.id for row in made for claim in row.version) == [claim.id for claim in two.claims]
    firsts = [row.version[0].id for row in made if row.version]
    assert firsts == sorted(firsts)
    for row in made:
        assert bool(row.alignments) == bool(row.reference and row.version)


@given(st.text("ab .", max_size=60), st.text("ab .", max_size=60))
def test_differing_words_lie_inside_their_claims(one: str, two: str) -> None:
    left = [Claim("a0", "a", Span(0, len(one)), one), Claim("a1", "a", Span(100, 104), "same")]
    right = [Claim("b0", "b", Span(0, len(two)), two), Claim("b1", "b", Span(100, 104), "same")]
    for side, words in zip((left, right), changed(left, right), strict=True):
        for claim in side:
            for span in words.get(claim.id, ()):
                assert 0 <= span.start < span.end <= len(claim.text)
    if one == two:
        assert changed(left, right) == ({}, {})


SPANS = st.tuples(st.integers(0, 5_000), st.integers(1, 60)).map(lambda found: Span(found[0], sum(found)))


@given(st.integers(1, 5_000), st.lists(SPANS, max_size=8), st.lists(SPANS, max_size=8))
def test_marks_may_overlap_as_they_like_and_nothing_is_lost(length: int, marks: list[Span], words: list[Span]) -> None:
    text = "".join(chr(97 + at % 26) for at in range(length))
    claim = Claim("a0", "a", Span(0, length), text)
    made = written(claim, [Mark(span, "note", 1) for span in marks], words, "del")
    for tag in ("mark", "del", "span"):
        assert made.count(f"<{tag}") == made.count(f"</{tag}>")
    hidden = sum(int(found.replace(",", "")) for found in re.findall(r"… ([\d,]+) characters not shown", made))
    plain = re.sub(r"<[^>]*>", "", re.sub(r'<span class="gap">.*?</span>', "", made))
    assert len(plain) + hidden == length
    assert hidden or plain == text
    assert length > LONGEST or not hidden
