"""Rewrites within a phrase: how numbers and dates are written, contractions, links, quote marks."""

from __future__ import annotations

import random
import re
from typing import Final

from consistency.training.edits import Edit, World, by_table, splice

_CONTRACTIONS: Final = {
    "is not": "isn't", "are not": "aren't", "was not": "wasn't", "were not": "weren't", "has not": "hasn't",
    "have not": "haven't", "had not": "hadn't", "will not": "won't", "would not": "wouldn't", "cannot": "can't",
    "could not": "couldn't", "should not": "shouldn't", "does not": "doesn't", "do not": "don't",
    "did not": "didn't", "it is": "it's", "that is": "that's", "we will": "we'll", "they are": "they're",
    "we are": "we're", "I am": "I'm", "I have": "I've", "we have": "we've", "they have": "they've",
    "he will": "he'll", "she will": "she'll", "there is": "there's",
}  # fmt: skip
_STYLE: Final = {
    **_CONTRACTIONS,
    **{short: long for long, short in _CONTRACTIONS.items()},
    **{short.replace("'", "’"): long for long, short in _CONTRACTIONS.items()},
}
_STYLE_RE = re.compile(rf"\b({'|'.join(map(re.escape, sorted(_STYLE, key=len, reverse=True)))})\b")
_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS: Final = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_DIGITS = re.compile(r"(?<![\w.,$€£-])(\d{1,2}|\d{1,3}(?:,\d{3})+|\d+00)(?![\w.,%-]|, ?\d)")
_WORDS_RE = re.compile(rf"\b({'|'.join(_ONES[2:])})\b")
_MONTHS: Final = {
    "January": "Jan.", "February": "Feb.", "August": "Aug.", "September": "Sept.", "October": "Oct.",
    "November": "Nov.", "December": "Dec.", "March": "Mar.", "April": "Apr.",
}  # fmt: skip
_MONTH: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH_DAY = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?!\d|,? ?\d{{4}})\b")
_MONTH_DAY_YEAR = re.compile(rf"\b({_MONTH}) (\d{{1,2}}), (\d{{4}}),?")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}}) ({_MONTH})\b(?: (\d{{4}}))?")
_LONG_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})(?= \d)")
_SPAN_OF_DAYS = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?:-| to )(\d{{1,2}})\b")
_PERCENT = re.compile(r"(\d) ?(?:%|per ?cent\b)")
_MILLION = re.compile(r"\b(\d+(?:\.\d)?) (million|billion|thousand)\b")
_MONEY = re.compile(r"([$€£])(\d[\d.,]*)( (?:million|billion))?")
_COINS: Final = {"$": "dollars", "€": "euros", "£": "pounds"}
_WEEKDAY = re.compile(r"(?<=[a-z] )(?<!on )(on )?(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?=[ ,.])")
_POSSESSIVE = re.compile(
    r"\b(?!It|He|She|That|There|What|Here|Who|Let|How)([A-Z]\w+)[’']s ([a-z]+)"
    r"(?= (?:to|in|of|for|on|with|at|by|and|is|was|has|have|are|were|will)\b|[,.])"
)
_OF = re.compile(r"\bthe ([a-z]+) of ([A-Z]\w+)\b")
_THAT = re.compile(r"\b(said|says|believes?|claimed|argued|warned|added|showed|found|reported|announced) that\b")
_NO_THAT = re.compile(r"\b(said|says|believes?|claimed|added|announced) (?=(?:the|it|he|she|they|we|there|this) )")
_RELATIVE = re.compile(r"(?<=[a-z]), which (?=is|was|are|has|had)|(?<=[a-z]) that (?=is|was|has|had|were|are)")


def spell(value: int) -> str | None:
    """A whole number below a million in words."""
    if value < 20:
        return _ONES[value]
    if value < 100:
        return _TENS[value // 10] + (f"-{_ONES[value % 10]}" if value % 10 else "")
    if value < 1000:
        rest = value % 100
        return f"{_ONES[value // 100]} hundred" + (f" and {spell(rest)}" if rest else "")
    if value < 1_000_000 and value % 1000 == 0:
        return f"{spell(value // 1000)} thousand"
    return None


def number_style(text: str, rng: random.Random, world: World) -> Edit | None:
    """12 = twelve, 1,000 = one thousand = 1000, 5% = 5 percent, 2 million = 2,000,000."""
    del world
    options: list[tuple[int, int, str]] = []
    for hit in _DIGITS.finditer(text):
        value = int(hit[1].replace(",", ""))
        spelled = spell(value)
        if spelled and value > 0 and not 1900 < value < 2100:
            options.append((hit.start(), hit.end(), spelled))
        if value >= 1000 and not 1900 < value < 2100:
            other = str(value) if "," in hit[1] else f"{value:,}"
            options.append((hit.start(), hit.end(), other))
    for hit in _WORDS_RE.finditer(text):
        options.append((hit.start(), hit.end(), str(_ONES.index(hit[1]))))
    for hit in _PERCENT.finditer(text):
        options.append((hit.start(), hit.end(), hit[1] + rng.choice(["%", " percent", " per cent"])))
    for hit in _MILLION.finditer(text):
        scale = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}[hit[2]]
        options.append((hit.start(), hit.end(), f"{round(float(hit[1]) * scale):,}"))
        options.append((hit.start(), hit.end(), hit[1] + {"thousand": "k", "million": "m", "billion": "bn"}[hit[2]]))
    for hit in _MONEY.finditer(text):
        options.append((hit.start(), hit.end(), f"{hit[2]}{hit[3] or ''} {_COINS[hit[1]]}"))
    if not options:
        return None
    start, end, new = rng.choice(options)
    return splice(text, start, end, new, "number style")


def date_style(text: str, rng: random.Random, world: World) -> Edit | None:
    """March 20 = 20 March = Mar. 20; March 20-22 = March 20 to 22; Monday = on Monday."""
    del world
    options: list[tuple[int, int, str]] = []
    for hit in _SPAN_OF_DAYS.finditer(text):
        options.append((hit.start(), hit.end(), f"{hit[1]} {hit[2]}{rng.choice(['-', ' to '])}{hit[3]}"))
    for hit in _MONTH_DAY_YEAR.finditer(text):
        options.append((hit.start(), hit.end(), f"{hit[2]} {hit[1]} {hit[3]}"))
    for hit in _MONTH_DAY.finditer(text):
        options.append((hit.start(), hit.end(), rng.choice([f"{hit[2]} {hit[1]}", f"the {hit[2]}th of {hit[1]}"])))
    for hit in _DAY_MONTH.finditer(text):
        options.append((hit.start(), hit.end(), f"{hit[2]} {hit[1]}" + (f", {hit[3]}" if hit[3] else "")))
    for hit in _LONG_MONTH.finditer(text):
        options.append((hit.start(), hit.end(), _MONTHS[hit[1]]))
    for hit in _WEEKDAY.finditer(text):
        options.append((hit.start(), hit.end(), hit[2] if hit[1] else f"on {hit[2]}"))
    if not options:
        return None
    start, end, new = rng.choice(options)
    return splice(text, start, end, new, "date style")


def possessive(text: str, rng: random.Random, world: World) -> Edit | None:
    """ "China's minister" = "the minister of China"."""
    del world
    options = [(hit.start(), hit.end(), f"the {hit[2]} of {hit[1]}") for hit in _POSSESSIVE.finditer(text)]
    options += [(hit.start(), hit.end(), f"{hit[2]}’s {hit[1]}") for hit in _OF.finditer(text)]
    if not options:
        return None
    return splice(text, *rng.choice(options), "possessive")


def connective(text: str, rng: random.Random, world: World) -> Edit | None:
    """ "said that" = "said"; a relative pronoun exchanged."""
    del world
    options = [(hit.start(), hit.end(), hit[1]) for hit in _THAT.finditer(text)]
    options += [(hit.start(), hit.end(), hit[1] + " that ") for hit in _NO_THAT.finditer(text)]
    options += [
        (hit.start(), hit.end(), " that " if "which" in hit[0] else " which ") for hit in _RELATIVE.finditer(text)
    ]
    if not options:
        return None
    return splice(text, *rng.choice(options), "connective")


def quotes(text: str, rng: random.Random, world: World) -> Edit | None:
    """Other quote marks and dashes."""
    del world
    if not re.search('[“”"’–—]', text):
        return None
    style = rng.choice([("“", "”"), ('"', '"'), ("«", "»"), ("'", "'")])
    opened = False
    marked = []
    for mark in text:
        if mark in '“”"':
            marked.append(style[1] if opened else style[0])
            opened = not opened
        else:
            marked.append({"’": "'", "–": "-", "—": " - "}.get(mark, mark))
    edited = "".join(marked)
    return Edit(edited, "quotes", 0, len(edited)) if edited != text else None


contraction = by_table(_STYLE_RE, _STYLE, "contraction")
