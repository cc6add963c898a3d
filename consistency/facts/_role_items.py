"""A text cut into what a role is read from: things, verbs, prepositions and the marks between them.

No parser: a thing is a name, a figure, a date or a run of words between function words; a verb is a word
of the list, or of a verb's form, where a verb may stand. One pass, a few tokens looked at around each.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from consistency.facts import _role_words as lists
from consistency.facts._gazetteer import ABBREVIATED
from consistency.facts._lists import word_set
from consistency.facts._name_words import PARTICLES, TITLES
from consistency.facts._tokens import Token, at, joined, tokenize
from consistency.facts.hedge import is_verb_form, lemma
from consistency.records import Span

Tag: TypeAlias = Literal[
    "thing", "verb", "be", "aux", "to", "preposition", "and", "comma", "clause", "pronoun", "adverb", "paren", "stop"
]
Kind: TypeAlias = Literal["name", "noun", "number", "date", "word", ""]

_QUOTES: Final = frozenset('"“”„«»`‘')
_STOPS: Final = frozenset(".!?;:…•|")
_BRACKETS: Final = frozenset("()[]{}—–")
_NOT_LY: Final = word_set("family ally italy july assembly supply reply fly bully rally monopoly")
_TIMES: Final = word_set("last next early late mid this that every")
_DOUBTFUL: Final = ("to", "that", ".", "-")
_DESCRIBING: Final = lists.PREPOSITIONS - {"by"}
_BEFORE_BASE: Final = lists.AUXILIARIES | {"to", "not"}
_LONGEST: Final = 10
"""Words of a thing beyond which it is cut."""


class Item(NamedTuple):
    """A piece of the sentence. Of a thing, `words` are without determiners and titles, with their `spans`.

    `owns` where a possessive ends it, `determined` where a determiner opens it.
    """

    tag: Tag
    span: Span
    fold: str = ""
    kind: Kind = ""
    words: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    owns: bool = False
    determined: bool = False

    @property
    def lemma(self) -> str:
        """Of a verb its lemma, of a thing that of its last word."""
        return lemma(self.words[-1] if self.words else self.fold)


_TAGS: Final[dict[str, Tag]] = {
    **dict.fromkeys(lists.PREPOSITIONS, "preposition"),
    **dict.fromkeys(lists.AUXILIARIES, "aux"),
    **dict.fromkeys(lists.BE, "be"),
    **dict.fromkeys(lists.CLAUSES, "clause"),
    **dict.fromkeys(lists.PRONOUNS, "pronoun"),
    **dict.fromkeys(lists.ADVERBS, "adverb"),
    **dict.fromkeys(("and", "or", "nor", "&"), "and"),
    **dict.fromkeys(_STOPS, "stop"),
    **dict.fromkeys(_BRACKETS, "paren"),
    ",": "comma",
}


def items(text: str) -> tuple[Item, ...]:
    """The items of `text` in order; cost linear in its length, never raises."""
    tokens = tuple(token for token in tokenize(text) if token.text not in _QUOTES)
    tags = [_tag(tokens, index) for index in range(len(tokens))]
    found: list[Item] = []
    index = 0
    while index < len(tokens):
        token, tag = tokens[index], tags[index]
        if tag is not None:
            found.append(Item(tag, Span(token.start, token.end), token.fold))
            index += 1
        elif token.fold in lists.DETERMINERS or token.is_word or token.is_digits:
            stop = _thing(tokens, index, tags)
            if (thing := _item(tokens[index:stop])) is not None:
                owned = _apostrophe(tokens, stop)
                found.append(thing._replace(owns=thing.owns or owned > stop))
                stop = max(stop, owned)
            index = max(stop, index + 1)
        else:
            index += 1
    return tuple(found)


def _tag(tokens: tuple[Token, ...], index: int) -> Tag | None:
    """What the token is; None for a word of a thing and for a mark that says nothing."""
    token = tokens[index]
    settled, tag = _by_word(token.text, token.fold)
    if settled:
        return tag
    if token.fold in _DOUBTFUL:
        return _doubtful(tokens, index)
    return "verb" if is_verb(tokens, index) else None


@lru_cache(maxsize=8_192)
def _by_word(text: str, fold: str) -> tuple[bool, Tag | None]:
    """Whether a word is the same thing wherever it stands, and which."""
    if (len(fold) > 1 and text.isupper() and fold != "and") or _figured(text, fold):
        return True, None  # the US, the WHO, May
    if fold in _DOUBTFUL:
        return False, None
    if fold.endswith("n't"):
        return True, "be" if fold[:-3] in lists.BE else "aux"
    tag: Tag | None = _TAGS.get(fold, "adverb" if _adverb(fold) else None)
    return tag is not None, tag


def _doubtful(tokens: tuple[Token, ...], index: int) -> Tag | None:
    """What a token is that is one thing here and another there."""
    token, before, after = tokens[index], at(tokens, index - 1), at(tokens, index + 1)
    if token.fold == "to":
        return "preposition" if _opens_thing(after) else "to"
    if token.fold == "that":
        return None if after.is_word and before.fold in lists.PREPOSITIONS else "clause"
    if token.fold == "-":
        return "paren" if before.end < token.start < token.end < after.start else None
    initial = before.is_word and before.end == token.start and (len(before.text) == 1 or before.fold in ABBREVIATED)
    return None if initial else "stop"


def _adverb(fold: str) -> bool:
    return fold.endswith("ly") and len(fold) > 4 and fold not in _NOT_LY


def _opens_thing(token: Token) -> bool:
    return token.fold in lists.DETERMINERS or token.text[0].isupper() or token.is_digits


def is_verb(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the token has a verb's form and stands where a verb may stand."""
    token = tokens[index]
    if not token.is_word or len(token.text) < 3 or token.fold in lists.DETERMINERS:
        return False
    before, after = at(tokens, index - 1), at(tokens, index + 1)
    opening = after.fold == "by" and not before.is_word and is_verb_form(token.fold)  # "Directed by"
    if not (token.text.islower() or opening) or (before.fold == "-" and joined(tokens, index)):
        return False
    fold, listed = token.fold, lemma(token.fold) in lists.VERBS
    described = (
        (before.fold in lists.DETERMINERS and before.fold != "that") or before.is_digits or before.fold.endswith("'s")
    )
    if fold.endswith("ing"):
        opens = not before.is_word or before.fold in _TAGS
        return not described and fold not in lists.ING_NOUNS and (opens or (listed and _opens_thing(after)))
    if is_verb_form(fold) or fold in lists.PARTICIPLES:
        adjective = described or before.fold in _DESCRIBING or _adverb(before.fold)
        return not adjective or (_adverb(before.fold) and at(tokens, index - 2).fold not in lists.DETERMINERS)
    if before.fold in _BEFORE_BASE or before.fold.endswith("n't"):
        return True
    return listed and not described and before.is_word and before.fold not in _TAGS and _opens_thing(after)


def _thing(tokens: tuple[Token, ...], index: int, tags: Sequence[Tag | None]) -> int:
    """Where the thing that begins at `index` ends."""
    first = index
    stop = index + (tokens[index].fold in lists.DETERMINERS)
    if _figure(at(tokens, stop)) and not (at(tokens, stop + 2).is_word and _hyphened(tokens, stop + 1)):
        while _figure(at(tokens, stop)) or _date_comma(tokens, stop):
            stop += 1
        return stop
    lower = capital = False
    while stop < len(tokens) and stop - first < _LONGEST:
        token = tokens[stop]
        if _hyphened(tokens, stop) or (stop == first and token.is_digits):
            stop += 1
            continue
        hyphened = joined(tokens, stop) and tokens[stop - 1].fold == "-"
        if not hyphened and _ends(tokens, stop, tags[stop], lower=lower, capital=capital):
            break
        if token.text == "." or token.fold in PARTICLES:
            stop += 1
            continue
        capital, lower = capital or token.text[0].isupper(), lower or not token.text[0].isupper()
        stop += 1
        if token.fold.endswith("'s"):
            break
    return stop


def _hyphened(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a hyphen binds the words around it."""
    return at(tokens, index).fold == "-" and joined(tokens, index) and joined(tokens, index + 1)


def _ends(tokens: tuple[Token, ...], stop: int, tag: Tag | None, *, lower: bool, capital: bool) -> bool:
    """Whether the thing ends before this token, whose tag is given."""
    token = tokens[stop]
    if token.text == ".":
        return tag is not None or not capital
    if not token.is_word or token.fold in lists.DETERMINERS:
        return True
    if capital and token.fold in PARTICLES and at(tokens, stop + 1).text[0].isupper():
        return False
    upper = token.text[0].isupper()
    timed = token.fold in _TIMES and at(tokens, stop + 1).fold in lists.DAYS
    if (upper and lower) or ((upper or lower) and capital and (timed or token.fold in lists.DAYS)) or timed:
        return True
    dated = token.fold in lists.MONTHS and upper and at(tokens, stop + 1).is_digits
    if dated or (capital and not lower and _figure(token)):
        return True
    return tag is not None and not (upper and capital and tag != "preposition")


def _figure(token: Token) -> bool:
    return token.is_digits or _figured(token.text, token.fold)


def _figured(text: str, fold: str) -> bool:
    month = fold in lists.MONTHS and text[0].isupper()
    return text[0].isdecimal() or month or fold in lists.NUMBER_WORDS or text in "$€£%"


def _date_comma(tokens: tuple[Token, ...], index: int) -> bool:
    """The comma of "May 5, 1940"."""
    before, after = at(tokens, index - 1), at(tokens, index + 1)
    dated = before.is_digits and at(tokens, index - 2).fold in lists.MONTHS
    return at(tokens, index).text == "," and dated and after.is_digits and len(after.text) == 4


def _apostrophe(tokens: tuple[Token, ...], stop: int) -> int:
    """Past a possessive that stands apart from its word ("Mehra 's", "the teachers'")."""
    mark, before, after = at(tokens, stop), at(tokens, stop - 1), at(tokens, stop + 1)
    if mark.text not in "'’" or not before.is_word:
        return stop
    if after.fold == "s" and after.start == mark.end:
        return stop + 2
    return stop + 1 if before.end == mark.start and before.fold.endswith("s") and after.is_word else stop


def _item(run: tuple[Token, ...]) -> Item | None:
    """The thing a run of tokens is; None where nothing but a determiner is left."""
    determined = bool(run) and run[0].fold in lists.DETERMINERS
    told = [
        token for token in (run[1:] if determined else run) if token.is_word or token.is_digits or token.text == "%"
    ]
    if not told:
        return None
    last = told[-1]
    named = told
    if last.text[0].isupper():
        named = [token for token in told if token.fold.removesuffix("'s") not in TITLES] or told
    words = tuple([token.fold.removesuffix("'s") for token in named])
    spans = tuple([Span(token.start, token.end) for token in named])
    owns = last.fold.endswith("'s")
    return Item(
        "thing", Span(told[0].start, last.end - 2 * owns), words[-1], _kind(told), words, spans, owns, determined
    )


def _kind(told: Sequence[Token]) -> Kind:
    if _figure(told[0]) and all(map(_figure, told)):
        return "date" if any(token.fold in lists.MONTHS for token in told) else "number"
    if told[-1].fold in lists.DAYS:
        return "date"
    for token in told:
        if token.is_word and not token.text[0].isupper() and token.fold not in PARTICLES:
            return "noun"
    return "name"
