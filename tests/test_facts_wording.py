"""Words inside quote marks, compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts.wording import canonical, compare, expanded, negated, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Advisor’s", "adviser's"),
        ("colour", "color"),
        ("organising", "organizing"),
        ("centre", "center"),
        ("defence", "defense"),
        ("travelled", "traveled"),
        ("U.S.", "US"),
        ("twelve", "12"),
        ("1,000", "1000"),
        ("café", "cafe"),
    ],
)
def test_spelling_is_no_difference(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(("one", "other"), [("pull", "drag"), ("12", "21"), ("form", "from"), ("mayor", "major")])
def test_other_words_differ(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_contractions_are_expanded() -> None:
    assert expanded("won't") == ("will", "not")
    assert expanded("it's") == ("it", "is")
    assert expanded("mayor's") == ("mayor's",)
    assert negated(words("We didn’t", 0, 9))


def both(reference: str, version: str) -> tuple[int, list[tuple[str, str]], list[str]]:
    theirs, ours = words(reference, 0, len(reference)), words(version, 0, len(version))
    found = compare(theirs, ours)

    def text(some: str, of: slice, among: tuple[object, ...]) -> str:
        return " ".join(some[word.span.start : word.span.end] for word in among[of])  # type: ignore[attr-defined]

    changes = [
        (
            text(reference, slice(one.reference.start, one.reference.end), theirs),
            text(version, slice(one.version.start, one.version.end), ours),
        )
        for one in found.changes
    ]
    dropped = [text(reference, slice(span.start, span.end), theirs) for span in found.dropped]
    return found.matched, changes, dropped


def test_a_changed_word_is_paired_with_the_word_it_replaces() -> None:
    assert both("in trying to pull other countries", "in trying to drag other countries") == (
        5,
        [("pull", "drag")],
        [],
    )


def test_a_trim_is_no_change() -> None:
    long = "as you know we have worked on this for many years and we will go on"
    assert both(long, "we have worked on this for many years") == (8, [], [])
    assert both(long, "we have worked for many years") == (6, [], ["on this"])


def test_the_window_is_found_in_a_long_text() -> None:
    filler = "the council met and the mayor spoke of the town and its people " * 50
    matched, changes, _ = both(filler + "we will never sell the harbour " + filler, "we will always sell the harbour")
    assert matched == 5
    assert changes == [("never", "always")]


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d", "not", "e"])),
    st.lists(st.sampled_from(["a", "b", "c", "d", "not", "e"])),
)
def test_comparison_accounts_for_every_word(theirs: list[str], ours: list[str]) -> None:
    reference, version = " ".join(theirs), " ".join(ours)
    there, here = words(reference, 0, len(reference)), words(version, 0, len(version))
    found = compare(there, here)
    assert found.matched + sum(len(change.version) for change in found.changes) == len(here)
    assert all(0 <= one.reference.start <= one.reference.end <= len(there) for one in found.changes)
    assert 0 <= found.window.start <= found.window.end <= len(there)


@given(st.text(max_size=60))
def test_any_text_agrees_with_itself(text: str) -> None:
    some = words(text, 0, len(text))
    found = compare(some, some)
    assert (found.matched, found.changes) == (len(some), ())
    assert all(text[word.span.start : word.span.end] for word in some)
