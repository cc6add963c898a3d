"""Reported speech: what a text gives to a source, who that is, and the word that says so.

"Police said the driver was drunk", "the driver was drunk, police said", "“He was drunk,” said the
officer", "according to police, ...". No parser: a cue is a finite verb of telling or "according to",
its source the words beside it, its content the rest of the clause. Where the source cannot be read
it is None, and where no cue is plainly one there is none. Cost linear in the text; never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from consistency.facts._kept import kept
from consistency.facts._places.gazetteer import rows, words
from consistency.facts._sources.sentences import Sentence, sentences
from consistency.facts._sources.words import (
    AUX,
    CLAUSE_ONLY,
    DETERMINERS,
    DOES,
    FINITE,
    JOINTS,
    LET_KNOWN,
    MANY,
    MODALS,
    NOUNS,
    OWNING,
    PHRASES,
    PREPOSITIONS,
    RELATIVES,
    STRICT,
    TELL,
    TO_SOMEBODY,
    past,
    third,
)
from consistency.facts.hedge import BE, lemma
from consistency.facts.quotation import marks
from consistency.facts.source import PRONOUNS, Source, group_of, source
from consistency.records import Span

Force: TypeAlias = Literal[
    "neutral", "claim", "confirm", "deny", "promise", "threaten", "warn", "suggest", "insist", "predict"
]
Side: TypeAlias = Literal["front", "back", "middle"]
FORCES: Final[tuple[Force, ...]] = get_args(Force)
BLANK: Final = "\0"
"""Stands for a character inside quote marks."""

_NP: Final = 16
_APPOSITIVE: Final = 18
_TAIL: Final = 9
_BREAK: Final = re.compile(r"[,;:()—–“”\"«»\0\[\]]|\s-\s|--")
_SOFT_BREAK: Final = re.compile(r"[,“”\"«»\0—–]|\s-\s|--")
_TOLD_TO: Final = 9
_RELATIVE: Final = frozenset(("that", "which", "who"))
_RELATED: Final = 6
"""How many words before "who" are looked through for the beginning of whom it speaks of."""
_UNKNOWN: Final = frozenset(("a", "an", "no", "some", "any", "his", "her", "its", "their", "my", "our"))
"""Determiners of what a verb is done to, as often as of who does it."""
_BEING: Final = frozenset(("be", "been", "being"))
_PUT: Final = lemma("put")
_SAY: Final = lemma("say")
_PLAIN: Final = frozenset((_SAY, lemma("tell")))
_DECLARE: Final = lemma("declare")
_DESCRIBE: Final = lemma("describe")
_OPENING: Final = frozenset(phrase[0] for phrase in (*PHRASES, *LET_KNOWN))


class Reported(NamedTuple):
    """One attribution. `frame` = source, cue and whom it was told; `content` = what is told, in parts.

    `side` says where the cue stands: before what it tells, behind it or in its middle.
    """

    cue: Span
    verb: str
    force: Force
    source: Source | None
    frame: Span
    content: tuple[Span, ...]
    side: Side


@lru_cache(maxsize=1)
def _cues() -> dict[str, Force]:
    """The finite forms of all cues; a form with a negation or another meaning ("not", "ad") is none of them."""
    forces: dict[str, Force] = {force: force for force in FORCES}
    irregular = {base: forms for base, *forms in rows("irregular_verbs")}
    return {
        form: forces[force]
        for force, members in rows("cues")
        for base in members.split()
        for form in (base, *third(base), *irregular.get(base, past(base)))
    }


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    """The words that a cue may begin with; where there is none nothing is reported."""
    return _OPENING | _cues().keys()


@lru_cache(maxsize=64)
def blanked(text: str) -> str:
    """The text with what stands inside double quote marks (or single ones around a phrase) blanked, length kept."""
    parts: list[str] = []
    done = 0
    for quote in marks(text).quotations:
        if quote.depth or not (quote.closed or quote.continued) or quote.inner.start < done:
            continue
        parts += [text[done : quote.inner.start], BLANK * len(quote.inner)]
        done = quote.inner.end
    return "".join((*parts, text[done:]))


class _Cue(NamedTuple):
    """A cue by word index: `first` to `last` are its words, `who` those of its source."""

    first: int
    last: int
    verb: str
    who: range
    inverted: bool = False
    phrase: bool = False
    about: range = range(0)
    """The words between commas behind the source."""


def reported(text: str, blank: str = "") -> tuple[Reported, ...]:
    """The attributions of `text` in order; `blank` is the text with its quotes blanked where that is known."""
    return _reported(blank or blanked(text))


@kept
def _reported(masked: str) -> tuple[Reported, ...]:
    if _first_words().isdisjoint([word.fold for word in words(masked)]):
        return ()
    return tuple(frame for sentence in sentences(masked) for frame in _frames(sentence))


def _frames(sentence: Sentence) -> Iterator[Reported]:
    firsts, run = _first_words(), sentence.run
    found = [_cue(sentence, at) for at in sentence.words if run[at].fold in firsts]
    cues = _apart([cue for cue in found if cue is not None])
    low = sentence.words.start
    read: list[tuple[_Cue, range, Side]] = []
    for number, cue in enumerate(cues):
        following = cues[number + 1] if number + 1 < len(cues) else None
        high = min([following.first, *following.who[:1]]) if following else sentence.words.stop
        frame = _frame(sentence, cue, high)
        side = _side(sentence, cue, frame, range(low, high)) if frame.start >= low else None
        if side is None:
            continue
        if side == "back" and high - frame.stop <= _TAIL and not sentence.finite(range(frame.stop, high)):
            frame = range(frame.start, _joint(sentence, frame.stop, high))
        read.append((cue, frame, side))
        low = frame.stop
    for number, (cue, frame, side) in enumerate(read):
        begin = sentence.run[read[number - 1][1].stop - 1].end if number else sentence.span.start
        end = sentence.run[read[number + 1][1].start].start if number + 1 < len(read) else sentence.span.end
        span = Span(sentence.run[frame.start].start, sentence.run[frame.stop - 1].end)
        before, after = Span(begin, span.start), Span(span.end, max(end, span.end))
        contents: dict[Side, tuple[Span, ...]] = {"front": (after,), "back": (before,), "middle": (before, after)}
        yield Reported(
            cue=Span(sentence.run[cue.first].start, sentence.run[cue.last].end),
            verb=cue.verb,
            force=_cues().get(sentence.run[cue.first].fold, "neutral"),
            source=source(sentence.text, *(sentence.run[part.start : part.stop] for part in (cue.who, cue.about))),
            frame=span,
            content=contents[side],
            side=side,
        )


def _apart(cues: list[_Cue]) -> list[_Cue]:
    """The cues without those that stand in the source of another."""
    taken = {at for cue in cues for at in cue.who}
    return [cue for cue in cues if cue.first not in taken]


def _joint(sentence: Sentence, low: int, high: int) -> int:
    """Where a clause begins that is joined to the words before ("..., he said on Monday, and ..."); else `high`."""
    return next((at for at in range(low, high) if sentence.run[at].fold in JOINTS), high)


def _cue(sentence: Sentence, at: int) -> _Cue | None:
    """The cue that begins at word `at`, with its source."""
    word = sentence.run[at]
    if word.fold in _OPENING:
        folds = tuple(one.fold for one in sentence.run[at : min(at + 4, sentence.words.stop)])
        for phrase in PHRASES:
            if folds[: len(phrase)] == phrase:
                last = at + len(phrase) - 1
                return _Cue(at, last, "say", _behind(sentence, last + 1), phrase=True)
        for phrase in LET_KNOWN:
            if folds[: len(phrase)] == phrase:
                return _beside(sentence, at, at + len(phrase) - 1, "say")
    if word.fold not in _cues() or word.capital or word.owns:
        return None
    return _beside(sentence, at, at, lemma(word.fold)) if _verbal(sentence, at) else None


def _verbal(sentence: Sentence, at: int) -> bool:
    """Whether a form that may be a noun is a verb here."""
    run, fold = sentence.run, sentence.run[at].fold
    if lemma(fold) in _PLAIN:
        return True
    before = run[at - 1] if at > sentence.words.start else None
    if before and (before.owns or before.fold in DETERMINERS):
        return not (fold in NOUNS or before.owns or before.fold in OWNING)
    if fold not in NOUNS:
        return True
    many = before is not None and (before.fold.endswith("s") or before.fold in MANY)
    if not before or (many == fold.endswith("s") and not before.capital):
        return False  # "the deep state that", "police officers' reports that"
    following = run[at + 1].fold if at + 1 < sentence.words.stop else ""
    return following in PRONOUNS or following in DETERMINERS or following in {"to", "that"}


def _beside(sentence: Sentence, first: int, last: int, verb: str) -> _Cue | None:
    """A verb with its subject: before it, before what is set off with commas, or inverted behind it."""
    run, start = sentence.run, sentence.words.start
    left = first - 1
    while left >= start and not _BREAK.search(run[left + 1].gap) and _beside_verb(run[left].fold):
        left -= 1
    apart = left < start or _BREAK.search(sentence.gap(left + 1)) is not None
    if not apart and run[left].fold in MODALS | BE | _BEING:
        return None
    if apart:
        low = next((at for at in range(left, max(start, left - _APPOSITIVE), -1) if "," in run[at].gap), -1)
        spoken = verb in TO_SOMEBODY and low >= 0 and _stands_before(sentence, verb, low, left)
        inverted = range(0) if spoken or left + 1 < first else _behind(sentence, last + 1)
        if inverted and _is_inverted(sentence, first, inverted):
            return _Cue(first, last, verb, inverted, inverted=True)
        if left < start or low < 0 or "," not in sentence.gap(left + 1):
            return _Cue(first, last, verb, range(first, first))
        return _Cue(first, last, verb, _subject(sentence, low - 1), about=range(low, left + 1))
    return _Cue(first, last, verb, _subject(sentence, left))


def _beside_verb(fold: str) -> bool:
    return fold in AUX or (fold.endswith("ly") and fold not in {"family", "assembly", "ally", "july", "italy"})


def _stands_before(sentence: Sentence, verb: str, low: int, left: int) -> bool:
    """Whether somebody with what is set off behind them, from `low` to `left`, stands before a verb that is done to
    somebody: "Sand, the governor, told residents", but not "the dam, it seems, is safe, warned the governor".
    """
    about = range(low, left + 1)
    if sentence.finite(_subject(sentence, low - 1)):
        return False
    return verb == TELL or sentence.run[low].fold in RELATIVES or not sentence.finite(about)


def _is_inverted(sentence: Sentence, first: int, who: range) -> bool:
    """Whether the words behind the cue are its subject: "said the minister", behind a quote or what was told.

    Somebody not yet known is one only where its words say who speaks: "found a market"; what is "said" needs no more.
    """
    told, cue = sentence.run[who.start], lemma(sentence.run[first].fold)
    core = takewhile(lambda one: one.fold not in PREPOSITIONS and one.fold != "of", sentence.run[who.start : who.stop])
    speaks = cue == _SAY or any(one.capital or group_of(one.fold) for one in core)
    if (told.fold in _UNKNOWN and not speaks) or (told.fold in PRONOUNS and cue == TELL):
        return False
    fits = told.capital or told.fold in DETERMINERS or told.fold in PRONOUNS or group_of(told.fold) is not None
    gap = sentence.gap(first)
    fits = fits or (BLANK in gap and any(one.capital for one in sentence.run[who.start : who.stop]))
    if not fits or told.fold == "that" or not _SOFT_BREAK.search(gap) or _BREAK.search(told.gap):
        return False
    end = _clause_end(sentence, first + 1)
    end = next((at for at in range(first + 2, end) if sentence.run[at].fold == "who"), end)  # "said a nurse who was"
    return BLANK in gap or not sentence.finite(range(first + 1, end))


def _clause_end(sentence: Sentence, at: int) -> int:
    high = min(sentence.words.stop, at + _NP)
    return next((one for one in range(at + 1, high) if _BREAK.search(sentence.run[one].gap)), high)


def _behind(sentence: Sentence, at: int) -> range:
    """The words from `at` on that may be a source: up to a break, a joint or a verb."""
    stop = at
    high = min(sentence.words.stop, at + _NP)
    while stop < high:
        word = sentence.run[stop]
        if stop > at and (_BREAK.search(word.gap) or word.fold in JOINTS or word.fold in FINITE):
            break
        stop += 1
    return range(at, stop)


def _subject(sentence: Sentence, last: int) -> range:
    """The words up to `last` that may be a subject, without an opening adverbial ("On Monday police")."""
    run = sentence.run
    if run[last].fold in _RELATIVE:
        low = max(sentence.words.start, last - _RELATED)
        return range(next((at for at in range(last - 1, low, -1) if run[at].fold in DETERMINERS), last), last)
    first = last
    while first > max(sentence.words.start, last - _NP):
        joined = run[first - 1].fold in JOINTS and not (run[first].capital and run[first - 2].capital)
        if _BREAK.search(run[first].gap) or run[first].opens or joined:
            break
        first -= 1
    if run[first].fold in PREPOSITIONS:
        first = next(
            (at for at in range(first + 2, last + 1) if group_of(run[at].fold) or run[at].fold in PRONOUNS), last
        )
    return range(first, last + 1)


def _frame(sentence: Sentence, cue: _Cue, high: int) -> range:
    """The words of source and cue, with whom it was told to, when, and "that"."""
    first = min([cue.first, *cue.who[:1]])
    last = max([cue.last, *cue.who[-1:]])
    for at in range(last + 1, min(last + _TOLD_TO, high)):
        word = sentence.run[at]
        if _BREAK.search(word.gap) or word.fold in FINITE:
            break
        if word.fold == "that":
            if cue.verb in CLAUSE_ONLY and _relative(sentence, last, at):
                break
            return range(first, at + 1)
    stop = last + 1
    if cue.verb == TELL and not cue.inverted:
        stop = _addressee(sentence, stop, high)
    day = stop + (stop < high and sentence.run[stop].fold == "on")
    stop = day + 1 if day < high and sentence.run[day].fold.endswith("day") else stop
    return range(first, sentence.clause_about(stop, high) if cue.inverted or cue.phrase else stop)


def _relative(sentence: Sentence, cue: int, at: int) -> bool:
    """Whether "that" belongs to a thing the verb is done to: "put on display the sword that it lent"."""
    run = sentence.run
    nouns = (one for one in (at - 3, at - 2) if one > cue and run[one].fold in DETERMINERS)
    return any(run[one - 1].fold not in PREPOSITIONS | {"of", "to"} for one in nouns)


def _addressee(sentence: Sentence, at: int, high: int) -> int:
    """The end of whom it was told to: a word, a name, or a noun with its article."""
    if at >= high or _BREAK.search(sentence.run[at].gap):
        return at
    stop = at + 1 + (sentence.run[at].fold in DETERMINERS)
    while stop < high and sentence.run[stop].capital and sentence.run[stop - 1].capital:
        stop += 1
    return min(stop, high)


def _side(sentence: Sentence, cue: _Cue, frame: range, room: range) -> Side | None:
    """Where the cue stands to what it tells; None where it tells nothing."""
    run = sentence.run
    gap_before, gap_after = sentence.gap(frame.start), sentence.gap(frame.stop)
    before, after = range(room.start, frame.start), range(frame.stop, room.stop)
    told_before = bool(before) or BLANK in gap_before
    told_after = bool(after) or BLANK in gap_after
    clause_after = BLANK in gap_after or sentence.finite(after)
    goes_on = clause_after and _SOFT_BREAK.search(gap_after) is not None
    if cue.verb == _PUT and BLANK not in gap_before and not (after and run[frame.stop].fold == "it"):
        told_before = False  # "he put it more bluntly", but "cooked in one town, put into tins in another"
    if cue.inverted:
        return "middle" if goes_on else "back"
    if cue.phrase:
        if not told_before:
            return "front" if told_after else None
        return "middle" if goes_on and "," in gap_before else "back"
    joined = bool(before) and run[frame.start - 1].fold in JOINTS and BLANK not in gap_before
    ended = _SOFT_BREAK.search(gap_before) is not None and not joined and told_before
    that = run[frame.stop - 1].fold == "that"
    to = [one.fold for one in run[after.start : after.stop][:2]]
    does = to[:1] == ["to"] and cue.verb not in _PLAIN and not DETERMINERS.intersection(to)  # "they continued to meet"
    if ended and not that and not does and (goes_on or not clause_after):
        return "middle" if goes_on else "back"
    if not told_after or not _tells(sentence, cue, frame, after):
        return None
    return "front"


def _tells(sentence: Sentence, cue: _Cue, frame: range, after: range) -> bool:
    """Whether what follows the verb is told, and is no thing that the verb is done to."""
    gap = sentence.gap(frame.stop)
    if sentence.run[frame.stop - 1].fold == "that" or BLANK in gap or ":" in gap:
        return True
    following = sentence.run[frame.stop].fold
    if cue.verb == _DESCRIBE:
        return any(sentence.run[at].fold == "as" for at in range(frame.stop, min(after.stop, frame.stop + _TOLD_TO)))
    if cue.verb == TELL:
        return following != "to" and sentence.finite(after)
    if cue.verb not in STRICT or (cue.verb in DOES and following in {"to", "that"}):
        return cue.verb not in CLAUSE_ONLY
    if cue.verb in CLAUSE_ONLY:
        return False
    end = min(after.stop, _clause_end(sentence, frame.stop))
    if cue.verb == _DECLARE and following in DETERMINERS:  # "declared a truce although it is winning"
        end = next((at for at in range(frame.stop + 1, end) if sentence.run[at].fold in JOINTS), end)
    return following not in PREPOSITIONS and sentence.finite(range(frame.stop, end))
