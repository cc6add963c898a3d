"""Whether a denial is of another than the one of whom the other text tells the deed, or the deed only others' word.

"The sons did not survive, the mother is alive" says what "the mother survived, but both sons died" says. Nor is a thing
turned that one text denies and the other tells as what was believed before, what a report said that was denied, or what
the other party says.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from consistency.facts._turns.frame import Denials
from consistency.facts._turns.stretch import stretch
from consistency.facts.hedge import lemma
from consistency.facts.kin import among, common, kindred
from consistency.facts.polarity import lemmas, negated
from consistency.records import Span

_WINDOW: Final = 200
"""Characters on either side of a word that belong to its clause at most."""
_AUXILIARY: Final = 24
_MOST: Final = 120
"""Words of weight of a text that are looked at."""
_PLACES: Final = 3
_SOURCES: Final = 8
"""Places where a deed is told, and sources, that are looked at."""
_CLAUSE: Final = re.compile(
    r"[.!?;:—–](?=\s|[\"”]|\Z)|\b(?:but|while|whereas|although|though|because|after|when)\b|,\s+(?:and|only|as)\b",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[.!?;](?=\s|[\"”]|\Z)")
_SENTENCE_END: Final = re.compile(r"[.!?](?=\s|[\"”]|\Z)")
_VERBAL: Final = re.compile(
    r"(?:\b(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|may|might)(?: [a-z]+ly| [a-z]{2,5})? not"
    r"|\w+n['’]t|cannot|never)\Z",
    re.IGNORECASE,
)
"""What denies a deed of those who stand before it; "nobody" denies it of all."""

_MOST_OF_ALL: Final = re.compile(r" (?:the|[a-z]+['’]s|its|their) (?:most|least|only|first|last|[a-z]{2,}est)\b")
_BEGINS: Final = 4

_HELD: Final = (
    r"(?:believed|thought|assumed|predicted|said|reported|claimed|feared|expected|forecast|planned|announced|promised"
    r"|suspected|hoped|supposed)"
)
_BEFORE: Final = re.compile(
    rf"\bhad (?:[a-z]+ly |long |first |at first |once |earlier |always )?(?:been )?{_HELD}\b"
    rf"|\b(?:first|initially|originally|previously|long|once|earlier) {_HELD}\b|\bit was long {_HELD}\b",
    re.IGNORECASE,
)
"""What was said or believed before something else was known."""
_AS_TOLD: Final = re.compile(
    rf"\b(?:as|although|though|contrary to what|despite what|unlike what)\b[^.!?;:]{{0,40}}?"
    rf"\b(?:{_HELD}|says?|believes?|claims?)\b"
    r"|\b(?:contrary to|despite|in spite of)\b[^.!?;:,]{0,30}?\b(?:report|claim|rumou?r|prediction|plan)s?\b",
    re.IGNORECASE,
)
"""What tells, beside a denial, that others told the contrary."""
_TELLS: Final = re.compile(rf"\b(?:{_HELD}|says?|reports?|claims?|predicts?|expects?)\b", re.IGNORECASE)
_TAKEN_BACK: Final = re.compile(r"[;:]|\b(?:but|however|yet|until|instead|in fact|now)\b", re.IGNORECASE)
_DISPUTED: Final = re.compile(
    r"\b(?:den(?:y|ies|ied)|rejects?|rejected|disputes?|disputed|contradicts?|contradicted)"
    r" (?:it|this|that|them|(?:the|these|those|such) (?:claim|report|allegation|accusation|charge|account|rumou?r)s?)\b"
    r"|\b(?:that|this|it|which) (?:is|was|were) (?:untrue|not true|false|wrong)\b|\b(?:says?|said) otherwise\b",
    re.IGNORECASE,
)
_DENIED_WORD: Final = re.compile(
    r"den(?:y|ies|ied|ying) (?:[a-z]+ ){0,3}?"
    r"(?P<what>report|claim|allegation|accusation|rumou?r|suggestion|charge)s?\b",
    re.IGNORECASE,
)
_CONFIRMED: Final = re.compile(r"\b(?:confirm|admit|acknowledg|conced|confess)\w*", re.IGNORECASE)

_SOURCE: Final = re.compile(
    r"\b(?P<who>[^\W\d_]+)(?: (?:has|have|had|now|later|also))? "
    r"(?:said|says?|claim(?:s|ed)?|expect(?:s|ed)?|insist(?:s|ed)?|argue[sd]?|allege[sd]?|testif(?:y|ies|ied)"
    r"|report(?:s|ed)?|show(?:s|ed|n)?|maintain(?:s|ed)?|believe[sd]?|assert(?:s|ed)?|stat(?:e|es|ed)|suggest(?:s|ed)?)\b"
    r"|\baccording to (?:the |a |an |his |her |its |their |two |three |several |some )?(?P<whom>[^\W\d_]+)",
    re.IGNORECASE,
)


def of_whom(texts: tuple[str, str], denials: Denials, spans: tuple[Span, Span]) -> bool:
    """Whether what the denials in two places deny is told in the other text of somebody else, or as others' word."""
    own = [(side, one) for side in (0, 1) for one in denials[side] if one.overlaps(spans[side])]
    return bool(own) and all(_of_whom(texts, side, denial) for side, denial in own)


def _of_whom(texts: tuple[str, str], side: int, denial: Span) -> bool:
    text, other = texts[side], texts[1 - side]
    denied = [word for word, _ in negated(text, denial)]
    if _a_report(text, denial, other):
        return True
    if not denied:
        return False
    words = lemmas(other, Span(0, len(other)))[:_MOST]
    places = [place for word, place in words if word == denied[0]][:_PLACES]
    places = places or [place for word, place in words if kindred(word, denied[0])][:_PLACES]
    if not places:
        return False
    return _of_another(text, denial, other, places) or all(
        _taken_back(text, denial, other, place) or _of_another_source(text, denial, other, place) for place in places
    )


def _of_another(text: str, denial: Span, other: str, places: list[Span]) -> bool:
    """Whether all who do the deed in the other text are named by this one in another clause than that of the denial.

    Both texts must name both of them, since a name and a common word, or two of these, may be of one person. A pronoun
    will do for who is not the youngest, where the one who is comes behind.
    """
    if _VERBAL.search(text, max(0, denial.start - _AUXILIARY), denial.end) is None:
        return False
    begin, end = stretch(text, denial, _CLAUSE, _WINDOW)
    denied = lemmas(text, Span(begin, denial.start))
    here = {word for word, _ in lemmas(text, Span(begin, end))}
    outside = lemmas(text, Span(end, len(text)))[:_MOST]
    if denied:
        outside += lemmas(text, Span(0, begin))[:_MOST]
    elif _MOST_OF_ALL.match(text, denial.end) is None:
        return False
    elsewhere = {word for word, _ in outside} - here
    subject = {word for word, _ in denied}
    whole = {word for word, _ in lemmas(other, Span(0, len(other)))[:_MOST]}
    if denied and denied[-1][0] not in whole:
        return False
    for place in places:
        start, _ = stretch(other, place, _CLAUSE, _WINDOW)
        who = lemmas(other, Span(start, place.start))
        of_same = any(word in here or among(word, subject) for word, _ in who)
        unlike = bool(denied) and _name(text, denied[-1]) != any(_name(other, one) for one in who)
        if of_same or unlike or not any(word in elsewhere for word, _ in who):
            return False
    return True


def _name(text: str, word: tuple[str, Span]) -> bool:
    """Whether a word may be a name: it has a capital letter, at the beginning of a sentence if the list lacks it."""
    start = word[1].start
    if not text[start].isupper():
        return False
    return not common(word[0]) or _SENTENCE.search(text[max(0, start - _BEGINS) : start] or ". ") is None


def _taken_back(text: str, denial: Span, other: str, place: Span) -> bool:
    """Whether the other text tells the deed as what others said or believed, and takes it back."""
    begin, last = stretch(other, place, _SENTENCE_END, _WINDOW)
    clause, end = stretch(text, denial, _SENTENCE_END, _WINDOW)
    if _BEFORE.search(text, clause, denial.start) is not None:
        return False  # what was believed is itself the denial
    told = _TELLS.search(other, begin, place.start) is not None
    if told and _DISPUTED.search(other, place.end) is not None:
        return True
    contrary = _AS_TOLD.search(text, denial.end, end) is not None
    believed = _BEFORE.search(other, begin, place.start) is not None
    if believed and not contrary:  # what one had said and now denies is turned
        mine, theirs = _sources(text, clause, end), _sources(other, begin, place.start)
        believed = {one for one, _ in mine}.isdisjoint(one for one, _ in theirs)
    return (believed or (told and contrary)) and _TAKEN_BACK.search(other, place.end, last) is not None


def _a_report(text: str, denial: Span, other: str) -> bool:
    """Whether somebody denies a report that the other text tells as one."""
    what = _DENIED_WORD.match(text, denial.start)
    if what is None or _CONFIRMED.search(other) is not None:
        return False
    return re.search(rf"\b{what['what']}(?:s|ed)?\b", other, re.IGNORECASE) is not None


def _of_another_source(text: str, denial: Span, other: str, place: Span) -> bool:
    """Whether a text gives a denial to one source and tells of another one, to which the other text gives the deed."""
    begin, end = stretch(other, place, _CLAUSE, _WINDOW)
    theirs = {one for one, _ in _sources(other, begin, place.start) or _sources(other, place.end, end)}
    mine = _sources(text, 0, len(text))
    start, _ = stretch(text, denial, _CLAUSE, _WINDOW)
    own = {one for one, at in mine if start <= at < denial.start}
    if not own or not theirs:
        return False
    others = {one for one, _ in mine} - own
    return theirs <= others and theirs.isdisjoint(own)


def _sources(text: str, begin: int, end: int) -> list[tuple[str, int]]:
    """Who says something in a range of a text, as lemmas, with where it stands."""
    return [
        (lemma((one["who"] or one["whom"]).casefold()), one.start())
        for one in islice(_SOURCE.finditer(text, begin, end), _SOURCES)
    ]
