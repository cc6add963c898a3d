"""Posts of one body that one person does not hold together, and ministries that only other countries' desks mix up."""

from __future__ import annotations

from typing import Final

_LEADS: Final = "president chairman director"
_POSTS: Final[dict[str, frozenset[str]]] = {
    post: frozenset(others.split())
    for post, others in {
        "secretary_general": f"{_LEADS} treasurer coach spokesperson",
        "treasurer": f"{_LEADS} secretary_general coach spokesperson ceo",
        "coach": f"{_LEADS} treasurer secretary_general spokesperson ceo",
        "curator": f"{_LEADS} spokesperson",
        "lawyer": "president chairman coach ceo treasurer secretary_general",
        "sporting_director": "president chairman spokesperson",
        "spokesperson": "president chairman treasurer secretary_general coach curator sporting_director",
    }.items()
}
"""What a holder of a post of some body is not in the same body. The leads themselves are often one and the same."""
_MIXED: Final = frozenset(
    (one, other)
    for pair in (
        "finance/economy finance/trade trade/finance energy/environment environment/energy agriculture/environment "
        "environment/agriculture transport/housing housing/transport health/social social/health "
        "culture/communications communications/culture communications/science science/communications"
    ).split()
    for one, _, other in [pair.partition("/")]
)
"""Portfolios that one country joins or names for each other, so that a report may well have another; no copy has. An
economy minister is left out: desks call them finance minister where their country has no other.
"""


_BODIES: Final[dict[str, str]] = {
    "council": "council",
    "commission": "commission",
    "parliament": "parliament",
    "assembly": "parliament",
    "court": "court",
    "tribunal": "court",
    "bank": "bank",
}
"""Bodies of a union or country whose heads are not one and the same."""
_ALIKE: Final = frozenset(["council", "parliament"])
"""What some countries call their parliament."""


def bodies_apart(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two offices of one name are those of two bodies: Council president, Commission president."""
    first, second = ({_BODIES[word] for word in where if word in _BODIES} for where in (mine, theirs))
    return len(first) == len(second) == 1 and first != second and first | second != _ALIKE


def posts_apart(one: str, other: str) -> bool:
    """Whether two concepts are posts of a body that nobody holds together."""
    return other in _POSTS.get(one, ()) or one in _POSTS.get(other, ())


def seldom_one(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether related portfolios of a text and its copy, in this order, are two ministries all the same."""
    return len(mine) == len(theirs) == 1 and (*mine, *theirs) in _MIXED
