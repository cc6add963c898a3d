"""How far a score on a pair may be believed."""

from __future__ import annotations

APART = 0.25
"""Pairs less similar than this may speak of different things; what they contradict is no error."""


def believed(contradiction: float, needed: float, gain: float = 0.45) -> float:
    """Confidence of what the model, too, must see: a half where it says as much as is needed, `gain` more where it is
    certain.
    """
    if contradiction < needed:
        return 0.49 * contradiction / needed
    return 0.5 + gain * (contradiction - needed) / (1 - needed)


def trust(similarity: float) -> float:
    """How far a contradiction on a pair this similar may be believed: full from twice `APART` on."""
    return max(0.0, min(1.0, similarity / APART - 1.0))
