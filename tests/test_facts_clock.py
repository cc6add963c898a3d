"""Times of day: what is read out of a text, and when two of them agree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.facts._times import hours as _hours
from consistency.facts._tokens import Token, at
from consistency.facts.clock import Clock, clocks, compare
from consistency.facts.date import dates
from consistency.facts.quantity import quantities


def only(text: str) -> Clock:
    found = clocks(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "hour", "minute", "half", "words"),
    [
        ("at 5 pm on Friday", 17, 0, True, "5 pm"),
        ("at 5pm on Friday", 17, 0, True, "5pm"),
        ("at 5.30 p.m. on Friday", 17, 30, True, "5.30 p.m."),
        ("at 5:30 P.M. on Friday", 17, 30, True, "5:30 P.M."),
        ("at 17:00 on Friday", 17, 0, True, "17:00"),
        ("at 5:10 on Friday", 5, 10, False, "5:10"),
        ("at 05:10 on Friday", 5, 10, True, "05:10"),
        ("on the 10:30 train", 10, 30, False, "10:30"),
        ("about 1200 GMT on the day", 12, 0, True, "1200 GMT"),
        ("at 12.00 GMT today", 12, 0, True, "12.00 GMT"),
        ("at 9 EST today", 9, 0, True, "9 EST"),
        ("left at 1700 hours", 17, 0, True, "1700 hours"),
        ("at 10:15:32 on Friday", 10, 15, False, "10:15:32"),
        ("ended at noon", 12, 0, True, "noon"),
        ("ended at 12 noon", 12, 0, True, "12 noon"),
        ("ended at 12 p.m. sharp", 12, 0, True, "12 p.m."),
        ("ended at 12 a.m. sharp", 0, 0, True, "12 a.m."),
        ("Midnight came", 0, 0, True, "Midnight"),
        ("at ten o'clock sharp", 10, 0, False, "ten o'clock"),
        ("at ten o’clock in the evening", 22, 0, True, "ten o’clock in the evening"),
        ("at 5 in the morning", 5, 0, True, "5 in the morning"),
        ("at 2 at night", 2, 0, True, "2 at night"),
        ("at 11 at night", 23, 0, True, "11 at night"),
        ("at six thirty p.m. sharp", 18, 30, True, "six thirty p.m."),
        ("at half past six", 6, 30, False, "half past six"),
        ("a quarter to seven in the evening", 18, 45, True, "a quarter to seven in the evening"),
        ("at ten to one", 0, 50, False, "ten to one"),
        ("at twenty-five past six", 6, 25, False, "twenty-five past six"),
        ("at 5 p.m. Moscow time on Friday", 17, 0, True, "5 p.m. Moscow time"),
        ("at 5 p.m. Eastern Standard Time", 17, 0, True, "5 p.m. Eastern Standard Time"),
    ],
)
def test_reads(text: str, hour: int, minute: int, half: bool, words: str) -> None:
    found = only(text)
    assert (divmod(found.minute, 60), found.half) == ((hour, minute), half)
    assert found.text == words


@pytest.mark.parametrize(
    "text",
    [
        "They won 3:2 and 5.30 was paid.",
        "He read Mark 10:45-52 aloud.",
        "She ran it in 2:03:59.",
        "I am 5 and for one am not sorry.",
        "from ten to six",
        "the third quarter to six",
        "It killed 5 in the evening.",
        "The Midnight Express and Midnight Oil",
        "in 2015 and 1999",
        "at 99:99 and at 25:10 and 13:75 GMT",
        "24:00:00:00",
        "one in the afternoon sun",
    ],
)
def test_no_time(text: str) -> None:
    assert clocks(text) == ()


def test_spans_of_hours() -> None:
    assert [(one.minute, one.half) for one in clocks("from 9 a.m. to 5 p.m.")] == [(540, True), (1020, True)]
    assert [(one.minute, one.half) for one in clocks("open 9am-5pm")] == [(540, True), (1020, True)]
    assert [(one.minute, one.half) for one in clocks("between 5 and 7 pm")] == [(300, False), (1140, True)]
    assert [(one.minute, one.half) for one in clocks("open 10:00-12:30")] == [(600, False), (30, False)]


def test_what_stands_before() -> None:
    assert only("around 5 pm").about
    assert (only("before 5 pm").bound, only("before 5 pm").text) == ("before", "before 5 pm")
    assert (only("shortly after 5 pm").bound, only("shortly after 5 pm").about) == ("after", True)
    assert (only("at 5 pm").bound, only("at 5 pm").about) == ("", False)


@pytest.mark.parametrize(
    "text",
    [
        "at 7 a.m. EST (1200 GMT)",
        "at 8 p.m. ET/5 p.m. PT",
        "at 3 p.m. local time, 1300 GMT",
        "at 10:30 p.m. on Tuesday (0230 GMT Wednesday)",
    ],
)
def test_one_moment_in_two_zones_is_uncertain(text: str) -> None:
    assert [one.uncertain for one in clocks(text)] == [True, True]


def test_two_moments_are_not() -> None:
    assert [one.uncertain for one in clocks("at 8 p.m., 10 p.m. and 1200 GMT")] == [False, False, False]


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("at 5 pm", "at 5 pm", "same"),
        ("at 5 pm", "at 17:00", "variant"),
        ("at 5 pm", "at 1700 hours", "variant"),
        ("at noon", "at 12 p.m.", "variant"),
        ("at midnight", "at 00:00", "variant"),
        ("at 5 pm", "at 5 am", "conflict"),
        ("at 5 pm", "at 6 pm", "conflict"),
        ("at 5 pm", "at 5:30 pm", "conflict"),
        ("at 5:10 pm", "at 5 pm", "less_precise"),
        ("at 5:10 pm", "at 5:10", "less_precise"),
        ("at 5:10", "at 17:10", "more_precise"),
        ("at 5:10", "at 6:10 pm", "conflict"),
        ("around 5 pm", "at 5:20 pm", "more_precise"),
        ("around 5 pm", "at 6:00 pm", "conflict"),
        ("around 5:10 pm", "at 5:20 pm", "more_precise"),
        ("around 5:10 pm", "at 5:40 pm", "conflict"),
        ("at midnight", "at 11:55 pm", "more_precise"),
        ("at 1200 GMT", "at 2100 GMT", "conflict"),
        ("at 1200 GMT", "at 7 a.m. EST", "variant"),
        ("at 1200 GMT", "at 9 a.m. EST", "unrelated"),
        ("at 1200 GMT", "at 9 a.m. local time", "unrelated"),
        ("at 1200 GMT", "at 9 a.m.", "unrelated"),
        ("at 1200 GMT", "at noon", "less_precise"),
        ("after 5 pm", "at 6 pm", "more_precise"),
        ("after 5 pm", "at 4 pm", "conflict"),
        ("by 5 pm", "at 4 pm", "more_precise"),
        ("before 5 pm", "at 6 pm", "conflict"),
        ("before 5 pm", "before 6 pm", "conflict"),
        ("before 5 pm", "after 5 pm", "conflict"),
        ("before 5 pm", "after 2 pm", "unrelated"),
        ("after 5 pm", "at 5 am", "unrelated"),
    ],
)
def test_compares(first: str, second: str, relation: str) -> None:
    assert compare(only(first), only(second)) == relation


def test_an_uncertain_time_never_conflicts() -> None:
    told = clocks("at 7 a.m. EST (1200 GMT)")
    assert {compare(one, only("at 3 p.m. EST")) for one in told} == {"unrelated"}
    assert compare(told[1], only("at 1200 GMT")) == "more_precise"


def test_a_time_is_neither_date_nor_quantity() -> None:
    for text in ("at 5 pm", "at 2015 GMT", "at 12.00 GMT", "between 5 and 7 pm", "at ten to six", "9am-5pm"):
        assert clocks(text)
        assert (dates(text), quantities(text)) == ((), ())


MIRROR = {"less_precise": "more_precise", "more_precise": "less_precise"}
WRITTEN = st.sampled_from(
    ["at 5 pm", "at 17:00", "at 5:10", "around 5 am", "after 5 pm", "before 5:10 pm", "by 6 pm", "noon", "midnight",
     "at 1200 GMT", "at 7 a.m. EST", "at 3 p.m. local time", "at 11:55 pm", "at half past six", "at 5 o'clock",
     "shortly after 4 pm", "at 6 am", "past 18:00 CET"]
)  # fmt: skip


@given(WRITTEN, WRITTEN)
def test_compare_is_symmetric(one: str, two: str) -> None:
    there, back = compare(only(one), only(two)), compare(only(two), only(one))
    assert back == MIRROR.get(there, there)
    assert compare(only(one), only(one)) == "same"


PIECES = st.lists(
    st.sampled_from(
        ["5", "17:00", "5.30", "1200", "pm", "p", ".", "m", "a.m.", "GMT", "EST", "(", ")", "/", "-", "to", "half",
         "past", "quarter", "a", "six", "ten", "o'clock", "noon", "midnight", "in", "the", "morning", "at", "night",
         "before", "local", "time", "Moscow", "hours", "between", "and", "²", "٣", "٣:٣٠", " "]
    ),
    max_size=16,
)  # fmt: skip


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=80), PIECES.map("".join), PIECES.map(" ".join)))
def test_offsets_hold_on_any_text(text: str) -> None:
    end = 0
    for found in clocks(text):
        assert text[found.span.start : found.span.end] == found.text
        assert found.text.strip() == found.text != ""
        assert found.span.start >= end
        assert 0 <= found.minute < (1440 if found.half else 720)
        end = found.span.end


@pytest.mark.parametrize(
    "unit", ["5 ", "at 5 to ", "half past ", "10:30-", "a quarter to ", "noon (", "5 pm (", "1200 "]
)
def test_reading_is_linear(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    count = 0
    look = at

    def counting(tokens: tuple[Token, ...], index: int) -> Token:
        nonlocal count
        count += 1
        return look(tokens, index)

    monkeypatch.setattr(_hours, "at", counting)
    clocks(unit * 500)
    small, count = count, 0
    clocks(unit * 5000)
    assert 0 < count <= 11 * small
