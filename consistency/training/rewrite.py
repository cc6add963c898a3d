"""Rewrites: the same facts in other words or in worse typography. The label stays entailment.

`EDITORS` keep the meaning both ways. `shorten` drops an adjunct: the long sentence entails the
short one and not the other way. `damage` is what machines do to spelling and marks.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

from consistency.training._rewrite_damage import damage
from consistency.training._rewrite_mention import mention
from consistency.training._rewrite_order import clause_order, shorten, speech_order, split_sentence, voice
from consistency.training._rewrite_sense import calque, complement, phrase, told_again
from consistency.training._rewrite_style import (
    connective,
    contraction,
    date_style,
    number_style,
    possessive,
    quotes,
)
from consistency.training.edits import Editor, World, lexical

__all__ = ["EDITORS", "HIDING", "PLAIN", "damage", "rewrite", "shorten"]

EDITORS: Final[dict[str, tuple[Editor, float]]] = {
    "synonym": (lexical("syn", "synonym"), 6.0),
    "contraction": (contraction, 1.0),
    "number style": (number_style, 1.5),
    "date style": (date_style, 1.2),
    "clause order": (clause_order, 2.0),
    "speech order": (speech_order, 1.5),
    "voice": (voice, 2.0),
    "possessive": (possessive, 1.0),
    "split": (split_sentence, 0.7),
    "connective": (connective, 0.8),
    "quotes": (quotes, 0.6),
    "damage": (damage, 1.6),
    "phrase": (phrase, 3.0),
    "complement": (complement, 2.0),
    "told again": (told_again, 2.0),
    "calque": (calque, 2.0),
    "mention": (mention, 3.0),
}


PLAIN: Final = tuple(kind for kind in EDITORS if kind not in {"phrase", "complement", "told again", "calque"})
"""The kinds that leave negation and tense alone."""
HIDING: Final = frozenset({"mention"})
"""The kinds that tell less of who is meant: a wrong name told by a pronoun is wrong no more."""


def rewrite(text: str, rng: random.Random, world: World, times: int, kinds: Sequence[str] = tuple(EDITORS)) -> str:
    """`times` rewrites of kinds chosen by weight; those that find no hold leave the text as it is."""
    weights = [EDITORS[kind][1] for kind in kinds]
    for _ in range(times):
        for _ in range(4):
            edit = EDITORS[rng.choices(kinds, weights)[0]][0](text, rng, world)
            if edit is not None and edit.text != text:
                text = edit.text
                break
    return text
