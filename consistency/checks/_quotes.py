"""A version's quote held against the reference's quotes, claim by claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from consistency.checks._articles import Claims, Links
from consistency.checks._notation import noted
from consistency.facts.hedge import lemma
from consistency.facts.kin import among
from consistency.facts.quotation import quotations
from consistency.facts.wording import (
    FUNCTION_WORDS,
    NEGATIONS,
    Change,
    Comparison,
    Word,
    compare,
    spelled_out,
    stem,
    words,
)
from consistency.records import Span

PHRASE = 4
"""From this many words on a quote is more than a term."""

_LOOSE = 0.2
_LONGEST = 3000
_SPREAD = 3
"""Words left out between the first words that two quotes share and the next, from which on it is tried without them."""
_TRIES = 3
_SHORT = 8
_LONG = 8
_SOME = 0.2
_BEHIND = 300
_COLON = re.compile(r":(?!\d)")
_AUTHOR = re.compile(r"[—–-] ?[^\n(—–]{1,60}\(@\w")
_LEFT_OUT = re.compile(r"\[\W{0,9}\]")
_LONGEST_CLAIM = 5000


class Quoted:
    """The outer quotes of an article, and which of them stand in which claim."""

    def __init__(self, claims: Claims) -> None:
        self.claims = claims
        self.text = claims.article.text
        self.quotes = [quote for quote in quotations(self.text) if quote.depth == 0]
        self._of_claim: dict[int, list[int]] = {}
        self._words: dict[int, tuple[Word, ...]] = {}
        self._told: dict[int, tuple[Word, ...]] = {}
        self._exact: dict[tuple[str, ...], list[int]] | None = None
        for index, quote in enumerate(self.quotes):
            for claim in claims.touched(quote.inner):
                self._of_claim.setdefault(claim, []).append(index)

    def inside(self, claims: Iterable[int]) -> list[int]:
        return sorted({quote for claim in claims for quote in self._of_claim.get(claim, ())})

    def words(self, index: int) -> tuple[Word, ...]:
        if index not in self._words:
            inner = self.quotes[index].inner
            self._words[index] = self._spoken(inner.start, inner.end)
        return self._words[index]

    def verbatim(self, ours: Sequence[Word], near: Iterable[int]) -> int | None:
        """The quote that has exactly these words, one of `near` if there is a choice."""
        if self._exact is None:
            self._exact = {}
            for index in range(len(self.quotes)):
                self._exact.setdefault(tuple(word.norm for word in self.words(index)), []).append(index)
        found = self._exact.get(tuple(word.norm for word in ours), [])
        wanted = set(near) if len(found) > 1 else set()
        return next((index for index in found if index in wanted), found[0] if found else None)

    def of_claims(self, claims: Iterable[int]) -> tuple[Word, ...]:
        """The words of these claims, inside and outside of quotes, up to a bound a claim."""
        return tuple(word for index in claims for word in self._of_one(index))

    def _of_one(self, claim: int) -> tuple[Word, ...]:
        if claim not in self._told:
            span = self.claims.all[claim].span
            self._told[claim] = self._spoken(span.start, min(span.end, span.start + _LONGEST_CLAIM))
        return self._told[claim]

    def _spoken(self, start: int, end: int) -> tuple[Word, ...]:
        """The words there, without the sign that some are left out: "[…]"."""
        found = words(self.text, start, end)
        return tuple(word for word in found if not (word.editorial and _LEFT_OUT.match(self.text, word.span.start)))


class Match(msgspec.Struct, frozen=True):
    """A version quote, what it was held against, and how that went."""

    quote: int
    ours: tuple[Word, ...]
    touched: list[int]
    aligned: list[int]
    pool: tuple[Word, ...]
    owners: tuple[int, ...]
    comparison: Comparison
    share: float

    @property
    def partner(self) -> int | None:
        """The reference's quote that holds the first matched word."""
        at = self.comparison.window.start
        return self.owners[at] if self.comparison.matched and at < len(self.owners) else None


def match_quote(reference: Quoted, version: Quoted, links: Links, index: int) -> Match | None:
    """The quote held against all quotes near its aligned claims; None when nothing is aligned."""
    ours = version.words(index)
    touched = list(version.claims.touched(version.quotes[index].inner))
    if not ours or len(ours) > _LONGEST or not (aligned := links.of(version.claims, touched, reference.claims)):
        return None
    near = reference.inside(reference.claims.around(aligned))
    exact = reference.verbatim(ours, near)
    pool: list[Word] = []
    owners: list[int] = []
    for candidate in near if exact is None else [exact]:
        some = reference.words(candidate)
        if len(pool) + len(some) > _LONGEST:
            break
        pool += some
        owners += [candidate] * len(some)
    comparison = _tight(pool, ours)
    if comparison.changes and _in_parts(pool, ours, version.text):
        comparison = Comparison(len(ours), (), (), comparison.window)
    comparison = _to_the_cut(_within(comparison, owners, pool, ours), owners, reference)
    comparison = _in_one_notation(comparison, pool, ours, reference.text, version.text)
    stems = comparison.matched
    for change in comparison.changes:
        left = {stem(word) for word in spelled_out(pool[change.reference.start : change.reference.end])}
        some = ours[change.version.start : change.version.end]
        stems += sum(1 for word in some if any(stem(part) in left for part in spelled_out([word])))
    share = stems / len(ours)
    return Match(index, ours, touched, aligned, tuple(pool), tuple(owners), comparison, share)


def _in_one_notation(
    comparison: Comparison, pool: Sequence[Word], ours: Sequence[Word], there: str, here: str
) -> Comparison:
    """What the version only notes in another way is found there: "$5m" for "$5 million"."""
    kept = tuple(one for one in comparison.changes if not noted(one, pool, ours, there, here))
    found = sum(len(one.version) for one in comparison.changes) - sum(len(one.version) for one in kept)
    return msgspec.structs.replace(comparison, changes=kept, matched=comparison.matched + found)


def _tight(pool: Sequence[Word], ours: Sequence[Word]) -> Comparison:
    """The comparison whose shared words stand closest: "a knee" is held against "taken a knee", not "a man, a knee"."""
    comparison = compare(pool, ours)
    if (comparison.changes or comparison.dropped) and (places := stands(pool, ours)):
        window = Span(places[0], places[0] + len(ours))
        return Comparison(len(ours), (), (), window)
    for _ in range(_TRIES):
        if not comparison.changes or not comparison.dropped or len(comparison.dropped[0]) < _SPREAD:
            break
        start = comparison.dropped[0].start
        other = compare(pool[start:], ours)
        if other.matched < comparison.matched:
            break
        comparison = Comparison(
            other.matched,
            tuple(Change(one.reference.shift(start), one.version) for one in other.changes),
            tuple(one.shift(start) for one in other.dropped),
            other.window.shift(start),
        )
    return comparison if comparison.changes else _later(comparison, pool)


def _later(comparison: Comparison, pool: Sequence[Word]) -> Comparison:
    """The same, but the first words are those right before the next ones, where they stand there too.

    Of "I never liked it and I told them …" a version that quotes "I told them" has the second "I".
    """
    window, dropped = comparison.window, list(comparison.dropped)
    while dropped:
        first = [word.norm for word in pool[window.start : dropped[0].start]]
        start = dropped[0].end - len(first)
        if start < dropped[0].start or [word.norm for word in pool[start : dropped[0].end]] != first:
            break
        window = Span(start, window.end)
        del dropped[0]
    return msgspec.structs.replace(comparison, window=window, dropped=tuple(dropped))


def _within(comparison: Comparison, owners: Sequence[int], pool: Sequence[Word], ours: Sequence[Word]) -> Comparison:
    """No change reaches from one quote of the reference into the next."""
    window = comparison.window
    changes = []
    for change in comparison.changes:
        low, high = change.reference.start, change.reference.end
        if low < high:
            alike = _alike(pool, ours) if not len(window) else 0
            owner = owners[min(max(low, window.start), window.end - 1) if len(window) else alike]
            low = next((at for at in range(low, high) if owners[at] == owner), high)
            high = next((at for at in range(low, high) if owners[at] != owner), high)
        changes.append(Change(Span(low, high), change.version))
    return msgspec.structs.replace(comparison, changes=tuple(changes))


def _alike(pool: Sequence[Word], ours: Sequence[Word]) -> int:
    """The first word there of the stem of one of ours; the very first where there is none."""
    stems = {stem(part) for part in spelled_out(ours) if part not in FUNCTION_WORDS}
    return next((at for at, word in enumerate(pool) if stem(word.norm) in stems), 0)


def _to_the_cut(comparison: Comparison, owners: Sequence[int], reference: Quoted) -> Comparison:
    """Where the reference's quote is cut off, what the version says after the cut is no change."""
    window = comparison.window
    if not len(window):
        return comparison
    owner = owners[window.end - 1]
    quote = reference.quotes[owner]
    if quote.closed or quote.continued:
        return comparison
    last = max(at for at in range(len(owners)) if owners[at] == owner)
    kept = tuple(
        one
        for one in comparison.changes
        if not (window.end <= one.reference.start and last <= max(one.reference.end, window.end))
    )
    return msgspec.structs.replace(comparison, changes=kept)


def _in_parts(pool: Sequence[Word], ours: Sequence[Word], text: str) -> bool:
    """Whether every sentence of the quote stands in the reference's quotes, wherever."""
    parts: list[list[Word]] = [[]]
    for word, following in zip(ours, [*ours[1:], None], strict=True):
        parts[-1].append(word)
        gap = text[word.span.end : following.span.start] if following else ""
        if any(mark in gap for mark in ".!?…"):
            parts.append([])
    return all(contains(pool, part) for part in parts if part)


def contains(words_there: Sequence[Word], ours: Sequence[Word]) -> bool:
    return f" {' '.join(word.norm for word in ours)} " in f" {' '.join(word.norm for word in words_there)} "


def stands(words_there: Sequence[Word], ours: Sequence[Word]) -> list[int]:
    """All places where the words stand in a row, told by their first word."""
    wanted, there = (f" {' '.join(word.norm for word in some)} " for some in (ours, words_there))
    found: list[int] = []
    counted = index = 0
    at = there.find(wanted)
    while at >= 0:
        index += there.count(" ", counted, at)
        found.append(index)
        counted = at
        at = there.find(wanted, at + 1)
    return found


def where(words_there: Sequence[Word], ours: Sequence[Word]) -> Span | None:
    """Where the words stand in a row."""
    wanted = [word.norm for word in ours]
    norms = [word.norm for word in words_there]
    for at in range(len(norms) - len(wanted) + 1):
        if norms[at] == wanted[0] and norms[at : at + len(wanted)] == wanted:
            return cover(words_there[at : at + len(wanted)])
    return None


def moved(reference: Quoted, match: Match) -> int | None:
    """The reference's only quote there, when the version puts the marks around other words of the same sentence."""
    other = _only(reference, match.aligned)
    if other is None or not 1 < len(match.ours) <= _SHORT:
        return None
    inside = {word.norm for word in reference.words(other)}
    there = {word.norm for word in reference.of_claims(claims_of(reference, other, []))}
    ours = {word.norm for word in match.ours}
    return other if ours <= there and ours & inside and ours - inside - FUNCTION_WORDS else None


def shares_content(match: Match) -> bool:
    """Whether the words there have some of ours that say something; of a long quote more than a few of them."""
    there = {stem(part) for part in spelled_out(match.pool)}
    content = [part for part in spelled_out(match.ours) if part not in FUNCTION_WORDS and len(part) > 2]
    same = sum(stem(part) in there for part in content)
    return same > 0 and (len(match.ours) < _LONG or same >= _SOME * len(content))


def overlap(ours: Sequence[Word], there: Sequence[Word]) -> float:
    """The share of the content words that the other side has, by stem."""
    stems = {stem(part) for part in spelled_out(there)}
    content = [part for part in spelled_out(ours) if part not in FUNCTION_WORDS]
    return sum(stem(part) in stems for part in content) / len(content) if content else 0.0


def reworded(ours: Sequence[Word], there: Sequence[Word]) -> bool:
    """Whether the other side says the same in other words: two content words and more, of each a kin there if not
    itself.
    """
    theirs = {lemma(part) for part in spelled_out(there)}
    content = {lemma(part) for part in spelled_out(ours) if part not in FUNCTION_WORDS}
    return len(content) > 1 and all(among(word, theirs) for word in content)


def spoken(quoted: Quoted, span: Span) -> bool:
    """Whether the words are somebody's own there though no marks say so: behind a colon, or a post above its author."""
    start = min((quoted.claims.all[at].span.start for at in quoted.claims.touched(span)), default=span.start)
    if _COLON.search(quoted.text, max(start, span.start - _BEHIND), span.start):
        return True
    return _AUTHOR.search(quoted.text, span.end, span.end + _BEHIND) is not None


def told_outside(match: Match, near: Sequence[Word], ours: Sequence[Sequence[Word]]) -> bool:
    """Whether the reference has the version's other words too, only outside its quote marks."""
    quoted = {word.span for word in match.pool}
    outside = {word.norm for word in near if word.span not in quoted}
    return all(word.norm in outside for some in ours for word in some)


def _only(quoted: Quoted, claims: Iterable[int]) -> int | None:
    inside = quoted.inside(claims)
    return inside[0] if len(inside) == 1 else None


def same_slot(reference: Quoted, version: Quoted, match: Match) -> int | None:
    """The reference's only quote there, when both are short and stand between the same words, or are terms for one
    thing.
    """
    other = _only(reference, match.aligned)
    if other is None or _only(version, match.touched) is None:
        return None
    theirs = reference.words(other)
    if not theirs or max(len(theirs), len(match.ours)) > PHRASE:
        return None
    if _akin(theirs, match.ours):
        return other
    there = _neighbours(reference, other)
    here = _neighbours(version, match.quote)
    same = [a for a, b in zip(there, here, strict=True) if a and a == b]
    content = any(word not in FUNCTION_WORDS and word not in NEGATIONS for word in same)
    return other if content or len(same) == 2 else None


def _akin(theirs: Sequence[Word], ours: Sequence[Word]) -> bool:
    """Whether each word of weight of either term has a kin in the other, if not itself."""
    sides = [{lemma(part) for part in spelled_out(some) if part not in FUNCTION_WORDS} for some in (theirs, ours)]
    return all(sides) and all(among(word, sides[1 - at]) for at in (0, 1) for word in sides[at])


def _neighbours(quoted: Quoted, index: int) -> tuple[str, str]:
    """The words right before and right after a quote."""
    span = quoted.quotes[index].span
    before = words(quoted.text, max(0, span.start - 40), span.start)
    after = words(quoted.text, span.end, span.end + 40)
    return (before[-1].norm if before else "", after[0].norm if after else "")


def same_statement(reference: Quoted, version: Quoted, match: Match) -> int | None:
    """The reference's only quote there, when both are whole statements and share some words."""
    other = _only(reference, match.aligned)
    if other is None or _only(version, match.touched) is None:
        return None
    theirs = reference.words(other)
    if min(len(theirs), len(match.ours)) < PHRASE or overlap(match.ours, theirs) < _LOOSE:
        return None
    return other


def claims_of(quoted: Quoted, index: int, evidence: Iterable[Span]) -> list[int]:
    """The claims a quote and its evidence stand in."""
    spans = (quoted.quotes[index].inner, *evidence)
    return sorted({claim for span in spans for claim in quoted.claims.touched(span)})


def cover(some: Sequence[Word]) -> Span:
    return Span(some[0].span.start, some[-1].span.end)
