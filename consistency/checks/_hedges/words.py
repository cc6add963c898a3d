"""Words that the check `hedge` looks for around a statement, and how sure a lost hedge is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rapidfuzz.distance import OSA

from consistency.facts._lists import word_set
from consistency.facts.hedge import Hedge, Kind, Word, lemma

SURE: Final[Mapping[Kind, Mapping[str, float]]] = {
    "possible": {"past": 0.65, "present": 0.7, "future": 0.75, "would": 0.55, "plain": 0.55},
    "likely": {"past": 0.65, "present": 0.6, "future": 0.55, "plain": 0.55},
    "expected": {"past": 0.7, "present": 0.35, "future": 0.35},
    "reported": {"settled": 0.75, "past": 0.7, "present": 0.65, "future": 0.5, "plain": 0.7},
    "apparent": {"past": 0.6, "present": 0.6, "future": 0.4, "plain": 0.5},
    "plan": {"settled": 0.65, "past": 0.7, "present": 0.35, "future": 0.3},
    "future": {"past": 0.7, "present": 0.3},
    "would": {"past": 0.6, "present": 0.45},
}
"""How sure it is that a hedge was lost where the other text tells the word this way; no entry = it was not."""
EXPECTED: Final = frozenset((word, "to") for word in ("expected", "predicted", "forecast", "projected", "tipped"))
"""What somebody expects need not come, unlike what is set or due."""
_WILL_BE: Final = 0.6
"""How sure it is that an expectation was told as certain where the other text says "will"."""
NOUNS: Final[Mapping[Kind, float]] = {"possible": 0.45, "likely": 0.5, "reported": 0.7, "apparent": 0.5}
"""The same for an adjective of a noun that the other text does not have."""
SOFT: Final = frozenset(
    lemma(word)
    for word in word_set(
        "may might could can should must ought cannot possible possibly perhaps maybe potential potentially",
        "possibility chance risk danger threat fear concern worry hope hopeful prospect hint likely probably probable",
        "apparently seemingly appear seem suspect suspicion suspected believe belief think thought consider seek try",
        "attempt want ask urge call propose proposal plan intend intention aim threaten promise pledge vow offer agree",
        "ready prepared able expect expected expectation anticipate estimate forecast predict if unless whether allege",
        "alleged allegation allegedly accuse accusation reportedly report claim purported supposed supposedly rumour",
        "rumor guess assume presume suggest imply indicate schedule due poised about afraid dread worried unlikely",
        "doubt unclear uncertain unconfirmed unverified unproven charge trial prosecution indict need require demand",
        "doubtful seemingly evidently look sound odds likelihood probability conceivable wish keen eager",
    )
)
SOURCE: Final = frozenset(
    lemma(word)
    for word in word_set(
        "say says said saying tell told add added report claim allege accord according state announce warn note argue",
        "explain insist suggest believe think suspect accuse fear describe write deny source",
        "testify acknowledge admit assert maintain contend declare cite quote statement indictment",
        "rumour rumor hear conclude estimate assess understand",
    )
)
OPINION: Final = frozenset(lemma(word) for word in word_set("believe think assume suppose reckon feel suspect"))
BILLS: Final = frozenset(
    lemma(word) for word in word_set("bill law plan proposal deal measure draft budget treaty pledge")
)
YET: Final = word_set("but though although while yet despite however still nevertheless nonetheless even whereas")
"""Words that grant a point against another."""
_SPELT = 5
"""Letters from which on a word may be a misspelling."""


def how_sure(hedge: Hedge, manner: str) -> float:
    """How sure it is that a hedge was lost where the other text tells its head in this manner; 0 = it was not."""
    if manner == "future" and hedge.wording in EXPECTED:
        return _WILL_BE
    return SURE[hedge.kind].get(manner, 0.0)


def misspelt(word: Word, hedge: Hedge) -> bool:
    """Whether the word is one of the hedge's, maybe with slips of the pen."""
    fold = word.token.fold
    return any(
        len(one) >= _SPELT and fold[:1] == one[0] and OSA.distance(fold, one, score_cutoff=2) <= 2
        for one in hedge.wording
    )
