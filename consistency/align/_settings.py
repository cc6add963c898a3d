"""From which similarity on two claims are held to tell of the same thing."""

from __future__ import annotations

import msgspec


class Settings(msgspec.Struct, frozen=True):
    """Similarities are 0 to 1; measured on reworded copies, where a wrong pair costs more than a missed one.

    `accept`: a pair anywhere. `near`: a pair that keeps the order of the pairs around it. `gap`: the one
    claim left on either side between two aligned neighbours. `lone`: the only claims of two articles, or
    their headlines. `sure`: a pair that shows the order to others. `alone`: a pair that shares a single
    word. `bonus`: what an order kept is worth against another partner. A leftover claim joins the pair
    beside it where `share` of its words stand in the other half and nowhere else in its own, or where
    the two halves grow more alike by `gain`.
    """

    accept: float = 0.34
    near: float = 0.26
    gap: float = 0.20
    lone: float = 0.05
    sure: float = 0.5
    alone: float = 0.6
    bonus: float = 0.10
    share: float = 0.35
    gain: float = 0.03
