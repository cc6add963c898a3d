"""GitLab's code quality report: unique and lasting fingerprints, and nothing silent."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from consistency.records import Known, Level, Place, Report, Run, Unread, Waiver
from consistency.report import FORMATS, Options
from tests.golden import golden
from tests.hostile import megabyte, parsed, placed, runs, walk
from tests.reports import report


def issues_of(*made: Report, **more: Any) -> list[Any]:
    found = parsed(FORMATS["gitlab"](Options())(Run(made, **more)))
    assert isinstance(found, list)
    return found


def test_a_finding_is_an_issue() -> None:
    made = placed(report(source="./stories\\b.txt"), Place(3, 5, 4, 2))
    assert issues_of(made)[0] == {
        "description": 'The reference says "Monday", the version says "Sunday". (reference: a.txt:3)',
        "check_name": "date",
        "fingerprint": issues_of(made)[0]["fingerprint"],
        "severity": "critical",
        "location": {"path": "stories/b.txt", "lines": {"begin": 3, "end": 4}},
    }


@pytest.mark.parametrize(("level", "severity"), [("error", "critical"), ("warning", "major"), ("note", "info")])
def test_severities(level: Level, severity: str) -> None:
    assert issues_of(report(level=level))[0]["severity"] == severity


@pytest.mark.parametrize(
    ("known", "severity", "said"),
    [
        (Known("same"), "info", "known)"),
        (Known("same", 1.0, Waiver("a slip", "desk")), "info", "known, waived by desk: a slip)"),
        (Known("same", 1.0, Waiver("a slip", "desk"), expired=True), "critical", "known, waiver has run out)"),
    ],
)
def test_what_the_baseline_knows_is_info_until_its_waiver_runs_out(known: Known, severity: str, said: str) -> None:
    made = report()
    finding = msgspec.structs.replace(made.findings[0], known=known)
    issue = issues_of(msgspec.structs.replace(made, findings=(finding,)))[0]
    assert issue["severity"] == severity
    assert issue["description"].endswith(said)


def test_an_omission_stands_at_the_reference_and_an_addition_without_one() -> None:
    made = report()
    omission = msgspec.structs.replace(made.findings[0], version=None)
    addition = msgspec.structs.replace(made.findings[0], reference=None)
    first, second, *_ = issues_of(msgspec.structs.replace(made, findings=(omission, addition)))
    assert first["location"]["path"] == "a.txt"
    assert first["description"].endswith("(the version has no such text, the place is the reference's)")
    assert second["location"]["path"] == "b.txt"
    assert "reference:" not in second["description"]


def test_what_was_not_checked_is_an_issue() -> None:
    unread = (Unread("c.txt", "missing", "c.txt is not there", "mend the path"),)
    issues = issues_of(report(level=None, unread=unread, share=(0, 2)))
    assert [(issue["check_name"], issue["severity"], issue["location"]["path"]) for issue in issues] == [
        ("not-read", "major", "c.txt"),
        ("coverage", "major", "b.txt"),
    ]


def test_a_text_that_is_no_file_goes_by_its_name() -> None:
    assert issues_of(report(source=""))[0]["location"] == {"path": "b", "lines": {"begin": 1}}


def test_the_same_finding_twice_has_two_fingerprints_that_last() -> None:
    made = report()
    twice = msgspec.structs.replace(made, findings=made.findings * 2)
    one, two, *_ = (issue["fingerprint"] for issue in issues_of(twice))
    assert one != two
    assert one == issues_of(made)[0]["fingerprint"]
    elsewhere = msgspec.structs.replace(made, story=msgspec.structs.replace(made.story, id="another"))
    assert issues_of(elsewhere, made)[1]["fingerprint"] == one


def test_coverage_keeps_its_fingerprint_when_its_numbers_move() -> None:
    (one,), (two,) = (issues_of(report(level=None, share=share)) for share in ((1, 2), (2, 2)))
    assert one["description"] != two["description"]
    assert one["fingerprint"] == two["fingerprint"]


def test_everything_of_the_golden_run_is_there() -> None:
    issues = parsed(FORMATS["gitlab"](Options())(golden()))
    kinds = [issue["check_name"] for issue in issues]
    assert {"not-read", "coverage", "furniture", "baseline", "skipped"} <= set(kinds)
    assert len([kind for kind in kinds if kind == "not-read"]) == 3


@settings(max_examples=60)
@given(runs())
def test_hostile_runs_are_issues_with_unique_fingerprints_and_positive_lines(run: Run) -> None:
    issues = parsed(FORMATS["gitlab"](Options())(run))
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints)
    for path, value in walk(issues):
        if not isinstance(value, dict | list | str):
            assert isinstance(value, int)
            assert value >= 1
        if path[-1:] == ("path",):
            assert value
            assert "\\" not in value or not run.reports[0].findings


def test_a_megabyte_everywhere_is_bounded() -> None:
    assert len(FORMATS["gitlab"](Options())(megabyte())) < 30_000
