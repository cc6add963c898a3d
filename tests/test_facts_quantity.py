"""Quantities: what is read out of a text, and when two of them agree."""

from __future__ import annotations

import math
from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.checks import _slots
from consistency.facts import _numbers
from consistency.facts._tokens import Token, at
from consistency.facts.quantity import Quantity, compare, quantities


def only(text: str) -> Quantity:
    found = quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit", "words"),
    [
        ("They met 39 times.", 39, "count", "39"),
        ("They met thirty-nine times.", 39, "count", "thirty-nine"),
        ("one thousand two hundred and five men", 1205, "count", "one thousand two hundred and five"),
        ("1,000 men", 1000, "count", "1,000"),
        ("10 000 men", 10_000, "count", "10 000"),
        ("1.2m people", 1.2e6, "count", "1.2m"),
        ("It cost $1.2 billion.", 1.2e9, "USD", "$1.2 billion"),
        ("It cost €1.2bn.", 1.2e9, "EUR", "€1.2bn"),
        ("It cost A$5m.", 5e6, "AUD", "A$5m"),
        ("It cost 87 cents.", 0.87, "USD", "87 cents"),
        ("his third term", 3, "ordinal", "third"),
        ("the 10th floor", 10, "ordinal", "10th"),
        ("the twenty-first floor", 21, "ordinal", "twenty-first"),
        ("12 percent of it", 12, "percent", "12 percent"),
        ("12 per cent of it", 12, "percent", "12 per cent"),
        ("12% of it", 12, "percent", "12%"),
        ("four out of five doctors", 80, "percent", "four out of five"),
        ("20 basis points", 0.2, "percent", "20 basis points"),
        ("155 mm shells", 0.155, "metre", "155 mm"),
        ("155-millimetre shells", 0.155, "metre", "155-millimetre"),
        ("a 12-point plan", 12, "point", "12-point"),
        ("2½ hours", 9000, "second", "2½ hours"),
        ("two and a half hours", 9000, "second", "two and a half hours"),
        ("3 5/8 percent", 3.625, "percent", "3 5/8 percent"),
        ("in her 40s", 40, "tens", "40s"),
        ("in his forties", 40, "tens", "forties"),
        ("tested for Covid-19", 19, "label", "Covid-19"),
        ("It happened twice.", 2, "count", "twice"),
        ("One person died.", 1, "count", "One"),
    ],
)
def test_reads(text: str, value: float, unit: str, words: str) -> None:
    found = only(text)
    assert math.isclose(found.low, value)
    assert found.low == found.high
    assert (found.unit, found.text) == (unit, words)


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("20 to 22 ships", "range", 20, 22),
        ("between 5 and 10 percent", "range", 5, 10),
        ("$5-10 billion", "range", 5e9, 10e9),
        ("100 m to 300 m", "range", 100, 300),
        ("more than 40 ships", "lower", 40, math.inf),
        ("40 or more ships", "lower", 40, math.inf),
        ("40+ ships", "lower", 40, math.inf),
        ("up to 12 ships", "upper", 0, 12),
        ("about 40 ships", "approximate", 40, 40),
        ("half a million ships", "approximate", 5e5, 5e5),
        ("nearly half of them", "approximate", 50, 50),
        ("tens of thousands of ships", "vague", 1e4, 1e5),
        ("several hundred ships", "vague", 200, 1000),
    ],
)
def test_reads_wider_values(text: str, kind: str, low: float, high: float) -> None:
    found = only(text)
    assert (found.kind, found.low, found.high) == (kind, low, high)


@pytest.mark.parametrize(
    "text",
    [
        "No one came.",
        "One of the ships sank.",
        "one country after another",
        "on Feb. 4, 2022",
        "the March 20-22 visit",
        "in 2022 and the 1990s",
        "at 3 p.m. and 12.00 GMT and 01:00 UTC",
        "1.2.3.4",
        "10^99",
        "NaN and Infinity",
        "9" * 4000,
        "an 802.11n card",
        "born in London.[5][6]",
        "in the 19th century",
    ],
)
def test_no_quantity(text: str) -> None:
    assert quantities(text) == ()


def test_what_is_counted() -> None:
    dead, injured = quantities("The blast killed 39 people and injured 12.")
    assert (dead.noun, dead.state, injured.state) == ("person", "dead", "injured")
    assert only("39 times prior").noun == "time"


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("1,000 men", "1,000 men", "same"),
        ("1,000 men", "one thousand men", "variant"),
        ("155 mm", "15.5 cm", "variant"),
        ("3 miles", "4.8 km", "variant"),
        ("30 miles", "50 km", "variant"),
        ("3 miles", "6 km", "conflict"),
        ("21 men", "12 men", "conflict"),
        ("more than 40 men", "over 40 men", "variant"),
        ("more than 40 men", "more than 45 men", "more_precise"),
        ("more than 2,300 men", "more than 2,500 men", "conflict"),
        ("about 40 men", "43 men", "more_precise"),
        ("43 men", "about 40 men", "less_precise"),
        ("about 40 men", "93 men", "conflict"),
        ("more than 40 men", "39 men", "conflict"),
        ("more than 40 men", "150 men", "more_precise"),
        ("more than 40 men", "400 men", "conflict"),
        ("up to 12 men", "14 men", "conflict"),
        ("at least two men", "at most two men", "conflict"),
        ("4.176 million men", "4.2 million men", "less_precise"),
        ("$1 billion", "$1.2 billion", "conflict"),
        ("tens of thousands of men", "60,000 men", "more_precise"),
        ("tens of thousands of men", "300 men", "conflict"),
        ("20 to 22 men", "21 men", "more_precise"),
        ("20 to 22 men", "20 to 25 men", "conflict"),
        ("nearly half of them", "48 percent of them", "more_precise"),
        ("won 4-0", "lost 0-4", "same"),
        ("won 4-0", "won 2-0", "conflict"),
        ("39 dead", "39 injured", "unrelated"),
        ("€45 million", "£45 million", "conflict"),
        ("$45 million", "A$45 million", "same"),
        ("MH17", "MH71", "conflict"),
        ("MH17", "QF71", "unrelated"),
        ("12 percent", "12 metres", "unrelated"),
        ("third floor", "three floors", "unrelated"),
    ],
)
def test_compares(first: str, second: str, relation: str) -> None:
    assert compare(only(first), only(second)) == relation


MIRROR = {"less_precise": "more_precise", "more_precise": "less_precise"}
WRITTEN = st.builds(
    "{} {} {}".format,
    st.sampled_from(["", "about", "more than", "up to", "at least", "dozens of", "20 to"]),
    st.sampled_from(["12", "21", "40", "1,000", "4.2 million", "two", "half a million", "0"]),
    st.sampled_from(["men", "percent", "km", "miles", "dollars", "dead", "injured"]),
)


@given(WRITTEN, WRITTEN)
def test_compare_is_symmetric(one: str, two: str) -> None:
    for first in quantities(one):
        for second in quantities(two):
            there, back = compare(first, second), compare(second, first)
            assert back == MIRROR.get(there, there)
        assert compare(first, first) == "same"


NASTY = st.text(alphabet="0123456789.,:/^-–$€%½²'’ \n[](){}+~#_\u200f\u202e\u00a0٣四onetwhurdsadmilkp", max_size=80)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=80), NASTY))
def test_offsets_hold_on_any_text(text: str) -> None:
    end = 0
    for found in quantities(text):
        assert text[found.span.start : found.span.end] == found.text
        assert found.text.strip() == found.text != ""
        assert found.span.start >= end
        assert not math.isnan(found.low + found.high)
        end = found.span.end


def _reads(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many tokens the number reader looks at."""
    count = 0
    look = at

    def counting(tokens: list[Token], index: int) -> Token:
        nonlocal count
        count += 1
        return look(tokens, index)

    with monkeypatch.context() as patch:
        patch.setattr(_numbers, "at", counting)
        quantities(text)
    return count


@pytest.mark.parametrize("unit", ["one ", "20-", "1 000 ", "thousand million ", "hundred and ", "half a ", "12 to "])
def test_reading_is_linear(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = _reads(unit * 500, monkeypatch), _reads(unit * 5000, monkeypatch)
    assert 0 < large <= 11 * small


def test_slots_bound_the_square(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are not compared, and the token alignment is left out of long passages."""
    assert _slots.MAX_FACTS <= 100
    assert _slots.MAX_TOKENS <= 1000
    spans = [found.span for found in quantities("12 " * (_slots.MAX_FACTS + 1))]
    slots = [_slots.Slot(span, "count") for span in spans]
    text = "12 " * len(spans)
    nothing = _slots.Comparison([], [])
    assert _slots.compare_facts((text, text), (slots, slots), lambda _i, _j: "conflict") == nothing

    class Refused(SequenceMatcher[str]):
        def get_matching_blocks(self) -> list[object]:  # type: ignore[override]
            raise AssertionError("aligned")

    monkeypatch.setattr(_slots, "SequenceMatcher", Refused)
    long = "12 " + "word " * (_slots.MAX_TOKENS + 1)
    one = [_slots.Slot(quantities(long)[0].span, "count")]
    found = _slots.compare_facts((long, long), (one, one), lambda _i, _j: "conflict")
    assert len(found.conflicts) == 1
    with pytest.raises(AssertionError, match="aligned"):
        _slots.compare_facts(("12 men", "12 men"), (one, one), lambda _i, _j: "conflict")
