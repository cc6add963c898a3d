"""A condition that is dropped: "the tax will be cut if parliament agrees", told as "the tax will be cut".

What hangs on the condition is a clause that looks ahead ("will", "could", "plans to"). It must be known again by most
of its words in a sentence of the other text, and neither that sentence nor one beside it may leave anything open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import Final, NamedTuple

from consistency.checks._hedges.reworded import CANDIDATES, ENDS
from consistency.checks._hedges.words import SOFT, SOURCE
from consistency.facts._lists import word_set
from consistency.facts.hedge import Kind, Reading, Word, lemma, read
from consistency.facts.kin import among
from consistency.facts.reported import reported
from consistency.records import Span

_OPENERS: Final = tuple(
    tuple(phrase.split())
    for phrase in (
        "if",
        "unless",
        "provided",
        "providing that",
        "assuming",
        "on condition that",
        "as long as",
        "so long as",
        "subject to",
    )
)
_FIRST: Final = frozenset(phrase[0] for phrase in _OPENERS)
_NO_CONDITION: Final = frozenset(
    map(
        lemma,
        word_set(
            "even as what and or but ask asked wonder know see unclear sure clear say find decide decided tell told",
            "check learn doubt matter remember understand determine test question unknown unsure consider discuss",
        ),
    )
)
"""Before "if", where it is no condition: "even if", "as if", "asked if"."""
_NOTHING: Final = word_set("so not any ever necessary needed possible at anything anyone anybody only you i needs")
"""Behind "if", where it adds little: "if necessary", "if any", "if not all"."""
_AHEAD: Final[frozenset[Kind]] = frozenset(["possible", "likely", "expected", "plan", "future", "would"])
_WILL: Final = word_set("will would")
_SUBJECTS: Final = word_set("the a an he she it they we his her its their this that these those all")
_UNREAL: Final = word_set("were had")
_JOINTS: Final = word_set("that and but while because which who")
_CONDITIONAL: Final = frozenset(
    map(
        lemma,
        word_set(
            "if unless whether provided providing should subject pending depend depends dependent hinge condition",
            "conditional contingent conditionally may might could can possible possibly perhaps proviso",
            "permission consent",
        ),
    )
)
"""Words of a condition, and what leaves the whole open."""
_LEFT_OPEN: Final = frozenset(
    map(
        lemma,
        word_set(
            "once when until till before without otherwise need require must await waiting only assuming case event or",
            "else long demand insist call approval yet still provision clearance means",
        ),
    )
)
"""Words that may stand for a condition, where the other text does not have them beside it."""
_IN_RETURN: Final = word_set("with return exchange given upon following after then")
"""Words that may stand for it beside the words of the condition: "with the consent of parliament"."""
_MIN: Final = 2
_HALF: Final = 0.5
_ELSEWHERE: Final = 0.7
_LONGEST: Final = 24
"""Words of a condition, and of the clause that hangs on it."""
_MOST: Final = 60
"""Sentences of more words of weight tell too many things."""
_SURE: Final = 0.6


class Dropped(NamedTuple):
    """The condition in the one text, the sentence without it in the other."""

    condition: Span
    plain: Span
    sure: float


class _Hung(NamedTuple):
    condition: Span
    asked: frozenset[str]
    """The words of the condition."""
    words: frozenset[str]
    """Those of the clause that hangs on it."""
    outside: frozenset[str]
    """All words but those of the condition."""


def conditions_dropped(texts: tuple[str, str], beside: Iterable[str], others: Iterable[str]) -> Iterator[Dropped]:
    """Conditions of the first text that the second, and the sentences beside it, leave out.

    `others` are the other sentences of the first article, which may tell it without a condition too.
    """
    hung = list(islice(_hung(texts[0]), CANDIDATES))
    if not hung:
        return
    version, near_it = read(texts[1]), [_lemmas(read(text).words) for text in beside]
    rest: list[frozenset[str]] | None = None
    for one in hung:
        plain = _told(one, texts[1], version)
        if plain is None or any(_hangs(one, every) for every in near_it):
            continue
        if rest is None:
            rest = [_lemmas(words) for reading in map(read, (texts[0], *others)) for words in _sentences(reading)]
        if not any(_plainly(one, every) for every in rest):
            yield Dropped(one.condition, plain, _SURE)


def _hung(text: str) -> Iterator[_Hung]:
    """Each condition of a text and what hangs on it."""
    reading = read(text)
    words = reading.words
    if _FIRST.isdisjoint([word.token.fold for word in words]):
        return
    frames = [one.frame for one in reported(text)]
    for at in range(len(words)):
        behind = _opened(reading, at)
        if behind is None:
            continue
        last = _before_main(reading, at, behind, _end(reading, behind))
        clause = words[behind:last]
        asked = frozenset(word.lemma for word in clause if word.weight)
        head = _main(reading, at, last)
        if len(asked) < _MIN or head is None or any(word.token.fold in _UNREAL for word in clause[:5]):
            continue
        told = _clause(reading, head, range(at, last), frames)
        if len(told) >= _MIN:
            outside = _lemmas((*words[:at], *words[last:]))
            yield _Hung(Span(words[at].token.start, words[last - 1].token.end), asked, told, outside)


def _opened(reading: Reading, at: int) -> int | None:
    """The word behind the opening of a condition that begins here."""
    words = reading.words
    if words[at].token.fold not in _FIRST:
        return None
    folds = tuple(word.token.fold for word in words[at : at + 3])
    phrase = next((some for some in _OPENERS if folds[: len(some)] == some), None)
    behind = at + len(phrase) if phrase else len(words)
    if behind >= len(words) or words[behind].token.fold in _NOTHING or words[behind].token.text in ENDS:
        return None
    before = words[at - 1] if at else None
    if before is not None and (before.lemma in _NO_CONDITION or before.token.fold in {"be", "been"}):
        return None
    if phrase == ("provided",) and words[behind].token.fold != "that" and (before is None or before.token.text != ","):
        return None
    return behind


def _end(reading: Reading, at: int) -> int:
    """Where the clause ends that begins here."""
    words = reading.words
    stop = min(len(words), at + _LONGEST, reading.sentences[words[at].sentence + 1])
    return next((place for place in range(at + 1, stop) if words[place].token.text in ENDS), stop)


def _before_main(reading: Reading, at: int, behind: int, last: int) -> int:
    """Where a condition ends that opens its sentence without a comma behind it: before the subject of "will"."""
    words = reading.words
    if at and words[at - 1].sentence == words[at].sentence:
        return last
    will = next((place for place in range(behind, last) if words[place].token.fold in _WILL), last)
    subject = next((place for place in range(will - 1, behind, -1) if words[place].token.fold in _SUBJECTS), will - 1)
    return subject if will < last else last


def _main(reading: Reading, at: int, last: int) -> int | None:
    """The word that looks ahead in the clause that hangs on a condition: right before it, or behind an opening one."""
    words = reading.words
    number = words[at].sentence
    heads = [hedge.at for hedge in reading.hedges if hedge.kind in _AHEAD and hedge.frame == "verb"]
    heads += [place for place, word in enumerate(words[:-1]) if word.token.fold == "should"]
    ahead = sorted(head for head in heads if words[head].sentence == number and not at <= head < last)
    if at and words[at - 1].sentence == number:
        return max((head for head in ahead if head < at), default=None)
    return next(iter(ahead), None)


def _clause(reading: Reading, head: int, condition: range, frames: list[Span]) -> frozenset[str]:
    """The words of weight of the clause around a word, without a condition and whom it is given to."""
    words = reading.words
    first = last = head
    while first > 0 and head - first < _LONGEST and not _closes(reading, first - 1):
        first -= 1
    while last + 1 < len(words) and last - head < _LONGEST and words[last + 1].token.text not in ENDS:
        last += 1
    return frozenset(
        words[at].lemma
        for at in range(first, last + 1)
        if words[at].weight
        and at not in condition
        and words[at].lemma not in SOURCE
        and not any(frame.start <= words[at].token.start < frame.end for frame in frames)
    )


def _closes(reading: Reading, at: int) -> bool:
    return reading.words[at].token.text in ENDS or reading.words[at].token.fold in _JOINTS


def _told(one: _Hung, text: str, version: Reading) -> Span | None:
    """The sentence of the version that tells what hangs on the condition, where none tells that."""
    frames = [frame.frame for frame in reported(text)]
    sentences = _sentences(version)
    for number, words in enumerate(sentences):
        if _plain(one, words, frames):
            beside = (_lemmas(other) for at, other in enumerate(sentences) if at != number)
            if not any(_hangs(one, every) for every in beside):
                return Span(words[0].token.start, words[-1].token.end)
    return None


def _plain(one: _Hung, words: tuple[Word, ...], frames: list[Span]) -> bool:
    """Whether a sentence tells what hangs on the condition, and leaves nothing open."""
    own, every = one.outside | one.asked, _lemmas(words)
    folds = {word.token.fold for word in words}
    told = frozenset(
        word.lemma
        for word in words
        if word.weight and not any(span.start <= word.token.start < span.end for span in frames)
    )
    if not told or len(told) > _MOST or "?" in folds or _leaves_open(one, every, folds):
        return False
    if ("would" in folds and not frames) or {"were", "to"} <= folds:
        return False  # "were the city to offer it" is a condition as well
    kept = sum(among(word, told) for word in one.words)
    mostly = sum(among(word, own) for word in told)
    if kept < max(_MIN, _HALF * len(one.words)) or mostly < _HALF * len(told):
        return False
    met = sum(among(word, every) for word in one.asked) >= _HALF * len(one.asked)
    return not met or _IN_RETURN.isdisjoint(folds)


def _sentences(reading: Reading) -> list[tuple[Word, ...]]:
    return [reading.words[first:last] for first, last in pairwise(reading.sentences) if first < last]


def _lemmas(words: Iterable[Word]) -> frozenset[str]:
    return frozenset(word.lemma for word in words)


def _leaves_open(one: _Hung, every: frozenset[str], folds: set[str]) -> bool:
    """Whether a sentence leaves anything open: in any words for a condition, or in other words of its own."""
    own = every - one.outside
    words = every & _CONDITIONAL or own & _LEFT_OPEN or (own - one.asked) & SOFT
    return bool(words) or any(fold.endswith("n't") for fold in folds)


def _hangs(one: _Hung, every: frozenset[str]) -> bool:
    """Whether a sentence beside it tells the condition, or leaves something open in a word of it."""
    told = sum(among(word, every) for word in one.asked)
    return told >= _HALF * len(one.asked) or bool(told and every & (_CONDITIONAL | _LEFT_OPEN | SOFT))


def _plainly(one: _Hung, every: frozenset[str]) -> bool:
    """Whether a sentence tells it without leaving it open."""
    return len(one.words & every) >= _ELSEWHERE * len(one.words) and not every & (_CONDITIONAL | _LEFT_OPEN | SOFT)
