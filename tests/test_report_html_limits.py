"""The HTML report of several versions and stories, of reports that do not fit together, and of huge ones."""

from __future__ import annotations

import msgspec

from consistency.records import Alignment, Claim, Coverage, Finding, Known, Report, Side, Span, Story
from tests.reports import REFERENCE, VERSION, article, report, side
from tests.test_report_html import having, page, parsed, said


def several(versions: dict[str, str], findings: tuple[Finding, ...] = ()) -> Report:
    """A story of the reference "a" and more than one version, nothing aligned."""
    made = [article("a", REFERENCE), *(article(name, text) for name, text in versions.items())]
    return msgspec.structs.replace(
        report(level=None),
        story=Story("story", tuple(one for one, _ in made), "a"),
        claims=tuple(claim for _, claims in made for claim in claims),
        coverage=(),
        alignments=(),
        findings=findings,
    )


# Versions and stories


def test_every_version_has_its_section_and_every_story_its_chapter() -> None:
    made = several({"b": VERSION, "c": VERSION})
    root = parsed(page(made, report()))
    assert len(having(root, "chapter")) == 2
    assert [said(one) for one in root.xpath("//section/header/h3")] == [
        "b.txt against a.txt",
        "c.txt against a.txt",
        "b.txt against a.txt",
    ]
    assert len(root.xpath('//table[@class="contents"]/tbody')) == 2
    assert said(root.xpath("//h1")[0]) == "2 stories"


def omission(message: str, claims: tuple[Claim, ...]) -> Finding:
    return Finding("omission", "note", message, 0.5, side(claims[1], "Nobody"), None, message)


def test_an_omission_goes_to_the_version_that_its_message_names() -> None:
    _, claims = article("a", REFERENCE)
    named = omission("c leaves out one sentence.", claims)
    nobody = omission("Somebody leaves out one sentence.", claims)
    root = parsed(page(several({"b": VERSION, "c": VERSION}, (named, nobody))))
    assert [item.get("data-version") for item in having(root, "item")] == ["c2", "s1"]
    assert said(having(having(root, "loose")[0], "message")[0]) == "Somebody leaves out one sentence."
    (row,) = [row for row in having(root, "row") if having(row, "finding")]
    assert row.get("id") == "c2r1"


def test_names_and_messages_are_told_without_the_folder_they_share() -> None:
    left, left_claims = article("a", REFERENCE, source="news/day/a.txt")
    right, right_claims = article("b", VERSION, source="news/day/b.txt")
    finding = Finding(
        "date", "error", "news/day/b.txt differs.", 0.9, side(left_claims[0], "Monday"), side(right_claims[0], "Sunday")
    )
    made = msgspec.structs.replace(report(), story=Story("s", (left, right), "a"), findings=(finding,))
    root = parsed(page(made))
    assert said(root.xpath("//h3")[0]) == "b.txt against a.txt"
    assert said(having(root, "message")[0]) == "b.txt differs."


# Broken and huge


def test_a_report_that_does_not_fit_together_is_still_shown() -> None:
    made = report()
    nowhere = Side("x", ("x#1",), "gone", (Span(0, 4),), (Span(900, 904),))
    odd = Side("b", ("b#9",), "gone", (Span(0, 4),), (Span(900, 904),))
    wide = Side("b", ("b#1",), VERSION, (Span(0, 28),), (Span(-5, 999_999),))
    findings = tuple(
        Finding("date", "error", f"m{at}", 0.5, None, version, f"f{at}" if version else "")
        for at, version in enumerate((nowhere, odd, wide, None))
    )
    alignments = (
        Alignment("b", ("a#7",), ("b#1",), 0.1),
        Alignment("b", (), ("b#1",), 0.1),
        Alignment("b", ("a#1", "a#1"), ("b#2",), 0.1),
        Alignment("b", ("a#1",), ("b#1",), 0.1),
        Alignment("zzz", ("a#1",), ("b#1",), 0.1),
    )
    root = parsed(page(msgspec.structs.replace(made, findings=findings, alignments=alignments)))
    assert [said(one) for one in having(root, "message")] == ["m2", "m1", "m0", "m3"]
    assert [said(one) for one in having(having(root, "unplaced")[0], "message")] == ["m1"]
    assert [said(one) for one in having(having(root, "loose")[0], "message")] == ["m0", "m3"]
    numbers = [said(number) for number in root.xpath('//li//span[@class="number"]')]
    assert sorted(numbers) == ["Sentence 1", "Sentence 1", "Sentence 2", "Sentence 2"]


def test_a_run_without_stories_and_a_story_without_versions_are_pages_too() -> None:
    assert "The run held no story." in page()
    alone, claims = article("a", REFERENCE)
    made = msgspec.structs.replace(
        report(level=None), story=Story("s", (alone,), "a"), claims=claims, coverage=(), alignments=()
    )
    assert having(parsed(page(made)), "chapter")


def test_a_claim_of_a_megabyte_is_cut_around_what_matters() -> None:
    made = report(reference="war " * 250_000 + "Monday " + "war " * 1000, message="x" * 1_000_000)
    document = page(made)
    assert len(document) < 100_000 + len(page(report()))
    text = said(parsed(document))
    assert "999,800 characters not shown" in text
    assert "998,800 characters not shown" in text
    assert "Monday" in [said(mark) for mark in parsed(document).xpath("//mark")]


def test_of_ten_thousand_findings_the_worst_are_shown_and_the_rest_is_counted() -> None:
    made = report()
    errors = tuple(msgspec.structs.replace(made.findings[0], fingerprint=f"e{at}") for at in range(10))
    known = tuple(
        msgspec.structs.replace(one, known=Known("same"), fingerprint=f"k{at}") for at, one in enumerate(errors)
    )
    notes = tuple(msgspec.structs.replace(made.findings[0], level="note", fingerprint=f"n{at}") for at in range(9_990))
    document = page(msgspec.structs.replace(made, findings=(*known, *notes, *errors)))
    assert len(document) < 8_000_000
    root = parsed(document)
    keys = {item.get("data-key") for item in having(root, "item")}
    assert len(keys) == 2_000
    assert {f"e{at}" for at in range(10)} <= keys
    assert not {f"k{at}" for at in range(10)} & keys
    (told,) = having(root, "left-out")
    assert said(told).startswith("8,010 findings are not on this page (10 errors, 8,000 notes)")
    assert "10 errors" not in said(having(root, "verdict")[0])
    assert "20 errors" in said(having(root, "verdict")[0])


def test_of_a_huge_run_only_rows_beside_findings_are_shown_and_the_rest_is_counted() -> None:
    made = report(reference="Monday. " * 7_000 + "End.", version="Sunday. " * 7_000 + "End.")
    root = parsed(page(made))
    assert len(having(root, "row")) < 10
    assert said(having(root, "fold")[-1]).endswith(
        "rows without a finding are not shown, so that the page stays usable."
    )


def test_what_was_compared_is_known_or_said_to_be_unknown() -> None:
    made = msgspec.structs.replace(report(), coverage=())
    assert "How much of it was compared is not known." in page(made)
    free = msgspec.structs.replace(report(), coverage=(Coverage("b", 0, 9, 0, 2, 0.5, False),))
    assert "0 of 9 sentences compared (0 %), 9 not" in page(free)
    assert "no minimum is asked for" in page(free)


def test_a_title_and_names_of_a_megabyte_are_cut() -> None:
    made = report()
    left, right = made.story.articles
    long = "word " * 200_000
    story = Story(long, (msgspec.structs.replace(left, title=long), msgspec.structs.replace(right, source=long)), "a")
    document = page(msgspec.structs.replace(made, story=story), baseline="known.toml")
    assert len(document) < len(page(made)) + 20_000
    assert "999,840 characters not shown" in said(parsed(document).xpath("//h1")[0])
