"""Sources that ask not to be named: what tells of one, and a text in which nothing does.

Desks keep them in every rewrite, since nobody else stands for what they say. So a sentence that tells it as a fact, or
gives it to somebody by name, has lost or exchanged its source.
"""

from __future__ import annotations

import re
from typing import Final

from consistency.records import Span

_PEOPLE: Final = (
    r"(?:person|people|someone|somebody|sources?|officials?|aides?|advis[eo]rs?|employees?|members?|insiders?|diplomats?"
    r"|lawmakers?|bankers?|executives?|investigators?|one|two|three|four|five|several)"
)
_NOT: Final = (
    r"(?:n['’]t|\b(?:not|without|against|declined|declining|refused|refusing|unwilling|reluctant))\s+"
    r"(?:(?:want|wish|like|care)(?:ed|ing)?\s+)?"
)
_NAME: Final = r"(?:his|her|their)\s+(?:(?:real|full|own)\s+)?(?:names?|identity|identities)"
_UNNAMED: Final = (
    r"\banonym(?:ity|ous|ously)\b"
    rf"|{_NOT}(?:to\s+be|being)\s+(?:named|identified|quoted)\b"
    rf"|{_NOT}(?:to\s+)?(?:give|reveal|disclose|share|state|have)\s+{_NAME}\b(?!\s+to\b)"
    rf"|{_NOT}{_NAME}\s+(?:to\s+be\s+)?(?:used|published|printed|given|revealed|disclosed|mentioned|known|in\s+print)\b"
    r"|\bnot\s+(?:authori[sz]ed|allowed|permitted|cleared|entitled)\s+to\s+"
    r"(?:speak|talk|discuss|comment|brief|give|disclose)\b"
)
_INSIDE: Final = (
    r"\s+(?:who\s+(?:is|are|was|were|has|have|had)\s+)?(?:been\s+)?"
    r"(?:familiar\s+with|close\s+to|with\s+(?:direct\s+|detailed\s+|first-?hand\s+)?knowledge\s+of|briefed\s+(?:on|about))\b"
)
_ASKED: Final = re.compile(_UNNAMED, re.IGNORECASE)
_INSIDER: Final = re.compile(rf"\b{_PEOPLE}{_INSIDE}", re.IGNORECASE)
_BEHIND: Final = 60
"""Characters behind a source and its verb within which it may be said that it is not to be named."""
_SOMEBODY: Final = (
    r"\b(?:persons?|someone|somebody|sources?|insiders?|unnamed|unidentified|undisclosed|incognito|whistle-?blowers?"
    r"|informants?|confidential(?:ly)?|confidentiality|on\s+background|privately|identity|identities|familiar\s+with"
    r"|close\s+to|knowledge\s+of|briefed|privy\s+to"
    r"|(?:people|officials?|employees?|members?|diplomats?|lawmakers?|aides?|mps?)\s+"
    r"(?:who|with|in|at|near|speaking|talking|asking|requesting|said|say))\b"
    r"|\b(?:to\s+be|being|be)\s+(?:named|identified|quoted)\b"
)
_HEARD: Final = (
    r"\b(?:reportedly|allegedly|apparently|supposedly|purportedly|rumou?red|rumou?rs?|leaked|leaks?|informed|involved"
    r"|attended|present\s+at|according|names?|named)\b"
    r"|\b(?:is|are|was|were)\s+(?:said|understood|believed|thought|reported|alleged)\b"
)
_TRACE: Final = re.compile(rf"{_UNNAMED}|{_SOMEBODY}", re.IGNORECASE)
_HEARSAY: Final = re.compile(_HEARD, re.IGNORECASE)
LONGEST: Final = 2000
"""Characters of a text beyond which it is no claim and nothing is said of it."""


def veiled(text: str, frame: Span) -> bool:
    """Whether the source of a statement, by the span of it and its verb, is not to be named. Linear in the text."""
    if len(text) > LONGEST:
        return False
    inside = any(found.start() < frame.end and frame.start < found.end() for found in _INSIDER.finditer(text))
    return inside or _ASKED.search(text, frame.start, frame.end + _BEHIND) is not None


def trace(text: str) -> bool:
    """Whether anything in a text may speak of such a source, however told. Linear in the text."""
    return len(text) > LONGEST or _TRACE.search(text) is not None


def hearsay(text: str) -> bool:
    """Whether a text tells something as heard. Linear in the text."""
    return len(text) > LONGEST or _HEARSAY.search(text) is not None
