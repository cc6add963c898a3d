"""Two sentences through the whole tool as it ships: what is reported of them in the end, whichever check it is.

The case file of a check says what that check finds alone; here model, checks and combination are judged together.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from consistency.config import Config
from consistency.pipeline import check
from consistency.protocols import Scorer
from consistency.records import Article
from tests.stories import hits

CASES: Final = json.loads((Path(__file__).parent.parent / "fixtures" / "whole.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_what_is_reported(case: dict[str, Any], embedded: Scorer) -> None:
    versions = [Article(id=side, text=case[side], source=side) for side in ("reference", "version")]
    report = check(versions[0], versions[1:], Config(cache=False), scorer=embedded)
    assert not report.unread
    loud = [finding for finding in report.findings if finding.level != "note"]
    expected = case["finding"]
    told = [(finding.check, finding.level, finding.message) for finding in loud]
    if expected is None:
        assert told == []
    else:
        assert any(finding.level == expected["level"] and hits(report, finding, expected) for finding in loud), told


def test_half_of_them_are_honest() -> None:
    assert sum(case["finding"] is None for case in CASES) * 2 >= len(CASES)
