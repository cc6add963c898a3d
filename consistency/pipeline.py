"""read -> segment -> align -> infer -> judge: the one place where the stages meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeAlias

import msgspec

from consistency import backends
from consistency.align import align
from consistency.checks import CHECKS
from consistency.config import Config
from consistency.infer import infer
from consistency.judge import MODEL_CHECK, Judgement, Rule, judge
from consistency.protocols import Check, Context, Scorer
from consistency.read import read
from consistency.records import (
    Alignment,
    Article,
    Claim,
    Coverage,
    Finding,
    Reading,
    Report,
    Role,
    Signature,
    Story,
    Unread,
)
from consistency.segment import segment
from consistency.weigh import weigh

SCHEMA_VERSION = 2
TYPED_THRESHOLD = 0.5

Input: TypeAlias = str | Path | Article
Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""


def check(
    reference: Input,
    versions: Sequence[Input],
    config: Config | None = None,
    *,
    stdin: bytes | None = None,
    progress: Progress | None = None,
    scorer: Scorer | None = None,
) -> Report:
    """Holds every version against the reference.

    Inputs are paths ("-" takes the bytes in `stdin`) or `Article`s. What cannot be read stands in
    `report.unread`. `scorer` takes the place of the model the settings name. Raises `ModelError`
    and `ConfigError`; never for a bad article.
    """
    chosen = config or Config()
    told = progress or _silent
    readings = [_reading(reference, "original", single=True, stdin=stdin)]
    for at, given in enumerate(versions):
        told("reading", at, len(versions))
        readings.append(_reading(given, chosen.role, single=False, stdin=stdin))
    unread = [entry for reading in readings for entry in reading.unread]
    heads = readings[0].articles
    rest = [article for reading in readings[1:] for article in reading.articles]
    if not heads:
        unread += [_no_reference(article) for article in rest]
        rest = []
    story = _story([*heads, *rest])
    claims = {article.id: segment(article) for article in story.articles}
    alignments: list[Alignment] = []
    for at, article in enumerate(story.versions):
        told("aligning", at, len(story.versions))
        alignments += align(article.id, claims[story.reference], claims[article.id])
    model = scorer or backends.load(chosen.model, device=chosen.device, threads=chosen.threads)
    by_id = {claim.id: claim for found in claims.values() for claim in found}
    scored = infer(alignments, by_id, model, chosen.batch_size, lambda done, total: told("comparing", done, total))
    context = Context(story, claims, scored)
    judged = _judge(context, chosen) if heads else Judgement((), ())
    return Report(
        schema_version=SCHEMA_VERSION,
        signature=Signature(tool_version(), model.digest, chosen.digest()),
        story=story,
        claims=tuple(claim for found in claims.values() for claim in found),
        coverage=tuple(_coverage(article, context, chosen) for article in story.versions),
        alignments=scored,
        candidates=judged.candidates,
        findings=judged.findings,
        unread=tuple(unread),
    )


def tool_version() -> str:
    """The installed version; in a source tree that is not installed, that of the source."""
    try:
        return version("consistency")
    except PackageNotFoundError:
        from consistency import __version__

        return __version__


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


def _judge(context: Context, config: Config) -> Judgement:
    applied = rules(config, CHECKS.values())
    found: list[Finding] = []
    for one in CHECKS.values():
        if applied[one.id].on:
            found += one.check(context)
    return judge(weigh(found, context), applied, context.story)


def _reading(given: Input, role: Role, *, single: bool, stdin: bytes | None) -> Reading:
    if isinstance(given, Article):
        return _given(given, role)
    return read(str(given), role=role, single=single, stdin=stdin)


def _given(article: Article, role: Role) -> Reading:
    """An article made in memory; as a version it stays an independent report where it says that it is one."""
    if not article.text.strip():
        name = article.source or article.id
        return Reading(unread=(Unread(name, "empty", f"{name} holds no text.", "Give an article with a text."),))
    if role == "copy" and article.role == "report":
        return Reading((article,))
    return Reading((msgspec.structs.replace(article, role=role),))


def _story(articles: Sequence[Article]) -> Story:
    """Article ids made unique: the same file given twice is two articles."""
    taken = {article.id for article in articles}
    copies: dict[str, int] = {}
    unique = []
    for article in articles:
        name, number = article.id, copies.get(article.id, 0) + 1
        while number > 1 and (name := f"{article.id} ({number})") in taken:
            number += 1
        copies[article.id] = number
        taken.add(name)
        unique.append(msgspec.structs.replace(article, id=name))
    name = unique[0].source or unique[0].id if unique else ""
    return Story(name, tuple(unique), unique[0].id if unique else "")


def _no_reference(article: Article) -> Unread:
    return Unread(
        article.source or article.id,
        "missing",
        f"{article.id} was not compared: there is no reference to hold it against.",
        "Mend the reference and run again.",
    )


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
