"""Every check's manual: its first line, and its two samples run through the whole tool."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from consistency.checks import CHECKS, manuals
from consistency.pipeline import check
from consistency.protocols import Scorer
from consistency.records import Article, Report

_SAMPLE = re.compile(r"^(Passes|Fails):\n    reference: (.+)\n    version: (.+)$", re.MULTILINE)


class Samples(NamedTuple):
    passes: tuple[str, str]
    fails: tuple[str, str]


def manual(name: str) -> str:
    """The docstring of the module that defines the check."""
    return manuals()[name]


def samples(name: str) -> Samples:
    found = {kind: (reference, version) for kind, reference, version in _SAMPLE.findall(manual(name))}
    return Samples(found["Passes"], found["Fails"])


def _reported(texts: tuple[str, str], scorer: Scorer) -> Report:
    reference, version = (Article(id=name, text=text) for name, text in zip(("a", "b"), texts, strict=True))
    return check(reference, [version], scorer=scorer)


@pytest.mark.parametrize("name", CHECKS)
def test_a_manual_begins_with_one_line(name: str) -> None:
    lines = manual(name).splitlines()
    assert lines[0].endswith(".")
    assert lines[1] == ""
    assert CHECKS[name].id == name == type(CHECKS[name]).__module__.rpartition(".")[2]


@pytest.mark.parametrize("name", CHECKS)
def test_the_passing_sample_passes(name: str, embedded: Scorer) -> None:
    report = _reported(samples(name).passes, embedded)
    assert [finding for finding in report.findings if finding.check == name] == []


@pytest.mark.parametrize("name", CHECKS)
def test_the_failing_sample_fails(name: str, embedded: Scorer) -> None:
    report = _reported(samples(name).fails, embedded)
    assert [finding.level for finding in report.findings if finding.check == name] or (
        # A typed error explains the model's contradiction and stands in its place.
        name == "contradiction" and any(finding.level == "error" for finding in report.findings)
    )
