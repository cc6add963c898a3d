"""Words that negate, and words of opposite sense.

No verdict by themselves: "not difficult" and "easy" say the same. Whoever asks holds them against what the model says.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Set
from functools import lru_cache
from typing import Final, NamedTuple

from consistency.facts._kept import kept, kept_word
from consistency.facts._lists import word_set
from consistency.facts._opposites import LOOSE, contraries, narrow, opposites, senses
from consistency.facts._turns.denial_idioms import AUXILIARIES, Words, goes_on, idiom
from consistency.facts._turns.phrasal import plain_verb
from consistency.facts.hedge import lemma
from consistency.records import Span

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_STOP: Final = re.compile(r"[.!?;:]")
_END: Final = re.compile(r"[.!?]")
_MARK: Final = re.compile(r"[.!?;:,()—–]")
_NUMBER: Final = re.compile(r"\.?\s?\d")
_NOT: Final = word_set(
    "not no never none nobody nothing nowhere neither nor cannot without unable hardly scarcely rarely seldom",
    "deny denies denied denying",
)
_NOT_TO: Final = word_set(
    "fail fails failed failing refuse refuses refused refusing decline declines declined declining yet"
)
"""Words that negate the verb behind "to"; alone they are no negation ("a decline in sales")."""
_HAVE: Final = word_set("has have had having")
"""Between one of these and "to", "still" says that a thing has not been done: "has still to be tested"."""
_NEGATIVE: Final = frozenset(
    lemma(word)
    for word in word_set(
        "lack absence absent avoid prevent stop cease halt escape miss omit forget ignore reject block bar ban forbid",
        "prohibit exclude exempt free empty doubt instead rather contrary false safe fail failure refuse refusal",
        "decline deny denial cancel scrap abandon oppose resist withhold withheld withdraw quit abstain acquit clear",
        "collapse stall spare survive rebuff rebut refute shun skip boycott veto thwart foil devoid minus neglect",
        "pretend pretence feign fake sham bogus hoax",
        "suspend contest refrain ignorant oblivious bereft deprive outage blackout",
        "disagree neither too hide conceal mask non few little only barely rare except impossible ill poorly badly",
    )
)
"""Words with something negative in them: with one in the other text a negation may well say the same."""
_HALF_NEGATIVE: Final = frozenset(
    lemma(word)
    for word in word_set(
        "drop against end short intact innocent silent far same remain stay keep hold steady flat continue zero first",
        "last least nil poor shut close lose loss postpone delay rule out off",
        "different differ unlike beyond conflict clash quarrel await pending outstanding",
    )
)
"""Words that may be negative in the very place of a negation: "stayed in office", "off limits"."""
_PHRASAL: Final = frozenset(
    map(lemma, word_set("turn call hold rule put give run fall back pull walk wave break knock leave stay"))
)
_AWAY: Final = word_set("down off out up away short back")
"""Behind one of these verbs something negative again: "turned down", "called off", "ruled out", "ran out"."""
_AFTER_ALL: Final = word_set("until till unless except but")
"""Behind a negation these say when, where or who after all: "did not open until noon" = "opened at noon"."""
_REACH: Final = 8
"""Words behind a negation among which those are looked for."""
_SENTENCE: Final = 300
"""Characters within which a sentence is expected to end."""
_NEAR: Final = 3
"""Words within which a second negation takes back the first: "not without", "never failed to", "cannot deny"."""
_UNMARKED: Final = {
    f"{verb}nt": f"{verb}n't" for verb in word_set("is are was were do does did has have had would could should")
}
"""Contractions whose apostrophe was lost on the way."""
_JOINS: Final = word_set("and or but nor")
_PREFIX: Final = re.compile(
    r"^(?:un(?!der|til|ion|it|iv|iq|ifor|anim|cle)|dis(?!cu|cov|cip|ta|tr|ti|pla[yc]|eas|ast|pat)"
    r"|non|mis(?!sion|sil|ter)|im(?=[bmp])(?!port|prov|pact|pos|pli|plem|peach|ply|migr|med|mun)|il(?=l)|ir(?=r)"
    r"|in(?=ac|ad|cap|cor|comp|cons|dec|def|eff|exp|explic|firm|hum|just|laws|op|san|secur|sens|sign|suff|tol|val|vis))"
    r"-?(?=\w{4})"
)
"""A word that begins as if it denied; rough, since it may only silence."""
_HYPHEN: Final = re.compile(r"\b(non|un|dis)-(?=\w)", re.IGNORECASE)
_BASE: Final = re.compile(r"^(?:un|dis|non|mis|in(?!form|clude|side|to)|im(?=[bmp])|il(?=l)|ir(?=r))-?(?=\w{4})")
_CUT_OFF: Final = word_set("non un dis")
"""Beginnings that a hyphen may cut off from their word."""
_LIGHT: Final = word_set(
    "a an the this that these those it its he she they them his her their him i we you my our your us me who whom",
    "whose which what is are was were am be been being has have had having do does did done will would shall should",
    "can could may might must to of in on at by for from with about as than then there and or but so if when while",
    "where how any some all each both such very also just still even ever again already s t said says say saying",
    "after before during over under into out up down off through not no never",
)
"""Words of no weight of their own."""


class Opposite(NamedTuple):
    """Two words of opposite sense: where each stands in its own text.

    `kind` as in the list: v, n, or a for all else. `narrow` = they speak against each other in the same slot alone.
    `wide` = only the wide list has them.
    """

    premise: Span
    hypothesis: Span
    kind: str
    narrow: bool
    wide: bool


def negations(text: str, other: str = "") -> tuple[Span, ...]:
    """Words that negate, in order; with another text also those that negate a word of it ("unhappy", "happy").

    Left out are idioms, questions ("isn't it?"), the second of a list ("no food and no water"), two that take each
    other back ("not without"), and such as only say when or what ("not until noon").
    """
    words = _words(text)
    against = _lemmas(_HYPHEN.sub(r"\1", other) if "-" in other else other)
    found: list[int] = []
    last = -1
    for at in _denying(text):
        if not _negates(text, words, at, against):
            continue
        if last < 0 or not (found and found[-1] == last and _takes_back(text, words, last, at)):
            if last < 0 or not _continues(text, words, last, at):
                found.append(at)
        else:
            found.pop()
        last = at
    return tuple(words[at][1] for at in found)


def negative(text: str, span: Span, told: Set[str] = frozenset(), *, near: bool = False) -> bool:
    """Whether a range holds a word that may deny in its own way: "unharmed", "harmless", "lack", "called off".

    Lemmas in `told` do not count (see `bases`); `near` = the range stands in the place of a negation, where weaker
    words may deny as well ("off limits", "remained").
    """
    words = [word for word, _ in _words(text, span)]
    return any(
        lemma(word) not in told
        and (
            lemma(word) in _NEGATIVE
            or (near and lemma(word) in _HALF_NEGATIVE)
            or (ahead in _AWAY and lemma(word) in _PHRASAL)
            or word.endswith("less")
            or _PREFIX.match(word) is not None
        )
        for word, ahead in zip(words, [*words[1:], ""], strict=False)
    )


@kept
def bases(text: str) -> frozenset[str]:
    """The lemmas of all words of a text, and of what those deny that begin with a negation ("unsafe": "safe")."""
    return frozenset(lemma(form) for word, _ in _words(text) for form in (word, _bare(word)))


def asked(text: str, span: Span) -> bool:
    """Whether the sentence of a word ends in a question mark."""
    end = _END.search(text, span.end, span.end + _SENTENCE)
    return end is not None and end[0] == "?"


def negated(text: str, span: Span, most: int = 3) -> tuple[tuple[str, Span], ...]:
    """The words of weight behind a negation, as lemmas with their places: what it denies is one of the first."""
    end = min(len(text), span.end + _SENTENCE)
    if stop := _MARK.search(text, span.end, end):
        end = stop.start()
    return tuple(lemmas(text, Span(span.end, end))[:most])


def lemmas(text: str, span: Span) -> list[tuple[str, Span]]:
    """The words of weight in a range of the text, as lemmas, with their places."""
    return [(lemma(word), place) for word, place in _words(text, span) if word not in _LIGHT]


def opposed(premise: str, hypothesis: str) -> tuple[Opposite, ...]:
    """Words of the premise and words of the hypothesis that are each other's opposites, neither in the other text.

    Not those that `negations` counts ("legal", "illegal").
    """
    one, other = _by_sense(premise), _by_sense(hypothesis)
    told = _lemmas(premise), _lemmas(hypothesis)
    found: dict[tuple[Span, Span], Opposite] = {}
    for sense, (word, here) in one.items():
        listed = opposites().get(sense, frozenset())
        for opposite in sorted(contraries()[sense] & other.keys()):
            against, there = other[opposite]
            if lemma(word) in told[1] or lemma(against) in told[0]:
                continue
            if _bare(word) != against and _bare(against) != word:
                close = sense[2:] in narrow() or opposite[2:] in narrow()
                new = Opposite(here, there, sense[0], close, opposite not in listed)
                known = found.setdefault((here, there), new)
                if known.wide and not new.wide:
                    found[here, there] = new
    return tuple(sorted(found.values()))


@kept
def _by_sense(text: str) -> Mapping[str, tuple[str, Span]]:
    """The first word of each sense; of a verb of two words the plain verb for it."""
    found: dict[str, tuple[str, Span]] = {}
    words = _words(text)
    for at, (word, span) in enumerate(words):
        particle, ahead = ([*words[at + 1 : at + 3], ("", span), ("", span)])[:2]
        near = text[span.end : particle[1].start].isspace()
        plain = plain_verb(lemma(word), particle[0], ahead[0]) if near else ""
        place = Span(span.start, particle[1].end) if plain else span
        for sense in senses(plain or word):
            if not plain or sense.startswith("v "):
                found.setdefault(sense, (plain or word, place))
    return found


@lru_cache(maxsize=8_192)
def _bare(word: str) -> str:
    """A word without what denies it at its beginning."""
    return _BASE.sub("", word)


def _words(text: str, span: Span | None = None) -> Words:
    """The words of a text or of a range of it, folded, with their places."""
    words = _all_words(text)
    if span is None or (span.start == 0 and span.end == len(text)):
        return words
    first, last = bisect_right(words, span.start, key=_end), bisect_left(words, span.end, key=_start)
    within = words[first:last]
    if within and (within[0][1].start < span.start or within[-1][1].end > span.end):
        return _read(text, span.start, span.end)  # the range begins or ends within a word
    return within


def _start(word: tuple[str, Span]) -> int:
    return word[1].start


def _end(word: tuple[str, Span]) -> int:
    return word[1].end


@kept
def _all_words(text: str) -> Words:
    return _read(text, 0, len(text))


def _read(text: str, begin: int, end: int) -> Words:
    found: list[tuple[str, Span]] = []
    for word in _WORD.findall(text, begin, end):
        start = text.index(word, begin)  # no letter stands between two words
        begin = start + len(word)
        found.append((_folded(word), Span(start, begin)))
    return tuple(found)


@kept_word
def _folded(word: str) -> str:
    folded = word.casefold().replace("’", "'")
    return _UNMARKED.get(folded, folded)


@kept
def _lemmas(text: str) -> frozenset[str]:
    """The lemmas of all words of a text."""
    return frozenset([lemma(word) for word, _ in _all_words(text)])


def _denying(text: str) -> tuple[int, ...]:
    """Which words of a text may negate, by their form."""
    return tuple([at for at, (word, _) in enumerate(_all_words(text)) if _may_negate(word)])


@kept_word
def _may_negate(word: str) -> bool:
    listed = word in _NOT or word in _NOT_TO or word in _CUT_OFF or word == "still"
    return listed or word.endswith("n't") or _bare(word) != word


def _negates(text: str, words: Words, at: int, against: Set[str]) -> bool:
    """Whether a word negates where it stands; `against` = the lemmas of the other text."""
    word, span = words[at]
    if word in _CUT_OFF and text[span.end : span.end + 1] == "-" and at + 1 < len(words):
        word += words[at + 1][0]
    if word in _NOT or word.endswith("n't"):
        stands = not (idiom(words, at) or _named(text, words, at) or _expects_yes(text, word, span))
        return stands and (word in {"unable", "nor"} or not _after_all(text, words, at, against))
    if word in _NOT_TO:
        return at + 1 < len(words) and words[at + 1][0] == "to"
    if word == "still":
        return 0 < at < len(words) - 1 and words[at - 1][0] in _HAVE and words[at + 1][0] == "to"
    base = _bare(word)
    return base != word and base not in LOOSE and lemma(base) in against and lemma(word) not in against


def _named(text: str, words: Words, at: int) -> bool:
    """Whether a no is the short form of number or begins a name: "No. 2", "no-fly zone"."""
    word, span = words[at]
    if word != "no":
        return False
    behind = text[span.end : span.end + 3]
    if behind.startswith("-"):
        return at + 1 == len(words) or words[at + 1][0] != "one"
    return text[span.start] == "N" and _NUMBER.match(behind) is not None


def _expects_yes(text: str, word: str, span: Span) -> bool:
    """Whether a question only looks negative: "Isn't it time to go?", "…, wasn't he?"."""
    begins = not text[max(0, span.start - 2) : span.start].rstrip()[-1:].isalnum()
    return begins and word.endswith("n't") and asked(text, span)


def _after_all(text: str, words: Words, at: int, against: Set[str]) -> bool:
    """Whether a word behind the negation, which the other text does not have, says that it is so after all."""
    for place, (word, span) in enumerate(words[at + 1 : at + _REACH], at + 1):
        if _STOP.search(text, words[at][1].end, span.start):
            return False
        if word in _AFTER_ALL and lemma(word) not in against:
            return not (word == "but" and goes_on(text, words, place, verb=_denies_verb(words, at)))
    return False


def _takes_back(text: str, words: Words, first: int, last: int) -> bool:
    """Whether a negation stands so close behind another that both are none: no mark between, no "and".

    Two verbs that are denied each for itself are two: "who does not take them cannot pass them on".
    """
    own = words[last][0] == "cannot" or words[last][0].endswith("n't")
    if last - first > _NEAR or (own and last - first > 1 and _denies_verb(words, first)):
        return False
    between = text[words[first][1].end : words[last][1].start]
    return not _MARK.search(between) and not any(word in _JOINS for word, _ in words[first + 1 : last + 1])


def _denies_verb(words: Words, at: int) -> bool:
    """Whether a negation belongs to an auxiliary: "doesn't", "does not"."""
    return words[at][0].endswith("n't") or (words[at][0] == "not" and at > 0 and words[at - 1][0] in AUXILIARIES)


def _continues(text: str, words: Words, first: int, last: int) -> bool:
    """Whether a negation carries on a list that another began: "neither ... nor", "no food and no water"."""
    word = words[last][0]
    if word == "nor":
        return True
    if word != words[first][0] or _STOP.search(text, words[first][1].end, words[last][1].start):
        return False
    return words[last - 1][0] in _JOINS or "," in text[words[last - 1][1].end : words[last][1].start]
