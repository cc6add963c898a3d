"""When two values agree, seen as intervals: rounding, bounds, approximations, ranges."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

Relation: TypeAlias = Literal["same", "variant", "less_precise", "more_precise", "conflict", "unrelated"]
"""Of a second value against a first: `less_precise` means the second says less."""
Kind: TypeAlias = Literal["exact", "approximate", "lower", "upper", "range", "vague"]
"""As it stands, about so, at least or more than, at most or less than, from low to high, "dozens"."""

ROUNDING = 0.11
"""A rounded figure may lie this far (relative) from the figure it rounds: 2.7 is told as 3."""
SHARED = 0.4
"""Vague numbers that have less than this of the narrower one in common (in orders of magnitude) conflict."""
FAR = 5.0
""" "More than 40" is not said of more than this many times 40."""


class Value(NamedTuple):
    """A value as an interval; `step` is the worth of its last written place, `converted` when the
    figure was written in another unit than the base unit of the other value."""

    kind: Kind
    low: float
    high: float
    step: float = 1.0

    @property
    def point(self) -> float:
        """The figure that is written, for kinds that have only one."""
        return self.high if self.kind == "upper" else self.low


def flip(relation: Relation) -> Relation:
    """The same relation seen from the other side."""
    return {"less_precise": "more_precise", "more_precise": "less_precise"}.get(relation, relation)  # type: ignore[return-value]


def relate(a: Value, b: Value, *, converted: bool = False) -> Relation:
    """How `b` relates to `a`; `converted` when they were written in different units."""
    if a.kind == b.kind and close(a.low, b.low) and close(a.high, b.high):
        return "same"
    rule = _RULES.get((a.kind, b.kind))
    if rule:
        return rule(a, b, converted)
    mirrored = _RULES.get((b.kind, a.kind))
    return flip(mirrored(b, a, converted)) if mirrored else "variant"


def close(a: float, b: float) -> bool:
    return a == b or math.isclose(a, b, rel_tol=1e-9)


def grain(value: float) -> float:
    """The largest power of ten that divides a whole `value`, 1 for others: 40 -> 10, 2,300 -> 100."""
    step = 1.0
    while 0 < step * 10 <= value < 1e18 and value % (step * 10) == 0:
        step *= 10
    return step


def spread(value: Value) -> float:
    """How far "about" reaches on either side."""
    return min(max(0.1 * value.point, grain(value.point) / 2, value.step / 2), 0.2 * value.point)


def _exact(a: Value, b: Value, converted: bool) -> Relation:
    gap, size = abs(a.low - b.low), max(abs(a.low), abs(b.low))
    if converted:
        room = (max(a.step, b.step) / 2) * (1 + 1e-9)
        return "variant" if gap <= min(max(room, 0.05 * size), 0.15 * size) else "conflict"
    coarse = max(a.step, b.step)
    if a.step != b.step and gap <= coarse / 2 * (1 + 1e-9) and gap <= ROUNDING * size:
        return "less_precise" if b.step > a.step else "more_precise"
    return "conflict"


def _about_exact(a: Value, b: Value, _converted: bool) -> Relation:
    return "more_precise" if abs(a.point - b.low) <= spread(a) * (1 + 1e-9) else "conflict"


def _about_about(a: Value, b: Value, _converted: bool) -> Relation:
    return "variant" if abs(a.point - b.point) <= max(spread(a), spread(b)) * (1 + 1e-9) else "conflict"


def _lower_exact(a: Value, b: Value, converted: bool) -> Relation:
    slack = 0.03 if converted else 1e-9
    if b.low < a.low * (1 - slack) or (a.low >= 10 and b.low > FAR * a.low):
        return "conflict"
    return "more_precise"


def _upper_exact(a: Value, b: Value, converted: bool) -> Relation:
    slack = 0.03 if converted else 1e-9
    return "conflict" if b.low > a.high * (1 + slack) else "more_precise"


def _lower_lower(a: Value, b: Value, converted: bool) -> Relation:
    if converted and abs(a.point - b.point) <= 0.05 * a.point:
        return "variant"
    coarse, fine = sorted((a, b), key=lambda value: grain(value.point), reverse=True)
    if grain(coarse.point) > grain(fine.point) and 0 <= fine.point - coarse.point < grain(coarse.point):
        return "less_precise" if coarse is b else "more_precise"
    return "conflict"


def _upper_upper(a: Value, b: Value, converted: bool) -> Relation:
    if converted and abs(a.point - b.point) <= 0.05 * a.point:
        return "variant"
    coarse, fine = sorted((a, b), key=lambda value: grain(value.point), reverse=True)
    if grain(coarse.point) > grain(fine.point) and 0 <= coarse.point - fine.point < grain(coarse.point):
        return "less_precise" if coarse is b else "more_precise"
    return "conflict"


def _lower_upper(a: Value, b: Value, _converted: bool) -> Relation:
    return "conflict" if a.low >= b.high * (1 - 1e-9) else "variant"


def _bound_about(a: Value, b: Value, _converted: bool) -> Relation:
    room = spread(b) * (1 + 1e-9)
    inside = b.low + room >= a.point if a.kind == "lower" else b.low - room <= a.point
    return "variant" if inside and not (a.kind == "lower" and b.low > FAR * a.low) else "conflict"


def _wide_exact(a: Value, b: Value, _converted: bool) -> Relation:
    return "more_precise" if a.low * (1 - 1e-9) <= b.low <= a.high * (1 + 1e-9) else "conflict"


def _wide_about(a: Value, b: Value, _converted: bool) -> Relation:
    room = spread(b)
    return "variant" if a.low - room <= b.low <= a.high + room else "conflict"


def _range_range(a: Value, b: Value, converted: bool) -> Relation:
    room = 0.05 if converted else 0.03
    near = all(abs(x - y) <= room * max(x, y) for x, y in ((a.low, b.low), (a.high, b.high)))
    return "variant" if near else "conflict"


def _vague_wide(a: Value, b: Value, _converted: bool) -> Relation:
    if a.low <= b.low and b.high <= a.high:
        return "more_precise"
    if b.low <= a.low and a.high <= b.high:
        return "less_precise"
    return "variant" if a.low <= b.high and b.low <= a.high else "conflict"


def _vague_vague(a: Value, b: Value, converted: bool) -> Relation:
    """ "Dozens" and "hundreds" share a little and mean two things; "hundreds" and "thousands" only touch."""
    if a.low < b.low and a.high < b.high:
        lower, upper = a, b
    elif b.low < a.low and b.high < a.high:
        lower, upper = b, a
    else:
        return _vague_wide(a, b, converted)
    shared = math.log(lower.high / upper.low) if lower.high > upper.low > 0 else 0.0
    narrow = min(math.log(value.high / value.low) for value in (a, b))
    return "conflict" if shared < SHARED * narrow else "variant"


def _bound_wide(a: Value, b: Value, _converted: bool) -> Relation:
    apart = b.high < a.point if a.kind == "lower" else b.low > a.point
    return "conflict" if apart else "variant"


_RULES: dict[tuple[str, str], Callable[[Value, Value, bool], Relation]] = {
    ("exact", "exact"): _exact,
    ("approximate", "exact"): _about_exact,
    ("approximate", "approximate"): _about_about,
    ("lower", "exact"): _lower_exact,
    ("upper", "exact"): _upper_exact,
    ("lower", "lower"): _lower_lower,
    ("upper", "upper"): _upper_upper,
    ("lower", "upper"): _lower_upper,
    ("lower", "approximate"): _bound_about,
    ("upper", "approximate"): _bound_about,
    ("range", "exact"): _wide_exact,
    ("vague", "exact"): _wide_exact,
    ("range", "approximate"): _wide_about,
    ("vague", "approximate"): _wide_about,
    ("range", "range"): _range_range,
    ("vague", "range"): _vague_wide,
    ("vague", "vague"): _vague_vague,
    ("lower", "range"): _bound_wide,
    ("upper", "range"): _bound_wide,
    ("lower", "vague"): _bound_wide,
    ("upper", "vague"): _bound_wide,
}
"""Missing pairs are read in a mirror."""
