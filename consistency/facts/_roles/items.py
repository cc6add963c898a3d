"""A text cut into what a role is read from: things, verbs, prepositions and the marks between them.

No parser: a thing is a name, a figure, a date or a run of words between function words; a verb is a word
of the list, or of a verb's form, where a verb may stand. One pass, a few tokens looked at around each.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

import msgspec

from consistency.facts._places.gazetteer import ABBREVIATED
from consistency.facts._roles import words as lists
from consistency.facts._roles.forms import Form, Tag, form
from consistency.facts._tokens import END, Token, tokenize
from consistency.facts.hedge import lemma
from consistency.records import Span

Kind: TypeAlias = Literal["name", "noun", "number", "date", "word", ""]

_QUOTES: Final = frozenset('"“”„«»`‘')
_LONGEST: Final = 10
"""Words of a thing beyond which it is cut."""
_AROUND: Final = 3
"""Places looked at before the first and behind the last token: there stands `END`."""


class Item(msgspec.Struct, frozen=True, gc=False):
    """A piece of the sentence. Of a thing, `words` are without determiners and titles, with their `spans`.

    `owns` where a possessive ends it, `determined` where a determiner opens it.
    """

    tag: Tag
    span: Span
    fold: str = ""
    kind: Kind = ""
    words: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    owns: bool = False
    determined: bool = False

    @property
    def lemma(self) -> str:
        """Of a verb its lemma, of a thing that of its last word."""
        return lemma(self.words[-1] if self.words else self.fold)


class _Run(NamedTuple):
    """The tokens of a text and their forms, with `_AROUND` times `END` at the end.

    So that there is one before the first token, too: a place below 0 counts from the end.
    """

    tokens: tuple[Token, ...]
    forms: tuple[Form, ...]

    def joined(self, index: int) -> bool:
        """Whether a token touches the one before it."""
        return self.tokens[index - 1].end == self.tokens[index].start

    def hyphened(self, index: int) -> bool:
        """Whether a hyphen binds the words around it."""
        return self.forms[index].fold == "-" and self.joined(index) and self.joined(index + 1)


def items(text: str) -> tuple[Item, ...]:
    """The items of `text` in order; cost linear in its length, never raises."""
    told = [token for token in tokenize(text) if token.text not in _QUOTES]
    count = len(told)
    run = _Run((*told, *[END] * _AROUND), (*[form(token.text) for token in told], *[form(END.text)] * _AROUND))
    tags = [_ASKED[own.asked](run, index) if own.asked else own.tag for index, own in enumerate(run.forms)]
    found: list[Item] = []
    index = 0
    while index < count:
        token, own, tag = run.tokens[index], run.forms[index], tags[index]
        if tag is not None:
            found.append(Item(tag, Span(token.start, token.end), own.fold))
            index += 1
        elif own.determiner or own.word or own.digits:
            stop = _thing(run, index, count, tags)
            owned = _apostrophe(run, stop)
            thing = _item(run, index, stop, owned=owned > stop)
            if thing is not None:
                found.append(thing)
                stop = owned
            index = max(stop, index + 1)
        else:
            index += 1
    return tuple(found)


def _doubtful(run: _Run, index: int) -> Tag | None:
    """What a token is that is one thing here and another there."""
    fold, token = run.forms[index].fold, run.tokens[index]
    before, after = run.forms[index - 1], run.forms[index + 1]
    if fold == "to":
        return "preposition" if after.opens else "to"
    if fold == "that":
        return None if after.word and before.preposition else "clause"
    first, last = run.tokens[index - 1], run.tokens[index + 1]
    if fold == "-":
        return "paren" if first.end < token.start < token.end < last.start else None
    initial = before.word and first.end == token.start and (len(first.text) == 1 or before.fold in ABBREVIATED)
    return None if initial else "stop"


def _verb(run: _Run, index: int) -> Tag | None:
    """Whether a word with a verb's form stands where a verb may stand."""
    own, before, after = run.forms[index], run.forms[index - 1], run.forms[index + 1]
    opening = after.fold == "by" and not before.word  # "Directed by"
    if not (own.lower or opening) or (before.fold == "-" and run.joined(index)):
        return None
    if own.ing:
        opens = not before.word or before.tagged
        stands = not before.describes and not own.ing_noun and (opens or (own.listed and after.opens))
    elif own.past:
        adjective = before.describes or before.describing or before.adverbial
        stands = not adjective or (before.adverbial and not run.forms[index - 2].determiner)
    else:
        described = before.describes or not before.word or before.tagged
        stands = before.base or (own.listed and not described and after.opens)
        # "Ruiz loses to Vega": two of which one does it to the other stand around it.
        stands = stands or (
            before.upper and own.fold.endswith("s") and (lemma(own.fold), after.fold) in lists.CONVERSES
        )
    return "verb" if stands else None


_ASKED: Final = {"verb": _verb, "mark": _doubtful}


def _thing(run: _Run, index: int, count: int, tags: list[Tag | None]) -> int:
    """Where the thing that begins at `index` ends."""
    forms = run.forms
    stop = index + forms[index].determiner
    if forms[stop].figure and not (forms[stop + 2].word and run.hyphened(stop + 1)):
        while forms[stop].figure or _date_comma(run, stop):
            stop += 1
        return stop
    lower = capital = False
    last = min(count, index + _LONGEST)
    while stop < last:
        own = forms[stop]
        if (own.fold == "-" and run.hyphened(stop)) or (stop == index and own.digits):
            stop += 1
            continue
        ends = tags[stop] is not None if own.plain else _ends(forms, stop, tags[stop], lower=lower, capital=capital)
        if ends and not (forms[stop - 1].fold == "-" and run.joined(stop)):
            break
        stop += 1
        if own.fold == "." or own.particle:
            continue
        capital, lower = capital or own.upper, lower or not own.upper
        if own.owns:
            break
    return stop


def _ends(forms: tuple[Form, ...], stop: int, tag: Tag | None, *, lower: bool, capital: bool) -> bool:
    """Whether the thing ends before this token, whose tag is given."""
    own, after = forms[stop], forms[stop + 1]
    if own.fold == ".":
        return tag is not None or not capital
    if not own.word or own.determiner:
        return True
    if capital and own.particle and after.upper:
        return False
    timed = own.time and after.day
    if (own.upper and lower) or ((own.upper or lower) and capital and (timed or own.day)) or timed:
        return True
    dated = own.month and own.upper and after.digits
    if dated or (capital and not lower and own.figure):
        return True
    return tag is not None and not (own.upper and capital and tag != "preposition")


def _date_comma(run: _Run, index: int) -> bool:
    """The comma of "May 5, 1940"."""
    forms = run.forms
    dated = forms[index].fold == "," and forms[index - 1].digits and forms[index - 2].month
    return dated and forms[index + 1].digits and len(run.tokens[index + 1].text) == 4


def _apostrophe(run: _Run, stop: int) -> int:
    """Past a possessive that stands apart from its word ("Mehra 's", "the teachers'")."""
    before, after = run.forms[stop - 1], run.forms[stop + 1]
    if run.tokens[stop].text not in "'’" or not before.word:
        return stop
    if after.fold == "s" and run.tokens[stop].end == run.tokens[stop + 1].start:
        return stop + 2
    return stop + 1 if run.joined(stop) and before.fold.endswith("s") and after.word else stop


def _item(run: _Run, first: int, stop: int, *, owned: bool) -> Item | None:
    """The thing a run of tokens is; None where nothing but a determiner is left."""
    tokens, forms = run
    determined = forms[first].determiner
    told = [at for at in range(first + determined, stop) if forms[at].content]
    if not told:
        return None
    last = told[-1]
    ending = forms[last]
    named = ([at for at in told if not forms[at].title] or told) if ending.upper else told
    words = tuple([forms[at].bare for at in named])
    spans = tuple([Span(tokens[at].start, tokens[at].end) for at in named])
    span = Span(tokens[told[0]].start, tokens[last].end - 2 * ending.owns)
    kind = _kind([forms[at] for at in told])
    return Item("thing", span, words[-1], kind, words, spans, ending.owns or owned, determined)


def _kind(told: list[Form]) -> Kind:
    if told[0].figure and all(own.figure for own in told):
        return "date" if any(own.month for own in told) else "number"
    if told[-1].day:
        return "date"
    for own in told:  # a loop, since this is asked of every thing of every text
        if own.common:
            return "noun"
    return "name"
