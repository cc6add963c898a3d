"""The whole tool, premise and hypothesis as two versions of a story; and its typed checks alone.

The score of a row is the highest confidence of an error (with warnings, where they are asked for), reported
or not. Each check has a threshold of its own: confidences are brought to one scale, on which the fixed
threshold is where the tool reports, so that the verdict is what a desk would see. A pair in which nothing
could be compared scores 0 and counts as quiet. What is reported is kept by check and level, notes included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from consistency.align import align
from consistency.checks import CHECKS
from consistency.config import CheckSettings, Config
from consistency.infer import infer, score_all
from consistency.judge import MODEL_CHECK
from consistency.pipeline import TYPED_THRESHOLD, check, rules
from consistency.protocols import Scorer
from consistency.records import Alignment, Article, Claim, Finding, Scores
from consistency.segment import segment
from eval.rows import Row
from eval.store import Reported, Told
from eval.systems import Progress
from eval.thresholds import Threshold

_ROUNDS = 4
"""The tool may ask again about what an answer makes it suspect."""
_VERSION = "version"
_BLANK = Scores(0.0, 1.0, 0.0)


class Listener:
    """Reads every pair, says what is known of it and remembers what it was asked. Without a model all is neutral."""

    digest = "none"
    runtime = "none"
    limit = 1_000_000_000

    def __init__(self, known: Mapping[tuple[str, str], Scores] | None = None) -> None:
        self._known = known or {}
        self.asked: set[tuple[str, str]] = set()

    def lengths(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        return [0] * len(pairs)

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
        self.asked.update(pairs)
        return [self._known.get(pair, _BLANK) for pair in pairs]


class _Aligned(msgspec.Struct, frozen=True):
    """What the tool would infer of a row."""

    alignments: tuple[Alignment, ...]
    claims: dict[str, Claim]


class ToolSystem:
    """The tool with one model for all rows, None for none. Settings as shipped, unless others are given."""

    keeps = True

    def __init__(self, scorer: Scorer | None, config: Config | None = None, *, warnings: bool = False) -> None:
        self._scorer = scorer
        self._config = config or Config()
        self._levels = frozenset({"error", "warning"} if warnings else {"error"})
        self._rules = rules(self._config, CHECKS.values())
        self.fixed = (
            Threshold("fixed", TYPED_THRESHOLD, "fixed: as shipped")
            if scorer is None
            else Threshold("fixed", self._config.threshold, "fixed: as shipped")
        )
        self.model = scorer.digest if scorer is not None else ""
        name = f"tool/{self.model[:12]}" if scorer is not None else "rules"
        told = "errors+warnings" if warnings else "errors"
        self.signature = f"{name}/{told}/config-{self._config.digest()[:12]}"

    def tell(self, rows: Sequence[Row], progress: Progress | None = None) -> list[Told]:
        """One `Told` a row, in order; the model is asked in large batches first."""
        if self._scorer is not None:
            self._ask(rows, self._scorer)
        return [self._one(row, at + 1, len(rows), progress) for at, row in enumerate(rows)]

    def _ask(self, rows: Sequence[Row], scorer: Scorer) -> None:
        """Scores whatever the tool will ask about, which the scorer keeps."""
        aligned = [_aligned(row) for row in rows]
        known: dict[tuple[str, str], Scores] = {}
        tried: set[tuple[str, str]] = set()
        for _ in range(_ROUNDS):
            listener = Listener(known)
            for one in aligned:
                infer(one.alignments, one.claims, listener)
            if not (new := listener.asked - tried):
                return
            known.update(score_all(sorted(new), scorer))
            tried |= new

    def _one(self, row: Row, done: int, total: int, progress: Progress | None) -> Told:
        reference, version = articles(row)
        report = check(reference, [version], self._config, scorer=self._scorer or Listener())
        if progress is not None:
            progress(done, total)
        if not any(coverage.compared for coverage in report.coverage):
            return Told(0.0, alarms=0, compared=False, reported=())
        sure = [self._scaled(one) for one in (*report.findings, *report.candidates) if one.level in self._levels]
        return Told(
            max(sure, default=0.0),
            alarms=sum(one.level in self._levels for one in report.findings),
            unread=sum(one.forward is None or one.backward is None for one in report.alignments),
            reported=counted(report.findings),
        )

    def _scaled(self, finding: Finding) -> float:
        """Its confidence on the common scale: the check's own threshold becomes the fixed one."""
        own, common = self._rules[finding.check].threshold, self.fixed.value
        if finding.confidence < own:
            return common * finding.confidence / own
        return common + (1 - common) * (finding.confidence - own) / (1 - own) if own < 1 else 1.0


def typed_alone(*, warnings: bool = False) -> ToolSystem:
    """The typed checks alone: the model's own check is off and nothing is asked."""
    return ToolSystem(None, Config(checks={MODEL_CHECK: CheckSettings(on=False)}), warnings=warnings)


def counted(findings: Iterable[Finding]) -> tuple[Reported, ...]:
    """How many of each check and level, by name."""
    counts = Counter((finding.check, finding.level) for finding in findings)
    return tuple(Reported(check_id, level, count) for (check_id, level), count in sorted(counts.items()))


def _aligned(row: Row) -> _Aligned:
    premise, hypothesis = (segment(article) for article in articles(row))
    claims = {claim.id: claim for claim in (*premise, *hypothesis)}
    return _Aligned(align(_VERSION, premise, hypothesis), claims)


def articles(row: Row) -> tuple[Article, Article]:
    """A row as a reference and one version of it."""
    return Article(id="reference", text=row.premise), Article(id=_VERSION, text=row.hypothesis)
