"""Runs with differences of a few kinds, and baselines of them, by hand and by hypothesis."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import msgspec
from hypothesis import strategies as st

from consistency.baseline import Baseline, record
from consistency.judge import fingerprint
from consistency.records import Coverage, Finding, Known, Report, Run, Signature, Story, Waiver
from tests.reports import article, side

TODAY = date(2026, 5, 20)


FRAMES = (
    "The two leaders have met {} times before, the ministry said on Monday.",
    "The two leaders had met {} times before, the ministry said on Monday.",
    "Nobody knows who counted the {} lorries on that bridge.",
)


WAIVER = Waiver("the ministry corrected it", "desk", "2026-05-20")


class Said(NamedTuple):
    """A difference between the reference and a version, in one of the frames."""

    old: str = "39"
    new: str = "93"
    frame: int = 0
    check: str = "quantity"


def said_in(said: Said, value: str) -> str:
    return FRAMES[said.frame].format(value)


def report(*said: Said, story: str = "one", copy: str = "b", before: str = "") -> Report:
    """A story of one copy, with a finding for each difference."""
    left, left_claims = article("a", " ".join([f"{before}Rain fell.", *(said_in(one, one.old) for one in said)]))
    right, right_claims = article(copy, " ".join(["Rain fell.", *(said_in(one, one.new) for one in said)]))
    shift = len(left_claims) - len(said)
    findings = [
        Finding(one.check, "error", f"{one.old} or {one.new}", 0.9, side(there, one.old), side(here, one.new))
        for one, there, here in zip(said, left_claims[shift:], right_claims[1:], strict=True)
    ]
    return Report(
        schema_version=2,
        signature=Signature("0", "m", "c"),
        story=Story(story, (left, right), "a"),
        claims=left_claims + right_claims,
        coverage=(Coverage(copy, 1, 1, 1, 1, 0.5, True),),
        alignments=(),
        candidates=(),
        findings=tuple(msgspec.structs.replace(one, fingerprint=fingerprint(one)) for one in findings),
    )


def run(*said: Said, **more: str) -> Run:
    return Run((report(*said, **more),))


def known(*said: Said, **more: str) -> Baseline:
    return record([run(*said, **more)], "known.toml")


def states(held: Run) -> list[Known | None]:
    return [finding.known for one in held.reports for finding in one.findings]


def waived(baseline: Baseline, waiver: Waiver = WAIVER) -> Baseline:
    return Baseline(baseline.name, tuple(msgspec.structs.replace(entry, waiver=waiver) for entry in baseline.entries))


SAID = st.builds(
    Said,
    st.sampled_from(["39", "40"]),
    st.sampled_from(["93", "94"]),
    st.integers(0, 2),
    st.sampled_from(["quantity", "date"]),
)


REPORTS = st.lists(
    st.builds(
        lambda said, story, copy: report(*said, story=story, copy=copy),
        st.lists(SAID, max_size=5),
        st.sampled_from(["one", "two"]),
        st.sampled_from(["b", "c"]),
    ),
    max_size=3,
)


RUNS = st.builds(lambda reports: Run(tuple(reports)), REPORTS)


WAIVERS = st.sampled_from([None, WAIVER, Waiver("fine"), Waiver("long over", "desk", "2020-01-01")])


@st.composite
def baselines(draw: st.DrawFn) -> Baseline:
    entries = record([draw(RUNS)], "known.toml").entries
    return Baseline("known.toml", tuple(msgspec.structs.replace(entry, waiver=draw(WAIVERS)) for entry in entries))


def shuffled(run: Run, baseline: Baseline, seed: int) -> tuple[Run, Baseline]:
    order = random.Random(seed)

    def mixed(items: Sequence[object]) -> tuple[object, ...]:
        return tuple(order.sample(list(items), len(items)))

    reports = tuple(msgspec.structs.replace(one, findings=mixed(one.findings)) for one in run.reports)
    return (
        msgspec.structs.replace(run, reports=mixed(reports)),
        msgspec.structs.replace(baseline, entries=mixed(baseline.entries)),
    )
