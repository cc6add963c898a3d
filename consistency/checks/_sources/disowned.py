"""Who says something in the reference and denies it in the version, or is told it there: "said the coastguard" and
"which the coastguard denied"; "the engineer said" and "the engineer was told".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from consistency.checks._sources.speech import Passage, Told
from consistency.checks._sources.unsourced import near
from consistency.facts._lists import word_set
from consistency.facts._places.gazetteer import words
from consistency.facts._rare import Rare
from consistency.facts.hedge import lemma
from consistency.facts.source import Source
from consistency.records import Span

_LONGEST: Final = 2000
_WHO: Final = r"((?:[^\s,.;:!?]+\s+){1,6}?)"
_WHICH: Final = Rare(
    r",\s+(?:which|something|an? (?:claim|charge|account|version|allegation|accusation|statement)(?: that| which)?)\s+"
    rf"{_WHO}(?:has |have |had )?(?:also |later |flatly |since )?"
    r"(?:den(?:y|ies|ied)|disput(?:es?|ed)|reject(?:s|ed)?|contest(?:s|ed)?)(?=[.,;!?]|\s*$)",
    *("den", "disput", "reject", "contest"),
)
_TOLD: Final = Rare(
    rf"{_WHO}(?:was|were|has been|have been|had been) (?:told|informed|assured|advised)(?=[.,;!?]|\s+that\b|\s*$)",
    *("told", "informed", "assured", "advised"),
)
_MOST: Final = 8
_AGAINST: Final = frozenset(
    map(
        lemma,
        word_set(
            "deny dispute reject contest refute dismiss contradict tell inform assure advise learn hear report alert",
            "notify phone call warn letter message",
        ),
    )
)
"""Words with which the reference may tell the same of the source."""
_NOT: Final = word_set(
    "not no never none nothing nobody neither nor without cannot false untrue wrong baseless unfounded incorrect",
    "nonsense lie lies invented rumour rumours rumor rumors",
)
"""Words that make of a statement what somebody who says it may deny."""
_KEPT: Final = 0.4
_LEAST: Final = 2
"""Share and number of the words of what is said that the version must have, or kin of them."""


def denies(one: Passage, told: Told, texts: tuple[str, str], nearby: Iterable[frozenset[str]]) -> Span | None:
    """Where the version has the source of a plain statement deny what the sentence tells; `nearby` are the words of
    the claims beside it, which may tell what is denied."""
    reference, text = texts
    found = _found(_WHICH, one, told, text)
    if found is None or any(_negated(some) for some in (text, reference)):
        return None
    ours = _lemmas(text)
    return None if any(sum(near(word, ours) for word in other) >= _LEAST for other in nearby) else found


def hears(one: Passage, told: Told, texts: tuple[str, str], _: Iterable[frozenset[str]]) -> Span | None:
    """Where the version has the source of a plain statement be told something."""
    return _found(_TOLD, one, told, texts[1])


def _negated(text: str) -> bool:
    return any(word.fold in _NOT or word.fold.endswith(("n't", "n’t")) for word in words(text))


def _lemmas(text: str) -> frozenset[str]:
    return frozenset(lemma(word.fold) for word in words(text))


def _found(pattern: Rare, one: Passage, told: Told, text: str) -> Span | None:
    source = told.frame.source
    if source is None or source.pronoun or told.frame.force not in {"neutral", "claim", "insist"}:
        return None
    if len(one.told) != 1 or len(text) > _LONGEST or one.words & _AGAINST:
        return None
    for number, found in enumerate(pattern.finditer(text)):
        if number == _MOST:
            break
        if _is(source, found[1]) and _tells(told, text[: found.start(1)] + text[found.end() :]):
            return Span(found.start(1), found.end())
    return None


def _is(source: Source, who: str) -> bool:
    """Whether a few words name the source alone."""
    said = [lemma(word.fold) for word in words(who)]
    names = [{lemma(part) for part in name.parts} for name in source.names]
    return bool(said) and (said[-1] in source.heads or any(said[-1] in parts for parts in names))


def _tells(told: Told, text: str) -> bool:
    """Whether the rest of the sentence tells what was said."""
    ours = _lemmas(text)
    kept = sum(near(word, ours) for word in told.content)
    return kept >= max(_LEAST, _KEPT * len(told.content))
