"""What was read in a text is kept while the text is held against others, so that no check reads it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Final, TypeVar, TypeVarTuple, cast

ROOM: Final = 500_000
"""Characters of text whose readings one function keeps: about two articles of a thousand claims each."""
LONGEST: Final = 20_000
"""Characters of a text beyond which its reading is not kept: a long run must stay flat in memory."""
_ENTRY: Final = 100
"""What a reading costs besides its text, in characters: a crowd of tiny texts is bounded too."""

Texts = TypeVarTuple("Texts")
Read = TypeVar("Read")


def kept(read: Callable[[*Texts], Read]) -> Callable[[*Texts], Read]:
    """A pure function of one or more texts that reads each once, as long as `ROOM` lasts; the oldest goes first.

    What it gives back is shared by all callers and must be frozen. `__wrapped__` is the function itself.
    """
    known: dict[tuple[*Texts], Read] = {}
    nothing = cast(Read, object())
    lock = Lock()
    held = 0

    @wraps(read)
    def reading(*texts: *Texts) -> Read:
        nonlocal held
        found = known.get(texts, nothing)
        if found is not nothing:
            return found
        found = read(*texts)
        size = _size(texts)
        if size <= LONGEST:
            with lock:
                held += 0 if texts in known else size
                known[texts] = found
                while held > ROOM:
                    oldest = next(iter(known))
                    del known[oldest]
                    held -= _size(oldest)
        return found

    return reading


def _size(texts: tuple[*Texts]) -> int:
    return _ENTRY + sum(map(len, texts))  # type: ignore[arg-type]  # texts are what is kept
