"""Whether what one text says nobody could use or get is what the other calls closed, broken, out of service or gone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma
from consistency.facts.kin import kindred
from consistency.facts.polarity import bases, lemmas
from consistency.records import Span

_BE: Final = (
    r"(?:is|are|was|were|be|been|being|went|goes|go|gone|stays?|stayed|remain(?:s|ed)?|stood|left|lay)"
    r"(?: (?:still|also|already|all|again|now|currently|[a-z]+ly))?"
)
_LACK: Final = re.compile(
    r"\bout of (?:service|order|stock|reach|work|action|use|operation|commission|print|supply|power|bounds)\b"
    rf"|\b{_BE} (?:down|dark|dead|dry|silent|idle|empty|gone|lost|cut|frozen|crippled|flooded)\b"
    r"|\b(?:closed|shut|broken|missing|offline|grounded|stranded|paraly[sz]ed|sold out|sealed off|cordoned off|cut off"
    r"|switched off|turned off|ran out|run out|broke down|crashed|wiped out|washed away|on strike|under repair"
    r"|at a standstill|to a halt|knocked out)\b",
    re.IGNORECASE,
)
"""What says that a thing is not to be had or does not work."""
_WORDS: Final = frozenset(
    map(
        lemma,
        word_set("down dark dead silent idle empty lose lost close closed shut break broken missing strike crash"),
    )
)
"""What denies itself where it is denied: "not closed"."""
_AGAIN: Final = re.compile(
    r"\b(?:re-?open\w*|resum\w+|restor\w+|working again|running again|back (?:in|on|up)|reconnect\w*|repaired)\b",
    re.IGNORECASE,
)
"""What ends a lack."""
_UNDONE: Final = re.compile(
    r"\b(?:not|no longer|never|no|nothing|neither)\b[^.!?;:,]{0,20}\Z|n['’]t [^.!?;:,]{0,12}\Z", re.I
)
"""What denies a lack."""
_CLAUSE: Final = re.compile(r"[.!?;:()—–](?=\s|\Z)|\b(?:and|but|while|whereas|because|after|as)\b", re.IGNORECASE)
_PAUSE: Final = re.compile(rf"{_CLAUSE.pattern}|,(?=\s)", re.IGNORECASE)
_USE: Final = frozenset(
    map(
        lemma,
        word_set(
            "use work run operate open function available reach get buy enter cross pass accessible serve drive",
            "withdraw log sail fly travel",
        ),
    )
)
"""What cannot be done with a thing that does not work."""
_WINDOW: Final = 100
_STEM: Final = 4
"""Letters that a lack and a word of its family begin with: "closed", "the closure"."""
_MOST: Final = 4
"""Lacks of a text that are looked at."""
_FEW: Final = 6
"""Words of weight on either side that name the thing."""


def lacking(text: str, denial: Span, denied: Sequence[str], other: str) -> bool:
    """Whether the other text says of what is denied, or of whom it is denied, that it is not to be had.

    `denied` = the words of weight behind the denial, as lemmas. "They could not get cash from machines" is "machines
    were out of service", and "the app could not be used" is "the app was down".
    """
    if not _WORDS.isdisjoint(denied[:2]) or _AGAIN.search(other):
        return False
    own = bases(text)
    about: list[str] | None = None
    for lack in islice(_LACK.finditer(other), _MOST):
        begin = max(0, lack.start() - _WINDOW)
        begin = max((mark.end() for mark in _CLAUSE.finditer(other, begin, lack.start())), default=begin)
        word = lemma(lack[0].split()[-1].casefold())
        if _UNDONE.search(other, begin, lack.start()) or any(told.startswith(word[:_STEM]) for told in own):
            continue
        named = [word for word, _ in lemmas(other, Span(begin, lack.start()))][-_FEW:]
        if about is None:
            about = [*denied[:_FEW], *(_ahead(text, denial) if not _USE.isdisjoint(denied[:1]) else ())]
        if any(one == it or kindred(one, it) for one in named for it in about):
            return True
    return False


def _ahead(text: str, denial: Span) -> list[str]:
    """The words of weight before a denial in its clause, up to a comma."""
    begin = max(0, denial.start - _WINDOW)
    begin = max((mark.end() for mark in _PAUSE.finditer(text, begin, denial.start)), default=begin)
    return [word for word, _ in lemmas(text, Span(begin, denial.start))][-_FEW:]
