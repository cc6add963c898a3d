"""What one text tells as done and the other as still to come, found in sentences that were told anew.

Less of the wording must be kept than for a hedge that was merely dropped, so that the check believes what is found here
only where the model, too, sees the two sentences contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from consistency.checks._hedge_reworded import CANDIDATES, COMING, KIN_WORTH, LIGHT, Lost, around
from consistency.facts._lists import word_set
from consistency.facts.hedge import Hedge, Reading, told, told_from
from consistency.facts.kin import among, listed

_LEAST: Final = 3
"""Words of weight around the verb that both texts must have as they are."""
_ENOUGH: Final = 0.5
"""What part of the words around it in the text that has fewer of them both must have, kin counted less."""
_MOST: Final = 12
"""A text with the verb in more places is not looked through."""
_TRIED: Final = word_set("try tries tried trying")
"""What somebody tries need not be to come."""
_BECOMING: Final = word_set("become becomes be being get gets getting")
"""Before a participle: what goes on, or is to come after all ("becomes closed on Monday")."""
_ABLE: Final = ("could",)
_UNTIL: Final = word_set("before until till so")
_CLAUSE: Final = 6
"""Words between one of these and what somebody then could do."""
_SURE: Final = 0.6
_OF_KIN: Final = 0.05
"""How much less sure it is where the verb is only a kindred one."""


def told_as_done(reference: Reading, version: Reading) -> Iterator[Lost]:
    """What is to come in the reference and done in the version; a bare participle may look ahead as well."""
    for found in _turned(reference, version, [hedge for hedge in reference.hedges if hedge.kind in COMING]):
        if found.hedge.kind != "future" or told_from(version, found.plain) < found.plain:
            yield found


def told_as_coming(reference: Reading, version: Reading) -> Iterator[Lost]:
    """What is done in the reference and in the version is to come, or may be."""
    known = frozenset(hedge.wording for hedge in reference.hedges)
    may = (
        hedge
        for hedge in version.hedges
        if hedge.kind == "possible" and hedge.wording not in known and not _able(version, hedge)
    )
    coming = (hedge for hedge in version.hedges if hedge.kind in COMING)
    return _turned(version, reference, [*coming, *may])


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
            and (share := _share(there, around(done, at))) >= _ENOUGH
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


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """How far the words around two verbs are the same, measured by the fewer of them; 0 below `_LEAST`."""
    exact = len(one & other)
    if exact < _LEAST:
        return 0.0
    kindred = sum(among(word, other) for word in one - other)
    return (exact + KIN_WORTH * kindred) / min(len(one), len(other))
