"""What the whole tool reports on the development sets, by level and by check: a part of the results page.

It is read off the items that `results` stored for the system `tool`, which hold the check and level of every finding.
Quotation findings stand apart: a quote whose words changed is worth a warning, however honest the rest is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import numpy as np

from consistency.checks import CHECKS
from consistency.records import LEVELS, Level
from eval import stored
from eval.formulas import Items
from eval.leaderboard import plain
from eval.metrics import Metric, measure
from eval.store import Reported
from eval.stored import Item
from eval.suite import stem

SYSTEM: Final = "tool"
PAIRS: Final = (
    "own_pairs",
    "own_headlines",
    "own_texts",
    "demetr_corrupted",
    "summedits_news_pairs",
    "summedits_podcast_pairs",
    "summedits_qmsumm_pairs",
    "summedits_samsum_pairs",
    "paws_wiki",
    "mrpc",
    "iterater_revisions",
    "bump_task2_pairs",
)
"""Sets of pairs whose rows are wrong or honest."""
STORIES: Final = (
    "machine_paraphrase_chatgpt_35",
    "machine_paraphrase_vicuna-v13_13b",
    "machine_rewrite_chatgpt_35",
    "machine_rewrite_vicuna-v13_13b",
)
"""Sets of whole articles, on which findings are counted."""
FEWEST: Final = 20
"""A kind with fewer rows of a class has no line of its own."""
KINDS: Final = {
    "critical_id7_antonym": "antonym",
    "critical_id8_negation": "negation",
    "critical_id9_ne_replaced": "named entity",
    "critical_id10_numbers_replaced": "number",
    "critical_id11_gender": "gender",
}
"""What a set calls a kind, in plain words; any other stands as the set has it."""
QUOTATION: Final = "quotation"
LOUD: Final[frozenset[Level]] = frozenset({"error", "warning"})
NONE: Final = "–"


class Reading(NamedTuple):
    """Which findings count."""

    told: str
    counts: Callable[[Reported], bool]


READINGS: Final = (
    Reading("errors", lambda one: one.level == "error"),
    Reading("errors and warnings", lambda one: one.level in LOUD and one.check != QUOTATION),
    Reading("quotation", lambda one: one.level in LOUD and one.check == QUOTATION),
)
_HEAD: Final = """\
## Errors, warnings and quotation findings

What the whole tool reports as shipped, on the rows that the system `tool` has in the tables below; their signatures
stand there. Errors are those of every check; errors and warnings are those of every check but quotation, whose
findings stand apart. A kind has a line where {fewest} of its wrong or of its honest rows were measured; a row of
several kinds stands under each.
"""
_CHECKS: Final = """\
## Every check by itself

On how many rows a check reports an error, a warning, a note; a row on which it reports several stands under each.
Recall and false alarms are the share with an error or a warning of this check. Alone: wrong rows on which no other
check has an error or a warning. A contradiction that the model sees is not reported where a typed error on the same
claims says what it is. A check without a line reported nothing.
"""


class Rows(msgspec.Struct, frozen=True):
    """A set's stored rows; every one has its findings."""

    task: str
    items: list[Item]

    def of(self, truth: bool | None) -> list[Item]:
        return [item for item in self.items if item.truth is truth]


def section(runs: Path) -> Iterator[str]:
    """Lines of Markdown; none where no set was run. Raises `InputError` for items that cannot be read."""
    found = {task: _rows(runs, task) for task in (*PAIRS, *STORIES)}
    pairs = [rows for task in PAIRS if (rows := found[task]) is not None and rows.items]
    stories = [rows for task in STORIES if (rows := found[task]) is not None and rows.items]
    if pairs or stories:
        yield _HEAD.format(fewest=FEWEST)
        yield from _levels(pairs)
        yield from _per_article(stories)
        yield _CHECKS
        for rows in pairs:
            yield from _checks(rows)
        for rows in stories:
            yield from _checks_on_articles(rows)
    if older := [task for task, rows in found.items() if rows is not None and not rows.items]:
        yield f"Stored without their findings, so that a new run is needed: {', '.join(older)}.\n"


def _rows(runs: Path, task: str) -> Rows | None:
    """The rows of a set that was run; without any where they were stored without findings."""
    file = runs / f"{stem(task, SYSTEM)}.jsonl"
    if not file.is_file():
        return None
    items = stored.items(file)
    return Rows(task, items if all(item.reported is not None for item in items) else [])


def _levels(sets: Sequence[Rows]) -> Iterator[str]:
    if not sets:
        return
    heads = [f"{reading.told}: {what}" for reading in READINGS for what in ("recall", "false alarms")]
    yield f"| set | rows | wrong | honest | {' | '.join(heads)} |"
    yield "| --- " * (4 + len(heads)) + "|"
    for rows in sets:
        yield from _lines(rows)
    yield ""


def _lines(rows: Rows) -> Iterator[str]:
    """A line for the set and one for each kind with enough rows of a class, where that is not the whole class."""
    columns = stored.columns(rows.items)
    kinds = [frozenset(item.kind.split(",")) - {""} for item in rows.items]
    wrong, honest = columns.truth == 1, columns.truth == 0
    yield _line(rows, columns, "all", wrong | honest)
    for kind in sorted(frozenset[str]().union(*kinds), key=_in_words):
        inside = np.array([kind in one for one in kinds], dtype=np.bool_)
        enough = [of for of in (wrong, honest) if FEWEST <= (inside & of).sum() < of.sum()]
        if enough:
            yield _line(rows, columns, _in_words(kind), inside & np.logical_or.reduce(enough))


def _line(rows: Rows, columns: Items, name: str, keep: np.typing.NDArray[np.bool_]) -> str:
    truth = columns.truth[keep]
    cells = [plain(rows.task), plain(name), f"{(truth == 1).sum():,}", f"{(truth == 0).sum():,}"]
    for reading in READINGS:
        loud = np.array([_count(item, reading) > 0 for item in rows.items], dtype=np.bool_)
        judged = msgspec.structs.replace(columns, verdict=loud).where(keep)
        found = measure(judged, ("recall", "false_alarm_rate"))
        cells += [_shown(found["recall"]), _shown(found["false_alarm_rate"])]
    return f"| {' | '.join(cells)} |"


def _per_article(sets: Sequence[Rows]) -> Iterator[str]:
    """Findings an article, one line a set and one for all of them."""
    if not sets:
        return
    heads = " | ".join(f"{reading.told} per article" for reading in READINGS)
    yield f"| set | articles | {heads} | share with an error | share with an error or warning |"
    yield "| --- " * (4 + len(READINGS)) + "|"
    for rows in sets:
        yield _article_line(rows)
    if len(sets) > 1:
        yield _article_line(Rows("all of them", [item for rows in sets for item in rows.items]))
    yield ""


def _article_line(rows: Rows) -> str:
    columns = stored.columns(rows.items)
    cells = [plain(rows.task), f"{len(rows.items):,}"]
    for reading in READINGS:
        alarms = np.array([_count(item, reading) for item in rows.items], dtype=np.float64)
        judged = msgspec.structs.replace(columns, alarms=alarms)
        cells.append(_shown(measure(judged, ("alarms_per_article",))["alarms_per_article"]))
    for levels in (frozenset({"error"}), LOUD):
        loud = sum(any(one.level in levels for one in item.reported or ()) for item in rows.items)
        cells.append(_share(loud, len(rows.items)))
    return f"| {' | '.join(cells)} |"


def _checks(rows: Rows) -> Iterator[str]:
    wrong, honest = rows.of(True), rows.of(False)
    yield f"### {plain(rows.task)}, by check\n"
    yield f"{len(wrong):,} wrong rows, {len(honest):,} honest ones.\n"
    classes = [f"{of}: {level}s" for of in ("wrong", "honest") for level in LEVELS]
    yield f"| check | {' | '.join(classes[:3])} | recall | alone | {' | '.join(classes[3:])} | false alarms |"
    yield "| --- " * 10 + "|"
    for name in CHECKS:
        caught = [_levels_of(name, item) for item in wrong]
        alarmed = [_levels_of(name, item) for item in honest]
        if any(caught) or any(alarmed):
            alone = sum(_loud_checks(item) == {name} for item in wrong)
            cells = [*_counts(caught), _loud_share(caught), str(alone) if wrong else NONE]
            yield f"| {' | '.join([name, *cells, *_counts(alarmed), _loud_share(alarmed)])} |"
    yield ""


def _checks_on_articles(rows: Rows) -> Iterator[str]:
    yield f"### {plain(rows.task)}, by check\n"
    yield f"{len(rows.items):,} articles.\n"
    yield "| check | articles: errors | articles: warnings | articles: notes | errors and warnings per article |"
    yield "| --- " * 5 + "|"
    for name in CHECKS:
        found = [_levels_of(name, item) for item in rows.items]
        if any(found):
            loud = sum(
                one.count
                for item in rows.items
                for one in item.reported or ()
                if one.check == name and one.level in LOUD
            )
            yield f"| {' | '.join([name, *_counts(found), f'{loud / len(rows.items):.3f}'])} |"
    yield ""


def _in_words(kind: str) -> str:
    return KINDS.get(kind, kind.replace("_", " "))


def _count(item: Item, reading: Reading) -> int:
    return sum(one.count for one in item.reported or () if reading.counts(one))


def _levels_of(name: str, item: Item) -> set[Level]:
    """The levels at which a check reports on a row."""
    return {one.level for one in item.reported or () if one.check == name}


def _loud_checks(item: Item) -> set[str]:
    return {one.check for one in item.reported or () if one.level in LOUD}


def _counts(found: Sequence[set[Level]]) -> list[str]:
    return [str(sum(level in one for one in found)) if found else NONE for level in LEVELS]


def _loud_share(found: Sequence[set[Level]]) -> str:
    return _share(sum(bool(one & LOUD) for one in found), len(found))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else NONE


def _shown(metric: Metric) -> str:
    if metric.value is None:
        return NONE
    if metric.low is None or metric.high is None:
        return f"{metric.value:.3f}"
    return f"{metric.value:.3f} [{metric.low:.3f}, {metric.high:.3f}]"
