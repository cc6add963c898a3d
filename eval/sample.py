"""Articles drawn at random, with every error and warning of the tool on them: for a person to read and judge.

    python -m eval sample --data-dir DIR [--seed N] [--articles N | --findings N] [--levels error ...]

Rows are drawn from all named tasks together, each as likely as any other, one to an article; with --findings the tool
reads every row, and findings are drawn. The same seed draws the same, in whatever order the rows stand. Both texts are
printed whole, then the findings, numbered ARTICLE.FINDING, then how many there are by set and check in all that was
read. `docs/machine-articles.md` holds the verdicts on one draw of each.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from consistency import backends
from consistency.config import Config
from consistency.pipeline import check, tool_version
from consistency.progress import Waiting
from consistency.protocols import Scorer
from consistency.records import Finding, Level, Report, Side
from consistency.report import visible
from eval import tasks
from eval.rows import Row
from eval.store import Store, StoredScorer, code_digest, usual_path
from eval.systems.tool import articles

TASKS: Final = tuple(task.name for task in tasks.every().values() if task.name.startswith("machine_"))
LEVELS: Final[tuple[Level, ...]] = ("error", "warning")
LONGEST: Final = 20_000
"""Characters of a text that are printed."""


class Drawn(msgspec.Struct, frozen=True):
    """A row and the task it is of."""

    task: str
    row: Row


class Read(msgspec.Struct, frozen=True):
    """A row that was drawn, and the findings of the levels that are asked for, in the order of the report."""

    drawn: Drawn
    report: Report
    findings: tuple[Finding, ...]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The `sample` command."""
    parser = commands.add_parser(
        "sample",
        help="articles drawn at random with the tool's findings, to be judged by hand",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="unified rows")
    parser.add_argument("--tasks", nargs="+", default=TASKS, metavar="NAME", help=f"drawn from ({', '.join(TASKS)})")
    parser.add_argument("--levels", nargs="+", default=LEVELS, choices=LEVELS, help="which findings (error warning)")
    many = parser.add_mutually_exclusive_group()
    many.add_argument("--articles", type=_count, default=40, metavar="N", help="how many are drawn (40)")
    many.add_argument("--findings", type=_count, metavar="N", help="read all articles, draw N of their findings")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="another seed, another draw (0)")
    parser.add_argument("--store", type=Path, metavar="FILE", help=f"where scores are kept ({usual_path()})")
    parser.set_defaults(run=main)


def main(given: argparse.Namespace) -> int:
    """0 when the sample is printed. Raises `ConsistencyError`s."""
    rows = {name: tasks.get(name).load("", given.data_dir) for name in given.tasks}
    pooled = sum(map(len, rows.values()))
    chosen = draw(rows, pooled, given.seed, twice=True) if given.findings else draw(rows, given.articles, given.seed)
    done: list[Read] = []
    with Store(given.store or usual_path()) as store, Waiting(show=True) as waiting:
        scorer = StoredScorer(backends.load(Config().model), store)
        for at, drawn in enumerate(chosen):
            waiting("reading", at, len(chosen))
            done.append(read(drawn, scorer, given.levels))
    shown = some_findings(done, given.findings, given.seed) if given.findings else done
    found = sum(len(one.findings) for one in shown)
    print(f"{found:,} findings on {len(shown):,} of {pooled:,} articles, seed {given.seed}")
    print(f"tool {tool_version()}, code {code_digest()}, model {scorer.digest[:16]}")
    for at, one in enumerate(shown, 1):
        print("\n".join(["", *sheet(at, one)]))
    print("\n".join(["", *tally(done)]))
    return 0


def draw(rows: Mapping[str, Sequence[Row]], count: int, seed: int, *, twice: bool = False) -> list[Drawn]:
    """Up to `count` rows, by a digest of seed, task and id; of rows that share a cluster the first, unless `twice`."""
    pooled = [Drawn(task, row) for task, found in rows.items() for row in found]
    pooled.sort(key=lambda one: _rank(seed, *_name(one)))
    found: dict[tuple[str, ...], Drawn] = {}
    for one in pooled:
        if len(found) == count:
            break
        found.setdefault(_name(one) if twice else (one.row.cluster,), one)
    return list(found.values())


def some_findings(done: Sequence[Read], count: int, seed: int) -> list[Read]:
    """Up to `count` findings on all that was read, by a digest too; what has none of them is left out."""
    pooled = [(at, number) for at, one in enumerate(done) for number in range(len(one.findings))]
    pooled.sort(key=lambda pair: _rank(seed, *_name(done[pair[0]].drawn), str(pair[1])))
    chosen = set(pooled[:count])
    kept = [
        (one, tuple(finding for number, finding in enumerate(one.findings) if (at, number) in chosen))
        for at, one in enumerate(done)
    ]
    return [msgspec.structs.replace(one, findings=findings) for one, findings in kept if findings]


def read(drawn: Drawn, scorer: Scorer, levels: Sequence[Level] = LEVELS) -> Read:
    """The tool on a row, its premise the reference, with the settings as shipped."""
    reference, version = articles(drawn.row)
    report = check(reference, [version], Config(), scorer=scorer)
    return Read(drawn, report, tuple(finding for finding in report.findings if finding.level in levels))


def sheet(at: int, read: Read) -> Iterator[str]:
    """Both texts, then each finding with its claims and the words that matter."""
    yield f"=== {at}. {read.drawn.task}, {visible(read.drawn.row.id)}"
    yield f"REFERENCE: {_bounded(read.drawn.row.premise)}"
    yield f"VERSION: {_bounded(read.drawn.row.hypothesis)}"
    if not read.findings:
        yield "no findings"
    for number, finding in enumerate(read.findings, 1):
        yield f"--- {at}.{number} {finding.level} {finding.check} {finding.confidence:.2f}: {visible(finding.message)}"
        for name, side in (("reference", finding.reference), ("version", finding.version)):
            if side is not None:
                yield f"    {name}: {_bounded(side.text)}{_evidence(side, read.report)}"


def tally(done: Sequence[Read]) -> Iterator[str]:
    """Lines of Markdown: errors and warnings by set and check, and how many articles have any."""
    yield "| set | articles | with any | check | errors | warnings |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for task in sorted({one.drawn.task for one in done}):
        inside = [one for one in done if one.drawn.task == task]
        yield from _counted(task, inside)
    yield from _counted("all", done)


def _counted(name: str, inside: Sequence[Read]) -> Iterator[str]:
    counts = Counter((finding.check, finding.level) for one in inside for finding in one.findings)
    loud = sum(bool(one.findings) for one in inside)
    for check_id in sorted({check_id for check_id, _ in counts}):
        errors, warnings = (counts[check_id, level] for level in LEVELS)
        yield f"| {name} | {len(inside)} | {loud} | {check_id} | {errors} | {warnings} |"
    errors, warnings = (sum(count for (_, level), count in counts.items() if level == one) for one in LEVELS)
    yield f"| {name} | {len(inside)} | {loud} | every | {errors} | {warnings} |"


def _evidence(side: Side, report: Report) -> str:
    text = report.story.article(side.article).text
    words = [_bounded(text[span.start : span.end]) for span in side.evidence]
    return "".join(f" «{word}»" for word in words)


def _bounded(text: str) -> str:
    """On one line, without what could drive a terminal, cut where it is too long."""
    rest = len(text) - LONGEST
    return visible(text[:LONGEST]) + (f" [{rest:,} characters not shown]" if rest > 0 else "")


def _rank(seed: int, *names: str) -> bytes:
    return hashlib.sha256(":".join([str(seed), *names]).encode(errors="replace")).digest()


def _name(drawn: Drawn) -> tuple[str, str]:
    return drawn.task, drawn.row.id


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a number from 1 on")
    return int(text)
