"""Corruptions of sense: modality, tense, degree, cause and order, a lost qualifier, a foreign fragment."""

from __future__ import annotations

import random
import re
from typing import Final

from consistency.training.edits import Edit, World, by_table, splice, tokens

_MODALS: Final = {
    "may": ("will not", "cannot", "must"),
    "might": ("will not", "cannot", "will certainly"),
    "could": ("cannot", "will certainly", "did"),
    "will": ("will not", "may never", "would never"),
    "would": ("would not", "would never"),
    "must": ("need not", "must not"),
    "should": ("should not", "need not"),
    "can": ("cannot",),
    "likely to": ("unlikely to", "certain not to"),
    "expected to": ("not expected to", "expected never to"),
    "planned to": ("refused to", "forgot to"),
    "agreed to": ("refused to", "declined to"),
    "refused to": ("agreed to", "was happy to"),
    "failed to": ("managed to", "was able to"),
    "tried to": ("refused to", "never wanted to"),
    "allegedly": ("certainly never", "provably"),
    "accused of": ("cleared of", "acquitted of"),
    "only": ("not only",),
}
_MODAL_RE = re.compile(rf"\b({'|'.join(_MODALS)})\b")
_ORDER: Final = {"after": "before", "before": "after"}
_CLAUSES = re.compile(r"^(?P<a>[A-Z][^,;:]{12,}?),? (?P<c>because|after|before) (?P<b>[^,;:]{12,}?)(?P<end>[.!]?)$")
_TENSE: Final = {
    "will be": "has already been",
    "will have": "never had",
    "plans to": "has decided not to",
    "plan to": "have decided not to",
    "has been": "has never been",
    "have been": "have never been",
    "was": "will be",
    "were": "will be",
    "is": "used to be",
}
_TENSE_RE = re.compile(rf"\b({'|'.join(_TENSE)})\b")
_QUALIFIED: Final = re.compile(
    r"\b(?:former|alleged|suspected|attempted|would-be|fake|deputy|mock|half|non-) (?=[a-z])"
)
_LOCATIVE: Final = (
    "in China",
    "in Brazil",
    "in the north",
    "in London",
    "on Tuesday",
    "in March",
    "at sea",
    "in 1997",
    "of Japan",
    "for women",
    "with Iran",
    "against Turkey",
    "by the police",
    "in the south of the country",
    "among children",
)
_OF_PHRASE = re.compile(
    r" (?:in|against|for|of|with|from|on|at|by) (?:the |an? |its |his |their )?\w[\w’'-]*(?: [A-Z]\w+)*"
)
_FILLER: Final = (
    "difficulty announcement from relation matter statement action number condition of with question".split()
)
_ASPECT: Final = {
    "for the first time": "once again",
    "the first": "the last",
    "for the last time": "for the first time",
    "in favour of": "against",
    "in support of": "in protest at",
    "no evidence": "clear evidence",
    "at least": "no more than",
    "more than": "fewer than",
    "up to": "at least",
    "nearly": "well over",
    "almost": "far more than",
    "no longer": "still",
    "only one": "each one",
    "one of the": "none of the",
    "both": "neither of",
    "either": "neither",
    "none of": "all of",
    "with": "without",
    "not guilty": "guilty",
    "guilty": "not guilty",
    "in public": "in secret",
    "for free": "for a fee",
}
_ASPECT_RE = re.compile(rf"\b({'|'.join(_ASPECT)})\b")


def mined(text: str, rng: random.Random, world: World) -> Edit | None:
    """A replacement that people made to refute a sentence, seen in the training data."""
    words = tokens(text)
    places = []
    for at, (word, start) in enumerate(words):
        if word.lower() in world.mined:
            places.append((start, start + len(word), word.lower()))
        if at + 1 < len(words):
            end = words[at + 1][1] + len(words[at + 1][0])
            if text[start:end].lower() in world.mined:
                places.append((start, end, text[start:end].lower()))
    if not places:
        return None
    start, end, key = rng.choice(places)
    return splice(text, start, end, rng.choice(world.mined[key]), "mined")


def modality(text: str, rng: random.Random, world: World) -> Edit | None:
    """A possibility turned into its denial, a plan into a refusal."""
    del world
    found = list(_MODAL_RE.finditer(text))
    if not found:
        return None
    hit = rng.choice(found)
    return splice(text, hit.start(), hit.end(), rng.choice(_MODALS[hit[0]]), "modality")


def order(text: str, rng: random.Random, world: World) -> Edit | None:
    """Cause and effect, first and second event exchanged."""
    del rng, world
    hit = _CLAUSES.match(text)
    if hit is None:
        return None
    first, second = hit["a"], hit["b"]
    first = first if re.match(r"[A-Z]\w+ [A-Z]|I ", first) else first[0].lower() + first[1:]
    edited = second[0].upper() + second[1:] + f" {hit['c']} " + first + hit["end"]
    return Edit(edited, "order", 0, len(edited))


def qualifier(text: str, rng: random.Random, world: World) -> Edit | None:
    """A qualifier that carries the sense dropped: "former", "alleged", "attempted"."""
    del rng, world
    hit = _QUALIFIED.search(text)
    return splice(text, hit.start(), hit.end(), "", "qualifier") if hit else None


def spliced(text: str, rng: random.Random, world: World) -> Edit | None:
    """A foreign fragment and a stray full stop inside a sentence, as machines leave them."""
    places = list(_OF_PHRASE.finditer(text))
    if not places:
        return None
    hit = rng.choice(places)
    fragment = rng.choice(_LOCATIVE)
    if world.near and rng.random() < 0.4:
        fragment = f"{rng.choice(['in', 'against', 'with', 'for'])} {rng.choice(world.near)}"
    if fragment.split()[-1] in text:
        return None
    stop = rng.choice([".", ".", ","])
    filler = rng.choice(_FILLER)
    if rng.random() < 0.35:
        return splice(text, hit.start(), hit.end(), f" {fragment}", "spliced")
    return splice(text, hit.start(), hit.start(), f" {fragment}{stop} {filler}", "spliced")


aspect = by_table(_ASPECT_RE, _ASPECT, "aspect")
tense = by_table(_TENSE_RE, _TENSE, "tense")
conjunction = by_table(re.compile(rf"\b({'|'.join(_ORDER)})\b"), _ORDER, "conjunction")
