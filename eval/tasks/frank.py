"""FRANK, from its repository's own file: machine summaries whose sentences three people judged.

As in the SummaC benchmark: a sentence is right when at least two of its judges found no error, a
summary is consistent when all its sentences are right; validation and test are the authors' splits.
`--data-dir DIR` holds `DIR/frank/human_annotations_sentence.json`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import msgspec

from consistency.errors import ConfigError, InputError
from eval.rows import Row
from eval.task import Loaded, NotThereError, Split, Task, truth

FILE = "human_annotations_sentence.json"
NO_ERROR = "NoE"
ENOUGH = 2


class Record(msgspec.Struct, frozen=True):
    """One summary. `summary_sentences_annotations`: for each sentence, the error categories each judge found."""

    hash: str
    model_name: str
    split: str
    article: str
    summary: str
    summary_sentences_annotations: list[dict[str, list[str]]]

    @property
    def label(self) -> str:
        right = [
            sum(found == NO_ERROR for judge in sentence.values() for found in judge) >= ENOUGH
            for sentence in self.summary_sentences_annotations
        ]
        return "consistent" if all(right) else "inconsistent"

    @property
    def kind(self) -> str:
        """The error named most often, of an inconsistent summary."""
        named = Counter(
            found
            for sentence in self.summary_sentences_annotations
            for judge in sentence.values()
            for found in judge
            if found != NO_ERROR
        )
        return min(named, key=lambda name: (-named[name], name)) if named and self.label == "inconsistent" else ""


def _read(task: Task, split: str, data_dir: Path | None) -> Loaded:
    if data_dir is None:
        raise ConfigError(f"task {task.name} reads its rows from a folder", f"Give --data-dir DIR. {task.obtain}")
    file = data_dir / task.name / FILE
    try:
        data = file.read_bytes()
        records = msgspec.json.decode(data, type=list[Record])
    except FileNotFoundError as fault:
        raise NotThereError(f"task {task.name}: no {file}", task.obtain) from fault
    except OSError as fault:
        raise InputError(f"{file}: {fault.strerror}", task.obtain) from fault
    except msgspec.DecodeError as fault:
        raise InputError(f"{file}: {fault}", "Take the file as the repository has it.") from fault
    wanted = task.splits[split].hub
    rows = [_row(record) for record in records if record.split in {wanted, split}]
    return Loaded(rows, hashlib.sha256(data).hexdigest(), files=(FILE,))


def _row(record: Record) -> Row:
    return Row(
        id=f"{record.hash}/{record.model_name}",
        premise=record.article,
        hypothesis=record.summary,
        label=record.label,
        cluster=record.hash,
        kind=record.kind,
        truth=truth(record.label),
    )


TASKS = (
    Task(
        name="frank",
        title="FRANK (part of the SummaC benchmark), article against machine summary",
        unit="document-claim",
        positive="inconsistent",
        cluster="article",
        splits={
            "dev": Split(role="development", hub="validation", rows=671),
            "test": Split(role="test", hub="test", rows=1575),
        },
        citation="Pagnoni, Balachandran, Tsvetkov 2021, Understanding Factuality in Abstractive Summarization with "
        "FRANK (NAACL); labels as in Laban et al. 2022, SummaC (TACL)",
        licence="see github.com/artidoro/frank; CNN/Daily Mail and XSum text",
        obtain=f"Save data/{FILE} of github.com/artidoro/frank as frank/{FILE} in --data-dir.",
        ran_on_real_rows="schema only",
        reader=_read,
        notes="the schema is the repository's README's; the other parts of SummaC need articles that are not in them",
    ),
)
