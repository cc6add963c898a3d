"""A system on unified rows: a score a row, metrics with intervals, a signature on every number.

Scores are kept as they are made: an interrupted run goes on where it stood. Seconds go to a file of their own
(ROWS with the suffix .timing.json), so that two runs with the same seed give the same bytes.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from consistency.errors import InputError, OutputError
from consistency.pipeline import tool_version
from eval import formulas, metrics, systems, thresholds
from eval.formulas import Items
from eval.metrics import DRAWS, Metric
from eval.rows import Row
from eval.store import Store, Told, code_digest, row_digest
from eval.systems import System
from eval.thresholds import At, Threshold
from eval.work import NLI, Work, from_files

DIGITS: Final = 6
_BLOCK: Final = 512
"""Rows that are scored together, and kept together."""


class Pairwise(msgspec.Struct, frozen=True):
    """Pairs of an inconsistent and a consistent row in one cluster; ties count half."""

    pairs: int
    ties: int


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a run found, at the threshold that the signature names.

    `neither` counts rows whose label is no verdict; they are scored, and measured by three-way accuracy alone.
    `thresholds` holds the metrics that read verdicts in three columns. `not_compared` counts rows the system could
    not compare (they score 0 and stay in n), `unread` pairs too long for the model.
    """

    metrics: dict[str, Metric]
    thresholds: dict[str, At]
    kinds: dict[str, dict[str, object]]
    n: int
    consistent: int
    inconsistent: int
    neither: dict[str, int]
    dropped: dict[str, int]
    clusters: int
    not_compared: int
    unread: int
    pairwise: Pairwise
    accuracy_of: str
    threshold: float
    signature: dict[str, str | int | float]


class Run(msgspec.Struct, frozen=True):
    """A run: its summary, one line of JSON a row, the seconds its scores took whenever they were made."""

    summary: Summary
    items: list[str]
    seconds: float
    reused: int


def run(
    files: Sequence[Path],
    system_name: str,
    *,
    threshold: float | None = None,
    items: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    store: Store | None = None,
    seed: int = 0,
) -> Summary:
    """All rows of all files, pooled; see `measure`. With `items`, one JSON line a row is written there."""
    at = None if threshold is None else thresholds.given(threshold)
    if items is not None:
        can_write(items)
    work = from_files(files)
    kept = store or Store()
    done = measure(work, systems.load(system_name, store=kept), kept, threshold=at, seed=seed, progress=progress)
    if items is not None:
        write(items, "".join(done.items))
    return done.summary


def measure(
    work: Work,
    system: System,
    store: Store | None = None,
    *,
    threshold: Threshold | None = None,
    tune: Work | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Scores the rows and measures them. `threshold` None = the system's own; `tune` = development rows to tune one on.

    Raises `InputError` where `tune` shares a row with `work` or has one class, `OutputError` where scores
    cannot be kept.
    """
    kept = store or Store()
    chosen = threshold or system.fixed
    if tune is not None:
        _apart(work, tune)
    told, seconds, reused = scored(system, work.rows, kept, progress)
    columns = _items(work, told, chosen.value)
    judged = columns.where(columns.truth >= 0)
    three_way = bool(columns.right.size)
    found = metrics.measure(judged, seed=seed)
    if three_way:
        found["accuracy"] = metrics.measure(columns, ["accuracy"], seed=seed)["accuracy"]
    pairs = formulas.pairs_within(judged).sum(axis=0)
    summary = Summary(
        metrics=found,
        thresholds=_columns(
            judged, system.fixed, chosen, _tuned(system, tune, kept) if tune is not None else None, seed
        ),
        kinds=metrics.kinds(columns, [row.kind for row in work.rows], seed=seed),
        n=len(judged.truth),
        consistent=int((judged.truth == 0).sum()),
        inconsistent=int((judged.truth == 1).sum()),
        neither=_counted(row.label for row in work.rows if row.truth is None),
        dropped=work.dropped,
        clusters=judged.clusters,
        not_compared=sum(not one.compared for one in told),
        unread=sum(one.unread for one in told),
        pairwise=Pairwise(int(pairs[2]), int(pairs[1])),
        accuracy_of="three-way, argmax of the forward scores" if three_way else "two-way, at the threshold",
        threshold=chosen.value,
        signature=_signature(work, system, judged, chosen, seed),
    )
    lines = [_line(work, row, one, chosen.value) for row, one in zip(work.rows, told, strict=True)]
    return Run(summary, lines, seconds, reused)


def scored(
    system: System, rows: Sequence[Row], store: Store, progress: Callable[[int, int], None] | None = None
) -> tuple[list[Told], float, int]:
    """One `Told` a row, the seconds they took whenever that was, and how many were known before.

    Blocks have fixed edges: a run that goes on asks the model in the same batches as one that was never ended.
    """
    if not system.keeps:
        start = time.perf_counter()
        told = [_rounded(one) for one in system.tell(rows, progress)]
        return told, time.perf_counter() - start, 0
    key = f"{system.signature}/{code_digest()}"
    names = [row_digest(row) for row in rows]
    found = store.items(key, names)
    reused = sum(name in found for name in names)
    for start in range(0, len(rows), _BLOCK):
        block = {names[at]: rows[at] for at in range(start, min(start + _BLOCK, len(rows)))}
        missing = {name: row for name, row in block.items() if name not in found}
        if missing:
            began = time.perf_counter()
            answers = map(_rounded, system.tell(list(missing.values()), _within(progress, start, block, len(rows))))
            fresh = dict(zip(missing, answers, strict=True))
            each = (time.perf_counter() - began) / len(missing)
            store.keep_items(key, fresh, each)
            found.update({name: (one, each) for name, one in fresh.items()})
        if progress is not None:
            progress(min(start + _BLOCK, len(rows)), len(rows))
    return [found[name][0] for name in names], sum(found[name][1] for name in names), reused


def save(done: Run, summary: Path | None, items: Path | None, timing: Path | None = None) -> None:
    """Writes what is wanted, each file whole or not at all; seconds beside the items, or beside the summary."""
    if items is not None:
        write(items, "".join(done.items))
    if summary is not None:
        write(summary, as_json(done.summary))
    beside = timing or (base.with_suffix(".timing.json") if (base := items or summary) else None)
    if beside is not None:
        rows = len(done.items)
        speed = round(rows / done.seconds, 3) if done.seconds > 0 else None
        told = {"seconds": round(done.seconds, 3), "rows": rows, "rows_per_second": speed, "reused": done.reused}
        write(beside, json.dumps(told, sort_keys=True) + "\n")


def write(path: Path, text: str) -> None:
    """Writes whole or not at all. Raises `OutputError`."""
    half = path.with_name(f".{path.name}.half")
    try:
        half.write_text(text, encoding="utf-8")
        os.replace(half, path)
    except OSError as fault:
        half.unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written ({fault})", "Name a file in a folder that exists.") from fault


def can_write(path: Path) -> None:
    """Raises `OutputError` for a path that no file can be written to: better before a long run than after it."""
    if path.is_dir() or not os.access(path.parent, os.W_OK):
        raise OutputError(f"{path}: cannot be written", "Name a file in a folder that exists.")


def as_json(summary: Summary) -> str:
    """The summary as a JSON document."""
    return json.dumps(msgspec.to_builtins(summary), indent=2, sort_keys=True) + "\n"


def show(summary: Summary) -> str:
    """The summary as a few lines for a person."""
    signed = summary.signature
    lines = [
        f"{signed['task'] or signed['files']}: {summary.n} rows ({summary.inconsistent} inconsistent), "
        f"{summary.clusters} clusters, {signed['system']}",
        f"threshold {summary.threshold:g} ({signed['threshold_origin']}); 95 % intervals over clusters",
    ]
    lines += [f"  {line}" for line in metrics.show(summary.metrics)]
    if summary.pairwise.pairs:
        told = f"{summary.pairwise.ties:,} ties in {summary.pairwise.pairs:,} pairs, counted half"
        lines.append(f"  pairwise consistency: {told}")
    lines.append(f"  accuracy: {summary.accuracy_of}")
    for name, column in summary.thresholds.items():
        worth = column.metrics.get("balanced_accuracy")
        if column.threshold is None or worth is None or worth.value is None:
            lines.append(f"  {name:8}none ({column.reason or (worth.reason if worth else '')})")
        else:
            lines.append(f"  {name:8}balanced accuracy {worth.value:.3f} at {column.threshold:g} ({column.origin})")
    if summary.neither:
        lines.append("  not measured: " + ", ".join(f"{count} {label}" for label, count in summary.neither.items()))
    for count, what in (
        (summary.not_compared, "rows not compared, counted as quiet"),
        (summary.unread, "pairs too long"),
    ):
        if count:
            lines.append(f"  {count} {what}")
    return "\n".join(lines)


def _columns(judged: Items, fixed: Threshold, chosen: Threshold, tuned: Threshold | None, seed: int) -> dict[str, At]:
    """Fixed, tuned, oracle; and a given one in a column of its own."""
    none = At(None, "tuned", reason="no development split was named")
    told = {
        "fixed": thresholds.at(judged, fixed, seed=seed),
        "tuned": thresholds.at(judged, tuned, seed=seed) if tuned else none,
        "oracle": thresholds.oracle(judged, seed=seed),
    }
    if chosen.column == "given":
        told["given"] = thresholds.at(judged, chosen, seed=seed)
    return told


def _tuned(system: System, tune: Work, store: Store) -> Threshold:
    told, _, _ = scored(system, tune.rows, store)
    return thresholds.tuned(_items(tune, told, 0.5), tune.name)


def _apart(work: Work, tune: Work) -> None:
    measured = {(row.premise, row.hypothesis): row.id for row in work.rows}
    for row in tune.rows:
        if row.premise != row.hypothesis and (row.premise, row.hypothesis) in measured:
            told = f"row {row.id} of {tune.name} is measured too, as {measured[row.premise, row.hypothesis]}"
            raise InputError(told, "Tune on rows that are not measured.")


def _items(work: Work, told: Sequence[Told], threshold: float) -> Items:
    right = [_right(row, one) for row, one in zip(work.rows, told, strict=True)]
    three_way = work.three_way and all(one.nli is not None or not one.compared for one in told)
    return formulas.items(
        [row.truth for row in work.rows],
        [one.score for one in told],
        [row.cluster for row in work.rows],
        threshold,
        right if three_way and any(one.nli is not None for one in told) else None,
        [one.alarms if work.article(row) else None for row, one in zip(work.rows, told, strict=True)],
    )


def _right(row: Row, told: Told) -> bool | None:
    """Whether the likeliest of the three is the label; what could not be compared is neutral."""
    if row.label not in NLI:
        return None
    return verdict(told.nli or (0.0, 1.0, 0.0)) == row.label


def verdict(nli: tuple[float, float, float]) -> str:
    """The likeliest of the three; of equals the first named."""
    return NLI[max(range(3), key=lambda at: nli[at])]


def _line(work: Work, row: Row, told: Told, threshold: float) -> str:
    shown: dict[str, Any] = {
        "id": row.id,
        "cluster": row.cluster,
        "kind": row.kind,
        "label": row.label,
        "truth": row.truth,
        "score": told.score,
        "verdict": told.score >= threshold,
    }
    if told.nli is not None:
        shown["nli"] = {**dict(zip(NLI, told.nli, strict=True)), "label": verdict(told.nli)}
        if work.three_way:
            shown["right"] = _right(row, told)
    if told.alarms is not None and work.article(row):
        shown["alarms"] = told.alarms
    if told.reported is not None:
        shown["reported"] = msgspec.to_builtins(told.reported)
    if not told.compared:
        shown["compared"] = False
    return json.dumps(shown, sort_keys=True) + "\n"


def _signature(
    work: Work, system: System, judged: Items, threshold: Threshold, seed: int
) -> dict[str, str | int | float]:
    return {
        "task": work.task,
        "split": f"{work.split} ({work.role})" if work.task else "",
        "files": " ".join(work.files),
        "sample": work.sample or "all rows",
        "n": len(judged.truth),
        "clusters": judged.clusters,
        "data": work.digest[:16],
        "system": system.signature,
        "model": system.model,
        "threshold": threshold.value,
        "threshold_origin": threshold.origin,
        "tool": tool_version(),
        "code": code_digest(),
        "seed": seed,
        "draws": DRAWS,
    }


def _rounded(told: Told) -> Told:
    """Rounded before anything is measured, so that the items give the metrics again to the last digit."""
    return msgspec.structs.replace(told, score=round(min(1.0, max(0.0, told.score)), DIGITS) + 0.0)


def _within(
    progress: Callable[[int, int], None] | None, start: int, block: Mapping[str, Row], total: int
) -> Callable[[int, int], None] | None:
    """Progress in a block as progress in rows of the whole."""
    if progress is None:
        return None
    told = progress
    return lambda done, of: told(start + done * len(block) // max(1, of), total)


def _counted(labels: Any) -> dict[str, int]:
    return dict(sorted(Counter(labels).items()))
