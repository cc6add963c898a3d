"""Verbs of several words ("take to court", "turn down", "come under fire from"), read as one verb that says the same.

The words that make such a verb are taken out of the items of a text, so that whom it is done to stands right beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias, cast

import msgspec

from consistency.facts._roles.items import Item
from consistency.facts.hedge import lemma

Shape: TypeAlias = Literal["split", "joined", "undergone"]
"""Of `split` the words behind the verb may stand behind whom it is done to; those of `joined` stand beside the verb;
`undergone` says of its subject that it is done to him."""

_BETWEEN: Final = 4
"""Items between a verb and the rest of it."""
_ASIDE: Final = 8
"""Items of a date or a result among them."""
_KINDS: Final = frozenset({"lawsuit", "suit", "attack", "criticism"})
"""Nouns of a phrase that are often told with a word more ("a libel suit")."""
_TABLE: Final = """
    sued suing: split: take took bring drag haul: to court|before court|into court
    prosecuted prosecuting: split: put bring: on trial|to trial
    jailed jailing: split: send put throw: to prison|to jail|in prison|in jail|into prison|into jail|behind bars
    rejected rejecting: split: turn vote: down
    beat beating: split: knock: out
    beat beating: split: see saw: off
    acquired acquiring: split: take took: over
    gave giving: split: hand turn: over
    gave giving: split: pass: on
    sued suing: joined: file bring launch lodge start take took: lawsuit against|suit against|case against|claim against
    sued suing: joined: file bring launch lodge start take took: complaint against|action against|proceedings against
    charged charging: joined: bring press file lay lodge: charges against
    urged urging: joined: call appeal: on|upon|to
    criticised criticising: joined: lash hit: out at
    criticised criticising: joined: take took: aim at
    attacked attacking: joined: launch mount: attack on|assault on|raid on|offensive against|attack against
    blamed blaming: joined: lay put pin point: blame on|finger at
    beat beating: joined: get got: better of
    replaced replacing: joined: take took: over from
    replaced replacing: joined: step stand fill: in for
    visited visiting: joined: pay: visit to
    criticised criticising: undergone: come came: under fire from|under attack from|under criticism from
    criticised criticising: undergone: draw drew face: criticism from
    sued suing: undergone: face: lawsuit from|lawsuit by|suit from|suit by|claim from|action from
    beaten beating: undergone: bow succumb: to
    beaten beating: undergone: go went: down to
    beaten beating: undergone: lose: out to
    replaced replacing: undergone: make give: way for|way to
"""
"""The verb that says the same, as past and as participle: shape: first words: what goes with one of them."""


class _Phrase(NamedTuple):
    past: str
    ing: str
    shape: Shape
    rest: tuple[str, ...]


def _phrases() -> dict[str, tuple[_Phrase, ...]]:
    found: dict[str, list[_Phrase]] = {}
    for line in _TABLE.strip().splitlines():
        says, shape, verbs, rests = line.strip().split(": ")
        past, ing = says.split()
        for verb in verbs.split():
            for rest in rests.split("|"):
                made = _Phrase(past, ing, cast(Shape, shape), tuple(rest.split()))
                found.setdefault(lemma(verb), []).append(made)
    # The longer one goes first: "take over from" is no "take over".
    return {verb: tuple(sorted(made, key=lambda one: -len(one.rest))) for verb, made in found.items()}


_PHRASES: Final = _phrases()


def phrased(told: Sequence[Item]) -> tuple[Item, ...]:
    """The items with each verb of several words as one. Cost linear in the items."""
    found: list[Item] = []
    instead: dict[int, Item | None] = {}
    for index, item in enumerate(told):
        if index in instead:
            found += filter(None, (instead[index],))
            continue
        match = _match(told, index) if item.tag == "verb" else None
        if match is None:
            found.append(item)
            continue
        phrase, places = match
        instead.update(dict.fromkeys(places))
        undergone = phrase.shape == "undergone"
        if undergone:
            instead[places[-1]] = Item("preposition", told[places[-1]].span, "by")
        ing = item.fold.endswith("ing") and not undergone
        found.append(msgspec.structs.replace(item, fold=phrase.ing if ing else phrase.past))
    return tuple(found)


def past_aside(told: Sequence[Item], at: int) -> int:
    """The place behind a date, a result or "at home" that stands between a verb and what belongs to it."""
    end = at
    while end + 1 < len(told) and end - at < _ASIDE:
        item, after = told[end], told[end + 1]
        if item.kind in ("date", "number") or item.fold == "-":
            end += 1
        elif item.tag == "preposition" and (after.kind == "date" or after.fold in ("home", "yesterday", "today")):
            end += 2
        else:
            break
    return end


def _match(told: Sequence[Item], index: int) -> tuple[_Phrase, list[int]] | None:
    """The phrase that begins with this verb, and the places of the rest of it."""
    for phrase in _PHRASES.get(told[index].lemma, ()):
        at = index + 1
        while at <= index + 1 + (_BETWEEN if phrase.shape == "split" else 0):
            places = _places(told, at, phrase)
            if places and not (phrase.shape == "split" and told[index - 1].tag == "be" and _bound(told, places)):
                return phrase, places
            if at >= len(told) or (told[at].tag not in ("thing", "and") and told[at].fold != "of"):
                break
            at += 1
    return None


def _bound(told: Sequence[Item], places: list[int]) -> bool:
    """Whether a lone preposition belongs to the thing behind it ("was passed on the climb")."""
    behind = places[-1] + 1
    return len(places) == 1 and behind < len(told) and told[behind].tag == "thing"


def _places(told: Sequence[Item], at: int, phrase: _Phrase) -> list[int]:
    """Where the words stand from here on; a noun among them alone, or behind one word that says of what kind it is.
    Before whom it is done by or to, a date or a result may stand.
    """
    places: list[int] = []
    for count, word in enumerate(phrase.rest):
        last = count == len(phrase.rest) - 1
        if phrase.shape != "split" and last and (count or phrase.shape == "undergone"):
            at = past_aside(told, at)
        if at >= len(told) or told[at].fold != word or len(told[at].words) > 1 + (word in _KINDS):
            return []
        places.append(at)
        at += 1
    return places
