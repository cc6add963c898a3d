"""Our own stories end to end: each copy against its original, and what a careful editor would say of it.

A copy in which an error or a warning is expected is inconsistent; one that must stay clean is
consistent; one in which a finding is neither expected nor wrong is `other`. Texts are as the
reader extracts them, page furniture removed, as in a run of the tool.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from consistency.errors import InputError
from consistency.read import read
from consistency.records import Role
from eval.rows import Row
from eval.task import Loaded, Split, Task, of_rows, truth

STORIES = Path(__file__).parents[2] / "fixtures" / "stories"
MORE = STORIES.with_name("stories-more")
"""Stories that were kept aside once, and were read since to mend what they showed."""
ASIDE = STORIES.with_name("stories-aside")
"""Stories on which nothing is ever mended: they say how far what was mended on the others holds."""


class Version(msgspec.Struct, frozen=True):
    """What `expected.json` says of a version; the fields that matter for its label."""

    role: Role
    kind: str
    clean: bool
    errors: list[Any] = []
    warnings: list[Any] = []
    any: list[Any] = []

    @property
    def label(self) -> str:
        if self.errors or self.warnings or self.any:
            return "inconsistent"
        return "consistent" if self.clean else "other"


class Expected(msgspec.Struct, frozen=True):
    """`expected.json` of a story."""

    reference: str
    versions: dict[str, Version]


def of_stories(folder: Path) -> list[Row]:
    """One row a version of every story in the folder. Raises `InputError` for one that cannot be read."""
    return [row for file in sorted(folder.glob("*/expected.json")) for row in _of_story(file)]


def _of_story(file: Path) -> Iterator[Row]:
    try:
        expected = msgspec.json.decode(file.read_bytes(), type=Expected)
    except (OSError, msgspec.DecodeError) as fault:
        raise InputError(f"{file}: {fault}", "fixtures/README.md gives its form.") from fault
    premise = _text(file.parent / expected.reference, "original")
    for name, version in expected.versions.items():
        yield Row(
            id=f"{file.parent.name}/{name.removesuffix('.txt')}",
            premise=premise,
            hypothesis=_text(file.parent / name, version.role),
            label=version.label,
            cluster=file.parent.name,
            kind=version.kind,
            truth=truth(version.label),
        )


def _text(path: Path, role: Role) -> str:
    reading = read(str(path), role=role, single=True)
    if not reading.articles:
        told = "; ".join(entry.message for entry in reading.unread)
        raise InputError(f"{path}: {told}", "A story has every text that its expected.json names.")
    return reading.articles[0].text


def _read(task: Task, split: str, data_dir: Path | None) -> Loaded:  # noqa: ARG001  (a reader's signature)
    folders = (ASIDE,) if task.name == "own_stories_aside" else (STORIES, MORE)
    return of_rows([row for folder in folders for row in of_stories(folder)])


def _task(name: str, title: str, rows: int, folder: str) -> Task:
    return Task(
        name=name,
        title=title,
        unit="story",
        positive="inconsistent",
        cluster="story",
        splits={"test": Split(role="test", rows=rows)},
        citation="this repository",
        licence="Apache-2.0",
        obtain=f"They are in the repository: fixtures/{folder}.",
        ran_on_real_rows=True,
        reader=_read,
        notes="one label a version; whether the right words are marked is held by the tests of the stories",
    )


TASKS = (
    _task(
        "own_stories",
        "Our own stories: every copy and report against its original",
        136,
        "stories, fixtures/stories-more",
    ),
    _task("own_stories_aside", "Our own stories kept aside: nothing was mended on them", 88, "stories-aside"),
)
