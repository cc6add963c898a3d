"""Tables of stored summaries: every number with its interval and its signature, published ones beside and marked.

    python -m eval leaderboard SUMMARY... [--json FILE] [--markdown FILE]

A table holds one task on one set of rows. Numbers that depend on a threshold stand in a column that says where
the threshold comes from: fixed (as shipped), tuned (on a development split), oracle (on the test labels), given
(by hand). They are never mixed, and a published number has columns of its own.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from consistency.errors import InputError
from eval import stored
from eval.run import can_write, write
from eval.stored import HIGHER_IS_WORSE, THRESHOLD_FREE, Origin, Stored, Value

PUBLISHED: Final = Path(__file__).with_name("published.toml")
METRICS: Final = (
    "auc", "average_precision", "pairwise_consistency", "ece", "brier", "accuracy",
    "balanced_accuracy", "f1", "precision", "recall", "false_alarm_rate", "alarms_per_article",
)  # fmt: skip
"""The metrics of a table, in order; those without a value anywhere are left out."""
THREE_WAY: Final = "accuracy (three-way)"
COLUMNS: Final = (
    *METRICS[:5],
    THREE_WAY,
    *(f"{metric} ({of})" for of in ("fixed", "given") for metric in METRICS[5:]),
    "balanced_accuracy (tuned)",
    "balanced_accuracy (oracle)",
    *(f"{metric} (published)" for metric in METRICS),
)
"""Of tuned and oracle thresholds a table shows the metric they were chosen for; the JSON holds the others too."""
NAMES: Final = {"auc": "AUC", "ece": "ECE", "f1": "F1", "brier": "Brier"}


class Peer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers somebody else printed: one metric of several systems, on rows that are not ours."""

    task: str
    metric: str
    source: str
    rows: str
    threshold: str
    systems: dict[str, float]


class Line(msgspec.Struct, frozen=True):
    """One system in a table. `cells` by column, `signatures` by threshold origin."""

    system: str
    published: bool
    cells: dict[str, Value]
    signatures: dict[str, dict[str, Any]]
    n: int | None = None
    clusters: int | None = None


class Table(msgspec.Struct, frozen=True):
    """One task on one set of rows. A column is `metric`, `metric (origin)` or `metric (published)`."""

    task: str
    data: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    sources: tuple[str, ...] = ()


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The `leaderboard` command."""
    parser = commands.add_parser(
        "leaderboard",
        help="tables of stored summaries beside published numbers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("summaries", nargs="+", type=Path, metavar="SUMMARY", help="summaries, or folders of them")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the tables as JSON here")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables as Markdown here")
    parser.add_argument("--no-published", action="store_true", help="leave the published numbers of others out")
    parser.set_defaults(run=main)


def main(given: argparse.Namespace) -> int:
    """0 when the tables are made. Raises `ConsistencyError`s."""
    for target in (given.json, given.markdown):
        if target is not None:
            can_write(target)
    found = [stored.summary(file) for file in files(given.summaries)]
    made = tables(found, [] if given.no_published else peers())
    if given.json is not None:
        write(given.json, as_json(made))
    if given.markdown is not None:
        write(given.markdown, markdown(made))
    if given.json is None and given.markdown is None:
        print(markdown(made), end="")
    return 0


def files(named: Sequence[Path]) -> list[Path]:
    """Files as named; of a folder every summary in it. Raises `InputError` for a folder without one."""
    found: list[Path] = []
    for path in named:
        inside = sorted(file for file in path.glob("*.json") if not file.name.endswith(".timing.json"))
        if path.is_dir() and not inside:
            raise InputError(f"{path}: no summary in this folder", "Write some with `python -m eval results`.")
        found += inside if path.is_dir() else [path]
    return found


def peers(file: Path = PUBLISHED) -> list[Peer]:
    """The published numbers. Raises `InputError` naming the file."""
    try:
        told = tomllib.loads(file.read_text("utf-8"))
        return msgspec.convert(told.get("source", []), list[Peer])
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise InputError(f"{file}: {fault}", "It belongs to the repository.") from fault


def tables(found: Iterable[Stored], published: Sequence[Peer] = ()) -> list[Table]:
    """One table for each task and set of rows, by name. Raises `InputError` for two runs that claim one cell."""
    groups: dict[tuple[str, str], list[Stored]] = {}
    for one in found:
        groups.setdefault((one.task, one.sign("data")), []).append(one)
    return [_table(task, data, group, published) for (task, data), group in sorted(groups.items())]


def markdown(made: Sequence[Table], heading: str = "##") -> str:
    """The tables with the signature of every line under each."""
    return "\n".join("\n".join(_shown(table, heading)) for table in made)


def as_json(made: Sequence[Table]) -> str:
    """The tables as a JSON document."""
    return json.dumps(msgspec.to_builtins(list(made)), indent=2, sort_keys=True, ensure_ascii=True) + "\n"


def signature(told: dict[str, Any]) -> str:
    """A signature on one line, in a steady order."""
    return " ".join(f"{name}={plain(told[name])}" for name in sorted(told) if told[name] not in (None, ""))


def column(metric: str, of: Origin) -> str:
    """The column of a metric: its own where no threshold matters, else one for each origin."""
    return metric if metric in THRESHOLD_FREE else f"{metric} ({of})"


def _table(task: str, data: str, group: Sequence[Stored], published: Sequence[Peer]) -> Table:
    ours: dict[tuple[str, str], dict[Origin, Stored]] = {}
    for one in group:
        of = stored.origin(one.told_origin, f"{one.task}, {one.system}")
        runs = ours.setdefault((one.system, one.sign("sample")), {})
        if of in runs:
            told = f"two summaries hold task {task}, system {one.system}, threshold {of}, on the same rows"
            raise InputError(told, "Name one of them, or remove the older.")
        runs[of] = one
    beside = [peer for peer in published if peer.task == group[0].task_name]
    names = [next(iter(runs.values())).short for runs in ours.values()]
    lines = [_line(runs, twice=names.count(name) > 1) for name, runs in zip(names, ours.values(), strict=True)]
    lines.sort(key=_rank)
    theirs = [_theirs(name, beside) for name in sorted({name for peer in beside for name in peer.systems})]
    theirs.sort(key=_rank)
    used = {name for line in [*lines, *theirs] for name, cell in line.cells.items() if cell.value is not None}
    columns = tuple(name for name in COLUMNS if name in used)
    return Table(task, data, columns, (*lines, *theirs), tuple(_source(peer) for peer in beside))


def _line(runs: dict[Origin, Stored], *, twice: bool) -> Line:
    cells: dict[str, Value] = {}
    signatures: dict[str, dict[str, Any]] = {}
    for of, one in sorted(runs.items()):
        three_way = one.accuracy_of.startswith("three-way")
        for name, cell in one.metrics.items():
            cells[THREE_WAY if three_way and name == "accuracy" else column(name, of)] = cell
        signatures[of] = signed(one)
        for beside, at in one.thresholds.items():
            if at.threshold is not None and beside not in runs:
                if (said := stored.origin(at.origin, f"{one.task}, {one.system}")) != beside:
                    told = f"{one.task}, {one.system}: the column {beside} holds a threshold that is {said}"
                    raise InputError(told, "Write the summary anew with `python -m eval run`.")
                cells |= {column(name, beside): cell for name, cell in at.metrics.items()}
                signatures[beside] = signed(one) | {"threshold": at.threshold, "threshold_origin": at.origin}
    first = next(iter(runs.values()))
    return Line(first.system if twice else first.short, False, cells, signatures, first.n, first.clusters)


def signed(one: Stored) -> dict[str, Any]:
    """The whole signature of a summary, with what stands beside it."""
    told: dict[str, Any] = {"n": one.n, "clusters": one.clusters}
    brief = {"model": one.sign("model")[:16]}
    if one.threshold is not None:
        told["threshold"] = one.threshold
    return told | one.signature | brief


def _theirs(system: str, beside: Sequence[Peer]) -> Line:
    cells = {f"{peer.metric} (published)": Value(peer.systems[system]) for peer in beside if system in peer.systems}
    return Line(system, True, cells, {})


def _rank(line: Line) -> tuple[float, str]:
    """Best first by the first metric that stands in the line."""
    for name in COLUMNS:
        cell = line.cells.get(name)
        if cell is not None and cell.value is not None:
            worse = name.partition(" ")[0] in HIGHER_IS_WORSE
            return (cell.value if worse else -cell.value, line.system)
    return (1.0, line.system)


def _source(peer: Peer) -> str:
    return f"{_head(peer.metric)}: {peer.source}; rows: {peer.rows}; threshold: {peer.threshold}"


def _shown(table: Table, heading: str) -> Iterable[str]:
    yield f"{heading} {plain(table.task)}"
    yield ""
    heads = [_head(name) for name in table.columns]
    yield f"| system | n | clusters | {' | '.join(heads)} |".replace("|  |", "|")
    yield "| --- " * (3 + len(heads)) + "|"
    for line in table.lines:
        name = f"*{plain(line.system)}* (published)" if line.published else plain(line.system)
        counts = [f"{count:,}" if count is not None else "" for count in (line.n, line.clusters)]
        cells = [_cell(line.cells.get(name)) for name in table.columns]
        yield f"| {' | '.join([name, *counts, *cells])} |"
    yield ""
    for reason in _reasons(table):
        yield f"- {reason}"
    for line in table.lines:
        shown = {name.partition("(")[2].rstrip(")") for name in table.columns if name in line.cells}
        first = next(iter(line.signatures), "")
        for of, told in line.signatures.items():
            if of == first:
                yield f"- `{plain(line.system)}`: `{signature(told)}`"
            elif of in shown:
                at = {name: told[name] for name in ("threshold", "threshold_origin")}
                yield f"- `{plain(line.system)}`, {of}: the same with `{signature(at)}`"
    for source in table.sources:
        yield f"- published, not measured here: {plain(source)}"
    yield ""


def _reasons(table: Table) -> list[str]:
    told: dict[str, set[str]] = {}
    for line in table.lines:
        for name, cell in line.cells.items():
            if cell.value is None:
                told.setdefault(plain(cell.reason) or "no reason told", set()).add(_head(name.partition(" ")[0]))
    return [f"no value ({reason}): {', '.join(sorted(names))}" for reason, names in sorted(told.items())]


def _head(name: str) -> str:
    metric, space, of = name.partition(" ")
    return NAMES.get(metric, metric.replace("_", " ")) + space + of


def _cell(cell: Value | None) -> str:
    if cell is None or cell.value is None:
        return "–"
    if cell.low is None or cell.high is None:
        return f"{cell.value:.3f}"
    return f"{cell.value:.3f} [{cell.low:.3f}, {cell.high:.3f}]"


def plain(text: object) -> str:
    """One line that neither ends a cell nor drives a terminal."""
    return "".join(one if one.isprintable() and one not in "|`" else " " for one in str(text))
