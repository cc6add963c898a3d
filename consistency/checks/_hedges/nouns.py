"""Deeds told by their noun: "will appeal" and "has lodged an appeal", "a vote is due" and "voted".

A deed may be told by a verb ("appeal"), by a noun behind a verb that says little ("lodge an appeal"), or by a noun
that something is said of ("an appeal is due", "the vote took place"). Of two texts that tell one deed so differently,
once as still to come and once as done, not both can be right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple

from consistency.checks._hedges.reworded import CANDIDATES, COMING, ENDS, LIGHT, Lost, around, share_of
from consistency.checks._hedges.words import SOFT
from consistency.facts._lists import word_set
from consistency.facts.hedge import Hedge, Reading, lemma, told
from consistency.facts.kin import listed
from consistency.records import Span

_OF_VERBS: Final = (
    "appeal/appeal sale/sell purchase/buy acquisition/acquire takeover/acquire approval/approve decision/decide",
    "vote/vote ballot/vote visit/visit meeting/meet talks/talk apology/apologise resignation/resign launch/launch",
    "lawsuit/sue suit/sue complaint/complain signature/sign signing/sign closure/close opening/open reopening/reopen",
    "delivery/deliver payment/pay investment/invest hearing/hear ruling/rule verdict/rule speech/speak",
    "testimony/testify strike/strike protest/protest march/march transfer/transfer merger/merge departure/leave",
    "arrival/arrive return/return withdrawal/withdraw introduction/introduce release/release publication/publish",
    "evacuation/evacuate replacement/replace renovation/renovate demolition/demolish appointment/appoint",
    "election/elect construction/build wedding/marry inspection/inspect review/review search/search burial/bury",
    "deployment/deploy restoration/restore removal/remove funeral/bury debate/debate discussion/discuss",
    "donation/donate extradition/extradite examination/examine dismissal/dismiss ratification/ratify consent/consent",
    "attack/attack assault/assault raid/raid robbery/rob theft/steal burglary/burgle break-in/burgle murder/murder",
    "killing/kill assassination/assassinate kidnapping/kidnap abduction/abduct hijacking/hijack bombing/bomb hack/hack",
    "shooting/shoot stabbing/stab poisoning/poison ambush/ambush massacre/massacre leak/leak forgery/forge",
)
VERBS: Final[Mapping[str, str]] = {
    lemma(noun): lemma(verb) for line in _OF_VERBS for noun, _, verb in (one.partition("/") for one in line.split())
}
"""The verb of each noun of a deed."""
_CARRIERS: Final = frozenset(
    lemma(word)
    for word in word_set(
        "lodge file enter submit bring launch make give hold take cast table deliver issue reach put conduct carry",
        "stage complete undergo pay mount tender open start begin finish grant commit perpetrate",
    )
)
"""Verbs that say of a deed told by its noun that it is done, or to be done."""
_ATTEMPTS: Final = word_set("try tries tried trying seek seeks sought attempt attempts attempted attempting yet")
"""What somebody tries need not be to come; what he has yet to do is told by its verb."""
_HELD: Final = frozenset(lemma(word) for word in word_set("hold complete finish conclude"))
_TAKEN: Final = word_set("took taken")
_DUE: Final = word_set("planned scheduled due expected foreseen")
_WHEN: Final = word_set("for in on by next this at within before after later tomorrow early until")
_ARE: Final = word_set("is are")
LEAVES: Final = frozenset(VERBS[lemma(word)] for word in ("approval", "ratification", "consent", "signature"))
"""What must be had before something may be done."""
_NEEDS: Final = word_set("needs need requires require awaits await awaiting pending")
_NEEDS_BEFORE: Final = frozenset(
    (("subject", "to"), ("depends", "on"), ("depend", "on"), ("hinges", "on"), ("hinge", "on"), ("waiting", "for"))
)
_AWAITED: Final = _NEEDS | {one for one, _ in _NEEDS_BEFORE}
_OPEN: Final = _DUE | _AWAITED
_ALREADY: Final = frozenset(map(lemma, ("already", "now", "meanwhile", "formally", "officially", "still", "yet")))
"""Words around a deed that say nothing of which one it is."""
_NOT_DONE: Final = word_set("no without call calls plan plans bid bids attempt proposal right threat not")
"""Before the noun: "made no visit", "launched a bid"."""
CLOSED: Final = ENDS | word_set(
    "of in on at by for from with about into over under after before during between against as to than through that",
    "which who and or but if whether when while where because",
)
"""What ends the words between a verb and its noun."""
_OF_ANOTHER: Final = word_set("which who whom whose where when after once since as before having while")
"""Words that open a clause of another one."""
_BETWEEN: Final = 4
"""Words from the verb to its noun: "has given its formal approval"."""
_SUBJECT: Final = 10
"""Words before "is due", or "took place", where the noun may stand."""
_ENOUGH: Final = 0.6
"""How many words of weight both texts have around the deed, and what part of those of the text with fewer."""
_SURE: Final = 0.6
_MOST: Final = 40
"""Verbs of a text that are looked at."""


class Deed(NamedTuple):
    """A deed by its verb; the token where it begins and that of its verb or noun; whether a noun tells it.

    `last` = the last token to show.
    """

    verb: str
    first: int
    at: int
    noun: bool
    last: int = -1


def deeds_done(coming: Reading, done: Reading) -> Iterator[Lost]:
    """What is to come in one text and done in the other, where at least one of them tells it by its noun."""
    planned = list(islice(_planned(coming), CANDIDATES))
    if not planned:
        return
    finished = list(islice(_finished(done), _MOST))
    told_there = {deed.verb for deed in islice(_finished(coming), _MOST)}
    open_here = {deed.verb for _, deed in islice(_planned(done), CANDIDATES)}
    for hedge, plan in planned:
        if plan.verb in told_there or plan.verb in open_here:
            continue
        there = around_deed(coming, plan)
        for deed in finished:
            if hedge.wording[0] in _AWAITED and _left_open(coming, done, deed):
                continue
            if (plan.noun or deed.noun) and same_verb(plan.verb, deed.verb) and not _aside(done, deed):
                share = share_of(there, around_deed(done, deed))
                if share >= _ENOUGH:
                    yield Lost(hedge, deed.first, "past", False, _SURE + 0.2 * (share - _ENOUGH), deed.last)
                    break


def may_be_due(reading: Reading) -> bool:
    """Whether anything may be said to be due, needed or the like; such a text may have no hedge."""
    return any(word.token.fold in _OPEN for word in reading.words)


def _left_open(coming: Reading, done: Reading, deed: Deed) -> bool:
    """Whether the sentence of a deed still leaves something to be had: another's approval may be meant."""
    given = {word.lemma for word in coming.words}
    number = done.words[deed.first].sentence
    words = done.words[done.sentences[number] : done.sentences[number + 1]]
    return any(word.lemma in SOFT and word.lemma not in given for word in words)


def same_verb(one: str, other: str) -> bool:
    return one == other or (one not in LIGHT and other not in LIGHT and listed(one, other))


def _planned(reading: Reading) -> Iterator[tuple[Hedge, Deed]]:
    """What is still to come, by a verb, a noun behind a verb, or a noun that is due."""
    for hedge in reading.hedges:
        if hedge.kind in COMING and hedge.frame == "verb" and hedge.wording[0] not in _ATTEMPTS:
            noun = carried(reading, hedge.at)
            if noun is not None:
                yield hedge, Deed(VERBS[reading.words[noun].lemma], hedge.at, noun, noun=True)
            elif hedge.lemma not in LIGHT:
                yield hedge, Deed(hedge.lemma, hedge.at, hedge.at, noun=False)
    yield from islice(_awaited(reading), CANDIDATES)
    words = reading.words
    for at in range(1, len(words) - 1):
        if words[at].token.fold in _DUE and words[at - 1].token.fold in _ARE and words[at + 1].token.fold in _WHEN:
            noun = _subject(reading, at - 1)
            if noun is not None:
                word, due = words[noun], words[at].token
                head = Span(word.token.start, word.token.end)
                hedge = Hedge("plan", "verb", Span(due.start, due.end), (due.fold,), head, word.lemma, noun)
                yield hedge, Deed(VERBS[word.lemma], noun, noun, noun=True)


def _awaited(reading: Reading) -> Iterator[tuple[Hedge, Deed]]:
    """An approval that is still to be had: "needs the consent of", "subject to approval by"."""
    words = reading.words
    for at in range(len(words) - 1):
        one, two = words[at].token, words[at + 1].token
        pair = (one.fold, two.fold) in _NEEDS_BEFORE
        if not pair and one.fold not in _NEEDS:
            continue
        noun = noun_behind(reading, at + pair)
        before = words[at - 1].token.fold if at else ""
        if noun is None or VERBS[words[noun].lemma] not in LEAVES or before in _NOT_DONE or before.endswith("n't"):
            continue
        word = words[noun]
        span = Span(one.start, two.end if pair else one.end)
        wording = (one.fold, two.fold) if pair else (one.fold,)
        head = Span(word.token.start, word.token.end)
        hedge = Hedge("expected", "verb", span, wording, head, word.lemma, noun)
        yield hedge, Deed(VERBS[word.lemma], noun, noun, noun=True)


def _finished(reading: Reading) -> Iterator[Deed]:
    """What is done, by a verb, a noun behind a verb, or a noun that took place."""
    words = reading.words
    for at, word in enumerate(words):
        if not word.weight or told(reading, at) != "past":
            continue
        last = noun = carried(reading, at)
        if noun is None and _happened(reading, at):
            noun, last = _subject(reading, at), at + (word.token.fold in _TAKEN)
        if noun is not None and last is not None:
            yield Deed(VERBS[words[noun].lemma], at, noun, noun=True, last=last)
        elif word.lemma not in LIGHT:
            yield Deed(word.lemma, at, at, noun=False)


def carried(reading: Reading, at: int) -> int | None:
    """The noun of a deed that the verb here carries: "lodged an appeal", "has given its formal approval"."""
    return noun_behind(reading, at) if reading.words[at].lemma in _CARRIERS else None


def noun_behind(reading: Reading, at: int) -> int | None:
    """The noun of a deed among the few words behind the one at `at`."""
    words = reading.words
    for place in range(at + 1, min(len(words), at + 1 + _BETWEEN)):
        fold = words[place].token.fold
        if fold in CLOSED or fold in _NOT_DONE:
            return None
        if words[place].lemma in VERBS:
            return place
    return None


def _happened(reading: Reading, at: int) -> bool:
    """Whether the verb here says of its subject that it took place or was held."""
    words = reading.words
    after = words[at + 1].token.fold if at + 1 < len(words) else ""
    if words[at].token.fold in _TAKEN:
        return after == "place"
    return words[at].lemma in _HELD and words[at - 1].token.fold in {"was", "were", "been"}


def _subject(reading: Reading, at: int) -> int | None:
    """The noun of a deed before the verb here: the first one of its clause."""
    words = reading.words
    first = at
    while first > 0 and at - first < _SUBJECT and words[first - 1].token.text not in ENDS:
        first -= 1
    found = next((place for place in range(first, at) if words[place].lemma in VERBS), None)
    return None if found is None or any(word.token.fold in _NOT_DONE for word in words[first:found]) else found


def _aside(reading: Reading, deed: Deed) -> bool:
    """Whether the deed stands in a clause of another one: "where they carried out an inspection in May"."""
    for word in reversed(reading.words[max(0, deed.first - _SUBJECT) : deed.first]):
        if word.token.text in ENDS:
            return False
        if word.token.fold in _OF_ANOTHER:
            return True
    return False


def around_deed(reading: Reading, deed: Deed) -> frozenset[str]:
    own = {reading.words[deed.first].lemma, reading.words[deed.at].lemma, deed.verb}
    return around(reading, deed.at) - own - _ALREADY
