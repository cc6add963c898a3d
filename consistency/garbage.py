"""Python's collector of cycles, told to look seldom, in a process that is ours alone."""

from __future__ import annotations

import gc
from typing import Final

_APART: Final = 50_000
"""Objects that were made and are still there since the collector last looked.

By itself it looks after 700, and now and then at everything there is: at lists of some hundred thousand words that
never become garbage, beside a model. That is a tenth of a first check, and as much as a whole one once in a dozen.
"""


def look_seldom() -> None:
    """For a program or a worker as it starts; a library leaves its host's settings alone."""
    gc.set_threshold(_APART, *gc.get_threshold()[1:])
