"""Conflicts in sentences that are reworded too much for the words around a fact to be alike, but which the model takes
for a contradiction from both sides.
"""

from __future__ import annotations

from typing import Final

from consistency.protocols import Pair

_PLAIN: Final = 0.8
"""The contradiction of each direction from which on such a conflict is believed."""
_SEEN: Final = 0.3
_LEAST: Final = 0.55
"""The least it then has."""
_DOUBTFUL: Final = 0.2
"""Under this, two facts share so little that the contradiction is hardly theirs."""


def believed(confidence: float, pair: Pair) -> float:
    """The confidence of a conflict between two facts of a pair, raised where the model sees a contradiction too."""
    return max(confidence, _LEAST) if confidence >= _DOUBTFUL and plain(pair) else confidence


def plain(pair: Pair) -> bool:
    """Whether the model takes a pair for a contradiction from both sides."""
    return _both(pair, _PLAIN)


def seen(pair: Pair) -> bool:
    """Whether the model sees something of a contradiction from both sides."""
    return _both(pair, _SEEN)


def _both(pair: Pair, least: float) -> bool:
    sides = pair.alignment.forward, pair.alignment.backward
    return all(side is not None and side.contradiction >= least for side in sides)
