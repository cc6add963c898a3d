"""The weights that ship and what is said of them are of one make."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from consistency.backends import EMBEDDED
from consistency.protocols import Scorer

DOCS = Path(__file__).parent.parent / "docs" / "model.md"


@pytest.fixture(scope="module")
def card() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EMBEDDED / "card.json").read_text("utf-8"))
    return found


def test_the_card_is_of_these_weights(card: dict[str, Any]) -> None:
    assert card["weights_sha256"] == hashlib.sha256((EMBEDDED / "model.safetensors").read_bytes()).hexdigest()
    assert (EMBEDDED / "model.safetensors").stat().st_size < 50_000_000


def test_every_score_was_measured_with_them(card: dict[str, Any], embedded: Scorer) -> None:
    assert card["scores"]
    for score in card["scores"]:
        assert {signature["model"] for signature in score["signatures"]} == {embedded.digest}, score["number"]


def test_the_page_says_what_the_card_says(card: dict[str, Any]) -> None:
    lines = DOCS.read_text("utf-8").splitlines()
    for score in card["scores"]:
        (line,) = (line for line in lines if line.startswith(f"| {score['number']} |"))
        assert f"| {score['rows']:,} |" in line
        assert f" {score['value']:.3f} [" in line, line
