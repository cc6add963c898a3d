"""Units of measure and money: what a word after (or a sign before) a number means."""

from __future__ import annotations

from typing import NamedTuple

from consistency.facts._figures import money
from consistency.facts._figures.hyphens import unhyphened
from consistency.facts._modifiers import STOPS
from consistency.facts._tokens import Token, at, joined


class Unit(NamedTuple):
    """A base unit and the factor that leads to it ("cm": metre, 0.01)."""

    base: str
    factor: float


def _table(rows: str) -> dict[str, Unit]:
    """Rows of `base factor name name ...`; every longer name gets its plural."""
    table: dict[str, Unit] = {}
    for row in rows.strip().splitlines():
        base, factor, *names = row.split()
        for name in names:
            unit = Unit(base, float(factor))
            table[name] = unit
            if len(name) > 3:
                table[name + "s"] = unit
    return table


UNITS = _table("""
metre 0.001 mm millimetre millimeter
metre 0.01 cm centimetre centimeter
metre 1 metre meter metres meters
metre 1000 km kms kilometre kilometer
metre 1609.344 mile mi miles
metre 1852 nmi
metre 0.9144 yard yd yds
metre 0.3048 foot feet ft
metre 0.0254 inch inches
gram 1 gram gramme
gram 0.001 milligram mg
gram 1000 kg kgs kilo kilos kilogram kilogramme
gram 1000000 ton tons tonne
gram 453.59237 pound lb lbs
gram 28.3495 ounce oz
area 10000 hectare ha
area 1 m²
area 1000000 km²
area 2589988.11 mi²
area 4046.856 acre
litre 1 litre liter
litre 3.785412 gallon
litre 158.987 barrel
second 1 sec secs seconds
second 60 minute min mins
second 3600 hour hr hrs hours
second 86400 day days
second 604800 week weeks
second 1209600 fortnight
second 2629800 month months
second 31557600 year yr yrs years
second 315576000 decade
second 3155760000 century centuries
metre/hour 1609.344 mph
metre/hour 1000 kph kmh
metre/hour 1852 knot
watt 1 watt
watt 1000 kw kilowatt
watt 1000000 mw megawatt
watt 1000000000 gw gigawatt
bit/second 1000000 mbit mbps
bit/second 1000000000 gbit gbps
byte 1000000 mb megabyte
byte 1000000000 gb gigabyte
byte 1000000000000 tb terabyte
percent 1 % percent pct
point 1 point points pts pt
""")
ATTACHED_ONLY = {
    "m": Unit("metre", 1),
    "g": Unit("gram", 1),
    "t": Unit("gram", 1e6),
    "in": Unit("metre", 0.0254),
}
"""Read as units only right behind the figure; elsewhere they are words or scales."""
FOOT, METRE, POUND, STONE = UNITS["foot"], UNITS["metre"], UNITS["pound"], Unit("gram", 6350.29318)
TEMPERATURES = {"celsius": Unit("celsius", 1), "centigrade": Unit("celsius", 1), "fahrenheit": Unit("fahrenheit", 1)}


class Measured(NamedTuple):
    """A unit found after a number, and the token behind it."""

    unit: Unit
    end: int


def currency_before(tokens: tuple[Token, ...], index: int) -> tuple[str, int] | None:
    """Currency code and first token of a sign or code that stands right before token `index`."""
    found = money.before(tokens, index)
    return (found.code, found.edge) if found else None


def unit_after(tokens: tuple[Token, ...], index: int) -> Measured | None:
    """The unit at token `index`, hyphenated or not: "percent", "-millimetre", "km/h", "square miles"."""
    hyphen = at(tokens, index).fold == "-" and joined(tokens, index) and joined(tokens, index + 1)
    place = index + hyphen
    word = at(tokens, place).fold
    if word in {"second", "sec"} and (hyphen or at(tokens, index - 1).fold in {"1", "one"}):
        return Measured(Unit("second", 1), place + 1)
    return _special(tokens, place) or _paid(tokens, place) or _plain(tokens, place)


def _special(tokens: tuple[Token, ...], index: int) -> Measured | None:
    """Units of two words, and degrees."""
    pair, end = unhyphened(tokens, index, 2)
    if unit := _TWO_WORDS.get((pair[0], pair[1])):
        return Measured(unit, end)
    word, follow = at(tokens, index).fold, at(tokens, index + 1).fold
    if word in {"square", "sq", "cubic"}:
        return _power(tokens, index, 3 if word == "cubic" else 2)
    if word == "metric" and follow in UNITS:
        return Measured(UNITS[follow], index + 2)
    return _degrees(tokens, index) if word in {"degree", "degrees", "°", "º"} else None


_TWO_WORDS = {
    ("per", "cent"): Unit("percent", 1),
    ("per", "cents"): Unit("percent", 1),
    ("percentage", "point"): Unit("percent", 1),
    ("percentage", "points"): Unit("percent", 1),
    ("basis", "point"): Unit("percent", 0.01),
    ("basis", "points"): Unit("percent", 0.01),
    ("nautical", "mile"): Unit("metre", 1852),
    ("nautical", "miles"): Unit("metre", 1852),
}


def _paid(tokens: tuple[Token, ...], index: int) -> Measured | None:
    found = money.after(tokens, index)
    return Measured(Unit(found.code, found.factor), found.edge) if found else None


_WEIGHING = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "heavier",
                       "lighter", "overweight"})  # fmt: skip
"""Behind "stone" as a weight, beside what may end a clause: "14 stone six pounds"."""
_ON_END = frozenset({"consecutive", "straight", "successive", "full", "whole", "solid", "entire"})
"""Between a number and a period they change neither: "27 consecutive days"."""


def _plain(tokens: tuple[Token, ...], index: int) -> Measured | None:
    word = at(tokens, index).fold
    if word in _ON_END:
        unit = UNITS.get(at(tokens, index + 1).fold)
        return Measured(unit, index + 2) if unit and unit.base == "second" else None
    if word in ATTACHED_ONLY and (joined(tokens, index) or word == "m"):
        return Measured(ATTACHED_ONLY[word], index + 1)
    if unit := UNITS.get(word):
        return _squared(tokens, unit, index + 1) or _speed(tokens, unit, index + 1)
    return _weighed(tokens, index) or _warm(tokens, index)


def _squared(tokens: tuple[Token, ...], unit: Unit, end: int) -> Measured | None:
    """ "250 km2"."""
    squared = unit.base == "metre" and at(tokens, end).text == "2" and joined(tokens, end)
    return Measured(Unit("area", unit.factor**2), end + 1) if squared else None


def _weighed(tokens: tuple[Token, ...], index: int) -> Measured | None:
    """ "14 stone", "9st 4lb"; "12 stone steps" weigh nothing."""
    word, follow = at(tokens, index).fold, at(tokens, index + 1)
    if word == "st" and not follow.is_digits:
        return None
    plain = not follow.is_word or follow.fold in STOPS or follow.fold in _WEIGHING
    return Measured(STONE, index + 1) if word in {"stone", "st"} and plain and follow.fold != "-" else None


def _warm(tokens: tuple[Token, ...], index: int) -> Measured | None:
    """ "32 Celsius", "32 C", "90F"; not "5 F-16s"."""
    token, follow = at(tokens, index), at(tokens, index + 1)
    if unit := TEMPERATURES.get(token.fold):
        return Measured(unit, index + 1)
    alone = not joined(tokens, index + 1) or not (follow.is_digits or follow.fold == "-")
    if token.text in {"C", "F"} and alone and at(tokens, index - 1).is_digits:
        return Measured(TEMPERATURES["celsius" if token.text == "C" else "fahrenheit"], index + 1)
    return None


def _speed(tokens: tuple[Token, ...], unit: Unit, end: int) -> Measured:
    """ "miles per hour", "km/h", "metres a second": a length over a time."""
    over, time = at(tokens, end).fold, at(tokens, end + 1).fold
    if unit.base == "metre" and over in {"per", "/", "an", "a"}:
        if time in {"hour", "h", "hr"}:
            return Measured(Unit("metre/hour", unit.factor), end + 2)
        if time in {"minute", "min"}:
            return Measured(Unit("metre/hour", unit.factor * 60), end + 2)
        if time in {"second", "s", "sec"}:
            return Measured(Unit("metre/hour", unit.factor * 3600), end + 2)
    if unit.base == "bit/second" and over == "/" and time == "s":
        return Measured(unit, end + 2)
    return Measured(unit, end)


def _power(tokens: tuple[Token, ...], index: int, power: int) -> Measured | None:
    dot = at(tokens, index + 1).fold in {".", "-"}
    length = UNITS.get(at(tokens, index + 1 + dot).fold)
    if length is None or length.base != "metre":
        return None
    base, factor = ("area", length.factor**2) if power == 2 else ("litre", length.factor**3 * 1000)
    return Measured(Unit(base, factor), index + 2 + dot)


def _degrees(tokens: tuple[Token, ...], index: int) -> Measured:
    scale = {"c": "celsius", "f": "fahrenheit"}.get(at(tokens, index + 1).fold, at(tokens, index + 1).fold)
    if unit := TEMPERATURES.get(scale):
        return Measured(unit, index + 2)
    return Measured(Unit("degree", 1), index + 1)
