"""The HTML report in a real browser: moving about in it, finding, deciding and the file that decisions become."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import msgspec
import pytest

from consistency.baseline import parse_waivers
from consistency.records import Run
from tests.browsers import chosen, listed, shown, two_versions
from tests.golden import golden

if TYPE_CHECKING:
    from playwright.sync_api import Page

Opened: TypeAlias = "Callable[..., Page]"


# Moving


def test_keys_go_from_finding_to_finding_and_to_their_version(opened: Opened) -> None:
    page = opened(two_versions())
    assert chosen(page) == ""
    seen = []
    for key in "jnnjjkp":
        page.keyboard.press(key)
        seen.append((chosen(page), *shown(page)))
    assert seen == [("1", "c1"), ("2", "c1"), ("3", "c2"), ("4", "c2"), ("4", "c2"), ("3", "c2"), ("2", "c1")]
    assert page.inner_text("#position") == "2 of 4"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "f2"
    assert page.locator("#f2").is_visible()


def test_buttons_items_marks_and_the_strip_go_there_too(opened: Opened) -> None:
    page = opened(two_versions())
    page.click("#next")
    assert chosen(page) == "1"
    page.click(".item >> nth=3")
    assert (chosen(page), shown(page)) == ("4", ["c2"])
    assert page.evaluate("document.activeElement.id") == "f4"
    page.click("#c2 mark >> nth=0")
    assert chosen(page) == "3"
    assert page.locator("#c2 mark.on").count() == 2
    page.locator("#c2 .block").last.click()
    assert chosen(page) == "4"
    page.click("#previous")
    assert chosen(page) == "3"


def test_a_link_to_a_finding_opens_on_it(opened: Opened) -> None:
    page = opened(two_versions(), at="#f4")
    assert (chosen(page), shown(page)) == ("4", ["c2"])


def test_versions_are_switched_by_list_keys_and_table(opened: Opened) -> None:
    page = opened(two_versions())
    assert shown(page) == ["c1"]
    page.select_option("#pick", "c2")
    assert shown(page) == ["c2"]
    page.locator("h1").click()
    page.keyboard.press("[")
    assert shown(page) == ["c1"]
    page.keyboard.press("]")
    assert shown(page) == ["c2"]
    assert page.input_value("#pick") == "c2"
    page.click("#contents a >> nth=0")
    assert shown(page) == ["c1"]


def test_keys_are_letters_while_somebody_types(opened: Opened) -> None:
    page = opened(two_versions())
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.type("jkad?t/")
    assert page.input_value("#f1 textarea") == "jkad?t/"
    assert chosen(page) == "1"
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("Escape")
    page.keyboard.press("Control+j")
    assert chosen(page) == "1"
    page.keyboard.press("j")
    assert chosen(page) == "2"
    page.keyboard.press("/")
    page.keyboard.type("jj")
    assert page.input_value("#words") == "jj"


def test_the_keys_are_told_and_can_be_turned_off(opened: Opened) -> None:
    page = opened(two_versions())
    page.keyboard.press("?")
    assert page.locator("#keys-dialog").is_visible()
    page.keyboard.press("j")
    assert chosen(page) == ""
    page.uncheck("#single")
    page.keyboard.press("Escape")
    assert not page.locator("#keys-dialog").is_visible()
    page.keyboard.press("j")
    assert chosen(page) == ""


# Finding


def test_filters_by_level_check_version_state_and_words(opened: Opened) -> None:
    page = opened(two_versions())
    assert page.inner_text("#status") == "4 of 4 shown, 0 decided"
    page.uncheck("[name=level][value=error]")
    assert listed(page) == ["2", "4"]
    page.check("[name=level][value=error]")
    page.select_option("#by-check", "date")
    assert listed(page) == ["1", "3"]
    page.select_option("#by-version", "c2")
    assert (listed(page), shown(page)) == (["3"], ["c2"])
    page.select_option("#by-check", "")
    page.select_option("#by-version", "")
    page.fill("#words", "  OTHERWISE IN C ")
    assert listed(page) == ["3", "4"]
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert chosen(page) == "4"
    page.fill("#words", "no such thing")
    assert listed(page) == []
    assert page.inner_text("#position") == "none"
    page.fill("#words", "")
    page.select_option("#order", "rank")
    assert listed(page) == ["1", "3", "2", "4"]
    page.click("#f4 [data-act=accepted]")
    page.select_option("#by-state", "accepted")
    assert listed(page) == ["4"]
    page.select_option("#by-state", "open")
    assert listed(page) == ["1", "3", "2"]


def test_what_the_baseline_knows_can_be_told_apart(opened: Opened) -> None:
    page = opened(golden())
    page.select_option("#by-state", "known")
    assert page.locator(".item:not([hidden]) .tag").all_text_contents() == ["waived", "known", "known"]


def test_sentences_without_a_change_or_a_finding_can_be_hidden(opened: Opened) -> None:
    page = opened(golden())
    every = page.locator("#c1 .row:visible").count()
    page.select_option("#kept", "found")
    rows = page.locator("#c1 .row:visible")
    assert 0 < rows.count() < every
    assert rows.count() == page.locator("#c1 .row:has(.finding)").count()


def test_the_manual_of_a_check_opens_over_the_page(opened: Opened) -> None:
    page = opened(two_versions())
    page.click("#f1 .link")
    assert page.locator("#manual-date").is_visible()
    assert "Passes:" in page.inner_text("#manual-date")
    page.keyboard.press("Escape")
    assert not page.locator("#manual-date").is_visible()


# Deciding


def test_decisions_are_kept_and_exported_as_waivers(opened: Opened, tmp_path: Path) -> None:
    page = opened(two_versions())
    page.keyboard.press("j")
    page.keyboard.press("d")
    reason = 'A "quote" \\ and a line\nof its own \u202e 👩\u200d🚒'
    page.fill("#f1 textarea", reason)
    page.click("#f2 [data-act=accepted]")
    page.keyboard.press("Escape")
    page.click(".item[data-f='3']")
    page.click("#f3 [data-act=dismissed]")
    page.click("#f4 [data-act=comment]")
    page.fill("#f4 textarea", "Who says so?\n[[waiver]]")
    assert page.inner_text("#status") == "4 of 4 shown, 3 decided"
    page.close()

    page = opened(two_versions(), context=page.context)
    assert page.input_value("#f1 textarea") == reason
    assert page.get_attribute("#f2 [data-act=accepted]", "aria-pressed") == "true"
    assert page.locator(".item .mine").all_text_contents() == ["dismissed", "accepted", "dismissed", "comment"]
    page.locator("h1").click()
    page.keyboard.press("e")
    page.fill("#author", "Ann B.")
    page.fill("#expires", "2027-01-31")
    assert page.inner_text("#export-note") == "2 dismissed, 2 accepted or commented. 1 without a reason."
    with page.expect_download() as download:
        page.click("#save")
    assert download.value.suggested_filename == "waivers.toml"
    file = tmp_path / "waivers.toml"
    download.value.save_as(file)
    assert file.read_text("utf-8") == page.input_value("#waivers")
    rest = {"author": "Ann B.", "expires": "2027-01-31"}
    assert tomllib.loads(file.read_text("utf-8"))["waiver"] == [
        {"fingerprint": "b0", "check": "date", "reason": reason, **rest},
        {"fingerprint": "c0", "check": "date", "reason": "dismissed in review, no reason given", **rest},
    ]
    assert [verdict.fingerprint for verdict in parse_waivers(file.read_bytes(), "waivers.toml")] == ["b0", "c0"]
    remarks = [line for line in file.read_text("utf-8").splitlines() if line.startswith("# ")][1:]
    assert remarks == ["# accepted: b1 name", "# commented: c1 name: Who says so?\\u000a[[waiver]]"]


def test_a_decision_can_be_taken_back(opened: Opened) -> None:
    page = opened(two_versions())
    for state in ("true", "false"):
        page.click("#f1 [data-act=dismissed]")
        assert page.get_attribute("#f1 [data-act=dismissed]", "aria-pressed") == state
    assert page.evaluate("localStorage.getItem('consistency:decisions')") == "{}"


def test_one_decision_serves_every_finding_of_its_fingerprint(opened: Opened) -> None:
    (made,) = two_versions().reports
    same = tuple(msgspec.structs.replace(finding, fingerprint="one") for finding in made.findings)
    page = opened(Run((msgspec.structs.replace(made, findings=same),)))
    page.click("#f1 [data-act=dismissed]")
    assert page.inner_text("#status") == "4 of 4 shown, 4 decided"
    page.click("#export")
    assert len(tomllib.loads(page.input_value("#waivers"))["waiver"]) == 1


def test_without_storage_it_works_and_says_so(opened: Opened) -> None:
    page = opened(two_versions(), denied=True)
    page.click("#f1 [data-act=dismissed]")
    page.fill("#f1 textarea", "seen")
    page.keyboard.press("Escape")
    assert "keeps nothing" in page.inner_text("#unkept")
    page.keyboard.press("t")
    page.click("#export")
    assert tomllib.loads(page.input_value("#waivers"))["waiver"][0]["reason"] == "seen"


@pytest.mark.parametrize("kept", ["no json", "[]", '"x"', '{"b0": 7, "b1": {"state": {}, "comment": []}}', "null"])
def test_whatever_stands_in_the_storage_the_page_works(opened: Opened, kept: str) -> None:
    page = opened(two_versions())
    page.evaluate("text => localStorage.setItem('consistency:decisions', text)", kept)
    page.evaluate("text => localStorage.setItem('consistency:theme', text)", kept)
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("a")
    assert page.get_attribute("#f1 [data-act=accepted]", "aria-pressed") == "true"
