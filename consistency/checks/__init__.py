"""The checks by id. A new kind of finding is one file here and one line in the table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from types import ModuleType
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
    order,
    place,
    polarity,
    pronoun,
    quantity,
    quotation,
    role,
    title,
    wording,
)
from consistency.checks._names.entities import swaps
from consistency.checks._sources.speech import stems
from consistency.checks._unnamed import exchanged
from consistency.facts._sources.speakers import speakers
from consistency.facts._times.dayparts import dayparts
from consistency.facts.hedge import read
from consistency.facts.order import turned
from consistency.facts.pronoun import flipped
from consistency.facts.quantity import quantities
from consistency.facts.replaced import replaced
from consistency.facts.role import exchanges, trade
from consistency.facts.title import titled
from consistency.facts.turns import turns
from consistency.protocols import Check, Known

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
        order,
        pronoun,
        title,
        quotation,
        attribution,
        hedge,
        garble,
        omission,
        addition,
        wording,
    )
}

_READY: Final[Mapping[Known, tuple[ModuleType, ...]]] = {
    "claims": (quotation, garble, omission, addition),
    "pairs": (quantity, date, hedge, place, title, polarity, role, order, pronoun, attribution),
}
NEEDS: Final[Mapping[str, Known]] = {module.CHECK.id: known for known, modules in _READY.items() for module in modules}
"""What has to be known of the alignments before a check can run, of all that are not here everything. Those run while
the model computes what they do not need."""


READS: Final[tuple[Callable[[str, str], object], ...]] = (
    turns,
    exchanges,
    trade,
    turned,
    flipped,
    replaced,
    exchanged,
    swaps,
)
"""What checks that wait for the model will want to know of two texts whatever it says. It is kept: read while the model
computes, it costs nothing afterwards."""
READS_OF_EACH: Final[tuple[Callable[[str], object], ...]] = (
    quantities,
    dayparts,
    read,
    titled,
    speakers,
    stems,
)
"""The same of each of the two alone."""


def manuals() -> Mapping[str, str]:
    """What each check reports and what it leaves alone, by id: the docstring of its file ("" under `python -OO`)."""
    return {name: sys.modules[type(check).__module__].__doc__ or "" for name, check in CHECKS.items()}
