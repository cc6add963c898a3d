"""A system on rows: a score a row, metrics with intervals, a signature on every number.

    python -m eval run --data FILE [FILE ...] --system NAME --json SUMMARY --items ROWS
    python -m eval run --task NAME --data-dir DIR [--split S] --system NAME

A score says how inconsistent a row is, 0 to 1. Files are pooled; labels that are neither consistent nor
inconsistent are reported apart. Scores are kept as they are made: a run that was interrupted goes on where
it stood. Seconds go to a file of their own beside ROWS (.timing.json), so that two runs with one seed give
the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from consistency.errors import ConfigError, OutputError
from consistency.progress import Waiting
from eval import run, systems, thresholds, work
from eval.store import Store, usual_path
from eval.work import Work


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The `run` command."""
    listed = "\n".join(
        f"  {f'{name}:{one.argument}' if one.argument else name:20}{one.told}"
        + (f" (options {', '.join(sorted(one.knows))})" if one.knows else "")
        for name, one in systems.SYSTEMS.items()
    )
    parser = commands.add_parser(
        "run",
        help="score rows with a system and print its metrics",
        description=__doc__,
        epilog=f"systems:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    rows = parser.add_mutually_exclusive_group(required=True)
    rows.add_argument("--data", nargs="+", type=Path, metavar="FILE", help="unified JSON lines, pooled")
    rows.add_argument("--task", metavar="NAME", help="a task of `python -m eval list`")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where the task's rows are")
    parser.add_argument("--split", default="", metavar="S", help="of the task (its first)")
    parser.add_argument("--sample", type=_count, metavar="N", help="whole clusters, up to N rows; the same every time")
    parser.add_argument("--system", default="nli", metavar="NAME", help="one of those below (nli)")
    parser.add_argument("--option", nargs="+", default=[], metavar="KEY=VALUE", help="of the system, see below")
    parser.add_argument("--train-data", nargs="+", default=[], type=Path, metavar="FILE", help="what tfidf learns from")
    parser.add_argument("--threshold", type=float, metavar="T", help="verdict from this score on (as shipped)")
    tune = parser.add_mutually_exclusive_group()
    tune.add_argument("--tune-data", nargs="+", type=Path, metavar="FILE", help="development rows to tune a threshold")
    tune.add_argument("--tune-task", metavar="NAME", help="a task with a development split to tune a threshold")
    parser.add_argument("--json", type=Path, metavar="SUMMARY", help="write the summary here")
    parser.add_argument("--items", type=Path, metavar="ROWS", help="write one JSON line a row here")
    parser.add_argument("--timing", type=Path, metavar="FILE", help="write the seconds here, not beside ROWS")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="another seed, other resamples (0)")
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--store", type=Path, metavar="FILE", help=f"where scores are kept ({usual_path()})")
    kept.add_argument("--no-store", action="store_true", help="keep no scores")
    parser.set_defaults(run=main)


def main(given: argparse.Namespace) -> int:
    """0 when the run is done. Raises `ConsistencyError`s; nothing is written then."""
    for path in (given.json, given.items, given.timing):
        if path is not None:
            run.can_write(path)
    at = None if given.threshold is None else thresholds.given(given.threshold)
    options = _options(given.option)
    rows = _rows(given)
    tune = _tune(given)
    with _store(given) as store, Waiting(show=True) as waiting:
        system = systems.load(given.system, options, store=store, train=given.train_data, unit=rows.unit)
        done = run.measure(
            rows,
            system,
            store,
            threshold=at,
            tune=tune,
            seed=given.seed,
            progress=lambda part, whole: waiting("scoring", part, whole),
        )
    run.save(done, given.json, given.items, given.timing)
    print(run.show(done.summary))
    return 0


def _rows(given: argparse.Namespace) -> Work:
    if given.data and (given.split or given.data_dir):
        raise ConfigError("--split and --data-dir go with --task", "Leave them out, or name a task.")
    found = work.from_files(given.data) if given.data else work.from_task(given.task, given.split, given.data_dir)
    return found.drawn(given.sample, given.seed) if given.sample else found


def _tune(given: argparse.Namespace) -> Work | None:
    if given.tune_data:
        thresholds.refuse_test(given.tune_data)
        return work.from_files(given.tune_data)
    if given.tune_task:
        found = work.from_task(given.tune_task, "", given.data_dir)
        if found.role == "test":
            raise ConfigError(f"task {found.name} is marked test", "Tune on a development split.")
        return found
    return None


def _store(given: argparse.Namespace) -> Store:
    """The store that was asked for; the usual one, or none where the usual one cannot be had."""
    if given.no_store:
        return Store()
    if given.store is not None:
        return Store(given.store)
    try:
        return Store(usual_path())
    except OutputError as fault:
        print(f"note: {fault}; scores are not kept", file=sys.stderr)
        return Store()


def _options(given: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in given:
        key, equals, value = one.partition("=")
        if not equals or not key or key in found:
            raise ConfigError(f"option {one!r} is no KEY=VALUE, or is given twice", "For example direction=forward.")
        found[key] = value
    return found


def _count(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = 0
    if value < 1:
        raise argparse.ArgumentTypeError("must be a number from 1 on")
    return value
