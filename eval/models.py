"""Several models on the same rows: which checkpoint, which variant of training, which threshold.

    python -m eval models FOLDER ... --data-dir DIR [--most N]

A fixed sample of each development set is scored as it is, without segmenting, in both directions; the score is the
mean probability of contradiction. One table: area under the curve / recall at the threshold that lets one honest row
in twenty pass as an alarm; three-way accuracy where the labels are three. Last row: over the sets in `POOLED`, the
lowest threshold at which at most one honest row in fifty is an alarm, and the recall there.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from sklearn.metrics import roc_auc_score

from consistency import backends
from consistency.errors import InputError
from consistency.infer import score_all
from consistency.progress import Waiting
from consistency.records import Scores, mutual_contradiction
from consistency.training import retold, written
from consistency.training.sources import CONTRADICTION, LABELS, TOLD
from eval import rows
from eval.rows import Row
from eval.task import located
from eval.tasks.own_pairs import HEADLINES, OWN, PAIRS

Known: TypeAlias = Mapping[tuple[str, str], Scores]
SETS: Final[dict[str, tuple[str, ...]]] = {
    "DEMETR, corrupted and translations": ("demetr_corrupted", "demetr_translations"),
    "DEMETR, edited": ("demetr_edited",),
    "SummEdits, news pairs": ("summedits_news_pairs",),
    "SummEdits, other pairs": ("summedits_podcast_pairs", "summedits_qmsumm_pairs", "summedits_samsum_pairs"),
    "PAWS wiki": ("paws_wiki",),
    "self-contradiction": ("self_contradiction",),
    "FEVER symmetric": ("fever_symmetric",),
    "IteraTeR": ("iterater_revisions",),
    "MRPC": ("mrpc",),
    "MNLI matched": ("mnli_matched",),
    "Breaking NLI": ("breaking_nli",),
}
THREE_WAY: Final = ("MNLI matched", "Breaking NLI")
STORIES: Final = OWN.with_name("stories-aside")
POOLED: Final = ("DEMETR, corrupted and translations", "SummEdits, news pairs", "SummEdits, other pairs")
"""What the threshold is chosen on, with the contradictions of BUMP."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `models`."""
    one = commands.add_parser(
        "models",
        help="several models on the same rows",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    one.add_argument("models", nargs="+", help="folders or hub names; `embedded` is the one that ships")
    one.add_argument("--data-dir", type=Path, required=True, metavar="DIR", help="unified rows, or dev/ with them")
    one.add_argument("--most", type=int, default=500, metavar="N", help="rows drawn of each file (500)")
    one.add_argument("--seed", type=int, default=0, metavar="N", help="another draw (0)")
    one.add_argument("--bf16", action="store_true", help="bfloat16: several times faster where the processor has it")


def main(given: argparse.Namespace) -> int:
    """Prints the table. Raises `InputError` for a folder without any of the sets."""
    folder = given.data_dir / "dev" if (given.data_dir / "dev").is_dir() else given.data_dir
    drawn = sets(folder, given.most, given.seed)
    columns = [column(drawn, _score(drawn, name, bf16=given.bf16)) for name in given.models]
    names = [Path(name).name for name in given.models]
    told = [f"| set | rows | {' | '.join(names)} |", "| --- | --- |" + " --- |" * len(names)]
    told += [
        f"| {name} | {len(drawn[name]) if name in drawn else ''} | {' | '.join(cells[name] for cells in columns)} |"
        for name in columns[0]
    ]
    sys.stdout.write("\n".join(told) + "\n")
    return 0


def sets(folder: Path, most: int, seed: int) -> dict[str, list[Row]]:
    """A fixed sample of every set that is in the folder; our own pairs and headlines; what we wrote and keep aside."""
    found = {}
    for name, stems in {**SETS, "BUMP": ("bump_task2_pairs",)}.items():
        files = [file for stem in stems if (file := located(folder, stem)) is not None]
        if files:
            found[name] = [row for file in files for row in _draw(rows.load([file]), most, seed)]
    if not found:
        raise InputError(f"{folder}: none of the development sets is here", "Give the folder with their rows.")
    found["our own pairs"] = rows.load([PAIRS])
    found["our own headlines"] = rows.load([HEADLINES])
    found["written, kept aside"] = _draw(_aside(), 2 * most, seed)
    found["claims of stories, kept aside"] = _claims()
    return found


def _draw(given: list[Row], most: int, seed: int) -> list[Row]:
    return random.Random(seed).sample(given, most) if len(given) > most else given


def _aside() -> list[Row]:
    found = []
    for number, item in enumerate(written.items(aside=True)):
        pairs = [(one, other, "entailment", False) for one, other in item.alike()]
        pairs += [(one, other, "contradiction", True) for one, other, _ in item.apart()]
        found += [Row(f"{number}", one, other, label, f"{number}", "", truth) for one, other, label, truth in pairs]
    return found


def _claims() -> list[Row]:
    """Of the stories kept aside, as the tool aligns them; those of which an editor may think either are left out."""
    found = []
    for file in sorted(STORIES.glob("*/expected.json")):
        story = _story(file)
        for at, told in enumerate(retold.pairs([story])):
            name, truth = file.parent.name, told.label == CONTRADICTION
            found.append(Row(f"{name}/{at}", told.premise, told.hypothesis, TOLD[told.label], name, "", truth))
    return found


def _story(file: Path) -> retold.Story:
    expected = json.loads(file.read_text("utf-8"))

    def places(told: Mapping[str, list[dict[str, str]]], *keys: str) -> tuple[retold.Place, ...]:
        return tuple((place["reference"], place["version"]) for key in keys for place in told.get(key, ()))

    versions = [
        retold.Version(
            (file.parent / name).read_text("utf-8"), places(told, "errors"), places(told, "warnings", "any", "allowed")
        )
        for name, told in expected["versions"].items()
    ]
    return retold.Story((file.parent / expected["reference"]).read_text("utf-8"), tuple(versions))


def _score(drawn: Mapping[str, Sequence[Row]], model: str, *, bf16: bool) -> Known:
    import torch

    there = {(row.premise, row.hypothesis) for some in drawn.values() for row in some}
    both = sorted(there | {(hypothesis, premise) for premise, hypothesis in there})
    with Waiting(show=True) as waiting, torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
        return score_all(both, backends.load(model), partial(waiting, f"scoring with {Path(model).name}"))


def column(drawn: Mapping[str, Sequence[Row]], known: Known) -> dict[str, str]:
    """The cells of one model, by the name of the set."""
    cells = {name: _cell(some, known, three_way=name in THREE_WAY) for name, some in drawn.items()}
    pool = [row for name in (*POOLED, "BUMP") for row in drawn.get(name, ())]
    return cells | {"threshold / recall / false alarms, pooled": _threshold(pool, known)}


def score(row: Row, known: Known) -> float:
    """How inconsistent: the mean of both directions; 0 where the model could not read the pair."""
    return mutual_contradiction(known.get((row.premise, row.hypothesis)), known.get((row.hypothesis, row.premise)))


def _cell(some: Sequence[Row], known: Known, *, three_way: bool) -> str:
    if three_way:
        right = [_label(known.get((row.premise, row.hypothesis))) == row.label for row in some]
        return f"{sum(right) / len(right):.3f}"
    wrong = [score(row, known) for row in some if row.truth is True]
    honest = sorted((score(row, known) for row in some if row.truth is False), reverse=True)
    if not wrong or not honest:
        return "–"
    limit = honest[len(honest) // 20]
    recall = sum(one > limit for one in wrong) / len(wrong)
    auc = roc_auc_score([1] * len(wrong) + [0] * len(honest), wrong + honest)
    return f"{auc:.3f} / {recall:.2f}"


def _label(scores: Scores | None) -> str:
    if scores is None:
        return ""
    return max(LABELS, key=lambda label: float(getattr(scores, label)))


def _threshold(pool: Sequence[Row], known: Known, share: int = 50) -> str:
    honest = sorted((score(row, known) for row in pool if row.truth is False), reverse=True)
    wrong = [score(row, known) for row in pool if row.truth is True]
    if not honest or not wrong:
        return "–"
    limit = honest[len(honest) // share] + 0.0001  # scores have four digits
    recall = sum(one >= limit for one in wrong) / len(wrong)
    alarms = sum(one >= limit for one in honest) / len(honest)
    return f"{limit:.4f} / {recall:.3f} / {alarms:.3f}"
