"""What one text tells as done and the other as still to come, found in sentences that were told anew.

Less of the wording must be kept than for a hedge that was merely dropped, so that what is found here is believed where
the model, too, sees the two sentences contradict each other, or where one text says that it "has" been done and nearly
all that stands around the verb is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from consistency.checks._hedges.reworded import CANDIDATES, COMING, ENDS, HAVE, LIGHT, STEPS, Lost, around, share_of
from consistency.checks._hedges.words import SOFT, SOURCE
from consistency.facts._lists import word_set
from consistency.facts._verb_forms import bases
from consistency.facts.hedge import Hedge, Reading, lemma, told, told_from
from consistency.facts.kin import listed
from consistency.records import Span

_ENOUGH: Final = 0.5
"""What part of the words around it in the text that has fewer of them both must have, kin counted less."""
_MOST: Final = 12
"""A text with the verb in more places is not looked through."""
_TRIED: Final = word_set("try tries tried trying")
"""What somebody tries need not be to come."""
_BECOMING: Final = word_set("become becomes be being get gets getting")
"""Before a participle: what goes on, or is to come after all ("becomes closed on Monday")."""
_EXPECTS: Final = word_set("expects expect forecasts forecast predicts predict anticipates anticipate")
_NO_VERB: Final = word_set("a an the this that its their his her our not never to no n't don't doesn't")
_OTHER_CLAUSE: Final = word_set("that which who and but if is are was were will would")
_OBJECT: Final = 9
"""Words from "expects" to "to"."""
_ABLE: Final = ("could",)
_UNTIL: Final = word_set("before until till so")
_CLAUSE: Final = 6
"""Words between one of these and what somebody then could do."""
_NEARLY: Final = 0.75
"""The same where the model is not asked."""
_HAS: Final = word_set("has have i've we've they've you've")
_TENTATIVE: Final = word_set(
    "planned hoped intended aimed threatened pledged vowed promised prepared wanted proposed sought seeks seek seeking",
    "tried tries try trying attempted attempts attempt attempting considered was were threatening proposing looking",
    "discussing",
)
"""First words of plans that were once, or are mere attempts: what has become of them may well be told."""
_OF_NOUNS: Final = (("planned",),)
"""What is said of a noun: "a vote is planned"."""
_ONCE: Final = word_set("was were been had")
_BEFORE_HEDGE: Final = 3
"""Words before a hedge where one of these makes it a plan of the past: "was widely expected to"."""
_OPEN: Final = frozenset(["possible", "likely"])
_STATES: Final = frozenset(
    lemma(word)
    for word in word_set(
        "know contain belong explain mean hold include need live own cost help suggest show believe think want remain",
        "stay depend lie stand involve reach exceed relate stem result represent",
    )
)
"""Verbs of what may be so, rather than of what may come to pass."""
_SURE: Final = 0.6
_OF_KIN: Final = 0.05
"""How much less sure it is where the verb is only a kindred one."""


def may_expect(reading: Reading) -> bool:
    """Whether anybody may expect anything of another; such a text may have no hedge."""
    return any(word.token.fold in _EXPECTS for word in reading.words)


def told_as_done(reference: Reading, version: Reading, *, believed: bool) -> Iterator[Lost]:
    """What is to come in the reference and done in the version; a bare participle may look ahead as well."""
    return (found for found in _told_as_done(reference, version) if believed or _firm(reference, version, found))


def _told_as_done(reference: Reading, version: Reading) -> Iterator[Lost]:
    coming = [hedge for hedge in reference.hedges if hedge.kind in COMING]
    for found in _turned(reference, version, [*coming, *_expected(reference)]):
        if found.hedge.kind != "future" or told_from(version, found.plain) < found.plain:
            yield found


def _expected(reading: Reading) -> Iterator[Hedge]:
    """What somebody expects of another: "the bank expects growth to slow"."""
    words = reading.words
    for at, word in enumerate(words):
        if word.token.fold not in _EXPECTS or (at and words[at - 1].token.fold in _NO_VERB):
            continue
        for to in range(at + 1, min(len(words) - 1, at + _OBJECT)):
            if words[to].token.text in ENDS or words[to].token.fold in _OTHER_CLAUSE:
                break
            if words[to].token.fold == "to" and to > at + 1:
                head, span = words[to + 1].token, Span(word.token.start, word.token.end)
                target = Span(head.start, head.end)
                yield Hedge("expected", "verb", span, (word.token.fold,), target, words[to + 1].lemma, to + 1)
                break


def false(hedged: Reading, plain: Reading, shift: Lost) -> bool:
    """Whether a reader believes something false: what one text plans or expects now is told as done by the other."""
    hedge = shift.hedge
    if shift.told != "past" or hedge.kind not in COMING:
        return False
    if hedge.wording[0] in _TENTATIVE and hedge.wording not in _OF_NOUNS:
        return False
    if plain.words[shift.plain].token.fold in bases() and told_from(plain, shift.plain) == shift.plain:
        return False  # "read", "cut" may be no past at all
    first = hedge.at
    while first > 0 and hedged.words[first].token.start > hedge.words.start:
        first -= 1
    return not any(word.token.fold in _ONCE for word in hedged.words[max(0, first - _BEFORE_HEDGE) : first])


def came_true(hedged: Reading, plain: Reading, shift: Lost) -> bool:
    """Whether what may, or is likely to, come to pass is told as having come: "could fine", "has fined"."""
    hedge, at = shift.hedge, shift.plain
    if shift.told != "past" or shift.copular or hedge.kind not in _OPEN or hedge.lemma in _STATES:
        return False
    ahead = any(one.kind == "future" and one.at == hedge.at for one in hedged.hedges)
    between = hedged.words[max(0, hedge.at - _CLAUSE) : hedge.at]
    past = any(word.token.fold == "have" and word.token.start > hedge.words.start for word in between)
    if not (hedge.frame == "verb" or ahead) or past or hedged.words[hedge.at].token.fold.endswith("ing"):
        return False
    before = (word.token.fold for word in plain.words[max(0, at - STEPS) : at])
    if any(fold in HAVE for fold in before):
        return True
    return hedge.wording[0] not in _ABLE and plain.words[at].token.fold not in bases()


def told_as_coming(reference: Reading, version: Reading, *, believed: bool) -> Iterator[Lost]:
    """What is done in the reference and in the version is to come, or may be."""
    return (found for found in _told_as_coming(reference, version) if believed or _firm(version, reference, found))


def _firm(coming: Reading, done: Reading, shift: Lost) -> bool:
    """Whether it is plain without the model: "has sold" for "plans to sell", with nearly all that stands around it."""
    hedge, before = shift.hedge, done.words[max(0, shift.plain - STEPS) : shift.plain]
    if not false(coming, done, shift) or not any(word.token.fold in _HAS for word in before):
        return False
    verb = done.words[shift.plain].lemma
    lasting = coming.words[hedge.at].token.fold.endswith("ing")
    said = verb in SOFT or verb in SOURCE
    return not (lasting or said) and share_of(around(coming, hedge.at), around(done, shift.plain)) >= _NEARLY


def _told_as_coming(reference: Reading, version: Reading) -> Iterator[Lost]:
    known = frozenset(hedge.wording for hedge in reference.hedges)
    may = (
        hedge
        for hedge in version.hedges
        if hedge.kind == "possible" and hedge.wording not in known and not _able(version, hedge)
    )
    coming = (hedge for hedge in version.hedges if hedge.kind in COMING)
    for found in _turned(version, reference, [*coming, *may]):
        if not _aside(reference, found.plain):
            yield found


def _aside(reading: Reading, at: int) -> bool:
    """Whether a bare participle hangs on something still to come: "will cost 6 million, most of it paid by us"."""
    word, before = reading.words[at], (hedge.at for hedge in reading.hedges if hedge.kind in COMING and hedge.at < at)
    same = any(reading.words[one].sentence == word.sentence for one in before)
    return same and told_from(reading, at) == at


def _turned(coming: Reading, done: Reading, hedges: Iterable[Hedge]) -> Iterator[Lost]:
    open_there = frozenset(hedge.at for hedge in done.hedges)
    for hedge in islice(hedges, CANDIDATES):
        unread = hedge.lemma in LIGHT or hedge.frame == "noun" or hedge.wording[0] in _TRIED
        if not unread and not _done_too(coming, hedge):
            found = _done(coming, hedge, done, open_there)
            if found is not None:
                yield found


def _done_too(coming: Reading, hedge: Hedge) -> bool:
    """Whether the text tells the same verb as done elsewhere."""
    places = [at for at, word in enumerate(coming.words) if word.lemma == hedge.lemma]
    return len(places) > _MOST or any(told(coming, at) == "past" for at in places)


def _done(coming: Reading, hedge: Hedge, done: Reading, open_there: frozenset[int]) -> Lost | None:
    """The likest verb that is told as done; None where one of the same words is open in the other text too."""
    places = [
        at
        for at, word in enumerate(done.words)
        if word.weight and (word.lemma == hedge.lemma or (hedge.kind in COMING and _kin(word.lemma, hedge.lemma)))
    ]
    if len(places) > _MOST or not open_there.isdisjoint(places):
        return None
    there = around(coming, hedge.at)
    best: Lost | None = None
    for at in places:
        if (
            told(done, at) == "past"
            and not _going_on(done, at)
            and (share := share_of(there, around(done, at))) >= _ENOUGH
        ):
            kin = done.words[at].lemma != hedge.lemma
            sure = _SURE + 0.2 * (share - _ENOUGH) - _OF_KIN * kin
            if best is None or sure > best.sure:
                best = Lost(hedge, at, "past", False, sure)
    return best


def _kin(one: str, other: str) -> bool:
    return one not in LIGHT and listed(one, other)


def _able(version: Reading, hedge: Hedge) -> bool:
    """Whether it could be done, and was: "before the rescuers could reach the village"."""
    before = version.words[max(0, hedge.at - _CLAUSE) : hedge.at]
    return hedge.wording == _ABLE and any(word.token.fold in _UNTIL for word in before)


def _going_on(done: Reading, at: int) -> bool:
    """Whether the word before the participle says that it goes on, or only now begins."""
    first = told_from(done, at)
    return any(word.token.fold in _BECOMING for word in done.words[max(0, first - 1) : at])
