"""A feed as it is collected, article by article: identical texts once, and of each text what names its story."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, Literal, TypeAlias

import msgspec

from consistency.batch._group_model import judge
from consistency.batch._group_profile import Profile, digest, profile
from consistency.batch._group_rounds import APART, JOIN, Told, Work, find
from consistency.batch._stories import dated
from consistency.protocols import Scorer

Evidence: TypeAlias = Literal["central", "same words", "likeness", "model"]
_NO_DATE: Final = datetime.max.replace(tzinfo=UTC)
_DIGITS: Final = 16


class Joined(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why an article is in its story: its likeness to the story's central article (named by its id), 0 to 1.

    `same words`: the texts are the same up to case and blanks. `likeness`: alike enough. `model`: less alike, and
    the model found that their beginnings speak of one thing. `central`: it is the one the others are held against.
    """

    evidence: Evidence
    central: str
    score: float
    wording: float | None = None
    names: float | None = None
    order: float | None = None


class Placed(msgspec.Struct, frozen=True):
    """Where an article belongs; `size` counts the articles of its story."""

    story: str
    size: int
    joined: Joined


class _Text(msgspec.Struct):
    """A distinct text: its profile, how often it came, and the best of its articles, which gives it its name."""

    profile: Profile
    articles: int
    first: tuple[bool, datetime, str]


class Feed:
    """Takes articles one by one and says, when all are there, to which story each belongs.

    Held are a profile of every distinct text (about 4 kB for a news article, never the text) and 4 bytes an article.
    """

    def __init__(self) -> None:
        self._texts: list[_Text] = []
        self._known: dict[str, int] = {}
        self._of = array("l")
        self.cut = 0

    def __len__(self) -> int:
        return len(self._of)

    @property
    def texts(self) -> int:
        """How many distinct texts there are."""
        return len(self._texts)

    def add(self, id: str, text: str, published: str | None = None, *, original: bool = False) -> None:
        """The next article."""
        first = (not original, dated(published) or _NO_DATE, id)
        name = digest(text)
        at = self._known.setdefault(name, len(self._texts))
        if at == len(self._texts):
            self._texts.append(_Text(profile(text), 0, first))
        held = self._texts[at]
        held.articles += 1
        held.first = min(held.first, first)
        self.cut += held.profile.cut > 0
        self._of.append(at)

    def place(
        self,
        load: Callable[[], Scorer] | None = None,
        *,
        join: float = JOIN,
        apart: float = APART,
        told: Told | None = None,
    ) -> Places:
        """The stories of all articles so far. `load` gives the model that judges pairs in between; None = they stay
        apart."""
        profiles = [one.profile for one in self._texts]
        mass = [one.articles for one in self._texts]
        asked = None if load is None else judge(profiles, load)
        found = find(profiles, mass, judge=asked, join=join, apart=apart, told=told)
        members: dict[int, list[int]] = {}
        for one, centre in found.centre.items():
            members.setdefault(centre, []).append(one)
        names = {
            centre: min((self._texts[one].first[:2], profiles[one].digest) for one in inside)[1][:_DIGITS]
            for centre, inside in members.items()
        }
        sizes = {centre: sum(mass[one] for one in inside) for centre, inside in members.items()}
        places = []
        for one, text in enumerate(self._texts):
            centre = found.centre[one]
            central = self._texts[centre].first[2]
            like = found.likeness.get(one)
            if like is None:
                joined = Joined("central", central, 1.0)
            else:
                evidence: Evidence = "model" if one in found.by_model else "likeness"
                joined = Joined(evidence, central, like.score, like.wording, like.names, like.order)
            places.append(_Place(Placed(f"story-{names[centre]}", sizes[centre], joined), text.first[2]))
        return Places(self._of, places, found.work)


class _Place(msgspec.Struct, frozen=True):
    """Where a text belongs, and the article that is it; others with the same words are its copies."""

    placed: Placed
    named: str


class Places:
    """What became of each article, by its number in the order in which it came."""

    def __init__(self, of: array[int], places: list[_Place], work: Work) -> None:
        self._of = of
        self._places = places
        self.work = work

    def __len__(self) -> int:
        return len(self._of)

    def of(self, at: int, id: str) -> Placed:
        """The place of the article that came as number `at` (from 0) with this id."""
        found = self._places[self._of[at]]
        if found.placed.joined.evidence != "central" or id == found.named:
            return found.placed
        return msgspec.structs.replace(found.placed, joined=Joined("same words", found.named, 1.0))
