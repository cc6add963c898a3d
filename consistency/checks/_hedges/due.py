"""An event of which one text says when it is due, and the other that it was: "a verdict is due on Friday", "a verdict
was reached on Friday".

The sentences may be too short for words around the deed to show that it is the same one. There the noun must be the
same, and the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from consistency.checks._hedges.nouns import CLOSED
from consistency.checks._hedges.reworded import CANDIDATES, ENDS, Lost
from consistency.facts._lists import word_set
from consistency.facts.hedge import Hedge, Reading, lemma, told
from consistency.facts.kin import among
from consistency.records import Span

_DUE: Final = word_set("due expected planned scheduled foreseen anticipated set slated")
_ARE: Final = word_set("is are")
_WHEN: Final = word_set("in on by at for from this next later early late before tomorrow")
_MADE: Final = frozenset(
    map(lemma, word_set("take reach make give hand deliver issue pronounce announce publish agree sign seal conclude"))
)
_HAPPEN: Final = frozenset(map(lemma, word_set("hold start begin open complete finish conclude launch")))
_OF: Final = {
    **dict.fromkeys(
        map(
            lemma,
            word_set(
                "decision verdict ruling judgment judgement sentence agreement deal accord settlement ceasefire truce",
                "compromise treaty pact contract announcement statement report result choice recommendation",
            ),
        ),
        _MADE,
    ),
    **dict.fromkeys(
        map(
            lemma,
            word_set(
                "trial hearing vote ballot election referendum meeting summit talks conference match game race",
                "concert festival ceremony funeral wedding launch opening inauguration strike march protest auction",
                "sale debate session negotiation inquest retrial",
            ),
        ),
        _HAPPEN,
    ),
}
"""By what an event is told as done: a decision is taken, a trial held. What is announced need not be held."""
_ACTIVE: Final = frozenset(map(lemma, word_set("start begin open conclude finish")))
"""What an event does itself; all else is done to it."""
_WAS: Final = word_set("was were been")
_BEFORE: Final = _WAS | {"has", "have"}
"""What stands between an event and how it is told; what "had" been done may have been so another year."""
_ANOTHER: Final = word_set(
    "first second third fourth last next new another other further final previous earlier separate initial"
    " preliminary interim similar same former ago not no never"
)
"""What tells one event from another of its name."""
_UP: Final = word_set("up off back over")
"""Behind a verb these make another one of it: "was held up"."""
_UNTIL: Final = word_set("which who whom whose where when after once since as before having while until if")
_TIMES: Final = frozenset(
    map(
        lemma,
        word_set(
            "january february march april may june july august september october november december monday tuesday",
            "wednesday thursday friday saturday sunday spring summer autumn winter week month year weekend morning",
            "afternoon evening noon midnight today tomorrow tonight easter christmas",
        ),
    )
)
_REACH: Final = 14
"""Words between a noun and what is said of it: "a decision by the court on the appeal is expected"."""
_BEHIND: Final = 6
"""Words behind it in which the time stands."""
_SHARED: Final = 0.5
"""The part of the words beside the noun, in the text with fewer, that both texts must have."""
_SURE: Final = 0.6


class _Event(NamedTuple):
    """An event by its noun: where that stands, what is said of it, the words beside the noun, and when."""

    noun: int
    at: int
    last: int
    beside: frozenset[str]
    another: frozenset[str]
    when: frozenset[str]


def due_and_done(coming: Reading, done: Reading) -> Iterator[Lost]:
    """Events that the first text says are due, and the second that they were, at one time."""
    due = list(islice(_due(coming), CANDIDATES))
    finished = list(islice(_done(done), CANDIDATES)) if due else []
    if not finished or any(True for _ in _done(coming)) or any(True for _ in _due(done)):
        return
    for one in due:
        for other in finished:
            if coming.words[one.noun].lemma == done.words[other.noun].lemma and _the_same(one, other):
                yield Lost(_hedge(coming, one), other.at, "past", False, _SURE, other.last)
                break


def _hedge(reading: Reading, due: _Event) -> Hedge:
    """What says that the event is to come: a hedge that is known as one, or the word for due."""
    known = next((hedge for hedge in reading.hedges if hedge.at == due.last != due.at), None)
    if known is not None:
        return known
    noun, word = reading.words[due.noun], reading.words[due.at].token
    head = Span(noun.token.start, noun.token.end)
    return Hedge("plan", "verb", Span(word.start, word.end), (word.fold,), head, noun.lemma, due.noun)


def _the_same(one: _Event, other: _Event) -> bool:
    """Whether two events of a name are one, by their time and by what else is said of them."""
    if not one.when or one.when != other.when or one.another != other.another:
        return False
    fewer, more = sorted((one.beside, other.beside), key=len)
    return sum(word in more or among(word, more) for word in fewer) >= _SHARED * len(fewer)


def _due(reading: Reading) -> Iterator[_Event]:
    """Events that are due: "is expected on Friday", "is due to be taken on Friday"."""
    words = reading.words
    for at in range(2, len(words) - 1):
        if words[at].token.fold not in _DUE or words[at - 1].token.fold not in _ARE:
            continue
        last = _to_be(reading, at) if words[at + 1].token.fold == "to" else at
        if last is None or (last == at and words[at + 1].token.fold not in _WHEN):
            continue
        event = _event(reading, at, at - 1, last)
        if event is not None and (last == at or words[last].lemma in _OF[words[event.noun].lemma]):
            yield event


def _to_be(reading: Reading, at: int) -> int | None:
    """The verb behind "due to" that says of an event that it is, or is made: "to start", "to be held"."""
    words = reading.words
    be = at + 2 < len(words) and words[at + 2].token.fold == "be"
    verb = at + 2 + be
    if verb >= len(words) or not (be or words[verb].lemma in _ACTIVE):
        return None
    return verb


def _done(reading: Reading) -> Iterator[_Event]:
    """Events that are told as past: "was taken on Friday", "started on Friday"."""
    words = reading.words
    for at in range(1, len(words)):
        verb = words[at]
        if verb.lemma not in _MADE and verb.lemma not in _HAPPEN:
            continue
        passive = words[at - 1].token.fold in _WAS
        other = at + 1 < len(words) and words[at + 1].token.fold in _UP
        if other or not (passive or verb.lemma in _ACTIVE) or told(reading, at) != "past":
            continue
        first = at
        while first > 0 and words[first - 1].token.fold in _BEFORE:
            first -= 1
        event = _event(reading, first, first, at)
        if event is not None and verb.lemma in _OF[words[event.noun].lemma]:
            yield event


def _event(reading: Reading, at: int, end: int, last: int) -> _Event | None:
    """The event of which something is said between `at` and `last`; its name stands before `end`."""
    words = reading.words
    first = end
    while first > 0 and end - first < _REACH and words[first - 1].token.text not in ENDS:
        first -= 1
    if any(word.token.fold in _UNTIL for word in words[first:end]):
        return None
    nouns = [place for place in range(first, end) if words[place].lemma in _OF]
    if not nouns:
        return None
    of = next((place for place in range(nouns[0], end) if words[place].token.fold in CLOSED), end)
    noun = max(place for place in nouns if place < of)  # "the trial verdict"
    behind = []
    for word in words[last + 1 : last + 1 + _BEHIND]:
        if word.token.text in ENDS:
            break
        behind.append(word)
    around = [*words[first:noun], *words[noun + 1 : end]]
    when = frozenset(word.lemma for word in behind if word.lemma in _TIMES or word.token.is_digits)
    beside = frozenset(word.lemma for word in around if word.token.is_word and word.weight)
    folds = {word.token.fold for word in (*around, *behind)}
    return _Event(noun, at, last, beside - _TIMES, frozenset(folds & _ANOTHER), when)
