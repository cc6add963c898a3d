"""What many test files share: the embedded model, loaded once; property tests without a clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from consistency import backends
from consistency.places import VARIABLE
from consistency.protocols import Scorer
from tests import browsers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# A busy machine is no failure, and the examples are the same on every run.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Scores and exported networks of the tests' own and lines of one width, in processes that they start too."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(VARIABLE, str(tmp_path_factory.mktemp("cache")))
        patched.setenv("COLUMNS", "100")  # a process of the parallel run is told another width
        yield


@pytest.fixture(scope="session")
def embedded() -> Scorer:
    return backends.load("embedded")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsers.running() as found:
        yield found


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    with browsers.windows(browser, tmp_path) as found:
        yield found.open
