"""Verbs of two words as the plain verb whose opposites are theirs: "called off" is opposed to what "cancelled" is."""

from __future__ import annotations

from typing import Final

from consistency.facts._lists import word_set
from consistency.facts.hedge import lemma

_PLAIN: Final = {
    (lemma(verb), particle): plain
    for plain, verbs in {
        "cancel": "call-off",
        "continue": "go-on go-ahead carry-on press-ahead press-on push-ahead",
        "postpone": "put-off push-back",
        "advance": "bring-forward",
        "reject": "turn-down throw-out vote-down",
        "approve": "wave-through",
        "abandon": "give-up",
        "dismiss": "lay-off",
        "resign": "step-down stand-down",
        "rise": "go-up shoot-up",
        "fall": "go-down come-down",
        "close": "shut-down close-down",
        "accelerate": "speed-up",
        "slow": "slow-down",
        "increase": "step-up scale-up ramp-up",
        "reduce": "cut-back scale-back scale-down",
        "withdraw": "pull-out",
        "abolish": "phase-out",
        "jail": "lock-up",
        "establish": "set-up",
        "hire": "take-on",
        "lower": "bring-down",
        "install": "put-up",
        "remove": "take-down",
        "die": "pass-away",
        "survive": "pull-through",
    }.items()
    for verb, particle in (one.split("-") for one in verbs.split())
}
_AGAINST: Final = frozenset(
    map(lemma, word_set("speak come argue vote campaign lobby rail protest turn fight battle testify march preach"))
)
"""Verbs of which "against", or "out against", makes a verb of opposing."""
_FORMS: Final = {"goe": "go", "going": "go"}
"""What is left of "goes" and "going"."""
_OPEN: Final = frozenset({("go", "on"), ("go", "down"), ("go", "up"), ("carry", "on")})
"""Of these what follows tells whether they are meant: "goes on trial", "went down the road"."""
_MEANT: Final = word_set("without despite as until after although though while regardless because by when")


def plain_verb(verb: str, particle: str, ahead: str) -> str:
    """The plain verb for a lemma and the word behind it, or nothing; `ahead` = what follows them, if anything does."""
    if "against" in {particle, ahead if particle == "out" else ""} and verb in _AGAINST:
        return "oppose"
    pair = _FORMS.get(verb, verb), particle
    if particle == "up" and ahead == "to":  # "gave himself up to", "stepped up to"
        return ""
    if pair in _OPEN and ahead and ahead not in _MEANT:
        return ""
    return _PLAIN.get(pair, "")
