"""What a caller may ask of a format. Each format takes what concerns it."""

from __future__ import annotations

import msgspec


class Options(msgspec.Struct, frozen=True):
    """`width` in columns. A field here and a flag in the command line make a new option."""

    width: int = 100
    colour: bool = False
    include_text: bool = False
    """Give each article's extracted text whole."""
    list_removed: bool = False
    """Name each piece of page furniture that was left out."""
