"""What one person of a story says in the reference, and another person of the same story says in the version.

Found over the whole articles, since a sentence told far from its wording may stand in no alignment: the claim of the
reference that has most of the words of a version's claim names its speaker, the version's claim names another one, and
the reference knows that other one too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from typing import Final, NamedTuple

from consistency.checks._articles import Claims
from consistency.checks._sources.speech import LONGEST, stems
from consistency.checks._sources.unsourced import near
from consistency.facts._sources.speakers import speakers, speaking
from consistency.facts.hedge import lemma
from consistency.facts.name import Name, compare, names
from consistency.records import Claim

_LEAST: Final = 3
"""Words of what is said that the reference's claim must have, or kin of them."""
_ENOUGH: Final = 0.5
"""Share of the words that it must have."""
_MARGIN: Final = 1
"""How many more of them it must have than a claim that may be the other speaker's."""
_WORDS: Final = 40
"""Claims of more words of weight tell too many things."""
_POSTED: Final = 60
"""A word in more claims than this tells none from another."""
_LIKELIEST: Final = 6
"""Claims of the reference that are looked at for one of the version."""
_KNOWN: Final = 6
"""Full names for one word that are looked at."""


class Given(NamedTuple):
    """Claims by index, their speakers (spans in the claim), and the share of the words that both have."""

    there: int
    here: int
    theirs: Name
    ours: Name
    share: float


class People:
    """Who is named in which claim of an article, and by which full names."""

    def __init__(self, claims: Claims) -> None:
        self.claims = claims
        self.full: dict[str, dict[tuple[str, ...], Name]] = defaultdict(dict)
        self.named: dict[str, set[int]] = defaultdict(set)
        for index, claim in enumerate(claims.all):
            for name in _people(claim):
                for part in name.parts:
                    self.named[part].add(index)
                    if len(name.parts) > 1 and len(self.full[part]) < _KNOWN:
                        self.full[part][name.parts] = name

    def claims_of(self, name: Name) -> set[int]:
        """The claims that name somebody of this name."""
        return {index for part in name.parts for index in self.named.get(part, ())}


def given(reference: People, version: People) -> Iterator[Given]:
    """Each claim of the version whose only speaker is not the one of the reference."""
    posted: dict[str, list[int]] = defaultdict(list)
    for index, claim in enumerate(reference.claims.all):
        for word in _said(claim):
            posted[word].append(index)
    for here, claim in enumerate(version.claims.all):
        if len(ours := _speakers(claim)) == 1 and (found := _other(reference, version, posted, here, ours[0])):
            yield found


def _other(reference: People, version: People, posted: dict[str, list[int]], here: int, ours: Name) -> Given | None:
    claim = version.claims.all[here]
    content = _said(claim) - {lemma(part) for part in ours.parts}
    known = reference.claims_of(ours)
    if not known or not _LEAST < len(content) <= _WORDS:
        return None
    telling = (some for word in content if len(some := posted.get(word, ())) <= _POSTED)
    counts = Counter(at for some in telling for at in some)
    likeliest = {
        at: said
        for at in sorted(counts, key=lambda at: (-counts[at], at))[:_LIKELIEST]
        if len(said := _said(reference.claims.all[at])) <= _WORDS
    }
    enough = max(_LEAST, _ENOUGH * len(content))
    # Kin are looked up last of all: of most claims the likeliest have the same speaker, or none.
    others = [at for at in likeliest if at not in known and len(_speakers(reference.claims.all[at])) == 1]
    kept = {at: _shared(content, likeliest[at]) for at in others}
    if max(kept.values(), default=0) < enough:
        return None
    kept |= {at: _shared(content, said) for at, said in likeliest.items() if at not in kept}
    there = max(kept, key=lambda at: (kept[at], -at))
    if there not in others:
        return None
    theirs = _speakers(reference.claims.all[there])
    may = known | {at + 1 for at in known}
    if any(at in may and at != there and kept[there] - count < _MARGIN for at, count in kept.items()):
        return None
    if here in version.claims_of(theirs[0]) or not _strangers(theirs[0], ours, reference, version):
        return None
    return Given(there, here, theirs[0], ours, kept[there] / len(content))


def _shared(content: Set[str], said: frozenset[str]) -> int:
    """How many words of what is said another claim has, or kin of them."""
    return sum(near(word, said) for word in content)


def _strangers(one: Name, other: Name, *articles: People) -> bool:
    """Whether both have a full name somewhere, and no name of one may be a name of the other."""
    theirs, ours = ([name, *_full(name, articles)] for name in (one, other))
    if not all(any(len(name.parts) > 1 for name in some) for some in (theirs, ours)):
        return False
    return all(compare(a, b) == "conflict" and not {*a.parts} & {*b.parts} for a in theirs for b in ours)


def _full(name: Name, articles: Iterable[People]) -> list[Name]:
    return [known for people in articles for part in name.parts for known in people.full.get(part, {}).values()]


def _people(claim: Claim) -> list[Name]:
    if len(claim.text) > LONGEST:
        return []
    return [name for name in names(claim.text) if name.kind != "organisation"]


def _speakers(claim: Claim) -> tuple[Name, ...]:
    return speakers(claim.text) if len(claim.text) <= LONGEST else ()


def _said(claim: Claim) -> frozenset[str]:
    """The words of weight without the verbs of speech."""
    return stems(claim.text) - speaking() if len(claim.text) <= LONGEST else frozenset()
