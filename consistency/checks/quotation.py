"""Words inside quote marks that are not the words the reference quotes, or another person's.

A quote is a promise of the exact words. Each direct quote of the version is held against the quotes
of the claims it is aligned with. Reported are words changed, added or exchanged inside the marks, a trim
that loses what denies the rest or leaves it open (a negation, "I doubt that", "whether", "If …,"), a
paraphrase of the reference put between quote marks, and the same quote given to another person. Notes
are words that the reference tells without marks, quoted verbatim, and marks moved to other words of the
sentence. Quiet: a quote cut short, split or joined from parts, turned into paraphrase, typography,
spelling (advisor, adviser), figures, dates and acronyms in another notation ($5m for $5 million), a slip
of the pen, words in [brackets], a term told of several, titles, speech that the reference gives behind a
colon, quotes without an aligned claim. One finding for each quote.

Passes:
    reference: “We will not leave this city, whatever the cost,” the mayor told reporters.
    version: “We will not leave this city,” the mayor told reporters on Friday.
Fails:
    reference: “We will keep an eye on the prices,” the minister told reporters.
    version: “We will be monitoring the prices,” the minister told reporters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from rapidfuzz.distance import OSA

from consistency.checks._articles import Claims, Links
from consistency.checks._frames import loss, told
from consistency.checks._quotes import (
    PHRASE,
    Match,
    Quoted,
    claims_of,
    contains,
    cover,
    match_quote,
    moved,
    overlap,
    reworded,
    same_slot,
    same_statement,
    shares_content,
    spoken,
    told_outside,
    where,
)
from consistency.facts.attribution import other_person
from consistency.facts.hedge import lemma
from consistency.facts.kin import common
from consistency.facts.wording import FUNCTION_WORDS, Word, spelled_out, stem
from consistency.protocols import Context
from consistency.records import Article, Finding, Level, Span

_SAME_QUOTE = 0.4
_SAME_SPEECH = 0.7
_SPEECH_WORDS = 3
_LOOSE = 0.2
_TOLD = 0.5
_REWORDED = 0.6
_SHOWN = 12
_TERM = 3
_SPELT = 5
"""Letters from which on a word one letter off, and no word of the language, is a misspelling."""


class QuotationCheck:
    id: str = "quotation"
    level: Level = "warning"

    def check(self, context: Context) -> Iterable[Finding]:
        """One finding at most for each direct quote of a version."""
        reference = Quoted(Claims.of(context, context.story.reference))
        for article in context.story.versions:
            version = Quoted(Claims.of(context, article.id))
            links = Links(context, article.id)
            for index, quote in enumerate(version.quotes):
                if quote.closed or quote.continued:
                    yield from self._quote(reference, version, links, index, article)

    def _quote(
        self, reference: Quoted, version: Quoted, links: Links, index: int, article: Article
    ) -> Iterator[Finding]:
        match = match_quote(reference, version, links, index)
        if match is None:
            return
        found = self._wording(reference, version, match) or self._speaker(reference, version, match)
        if found is None:
            return
        if article.role == "report" and match.share < 1.0 and found.confidence >= 0.5:
            # two reporters may translate one foreign quote each in their own way
            found = msgspec.structs.replace(found, confidence=0.45)
        yield found

    def _wording(self, reference: Quoted, version: Quoted, match: Match) -> Finding | None:
        if match.comparison.matched and not match.comparison.changes:
            return self._trimmed(reference, version, match)
        other = moved(reference, match)
        if other is not None and not contains(reference.of_claims(reference.claims.around(match.aligned)), match.ours):
            return self._moved(reference, version, match, other)
        if match.share >= _SAME_QUOTE and shares_content(match):
            return self._altered(reference, version, match)
        return self._unlike(reference, version, match)

    def _unlike(self, reference: Quoted, version: Quoted, match: Match) -> Finding | None:
        """A quote of which no quote of the reference has the words."""
        if (other := same_slot(reference, version, match)) is not None:
            return self._exchanged(reference, version, match, other, 0.7)
        if contains(reference.of_claims(reference.claims.around(match.aligned)), match.ours):
            return self._marked(reference, version, match)
        if (other := same_statement(reference, version, match)) is not None:
            return self._exchanged(reference, version, match, other, 0.55)
        return self._invented(reference, version, match)

    def _trimmed(self, reference: Quoted, version: Quoted, match: Match) -> Finding | None:
        """A quote cut short is fine unless the cut takes out of it what denies the rest or leaves it open."""
        lost = loss(reference.text, match)
        if lost is None or told(version.of_claims(version.claims.around(match.touched, 0)), lost):
            return None
        quote = version.quotes[match.quote]
        return self._finding(
            f"The quote is cut so that its “{_show(reference.text, lost.span)}” is lost.",
            0.8 if lost.sure else 0.6,
            (reference, match.aligned, [lost.span]),
            (version, match.touched, [quote.inner]),
        )

    def _altered(self, reference: Quoted, version: Quoted, match: Match) -> Finding:
        changes = [
            (
                match.pool[one.reference.start : one.reference.end],
                match.ours[one.version.start : one.version.end],
            )
            for one in match.comparison.changes
        ]
        worded = [(a, b) for a, b in changes if spelled_out(a) != spelled_out(b)]
        near = reference.of_claims(reference.claims.around(match.aligned))
        theirs, ours = zip(*(worded or changes), strict=True)
        evidence = [[cover(some) for some in side if some] for side in (theirs, ours)]
        level, confidence = self.level, 0.6 + 0.3 * match.share
        message = _altered_message(reference.text, version.text, theirs, ours)
        if not worded or all(map(_respelt, theirs, ours)):
            confidence = 0.4
        elif contains(near, match.ours) and _title(match.ours):
            confidence = 0.3
        elif contains(near, match.ours):
            level, confidence = "note", 0.6
            message = "The version puts quote marks around more of the words than the reference does."
        elif _small(theirs, ours) or (_small(theirs, []) and told_outside(match, near, ours)) or _plural(match):
            confidence = 0.45
        partner = match.partner
        claims = match.aligned if partner is None else claims_of(reference, partner, evidence[0])
        return self._finding(
            message,
            confidence,
            (reference, claims, evidence[0]),
            (version, match.touched, evidence[1]),
            level,
        )

    def _moved(self, reference: Quoted, version: Quoted, match: Match, other: int) -> Finding:
        theirs, ours = reference.quotes[other].inner, version.quotes[match.quote].inner
        return self._finding(
            f"The reference puts “{_show(reference.text, theirs)}” in quote marks, the version "
            f"“{_show(version.text, ours)}”.",
            0.6,
            (reference, claims_of(reference, other, []), [theirs]),
            (version, match.touched, [ours]),
            "note",
        )

    def _exchanged(self, reference: Quoted, version: Quoted, match: Match, other: int, confidence: float) -> Finding:
        theirs, ours = reference.quotes[other].inner, version.quotes[match.quote].inner
        return self._finding(
            f"The reference quotes “{_show(reference.text, theirs)}”, the version quotes "
            f"“{_show(version.text, ours)}”.",
            confidence,
            (reference, claims_of(reference, other, []), [theirs]),
            (version, match.touched, [ours]),
        )

    def _marked(self, reference: Quoted, version: Quoted, match: Match) -> Finding | None:
        """The reference's own words, put between quote marks."""
        inner = version.quotes[match.quote].inner
        near = reference.claims.around(match.aligned)
        there = where(reference.of_claims(near), match.ours)
        if _title(match.ours) or (there and spoken(reference, there)):
            return None
        claims = sorted({*match.aligned, *reference.claims.touched(there)}) if there else match.aligned
        return self._finding(
            f"The version puts “{_show(version.text, inner)}” in quote marks, the reference says it in its own words.",
            0.6,
            (reference, claims, [there] if there else []),
            (version, match.touched, [inner]),
            "note",
        )

    def _invented(self, reference: Quoted, version: Quoted, match: Match) -> Finding | None:
        """A quote whose words the reference does not have, but may tell of."""
        if _title(match.ours):
            return None
        inner = version.quotes[match.quote].inner
        same = overlap(match.ours, reference.of_claims(match.aligned))
        long = len(match.ours) >= PHRASE
        confidence = 0.65 if long and same >= _TOLD else 0.45 if long and same >= _LOOSE else 0.3
        if confidence < _REWORDED and reworded(match.ours, reference.of_claims(match.aligned)):
            confidence = _REWORDED
        return self._finding(
            f"The version quotes “{_show(version.text, inner)}”; the reference does not have these words.",
            confidence,
            (reference, match.aligned, []),
            (version, match.touched, [inner]),
        )

    def _speaker(self, reference: Quoted, version: Quoted, match: Match) -> Finding | None:
        if match.partner is None or match.share < _SAME_SPEECH or len(match.ours) < _SPEECH_WORDS:
            return None
        theirs = reference.quotes[match.partner].attribution
        ours = version.quotes[match.quote].attribution
        if theirs is None or ours is None or not other_person(theirs.speaker, ours.speaker):
            return None
        if _mentions(version, match.touched, theirs.speaker) or _mentions(reference, match.aligned, ours.speaker):
            return None
        return self._finding(
            f"The reference gives this quote to {theirs.speaker}, the version to {ours.speaker}.",
            0.8,
            (reference, claims_of(reference, match.partner, [theirs.span]), [theirs.span]),
            (version, claims_of(version, match.quote, [ours.span]), [ours.span]),
        )

    def _finding(
        self,
        message: str,
        confidence: float,
        reference: tuple[Quoted, Sequence[int], list[Span]],
        version: tuple[Quoted, Sequence[int], list[Span]],
        level: Level | None = None,
    ) -> Finding:
        there, here = (quoted.claims.side(claims, spans) for quoted, claims, spans in (reference, version))
        return Finding(self.id, level or self.level, message, round(confidence, 3), there, here)


def _mentions(quoted: Quoted, claims: Iterable[int], name: str) -> bool:
    family = name.rsplit(maxsplit=1)[-1].casefold()
    return any(family in quoted.claims.all[index].text.casefold() for index in claims)


def _title(ours: Sequence[Word]) -> bool:
    """A title or a name: every word of weight has a capital."""
    content = [word for word in ours if word.norm not in FUNCTION_WORDS]
    return (
        bool(content)
        and all(word.capital or word.norm[0].isdigit() for word in content)
        and (len(content) > 1 or len(ours) == 1)
    )


def _show(text: str, span: Span) -> str:
    """The words of a span, shortened for a message."""
    shown = text[span.start : min(span.end, span.start + 400)].split()
    return " ".join(shown[:_SHOWN]).rstrip(",.;") + (" …" if len(shown) > _SHOWN else "")


def _altered_message(there: str, here: str, theirs: Sequence[Sequence[Word]], ours: Sequence[Sequence[Word]]) -> str:
    first = next((index for index, some in enumerate(theirs) if some), 0)
    here_words = _show(here, cover(ours[first]))
    rest = f", and {len(ours) - 1} more" if len(ours) > 1 else ""
    if not theirs[first]:
        return f"Inside the quote marks the version adds “{here_words}”{rest}."
    return (
        f"Inside the quote marks the reference has “{_show(there, cover(theirs[first]))}”, the version "
        f"“{here_words}”{rest}."
    )


def _plural(match: Match) -> bool:
    """Whether a term is only told of one or of several."""
    theirs, ours = (" ".join(word.norm for word in side) for side in (match.pool, match.ours))
    return len(match.ours) <= _TERM and theirs != ours and theirs.removesuffix("s") == ours.removesuffix("s")


def _respelt(theirs: Sequence[Word], ours: Sequence[Word]) -> bool:
    """Whether the version only has the words in another spelling or with a slip of the pen: "percent", "wonderfull"."""
    one, other = ("".join(word.norm for word in side).replace("percent", "%") for side in (theirs, ours))
    if one == other or (len(one) >= _SPELT and other == one + one[-1]):
        return True
    slip = min(len(one), len(other)) >= _SPELT and OSA.distance(one, other, score_cutoff=1) <= 1
    return slip and len(theirs) == len(ours) == 1 and not common(lemma(other)) and stem(one) != other


def _small(theirs: Sequence[Sequence[Word]], ours: Sequence[Sequence[Word]]) -> bool:
    """Whether only articles, particles and their like differ."""
    return all(word.norm in FUNCTION_WORDS for side in (*theirs, *ours) for word in side)


CHECK = QuotationCheck()
