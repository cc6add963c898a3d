"""What a word is to the reader of roles wherever it stands; read once for each word."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from consistency.facts._kept import kept_word
from consistency.facts._lists import word_set
from consistency.facts._names.words import PARTICLES, TITLES
from consistency.facts._roles import words as lists
from consistency.facts._tokens import fold as folded
from consistency.facts.hedge import is_verb_form, lemma

Tag: TypeAlias = Literal[
    "thing", "verb", "be", "aux", "to", "preposition", "and", "comma", "clause", "pronoun", "adverb", "paren", "stop"
]
Asked: TypeAlias = Literal["", "verb", "mark"]
"""What is asked of the words around before a word has its tag: nothing, whether a verb may stand there, or which of
two things "to", "that", a full stop or a dash is."""

_STOPS: Final = frozenset(".!?;:…•|")
_BRACKETS: Final = frozenset("()[]{}—–")
_NOT_LY: Final = word_set("family ally italy july assembly supply reply fly bully rally monopoly")
_TIMES: Final = word_set("last next early late mid this that every")
_DOUBTFUL: Final = ("to", "that", ".", "-")
_DESCRIBING: Final = lists.PREPOSITIONS - {"by"}
_BEFORE_BASE: Final = lists.AUXILIARIES | {"to", "not"}
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


class Form(msgspec.Struct, frozen=True, gc=False):
    """A word by itself. `tag` holds where nothing is `asked`; None is a word of a thing, or a mark that says nothing.

    Of a thing: `bare` = without a possessive, `content` = a word of it, `common` = no part of a name, `plain` = a word
    that ends it only by its tag. As a verb: `ing` and `past` by its form, `listed` where the list has it. As a
    neighbour of one: whether it `describes` a noun (`describing` = as a preposition does), is `adverbial`, goes before
    a `base` form, has a tag of its own (`tagged`), `opens` a thing.
    """

    fold: str
    bare: str
    tag: Tag | None
    asked: Asked
    word: bool
    digits: bool
    figure: bool
    content: bool
    common: bool
    plain: bool
    upper: bool
    lower: bool
    owns: bool
    determiner: bool
    particle: bool
    title: bool
    month: bool
    day: bool
    time: bool
    preposition: bool
    tagged: bool
    opens: bool
    describes: bool
    describing: bool
    adverbial: bool
    base: bool
    ing: bool
    ing_noun: bool
    past: bool
    listed: bool


@kept_word
def form(text: str) -> Form:
    """The form of a token."""
    fold = folded(text)
    word, digits, upper = text[0].isalpha(), text[0].isdecimal(), text[0].isupper()
    owns, determiner, month = fold.endswith("'s"), fold in lists.DETERMINERS, fold in lists.MONTHS
    figure = digits or (month and upper) or fold in lists.NUMBER_WORDS or text in "$€£%"
    day, time, particle = fold in lists.DAYS, fold in _TIMES, fold in PARTICLES
    tag, asked = _tag(text, fold, figure=figure)
    return Form(
        fold=fold,
        bare=fold.removesuffix("'s"),
        tag=tag,
        asked=asked,
        word=word,
        digits=digits,
        figure=figure,
        content=word or digits or text == "%",
        common=word and not upper and not particle,
        plain=word and not (upper or determiner or particle or figure or day or time),
        upper=upper,
        lower=text.islower(),
        owns=owns,
        determiner=determiner,
        particle=particle,
        title=fold.removesuffix("'s") in TITLES,
        month=month,
        day=day,
        time=time,
        preposition=fold in lists.PREPOSITIONS,
        tagged=fold in _TAGS,
        opens=determiner or upper or digits,
        describes=(determiner and fold != "that") or digits or owns,
        describing=fold in _DESCRIBING,
        adverbial=_adverbial(fold),
        base=fold in _BEFORE_BASE or fold.endswith("n't"),
        ing=fold.endswith("ing"),
        ing_noun=fold in lists.ING_NOUNS,
        past=asked == "verb" and (is_verb_form(fold) or fold in lists.PARTICIPLES),
        listed=asked == "verb" and lemma(fold) in lists.VERBS,
    )


def _tag(text: str, fold: str, *, figure: bool) -> tuple[Tag | None, Asked]:
    if (len(fold) > 1 and text.isupper() and fold != "and") or figure:
        return None, ""  # the US, the WHO, May
    if fold in _DOUBTFUL:
        return None, "mark"
    if fold.endswith("n't"):
        return "be" if fold[:-3] in lists.BE else "aux", ""
    tag: Tag | None = _TAGS.get(fold, "adverb" if _adverbial(fold) else None)
    if tag is not None or not text[0].isalpha() or len(text) < 3 or fold in lists.DETERMINERS:
        return tag, ""
    return None, "verb" if text.islower() or is_verb_form(fold) else ""


def _adverbial(fold: str) -> bool:
    return fold.endswith("ly") and len(fold) > 4 and fold not in _NOT_LY
