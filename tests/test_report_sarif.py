"""SARIF: the official schema, places that lead into the files, and text that stays text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings

from consistency.checks import CHECKS
from consistency.cli._deliver import Target, deliver
from consistency.config import Config
from consistency.pipeline import check
from consistency.records import Known, Place, Report, Run, Span, Stale, Unread, Waiver
from consistency.report import FORMATS, Options, visible
from tests.golden import MANUALS, golden
from tests.hostile import megabyte, parsed, placed, runs, walk
from tests.reports import REFERENCE, VERSION, article, report, side

SCHEMA = Path(__file__).parent.parent / "fixtures" / "schemas" / "sarif-2.1.0-rtm.5.json"
VALID = jsonschema.Draft4Validator(json.loads(SCHEMA.read_text("utf-8")))
URI = re.compile(r"(?:file://(?:[\w.~%-]*)/)?(?:[A-Z]:/)?(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*", re.ASCII)
"""What may be a location here: a relative reference or a file: URI of encoded characters."""
LINK = re.compile(r"(?<!\\)(?:\\\\)*\[(?:[^\\\[\]]|\\[\\\[\]])*\]\(")
PLACEHOLDER = re.compile(r"(?<!\{)(?:\{\{)*\{\d+\}")


def log_of(*made: Report, manuals: dict[str, str] | None = None, **more: Any) -> Any:
    text = FORMATS["sarif"](Options(manuals=manuals or {}))(Run(made, **more))
    log = parsed(text)
    VALID.validate(log)
    (only,) = log["runs"]
    return only


def result_of(made: Report, **more: Any) -> Any:
    (only,) = log_of(made, **more)["results"]
    return only


def changed(made: Report, **fields: Any) -> Report:
    return msgspec.structs.replace(made, findings=(msgspec.structs.replace(made.findings[0], **fields),))


def test_the_golden_run_satisfies_the_official_schema() -> None:
    VALID.validate(json.loads(FORMATS["sarif"](Options(manuals=MANUALS))(golden())))


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("results", 0, "level"), "fatal"),
        (("results", 0, "locations", 0, "physicalLocation", "region", "startColumn"), 0),
        (("results", 0, "baselineState"), "known"),
        (("results", 0, "suppressions"), [{"status": "accepted"}]),
        (("columnKind",), "bytes"),
        (("invocations", 0, "executionSuccessful"), None),
    ],
)
def test_the_schema_refuses_what_sarif_does_not_know(path: tuple[Any, ...], wrong: object) -> None:
    log = json.loads(FORMATS["sarif"](Options())(golden()))
    place = log["runs"][0]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = wrong
    assert not VALID.is_valid(log)


def test_a_run_of_nothing_is_a_log() -> None:
    only = log_of()
    assert only["results"] == []
    assert only["invocations"][0]["executionSuccessful"] is True


def test_a_result_stands_where_the_version_says_it_and_leads_to_the_reference() -> None:
    made = report()
    (_, left_claims), (_, right_claims) = article("a", REFERENCE), article("b", VERSION)
    at = msgspec.structs.replace
    sides = side(left_claims[0], "Monday"), side(right_claims[0], "Sunday")
    reference, version = at(sides[0], places=(Place(1, 22, 2, 4),)), at(sides[1], places=(Place(3, 22, 3, 28),))
    result = result_of(changed(made, version=version, reference=reference))
    assert (result["ruleId"], result["level"], result["rank"]) == ("date", "error", 98.77)
    assert result["message"] == {"text": 'The reference says "Monday", the version says "Sunday".'}
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "b.txt", "uriBaseId": "%SRCROOT%", "index": 1},
                "region": {"startLine": 3, "startColumn": 22, "endLine": 3, "endColumn": 28},
            },
            "logicalLocations": [{"fullyQualifiedName": "story/b"}],
        }
    ]
    (related,) = result["relatedLocations"]
    assert related["id"] == 1
    assert related["message"] == {"text": "the reference: “The bridge closed on Monday.”"}
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "a.txt"
    assert related["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 22, "endLine": 2, "endColumn": 4}
    assert result["partialFingerprints"] == {"consistency/v1": "f1"}
    assert result["properties"] == {
        "confidence": 0.9877,
        "story": "story",
        "reference": {"article": "a", "values": ["Monday"]},
        "version": {"article": "b", "values": ["Sunday"]},
    }


def test_an_omission_stands_at_the_reference_and_says_so() -> None:
    result = result_of(changed(placed(report(), Place(1, 1, 1, 5)), version=None))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a.txt"
    assert result["message"]["text"].endswith("(the version has no such text, the place is the reference's)")
    assert "relatedLocations" not in result


def test_an_addition_has_no_related_location() -> None:
    assert "relatedLocations" not in result_of(changed(report(), reference=None))


def test_further_places_are_related_and_those_beyond_bearing_counted() -> None:
    result = result_of(placed(report(), *(Place(line, 1, line, 2) for line in range(1, 31))))
    assert [place["id"] for place in result["relatedLocations"]] == list(range(1, 40))
    assert result["relatedLocations"][0]["message"] == {"text": "also here"}
    assert result["properties"]["version"]["placesNotShown"] == 10


@pytest.mark.parametrize(
    ("place", "region"),
    [
        (Place(12, 0, 12, 0), {"startLine": 12, "endLine": 12}),
        (Place(1, 4, 1, 4), {"startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 4}),
        (Place(2, 4, 1, 9), {"startLine": 2, "startColumn": 4}),
        (Place(0, 0, 0, 0), None),
    ],
)
def test_regions(place: Place, region: dict[str, int] | None) -> None:
    found = result_of(placed(report(), place))["locations"][0]["physicalLocation"]
    assert found.get("region") == region


def test_a_place_leads_to_the_words_in_the_file(tmp_path: Path) -> None:
    """With astral characters, an entity and folded blanks before the words, Windows lines and a byte-order mark."""
    (tmp_path / "a.txt").write_text(
        "🚢 The harbour, as ever. Two workers were killed by the ship on Monday.\n", "utf-8"
    )
    source = (
        "\ufeff<html><body><article>\r\n<p>🚢🚢&amp;  The harbour,\r\n as&nbsp;ever.\tTwelve workers"
        " were killed by the ship on Monday.</p></article></body></html>\r\n"
    )
    (tmp_path / "b.html").write_bytes(source.encode())
    made = check(str(tmp_path / "a.txt"), [str(tmp_path / "b.html")], Config(model="lexical"))
    results = {result["ruleId"]: result for result in log_of(made)["results"]}
    where = results["quantity"]["locations"][0]["physicalLocation"]
    region = where["region"]
    line = source.removeprefix("\ufeff").split("\r\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1].startswith("Twelve")
    assert where["artifactLocation"]["uri"] == (tmp_path / "b.html").as_uri()


@pytest.mark.parametrize(
    ("source", "uri"),
    [
        ("stories/a b.txt", "stories/a%20b.txt"),
        ("./stories//ä.txt", "stories/%C3%A4.txt"),
        ("stories\\one\\b.txt", "stories/one/b.txt"),
        ("C:\\stories\\b.txt", "file:///C:/stories/b.txt"),
        ("\\\\server\\share\\b c.txt", "file://server/share/b%20c.txt"),
        ("/srv/stories/b.txt", "file:///srv/stories/b.txt"),
        ("//host/b.txt", "file:///host/b.txt"),
        ("../b.txt", "../b.txt"),
        ("javascript:x.txt", "javascript%3Ax.txt"),
        ("http://x.test/?a#b", "http%3A/x.test/%3Fa%23b"),
        ("a%2e%2e\n\x1b.txt", "a%252e%252e%0A%1B.txt"),
        ("b\udcff\ud83d.txt", "b%FF%EF%BF%BD.txt"),
        ("-", "-"),
    ],
)
def test_uris(source: str, uri: str) -> None:
    found = result_of(report(source=source))["locations"][0]["physicalLocation"]["artifactLocation"]
    assert found["uri"] == uri
    assert ("uriBaseId" in found) == (not uri.startswith("file:") and source != "-")
    assert URI.fullmatch(uri)


def test_standard_input_is_a_stream() -> None:
    only = log_of(report(source="-"))
    assert only["artifacts"][1] == {
        "location": {"uri": "-", "description": {"text": "standard input"}},
        "roles": ["standardStream"],
    }


@pytest.mark.parametrize("source", ["", "x" * 3000])
def test_a_text_that_is_no_file_has_a_name_and_no_place_in_one(source: str) -> None:
    result = result_of(placed(report(source=source), Place(1, 1, 1, 2)))
    assert result["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "story/b"}]}]


def test_a_file_of_several_articles_is_one_artifact() -> None:
    only = log_of(report(source="a.txt"), report(source="./a.txt"))
    assert [one["location"]["uri"] for one in only["artifacts"]] == ["a.txt"]
    assert {
        place["physicalLocation"]["artifactLocation"]["index"]
        for result in only["results"]
        for place in result["locations"]
    } == {0}


def test_rules_carry_the_manuals_and_stay_in_order() -> None:
    only = log_of(report(), manuals=MANUALS)
    rules = only["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["quantity", "polarity", "date"]
    assert rules[0]["shortDescription"]["text"] == "Numbers that two versions tell differently."
    assert rules[0]["fullDescription"]["text"] == "Reported is a number that stands in the same slot of both versions."
    assert rules[0]["help"]["text"].endswith("version: Kiev held for a thousand days.")
    assert "**Passes**\n\n- reference: Kyiv held" in rules[0]["help"]["markdown"]
    assert "&lt;in either order&gt;" in rules[1]["help"]["markdown"]
    assert rules[2] == {"id": "date", "shortDescription": {"text": "date"}}
    assert only["results"][0]["ruleIndex"] == 2


def test_the_command_line_hands_in_the_manual_of_every_check(tmp_path: Path) -> None:
    deliver(
        Run((report(),)),
        [Target("sarif", tmp_path / "r.sarif")],
        include_text=False,
        list_removed=False,
        quiet=True,
    )
    rules = json.loads((tmp_path / "r.sarif").read_text("utf-8"))["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CHECKS)
    for rule in rules:
        assert rule["help"]["text"].startswith(rule["shortDescription"]["text"])
        assert "**Fails**\n\n- reference: " in rule["help"]["markdown"]


@pytest.mark.parametrize(
    ("known", "state", "suppressed"),
    [
        (None, "new", False),
        (Known("same"), "unchanged", False),
        (Known("similar", 0.9), "updated", False),
        (Known("same", 1.0, Waiver("a slip", "desk", "2027-01-31")), "unchanged", True),
        (Known("same", 1.0, Waiver("a slip", "desk", "2020-01-31"), expired=True), "unchanged", False),
    ],
)
def test_what_the_baseline_knows_is_said(known: Known | None, state: str, suppressed: bool) -> None:
    result = result_of(changed(report(), known=known), baseline="known.toml")
    assert result["baselineState"] == state
    assert bool(result["suppressions"]) == suppressed
    if suppressed:
        (only,) = result["suppressions"]
        assert (only["kind"], only["status"]) == ("external", "accepted")
        assert only["justification"] == "known, waived by desk until 2027-01-31: a slip"


def test_without_a_baseline_nothing_is_said_of_it() -> None:
    assert not {"baselineState", "suppressions"} & set(result_of(report()))


def notes(log: Any) -> list[tuple[str, str, str]]:
    invocation = log["invocations"][0]
    kinds = log["tool"]["driver"]["notifications"]
    return [
        (kinds[note["descriptor"]["index"]]["id"], note["level"], note["message"]["text"])
        for note in invocation["toolExecutionNotifications"]
    ]


def test_what_was_not_read_or_compared_makes_the_execution_unsuccessful() -> None:
    unread = (Unread("c.txt", "missing", "c.txt is not there.", "mend the path"),)
    for made in (report(level=None, unread=unread), report(level=None, share=(0, 2))):
        log = log_of(made)
        assert log["invocations"][0]["executionSuccessful"] is False
        assert "error" in [level for _, level, _ in notes(log)]
    assert notes(log_of(report(level=None, unread=unread)))[0] == (
        "not-read",
        "error",
        "Not read (missing): c.txt is not there. Remedy: mend the path",
    )
    clean = log_of(report(level=None))
    assert clean["invocations"][0]["executionSuccessful"] is True
    assert notes(clean) == [
        (
            "coverage",
            "note",
            "Compared 2 of 2 claims of b.txt (100 %), 0 not, with 2 of the reference's 2; minimum 50 %.",
        )
    ]


def test_furniture_stale_entries_and_stories_left_aside_are_notes() -> None:
    said = notes(json.loads(FORMATS["sarif"](Options())(golden()))["runs"][0])
    assert ("furniture", "note") in {(kind, level) for kind, level, _ in said}
    assert [text for kind, _, text in said if kind == "skipped"] == [
        "12 stories not checked, unchanged since origin/main.",
        "1 story not checked, left out by include or exclude.",
    ]
    assert len([text for kind, _, text in said if kind == "baseline"]) == 2


@settings(max_examples=60)
@given(runs())
def test_hostile_runs_are_valid_and_hold_no_link_no_placeholder_and_no_strange_address(run: Run) -> None:
    log = parsed(FORMATS["sarif"](Options(manuals=MANUALS))(run))
    VALID.validate(log)
    for path, value in walk(log):
        if path[-1:] == ("text",):
            assert not LINK.search(value)
            assert not PLACEHOLDER.search(value.replace("{{", "").replace("}}", ""))
        if path[-1:] == ("uri",):
            assert URI.fullmatch(value)
        if path[-2:-1] == ("region",):
            assert isinstance(value, int)
            assert value >= 1
        if path[-1:] == ("region",):
            first = value["startLine"], value.get("startColumn", 0)
            assert (value.get("endLine", first[0]), value.get("endColumn", first[1])) >= first


@settings(max_examples=60)
@given(runs())
def test_a_message_is_what_the_finding_says(run: Run) -> None:
    log = parsed(FORMATS["sarif"](Options())(run))
    finding = run.reports[0].findings[0]
    text = log["runs"][0]["results"][0]["message"]["text"]
    assert re.fullmatch(r"(?:[^{}]|\{\{|\}\})*", text)
    plain = (
        text.replace("{{", "{")
        .replace("}}", "}")
        .removesuffix(" (the version has no such text, the place is the reference's)")
    )
    assert plain.replace("\\](", "](") == visible(finding.message).replace("\\](", "](")


def test_a_megabyte_everywhere_is_bounded() -> None:
    text = FORMATS["sarif"](Options(manuals=MANUALS))(megabyte())
    VALID.validate(json.loads(text))
    assert len(text) < 60_000
    assert "characters not shown" in text


def test_ten_thousand_findings_all_come() -> None:
    made = report()
    text = FORMATS["sarif"](Options())(Run((msgspec.structs.replace(made, findings=made.findings * 10_000),)))
    assert len(json.loads(text)["runs"][0]["results"]) == 10_000


def test_values_beyond_bearing_are_counted() -> None:
    made = report(version="a " * 40 + "Sunday.", marked=("Monday", "Sunday"))
    side = made.findings[0].version
    assert side is not None
    many = msgspec.structs.replace(side, evidence=tuple(Span(at, at + 1) for at in range(0, 60, 2)))
    found = result_of(changed(made, version=many))["properties"]["version"]
    assert (len(found["values"]), found["valuesNotShown"]) == (20, 10)


def test_a_stale_entry_leads_to_the_baseline() -> None:
    log = log_of(report(), baseline="known.toml", stale=(Stale("unused", "date", "f9", "story", "it was so"),))
    (note,) = [
        one for one in log["invocations"][0]["toolExecutionNotifications"] if one["descriptor"]["id"] == "baseline"
    ]
    assert note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "known.toml"
    assert note["message"]["text"] == "known.toml: date f9 is not found any more: it was so"
