"""The gate: floors under the quality, and nobody lowers one in passing.

    python -m eval gate [--data-dir DIR] [--update [--lower]]

`eval/floors.json` pins recall (not below) and alarms (not above) on our own pairs and headlines, pooled and by kind,
for the systems `nli` and `tool`; and numbers on the development sets, keyed by the digest of their data. Without
--data-dir the development sets are not checked, and the gate says so. Exit code 1 when a floor does not hold.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from consistency.errors import InputError
from consistency.progress import Waiting
from eval import stored
from eval.run import can_write, write
from eval.stored import HIGHER_IS_WORSE, Item, Stored
from eval.suite import Suite, development, fits

FLOORS: Final = Path(__file__).with_name("floors.json")
OWN: Final = ("own_pairs", "own_headlines")
SYSTEMS: Final = ("nli", "tool")
PINNED: Final = (
    "auc", "average_precision", "balanced_accuracy", "recall", "false_alarm_rate", "pairwise_consistency",
    "alarms_per_article",
)  # fmt: skip
"""The metrics of a development set that get a floor, where they apply."""
MARGIN: Final = 0.01
"""A floor lies this far under what was measured, or one row, whichever is more."""
Progress = Callable[[str, int, int], None]


class Floors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one system must reach on one set of rows. `model` and `threshold` say where the floors were measured.

    A name in `floors` is a metric, or `metric:kind`. Of alarms the value is the most that is let pass.
    """

    task: str
    data: str
    system: str
    model: str
    threshold: float
    n: int
    floors: dict[str, float]


class Measured(msgspec.Struct, frozen=True):
    """What one system reached. `rows` says how many rows stand behind each value."""

    task: str
    data: str
    system: str
    model: str
    threshold: float
    n: int
    values: dict[str, float]
    rows: dict[str, int]


class Fallen(msgspec.Struct, frozen=True):
    """A floor that does not hold. `found` None = the run gives no such number any more."""

    task: str
    system: str
    name: str
    floor: float
    found: float | None


class Moved(msgspec.Struct, frozen=True):
    """A floor that an update changes; None = it was not there, or is no longer."""

    task: str
    system: str
    name: str
    old: float | None
    new: float | None

    @property
    def lowered(self) -> bool:
        """Whether less is asked than before."""
        if self.old is None or self.new is None:
            return self.new is None
        return self.new > self.old if _is_alarm(self.name) else self.new < self.old


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The `gate` command."""
    parser = commands.add_parser(
        "gate",
        help="hold the floors",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="also check the development sets in this folder")
    parser.add_argument("--floors", type=Path, default=FLOORS, metavar="FILE", help="another file of floors")
    parser.add_argument("--update", action="store_true", help="measure, and write the floors anew")
    parser.add_argument("--lower", action="store_true", help="with --update: floors may be lowered")
    parser.set_defaults(run=main)


def main(given: argparse.Namespace) -> int:
    """0 when every floor that was checked holds, 1 when one does not or would be lowered. Raises `ConsistencyError`."""
    if given.lower and not given.update:
        raise InputError("--lower without --update", "Floors are lowered by `gate --update --lower`.")
    old = [] if given.update and not given.floors.exists() else read(given.floors)
    if given.update:
        can_write(given.floors)
        return _update(given.floors, old, given.data_dir, lower=given.lower)
    return _check(old, given.data_dir)


def read(file: Path) -> list[Floors]:
    """The floors of a file. Raises `InputError` naming it."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=list[Floors])
    except OSError as fault:
        raise InputError(f"{file}: cannot be read ({fault.strerror})", "`gate --update` writes it.") from fault
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise InputError(f"{file}: no floors ({fault})", "Mend it, or write it with `gate --update`.") from fault
    seen = [_key(one) for one in found]
    twins = {key for key in seen if seen.count(key) > 1}
    if twins:
        raise InputError(f"{file}: two entries for {' '.join(min(twins))}", "Keep one of them.")
    return found


def measure(items: Sequence[Item], by_kind: bool = True) -> tuple[dict[str, float], dict[str, int]]:
    """Recall and alarms, pooled and by kind, with the rows behind each. Rows without a truth do not count."""
    groups: dict[str, list[bool]] = {}
    for item in items:
        if item.truth is not None:
            name = "recall" if item.truth else "false_alarm_rate"
            for key in (name, f"{name}:{item.kind}") if by_kind and item.kind else (name,):
                groups.setdefault(key, []).append(item.verdict)
    shares = {key: sum(verdicts) / len(verdicts) for key, verdicts in sorted(groups.items())}
    return shares, {key: len(verdicts) for key, verdicts in sorted(groups.items())}


def fallen(floors: Floors, found: Measured) -> list[Fallen]:
    """The floors that do not hold."""
    return [
        Fallen(floors.task, floors.system, name, floor, found.values.get(name))
        for name, floor in sorted(floors.floors.items())
        if not _holds(name, floor, found.values.get(name))
    ]


def floors_of(found: Measured) -> Floors:
    """New floors: what was measured, less a margin, rounded so that they ask for less."""
    asked = {name: _floor(name, value, found.rows.get(name, found.n)) for name, value in sorted(found.values.items())}
    return Floors(found.task, found.data, found.system, found.model, found.threshold, found.n, asked)


def moved(old: Sequence[Floors], new: Sequence[Floors]) -> list[Moved]:
    """Every floor of `new`'s sets and systems that changes, comes or goes."""
    before = {_key(one): one.floors for one in old}
    found: list[Moved] = []
    for one in new:
        was = before.get(_key(one), {})
        for name in sorted(was.keys() | one.floors.keys()):
            if was.get(name) != one.floors.get(name):
                found.append(Moved(one.task, one.system, name, was.get(name), one.floors.get(name)))
    return found


def _key(one: Floors | Measured) -> tuple[str, ...]:
    """Our own pairs are one set whatever their text is now: changing them does not shed their floors."""
    return (one.task, one.system) if one.task in OWN else (one.task, one.system, one.data)


def _check(floors: Sequence[Floors], data_dir: Path | None) -> int:
    own = {(one.task, one.system): one for one in floors if one.task in OWN}
    missing = [f"{task} {system}" for task in OWN for system in SYSTEMS if (task, system) not in own]
    if missing:
        raise InputError(f"no floors for {', '.join(missing)}", "Write them with `gate --update`.")
    faults: list[Fallen] = []
    broken = False
    for found in _run_own():
        asked = own[found.task, found.system]
        if asked.data != found.data:
            print(f"{found.task}, {found.system}: the pairs changed since its floors were written: run `gate --update`")
            broken = True
        faults += _told(asked, found)
    faults += _check_development([one for one in floors if one.task not in OWN], data_dir)
    if faults:
        print("\n".join(["", *_fallen_table(faults)]))
    return 1 if faults or broken else 0


def _made_with(one: Floors | Measured) -> str:
    return f"model {one.model[:12]} at threshold {one.threshold:g}"


def _check_development(floors: Sequence[Floors], data_dir: Path | None) -> list[Fallen]:
    if data_dir is None:
        print("development sets: not checked (give --data-dir DIR, or make gate DATA=DIR)")
        return []
    suite = Suite(data_dir)
    faults: list[Fallen] = []
    checked = 0
    for task, system in sorted({(one.task, one.system) for one in floors}):
        if why := suite.why_not(task, system):
            print(f"{task}, {system}: not checked ({why})")
            continue
        found = _measured(suite, task, system, quick=True)
        same = [one for one in floors if _key(one) == _key(found)]
        if not same:
            print(f"{task}, {system}: not checked (its floors are of other rows)")
        for asked in same:
            checked += 1
            faults += _told(asked, found)
    if not checked:
        raise InputError(f"{data_dir}: no development set was checked", "Name the folder that has rows with floors.")
    return faults


def _told(asked: Floors, found: Measured) -> list[Fallen]:
    """Prints how a set fares, and gives what fell."""
    faults = fallen(asked, found)
    held = len(asked.floors) - len(faults)
    then, now = _made_with(asked), _made_with(found)
    other = "" if then == now else f" (measured with {then}, now {now})"
    print(f"{asked.task}, {asked.system}, n={found.n}: {held} of {len(asked.floors)} floors hold{other}")
    return faults


def _update(file: Path, old: Sequence[Floors], data_dir: Path | None, *, lower: bool) -> int:
    measured = [*_run_own()]
    if data_dir is not None:
        measured += _run_development(data_dir)
    new = [floors_of(found) for found in measured]
    changes = moved(old, new)
    lowered = [change for change in changes if change.lowered]
    print("\n".join(_moved_table(changes)) if changes else "no floor changes")
    if lowered and not lower:
        print(f"\n{len(lowered)} floors would be lowered: nothing is written; `gate --update --lower` does it")
        return 1
    kept = {_key(one): one for one in [*old, *new]}
    ordered = [kept[key] for key in sorted(kept)]
    write(file, json.dumps(msgspec.to_builtins(ordered), indent=1, sort_keys=True) + "\n")
    return 0


def _run_own() -> list[Measured]:
    suite = Suite()
    return [_measured(suite, task, system, quick=False) for task in OWN for system in SYSTEMS]


def _run_development(data_dir: Path) -> list[Measured]:
    """On the suite's quick samples, which are fixed: the gate must not take half an hour."""
    suite = Suite(data_dir)
    pairs = [(task, system) for task in development() for system in SYSTEMS]
    there = [(task, system) for task, system in pairs if not suite.why_not(task, system) and fits(task, system)]
    return [_measured(suite, task, system, quick=True) for task, system in there]


def _measured(suite: Suite, task: str, system: str, *, quick: bool) -> Measured:
    """A run of its own: what was scored before this gate does not count."""
    with tempfile.TemporaryDirectory() as folder, Waiting(show=True) as waiting:
        done = suite.run(task, system, Path(folder), quick=quick, progress=partial(waiting, f"{task}, {system}"))
        items, summary = stored.items(done.items), stored.summary(done.summary)
    values, rows = measure(items) if task in OWN else _of_summary(summary.metrics)
    model, threshold = summary.sign("model"), summary.threshold or 0.0
    return Measured(task, data_of(summary), system, model, threshold, summary.n, values, rows)


def data_of(summary: Stored) -> str:
    """What the floors are keyed by: the data's digest, and the sample of it where one was drawn."""
    return " ".join(told for told in (summary.sign("data"), summary.sign("sample")) if told not in ("", "all rows"))


def _of_summary(metrics: Mapping[str, stored.Value]) -> tuple[dict[str, float], dict[str, int]]:
    values = {name: metrics[name].value for name in PINNED if name in metrics}
    return {name: value for name, value in values.items() if value is not None}, {}


def _is_alarm(name: str) -> bool:
    return name.partition(":")[0] in HIGHER_IS_WORSE


def _holds(name: str, floor: float, found: float | None) -> bool:
    if found is None:
        return False
    return found <= floor if _is_alarm(name) else found >= floor


def _floor(name: str, value: float, rows: int) -> float:
    margin = max(MARGIN, 1 / rows)
    if _is_alarm(name):
        return math.ceil(round((value + margin) * 100, 6)) / 100
    return max(0.0, math.floor(round((value - margin) * 100, 6)) / 100)


def _fallen_table(faults: Sequence[Fallen]) -> list[str]:
    lines = [("set", "system", "number", "asked", "found")]
    for fault in faults:
        sign = "<=" if _is_alarm(fault.name) else ">="
        lines.append((fault.task, fault.system, fault.name, f"{sign} {fault.floor:g}", _shown(fault.found)))
    return _aligned(lines)


def _moved_table(changes: Sequence[Moved]) -> list[str]:
    lines = [("set", "system", "number", "floor", "")]
    for one in changes:
        mark = "lowered" if one.lowered else "new" if one.old is None else "raised"
        lines.append((one.task, one.system, one.name, f"{_shown(one.old)} -> {_shown(one.new)}", mark))
    return _aligned(lines)


def _shown(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")


def _aligned(lines: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
