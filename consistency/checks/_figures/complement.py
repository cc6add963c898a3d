"""None of a kind told one thing, and all of it the contrary: "no passwords were stolen" is "all passwords are safe"."""

from __future__ import annotations

import re
from typing import Final

from consistency.checks._figures.slots import stem
from consistency.facts._figures.shares import Share
from consistency.facts._modifiers import STOPS
from consistency.facts._opposites import contraries, senses
from consistency.facts._tokens import words
from consistency.facts.hedge import lemma
from consistency.facts.kin import listed

_LITTLE: Final = frozenset({"none", "neither", "few"})
_MUCH: Final = frozenset({"all", "both", "nearly", "most"})
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLAUSE: Final = re.compile(
    r"[.,;:!?()“”\"–—]|\b(?:and|but|or|when|while|whereas|because|since|after|before|that|which|who|whom|if|although|"
    r"though|as|until|unless)\b",
    re.IGNORECASE,
)
_VERB: Final = re.compile(r"\b(?:is|are|was|were|be|been|being|has|have|had|will|would|can|could)\b", re.IGNORECASE)
"""What is told stands behind it, and what the kind is before it: "tickets for the concert are sold"."""
_REACH: Final = 80
_TOLD: Final = 2
"""Words on either side that are taken for what is told of the kind."""
_LIGHT: Final = words(
    "remain remained remains stay get got gets getting still yet already also only just even so far been being be came",
    "come comes go goes went gone make made said says say told kept keep keeps one single",
    "them those these again ever including nearly almost out off up down in",
)
_PLACED: Final = words("there here back home")


def complement(texts: tuple[str, str], one: Share, two: Share) -> bool:
    """Whether what one text tells of none, or few, the other does not tell of all, or most: of those it tells something
    else, as a rule the contrary.
    """
    if not ({one.part, two.part} & _LITTLE and {one.part, two.part} & _MUCH):
        return False
    nouns = [set(map(stem, share.noun.split())) for share in (one, two)]
    besides = nouns[0] & nouns[1] or {stem(share.noun.split()[0]) for share in (one, two)}
    told = [_told(text, share, besides) for text, share in zip(texts, (one, two), strict=True)]
    if not all(told):
        return False
    if any(opposite(first, second) for first in told[0] for second in told[1]):
        return True
    return not any(_same(first, second) for first in told[0] for second in told[1])


def _told(text: str, share: Share, besides: set[str]) -> list[str]:
    """The nearest words of the clause that say something, but for names and the noun itself; those behind first."""
    behind = text[share.span.end :][:_REACH]
    ahead = text[max(0, share.span.start - _REACH) : share.span.start]
    cut = _CLAUSE.search(behind)
    behind = behind[: cut.start()] if cut else behind
    verb = _VERB.search(behind)
    after = _plain(behind[verb.end() :] if verb else behind, besides)
    return after[:_TOLD] or _plain(_CLAUSE.split(ahead)[-1], besides)[-_TOLD:]


def _plain(text: str, besides: set[str]) -> list[str]:
    found = [match[0] for match in _WORD.finditer(text)]
    return [
        word
        for word in found
        if word.islower()
        and (word not in STOPS or word in _PLACED)
        and word not in _LIGHT
        and stem(word) not in besides
    ]


def opposite(one: str, other: str) -> bool:
    """Whether two words are of opposite sense, by the wide list."""
    keys = set(senses(other))
    return any(not keys.isdisjoint(contraries()[sense]) for sense in senses(one))


def _same(one: str, other: str) -> bool:
    return stem(one) == stem(other) or lemma(one) == lemma(other) or listed(lemma(one), lemma(other))
