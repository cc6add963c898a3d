"""Generated pairs: carriers composed with rewrites and at most one corruption.

Composition is the point: several harmless differences beside one that matters, so that "many words
differ" does not mean wrong and "one word differs" does not mean right.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Final, Literal

import msgspec

from consistency.training.corrupt import corrupt
from consistency.training.edits import World, tokens
from consistency.training.retold import Told
from consistency.training.rewrite import EDITORS, HIDING, PLAIN, damage, rewrite, shorten
from consistency.training.roles import generate as roles
from consistency.training.sources import CONTRADICTION, ENTAILMENT, NEUTRAL, Example, Spot, sentences
from consistency.training.written import Item, spot

_NAME: Final = re.compile(r"(?<=[a-z,] )[A-Z][\w’-]+(?: [A-Z][\w’-]+){0,2}")
_REFUTED: Final = frozenset({"wikifact_refuted", "snli_revised", "conjnli_adversarial", "disco", "semantoneg"})


_SMALL: Final = frozenset(
    """ a an the of in on at to for from by with as is are was were be been it he she they his her its their that this
    and or but so if than then there here who which what has have had do does did not no""".split()
)
"""Words that carry no fact by themselves: exchanged for one another they make noise, not a contradiction."""
_COMPANY: Final = 0.2
"""The share of written pairs that stand beside another text."""
_OFTEN: Final = 2
"""Claims of stories that contradict each other, of which there are few, are drawn so many times as often."""
_LONGEST: Final = 800
"""Characters in both sides of a pair in company: about what the last stage takes."""
_PATIENCE: Final = 60
"""Draws for each pair wanted before a kind without a hold in the carriers is given up."""


class Shares(msgspec.Struct, frozen=True):
    """How many generated pairs of each make a full run."""

    rewritten: int = 34_000
    corrupted: int = 40_000
    entailed: int = 26_000
    refuted: int = 34_000
    shortened: int = 14_000
    neighbours: int = 8_000
    passages: int = 20_000
    roles: int = 10_000
    reversed: int = 0
    opposites: int = 0
    written: int = 0
    stories: int = 0


class Manner(msgspec.Struct, frozen=True):
    """How far texts are rewritten: `depth` weighs 0, 1, 2, 3, 4, 6 and 9 rewrites.

    `sense` adds the rewrites that touch negation and tense.
    """

    depth: tuple[float, float, float, float, float, float, float] = (1.5, 3, 3, 2, 1.5, 1, 0)
    sense: bool = False


class Carriers(msgspec.Struct, frozen=True):
    """Sentences in their passages, and entailed pairs, to build on."""

    passages: list[list[str]]
    loose: list[str]
    entailed: list[Example]
    opposites: list[Example] = []
    written: list[Item] = []
    stories: list[Told] = []


def mine(examples: Sequence[Example]) -> dict[str, list[str]]:
    """Replacements that turn a sentence into its contradiction, read off near-copies in the data.

    Both sides of the one differing block have one or two words; keys are lower case.
    """
    found: dict[str, set[str]] = {}
    for example in examples:
        if example.source not in _REFUTED or example.label != CONTRADICTION:
            continue
        left = [word for word, _ in tokens(example.premise)]
        right = [word for word, _ in tokens(example.hypothesis)]
        front = _shared(left, right)
        back = _shared(left[front:][::-1], right[front:][::-1])
        old, new = left[front : len(left) - back], right[front : len(right) - back]
        if len(old) == 1 and len(old[0]) < 4:  # a lone article or preposition turns any sentence into noise
            continue
        if _SMALL.issuperset(map(str.lower, old)) or _SMALL.issuperset(map(str.lower, new)):
            continue
        if old and new and len(old) <= 2 and len(new) <= 2 and all(word.isalpha() for word in (*old, *new)):
            found.setdefault(" ".join(old).lower(), set()).add(" ".join(new))
    return {key: sorted(values) for key, values in sorted(found.items())}


def _shared(left: Sequence[str], right: Sequence[str]) -> int:
    """How many items the two begin with in common."""
    size = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        size += 1
    return size


def carriers(
    examples: Sequence[Example], news: list[list[str]], written: Sequence[Item] = (), stories: Sequence[Told] = ()
) -> Carriers:
    """News passages; single sentences of encyclopaedias and revisions; entailed pairs of all sources; what was written
    for training.
    """
    loose = []
    for example in examples:
        if example.source in {
            "fever_evidence",
            "wikifact_refuted",
            "conjnli_adversarial",
            "iterater_revisions",
            "wanli_part",
        }:
            loose += [part for part in sentences(example.premise) if 40 < len(part) < 320]
    wanted = {"mnli_part", "wanli_part", "fever_evidence", "iterater_revisions", "snli_revised", "conjnli_adversarial"}
    entailed = [
        example
        for example in examples
        if example.label == ENTAILMENT and example.source in wanted and len(example.hypothesis) > 25
    ]
    kept = [[part for part in passage if 30 < len(part) < 320] for passage in news]
    opposites = [example for example in examples if example.source == "semantoneg"]
    return Carriers(
        [passage for passage in kept if passage], sorted(set(loose)), entailed, opposites, list(written), list(stories)
    )


class Generator:
    """Draws labelled pairs; the same carriers, shares and seed give the same pairs."""

    def __init__(
        self, given: Carriers, replacements: dict[str, list[str]], seed: int, manner: Manner | None = None
    ) -> None:
        self._manner = manner or Manner()
        self._kinds = tuple(EDITORS) if self._manner.sense else PLAIN
        self._telling = tuple(kind for kind in self._kinds if kind not in HIDING)
        self._rng = random.Random(seed)
        self._given = given
        self._mined = replacements
        near = [sorted({name for part in passage for name in _NAME.findall(part)}) for passage in given.passages]
        self._near = near
        loose = {
            name
            for part in self._rng.sample(given.loose, min(20_000, len(given.loose)))
            for name in _NAME.findall(part)
        }
        self._far = sorted({name for names in near for name in names} | loose)
        self._often = list(accumulate(_OFTEN if told.label == CONTRADICTION else 1 for told in given.stories))

    def generate(self, shares: Shares) -> list[Example]:
        """All pairs of all kinds, shuffled. Each is drawn both ways round where its label allows."""
        makers: dict[str, Callable[[], Iterator[Example]]] = {
            "rewritten": self._rewritten,
            "corrupted": self._corrupted,
            "entailed": self._entailed,
            "refuted": self._refuted,
            "shortened": self._shortened,
            "neighbours": self._neighbours,
            "passages": self._passages,
            "reversed": self._reversed,
            "opposites": self._opposites,
            "written": self._written,
            "stories": self._stories,
        }
        found: list[Example] = []
        for name, maker in makers.items():
            wanted = getattr(shares, name)
            made: list[Example] = []
            for _ in range(_PATIENCE * wanted):
                if len(made) >= wanted:
                    break
                made += maker()
            found += made[:wanted]
        found += roles(shares.roles, self._rng)
        self._rng.shuffle(found)
        return found

    def _world(self, passage: int | None) -> World:
        near = self._near[passage] if passage is not None else ()
        far = self._rng.sample(self._far, min(60, len(self._far)))
        return World(near, far, self._mined)

    def _told(self, text: str, world: World, times: int, *, wrong: bool = False) -> str:
        """The text rewritten; of one that is `wrong` in a word nothing is left out, since that may be the word."""
        return rewrite(text, self._rng, world, times, self._telling if wrong else self._kinds)

    def _sentence(self) -> tuple[str, World]:
        if self._rng.random() < 0.5:
            at = self._rng.randrange(len(self._given.passages))
            return self._rng.choice(self._given.passages[at]), self._world(at)
        return self._rng.choice(self._given.loose), self._world(None)

    def _times(self) -> int:
        return self._rng.choices([0, 1, 2, 3, 4, 6, 9], self._manner.depth)[0]

    def _either_way(
        self, premise: str, hypothesis: str, label: int, source: str, wrong: tuple[int, int] | None = None
    ) -> Iterator[Example]:
        """`wrong` is the range of the hypothesis that conflicts; an empty one says nothing."""
        side: Literal["premise", "hypothesis"] = "hypothesis"
        if self._rng.random() < 0.5:
            premise, hypothesis, side = hypothesis, premise, "premise"
        spot = Spot(side, *wrong) if wrong and wrong[0] < wrong[1] else None
        yield Example(premise, hypothesis, label, source, spot)

    def _rewritten(self) -> Iterator[Example]:
        text, world = self._sentence()
        other = self._told(text, world, max(1, self._times()))
        if self._rng.random() < 0.15:
            worse = damage(other, self._rng, world)
            other = worse.text if worse else other
        yield from self._either_way(text, other, ENTAILMENT, "rewritten")

    def _corrupted(self) -> Iterator[Example]:
        text, world = self._sentence()
        first = self._told(text, world, self._times())
        wrong = corrupt(first, self._rng, world)
        if wrong is not None:
            yield from self._either_way(text, wrong.text, CONTRADICTION, "corrupted", (wrong.start, wrong.end))

    def _entailed(self) -> Iterator[Example]:
        example, world = self._rng.choice(self._given.entailed), self._world(None)
        premise = self._told(example.premise, world, self._times() // 2)
        hypothesis = self._told(example.hypothesis, world, max(1, self._times()))
        yield Example(premise, hypothesis, ENTAILMENT, "entailed")

    def _refuted(self) -> Iterator[Example]:
        example, world = self._rng.choice(self._given.entailed), self._world(None)
        wrong = corrupt(self._told(example.hypothesis, world, self._times() // 2), self._rng, world)
        if wrong is not None:
            spot = Spot("hypothesis", wrong.start, wrong.end) if wrong.start < wrong.end else None
            yield Example(example.premise, wrong.text, CONTRADICTION, "refuted", spot)

    def _shortened(self) -> Iterator[Example]:
        text, world = self._sentence()
        short = shorten(text, self._rng, world)
        if short is None:
            return
        told = self._told(short.text, world, self._times() // 2)
        if self._rng.random() < 0.55:
            yield Example(text, told, ENTAILMENT, "shortened")
        else:
            yield Example(told, text, NEUTRAL, "shortened")

    def _neighbours(self) -> Iterator[Example]:
        at = self._rng.randrange(len(self._given.passages))
        passage = self._given.passages[at]
        if len(passage) > 1:
            one, other = self._rng.sample(range(len(passage)), 2)
            yield Example(passage[one], passage[other], NEUTRAL, "neighbours")

    def _passages(self) -> Iterator[Example]:
        at = self._rng.randrange(len(self._given.passages))
        passage, world = self._given.passages[at], self._world(at)
        size = self._rng.choice([2, 2, 3])
        if len(passage) < size:
            return
        start = self._rng.randrange(len(passage) - size + 1)
        parts = passage[start : start + size]
        if sum(map(len, parts)) > 400:
            return
        told = [self._told(part, world, self._times()) for part in parts]
        label, place = ENTAILMENT, None
        if self._rng.random() < 0.6:
            which = self._rng.randrange(size)
            wrong = corrupt(told[which], self._rng, world)
            if wrong is None:
                return
            told[which] = wrong.text
            label = CONTRADICTION
            before = sum(len(part) + 1 for part in told[:which])
            place = (before + wrong.start, before + wrong.end)
        elif self._rng.random() < 0.3:
            yield Example(" ".join(parts), told[self._rng.randrange(size)], ENTAILMENT, "passages")
            return
        yield from self._either_way(" ".join(parts), " ".join(told), label, "passages", place)

    def _reversed(self) -> Iterator[Example]:
        """What a text entails does not entail the text: more is said than is known, and nothing conflicts."""
        example, world = self._rng.choice(self._given.entailed), self._world(None)
        if len(example.premise) > 1.4 * len(example.hypothesis):
            told = self._told(example.hypothesis, world, self._times() // 2)
            yield Example(told, example.premise, NEUTRAL, "reversed")

    def _opposites(self) -> Iterator[Example]:
        """A negated opposite says the same, a negation alone does not."""
        if self._given.opposites:
            example, world = self._rng.choice(self._given.opposites), self._world(None)
            told = self._told(example.hypothesis, world, self._times() // 3)
            yield from self._either_way(example.premise, told, example.label, "opposites")

    def _written(self) -> Iterator[Example]:
        """Versions that people would write, rewritten further; a fact made wrong by the author or by an editor.

        Some stand in company: beside a text on something else, on one side or on both.
        """
        if not self._given.written:
            return
        item, world = self._rng.choice(self._given.written), self._world(None)
        times = self._times() // 2
        drawn = self._rng.random()
        if item.open and drawn < 0.3:
            one, other = self._rng.choice(list(item.beside()))
            yield Example(one, self._told(other, world, times), NEUTRAL, "written")
        elif drawn < 0.45:
            one, other = self._rng.choice(list(item.alike()))
            yield Example(*self._in_company(one, self._told(other, world, times)), ENTAILMENT, "written")
        elif drawn < 0.85:
            honest, wrong, _ = self._rng.choice(list(item.apart()))
            told = self._told(wrong, world, times, wrong=True)
            premise, hypothesis = self._in_company(honest, told)
            place = _range(honest, told) if (premise, hypothesis) == (honest, told) else None
            yield from self._either_way(premise, hypothesis, CONTRADICTION, "written", place)
        else:
            one, other = self._rng.choice(list(item.alike()))
            edit = corrupt(self._told(other, world, times), self._rng, world)
            if edit is not None:
                yield from self._either_way(one, edit.text, CONTRADICTION, "written", (edit.start, edit.end))

    def _stories(self) -> Iterator[Example]:
        """Claims of a story and of a version, as they stand there; those that contradict each other more often."""
        if self._given.stories:
            told = self._rng.choices(self._given.stories, cum_weights=self._often)[0]
            yield from self._either_way(told.premise, told.hypothesis, told.label, "stories")

    def _in_company(self, premise: str, hypothesis: str) -> tuple[str, str]:
        """Now and then another text before or behind the premise, told again beside the hypothesis or left out there.

        Neither changes what the premise says of the hypothesis.
        """
        if self._rng.random() > _COMPANY:
            return premise, hypothesis
        one, other = self._rng.choice(list(self._rng.choice(self._given.written).alike()))
        if len(premise) + len(hypothesis) + len(one) + len(other) > _LONGEST:
            return premise, hypothesis
        premise = self._joined(premise, one)
        return premise, self._joined(hypothesis, other) if self._rng.random() < 0.5 else hypothesis

    def _joined(self, one: str, other: str) -> str:
        return f"{one} {other}" if self._rng.random() < 0.5 else f"{other} {one}"


def _range(honest: str, wrong: str) -> tuple[int, int] | None:
    place = spot(honest, wrong)
    return (place.start, place.end) if place else None
