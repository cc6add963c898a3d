"""Whether one text denies of a verb what the other tells in the same frame: of the same things, in kindred words."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final, NamedTuple, TypeAlias

from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma
from consistency.facts.kin import among, kindred, told_by_kin
from consistency.facts.polarity import asked, lemmas, negated, negative
from consistency.records import Span

Denials: TypeAlias = tuple[tuple[Span, ...], tuple[Span, ...]]

_WINDOW: Final = 120
"""Characters on either side of a denial in which its frame is looked for."""
_AUXILIARY: Final = 20
"""Characters in which the auxiliary stands before a "not"."""
_LEFT: Final = 3
_RIGHT: Final = 4
"""Words of weight before a denial, and behind what it denies, that are its frame."""
_AROUND: Final = 8
"""Words of weight on either side of the counterpart among which they are looked for: a passive moves them far."""
_SHARED: Final = 2
"""How many of them must be there; where the counterpart is another word, one more, and no kin at all, two more."""
_QUIET: Final = 3
_KIN_QUIET: Final = 5
_WIDE_QUIET: Final = 8
"""Words of weight on either side of the counterpart that may not deny; of one that is no kin, more."""
_DENIALS: Final = 8
_WORDS: Final = 120
"""Denials of a text that are read, and words of weight of the other among which a counterpart is looked for."""
_VERBAL: Final = re.compile(
    r"(?:\b(?:do|does|did|is|are|was|were|has|have|had|will|would|shall|should|can|could|may|might|must|need)"
    r"(?: [a-z]+ly| [a-z]{2,5})? not|\w+n['’]t|cannot|never)\Z",
    re.IGNORECASE,
)
"""What denies a verb. "Not the coach, but", "no money", "nobody older" are told otherwise in too many ways."""
_LIMITS: Final = word_set(
    "before until till since unless than except but only just alone even any anyone anything ever yet longer more",
)
"""Words that may say with a denial what another text says without, so that both must have them: "not before May"."""
_LESS: Final = frozenset(map(lemma, word_set("most first last struggle reverse opposite wrongly falsely")))
"""Words that take some out, or call a thing untrue, without denying it."""
_BUT_FOR: Final = re.compile(
    r"\b(?:except|excepting|excluding|apart from|aside from|other than|save for|with the exception of|all but"
    r"|at the earliest|at the latest)\b",
    re.IGNORECASE,
)
"""Who is left out is denied what all others are told to have, and a limit may be set without a denial."""
_NO_VERB: Final = frozenset(
    map(
        lemma,
        word_set(
            "own same other another new second third fourth fifth next more most many several now soon today later here"
        ),
    )
)
"""Words that stand between two words of a frame without taking the place of the verb."""
_VAGUE: Final = frozenset(map(lemma, word_set("get take make have go come put give use find keep let set do be bring")))
"""Verbs that say little without the words around them, and stand for no other."""
_MARK: Final = re.compile(r"[.!?;:]")
_ENDS: Final = re.compile(r"\s*[,;:.!?)—–]")
"""Behind a denial that ends its clause nothing is denied but what was told before: "the others were not, he said"."""
_WORD: Final = re.compile(r"[^\W\d_]+")


class _Other(NamedTuple):
    """The text in which a counterpart is looked for: its words of weight, and what denies in it.

    `told` = the lemmas of the text that denies; `own` = those of them that deny in a way of their own.
    """

    text: str
    words: Sequence[tuple[str, Span]]
    denials: tuple[Span, ...]
    told: Set[str]
    own: Set[str]


class _Denied(NamedTuple):
    """What a denial denies, and the words of weight in the same sentence before and behind it."""

    verb: str
    place: Span
    before: list[str]
    behind: list[str]


def in_frame(texts: tuple[str, str], denials: Denials, side: int, told: Set[str]) -> tuple[Span, Span] | None:
    """What the text of this side denies with its denial, and the words by which the other text tells it, undenied.

    `told` = the lemmas of the text of this side. None where the other text denies something that this one does not.
    """
    text, other = texts[side], texts[1 - side]
    if _BUT_FOR.search(other) is not None:
        return None
    limits = _limits(other)
    own = {word for word, place in lemmas(text, Span(0, len(text)))[:_WORDS] if negative(text, place)}
    where = _Other(other, lemmas(other, Span(0, len(other)))[:_WORDS], denials[1 - side], told, own)
    for denial in denials[side][:_DENIALS]:
        if _verbal(text, denial) and _unpaired(texts, denials, side, denial):
            denied = _denied(text, denial, limits)
            found = None if denied is None else _counterpart(denied, where)
            if denied is not None and found is not None:
                return Span(denial.start, denied.place.end), found
    return None


def _verbal(text: str, denial: Span) -> bool:
    return _VERBAL.search(text, max(0, denial.start - _AUXILIARY), denial.end) is not None and not asked(text, denial)


def _unpaired(texts: tuple[str, str], denials: Denials, side: int, denial: Span) -> bool:
    """Whether each denial of the other text is the counterpart of another one than this."""
    own = [{word for word, _ in negated(texts[side], one)} for one in denials[side][:_DENIALS] if one != denial]
    return all(
        any(not mine.isdisjoint(word for word, _ in negated(texts[1 - side], one)) for mine in own)
        for one in denials[1 - side]
    )


def _limits(text: str) -> frozenset[str]:
    return _LIMITS.intersection(map(str.casefold, _WORD.findall(text)))


def _denied(text: str, denial: Span, limits: Set[str]) -> _Denied | None:
    """What is denied; None where that denies itself, or the denial may only set a limit that the other text has not."""
    start = _since(text, max(0, denial.start - _WINDOW), denial.start)
    end = _until(text, denial.end, min(len(text), denial.end + _WINDOW))
    behind = [] if _ENDS.match(text, denial.end) else lemmas(text, Span(denial.end, end))
    if not behind or not _limits(text[denial.end : end]) <= limits:
        return None
    verb, place = behind[0]
    if text[place.start : place.end].casefold() in _LIMITS or negative(text, Span(denial.end, place.end), near=True):
        return None
    before = [word for word, _ in lemmas(text, Span(start, denial.start))][-_LEFT:]
    return _Denied(verb, place, before, [word for word, _ in behind[1 : _RIGHT + 1]])


def _counterpart(denied: _Denied, other: _Other) -> Span | None:
    """Where the other text tells what is denied; None where that is denied there, too, in whatever way."""
    best: tuple[bool, int, Span] | None = None
    there = {word for word, _ in other.words}
    for at, (word, place) in enumerate(other.words):
        same, vague = word == denied.verb, word in _VAGUE or denied.verb in _VAGUE
        if not same and (vague or word in other.told or not kindred(word, denied.verb)):
            continue  # a word that both texts have is not told for another
        if told_by_kin(word, other.told, there, denied.verb):  # "gained five seats but did not win a majority"
            continue
        shared = _shared(denied, other, at)
        if shared < (_SHARED if same and not vague else _SHARED + 1):
            continue
        if not _plain(other, at, _QUIET if same else _KIN_QUIET):
            return None
        if best is None or (same, shared) > best[:2]:
            best = same, shared, place
    return best[2] if best else _between(denied, other)


def _between(denied: _Denied, other: _Other) -> Span | None:
    """The one word that stands in the slot of what is denied, where no word of the other text is kin to it."""
    words = other.words
    for at in range(1, len(words) - 1):
        word, place = words[at]
        if word in other.told or word in _NO_VERB or word in _VAGUE:
            continue
        slot = any(kindred(words[at - 1][0], one) for one in denied.before[-2:]) and any(
            kindred(words[at + 1][0], one) for one in denied.behind[:2]
        )
        if slot and _shared(denied, other, at) >= _SHARED + 2 and _plain(other, at, _WIDE_QUIET):
            return place
    return None


def _shared(denied: _Denied, other: _Other, at: int) -> int:
    """How many words of the frame stand around a word of the other text."""
    near = {word for word, _ in (*other.words[max(0, at - _AROUND) : at], *other.words[at + 1 : at + 1 + _AROUND])}
    return sum(among(one, near) for one in {*denied.before, *denied.behind})


def _plain(other: _Other, at: int, quiet: int) -> bool:
    """Whether nothing in the sentence around a word of the other text denies in a way of its own.

    A word that may deny does not where it stands for one that the first text has: "escaped" for "survived".
    """
    around = other.words[max(0, at - quiet) : at + quiet + 1]
    place = other.words[at][1]
    here = Span(
        _since(other.text, around[0][1].start, place.start),
        _until(other.text, place.end, around[-1][1].end),
    )
    if any(one.overlaps(here) for one in other.denials):
        return False
    there = {word for word, span in around if span.overlaps(here)}
    if not (there & _LESS).issubset(other.told):
        return False
    if not negative(other.text, here, other.told, near=True):
        return True
    matched = {word for word in there if among(word, other.own)}
    return not negative(other.text, here, other.told | matched, near=True)


def _since(text: str, start: int, end: int) -> int:
    """Where in a range the last sentence begins."""
    return max((mark.end() for mark in _MARK.finditer(text, start, end)), default=start)


def _until(text: str, start: int, end: int) -> int:
    """Where in a range the first sentence ends."""
    mark = _MARK.search(text, start, end)
    return end if mark is None else mark.start()
