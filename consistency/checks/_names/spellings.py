"""How the words of one article are spelt: what is a name in it, and what a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import permutations

from consistency.checks._names.known_apart import People, full_bodies, full_names
from consistency.facts._places.gazetteer import words
from consistency.facts.name import names, title_case
from consistency.records import Claim

PARTS = 5
"""Words of a name that are looked at."""


class Spellings:
    """Words of one article: capitalised inside a sentence, ever in lower case, and in one name together.

    A capital in a headline in title case says nothing of its word.
    """

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims
        self.capital: set[str] = set()
        self.lower: set[str] = set()
        self.titled: set[str] = set()
        self.together: set[tuple[str, str]] = set()
        self.named: set[str] = set()
        for claim in claims:
            run = words(claim.text)
            if title_case(run):
                self.titled |= {word.fold for word in run}
                continue
            for word in run:
                if not word.capital:
                    self.lower.add(word.fold)
                elif not word.opens:
                    self.capital.add(word.fold)
            for name in names(claim.text):
                self.together |= set(permutations(name.parts[:PARTS], 2))
                self.named |= set(name.parts if len(name.parts) > 1 else ())

    @cached_property
    def people(self) -> People:
        """Those whom the article gives a full name."""
        return full_names(self._claims)

    @cached_property
    def bodies(self) -> set[tuple[str, ...]]:
        """The bodies that the article names."""
        return full_bodies(self._claims)

    def has(self, folds: Iterable[str]) -> bool:
        """Whether the article has all these words as names or as words."""
        return all(fold in self.capital or fold in self.lower or fold in self.titled for fold in folds)

    def tells_of(self, folds: tuple[str, ...]) -> bool:
        """Whether the article has these words of a name somewhere, were it in a longer name."""
        return self.has(folds) or self.named.issuperset(folds)
