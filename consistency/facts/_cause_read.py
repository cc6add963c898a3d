"""What a sentence gives as the cause of what: the words that mark a cause, the cause, and all else it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, Literal, NamedTuple, TypeAlias, cast

from consistency.facts._kept import kept
from consistency.facts._orders.read import clause_words
from consistency.records import Span

Mark: TypeAlias = Literal["clear", "over", "after", "blame", "ahead", "denied"]
"""How a cause is marked: in so many words, by "over", as what came before, as what somebody is punished for, in front
of its effect; or denied."""

_MOST: Final = 2000
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_SENTENCES: Final = 8
_MARKS: Final = 4
"""Sentences of a text, and causes of a sentence, that are looked at."""
_LOOK_BACK: Final = 60
_SENTENCE: Final = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])")
_UNIT: Final = r"(?:second|minute|hour|day|night|week|weekend|month|year|decade|century|season|summer|winter)s?"
_NO_TIME: Final = (
    r"(?! ?(?:[,.;:)]|\Z))(?! (?:this|that|which|whom|these|those|it|all|now|then|him|her|them|us|me)\b(?! \w))"
    rf"(?! (?:[\w’'-]+ ){{0,4}}{_UNIT}\b)(?! (?:about |around )?(?:\d|midnight\b|noon\b|midday\b|dark\b|dawn\b))"
    r"(?! (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b| (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b"
    r"| (?:the )?(?:Christmas|Easter|Ramadan|interval|half-time|break|kick-off|whistle|lunch|dinner)\b)"
)
"""Behind a word that may also tell when: no day, hour, span of time or moment of a game follows."""
_QUARREL: Final = r"(?:rows?|disputes?|quarrel|feud|protest|clash|spat|argument|wrangle|fight|battle|standoff)"
_ROW: Final = rf"in (?:an? |the )?(?:[\w-]+ )?{_QUARREL} (?:over|about|against|at|on)\b"
_NO_SPAN: Final = (
    r"(?<!day )(?<!days )(?<!week )(?<!weeks )(?<!month )(?<!months )(?<!year )(?<!years )(?<!hours )(?<!minutes )"
    r"(?<! on )(?<!hour )(?<!named )(?<!look )(?<!looks )(?<!looked )(?<!looking )(?<!sought )"
)
"""Before "after": how much later tells when, and is no sign of a cause."""
_NO_RULE: Final = (
    r"(?<!take )(?<!took )(?<!taken )(?<!taking )(?<!takes )(?<!handed )(?<!hand )(?<!all )(?<!run )(?<!ran )(?<!runs )"
    r"(?<!knocked )(?<!turned )(?<!pulled )(?<!rolled )(?<!win )(?<!won )(?<!wins )(?<!victory )(?<!lead )(?<!control )"
    r"(?<!triumph )(?<!fell )(?<!flew )(?<!fly )(?<!jumped )(?<!power )(?<!authority )(?<!is )(?<!was )(?<!from )"
)
"""Before "over": behind these it says where, or who has the upper hand."""
_MADE: Final = r"(?:caused|triggered|sparked|prompted|brought about|set off|provoked|forced|driven)"
_SANCTION: Final = re.compile(
    r"\b(?:fin(?:e|es|ed)|jail(?:ed|s)?|sentenced|arrest(?:ed|s)?|punish(?:ed|es)?|suspend(?:ed|s)?|sack(?:ed|s|ing)?"
    r"|fired|dismiss(?:ed|es|al)?|expelled|disqualified|booked|ban(?:ned|s)?|charged|convicted|sue[sd]?|struck"
    r"|criticised|criticized|condemned|rebuked|reprimanded|praised?|thanked|honoured|honored|apologi[sz]e[sd]?|barred"
    r"|suing|to court|lawsuits?|prison|detained|held|indicted|stripped|awarded|prosecuted|investigated|imprisoned)\b",
    re.IGNORECASE,
)
"""What is done to somebody for what he did."""
_DISPUTED: Final = re.compile(
    r"\b(?:rows?|strikes?|striking|walk(?:s|ed)? out|walkout|quits?|resign\w{0,5}|pull(?:s|ed)? out|leaves?|left"
    r"|withdr[ae]w\w{0,2}|recall(?:s|ed)?|protest\w{0,3}|clash\w{0,2}|split|divided|fears?|anger|fury|furious|outrage"
    r"|outcry|backlash|condemn\w{0,2}|boycott\w{0,3}|threat\w{0,4}|halt\w{0,2}|cut|cuts|expel\w{0,3}|summon\w{0,2}|blame"
    r"|cancel\w{0,4}|accused|quarrel\w{0,3}|argu\w{2,5}|disput\w{1,3}|drop(?:s|ped)?|scrap(?:s|ped)?|faces?)\b",
    re.IGNORECASE,
)
"""What is done or felt "over" something; without such a word that may say where."""
_CLEAR: Final = r"because of|because|due to|owing to|on account of|thanks to|as a (?:direct )?(?:result|consequence) of"
_AFTER: Final = r"after|following|in the wake of|in the aftermath of"
_BEHIND: Final = re.compile(
    rf"\b(?P<clear>{_CLEAR}|in response to|in protest (?:at|against|over)|(?<=, )(?:citing|crediting|blaming)"
    rf"|{_MADE} by|(?:blamed|blaming|blame) on|put down to|attributed to|(?:resulted|resulting|stemmed|stemming|arose"
    rf"|arising) from|{_ROW})\b"
    rf"|\b(?=over\b){_NO_RULE}(?P<over>over)\b{_NO_TIME}"
    rf"|\b(?=[asfi]){_NO_SPAN}(?P<after>(?:shortly |soon )?after|following|in the (?:wake|aftermath) of)\b{_NO_TIME}"
    rf"|\b(?P<blame>for)\b{_NO_TIME}"
    r"(?! (?:an?|the|his|her|their|its) (?:[\w-]+ )?(?:time|life)\b| (?:good|life|now|trial)\b)",
    re.IGNORECASE,
)
_MAKES: Final = (
    r"(?:leads? to|led to|causes(?! of\b)|caused|prompts|prompted|triggers|triggered|sparks|sparked|resulted in"
    r"|brings? about|brought about|(?:forces?|forced)(?= (?:[\w’'-]+ ){1,6}(?:to|out|into|off)\b))"
)
_MAKING: Final = r"(?:leading to|causing|prompting|triggering|sparking|resulting in|bringing about|forcing)"
_AHEAD: Final = re.compile(
    r"(?:[,;] (?:and )?| and )(?:so|therefore|thus|hence|as a result|consequently|for (?:this|that) reason)\b"
    r"(?!-| (?:far|much|many|that|as|long|called|on|of|forth|is|are|was|were|did|do|does|has|have|had)\b)"
    r"|,? (?:which|that) (?:is|was) why\b"
    rf"|(?<!was )(?<!were )(?<!is )(?<!are )(?<!been )(?<!be )\b{_MAKES}\b(?! by\b)"
    rf"|, {_MAKING}\b"
)
_OPENS: Final = re.compile(rf"(?P<clear>{_CLEAR})\b|(?P<after>{_AFTER})\b{_NO_TIME}", re.IGNORECASE)
_ENDS: Final = re.compile(r"[,;:]| [—–-] |\.(?!\w)|\b(?:but|while|although|though|whereas)\b")
"""Where a cause that stands behind its effect ends at the latest."""
_DENIED: Final = re.compile(
    r"(?:\b(?:not|never|nor|only|rather than|instead of|than|even|except)\b|n['’]t\b)[^,;]{0,30}\Z", re.IGNORECASE
)


class Cause(NamedTuple):
    """A cause that a sentence gives."""

    span: Span
    words: tuple[str, ...]
    """Its words of weight, as lemmas, each once."""
    effect: tuple[str, ...]
    """Those of all the rest of the sentence."""
    mark: Mark


@kept
def causes(text: str) -> tuple[tuple[Cause, ...], ...]:
    """The causes that each sentence of a text gives, of the first few that give any."""
    return tuple(islice(_sentences(text), _SENTENCES)) if len(text) <= _MOST else ()


def _sentences(text: str) -> Iterator[tuple[Cause, ...]]:
    start = 0
    for end in [*(match.start() for match in _SENTENCE.finditer(text)), len(text)]:
        start = end - len(text[start:end].lstrip())
        if found := tuple(_causes(text, Span(start, end))):
            yield found
        start = end


def _causes(text: str, sentence: Span) -> Iterator[Cause]:
    start, end = sentence.start, sentence.end
    opens = _OPENS.match(text, start, end)
    if opens is not None and (comma := text.find(",", opens.end(), end)) > 0:
        yield from _made(text, Span(opens.end(), comma), sentence, _mark(opens))
        start = comma
    behind = (mark for mark in _BEHIND.finditer(text, start, end) if _ties(text, start, mark))
    for mark in islice(behind, _MARKS):
        stop = _ENDS.search(text, mark.end(), end)
        denied = _DENIED.search(text, max(start, mark.start() - _LOOK_BACK), mark.start())
        cause = Span(mark.end(), stop.start() if stop is not None else end)
        yield from _made(text, cause, sentence, "denied" if denied else _mark(mark))
    for mark in islice(_AHEAD.finditer(text, start, end), _MARKS):
        yield from _made(text, Span(start, mark.start()), sentence, "ahead")


def _ties(text: str, start: int, mark: re.Match[str]) -> bool:
    """Whether something stands before the mark, and before "for" or "over" something that is done for a deed."""
    start = max(start, mark.start() - _LOOK_BACK)
    if mark.lastgroup == "over" and _DISPUTED.search(text, start, mark.start()) is not None:
        return True
    if mark.lastgroup in ("over", "blame"):
        return _SANCTION.search(text, start, mark.start()) is not None
    return mark.start() > start


def _mark(match: re.Match[str]) -> Mark:
    return cast(Mark, match.lastgroup)


def _made(text: str, cause: Span, sentence: Span, mark: Mark) -> Iterator[Cause]:
    start, end = cause.start, cause.end
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    words = clause_words(text, Span(start, end))
    rest = (*clause_words(text, Span(sentence.start, start)), *clause_words(text, Span(end, sentence.end)))
    if words and rest:
        yield Cause(Span(start, end), words, rest, mark)
