"""Feeds made of invented words, of any size: what grouping looks at, an article, as the feed grows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

import msgspec

from consistency.batch.group import Feed

SIZES: Final = (100, 1_000, 10_000)
BOILERPLATE: Final = (
    "Sign up for our newsletter and never miss a story. Follow us on every channel. All rights reserved by the house."
)
"""Stands under every article of a made feed, as it does in real ones."""
_SYLLABLES: Final = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo za".split()
_COMMON: Final = 3_000
_NAMES: Final = 8
_WORDS: Final = 160
_SENTENCE: Final = 14
_COPIED: Final = 3
"""One article in so many has a copy right after it."""


class Looked(msgspec.Struct, frozen=True):
    """Of a feed of `articles`: looks into the indexes and pairs compared for one article, and what was found."""

    articles: int
    looks: float
    compared: float
    stories: int
    planted: int


def looked(size: int, seed: int = 0) -> Looked:
    """Groups a made feed of this size and counts."""
    feed = Feed()
    stories = set()
    for at, (story, text) in enumerate(made(size, seed)):
        stories.add(story)
        feed.add(str(at), text)
    places = feed.place()
    found = {places.of(at, str(at)).story for at in range(len(places))}
    work = places.work
    return Looked(size, work.looks / size, work.compared / size, len(found), len(stories))


def made(size: int, seed: int = 0) -> Iterator[tuple[int, str]]:
    """`size` articles with the number of their story; words are common ones by Zipf's law, and names of the story."""
    rng = random.Random(seed)
    common = [_word(rng, 2) for _ in range(_COMMON)]
    weights = [1 / (rank + 10) for rank in range(_COMMON)]
    count = story = 0
    while count < size:
        names = [_word(rng, 3).capitalize() for _ in range(_NAMES)]
        words = rng.choices(common, weights, k=_WORDS)
        for name in names * 2:
            words[rng.randrange(_WORDS)] = name
        yield story, _text(words)
        count += 1
        if story % _COPIED == 0 and count < size:
            yield story, _text(_reworded(words, common, rng))
            count += 1
        story += 1


def _word(rng: random.Random, syllables: int) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(syllables))


def _reworded(words: list[str], common: list[str], rng: random.Random) -> list[str]:
    """Every fourth common word replaced; names stay."""
    return [rng.choice(common) if word[0].islower() and rng.random() < 0.25 else word for word in words]


def _text(words: list[str]) -> str:
    sentences = [" ".join(words[at : at + _SENTENCE]) for at in range(0, len(words), _SENTENCE)]
    return " ".join(f"{one[0].upper()}{one[1:]}." for one in sentences) + "\n\n" + BOILERPLATE
