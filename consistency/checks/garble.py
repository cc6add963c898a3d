"""Damage in the version's text: a stray stop, a lost quote mark, a sentence cut off, a word doubled.

Reported is damage that the reference does not show in the aligned claims: a full stop inside a
sentence, quote marks and brackets without partner or of two styles, a paragraph that ends in the
middle of a sentence or of a word, a word that stands twice, sentences run together without a space,
letters of a wrong character set. Quiet: abbreviations, quotes that open again in each paragraph,
apostrophes, headings, captions, list items and a last line without a stop, unless it is the beginning of
a longer sentence of the reference, damage that the reference has too, and sentences run together where
the reference has three and more of them. Where a version has the same kind of damage all over, it is one
finding.

Passes:
    reference: The U.S. officials arrived at 9 a.m. on Monday, Mr. Hill said.
    version: The U.S. officials arrived on Monday at 9 a.m. sharp, according to Mr. Hill.
Fails:
    reference: The talks ended without a result on Sunday evening.
    version: The talks ended without. a result on Sunday evening.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from consistency.checks._articles import Claims, Links
from consistency.facts._lists import word_set
from consistency.facts.garble import SHORT, Damage, damages, unfinished
from consistency.facts.hedge import is_verb_form, lemma
from consistency.facts.kin import common
from consistency.protocols import Context
from consistency.records import Finding, Level, Span

_SURE = 0.85
_CUT = 0.7
_DOUBTFUL = 0.4
_EVERYWHERE = 5
_USUAL = 3
_OF_A_PAGE = frozenset({"run together"})
"""Where a page has lost the blanks between its paragraphs, its copies have lost them too, wherever they stand."""
_STOP = "stray stop"
"""Behind a stop the reference writes some words small itself, wherever they stand: "photography by ...", a credit."""
_AROUND = 20
_MISSING = 2
_TAIL = 3
_SENTENCE = 4
_VERBS = word_set("is are was were has have had does did will would can could may might must be been")

_MESSAGES = {
    "stray stop": "A full stop stands inside the sentence: “{text}”.",
    "run together": "Two sentences run together: “{text}”.",
    "doubled word": "A word stands twice: “{text}”.",
    "characters": "Letters were damaged by a wrong character set: “{text}”.",
    "bracket": "A bracket has no partner: “{around}”.",
    "cut off": "The sentence is cut off: “{around}”.",
    "quote mark": "A quote that opens with {detail} closes with {text}: “{around}”.",
    "quote mark open": "A quote is opened and never closed: “{around}”.",
    "quote mark close": "A quote mark closes a quote that was never opened: “{around}”.",
}


class Garble:
    id: str = "garble"
    level: Level = "warning"

    def check(self, context: Context) -> Iterable[Finding]:
        """One finding for each damaged place of a version, one for all when a kind is everywhere."""
        if not any(damages(article.text) or unfinished(article.text) for article in context.story.versions):
            return
        reference = Claims.of(context, context.story.reference)
        theirs = damages(reference.article.text)
        known = {(claim, one.kind) for one in theirs for claim in reference.nearest(one.span)}
        snippets = {_snippet(reference.article.text, one) for one in theirs}
        usual = {kind for kind, number in Counter(one.kind for one in theirs).items() if number >= _USUAL}
        behind = {_last(one) for one in theirs if one.kind == _STOP}
        for article in context.story.versions:
            version = Claims.of(context, article.id)
            links = Links(context, article.id)
            kinds: dict[str, list[tuple[Damage, float]]] = {}
            for one in damages(article.text):
                if one.kind in usual & _OF_A_PAGE or (one.kind == _STOP and _last(one) in behind):
                    continue
                aligned = links.of(version, version.nearest(one.span), reference)
                if any((claim, one.kind) in known for claim in aligned):
                    continue
                if not aligned and _snippet(article.text, one) in snippets:
                    continue
                confidence = _SURE if one.sure else _DOUBTFUL
                if one.kind == "cut off" and not one.sure and _goes_on(version, reference, aligned, one):
                    confidence = _CUT
                kinds.setdefault(one.kind, []).append((one, confidence))
            end = unfinished(article.text)
            if end and "cut off" not in kinds and _goes_on(version, reference, [], end):
                kinds["cut off"] = [(end, _CUT)]
            for found in kinds.values():
                yield from self._findings(version, reference, links, found)

    def _findings(
        self, version: Claims, reference: Claims, links: Links, found: list[tuple[Damage, float]]
    ) -> Iterator[Finding]:
        sure = [(one, confidence) for one, confidence in found if confidence >= _CUT]
        if len(sure) > _EVERYWHERE:
            yield self._finding(version, reference, links, [one for one, _ in sure], _SURE)
            found = [(one, confidence) for one, confidence in found if confidence < _CUT]
        for one, confidence in found:
            yield self._finding(version, reference, links, [one], confidence)

    def _finding(
        self, version: Claims, reference: Claims, links: Links, places: list[Damage], confidence: float
    ) -> Finding:
        first = places[0]
        text = version.article.text
        detail = first.detail if first.detail in ("open", "close") else ""
        message = _MESSAGES[f"{first.kind} {detail}".strip()].format(
            text=" ".join(first.text.split()), detail=first.detail, around=_around(text, first.span)
        )
        if len(places) > 1:
            message = f"{message[:-1]}, and {len(places) - 1} more places like it."
        touched = sorted({claim for one in places for claim in version.nearest(one.span)})
        aligned = links.of(version, touched, reference)
        return Finding(
            self.id,
            self.level,
            message,
            confidence,
            reference.side(aligned),
            version.side(touched, [one.span for one in places]),
        )


def _last(one: Damage) -> str:
    return one.text.split()[-1].casefold()


def _snippet(text: str, one: Damage) -> tuple[str, str]:
    near = text[max(0, one.span.start - _AROUND) : one.span.end + _AROUND]
    return one.kind, " ".join(near.casefold().split())


def _around(text: str, span: Span) -> str:
    """Some whole words around a place, in one line."""
    low = max(0, span.start - 2 * _AROUND)
    start = max(low, text.rfind(" ", low, max(low, span.start - _AROUND)) + 1)
    start = max(start, text.rfind("\n", start, span.start) + 1)
    stop = text.find(" ", span.end + _AROUND, span.end + 2 * _AROUND)
    stop = stop if stop >= 0 else span.end + _AROUND
    line_end = text.find("\n", span.end, stop)
    return " ".join(text[start : line_end if line_end >= 0 else stop].split())


def _goes_on(version: Claims, reference: Claims, aligned: list[int], one: Damage) -> bool:
    """Whether the reference's sentence has the version's last words and then more.

    An aligned one may have them anywhere, another only if the version has it from its beginning: broken in the middle
    of a word, or in a short last line, which may be a list, with a verb. Where the version has all of it elsewhere, the
    line is a teaser.
    """
    ours = _folded(" ".join(version.all[index].text for index in version.nearest(one.span)))
    for index in aligned:
        theirs = _folded(reference.all[index].text)
        for at in range(len(theirs) - _TAIL + 1 if len(ours) >= _TAIL else 0):
            if _cut(ours[-_TAIL:], ours, theirs[at:]) and _stopped(reference.all[index].text):
                return True
    for claim in reference.all if ours else ():
        if ours[0] in claim.text[: len(ours[0]) + _TAIL].casefold() and _stopped(claim.text):
            theirs = _folded(claim.text)
            begun = _half(ours, theirs) or (one.detail == SHORT and _tells(ours) and _cut(ours, ours, theirs))
            if begun and claim.text not in version.article.text:
                return True
    return False


def _stopped(text: str) -> bool:
    return text.rstrip("”»\"'’) ").endswith((".", "!", "?"))


def _cut(tail: list[str], ours: list[str], theirs: list[str]) -> bool:
    """Whether these words of the reference are the version's last ones, and more come then: of the last word its end,
    or other words.
    """
    last = len(tail) - 1
    if len(theirs) <= last or theirs[:last] != tail[:last] or not theirs[last].startswith(tail[last]):
        return False
    more = sum(word not in ours for word in theirs[last + 1 :]) >= _MISSING
    return more if theirs[last] == tail[last] else _part(tail[last], theirs[last]) and not common(lemma(tail[last]))


def _half(ours: list[str], theirs: list[str]) -> bool:
    """Whether the version's sentence is the beginning of the reference's, up to the middle of a word."""
    last = len(ours) - 1
    if not 0 < last < len(theirs) or theirs[:last] != ours[:last] or not _part(ours[last], theirs[last]):
        return False
    return last > 1 or not common(lemma(ours[last]))


def _part(word: str, whole: str) -> bool:
    """Whether a word is the beginning of another, and not another form of it."""
    return word.isalpha() and word != whole and whole.startswith(word) and lemma(word) != lemma(whole)


def _tells(words: list[str]) -> bool:
    """Whether the words have a verb, as a sentence has and a name or a credit has not."""
    return len(words) >= _SENTENCE and any(word in _VERBS or is_verb_form(word) for word in words)


def _folded(text: str) -> list[str]:
    words = (word.strip(".,;:!?…“”\"'’()-–—").casefold() for word in text.split())
    return [word for word in words if word]


CHECK = Garble()
