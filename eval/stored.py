"""What `run` wrote, read back: summaries (JSON) and items (JSON lines), each checked before anything is made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

import msgspec
import numpy as np
from msgspec import Meta

from consistency.errors import InputError
from eval import formulas
from eval.store import Reported

Origin: TypeAlias = Literal["fixed", "tuned", "oracle", "given"]
ORIGINS: Final[tuple[Origin, ...]] = ("fixed", "tuned", "oracle", "given")
"""Where a threshold comes from; numbers of different origins never share a column."""
THRESHOLD_FREE: Final = frozenset({"auc", "average_precision", "pairwise_consistency", "ece", "brier"})
"""Metrics that read the score alone."""
HIGHER_IS_WORSE: Final = frozenset({"false_alarm_rate", "alarms_per_article", "ece", "brier"})
_REMEDY: Final = "It is written by `python -m eval run --items ROWS --json SUMMARY`."
_FIRST_WORDS: Final[dict[str, Origin]] = {
    "fixed": "fixed",
    "as": "fixed",
    "tuned": "tuned",
    "oracle": "oracle",
    "given": "given",
}


class Item(msgspec.Struct, frozen=True):
    """One scored row. `truth` None = a label that is neither; `score` = how inconsistent, 0 to 1.

    `right` = whether a three-way verdict is right, `alarms` = findings on an article, `reported` = findings by check
    and level, where a row has them.
    """

    id: str
    cluster: str
    label: str
    score: Annotated[float, Meta(ge=0, le=1)]
    verdict: bool
    truth: bool | None
    kind: str = ""
    right: bool | None = None
    alarms: int | None = None
    reported: tuple[Reported, ...] | None = None


class Value(msgspec.Struct, frozen=True):
    """A metric with its interval, or the reason why there is none."""

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str = ""


class At(msgspec.Struct, frozen=True):
    """The metrics that read verdicts at one threshold, or the reason why there is none."""

    threshold: float | None
    origin: str
    metrics: dict[str, Value] = {}
    reason: str = ""


class Stored(msgspec.Struct, frozen=True):
    """A summary: metrics at the threshold of the run, and those that read verdicts at others."""

    metrics: dict[str, Value]
    n: int
    clusters: int
    signature: dict[str, str | int | float]
    threshold: float | None = None
    thresholds: dict[Origin, At] = {}
    accuracy_of: str = ""

    def sign(self, name: str) -> str:
        """A part of the signature as text, "" where it is not told."""
        told = self.signature.get(name)
        return "" if told is None else f"{told:g}" if isinstance(told, float) else str(told)

    @property
    def task(self) -> str:
        return self.sign("task") or self.sign("files")

    @property
    def task_name(self) -> str:
        """The task without its split."""
        return self.task.partition("/")[0]

    @property
    def system(self) -> str:
        """The system with all that can change its scores."""
        return self.sign("system")

    @property
    def short(self) -> str:
        """The system's name alone."""
        return self.system.partition("/")[0]

    @property
    def told_origin(self) -> str:
        """Where the threshold comes from, in the words of the run."""
        return self.sign("threshold_origin")


def origin(told: str, where: str) -> Origin:
    """The column a threshold's numbers belong in. Raises `InputError` where the words say none."""
    first = told.split(maxsplit=1)[0].strip(",:;").lower() if told.strip() else ""
    if first not in _FIRST_WORDS:
        raise InputError(
            f"{where}: threshold origin {told[:60]!r} is none of {', '.join(ORIGINS)}",
            "Write the summary anew with `python -m eval run`.",
        )
    return _FIRST_WORDS[first]


def items(file: Path) -> list[Item]:
    """All rows of an items file. Raises `InputError` naming the file and the row at fault."""
    found = list(_items(file))
    if not found:
        raise InputError(f"{file}: no rows", _REMEDY)
    seen: dict[str, int] = {}
    for number, item in enumerate(found, 1):
        if item.id in seen:
            told = f"{file}: rows {seen[item.id]} and {number} share the id {item.id[:60]!r}"
            raise InputError(told, "Every row needs an id of its own.")
        seen[item.id] = number
    return found


def columns(rows: Sequence[Item]) -> formulas.Items:
    """The rows as columns, with the verdicts of the run, whatever its threshold was."""
    right = [item.right for item in rows] if any(item.right is not None for item in rows) else None
    made = formulas.items(
        [item.truth for item in rows],
        [item.score for item in rows],
        [item.cluster for item in rows],
        0.5,
        right,
        [item.alarms for item in rows],
    )
    return msgspec.structs.replace(made, verdict=np.array([item.verdict for item in rows], dtype=np.bool_))


def summary(file: Path) -> Stored:
    """One summary. Raises `InputError` naming the file."""
    try:
        found = msgspec.json.decode(_bytes(file), type=Stored)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise InputError(f"{file}: no summary ({fault})", _REMEDY) from fault
    if not found.task or not found.system:
        raise InputError(f"{file}: the signature names no task or no system", _REMEDY)
    origin(found.told_origin, str(file))
    return found


def summary_beside(file: Path) -> Stored | None:
    """The summary that stands beside an items file under the same name (`x.jsonl`, `x.json`), if there is one."""
    beside = file.with_suffix(".json")
    return summary(beside) if file.suffix == ".jsonl" and beside.is_file() else None


def speed_beside(file: Path) -> float | None:
    """Rows a second from the timing file beside a run's items (`x.timing.json`), if there is one that tells."""
    beside = file.with_suffix(".timing.json")
    if not beside.is_file():
        return None
    try:
        told = msgspec.json.decode(_bytes(beside), type=_Timing)
    except msgspec.DecodeError as fault:
        raise InputError(f"{beside}: no timing ({fault})", _REMEDY) from fault
    return told.rows / told.seconds if told.seconds else None


def rows_digest(found: Sequence[Item]) -> str:
    """SHA-256 over what the rows are (id, cluster, label, kind, truth), whatever their order and scores."""
    seen = hashlib.sha256()
    for item in sorted(found, key=lambda item: item.id):
        told = (item.id, item.cluster, item.label, item.kind, item.truth)
        seen.update(msgspec.json.encode(told) + b"\n")
    return seen.hexdigest()


class _Timing(msgspec.Struct, frozen=True):
    seconds: Annotated[float, Meta(ge=0)]
    rows: Annotated[int, Meta(ge=0)]


def _items(file: Path) -> Iterator[Item]:
    for number, line in enumerate(_bytes(file).split(b"\n"), 1):
        if line.strip():
            try:
                yield msgspec.json.decode(line, type=Item)
            except (msgspec.DecodeError, UnicodeDecodeError) as fault:
                raise InputError(f"{file}, row {number}: no scored row ({fault})", _REMEDY) from fault


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise InputError(f"{file}: cannot be read ({fault.strerror})", "Name an existing file.") from fault
