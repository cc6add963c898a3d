"""A deed that somebody is believed to have done, and that the other text says he did, once told by its noun.

"The group is thought to have been behind an attack on a hospital" and "the group attacked a hospital" are one deed.
What is in doubt is who did it: the one who is believed to have done it must be told as its doer, since that a hospital
"was attacked" is no more than both texts say.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from consistency.checks._hedges.nouns import CLOSED, VERBS, Deed, around_deed, carried, noun_behind, same_verb
from consistency.checks._hedges.reworded import CANDIDATES, CERTAIN, LIGHT, Lost, opened, share_of
from consistency.checks._hedges.settled import proven
from consistency.facts._lists import word_set
from consistency.facts.hedge import BE, Hedge, Reading, lemma, told, told_from
from consistency.records import Span

_BEHIND: Final = word_set("behind responsible involved implicated complicit")
_AUTHORS: Final = word_set("behind responsible")
_LINKS: Final = word_set("for in of the a an this that these been be being have had having also himself themselves")
_BLAMED: Final = frozenset(map(lemma, ("suspect", "accuse", "charge")))
_NO_BLAME: Final = word_set("to not never nobody no a an the one another main prime chief")
"""Before one of these words where nobody is blamed, or a suspect is meant."""
_OF: Final = word_set("of with")
_ABLE: Final = ("could",)
_REACH: Final = 5
"""Words from a hedge to "behind", from "suspect" to "of", and from a deed to its doer behind "by"."""
_DOERS: Final = 3
"""Words of weight before a hedge among which its doer stands."""
_MOST: Final = 40
_LEFT: Final = 14
"""Words before a deed where its doer may stand."""
_ENOUGH: Final = 0.6
_SURE: Final = 0.6


def may_be_blamed(reading: Reading) -> bool:
    """Whether anybody may be suspected or accused of anything; such a text may have no hedge."""
    return any(word.lemma in _BLAMED for word in reading.words)


def doubts_lost(doubting: Reading, plain: Reading) -> Iterator[Lost]:
    """Deeds that one text gives to somebody in doubt, and the other as a fact."""
    doubted = [one for one in islice(_doubted(doubting), CANDIDATES) if not proven(doubting, one[0])]
    if not doubted:
        return
    open_there = opened(doubting, plain)
    done = [deed for deed in islice(_done(plain), _MOST) if deed.first not in open_there]
    own = {at for _, deed, _ in doubted for at in (deed.first, deed.at)}
    told_too = {deed.verb for deed in islice(_done(doubting), _MOST) if deed.at not in own and deed.first not in own}
    for hedge, doubt, doers in doubted:
        there = around_deed(doubting, doubt)
        for deed in done if doubt.verb not in told_too else ():
            told_anew = doubt.noun or deed.noun or hedge.wording[-1] in _OF
            if told_anew and same_verb(doubt.verb, deed.verb) and _did(plain, deed, doers):
                share = share_of(there, around_deed(plain, deed))
                if share >= _ENOUGH:
                    yield Lost(hedge, deed.first, "past", False, _SURE + 0.2 * (share - _ENOUGH), deed.last)
                    break


def _doubted(reading: Reading) -> Iterator[tuple[Hedge, Deed, frozenset[str]]]:
    """Each doubt, the deed it is about, and the words that may name its doer."""
    for hedge in reading.hedges:
        if hedge.kind not in CERTAIN or hedge.frame in {"noun", "state"} or hedge.wording == _ABLE:
            continue
        first = next((at for at, word in enumerate(reading.words) if word.token.start >= hedge.words.start), 0)
        after = first + len(hedge.wording)
        clause = hedge.frame == "clause"
        doers = _before(reading, hedge.at if clause else first)
        if doers:
            yield hedge, _deed_of(reading, after, hedge.at), doers
    yield from _blamed(reading)


def _deed_of(reading: Reading, after: int, at: int) -> Deed:
    """What the words behind a doubt say was done, by a verb or a noun ("behind the attack", "carried out a raid")."""
    words = reading.words
    for place in range(after, min(len(words), after + _REACH)):
        if words[place].token.fold in _BEHIND:
            noun = _past_links(reading, place)
            if noun is not None:
                return Deed(VERBS[words[noun].lemma], noun, noun, noun=True)
        if words[place].token.fold not in _LINKS:
            break
    noun = carried(reading, at)
    if noun is None and words[at].lemma in VERBS and told(reading, at) == "open" and words[at - 1].token.fold != "to":
        verbal = words[at].token.fold.endswith("ing") and words[at].lemma == VERBS[words[at].lemma]
        noun = None if verbal else at
    if noun is not None:
        return Deed(VERBS[words[noun].lemma], at, noun, noun=True)
    return Deed(words[at].lemma, at, at, noun=False)


def _past_links(reading: Reading, at: int) -> int | None:
    """The noun of a deed behind "behind" or "responsible for"."""
    words = reading.words
    while at + 1 < len(words) and words[at + 1].token.fold in _LINKS:
        at += 1
    return noun_behind(reading, at)


def _blamed(reading: Reading) -> Iterator[tuple[Hedge, Deed, frozenset[str]]]:
    """ "Police suspect the gang of having robbed": the doer stands between the two words."""
    words = reading.words
    for at, word in enumerate(words):
        if word.lemma not in _BLAMED or (at and words[at - 1].token.fold in _NO_BLAME):
            continue
        reach = range(at + 2, min(len(words) - 1, at + 2 + _REACH))
        link = next((place for place in reach if words[place].token.fold in _OF), None)
        if link is None:
            continue
        doers = frozenset(one.lemma for one in words[at + 1 : link] if one.weight)
        head = link + 1
        while head + 1 < len(words) and words[head].token.fold in _LINKS:
            head += 1
        if doers and words[head].weight:
            span = Span(word.token.start, words[link].token.end)
            wording = (word.token.fold, words[link].token.fold)
            target = words[head].token
            hedge = Hedge("reported", "ing", span, wording, Span(target.start, target.end), words[head].lemma, head)
            yield hedge, _deed_of(reading, link + 1, head), doers


def _before(reading: Reading, at: int) -> frozenset[str]:
    """The last words of weight before the one at `at` in its clause."""
    return frozenset(reading.words[place].lemma for place in islice(_left(reading, at), _DOERS))


def _left(reading: Reading, at: int) -> Iterator[int]:
    """Words of weight before the one at `at`, nearest first, to where its clause begins."""
    for place in range(at - 1, max(-1, at - _LEFT), -1):
        word = reading.words[place]
        if word.token.text in CLOSED:
            return
        if word.weight:
            yield place


def _done(reading: Reading) -> Iterator[Deed]:
    """What is told as done: by a verb, a noun behind a verb, or as what somebody was behind."""
    words = reading.words
    for at, word in enumerate(words):
        if word.token.fold in _AUTHORS and at and words[at - 1].token.fold in BE | {"was", "were"}:
            noun = _past_links(reading, at)
            if noun is not None:
                yield Deed(VERBS[words[noun].lemma], at, noun, noun=True, last=noun)
        elif word.weight and told(reading, at) == "past":
            noun = carried(reading, at)
            if noun is not None:
                yield Deed(VERBS[words[noun].lemma], at, noun, noun=True, last=noun)
            elif word.lemma not in LIGHT:
                yield Deed(word.lemma, at, at, noun=False)


def _did(plain: Reading, deed: Deed, doers: frozenset[str]) -> bool:
    """Whether one of these is told as who did it: before the verb, or behind "by" after a passive."""
    words = plain.words
    first = told_from(plain, deed.first)
    passive = first < deed.first and any(
        word.token.fold in {"was", "were", "been"} for word in words[first : deed.first]
    )
    agent = next(
        (at for at in range(deed.at + 1, min(len(words), deed.at + _LEFT)) if words[at].token.fold == "by"), None
    )
    if passive and words[deed.first].token.fold not in _AUTHORS:
        reach = () if agent is None else words[agent + 1 : agent + 1 + _REACH]
    else:
        reach = tuple(words[place] for place in islice(_left(plain, first), _DOERS))
    return any(word.lemma in doers for word in reach)
