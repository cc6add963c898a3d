"""Mutated copies through the tool: one mutation a copy, all copies of an article in few calls.

Cost: sentences that a copy shares with its article are known to be the same and never scored, so a copy
costs the model one or two pairs however long the article is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from consistency.config import Config
from consistency.pipeline import check
from consistency.protocols import Scorer
from consistency.records import Article, Finding, Report, Side, Span
from eval.mutate._draw import TOGETHER, Mutation, draw
from eval.mutate._text import Family, apply

Level = str
_CHARACTERS = 2_000_000
"""Of mutated copies in one call, so that a long article is not held a hundred times at once."""
_SHOWN = 160
_ALARMS = ("error", "warning")


class Outcome(msgspec.Struct, frozen=True):
    """What the tool made of one mutated copy.

    `errors` and `alarms` (errors and warnings) count findings; for a corruption those that touch its place,
    for a benign rewrite all that the untouched article does not raise against itself.
    """

    id: str
    article: str
    family: Family
    kind: str
    reference: str
    version: str
    errors: int
    alarms: int
    checks: tuple[str, ...]

    @property
    def level(self) -> str:
        """The worst level that speaks of it; "" for none."""
        return "error" if self.errors else "warning" if self.alarms else ""


class Tried(msgspec.Struct, frozen=True):
    """All outcomes of one article. `unchanged` = alarms it raises against itself; they count for nothing below."""

    article: str
    sha256: str
    outcomes: tuple[Outcome, ...]
    nowhere: tuple[tuple[Family, str], ...]
    unchanged: int


def run(
    articles: Sequence[Article],
    scorer: Scorer,
    config: Config,
    *,
    seed: int,
    per_kind: int,
    progress: Callable[[str, int, int], None] | None = None,
) -> Iterator[Tried]:
    """One `Tried` an article, in order."""
    for at, article in enumerate(articles):
        if progress is not None:
            progress("mutating", at, len(articles))
        yield _article(article, scorer, config, seed, per_kind)


def _article(article: Article, scorer: Scorer, config: Config, seed: int, per_kind: int) -> Tried:
    drawn = draw(article, seed, per_kind)
    counts: dict[str, int] = {}
    copies: list[tuple[str, Mutation]] = []
    for mutation in drawn.mutations:
        counts[mutation.kind] = counts.get(mutation.kind, 0) + 1
        copies.append((f"{mutation.kind}-{counts[mutation.kind]}", mutation))
    texts = {name: apply(article.text, mutation.change)[0] for name, mutation in copies}
    if drawn.together:
        texts[TOGETHER] = apply(article.text, drawn.together)[0]
    known: frozenset[tuple[str, str]] = frozenset()
    found: dict[str, tuple[Finding, ...]] = {}
    for batch in _batches({"": article.text, **texts}):
        versions = [Article(id=_version(name), text=text) for name, text in batch.items()]
        report = check(Article(id="reference", text=article.text), versions, config, scorer=scorer)
        found.update({name: _alarms(report, _version(name)) for name in batch})
        if "" in batch:
            known = frozenset(_key(finding) for finding in found[""])
    outcomes = [
        _outcome(article, name, mutation, texts[name], [one for one in found[name] if _key(one) not in known])
        for name, mutation in copies
    ]
    if drawn.together:
        alarms = [finding for finding in found[TOGETHER] if _key(finding) not in known]
        outcomes.append(
            _told(article, TOGETHER, "benign", TOGETHER, f"{len(drawn.together)} edits", _words(alarms), alarms)
        )
    return Tried(article.id, _sha(article), tuple(outcomes), drawn.nowhere, len(found[""]))


def _version(name: str) -> str:
    return f"copy {name}"


def _batches(texts: Mapping[str, str]) -> Iterator[dict[str, str]]:
    batch: dict[str, str] = {}
    size = 0
    for name, text in texts.items():
        if batch and size + len(text) > _CHARACTERS:
            yield batch
            batch, size = {}, 0
        batch[name] = text
        size += len(text)
    yield batch


def _alarms(report: Report, version: str) -> tuple[Finding, ...]:
    """Errors and warnings about a version; a finding without a side in it (an omission) belongs to none."""
    return tuple(
        finding
        for finding in report.findings
        if finding.version is not None and finding.version.article == version and finding.level in _ALARMS
    )


def _key(finding: Finding) -> tuple[str, str]:
    return finding.check, finding.version.text if finding.version else ""


def _outcome(article: Article, name: str, mutation: Mutation, text: str, alarms: Sequence[Finding]) -> Outcome:
    if mutation.family == "corruption":
        alarms = [
            finding
            for finding in alarms
            if _touches(finding.version, mutation.version) or _touches(finding.reference, mutation.reference)
        ]
    before, after = _excerpts(article.text, text, mutation)
    return _told(article, name, mutation.family, mutation.kind, before, after, alarms)


def _touches(side: Side | None, places: Sequence[Span]) -> bool:
    """Whether a claim of the finding holds the place."""
    return side is not None and any(span.overlaps(place) for span in side.spans for place in places)


def _told(  # noqa: PLR0917
    article: Article, name: str, family: Family, kind: str, before: str, after: str, alarms: Sequence[Finding]
) -> Outcome:
    return Outcome(
        id=f"{article.id}:{name}",
        article=article.id,
        family=family,
        kind=kind,
        reference=before,
        version=after,
        errors=sum(finding.level == "error" for finding in alarms),
        alarms=len(alarms),
        checks=tuple(sorted({finding.check for finding in alarms})),
    )


def _excerpts(text: str, mutated: str, mutation: Mutation) -> tuple[str, str]:
    """The place in both texts with some words around it, on one line."""
    shown = []
    for whole, spans in ((text, mutation.reference), (mutated, mutation.version)):
        start = max(0, spans[0].start - _SHOWN // 3)
        end = min(len(whole), max(spans[0].end, spans[0].start) + _SHOWN // 3, start + _SHOWN)
        start = whole.rfind(" ", 0, start) + 1 if start else 0
        words = " ".join(whole[start:end].split())
        shown.append(f"{'...' if start else ''}{words}{'...' if end < len(whole) else ''}")
    return shown[0], shown[1]


def _words(alarms: Sequence[Finding]) -> str:
    """What the first alarms of a copy that is rewritten throughout say."""
    return " | ".join(" ".join(finding.message.split())[:_SHOWN] for finding in alarms[:5])


def _sha(article: Article) -> str:
    from eval.mutate._draw import digest

    return digest(article.text)
