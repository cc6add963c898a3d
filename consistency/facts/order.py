"""Which of two events came first: two clauses and the one word that ties them ("after", "before", "because", "so").

A cause comes before its effect, so that both are read alike. Where a sentence ties more than two clauses, or denies
("not before"), nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from consistency.facts._kept import kept
from consistency.facts.kin import listed
from consistency.facts.polarity import lemmas
from consistency.records import Span

_MOST: Final = 2000
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_SENTENCES: Final = 8
"""Sentences of a text that tell an order and are held against those of another; a claim has one or two."""
_FEWEST: Final = 2
"""Words of weight that a clause must have; with fewer, both texts must have the very same clauses."""
_SYNONYM: Final = 0.7
"""What a word counts for that the other clause has only in other words."""
_CLEAR: Final = 0.4
_PLAIN: Final = 0.95
"""How much more the clauses must share crosswise than in the order they stand in, 0 to 1; and how much more where
nothing but the order differs."""
_SENTENCE: Final = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])")
_NO_CLAUSE: Final = (
    r"(?!\s*(?:[,.;:)]|\Z)| (?:this|that|which|these|those|all|now)\b"
    r"| (?:has|have|had|was|were|is|are|be|been|said|did|do|does)\b)"
)
"""Behind a word that ties clauses: it stands alone ("two days after"), or points back ("after that")."""
_FIRST_BEFORE: Final = (
    rf"\bbefore\b{_NO_CLAUSE}",
    r"\bprior to\b",
    r"[,;] (?:and )?(?:so|therefore|thus|hence|as a result|consequently)\b"
    r"(?! (?:far|much|many|that|as|long|called|on|is|are|was|were|did|do|does|has|have|had)\b)",
    r"(?:[,;]| and|[,;] and) (?:then|afterwards|subsequently)\b",
    r"(?:, which| and) (?:caused|led to|resulted in|prompted|triggered)\b",
    r"\bfollowed by\b",
)
"""Ties whose left clause came first."""
_FIRST_BEHIND: Final = (
    rf"\bafter\b{_NO_CLAUSE}",
    r"(?<![Tt]he )\bfollowing (?=(?:an?|the|his|her|their|its)\b|[A-Z])",
    r"\bbecause(?: of)?\b",
    r"\b(?:due to|owing to|as a (?:result|consequence) of|on account of|thanks to)\b",
    r"(?<!ever )\bsince\b(?! then\b| when\b| [12]\d\d\d)",
)
"""Ties whose right clause came first."""
_TIE: Final = re.compile(f"(?P<before>{'|'.join(_FIRST_BEFORE)})|(?P<behind>{'|'.join(_FIRST_BEHIND)})")
_AHEAD: Final = re.compile(
    r"[\"“]?(?:(?:shortly|just|soon|immediately|\w+ (?:day|week|month|year|hour|minute|moment)s?) )?"
    r"(?:(?P<before>before|prior to)|after|because of|because|since|once|following|due to|owing to|as a result of)"
    rf"\b{_NO_CLAUSE}",
    re.IGNORECASE,
)
"""A sentence that opens with the tie, its other clause behind a comma."""
_GOES_ON: Final = re.compile(r", (?:and|or|but|which|who)\b")
"""A comma that does not end the clause the sentence opened with ("After the storm the ferry sailed, and ...")."""
_DENIED: Final = re.compile(
    r"(?:\b(?:not|never|nor|no(?!-)|only|until|till|unless)\b|n['’]t\b)[^,;]{0,40}\Z", re.IGNORECASE
)
_OTHER_TIES: Final = re.compile(
    r"\b(?:after|before|because|since|until|till|once|when|while|as soon as|then|afterwards|later|earlier|following"
    r"|prior)\b",
    re.IGNORECASE,
)


class Told(NamedTuple):
    """Two clauses of a text, without blanks and marks around them, by which event came first."""

    earlier: Span
    later: Span


class Turned(NamedTuple):
    """Two events that the premise tells in one order, and the hypothesis in the other; `plain` where nothing else
    of weight differs.
    """

    premise: Told
    hypothesis: Told
    plain: bool


_NOTHING: Final = (Told(Span(0, 0), Span(0, 0)), Told(Span(0, 0), Span(0, 0)))


@kept
def orders(text: str) -> tuple[Told, ...]:
    """What each sentence of a text says of an order, at most one tie a sentence, of the first few that say anything."""
    return tuple(islice(_orders(text), _SENTENCES)) if len(text) <= _MOST else ()


def turned(premise: str, hypothesis: str) -> Turned | None:
    """The two events whose order the hypothesis turns round most clearly. The same whichever text comes first."""
    if premise == hypothesis:
        return None
    found = [
        (_crossed((premise, hypothesis), (one, other)), one, other)
        for one in orders(premise)
        for other in orders(hypothesis)
    ]
    clear, one, other = max(found, default=(0.0, *_NOTHING))
    return Turned(one, other, clear >= _PLAIN) if clear >= _CLEAR else None


def _orders(text: str) -> Iterator[Told]:
    start = 0
    for end in [*(match.start() for match in _SENTENCE.finditer(text)), len(text)]:
        told = _order(text, Span(start, end))
        if told is not None:
            yield told
        start = end


def _order(text: str, sentence: Span) -> Told | None:
    start = sentence.end - len(text[sentence.start : sentence.end].lstrip())
    if (ahead := _AHEAD.match(text, start, sentence.end)) is not None:
        comma = text.find(",", ahead.end(), sentence.end)
        if comma < 0 or _GOES_ON.match(text, comma, sentence.end):
            return None
        tied, main = Span(ahead.end(), comma), Span(comma + 1, sentence.end)
        first_is_main = ahead["before"] is not None
    else:
        ties = list(_TIE.finditer(text, start, sentence.end))
        if len(ties) != 1 or _DENIED.search(text, start, ties[0].start()):
            return None
        main, tied = Span(start, ties[0].start()), Span(ties[0].end(), sentence.end)
        first_is_main = ties[0]["before"] is not None
    if any(_OTHER_TIES.search(text, span.start, span.end) for span in (main, tied)):
        return None
    main, tied = _trimmed(text, main), _trimmed(text, tied)
    return Told(main, tied) if first_is_main else Told(tied, main)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end)


def _crossed(texts: tuple[str, str], told: tuple[Told, Told]) -> float:
    """How far what came first in one text is what came later in the other, more than what came first there; up to 1."""
    first, second, third, fourth = (
        _words(text, span) for text, one in zip(texts, told, strict=True) for span in (one.earlier, one.later)
    )
    short = min(map(len, (first, second, third, fourth))) < _FEWEST
    both = (set(first) & set(second)) | (set(third) & set(fourth))  # a word of both clauses tells none of them
    one, two, three, four = ([word for word in clause if word not in both] for clause in (first, second, third, fourth))
    if not (one and two and three and four):
        return 0.0
    clear = min(_shared(one, four), _shared(two, three)) - max(_shared(one, three), _shared(two, four))
    return clear if clear >= 1.0 or not short else 0.0


def _words(text: str, span: Span) -> list[str]:
    return list(dict.fromkeys(word for word, _ in lemmas(text, span)))


def _shared(one: Sequence[str], other: Sequence[str]) -> float:
    """The part of the shorter clause that the longer has too, 0 to 1."""
    shorter, longer = (one, other) if (len(one), list(one)) <= (len(other), list(other)) else (other, one)
    return sum(_told(word, longer) for word in shorter) / len(shorter)


def _told(word: str, words: Iterable[str]) -> float:
    if word in words:
        return 1.0
    return _SYNONYM if any(listed(word, other) for other in words) else 0.0
