"""Fits the combination of the model's scores with the typed checks, and says what it is worth.

    python -m eval combine --data-dir DIR [--write consistency/combine.json]

Each half of the documents is judged by a combination fitted on the other half; what is written was fitted on both. Our
own pairs and texts, self-contradictions, MRPC and IteraTeR are never fitted on, they only decide. `apart` is the tool
without the combination: a contradiction has the model's confidence, a typed finding that of its check. All is read at
the shipped thresholds; the last column moves the combination's until no more honest rows are alarms than `apart`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np

from consistency import backends
from consistency.checks import CHECKS
from consistency.combine import Combination, combine
from consistency.config import Config
from consistency.judge import judge
from consistency.pipeline import rules
from consistency.progress import Waiting
from eval import tasks
from eval.combining import Seen, examples, fit, see
from eval.rows import Row
from eval.run import can_write, write
from eval.store import Store, StoredScorer, usual_path

SHARE: Final = 0.62
"""Contradictions among the pairs that confidences are calibrated for: with so many, the usual threshold lets fewer
honest rows pass as errors, of all sets of rewordings together, than the tool did without a combination, and of none
noticeably more."""


class Source(NamedTuple):
    """Rows of a task. `label` says which contradict, None = neither; without a `group` they decide alone."""

    task: str
    group: str
    label: Callable[[Row], bool | None]


_LESS: Final = frozenset(
    {
        "critical_id6_addition",
        "critical_id21_adj_adv_removed",
        "critical_id23_noun_removed",
        "critical_id25_ne_removed",
        "major_id3_hypernym",
        "major_id5_pp_removed",
    }
)


def _truth(row: Row) -> bool | None:
    return row.truth


def _honest(row: Row) -> bool | None:
    """The honest rows alone, of sets that call other things than contradictions a change."""
    return None if row.truth else row.truth


def _neutral(row: Row) -> bool | None:
    """Rows that say more or less than their reference contradict nothing."""
    return False if row.label == "neutral" or row.kind in _LESS else None


SOURCES: Final = (
    Source("demetr_corrupted", "DEMETR", _truth),
    Source("demetr_edited", "DEMETR", _truth),
    *(Source(f"summedits_{name}_pairs", "SummEdits", _truth) for name in ("news", "podcast", "qmsumm", "samsum")),
    Source("bump_task2_pairs", "BUMP", _truth),
    Source("paws_wiki", "PAWS", _truth),
    Source("self_contradiction", "", _truth),
    Source("demetr_edited", "neutral: DEMETR", _neutral),
    Source("mnli_matched", "neutral: MNLI", _neutral),
    Source("fever_three_way", "neutral: FEVER", _neutral),
    Source("own_pairs", "", _truth),
    Source("own_texts", "", _truth),
    Source("mrpc", "", _honest),
    Source("iterater_revisions", "", _honest),
)


class Judged(NamedTuple):
    """What is said of a row: whether an error is reported, an error or a warning other than of quotation, and a score.

    The score is the highest confidence of an error, on a scale on which every check reports from the same point on.
    """

    error: bool
    warning: bool
    score: float
    confidence: float


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The `combine` command."""
    parser = commands.add_parser(
        "combine",
        help="fit the combination of the model with the typed checks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data-dir", type=Path, required=True, metavar="DIR", help="unified rows, or dev/ with them")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the combination here")
    parser.add_argument("--store", type=Path, metavar="FILE", help=f"where scores are kept ({usual_path()})")


def main(given: argparse.Namespace) -> int:
    """Prints the tables. Raises `InputError` for a folder without the sets; nothing is written then."""
    if given.write is not None:
        can_write(given.write)
    folder = given.data_dir / "dev" if (given.data_dir / "dev").is_dir() else given.data_dir
    rows = gather(folder)
    with Store(given.store or usual_path()) as store, Waiting(show=True) as waiting:
        scorer = StoredScorer(backends.load("embedded"), store)
        seen = []
        for one in see(rows, scorer):
            seen.append(one)
            waiting("reading rows", len(seen), len(rows))
    done = Fitted.of(seen, scorer.digest)
    sys.stdout.write("\n".join([*done.table(), "", *done.weights()]) + "\n")
    if given.write is not None:
        write(given.write, done.as_json())
    return 0


def gather(folder: Path) -> list[tuple[str, str, Row, bool]]:
    """Every row that is fitted on or decides: its group, its task, itself, and whether it contradicts."""
    found = []
    for source in SOURCES:
        for row in tasks.get(source.task).load("", folder):
            label = source.label(row)
            if label is not None:
                found.append((source.group, source.task, row, label))
    return found


class Verdict(NamedTuple):
    """A row with what the tool says of it without a combination, and with the one fitted on the other half."""

    seen: Seen
    apart: Judged
    combined: Judged


class Fitted(NamedTuple):
    """The combination fitted on both halves, those fitted on one (by the half they judge), and every row's verdict."""

    whole: Combination
    halves: Mapping[int, Combination]
    verdicts: Sequence[Verdict]

    @classmethod
    def of(cls, seen: Sequence[Seen], model: str, share: float = SHARE) -> Fitted:
        """Fits on the rows that have a group, and judges all."""
        fitted_on = [one for one in seen if one.group]
        make = partial(fit, model=model, share=share, level=Config().threshold)
        halves = {half: make(examples([one for one in fitted_on if one.half != half], share)) for half in (0, 1)}
        verdicts = [Verdict(one, judged(one, None), judged(one, halves[one.half])) for one in seen]
        return cls(make(examples(fitted_on, share)), halves, verdicts)

    def table(self) -> Iterator[str]:
        """Lines of Markdown: each set in whole and by halves, without and with the combination."""
        yield "| set | half | wrong | honest | apart: errors | and warnings | combined | and warnings | as quiet |"
        yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
        for name, some in self._sets().items():
            for half in (None, 0, 1):
                part = [one for one in some if half is None or one.seen.half == half]
                yield f"| {name} | {'all' if half is None else 'AB'[half]} | {_line(part)} |"
        before, after = self.calibration()
        yield ""
        yield f"Expected calibration error, sets that were fitted on: {before:.3f} apart, {after:.3f} combined."

    def weights(self) -> Iterator[str]:
        """Lines of Markdown: each feature with its mean and weight; the weights of the halves say how firm they are."""
        yield "| feature | mean | weight | fitted on B | fitted on A |"
        yield "| --- | --- | --- | --- | --- |"
        for at, one in enumerate(self.whole.features):
            halves = " | ".join(f"{self.halves[half].features[at].weight:.2f}" for half in (0, 1))
            yield f"| {one.name} | {one.mean:.2f} | {one.weight:.2f} | {halves} |"

    def calibration(self) -> tuple[float, float]:
        """Expected calibration error (ten bins) of the highest error of a row, at the share that is fitted for."""
        some = [one for one in self.verdicts if one.seen.group and not one.seen.group.startswith("neutral")]
        wrong = np.array([one.seen.contradicts for one in some])
        weights = np.where(wrong, self.whole.share / wrong.sum(), (1 - self.whole.share) / (~wrong).sum())
        return (
            _off([one.apart.confidence for one in some], wrong, weights),
            _off([one.combined.confidence for one in some], wrong, weights),
        )

    def as_json(self) -> str:
        """The combination with its card."""
        before, after = self.calibration()
        groups = dict.fromkeys((one.seen.group, one.seen.task) for one in self.verdicts if one.seen.group)
        card = {
            "fitted_on": [_told([one.seen for one in self.verdicts], *key) for key in groups],
            "never_fitted_on": [source.task for source in SOURCES if not source.group],
            "kept_aside": "each half of the documents was judged by a combination fitted on the other half",
            "calibration": {"error_before": round(before, 4), "error_after": round(after, 4)},
            "reached": {name: _reached(some) for name, some in self._sets().items()},
        }
        whole = msgspec.structs.replace(self.whole, card=card)
        return json.dumps(msgspec.to_builtins(whole), indent=2) + "\n"

    def _sets(self) -> dict[str, list[Verdict]]:
        found: dict[str, list[Verdict]] = {}
        for one in self.verdicts:
            name = f"{one.seen.task}, neutral" if one.seen.group.startswith("neutral") else one.seen.task
            found.setdefault(name, []).append(one)
        return found


def judged(one: Seen, combination: Combination | None) -> Judged:
    """What the tool reports of a row with this combination, or with none."""
    config = Config()
    applied = rules(config, CHECKS.values())
    findings = one.findings if combination is None else combine(one.findings, one.context, combination)
    found = judge(findings, applied, one.context.story)
    errors = [finding for finding in (*found.findings, *found.candidates) if finding.level == "error"]

    def scaled(confidence: float, own: float) -> float:
        return confidence / own if confidence < own else 1 + (confidence - own) / (1 - own)

    return Judged(
        error=any(finding.level == "error" for finding in found.findings),
        warning=any(finding.level != "note" and finding.check != "quotation" for finding in found.findings),
        score=max((scaled(one.confidence, applied[one.check].threshold) for one in errors), default=0.0),
        confidence=max((finding.confidence for finding in errors), default=0.0),
    )


def _reached(some: Sequence[Verdict]) -> dict[str, Any]:
    """Shares of rows reported, of contradictory and of honest ones."""
    wrong = [one for one in some if one.seen.contradicts]
    honest = [one for one in some if not one.seen.contradicts]
    told: dict[str, Any] = {"wrong": len(wrong), "honest": len(honest)}
    for name in ("apart", "combined"):
        told[name] = {
            kind: {
                "recall": _mean([getattr(getattr(one, name), kind) for one in wrong]),
                "false_alarms": _mean([getattr(getattr(one, name), kind) for one in honest]),
            }
            for kind in ("error", "warning")
        }
    if wrong and honest:
        alarms = sum(one.apart.error for one in honest)
        loudest = sorted((one.combined.score for one in honest), reverse=True)
        limit = loudest[alarms] if alarms < len(loudest) else 0.0
        told["combined"]["recall_as_quiet"] = _mean([one.combined.score > limit for one in wrong])
    return told


def _line(some: Sequence[Verdict]) -> str:
    told = _reached(some)
    cells = [f"{told['wrong']:,}", f"{told['honest']:,}"]
    for name in ("apart", "combined"):
        for kind in ("error", "warning"):
            one = told[name][kind]
            cells.append(" at ".join("–" if one[label] is None else f"{one[label]:.3f}" for label in one))
    last = told["combined"].get("recall_as_quiet")
    return " | ".join([*cells, "–" if last is None else f"{last:.3f}"])


def _mean(found: Sequence[bool]) -> float | None:
    return round(sum(found) / len(found), 4) if found else None


def _off(confidences: Sequence[float], wrong: Any, weights: Any) -> float:
    sure = np.array(confidences)
    bins = np.minimum((sure * 10).astype(int), 9)
    return float(sum(abs((weights * (sure - wrong))[bins == at].sum()) for at in range(10)) / weights.sum())


def _told(seen: Sequence[Seen], group: str, task: str) -> dict[str, Any]:
    rows = [one for one in seen if one.group == group and one.task == task]
    digest = hashlib.sha256("".join(f"{one.row.premise}\0{one.row.hypothesis}\n" for one in rows).encode()).hexdigest()
    wrong = sum(one.contradicts for one in rows)
    return {"task": task, "group": group, "wrong": wrong, "honest": len(rows) - wrong, "rows_sha256": digest[:16]}
