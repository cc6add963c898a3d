"""Stories written for training, each told again by other desks: pairs of claims as the tool itself makes them.

`stories/*.jsonl` hold a story a line: its `text` with a headline above, and `versions`, each with a `text`, the places
that are `wrong` and those that are `shifted` (a hedge, a quote, whatever an editor may let pass). A place is the words
of the story and those of the version. Nobody has written beside two claims that agree whether one entails the other:
half of what one says may stand in another sentence. So such a pair is labelled `AGREEMENT`, which only says that they
do not contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from consistency.align import align
from consistency.records import Article, Claim, Passage, Span
from consistency.segment import segment
from consistency.training.sources import AGREEMENT, CONTRADICTION, Leaks, read_rows

STORIES: Final = Path(__file__).with_name("stories")
Place = tuple[str, str]


class Version(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The story told again, and where it differs in what it says."""

    text: str
    wrong: tuple[Place, ...] = ()
    shifted: tuple[Place, ...] = ()


class Story(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A story and its versions."""

    text: str
    versions: tuple[Version, ...]


class Told(msgspec.Struct, frozen=True):
    """Claims of a story beside those of a version; `label` is `AGREEMENT` or `CONTRADICTION`."""

    premise: str
    hypothesis: str
    label: int


def stories(folder: Path = STORIES, leaks: Leaks | None = None) -> list[Story]:
    """All stories in order; without those that share a sentence with what `leaks` knows."""
    found = []
    for file in sorted(folder.glob("*.jsonl")):
        for row in read_rows(file):
            story = msgspec.convert(row, Story)
            if leaks is None or leaks.keep("stories", story.text, *(version.text for version in story.versions)):
                found.append(story)
    return found


def pairs(given: Sequence[Story]) -> list[Told]:
    """The aligned claims of all stories, in order. Those of the same words are left out, and those of which a place
    tells only one side, or which is only shifted: what they are to each other is not known.
    """
    return [told for story in given for version in story.versions for told in _pairs(story.text, version)]


def _pairs(text: str, version: Version) -> Iterator[Told]:
    reference, copy = (_article(name, told) for name, told in (("story", text), ("version", version.text)))
    claims = {article.id: segment(article) for article in (reference, copy)}
    by_id = {claim.id: claim for told in claims.values() for claim in told}
    for pair in align(copy.id, claims[reference.id], claims[copy.id]):
        premise, hypothesis = _passage(pair.premise, by_id), _passage(pair.hypothesis, by_id)
        if premise.text == hypothesis.text:
            continue
        sides = [
            (_touches(premise, text, place[0]), _touches(hypothesis, version.text, place[1]), place in version.wrong)
            for place in (*version.wrong, *version.shifted)
        ]
        if not any(first or second for first, second, _ in sides):
            yield Told(premise.text, hypothesis.text, AGREEMENT)
        elif (True, True, True) in sides:
            yield Told(premise.text, hypothesis.text, CONTRADICTION)


def _article(name: str, text: str) -> Article:
    return Article(id=name, text=text, headline=len(text.partition("\n")[0]))


def _passage(ids: Sequence[str], by_id: dict[str, Claim]) -> Passage:
    return Passage.of(tuple(by_id[one] for one in ids))


def _touches(passage: Passage, text: str, words: str) -> bool:
    at = text.index(words)
    where = Span(at, at + len(words))
    return any(span.overlaps(where) for span in passage.spans)
