"""The one word of a copy that is another word.

A fact about two texts, no verdict: whoever asks holds it against what the model says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from typing import Final, TypeAlias

from consistency.facts._kept import kept
from consistency.facts._opposites import narrow
from consistency.facts.hedge import lemma
from consistency.facts.kin import alike, as_expressions, expression, kin
from consistency.facts.name import variant
from consistency.facts.polarity import lemmas
from consistency.isolate import Difference, differences
from consistency.records import Span

_Words: TypeAlias = Sequence[tuple[str, Span]]
_MOST: Final = 2000
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_WORDS: Final = 2
"""Words of weight that the place may have on either side: "fire brigade" for "police"."""
_SHORTEST: Final = 3
"""Letters of a word; fewer may be all that is left of one where a text was cut off."""
_SHARED: Final = 3
"""Words of weight that both texts must have, so that one is a copy of the other."""
_HOW_MANY: Final = {
    **dict.fromkeys(("few", "handful"), 1),
    **dict.fromkeys(("some", "several"), 2),
    "half": 3,
    **dict.fromkeys(("most", "majority"), 4),
    **dict.fromkeys(("all", "every", "each", "both", "everyone", "everybody", "entire"), 5),
}
"""Words that tell how many of those spoken of, by how many; "a few" is "some"."""
_SHARE: Final = re.compile(rf"(?:{'|'.join(_HOW_MANY)})", re.IGNORECASE)
_TELLING: Final = frozenset(map(lemma, _HOW_MANY))
_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = re.compile(r"\d+")
_REACH: Final = 40
_BEFORE: Final = re.compile(r"([^\W\d_]+) \Z")
_BEHIND: Final = re.compile(r" ([^\W\d_]+)")


@kept
def replaced(premise: str, hypothesis: str) -> Difference | None:
    """Where one word of weight, or two, stand in place of others that are no kin to them, and all else is the same; or
    where "all" stands for "some".

    None where other words of weight differ or have moved, where either word stands in the other text too, for figures,
    which other facts tell, and for a name that is put in the place of a word. The same either way round.
    """
    if premise == hypothesis or max(len(premise), len(hypothesis)) > _MOST:
        return None
    if premise > hypothesis:  # which words differ may depend on which text comes first
        found = replaced(hypothesis, premise)
        return found and Difference(found.hypothesis, found.premise)
    places = differences(premise, hypothesis)
    telling_share = _tells_share(premise) and _tells_share(hypothesis)
    shares = [place for place in places if telling_share and _other_share((premise, hypothesis), place)]
    telling = shares + [one for one in places if one not in shares and _weighs(premise, hypothesis, one)]
    words = [lemmas(text, Span(0, len(text))) for text in (premise, hypothesis)]
    both = {word for word, _ in words[0]} & {word for word, _ in words[1]}
    if len(both) < _SHARED:
        return None
    if len(telling) > 1 and not shares and (moved := _moved((premise, hypothesis), words)) is not None:
        telling = [moved]
    if len(telling) != 1:
        return None
    (place,) = telling
    return place if shares or _another((premise, hypothesis), place, both) else None


def _moved(texts: tuple[str, str], words: Sequence[_Words]) -> Difference | None:
    """The one word of weight that either text has for itself, where the words next to it are the same, though clauses
    of the text have moved.
    """
    told = [Counter(word for word, _ in some) for some in words]
    own = [(told[side] - told[1 - side]).elements() for side in (0, 1)]
    first, second = map(list, own)
    if len(first) != 1 or len(second) != 1 or _numbers(texts[0]) != _numbers(texts[1]):
        return None
    if not narrow().isdisjoint((*first, *second)):  # "the daughter of A" is "A, the mother of"
        return None
    wanted = first[0], second[0]
    spans = [next(span for word, span in some if word == one) for some, one in zip(words, wanted, strict=True)]
    around = [_around(text, span) for text, span in zip(texts, spans, strict=True)]
    return Difference(*spans) if around[0] == around[1] and all(around[0]) else None


def _numbers(text: str) -> list[str]:
    return sorted(_NUMBER.findall(text))


def _around(text: str, span: Span) -> tuple[str, str]:
    """The words before and behind a place; none where a mark stands between."""
    before, behind = _BEFORE.search(text, max(0, span.start - _REACH), span.start), _BEHIND.match(text, span.end)
    return (before.group(1).casefold() if before else "", behind.group(1).casefold() if behind else "")


def _tells_share(text: str) -> bool:
    return _SHARE.search(text) is not None


def _other_share(texts: tuple[str, str], place: Difference) -> bool:
    """Whether both sides of a place tell how many of those spoken of, no word of weight beside it, and not alike."""
    found = []
    for text, span in zip(texts, place, strict=True):
        words = [word.lower() for word in _WORD.findall(text, span.start, span.end)]
        told = [word for word in words if word in _HOW_MANY]
        if not told or any(word not in _TELLING for word, _ in lemmas(text, span)) or _figures(text, span):
            return False
        some = told[0] == "few" and (words[0] == "a" or text[max(0, span.start - 3) : span.start].lower() == " a ")
        found.append(_HOW_MANY["some" if some else told[0]])
    return found[0] != found[1]


def _another(texts: tuple[str, str], place: Difference, both: Set[str]) -> bool:
    """Whether a place has words of weight on either side that no other place has, and none kin to one of the other.

    A name may stand for a name alone, and not where a text opens, since there any word may be written so.
    """
    old, new = (lemmas(text, span) for text, span in zip(texts, place, strict=True))
    if not all(_plain(text, span, words) for text, span, words in zip(texts, place, (old, new), strict=True)):
        return False
    named = [_named(text, words) for text, words in zip(texts, (old, new), strict=True)]
    if any(named) and (not all(named) or min(span.start for span in place) == 0 or _one_name(texts, place)):
        return False
    return not any(word in both for word, _ in (*old, *new)) and not _akin(texts, place, (old, new))


def _named(text: str, words: _Words) -> bool:
    return any(text[span.start].isupper() for _, span in words)


def _one_name(texts: tuple[str, str], place: Difference) -> bool:
    """Whether two names may be two spellings of one: "König", "King"."""
    one, other = (
        tuple(_WORD.findall(text[span.start : span.end].casefold())) for text, span in zip(texts, place, strict=True)
    )
    return variant(one, other)


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
    if any(kin(one, other) or alike(form, shape) for one, form in told[0] for other, shape in told[1]):
        return True
    return _akin_with_a_neighbour(texts, place)


def _akin_with_a_neighbour(texts: tuple[str, str], place: Difference) -> bool:
    """Whether a place is of one expression with the same word before or behind it: "fire brigade", "fire service"."""
    whole = ["-".join(text[span.start : span.end].lower().split()) for text, span in zip(texts, place, strict=True)]
    (before, behind), (before_it, behind_it) = (_around(text, span) for text, span in zip(texts, place, strict=True))
    return (bool(before) and before == before_it and as_expressions(*(f"{before}-{words}" for words in whole))) or (
        bool(behind) and behind == behind_it and as_expressions(*(f"{words}-{behind}" for words in whole))
    )


def _weighs(premise: str, hypothesis: str, place: Difference) -> bool:
    sides = ((premise, place.premise), (hypothesis, place.hypothesis))
    return any(lemmas(text, span) or _figures(text, span) for text, span in sides)


def _plain(text: str, span: Span, words: _Words) -> bool:
    """Whether a place has a word or two of weight, and neither a figure nor a word cut off among them."""
    cut = any(len(place) < _SHORTEST for _, place in words)
    return 1 <= len(words) <= _WORDS and not cut and not _figures(text, span)


def _figures(text: str, span: Span) -> bool:
    return any(character.isdigit() for character in text[span.start : span.end])
