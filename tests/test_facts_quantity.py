"""Quantities: what is read out of a text, and when two of them agree."""

from __future__ import annotations

import math
from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.checks._figures import slots as _slots
from consistency.facts._figures import named_figures, numbers
from consistency.facts._tokens import Token, at
from consistency.facts.quantity import compare, quantities
from tests.figures import only


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
        ("in eigth sites", 8, "count", "eigth"),
        ("2 crores of it", 2e7, "count", "2 crores"),
        ("Rs 5 lakh more", 5e5, "INR", "Rs 5 lakh"),
        ("ranked number 3 today", 3, "label", "number 3"),
        ("ranked No. 5 today", 5, "label", "No. 5"),
        ("ranked No 5 today", 5, "label", "No 5"),
        ("ranked #5 today", 5, "label", "#5"),
        ("ranked number five today", 5, "label", "number five"),
        ('the number "5", who', 5, "label", "5"),
        ("phase two trials", 2, "label", "phase two"),
        ("It meets once a week.", 1, "count", "once"),
        ("It happened only once.", 1, "count", "once"),
        ("Rents doubled.", 2, "factor", "doubled"),
        ("Rents will triple.", 3, "factor", "triple"),
        ("Rents were halved.", 0.5, "factor", "halved"),
        ("It grew threefold.", 3, "factor", "threefold"),
        ("It grew ten-fold.", 10, "factor", "ten-fold"),
        ("twice as many men", 2, "factor", "twice"),
        ("three times the size", 3, "factor", "three times"),
        ("She ran 2:04:26 there.", 7466, "race", "2:04:26"),
        ("She swam 1:45.32 there.", 105.32, "race", "1:45.32"),
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
        ("half-a-million ships", "approximate", 5e5, 5e5),
        ("a half-dozen ships", "approximate", 6, 6),
        ("more than an hour and 20 minutes", "lower", 4800, math.inf),
        ("nearly half of them", "approximate", 50, 50),
        ("tens of thousands of ships", "vague", 1e4, 1e5),
        ("several hundred ships", "vague", 200, 1000),
        ("cut by half last year", "approximate", 50, 50),
        ("less than a quarter were", "upper", 0, 25),
        ("cut by one quarter.", "approximate", 25, 25),
        ("more than doubled", "lower", 2, math.inf),
        ("a hundred-run stand", "exact", 100, 100),
        ("a hundred people", "approximate", 100, 100),
        ("a ratio of 3:2", "exact", 3, 2),
        ("the ratio is 3: 4", "exact", 3, 4),
        ("a ratio of 16:9", "exact", 16, 9),
        ("a ratio of 3 to 4", "exact", 3, 4),
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
        "Once a leader, at once, once again",
        "She doubled over and doubled as a guide.",
        "the doubles title and a double bed",
        "by a third party",
        "Mark 10:45 and the 3:20",
        "at half past six",
        "the third quarter of 2020 and the sixties",
    ],
)
def test_no_quantity(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a 24-year-old man", "24-year-old"),
        ("a 24 year old man", "24 year old"),
        ("a man 24 years old", "24 years old"),
        ("a man of 24 years of age", "24 years of age"),
        ("a man aged 24", "24"),
        ("at the age of 24", "24"),
        ("Marta Blixen, 24, said", "24"),
        ("the driver, 24, said", "24"),
    ],
)
def test_reads_ages(text: str, words: str) -> None:
    found = only(text)
    assert (found.unit, found.stated, found.text) == ("age", 24, words)


def test_no_age() -> None:
    assert only("rooms of 12 metres").unit == "metre"
    assert [one.unit for one in quantities("rooms 12, 24, and 36")] == ["count"] * 3
    assert only("in 24 years").unit == "second"
    assert only("over 24 people").unit == "count"


def test_ages_with_bounds() -> None:
    assert [(one.unit, one.kind) for one in quantities("those aged over 65; those aged between 5 and 10")] == [
        ("age", "lower"),
        ("age", "range"),
    ]


def test_scored_twice_is_no_factor() -> None:
    assert only("He scored twice as the hosts pressed on").unit == "count"


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
        ("a ratio of 3:2", "a ratio of 3 to 2", "same"),
        ("a ratio of 3:2", "a ratio of 3: 4", "conflict"),
        ("won 21 to 20", "won 21 to 12", "conflict"),
        ("number 3", "No. 3", "same"),
        ("number 3", "number five", "conflict"),
        ("number 3", "phase 5", "unrelated"),
        ("a hundred-run stand", "a 95-run stand", "conflict"),
        ("a hundred people", "95 people", "more_precise"),
        ("two thirds of them", "three quarters of them", "conflict"),
        ("two thirds of them", "67 percent of them", "more_precise"),
        ("half of them", "a third of them", "conflict"),
        ("cut by half", "cut by 50 percent", "more_precise"),
        ("once a week", "twice a week", "conflict"),
        ("twice a week", "three times a week", "conflict"),
        ("doubled", "tripled", "conflict"),
        ("doubled", "twice as high as", "variant"),
        ("more than doubled", "tripled", "more_precise"),
        ("grew threefold", "grew three times", "variant"),
        ("doubled", "halved", "conflict"),
        ("24-year-old", "aged 24", "variant"),
        ("24-year-old", "aged 42", "conflict"),
        ("24-year-old", "24 years", "variant"),
        ("24-year-old", "12 years", "unrelated"),
        ("24-year-old", "24 men", "variant"),
        ("24-year-old", "two men", "unrelated"),
        ("dozens of men", "hundreds of men", "conflict"),
        ("hundreds of men", "thousands of men", "conflict"),
        ("dozens of men", "several dozen men", "more_precise"),
        ("scores of men", "hundreds of men", "variant"),
        ("thousands of men", "tens of thousands of men", "more_precise"),
        ("1.5 million men", "1,500,000 men", "variant"),
        ("5 lakh men", "5,00,000 men", "variant"),
        ("20 crore men", "200 million men", "variant"),
        ("ran 2:04:26", "ran 2:03:26", "conflict"),
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
    st.sampled_from(
        ["", "about", "more than", "up to", "at least", "dozens of", "20 to", "aged", "number", "hundreds of"]
    ),
    st.sampled_from(["12", "21", "40", "1,000", "4.2 million", "two", "half a million", "0"]),
    st.sampled_from(["men", "percent", "km", "miles", "dollars", "dead", "injured", "years old", "times as many"]),
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
    """How many tokens the readers of numbers look at."""
    count = 0
    look = at

    def counting(tokens: tuple[Token, ...], index: int) -> Token:
        nonlocal count
        count += 1
        return look(tokens, index)

    with monkeypatch.context() as patch:
        patch.setattr(numbers, "at", counting)
        patch.setattr(named_figures, "at", counting)
        quantities(text)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "one ",
        "20-",
        "1 000 ",
        "thousand million ",
        "hundred and ",
        "half a ",
        "12 to ",
        "3:2 ",
        "No. 5 ",
        "1 hour ",
        "1 year 6 months ",
        "a year and ",
        "two and a ",
        "2 euros 50 ",
        "one-",
        "hundred-and-",
    ],
)
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
