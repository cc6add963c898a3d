"""Our own texts that were written for training and kept aside from it: told again honestly, or with one fact wrong.

They are of the kind that the model learned from, by the same hands; what is measured on them is what the tool makes of
sentences told in quite other words, not how it takes to another's style.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from eval.rows import Row
from eval.task import Loaded, Split, Task, digest_of, of_rows, truth

if TYPE_CHECKING:
    from consistency.training.written import Item


def _read(task: Task, split: str, data_dir: Path | None) -> Loaded:  # noqa: ARG001  (a reader's signature)
    from consistency.training.written import items  # training needs torch, which the list of tasks does not

    return of_rows([row for item in items(aside=True) for row in _of_item(item)])


def _of_item(item: Item) -> Iterator[Row]:
    told = [
        *(("entailment", "", version) for version in item.same),
        *(("contradiction", kind, version) for kind, version in zip(item.kinds, item.wrong, strict=True)),
        *(("neutral", "", version) for version in item.open),
    ]
    cluster = digest_of(item.text)
    for number, (label, kind, version) in enumerate(told, 1):
        yield Row(f"{cluster}:{number}", item.text, version, label, cluster, kind, truth(label))


TASKS = (
    Task(
        name="own_texts",
        title="Our own texts kept aside from training: told again, or with one fact made wrong",
        unit="pair",
        positive="contradiction",
        cluster="text",
        splits={"test": Split(role="test", rows=6937)},
        citation="this repository",
        licence="Apache-2.0",
        obtain="They are in the repository: consistency/training/texts, one text in eight.",
        ran_on_real_rows=True,
        reader=_read,
        notes="neutral rows (what a text leaves open) are neither, reported apart",
    ),
)
