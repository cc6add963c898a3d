"""JUnit XML: valid by the schema that Jenkins reads it with, failing where the run fails, never silent."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from consistency.judge import exit_code
from consistency.records import Coverage, FailOn, Finding, Known, Level, Report, Run, Skipped, Stale, Story, Unread
from consistency.report import FORMATS, Options
from tests.golden import OPTIONS, golden
from tests.reports import report

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent.parent / "fixtures" / "schemas" / "junit.xsd"))
MANUALS = {"date": "Dates.", "role": "Roles."}


def parse(run: Run, options: Options = Options(manuals=MANUALS)) -> etree._Element:  # noqa: B008  (it is frozen)
    root = etree.fromstring(FORMATS["junit"](options)(run).encode())
    SCHEMA.assertValid(root)
    return root


def outcome(root: etree._Element, name: str) -> str:
    (case,) = root.xpath("//testcase[@name=$name]", name=name)
    return next((child.tag for child in case if child.tag != "system-out"), "passed")


def with_findings(*findings: Finding) -> Run:
    return Run((msgspec.structs.replace(report(), findings=findings),))


def finding(level: Level = "error", known: Known | None = None) -> Finding:
    return msgspec.structs.replace(report().findings[0], level=level, known=known)


def test_a_finding_fails_the_test_of_its_check_and_version() -> None:
    root = parse(Run((report(),)))
    (failure,) = root.findall(".//failure")
    assert failure.getparent().attrib == {"name": "date: b.txt", "classname": "consistency.b_txt"}
    assert failure.get("type") == "error"
    assert failure.get("message") == 'The reference says "Monday", the version says "Sunday".'
    assert failure.text == (
        "error date 0.99\n"
        '  The reference says "Monday", the version says "Sunday".\n'
        "  reference: a.txt\n"
        "    The bridge closed on [-Monday-].\n"
        "  version: b.txt\n"
        "    The bridge closed on {+Sunday+}."
    )
    assert outcome(root, "role: b.txt") == outcome(root, "coverage: b.txt") == "passed"


def test_the_counts_are_those_of_the_tests() -> None:
    root = parse(golden(), OPTIONS)
    for suite in root.iter("testsuite", "testsuites"):
        assert int(suite.get("tests")) == len([*suite.iter("testcase")])
        assert int(suite.get("failures")) == len([*suite.iter("failure")])
        assert int(suite.get("errors")) == len([*suite.iter("error")])
        assert int(suite.get("skipped", "0")) in {0, len([*suite.iter("skipped")])}
    assert len([*root.iter("failure")]) == 2
    assert len([*root.iter("error")]) == 4


@pytest.mark.parametrize("fail_on", ["error", "warning", "note", "never"])
@pytest.mark.parametrize("level", ["error", "warning", "note"])
@pytest.mark.parametrize("known", [None, Known("same"), Known("same", expired=True)])
def test_a_test_fails_exactly_where_the_run_does(fail_on: FailOn, level: Level, known: Known | None) -> None:
    run = with_findings(finding(level, known))
    root = parse(run, Options(fail_on=fail_on))
    assert len(root.findall(".//failure")) == exit_code(run, fail_on)
    assert "Monday" in "".join(root.itertext()), "a finding is told whether it fails or not"


def test_findings_of_a_check_are_one_test() -> None:
    root = parse(with_findings(finding(), finding("note"), finding("error", Known("same")), finding()))
    (failure,) = root.findall(".//failure")
    assert failure.get("message").endswith(" (and 1 more)")
    assert failure.text.count("error date") == 2
    assert failure.getnext().text.count("date 0.99") == 2
    assert "(known)" in failure.getnext().text


def test_what_was_not_read_is_an_error_and_inputs_of_one_name_are_told_apart() -> None:
    gone = Unread("c.txt", "missing", "c.txt is not there", "mend the path")
    root = parse(Run((report(level=None, unread=(gone, gone)),)))
    assert outcome(root, "read: c.txt") == outcome(root, "read: c.txt (2)") == "error"
    assert root.find(".//error").text == "Not read (missing): c.txt is not there. Remedy: mend the path"


def test_what_was_not_read_is_an_error_where_the_reference_is_not_there_either() -> None:
    gone = Unread("a.txt", "missing", "a.txt is not there", "mend the path")
    empty = Story("stories/a", (), "")
    bare = msgspec.structs.replace(
        report(level=None), story=empty, claims=(), coverage=(), alignments=(), unread=(gone,)
    )
    root = parse(Run((bare,)))
    assert outcome(root, "read: a.txt") == "error"
    assert root.get("errors") == "1"
    root = parse(Run((bare, bare, report())))
    assert [suite.get("name") for suite in root if suite.findall(".//error")] == ["stories/a: not read"] * 2


def test_too_little_compared_is_an_error_and_silence_of_a_check_is_then_no_pass() -> None:
    root = parse(Run((report(share=(1, 4)),)))
    assert outcome(root, "coverage: b.txt") == "error"
    assert outcome(root, "role: b.txt") == "skipped"
    assert outcome(root, "date: b.txt") == "failure"


def test_a_version_of_which_nothing_was_compared_passes_no_check() -> None:
    made = msgspec.structs.replace(report(level=None), coverage=(Coverage("b", 0, 2, 0, 2, 0.5, False),))
    root = parse(Run((made,)))
    assert outcome(root, "coverage: b.txt") == "passed"
    assert outcome(root, "role: b.txt") == "skipped"


def test_a_check_that_is_turned_off_is_skipped() -> None:
    made = report(level=None)
    made = msgspec.structs.replace(made, signature=msgspec.structs.replace(made.signature, off=("role",)))
    root = parse(Run((made,)))
    assert outcome(root, "role: b.txt") == "skipped"
    assert outcome(root, "date: b.txt") == "passed"


def test_an_omission_is_a_test_of_the_reference() -> None:
    gone = msgspec.structs.replace(finding(), version=None)
    root = parse(with_findings(gone))
    (failure,) = root.findall(".//failure")
    assert failure.getparent().get("name") == "date: a.txt"


def test_what_concerns_the_whole_run_is_said() -> None:
    stale = Stale("unused", "date", "f2", "story", "gone")
    root = parse(Run((report(),), "base.toml", (stale,), (Skipped("unchanged", 12, "main"),)))
    assert outcome(root, "stories: unchanged") == "skipped"
    said = " ".join("".join(root.find("testsuite[@name='run']").itertext()).split())
    assert "1 error, 0 warnings, 0 notes" in said
    assert "12 stories not checked, unchanged since main" in said
    assert "date f2 is not found any more: gone" in said
    assert "Left out 1 piece of page furniture" in "".join(parse(golden()).itertext())


def test_a_full_stop_in_a_name_is_no_package() -> None:
    for case in parse(golden(), OPTIONS).iter("testcase"):
        assert case.get("classname").count(".") <= 2


@given(st.text(), st.text(), st.text())
def test_any_text_gives_valid_xml_that_says_it_all(said: str, source: str, story: str) -> None:
    made = report(version=f"{said}Sunday".replace(". ", "."), message=f"{said}\ufffe\uffff\x0b", source=source)
    made = msgspec.structs.replace(
        made,
        story=msgspec.structs.replace(made.story, id=story),
        unread=(Unread(source, "missing", said, said),),
    )
    run = Run((made, made), source, (Stale("unused", said, said, story, said),))
    root = parse(run)
    assert len(root.findall(".//failure")) == 2
    assert "\\ufffe\\uffff\\x0b" in root.find(".//failure").get("message")
    assert [case.get("name") for case in root.iter("testcase")].count("summary") == 1


def test_text_of_megabytes_and_ten_thousand_findings_stay_in_bounds() -> None:
    long = "<" * 1_000_000
    made = report(version=long, marked=("Monday", long), message=long)
    text = FORMATS["junit"](Options())(Run((made,)))
    assert len(text) < 20_000
    assert text.count("characters not shown") == 3
    root = parse(with_findings(*(finding() for _ in range(10_000))))
    (failure,) = root.findall(".//failure")
    assert failure.get("message").endswith(" (and 9,999 more)")
    assert failure.text.endswith("\nand 9,950 findings more")
    assert failure.text.count("error date") == 50


def test_many_versions_are_told_apart() -> None:
    made = report()
    (version,) = made.story.versions
    others = tuple(msgspec.structs.replace(version, id=f"v{at}", source=f"v{at}.txt") for at in range(30))
    story = msgspec.structs.replace(made.story, articles=(*made.story.articles, *others))
    whole: Report = msgspec.structs.replace(made, story=story)
    names = [case.get("name") for case in parse(Run((whole,))).iter("testcase")]
    assert len(set(names)) == len(names)
