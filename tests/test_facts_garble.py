"""Damage that a text shows by itself."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consistency.facts import garble
from consistency.facts.garble import damages, paragraphs, unfinished

PARTS = st.lists(
    st.sampled_from(
        [
            "war",
            "The",
            "China",
            ". ",
            ".",
            " ",
            "\n",
            "\n\n",
            "(",
            ")",
            "“",
            "”",
            "»",
            "â€™",
            "the the",
            "…",
            ",",
            "Mr.",
        ]
    ),
    max_size=30,
).map("".join)


def kinds(text: str) -> list[str]:
    return [one.kind for one in damages(text) if one.sure]


def test_a_stray_stop_is_told_from_an_abbreviation() -> None:
    assert kinds("It is at war in China. difficulty against Kyiv.") == ["stray stop"]
    assert kinds("It met the U.S. officials, Lt. col. hill, at 9 a.m. on Monday in St. petersburg.") == []


def test_a_stop_that_stands_alone() -> None:
    (one,) = damages("The ministry of foreign affairs. .")
    assert one.text == "affairs. ."


@pytest.mark.parametrize(
    "text",
    [
        "“We came.\n\n“We saw,” he said.",
        "It rained. (The roof leaked.\n\nNobody came.)",
        "A heading without a stop\n\nThe text that follows it is a sentence.",
        "He asked,\n\n“Why did you never tell us that the bridge was closed?”",
        "All the news of the day stands at our address https://example.org/of/the\n\nThe end.",
    ],
)
def test_paragraphs_that_are_whole(text: str) -> None:
    assert kinds(text) == []


def test_a_paragraph_cut_off_in_the_middle() -> None:
    text = "The first paragraph says what happened at the\n\nThe second one is whole."
    (one,) = damages(text)
    assert (one.kind, text[one.span.start : one.span.end]) == ("cut off", "the")


def test_a_quote_left_open_by_a_cut_is_one_damage() -> None:
    assert kinds("The mayor was angry. “We will not accept that the council and its") == ["cut off"]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = "The council met on\nMonday and spoke of the\nbridge that was closed\nfor a year.\n\nThe end."
    assert len(list(paragraphs(text))) == 2
    assert kinds(text) == []


def test_a_style_is_no_damage() -> None:
    assert kinds("we came. we saw. we left. we slept. we woke. we ate.") == []


@given(PARTS | st.text(max_size=80))
def test_any_text_gives_sound_spans(text: str) -> None:
    found = damages(text)
    assert list(found) == sorted(found, key=lambda one: one.span)
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)


def test_hostile_shapes_end() -> None:
    for piece in ("(", ")", "“", "a. ", ". ", "the ", ".", "[", " \n", "a.b.", "…\n", "â€"):
        damages(piece * 20_000)


@example("war.China")
@example("war. in")
@given(st.lists(st.sampled_from(["war", "China", "in", ". ", ".", " "]), min_size=2, max_size=5).map("".join))
def test_a_text_is_passed_over_only_where_nothing_is(text: str) -> None:
    """Most texts are let off after a short look; a longer one must find nothing in them."""
    stray = any(hit[2][0].islower() for hit in garble._STRAY.finditer(text))
    assert not stray or garble._MAYBE_STRAY.search(text)
    assert not garble._STRAY_DOUBLE.search(text) or garble._TWO_STOPS.search(text)
    assert not garble._RUN_TOGETHER.search(text) or garble._STOP_INSIDE.search(text)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("The ferry left.\n\nSome of the crew had sta", "sta"),
        ("The ferry left.\n\nSome of the crew,\n", "crew,"),
        ("Some res", "res"),
        ("The ferry left.\n\nSome of the crew stayed.", None),
        ("The ferry left.\n\nWho stayed?”", None),
        ("", None),
        ("\n \n", None),
        ("one " * 12, None),
    ],
)
def test_a_short_last_line_without_a_stop(text: str, end: str | None) -> None:
    found = unfinished(text)
    assert (found and text[found.span.start : found.span.end]) == end
    assert found is None or not found.sure
