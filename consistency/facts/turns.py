"""What turns the sense between two texts: a negation that one of them has, or an opposite in the same slot.

Facts about two texts, no verdict: whoever asks holds them against what the model says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import islice, pairwise
from typing import Final, Literal, NamedTuple

from consistency.facts._kept import kept
from consistency.facts._lists import word_set
from consistency.facts._turns.compared import sides_exchanged, told_of_another, turned_round
from consistency.facts._turns.contrast import exchanged_contrast, set_aside
from consistency.facts._turns.converse import evenly, from_other_end, one_passive, parties_exchanged
from consistency.facts._turns.crossed import crossed
from consistency.facts._turns.cut_quote import without_cut
from consistency.facts._turns.denied import answered, by_its_most, spoken_of
from consistency.facts._turns.elsewhere import nowhere_denied, of_a_portion
from consistency.facts._turns.formula import in_phrase, without_phrases
from consistency.facts._turns.frame import Denials, in_frame
from consistency.facts._turns.further import further
from consistency.facts._turns.implied import implied
from consistency.facts._turns.left_out import added, aside, left_out
from consistency.facts._turns.near import VAGUE, near_opposites
from consistency.facts._turns.neither import both_denied
from consistency.facts._turns.of_whom import of_whom
from consistency.facts._turns.otherwise import for_purpose, otherwise
from consistency.facts._turns.outside import all_but, ended, of_its_end
from consistency.facts._turns.parts import parts_of_one
from consistency.facts._turns.slot import Place, slot
from consistency.facts._turns.twice import taken_back
from consistency.facts.hedge import lemma
from consistency.facts.kin import expression, told_by_kin
from consistency.facts.polarity import Opposite, asked, bases, lemmas, negated, negations, negative, opposed
from consistency.isolate import Difference, differences
from consistency.records import Span

_MOST: Final = 2000
"""Characters of a text beyond which it is no claim and nothing is said of it."""
_REACH: Final = 4
"""Words within which a negation is taken to belong to a word behind it."""
_SIDE: Final = 3
_WINDOW: Final = 80
"""How many words of weight on each side of an opposite are its surroundings, and in how many characters."""
_SHARED: Final = 2
"""Of those, how many must be the same for a firm turn where other words changed too."""
_FEW: Final = 2
"""Differences of two texts that are near-copies."""
_WORD: Final = re.compile(r"\w+")
_TWO: Final = re.compile(r"\w+(?:[ \u00a0]\w+)?")
_BREAK: Final = re.compile(r"[.!?;:,()—–]|\b(?:and|or|but|who|which|that|because|although|while)\b")

_LIMIT: Final = re.compile(r"\b(?:before|until|till|since|unless|than|except|but)\b")
"""What a negation may only set a limit to: "not before Wednesday" is "on Wednesday at the earliest"."""
_EARLIEST: Final = re.compile(r"\bat the (?:earliest|latest|soonest)\b", re.IGNORECASE)
"""What says the same without a negation."""
_NOT: Final = re.compile(r"\bnot (?:a |so |all that )?\Z", re.IGNORECASE)
_NEAR: Final = 16
_WITHOUT: Final = re.compile(r"\b(?:without|with no)\Z", re.IGNORECASE)
_RELATIVE: Final = word_set(
    "before after for against unless if because though although now then later earlier only also upon under above",
    "below ahead behind more less most least fewer greater smaller larger lower higher older younger elder come go",
    "came went gone coming going many few much little late early first last former latter up down in out over still",
    "away here there this that while when once twice using used everything nothing aged",
)
"""Words that another order of the sentence turns round: what is before this is after that."""
_THAN: Final = re.compile(r"\bthan\b", re.IGNORECASE)
_CHAIN: Final = 4
"""Comparisons of a text that are looked at together."""
_OR: Final = re.compile(r"[^.!?;:,()—–]*?\bor\b|[^.!?;:()—–]*?\bor (?:any|even)\b", re.IGNORECASE)


class Turn(NamedTuple):
    """Something that turns the sense: where it stands in the premise and in the hypothesis; one may be empty.

    `firm` where both texts have the words around it too, so that one slot is turned and not another matter told.
    `wide` where only the wide list calls the two words opposites. `alone` where the texts differ in them and in
    nothing else.
    """

    kind: Literal["negation", "antonym"]
    premise: Span
    hypothesis: Span
    firm: bool = True
    wide: bool = False
    alone: bool = False


@kept
def turns(premise: str, hypothesis: str) -> tuple[Turn, ...]:
    """What turns the sense between two texts; none where a negation and an opposite may cancel each other.

    The same either way round: an alignment of words may depend on which text comes first, the verdict must not.
    """
    if premise == hypothesis or max(len(premise), len(hypothesis)) > _MOST:
        return ()
    if premise > hypothesis:
        return tuple(
            turn._replace(premise=turn.hypothesis, hypothesis=turn.premise) for turn in turns(hypothesis, premise)
        )
    denials = _denials(premise, hypothesis), _denials(hypothesis, premise)
    opposites = [
        one
        for one in opposed(premise, hypothesis)
        if not any(map(one.premise.overlaps, denials[0]))
        and not any(map(one.hypothesis.overlaps, denials[1]))
        and not in_phrase(premise, one.premise)
        and not in_phrase(hypothesis, one.hypothesis)
    ]
    texts = premise, hypothesis
    contrasted = _contrasted(texts, opposites)
    if contrasted is not None:
        return contrasted
    opposites = [one for one in opposites if not _told(texts, (one.premise, one.hypothesis), wide=one.wide)]
    even = len(denials[0]) == len(denials[1])
    found = _evenly(texts, denials, opposites) if even else _unevenly(texts, denials, opposites)
    found = tuple(turn for turn in found if turn.kind != "negation" or not of_whom(texts, denials, turn[1:3]))
    found = found or tuple(Turn(*one) for one in further(texts, evenly=even))
    places = [(turn.premise, turn.hypothesis) for turn in found]
    return () if taken_back(texts, places, [(one.premise, one.hypothesis) for one in opposites]) else found


def _evenly(texts: tuple[str, str], denials: Denials, opposites: Sequence[Opposite]) -> tuple[Turn, ...]:
    """What turns the sense where both texts have as many negations."""
    found = tuple(_opposed(texts, denials, opposites)) if opposites else ()
    return tuple(turn for turn in found if not turn.wide) or found or tuple(_unlisted(texts, denials, opposites))


def _unevenly(texts: tuple[str, str], denials: Denials, opposites: Sequence[Opposite]) -> tuple[Turn, ...]:
    """What turns the sense where one text has more negations than the other."""
    cancelled = any(not one.wide or _denied(texts, denials, one) for one in opposites)
    found = () if cancelled else tuple(_negation(texts, denials))
    if any(turn.firm for turn in found):
        return found
    if not found and not cancelled and all(map(_beside, texts, denials)):  # "goes on without him", "is called off"
        return tuple(_opposed(texts, denials, opposites))
    framed = tuple(_framed(texts, denials, opposites))
    return tuple(turn._replace(firm=True) for turn in found) if found and framed else framed or found


def _contrasted(texts: tuple[str, str], opposites: Sequence[Opposite]) -> tuple[Turn, ...] | None:
    """The turn where both texts set two things against each other, and not alike; none where an opposite turns it back.

    "A, not B" against "B, not A", or "A, but not B" against "neither A nor B".
    """
    swapped = exchanged_contrast(*texts)
    if swapped is not None:  # with an opposite it is turned twice: "A, not B, won" is "B, not A, lost"
        return (Turn("negation", *swapped),) if all(one.wide for one in opposites) else ()
    for side in (0, 1):
        if (found := both_denied(texts, side)) is not None:
            return (Turn("negation", *(found if side == 0 else found[::-1])),)
    return None


def _denials(text: str, other: str) -> tuple[Span, ...]:
    return without_cut(text, without_phrases(text, negations(text, other), other), other)


def _told(texts: tuple[str, str], spans: tuple[Span, Span], *, wide: bool) -> bool:
    """Whether each text tells both sides, in other words: "A rose, B slipped" is "A gained and B lost".

    Of two words that only the wide list knows one side is enough: "issued and lifted" is "warned and withdrew".
    """
    words = [{word for word, _ in lemmas(text, Span(0, len(text)))} for text in texts]
    ends = [
        expression(text[span.start : span.end].casefold().replace(" ", "-"))
        for text, span in zip(texts, spans, strict=True)
    ]
    found = [told_by_kin(ends[1 - side], words[side], words[1 - side], ends[side]) for side in (0, 1)]
    return any(found) if wide else all(found)


def _negation(texts: tuple[str, str], denials: Denials) -> list[Turn]:
    """One turn, at the first negation that one text has and the other has not, nor another word for it."""
    found = differences(*texts)
    more = 0 if len(denials[0]) > len(denials[1]) else 1
    fewer = 1 - more
    own_words = bases(texts[more])
    if any(negative(texts[fewer], difference[fewer], own_words) for difference in found):
        return []
    if any(_carried_on(texts[fewer], denial) for denial in denials[fewer]):
        return []
    even = (len(denials[more]) - len(denials[fewer])) % 2 == 0
    if even and (denials[fewer] or not _apart(texts[more], denials[more])):
        return []
    told = bases(texts[fewer])
    paired = answered(texts, denials, more)
    for difference in found:
        own = [span for span in denials[more] if span.overlaps(difference[more])]
        if not own or any(span.overlaps(difference[fewer]) for span in denials[fewer]):
            continue
        denied = negated(texts[more], own[0])
        if own[0] in paired or by_its_most(texts[more], own[0], texts[fewer]):
            continue
        if nowhere_denied(texts, more, own[0], denied, difference):
            continue
        if set_aside(texts[more], own[0], [word for word, _ in denied], texts[fewer]):
            continue
        if otherwise(texts[more], own[0], texts[fewer], denied=bool(denials[fewer])):
            continue
        if (
            negative(texts[fewer], difference[fewer], own_words, near=True)
            or _doubled(texts[more], denied, told)
            or aside(texts[more], difference, more, told)
            or left_out(texts[more], own[0], texts[fewer])
            or implied(texts[more], own[0], denied, texts[fewer])
        ):
            continue
        limit = _LIMIT.search(texts[more], own[0].end, own[0].end + _WINDOW)
        if limit and _EARLIEST.search(texts[fewer]):
            continue
        denial = texts[more][own[0].start : own[0].end]
        firm = (
            spoken_of(texts, more, denial, [word for word, _ in denied], told)
            and not asked(texts[more], own[0])
            and not limit
        )
        if firm or not denials[fewer]:
            return [Turn("negation", *_shown(texts[fewer], difference, fewer, denied), firm)]
    return []


def _framed(texts: tuple[str, str], denials: Denials, opposites: Sequence[Opposite]) -> list[Turn]:
    """What one text denies of a verb and the other tells in the same frame, and opposites that stand elsewhere."""
    sure = [one for one in opposites if not one.wide]
    for side in (0, 1):
        theirs = [(one.premise, one.hypothesis)[1 - side] for one in sure]
        told = bases(texts[side]).union(*(bases(texts[1 - side][span.start : span.end]) for span in theirs))
        found = in_frame(texts, denials, side, told)
        if found is None or added(texts, found[0], side) or of_a_portion(texts, side, found[0]):
            continue
        if otherwise(texts[side], found[0], texts[1 - side], denied=bool(denials[1 - side])):
            continue
        if implied(texts[side], found[0], lemmas(texts[side], found[0]), texts[1 - side]):
            continue
        if any(_carried_on(texts[1 - side], denial, found[1].start) for denial in denials[1 - side]):
            continue
        premise, hypothesis = found if side == 0 else (found[1], found[0])
        if not any(one.premise.overlaps(premise) or one.hypothesis.overlaps(hypothesis) for one in opposites):
            return [*_opposed(texts, denials, sure), Turn("negation", premise, hypothesis)]
    return []


def _beside(text: str, denials: Sequence[Span]) -> bool:
    """Whether all that is denied is a thing besides, and not what is done: "without", "with no"."""
    return all(_WITHOUT.search(text, max(0, denial.start - _NEAR), denial.end) is not None for denial in denials)


def _carried_on(text: str, denial: Span, end: int | None = None) -> bool:
    """Whether a negation goes on behind an "or": "without immunity or a lawyer" denies twice."""
    return _OR.match(text, denial.end, denial.end + _WINDOW if end is None else end) is not None


def _shown(text: str, difference: Difference, side: int, denied: Sequence[tuple[str, Span]]) -> Difference:
    """The difference, with what is denied in place of words that only stand there because others moved."""
    if not denied or not len(difference[side]) or not denied[0][1].overlaps(difference[1 - side]):
        return difference
    place = next((span for word, span in lemmas(text, Span(0, len(text))) if word == denied[0][0]), None)
    if place is None or place.overlaps(difference[side]):
        return difference
    return Difference(place, difference.hypothesis) if side == 0 else Difference(difference.premise, place)


def _apart(text: str, denials: Sequence[Span]) -> bool:
    """Whether each negation is in a clause of its own, so that none takes back another."""
    return all(_BREAK.search(text, first.end, second.start) is not None for first, second in pairwise(denials))


def _doubled(text: str, denied: Sequence[tuple[str, Span]], told: Set[str]) -> bool:
    """Whether what is denied denies something itself, in words that the other text does not have ("did not reject")."""
    if not denied:
        return False
    two = _TWO.match(text, denied[0][1].start)
    return two is not None and negative(text, Span(*two.span()), told, near=True)


def _opposed(texts: tuple[str, str], denials: Denials, opposites: Sequence[Opposite]) -> Iterator[Turn]:
    """Words that are each other's opposites, in one slot, and neither or both negated."""
    found = differences(*texts)
    if evenly(texts, [(one.premise, one.hypothesis) for one in opposites]):
        return
    for one in opposites:
        spans = one.premise, one.hypothesis
        if _undone(texts, denials, spans):
            continue
        places = _place(texts[0], spans[0]), _place(texts[1], spans[1])
        shared = len({*places[0].left, *places[0].right} & {*places[1].left, *places[1].right})
        words = tuple(text[span.start : span.end].casefold() for text, span in zip(texts, spans, strict=True))
        kindred = _RELATIVE.isdisjoint(words) and slot(one, *places)
        if not shared and not kindred:
            continue
        tight = any(all(_only(texts[side], spans[side], block[side]) for side in (0, 1)) for block in found)
        if (
            from_other_end(texts, spans, alike=tight and len(found) <= _FEW)
            or for_purpose(texts, spans)
            or sides_exchanged(texts, spans)
            or parts_of_one(texts, spans)
            or of_its_end(texts, spans)
            or one_passive(texts, spans)
            or (one.narrow and one.kind == "v" and (parties_exchanged(texts, spans) or told_of_another(texts, spans)))
        ):
            continue
        if kindred or _same_slot(one, places, texts, tight=tight):
            firm = tight or ((kindred or shared >= _SHARED) and not (one.wide and _loose(one, words, places)))
            yield Turn("antonym", *spans, firm, one.wide, tight and len(found) == 1)


def _loose(one: Opposite, words: tuple[str, ...], places: tuple[Place, Place]) -> bool:
    """Whether two words may well be no opposites where more than they changed: of many senses, or not of one thing."""
    if not VAGUE.isdisjoint(map(lemma, words)):
        return True
    return one.kind == "v" and set(places[0].left).isdisjoint(places[1].left)


def _unlisted(texts: tuple[str, str], denials: Denials, opposites: Sequence[Opposite]) -> Iterator[Turn]:
    """Opposites that have changed places, and words in one slot that no list has, but that are as good as opposites.

    A comparison with another opposite may be told from the other end: "the old one is slower than the new one".
    """
    compared = bool(opposites) and all(_THAN.search(text) for text in texts)
    exchanged = [] if compared else list(islice(crossed(*texts), _CHAIN))
    if not any(turned_round(texts, spans) for pair in exchanged for spans in pair):
        for spans, _ in exchanged:
            if not _undone(texts, denials, spans):
                yield Turn("antonym", *spans)
    for spans in dict.fromkeys(near_opposites(*texts)):
        if any(denial.overlaps(span) for own, span in zip(denials, spans, strict=True) for denial in own):
            continue  # it has its counterpart among the denials of the other text
        if not _undone(texts, denials, spans) and not _told(texts, spans, wide=True):
            yield Turn("antonym", *spans, wide=True)


def _undone(texts: tuple[str, str], denials: Denials, spans: tuple[Span, Span]) -> bool:
    """Whether one of two opposites is denied, over or left out, or both compare with something else."""
    one, other = (
        _before(text, own, span) or _not(text, span) for text, own, span in zip(texts, denials, spans, strict=True)
    )
    if one != other:
        return True
    return turned_round(texts, spans) or all_but(texts) or any(map(ended, texts, spans))


def _place(text: str, span: Span) -> Place:
    left = lemmas(text, Span(max(0, span.start - _WINDOW), span.start))[-_SIDE:]
    right = lemmas(text, Span(span.end, min(len(text), span.end + _WINDOW)))[:_SIDE]
    noun = right[0][0] if right and not _BREAK.search(text, span.end, right[0][1].start) else ""
    return Place([word for word, _ in left], [word for word, _ in right], noun)


def _same_slot(one: Opposite, places: tuple[Place, Place], texts: tuple[str, str], *, tight: bool) -> bool:
    """Whether two opposites that share words around them speak of one thing; `tight` = nothing else changed there.

    Converses must keep those words in order ("sold to B" is "bought by B"), adjectives must have the same noun, or
    nouns that the other text does not have.
    """
    first, second = places
    if one.narrow:
        left, right = set(first.left) & set(second.left), set(first.right) & set(second.right)
        crossed = set(first.left) & set(second.right) | set(first.right) & set(second.left)
        order = [[word for word in place.right if word in right] for place in places]
        return not crossed and order[0] == order[1] and (tight or bool(left and right))
    if tight or one.kind != "a" or not first.right or not second.right:
        return True
    if first.right[0] in second.right[:2] or second.right[0] in first.right[:2]:
        return True
    told = [{word for word, _ in lemmas(text, Span(0, len(text)))} for text in texts]
    return first.right[0] not in told[1] and second.right[0] not in told[0]


def _denied(texts: tuple[str, str], denials: Denials, one: Opposite) -> bool:
    """Whether one of two opposites is denied where it stands: "not as fast" is "slower"."""
    return _before(texts[0], denials[0], one.premise) or _before(texts[1], denials[1], one.hypothesis)


def _before(text: str, denials: Sequence[Span], span: Span) -> bool:
    """Whether a negation stands before a word in its clause, a few words away."""
    return any(
        denial.end <= span.start
        and len(_WORD.findall(text, denial.end, span.start)) <= _REACH
        and not _BREAK.search(text, denial.end, span.start)
        for denial in denials
    )


def _not(text: str, span: Span) -> bool:
    """Whether an expression that counts as no denial denies a word all the same: "not far", "not a few"."""
    return _NOT.search(text, max(0, span.start - _NEAR), span.start) is not None


def _only(text: str, span: Span, block: Span) -> bool:
    """Whether a word is all of weight that a difference has."""
    return block.holds(span) and len(lemmas(text, block)) <= 1
