"""Pictures of stored items: the same SVG bytes from the same files.

    python -m eval plot ITEMS... --out DIR [--kinds precision-recall reliability alarms speed]

Every items file needs its summary beside it under the same name (`x.jsonl`, `x.json`), because a curve without its
signature is worth nothing. `speed` also reads `x.timing.json` where it is there, and leaves runs without one out.
"""

from __future__ import annotations

import argparse
import io
import sys
import textwrap
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from consistency.errors import ConfigError, InputError, MissingExtra, OutputError
from eval import stored
from eval.leaderboard import signature, signed
from eval.run import write
from eval.stored import Item, Stored

STYLES: Final = ("-", "--", "-.", ":")
BINS: Final = 10
NOTE: Final = 170
"""Letters in a line of the signatures under a picture."""


class Run(msgspec.Struct, frozen=True):
    """One system on one task: its rows that have a truth, its summary, its rows a second where they are known."""

    items: tuple[Item, ...]
    summary: Stored
    speed: float | None = None

    @property
    def truths(self) -> list[bool]:
        return [item.truth is True for item in self.items]

    @property
    def scores(self) -> list[float]:
        return [item.score for item in self.items]


class Curve(msgspec.Struct, frozen=True):
    """Points to draw. `mark` is where the threshold of the run lies on it, if it does."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    mark: tuple[float, float] | None = None


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The `plot` command."""
    parser = commands.add_parser(
        "plot",
        help="precision-recall, reliability, recall against alarms, quality against speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("items", nargs="+", type=Path, metavar="ITEMS", help="items of runs, with their summaries")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="write the SVG files here")
    parser.add_argument("--kinds", nargs="+", choices=list(KINDS), default=list(KINDS), help="what to draw (all)")
    parser.set_defaults(run=main)


def main(given: argparse.Namespace) -> int:
    """0 when at least one picture is drawn. Raises `ConsistencyError`s."""
    made, left_out = draw([load(file) for file in given.items], given.kinds)
    if not made:
        raise InputError("nothing to draw: " + "; ".join(left_out), "Give items of runs with both classes.")
    _folder(given.out)
    for name, svg in made.items():
        write(given.out / name, svg)
        print(given.out / name)
    for reason in left_out:
        print(f"left out: {reason}", file=sys.stderr)
    return 0


def load(file: Path) -> Run:
    """A run from its items and the summary beside them. Raises `InputError`."""
    found = stored.items(file)
    beside = stored.summary_beside(file)
    if beside is None:
        remedy = f"Write both: python -m eval run --items {file} --json {file.with_suffix('.json')}."
        raise InputError(f"{file}: no summary beside it", remedy)
    judged = tuple(item for item in found if item.truth is not None)
    if len(judged) != beside.n:
        told = f"{file}: {len(judged)} rows with a truth, its summary tells of {beside.n}"
        raise InputError(told, "The two are of different runs: write both anew.")
    return Run(judged, beside, stored.speed_beside(file))


def draw(runs: Sequence[Run], kinds: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """SVG by file name, one a task and kind (`speed`: one for all), and why what is missing is left out."""
    by_task: dict[str, list[Run]] = defaultdict(list)
    for run in sorted(runs, key=lambda run: (run.summary.task, run.summary.system, run.summary.told_origin)):
        by_task[run.summary.task].append(run)
    made: dict[str, str] = {}
    left_out: list[str] = []
    for task, group in by_task.items():
        data = {run.summary.sign("data") for run in group}
        if len(data) > 1:
            told = f"task {task}: the runs are on different rows ({', '.join(sorted(data))})"
            raise InputError(told, "Draw runs on the same rows together.")
        for kind in kinds:
            picture = KINDS[kind]
            curves = [curve for run in group if (curve := picture.curve(run)) is not None]
            if curves:
                made[f"{_file_name(task)}.{kind}.svg"] = _svg(picture, task, curves, group)
            else:
                left_out.append(f"{kind} of {task} ({picture.needs})")
    return made, left_out


class Picture(msgspec.Struct, frozen=True):
    """A kind of picture: what it needs, its axes, and the points of a run (None where it cannot have any)."""

    title: str
    x: str
    y: str
    needs: str
    curve: Callable[[Run], Curve | None]
    points: bool = False
    diagonal: bool = False


def precision_recall(run: Run) -> Curve | None:
    """Recall on x, precision on y, one point a threshold."""
    truths, positives = run.truths, sum(run.truths)
    if not 0 < positives < len(truths):
        return None
    steps = _steps(run)
    kept = [(caught / positives, caught / (caught + alarms)) for _, caught, alarms in steps if caught + alarms]
    mark = next(((c / positives, c / (c + a)) for at, c, a in reversed(steps) if _at(run, at) and c + a), None)
    return Curve(_name(run), tuple(x for x, _ in kept), tuple(y for _, y in kept), mark)


def reliability(run: Run) -> Curve | None:
    """Mean score of a bin on x, share of inconsistent rows in it on y; empty bins are left out."""
    if not 0 < sum(run.truths) < len(run.truths):
        return None
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for truth, score in zip(run.truths, run.scores, strict=True):
        bins[min(BINS - 1, int(score * BINS))].append((score, truth))
    x = tuple(sum(score for score, _ in held) / len(held) for _, held in sorted(bins.items()))
    y = tuple(sum(truth for _, truth in held) / len(held) for _, held in sorted(bins.items()))
    return Curve(_name(run), x, y)


def alarms(run: Run) -> Curve | None:
    """Alarms on consistent rows for each article (cluster) that has some on x, recall on y."""
    positives = sum(run.truths)
    articles = len({item.cluster for item in run.items if item.truth is False})
    if not positives or not articles:
        return None
    steps = _steps(run)
    mark = next(((false / articles, caught / positives) for at, caught, false in reversed(steps) if _at(run, at)), None)
    x = tuple(false / articles for _, _, false in steps)
    return Curve(_name(run), (0.0, *x), (0.0, *(caught / positives for _, caught, _ in steps)), mark)


def speed(run: Run) -> Curve | None:
    """Rows a second on x, AUC on y: a point a run."""
    auc = run.summary.metrics.get("auc")
    if auc is None or auc.value is None or not run.speed:
        return None
    return Curve(_name(run), (run.speed,), (auc.value,))


def _name(run: Run) -> str:
    """Short for the shipped model's, with the start of its digest for others that share a name."""
    model = run.summary.sign("model")[:6]
    return f"{run.summary.short} {model}".rstrip()


def _at(run: Run, score: float) -> bool:
    return run.summary.threshold is not None and score >= run.summary.threshold


def _steps(run: Run) -> list[tuple[float, int, int]]:
    """(threshold, inconsistent rows caught, consistent rows alarmed) for each score, highest first."""
    ordered = sorted(zip(run.scores, run.truths, strict=True), key=lambda pair: -pair[0])
    found: list[tuple[float, int, int]] = []
    caught = alarmed = 0
    for at, (score, truth) in enumerate(ordered):
        caught += truth
        alarmed += not truth
        if at + 1 == len(ordered) or ordered[at + 1][0] != score:
            found.append((score, caught, alarmed))
    return found


KINDS: Final[dict[str, Picture]] = {
    "precision-recall": Picture(
        "Precision and recall", "recall", "precision", "both classes are needed", precision_recall
    ),
    "reliability": Picture(
        "Reliability", "mean score of the bin", "share that is inconsistent", "both classes are needed", reliability,
        diagonal=True,
    ),
    "alarms": Picture(
        "Recall against alarms", "alarms on consistent rows per article", "recall", "both classes are needed", alarms
    ),
    "speed": Picture(
        "Quality against speed", "rows per second", "AUC", "both classes and x.timing.json are needed", speed,
        points=True,
    ),
}  # fmt: skip


def _svg(picture: Picture, task: str, curves: Sequence[Curve], group: Sequence[Run]) -> str:
    """The picture as text. Salted ids, no date, no path outlines of letters: the same bytes on every run."""
    try:
        import matplotlib
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
    except ImportError as fault:
        raise MissingExtra("matplotlib is not installed", "pip install 'consistency[eval]'.") from fault
    settings: Any = {"svg.hashsalt": "consistency", "svg.fonttype": "none", "path.simplify": False}
    with matplotlib.rc_context(settings):
        told = [f"{_name(run)}: {signature(signed(run.summary))}" for run in group]
        notes = [line for one in told for line in textwrap.wrap(one, NOTE, subsequent_indent="    ")]
        figure = Figure(figsize=(7, 4.6 + 0.11 * len(notes)))
        FigureCanvasSVG(figure)
        axes = figure.subplots()
        _plot(axes, picture, curves)
        axes.set_title(f"{picture.title}: {task}")
        figure.subplots_adjust(
            left=0.1, right=0.97, top=0.92, bottom=(0.62 + 0.11 * len(notes)) / figure.get_figheight()
        )
        for at, note in enumerate(reversed(notes)):
            figure.text(0.01, (0.06 + 0.11 * at) / figure.get_figheight(), note, fontsize=5)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()


def _plot(axes: Any, picture: Picture, curves: Sequence[Curve]) -> None:
    for at, curve in enumerate(curves):
        color = f"C{at % 10}"
        if picture.points:
            axes.plot(curve.x, curve.y, "o", color=color, label=curve.name)
            continue
        style = STYLES[at // 10 % len(STYLES)]
        marked = "." if picture.diagonal else None
        axes.plot(curve.x, curve.y, style, color=color, label=curve.name, marker=marked, linewidth=1.4)
        if curve.mark is not None:
            axes.plot(*([value] for value in curve.mark), "o", color=color, markersize=5)
    if picture.diagonal:
        axes.plot([0, 1], [0, 1], color="0.7", linewidth=0.8, label="as scored")
        axes.set_xlim(0, 1)
    if picture.points:
        axes.set_xscale("log")
    axes.set_ylim(0, 1.02)
    axes.set_xlabel(picture.x + (" (dot: at the threshold)" if any(curve.mark for curve in curves) else ""))
    axes.set_ylabel(picture.y)
    axes.grid(color="0.92")
    axes.legend(fontsize=7)


def _folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OutputError(f"{path}: no folder can be made there ({fault.strerror})", "Give another --out.") from fault


def _file_name(task: str) -> str:
    """A task's name as a file's name; a task may be the names of files."""
    kept = "".join(one if one.isalnum() or one in "_-" else "-" for one in task)[:80]
    if not kept.strip("-"):
        raise ConfigError(f"task {task[:60]!r} makes no file name", "Name the task with letters.")
    return kept
