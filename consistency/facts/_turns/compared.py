"""Whether two opposites compare the same things, or have the things compared changed places: "A is deeper than B" is
"B is shallower than A", and A's younger brother B has an elder brother A.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final, NamedTuple

from consistency.facts._lists import word_set
from consistency.facts._turns.stretch import stretch
from consistency.facts.hedge import lemma
from consistency.facts.kin import kindred
from consistency.facts.polarity import lemmas
from consistency.records import Span

_FAR: Final = 200
"""Characters on either side of a word in which its sentence is read."""
_BEHIND: Final = 6
"""Words behind a "than" that are what is compared with."""
_WORDS: Final = 40
"""Words of a sentence that are held against it at most."""
_THAN: Final = re.compile(r"\bthan\b", re.IGNORECASE)
_CHAIN: Final = 4
"""Comparisons of a text that are looked at together."""
_ACROSS: Final = 80
"""Characters behind a word, or behind a "than", in which what is compared stands."""
_END: Final = re.compile(r"[.!?;:](?=\s|\Z)")
_MARK: Final = re.compile(r"[.!?;:,()—–](?=\s|\Z)|\b(?:but|and|while|whereas|which|who)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")
_MORE: Final = re.compile(r"(?:more|less|fewer|better|worse|[a-z]{2,}er)\Z")
_STOP: Final = word_set(
    "a an the of to in by at on for from with is was are were be been has have had do does did s as"
)
_POINTING: Final = word_set("this that these those one ones it its they them their he him she her new other others")
"""What is compared with where it was named before: "deeper than this one"."""
_SIDED: Final = re.compile(
    r"(?:(?:north|south|east|west)(?:ern)?|left|right|older|younger|elder|upper|lower|bigger|smaller|larger)\Z"
)
"""Words that tell of a thing what its owner's opposite is to it."""
_OWNER: Final = re.compile(r"([^\W\d_]+)['’]s?\s+(?:[^\W\d_]+\s+)?\Z")
_OF: Final = re.compile(
    r"[^.!?;:,]{0,25}?\b(?:of|to)\s+(?P<whole>[^.!?;:,]{1,60}?)(?=[.!?;:,]|\s(?:is|are|was|were|has|have|had|who|which|that)\b|\Z)"
)
_NAME: Final = re.compile(r"(?<!\w)[A-ZÀ-Þ][\w-]+")
_LONGEST: Final = 40
"""Characters in which an owner, or whom a relative clause tells of, stands before a word."""
_WHO: Final = re.compile(
    r"([^\W\d_]+),?\s+(?:who|which|that)\s+(?:(?:has|have|had|is|was|were|will|would)\s+)?(?:[a-z]+ly\s+)?\Z"
)


class _Sides(NamedTuple):
    """The words of a sentence ahead of "than", and what stands behind."""

    ahead: list[str]
    behind: list[str]


def sides_exchanged(texts: tuple[str, str], spans: tuple[Span, Span]) -> bool:
    """Whether two opposites tell of things that have changed places, so that both texts say the same."""
    words = [text[span.start : span.end].casefold() for text, span in zip(texts, spans, strict=True)]
    if all(map(_MORE.fullmatch, words)) and _than_exchanged(texts, spans):
        return True
    if {re.sub(r"['’]s\Z", "", word) for word in words} == {"former", "latter"}:
        return _named_in_turn(texts, spans)
    return all(map(_SIDED.match, words)) and _owners_exchanged(texts, spans)


def told_of_another(texts: tuple[str, str], spans: tuple[Span, Span]) -> bool:
    """Whether two relative clauses tell of two things, each of which the other text has, too: "B, who beat A",
    "A, who lost to B"."""
    found = [
        _WHO.search(text, max(0, span.start - _LONGEST), span.start) for text, span in zip(texts, spans, strict=True)
    ]
    if not all(found):
        return False
    one, other = (lemma(match[1].casefold()) for match in found if match)
    told = [{lemma(word.casefold()) for word in _WORD.findall(text)} for text in texts]
    return one != other and one in told[1] and other in told[0]


def turned_round(texts: tuple[str, str], spans: tuple[Span, Span]) -> bool:
    """Whether both compare, and with another thing each: "higher here than there" is "lower there than here".

    So do chains ("A more than B and B more than C") that do not compare with the same things.
    """
    others: list[list[str]] = []
    for text, span in zip(texts, spans, strict=True):
        than = _THAN.search(text, span.end, min(len(text), span.end + _ACROSS))
        if than is None:
            return False
        others.append([_after(text, one.end()) for one in islice(_THAN.finditer(text, than.start()), _CHAIN)])
    one, other = others
    own = {lemma(text[span.start : span.end].casefold()) for text, span in zip(texts, spans, strict=True)}
    if not own.isdisjoint((one[0], other[0])):  # "the old one is taller than the new one"
        return False
    return one[0] != other[0] or (len(one) == len(other) and set(one) != set(other))


def _after(text: str, at: int) -> str:
    words = lemmas(text, Span(at, min(len(text), at + _ACROSS)))
    return words[0][0] if words else ""


def _than_exchanged(texts: tuple[str, str], spans: tuple[Span, Span]) -> bool:
    """Whether what is compared in one text is what the other compares with, and the other way about."""
    one, other = (_sides(text, span) for text, span in zip(texts, spans, strict=True))
    if one is None or other is None or set(one.behind) == set(other.behind):
        return False
    moved = [_moved(one.behind, other), _moved(other.behind, one)]
    return any(moved) and all(found is not False for found in moved)


def _moved(behind: Sequence[str], other: _Sides) -> bool | None:
    """Whether a word of what one text compares with is compared in the other; None where it only points at it."""
    own = [word for word in behind if word not in other.behind and word not in _POINTING]
    if not own and not _POINTING.isdisjoint(behind):
        return None
    return any(word == told or kindred(word, told) for word in own for told in other.ahead)


def _sides(text: str, span: Span) -> _Sides | None:
    begin, end = stretch(text, span, _END, _FAR)
    than = _THAN.search(text, begin, end)
    if than is None:
        return None
    mark = _MARK.search(text, than.end(), end)
    behind = _read(text, than.end(), mark.start() if mark else end)[:_BEHIND]
    return _Sides(_read(text, begin, than.start())[-_WORDS:], behind)


def _read(text: str, begin: int, end: int) -> list[str]:
    """The words of a range as lemmas, with numbers, but for the very lightest."""
    return [lemma(word) for word in map(str.casefold, _WORD.findall(text, begin, end)) if word not in _STOP]


def _named_in_turn(texts: tuple[str, str], spans: tuple[Span, Span]) -> bool:
    """Whether those of whom one is the former are named in another order."""
    named = []
    for text, span in zip(texts, spans, strict=True):
        begin, _ = stretch(text, span, _END, _FAR)
        named.append([match[0] for match in islice(_NAME.finditer(text, begin, span.start), _WORDS)])
    both = set(named[0]) & set(named[1])
    order = [list(dict.fromkeys(name for name in names if name in both)) for names in named]
    return len(both) > 1 and order[0] != order[1]


def _owners_exchanged(texts: tuple[str, str], spans: tuple[Span, Span]) -> bool:
    """Whether each of two things is told to be on one side of another, and both texts name both."""
    owners = [_owner(text, span) for text, span in zip(texts, spans, strict=True)]
    if not all(owners) or not owners[0].isdisjoint(owners[1]):
        return False
    told = [set(_read(text, *stretch(text, span, _END, _FAR))) for text, span in zip(texts, spans, strict=True)]
    return not owners[0].isdisjoint(told[1]) and not owners[1].isdisjoint(told[0])


def _owner(text: str, span: Span) -> set[str]:
    own = _OWNER.search(text, max(0, span.start - _LONGEST), span.start)
    if own is not None:
        return {lemma(own[1].casefold())}
    whole = _OF.match(text, span.end, min(len(text), span.end + _FAR))
    if whole is None:
        return set()
    return {lemma(word.casefold()) for word in _NAME.findall(text, *whole.span("whole"))}
