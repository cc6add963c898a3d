"""Quantities with value, unit and what is counted, and when two of them agree.

Years, dates and clock times are no quantities. Signs are left out: "fell 0.3 percent" has none either.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from consistency.facts._figures.amount import Amount
from consistency.facts._figures.amounts import scan, single_units
from consistency.facts._figures.intervals import Kind, Relation, Value, close, grain, relate
from consistency.facts._figures.money import CURRENCIES
from consistency.facts._figures.money import alike as one_currency
from consistency.facts._kept import kept
from consistency.records import Span


class Quantity(msgspec.Struct, frozen=True):
    """A quantity in a text.

    `low` and `high` are in base units (metre, gram, second ...); a bound is open to infinity or
    zero. `stated` is the first figure before conversion, `step` the worth of its last written place.
    `unit` is count, percent, ordinal, score (ratios too), label, tens (ages: "40s"), age (in seconds),
    factor ("doubled"), race ("2:03:59"), a currency code or a base unit. `noun` is what is counted,
    folded and singular, where that is plain; `state` is dead, injured, missing or arrested where the
    words around say so. `factor` led to the base unit.
    """

    span: Span
    text: str
    low: float
    high: float
    kind: Kind
    unit: str
    noun: str = ""
    state: str = ""
    stated: float = 0.0
    step: float = 1.0
    factor: float = 1.0

    @property
    def value(self) -> Value:
        return Value(self.kind, self.low, self.high, self.step)


@kept
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity of `text`, in order, never overlapping. Never raises; cost linear in the length."""
    return tuple(_quantity(text, amount) for amount in scan(text))


@kept
def ones(text: str) -> tuple[Quantity, ...]:
    """Every "a year", "an hour", "a mile" of `text` that is one of them and no rate; `quantities` has none of these."""
    return tuple(_quantity(text, amount) for amount in single_units(text))


def _quantity(text: str, amount: Amount) -> Quantity:
    return Quantity(
        span=Span(amount.start, amount.end),
        text=text[amount.start : amount.end],
        low=amount.value.low * amount.unit.factor,
        high=amount.value.high * amount.unit.factor,
        kind=amount.value.kind,
        unit=amount.unit.base,
        noun=amount.noun,
        state=amount.state,
        stated=amount.value.point,
        step=amount.value.step * amount.unit.factor,
        factor=amount.unit.factor,
    )


def compare(a: Quantity, b: Quantity) -> Relation:
    """How `b` relates to `a`: `less_precise` means that `b` says less than `a`.

    `conflict` says that the values cannot both be told of one thing; whether they are told of one
    thing is for the caller to find out. Different units, or dead against injured, are `unrelated`.
    """
    if a.unit != b.unit:
        return _warmth(a, b) if {a.unit, b.unit} == TEMPERATURE else _across(a, b)
    if a.state and b.state and a.state != b.state:
        return "unrelated"
    if a.unit == "label":
        return "unrelated" if a.noun != b.noun else "same" if a.low == b.low else "conflict"
    if a.unit == "score":
        alike = {(a.low, a.high), (a.high, a.low)} & {(b.low, b.high)}
        return "same" if alike else "conflict"
    return _values(a, b)


def _values(a: Quantity, b: Quantity) -> Relation:
    """Two values of one unit."""
    relation = relate(a.value, b.value, converted=a.factor != b.factor)
    if relation == "conflict" and (rounder := _rounder(a, b)):
        relation = "less_precise" if rounder is b else "more_precise"
    if relation in {"less_precise", "more_precise"} and _cut(a, b):
        return "conflict"
    if _other_side(a, b) or _other_side(b, a):
        return "conflict"
    if relation == "same" and (a.factor != b.factor or a.text.lower() != b.text.lower()):
        return "variant"
    return relation


def _rounder(a: Quantity, b: Quantity) -> Quantity | None:
    """The one of two exact figures that is the other rounded: 0.3 of 0.34, 5,400 of 5,432, two years of age of 30
    months.
    """
    if a.kind != "exact" or b.kind != "exact" or a.unit in _NAMING:
        return None
    if a.factor != b.factor:
        fine, coarse = (a, b) if a.factor < b.factor else (b, a)
        return coarse if a.unit == "age" and fine.low // coarse.factor == coarse.stated else None
    places = _place(a), _place(b)
    fine, coarse = (a, b) if places[0] < places[1] else (b, a)
    place = max(places)
    rounded = place <= _TENTH or (coarse.step == coarse.factor and place >= _HUNDRED)
    near = abs(a.stated - b.stated) <= place / 2 * (1 + 1e-9)
    return coarse if places[0] != places[1] and rounded and near and not _one_digit(a, b) else None


_NAMING: Final = frozenset({"ordinal", "score", "race", "tens"})
_TENTH, _HUNDRED = 0.1, 100.0


def _place(fact: Quantity) -> float:
    """The worth of the last place that is told: of 5,400 the hundreds, but of 5,000 not the thousands."""
    step = fact.step / fact.factor
    if step != 1 or fact.stated < _HUNDRED:
        return step
    return min(grain(fact.stated), 10.0 ** (len(f"{fact.stated:.0f}") - 2))


def _one_digit(a: Quantity, b: Quantity) -> bool:
    """Whether two whole figures differ in one digit: as likely a slip of the pen as rounding."""
    digits = f"{a.stated:.0f}", f"{b.stated:.0f}"
    whole = a.step == a.factor and b.step == b.factor and len(digits[0]) == len(digits[1])
    return whole and sum(one != two for one, two in zip(*digits, strict=True)) == 1


def _cut(a: Quantity, b: Quantity) -> bool:
    """A price to the cent of which half a unit is dropped: 12.50 is about 12 or 13, but as an exact price never 12.

    Shares, and sums in millions, are told so: 2.35 percent as 2.3.
    """
    fine, coarse = (a, b) if a.step < b.step else (b, a)
    priced = a.unit in CURRENCIES and a.kind == b.kind == "exact" and fine.step == _CENT and coarse.step == 1
    return priced and fine.low - coarse.low >= 0.5


_CENT = 0.01
_UNDER: Final = re.compile(
    r"(?:just|slightly|a little) (?:under|below|less than)\b|(?:not quite|nearly|almost)\b", re.IGNORECASE
)
_OVER: Final = re.compile(r"(?:just|slightly|a little|a bit) (?:over|above|more than)\b", re.IGNORECASE)


def _other_side(bound: Quantity, near: Quantity) -> bool:
    """Whether one says a number or more and the other just under that very number, or the other way round."""
    if bound.stated != near.stated or near.kind != "approximate":
        return False
    side = {"lower": _UNDER, "upper": _OVER}.get(bound.kind)
    return side is not None and side.match(near.text) is not None


_FROST: Final = 30
"""Degrees Celsius that may as well be told of frost without a minus; near 40 both scales have the same figure then."""
TEMPERATURE: Final = frozenset({"celsius", "fahrenheit"})


def _warmth(a: Quantity, b: Quantity) -> Relation:
    """Degrees of both scales: 32 and 90 are one temperature, 1.5 and 2.7 one change of it, five under zero are 23."""
    celsius, fahrenheit = (a, b) if a.unit == "celsius" else (b, a)
    told, part = fahrenheit.stated, 1.8 * celsius.stated
    room = 0.9 * celsius.step + 0.5 * fahrenheit.step
    below = [abs(part - 32)] if celsius.stated <= _FROST else []
    if not celsius.kind == fahrenheit.kind == "exact":
        room += 0.05 * told
    if any(abs(told - other) <= room for other in (part + 32, part, *below)):
        return "variant"
    return "conflict" if celsius.kind == fahrenheit.kind == "exact" else "unrelated"


def _across(a: Quantity, b: Quantity) -> Relation:
    """Different units: agreement where one side leaves its unit unsaid, else nothing to compare."""
    same_figure = close(a.stated, b.stated)
    if {a.unit, b.unit} <= CURRENCIES:
        if one_currency(a.unit, b.unit):
            return relate(a.value, b.value)
        return "conflict" if same_figure and a.factor == b.factor else "unrelated"
    if {a.unit, b.unit} == {"age", "second"}:
        agreed = relate(a.value, b.value, converted=True)
        return "unrelated" if agreed == "conflict" else "variant" if agreed == "same" else agreed
    if "count" in {a.unit, b.unit} and {a.unit, b.unit}.isdisjoint({"ordinal", "label"}):
        counted, other = (a, b) if a.unit == "count" else (b, a)
        if other.unit == "score":
            inside = {counted.low, counted.high} == {other.low, other.high} or counted.low in {
                other.low,
                other.high,
            }
            return "variant" if inside else "unrelated"
        return "variant" if same_figure else "unrelated"
    return "unrelated"
