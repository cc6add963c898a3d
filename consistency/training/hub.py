"""Public sets in full, for whoever has network and a large processor: read through `datasets`, leaks dropped.

The shipped weights were made without them. Rows come from the Hub, or from a copy in the Hub's own columns at
`COPIES/NAME/SPLIT.jsonl`.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any, Final

import msgspec

from consistency.errors import InputError, MissingExtra
from consistency.training.sources import CONTRADICTION, ENTAILMENT, LABELS, NEUTRAL, Example, Leaks


class HubSource(msgspec.Struct, frozen=True, kw_only=True):
    """A set at the Hub: where its rows are, which columns hold the two texts, and what its labels mean.

    `names` gives numbered labels their names, in the set's order; `labels` maps names to ours. A label that is in
    neither means that there is none.
    """

    hub: str
    splits: tuple[str, ...]
    licence: str
    config: str | None = None
    premise: str = "premise"
    hypothesis: str = "hypothesis"
    label: str = "label"
    names: tuple[str, ...] = LABELS
    labels: dict[str, int] = msgspec.field(default_factory=lambda: dict(zip(LABELS, range(3), strict=True)))


HUB: Final[dict[str, HubSource]] = {
    "mnli": HubSource(hub="nyu-mll/multi_nli", splits=("train",), licence="MultiNLI, mixed permissive"),
    "snli": HubSource(hub="stanfordnlp/snli", splits=("train",), licence="CC BY-SA 4.0"),
    "anli": HubSource(hub="facebook/anli", splits=("train_r1", "train_r2", "train_r3"), licence="CC BY-NC 4.0"),
    "wanli": HubSource(hub="alisawuffles/WANLI", splits=("train",), licence="CC BY 4.0", label="gold"),
    "vitaminc": HubSource(
        hub="tals/vitaminc",
        splits=("train",),
        licence="MIT",
        premise="evidence",
        hypothesis="claim",
        labels={"SUPPORTS": ENTAILMENT, "NOT ENOUGH INFO": NEUTRAL, "REFUTES": CONTRADICTION},
    ),
    "paws": HubSource(
        hub="google-research-datasets/paws",
        config="labeled_final",
        splits=("train",),
        licence="free for any purpose (PAWS)",
        premise="sentence1",
        hypothesis="sentence2",
        names=("different", "same"),
        labels={"different": CONTRADICTION, "same": ENTAILMENT},
    ),
}
"""What `--hub` can name. PAWS' different pairs are taken as contradictions: mostly roles or numbers exchanged."""


def load(name: str, leaks: Leaks, rng: random.Random, copies: Path | None = None) -> list[Example]:
    """All labelled rows of a set, shuffled, without those that share a sentence with what `leaks` knows.

    Raises `InputError` for a name, a file, a column or rows that are not there, `MissingExtra` without `datasets`.
    """
    if name not in HUB:
        raise InputError(f"No set is called {name}.", f"Choose from {', '.join(HUB)}.")
    source = HUB[name]
    found = []
    for split in source.splits:
        rows = _rows(name, source, split, copies)
        for column in (source.premise, source.hypothesis, source.label):
            if column not in rows.column_names:
                raise InputError(
                    f"{name}, split {split}: no column {column}; there are {', '.join(rows.column_names)}.",
                    f"Take {source.hub} as it is at the Hub.",
                )
        for row in rows:
            label = _label(row[source.label], source)
            premise, hypothesis = str(row[source.premise]), str(row[source.hypothesis])
            if label is not None and leaks.keep(name, premise, hypothesis):
                found.append(Example(premise, hypothesis, label, name))
    if not found:
        raise InputError(
            f"{name}: no row has a label.", f"Take {source.hub} with the labels of its {source.splits[0]}."
        )
    rng.shuffle(found)
    return found


def _label(given: object, source: HubSource) -> int | None:
    if isinstance(given, int):
        return source.labels.get(source.names[given]) if 0 <= given < len(source.names) else None
    return source.labels.get(str(given))


def _rows(name: str, source: HubSource, split: str, copies: Path | None) -> Any:
    try:
        import datasets
    except ImportError as fault:
        raise MissingExtra("The package datasets is not installed.", 'pip install "consistency[train]"') from fault
    if copies is None:
        try:
            return datasets.load_dataset(source.hub, source.config, split=split)
        except Exception as fault:  # datasets raises whatever the network, the Hub and its readers raise
            raise InputError(
                f"{source.hub}, split {split}, could not be read: {fault}",
                f"Go where the Hub can be reached, or put a copy at {name}/{split}.jsonl and name its folder.",
            ) from fault
    file = copies / name / f"{split}.jsonl"
    if not file.is_file():
        raise InputError(f"{file}: no such file.", f"Put the rows of {source.hub} there, in its own columns.")
    return datasets.load_dataset("json", data_files=str(file), split="train")
