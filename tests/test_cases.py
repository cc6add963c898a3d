"""Every check against its case file."""

from __future__ import annotations

import importlib

import pytest

from tests.cases import CASES, ON_SCORES, Case, load, mismatch


def _params() -> list[object]:
    params: list[object] = []
    for path in sorted(CASES.glob("*.json")):
        for case in load(path.stem):
            marks = [pytest.mark.xfail(strict=True, reason=case.why)] if case.origin == "known-failure" else []
            params.append(pytest.param(path.stem, case, id=f"{path.stem}-{case.id}", marks=marks))
    return params


@pytest.mark.parametrize(("name", "case"), _params())
def test_case(name: str, case: Case, request: pytest.FixtureRequest) -> None:
    check = importlib.import_module(f"consistency.checks.{name}").CHECK
    scorer = request.getfixturevalue("embedded") if name in ON_SCORES else None
    assert mismatch(check, case, scorer) == ""
