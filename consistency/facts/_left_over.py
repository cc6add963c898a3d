"""The one word that each of two reworded texts has for itself, in one place: "a silver brooch", "a silver helmet".

A fact about two texts, no verdict: whoever asks holds it against what the model says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from consistency.facts._figures.numbers import NUMBER_WORDS
from consistency.facts._opposites import narrow
from consistency.facts.hedge import is_verb_form, lemma
from consistency.facts.kin import common, expression, kin, listed
from consistency.facts.polarity import lemmas, negations, opposed
from consistency.isolate import Difference
from consistency.records import Span

_MOST: Final = 600
"""Characters of a text beyond which it is more than a sentence or two, and a word in it may be told anywhere."""
_WORDS: Final = 12
"""Words that a text may have for itself before it counts as another text; a bound on what holding them costs, too."""
_SHARED: Final = 4
"""Words of weight that both texts must have."""
_SHORTEST: Final = 3
_JOINING: Final = frozenset(
    map(lemma, ("because", "since", "although", "though", "during", "according", "tell", "report", "say", "so", "thus"))
)
"""Words that join or attribute: other sentences have others, or none."""
_NUMBER: Final = re.compile(r"\d+")
_NEXT: Final = re.compile(r"[ -]([^\W\d_]+)")


class _Word(NamedTuple):
    lemma: str
    span: Span


def left_over(premise: str, hypothesis: str) -> Difference | None:
    """Where each text has one word of weight for itself, no kin to any that the other has for itself, beside the same
    word; None where figures or denials differ, and for opposites, names and numbers, which other facts tell.
    """
    texts = premise, hypothesis
    if premise == hypothesis or max(map(len, texts)) > _MOST or _figures(premise) != _figures(hypothesis):
        return None
    words = [[_Word(*word) for word in lemmas(text, Span(0, len(text)))] for text in texts]
    left = _single(texts, words)
    if left is None or len(negations(*texts)) != len(negations(*texts[::-1])):
        return None
    place = Difference(left[0].span, left[1].span)
    turned = any(one.premise == place.premise or one.hypothesis == place.hypothesis for one in opposed(*texts))
    return place if not turned and _one_slot(texts, words, left) else None


def _figures(text: str) -> list[str]:
    return sorted(_NUMBER.findall(text))


def _single(texts: tuple[str, str], words: Sequence[Sequence[_Word]]) -> tuple[_Word, _Word] | None:
    """The one plain word that either text has for itself and the other tells by no kin of it."""
    shared = {word.lemma for word in words[0]} & {word.lemma for word in words[1]}
    own = [[word for word in some if word.lemma not in shared and word.lemma not in _JOINING] for some in words]
    if len(shared) < _SHARED or max(map(len, own)) > min(_WORDS, len(shared)):
        return None
    left = [_unlike(texts, own, side) for side in (0, 1)]
    if len(left[0]) != 1 or len(left[1]) != 1:
        return None
    found = left[0][0], left[1][0]
    return found if all(_plain(text, word) for text, word in zip(texts, found, strict=True)) else None


def _unlike(texts: tuple[str, str], own: Sequence[Sequence[_Word]], side: int) -> list[_Word]:
    """The words that a text has for itself and the other tells by no kin of theirs, each once."""
    here, there = own[side], own[1 - side]
    found: dict[str, _Word] = {}
    for word in here:
        akin = (
            any(kin(word.lemma, other.lemma) for other in there)
            or any(listed(_joined(texts[side], word), other.lemma) for other in there)
            or any(listed(_joined(texts[1 - side], other), word.lemma) for other in there)
        )
        if not akin:
            found.setdefault(word.lemma, word)
    return list(found.values())


def _joined(text: str, word: _Word) -> str:
    """A word and the next as one expression: "gave up"."""
    behind = _NEXT.match(text, word.span.end)
    form = text[word.span.start : word.span.end].lower()
    return expression(f"{form}-{behind[1].lower()}" if behind else form)


def _plain(text: str, word: _Word) -> bool:
    """Whether a word is long enough, no name, no number, and has no converse ("sold", "bought")."""
    opens = word.span.start == 0 and common(word.lemma)
    return (
        len(word.span) >= _SHORTEST
        and (opens or not text[word.span.start].isupper())
        and word.lemma not in narrow()
        and text[word.span.start : word.span.end].lower() not in NUMBER_WORDS
    )


def _one_slot(texts: tuple[str, str], words: Sequence[Sequence[_Word]], left: tuple[_Word, _Word]) -> bool:
    """Whether the same word, or its kin, stands before both or behind both, and both are verbs or neither is."""
    forms = {
        is_verb_form(text[word.span.start : word.span.end].lower()) for text, word in zip(texts, left, strict=True)
    }
    around = [_beside(some, word) for some, word in zip(words, left, strict=True)]
    return len(forms) == 1 and any(
        one is not None and other is not None and (one == other or listed(one, other))
        for one, other in zip(*around, strict=True)
    )


def _beside(words: Sequence[_Word], word: _Word) -> tuple[str | None, str | None]:
    """The words of weight before and behind one."""
    at = next(number for number, one in enumerate(words) if one.span == word.span)
    return (words[at - 1].lemma if at else None, words[at + 1].lemma if at + 1 < len(words) else None)
