"""What a text leaves open: hedges, the word each of them stands on, and how firmly a word is told.

"may visit", "allegedly stole", "the alleged killer", "plans to close": a hedge and its head. The
same head without the hedge is told as a fact, as something coming, or not told at all (an infinitive,
a condition, a negation). `data/hedges.tsv` holds the wordings, `data/irregular_verbs.tsv` the verbs.
No parser: a head is the next word of weight, so what is read here must be held against its context.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

import msgspec

from consistency.facts._hedge_marks import MARK, marks
from consistency.facts._kept import kept
from consistency.facts._lists import word_set
from consistency.facts._tokens import Token, at, tokenize
from consistency.facts._verb_forms import bases, irregular, pasts, rows
from consistency.records import Span

Kind: TypeAlias = Literal["possible", "likely", "expected", "reported", "apparent", "plan", "future", "would"]
Frame: TypeAlias = Literal["verb", "noun", "any", "clause", "ing", "state"]
Told: TypeAlias = Literal["past", "present", "future", "would", "open"]
"""As done, as so, as coming, as coming or conditional in the past, or not as a fact at all."""

BE: Final = word_set("am is are was were it's that's he's she's there's who's what's they're we're")
_OF_EE: Final = word_set("agreed decreed disagreed freed guaranteed refereed")
"""Of verbs in "ee"; the other words in "eed" are not inflected ("need", "exceed")."""
_BE_PAST: Final = word_set("was were")
_BE_BARE: Final = word_set("be been being")
_DO: Final[dict[str, Told]] = {"did": "past", "do": "present", "does": "present"}
_HAVE: Final = word_set("have has had having i've we've they've you've")
_WILL: Final = word_set("will shall i'll we'll they'll you'll he'll she'll it'll that'll there'll")
_WOULD: Final = word_set("would i'd we'd they'd you'd he'd she'd")
_OPEN_MODALS: Final = word_set("may might could can should must ought need cannot")
_DETERMINERS: Final = word_set("a an the this that these those his her its their our my your some any no each every")
_OF_NOUNS: Final = _DETERMINERS - {"that", "this", "these", "those"}
"""What makes a noun of the next word; "a bridge that will open" is none."""
_PREPOSITIONS: Final = word_set(
    "of in on at by for from with about into over under after before during between against as to than through",
    "within without near since until till like amid among toward towards upon via per despite",
)
_CONDITIONS: Final = word_set("if unless whether until till lest once")
_CLAUSE_ENDS: Final = frozenset(',;:.!?()—–“”"')
_NEGATIONS: Final = word_set("not never no neither nor hardly cannot nobody nothing none without")
_PRONOUNS: Final = word_set("i you he she it we they who which that this")
_PLURAL_PRONOUNS: Final = word_set("i you we they")
_ADVERBS: Final = word_set(
    "also now then soon even anyway still just already well thus so too often always ever once later again first",
    "now today yesterday yet almost both all each themselves himself herself itself perhaps",
)
_NOT_LY: Final = word_set(
    "family ally supply reply apply rally fly bully italy july assembly monopoly rely comply multiply"
)
_EMPTY: Final = word_set(
    "be been being have has had having do does did done get got a an the to of in on at by for from with and",
    "or but as that which who whom it its he she they we i you his her their our this these those there then than so",
    "is are was were am will would shall not no also more most some any into up out over about after before since",
    "until s said if when because while where why how though although me us them myself himself herself itself",
    "themselves however",
)
_MONTH_BEFORE: Final = word_set("in of since until till by last next early late mid this from every on before after")
_STATES: Final = word_set(
    "dead drowned killed trapped lost missing responsible involved behind guilty injured wounded stolen buried",
)
_SENSES: Final = word_set("see hear feel smell taste find tell not only")
_NO_HEDGE_AFTER: Final = word_set("not never no as if how than")
_OPENS_ANOTHER: Final = word_set("but that who which because while when where though although since")
"""What begins a clause of its own: "probably his, but that"."""
_STEPS: Final = 7
_NOT_ED: Final = word_set(
    "naked wicked sacred hundred hatred speed breed indeed wretched rugged aged beloved kindred biped moped"
)
_AUXILIARIES: Final[dict[str, Told]] = {
    **dict.fromkeys(BE, "present"),
    **dict.fromkeys(_BE_PAST, "past"),
    **dict.fromkeys(_WILL, "future"),
    **dict.fromkeys(_WOULD, "would"),
    **dict.fromkeys(_OPEN_MODALS | _NEGATIONS, "open"),
    **_DO,
}
_VOWELS: Final = frozenset("aeiouy")
_OF_IE: Final = {"dying": "die", "lying": "lie", "lied": "lie", "tying": "tie", "vying": "vie"}
"""Forms of short verbs in "ie" that no rule leads back to them."""


class Hedge(NamedTuple):
    """`words` and `head` in offsets of the text; `wording` = the words folded, `at` = the head's token."""

    kind: Kind
    frame: Frame
    words: Span
    wording: tuple[str, ...]
    head: Span
    lemma: str
    at: int


class Word(msgspec.Struct, frozen=True, gc=False):
    """A token of the text with its lemma and its sentence; `weight` = a content word, and no hedge."""

    token: Token
    lemma: str
    sentence: int
    weight: bool


class Reading(NamedTuple):
    """`sentences` = the index of the first word of each sentence, and at the end the count of words; `marks` = words
    that leave open what their sentence tells, by the index of the first of them.
    """

    words: tuple[Word, ...]
    hedges: tuple[Hedge, ...]
    sentences: tuple[int, ...]
    marks: dict[int, tuple[str, ...]]


@kept
def read(text: str) -> Reading:
    """The words and hedges of `text`, in order; cost linear in its length, never raises."""
    tokens = tokenize(text)
    found = _hedges(text)
    open_here = marks(tokens, [(first, last) for first, last, hedge in found if hedge is None])
    inside = {index for first, last, _ in found for index in range(first, last)}
    inside.update(index for first, phrase in open_here.items() for index in range(first, first + len(phrase)))
    sentences = [0]
    words: list[Word] = []
    for index, token in enumerate(tokens):
        weight = (token.is_word or token.is_digits) and token.fold not in _EMPTY and index not in inside
        words.append(Word(token, lemma(token.fold), len(sentences) - 1, weight))
        if token.text in ".!?" and at(tokens, index + 1).text[:1].isupper():
            sentences.append(index + 1)
    return Reading(tuple(words), hedges(text), (*sentences, len(words)), open_here)


def hedges(text: str) -> tuple[Hedge, ...]:
    """The hedges of `text`, in order."""
    return tuple(hedge for _, _, hedge in _hedges(text) if hedge is not None)


@lru_cache(maxsize=65536)
def lemma(fold: str) -> str:
    """A rough lemma: "stole", "stolen" and "stealing" are one, "visits" and "visited" too."""
    word = fold.removesuffix("'s")
    word = irregular().get(word) or _OF_IE.get(word, word)
    for ending, least in (("ies", 2), ("ied", 2), ("ing", 3), ("ed", 2), ("es", 3), ("s", 3)):
        base = word.removesuffix(ending)
        spoken = ending in {"ies", "ied"} or _VOWELS & set(base)
        whole = word.endswith(("ss", "us", "is")) or (word.endswith("eed") and word not in _OF_EE)
        if base != word and len(base) >= least and spoken and not whole:
            word = base + "y" if ending in {"ies", "ied"} else base
            break
    word = irregular().get(word, word)
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def is_verb_form(fold: str) -> bool:
    """Whether the word is a participle or a past by its form alone ("leaving", "killed", "stolen")."""
    return (fold in pasts() and fold not in bases()) or fold.endswith("ing") or _has_ed(fold)


def told(reading: Reading, index: int) -> Told:
    """How the word at `index` is told, as the auxiliaries before it and its own form say."""
    words = reading.words
    if _conditional(words, index):
        return "open"
    perfect = bare = False
    for place in range(index - 1, max(-1, index - _STEPS), -1):
        fold = words[place].token.fold
        if fold == "to":
            return _infinitive(words, place)
        if (manner := _auxiliary(fold)) is not None:
            return "open" if perfect and manner == "future" else manner
        if fold in _HAVE:
            perfect = True
        elif fold in _BE_BARE:
            bare = True
        elif not _adverb(fold):
            break
    if perfect or bare:
        return "past" if perfect else "open"
    return _form(words, index)


def _auxiliary(fold: str) -> Told | None:
    """What a finite auxiliary makes of its verb; None for "have" and for all that is no auxiliary."""
    return "open" if fold.endswith("n't") else _AUXILIARIES.get(fold)


def told_from(reading: Reading, index: int) -> int:
    """The index of the first auxiliary or adverb before the word at `index` that belongs to it."""
    words = reading.words
    first = place = index
    while place > 0 and index - place < _STEPS - 1:
        place -= 1
        fold = words[place].token.fold
        if fold in BE or fold in _BE_BARE or fold in _HAVE or fold in _WILL or fold in _WOULD or fold in _DO:
            first = place
        elif fold not in {"to", "going"} and not _adverb(fold):
            break
    return first


def copula(reading: Reading, index: int) -> Told:
    """How a noun or adjective is told: by the form of "be" before it and its determiners."""
    words = reading.words
    for place in range(index - 1, max(-1, index - _STEPS + 1), -1):
        fold = words[place].token.fold
        if fold in BE or fold in _BE_BARE:
            return told(reading, place + 1)
        if fold in _CLAUSE_ENDS or (fold in _PREPOSITIONS and words[place - 1].token.fold not in {"that", "those"}):
            break
    return "open"


def copula_from(reading: Reading, index: int) -> int:
    """The index where the form of "be" begins that tells the noun or adjective at `index`."""
    words = reading.words
    for place in range(index - 1, max(-1, index - _STEPS + 1), -1):
        if words[place].token.fold in BE or words[place].token.fold in _BE_BARE:
            return told_from(reading, place + 1)
    return index


def _infinitive(words: tuple[Word, ...], place: int) -> Told:
    """Coming after "going to", "is to" and "certain to"; every other infinitive is open."""
    before = words[place - 1].token.fold if place else ""
    return "future" if before in {"going", "is", "are", "certain", "sure", "bound"} else "open"


def _conditional(words: tuple[Word, ...], index: int) -> bool:
    """Whether a condition, a question or "as if" opens the clause."""
    for place in range(index - 1, max(-1, index - 12), -1):
        fold = words[place].token.fold
        if fold in _CLAUSE_ENDS:
            return False
        if fold in _CONDITIONS:
            return True
    return False


def _form(words: tuple[Word, ...], index: int) -> Told:
    """What the word itself says where no auxiliary stands before it."""
    fold = words[index].token.fold
    before = words[index - 1].token.fold if index else ""
    past, base = fold in pasts(), fold in bases()
    if past and base and _a_thing(words, index):
        return "open"
    if (past and not base) or (_has_ed(fold) and before not in _DETERMINERS):
        return "past"
    if fold.endswith("ing") or not before[:1].isalpha() or before in _DETERMINERS or before in _PREPOSITIONS:
        return "open"
    many = before in _PLURAL_PRONOUNS or (before.endswith("s") and not before.endswith(("'s", "ss", "us")))
    if past and not many:
        return "past"
    third = fold.endswith("s") and not fold.endswith(("ss", "us"))
    return "present" if third or many or before in _PRONOUNS else "open"


def _a_thing(words: tuple[Word, ...], index: int) -> bool:
    """Whether a word that may be a past or a noun ("cost", "cut") is a noun: owned, "of" something, or said to be."""
    owned = index > 0 and words[index - 1].token.fold.endswith("'s") and words[index - 1].token.fold not in BE
    after = words[index + 1].token.fold if index + 1 < len(words) else ""
    return owned or after == "of" or after in BE or after in _WILL or after in _WOULD


def _has_ed(fold: str) -> bool:
    return fold.endswith("ed") and len(fold) > len("need") and fold not in _NOT_ED


def _adverb(fold: str) -> bool:
    return fold in _ADVERBS or (fold.endswith("ly") and len(fold) > 4 and fold not in _NOT_LY)


@kept
def _hedges(text: str) -> tuple[tuple[int, int, Hedge | None], ...]:
    """First and last token of each hedge and, where its head is found, the hedge itself."""
    tokens = tokenize(text)
    table = _table()
    found: list[tuple[int, int, Hedge | None]] = []
    follow = 0
    for index, opening in enumerate(tokens):
        if index < follow or opening.fold not in table:
            continue
        for phrase, kind, frame in table[opening.fold]:
            end = index + len(phrase)
            if tuple([token.fold for token in tokens[index:end]]) == phrase and _real(
                tokens, index, end, phrase, frame
            ):
                head = _HEADS[frame](tokens, end)
                hedge = None
                if head >= 0:
                    hedge = Hedge(
                        kind,
                        frame,
                        Span(opening.start, tokens[end - 1].end),
                        phrase,
                        Span(tokens[head].start, tokens[head].end),
                        lemma(tokens[head].fold),
                        head,
                    )
                found.append((index, end, hedge))
                follow = end
                break
    return tuple(found)


def _real(tokens: tuple[Token, ...], index: int, end: int, phrase: tuple[str, ...], frame: Frame) -> bool:
    """Whether the words are a hedge here: no month of May, no "as far as possible", no "more likely"."""
    first, before, next_one = tokens[index], at(tokens, index - 1).fold, at(tokens, end)
    after = next_one.fold
    return not any(
        (
            after in {"not", "never", "only"} or before in _NO_HEDGE_AFTER,
            first.fold == "may" and (before in _MONTH_BEFORE or next_one.is_digits),
            first.fold in {"may", "might", "will"} and (not first.text.islower() or before in _OF_NOUNS),
            frame == "any" and after == "that",
            frame == "clause" and after in {"to", "of"},
            "likely" in phrase and before in {"more", "less", "equally"},
            phrase == ("could",) and after in _SENSES,
            phrase == ("would",) and after in {"have", "-"},
            phrase[0] in {"due", "set"} and before not in BE and not _adverb(before),
            frame == "state" and after not in _STATES,
            frame == "noun" and (before in BE or before in _HAVE or before in _PRONOUNS or after != next_one.text),
            frame == "ing" and len(phrase) == 1 and not after.endswith("ing") and after not in _DETERMINERS,
        )
    )


def _verb_head(tokens: tuple[Token, ...], end: int) -> int:
    """The next word of weight: past auxiliaries, adverbs, articles and little words, within a few tokens."""
    for index in range(end, min(len(tokens), end + _STEPS)):
        token = tokens[index]
        if token.fold in _CLAUSE_ENDS or token.fold in _NEGATIONS:
            return -1
        if token.is_word and token.fold not in _EMPTY and not _adverb(token.fold):
            return index
    return -1


def _near_head(tokens: tuple[Token, ...], end: int) -> int:
    """The next word of weight, past auxiliaries, adverbs and articles but no preposition."""
    head = _verb_head(tokens, end)
    between = tokens[end : max(end, head)]
    return -1 if any(token.fold in _PREPOSITIONS or token.fold in _OPENS_ANOTHER for token in between) else head


def _next_head(tokens: tuple[Token, ...], end: int) -> int:
    """The very next word."""
    token = at(tokens, end)
    return end if token.is_word and token.fold not in _EMPTY else -1


def _clause_head(tokens: tuple[Token, ...], end: int) -> int:
    """The first word of the clause that is plainly a verb."""
    past = pasts()
    for index in range(end, min(len(tokens), end + 10)):
        fold = tokens[index].fold
        if fold in _CLAUSE_ENDS and index > end:
            return -1
        if fold in BE or fold in _HAVE or fold in _WILL or fold in _OPEN_MODALS:
            return _verb_head(tokens, index + 1)
        if index > end and (fold in past or _has_ed(fold)):
            return index
    return -1


_HEADS: Final = {
    "verb": _verb_head,
    "noun": _next_head,
    "any": _near_head,
    "clause": _clause_head,
    "ing": _verb_head,
    "state": _next_head,
}


@lru_cache(maxsize=1)
def _table() -> dict[str, list[tuple[tuple[str, ...], Kind, Frame]]]:
    """Wordings by their first word, the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], Kind, Frame]]] = {}
    kinds: dict[str, Kind] = {kind: kind for kind in KINDS}
    frames: dict[str, Frame] = {frame: frame for frame in _FRAMES}
    for kind, frame, wordings in rows("hedges"):
        for wording in wordings.split(", ") if frame != MARK else ():
            phrase = tuple(wording.split())
            table.setdefault(phrase[0], []).append((phrase, kinds[kind], frames[frame]))
    for alike in table.values():
        alike.sort(key=lambda row: -len(row[0]))
    return table


KINDS: Final[tuple[Kind, ...]] = ("possible", "likely", "expected", "reported", "apparent", "plan", "future", "would")
_FRAMES: Final[tuple[Frame, ...]] = ("verb", "noun", "any", "clause", "ing", "state")
