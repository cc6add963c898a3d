"""What the checks cost on a long article: ten times the text, at most fifteen times the calls.

By default with 20 and 200 kB, since counting is slow; `make cost` counts with 100 kB and 1 MB.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from functools import cache
from types import FrameType

import pytest

from consistency.checks import CHECKS
from consistency.protocols import Context
from consistency.records import Alignment, Article, Claim, Scores, Span, Story

FRAMES = (
    "{who} said on Monday that {some} people had met in {where} on March {day}.",
    '"We will not pay {some} dollars for it," said {who}, the finance minister.',
    "About {some} of {many} houses in {where} were damaged, according to {who}.",
    "{who} may return to {where} by {year}, officials said, though {some} soldiers stayed.",
    "The court in {where} did not free {who}, who was 39 when the {some}-page report came out.",
)
WHO = ("Anna Berg", "Omar Hadi", "Lena Voss", "Ivan Petrov", "Maria Costa", "Paul Okoye")
WHERE = ("Kyiv", "Paris", "Lagos", "Berlin", "Chicago")
SHORT = int(os.environ.get("COST_CHARACTERS", "20000"))
SLACK = 20_000
"""Calls that a short article is spared because all that was read in it is still kept."""
POOL = 100
"""Different sentences. What is read from a sentence is kept, so that the comparisons are what grows."""


def sentences(seed: int) -> list[str]:
    drawn = random.Random(seed)
    return [
        drawn.choice(FRAMES).format(
            who=drawn.choice(WHO),
            where=drawn.choice(WHERE),
            some=drawn.randint(2, 9_999),
            many=drawn.randint(2, 9_999),
            day=drawn.randint(1, 31),
            year=drawn.randint(1950, 2030),
        )
        for _ in range(POOL)
    ]


def article(name: str, size: int, pool: list[str]) -> tuple[Article, tuple[Claim, ...]]:
    """`size` characters of sentences, and each of them as a claim."""
    texts: list[str] = []
    claims: list[Claim] = []
    at = 0
    while at < size:
        text = pool[len(texts) % POOL]
        claims.append(Claim(f"{name}#{len(texts) + 1}", name, Span(at, at + len(text)), text))
        texts.append(text)
        at += len(text) + 1
    return Article(name, " ".join(texts)), tuple(claims)


@cache
def story(size: int) -> Context:
    """A version that tells the reference sentence by sentence, with other numbers, names and places in some."""
    (left, here), (right, there) = article("a", size, sentences(0)), article("b", size, sentences(1))
    leaning = Scores(0.2, 0.2, 0.6)
    alignments = tuple(
        Alignment("b", (one.id,), (other.id,), 0.6, leaning, leaning) for one, other in zip(here, there, strict=False)
    )
    return Context(Story("s", (left, right), "a"), {"a": here, "b": there}, alignments)


def calls(check: str, size: int) -> int:
    """Calls of the tool's own functions."""
    context = story(size)
    seen: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            seen[frame.f_code.co_filename] += 1

    sys.setprofile(count)
    try:
        for _ in CHECKS[check].check(context):
            pass
    finally:
        sys.setprofile(None)
    return sum(number for file, number in seen.items() if "consistency" in file)


@pytest.mark.parametrize("check", CHECKS)
def test_ten_times_the_text_costs_at_most_fifteen_times_as_much(check: str) -> None:
    calls(check, SHORT)  # what is read once is kept
    assert calls(check, 10 * SHORT) <= 15 * calls(check, SHORT) + SLACK
