"""What a caller may ask of a format. Each format takes what concerns it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from consistency.records import FailOn


class Options(msgspec.Struct, frozen=True):
    """`width` in columns. A field here and a flag in the command line make a new option."""

    width: int = 100
    colour: bool = False
    include_text: bool = False
    """Give each article's extracted text whole."""
    list_removed: bool = False
    """Name each piece of page furniture that was left out."""
    manuals: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Each check's manual by its id; without one a format names the check alone."""
    fail_on: FailOn = "error"
    """From which level on a finding fails the run; only a format that knows failure by itself asks."""
