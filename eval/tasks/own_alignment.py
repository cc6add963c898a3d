"""Which sentences of our own stories tell of the same thing, by hand: alignment precision and recall.

Every sentence of the original with every sentence of the copy is a row: `aligned`, `unaligned`, or
`other` where the gold allows both. `gold` gives the same as index pairs, for an aligner that is
asked about whole texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from consistency.errors import InputError
from consistency.records import Article
from consistency.segment import segment
from eval.rows import Row
from eval.task import Loaded, Split, Task, of_rows

FIXTURES = Path(__file__).parents[2] / "fixtures"
GOLD = FIXTURES / "eval" / "alignment.jsonl"
STORIES = FIXTURES / "stories"


class Gold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Gold of one version. `claims` counts the sentences of original and version; pairs are (original, version)."""

    story: str
    version: str
    claims: tuple[int, int]
    pairs: list[tuple[int, int]]
    allowed: list[tuple[int, int]] = []


class Aligned(msgspec.Struct, frozen=True):
    """A gold with the sentences it speaks of, in order."""

    gold: Gold
    original: tuple[str, ...]
    version: tuple[str, ...]


def gold(file: Path = GOLD, stories: Path = STORIES) -> list[Aligned]:
    """All gold alignments. Raises `InputError` where a text has other sentences than the gold was written for."""
    try:
        lines = file.read_bytes().splitlines()
    except OSError as fault:
        raise InputError(f"{file}: {fault.strerror}", "It belongs to the repository.") from fault
    return [_aligned(line, f"{file.name}, row {number}", stories) for number, line in enumerate(lines, 1) if line]


def _aligned(line: bytes, where: str, stories: Path) -> Aligned:
    try:
        given = msgspec.json.decode(line, type=Gold)
    except msgspec.DecodeError as fault:
        raise InputError(f"{where}: {fault}", "A row has story, version, claims, pairs and allowed.") from fault
    original = _sentences(stories / given.story / "original.txt", where)
    version = _sentences(stories / given.story / given.version, where)
    found = (len(original), len(version))
    if found != given.claims:
        told = f"{where}: {given.story}/{given.version} has {found} sentences, the gold was written for {given.claims}"
        raise InputError(told, "The text or the segmenter changed: write the gold anew.")
    strays = [pair for pair in [*given.pairs, *given.allowed] if not _inside(pair, found)]
    if strays:
        raise InputError(f"{where}: no such sentences: {strays[0]}", f"Indexes run below {found}.")
    return Aligned(given, original, version)


def _inside(pair: tuple[int, int], counts: tuple[int, int]) -> bool:
    return all(0 <= index < count for index, count in zip(pair, counts, strict=True))


def _sentences(path: Path, where: str) -> tuple[str, ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as fault:
        raise InputError(
            f"{where}: {path}: {fault.strerror}", "The gold names texts under fixtures/stories."
        ) from fault
    return tuple(claim.text for claim in segment(Article(id="", text=text)))


def rows_of(aligned: Aligned) -> Iterator[Row]:
    """Every sentence of the original with every sentence of the version."""
    told = aligned.gold
    labels = dict.fromkeys(told.allowed, "other") | dict.fromkeys(told.pairs, "aligned")
    for at, premise in enumerate(aligned.original):
        for to, hypothesis in enumerate(aligned.version):
            yield Row(
                id=f"{told.story}/{told.version.removesuffix('.txt')}:{at}-{to}",
                premise=premise,
                hypothesis=hypothesis,
                label=labels.get((at, to), "unaligned"),
                cluster=told.story,
                kind=told.version.removeprefix("copy-").removesuffix(".txt"),
                truth=None,
            )


def _read(task: Task, split: str, data_dir: Path | None) -> Loaded:  # noqa: ARG001  (a reader's signature)
    return of_rows([row for aligned in gold() for row in rows_of(aligned)])


TASKS = (
    Task(
        name="own_alignment",
        title="Our own stories: sentences that tell of the same thing",
        unit="alignment",
        positive="aligned",
        cluster="story",
        splits={"test": Split(role="test")},
        citation="this repository",
        licence="Apache-2.0",
        obtain="It is in the repository: fixtures/eval/alignment.jsonl.",
        ran_on_real_rows=True,
        reader=_read,
        notes="pairs that the gold allows but does not ask for are neither, reported apart",
    ),
)
