"""Verbs of several words ("take to court", "turn down", "come under fire from"), read as one verb that says the same.

The words that make such a verb are taken out of the items of a text, so that whom it is done to stands right beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias, cast

import msgspec

from consistency.facts._roles.items import Item
from consistency.facts.hedge import lemma

Shape: TypeAlias = Literal["split", "joined", "undergone"]
"""Of `split` the words behind the verb may stand behind whom it is done to; those of `joined` stand beside the verb;
`undergone` says of its subject that it is done to him."""

_BETWEEN: Final = 4
"""Items between a verb and the rest of it."""
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
    skipped: set[int] = set()
    for index, item in enumerate(told):
        if index in skipped:
            continue
        match = _match(told, index) if item.tag == "verb" else None
        if match is None:
            found.append(item)
            continue
        phrase, at = match
        skipped.update(range(at, at + len(phrase.rest)))
        found += _replaced(item, phrase, told[at + len(phrase.rest) - 1])
    return tuple(found)


def _replaced(item: Item, phrase: _Phrase, last: Item) -> Iterator[Item]:
    if phrase.shape != "undergone":
        yield msgspec.structs.replace(item, fold=phrase.ing if item.fold.endswith("ing") else phrase.past)
        return
    yield msgspec.structs.replace(item, fold=phrase.past)
    yield Item("preposition", last.span, "by")


def _match(told: Sequence[Item], index: int) -> tuple[_Phrase, int] | None:
    """The phrase that begins with this verb, and where the rest of it stands."""
    for phrase in _PHRASES.get(told[index].lemma, ()):
        at = index + 1
        while at <= index + 1 + (_BETWEEN if phrase.shape == "split" else 0):
            if _stands(told, at, phrase):
                return phrase, at
            if at >= len(told) or (told[at].tag not in ("thing", "and") and told[at].fold != "of"):
                break
            at += 1
    return None


def _stands(told: Sequence[Item], at: int, phrase: _Phrase) -> bool:
    """Whether the words stand here; a noun among them alone, or behind one word that says of what kind it is."""
    rest = told[at : at + len(phrase.rest)]
    if len(rest) < len(phrase.rest):
        return False
    return all(
        item.fold == word and len(item.words) <= 1 + (word in _KINDS)
        for item, word in zip(rest, phrase.rest, strict=True)
    )
