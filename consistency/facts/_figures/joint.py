"""Amounts told in two units, and with a half behind the unit: "two years and six months", "6 feet 8 inches", "three
euros fifty", "an hour and a half".
"""

from __future__ import annotations

from typing import Final, NamedTuple

from consistency.facts._figures.hyphens import and_part
from consistency.facts._figures.money import COINS, CURRENCIES
from consistency.facts._figures.numbers import SCALES, Number, number
from consistency.facts._figures.units import FOOT, METRE, POUND, Measured, Unit, unit_after
from consistency.facts._modifiers import STOPS
from consistency.facts._tokens import Token, at, joined, words


class Joint(NamedTuple):
    """A number of the smaller of two units, and that unit."""

    number: Number
    found: Measured


_BASES: Final = frozenset({"second", "metre", "gram"})
_METRIC: Final = frozenset({1e-3, 1e-2, 1.0, 1e3, 1e6})
"""Factors of the lengths and weights that are written apart only right behind each other: "2 km 300 m"."""
_WHOLE: Final = 1e-4
_APART: Final = words("of longer shorter more less fewer behind ahead short respectively each later earlier ago")
"""Behind a comma and "two years, six months" they tell of the months alone."""
_COINS: Final = words(
    "groszy grosz kopecks kopeks kopiykas centavos centimes paise rappen haler halers ore öre øre bani agorot sen"
)
"""Beside cents and pence: hundredths that are read behind their currency alone."""
_CENT: Final = 0.01
_HUNDRED: Final = 100
_TALL: Final = {FOOT: (8, 0, 12), METRE: (2, 10, 100)}
"""The most feet and metres behind which the smaller unit is left out, as of persons; the least and how many there are
of that.
"""
_LEAST_COIN: Final = 5


def joint(tokens: tuple[Token, ...], first: int, read: Number, found: Measured) -> Joint | None:
    """What a figure and its unit are with the smaller unit, or the half, that goes on behind them; `first` is the first
    token of the figure.
    """
    if added := and_part(tokens, found.end):
        return _and_a_half(tokens, read, found, added)
    paid = (found.unit.base in CURRENCIES and found.unit.factor == 1) or found.unit == POUND
    if paid and (coins := _coins(tokens, read, found)):
        return coins
    if found.unit.base not in _BASES or at(tokens, first - 1).fold == "between":
        return None
    whole: Joint | None = None
    while more := _smaller(tokens, read, found):
        whole = more
        read, found = more
    return whole or _tall(tokens, read, found)


def _and_a_half(tokens: tuple[Token, ...], read: Number, found: Measured, added: tuple[float, int]) -> Joint | None:
    """ "Two hours and a half"; not "three weeks and a half day", "a month and a half dozen"."""
    part, end = added
    behind = at(tokens, end).fold
    if read.step < 1 or read.scale != 1 or behind in {"-", "dozen", *SCALES}:
        return None
    if unit_after(tokens, end):
        return None
    return Joint(read._replace(value=read.value + part, step=part), found._replace(end=end))


def _smaller(tokens: tuple[Token, ...], read: Number, found: Measured) -> Joint | None:
    """ "1 hour 20 minutes", "two years and six months", "6 feet, 8 inches"."""
    comma = at(tokens, found.end).fold == ","
    linked = at(tokens, found.end + comma).fold == "and"
    behind = number(tokens, found.end + comma + linked)
    measured = unit_after(tokens, behind.end) if behind and behind.form == "count" else None
    if not behind or not measured or measured.unit.base != found.unit.base or behind.loose or behind.scale != 1:
        return None
    ratio = found.unit.factor / measured.unit.factor
    many = round(ratio)
    if many <= 1 or abs(ratio - many) > _WHOLE * many or not 0 < behind.value < many or read.value * many % 1:
        return None
    metric = found.unit.base != "second" and found.unit.factor in _METRIC
    if (metric and (comma or linked)) or at(tokens, measured.end).fold in ({"respectively"} if not comma else _APART):
        return None
    return _sum(read, found, behind, measured)


def _sum(read: Number, found: Measured, behind: Number, measured: Measured) -> Joint:
    """Both in the smaller unit, or in the larger where that is written with decimals: "1 metre 80" are 1.80 metres."""
    many = round(found.unit.factor / measured.unit.factor)
    if found.unit.factor in _METRIC:
        value, step = read.value + behind.value / many, behind.step / many
        return Joint(Number(value, step, measured.end, loose=read.loose), found._replace(end=measured.end))
    return Joint(Number(read.value * many + behind.value, behind.step, measured.end, loose=read.loose), measured)


def _tall(tokens: tuple[Token, ...], read: Number, found: Measured) -> Joint | None:
    """ "6ft 4", "six foot four", "6-foot-4", "1 metre 80": the smaller unit is left out."""
    if found.unit not in _TALL:
        return None
    most, least, many = _TALL[found.unit]
    dash = at(tokens, found.end).fold == "-" and joined(tokens, found.end) and joined(tokens, found.end + 1)
    behind = number(tokens, found.end + dash)
    if not behind or behind.form != "count" or behind.step != 1 or not least <= behind.value < many:
        return None
    follow = at(tokens, behind.end)
    goes_on = follow.fold == "-" or follow.is_digits or (follow.is_word and follow.fold not in STOPS)
    if read.value not in range(most + 1) or (goes_on and not dash) or unit_after(tokens, behind.end):
        return None
    return _sum(read, found, behind, Measured(Unit(found.unit.base, found.unit.factor / many), behind.end))


def _coins(tokens: tuple[Token, ...], read: Number, found: Measured) -> Joint | None:
    """ "Three euros and fifty cents", "three euros fifty"; "two pounds fifty" are no weight."""
    linked = at(tokens, found.end).fold == "and"
    behind = number(tokens, found.end + linked)
    if not behind or behind.form != "count" or behind.step != 1 or behind.loose or read.step != 1:
        return None
    named = at(tokens, behind.end).fold in COINS or at(tokens, behind.end).fold in _COINS
    follow = at(tokens, behind.end)
    ends = not follow.is_digits and follow.fold != "-" and (not follow.is_word or follow.fold in STOPS)
    alone = not linked and ends and behind.value >= _LEAST_COIN and unit_after(tokens, behind.end) is None
    if not behind.value < _HUNDRED or not (named or alone) or read.value % 1:
        return None
    code = "GBP" if found.unit == POUND else found.unit.base
    value = read.value + behind.value * _CENT
    return Joint(Number(value, _CENT, behind.end + named), Measured(Unit(code, 1), behind.end + named))
