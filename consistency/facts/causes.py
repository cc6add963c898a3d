"""Another cause of the same: two texts tell one effect, and each gives a cause of its own for it.

The words of the one cause must have no kin in the other, nor be told anywhere in the other text, which may give a
further cause. No verdict: honest versions tell a cause in quite other words; whoever asks holds it against what the
model says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from consistency.facts._cause_incidents import exclude, incident
from consistency.facts._cause_read import Cause, causes
from consistency.facts._kept import kept
from consistency.facts._lists import word_set
from consistency.facts._opposites import contraries, opposites
from consistency.facts.hedge import lemma
from consistency.facts.kin import kin, kindred
from consistency.facts.polarity import bases, lemmas
from consistency.records import Span

_SHARED: Final = 0.6
"""How much of the effect both must tell, of the shorter one."""
_REST: Final = 0.8
"""The same where the sentences give several causes each, of which one has changed."""
_FEWEST: Final = 2
"""Words that both effects must share at least."""
_WORDS: Final = 30
"""Words of weight of a text beyond which it tells too much for one incident to be what it is about."""
_LONGEST: Final = 2000
_IDLE: Final = frozenset(
    lemma(word)
    for word in word_set(
        "row dispute quarrel feud fear claim concern worry allegation alleged accusation charge protest reason new big"
    )
)
"""Words of a cause that do not say what it is."""
_SENSES: Final = tuple(
    frozenset(lemma(word) for word in word_set(words))
    for words in (
        "high higher rise rising increase increased increasing soar soaring climb climbing grow growing surge surging",
        "low lower fall falling drop dropping decline declining decrease decreasing slump slumping shrink shrinking",
        "concede conceding trail trailing behind deficit",
    )
)
"""Words of one sense in a cause, which the list of kin does not bind: "higher prices", "rising prices"; "after
conceding", "after trailing"."""
_ADJECTIVE: Final = re.compile(r"(?:ed|ing|al|ive|ous|ful|less|ic|able|ible|ary|ish|est|en)\Z")
_COUNTED: Final = word_set(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred thousand",
    "million second third fourth fifth",
)


class Another(NamedTuple):
    """What each text gives as the cause; `weak` where it is no more than what came before, or an event in it."""

    premise: Span
    hypothesis: Span
    weak: bool
    event: bool = False


@kept
def another_cause(premise: str, hypothesis: str) -> Another | None:
    """The causes that two texts give for the same, if they have nothing in common; else the events that they name."""
    if premise == hypothesis or max(len(premise), len(hypothesis)) > _LONGEST:
        return None
    others = _others(premise, hypothesis)
    return min(others, key=lambda other: other.weak, default=None) or _another_event(premise, hypothesis)


def _others(premise: str, hypothesis: str) -> Iterator[Another]:
    for ones in causes(premise):
        for others in causes(hypothesis):
            if len(ones) != len(others):  # one of them gives a further cause
                continue
            needed = _SHARED if len(ones) == 1 else _REST
            for one, other in zip(ones, others, strict=True):
                marks = {one.mark, other.mark}
                if "denied" in marks or _shared(one.effect, other.effect) < needed:
                    continue
                if _apart(premise, one, hypothesis, other):
                    yield Another(one.span, other.span, weak="after" in marks)


def _apart(premise: str, one: Cause, hypothesis: str, other: Cause) -> bool:
    """Whether two causes are different things, of which neither is told anywhere in the text of the other."""
    here, there = ([word for word in cause.words if word not in _IDLE] for cause in (one, other))
    both = set(here) & set(there)
    here, there = ([word for word in words if word not in both] for words in (here, there))
    if not here or not there or len(both) > 1 or _figures(premise, one.span) or _figures(hypothesis, other.span):
        return False
    if both and (_named(premise, one.span, here) or _named(hypothesis, other.span, there)):
        return False  # "frost in Brazil" may be that in Minas Gerais
    if len(both) == 1 and _described(premise, one.span, hypothesis, other.span):
        return False
    if any(not sense.isdisjoint(here) and not sense.isdisjoint(there) for sense in _SENSES):
        return False
    if any(kin(word, against) for word in here for against in there):
        return False
    told, against = _told(premise), _told(hypothesis)
    return not any(_near(word, against) for word in here) and not any(_near(word, told) for word in there)


def _described(premise: str, one: Span, hypothesis: str, other: Span) -> bool:
    """Whether two causes are one thing with another adjective, which may tell the same of it in other words ("positive
    test", "failed test"; "ill health", "poor health"), unless the one is the contrary of the other.
    """
    here, there = (
        [text[place.start : place.end].casefold() for _, place in lemmas(text, span)]
        for text, span in ((premise, one), (hypothesis, other))
    )
    if not len(here) == len(there) == 2 or lemma(here[1]) != lemma(there[1]):
        return False
    if f"a {there[0]}" in opposites().get(f"a {here[0]}", ()):
        return False
    return _adjective(here[0]) or _adjective(there[0])


def _adjective(word: str) -> bool:
    return f"a {word}" in contraries() or _ADJECTIVE.search(word) is not None


def _another_event(premise: str, hypothesis: str) -> Another | None:
    """The one incident that each text names, where they exclude each other and all else is the same."""
    one, other = incident(premise), incident(hypothesis)
    if one is None or other is None or not exclude(one.kind, other.kind):
        return None
    rests = [
        [word for word, place in lemmas(text, Span(0, len(text))) if not place.overlaps(event.span)]
        for text, event in ((premise, one), (hypothesis, other))
    ]
    if max(map(len, rests)) > _WORDS or _shared(*rests) < _SHARED:
        return None
    return Another(one.span, other.span, weak=True, event=True)


def _shared(one: Sequence[str], other: Sequence[str]) -> float:
    """The part of the shorter text that the longer tells too, 0 to 1."""
    shorter, longer = (one, other) if (len(one), list(one)) <= (len(other), list(other)) else (other, one)
    told = sum(_near(word, longer) for word in shorter)
    return told / len(shorter) if told >= _FEWEST else 0.0


def _near(word: str, words: Collection[str]) -> bool:
    return any(word == other or kindred(word, other) for other in words)


@kept
def _told(text: str) -> frozenset[str]:
    """All words of a text, and what those deny that begin with a negation ("unpaid")."""
    return bases(text).union(word for word, _ in lemmas(text, Span(0, len(text))))


def _named(text: str, span: Span, words: Collection[str]) -> bool:
    """Whether some of the words of a range are all written with a capital."""
    return all(text[place.start].isupper() for word, place in lemmas(text, span) if word in words)


def _figures(text: str, span: Span) -> bool:
    """Whether a range holds a number, which has a check of its own."""
    if any(character.isdigit() for character in text[span.start : span.end]):
        return True
    return any(word in _COUNTED for word, _ in lemmas(text, span))
