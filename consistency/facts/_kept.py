"""What was read in a text is kept while the text is held against others, so that no check reads it again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Final, TypeVar, TypeVarTuple, cast

ROOM: Final = 500_000
"""Characters of text whose readings one function keeps: about two articles of a thousand claims each."""
LONGEST: Final = 20_000
"""Characters of a text beyond which it counts as long: of long texts only the last `FEW` readings are kept.

A long run must stay flat in memory, and one long text must not be read anew for everything that is found in it.
"""
FEW: Final = 2
"""A premise and a hypothesis."""
WORDS: Final = 8_192
LONGEST_WORD: Final = 40
"""Words of which a reading is kept, and how long they may be."""
_ENTRY: Final = 100
"""What a reading costs besides its text, in characters: a crowd of tiny texts is bounded too."""

Texts = TypeVarTuple("Texts")
Read = TypeVar("Read")


def kept(read: Callable[[*Texts], Read]) -> Callable[[*Texts], Read]:
    """A pure function of one or more texts that reads each once, as long as there is room; the oldest goes first.

    What it gives back is shared by all callers and must be frozen. `__wrapped__` is the function itself.
    """
    known: OrderedDict[tuple[*Texts], Read] = OrderedDict()  # of which the first is found at once
    long: dict[tuple[*Texts], Read] = {}
    nothing = cast(Read, object())
    lock = Lock()
    held = 0

    @wraps(read)
    def reading(*texts: *Texts) -> Read:
        nonlocal held
        found = known.get(texts, nothing)
        if found is nothing and long:
            found = long.get(texts, nothing)
        if found is not nothing:
            return found
        found = read(*texts)
        size = _ENTRY + sum(map(len, texts))  # type: ignore[arg-type]  # texts are what is kept
        with lock:
            if size > LONGEST:
                long[texts] = found
                while len(long) > FEW:
                    del long[next(iter(long))]
            else:
                held += 0 if texts in known else size
                known[texts] = found
                while held > ROOM:
                    oldest, _ = known.popitem(last=False)
                    held -= _ENTRY + sum(map(len, oldest))  # type: ignore[arg-type]
        return found

    return reading


def kept_word(read: Callable[[str], Read]) -> Callable[[str], Read]:
    """A pure function of a word, asked of few words again and again; of a run of characters longer than a word is,
    nothing is kept.
    """
    return _Words(read).__getitem__


class _Words(OrderedDict[str, Read]):
    """Readings by word; what is not there yet is read when it is asked for, and the oldest goes first."""

    def __init__(self, read: Callable[[str], Read]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, word: str) -> Read:
        found = self._read(word)
        if len(word) <= LONGEST_WORD:
            while len(self) >= WORDS:
                self.popitem(last=False)
            self[word] = found
        return found
