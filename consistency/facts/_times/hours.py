"""Where the times of day of a text are: one reader for figures, one for words, tried at a token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from consistency.facts._figures.numbers import ONES, ORDINALS
from consistency.facts._kept import kept
from consistency.facts._times.calendar import WEEKDAYS
from consistency.facts._tokens import Token, at, joined, tokenize, words

_HOURS = {word: value for word, value in ONES.items() if 1 <= value <= 12}
_MINUTES = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "half": 30}
_NAMED = {"noon": 720, "midday": 720, "midnight": 0}
_TIMED = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?")
_FOUR = re.compile(r"(\d{2})(\d{2})")
_AT = words(
    "at by from until till before after since around about approximately roughly nearly almost between past to and -",
)
"""Before "5 in the morning" or "10:30" they tell of a time."""
_ZONES = {
    **dict.fromkeys(words("gmt utc"), "gmt"),
    **dict.fromkeys(words("et est edt"), "et"),
    **dict.fromkeys(words("ct cst cdt"), "ct"),
    **dict.fromkeys(words("mt mst mdt"), "mt"),
    **dict.fromkeys(words("pt pst pdt"), "pt"),
    **dict.fromkeys(words("cet cest"), "cet"),
    **dict.fromkeys(words("eet eest"), "eet"),
    **dict.fromkeys(words("aest aedt"), "aest"),
    **{zone: zone for zone in words("bst ist jst kst msk hkt sgt pkt wib sast wat eat aet")},
    "eastern": "et",
    "central": "ct",
    "mountain": "mt",
    "pacific": "pt",
}
OFFSETS: dict[str, tuple[int, ...]] = {
    "gmt": (0,), "bst": (1,), "et": (-5, -4), "ct": (-6, -5), "mt": (-7, -6), "pt": (-8, -7), "cet": (1, 2),
    "eet": (2, 3), "jst": (9,), "kst": (9,), "msk": (3,), "hkt": (8,), "sgt": (8,), "pkt": (5,), "wib": (7,),
    "sast": (2,), "wat": (1,), "eat": (3,), "aest": (10, 11),
}  # fmt: skip
"""Hours ahead of Greenwich, without and with summer time; zones that several countries name alike are left out."""


class Told(NamedTuple):
    """A time between token `first` and token `end` (exclusive), and the text offsets of both."""

    first: int
    end: int
    minute: int
    half: bool
    fine: bool
    zone: str
    start: int
    stop: int


class _Half(NamedTuple):
    """Morning or evening, and the token behind the words that say so."""

    late: bool | None
    end: int


@kept
def find(text: str) -> tuple[Told, ...]:
    """Every time of day in `text`, in order."""
    return tuple(_scan(tokenize(text)))


def _scan(tokens: tuple[Token, ...]) -> Iterator[Told]:
    follow = 0
    for index, token in enumerate(tokens):
        if index < follow or not (token.is_digits or token.fold in _FIRST):
            continue
        if (told := read(tokens, index)) is not None:
            yield told
            follow = told.end


def read(tokens: tuple[Token, ...], index: int) -> Told | None:
    """The time of day that starts at token `index`, or None."""
    token = tokens[index]
    if token.is_digits:
        return _figures(tokens, index)
    if token.fold in _NAMED and not _in_a_name(tokens, index):
        return _told(tokens, index, index + 1, _NAMED[token.fold], half=True)
    return _spelled(tokens, index) if token.fold in _OPENERS else None


def _in_a_name(tokens: tuple[Token, ...], index: int) -> bool:
    """ "Midnight Oil", "the Midnight Express"."""
    inside = index > 0 and at(tokens, index - 1).fold not in _ENDS
    return tokens[index].text[0].isupper() and (inside or at(tokens, index + 1).text[:1].isupper())


_ENDS = frozenset({".", "!", "?", '"', "“", "‘", ":", "-"})


def _told(tokens: tuple[Token, ...], first: int, end: int, minute: int, *, half: bool) -> Told:
    """The time with the zone behind it; minutes past midnight, of the half day where `half` is False."""
    zone = _zone(tokens, end)
    end = zone[1] if zone else end
    minute %= _DAY if half else _DAY // 2
    place = zone[0] if zone else ""
    return Told(first, end, minute, half, minute % 60 > 0, place, tokens[first].start, tokens[end - 1].end)


_DAY = 1440
_TWELVE = 12


def _figures(tokens: tuple[Token, ...], index: int) -> Told | None:
    """ "5 pm", "5.30 p.m.", "17:00", "1200 GMT", "5 o'clock", "12 noon"; the first of "5 to 7 pm"."""
    text = tokens[index].text
    glued = joined(tokens, index) and at(tokens, index - 1).fold not in {"(", "-", "~", "/", ","}
    if glued or not text.isascii():
        return None
    if four := _FOUR.fullmatch(text):
        return _military(tokens, index, int(four[1]), int(four[2]))
    timed = _TIMED.fullmatch(text)
    hour, minute = (int(timed[1]), int(timed[2])) if timed else (_hour(text), 0)
    if hour is None or hour > 24 or minute > 59:
        return None
    if marked := _half_of_day(tokens, index, index + 1):
        return _marked(tokens, index, marked, hour, minute)
    return (_colon if ":" in text else _bare)(tokens, index, hour, minute)


def _hour(text: str) -> int | None:
    return int(text) if len(text) <= 2 and text.isdigit() else None


def _marked(tokens: tuple[Token, ...], index: int, marked: _Half, hour: int, minute: int) -> Told:
    """Hours with "pm" or "o'clock" behind them."""
    # "12 o'clock in the morning" is noon to one writer and midnight to the other.
    part = at(tokens, marked.end - 1).fold if hour == _TWELVE else ""
    if part in {"morning", "evening"}:
        return _told(tokens, index, marked.end, minute, half=part == "evening")
    if marked.late is None or not 1 <= hour <= 12:
        return _told(tokens, index, marked.end, 60 * hour + minute, half=not 1 <= hour <= 12)
    return _told(tokens, index, marked.end, 60 * (hour % 12) + minute + 720 * marked.late, half=True)


def _military(tokens: tuple[Token, ...], index: int, hour: int, minute: int) -> Told | None:
    """ "1200 GMT", "1700 hours", "0930hrs"."""
    if hour > 23 or minute > 59:
        return None
    hours = at(tokens, index + 1).fold in {"hours", "hrs"} and minute % 5 == 0 and _timely(tokens, index)
    if not hours and not _short_zone(tokens, index + 1):
        return None
    return _told(tokens, index, index + 1 + hours, 60 * hour + minute, half=True)


def _colon(tokens: tuple[Token, ...], index: int, hour: int, minute: int) -> Told | None:
    """ "17:00": a ratio, a verse or a time that was run unless something tells of the day."""
    after = at(tokens, index + 1).fold
    hours = after in {"hours", "hrs"}
    stated = hours or _zone(tokens, index + 1) is not None
    ranged = after == "-" and ":" in at(tokens, index + 2).text and minute % 5 == 0
    if hour > 23 or not (stated or ranged or _timely(tokens, index)):
        return None
    known = stated or not 1 <= hour <= 12 or tokens[index].text[0] == "0"
    return _told(tokens, index, index + 1 + hours, 60 * hour + minute, half=known)


def _bare(tokens: tuple[Token, ...], index: int, hour: int, minute: int) -> Told | None:
    """ "12 GMT", and the first hour of "5 to 7 pm" and "9-11 a.m."."""
    if _short_zone(tokens, index + 1):
        return _told(tokens, index, index + 1, 60 * hour + minute, half=True)
    link, closing = at(tokens, index + 1).fold, at(tokens, index + 2).text
    if not 1 <= hour <= 12 or link not in {"-", "to", "and", "until"}:
        return None
    if link == "and" and at(tokens, index - 1).fold != "between":
        return None
    if not _TIMED.fullmatch(closing) and _hour(closing) is None:
        return None
    marked = _half_of_day(tokens, index + 2, index + 3)
    open_ended = marked is None or marked.late is None
    return None if open_ended else _told(tokens, index, index + 1, 60 * hour + minute, half=False)


def _timely(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the words before figures tell of a time: "at", "until", "on the"."""
    before, earlier = at(tokens, index - 1).fold, at(tokens, index - 2).fold
    if before == "and":
        return "between" in {at(tokens, index - back).fold for back in range(3, 8)}
    return before in _AT or (before in {"the", "a"} and (earlier in _AT or earlier == "on"))


_LATE = {"am": False, "pm": True, "a.m.": False, "p.m.": True, "a.m": False, "p.m": True}
_BEFORE_PART = _AT - {"and", "to", "-"}
_BEFORE_DAY = words("at before after until till past gone")
_PARTS = {"morning": False, "afternoon": True, "evening": True}


def _half_of_day(tokens: tuple[Token, ...], index: int, after: int, *, certain: bool = False) -> _Half | None:
    """ "am", "p.m.", "P. M.", "o'clock [in the morning]", "noon" behind the hour that stands at `index`.

    "5 in the morning" needs a word such as "at" before it unless the hour is `certain`.
    """
    word = at(tokens, after).fold
    if word in _LATE:
        return _Half(_LATE[word], after + 1)
    if word in {"a", "p"} and at(tokens, after + 1).text == "." and at(tokens, after + 2).fold == "m":
        return _Half(word == "p", after + 3 + (at(tokens, after + 3).text == "." and joined(tokens, after + 3)))
    if word in {"noon", "midnight"} and tokens[index].fold in {"12", "twelve"}:
        return _Half(word == "noon", after + 1)
    return _phrase(tokens, index, after, certain=certain)


def _phrase(tokens: tuple[Token, ...], index: int, after: int, *, certain: bool) -> _Half | None:
    """ "O'clock", "in the morning", "at night", "on Thursday morning" behind an hour."""
    clock = at(tokens, after).fold == "o'clock"
    behind = after + clock
    phrase = [at(tokens, behind + offset).fold for offset in range(3)]
    if certain or clock or at(tokens, index - 1).fold in _BEFORE_PART:
        if phrase[:2] == ["in", "the"] and phrase[2] in _PARTS:
            return _Half(_PARTS[phrase[2]], behind + 3)
        if phrase[:2] == ["at", "night"]:
            hour = _HOURS.get(tokens[index].fold) or _hour(tokens[index].text) or 0
            return _Half(5 < hour < 12, behind + 2)
    if clock:
        return _Half(None, after + 1)
    part = _part_of_day(tokens, index, after)
    return None if part is None else _Half(part, after)


def _part_of_day(tokens: tuple[Token, ...], index: int, after: int) -> bool | None:
    """Whether it is late, of an hour without "o'clock": "at six on Thursday morning", "every evening at eight"."""
    before = at(tokens, index - 1).fold
    if before not in _BEFORE_DAY:
        return None
    if at(tokens, after).fold == "on" and at(tokens, after + 1).fold in WEEKDAYS:
        return _PARTS.get(at(tokens, after + 2).fold)
    told = at(tokens, index - 3).fold in {"every", "each"} and not at(tokens, after).is_word
    return _PARTS.get(at(tokens, index - 2).fold) if before == "at" and told else None


_PLACES = frozenset({"eastern", "central", "mountain", "pacific"})


def _zone(tokens: tuple[Token, ...], index: int) -> tuple[str, int] | None:
    """A zone at token `index` and the token behind it: "GMT", "Eastern time", "local time", "Moscow time"."""
    token, after = at(tokens, index), at(tokens, index + 1).fold
    if token.fold == "local" and after == "time":
        return "local", index + 2
    if token.fold in _PLACES:
        skip = after in {"standard", "daylight", "summer"}
        return (_ZONES[token.fold], index + 2 + skip) if at(tokens, index + 1 + skip).fold == "time" else None
    if _short_zone(tokens, index):
        return _ZONES[token.fold], index + 1
    if token.is_word and token.text[0].isupper() and after == "time" and at(tokens, index + 1).text == "time":
        return token.fold, index + 2
    return None


def _short_zone(tokens: tuple[Token, ...], index: int) -> bool:
    token = at(tokens, index)
    return token.fold in _ZONES and (token.text.isupper() or token.fold in {"gmt", "utc"})


def _spelled(tokens: tuple[Token, ...], index: int) -> Told | None:
    """ "six o'clock", "five in the morning", "half past six", "a quarter to seven"."""
    return _past(tokens, index) or _spelled_hour(tokens, index)


def _spelled_hour(tokens: tuple[Token, ...], index: int) -> Told | None:
    hour = _HOURS.get(tokens[index].fold)
    if hour is None or (at(tokens, index - 1).fold == "-" and joined(tokens, index)):
        return None
    minutes = {"thirty": 30, "fifteen": 15}.get(at(tokens, index + 1).fold, 0)
    marked = _half_of_day(tokens, index, index + 1 + (minutes > 0))
    # "I for one am not ..."
    if at(tokens, index + 1).fold == "am" and at(tokens, index - 1).fold not in _AT:
        return None
    return _marked(tokens, index, marked, hour, minutes) if marked else None


_POINTS = frozenset({"at", "until", "till", "around", "about"})
"""Before "ten to six": after other words that is a range, a move or odds."""


def _past(tokens: tuple[Token, ...], index: int) -> Told | None:
    first = index
    index += tokens[index].fold == "a"
    minutes = _MINUTES.get(at(tokens, index).fold)
    if minutes is None or at(tokens, first - 1).fold in ORDINALS:
        return None
    if minutes not in {15, 30} and at(tokens, first - 1).fold not in _POINTS:
        return None
    if minutes == 20 and at(tokens, index + 1).fold == "-" and at(tokens, index + 2).fold == "five":
        minutes, index = 25, index + 2
    index += 1 + (at(tokens, index + 1).fold == "minutes")
    link, name = at(tokens, index).fold, at(tokens, index + 1)
    if link not in ({"past"} if minutes == 30 else {"past", "to"}):
        return None
    hour = _HOURS.get(name.fold) or (_hour(name.text) if name.is_digits else None)
    if hour is None or not 1 <= hour <= 12:
        return None
    minute = (60 * hour + (minutes if link == "past" else -minutes)) % 720
    marked = _half_of_day(tokens, index + 1, index + 2, certain=True)
    if marked is None or marked.late is None:
        return _told(tokens, first, index + 2, minute, half=False)
    return _told(tokens, first, marked.end, minute + 720 * marked.late, half=True)


_OPENERS = frozenset({*_HOURS, *_MINUTES, "a"})
_FIRST = _OPENERS | _NAMED.keys()
