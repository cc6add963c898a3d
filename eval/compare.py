"""Two systems on the same rows: the difference, how sure it is, and what a set of this size could tell apart.

    python -m eval compare ITEMS ITEMS [--metrics auc recall ...]
    python -m eval compare --task NAME --systems ONE OTHER [--data-dir DIR]

Clusters (documents, stories) change sides as a whole. A difference is second minus first; its interval is a paired
bootstrap, its p value a paired randomisation test, corrected after Holm over the metrics shown. `detectable` is the
smallest true difference that a test on rows like these finds four times out of five: a p value above 0.05 on a set
that could not have told is no proof that two systems are alike.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from consistency.errors import ConfigError, InputError
from consistency.progress import Waiting
from eval import significance, stored, tasks
from eval.formulas import FORMULAS
from eval.run import can_write, write
from eval.significance import Difference
from eval.stored import Item, Stored
from eval.suite import Suite

SHOWN: Final = tuple(name for name in FORMULAS if name != "accuracy")


class Compared(msgspec.Struct, frozen=True):
    """Two items files held against each other. `holm` = p values corrected over the metrics."""

    first: str
    second: str
    rows: int
    judged: int
    clusters: int
    matched: str
    metrics: dict[str, Difference]
    holm: dict[str, float]
    signature: dict[str, object]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The `compare` command."""
    parser = commands.add_parser(
        "compare",
        help="is one system better than another on the same rows",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("items", nargs="*", type=Path, metavar="ITEMS", help="two items files of the same rows")
    parser.add_argument("--task", metavar="NAME", help="run two systems on this task instead")
    parser.add_argument("--systems", nargs=2, metavar=("ONE", "OTHER"), help="the two systems")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where the task's rows are")
    parser.add_argument("--metrics", nargs="+", choices=list(FORMULAS), default=list(SHOWN), metavar="NAME")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="another seed, other draws (0)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the comparison here")
    parser.set_defaults(run=main)


def main(given: argparse.Namespace) -> int:
    """0 when the two are compared. Raises `ConsistencyError`s; nothing is written then."""
    if given.json is not None:
        can_write(given.json)
    if given.items and (given.task or given.systems or given.data_dir):
        raise ConfigError("items files and --task together", "Give two items files, or a task and two systems.")
    if given.items:
        if len(given.items) != 2:
            raise ConfigError(f"{len(given.items)} items files", "Give two.")
        one, other = given.items
        found = compare(one, other, given.metrics, seed=given.seed)
    else:
        found = _of_task(given)
    if given.json is not None:
        write(given.json, as_json(found))
    print(show(found))
    return 0


def compare(one: Path, other: Path, metrics: Sequence[str] = SHOWN, *, seed: int = 0) -> Compared:
    """Two items files. Raises `InputError` where they are not of the same rows or the same data."""
    first, second = stored.items(one), stored.items(other)
    summaries = (stored.summary_beside(one), stored.summary_beside(other))
    _same_data(one, other, *summaries)
    by_id = {item.id: item for item in second}
    matched = sum(item.id in by_id and _same(item, by_id[item.id]) for item in first)
    told = f"{matched} of {len(first)} and {len(second)} rows match"
    if matched != len(first) or matched != len(second):
        why = _difference(first, by_id)
        raise InputError(f"{one} and {other}: {told} ({why})", "Run both systems on the same files.")
    second = [by_id[item.id] for item in first]
    here, there = stored.columns(first), stored.columns(second)
    found = {name: significance.compare(here, there, name, seed=seed) for name in metrics}
    names = [summary.system if summary else file.stem for summary, file in zip(summaries, (one, other), strict=True)]
    if names[0] == names[1]:
        names = [str(one), str(other)]
    return Compared(
        first=names[0],
        second=names[1],
        rows=len(first),
        judged=sum(item.truth is not None for item in first),
        clusters=len({item.cluster for item in first if item.truth is not None}),
        matched=told,
        metrics=found,
        holm=significance.holm({name: one.p for name, one in found.items() if one.p is not None}),
        signature={
            "rows": stored.rows_digest(first)[:16],
            "seed": seed,
            "first": summaries[0].signature if summaries[0] else {},
            "second": summaries[1].signature if summaries[1] else {},
        },
    )


def show(found: Compared) -> str:
    """A line a metric for a person."""
    lines = [
        f"first: {found.first}",
        f"second: {found.second}",
        f"{found.matched}; {found.judged} with a truth in {found.clusters} clusters",
        "",
        f"{'':22}{'first':>8}{'second':>8}{'diff':>9}  {'95 %':^18}{'p':>8}{'Holm':>8}{'detectable':>12}  better",
    ]
    for name, one in found.metrics.items():
        lines.append(_line(name, one, found.holm.get(name)))
    return "\n".join(lines)


def as_json(found: Compared) -> str:
    """The comparison as a JSON document."""
    return json.dumps(msgspec.to_builtins(found), indent=2, sort_keys=True) + "\n"


def _of_task(given: argparse.Namespace) -> Compared:
    if not given.task or not given.systems:
        raise ConfigError("nothing to compare", "Give two items files, or --task NAME --systems ONE OTHER.")
    if given.systems[0] == given.systems[1]:
        raise ConfigError(f"{given.systems[0]} twice", "Name two systems.")
    with tempfile.TemporaryDirectory() as folder, Waiting(show=True) as waiting:
        suite = Suite(given.data_dir, seed=given.seed)
        for system in given.systems:
            if why := suite.why_not(given.task, system):
                raise InputError(f"task {given.task}, system {system}: {why}", tasks.get(given.task).obtain)
        runs = [suite.run(given.task, one, Path(folder), progress=partial(waiting, one)) for one in given.systems]
        return compare(runs[0].items, runs[1].items, given.metrics, seed=given.seed)


def _same_data(one: Path, other: Path, first: Stored | None, second: Stored | None) -> None:
    for name in ("task", "data", "sample"):
        here, there = (summary.sign(name) if summary else "" for summary in (first, second))
        if first and second and here != there:
            told = f"{one} and {other}: {name} {here or 'none'} and {there or 'none'} differ"
            raise InputError(told, "Run both systems on the same rows.")


def _same(item: Item, other: Item) -> bool:
    return (item.label, item.cluster, item.truth, item.kind) == (other.label, other.cluster, other.truth, other.kind)


def _difference(first: Sequence[Item], second: dict[str, Item]) -> str:
    """The first row that does not match, and how."""
    for item in first:
        if item.id not in second:
            return f"row {item.id[:60]!r} is in the first alone"
        if not _same(item, second[item.id]):
            return f"row {item.id[:60]!r} has another label, cluster or kind"
    known = {item.id for item in first}
    return f"row {next(one for one in second if one not in known)[:60]!r} is in the second alone"


def _line(name: str, one: Difference, holm: float | None) -> str:
    if one.difference is None:
        return f"{name:22}{f'none ({one.reason})':>8}"
    told = f"{name:22}{one.first:8.3f}{one.second:8.3f}{one.difference:+9.3f}"
    if one.low is None or one.high is None or one.p is None:
        return f"{told}  ({one.reason})"
    edges = f"[{one.low:+.3f}, {one.high:+.3f}]"
    corrected = f"{holm:8.4f}" if holm is not None else ""
    return f"{told}  {edges:^18}{one.p:8.4f}{corrected}{one.detectable or 0:12.3f}  {one.better or 'not told apart'}"
