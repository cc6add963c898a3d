"""The one quantity of a text, for the tests of how figures are read."""

from __future__ import annotations

from consistency.facts.quantity import Quantity, quantities


def only(text: str) -> Quantity:
    """The quantity of a text that has one alone."""
    found = quantities(text)
    assert len(found) == 1, found
    return found[0]
