"""Figures that count nothing: names with a figure in them, ratios and results, times that were run."""

from __future__ import annotations

import re

from consistency.facts._figures.amount import Amount, Read, amount, exact
from consistency.facts._figures.intervals import Value
from consistency.facts._figures.number_words import GAMES, LABELS
from consistency.facts._figures.numbers import ORDINALS, Number
from consistency.facts._figures.units import UNITS, Unit, currency_before, unit_after
from consistency.facts._tokens import Token, at, joined, words

_SPELLED = words("phase grade chapter category")
"""Labels whose figure is written as a word, too: "phase two"."""
_QUOTES = frozenset({'"', "“", "'", "‘", "«"})
_RATIO = re.compile(r"(\d{1,3}):(\d{1,3})")
_RACE = re.compile(r"(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)(\.\d{1,3})?")
_RATIO_WORDS = words("ratio ratios odds outnumber outnumbers outnumbered outnumbering")
_IDIOMS = {("third", "party"), ("third", "parties"), ("first", "lady"), ("second", "hand"), ("first", "aid")}


def label(tokens: tuple[Token, ...], index: int, read: Number) -> Read | None:
    """ "MH17", "Covid-19", "Category 4", "No. 5": a name with a figure in it."""
    if read.scale != 1 or read.form != "count" or _is_sum(tokens, index):
        return None
    value = exact(read.value)
    first = _numbered(tokens, index)
    if first is not None:
        start = tokens[index].start if at(tokens, index - 1).fold in _QUOTES else tokens[first].start
        return Read(Amount(start, tokens[read.end - 1].end, value, Unit("label", 1), "number", ""), read.end)
    before = at(tokens, index - 1)
    if not tokens[index].is_digits:
        if before.fold not in _SPELLED or unit_after(tokens, read.end):
            return None
        return Read(Amount(before.start, tokens[read.end - 1].end, value, Unit("label", 1), before.fold, ""), read.end)
    dashed = before.fold == "-" and joined(tokens, index) and joined(tokens, index - 1)
    name = at(tokens, index - 2) if dashed else before
    glued = (dashed and name.text[:1].isupper()) or (joined(tokens, index) and before.is_word)
    spaced = not dashed and name.fold in LABELS and at(tokens, index + 1).fold != "%"
    if not name.is_word or not (glued or spaced) or (dashed and name.fold in UNITS):
        return None
    start = name.start if glued or name.text[:1].isupper() else tokens[index].start
    return Read(Amount(start, tokens[index].end, value, Unit("label", 1), name.fold, ""), max(read.end, index + 1))


def _is_sum(tokens: tuple[Token, ...], index: int) -> bool:
    """ "NGN500", "R15,000"; "R500" is a name."""
    named = at(tokens, index - 1).text == "R" and "," not in tokens[index].text
    return joined(tokens, index) and not named and currency_before(tokens, index) is not None


def _numbered(tokens: tuple[Token, ...], index: int) -> int | None:
    """The first token of "number 3", "No. 5", "#3", 'the number "5"'; None before any other figure."""
    before = index - 1 - (at(tokens, index - 1).fold in _QUOTES)
    token = at(tokens, before)
    if token.text == "#" and joined(tokens, index):
        return before
    if token.fold == "number" and at(tokens, before - 1).fold != "-":
        return before
    stop = token.text == "."
    before -= stop
    plain = stop or (at(tokens, index + 1).fold not in {"-", "people"} and unit_after(tokens, index + 1) is None)
    return before if plain and at(tokens, before).text in {"No", "Nos"} and tokens[index].is_digits else None


def ordinal(tokens: tuple[Token, ...], index: int, read: Number) -> Read:
    before, follow = at(tokens, index - 1).fold, at(tokens, read.end).fold
    spelt = tokens[index].fold in ORDINALS
    # "Ardmore scored first, ..." says when among others, and counts nothing.
    adverb = spelt and (not follow or not follow[0].isalnum())
    aside = before in {"at", "every", "-", "split"} or adverb or (spelt and follow in {"of", "-"})
    if (aside or (tokens[index].fold, follow) in _IDIOMS) and not tokens[index].is_digits:
        return Read(None, read.end)
    return Read(amount(tokens, index, read.end, exact(read.value), Unit("ordinal", 1)), read.end)


def ratio(tokens: tuple[Token, ...], index: int) -> Read | None:
    """ "3:2", and "3: 4" or "16:9" near a word such as "ratio"; no verse and no time of day."""
    text, end = tokens[index].text, index + 1
    whole = _RATIO.fullmatch(text) if text.isascii() else None
    if whole:
        one, two = whole[1], whole[2]
    elif text.isascii() and text.isdigit() and at(tokens, end).text == ":" and joined(tokens, end):
        one, two, end = text, at(tokens, end + 1).text, end + 2
    else:
        return None
    if not (two.isascii() and two.isdigit() and max(len(one), len(two)) <= 3):
        return None
    plain = whole is not None and len(two) == 1 and at(tokens, end).fold != "-"
    if not plain and not _near_ratio(tokens, index, 12) and at(tokens, end).fold not in _RATIO_WORDS:
        return None
    value = Value("exact", float(one), float(two))
    return Read(amount(tokens, index, end, value, Unit("score", 1)), end)


def _near_ratio(tokens: tuple[Token, ...], index: int, reach: int) -> bool:
    return any(at(tokens, index - back).fold in _RATIO_WORDS for back in range(1, reach + 1))


def raced(tokens: tuple[Token, ...], index: int) -> Read | None:
    """ "2:04:26", "1:45.32": hours, minutes and seconds."""
    timed = _RACE.fullmatch(tokens[index].text) if tokens[index].text.isascii() else None
    if timed is None or (timed[1] is None and timed[4] is None):
        return None
    seconds = 3600 * int(timed[1] or 0) + 60 * int(timed[2]) + int(timed[3]) + float(timed[4] or 0)
    value = exact(seconds, 10.0 ** (1 - len(timed[4] or ".")))
    return Read(amount(tokens, index, index + 1, value, Unit("race", 1)), index + 1)


def is_score(tokens: tuple[Token, ...], index: int, low: Number, high: Number) -> bool:
    """Whether "3-1" and "21 to 20" are a result or a ratio, no range."""
    if not (0 <= low.value < 300 and 0 <= high.value < 300) or low.step != 1 or high.step != 1:
        return False
    if low.value >= high.value or _near_ratio(tokens, index, 4):
        return True
    return at(tokens, low.end).fold == "-" and any(at(tokens, index - back).fold in GAMES for back in (1, 2))
