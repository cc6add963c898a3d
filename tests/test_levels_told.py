"""A level against a change, a rise against a fall, the least against the most and a slip of the scale: reported where
the model contradicts the reworded pair too.
"""

from __future__ import annotations

import datetime
import time

import pytest

from consistency.checks import quantity
from consistency.facts._times.relative import overlap
from consistency.facts.date import dates
from consistency.records import Finding
from tests.aligned import aligned, contradicting


def _found(texts: tuple[str, str], contradiction: float) -> list[Finding]:
    told = contradicting(contradiction)
    context = aligned([texts[0]], [texts[1]], told, told)
    return [one for one in quantity.CHECK.check(context) if one.confidence >= 0.5]


CONFLICTS = {
    "lower-and-gained": (
        "Shares in the brewer closed 8 percent lower at 11.20 dollars on Thursday.",
        "The stock gained 8 percent on Thursday, to end at 11.20 dollars.",
    ),
    "over-the-limit": (
        "The lorry was 43 kilometres per hour over the limit when it hit the wall.",
        "When it struck the wall, the truck was doing 43 kilometres per hour.",
    ),
    "price-as-rise": (
        "The price of tin climbed by 900 dollars on Wednesday to 26,400.",
        "A tonne of tin cost 900 dollars on Wednesday after the latest climb.",
    ),
    "least-and-most": (
        "At least 200 guests had to leave the hotel when the cellar was flooded.",
        "No more than 200 people were brought out after the hotel's cellar filled with water.",
    ),
    "million-and-billion": (
        "The dam will supply water to 1.3 million people once it is full.",
        "When full, the reservoir is to serve 1.3 billion inhabitants.",
    ),
}
FATES = (
    "The blast at a silo killed 14 workers and left 31 others with burns.",
    "A silo blew up, burning 14 workers and killing 31.",
)
HONEST = {
    "lower-than": (
        "The offer was 8 percent lower than that of the rival.",
        "The rival's offer was 8 percent higher.",
    ),
    "loss-and-result": (
        "The firm's deficit grew by 4 million euros in spring.",
        "In spring the firm's result fell by 4 million euros.",
    ),
    "over-the-year": (
        "Profit climbed to 492 million kroner in the year to December.",
        "The brewery earned 492 million kroner over the year.",
    ),
    "fell-below": (
        "Oil fell below 70 dollars a barrel on Monday.",
        "On Monday a barrel of oil cost less than 70 dollars.",
    ),
    "least-and-most-of-a-class": (
        "Drivers with at least 12 points lose the licence.",
        "Drivers with less than 12 points keep the licence.",
    ),
    "missing-and-found": (
        "Fewer than 100 people were still missing on Sunday.",
        "By Sunday more than 100 people had been found.",
    ),
}


@pytest.mark.parametrize("texts", CONFLICTS.values(), ids=CONFLICTS.keys())
def test_conflict_is_reported(texts: tuple[str, str]) -> None:
    assert len(_found(texts, 0.85)) == 1
    assert len(_found((texts[1], texts[0]), 0.85)) == 1


@pytest.mark.parametrize("texts", CONFLICTS.values(), ids=CONFLICTS.keys())
def test_conflict_needs_the_model(texts: tuple[str, str]) -> None:
    assert not _found(texts, 0.1)


def test_exchanged_owners_need_no_model() -> None:
    assert len(_found(FATES, 0.1)) == len(_found(FATES, 0.85)) == 1


@pytest.mark.parametrize("texts", HONEST.values(), ids=HONEST.keys())
def test_honest_is_quiet(texts: tuple[str, str]) -> None:
    assert not _found(texts, 0.7)
    assert not _found((texts[1], texts[0]), 0.7)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (("next week", "2024-03-07"), ("this week", "2024-03-11"), True),
        (("next week", "2024-03-07"), ("this week", "2024-03-07"), False),
        (("this week", "2024-03-10"), ("last week", "2024-03-11"), True),
        (("last month", "2024-01-15"), ("in December", "2024-01-20"), True),
        (("last month", "2024-01-15"), ("in November", "2024-01-20"), False),
        (("next quarter", "2023-11-20"), ("this quarter", "2024-02-01"), True),
        (("next quarter", "2023-11-20"), ("this quarter", "2023-11-20"), False),
        (("this year", "2023-12-31"), ("last year", "2024-01-02"), True),
        (("last year", "2024-05-02"), ("in 2022", "2024-05-02"), False),
        (("this year", "0001-01-01"), ("last year", "0001-01-01"), None),
        (("in May", "2024-05-02"), ("in June", "2024-05-02"), None),
        (("in the past month", "2024-05-02"), ("last month", "2024-05-02"), None),
    ],
)
def test_periods_are_held_against_the_day_of_publication(
    one: tuple[str, str], two: tuple[str, str], expected: bool | None
) -> None:
    told = [
        (dates(f"It was {words}, he said.")[0], f"It was {words}, he said.", datetime.date.fromisoformat(day))
        for words, day in (one, two)
    ]
    assert overlap(told[0], told[1]) is expected
    assert overlap(told[1], told[0]) is expected


def test_long_texts_take_no_longer_than_they_are_long() -> None:
    texts = tuple(f"{word} 3 to 4 by 12 euros more and " * 2000 for word in ("rose", "fell"))
    begun = time.perf_counter()
    _found((texts[0], texts[1]), 0.9)
    assert time.perf_counter() - begun < 30
