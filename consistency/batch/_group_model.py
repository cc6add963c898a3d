"""The model's judgement on pairs in between: the beginnings of both articles, each held against the other.

Two versions of a story begin with the same news, so that at least one of the two beginnings says something of the
other: that it is so, or that it is not (a version in which a fact was changed). Where both directions are neutral,
the two tell of different things.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from consistency.batch._group_profile import Profile
from consistency.batch._group_rounds import Judge, Pair
from consistency.infer import score_all
from consistency.protocols import Scorer

NEUTRAL: Final = 0.5
"""Probability of neutral in both directions from which two beginnings are taken to tell of different things."""


def judge(profiles: Sequence[Profile], load: Callable[[], Scorer], neutral: float = NEUTRAL) -> Judge:
    """A judge over these profiles. `load` is called once, and not before there is a pair to judge.

    It has nothing to say (None) of beginnings that are not English, that are the same or that the model cannot read.
    """
    loaded: list[Scorer] = []

    def say(pairs: Sequence[Pair]) -> Mapping[Pair, bool | None]:
        asked = {pair: texts for pair in pairs if (texts := _leads(profiles[pair[0]], profiles[pair[1]]))}
        if not asked:
            return dict.fromkeys(pairs)
        if not loaded:
            loaded.append(load())
        wanted = {one for first, second in asked.values() for one in ((first, second), (second, first))}
        known = score_all(sorted(wanted), loaded[0])
        said: dict[Pair, bool | None] = dict.fromkeys(pairs)
        for pair, (first, second) in asked.items():
            forward, backward = known.get((first, second)), known.get((second, first))
            if forward is not None and backward is not None:
                said[pair] = min(forward.neutral, backward.neutral) < neutral
        return said

    return say


def _leads(one: Profile, other: Profile) -> tuple[str, str] | None:
    if not (one.english and other.english and one.lead and other.lead) or one.lead == other.lead:
        return None
    return one.lead, other.lead
