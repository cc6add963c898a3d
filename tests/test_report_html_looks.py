"""The HTML report in a real browser: light, dark, paper and phone; access by axe; hostile text; a long article."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import msgspec
import pytest

from consistency.records import Finding, Report, Run, Story
from consistency.report import FORMATS, Options
from tests import browsers
from tests.browsers import chosen, listed, two_versions
from tests.golden import golden
from tests.reports import article, report, side
from tests.test_report_html import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Opened: TypeAlias = "Callable[..., Page]"
_EVERYTHING = """() => {
    document.styleSheets[0].insertRule("* { content-visibility: visible !important }", 0);
    return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(null))));
}"""
"""What is off the screen is not laid out until it comes near; axe would pass it over."""
_AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


# Appearance


def test_light_and_dark_follow_the_system_until_somebody_chooses(opened: Opened) -> None:
    page = opened(two_versions(), color_scheme="dark")

    def paper() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    dark = paper()
    page.emulate_media(color_scheme="light")
    light = paper()
    assert dark != light
    page.click("#theme")
    page.click("#theme")
    assert (page.inner_text("#theme"), paper()) == ("Theme: dark", dark)
    page.reload()
    assert paper() == dark
    page.click("#theme")
    assert paper() == light


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
@pytest.mark.parametrize("run", [golden(), two_versions()], ids=["golden", "plain"])
def test_no_width_needs_scrolling_sideways(opened: Opened, run: Run, width: int) -> None:
    page = opened(run, viewport={"width": width, "height": 700})
    page.keyboard.press("j")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    (box,) = [page.locator(".finding.on").bounding_box()]
    assert box is not None
    assert box["y"] < 700
    assert box["y"] + box["height"] > 0


def test_paper_gets_every_version_and_every_reason(opened: Opened) -> None:
    page = opened(two_versions())
    page.click("#f1 [data-act=dismissed]")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".comparison:visible").count() == 2
    assert page.locator(".finding .facts:visible").count() == 4
    for gone in (".bar", ".findings", "[data-act]"):
        assert page.locator(f"{gone}:visible").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".finding .facts:visible").count() == 0
    assert len(page.pdf()) > 1_000


def test_it_reads_without_script(opened: Opened) -> None:
    page = opened(two_versions(), java_script_enabled=False)
    assert page.locator(".comparison:visible").count() == 2
    assert page.locator(".needs-script:visible").count() == 0
    assert page.locator(".item:visible").count() == 4
    page.locator("#f4 summary").click()
    assert page.locator("#f4 .facts").is_visible()


# Access


@pytest.mark.parametrize(
    "state", ["as it opens", "at a finding", "keys", "export", "manual", "dark", "phone", "all open"]
)
@pytest.mark.parametrize("run", [golden(), two_versions()], ids=["golden", "plain"])
def test_axe_finds_nothing(opened: Opened, run: Run, state: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    phone = {"viewport": {"width": 390, "height": 844}} if state == "phone" else {}
    page = opened(run, color_scheme="dark" if state == "dark" else "light", **phone)
    for key in {"at a finding": "jd", "keys": "?", "export": "jae", "manual": "j", "dark": "j", "phone": "j"}.get(
        state, ""
    ):
        page.keyboard.press(key)
    if state == "manual":
        page.locator(".finding .link:visible").first.click()
    if state == "all open":
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.evaluate(_EVERYTHING)
    found = Axe().run(page, options=_AXE).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []


def test_levels_differ_by_shape_and_word_as_well_as_by_colour(opened: Opened) -> None:
    page = opened(golden())
    for place in (".item .sign", ".finding .sign"):
        shapes = page.locator(place).evaluate_all("all => all.map(one => one.firstChild.getAttribute('href'))")
        assert set(shapes) == {"#g-error", "#g-warning", "#g-note"}
    assert set(page.locator(".finding .level").all_text_contents()) == {"Error", "Warning", "Note"}
    edges = page.locator(".finding").evaluate_all(
        "all => all.map(one => one.classList[1] + ' ' + getComputedStyle(one).borderInlineStartStyle)"
    )
    assert {"error solid", "warning double", "note dotted"} == set(edges)


# Hostile and long


def hostile() -> Report:
    text = "Sunday " + " ".join(HOSTILE)
    made = report(version=text, message=text, source=f"{text}.txt")
    article_ = msgspec.structs.replace(made.story.articles[0], title=text)
    story = msgspec.structs.replace(made.story, id=text, articles=(article_, *made.story.articles[1:]))
    return msgspec.structs.replace(made, story=story)


def test_hostile_text_stays_text(opened: Opened) -> None:
    page = opened(Run((hostile(),)))
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.fill(".finding textarea", HOSTILE[0])
    page.fill("#words", "</SCRIPT><script>")
    assert listed(page) == ["1"]
    page.click("#export")
    assert tomllib.loads(page.input_value("#waivers"))["waiver"][0]["reason"] == HOSTILE[0]
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, embed, base").count() == 0
    assert HOSTILE[0] in (page.locator(".cell.version p").first.text_content() or "")
    assert "\\u202egnp.exe\\u202c" in page.inner_text(".message")


def test_the_policy_holds_even_for_markup_that_would_slip_through(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    broken = "<img src=\"{0}.png\" onerror=\"document.title = 'broken'\"><script>document.title = 'broken'</script>"
    document = FORMATS["html"](Options())(Run((report(),)))
    body = f'<body><b id="slipped" style="color: rgb(255, 0, 0)">x</b>{broken.format(file.as_uri())}'
    file.write_text(document.replace("<body>", body), "utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        arrived: list[str] = []
        page.on("requestfinished", lambda request: arrived.append(request.url))
        page.goto(file.as_uri())
        page.keyboard.press("j")
        assert chosen(page) == "1"
        assert "broken" not in page.title()
        assert page.evaluate("getComputedStyle(slipped).color") != "rgb(255, 0, 0)"
        assert arrived == [file.as_uri()]
        assert {"script", "style", "image"} <= {word for text in refused for word in text.lower().split()}


def long() -> Run:
    """An article of 20,000 words with 200 findings."""
    sentence = " ".join(f"word{at}" for at in range(19)) + " Monday."
    left, left_claims = article("a", " ".join([sentence] * 1_000))
    right, right_claims = article("b", " ".join([sentence.replace("Monday", "Sunday")] * 1_000))
    findings = tuple(
        Finding(
            "date",
            "error",
            f"At {at}.",
            0.9,
            side(left_claims[at], "Monday"),
            side(right_claims[at], "Sunday"),
            f"{at}",
        )
        for at in range(0, 1_000, 5)
    )
    made = report(level=None)
    return Run(
        (
            msgspec.structs.replace(
                made, story=Story("s", (left, right), "a"), claims=left_claims + right_claims, findings=findings
            ),
        )
    )


def test_in_a_long_article_every_jump_arrives(opened: Opened) -> None:
    page = opened(long())
    assert page.inner_text("#status") == "200 of 200 shown, 0 decided"
    for number in ("1", "2", "200", "100"):
        page.click(f".item[data-f='{number}'] a")
        box = page.locator(f"#f{number}").bounding_box()
        assert box is not None
        assert 0 <= box["y"] <= 800 - 50
    page.locator("#c1 .strip").click(position={"x": 5, "y": 50})
    assert page.locator("#c1r0").is_visible()
    skipped = page.locator(".row").evaluate_all(
        "all => all.filter(one => getComputedStyle(one).contentVisibility === 'auto').length"
    )
    assert skipped == page.locator(".row").count()


@pytest.mark.parametrize(
    ("reason", "ci", "outcome"), [("none", True, pytest.fail.Exception), ("none", False, pytest.skip.Exception)]
)
def test_a_missing_browser_is_a_skip_and_in_ci_a_failure(reason: str, ci: bool, outcome: type[BaseException]) -> None:
    with pytest.raises(outcome, match=reason):
        browsers.demand(reason, ci=ci)
    browsers.demand("", ci=ci)
