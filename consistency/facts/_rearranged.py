"""Two texts of the same words, or of words that may honestly stand for them, in an order that says the same.

What may move: a noun before or behind another ("the civil defense agency", "the agency of civil defense"), a day within
its sentence, who said it, the names of a list. Whatever else changes its place may have changed sides, and is another
order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from consistency.facts._lists import word_set
from consistency.facts._names.words import TITLES
from consistency.facts.hedge import lemma
from consistency.facts.kin import as_expressions, known, listed
from consistency.facts.polarity import opposed

_MOST: Final = 600
"""Characters of a text beyond which it is more than a sentence or two."""
_UNLIKE: Final = 12
"""Words of weight that a text may have for itself; a bound on what matching them costs, too."""
_LONGEST: Final = 4
"""Words of an expression that may stand for one word of the other text."""
_PART: Final = 4
"""Words of weight on either side of a noun that has another as its own."""
_SOURCE: Final = 9
"""Words of weight that name who said it."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LIGHT: Final = word_set(
    "a an the this that these those its of in on at for as with from which who is are was were be been has have had",
    "do did does and",
)
"""Words that a copy may have more or fewer of and still say the same in near-copies; none that gives a direction."""
_ARTICLES: Final = word_set("the a an its their his her")
_OF: Final = word_set("of for in from at")
"""What ties a noun to the one before it that another text puts ahead of it."""
_SAID: Final = frozenset(map(lemma, word_set("say tell report announce add state declare confirm explain according")))
_DAYS: Final = word_set(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August",
    "September October November December yesterday today tomorrow tonight",
)
_PROPER: Final = r"[A-ZÀ-Þ](?:[\w'’-]|\.(?=\w)){0,40}"
_NAME: Final = re.compile(rf"(?!The\b){_PROPER}(?: {_PROPER}){{0,5}}")
_LIST: Final = re.compile(rf"{_NAME.pattern}(?:(?: ?,(?: and| or)?| and| or| &)(?: the)? {_NAME.pattern}){{1,12}}")
_PARALLEL: Final = re.compile(
    r"\brespectively\b|\bin that order\b|\bahead of\b|\bbefore\b|\bbehind\b|\bfollowed by\b"
    r"|\b(?:former|latter|other)\b|\b(?:first|second|third) (?:and|or)\b"
    r"|\d[\w.,%]*(?: [^\W\d]\w*){0,2} and (?:by |at |to |of |for |from |in )?[$£€]?\d",
    re.IGNORECASE,
)
"""What tells that the order of a list says something, as it is that of another."""
_BESIDE: Final = 60
_OF_LAST: Final = re.compile(r" ?,? ?(?:\(|\d|of\b|from\b|(?<=, )(?:an?|the|who|whose|which|its|his|her|aged|both)\b)")
_OF_FIRST: Final = re.compile(
    r"\b(?i:the|an?|his|her|its|their) (?:[a-z-]+ ){0,2}"
    r"(?!(?:of|in|for|from|between|by|with|to|at|on) )[a-z-]+(?<!s) \Z"
)
"""What a list may have behind or before it that is said of its last or first name alone."""
_YEAR: Final = re.compile(r"[12]\d{3}")


class _Word(NamedTuple):
    """A word, where it stands among all words of its text, and its place in the text."""

    form: str
    at: int
    start: int
    end: int

    @property
    def fold(self) -> str:
        return self.form.casefold()


class _Text(NamedTuple):
    text: str
    all: Sequence[_Word]

    @classmethod
    def of(cls, text: str) -> _Text:
        found = _WORD.finditer(text)
        return cls(text, [_Word(_bare(one[0]), at, one.start(), one.end()) for at, one in enumerate(found)])

    def between(self, one: int, other: int) -> str:
        """What stands between two words, by their numbers."""
        return self.text[self.all[one].end : self.all[other].start]


_Run: TypeAlias = tuple[int, int]
"""Words of a text by the number of the first and of the last."""


class _Tie(NamedTuple):
    """Words of one text and those of the other that say them."""

    left: _Run
    right: _Run
    same: bool

    def of(self, side: int) -> _Run:
        return self.right if side else self.left


def rearranged(premise: str, hypothesis: str) -> bool:
    """Whether every word of weight of either text is told by the other, as it is or by its kin, in an order that says
    the same; not where nothing of weight differs. The same either way round.
    """
    if premise == hypothesis or max(len(premise), len(hypothesis)) > _MOST:
        return False
    if premise > hypothesis:  # which words tell each other may depend on which text comes first
        premise, hypothesis = hypothesis, premise
    left, right = _Text.of(premise), _Text.of(as_listed(hypothesis, premise))
    ties = _ties(left, right)
    if ties is None or (right.text == hypothesis and all(tie.same for tie in ties) and _in_order(ties)):
        return False
    return not opposed(premise, hypothesis) and all(_may_move(left, right, block) for block in _blocks(ties))


def _bare(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s").removesuffix("'")


def _weighty(words: Sequence[_Word]) -> list[_Word]:
    return [word for word in words if word.fold not in _LIGHT]


def _base(word: _Word) -> str:
    return lemma(word.fold)


def _ties(left: _Text, right: _Text) -> list[_Tie] | None:
    """What says what, in the order of the left text; None where a word of weight is left over."""
    from rapidfuzz.distance import LCSseq  # whoever only asks for help need not wait for it

    one, other = _weighty(left.all), _weighty(right.all)
    ties: list[_Tie] = []
    for block in LCSseq.editops(list(map(_base, one)), list(map(_base, other))).as_matching_blocks():
        here, there = one[block.a : block.a + block.size], other[block.b : block.b + block.size]
        ties += [_Tie((a.at, a.at), (b.at, b.at), same=True) for a, b in zip(here, there, strict=True)]
    one, other = _without(one, [tie.left for tie in ties]), _without(other, [tie.right for tie in ties])
    if max(len(one), len(other)) > _UNLIKE:
        return None
    for alike in (_same, _kin):
        for word in tuple(one):
            told = next((there for there in other if alike(word, there)), None)
            if told is not None:
                ties.append(_Tie((word.at, word.at), (told.at, told.at), alike is _same))
                one.remove(word)
                other.remove(told)
    one, other = _with_particles((left, right), ties, one, other)
    for a, b in _expressions(left, right, one, other):
        ties.append(_Tie(a, b, same=False))
        one, other = _without(one, [a]), _without(other, [b])
    return None if one or other else sorted(ties)


def _with_particles(
    texts: tuple[_Text, _Text], ties: list[_Tie], one: Sequence[_Word], other: Sequence[_Word]
) -> tuple[list[_Word], list[_Word]]:
    """What is left once a word that stands behind one of a tie is taken to it: "fell down" for "collapsed"."""
    left, right = list(one), list(other)
    for number, tie in enumerate(ties):
        for side, some in enumerate((left, right)):
            behind = next((word for word in some if word.at == tie.of(side)[1] + 1), None)
            if tie.same or behind is None:
                continue
            runs = [tie.left, tie.right]
            runs[side] = runs[side][0], behind.at
            if as_expressions(_express(texts[0], runs[0]), _express(texts[1], runs[1])):
                ties[number] = _Tie(runs[0], runs[1], same=False)
                some.remove(behind)
                break
    return left, right


def _without(words: Sequence[_Word], runs: Sequence[_Run]) -> list[_Word]:
    taken = {at for first, last in runs for at in range(first, last + 1)}
    return [word for word in words if word.at not in taken]


def _same(one: _Word, other: _Word) -> bool:
    return _base(one) == _base(other)


def _kin(one: _Word, other: _Word) -> bool:
    return listed(_base(one), _base(other))


def _expressions(
    left: _Text, right: _Text, one: Sequence[_Word], other: Sequence[_Word]
) -> Iterator[tuple[_Run, _Run]]:
    """Runs of words that stand for each other, each of which has a word that nothing else tells; up to the first word
    that stands in none.
    """
    taken: tuple[set[int], set[int]] = set(), set()
    for word in (*one, *other):
        side = 0 if word in one else 1
        if word.at in taken[side]:
            continue
        ours = list(_runs(left, one, taken[0], word if side == 0 else None))
        theirs = list(_runs(right, other, taken[1], word if side == 1 else None)) if ours else []
        found = next(((a, b) for a, told in ours for b, also in theirs if as_expressions(told, also)), None)
        if found is None:
            return
        yield found
        for run, some in zip(found, taken, strict=True):
            some.update(range(run[0], run[1] + 1))


def _runs(text: _Text, own: Sequence[_Word], taken: set[int], word: _Word | None) -> Iterator[tuple[_Run, str]]:
    """Runs of a text that the list knows and whose words of weight are all its own, and not taken; only those with a
    word, if there is one.
    """
    free = {one.at for one in own} - taken
    for start in free if word is None else range(max(0, word.at - _LONGEST + 1), word.at + 1):
        for end in range(start, min(start + _LONGEST, len(text.all))):
            if word is not None and end < word.at:
                continue
            if not all(one.at in free or one.fold in _LIGHT for one in text.all[start : end + 1]):
                continue
            told = _express(text, (start, end))
            if known(told):
                yield (start, end), told


def _express(text: _Text, run: _Run) -> str:
    return "-".join(word.fold for word in text.all[run[0] : run[1] + 1])


def _in_order(ties: Sequence[_Tie]) -> bool:
    return all(one.right < other.right for one, other in pairwise(ties))


def _blocks(ties: Sequence[_Tie]) -> Iterator[Sequence[_Tie]]:
    """The least runs of ties, in the order of the left text, that are a run of the right text as well."""
    order = {tie: at for at, tie in enumerate(sorted(ties, key=lambda tie: tie.right))}
    start = highest = 0
    for at, tie in enumerate(ties):
        highest = max(highest, order[tie])
        if highest == at:
            if at > start:
                yield ties[start : at + 1]
            start = highest = at + 1


def _may_move(left: _Text, right: _Text, block: Sequence[_Tie]) -> bool:
    """Whether the ties of a block may stand in either order."""
    lowest = [tie.right for tie in block]
    for turn in range(1, len(block)):
        first, second = block[:turn], block[turn:]
        if max(lowest[turn:]) < min(lowest[:turn]):
            return _turns(left, right, first, second) and all(
                _may_move(left, right, part) for some in (first, second) for part in _blocks(some)
            )
    return False


def _turns(left: _Text, right: _Text, first: Sequence[_Tie], second: Sequence[_Tie]) -> bool:
    """Whether the left text may tell one part and then another, and the right text the other way round."""
    sides = _Sides(_edges(first, 0), _edges(second, 0)), _Sides(_edges(second, 1), _edges(first, 1))
    texts = left, right
    gaps = left.between(sides[0].ahead[1], sides[0].behind[0]), right.between(sides[1].ahead[1], sides[1].behind[0])
    return (
        _owned(texts, gaps, first, second)
        or _day(texts, first, second)
        or _day(texts, second, first)
        or _said(texts, gaps, first, second)
        or _said(texts, gaps, second, first)
    )


class _Sides(NamedTuple):
    """The first and the last word of a part, and of the one behind it."""

    ahead: _Run
    behind: _Run


def _edges(part: Sequence[_Tie], side: int) -> _Run:
    runs = [tie.of(side) for tie in part]
    return min(run[0] for run in runs), max(run[1] for run in runs)


def _owned(texts: tuple[_Text, _Text], gaps: tuple[str, str], first: Sequence[_Tie], second: Sequence[_Tie]) -> bool:
    """Whether one of two nouns stands before the other in one text, and by "of" behind it in the other; or words stand
    so for one that describes ("a disused gallery", "a gallery out of use").
    """
    if max(len(first), len(second)) > _PART or not all(
        _is_phrase(text, part, side) for part in (first, second) for side, text in enumerate(texts)
    ):
        return False
    tied = [gap.casefold().split() for gap in gaps]
    joined = [not words or words in (["'s"], ["’s"], ["'"], ["’"]) for words in tied]
    by_of = [bool(words) and words[0] in _OF and all(word in _ARTICLES for word in words[1:]) for words in tied]
    if (joined[0] and by_of[1]) or (joined[1] and by_of[0]):
        return True
    longer = any(_length(tie.left) != _length(tie.right) for tie in (*first, *second))
    return all(joined) and longer and len(first) == len(second) == 1


def _is_phrase(text: _Text, part: Sequence[_Tie], side: int) -> bool:
    """Whether the words of a part stand in one text beside each other."""
    first, last = _edges(part, side)
    told = {at for tie in part for at in range(tie.of(side)[0], tie.of(side)[1] + 1)}
    return len(told) == last - first + 1 and not any(text.between(at, at + 1).strip() for at in range(first, last))


def _length(run: _Run) -> int:
    return run[1] - run[0]


def _day(texts: tuple[_Text, _Text], part: Sequence[_Tie], other: Sequence[_Tie]) -> bool:
    """Whether a part is the only day or year that the texts tell, and moves within what is told of it."""
    if len(other) > _PART + _PART or not all(_dated(texts[0], tie.left) for tie in part):
        return False
    if any(sum(_is_date(word) for word in text.all) > len(part) for text in texts):
        return False
    if any(_base(texts[0].all[tie.left[0]]) in _SAID for tie in other):
        return False
    return not any(_of_saying(text, _edges(part, side)) for side, text in enumerate(texts))


def _of_saying(text: _Text, run: _Run) -> bool:
    """Whether the last word of weight before some is one of saying: "said on Monday that the ferry had sailed"."""
    ahead = next((word for word in reversed(text.all[: run[0]]) if word.fold not in _LIGHT), None)
    return ahead is not None and _base(ahead) in _SAID


def _dated(text: _Text, run: _Run) -> bool:
    return all(_is_date(word) for word in text.all[run[0] : run[1] + 1])


def _is_date(word: _Word) -> bool:
    return word.form in _DAYS or _YEAR.fullmatch(word.form) is not None


def _said(texts: tuple[_Text, _Text], gaps: tuple[str, str], part: Sequence[_Tie], other: Sequence[_Tie]) -> bool:
    """Whether a part is who said it, before or behind that; or the very word, before or behind who did."""
    words = [texts[0].all[tie.left[0]] for tie in part]
    said = [_base(word) in _SAID for word in words]
    if len(part) == 1 and said[0]:
        named = texts[0].all[other[0].left[0]].form[0].isupper()
        return named and len(other) <= _SOURCE and not any(map(str.strip, gaps))
    if sum(said) != 1 or len(part) > _SOURCE or len(other) < _PART:
        return False
    return all(
        min(tie.of(side)[0] for tie in part) <= 1 or gap.lstrip("\"”’'").startswith(",")
        for side, gap in enumerate(gaps)
    )


def as_listed(text: str, other: str) -> str:
    """A text whose lists of names stand in the order in which another text has them, if it has the same lists."""
    if _PARALLEL.search(text) or _PARALLEL.search(other):
        return text
    there = {frozenset(names): names for found in _LIST.finditer(other) for names in [_NAME.findall(found[0])]}
    for found in _LIST.finditer(other):
        if _tied_to_one(found):
            there.pop(frozenset(_NAME.findall(found[0])), None)

    def put(found: re.Match[str]) -> str:
        names = _NAME.findall(found[0])
        if len(set(names)) < len(names) or _tied_to_one(found):
            return found[0]
        told = iter(there.get(frozenset(names), names))
        return _NAME.sub(lambda _: next(told), found[0])

    return _LIST.sub(put, text)


def _tied_to_one(found: re.Match[str]) -> bool:
    """Whether what stands beside a list may be said of one of its names alone: "the coach Hill", "Weber, 34,"."""
    before = found.string[max(0, found.start() - _BESIDE) : found.start()]
    titled = not TITLES.isdisjoint(before.split()[-1:])
    return titled or _OF_LAST.match(found.string, found.end()) is not None or _OF_FIRST.search(before) is not None
