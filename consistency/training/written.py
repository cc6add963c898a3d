"""Texts written for training: each told again honestly and with one fact made wrong.

`texts/*.jsonl` hold items of `text`, `same` (honest versions), `wrong` (pairs of a kind and a version that
contradicts the text) and perhaps `open` (what may be so or not, given the text). One item in eight is kept aside,
by a digest of its text, to judge with. In files named as in `LOOSE` a version of `same` may leave a detail out:
there the text alone entails it, and a wrong version contradicts the text alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from consistency.isolate import differences
from consistency.records import Span
from consistency.training.sources import Leaks, read_rows

TEXTS: Final = Path(__file__).with_name("texts")
LOOSE: Final = ("apart-", "facts-", "passage-")
ASIDE: Final = 8
"""One item in this many is never trained on."""
_SMALL: Final = 60
"""Characters in the longest difference that points at a conflict by itself."""


class Item(msgspec.Struct, frozen=True):
    """A text, its honest versions, its wrong ones and what it leaves open.

    `loose` where only the text entails the honest ones.
    """

    text: str
    same: tuple[str, ...]
    wrong: tuple[str, ...]
    kinds: tuple[str, ...]
    loose: bool = False
    open: tuple[str, ...] = ()

    def alike(self) -> Iterator[tuple[str, str]]:
        """Every (premise, hypothesis) of which the first entails the second."""
        versions = (self.text, *self.same)
        for one in versions[:1] if self.loose else versions:
            for other in versions:
                if one != other:
                    yield one, other

    def apart(self) -> Iterator[tuple[str, str, str]]:
        """Every honest version, wrong version and kind that contradict each other."""
        versions = (self.text,) if self.loose else (self.text, *self.same)
        for wrong, kind in zip(self.wrong, self.kinds, strict=True):
            for version in versions:
                yield version, wrong, kind

    def beside(self) -> Iterator[tuple[str, str]]:
        """Every honest version with every text that it neither entails nor contradicts, both ways round."""
        for version in (self.text, *self.same):
            for told in self.open:
                yield version, told
                yield told, version


def items(*, aside: bool = False, leaks: Leaks | None = None) -> list[Item]:
    """The items to train on, or those kept aside; without those that share a sentence with what `leaks` knows."""
    found = []
    for file in sorted(TEXTS.glob("*.jsonl")):
        for row in read_rows(file):
            item = _item(row, loose=file.name.startswith(LOOSE))
            if (hashlib.sha256(item.text.encode()).digest()[0] % ASIDE == 0) is not aside:
                continue
            if leaks is None or leaks.keep("written", item.text, *item.same, *item.wrong, *item.open):
                found.append(item)
    return found


def _item(row: dict[str, object], *, loose: bool) -> Item:
    read = msgspec.convert(row, _Row)
    wrong = tuple(text for _, text in read.wrong)
    return Item(read.text, read.same, wrong, tuple(kind for kind, _ in read.wrong), loose, read.open)


class _Row(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    same: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]
    open: tuple[str, ...] = ()


def spot(honest: str, wrong: str) -> Span | None:
    """Where a near-copy conflicts: its one small difference; None where the two differ in more."""
    found = differences(honest, wrong)
    return found[0].hypothesis if len(found) == 1 and 0 < len(found[0].hypothesis) <= _SMALL else None
