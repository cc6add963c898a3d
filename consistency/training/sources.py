"""What the shipped model learns from: a table of sources, their licences and their shares.

The files are gzipped JSON lines of `premise`, `hypothesis`, `label`. Rows that share a normalised
sentence with a development file are dropped and counted (`Leaks`).
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

import msgspec

ENTAILMENT, NEUTRAL, CONTRADICTION = 0, 1, 2
LABELS: Final = ("entailment", "neutral", "contradiction")
AGREEMENT: Final = len(LABELS)
"""Of two texts that do not contradict each other, where nobody has said which of the other two labels is theirs."""
TOLD: Final = (*LABELS, "agreement")
"""What a training pair may be called."""


class Spot(msgspec.Struct, frozen=True):
    """Where a contradiction sits: a range of characters of one side."""

    side: Literal["premise", "hypothesis"]
    start: int
    end: int


class Example(msgspec.Struct, frozen=True):
    """One labelled pair; `label` indexes `TOLD`, `spot` is known where we made the pair contradict ourselves."""

    premise: str
    hypothesis: str
    label: int
    source: str
    spot: Spot | None = None


class Source(msgspec.Struct, frozen=True):
    """One training file. `rows` is how many of its rows the first stage takes, `later` the last one (None = all).

    `both_ways` adds the row with its sides exchanged (paraphrases entail each other).
    """

    name: str
    licence: str
    rows: int | None = None
    later: int | None = None
    both_ways: bool = False
    labels: dict[str, int] = {}


_THREE_WAY: Final = {"entailment": ENTAILMENT, "neutral": NEUTRAL, "contradiction": CONTRADICTION}
_PARAPHRASE: Final = {"paraphrase": ENTAILMENT, "contradiction": CONTRADICTION}

SOURCES: Final = (
    Source("mnli_part", "MultiNLI, mixed permissive", labels=_THREE_WAY),
    Source("wanli_part", "CC BY 4.0", labels=_THREE_WAY),
    Source("snli_part", "CC BY-SA 4.0", rows=12_000, later=8_000, labels=_THREE_WAY),
    Source("snli_revised", "Apache-2.0", labels=_THREE_WAY),
    Source("disco", "MIT", rows=8_000, later=6_000, labels=_THREE_WAY),
    Source("fever_evidence", "CC BY-SA 3.0", rows=38_000, later=20_000, labels=_THREE_WAY),
    Source("wikifact_refuted", "CC BY-SA", rows=8_000, later=4_000, labels=_THREE_WAY),
    Source("conjnli_adversarial", "MIT", later=6_000, labels=_THREE_WAY),
    Source("curriculum_three_way", "MIT", rows=6_000, later=4_000, labels=_THREE_WAY),
    Source("semantoneg", "CC BY-SA 4.0", rows=5_000, later=3_000, labels=_PARAPHRASE),
    Source("iterater_revisions", "Apache-2.0", both_ways=True, labels=_PARAPHRASE),
)
"""Every source marked as allowed for shipped weights; the two research-only sets are not here."""

PASSAGES: Final = Source("news", "MIT (clusters named passage-*)")
"""News text that carries generated pairs; its other clusters have no licence and are not used."""

_WORD = re.compile(r"[a-z0-9]+")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])")


def normalise(text: str) -> str:
    """Lower-case words joined by blanks: what two sentences must share to count as the same."""
    return " ".join(_WORD.findall(text.lower()))


def sentences(text: str) -> list[str]:
    """A plain split at sentence ends: good enough for leaks and carriers, offsets are not needed."""
    return [part.strip() for part in _SENTENCE.split(text.replace("\n", " ")) if part.strip()]


class Leaks:
    """The normalised sentences of development files; counts the training rows they cost."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.dropped: dict[str, int] = {}
        self._known: set[str] = set()
        for file in files:
            for row in read_rows(file):
                for side in ("premise", "hypothesis"):
                    text = str(row.get(side, ""))
                    self._known.add(normalise(text))
                    parts = map(normalise, sentences(text))
                    self._known.update(part for part in parts if part.count(" ") >= 3)
        self._known.discard("")  # a row that lacks a side says nothing about texts without words

    def shares(self, *texts: str) -> bool:
        """Whether any of the texts, or a sentence of one, stands in a development file."""
        return any(
            normalise(text) in self._known or any(normalise(part) in self._known for part in sentences(text))
            for text in texts
        )

    def keep(self, source: str, *texts: str) -> bool:
        """False, and counted under `source`, for a row that must not be trained on."""
        if self.shares(*texts):
            self.dropped[source] = self.dropped.get(source, 0) + 1
            return False
        return True


def read_rows(file: Path) -> Iterator[dict[str, object]]:
    """The rows of a JSON-lines file, plain or gzipped."""
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def load(source: Source, folder: Path, leaks: Leaks, rng: random.Random) -> list[Example]:
    """The examples of one source, leaks dropped, shuffled; all of them, whatever the shares of the stages."""
    examples = []
    for row in read_rows(folder / f"{source.name}.jsonl.gz"):
        label = source.labels.get(str(row["label"]))
        premise, hypothesis = str(row["premise"]), str(row["hypothesis"])
        if label is None or not leaks.keep(source.name, premise, hypothesis):
            continue
        examples.append(Example(premise, hypothesis, label, source.name))
        if source.both_ways:
            examples.append(Example(hypothesis, premise, label, source.name))
    rng.shuffle(examples)
    return examples


def passages(folder: Path, leaks: Leaks) -> list[list[str]]:
    """Licensed news passages as lists of sentences; a sentence seen in development data is left out."""
    kept = []
    for row in read_rows(folder / f"{PASSAGES.name}.jsonl.gz"):
        if str(row["cluster"]).startswith("passage-"):
            parts = [part for part in sentences(str(row["text"])) if leaks.keep("passages", part)]
            kept.append(parts)
    return kept
