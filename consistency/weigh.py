"""What the other versions of a story say where one differs from the reference.

A value that one version has alone against all others that tell of it is likelier to be an error than a difference
between two; one that the other versions share may be the reference's own. Either way the finding says who agrees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from consistency.facts._pronouns.words import HE, SHE
from consistency.facts.role import exchanges, trade
from consistency.protocols import Context
from consistency.records import Finding, Side, Story

VALUES: Final = frozenset({"quantity", "date", "place", "name", "title", "pronoun"})
"""Checks that hold one value against another; wording may differ in one version alone and be right."""
ROLES: Final = "role"
"""The check whose two sides say the same words in other places."""
_SEXES: Final = dict.fromkeys(HE, "he") | dict.fromkeys(SHE, "she")
"""What is "she said" in one version is "her words" in the next."""
_LEAST: Final = 0.25
"""A candidate below this is no hint that others could confirm."""
_GAIN: Final = (0.0, 0.35, 0.5)
"""How much of what is missing to certainty is gained where none, one, or more versions stand with the reference."""
_SHOWN: Final = 3
_LONGEST: Final = 4_000
"""Characters of a text beyond which it is no claim."""
_LIGHT: Final = frozenset(
    "some about at least most more less than over under nearly almost around up to the an of in on by for and".split()
)
_TOKEN: Final = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]{2,}")


class _Others(NamedTuple):
    """Versions that have the reference's value, and those that have this version's."""

    reference: tuple[str, ...]
    version: tuple[str, ...]


def weigh(found: Iterable[Finding], context: Context) -> tuple[Finding, ...]:
    """The findings in their order; those that others speak of say so, and are surer where the version is alone."""
    if len(context.story.versions) < 2:
        return tuple(found)
    texts = _texts(context)
    return tuple(_weighed(finding, context.story, texts) for finding in found)


def _texts(context: Context) -> dict[str, dict[str, str]]:
    """For each claim of the reference, what each version has in its place."""
    claims = {claim.id: claim.text for some in context.claims.values() for claim in some}
    texts: dict[str, dict[str, str]] = {}
    for alignment in context.alignments:
        told = " ".join(claims[claim] for claim in alignment.hypothesis)
        for claim in alignment.premise:
            there = texts.setdefault(claim, {})
            there[alignment.article] = f"{there.get(alignment.article, '')} {told}"
    return texts


def _weighed(finding: Finding, story: Story, texts: dict[str, dict[str, str]]) -> Finding:
    one, other = finding.reference, finding.version
    if finding.check not in VALUES | {ROLES} or finding.confidence < _LEAST or one is None or other is None:
        return finding
    told = {version: text for version, text in _told(one.claims, texts).items() if version != other.article}
    if finding.check == ROLES:
        others = _turned(told, one.text, other.text)
    else:
        first, second = _value(one, story), _value(other, story)
        others = _others(told, _telling(first - second), _telling(second - first))
    if others.version:
        also = _listed(others.version, story)
        return msgspec.structs.replace(finding, message=f"{finding.message} {also} as this version does.")
    if not others.reference:
        return finding
    gain = _GAIN[min(len(others.reference), len(_GAIN) - 1)]
    confidence = round(finding.confidence + gain * (1 - finding.confidence), 3)
    also = _listed(others.reference, story)
    return msgspec.structs.replace(
        finding, confidence=confidence, message=f"{finding.message} {also} as the reference does."
    )


def _told(claims: Sequence[str], texts: dict[str, dict[str, str]]) -> dict[str, str]:
    """What each version has in the place of all these claims."""
    told: dict[str, str] = {}
    for claim in claims:
        for version, text in texts.get(claim, {}).items():
            told[version] = f"{told.get(version, '')}{text}"
    return told


def _others(told: dict[str, str], old: frozenset[str], new: frozenset[str]) -> _Others:
    """Versions whose words hold one of the two values and not the other.

    Of a value that only adds to the other (the deputy governor, the governor) its words are a witness, their lack is
    none.
    """
    words = {version: _tokens(text) for version, text in told.items()}
    return _Others(
        tuple(version for version, some in words.items() if old and old <= some and not new & some),
        tuple(version for version, some in words.items() if new and new <= some and not old & some),
    )


def _turned(told: dict[str, str], first: str, second: str) -> _Others:
    """Versions in which roles are exchanged against one of two texts and not against the other."""
    turned = {version: (_exchanged(first, text), _exchanged(second, text)) for version, text in told.items()}
    return _Others(
        tuple(version for version, found in turned.items() if found == (False, True)),
        tuple(version for version, found in turned.items() if found == (True, False)),
    )


def _exchanged(one: str, other: str) -> bool:
    if max(len(one), len(other)) > _LONGEST:
        return False
    return trade(one, other.strip()) is not None or bool(exchanges(one, other.strip()))


def _value(side: Side, story: Story) -> frozenset[str]:
    text = story.article(side.article).text
    return frozenset(token for span in side.evidence for token in _tokens(text[span.start : span.end]))


def _telling(words: frozenset[str]) -> frozenset[str]:
    """Figures where there are some, else the words that carry the value."""
    figures = frozenset(word for word in words if word[0].isdigit())
    return figures or words - _LIGHT


def _tokens(text: str) -> set[str]:
    folds = (hit[0].casefold() for hit in _TOKEN.finditer(text))
    return {_SEXES.get(fold, fold) for fold in folds}


def _listed(articles: Sequence[str], story: Story) -> str:
    names = [story.article(article).source or article for article in articles]
    more = len(names) - _SHOWN
    shown = names[:_SHOWN] + ([f"{more} more"] if more > 0 else [])
    front = ", ".join(shown[:-1])
    return f"{front} and {shown[-1]} say it" if front else f"{shown[-1]} says it"
