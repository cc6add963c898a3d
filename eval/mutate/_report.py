"""Outcomes to a summary: shares per kind with intervals, what was missed, alarms on honest rewrites."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from eval.mutate._draw import TOGETHER
from eval.mutate._kinds import KINDS
from eval.mutate._run import Outcome, Tried

_Z = 1.959963984540054
_EXAMPLES = 5
"""Missed or alarmed places of a kind that the summary quotes."""


class Share(msgspec.Struct, frozen=True):
    """A share with its 95 % interval; None with a reason where nothing was tried."""

    value: float | None
    low: float | None
    high: float | None
    reason: str = ""


class Example(msgspec.Struct, frozen=True):
    id: str
    reference: str
    version: str
    checks: tuple[str, ...] = ()


class Corruption(msgspec.Struct, frozen=True):
    """A kind of corruption: how many were injected into how many articles, and the share that was caught."""

    injected: int
    articles: int
    no_place_found: int
    caught_as_error: Share
    caught: Share
    missed: int
    examples_missed: tuple[Example, ...]


class Rewrite(msgspec.Struct, frozen=True):
    """A kind of honest rewrite: the share of copies that raised any error or warning, any error."""

    made: int
    articles: int
    no_place_found: int
    alarm_rate: Share
    error_rate: Share
    alarms: int
    examples_alarmed: tuple[Example, ...]


class Summary(msgspec.Struct, frozen=True):
    """`alarms_per_article`: errors and warnings on a copy that holds every honest rewrite the article has room for."""

    corruptions: Mapping[str, Corruption]
    rewrites: Mapping[str, Rewrite]
    all_corruptions: Corruption
    all_rewrites: Rewrite
    alarms_per_article: Share
    alarms_unchanged: int
    articles: int
    unread: tuple[str, ...]
    signature: Mapping[str, str]


def wilson(clusters: Sequence[tuple[int, int]]) -> Share:
    """Share of hits over (hits, tries) of each article, with Wilson's 95 % interval on the effective size.

    Tries in one article are alike; the sample counts for as many independent ones as its variance over
    articles shows (design effect, never below 1; 1 where there is one article only). Unlike a bootstrap
    the interval keeps its width where all or none were caught.
    """
    hits, tries = sum(hit for hit, _ in clusters), sum(n for _, n in clusters)
    if not tries:
        return Share(None, None, None, "no place found in any article")
    share = hits / tries
    size = tries / _design_effect(clusters, share)
    middle = (share + _Z**2 / (2 * size)) / (1 + _Z**2 / size)
    half = _Z * math.sqrt(share * (1 - share) / size + _Z**2 / (4 * size**2)) / (1 + _Z**2 / size)
    return Share(round(share, 4), round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4))


def _design_effect(clusters: Sequence[tuple[int, int]], share: float) -> float:
    """Variance of the share over articles, against that of as many independent tries."""
    used = [(hit, n) for hit, n in clusters if n]
    plain = share * (1 - share)
    if len(used) < 2 or plain == 0:
        return 1.0
    tries = sum(n for _, n in used)
    spread = sum((hit - share * n) ** 2 for hit, n in used) * len(used) / (len(used) - 1)
    return max(1.0, spread / tries * (tries - 1) / tries / plain)


def mean(counts: Sequence[int]) -> Share:
    """Mean count an article with a 95 % interval, normal on the log scale of a count with its own spread.

    Where no alarm was raised the upper end is the "rule of three", 3 / articles.
    """
    if not counts:
        return Share(None, None, None, "no article has room for an honest rewrite")
    total, size = sum(counts), len(counts)
    if not total:
        return Share(0.0, 0.0, round(3 / size, 4))
    value = total / size
    spread = sum((count - value) ** 2 for count in counts) / (size - 1) if size > 1 else value
    half = _Z * math.sqrt(max(spread, value) / size) / value
    return Share(round(value, 4), round(value * math.exp(-half), 4), round(value * math.exp(half), 4))


def summarise(tried: Sequence[Tried], unread: Sequence[str], signature: Mapping[str, str]) -> Summary:
    """The summary of all articles; its `signature` gains the digest of their texts."""
    outcomes = [outcome for one in tried for outcome in one.outcomes]
    nowhere = Counter(place for one in tried for place in one.nowhere)
    of_kind: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        of_kind.setdefault(outcome.kind, []).append(outcome)
    corrupt, honest = KINDS["corruption"], KINDS["benign"]
    texts = hashlib.sha256("\n".join(one.sha256 for one in tried).encode()).hexdigest()
    return Summary(
        corruptions={kind: _corruption(of_kind.get(kind, []), nowhere["corruption", kind]) for kind in corrupt},
        rewrites={kind: _rewrite(of_kind.get(kind, []), nowhere["benign", kind]) for kind in honest},
        all_corruptions=_corruption([one for kind in corrupt for one in of_kind.get(kind, [])], 0),
        all_rewrites=_rewrite([one for kind in honest for one in of_kind.get(kind, [])], 0),
        alarms_per_article=mean([one.alarms for one in of_kind.get(TOGETHER, [])]),
        alarms_unchanged=sum(one.unchanged for one in tried),
        articles=len(tried),
        unread=tuple(unread),
        signature={**signature, "data": texts[:16]},
    )


def _corruption(outcomes: Sequence[Outcome], nowhere: int) -> Corruption:
    missed = [outcome for outcome in outcomes if not outcome.alarms]
    return Corruption(
        injected=len(outcomes),
        articles=len({outcome.article for outcome in outcomes}),
        no_place_found=nowhere,
        caught_as_error=_share(outcomes, [outcome.errors > 0 for outcome in outcomes]),
        caught=_share(outcomes, [outcome.alarms > 0 for outcome in outcomes]),
        missed=len(missed),
        examples_missed=_examples(missed),
    )


def _rewrite(outcomes: Sequence[Outcome], nowhere: int) -> Rewrite:
    alarmed = [outcome for outcome in outcomes if outcome.alarms]
    return Rewrite(
        made=len(outcomes),
        articles=len({outcome.article for outcome in outcomes}),
        no_place_found=nowhere,
        alarm_rate=_share(outcomes, [outcome.alarms > 0 for outcome in outcomes]),
        error_rate=_share(outcomes, [outcome.errors > 0 for outcome in outcomes]),
        alarms=sum(outcome.alarms for outcome in outcomes),
        examples_alarmed=_examples(alarmed),
    )


def _share(outcomes: Sequence[Outcome], hits: Sequence[bool]) -> Share:
    counted: dict[str, tuple[int, int]] = {}
    for outcome, hit in zip(outcomes, hits, strict=True):
        before = counted.get(outcome.article, (0, 0))
        counted[outcome.article] = (before[0] + hit, before[1] + 1)
    return wilson(list(counted.values()))


def _examples(outcomes: Sequence[Outcome]) -> tuple[Example, ...]:
    return tuple(Example(one.id, one.reference, one.version, one.checks) for one in outcomes[:_EXAMPLES])


def rows(tried: Sequence[Tried]) -> str:
    """One JSON line a copy, then one for each kind that found no place."""
    lines = []
    for one in tried:
        for outcome in one.outcomes:
            lines.append({**msgspec.to_builtins(outcome), "level": outcome.level})
        lines += [
            {
                "id": f"{one.article}:{kind}",
                "article": one.article,
                "family": family,
                "kind": kind,
                "level": "no place found",
            }
            for family, kind in one.nowhere
        ]
    return "".join(json.dumps(line, sort_keys=True, ensure_ascii=False) + "\n" for line in lines)


def as_json(summary: Summary) -> str:
    return json.dumps(msgspec.to_builtins(summary), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def show(summary: Summary) -> str:
    """Two tables for a person, then what was missed and what alarmed."""
    signed = " ".join(f"{name}={value}" for name, value in sorted(summary.signature.items()))
    lines = [f"{summary.articles} articles, {signed}", ""]
    lines.append(f"{'corruption':20} {'injected':>8} {'no place':>8}  {'errors':>20}  {'errors+warnings':>20}")
    for name, kind in [*summary.corruptions.items(), ("all", summary.all_corruptions)]:
        shares = f"{_shown(kind.caught_as_error):>20}  {_shown(kind.caught):>20}"
        lines.append(f"{name:20} {kind.injected:8} {kind.no_place_found or '':>8}  {shares}")
    lines += ["", f"{'honest rewrite':20} {'made':>8} {'no place':>8}  {'errors':>20}  {'errors+warnings':>20}"]
    for name, rewrite in [*summary.rewrites.items(), ("all", summary.all_rewrites)]:
        shares = f"{_shown(rewrite.error_rate):>20}  {_shown(rewrite.alarm_rate):>20}"
        lines.append(f"{name:20} {rewrite.made:8} {rewrite.no_place_found or '':>8}  {shares}")
    lines += ["", f"alarms per article, all honest rewrites in one copy: {_number(summary.alarms_per_article)}"]
    if summary.alarms_unchanged:
        lines.append(f"alarms of articles against themselves (counted for nothing above): {summary.alarms_unchanged}")
    lines += _examples_of("missed", {name: kind.examples_missed for name, kind in summary.corruptions.items()})
    lines += _examples_of("alarmed", {name: kind.examples_alarmed for name, kind in summary.rewrites.items()})
    return "\n".join(lines)


def _shown(share: Share) -> str:
    if share.value is None or share.low is None or share.high is None:
        return "-"
    return f"{share.value:4.0%} [{share.low:4.0%}, {share.high:4.0%}]"


def _number(share: Share) -> str:
    if share.value is None:
        return f"none ({share.reason})"
    return f"{share.value:.2f} [{share.low:.2f}, {share.high:.2f}]"


def _examples_of(what: str, examples: Mapping[str, Sequence[Example]]) -> list[str]:
    lines = []
    for kind, some in examples.items():
        for one in some[:2]:
            lines += ["", f"{what} {kind} ({one.id})", f"  - {one.reference}", f"  + {one.version}"]
    return lines
