"""One amount as the scan finds it, and how it is built."""

from __future__ import annotations

from typing import NamedTuple

from consistency.facts import _modifiers as modifiers
from consistency.facts._figures.intervals import Value
from consistency.facts._figures.units import Unit
from consistency.facts._tokens import Token

COUNT = Unit("count", 1)


class Amount(NamedTuple):
    """One quantity: offsets, value in the written unit, that unit, what is counted and its state."""

    start: int
    end: int
    value: Value
    unit: Unit
    noun: str
    state: str


class Read(NamedTuple):
    """What stands at a token: an amount, or a figure that is none; and the token behind it."""

    amount: Amount | None
    next: int


def amount(tokens: tuple[Token, ...], first: int, end: int, value: Value, unit: Unit = COUNT) -> Amount:
    """An amount from token `first` to token `end` (exclusive), with what the words around say of it."""
    counted = unit.base in {"count", "ordinal"}
    return Amount(
        start=tokens[first].start,
        end=tokens[end - 1].end,
        value=value,
        unit=unit,
        noun=modifiers.noun(tokens, end) if counted else "",
        state=modifiers.state(tokens, first, end) if unit.base == "count" else "",
    )


def exact(value: float, step: float = 1.0) -> Value:
    return Value("exact", value, value, step)


def bounded(kind: modifiers.Kind, low: float, high: float, step: float = 1.0) -> Value:
    """The value under "more than", "up to", "about", or as it stands."""
    if kind == "lower":
        return Value("lower", low, float("inf"), step)
    if kind == "upper":
        return Value("upper", 0.0, high, step)
    return Value(kind, low, high, step)
