"""What a combination is fitted on, and the fit: logistic regression (scikit-learn) in which no weight may be negative.

Rows are taken as the tool takes them: claims are aligned and scored, every check is run. A pair of claims is one
example; of a contradictory row only the pair that the model finds most contradictory, since the others may be honest.
Rows are told apart by their cluster (document or sentence), so that both halves never share one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np

from consistency.align import align
from consistency.checks import CHECKS
from consistency.combine import ALONE, PAIR_FEATURES, TYPED, Combination, Feature, features, scored
from consistency.errors import InputError
from consistency.infer import IDENTICAL, infer
from consistency.protocols import Context, Scorer
from consistency.records import Alignment, Article, Finding, Story, mutual_contradiction
from consistency.segment import segment
from eval.rows import Row

CHECKED: Final = {
    "quantity": ALONE,
    "date": 0.4,
    "place": 0.2,
    "name": ALONE,
    "polarity": ALONE,
    "role": 0.2,
    "order": ALONE,
    "pronoun": ALONE,
}
"""The typed checks that say that a pair contradicts, and from which confidence on they count.

Of pairs with no more than a hint, those of `role` (63 of 64) and `place` (35 of 41) contradicted, and of rows with one
of `date` from .4 on 40 of 46; below that it is mostly another event of another day, in whole machine-made articles
always. Of `quantity` (7 of 19) and `name` (44 of 102) they contradicted hardly oftener than others that the model says
the same of. A hint of `polarity` is the model's own doubt.
"""
NEUTRAL: Final = 0.05
"""What a group of rows that only say more or less weighs against one of rewordings: it is easily told."""
_BLOCK: Final = 256
_STRENGTH: Final = 1.0


class Seen(msgspec.Struct, frozen=True):
    """A row as the tool saw it. `contradicts` is its label, `group` the sets it is weighed with."""

    group: str
    task: str
    row: Row
    contradicts: bool
    context: Context
    findings: tuple[Finding, ...]

    @property
    def half(self) -> int:
        """0 or 1, by the row's cluster."""
        return hashlib.sha256(self.row.cluster.encode("utf-8", "surrogatepass")).digest()[0] % 2


class Examples(NamedTuple):
    """Pairs of claims: features (n, k), labels (n,) of 0 and 1, and what each weighs (n,)."""

    values: Any
    labels: Any
    weights: Any


def see(rows: Sequence[tuple[str, str, Row, bool]], scorer: Scorer) -> Iterator[Seen]:
    """Rows, each with its group, task and label, through the stages up to the checks; the model is asked in blocks."""
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        stories = [_story(at, row) for at, (_, _, row, _) in enumerate(block)]
        claims = [{article.id: segment(article) for article in story.articles} for story in stories]
        alignments = [
            align(story.versions[0].id, told[story.reference], told[story.versions[0].id])
            for story, told in zip(stories, claims, strict=True)
        ]
        by_id = {claim.id: claim for told in claims for some in told.values() for claim in some}
        known = iter(infer([one for some in alignments for one in some], by_id, scorer))
        for (group, task, row, contradicts), story, told, some in zip(block, stories, claims, alignments, strict=True):
            context = Context(story, told, tuple(next(known) for _ in some))
            findings = tuple(finding for check in CHECKS.values() for finding in check.check(context))
            yield Seen(group, task, row, contradicts, context, findings)


def examples(seen: Sequence[Seen], share: float) -> Examples:
    """The pairs of these rows. Groups weigh as the root of their size, and contradictions `share` of the whole."""
    values: list[list[float]] = []
    labels: list[int] = []
    groups: list[str] = []
    for one in seen:
        pairs = [pair for pair in one.context.pairs() if scored(pair.alignment) and not _same(pair.alignment, one)]
        if one.contradicts and pairs:
            pairs = [max(pairs, key=lambda pair: mutual_contradiction(pair.alignment.forward, pair.alignment.backward))]
        for pair in pairs:
            told = features(pair, _on(pair.alignment, one.findings), CHECKED)
            values.append([told[name] for name in _names()])
            labels.append(int(one.contradicts))
            groups.append(one.group)
    return Examples(np.array(values), np.array(labels), _weights(np.array(labels), np.array(groups), share))


def fit(given: Examples, model: str, share: float, level: float) -> Combination:
    """The combination that fits these pairs best without a negative weight: features that want one are left out.

    Raises `InputError` where nothing that is known of a pair speaks for a contradiction.
    """
    from sklearn.linear_model import LogisticRegression

    mean, spread = given.values.mean(axis=0), given.values.std(axis=0)
    kept = [at for at in range(len(mean)) if spread[at] > 0]
    while kept:
        scaled = (given.values[:, kept] - mean[kept]) / spread[kept]
        fitted = LogisticRegression(C=_STRENGTH, max_iter=3_000).fit(scaled, given.labels, sample_weight=given.weights)
        worst = int(np.argmin(fitted.coef_[0]))
        if fitted.coef_[0][worst] >= 0:
            break
        del kept[worst]
    else:
        raise InputError("in these rows nothing speaks for a contradiction", "Are the labels the wrong way round?")
    weights = dict(zip(kept, fitted.coef_[0] / spread[kept], strict=True))
    found = tuple(
        Feature(name, round(float(mean[at]), 4), round(float(weights.get(at, 0.0)), 4), _least(name))
        for at, name in enumerate(_names())
    )
    return Combination(model, share, level, round(float(fitted.intercept_[0]), 4), found)


def _names() -> tuple[str, ...]:
    return (*PAIR_FEATURES, *(f"{TYPED}{check}" for check in CHECKED))


def _least(name: str) -> float:
    return CHECKED.get(name.removeprefix(TYPED), 0.0)


def _weights(labels: Any, groups: Any, share: float) -> Any:
    weights = np.ones(len(labels))
    for group in sorted(set(groups)):
        for label in (0, 1):
            those = (groups == group) & (labels == label)
            weights[those] = (NEUTRAL if group.startswith("neutral") else 1.0) / max(1, those.sum()) ** 0.5
    for label, part in ((1, share), (0, 1 - share)):
        weights[labels == label] *= part * len(labels) / weights[labels == label].sum()
    return weights


def _story(at: int, row: Row) -> Story:
    """Ids that no other row of a block has."""
    reference, version = Article(id=f"{at}", text=row.premise), Article(id=f"{at}v", text=row.hypothesis)
    return Story(row.id, (reference, version), reference.id)


def _on(pair: Alignment, findings: Sequence[Finding]) -> list[Finding]:
    """The findings on the claims of a pair."""
    return [
        finding
        for finding in findings
        if finding.reference is not None
        and finding.version is not None
        and (finding.reference.claims, finding.version.claims) == (pair.premise, pair.hypothesis)
    ]


def _same(pair: Alignment, one: Seen) -> bool:
    return pair.forward == pair.backward == IDENTICAL and not _on(pair, one.findings)
