"""Where the dates of a text are: a left-to-right scan over tokens, one reader per shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from consistency.facts._figures.money import SIGNS
from consistency.facts._figures.numbers import ORDINALS, TENS
from consistency.facts._kept import kept
from consistency.facts._times.calendar import (
    BEFORE_MONTH,
    DAY_WORDS,
    MONTHS,
    PERIODS,
    RELATIVE_DAYS,
    SHIFTS,
    SHORT_MONTHS,
    TRAPS,
    WEEKDAYS,
)
from consistency.facts._times.seasons import DECADES, ENDS, SEASONS, quarter, season, spelled_decade, stretched
from consistency.facts._times.years import (
    Found,
    Parts,
    bare_year,
    century,
    is_amount,
    short_decade,
    split_year,
    year_at,
)
from consistency.facts._tokens import Token, at, joined, tokenize

_ISO = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})")


@kept
def find(text: str) -> tuple[Parts, ...]:
    """Parts of every date in `text`, in order."""
    return tuple(_scan(tokenize(text)))


def _scan(tokens: tuple[Token, ...]) -> Iterator[Parts]:
    follow = done = 0
    for index, token in enumerate(tokens):
        if index < follow or not (token.is_digits or token.fold in _OPENERS):
            continue
        for reader in _OF_FIGURES if token.is_digits else _OF_WORDS:
            if (found := reader(tokens, index)) is not None:
                whole = stretched(tokens, index, found.parts)
                yield whole if whole.start >= done else found.parts
                follow, done = found.next, whole.end
                break


def _month(tokens: tuple[Token, ...], index: int) -> tuple[int, int] | None:
    """Month number and next token, "Feb." with its stop; whatever its case."""
    word = at(tokens, index).fold
    if word in MONTHS:
        return MONTHS[word], index + 1
    if word in SHORT_MONTHS:
        return SHORT_MONTHS[word], index + 1 + (at(tokens, index + 1).fold == ".")
    return None


def _day(tokens: tuple[Token, ...], index: int) -> tuple[int, int] | None:
    """Day of the month and next token: "4", "4th", "first"."""
    token = at(tokens, index)
    if token.fold in DAY_WORDS:
        return DAY_WORDS[token.fold], index + 1
    if not token.text.isascii() or not token.text.isdigit() or not 1 <= len(token.text) <= 2:
        return None
    if not 1 <= int(token.text) <= 31:
        return None
    suffix = joined(tokens, index + 1) and at(tokens, index + 1).fold in {"st", "nd", "rd", "th"}
    return int(token.text), index + 1 + suffix


def _year_after(tokens: tuple[Token, ...], index: int) -> tuple[int, int] | None:
    """A year behind a month or day: "2022", ", 2022", "of 2022"."""
    skip = at(tokens, index).fold in {",", "of"}
    if (year := year_at(tokens, index + skip)) is None or is_amount(tokens, index + skip):
        return None
    return year, index + skip + 1


def _month_first(tokens: tuple[Token, ...], index: int) -> Found | None:
    """ "Feb. 4, 2022", "March 20 to 22", "May 2015", "in September"."""
    start = index
    read = _month(tokens, index)
    if read is None:
        return None
    month, after = read
    of_year = _year_after(tokens, after)
    if of_year and at(tokens, after).fold != "of":
        return Found(Parts(tokens[start].start, tokens[of_year[1] - 1].end, of_year[0], month), of_year[1])
    day = _day(tokens, after + (at(tokens, after).fold == "the"))
    if day is None or _bare_trap(tokens, start, day[1]):
        return _bare_month(tokens, index, month, after)
    end_month, end_day, after = _range(tokens, month, day[1], between=at(tokens, start - 1).fold == "between")
    of_year = _year_after(tokens, after)
    year = of_year[0] if of_year else None
    after = of_year[1] if of_year else after
    parts = Parts(tokens[start].start, tokens[after - 1].end, year, month, day[0])
    return Found(parts._replace(end_month=end_month, end_day=end_day), after)


def _bare_trap(tokens: tuple[Token, ...], index: int, after: int) -> bool:
    """ "They may 20 times ..." and "march 10 miles": a lower-case trap word before a counted figure."""
    token = tokens[index]
    if token.text[:1].isupper():
        return token.fold in TRAPS and is_amount(tokens, after - 1) and at(tokens, after).fold != "to"
    return token.fold in TRAPS or token.fold in SHORT_MONTHS


def _range(tokens: tuple[Token, ...], month: int, after: int, *, between: bool) -> tuple[int | None, int | None, int]:
    """The end of a range of days behind a day: "-22", " to 22", " to April 2", "between .. and 22"."""
    if at(tokens, after).fold not in ({"and"} if between else {"-", "to", "through", "until"}):
        return None, None, after
    other = _month(tokens, after + 1)
    day = _day(tokens, other[1] if other else after + 1)
    if day is None or (other is None and is_amount(tokens, day[1] - 1)):
        return None, None, after
    return (other[0] if other and other[0] != month else None), day[0], day[1]


def _bare_month(tokens: tuple[Token, ...], index: int, month: int, after: int) -> Found | None:
    token, before = tokens[index], at(tokens, index - 1).fold
    if not token.text[:1].isupper() or token.fold in SHORT_MONTHS or before not in BEFORE_MONTH | {"-"}:
        return None
    earlier = at(tokens, index - 2).fold
    ended = (before == "of" and earlier in ENDS) or (before == "-" and earlier in {"early", "mid", "late"})
    told = before == "for" and token.fold == "march" and not at(tokens, after).is_word
    if token.fold in TRAPS and not ended and not told and before not in BEFORE_MONTH - {"of", "and", "to", "for"}:
        return None
    of_year = _year_after(tokens, after)
    if of_year:
        return Found(Parts(token.start, tokens[of_year[1] - 1].end, of_year[0], month), of_year[1])
    return Found(Parts(token.start, tokens[after - 1].end, month=month), after)


def _day_first(tokens: tuple[Token, ...], index: int) -> Found | None:
    """ "4 February 2022", "20-22 March", "the fourth of July"."""
    day = _day(tokens, index)
    if day is None or at(tokens, index - 1).text in SIGNS:
        return None
    first, after = day
    last: int | None = None
    links = {"and"} if at(tokens, index - 1).fold == "between" else {"-", "to"}
    if at(tokens, after).fold in links and (closing := _day(tokens, after + 1)):
        last, after = closing
    dotted = at(tokens, after).text == "." and joined(tokens, after) and joined(tokens, after + 1)
    month = _month(tokens, after + (dotted or at(tokens, after).fold == "of"))
    if month is None:
        return None
    spelled = tokens[index].fold in DAY_WORDS
    name = tokens[month[1] - 1] if at(tokens, month[1] - 1).fold != "." else tokens[month[1] - 2]
    # "From first december", as stiff translations have it.
    told = spelled and at(tokens, index - 1).fold in _FROM
    plain = not spelled or told
    if not name.text[:1].isupper() and (not plain or name.fold in TRAPS or name.fold in SHORT_MONTHS):
        return None
    of_year = _year_after(tokens, month[1])
    if not plain and at(tokens, after).fold != "of" and of_year is None:
        return None
    if at(tokens, month[1]).fold in DAY_WORDS or (not of_year and _day(tokens, month[1])):
        return None
    end = of_year[1] if of_year else month[1]
    parts = Parts(tokens[index].start, tokens[end - 1].end, of_year[0] if of_year else None, month[0], first)
    return Found(parts._replace(end_day=last), end)


_FROM = frozenset({"from", "on", "until", "till", "by", "since", "before", "after"})


def _numeric(tokens: tuple[Token, ...], index: int) -> Found | None:
    """ "2022-02-04", "04/02/2022" (uncertain unless one is over 12), "9/11"."""
    token = tokens[index]
    if not token.is_digits or not token.text.isascii():
        return None
    texts = [at(tokens, index + offset).text for offset in range(5)]
    dashed = texts[1] == texts[3] == "-" and len(texts[0]) == 4 and len(texts[2]) == len(texts[4]) == 2
    whole = f"{texts[0]}/{texts[2]}/{texts[4]}" if dashed else token.text
    after = index + (5 if dashed else 1)
    parts = Parts(token.start, tokens[after - 1].end)
    if whole == "9/11":
        return Found(parts._replace(month=9, day=11), after)
    if (iso := _ISO.fullmatch(whole)) and 1 <= int(iso[2]) <= 12 and 1 <= int(iso[3]) <= 31:
        return Found(parts._replace(year=int(iso[1]), month=int(iso[2]), day=int(iso[3])), after)
    slashed = _SLASHED.fullmatch(whole)
    known = _slashed(parts, *map(int, slashed.groups())) if slashed else None
    return Found(known, after) if known else None


def _slashed(parts: Parts, one: int, two: int, year: int) -> Parts | None:
    """Day and month where the figures tell which is which; only the year where they do not."""
    low, high = sorted((one, two))
    if low < 1 or low > 12 or high > 31:
        return None
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    if high <= 12 and low != high:
        return parts._replace(year=year, uncertain=True)
    return parts._replace(year=year, month=low, day=high)


def _weekday(tokens: tuple[Token, ...], index: int) -> Found | None:
    """ "Monday", "Monday, March 20": a date behind it takes it in."""
    token = tokens[index]
    name = token.fold.removesuffix("'s")
    if name not in WEEKDAYS or not token.text[:1].isupper():
        return None
    here = Parts(token.start, token.start + len(name), weekday=WEEKDAYS[name])
    if name == token.fold:
        after = index + 1 + (at(tokens, index + 1).fold == ",")
        dated = after < len(tokens) and (_month_first(tokens, after) or _day_first(tokens, after))
        if dated and dated.parts.day is not None:
            return dated._replace(parts=dated.parts._replace(start=token.start, weekday=WEEKDAYS[name]))
    shift = at(tokens, index - 1).fold
    relative = f"{shift} {name}" if shift in {"last", "next"} else ""
    return Found(here._replace(relative=relative), index + 1)


def _relative(tokens: tuple[Token, ...], index: int) -> Found | None:
    """ "yesterday", "next week", "last year's"."""
    token = tokens[index]
    day = token.fold.removesuffix("'s")
    if day in RELATIVE_DAYS:
        return Found(Parts(token.start, token.start + len(day), relative=day), index + 1)
    unit = at(tokens, index + 1)
    period = unit.fold.removesuffix("'s")
    if token.fold not in SHIFTS or period not in PERIODS:
        return None
    return Found(Parts(token.start, unit.start + len(period), relative=f"{token.fold} {period}"), index + 2)


_Readers: TypeAlias = tuple[Callable[[tuple[Token, ...], int], Found | None], ...]
_OF_FIGURES: _Readers = (century, quarter, _day_first, _numeric, split_year, bare_year, spelled_decade)
"""What is asked in turn of a date that begins with a figure."""
_OF_WORDS: _Readers = (
    _weekday,
    _month_first,
    century,
    quarter,
    season,
    _day_first,
    short_decade,
    spelled_decade,
    _relative,
)
_FIRST_WORDS = frozenset(
    {
        "'",
        "‘",
        "q",
        "h",
        *MONTHS,
        *SHORT_MONTHS,
        *WEEKDAYS,
        *RELATIVE_DAYS,
        *SHIFTS,
        *ORDINALS,
        *TENS,
        *SEASONS,
        *DECADES,
    }
)
_OPENERS = _FIRST_WORDS | {f"{word}'s" for word in _FIRST_WORDS}
"""Words that may open a date; all others are passed by at once."""
