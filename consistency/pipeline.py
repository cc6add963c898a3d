"""read -> segment -> align -> infer -> judge: the one place where the stages meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TypeAlias

import msgspec

from consistency import backends
from consistency.alias import Spelt, spelt
from consistency.align import align
from consistency.cache import Cache, CachedScorer, open_cache
from consistency.checks import CHECKS, NEEDS, READS, READS_OF_EACH
from consistency.combine import combine, fitted_for
from consistency.config import Config
from consistency.gather import Gathered, Input, gathered, reading, story_of
from consistency.infer import answered, ask, infer
from consistency.judge import MODEL_CHECK, Judgement, Rule, judge
from consistency.protocols import Check, Context, Known, Scorer
from consistency.read import stories
from consistency.records import (
    Alignment,
    Article,
    Claim,
    Coverage,
    Finding,
    Report,
    Run,
    Signature,
    Story,
    Unread,
)
from consistency.segment import segment
from consistency.weigh import weigh

SCHEMA_VERSION = 2
TYPED_THRESHOLD = 0.5
WORDS_ALONE = "lexical"
"""The model that is none: its scores cost less than the keeping of them."""

TOGETHER = 512
"""Alignments that are scored together, of as many stories as it takes: enough to fill the scorer's batches."""
MOST_STORIES = 64
"""Stories that are held at once."""

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""
Notice: TypeAlias = Callable[[str], None]


_Found: TypeAlias = Mapping[str, tuple[Finding, ...]]
"""Findings by check."""


class _Laid(msgspec.Struct, frozen=True):
    """A story ready to be scored. `read_as` has it as every stage reads it, `claims` as it was written."""

    story: Story
    claims: Mapping[str, tuple[Claim, ...]]
    read_as: Spelt
    alignments: tuple[Alignment, ...]
    unread: tuple[Unread, ...]

    @property
    def readable(self) -> bool:
        """Whether there is a reference to hold anything against."""
        return bool(self.story.articles)

    @property
    def by_id(self) -> dict[str, Claim]:
        return {claim.id: claim for found in self.read_as.claims.values() for claim in found}


def check(
    reference: Input,
    versions: Sequence[Input],
    config: Config | None = None,
    *,
    stdin: bytes | None = None,
    progress: Progress | None = None,
    notice: Notice | None = None,
    scorer: Scorer | None = None,
) -> Report:
    """Holds every version against the reference.

    Inputs are paths ("-" takes the bytes in `stdin`) or `Article`s. What cannot be read stands in
    `report.unread`. `scorer` takes the place of the model the settings name; `notice` is called with
    what is wrong and changes no report, as a cache that cannot be used. Raises `ModelError` and
    `ConfigError`; never for a bad article.
    """
    chosen = config or Config()
    told = progress or _silent
    readings = [reading(reference, "original", single=True, stdin=stdin)]
    for at, given in enumerate(versions):
        told("reading", at, len(versions))
        readings.append(reading(given, chosen.role, single=False, stdin=stdin))
    laid = _laid_out(Gathered("", tuple(readings)), chosen, told)
    with _asked(scorer, chosen, notice) as model:
        ahead = _Ahead([laid], chosen)
        scored = infer(
            laid.alignments, laid.by_id, model, lambda done, total: told("comparing", done, total), meanwhile=ahead.find
        )
        return _concluded(laid, scored, ahead.found[0], chosen, model)


def check_stories(
    folder: str | Path,
    config: Config | None = None,
    *,
    changed_since: str | None = None,
    progress: Progress | None = None,
    notice: Notice | None = None,
    scorer: Scorer | None = None,
) -> Run:
    """Checks every story in a folder, which may be one itself; a report for each, in order of their paths.

    What keeps a folder from being checked stands in its report's `unread`; what was left aside, by the settings'
    patterns or because git knows of no change `changed_since`, in `run.skipped`. A few stories are held at a time and
    the model is loaded once. Raises `ModelError`, `ConfigError`, and `InputError` where git cannot say what changed.
    """
    chosen = config or Config()
    told = progress or _silent
    found = stories.find(folder, include=chosen.include, exclude=chosen.exclude, changed_since=changed_since)
    reports: list[Report] = []
    waiting = (gathered(one, chosen.role) for one in found.folders)
    for report in check_many(waiting, chosen, notice=notice, scorer=scorer):
        reports.append(report)
        told("checking stories", len(reports), len(found.folders))
    return Run(tuple(reports), skipped=found.skipped)


def check_many(
    given: Iterable[Gathered],
    config: Config | None = None,
    *,
    notice: Notice | None = None,
    scorer: Scorer | None = None,
) -> Iterator[Report]:
    """A report for each story, in order, each as if it had been alone. A bounded number of stories is held at a time.

    The pairs of several stories are scored together, each once. Raises `ModelError` and `ConfigError`.
    """
    chosen = config or Config()
    groups = _groups(given, chosen)
    first = next(groups, None)
    if first is None:
        return  # and no model was loaded
    with _asked(scorer, chosen, notice) as model:
        for laid_out in chain((first,), groups):
            yield from _together(laid_out, chosen, model)


def _groups(given: Iterable[Gathered], chosen: Config) -> Iterator[list[_Laid]]:
    """Stories laid out, as many at once as are scored together."""
    waiting: list[_Laid] = []
    for one in given:
        waiting.append(_laid_out(one, chosen, _silent))
        if len(waiting) >= MOST_STORIES or sum(len(laid.alignments) for laid in waiting) >= TOGETHER:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _together(laid_out: Sequence[_Laid], chosen: Config, model: Scorer) -> Iterator[Report]:
    asking = [ask(laid.alignments, laid.by_id) for laid in laid_out]
    ahead = _Ahead(laid_out, chosen)
    for at, scored in enumerate(answered(asking, model, meanwhile=ahead.find)):
        yield _concluded(laid_out[at], scored, ahead.found[at], chosen, model)


@contextmanager
def _asked(scorer: Scorer | None, chosen: Config, notice: Notice | None) -> Iterator[Scorer]:
    """The scorer that was given, or the one the settings name for as long as it is needed."""
    if scorer is not None:
        yield scorer
        return
    keeper = _keeper(chosen)
    try:
        yield _scorer(chosen, keeper)
    finally:
        if keeper is not None:
            if notice is not None and keeper.notice:
                notice(keeper.notice)
            keeper.close()


def load(config: Config) -> CachedScorer:
    """The scorer that the settings name, which asks its model about no pair twice.

    The network itself is loaded when it is first asked.
    """
    return _scorer(config, _keeper(config))


def _keeper(config: Config) -> Cache | None:
    return open_cache() if config.cache and config.model != WORDS_ALONE else None


def _scorer(config: Config, keeper: Cache | None) -> CachedScorer:
    scorer = backends.load(
        config.model,
        backend=config.backend,
        precision=config.precision,
        device=config.device,
        threads=config.threads,
        batch_size=config.batch_size,
        lazy=True,
    )
    return CachedScorer(scorer, keeper)


def _laid_out(given: Gathered, chosen: Config, told: Progress) -> _Laid:
    """The article of the first reading beside those of all others: claims and alignments, nothing scored yet."""
    story, unread = story_of(given)
    claims = {article.id: segment(article) for article in story.articles}
    read_as = spelt(story, claims, chosen.aliases)
    alignments: list[Alignment] = []
    for at, article in enumerate(story.versions):
        told("aligning", at, len(story.versions))
        alignments += align(article.id, read_as.claims[story.reference], read_as.claims[article.id])
    return _Laid(story, claims, read_as, tuple(alignments), unread)


class _Ahead:
    """Findings of the checks that need not wait for all scores, by story and check."""

    def __init__(self, laid_out: Sequence[_Laid], chosen: Config) -> None:
        self.found: list[dict[str, tuple[Finding, ...]]] = [{} for _ in laid_out]
        self._laid_out = laid_out
        self._on = [name for name, rule in rules(chosen, CHECKS.values()).items() if rule.on]

    def find(self, at: int, known: Known, alignments: tuple[Alignment, ...]) -> None:
        """Runs the checks for which it is enough what is known of the alignments of a story."""
        ready = [name for name in self._on if NEEDS.get(name) == known and name not in self.found[at]]
        if ready and self._laid_out[at].readable:
            self.found[at] |= _early(self._laid_out[at], ready, alignments, known)


def _early(laid: _Laid, checks: Iterable[str], alignments: tuple[Alignment, ...], known: Known) -> _Found:
    """What the checks find before all is scored; the first time, what others will read is read too."""
    context = Context(laid.read_as.story, laid.read_as.claims, alignments)
    found = {name: tuple(CHECKS[name].check(context)) for name in checks}
    if known == "claims":
        for pair in context.pairs():
            texts = pair.premise.text, pair.hypothesis.text
            for read in READS:
                read(*texts)
            for read_alone in READS_OF_EACH:
                for text in texts:
                    read_alone(text)
    return found


def _concluded(laid: _Laid, scored: tuple[Alignment, ...], ahead: _Found, chosen: Config, model: Scorer) -> Report:
    """The report of a story whose alignments were scored."""
    context = Context(laid.read_as.story, laid.read_as.claims, scored)
    judged = Judgement((), ())
    if laid.readable:
        judged = _judge(context, ahead, laid, chosen, model.digest)
    return Report(
        schema_version=SCHEMA_VERSION,
        signature=Signature(tool_version(), model.digest, chosen.digest(), turned_off(chosen), model.runtime),
        story=laid.story,
        claims=tuple(claim for found in laid.claims.values() for claim in found),
        coverage=tuple(_coverage(article, context, chosen) for article in laid.story.versions),
        alignments=laid.read_as.alignments(scored),
        candidates=judged.candidates,
        findings=judged.findings,
        unread=laid.unread,
    )


def tool_version() -> str:
    """The installed version; in a source tree that is not installed, that of the source."""
    from importlib.metadata import PackageNotFoundError, version  # reads mail and zip files: the rest need not wait

    try:
        return version("consistency")
    except PackageNotFoundError:
        from consistency import __version__

        return __version__


def turned_off(config: Config) -> tuple[str, ...]:
    """The checks that do not run, in the order of the table."""
    return tuple(check for check in CHECKS if check in config.checks and not config.checks[check].on)


def rules(config: Config, checks: Iterable[Check]) -> dict[str, Rule]:
    """The settings of each check in the judge's words."""
    found = {}
    for one in checks:
        settings = config.checks.get(one.id)
        usual = config.threshold if one.id == MODEL_CHECK else TYPED_THRESHOLD
        if settings is None:
            found[one.id] = Rule(usual)
        else:
            threshold = usual if settings.threshold is None else settings.threshold
            found[one.id] = Rule(threshold, settings.level, settings.on)
    return found


def _judge(context: Context, ahead: _Found, laid: _Laid, config: Config, model: str) -> Judgement:
    """What the checks find in the story as it is read, told and judged of the story as it was written.

    `ahead` is what some found before all was scored. Where a combination belongs to the model, it says how sure a
    finding is.
    """
    applied = rules(config, CHECKS.values())
    found: list[Finding] = []
    for one in CHECKS.values():
        if applied[one.id].on:
            found += ahead[one.id] if one.id in ahead else one.check(context)
    weighed = weigh(found, context)
    combination = fitted_for(model)
    if combination is not None:
        weighed = combine(weighed, context, combination)
    return judge(laid.read_as.findings(weighed), applied, laid.story)


def _coverage(article: Article, context: Context, config: Config) -> Coverage:
    """Claims in an alignment that was scored; a pair too long to score counts as not compared."""
    scored = [
        alignment
        for alignment in context.alignments
        if alignment.article == article.id and alignment.forward is not None and alignment.backward is not None
    ]
    reference: Mapping[str, tuple[Claim, ...]] = context.claims
    return Coverage(
        article=article.id,
        compared=len({claim for alignment in scored for claim in alignment.hypothesis}),
        claims=len(reference[article.id]),
        reference_compared=len({claim for alignment in scored for claim in alignment.premise}),
        reference_claims=len(reference[context.story.reference]),
        minimum=config.min_coverage,
        required=article.role != "report",
    )


def _silent(stage: str, done: int, total: int) -> None:
    """No progress is wanted."""
