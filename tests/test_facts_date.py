"""Dates: what is read out of a text, and when two of them agree."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.facts._times import years as _years
from consistency.facts._tokens import Token, at
from consistency.facts.date import Date, compare, dates


def only(text: str) -> Date:
    found = dates(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "parts", "words"),
    [
        ("at the Feb. 4, 2022, opening", (2022, 2, 4), "Feb. 4, 2022"),
        ("on 4 February 2022.", (2022, 2, 4), "4 February 2022"),
        ("on February 4, 2022", (2022, 2, 4), "February 4, 2022"),
        ("on June 20th, 300 people came", (None, 6, 20), "June 20th"),
        ("on November first they met", (None, 11, 1), "November first"),
        ("on the Fourth of July", (None, 7, 4), "Fourth of July"),
        ("since May 2015 the others", (2015, 5, None), "May 2015"),
        ("in mid-July", (None, 7, None), "July"),
        ("in August they left", (None, 8, None), "August"),
        ("McCord (1998) asked", (1998, None, None), "1998"),
        ("In 1767, the rails came.", (1767, None, None), "1767"),
        ("dated 2022-02-04", (2022, 2, 4), "2022-02-04"),
        ("dated 25/12/2020", (2020, 12, 25), "25/12/2020"),
        ("dated 03/04/2023", (2023, None, None), "03/04/2023"),
        ("the light of 9/11", (None, 9, 11), "9/11"),
        ("Monday, March 20", (None, 3, 20), "Monday, March 20"),
        ("on 31 February 2020", (2020, 2, 31), "31 February 2020"),
        ("until April 9 or claim", (None, 4, 9), "April 9"),
        ("until May 9 or later", (None, 5, 9), "May 9"),
        ("and in 1777, solid iron", (1777, None, None), "1777"),
        ("the early 1990s", (1990, None, None), "early 1990s"),
        ("late in 2016", (2016, None, None), "late in 2016"),
        ("at the end of March", (None, 3, None), "end of March"),
        ("the sixties", (1960, None, None), "sixties"),
        ("in the late 60s", (1960, None, None), "late 60s"),
    ],
)
def test_reads(text: str, parts: tuple[int | None, int | None, int | None], words: str) -> None:
    found = only(text)
    assert (found.year, found.month, found.day) == parts
    assert found.text == words


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("the March 20-22 visit", (None, 3, 20), (None, None, 22)),
        ("the March 20 to 22 visit", (None, 3, 20), (None, None, 22)),
        ("between 21 and 28 January", (None, 1, 21), (None, None, 28)),
        ("between January 21 and 28", (None, 1, 21), (None, None, 28)),
        ("July 3 to August 5, 2021", (2021, 7, 3), (None, 8, 5)),
        ("the 2019-20 season", (2019, None, None), (2020, None, None)),
        ("from 1962 to 1982", (1962, None, None), (1982, None, None)),
        ("the years 2015–15334", (2015, None, None), (15334, None, None)),
        ("the 2015/16 season", (2015, None, None), (2016, None, None)),
        ("the dynasty (1368-1644)", (1368, None, None), (1644, None, None)),
        ("the winter of 2019-20", (2019, None, None), (2020, None, None)),
    ],
)
def test_reads_ranges(text: str, start: tuple[object, ...], end: tuple[object, ...]) -> None:
    found = only(text)
    assert (found.year, found.month, found.day) == start
    assert (found.end_year, found.end_month, found.end_day) == end


@pytest.mark.parametrize(
    "text",
    [
        "He may 20 times say no.",
        "They march 10 miles a day.",
        "an August body",
        "2022 people came",
        "$2022 and 1,999 and 2000 percent",
        "the 1.2.3.4 release",
        "the 1967s they sold",
        "99/99/2020",
        "it cost more than 2000 pounds",
        "2000 or more people",
        "the first quarter-final and the second quarter final",
        "the first half and the second half",
        "an Audi Q3 and the H2 gene",
        "prices fall and the spring below the wall",
        "in summer school",
        "temperatures in the 70s",
        "a man in his sixties",
        "issue 2015/17",
    ],
)
def test_no_date(text: str) -> None:
    assert dates(text) == ()


@pytest.mark.parametrize(
    ("text", "part", "year", "words"),
    [
        ("in the third quarter of 2020", "q3", 2020, "third quarter of 2020"),
        ("Third-quarter sales", "q3", None, "Third-quarter"),
        ("the 2nd quarter", "q2", None, "2nd quarter"),
        ("sales in Q3 2020", "q3", 2020, "Q3 2020"),
        ("sales in Q3 fell", "q3", None, "Q3"),
        ("in the first half of 2020", "h1", 2020, "first half of 2020"),
        ("in spring 2019", "spring", 2019, "spring 2019"),
        ("in the fall of 2019", "autumn", 2019, "fall of 2019"),
        ("until the summer.", "summer", None, "summer"),
        ("in early March", "early", None, "early March"),
        ("the beginning of 2017", "early", 2017, "beginning of 2017"),
        ("the close of the 1980s", "late", 1980, "close of the 1980s"),
        ("in mid-July", "mid", None, "July"),
        ("as early as 2017", "", 2017, "2017"),
    ],
)
def test_reads_parts_of_a_year(text: str, part: str, year: int | None, words: str) -> None:
    found = only(text)
    assert (found.part, found.year, found.text) == (part, year, words)


def test_periods_and_relative_words() -> None:
    assert [(one.year, one.period) for one in dates("the 1800s, the 19th century, the 1960s, the '90s")] == [
        (1800, "century"),
        (1800, "century"),
        (1960, "decade"),
        (1990, "decade"),
    ]
    assert [one.relative for one in dates("yesterday, next week and last year's")] == [
        "yesterday",
        "next week",
        "last year",
    ]
    assert only("told reporters Monday").weekday == 0
    assert not only("31 February 2020").possible
    assert only("29 February 2020").possible


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("Feb. 4, 2022", "Feb. 4, 2022", "same"),
        ("Feb. 4, 2022", "4 February 2022", "variant"),
        ("Feb. 4, 2022", "February 2022", "less_precise"),
        ("in 2022", "February 2022", "more_precise"),
        ("Feb. 4, 2022", "14 February 2022", "conflict"),
        ("March 20", "May 20", "conflict"),
        ("March 20", "in 2023", "unrelated"),
        ("March 20-22", "March 20 to 22", "variant"),
        ("March 20-22", "March 20-25", "conflict"),
        ("March 20-22", "March 21", "less_precise"),
        ("March 20-22", "March 24", "conflict"),
        ("the 1800s", "the 19th century", "variant"),
        ("the 1960s", "in 1962", "more_precise"),
        ("the 1960s", "in 1972", "conflict"),
        ("8th century", "7th century", "conflict"),
        ("from 1962 to 1982", "from 1962 to 1985", "conflict"),
        ("(2001-2002)", "from 2001 to 2002", "variant"),
        ("2015-2019", "2015-19", "variant"),
        ("2015-2019", "2015-18", "conflict"),
        ("2015–2019", "2015–15334", "conflict"),
        ("the 2015/16 season", "the 2015-16 season", "variant"),
        ("in 1767", "in 1777", "conflict"),
        ("third quarter of 2020", "Q3 2020", "variant"),
        ("third quarter of 2020", "second quarter of 2020", "conflict"),
        ("third quarter of 2020", "second quarter", "conflict"),
        ("third quarter of 2020", "third quarter of 2019", "conflict"),
        ("third quarter of 2020", "third quarter", "less_precise"),
        ("third quarter of 2020", "in 2020", "less_precise"),
        ("third quarter of 2020", "September 2020", "variant"),
        ("third quarter of 2020", "first half of 2020", "variant"),
        ("spring 2019", "the fall of 2019", "conflict"),
        ("the fall of 2019", "autumn 2019", "variant"),
        ("early March", "late March", "conflict"),
        ("early March", "mid-March", "variant"),
        ("late March", "end of March", "variant"),
        ("late March", "March 27", "variant"),
        ("in March", "late March", "more_precise"),
        ("early 1990s", "late 1990s", "conflict"),
        ("the sixties", "the 1960s", "variant"),
        ("the sixties", "the eighties", "conflict"),
        ("on Monday", "on Monday", "same"),
        ("on Monday", "on Tuesday", "unrelated"),
        ("yesterday", "on Monday", "unrelated"),
        ("next week", "last week", "unrelated"),
    ],
)
def test_compares(first: str, second: str, relation: str) -> None:
    assert compare(only(first), only(second)) == relation


@pytest.mark.parametrize(
    ("first", "second", "days", "relation"),
    [
        ("yesterday", "on Monday", (21, 22), "variant"),
        ("yesterday", "on Monday", (23, 23), "conflict"),
        ("on Monday", "March 20", (17, 17), "variant"),
        ("on Monday", "on Friday", (18, 18), "conflict"),
        ("yesterday", "today", (21, 20), "variant"),
        ("next week", "last week", (20, 20), "unrelated"),
        ("31 February 2023", "on Monday", (20, 20), "unrelated"),
    ],
)
def test_resolves(first: str, second: str, days: tuple[int, int], relation: str) -> None:
    published = [datetime.date(2023, 3, day) for day in days]
    one, two = only(first), only(second)
    assert compare(one, two, published_a=published[0], published_b=published[1]) == relation


def test_the_ends_of_the_calendar() -> None:
    last = datetime.date.max
    assert compare(only("tomorrow"), only("Monday"), published_a=last, published_b=last) == "unrelated"


WRITTEN = st.sampled_from(
    ["Feb. 4, 2022", "in 2022", "March 20-22", "March 20", "the 1960s", "in 1962", "on Monday", "today",
     "from 2001 to 2005", "31 February 2020", "03/04/2023", "in May", "the 20th century", "Q3 2020", "in spring",
     "second quarter", "spring 2022", "early 2022", "late March", "mid-2022", "the sixties", "2015-15334"]
)  # fmt: skip
MIRROR = {"less_precise": "more_precise", "more_precise": "less_precise"}
DAYS = st.none() | st.dates()


@given(WRITTEN, WRITTEN, DAYS, DAYS)
def test_compare_is_symmetric(one: str, two: str, day_one: datetime.date | None, day_two: datetime.date | None) -> None:
    there = compare(only(one), only(two), published_a=day_one, published_b=day_two)
    back = compare(only(two), only(one), published_a=day_two, published_b=day_one)
    assert back == MIRROR.get(there, there)


PIECES = st.lists(
    st.sampled_from(
        ["March", "May", "20", "-", "22", "to", ",", "2022", "of", "the", "19", "th", "century", "'", "90", "s",
         "Monday", "last", "week", "/", ".", "(", ")", " ", " ", "yesterday's", "²", "٣", "9/11", "first", "quarter",
         "Q3", "spring", "fall", "early", "mid", "end", "sixties", "in", "half", "2015/16", "15334"]
    ),
    max_size=20,
)  # fmt: skip


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=80), PIECES.map("".join), PIECES.map(" ".join)))
def test_offsets_hold_on_any_text(text: str) -> None:
    end = 0
    for found in dates(text):
        assert text[found.span.start : found.span.end] == found.text
        assert found.text.strip() == found.text != ""
        assert found.span.start >= end
        end = found.span.end


@pytest.mark.parametrize(
    "unit",
    [
        "March ",
        "May 20 to ",
        "2019-",
        "Monday, ",
        "from 1962 to ",
        "19th ",
        "first quarter of ",
        "the end of the 1990s ",
    ],
)
def test_reading_is_linear(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    count = 0
    look = at

    def counting(tokens: tuple[Token, ...], index: int) -> Token:
        nonlocal count
        count += 1
        return look(tokens, index)

    monkeypatch.setattr(_years, "at", counting)
    monkeypatch.setattr("consistency.facts._times.days.at", counting)
    monkeypatch.setattr("consistency.facts._times.seasons.at", counting)
    dates(unit * 500)
    small, count = count, 0
    dates(unit * 5000)
    assert 0 < count <= 11 * small
