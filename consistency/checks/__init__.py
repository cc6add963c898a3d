"""The checks by id. A new kind of finding is one file here and one line in the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from consistency.checks import (
    addition,
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
        hedge,
        garble,
        omission,
        addition,
    )
}
