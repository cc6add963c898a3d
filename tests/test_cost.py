"""What the checks cost on a long article: ten times the text, at most fifteen times the calls.

By default with 20 and 200 kB, since counting is slow; `make cost` counts with 100 kB and 1 MB.
"""

from __future__ import annotations

import inspect
import os
import random
import sys
import weakref
from collections import Counter
from functools import cache
from types import FrameType

import msgspec
import pytest

from consistency.checks import CHECKS
from consistency.facts import _tokens
from consistency.facts._kept import FEW, LONGEST, ROOM, kept
from consistency.facts._places import gazetteer
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
SLACK = 40_000
"""Calls that a short article is spared: all that was read in it is still kept, and no word stands in so many names and
titles that only some of them are looked at."""
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
    for size in (10 * SHORT, SHORT):  # what is read once is kept, whatever ran before
        calls(check, size)
    assert calls(check, 10 * SHORT) <= 15 * calls(check, SHORT) + SLACK


def test_what_is_kept_is_read_once_and_the_oldest_goes_first() -> None:
    seen: list[str] = []

    @kept
    def length(text: str) -> int:
        seen.append(text)
        return len(text)

    assert [length("one"), length("one"), length("three")] == [3, 3, 5]
    assert seen == ["one", "three"]
    many = [f"{number:04}" * 100 for number in range(2 * ROOM // 400)]
    for text in many:
        length(text)
    seen.clear()
    length("one")
    length(many[-1])
    assert seen == ["one"]


def test_what_is_kept_is_bounded() -> None:
    """However many texts are read, however short or long they are."""
    alive: list[weakref.ref[Kept]] = []

    @kept
    def read(text: str) -> Kept:
        found = Kept(text)
        alive.append(weakref.ref(found))
        return found

    for size, number in ((1, 20_000), (1_000, 2_000), (LONGEST + 1, 10)):
        alive.clear()
        for at in range(number):
            read(f"{at:0{size}}")
        held = [text for one in alive if (text := one()) is not None]
        assert sum(len(one.text) for one in held if len(one.text) <= LONGEST) <= ROOM
        assert len(held) <= ROOM // 100
        assert sum(len(one.text) > LONGEST for one in held) <= FEW


class Kept:
    def __init__(self, text: str) -> None:
        self.text = text


def test_every_sentence_is_cut_into_words_once() -> None:
    """All checks together, over both articles: what one of them has read the others have too."""
    context = story(SHORT)
    claims = {
        article: tuple(msgspec.structs.replace(claim, text=f"Later, {claim.text}") for claim in some)
        for article, some in context.claims.items()
    }
    texts = {claim.text for some in claims.values() for claim in some}
    readers = {gazetteer._words.__code__, inspect.unwrap(_tokens.tokenize).__code__}
    seen: Counter[tuple[str, str]] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in readers and frame.f_locals["text"] in texts:
            seen[frame.f_code.co_name, frame.f_locals["text"]] += 1

    sys.setprofile(count)
    try:
        for check in CHECKS.values():
            for _ in check.check(msgspec.structs.replace(context, claims=claims)):
                pass
    finally:
        sys.setprofile(None)
    assert {name for name, _ in seen} == {"_words", "tokenize"}
    assert max(seen.values()) == 1
