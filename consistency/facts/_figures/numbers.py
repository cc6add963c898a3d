"""Numbers as written: digits, words, scale words, fractions, ordinals. Values are bounded floats."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

from consistency.facts._figures.hyphens import and_part, unhyphened
from consistency.facts._figures.units import UNITS, unit_after
from consistency.facts._modifiers import STOPS
from consistency.facts._tokens import Token, at, joined

ONES = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
        "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "eigth": 8}  # fmt: skip
"""With the slips that are common in print; TENS too."""
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
        "ninety": 90, "fourty": 40, "ninty": 90}  # fmt: skip
SCALES = {"thousand": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "crore": 1e7, "crores": 1e7, "billion": 1e9,
          "trillion": 1e12}  # fmt: skip
SHORT_SCALES = {"mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12, "k": 1e3, "m": 1e6,
                "mio": 1e6, "mrd": 1e9}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70,
    "eightieth": 80, "ninetieth": 90, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
         "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100}  # fmt: skip
_MULTIPLIERS = {**SCALES, "hundred": 100.0, "dozen": 12.0}
_PLURAL_SCALES = {"thousands": 1e3, "millions": 1e6, "billions": 1e9}
""" "310 millions euro", as stiff translations have it."""
NUMBER_WORDS = frozenset({*ONES, *TENS, *SCALES, *ORDINALS, "hundred", "half", "a", "an", "twice", "thrice"})
"""Words that may open a number."""
AFTER_ARTICLE = frozenset({*SCALES, *PARTS, "hundred", "dozen"})
"""Behind "a" and "an" they make a number of it; before all other words an article is none."""
_ELEVEN = 11
MAX_DIGITS = 18
"""A longer run of digits names something; nobody counts that far."""

_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:[,\u00a0\u202f]\d{2,3}){0,6}[,\u00a0\u202f]\d{3}(?:\.\d+)?")
_COMMA = re.compile(r"\d{1,3},\d{1,2}")
_RATIO = re.compile(r"(\d{1,4})/(\d{1,4})")

Form = Literal["count", "ordinal", "share", "multiple"]


class Number(NamedTuple):
    """A number from token `first` to token `end` (exclusive).

    `step` is the unit of the last written place ("1.2 million": 100,000), `loose` marks wordings
    that round by nature ("a dozen"), `scale` is the scale word's worth.
    """

    value: float
    step: float
    end: int
    form: Form = "count"
    loose: bool = False
    scale: float = 1.0


def number(tokens: tuple[Token, ...], index: int) -> Number | None:
    """The number that starts at token `index`, or None."""
    token = at(tokens, index)
    if token.is_digits:
        return _digits(tokens, index)
    if len(token.text) == 1 and unicodedata.category(token.text) == "No":
        value = unicodedata.numeric(token.text, 0.0)
        return _scaled(tokens, Number(value, value, index + 1)) if 0 < value < 1 else None
    return _words(tokens, index) if token.is_word else None


def literal(text: str) -> tuple[float, float] | None:
    """Value and step of a plain or grouped figure; None for dates, clocks, versions and monsters."""
    if len(text) > MAX_DIGITS + 8 or sum(map(str.isdecimal, text)) > MAX_DIGITS:
        return None
    if not (_PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)):
        return None
    plain = text.replace(",", "").replace("\u00a0", "").replace("\u202f", "")
    _, _, decimals = plain.partition(".")
    return float(plain), 10.0 ** -len(decimals)


def _digits(tokens: tuple[Token, ...], index: int) -> Number | None:
    ratio = _RATIO.fullmatch(tokens[index].text)
    if ratio and 0 < int(ratio[1]) < int(ratio[2]) <= 16:
        part = int(ratio[1]) / int(ratio[2])
        return _part_of(tokens, part, index + 1) or Number(part, part, index + 1, "share")
    read = literal(tokens[index].text) or _with_comma(tokens, index)
    if read is None:
        return None
    value, step = read
    end = index + 1
    if step == 1 and 0 < len(tokens[index].text) <= 3 and value > 0:
        value, end = _spaced(tokens, index, value)
    after = at(tokens, end)
    weight = after.fold == "st" and (value % 10 != 1 or value % 100 == _ELEVEN)  # "9st" are nine stone
    if joined(tokens, end) and after.fold in {"st", "nd", "rd", "th"} and not weight:
        return Number(value, 1.0, end + 1, "ordinal")
    return _with_part(tokens, value, end) or _scaled(tokens, Number(value, step, end))


def _with_part(tokens: tuple[Token, ...], value: float, end: int) -> Number | None:
    """What stands behind figures and makes them broken: "1 1/2", "1½ million", "2 and a half", "0.2 of a mile"."""
    after = at(tokens, end)
    if after.is_digits and (ratio := _RATIO.fullmatch(after.text)) and 0 < int(ratio[1]) < int(ratio[2]):
        part = int(ratio[1]) / int(ratio[2])
        return _scaled(tokens, Number(value + part, part, end + 1))
    if after.text and unicodedata.category(after.text[0]) == "No" and (vulgar := number(tokens, end)):
        return vulgar._replace(value=value * vulgar.scale + vulgar.value)
    if added := and_part(tokens, end):
        return _scaled(tokens, Number(value + added[0], added[0], added[1]))
    return _part_of(tokens, value, end) if value < 1 else None


def _with_comma(tokens: tuple[Token, ...], index: int) -> tuple[float, float] | None:
    """ "4,2 million", "1,8 kilos": a decimal comma, as stiff translations keep it; before other words a list."""
    after = at(tokens, index + 1).fold
    if not _COMMA.fullmatch(tokens[index].text) or (after not in UNITS and after not in SCALES and after != "per"):
        return None
    return literal(tokens[index].text.replace(",", "."))


def _spaced(tokens: tuple[Token, ...], index: int, value: float) -> tuple[float, int]:
    """ "10 000": groups of three behind one blank each."""
    end = index + 1
    while (
        (group := at(tokens, end)).text.isdecimal()
        and len(group.text) == 3
        and group.start == tokens[end - 1].end + 1
        and end - index < 5
    ):
        value, end = value * 1000 + int(group.text), end + 1
    return (value, end) if at(tokens, end - 1).text == "000" else (float(tokens[index].text), index + 1)


def _scaled(tokens: tuple[Token, ...], read: Number) -> Number:
    """Multiplies by the scale words that follow: "1.2 million", "20k", "200 thousand"."""
    value, step, end = read.value, read.step, read.end
    scale = 1.0
    if at(tokens, end).fold == "-" and joined(tokens, end) and at(tokens, end + 1).fold in SCALES:
        end += 1
    while (factor := _MULTIPLIERS.get(at(tokens, end).fold)) and value * scale < 1e15:
        scale, end = scale * factor, end + 1
    short = at(tokens, end).fold
    if scale == 1 and short in _PLURAL_SCALES:
        scale, end = _PLURAL_SCALES[short], end + 1
    elif scale == 1 and short in SHORT_SCALES and (joined(tokens, end) or len(short) > 1) and short != "m":
        scale, end = SHORT_SCALES[short], end + 1
    return read._replace(value=value * scale, step=step * scale, end=end, scale=scale)


def _words(tokens: tuple[Token, ...], index: int) -> Number | None:
    word = tokens[index].fold
    if word in {"twice", "thrice"}:
        return Number(2.0 if word == "twice" else 3.0, 1.0, index + 1, "multiple")
    if word in ORDINALS:
        return Number(float(ORDINALS[word]), 1.0, index + 1, "ordinal")
    if word in {"half", "a", "an", "one"}:
        special = _half(tokens, index) if word == "half" else _article(tokens, index)
        if special or word in {"half", "a", "an"}:
            return special
    if word == "hundred" or word in SCALES:
        read = _spelled(tokens, index, start=1)
        if at(tokens, index + 1).fold == "-" or (read and read.form == "ordinal"):
            return read
    return _spelled(tokens, index)


def _article(tokens: tuple[Token, ...], index: int) -> Number | None:
    """ "a hundred", "a dozen", "a quarter of": the article stands for one."""
    word = at(tokens, index + 1).fold
    if word in PARTS and (read := _part_in(tokens, index + 1)):
        return read
    if tokens[index].fold == "one":
        # "In one half" is the time between two whistles, "for one quarter" three months.
        alone = word != "quarter" and at(tokens, index - 1).fold not in {"in", "any", "each"}
        told = _ends(tokens, index + 2) if alone else _stands_alone(tokens, index, index + 2)
        third = word in PARTS and told
        return Number(1 / PARTS[word], 0.01, index + 2, "share", loose=True) if third else None
    if word == "dozen":
        return Number(12.0, 1.0, index + 2, loose=True)
    if word == "hundred" or word in SCALES:
        read = _spelled(tokens, index + 1, start=1)
        return read._replace(loose=read.end == index + 2) if read else None
    if word in PARTS and (
        at(tokens, index + 2).fold == "of" or _stands_alone(tokens, index, index + 2) or _compared(tokens, index + 2)
    ):
        return _of_scale(tokens, 1 / PARTS[word], index + 2)
    return None


_AMOUNTING = frozenset({"by", "than", "about", "nearly", "almost", "over", "around", "roughly"})


def _stands_alone(tokens: tuple[Token, ...], index: int, end: int) -> bool:
    """ "Cut by half", "less than a third were": a share of what the sentence names elsewhere."""
    before = at(tokens, index - 1).fold
    moved = before in {"from", "to"} and {at(tokens, index - back).fold for back in (2, 3)} & {"up", "down"}
    return (before in _AMOUNTING or bool(moved)) and _ends(tokens, end)


_MORE_OR_LESS = frozenset(
    "lower higher below above cheaper dearer smaller larger bigger shorter longer faster slower less fewer more".split()
)


def _compared(tokens: tuple[Token, ...], index: int) -> bool:
    """ "A third lower than", "a fifth more", "a quarter less rain"; not "a third lower court"."""
    word = at(tokens, index).fold
    return word in _MORE_OR_LESS and (word in {"less", "fewer"} or _ends(tokens, index + 1))


def _ends(tokens: tuple[Token, ...], end: int) -> bool:
    after = at(tokens, end)
    plain = not after.is_word or after.fold in STOPS or after.fold in {"pre", "post"}
    return plain and not after.is_digits and after.fold != "-"


def _half(tokens: tuple[Token, ...], index: int) -> Number | None:
    """ "half a million", "half an hour", "half of", "half the": a share unless a scale follows."""
    if tokens[index].fold != "half" or at(tokens, index - 1).fold in {"-", "first", "second", "other"}:
        return None
    after = at(tokens, index + 1).fold
    if scaled := _half_scale(tokens, index):
        return scaled
    if after in {"a", "an"}:
        return Number(0.5, 0.1, index + 2, loose=True)
    if after in {"of", "the", "its", "their", "his", "her", "all", "those"}:
        return _part_of(tokens, 0.5, index + 1) or Number(0.5, 0.01, index + 1, "share", loose=True)
    if _stands_alone(tokens, index, index + 1):
        return Number(0.5, 0.01, index + 1, "share", loose=True)
    return None


def _half_scale(tokens: tuple[Token, ...], index: int) -> Number | None:
    """ "Half a million", "half-a-million", "half a dozen", "half million"."""
    behind, end = unhyphened(tokens, index + 1, 2)
    if behind[0] not in {"a", "an"}:
        behind, end = unhyphened(tokens, index + 1, 1)
    scale = behind[-1]
    if scale not in SCALES and scale != "dozen":
        return None
    value = 0.5 * SCALES.get(scale, 12.0)
    return Number(value, value * 0.2, end, loose=True, scale=SCALES.get(scale, 1.0))


def _part_in(tokens: tuple[Token, ...], index: int) -> Number | None:
    """Behind "a" and "one": "half-million", "quarter percentage point", "tenth of a mile"."""
    if tokens[index].fold == "half" and (scaled := _half_scale(tokens, index)):
        return scaled
    part, measured = 1 / PARTS[tokens[index].fold], unit_after(tokens, index + 1)
    if measured and measured.unit.base == "percent":
        return Number(part, 0.01, index + 1)
    return _part_of(tokens, part, index + 1)


def _of_scale(tokens: tuple[Token, ...], part: float, end: int) -> Number:
    """ "a quarter of a million" is a count, "a quarter of voters" a share."""
    return _part_of(tokens, part, end) or Number(part, 0.01, end, "share", loose=True)


def _part_of(tokens: tuple[Token, ...], part: float, end: int) -> Number | None:
    """Of one scale or unit: "a quarter of a million", "two fifths of a mile", "a tenth of a percentage point"."""
    if at(tokens, end).fold != "of" or at(tokens, end + 1).fold not in {"a", "an", "one"}:
        return None
    if scale := SCALES.get(at(tokens, end + 2).fold):
        return Number(part * scale, part * scale * 0.1, end + 3, loose=True, scale=scale)
    measured = unit_after(tokens, end + 2)
    if measured is None:
        return None
    if measured.unit.base != "percent":
        return Number(part, 0.1, end + 2)
    return Number(part, 0.01, end + 2, loose=round(part * 100, 6) % 1 != 0)


def _spelled(tokens: tuple[Token, ...], index: int, *, start: int = 0) -> Number | None:
    """Spelled cardinal, "thirty-nine thousand and six"; ends as ordinal or share where it does so."""
    total, current, end, last = 0.0, float(start), index, "start"
    while True:
        word = at(tokens, end).fold
        if word == "-" and _goes_on(tokens, end, last):
            end += 1
            continue
        if word == "and" and last in {"hundred", "scale"} and _adds(tokens, end):
            end += 1
            continue
        if word == "and" and (joint := _inverted(tokens, index, end)):
            current, end = current + joint, end + 2
            break
        if word in ONES and (last in {"start", "hundred", "scale"} or (last == "tens" and 0 < ONES[word] < 10)):
            current, last = current + ONES[word], "ones"
        elif word in TENS and last in {"start", "hundred", "scale"}:
            current, last = current + TENS[word], "tens"
        elif word in {"hundred", "dozen"} and 0 < current < 100:
            current, last = current * (100 if word == "hundred" else 12), "hundred"
        elif word in SCALES and current > 0 and total < 1e15:
            total, current, last = total + current * SCALES[word], 0.0, "scale"
        elif word in ORDINALS and _ends_ordinal(tokens, end, last):
            worth = ORDINALS[word]
            value = total + current * worth if word in _ROUND else total + current + worth
            return Number(value, 1.0, end + 1, "ordinal")
        else:
            break
        end += 1
    if end == index:
        return None
    return _tail(tokens, total + current, end)


def _goes_on(tokens: tuple[Token, ...], end: int, last: str) -> bool:
    """Whether a number goes on behind a hyphen: "thirty-nine", "a nine-million-pound bonus"."""
    if not joined(tokens, end) or not joined(tokens, end + 1):
        return False
    follow = at(tokens, end + 1).fold
    if follow in SCALES:
        return last in {"ones", "tens", "hundred"}
    if follow in {"hundred", *_ROUND}:
        return last in {"ones", "tens"} and at(tokens, end + 2).fold != "of"
    if last in {"hundred", "scale"}:
        return (follow == "and" and _adds(tokens, end + 1)) or at(tokens, end - 1).fold == "and"
    return last == "tens" and (ONES.get(follow, 10) < 10 or ORDINALS.get(follow, 10) < 10)


def _inverted(tokens: tuple[Token, ...], index: int, end: int) -> float:
    """What "and" adds in "one and thirty years" and "fifty and two years", as stiff translations count; 0 elsewhere."""
    word, behind = at(tokens, index).fold, at(tokens, end + 1).fold
    counted = at(tokens, end + 2)
    if end != index + 1 or at(tokens, index - 1).fold in _APART or not counted.is_word or counted.fold not in _LIVED:
        return 0.0
    if word in TENS and 0 < ONES.get(behind, 0) < 10:
        return float(ONES[behind])
    return float(TENS[behind]) if behind in TENS and 0 < ONES.get(word, 0) < 10 else 0.0


_APART = frozenset({"between", "of", "both", "ages", "aged", "-"})
_LIVED = frozenset({"years", "year", "days", "months", "weeks", "hours", "minutes"})
"""Behind other words two figures may well be two: "of fifty and two men"."""


def _adds(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether the "and" at token `end` goes on with a number: "a hundred and six", "one hundred and fiftieth"."""
    (_, word), behind = unhyphened(tokens, end, 2)
    if word in ONES or word in TENS:
        return True
    return 0 < ORDINALS.get(word, 0) < _ROUND["hundredth"] and at(tokens, behind).fold != "-"


_ROUND = {"hundredth": 100, "thousandth": 1000}


def _ends_ordinal(tokens: tuple[Token, ...], end: int, last: str) -> bool:
    """Whether the ordinal at token `end` is the end of a number: "twenty-first", "one hundred and third", "two
    hundredth"; "a hundred first tickets" and "three hundred third-graders" are not.
    """
    word = at(tokens, end).fold
    if word in _ROUND:
        return last in {"ones", "tens"} and at(tokens, end + 1).fold != "of"
    if last == "tens":
        return ORDINALS[word] < 10
    before = end - 1 - (at(tokens, end - 1).fold == "-")
    linked = at(tokens, before).fold == "and"
    return last in {"hundred", "scale"} and (linked or ORDINALS[word] >= 10)


def _tail(tokens: tuple[Token, ...], value: float, end: int) -> Number:
    """What may follow a spelled number: "and a half", "-thirds", "point five"."""
    after, dash = at(tokens, end), at(tokens, end).fold == "-"
    part = at(tokens, end + dash).fold
    singular = part.removesuffix("s") if part != "halves" else "half"
    plural_fits = (part != singular) == (value > 1)
    if singular in PARTS and 1 <= value < PARTS[singular] and plural_fits and (dash or part != singular):
        return _of_scale(tokens, value / PARTS[singular], end + dash + 1)
    if value == 1 and part in PARTS and at(tokens, end + dash + 1).fold == "of":
        return _of_scale(tokens, 1 / PARTS[part], end + dash + 1)
    if added := and_part(tokens, end):
        worth = SCALES.get(tokens[end - 1].fold, 1.0)  # "two million and a half"
        read = Number(value + added[0] * worth, added[0] * worth, added[1], scale=worth)
        return read if worth > 1 else _scaled(tokens, read)
    if after.fold == "point" and (digit := at(tokens, end + 1).fold) in ONES and ONES[digit] < 10:
        return _scaled(tokens, Number(value + ONES[digit] / 10, 0.1, end + 2))
    scale = SCALES.get(tokens[end - 1].fold, 1.0)
    return Number(value, scale if value % scale == 0 else 1.0, end, scale=scale)
