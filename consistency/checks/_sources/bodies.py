"""For what kind of body somebody speaks: a union, a ministry, a museum. Kinds far from each other are two sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from consistency.facts.hedge import lemma

_KINDS: Final[dict[str, str]] = {
    lemma(word): kind
    for kind, members in {
        "union": "union federation confederation guild",
        "government": "ministry department government cabinet",
        "company": "company firm manufacturer brewery shipyard operator retailer carmaker cooperative operative",
        "bank": "bank lender",
        "airline": "airline carrier",
        "airport": "airport",
        "press": "newspaper daily magazine broadcaster",
        "weather": "weather meteorological meteorologist forecaster",
        "commission": "commission",
        "police": "police squad constabulary",
        "army": "army navy military",
        "museum": "museum gallery",
        "hospital": "hospital clinic",
        "university": "university college",
        "school": "school kindergarten",
        "club": "club",
        "court": "court tribunal",
        "church": "church diocese parish",
        "council": "council",
        "party": "party",
        "charity": "charity",
    }.items()
    for word in members.split()
}
_TOUCHING: Final = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "government/police government/court government/council government/army government/party "
        "government/university government/hospital government/museum government/school government/company "
        "police/court police/army police/council hospital/university hospital/church hospital/company hospital/council "
        "hospital/charity hospital/army museum/university museum/council museum/company museum/church museum/charity "
        "university/company university/school university/church company/club company/bank company/council "
        "church/school church/charity school/council council/party council/club union/club union/party "
        "charity/company charity/party court/council court/bank airline/company airport/company airport/government "
        "airport/police airport/council airline/government press/company weather/government weather/university "
        "weather/army commission/government commission/council commission/court commission/police"
    ).split()
)
"""Kinds of which one may well run the other, or speak for it."""


def kinds(some: Iterable[str]) -> frozenset[str]:
    """The kinds of the bodies that folded words name."""
    return frozenset(kind for word in some if (kind := _KINDS.get(lemma(word))) is not None)


def far(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether bodies are of kinds that nothing joins."""
    return bool(ours and theirs) and not any(a == b or frozenset((a, b)) in _TOUCHING for a in ours for b in theirs)
