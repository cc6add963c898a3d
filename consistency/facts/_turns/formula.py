"""Denials that are set phrases of the trade: of sources that stay unnamed, and of those who gave no answer when asked.

A desk writes "on condition of anonymity" where another writes "did not want to be named", and either may leave it out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from consistency.records import Span

_WINDOW: Final = 120
"""Characters on either side of a denial in which its phrase stands."""
_BE_NAMED: Final = (
    r"(?:to be |being |be |to have (?:his|her|their) )(?:[a-z]+ly |further )?"
    r"(?:named?|names? [a-z]+|identified|identity|quoted)"
)
_GIVE: Final = (
    r"(?:to )?(?:giv(?:e|ing)|reveal(?:ing)?|disclos(?:e|ing)|tell(?:ing)?|stat(?:e|ing)) (?:his|her|their) "
    r"(?:full |real |own |first |last )?(?:names?|surnames?|identit(?:y|ies))"
)
_UNNAMED: Final = re.compile(
    r"(?:\bnot|n['’]t) (?:want|wish|like|agree|care|consent|choose|willing|prepared|ready)(?:ed|ing)? "
    rf"(?:{_BE_NAMED}|{_GIVE})\b"
    r"|\b(?:ask|want|wish|prefer|request|insist|cho?ose|beg)(?:e?d|ing|s)? "
    rf"(?:not |on not |that \w+ not ){_BE_NAMED}\b"
    rf"|\b(?:declin|refus)(?:ed?|es|ing) (?:{_BE_NAMED}|{_GIVE})\b"
    rf"|\b(?:unwilling|reluctant) (?:{_BE_NAMED}|{_GIVE})\b"
    rf"|\bwithout (?:{_BE_NAMED}|{_GIVE})\b"
    r"|(?:\bnot|n['’]t|\bno) (?:been )?"
    r"(?:(?:authori[sz]ed|authori[sz]ation|cleared) to (?:speak|talk|comment|brief|discuss)(?: [a-z]+ly\b)?"
    r"|(?:allowed|permitted|permission|supposed|free) to (?:(?:comment|brief|discuss)(?: [a-z]+ly\b)?"
    r"|(?:speak|talk)(?: (?:publicly|openly|freely|on (?:the |this |that )?(?:record|matter|subject|issue|case)|about"
    r"|for attribution|(?:to|with) (?:the )?(?:press|media|reporters?|journalists?|newspapers?))\b)))",
    re.IGNORECASE,
)
"""Why a source stays unnamed."""
_NAMED: Final = re.compile(
    r"\b(?:agreed|willing|happy|wanted|wished|chose|allowed|authori[sz]ed|permitted|cleared|insisted on|asked) "
    rf"(?:{_BE_NAMED}|{_GIVE}|to (?:speak|talk|comment|brief|discuss))\b",
    re.IGNORECASE,
)
"""What turns that round."""
_SILENT: Final = re.compile(
    r"(?:(?:\bnot|n['’]t|\bnever|\byet)(?: (?:immediately|yet|so far|initially|directly|been|be|in time|to|a|any))*"
    r" (?:respond|repl(?:y|ied)|comment|answer|return|react|reach|available)(?:e?d|ing)?\b"
    r"|\b(?:declin|refus)(?:ed?|es|ing) (?:to (?:[a-z]+ly |further )?comment|(?:any |further )?comment)\b"
    r"|\bno (?:immediate |further |official )?(?:comment|response|reply|statement|reaction|answer)\b)",
    re.IGNORECASE,
)
_APPROACHED: Final = re.compile(
    r"\b(?:request|ask|approach|contact|reach|query|queries|question|turn)(?:ed|s|ing)?\b[^.!?;]{0,60}?"
    r"\b(?:comments?|responses?|statements?|reactions?|remarks?)\b"
    r"|\bfor (?:comment|(?:a )?response|(?:a )?statement)\b",
    re.IGNORECASE,
)
"""Somebody was asked, and nothing is told of an answer."""
_ANSWERED: Final = re.compile(
    r"\b(?:responded|replied|commented|answered|reacted|returned|responds|replies|comments on)\b", re.IGNORECASE
)


def set_phrase(text: str, denial: Span, other: str) -> bool:
    """Whether a denial is part of such a phrase, and the other text tells nothing to the contrary."""
    if _within(_UNNAMED, text, denial):
        return _NAMED.search(_UNNAMED.sub("", other)) is None
    if _within(_SILENT, text, denial):
        return _APPROACHED.search(other) is not None and _ANSWERED.search(other) is None
    return False


def in_phrase(text: str, word: Span) -> bool:
    """Whether a word is part of why a source stays unnamed: "publicly" in "not authorised to speak publicly"."""
    return _within(_UNNAMED, text, word)


def without_phrases(text: str, denials: Sequence[Span], other: str) -> tuple[Span, ...]:
    """The denials of a text that are no set phrases."""
    return tuple(denial for denial in denials if not set_phrase(text, denial, other))


def _within(phrase: re.Pattern[str], text: str, denial: Span) -> bool:
    start, end = max(0, denial.start - _WINDOW), min(len(text), denial.end + _WINDOW)
    return any(found.start() < denial.end and denial.start < found.end() for found in phrase.finditer(text, start, end))
