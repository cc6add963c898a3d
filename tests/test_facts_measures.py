"""Amounts told in two units, parts of a unit, ordinals of more than a hundred, and figures that are rounded."""

from __future__ import annotations

import math

import pytest

from consistency.facts.quantity import compare, ones, quantities
from tests.figures import only


@pytest.mark.parametrize(
    ("text", "value", "unit", "words"),
    [
        ("two hours and 20 minutes there", 8400, "second", "two hours and 20 minutes"),
        ("1 hour, 20 minutes and 5 seconds", 4805, "second", "1 hour, 20 minutes and 5 seconds"),
        ("an hour-and-a-half delay", 5400, "second", "an hour-and-a-half"),
        ("half an hour and ten minutes", 2400, "second", "half an hour and ten minutes"),
        ("a mile and a half away", 2414.016, "metre", "a mile and a half"),
        ("a 6-foot-4 guard", 1.9304, "metre", "6-foot-4"),
        ("1 metre 80", 1.8, "metre", "1 metre 80"),
        ("2 km 300 m", 2300, "metre", "2 km 300 m"),
        ("three euros fifty a litre", 3.5, "EUR", "three euros fifty"),
        ("two pounds 50 pence", 2.5, "GBP", "two pounds 50 pence"),
        ("14 stone 6 pounds", 91625.65866, "gram", "14 stone 6 pounds"),
        ("a 25-basis-point cut", 0.25, "percent", "25-basis-point"),
        ("a quarter of a percentage point", 0.25, "percent", "a quarter of a percentage point"),
        ("0.2 of a percentage point", 0.2, "percent", "0.2 of a percentage point"),
        ("1½ million of it", 1.5e6, "count", "1½ million"),
        ("1 1/2 million of it", 1.5e6, "count", "1 1/2 million"),
        ("two million and a half", 2.5e6, "count", "two million and a half"),
        ("a two-and-a-half-million-dollar gift", 2.5e6, "USD", "two-and-a-half-million-dollar"),
        ("two-hundred-and-fifty men", 250, "count", "two-hundred-and-fifty"),
        ("its one hundred and third day", 103, "ordinal", "one hundred and third"),
        ("the hundred and fiftieth day", 150, "ordinal", "hundred and fiftieth"),
        ("her three-hundredth goal", 300, "ordinal", "three-hundredth"),
        ("at 32 C there", 32, "celsius", "32 C"),
        ("250 km2 of forest", 2.5e8, "area", "250 km2"),
    ],
)
def test_reads(text: str, value: float, unit: str, words: str) -> None:
    found = only(text)
    assert math.isclose(found.low, value)
    assert (found.unit, found.text) == (unit, words)


def test_measures_that_stand_apart() -> None:
    """Two units, and no amount of both: other measures, parts of one, lists, lengths of several races."""
    for text in (
        "two years, six months of which were suspended",
        "races over 2 km and 800 metres",
        "terms of three years and six months respectively",
        "between one hour and 50 minutes",
        "20 euros an hour and 30 minutes",
        "the 40 feet 3 times",
        "for 3 euros 20 years ago",
    ):
        assert len(quantities(text)) == 2, text
    assert [one.unit for one in quantities("5 F-16s and 12 stone steps")] == ["count", "label", "count"]


def test_hundreds_that_are_no_ordinals() -> None:
    assert [one.stated for one in quantities("a hundred first tickets")] == [100, 1]
    assert only("a hundred and third-party observers").stated == 100
    assert only("one hundredth of a mile").unit == "metre"


def test_one_of_a_measure() -> None:
    assert [(one.text, one.kind, one.low) for one in ones("over a year, an hour, a kilo of it")] == [
        ("over a year", "lower", 31557600),
        ("an hour", "exact", 3600),
        ("a kilo", "exact", 1000),
    ]


@pytest.mark.parametrize(
    "text",
    ["twice a year", "20 euros a day", "half an hour", "a year or two", "a year old", "a year-long row", "a day's"],
)
def test_no_one_of_a_measure(text: str) -> None:
    assert ones(text) == ()


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("0.34 percent", "0.3 percent", "less_precise"),
        ("0.34 percent", "0.4 percent", "conflict"),
        ("5,432 men", "5,400 men", "less_precise"),
        ("5,432 men", "5,000 men", "conflict"),
        ("5,432 men", "5,300 men", "conflict"),
        ("49,000 men", "48,750 men", "more_precise"),
        ("1,550 men", "1,500 men", "conflict"),
        ("203 men", "200 men", "conflict"),
        ("two years and six months", "30 months", "variant"),
        ("two years and six months", "31 months", "conflict"),
        ("6 feet 8 inches", "2.03 metres", "variant"),
        ("aged 2 years and 6 months", "aged 2", "less_precise"),
        ("32 C", "90 F", "variant"),
        ("32 C", "70 F", "conflict"),
        ("up 1.5 degrees Celsius", "up 2.7 degrees Fahrenheit", "variant"),
        ("5 C", "23 F", "variant"),
    ],
)
def test_compares(first: str, second: str, relation: str) -> None:
    assert compare(only(first), only(second)) == relation
