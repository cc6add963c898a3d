"""A hedge lost in a sentence that was told anew: the same statement by its clause, in kindred words.

What stands around the head of a hedge is held against the clause of a word that is the same or a kindred one. Only that
clause must be in the hedged text, not the other way round: a version may leave out as much as it likes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from consistency.checks._hedges.words import SOFT, SOURCE, SURE, misspelt
from consistency.facts._lists import word_set
from consistency.facts.hedge import BE, Hedge, Kind, Reading, Word, copula, is_verb_form, lemma, told
from consistency.facts.kin import among, listed

ENDS: Final = frozenset(',;:.!?()—–“”"')
"""Where a clause ends."""
LIGHT: Final = frozenset(
    lemma(word)
    for word in word_set(
        "make have get go come be take use put give do say tell keep let set hold bring turn run work show see look",
        "want like new more most good great first last many much very one two even long very",
    )
)
"""Words that stand in so many statements that as a head they name none."""
CERTAIN: Final[frozenset[Kind]] = frozenset(["reported", "apparent", "possible", "likely"])
"""Kinds that leave open whether something is so; the others say that it is to come."""
COMING: Final[frozenset[Kind]] = frozenset(["expected", "plan", "future"])
HAVE: Final = word_set("has have had")
_HAS: Final = word_set("has have")
_AT_LAST: Final = word_set("finally again now eventually managed only")
_RELATIVE: Final = word_set("which who whose")
_TURNED: Final = ("sell buy", "buy sell", "sell purchase", "lend borrow", "borrow lend", "send receive", "pay receive")
_CONVERSE: Final = frozenset((lemma(two), lemma(one)) for one, _, two in (pair.partition(" ") for pair in _TURNED))
"""Verbs of one deed from its two ends: who was sold something bought it."""
_DIED: Final = frozenset(map(lemma, ("die", "kill", "perish")))
"""Verbs of "dead", which say by their own form how it is told."""
STEPS: Final = 4
ADVERBS: Final = word_set("reportedly allegedly purportedly supposedly apparently seemingly")
IMPERSONAL: Final = word_set("it it's there perhaps maybe")
"""First words of the clauses that tell nobody's belief; for a belief there may be another: "dreams that"."""
PLANS: Final = frozenset(["plan", "expected"])
REACH = 12
"""Words of weight looked at on each side of a hedge."""
NEAR = 3
"""Tokens before a word where a form of "be" makes it a state."""
CLAUSE = 30
"""Tokens of a clause looked at on each side of a word."""
CANDIDATES = 8
"""Hedges of a text, and words for each of them, that are looked at."""
LEAST = 2
ENOUGH = 0.6
OF_KIN = 0.75
"""What part of the plain clause the hedged text must have, where the head is the same and where it is kindred."""
_COMMON: Final = 3
"""Words of weight around a verb that both texts must have as they are."""
KIN_WORTH = 0.75
"""How far a kindred word counts for the same."""


class Lost(NamedTuple):
    """A hedge and the word of the other text that lacks it, by token index; `until` = the last word to show with it."""

    hedge: Hedge
    plain: int
    told: str
    copular: bool
    sure: float
    until: int = -1


def reworded(hedged: Reading, plain: Reading, candidates: Iterable[Hedge]) -> Iterator[Lost]:
    """Those of the candidates that the plain text tells without any hedge, source, condition or question."""
    open_there = opened(hedged, plain)
    for hedge in islice(filter(_weighty, candidates), CANDIDATES):
        if (inner := _inner(hedged, hedge)) is not None:
            found = _kept(hedged, hedge, inner, plain, open_there)
        else:
            found = _best(hedged, hedge, plain, open_there)
        if found is not None:
            yield found


def _weighty(hedge: Hedge) -> bool:
    """Whether the hedge may be looked for at all: no noun's, no "would", no opinion of somebody."""
    opinion = hedge.frame == "clause" and hedge.wording[0] not in IMPERSONAL
    return (hedge.kind in CERTAIN or hedge.kind in COMING) and hedge.frame != "noun" and not opinion


def opened(given: Reading, plain: Reading) -> frozenset[int]:
    """Words of the plain text in whose sentence anything is left open, in words that the other does not have.

    What a clause put in between leaves open ("which said it could have known earlier") it leaves open for itself alone.
    """
    lemmas, known = {word.lemma for word in given.words}, set(given.marks.values())
    hedged = (hedge.at for hedge in plain.hedges if hedge.kind in CERTAIN)
    marked = (at for at, one in plain.marks.items() if one not in known)
    worded = (
        at
        for at, word in enumerate(plain.words)
        if word.token.text == "?" or (word.lemma not in lemmas and (word.lemma in SOFT or word.lemma in SOURCE))
    )
    inserted = _inserted(plain)
    zones = {(plain.words[at].sentence, inserted.get(at)) for at in (*hedged, *marked, *worded)}
    return frozenset(
        at
        for at, word in enumerate(plain.words)
        if (word.sentence, inserted.get(at)) in zones or (word.sentence, None) in zones
    )


def _inserted(reading: Reading) -> dict[int, int]:
    """The words of each clause that stands between two commas behind "which" or "who", by where it begins."""
    words = reading.words
    found: dict[int, int] = {}
    first = -1
    for at, word in enumerate(words):
        if first >= 0 and (word.token.text in ENDS or word.sentence != words[first].sentence):
            if word.token.text == ",":
                found.update(dict.fromkeys(range(first, at), first))
            first = -1
        if word.token.text == "," and at + 1 < len(words) and words[at + 1].token.fold in _RELATIVE:
            first = at + 1
    return found


def _inner(hedged: Reading, hedge: Hedge) -> Hedge | None:
    """The hedge that an adverb stands on: "apparently set to testify"."""
    if hedge.wording[0] not in ADVERBS:
        return None
    return next((one for one in hedged.hedges if one.words.start <= hedge.head.start < one.words.end), None)


def _kept(hedged: Reading, hedge: Hedge, inner: Hedge, plain: Reading, open_there: frozenset[int]) -> Lost | None:
    """An adverb of hearsay lost where the plan or expectation under it is kept in its words."""
    if inner.kind not in PLANS or inner.lemma in LIGHT:
        return None
    there = around(hedged, inner.at)
    for one in plain.hedges:
        if one.kind in PLANS and one.lemma == inner.lemma and one.at not in open_there:
            match = _match(there, _clause(plain, one.at))
            if match.exact >= LEAST and match.share >= ENOUGH:
                first = next(at for at, word in enumerate(plain.words) if word.token.start >= one.words.start)
                return Lost(hedge, first, "present", False, SURE[hedge.kind]["present"])
    return None


def _best(hedged: Reading, hedge: Hedge, plain: Reading, open_there: frozenset[int]) -> Lost | None:
    there = around(hedged, hedge.at)
    if hedge.lemma in LIGHT or any(misspelt(word, hedge) for word in plain.words):
        return None
    copular = hedge.frame == "state" or _is(hedged, hedge.at)
    places = (at for at, word in enumerate(plain.words) if word.weight and _stands_for(word, hedge))
    found: list[Lost] = []
    for at in islice(places, CANDIDATES):
        died = plain.words[at].lemma in _DIED
        manner = copula(plain, at) if copular and not died else told(plain, at)
        sure = 0.0 if _another(hedge, plain, at, manner, copular) else SURE[hedge.kind].get(manner, 0.0)
        if not sure or at in open_there:
            continue
        same = plain.words[at].lemma == hedge.lemma
        if hedge.kind in COMING and (_lasting(hedged, hedge) or not (same and manner == "past" and perfect(plain, at))):
            continue
        match = _match(there, _clause(plain, at))
        if match.exact >= LEAST and match.share >= (ENOUGH if same else OF_KIN):
            found.append(Lost(hedge, at, manner, copular, sure + 0.3 * (match.share - OF_KIN) - (0 if same else 0.1)))
    return max(found, key=lambda one: one.sure, default=None)


def _stands_for(word: Word, hedge: Hedge) -> bool:
    if word.lemma == hedge.lemma or (word.lemma, hedge.lemma) in _CONVERSE:
        return True
    return word.lemma not in LIGHT and listed(word.lemma, hedge.lemma)


def _another(hedge: Hedge, plain: Reading, at: int, manner: str, copular: bool) -> bool:
    """Whether the word says something else: what somebody was able to do, or a word before a noun."""
    able = hedge.wording == ("could",) and manner == "past" and not _has_done(plain, at)
    state = copular or _is(plain, at)
    return able or (state and any(word.weight for word in plain.words[at + 1 : at + 2]))


def _has_done(plain: Reading, at: int) -> bool:
    """Whether it "has" been done, and not "finally" or "again", as what one is able to do at last."""
    before = [word.token.fold for word in plain.words[max(0, at - STEPS) : at]]
    return not _HAS.isdisjoint(before) and _AT_LAST.isdisjoint(before)


def _is(reading: Reading, at: int) -> bool:
    """Whether the word is what somebody is, not what is done."""
    before = reading.words[max(0, at - NEAR) : at]
    being = any(word.token.fold in BE or word.token.fold in {"be", "been"} for word in before)
    return being and not is_verb_form(reading.words[at].token.fold)


def _lasting(hedged: Reading, hedge: Hedge) -> bool:
    """Whether what is to come may well go on already: "will be assuming"."""
    return hedged.words[hedge.at].token.fold.endswith("ing")


def perfect(reading: Reading, at: int) -> bool:
    """Whether the word is told as done by now: "has opened", "had already been sold"."""
    return any(word.token.fold in HAVE for word in reading.words[max(0, at - STEPS) : at])


class _Match(NamedTuple):
    exact: int
    """Words of the clause that the hedged text has as they are."""
    share: float
    """What part of the clause it has, kindred words counted less."""


def _match(there: frozenset[str], clause: frozenset[str]) -> _Match:
    exact = len(clause & there)
    if exact < LEAST:
        return _Match(exact, 0.0)
    kindred = sum(among(one, there) for one in clause - there)
    return _Match(exact, (exact + KIN_WORTH * kindred) / len(clause))


def around(reading: Reading, at: int) -> frozenset[str]:
    """Words of weight on both sides of a hedge's head in its sentence."""
    number = reading.words[at].sentence
    first, last = reading.sentences[number], reading.sentences[number + 1]
    before = [word.lemma for word in reading.words[max(first, at - CLAUSE) : at] if word.weight][-REACH:]
    after = [word.lemma for word in reading.words[at + 1 : min(last, at + CLAUSE)] if word.weight][:REACH]
    return frozenset(before + after) - SOFT


def _clause(reading: Reading, at: int) -> frozenset[str]:
    """Words of weight of the clause around `at`, itself left out."""
    words = reading.words
    first = last = at
    while first > 0 and at - first < CLAUSE and words[first - 1].token.text not in ENDS:
        first -= 1
    while last + 1 < len(words) and last - at < CLAUSE and words[last + 1].token.text not in ENDS:
        last += 1
    return frozenset(word.lemma for word in words[first : last + 1] if word.weight) - SOFT - {words[at].lemma}


def share_of(one: frozenset[str], other: frozenset[str]) -> float:
    """How far the words around two verbs are the same, measured by the fewer of them; 0 below `_COMMON`."""
    exact = len(one & other)
    if exact < _COMMON:
        return 0.0
    kindred = sum(among(word, other) for word in one - other)
    return (exact + KIN_WORTH * kindred) / min(len(one), len(other))
