"""The results page: every development set, our systems and baselines, from stored results, by one command.

    python -m eval results --data-dir DIR [--quick] [--tasks NAME ...] [--systems NAME ...]

Each run leaves a summary, its items and its seconds in a folder (`runs/results`), from which the page is made:
--page-only makes it again without scoring anything. --quick draws fixed samples of documents, has a folder and a page
of its own, and never touches the full one. What cannot be run is left out, and the page says why.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from consistency.errors import ConfigError, ConsistencyError, InputError, OutputError
from consistency.progress import Waiting
from eval import by_check, leaderboard, stored, tasks
from eval.leaderboard import Line, Table
from eval.run import can_write, write
from eval.store import Store, usual_path
from eval.stored import Value
from eval.suite import Suite, stem, suite_pairs

RUNS: Final = Path("runs") / "results"
PAGE: Final = Path("docs") / "results.md"
LEFT_OUT: Final = "left-out.list"
UNITS: Final = {
    "pair": "Sentence pairs",
    "document-claim": "A document and a claim or summary",
    "story": "Whole articles",
    "alignment": "Alignment",
}
HEADLINE: Final = ("auc", "recall (fixed)", "false_alarm_rate (fixed)", "alarms_per_article (fixed)")
_HEAD: Final = """\
# Results

Made by `{command}` from the stored results; not written by hand.

- Every value stands with its 95 % interval, from a bootstrap over clusters (documents, stories, premises): sentences of
  one document are no independent witnesses.
- A score says how inconsistent a row is. AUC and average precision need no threshold; recall and false alarms are at a
  threshold, and the column says whose: fixed (as shipped), tuned (on a development split that is named), oracle (on the
  test labels, which nobody has). They never share a column.
- A set with one class has recall or a false-alarm rate alone.
- Under each table stand the signatures: on what, with what, and how each number was made.
- Published numbers are marked; they were measured by others on other rows, as is said beside them.
"""


class Left(msgspec.Struct, frozen=True):
    """A pair of task and system that has no result, and why."""

    task: str
    system: str
    why: str


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The `results` command."""
    parser = commands.add_parser(
        "results",
        help="run the whole suite and write the results page",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="unified rows, or dev/ with them and train/")
    parser.add_argument("--quick", action="store_true", help="fixed samples, under five minutes")
    parser.add_argument("--tasks", nargs="+", metavar="NAME", help="these tasks alone")
    parser.add_argument("--systems", nargs="+", metavar="NAME", help="these systems alone")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="another seed, other samples and draws (0)")
    parser.add_argument("--runs", type=Path, metavar="DIR", help=f"where results are stored ({RUNS})")
    parser.add_argument("--page", type=Path, metavar="FILE", help=f"the page ({PAGE})")
    parser.add_argument("--store", type=Path, metavar="FILE", help=f"where scores are kept ({usual_path()})")
    parser.add_argument("--page-only", action="store_true", help="make the page from what is stored")
    parser.set_defaults(run=main)


def main(given: argparse.Namespace) -> int:
    """0 when the page is written. Raises `ConsistencyError`s."""
    runs = given.runs or (RUNS / "quick" if given.quick else RUNS)
    page = given.page or (runs / "results.md" if given.quick else PAGE)
    if not given.page_only:
        pairs = _pairs(given.tasks, given.systems)
        _folder(runs)
        can_write(page)
        with Store(given.store or usual_path()) as store:
            left = run_all(Suite(given.data_dir, store, given.seed), pairs, runs, quick=given.quick)
        write(runs / LEFT_OUT, msgspec.json.format(msgspec.json.encode(left)).decode() + "\n")
    can_write(page)
    write(page, make_page(runs, quick=given.quick))
    print(page)
    return 0


def run_all(suite: Suite, pairs: Sequence[tuple[str, str]], runs: Path, *, quick: bool = False) -> list[Left]:
    """Runs every pair and stores what it gives. Returns what could not be run. Raises `InputError` when all of it."""
    left: list[Left] = []
    with Waiting(show=True) as waiting:
        for at, (task, system) in enumerate(pairs, 1):
            told = partial(waiting, f"{at} of {len(pairs)}: {task}, {system}")
            why = _run(suite, (task, system), runs, quick=quick, told=told)
            if why:
                left.append(Left(task, system, why))
                print(f"left out: {task}, {system}: {why}", file=sys.stderr)
    if len(left) == len(pairs):
        raise InputError(f"nothing could be run: {left[0].why}", "Give --data-dir a folder with unified rows.")
    return left


def _run(suite: Suite, pair: tuple[str, str], runs: Path, *, quick: bool, told: Callable[[int, int], None]) -> str:
    """Why there is no result, "" when there is; an older one of the pair is removed then."""
    task, system = pair
    try:
        why = suite.why_not(task, system)
        if not why:
            suite.run(task, system, runs, quick=quick, timed=not quick, progress=told)
    except OutputError:
        raise
    except ConsistencyError as fault:
        why = str(fault)
    if why:
        for suffix in (".json", ".jsonl", ".timing.json"):
            (runs / (stem(task, system) + suffix)).unlink(missing_ok=True)
    return why


def make_page(runs: Path, *, quick: bool = False) -> str:
    """The page as Markdown, from the summaries in the folder. Raises `InputError` where there is none."""
    if not runs.is_dir():
        raise InputError(f"{runs}: no such folder", "Write results with `python -m eval results --data-dir DIR`.")
    found = [stored.summary(file) for file in leaderboard.files([runs])]
    made = leaderboard.tables(found, leaderboard.peers())
    command = "make results DATA=DIR" + (" QUICK=--quick" if quick else "")
    parts = [_HEAD.format(command=command)]
    if quick:
        parts.append("**Quick samples:** every set is cut to a fixed sample of its documents. Intervals are wide.\n")
    parts += _at_a_glance(made)
    parts += by_check.section(runs)
    for unit, title in UNITS.items():
        inside = [table for table in made if _unit(table.task) == unit]
        if inside:
            parts += [f"## {title}\n", leaderboard.markdown(inside, "###")]
    parts += _left_out(runs / LEFT_OUT)
    return "\n".join(parts).rstrip("\n") + "\n"


def _pairs(named: Sequence[str] | None, systems: Sequence[str] | None) -> list[tuple[str, str]]:
    for name in named or ():
        tasks.get(name)
    pairs = [
        (task, system)
        for task, system in suite_pairs()
        if (not named or task in named) and (not systems or system in systems)
    ]
    strays = set(systems or ()) - {system for _, system in suite_pairs()}
    if strays or not pairs:
        told = f"no such system in the suite: {', '.join(sorted(strays))}" if strays else "no pair is left"
        known = sorted({system for _, system in suite_pairs()})
        raise ConfigError(told, f"The suite runs {', '.join(known)}, each on the units it is made for.")
    return pairs


def _unit(task: str) -> str:
    known = tasks.every()
    name = task.partition("/")[0]
    return known[name].unit if name in known else "pair"


def _at_a_glance(made: Sequence[Table]) -> Iterator[str]:
    yield "## At a glance\n"
    yield "The value alone, for orientation; intervals and signatures stand in the tables below.\n"
    yield "| task | system | n | AUC | recall (fixed) | false alarms (fixed) | alarms per article (fixed) |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for table in made:
        for line in table.lines:
            if not line.published:
                yield f"| {table.task} | {line.system} | {line.n:,} | {' | '.join(_glance(line))} |"
    yield ""


def _glance(line: Line) -> Iterator[str]:
    for name in HEADLINE:
        cell = line.cells.get(name, Value(None))
        yield f"{cell.value:.3f}" if cell.value is not None else "–"


def _left_out(file: Path) -> Iterator[str]:
    if not file.is_file():
        return
    try:
        left = msgspec.json.decode(file.read_bytes(), type=list[Left])
    except (OSError, msgspec.DecodeError) as fault:
        raise InputError(f"{file}: cannot be read ({fault})", "Run `python -m eval results` again.") from fault
    if left:
        yield "## Not run\n"
        yield "| task | system | why |"
        yield "| --- | --- | --- |"
        yield from (f"| {one.task} | {one.system} | {leaderboard.plain(one.why)} |" for one in left)


def _folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OutputError(f"{path}: no folder can be made there ({fault.strerror})", "Give another --runs.") from fault
