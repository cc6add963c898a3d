"""A real browser for tests: Debian's chromium, driven by Playwright. Without one they are skipped; in CI that fails."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from consistency.checks import manuals
from consistency.records import Finding, Level, Run, Story
from consistency.report import FORMATS, Options
from tests.reports import REFERENCE, VERSION, article, report, side

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request

_DENIED = (
    "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied', 'SecurityError'); }})"
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PACKAGES = ("playwright", "axe_playwright_python")


def lacking() -> str:
    """Why there can be no browser here; empty where there can."""
    missing = [name for name in _PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        return f"{' and '.join(missing)} not installed: pip install -e '.[dev]'"
    return "" if program() else f"none of {', '.join(_NAMES)} on PATH: apt-get install chromium"


def program() -> str | None:
    """The browser's program."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def demand(reason: str, *, ci: bool) -> None:
    """Nothing for an empty reason; else the test is skipped, and in CI it fails: there a browser is owed."""
    if reason and ci:
        pytest.fail(f"a skip is a failure in CI: {reason}")
    if reason:
        pytest.skip(reason)


@contextmanager
def running() -> Iterator[Browser]:
    """The browser, for as long as the block lasts."""
    demand(lacking(), ci=os.environ.get("CI") == "1")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        # No sandbox: a container's root has none to give, and the pages are our own.
        browser = play.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        yield browser
        browser.close()


class Windows:
    """Opens runs as pages, and hears what a page should never do: ask a network, write to the console, throw."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.file = folder / "report.html"
        self.contexts: list[BrowserContext] = []
        self.heard: list[str] = []

    def open(
        self, run: Run, *, at: str = "", denied: bool = False, context: BrowserContext | None = None, **how: Any
    ) -> Page:
        """The run's page. `at`: the part of the address behind the file; `denied`: the browser refuses its storage."""
        self.file.write_text(FORMATS["html"](Options(manuals=manuals()))(run), "utf-8")
        if context is None:
            context = self.browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **how})
            self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.heard.append(f"console: {message.text}"))
        page.on("pageerror", lambda fault: self.heard.append(f"thrown: {fault}"))
        page.on("dialog", self._dialog)
        page.on("request", self._request)
        if denied:
            page.add_init_script(_DENIED)
        page.goto(f"{self.file.as_uri()}{at}")
        return page

    def _dialog(self, dialog: Dialog) -> None:
        self.heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.file.as_uri(), "blob:")):
            self.heard.append(f"asked: {request.url}")


@contextmanager
def windows(browser: Browser, folder: Path) -> Iterator[Windows]:
    """Windows that are closed at the end; then nothing may have been heard."""
    found = Windows(browser, folder)
    yield found
    for context in found.contexts:
        context.close()
    assert found.heard == []


_SAID: tuple[tuple[str, Level, tuple[str, str]], ...] = (
    ("date", "error", ("Monday", "Sunday")),
    ("name", "warning", ("mayor", "mayor")),
)


def two_versions() -> Run:
    """Versions "b" and "c" with two findings each: date errors in the first claim, name warnings in the second."""
    left, left_claims = article("a", REFERENCE)
    articles, claims, findings = [left], list(left_claims), []
    for name in ("b", "c"):
        right, right_claims = article(name, VERSION)
        articles.append(right)
        claims += right_claims
        for at, (check, level, words) in enumerate(_SAID):
            sides = side(left_claims[at], words[0]), side(right_claims[at], words[1])
            message = f"Told otherwise in {name}: {words[1]}."
            findings.append(Finding(check, level, message, 0.9 - at / 10, *sides, f"{name}{at}"))
    made = msgspec.structs.replace(report(level=None), story=Story("story", tuple(articles), "a"), coverage=())
    return Run((msgspec.structs.replace(made, claims=tuple(claims), findings=tuple(findings)),))


def chosen(page: Page) -> str:
    """The number of the finding that is chosen in the list and beside the text; the two agree."""
    cards = page.locator(".finding.on").evaluate_all("all => all.map(one => one.dataset.f)")
    items = page.locator(".item.on").evaluate_all("all => all.map(one => one.dataset.f)")
    assert cards == items
    return "".join(cards)


def listed(page: Page) -> list[str]:
    """Numbers of the findings that the filters leave, in order."""
    return list(page.locator(".item:not([hidden])").evaluate_all("all => all.map(one => one.dataset.f)"))


def shown(page: Page) -> list[str]:
    return list(page.locator(".comparison:visible").evaluate_all("all => all.map(one => one.id)"))
