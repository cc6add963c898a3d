"""What many test files share: the embedded model, loaded once; property tests without a clock."""

from __future__ import annotations

import pytest
from hypothesis import settings

from consistency import backends
from consistency.protocols import Scorer

# A busy machine is no failure, and the examples are the same on every run.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture(scope="session")
def embedded() -> Scorer:
    return backends.load("embedded")
