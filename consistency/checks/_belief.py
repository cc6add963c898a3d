"""How far a score on a pair may be believed."""

from __future__ import annotations

APART = 0.25
"""Pairs less similar than this may speak of different things; what they contradict is no error."""


def trust(similarity: float) -> float:
    """How far a contradiction on a pair this similar may be believed: full from twice `APART` on."""
    return max(0.0, min(1.0, similarity / APART - 1.0))
