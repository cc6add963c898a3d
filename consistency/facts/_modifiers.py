"""Words around a number that make it a bound or an approximation, and what is counted."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from consistency.facts._tokens import Token, at, words

Kind = Literal["exact", "approximate", "lower", "upper"]
"""How a value is meant: as it stands, about so, at least or more than, at most or less than."""


class Modifier(NamedTuple):
    """What a wording before the number means, and the first token of that wording."""

    kind: Kind
    first: int


def _phrases(rows: str) -> dict[tuple[str, ...], Kind]:
    kinds: dict[str, Kind] = {"lower": "lower", "upper": "upper", "approximate": "approximate"}
    phrases: dict[tuple[str, ...], Kind] = {}
    for row in rows.strip().splitlines():
        kind, _, names = row.strip().partition(" ")
        for name in names.split(" | "):
            phrases[tuple(name.split())] = kinds[kind]
    return phrases


_BEFORE = _phrases("""
lower more than | over | at least | in excess of | above | upwards of | upward of | no fewer than
lower no less than | not less than | not fewer than | exceeding | exceed | exceeds | exceeded | topped
lower surpassed | surpassing | a minimum of | minimum of | beyond | well over | greater than | higher than
lower no lower than | no smaller than | no shorter than | no younger than | never less than | never fewer than
lower not below | not under | never below
lower larger than | longer than | older than | bigger than | past the | crossed | minimum | over a
upper up to | less than | fewer than | under | below | no more than | at most | not more than | as many as
upper as much as | a maximum of | maximum of | lower than | smaller than | shorter than | younger than
upper not to exceed | not exceed | not exceeding | not exceeded | cannot exceed | never exceed | never exceeded
upper no longer than | no older than | no higher than | no larger than | no bigger than | never more than
upper not longer than | not older than | not higher than | not over | not above | never over | never above
upper within | no greater than | maximum | as few as | as little as | as low as | as high as
approximate about | around | approximately | some | roughly | nearly | almost | close to | an estimated
approximate estimated | circa | c | ca | ~ | ≈ | just over | just under | just above | just below
approximate slightly more than | a little over | a little more than | slightly over | slightly less than
approximate slightly under | near | a little less than | an average of | average | on average
approximate somewhere around | a bit more than | in the region of | virtually | well-nigh | not quite
""")
_UP_TO = ("up", "to")
_MOVED = words("go goes going went gone move moves moved moving creep creeps crept climbed edged inched nudged")
"""Before "up to £15" they tell where a figure ends, and that is no bound."""
_BEFORE_BY_END = {
    last: sorted((phrase for phrase in _BEFORE if phrase[-1] == last), key=len, reverse=True)
    for last in {phrase[-1] for phrase in _BEFORE}
}
"""The wordings before a number by their last word, the longest first."""
_AFTER = _phrases("""
lower or more | or greater | or higher | or over | and up | or older | and older | plus
lower or longer | or larger | or bigger | or taller | or heavier | or further | or farther
upper or less | or fewer | or under | or lower | or younger | and under
upper or shorter | or smaller | or lighter
approximate or so | or thereabouts | - odd | odd | - ish
""")
_AT_END: dict[tuple[str, str], Kind] = {("at", "least"): "lower", ("at", "most"): "upper"}
"""Behind the last figure of a clause they bound it; before other words they may belong to what follows."""
_AFTER_BEGINS = frozenset(phrase[0] for phrase in _AFTER)
_PRO_FORMS = words("one ones")
"""They stand for a noun that is told elsewhere: "two Russian ones"."""
STATES = {
    **dict.fromkeys(words(
        "dead killed kill killing kills died die dies dying death deaths fatality fatalities slain",
        "murdered perished",
    ), "dead"),
    **dict.fromkeys(words(
        "injured injuring injures injure wounded wounding wound wounds hurt injury injuries",
        "hospitalised hospitalized",
    ), "injured"),
    **dict.fromkeys(words(
        "missing unaccounted",
    ), "missing"),
    **dict.fromkeys(words(
        "arrested detained arrests arrest detentions",
    ), "arrested"),
}  # fmt: skip
"""What became of those who are counted: 39 dead and 39 injured do not agree."""
_TAKES = words("claim claims claimed claiming cost costs costing take takes took taken taking")
"""What does so to lives: "has claimed nine lives"."""
STOPS = words(
    "a an the and or but of in on at to for from by with as is are was were be been being has have had do",
    "does did will would could should may might can must that which who whom whose this these those it",
    "its he she they them their his her him we our us you your i not no than then so if when while where",
    "after before since until into over under about up out off per more less least most also only just",
    "there here what said says say told according including last next during between among amid against",
    "prior ago later earlier already each together aged old strong altogether alone apart away long high",
    "deep wide tall again",
)


def before(tokens: tuple[Token, ...], index: int) -> Modifier | None:
    """The longest modifier that ends right before token `index`."""
    last = at(tokens, index - 1).fold
    if last in {"the", "a", "an", "its", "their"} and at(tokens, index - 2).fold == "of":
        return None
    for phrase in _BEFORE_BY_END.get(last, ()):
        first = index - len(phrase)
        if first >= 0 and tuple([token.fold for token in tokens[first:index]]) == phrase:
            return (
                None if phrase == _UP_TO and at(tokens, first - 1).fold in _MOVED else Modifier(_BEFORE[phrase], first)
            )
    return None


def after(tokens: tuple[Token, ...], index: int) -> tuple[Kind, int] | None:
    """A modifier at token `index`, behind the number: "or more", "+"; and the token behind it."""
    if at(tokens, index).text == "+" and not at(tokens, index + 1).is_digits:
        return "lower", index + 1
    word = at(tokens, index).fold
    if word == "at" and (kind := _AT_END.get((word, at(tokens, index + 1).fold))):
        follow = at(tokens, index + 2)
        return None if follow.is_word or follow.is_digits else (kind, index + 2)
    if word in _AFTER_BEGINS:
        for phrase in ((word, at(tokens, index + 1).fold), (word,)):
            if phrase in _AFTER:
                return _AFTER[phrase], index + len(phrase)
    return None


def noun(tokens: tuple[Token, ...], index: int) -> str:
    """What is counted, folded and singular, when it is plain: the last word of a short run of words.

    Empty when the run is long or cut by nothing: then the head cannot be told without a parser.
    """
    run: list[str] = []
    at_word = index + (at(tokens, index).fold in {"-", "of"})
    if at(tokens, at_word).fold in {"the", "these", "those", "its", "their", "his", "her", "all"}:
        at_word += 1
    while len(run) < 5:
        token = at(tokens, at_word)
        if not token.is_word or token.fold in STOPS:
            break
        run.append(token.fold)
        at_word += 1
        if at(tokens, at_word).fold == "-" and at(tokens, at_word + 1).is_word:
            at_word += 1
    if not run or len(run) > 3 or run[-1] in _PRO_FORMS:
        return ""
    return singular(next((word for word in run if word in STATES), run[-1]))


_IRREGULAR: Final = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "lives": "life",
    "headaches": "headache",
    "avalanches": "avalanche",
    "caches": "cache",
    "niches": "niche",
    "axes": "axe",
}


def singular(word: str) -> str:
    """A rough singular, good enough to hold two spellings of one noun together."""
    word = word.removesuffix("'s")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def state(tokens: tuple[Token, ...], first: int, end: int) -> str:
    """What became of those counted, from a word close before or, failing that, behind the number."""
    if at(tokens, end).fold in {"lives", "life"} and at(tokens, first - 1).fold in _TAKES:
        return "dead"
    for index in range(first - 1, max(-1, first - 3), -1):
        word = at(tokens, index).fold
        if word in STATES and word not in {"injuries", "deaths", "arrests"}:
            return STATES[word]
        if not at(tokens, index).is_word or word in {"and", "but", "or", "while"}:
            break
    for index in range(end, end + 7):
        token = at(tokens, index)
        if token.fold in STATES:
            return STATES[token.fold]
        if token.fold in {"and", "or", "but", "who", "when", "after"} or token.is_digits or not token.fold:
            break
        if token.fold in {",", ".", ";", ":", "(", ")", '"', "”", "“"}:
            break
    return ""
