"""JSON for machines: nothing raw that drives a terminal or a CI service, and nothing lost."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.report._dump import dumped
from tests.hostile import RAW, TEXTS


@given(
    st.recursive(st.text(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))
)
def test_nothing_is_lost(value: object) -> None:
    for indent in (None, 2):
        assert json.loads(dumped(value, indent)) == value


@given(st.lists(TEXTS))
def test_nothing_hostile_stands_raw(texts: list[str]) -> None:
    text = dumped(texts)
    assert not RAW.search(text)
    assert not re.search(r"##\w{0,20}\[|^\s*::", text, re.MULTILINE)
    text.encode()


@pytest.mark.parametrize("order", ["##[error]x", "##vso[task.complete]", "a ## ##[x]"])
def test_an_order_is_broken_and_comes_back(order: str) -> None:
    assert order not in dumped(order)
    assert json.loads(dumped(order)) == order


def test_half_characters_are_replaced() -> None:
    assert json.loads(dumped(["\ud83d", "\udcff"])) == ["\ufffd", "\ufffd"]


def test_one_line_is_one_line() -> None:
    assert "\n" not in dumped({"a": ["x\ny\u2028"]}, None)
