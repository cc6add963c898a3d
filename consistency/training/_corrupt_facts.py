"""Corruptions of who, what and how many: numbers, names, roles, negation, who said it."""

from __future__ import annotations

import random
import re
from typing import Final

from consistency.training.edits import Edit, World, splice, tokens
from consistency.training.lexicon import transitive, verb_forms

_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?![\d,])|(?<![\w.,-])\d+(?:\.\d+)?(?![\d]|[.,]\d)")
_SPELLED: Final = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty".split()
_SPELLED_RE = re.compile(rf"\b({'|'.join(_SPELLED)})\b", re.IGNORECASE)
_AUX = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|does|do|did)\b(?! not\b|n't)"
)
_NOT = re.compile(r"\b(is|are|was|were|has|have|had|will|would|could|should|does|do|did|can)(?: not|n't|n’t)\b ?")
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:of |the )?[A-Z][\w’'-]+){0,3}")
_NO_NAME: Final = re.compile(
    r"(?:I|It|He|She|They|We|You|The|This|That|There|These|Those|But|And|If|In|On|At|As|For|What|When|Who|How|However|"
    r"Mr|Mrs|Ms|Dr|Its|His|Her|My|Our|No|Not|So|To|Of|By|Also|One|Two|Some|All|Many|After|Before|While|With|From)"
    r"(?:['’]\w+)?"
)
_PRONOUNS: Final = {
    "he": "she",
    "she": "he",
    "his": "her",
    "him": "her",
    "her": "his",
    "He": "She",
    "She": "He",
    "His": "Her",
    "Her": "His",
    "himself": "herself",
    "herself": "himself",
}
_NO_SUBJECT: Final = frozenset(
    """ the a an this that these those his her its their our my your and or but , is are was were be been being am has
    have had having do does did will would can could may might must should shall to not never n't by of in on at for
    with from as than when while if because after before more most very so too no some any all get gets got getting
    """.split()
)
"""Behind these a past form is a participle or an adjective, and "did not" cannot stand there."""
_SAID = re.compile(r"\b(said|told|says|added|wrote|announced|warned|according to)\b")
_COMMON: Final = (
    "say announce confirm agree win lose rise fall become begin make take find show tell ask call use work open close "
    "move live believe bring write provide lead continue learn change create speak grow offer remember consider "
    "appear buy send expect build stay reach remain suggest raise pass sell require report decide return explain hope "
    "develop receive join cause produce sign claim reject accept launch publish reveal refuse vote play score star "
    "direct release design serve marry die"
)


def number(text: str, rng: random.Random, world: World) -> Edit | None:
    """Another number: near, far, digits exchanged; a year stays a year."""
    del world
    found = list(_NUMBER.finditer(text))
    spelled = list(_SPELLED_RE.finditer(text))
    if spelled and (not found or rng.random() < 0.5):
        hit = rng.choice(spelled)
        other = rng.choice([word for word in _SPELLED if word != hit[0].lower()])
        return splice(text, hit.start(), hit.end(), other, "number")
    if not found:
        return None
    hit = rng.choice(found)
    raw = hit[0].replace(",", "")
    value = float(raw)
    whole = "." not in raw
    if whole and 1000 <= value <= 2100 and "," not in hit[0]:
        new = str(int(value) + rng.choice([-30, -10, -3, -2, -1, 1, 2, 3, 10]))
    elif whole:
        digits = list(raw)
        if len(set(digits)) > 1 and rng.random() < 0.4:
            at = rng.randrange(len(digits) - 1)
            digits[at], digits[at + 1] = digits[at + 1], digits[at]
            new = "".join(digits)
        else:
            factor = rng.choice([0.1, 0.4, 0.5, 0.7, 1.3, 1.7, 2, 3, 10])
            new = str(max(0, int(value * factor)) if value > 4 else int(value) + rng.choice([1, 2, 3, 5]))
        if new == raw or new.startswith("0"):
            new = str(int(value) + rng.choice([1, 2, 7, 11]))
        if "," in hit[0]:
            new = f"{int(new):,}"
    else:
        new = f"{value * rng.choice([0.5, 1.4, 2, 3]) + 0.1:.{len(raw.split('.')[1])}f}"
    return None if new == hit[0] else splice(text, hit.start(), hit.end(), new, "number")


def negation(text: str, rng: random.Random, world: World) -> Edit | None:
    """A negation gained or lost."""
    del world
    lost = list(_NOT.finditer(text))
    if lost and rng.random() < 0.7:
        hit = rng.choice(lost)
        return splice(text, hit.start(), hit.end(), hit[1] + " ", "negation")
    gained = list(_AUX.finditer(text))
    if gained:
        hit = rng.choice(gained)
        how = rng.choice([" not", " not", " not", " never", "n't"])
        if hit[0] == "will" and how == "n't":
            return splice(text, hit.start(), hit.end(), "won't", "negation")
        if hit[0] in {"can", "may", "might"} and how == "n't":
            how = " not"
        return splice(text, hit.start(), hit.end(), hit[0] + how, "negation")
    return _negated_past(text, rng)


def _negated_past(text: str, rng: random.Random) -> Edit | None:
    pasts = {verb_forms(verb)["past"]: verb for verb in (*transitive(), *_COMMON.split())}
    found = tokens(text)
    before = ["", *(word.lower() for word, _ in found)]
    words = [
        (word, start)
        for (word, start), last in zip(found, before, strict=False)
        if word in pasts and last not in _NO_SUBJECT and not last.endswith("ly")
    ]
    if not words:
        return None
    word, start = rng.choice(words)
    how = rng.choice(["did not", "didn't", "never", "failed to", "refused to", "did not"])
    verb = word if how == "never" else pasts[word]
    return splice(text, start, start + len(word), f"{how} {verb}", "negation")


def _names(text: str) -> list[re.Match[str]]:
    """Capitalised runs that look like names; a lone word at the start of the text is too uncertain."""
    return [
        hit
        for hit in _NAME.finditer(text)
        if (hit.start() > 0 or " " in hit[0]) and not _NO_NAME.fullmatch(hit[0].split()[0])
    ]


def name(text: str, rng: random.Random, world: World) -> Edit | None:
    """Another name: one seen near it, or any."""
    places = _names(text)
    if not places:
        return None
    hit = rng.choice(places)
    pool = world.near if world.near and rng.random() < 0.5 else world.far
    size = hit[0].count(" ")
    fits = [other for other in pool if other.count(" ") == size and other not in text and other not in hit[0]]
    if not fits:
        fits = [other for other in world.far if other.count(" ") == size and other not in text]
    return splice(text, hit.start(), hit.end(), rng.choice(fits), "name") if fits else None


def exchange(text: str, rng: random.Random, world: World) -> Edit | None:
    """Two names of the sentence exchanged: who did it to whom."""
    del world
    places = _names(text)
    if len(places) < 2:
        return None
    first, second = sorted(rng.sample(places, 2), key=lambda hit: hit.start())
    between = text[first.end() : second.start()]
    if first[0] == second[0] or between.strip() in {"", ",", "and", "or", "&", ", and"} or " and " in between[:6]:
        return None
    if not re.search(r"[a-z]{3}", between) or re.fullmatch(r"(?:,| and| or| [A-Z]\w+)+", between):
        return None
    swapped = second[0] + between + first[0]
    return splice(text, first.start(), second.end(), swapped, "role")


def pronoun(text: str, rng: random.Random, world: World) -> Edit | None:
    """He for she, and every other one with it."""
    del world
    words = [(word, start) for word, start in tokens(text) if word in _PRONOUNS]
    if not words:
        return None
    edited = text
    for word, start in reversed(words):
        edited = edited[:start] + _PRONOUNS[word] + edited[start + len(word) :]
    word, start = rng.choice(words)
    return Edit(edited, "pronoun", start, start + len(_PRONOUNS[word]))


def attribution(text: str, rng: random.Random, world: World) -> Edit | None:
    """Said by another, or denied instead of said."""
    hit = _SAID.search(text)
    if hit is None:
        return None
    if hit[0] in {"said", "says", "added", "announced", "warned"} and rng.random() < 0.5:
        new = rng.choice(["denied", "never said", "doubted"])
        return splice(text, hit.start(), hit.end(), new, "attribution")
    before = [place for place in _names(text[: hit.start()]) if " " in place[0]]
    if not before or not world.far:
        return None
    speaker = before[-1]
    pool = [other for other in (*world.near, *world.far) if " " in other and other not in text]
    return splice(text, speaker.start(), speaker.end(), rng.choice(pool), "attribution") if pool else None
