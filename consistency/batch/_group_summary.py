"""What a grouping made of a feed, in numbers: the file beside the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from consistency.batch._group_feed import Feed, Places
from consistency.batch._group_profile import LONGEST
from consistency.protocols import Scorer
from consistency.records import Unread


class Looked(msgspec.Struct, frozen=True):
    """What finding the stories cost: looks into the indexes and pairs compared, an article of distinct text each."""

    looks: int
    compared: int


class Between(msgspec.Struct, frozen=True):
    """Pairs of stories that are neither alike enough nor apart, and what the model said of them.

    `not_judged`: no model was asked, or it could not say (not English, the same beginning, too long).
    """

    pairs: int
    same: int
    apart: int
    not_judged: int


class Summary(msgspec.Struct, frozen=True):
    """The summary of a grouping. `sizes` counts stories by how many articles they have; `pairs` are rows that brought
    their own reference and went through as they came.
    """

    articles: int
    stories: int
    groups: int
    singles: int
    largest: int
    sizes: dict[int, int]
    joined: dict[str, int]
    texts: int
    between: Between
    looked: Looked
    pairs: int
    same_ids: int
    cut: int
    longest: int
    unread: int
    first_unread: tuple[Unread, ...]
    ignored: dict[str, int]
    join: float
    apart: float
    model: str
    runtime: str


def summarise(
    *,
    sizes: Counter[str],
    places: Places,
    feed: Feed,
    counted: Mapping[str, int],
    unread: Sequence[Unread],
    ignored: Mapping[str, int],
    same_ids: int,
    thresholds: tuple[float, float],
    model: Scorer | None,
    asked: bool,
) -> Summary:
    """The numbers of one grouping; `model` is the one that was loaded, `asked` whether there was one to load."""
    spread = Counter(sizes.values())
    work = places.work
    return Summary(
        articles=len(feed),
        stories=len(sizes),
        groups=len(sizes) - spread[1],
        singles=spread[1],
        largest=max(spread, default=0),
        sizes=dict(sorted(spread.items())),
        joined={name: counted.get(name, 0) for name in ("central", "same words", "likeness", "model")},
        texts=feed.texts,
        between=Between(work.between, work.judged_same, work.judged_apart, work.not_judged),
        looked=Looked(work.looks, work.compared),
        pairs=counted.get("pairs", 0),
        same_ids=same_ids,
        cut=feed.cut,
        longest=LONGEST,
        unread=counted.get("unread", 0),
        first_unread=tuple(unread),
        ignored=dict(sorted(ignored.items())),
        join=thresholds[0],
        apart=thresholds[1],
        model=model.digest if model is not None else "not needed" if asked else "none",
        runtime=model.runtime if model is not None else "",
    )
