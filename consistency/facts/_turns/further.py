"""What turns the sense where no word of the one text is denied, or opposed, by a word of the other.

The other side of a thing, a figure by which it fell and not rose, a promise that is left open, a limit that is gone,
what was ruled out and is told all the same, an outcome that excludes the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from consistency.facts._turns.double import left_open
from consistency.facts._turns.moved import moved_back
from consistency.facts._turns.only import no_longer_limited
from consistency.facts._turns.outcomes import excluded
from consistency.facts._turns.ruled_out import ruled_out
from consistency.facts._turns.sides import other_side
from consistency.records import Span

_SIDES: Final = (0, 1)


class Further(NamedTuple):
    """One of them; `firm` where the model need not be nearly sure."""

    kind: Literal["negation", "antonym"]
    premise: Span
    hypothesis: Span
    firm: bool = True


def further(texts: tuple[str, str], *, evenly: bool) -> Iterator[Further]:
    """All of them; `evenly` = both texts deny as often."""
    for spans in other_side(texts):  # what is on my left is on your right
        yield Further("antonym", *spans, firm=False)
    for spans in excluded(texts):
        yield Further("antonym", *spans)
    if evenly:
        for spans in moved_back(texts):
            yield Further("antonym", *spans)
    for side in _SIDES:
        if (found := left_open(texts, side)) is not None:
            yield Further("negation", *(found if side == 0 else found[::-1]))
        if (found := ruled_out(texts, side)) is not None:
            yield Further("negation", *(found if side == 0 else found[::-1]))
        if (found := no_longer_limited(texts, side)) is not None:
            yield Further("antonym", *(found if side == 0 else found[::-1]), firm=False)
