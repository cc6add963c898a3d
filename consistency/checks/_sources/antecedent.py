"""Who speaks by name: in the words of a source, set off beside it, or right before where it is "he" or "she"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consistency.checks._sources.speech import Told, Voices
from consistency.facts._lists import word_set
from consistency.facts._places.gazetteer import words
from consistency.facts._pronouns.slots import Sex, sex
from consistency.facts.hedge import lemma
from consistency.facts.name import Name, names
from consistency.facts.source import Source, named_person

_HE_SHE: Final = word_set("he she")
_REACH: Final = 3
"""Claims back that are looked through."""
_NEARBY: Final = 6
"""Claims back whose people "he" may mean as well, where nothing tells the sex of the one who spoke right before."""
_PLACED: Final = re.compile(r"\b(?:in|at|from|near|of|on)\s+\Z", re.IGNORECASE)
_LOOK: Final = 8
"""Characters before a name that are looked at for a preposition."""
_SET_OFF: Final = 2
"""Characters between a source and the name set off behind it: "the president, Ann Lee"."""


def by_name(text: str, told: Told) -> Source | None:
    """The source of what a claim tells with the name of the person it is, be it set off: "the mayor, Ann Lee, said"."""
    source, frame = told.frame.source, told.frame.frame
    if source is None or source.pronoun:
        return None
    before = source.span.start < told.frame.cue.start
    end = told.frame.cue.start if before else frame.end + _SET_OFF  # behind a verb stands whom it was told
    beside = [
        name for name in names(text) if name.kind == "person" and name.span.start <= end and frame.start < name.span.end
    ]
    if beside:
        parts = {lemma(part) for name in beside for part in name.parts}
        return source._replace(names=tuple(beside), words=source.words | parts)
    return source if named_person(source) else None


def spoken_for(voices: Voices, told: Told, index: int, rival: Source | None = None) -> Source | None:
    """The person for whom the "he" or "she" stands that is the source of what a claim tells: the one who spoke right
    before in the paragraph. None where that is not plain: for another source, behind a claim with two speakers, behind
    one that tells of somebody else, for a man who would be "she", and where neither name nor title tell the sex of the
    one who spoke and others of the paragraph may be meant, or the `rival` who says this in the other text."""
    source = told.frame.source
    text = voices.claims.all[index].text
    if source is None or not source.pronoun or text[source.span.start : source.span.end].casefold() not in _HE_SHE:
        return None
    if any(name.kind == "person" for name in names(text)):
        return None
    for at in range(index - 1, max(-1, index - 1 - _REACH), -1):
        if voices.parted(at, at + 1):
            break
        before, told_before = voices.claims.all[at].text, voices.speech(at).told
        plainly = [one for one in told_before if one.frame.source is not None and not one.frame.source.pronoun]
        if len(plainly) == len(told_before) == 1:
            who = by_name(before, plainly[0])
            if who is None or next(_others(before, who), None) is not None:
                return None
            pronoun = sex(text[source.span.start : source.span.end].casefold())
            return who if _may_be(voices, who, pronoun, index, rival) else None
        if plainly or len(told_before) > 1 or any(one.frame.source is None for one in told_before):
            break
        if any(word.capital and not word.opens for word in words(before)):
            break
    return None


def _may_be(voices: Voices, who: Source, pronoun: Sex | None, index: int, rival: Source | None) -> bool:
    """Whether a pronoun in a claim stands for this speaker rather than for others who are named before it."""
    known = {told for name in who.names if (told := voices.sex(name)) is not None}
    if known:
        return known == {pronoun}
    rivals = {part for name in rival.names for part in name.parts} if rival is not None else set[str]()
    apart = False
    for at in range(index - 1, max(-1, index - 1 - _NEARBY), -1):
        apart = apart or voices.parted(at, at + 1)
        others = (name for name in _others(voices.claims.all[at].text, who) if not apart or rivals & {*name.parts})
        if any(voices.sex(name) in {None, pronoun} for name in others):
            return False
    return True


def _others(text: str, who: Source) -> Iterator[Name]:
    """Those whom a text names besides, whom "he" may mean as well; what stands behind "in" or "at" is a place."""
    own = {part for name in who.names for part in name.parts}
    return (
        name
        for name in names(text)
        if name.kind != "organisation"
        and not own & {*name.parts}
        and _PLACED.search(text[: name.span.start][-_LOOK:]) is None
    )
