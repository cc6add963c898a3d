"""Years, decades and centuries, and the parts that every reader of dates returns."""

from __future__ import annotations

from typing import NamedTuple

from consistency.facts._figures.number_words import CLOCK
from consistency.facts._figures.numbers import ORDINALS, SCALES, TENS
from consistency.facts._figures.units import currency_before, unit_after
from consistency.facts._times.calendar import BEFORE_YEAR
from consistency.facts._tokens import Token, at, joined, words

_COUNTED = words(
    "people troops soldiers men women children civilians students jobs homes houses workers residents",
    "members copies votes employees calories others cases deaths times",
)
_MEASURING = words(
    "approximately roughly nearly almost some over under than least exceeding",
)


class Parts(NamedTuple):
    """The parts of one date and its offsets; `years` is 10 or 100 for a decade or century.

    `part` is a quarter ("q3"), a half ("h1"), a season or an end ("early", "mid", "late") of what is named.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_year: int | None = None
    end_month: int | None = None
    end_day: int | None = None
    weekday: int | None = None
    relative: str = ""
    part: str = ""
    years: int = 1
    uncertain: bool = False


class Found(NamedTuple):
    parts: Parts
    next: int


def year_at(tokens: tuple[Token, ...], index: int) -> int | None:
    text = at(tokens, index).text
    if len(text) == 4 and text.isascii() and text.isdigit() and 1000 <= int(text) <= 2199:
        return int(text)
    return None


def is_amount(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the figure at token `index` counts something: "20 men", "2000 or more", "1999 percent"."""
    after = at(tokens, index + 1).fold
    if after == "or":
        return at(tokens, index + 2).fold in _BOUNDING
    return (
        after in _COUNTED or after in SCALES or after in {"%", "percent"} or unit_after(tokens, index + 1) is not None
    )


_BOUNDING = words("more less fewer so greater higher lower over under above below thereabouts")


def bare_year(tokens: tuple[Token, ...], index: int) -> Found | None:
    """ "in 2022", "(1998)", "2019-20", "from 1962 to 1982", "the 1990s"."""
    year = year_at(tokens, index)
    if year is None:
        return None
    if _plural(tokens, index):
        return _decade(tokens, index, year)
    if not _stands_as_year(tokens, index, year):
        return None
    token = tokens[index]
    if at(tokens, index + 1).fold == "-" and joined(tokens, index + 1):
        return _season(tokens, index, year)
    opener, link = at(tokens, index - 1).fold, at(tokens, index + 1).fold
    closing = year_at(tokens, index + 2)
    if closing and closing > year and (opener, link) in _SPANNING:
        return Found(Parts(token.start, tokens[index + 2].end, year, end_year=closing), index + 3)
    return Found(Parts(token.start, token.end, year), index + 1)


_SPANNING = {("from", "to"), ("from", "until"), ("from", "through"), ("between", "and"), ("from", "till")}


def _plural(tokens: tuple[Token, ...], index: int) -> bool:
    """ "1990s" or "1990's"."""
    after = at(tokens, index + 1)
    return (joined(tokens, index + 1) and after.fold == "s") or (
        after.fold == "'" and at(tokens, index + 2).fold == "s"
    )


def _decade(tokens: tuple[Token, ...], index: int, year: int) -> Found | None:
    """A decade, or a century where the year ends on two noughts."""
    if year % 10:
        return None
    end = index + 2 + (at(tokens, index + 1).fold == "'")
    years = 100 if year % 100 == 0 else 10
    return Found(Parts(tokens[index].start, tokens[end - 1].end, year, years=years), end)


def _stands_as_year(tokens: tuple[Token, ...], index: int, year: int) -> bool:
    """Whether four digits are a year and no sum, count or part of a longer figure."""
    before, after = at(tokens, index - 1), at(tokens, index + 1)
    touches = joined(tokens, index) and before.fold not in {"(", "[", "-", "'", '"', "“", "‘", ","}
    if touches or currency_before(tokens, index) or after.fold in CLOCK or is_amount(tokens, index):
        return False
    if joined(tokens, index + 1) and after.is_word:
        return False
    early = not 1900 <= year <= 2099
    if early and (before.fold not in BEFORE_YEAR or (after.is_word and after.fold not in _FUNCTION)):
        return False
    return not (before.fold in _MEASURING and (after.is_word or early))


_FUNCTION = words(
    "and to in when the after by with for as at on he she it they a his her was were had until but from",
)


def _season(tokens: tuple[Token, ...], index: int, year: int) -> Found:
    """ "2019-20" and "2019-2021"; anything else behind the dash is not the year's."""
    token, last = tokens[index], at(tokens, index + 2)
    if joined(tokens, index + 2) and last.text.isascii() and last.text.isdigit():
        closing = int(last.text) if 4 <= len(last.text) <= 9 else year // 100 * 100 + int(last.text[:2])
        # Nobody writes five digits for a year on purpose: a figure that was damaged is still the end of the span.
        broken = 5 <= len(last.text) <= 9
        if broken or (len(last.text) in {2, 4} and year < closing < year + 1000):
            return Found(Parts(token.start, last.end, year, end_year=closing), index + 3)
    return Found(Parts(token.start, token.end, year), index + 1)


def split_year(tokens: tuple[Token, ...], index: int) -> Found | None:
    """ "2015/16", "2015/2016": a season over two years."""
    token = tokens[index]
    first, _, last = token.text.partition("/")
    if len(first) != 4 or len(last) not in {2, 4} or not (first + last).isascii() or not (first + last).isdigit():
        return None
    year = int(first)
    if not 1900 <= year <= 2099 or int(last) != (year + 1) % 10 ** len(last):
        return None
    return Found(Parts(token.start, token.end, year, end_year=year + 1), index + 1)


def short_decade(tokens: tuple[Token, ...], index: int) -> Found | None:
    """ "the '90s", "the eighties" stay out: only the figure with its apostrophe is read."""
    if at(tokens, index).fold not in {"'", "‘"} or at(tokens, index + 2).fold != "s":
        return None
    text = at(tokens, index + 1).text
    if len(text) != 2 or not text.isascii() or not text.isdigit() or text[1] != "0":
        return None
    year = int(text) + (1900 if int(text) > 20 else 2000)
    return Found(Parts(tokens[index].start, tokens[index + 2].end, year, years=10), index + 3)


def century(tokens: tuple[Token, ...], index: int) -> Found | None:
    """ "the 19th century", "twenty-first century"."""
    token = at(tokens, index)
    end, value = index + 1, 0
    if token.is_digits and token.text.isascii() and token.text.isdigit() and len(token.text) <= 2:
        if at(tokens, end).fold not in {"st", "nd", "rd", "th"}:
            return None
        value, end = int(token.text), end + 1
    elif token.fold in ORDINALS and at(tokens, index - 1).fold != "-":
        value = ORDINALS[token.fold]
    elif token.fold in TENS and at(tokens, end).fold == "-" and at(tokens, end + 1).fold in ORDINALS:
        value, end = TENS[token.fold] + ORDINALS[tokens[end + 1].fold], end + 2
    end += at(tokens, end).fold == "-"
    if not 0 < value <= 21 or at(tokens, end).fold not in {"century", "centuries"}:
        return None
    return Found(Parts(token.start, tokens[end].end, (value - 1) * 100, years=100), end + 1)
