"""Corruptions of what is said of a fact: negation, antonym, hedge, attribution, quotation, who did it to whom."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache

from consistency.records import Span
from eval.mutate._clauses import OWN, clauses, noun_phrase, plural
from eval.mutate._facts import DAYS
from eval.mutate._text import Change, Sentence, Source, cased, either, replacements, tables

_AUXILIARY = re.compile(r"(?<![\w’'-])(?P<word>is|are|was|were|has|have|had|will|would|can|could|should)(?= )")
_NOT = re.compile(
    r"(?<![\w’'-])(?:(?P<did>did) not (?P<base>[a-z]+)"
    r"|(?P<word>is|are|was|were|has|have|had|will|would|can|could|should) not(?= [a-z])|(?P<cannot>cannot)(?= [a-z])"
    r"|(?P<no>found|had|was|is) no (?P<thing>evidence|link|sign|reason|doubt|indication))(?![\w-])"
)
_POLAR = re.compile(
    r"\b(?:not|no|never|nobody|none|nothing|neither|nor|without|hardly|barely|cannot|few|little|if|whether|unless|until"
    r"|before|than|as|since|or|but|only|too|any|anyone|anything|yet|rather|so|both|either|sometimes)\b|n[’']t\b|\?",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(
    " "
    + either(
        r"\w+ed been begun become taken given made seen shown found said told led left lost won sent held kept brought "
        "built bought caught come done gone grown known met paid put risen fallen run set shot spoken spent struck "
        "written broken chosen driven forgotten"
    )
    + r"\b(?! the)"
)
_PREDICATE = re.compile(
    " "
    + either(
        "(?!being)[a-z]+(?:ed|ing) [a-z]+n able the a an in on at under from ready responsible guilty alone legal safe"
    )
    + r"\b"
)
_BARE = re.compile(r" (?!be able|also|still|never|have to|again|soon)[a-z]+\b(?![’'])")


def negation(source: Source, _rng: random.Random) -> Iterator[Change]:
    """A "not" put in behind an auxiliary of the first clause, or one taken out."""
    for sentence in source.sentences:
        text = sentence.text
        for found in _NOT.finditer(text):
            if sentence.quoted(found.start(), found.end()) or re.search(
                r"\b(?:any|yet|either|nor|anyone|anything|but|only|ever)\b", text[found.end() :]
            ):
                continue
            if found["no"]:
                yield (sentence.edit(found.start(), found.end(), f"{found['no']} {_article(found['thing'])}"),)
            elif found["cannot"]:
                yield (sentence.edit(found.start(), found.end(), "can"),)
            elif found["word"]:
                if not re.match(r" (?:only|just|all|every|even|to|so|until)\b", text[found.end() :]):
                    yield (sentence.edit(found.start(), found.end(), found["word"]),)
            elif past := tables()["past"].get(found["base"]):
                yield (sentence.edit(found.start(), found.end(), past),)
        for found in _AUXILIARY.finditer(text):
            clause = text[: found.start()]
            if (
                sentence.quoted(found.start(), found.end())
                or _POLAR.search(clause)
                or _POLAR.search(text[found.end() :][:40])
            ):
                continue
            word = found["word"]
            follows = {
                "is": _PREDICATE,
                "are": _PREDICATE,
                "was": _PREDICATE,
                "were": _PREDICATE,
                "has": _PARTICIPLE,
                "have": _PARTICIPLE,
                "had": _PARTICIPLE,
            }
            if not follows.get(word, _BARE).match(text, found.end()):
                continue
            if re.search(
                r"\b(?:there|the|a|his|her|to|by|of|what|how|all|every|both|some|most|which|it) $",
                clause,
                re.IGNORECASE,
            ):
                continue
            yield (sentence.edit(found.start(), found.end(), "cannot" if word == "can" else f"{word} not"),)


def _article(thing: str) -> str:
    return thing if thing == "evidence" else f"{'an' if thing[0] in 'aeiou' else 'a'} {thing}"


def antonym(source: Source, _rng: random.Random) -> Iterator[Change]:
    """A word turned into its opposite, outside quotations and where no negation stands."""
    for sentence in source.sentences:
        for span, new in replacements("antonym", sentence):
            near = sentence.text[max(0, span.start - 30) : span.start]
            if sentence.quoted(span.start, span.end) or re.search(r"\b(?:not|never|no)\b|n[’']t\b", near):
                continue
            yield (sentence.edit(span.start, span.end, new),)


def hedge(source: Source, _rng: random.Random) -> Iterator[Change]:
    """What was alleged, expected or possible, told as plain fact."""
    for sentence in source.sentences:
        for span, new in replacements("hedge", sentence):
            if sentence.quoted(span.start, span.end) or "?" in sentence.text:
                continue
            if new:
                yield (sentence.edit(span.start, span.end, new),)
            elif sentence.text[span.end : span.end + 1] == " ":
                yield (sentence.edit(span.start, span.end + 1, ""),)


_SAYS = "said|says|reported|announced|claimed|alleged|told reporters|told the court"
_NO_SPEAKER = (
    either(
        "but and or which who while although though as after before when because since including with where what if "
        "should were had"
    )
    + r"\b"
)
_FINITE = r" (?:has|have|had|was|were|is|are|been|that|not|never|also|who|which)\b"
_WHEN = rf"(?: (?:on|late|early|in a statement|{'|'.join(DAYS)})[^,.”\"]{{0,40}})?"
TRAILING = re.compile(rf", (?P<who>(?!{_NO_SPEAKER})(?:(?!{_FINITE})[^,”\"]){{3,90}}) (?:{_SAYS}){_WHEN}\.$")
ACCORDING = re.compile(r"(?<!not)(?<!least)(?<!, and)(?<! but),? according to (?P<who>[^,.”\"]{3,100}?)(?P<end>\.$)")
_ACCORDING_FIRST = re.compile(r"^According to (?P<who>[^,”\"]{3,90}), (?=[\w])")
_LEADING = re.compile(
    rf"^(?P<who>[^,.”\"]{{3,60}}?) (?:said|says|claimed|alleged|reported)(?:(?: on)? (?:{'|'.join(DAYS)}))?(?: that)? "
    rf"(?!{'|'.join(DAYS)})(?=(?:the|a|an|two|three|four|five|more|some|many|most|[A-Z][a-z]+) )"
)
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|did|does|fell|rose|came|went|took"
    r"|[a-z]{3,}ed)\b"
)
_PRONOUN = re.compile(r"\b(?:he|she|it|they|his|her|its|their|who)\b", re.IGNORECASE)


def attribution(source: Source, _rng: random.Random) -> Iterator[Change]:
    """Who said it is gone; what they said stands as fact."""
    for sentence in source.sentences:
        text = sentence.text
        if not sentence.plain or len(text) < 50:
            continue
        if found := TRAILING.search(text):
            if not _PRONOUN.fullmatch(found["who"]):
                yield (sentence.edit(found.start(), len(text), "."),)
        elif found := ACCORDING.search(text):
            yield (sentence.edit(found.start(), len(text), "."),)
        elif found := _ACCORDING_FIRST.match(text):
            rest = text[found.end() :]
            yield (sentence.edit(0, found.end() + 1, rest[:1].upper()),)
        elif (found := _LEADING.match(text)) and not _CLAUSE.search(found["who"]):
            rest = text[found.end() :]
            if _CLAUSE.search(rest) and not _PRONOUN.match(rest) and " said" not in rest:
                yield (sentence.edit(0, found.end() + 1, rest[:1].upper()),)


_ADVERB = re.compile(
    r" (?:very|really|simply|only|just|never|always|quite|certainly|clearly|probably|already|again)(?= [a-z])"
    r"(?! (?:that|far|much|many|as))"
)
_MODAL = {
    "will": "may",
    "must": "could",
    "can": "should",
    "would": "might",
    "is": "was",
    "are": "were",
    "was": "is",
    "were": "are",
    "has": "had",
    "have": "had",
}
_MODAL_WORD = re.compile(rf"(?<= )(?:{'|'.join(_MODAL)})(?= [a-z])")


_NO_TENSE = re.compile(
    r"(?:\b(?:I|who|there|it|not|to|do|does|did|will|would|can|could|may|might|must|should)|n[’']t) $", re.IGNORECASE
)


def quotation(source: Source, _rng: random.Random) -> Iterator[Change]:
    """Words between quotation marks that nobody said: one changed, one left out."""
    for sentence in source.sentences:
        for quote in sentence.quotes:
            inner = sentence.text[quote.start : quote.end]
            if len(inner.split()) < 5:
                continue
            for found in _ADVERB.finditer(inner):
                yield (sentence.edit(quote.start + found.start(), quote.start + found.end(), ""),)
            for found in _MODAL_WORD.finditer(inner):
                if _NO_TENSE.search(inner[: found.start()]) or " not" in inner[found.end() : found.end() + 5]:
                    continue
                yield (sentence.edit(quote.start + found.start(), quote.start + found.end(), _MODAL[found[0]]),)
            yield from _quoted_words(sentence, quote)


def _quoted_words(sentence: Sentence, quote: Span) -> Iterator[Change]:
    for table in ("antonym", "synonym"):
        for span, new in replacements(table, sentence):
            if quote.start < span.start and span.end < quote.end:
                yield (sentence.edit(span.start, span.end, new),)


def role_swap(source: Source, _rng: random.Random) -> Iterator[Change]:
    """Who did it and to whom change places; so do "from" and "to"."""
    for sentence in source.sentences:
        text = sentence.text
        for clause in clauses(sentence, _swap_verbs()):
            doer, verb = text[clause.doer.start : clause.doer.end], text[clause.verb.start : clause.verb.end]
            target, rest = text[clause.target.start : clause.target.end], text[clause.target.end :]
            moved = source.lowered(doer) if clause.leads else doer
            if (
                moved is None
                or OWN.search(target)
                or (verb.startswith(("has ", "have ")) and plural(doer) != clause.plural)
            ):
                continue
            if moved.endswith(",") and rest[:1] in {",", "."}:
                moved = moved[:-1]
            lead = cased(doer, target) if clause.leads else target
            yield (sentence.edit(clause.doer.start, clause.target.end, f"{lead} {verb} {moved}"),)
        if found := _PASSIVE.match(text):
            one, other = source.lowered(found["one"]), found["other"]
            alike = plural(found["one"]) == plural(other)
            if (
                one
                and alike
                and sentence.plain
                and noun_phrase(found["one"], first=True)
                and noun_phrase(other, first=False)
            ):
                yield (sentence.edit(0, found.end("other"), f"{cased('A', other)} {found['verb']} {one}"),)
        for pattern in (_FROM_TO, _OVER):
            for pair in pattern.finditer(text):
                if pair["one"] != pair["other"] and not sentence.quoted(pair.start(), pair.end()):
                    new = f"{pair['head'] or ''}{pair['other']}{pair['mid']}{pair['one']}"
                    yield (sentence.edit(pair.start(), pair.end(), new),)


_PROPER = r"[A-Z][a-z]+(?: [A-Z][a-z]+)?"
_PASSIVE = re.compile(
    r"^(?P<one>[^,.”\"]{3,60}?) (?P<verb>(?:was|were) \w+(?:ed|en|own|ot|uck|aught) by) (?P<other>[^,.”\"]{3,60}?)"
    r"(?=,|\.$| (?:on|in|after|at|during|last) )"
)
_FROM_TO = re.compile(
    rf"\b(?P<head>from )(?P<one>{_PROPER})(?P<mid> to )(?P<other>{_PROPER})(?=,|\.$| on| in| by| and)"
)
_OVER = re.compile(
    rf"(?P<head>)\b(?P<one>{_PROPER})(?P<mid>[’']s (?:attack on|victory over|win over|war on|invasion of"
    r"|lawsuit against|criticism of|letter to|complaint against|visit to|threat to|exports to|debt to) )"
    rf"(?P<other>{_PROPER})(?![’'-])"
)


@cache
def _swap_verbs() -> frozenset[str]:
    return frozenset(tables()["verbs"]["swap"])
