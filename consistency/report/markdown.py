"""For a comment on a pull request, and for GitHub's step summary: short enough to be taken, worst first.

The comment begins with a hidden line, so that a workflow finds and replaces it. Both sides of a finding stand beside
each other, with the words that matter struck out in the reference and underlined in the version. What was not checked,
how much was compared and how many findings are not shown is always said. Notes, and what the baseline knows, are
folded away.

Article text is escaped for Markdown and for HTML, and is parted with a zero-width space where GitHub would make a link
or call somebody by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from consistency.records import LEVELS, Finding, Report, Run, Side
from consistency.report._excerpt import parts
from consistency.report._markdown import heading, item, plain
from consistency.report._options import Options
from consistency.report._remarks import Remark, remarks
from consistency.report._summary import count, summary
from consistency.report._visible import names
from consistency.report._words import all_compared, bounded, furniture, line_of, state, sureness

MARKER = "<!-- consistency -->"
"""The first line of every comment."""

_LONGEST = 60_000
"""Characters of a document; GitHub takes 65,536 of a comment."""
_REMARKS = 8_000
"""Characters of each list of what is no finding: not checked, about the run, compared."""
_SPARE = 1_000
"""Characters kept for what says how much is not shown."""
_MESSAGE = 600
_TEXT = 600
_NAME = 160


class Markdown(msgspec.Struct, frozen=True):
    """Run -> GitHub's Markdown, at most 60,000 characters."""

    options: Options = Options()

    def __call__(self, run: Run) -> str:
        said = tuple(remarks(run))
        unchecked = _listed((remark.text for remark in said if remark.unchecked), "not checked")
        head = [MARKER, f"### consistency: {plain(summary(run))}", *_headed("**Not checked:**", unchecked)]
        tail = _headed("**About this run:**", _about(run, said))
        tail += _folded([remark.text for remark in said if remark.kind == "coverage" and not remark.unchecked])
        left = _LONGEST - _SPARE - sum(len(block) + 2 for block in (*head, *tail))
        return "\n\n".join([*head, *_body(run, left), *tail]) + "\n"


def _about(run: Run, said: Sequence[Remark]) -> list[str]:
    coverage = [all_compared(*run.reports)] if any(report.coverage for report in run.reports) else []
    gone = furniture(*run.reports)
    rest = [remark.text for remark in said if remark.kind in {"baseline", "skipped"}]
    return _listed([*coverage, *([f"{gone}."] if gone else []), *rest], "not listed")


def _folded(coverage: Sequence[str]) -> list[str]:
    if not coverage:
        return []
    lines = "\n".join(_listed(coverage, "not listed"))
    return [f"<details>\n<summary>What was compared of each version</summary>\n\n{lines}\n\n</details>"]


class _Shown(msgspec.Struct, frozen=True):
    """A finding in its place, ready to be printed."""

    fold: int
    story: int
    text: str


_FOLDS = ("", "Notes", "Known before")
"""Where a finding stands: in the open, or folded away under this."""


def _fold(finding: Finding) -> int:
    if not finding.counts:
        return 2
    return 1 if finding.level == "note" else 0


def _body(run: Run, room: int) -> Iterator[str]:
    """The findings that there is room for, by story, and how many there are besides."""
    told = [names(report) for report in run.reports]
    heads = [_head(report) if len(run.reports) > 1 else "" for report in run.reports]
    placed = [(at, finding) for at, report in enumerate(run.reports) for finding in report.findings]
    placed.sort(key=lambda pair: (_fold(pair[1]), LEVELS.index(pair[1].level), -pair[1].confidence))
    shown: list[_Shown] = []
    headed: set[tuple[int, int]] = set()
    for at, finding in placed:
        one = _Shown(_fold(finding), at, _block(finding, told[at]))
        room -= len(one.text) + 2 + (0 if (at, one.fold) in headed else len(heads[at]) + 2)
        if room < 0:
            break
        headed.add((at, one.fold))
        shown.append(one)
    for fold, title in enumerate(_FOLDS):
        within = [one for one in shown if one.fold == fold]
        if title and within:
            yield f"<details>\n<summary>{title} ({len(within):,})</summary>"
        yield from _grouped(within, heads)
        if title and within:
            yield "</details>"
    yield from _missing([finding for _, finding in placed[len(shown) :]])


def _grouped(shown: Sequence[_Shown], heads: Sequence[str]) -> Iterator[str]:
    last = -1
    for one in sorted(shown, key=lambda one: one.story):
        if one.story != last and heads[one.story]:
            yield heads[one.story]
        last = one.story
        yield one.text


def _missing(findings: Sequence[Finding]) -> Iterator[str]:
    if findings:
        levels = Counter(finding.level for finding in findings)
        which = ", ".join(count(levels[level], level) for level in LEVELS if levels[level])
        yield f"**{count(len(findings), 'finding')} more not shown here** ({which}): the comment would be too long."


def _head(report: Report) -> str:
    return heading("Story", bounded(report.story.id, _NAME))


def _block(finding: Finding, called: Mapping[str, str]) -> str:
    """A line of ours, the message below it, and a table of both sides; no line begins with text of others."""
    head = f"**{finding.level}** {plain(bounded(finding.check, _NAME))} {sureness(finding.confidence)}"
    if finding.known:
        head += f" ({plain(bounded(state(finding.known), _MESSAGE))})"
    lines = [f"{head}<br>{plain(bounded(finding.message, _MESSAGE))}"]
    sides = [
        (_where("reference", finding.reference, called), _marked(finding.reference, "del")),
        (_where("version", finding.version, called), _marked(finding.version, "ins")),
    ]
    kept = [(where, text) for where, text in sides if where]
    if kept:
        rows = (" | ".join(where for where, _ in kept), " | ".join("---" for _ in kept), " | ".join(t for _, t in kept))
        lines += ["", *(f"| {row} |" for row in rows)]
    return "\n".join(lines)


def _where(label: str, side: Side | None, called: Mapping[str, str]) -> str:
    if side is None:
        return ""
    return f"{label}: {plain(bounded(called[side.article], _NAME) + line_of(side))}"


def _marked(side: Side | None, tag: str) -> str:
    if side is None:
        return ""
    said = []
    for part in parts(side, _TEXT):
        if part.hidden:
            said.append(f" <em>({part.hidden:,} characters not shown)</em> ")
        else:
            said.append(f"<{tag}>{plain(part.text)}</{tag}>" if part.marked else plain(part.text))
    return "".join(said)


def _headed(head: str, lines: Sequence[str]) -> list[str]:
    return ["\n".join([head, "", *lines])] if lines else []


def _listed(said: Iterable[str], rest: str) -> list[str]:
    """Each text as a line of a list while there is room, then how many more there are."""
    lines: list[str] = []
    room = _REMARKS
    more = 0
    for text in said:
        line = item(bounded(text, _MESSAGE)) if room > 0 else ""
        room -= len(line)
        if room > 0:
            lines.append(line)
        else:
            more += 1
    return [*lines, f"- and {more:,} more {rest}"] if more else lines
