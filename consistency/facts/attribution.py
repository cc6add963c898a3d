"""Who is said to speak a quote, where the text says so plainly beside the quote marks."""

from __future__ import annotations

import re

import msgspec
from rapidfuzz.distance import JaroWinkler

from consistency.facts._lists import word_set
from consistency.records import Span

_WINDOW = 160
_VERBS = (
    "said|says|told|tells|added|adds|wrote|writes|tweeted|posted|announced|announces|stated|states|"
    "noted|notes|argued|argues|warned|warns|explained|explains|claimed|claims|insisted|insists|replied|"
    "declared|declares|remarked|recalled|continued|concluded|commented|vowed|pledged|testified|joked"
)
_NAME = r"(?P<name>[^\W\d_a-z][\w’'.-]*(?:[^\S\n]+[^\W\d_a-z][\w’'.-]*){0,5})"
_NO_ROLE = (
    rf"{_VERBS}|he|she|they|we|i|it|who|in|on|at|to|of|from|during|after|before|when|while|as|about|by|with|"
    "and|but|that|because|if"
)
_ROLE = rf"(?:(?!(?:{_NO_ROLE})\b)[a-z][\w’'-]*,?\s+){{0,7}}?"
_LED = (
    rf"(?:(?!(?:{_VERBS}|he|she|they|we|i|it|who|when|while|after|before|and|but|that|because|if)\b)"
    r"[^\W\d_][\w’'.-]*,?\s+){0,8}?"
)
_CUE = rf"(?P<cue>\b(?:{_VERBS})\b)"
_REST = rf"(?:(?!\b(?:{_VERBS})\b)[^.!?“”\"\n]){{0,80}}"
_AFTER = (
    re.compile(rf"\s*,?\s*(?!tell|told){_CUE}\s+{_ROLE}{_NAME}"),
    re.compile(rf"\s*,?\s*{_LED}{_NAME}(?:,[^,\n]{{1,60}},)?\s+(?:also\s+|later\s+)?{_CUE}"),
    re.compile(rf"\s*,?\s*(?P<cue>according\s+to)\s+{_ROLE}{_NAME}"),
)
_BEFORE = (
    re.compile(rf"{_NAME}(?:,[^,\n]{{1,60}},)?\s+(?:also\s+|later\s+)?{_CUE}{_REST}$"),
    re.compile(rf"\b(?P<cue>[Aa]ccording\s+to)\s+{_ROLE}{_NAME},{_REST}$"),
)
_PAUSE = frozenset(",.?!…—–-")
_STOP = re.compile(r"[\n\r\u2028\u2029“”„«»\"]")
_NO_NAME = word_set(
    "the a an also later he she they it we i you his her their its this that these those but and in on at for as ",
    "one another both some many few who what mr mrs ms dr sir lady lord president minister prime foreign ",
    "secretary chancellor king queen prince princess pope senator sen representative rep governor gov ",
    "general gen colonel col lieutenant lt captain capt major sergeant sgt judge justice mayor chief ",
    "attorney director chairman chairwoman professor prof spokesman spokeswoman spokesperson adviser ",
    "advisor national security deputy vice former monday tuesday wednesday thursday friday saturday ",
    "sunday january february march april may june july august september october november december ",
    "state interior defense defence finance home treasury chinese russian american british french german",
    "ukrainian u.s us",
)


class Attribution(msgspec.Struct, frozen=True):
    """`speaker` without titles ("Jake Sullivan"), where it stands, and the word that says so."""

    speaker: str
    span: Span
    cue: Span


def attribution(text: str, quote: Span) -> Attribution | None:
    """The plainly named speaker of the quote at `quote`; None for "he said" and for no cue."""
    after = text[quote.end : quote.end + _WINDOW]
    if stop := _STOP.search(after):
        after = after[: stop.start()]
    comma = (
        after.lstrip().startswith(",")
        or text[max(quote.start, quote.end - 8) : quote.end].rstrip("”»\"'’“ ")[-1:] in _PAUSE
    )
    for pattern in _AFTER if comma else ():
        if (found := pattern.match(after)) and (named := _named(found, quote.end)):
            return named
    begin = max(0, quote.start - _WINDOW)
    before = text[begin : quote.start]
    for stop in _STOP.finditer(before):
        begin = quote.start - len(before) + stop.end()
    before = text[begin : quote.start]
    for pattern in _BEFORE:
        if (found := pattern.search(before)) and (named := _named(found, begin)):
            return named
    return None


def _named(found: re.Match[str], offset: int) -> Attribution | None:
    """The name without leading titles and function words; None when nothing is left."""
    parts = [
        part
        for part in re.finditer(r"\S+", found["name"])
        if part[0].casefold().strip(".,") not in _NO_NAME and not part[0].endswith(("’s", "'s"))
    ]
    if not parts:
        return None
    start = found.start("name") + parts[0].start()
    end = found.start("name") + parts[-1].end()
    name = found.string[start:end].rstrip(".")
    span = Span(start + offset, start + offset + len(name))
    return Attribution(name, span, Span(found.start("cue") + offset, found.end("cue") + offset))


_ORGANISATION = word_set(
    "house ministry department council committee agency office party union court police army navy force ",
    "forces bank group company corp inc ltd university institute association watch international press ",
    "times post news journal network commission government administration parliament congress senate city ",
    "state states kingdom nations bureau board center centre foundation federation club team authority ",
    "service services embassy consulate command headquarters hospital school church league organization ",
    "organisation fund trust society alliance coalition republic kremlin pentagon guardian telegraph ",
    "reuters",
)
_PLACE_STARTS = word_set("new south north east west saudi united hong tel sri costa puerto san los el")
_ALIKE = 0.86


def other_person(one: str, other: str) -> bool:
    """Whether two full names plainly are two people: no part of one is like a part of the other."""
    ours, theirs = _parts(one), _parts(other)
    if not (_person(ours) and _person(theirs)):
        return False
    return not any(JaroWinkler.similarity(a, b) >= _ALIKE for a in ours for b in theirs)


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s.\-]+", name.casefold()) if len(part) > 1]


def _person(parts: list[str]) -> bool:
    return len(parts) > 1 and parts[0] not in _PLACE_STARTS and not _ORGANISATION.intersection(parts)
