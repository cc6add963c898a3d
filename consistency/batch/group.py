"""Which articles of a feed are versions of the same story: copies and rewrites together, independent reports apart.

    Feed().add(...) for every article, then place(): in memory
    group_files(inputs, folder): a feed in rows, JSON lines or Parquet, to rows that `scan` takes as they are

In near-linear time: candidates share rare wording, or rare names and numbers; they are compared by how much of the
shorter stands in the longer; pairs in between are judged by the model on their beginnings. A story has a central
article, and every other one is like that one itself, so that no chain of small likenesses makes one story of many.
"""

from __future__ import annotations

import shutil
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from consistency.batch import _files, _folder, _plan
from consistency.batch._group_feed import Feed, Joined, Placed, Places
from consistency.batch._group_rounds import APART, JOIN, Told
from consistency.batch._group_rows import Line, text_of
from consistency.batch._group_summary import Summary, summarise
from consistency.batch._row import Row
from consistency.batch._sketch import word_hash
from consistency.batch.rows import rows
from consistency.errors import InputError
from consistency.protocols import Scorer
from consistency.records import Unread

__all__ = ["APART", "JOIN", "Feed", "Joined", "Placed", "Places", "Summary", "group_files"]

ARTICLES: Final = "articles.jsonl"
UNREAD: Final = "unread.jsonl"
SUMMARY: Final = "summary.json"
_TELL_EVERY: Final = 256
_MOST_NAMES: Final = 100


def group_files(
    inputs: Sequence[str | Path],
    folder: str | Path,
    *,
    load: Callable[[], Scorer] | None = None,
    join: float = JOIN,
    apart: float = APART,
    told: Told | None = None,
) -> Summary:
    """Reads the inputs (files of rows, or folders of them) twice and writes three files into `folder`, all or none.

    `articles.jsonl`: every article in the order of the inputs, with its `story` and why it is there (`joined`);
    rows that are pairs go through as they are. `unread.jsonl`: what was not read. `summary.json`: the summary.
    `load` gives the model, when and if there is a pair to judge; None = such pairs stay apart.

    Raises `InputError` where an input is not there or would be written over, none holds an article, a file changed
    meanwhile, or the folder holds files of these names that no grouping has made; `OutputError` where the folder cannot
    be written; `MissingExtra` for Parquet without pyarrow; and what `load` raises.
    """
    paths = _plan.files([str(one) for one in inputs])
    place = Path(folder)
    outputs = [place / name for name in (ARTICLES, UNREAD, SUMMARY)]
    with _files.told_of(place):
        _folder.not_over(paths, outputs)
        _folder.hold_grouping(place, outputs, place / SUMMARY)
        place.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".group.", dir=place))
    try:
        with _files.told_of(place):
            summary = _Files(paths, made, told or _silent).run(load, join, apart)
            for name in (SUMMARY, UNREAD, ARTICLES):  # the summary first: it says whose the other two are
                _files.publish(made / name, place / name)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return summary


class _Files:
    """Both passes over the inputs; what is held between them is the feed's profiles and which rows were refused."""

    def __init__(self, inputs: Sequence[Path], made: Path, told: Told) -> None:
        self.inputs = inputs
        self.made, self.told = made, told
        self.feed = Feed()
        self.refused: set[tuple[int, int]] = set()
        self.sums = [0] * len(inputs)
        self.ids: set[int] = set()
        self.twice = 0
        self.counted: Counter[str] = Counter()
        self.unread: list[Unread] = []
        self.ignored: Counter[str] = Counter()

    def run(self, load: Callable[[], Scorer] | None, join: float, apart: float) -> Summary:
        encoder = msgspec.json.Encoder()
        with (self.made / UNREAD).open("wb") as stream:
            for at in range(len(self.inputs)):
                for entry in self._gather(at):
                    self.counted["unread"] += 1
                    self.unread = [*self.unread, entry][:_MOST_NAMES]
                    stream.write(encoder.encode(entry) + b"\n")
            _files.settle(stream)
        if not len(self.feed) and not self.counted["pairs"]:
            raise _nothing(self.unread)
        loaded: list[Scorer] = []

        def load_once() -> Scorer:
            assert load is not None
            loaded.append(load())
            return loaded[0]

        places = self.feed.place(load_once if load else None, join=join, apart=apart, told=self.told)
        with (self.made / ARTICLES).open("wb") as stream:
            sizes = self._write(stream, places)
            _files.settle(stream)
        summary = summarise(
            sizes=sizes,
            places=places,
            feed=self.feed,
            counted=self.counted,
            unread=self.unread,
            ignored=self.ignored,
            same_ids=self.twice,
            thresholds=(join, apart),
            model=loaded[0] if loaded else None,
            asked=load is not None,
        )
        _files.write(self.made / SUMMARY, msgspec.json.format(msgspec.json.encode(summary), indent=2) + b"\n")
        return summary

    def _gather(self, at: int) -> Iterator[Unread]:
        """The first pass over an input: its articles into the feed; yields what was not read."""
        for one in rows(self.inputs[at]):
            if isinstance(one, Unread):
                yield one
                continue
            self.sums[at] = _sum(self.sums[at], one)
            if one.reference is not None:
                self.counted["pairs"] += 1
                continue
            for name in one.ignored:
                if name in self.ignored or len(self.ignored) < _MOST_NAMES:
                    self.ignored[name] += 1
            text = text_of(one)
            if isinstance(text, Unread):
                self.refused.add((at, one.number))
                yield text
                continue
            known = word_hash(one.id)
            self.twice += known in self.ids
            self.ids.add(known)
            self.feed.add(one.id, text, one.published, original=one.role == "original")
            if len(self.feed) % _TELL_EVERY == 0:
                self.told("reading", len(self.feed), 0)

    def _write(self, stream: BinaryIO, places: Places) -> Counter[str]:
        """The second pass: every article with its place. Returns how many articles each story has."""
        encoder = msgspec.json.Encoder()
        sizes: Counter[str] = Counter()
        number = 0
        for at, name in enumerate(self.inputs):
            total = 0
            for one in rows(name):
                if isinstance(one, Unread):
                    continue
                total = _sum(total, one)
                if one.reference is None and (at, one.number) in self.refused:
                    continue
                placed = None
                if one.reference is None:
                    if number == len(places):
                        break
                    placed = places.of(number, one.id)
                    number += 1
                    sizes[placed.story] += 1
                    self.counted[placed.joined.evidence] += 1
                    if number % _TELL_EVERY == 0:
                        self.told("writing", number, len(places))
                stream.write(encoder.encode(Line.of(one, placed)) + b"\n")
            if total != self.sums[at]:
                raise InputError(f"{name} changed while it was being read", "run it again when the file is complete")
        return sizes


def _sum(before: int, row: Row) -> int:
    """A checksum over the rows of a file, in order."""
    told = f"{row.number}\0{row.id}\0{row.text}\0{row.html}\0{row.published}\0{row.role}\0"
    return zlib.crc32(told.encode("utf-8", "surrogatepass"), before)


def _nothing(unread: Sequence[Unread]) -> InputError:
    if unread:
        return InputError(f"there is no article to group: {unread[0].message}", unread[0].remedy)
    return InputError("there is no article to group: the inputs hold no rows", "give JSON lines or Parquet of articles")


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody waits."""
