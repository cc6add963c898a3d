"""The one word of a copy that is another word.

A fact about two texts, no verdict: whoever asks holds it against what the model says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from consistency.facts._kept import kept
from consistency.facts.kin import alike, expression, kin
from consistency.facts.polarity import lemmas
from consistency.isolate import Difference, differences
from consistency.records import Span

_Words: TypeAlias = Sequence[tuple[str, Span]]
_MOST: Final = 2000
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_WORDS: Final = 2
"""Words of weight that the place may have on either side: "fire brigade" for "police"."""
_SHARED: Final = 3
"""Words of weight that both texts must have, so that one is a copy of the other."""


@kept
def replaced(premise: str, hypothesis: str) -> Difference | None:
    """Where one word of weight, or two, stand in place of others that are no kin to them, and all else is the same.

    None where other words of weight differ or have moved, where either word stands in the other text too, and for
    names and figures, which other facts tell. The same either way round.
    """
    if premise == hypothesis or max(len(premise), len(hypothesis)) > _MOST:
        return None
    if premise > hypothesis:  # which words differ may depend on which text comes first
        found = replaced(hypothesis, premise)
        return found and Difference(found.hypothesis, found.premise)
    telling = [one for one in differences(premise, hypothesis) if _weighs(premise, hypothesis, one)]
    if len(telling) != 1:
        return None
    (place,) = telling
    old, new = lemmas(premise, place.premise), lemmas(hypothesis, place.hypothesis)
    if not _plain(premise, place.premise, old) or not _plain(hypothesis, place.hypothesis, new):
        return None
    told = [{word for word, _ in lemmas(text, Span(0, len(text)))} for text in (premise, hypothesis)]
    both = told[0] & told[1]
    if len(both) < _SHARED or any(word in both for word, _ in (*old, *new)):
        return None
    return None if _akin((premise, hypothesis), place, (old, new)) else place


def _akin(texts: tuple[str, str], place: Difference, words: tuple[_Words, _Words]) -> bool:
    """Whether a word of one side is kin to one of the other, or all of one side is an expression that is."""
    told = [
        [(word, text[span.start : span.end].lower()) for word, span in some]
        for text, some in zip(texts, words, strict=True)
    ]
    for text, span, some in zip(texts, place, told, strict=True):
        whole = text[span.start : span.end].lower().split()
        if len(whole) > 1:
            some.append((expression("-".join(whole)), "-".join(whole)))
    return any(kin(one, other) or alike(form, shape) for one, form in told[0] for other, shape in told[1])


def _weighs(premise: str, hypothesis: str, place: Difference) -> bool:
    sides = ((premise, place.premise), (hypothesis, place.hypothesis))
    return any(lemmas(text, span) or _figures(text, span) for text, span in sides)


def _plain(text: str, span: Span, words: _Words) -> bool:
    """Whether a place has a word or two of weight, neither a figure nor a name among them."""
    named = any(text[word.start].isupper() for _, word in words)
    return 1 <= len(words) <= _WORDS and not named and not _figures(text, span)


def _figures(text: str, span: Span) -> bool:
    return any(character.isdigit() for character in text[span.start : span.end])
