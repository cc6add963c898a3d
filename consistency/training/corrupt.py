"""Corruptions: one fact of a sentence made wrong, as it goes wrong on the way of a story.

Each takes (text, rng, world) and returns an `Edit`, or None where the sentence offers no hold.
`EDITORS` is the table; its weights are how often a kind is tried.
"""

from __future__ import annotations

import random
from typing import Final

from consistency.training._corrupt_facts import attribution, exchange, name, negation, number, pronoun
from consistency.training._corrupt_sense import aspect, conjunction, mined, modality, order, qualifier, spliced, tense
from consistency.training.edits import Edit, Editor, World, lexical

EDITORS: Final[dict[str, tuple[Editor, float]]] = {
    "number": (number, 2.0),
    "kind": (lexical("alt", "kind"), 3.0),
    "antonym": (lexical("ant", "antonym"), 3.0),
    "negation": (negation, 2.0),
    "name": (name, 2.0),
    "role": (exchange, 2.5),
    "mined": (mined, 4.0),
    "modality": (modality, 0.8),
    "aspect": (aspect, 1.5),
    "tense": (tense, 0.4),
    "conjunction": (conjunction, 0.8),
    "order": (order, 1.0),
    "pronoun": (pronoun, 0.5),
    "qualifier": (qualifier, 0.6),
    "spliced": (spliced, 0.6),
    "attribution": (attribution, 0.6),
}


def corrupt(text: str, rng: random.Random, world: World, tries: int = 8) -> Edit | None:
    """One corruption of a kind chosen by weight among those that find a hold; None after `tries`."""
    kinds = list(EDITORS)
    weights = [EDITORS[kind][1] for kind in kinds]
    for _ in range(tries):
        editor = EDITORS[rng.choices(kinds, weights)[0]][0]
        edit = editor(text, rng, world)
        if edit is not None and edit.text != text:
            return edit
    return None
