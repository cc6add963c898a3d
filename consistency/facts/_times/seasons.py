"""Parts of a year or decade: quarters, halves, seasons, the early and the late end; and decades in words."""

from __future__ import annotations

from consistency.facts._modifiers import STOPS
from consistency.facts._times.years import Found, Parts, bare_year, year_at
from consistency.facts._tokens import Token, at, joined, words

SEASONS = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4}
DECADES = {"thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
           "eighties": 1980, "nineties": 1990}  # fmt: skip
_SUFFIXES = {"st", "nd", "rd", "th"}
_NO_QUARTER = words("final finals century mile miles note notes horse pounder back backs")
_IN = words("in of for during since until till by through over throughout every each")
_PLACED = _IN | words("on to at before after")
"""Before "the winter", and not the water of a spring."""
_WEATHER = words("mild wet dry cold cool hot warm long short harsh hard severe rainy coming early late past whole")
_BEFORE_FALL = words("in the since by from until till early late for to during between")
_THERMOMETER = words(
    "temperature temperatures degrees highs lows mercury high low shot shots score scores scored speeds upper mid",
)


def quarter(tokens: tuple[Token, ...], index: int) -> Found | None:
    """ "Third quarter of 2020", "third-quarter", "Q3 2020", "first half of 2020"."""
    token = tokens[index]
    if token.fold in {"q", "h"}:
        return _short(tokens, index)
    number, after = NTH.get(token.fold), index + 1
    if token.is_digits and token.text in {"1", "2", "3", "4"} and at(tokens, after).fold in _SUFFIXES:
        number, after = int(token.text), after + 1
    after += at(tokens, after).fold == "-" and joined(tokens, after)
    unit = at(tokens, after).fold.removesuffix("'s")
    if number is None or unit not in {"quarter", "half"} or (unit == "half" and number > 2):
        return None
    follow = after + 1 + (at(tokens, after + 1).fold == "-")
    if at(tokens, follow).fold in _NO_QUARTER:
        return None
    year = _year(tokens, after + 1)
    if unit == "half" and year is None:
        return None
    parts = Parts(token.start, tokens[after].start + len(unit), part=f"{unit[0]}{number}")
    return _with_year(parts, year, after + 1)


def _short(tokens: tuple[Token, ...], index: int) -> Found | None:
    """ "Q3 2020", "in Q3"; a car or a gene is named so too."""
    figure = at(tokens, index + 1)
    if not tokens[index].text.isupper() or not joined(tokens, index + 1) or figure.text not in {"1", "2", "3", "4"}:
        return None
    kind = tokens[index].fold
    if (kind == "h" and figure.text > "2") or (joined(tokens, index) and at(tokens, index - 1).fold not in {"(", "-"}):
        return None
    year = _year(tokens, index + 2)
    if year is None and (kind == "h" or at(tokens, index - 1).fold not in _IN):
        return None
    return _with_year(Parts(tokens[index].start, figure.end, part=kind + figure.text), year, index + 2)


def _year(tokens: tuple[Token, ...], index: int) -> Found | None:
    """A year, or a season over two, behind what it belongs to: "2020", "of 2020", ", 2020", "of fiscal 2020"."""
    index += at(tokens, index).fold in {"of", ","}
    index += at(tokens, index).fold in {"fiscal", "the"}
    index += at(tokens, index).fold == "year"
    return bare_year(tokens, index) if year_at(tokens, index) else None


def _with_year(parts: Parts, year: Found | None, after: int) -> Found:
    if year is None or year.parts.years > 1:
        return Found(parts, after)
    dated = parts._replace(end=year.parts.end, year=year.parts.year, end_year=year.parts.end_year)
    return Found(dated, year.next)


def season(tokens: tuple[Token, ...], index: int) -> Found | None:
    """ "Spring 2019", "the fall of 2019", "in summer"; never the verb, never the water."""
    token = tokens[index]
    name = token.fold.removesuffix("'s")
    before = at(tokens, index - 1).fold
    if name not in SEASONS or (name == "fall" and before not in _BEFORE_FALL):
        return None
    year = _year(tokens, index + 1)
    parts = Parts(token.start, token.start + len(name), part=SEASONS[name])
    if year is not None and at(tokens, index + 1).fold != ",":
        return _with_year(parts, year, index + 1)
    article = index - 1 - (before in _WEATHER)
    placed = _IN - {"of", "for"} if name == "spring" else _PLACED
    inside = (before in _IN - {"of", "for"}) or (
        at(tokens, article).fold == "the" and at(tokens, article - 1).fold in placed
    )
    follow = at(tokens, index + 1)
    if name == "fall" or not inside or follow.fold in {"of", "-"} or (follow.is_word and follow.fold not in STOPS):
        return None
    return Found(parts, index + 1)


def spelled_decade(tokens: tuple[Token, ...], index: int) -> Found | None:
    """ "The sixties", "the late 60s": of the last century; no age ("in his sixties") and no temperature."""
    token, end = tokens[index], index + 1
    year = DECADES.get(token.fold)
    if token.is_digits and len(token.text) == 2 and token.text[0] in "3456789" and token.text[1] == "0":
        if at(tokens, end).fold != "s" or not joined(tokens, end):
            return None
        year, end = 1900 + int(token.text), end + 1
    if year is None:
        return None
    before = index - 1
    before -= at(tokens, before).fold == "-"
    before -= at(tokens, before).fold in {"early", "late", "mid"}
    if at(tokens, before).fold != "the" or any(at(tokens, before - back).fold in _THERMOMETER for back in range(1, 7)):
        return None
    return Found(Parts(token.start, tokens[end - 1].end, year, years=10), end)


ENDS = {"start": "early", "beginning": "early", "middle": "mid", "end": "late", "close": "late"}
"""Before "of March" they say which end of it."""
_DASHED = frozenset({"early", "mid", "late"})


def stretched(tokens: tuple[Token, ...], index: int, parts: Parts) -> Parts:
    """The date with what stands before its first token `index`: "early", "late in", "the end of"."""
    if parts.day is not None or parts.part or parts.end_year or (parts.year, parts.month) == (None, None):
        return parts
    at_word = index - 1
    at_word -= at(tokens, at_word).fold == "the"
    word, before = at(tokens, at_word).fold, at(tokens, at_word - 1).fold
    if word == "-" and before in _DASHED:
        # "mid-July" is the date as written; its ends are part of what an editor has to see.
        return parts._replace(part=before) if before == "mid" else _from(tokens, at_word - 1, parts, before)
    if word in {"early", "late"} and at_word == index - 1:
        return _from(tokens, at_word, parts, word)
    if word == "in" and before in {"early", "late"}:
        return _from(tokens, at_word - 1, parts, before)
    if word == "of" and before in ENDS:
        return _from(tokens, at_word - 1, parts, ENDS[before])
    return parts


def _from(tokens: tuple[Token, ...], first: int, parts: Parts, part: str) -> Parts:
    return parts._replace(start=tokens[first].start, part=part)
