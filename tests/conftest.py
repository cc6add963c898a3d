"""What many test files share: the embedded model, loaded once."""

from __future__ import annotations

import pytest

from consistency import backends
from consistency.protocols import Scorer


@pytest.fixture(scope="session")
def embedded() -> Scorer:
    return backends.load("embedded")
