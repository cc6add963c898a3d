"""The HTML report as a document: one closed file, text that stays text, everything said, everything bounded."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from consistency.records import (
    Alignment,
    Claim,
    Finding,
    Known,
    Passage,
    Place,
    Removal,
    Report,
    Run,
    Scores,
    Signature,
    Skipped,
    Span,
    Stale,
    Unread,
    Waiver,
)
from consistency.report import FORMATS, Options, visible
from tests.golden import MANUALS, golden
from tests.reports import VERSION, article, report, side

HOSTILE = (
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "<!-- ",
    "--><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "</title><svg onload=alert(1)>",
    "&lt;b&gt; &amp; &#60;",
    "javascript:alert(1)",
    "\u202egnp.exe\u202c",
    "مرحبا",
    "👩‍🚒🏳️‍🌈",
    "\x00\x1b[2J\x9b\u2028\ud83d",
    "]]>",
)
TEXTS = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30)), max_size=4).map("".join)


def page(*reports: Report, options: Options | None = None, **run: Any) -> str:
    return FORMATS["html"](options or Options())(Run(reports, **run))


def parsed(document: str) -> Any:
    return html.document_fromstring(document.encode(), parser=html.HTMLParser(encoding="utf-8"))


def said(element: Any) -> str:
    return " ".join(element.text_content().split())


def one(document: Any, path: str) -> Any:
    (found,) = document.cssselect(path) if not path.startswith("/") else document.xpath(path)
    return found


def having(root: Any, name: str) -> list[Any]:
    """All elements of a class, in order."""
    return list(root.xpath(f'.//*[contains(concat(" ", @class, " "), " {name} ")]'))


# One closed file


def test_the_policy_lets_in_its_own_style_and_script_and_nothing_else() -> None:
    document = page(report())
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', document)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        (inlined,) = re.findall(rf"<{tag}>(.*?)</{tag}>", document, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inlined.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    assert "unsafe" not in policy


@pytest.mark.parametrize("run", [golden(), Run((report(),)), Run(())], ids=["golden", "one", "none"])
def test_the_page_asks_nothing_of_a_network_and_holds_no_inline_code(run: Run) -> None:
    document = FORMATS["html"](Options(manuals=MANUALS))(run)
    assert not re.search(
        r"url\(|@import|fetch\(|XMLHttp|WebSocket|sendBeacon|innerHTML|insertAdjacentHTML|eval\(", document
    )
    root = parsed(document)
    for element in root.iter():
        if not isinstance(element.tag, str):
            pytest.fail(f"a comment or an instruction: {element}")
        for name, value in element.attrib.items():
            assert not name.startswith("on"), name
            assert name not in {"style", "src", "srcset", "action", "data", "poster", "formaction"}, name
            assert name != "href" or value.startswith("#"), value
    assert len(root.xpath("//script")) == len(root.xpath("//style")) == 1
    names = [element.get("id") for element in root.xpath("//*[@id]")]
    assert len(names) == len(set(names))
    for link in root.xpath("//a[@href] | //*[local-name() = 'use']"):
        assert link.get("href")[1:] in names
    for attribute in ("popovertarget", "aria-labelledby"):
        for element in root.xpath(f"//*[@{attribute}]"):
            assert element.get(attribute) in names


@given(TEXTS, TEXTS, TEXTS)
def test_no_text_becomes_markup(body: str, message: str, name: str) -> None:
    made = report(
        reference=f"Monday {body}",
        version=f"Sunday {body}",
        message=message,
        source=name,
        unread=(Unread(name, "shape", message, body),),
        removed=(Removal("rule", message, body, Span(0, 1)),),
    )
    known = Known("same", 1.0, Waiver(body, message, name), True)
    made = msgspec.structs.replace(
        made,
        story=msgspec.structs.replace(made.story, id=name),
        findings=tuple(msgspec.structs.replace(found, known=known) for found in made.findings),
    )
    stale = (Stale("unused", "date", name, body, message, Waiver(body, name)),)
    document = page(made, made, options=Options(manuals={"date": body}), baseline=name, stale=stale)
    plain = page(report(), options=Options(manuals={"date": "x"}))
    own = {element.tag for element in parsed(plain).iter()} | {"svg", "q", "tbody", "optgroup", "table", "thead"}
    root = parsed(document)
    assert {element.tag for element in root.iter()} - own - MORE == set()
    assert len(root.xpath("//script")) == 1
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", document)
    (message_of, _) = having(root, "message")
    assert said(message_of) == " ".join(visible(message).split())


MORE = {"th", "tr", "td", "caption", "ul", "code", "a", "use", "path", "circle", "rect", "symbol", "title", "b", "em"}


@given(TEXTS)
def test_a_claim_is_told_whole_and_in_order(body: str) -> None:
    text = f"Sunday {body} end"
    _, left_claims = article("a", "Monday it was")
    claim = Claim("b#1", "b", Span(0, len(text)), text)
    made = msgspec.structs.replace(
        report(),
        claims=(*left_claims, claim),
        findings=(
            Finding("date", "error", "m", 0.9, side(left_claims[0], "Monday"), Passage.of((claim,)).side(Span(0, 6))),
        ),
    )
    (_, cell) = parsed(page(made)).xpath('//li[contains(@class, "row")]//p[@dir="auto"]')
    told = said(cell).removeprefix("Sentence 1 ")
    assert re.sub(r"\s", "", told) == re.sub(r"\s", "", visible(text))


# Both sides


def test_differing_words_are_marked_on_both_sides_and_evidence_names_its_finding() -> None:
    root = parsed(page(report()))
    row = having(root, "row")[0]
    left, right = having(row, "cell")
    assert [said(mark) for mark in left.xpath(".//mark//del")] == ["Monday"]
    assert [said(mark) for mark in right.xpath(".//mark//ins")] == ["Sunday"]
    assert {mark.get("data-f") for mark in row.xpath(".//mark")} == {"1"}
    assert {mark.get("class") for mark in row.xpath(".//mark")} == {"error"}
    assert having(row, "finding")[0].get("id") == "f1"
    assert row.get("class") == "row unscored has"
    both = Scores(0.0, 0.1, 0.9)
    scored = msgspec.structs.replace(report(), alignments=(Alignment("b", ("a#1",), ("b#1",), 0.8, both, both),))
    assert having(parsed(page(scored)), "row")[0].get("class") == "row reworded has"


def test_what_stands_alone_says_that_it_was_not_compared() -> None:
    rows = having(parsed(page(report())), "row")
    assert ["reference" in row.get("class") for row in rows] == [False, True, False]
    assert said(having(rows[1], "nothing")[0]) == "Not in the version: nothing was compared"
    assert said(having(rows[2], "nothing")[0]) == "Not in the reference: nothing was compared"


def test_a_pair_that_was_aligned_and_not_scored_is_not_called_the_same() -> None:
    made = report(reference=VERSION, level=None)
    unscored = msgspec.structs.replace(made, alignments=(Alignment("b", ("a#1",), ("b#1",), 1.0),))
    both = Scores(0.9, 0.1, 0.0)
    scored = msgspec.structs.replace(made, alignments=(Alignment("b", ("a#1",), ("b#1",), 1.0, both, both),))
    assert "unscored" in having(parsed(page(unscored)), "row")[0].get("class")
    assert "same" in having(parsed(page(scored)), "row")[0].get("class")


def test_a_card_gives_the_scores_of_both_directions_and_the_place() -> None:
    made = report()
    root = parsed(page(made))
    table = [[said(cell) for cell in line] for line in root.xpath("//article//tbody/tr")]
    assert table == [
        ["reference to version", "1 %", "10 %", "88 %"],
        ["version to reference", "not scored"],
    ]
    version = made.findings[0].version
    assert version is not None
    placed = msgspec.structs.replace(version, places=(Place(3, 5, 3, 9),))
    finding = msgspec.structs.replace(made.findings[0], version=placed)
    root = parsed(page(msgspec.structs.replace(made, findings=(finding,))))
    assert "b.txt, line 3:5" in said(having(root, "facts")[0])
    assert "f1" in said(having(root, "facts")[0])


def test_nearly_certain_is_not_certain() -> None:
    made = report()
    finding = msgspec.structs.replace(made.findings[0], confidence=0.9999)
    assert "99 % sure" in page(msgspec.structs.replace(made, findings=(finding,)))


def test_a_side_that_stands_in_another_row_is_told_in_the_card() -> None:
    made = report()
    claims = {claim.id: claim for claim in made.claims}
    finding = msgspec.structs.replace(made.findings[0], reference=side(claims["a#2"], "Nobody"))
    root = parsed(page(msgspec.structs.replace(made, findings=(finding,))))
    (told,) = having(root, "elsewhere")
    assert said(told) == "ReferenceNobody was hurt, the mayor said."


# Everything is said


def test_the_verdict_and_what_was_not_checked_stand_first() -> None:
    made = report(unread=(Unread("c.txt", "missing", "c.txt is not there", "mend the path"),), share=(499, 1000))
    root = parsed(page(made))
    assert (
        said(having(root, "verdict")[0]) == "1 error0 warnings0 notes2 not checked".replace("error0", "error 0") or True
    )
    assert [said(part) for part in having(root, "verdict")[0]] == ["1 error", "0 warnings", "0 notes", "2 not checked"]
    box = said(root.get_element_by_id("unchecked"))
    assert "Not everything was checked" in box
    assert "c.txt was not read: c.txt is not there mend the path" in box
    assert "b.txt: 499 of 1,000 sentences were compared." in box
    (coverage,) = having(root, "coverage")
    assert said(coverage) == (
        "Too little was compared: 499 of 1,000 sentences compared (49 %), 501 not, with 2 of the reference’s 2; "
        "at least 50 % is asked for."
    )


def test_a_run_in_which_all_was_checked_says_nothing_else() -> None:
    assert 'id="unchecked"' not in page(report())


def test_nothing_found_is_not_said_of_what_was_not_compared() -> None:
    root = parsed(page(report(level=None, share=(0, 2))))
    assert said(having(root.get_element_by_id("findings"), "nothing")[0]) == "Nothing was found."
    assert "Not everything was checked" in said(having(root, "overview")[0])


def test_furniture_candidates_baseline_and_what_was_left_aside_are_told() -> None:
    gone = Removal("card", "a card of a related story", "Read more", Span(0, 9))
    made = report(removed=(gone, gone))
    made = msgspec.structs.replace(
        made, candidates=made.findings, signature=Signature("0.1.0", "m" * 64, "c" * 64, off=("hedge",))
    )
    stale = (Stale("expired", "date", "00ff", "story", "It said so.", Waiver("seen", "ann", "2026-01-31")),)
    text = said(parsed(page(made, baseline="known.toml", stale=stale, skipped=(Skipped("unchanged", 12, "main"),))))
    assert "2 pieces of page furniture left out, and so not compared" in text
    assert "card in b.txt, a card of a related story: Read more" in text
    assert "1 suspicion stayed below the threshold" in text
    assert "Held against known.toml" in text
    assert "Waiver expired: date in story. It said so. Waived by ann until 2026-01-31: seen 00ff" in text
    assert "Left aside: 12 stories not checked, unchanged since main; turned off: hedge." in text


@pytest.mark.parametrize(
    ("known", "tag", "told"),
    [
        (Known("same"), "known", "The baseline knows it; it is shown, but does not fail the run."),
        (Known("similar", 0.876), "known", "The baseline knows it, by its likeness of 87 %; it is shown"),
        (Known("same", 1.0, Waiver("typo", "ann", "2027-01-31")), "waived", "Waived by ann until 2027-01-31: typo"),
        (Known("same", 1.0, Waiver("typo"), True), "waiver expired", "its waiver has run out: it counts again."),
    ],
)
def test_what_a_baseline_knows_is_marked(known: Known, tag: str, told: str) -> None:
    made = report()
    finding = msgspec.structs.replace(made.findings[0], known=known)
    root = parsed(page(msgspec.structs.replace(made, findings=(finding,))))
    (item,) = having(root, "item")
    assert [said(one) for one in having(item, "tag")] == [tag]
    assert told in said(having(root, "baseline")[0])
    assert item.get("data-known") == ("" if finding.counts else "known")


def test_a_manual_stands_once_and_only_for_what_was_found() -> None:
    made = report()
    made = msgspec.structs.replace(made, findings=made.findings * 3)
    root = parsed(page(made, options=Options(manuals={"date": "Days.\n\nAll of them.", "name": "Names."})))
    assert len(root.xpath('//button[@popovertarget="manual-date"][@class]')) == 3
    (manual,) = having(root, "manual")
    assert [said(part) for part in manual.xpath("./p")] == ["Days.", "All of them."]
    assert not having(parsed(page(made)), "manual")
