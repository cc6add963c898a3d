"""Sentences of one paragraph: sentencex finds the candidates, rules for news text repair them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import segment

from consistency.records import Span

LONGEST = 1_000
"""Characters of a claim; a longer sentence is split, because a model would read its beginning only."""

# A single mark after a letter is an apostrophe ("Ukraine’s"); elsewhere it opens or closes a quote.
_MARK = re.compile(r"[“”„‟«»\"\n‘’'](?<![^\W_][‘’'])")
# Half a character, which a text made in memory may hold, has no place in the bytes that sentencex reads.
_HALVES = re.compile("[\ud800-\udfff]")
_ALNUM = re.compile(r"[^\W_]")
_ATTACHED = frozenset("”’»\"')]")
_ALWAYS_CLOSING = frozenset("”»")
_WINDOW = 80

_TITLE_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“‘\"])(?:Lt|Col|Gen|Maj|Capt|Cmdr|Cdr|Adm|Sgt|Cpl|Pvt|Brig|Rep|Reps|Sen|Sens|Gov|Govs|Rev|Hon|Prof|"
    r"Dr|Drs|Mr|Mrs|Ms|Messrs|Supt|Insp|Det|Amb|Pres|St|Mt|Ft|vs)\.$"
)
_NUMBER_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“‘\"])(?:No|Nos|Art|Sec|Fig|Vol|pp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_CLOCK = re.compile(r"\b[ap]\.\s?m\.$", re.I)
_LONGEST_ABBREVIATION = 10
"""Characters at the end of a text in which each of the three stands, with the one before it."""
_AFTER_CLOCK = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\b|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|(?:[ECMP][SD]?T|GMT|UTC|BST|CET|CEST|EEST|AEST|IST)\b|"
    r"(?:Eastern|Central|Mountain|Pacific|Greenwich|Moscow|Kyiv|Kiev|Beijing|London|Local) "
    r"(?:standard |daylight |Standard |Daylight |Mean )?(?:time|Time)\b)"
)
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)]$")
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")
_ASKED = re.compile(r"[?!]\s*[”’»\"']$")
_ATTRIBUTION = re.compile(
    r"(?:(?:[A-Z][\w.’'-]{0,30}|the|of|and) ){1,6}(?:said|asked|told|added|wrote|writes|replied|says|tweeted|shouted)\b"
)
_WORD_END = re.compile(r"[^\W\d_]{2,}[.!?]$")
_SENTENCE_START = re.compile(r"[A-Z][a-z]*(?=[\s,’'])")
_ELLIPSIS = re.compile(r"…[”’\"]?(?=\s+[“‘\"]?(?:But|And|The|He|She|It|They|We|In|On|At|This|That|Then|So|A|An)\b)")
# sentencex holds these short words for abbreviations ("He said no. She left.") and brackets for one sentence.
_STOP = re.compile(r"(?<=[a-z])[.!?][”’\"')\]]{0,3}(?=\s+[“‘\"(]?[A-Z])")
_PLAIN_WORD = re.compile(
    r"(?<![\w.’'-])(?!(?:al|approx|ca|cf|dept|ed|eds|est|etc|ft|pp|st|viz|vol|vs)\.)[a-z]{2,30}[.!?]$"
)
_LONGEST_PLAIN_WORD = 31
_CLAUSE = re.compile(r"[;:](?=\s)|\s[–—-](?=\s)|,(?=\s)")


def sentences(text: str, paragraph: Span) -> Iterator[Span]:
    """Spans of the sentences of a paragraph: in order, and together every character that is no blank."""
    body = text[paragraph.start : paragraph.end]
    start = 0
    for cut in [*_cuts(body), len(body)]:
        for span in _limited(body, Span(start, cut)):
            yield span.shift(paragraph.start)
        start = cut


def _cuts(body: str) -> list[int]:
    """Where a new sentence begins, the paragraph's own beginning left out."""
    masked = _HALVES.sub("\ufffd", _MARK.sub(" ", body))
    found = {_settle(body, masked, at) for at in _candidates(masked)}
    if "…" in body:
        found.update(one.end() for one in _ELLIPSIS.finditer(body))
    found.update(one.end() for one in _STOP.finditer(body) if _after_plain_word(body, one.start()))
    ordered = sorted(at for at in found if 0 < at < len(body))
    cuts: list[int] = []
    for number, at in enumerate(ordered):
        before = cuts[-1] if cuts else 0
        after = ordered[number + 1] if number + 1 < len(ordered) else len(body)
        if not _joined(body, before, at, after):
            cuts.append(at)
    return cuts


def _after_plain_word(body: str, stop: int) -> bool:
    """Whether the mark at `stop` ends a word in small letters."""
    return _PLAIN_WORD.search(body, max(0, stop + 1 - _LONGEST_PLAIN_WORD), stop + 1) is not None


def _candidates(masked: str) -> Iterator[int]:
    at = 0
    for piece in segment("en", masked):
        if at:
            yield at
        at += len(piece)


def _settle(body: str, masked: str, at: int) -> int:
    """Move a boundary so that closing marks stay with the sentence before it, opening ones go on."""
    end = at
    while end > 0 and masked[end - 1].isspace():
        end -= 1
    attached = True
    while end < len(body):
        char = body[end]
        if char.isspace():
            attached = False
        elif not ((attached and char in _ATTACHED) or char in _ALWAYS_CLOSING):
            break
        end += 1
    return end


def _joined(body: str, before: int, at: int, after: int) -> bool:
    """Whether the boundary at `at`, between the ones before and after, is none."""
    left = body[max(before, at - _WINDOW) : at].rstrip()
    right = body[at : min(after, at + _WINDOW)].lstrip()
    first = _ALNUM.search(body, at, after)
    if first is None or _ALNUM.search(body, before, at) is None:
        return True
    start = body[first.start() : first.start() + 3]
    if start[0].islower() and not _BRAND.match(start):
        return True
    if _ENUMERATOR.match(left) and at - before <= _WINDOW:
        return True
    if not body[at - 1].isspace() and not body[at].isspace() and _one_token(body, before, at, after):
        return True
    return _abbreviated(left, right) or bool(_ASKED.search(left) and _ATTRIBUTION.match(right))


def _abbreviated(left: str, right: str) -> bool:
    if not left.endswith("."):
        return False
    last = max(0, len(left) - _LONGEST_ABBREVIATION)
    if _TITLE_ABBREVIATION.search(left, last):
        return True
    if _NUMBER_ABBREVIATION.search(left, last) and right[:1].isdigit():
        return True
    return bool(_CLOCK.search(left, last) and _AFTER_CLOCK.match(right))


def _one_token(body: str, before: int, at: int, after: int) -> bool:
    """Whether a stop without a blank after it stands inside a name or an address ("R-S.C.", "a.Com/b")."""
    left = body[max(before, at - _WINDOW) : at]
    right = body[at : min(after, at + _WINDOW)]
    if left[-1] in _ATTACHED:
        return False
    return not (_WORD_END.search(left) and _SENTENCE_START.match(right))


def _limited(body: str, span: Span) -> Iterator[Span]:
    """The span without blanks around it, in parts of `LONGEST` at most, split at a clause if it can be."""
    start = span.start
    while start < span.end:
        while start < span.end and body[start].isspace():
            start += 1
        stop = span.end if span.end - start <= LONGEST else _break(body, start)
        end = stop
        while end > start and body[end - 1].isspace():
            end -= 1
        if end > start:
            yield Span(start, end)
        start = stop


def _break(body: str, start: int) -> int:
    """Where to split a text that is too long: the last clause mark or blank in its second half."""
    middle, limit = start + LONGEST // 2, start + LONGEST
    clause = 0
    for found in _CLAUSE.finditer(body, middle, limit):
        clause = found.end()
    if clause:
        return clause
    for at in range(limit, middle, -1):
        if body[at].isspace():
            return at
    return limit
