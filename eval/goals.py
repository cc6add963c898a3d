"""What was reached of what was aimed at, from stored results.

    python -m eval goals [--runs DIR] [--card consistency/weights/card.json]

`make results` leaves the items that are read here. A goal is a number of the model alone (system `nli`) or of the
whole tool; several goals for one number are steps. A threshold that is not the shipped one is named: read off the
honest rows themselves (`at 5 %`), or tuned on other sets. --card puts the numbers, with their intervals and the
signatures of the runs they come from, into the model's card.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from consistency.errors import InputError
from eval import formulas, stored, thresholds
from eval.metrics import Metric, measure
from eval.results import RUNS
from eval.run import write
from eval.suite import stem


class Goal(msgspec.Struct, frozen=True):
    """A number to reach: a metric over the rows of `tasks` together, of one kind where `kind` says so.

    `steps` are the goals in order, as shares. `quiet`: read at the threshold that lets this share of honest rows
    pass as alarms. `tuned`: read at the threshold tuned on these other tasks.
    """

    told: str
    tasks: tuple[str, ...]
    metric: str
    steps: tuple[float, ...]
    system: str = "nli"
    kind: str = ""
    quiet: float | None = None
    tuned: tuple[str, ...] = ()


_OTHERS: Final = ("podcast", "qmsumm", "samsum")
_OTHER_PAIRS: Final = tuple(f"summedits_{name}_pairs" for name in _OTHERS)
_OTHER_DOCS: Final = tuple(f"summedits_{name}_doc" for name in _OTHERS)

GOALS: Final = (
    Goal("SummEdits news, pairs: AUC", ("summedits_news_pairs",), "auc", (0.80, 0.85)),
    Goal("SummEdits other domains, pairs: AUC", _OTHER_PAIRS, "auc", (0.84, 0.88)),
    Goal(
        "SummEdits news, document: balanced accuracy, tuned on the other domains",
        ("summedits_news_doc",),
        "balanced_accuracy",
        (0.68, 0.744, 0.833),
        tuned=_OTHER_DOCS,
    ),
    Goal("BUMP, document: AUC", ("bump_task2_doc",), "auc", (0.66, 0.715)),
    Goal("BUMP, document: pairwise consistency", ("bump_task2_doc",), "pairwise_consistency", (0.85, 0.919)),
    Goal("DEMETR, corrupted against translations: AUC", ("demetr_corrupted",), "auc", (0.95,)),
    Goal(
        "DEMETR, corrupted against translations: recall at 5 % false alarms",
        ("demetr_corrupted",),
        "recall",
        (0.90,),
        quiet=0.05,
    ),
    Goal("DEMETR, benign against critical edits: AUC", ("demetr_edited",), "auc", (0.985,)),
    Goal("FEVER symmetric: AUC", ("fever_symmetric",), "auc", (0.88,)),
    Goal("self-contradiction: AUC", ("self_contradiction",), "auc", (0.90,)),
    Goal("PAWS wiki: AUC", ("paws_wiki",), "auc", (0.80,)),
    Goal("our own role swaps: AUC", ("own_pairs",), "auc", (0.90,), kind="role_swap"),
    Goal("Breaking NLI: accuracy", ("breaking_nli",), "accuracy", (0.92,)),
    Goal("MNLI matched: accuracy", ("mnli_matched",), "accuracy", (0.74,)),
    Goal("IteraTeR: false alarms", ("iterater_revisions",), "false_alarm_rate", (0.05,)),
    Goal("MRPC: false alarms", ("mrpc",), "false_alarm_rate", (0.05,)),
)


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The `goals` command."""
    parser = commands.add_parser(
        "goals",
        help="what was reached of what was aimed at, from stored results",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--runs", type=Path, default=RUNS, metavar="DIR", help=f"where results are stored ({RUNS})")
    parser.add_argument("--card", type=Path, metavar="FILE", help="the card.json to write the numbers into")


def main(given: argparse.Namespace) -> int:
    """Prints the table. Raises `InputError` for a folder without results."""
    if not any(given.runs.glob("*.jsonl")):
        raise InputError(f"{given.runs}: no stored results", "Make them with `make results DATA=DIR`.")
    sys.stdout.write("\n".join(table(given.runs)) + "\n")
    if given.card is not None:
        write(given.card, carded(given.card, given.runs))
    return 0


def carded(card: Path, runs: Path, goals: Sequence[Goal] = GOALS) -> str:
    """The card with its `scores` made anew. Raises `InputError` for scores of other weights than the card's."""
    try:
        told = json.loads(card.read_bytes())
        weights = hashlib.sha256(card.with_name("model.safetensors").read_bytes()).hexdigest()
    except (OSError, ValueError) as fault:
        raise InputError(f"{card}: no card beside weights ({fault})", "Name the card.json of a model.") from fault
    if not isinstance(told, dict) or told.get("weights_sha256") != weights:
        raise InputError(f"{card}: it is not the card of the weights beside it", "Export the model again.")
    told["scores"] = [score for goal in goals if (score := _score(runs, goal)) is not None]
    models = {signature["model"] for score in told["scores"] for signature in score["signatures"]}
    if len(models) > 1:
        raise InputError(f"{runs}: the results are of {len(models)} models", "Run them anew with `make results`.")
    return json.dumps(told, indent=2, sort_keys=True) + "\n"


def _score(runs: Path, goal: Goal) -> dict[str, Any] | None:
    rows = items(runs, goal)
    if not rows:
        return None
    found = [stored.summary(runs / f"{stem(task, goal.system)}.json") for task in (*goal.tasks, *goal.tuned)]
    reached = value(runs, goal, rows)
    return {
        "number": goal.told,
        "value": reached.value,
        "interval": [reached.low, reached.high],
        "rows": sum(row.truth is not None for row in rows),
        "signatures": [one.signature for one in found],
    }


def table(runs: Path, goals: Sequence[Goal] = GOALS) -> Iterator[str]:
    """Lines of Markdown: the goals, what was reached with its interval, and whether that is enough."""
    yield "| number | rows | goals | reached | step |"
    yield "| --- | --- | --- | --- | --- |"
    for goal in goals:
        rows = items(runs, goal)
        if not rows:
            yield f"| {goal.told} | 0 | {_steps(goal)} | not measured | – |"
            continue
        reached = value(runs, goal, rows)
        judged = sum(row.truth is not None for row in rows)
        yield f"| {goal.told} | {judged:,} | {_steps(goal)} | {_shown(reached)} | {_step(goal, reached)} |"


def items(runs: Path, goal: Goal) -> list[stored.Item]:
    """The stored rows of a goal; none where a task of it has not been run."""
    rows = _rows(runs, goal.tasks, goal.system)
    return [row for row in rows if not goal.kind or row.kind == goal.kind]


def value(runs: Path, goal: Goal, rows: Sequence[stored.Item]) -> Metric:
    """The number reached, at the threshold that the goal asks for."""
    columns = stored.columns(rows)
    if goal.quiet is not None:
        columns = columns.judged_at(_quiet(columns, goal.quiet))
    if goal.tuned:
        others = _rows(runs, goal.tuned, goal.system)
        if not others:
            return Metric(None, reason="what its threshold is tuned on was not run")
        columns = columns.judged_at(thresholds.best(stored.columns(others)))
    return measure(columns, (goal.metric,))[goal.metric]


def _rows(runs: Path, tasks: Sequence[str], system: str) -> list[stored.Item]:
    files = [runs / f"{stem(task, system)}.jsonl" for task in tasks]
    if not all(file.is_file() for file in files):
        return []
    return [
        msgspec.structs.replace(row, id=f"{task}/{row.id}", cluster=f"{task}/{row.cluster}")
        for task, file in zip(tasks, files, strict=True)
        for row in stored.items(file)
    ]


def _quiet(columns: formulas.Items, share: float) -> float:
    """The lowest threshold at which at most this share of honest rows is an alarm."""
    honest = np.sort(columns.score[columns.truth == 0])[::-1]
    allowed = int(share * len(honest))
    return float(np.nextafter(honest[allowed], 2.0)) if allowed < len(honest) else 0.0


def _worse(goal: Goal) -> bool:
    return formulas.FORMULAS[goal.metric].worse


def _steps(goal: Goal) -> str:
    sign = "at most " if _worse(goal) else ""
    return sign + ", ".join(f"{step:.3g}" for step in goal.steps)


def _step(goal: Goal, reached: Metric) -> str:
    if reached.value is None:
        return "–"
    sign = -1 if _worse(goal) else 1
    passed = sum(sign * reached.value >= sign * step for step in goal.steps)
    return f"{passed} of {len(goal.steps)}"


def _shown(metric: Metric) -> str:
    if metric.value is None or math.isnan(metric.value):
        return metric.reason
    edges = f" [{metric.low:.3f}, {metric.high:.3f}]" if metric.low is not None and metric.high is not None else ""
    return f"{metric.value:.3f}{edges}"
