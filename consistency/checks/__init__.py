"""The checks by id. A new kind of finding is one file here and one line in the table."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final

from consistency.checks import (
    addition,
    attribution,
    contradiction,
    date,
    garble,
    hedge,
    name,
    omission,
    place,
    polarity,
    quantity,
    quotation,
    role,
    title,
)
from consistency.protocols import Check

CHECKS: Final[Mapping[str, Check]] = {
    module.CHECK.id: module.CHECK
    for module in (
        contradiction,
        quantity,
        date,
        place,
        name,
        polarity,
        role,
        title,
        quotation,
        attribution,
        hedge,
        garble,
        omission,
        addition,
    )
}

WITHOUT_SCORES: Final = frozenset(
    module.CHECK.id for module in (quantity, date, place, title, quotation, hedge, garble, omission, addition)
)
"""Checks that do not look at what the model said: they run while it computes."""


def manuals() -> Mapping[str, str]:
    """What each check reports and what it leaves alone, by id: the docstring of its file ("" under `python -OO`)."""
    return {name: sys.modules[type(check).__module__].__doc__ or "" for name, check in CHECKS.items()}
