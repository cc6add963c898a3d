"""Corruptions: one fact of a sentence made wrong, as it goes wrong on the way of a story.

Each takes (text, rng, world) and returns an `Edit`, or None where the sentence offers no hold.
`EDITORS` is the table; its weights are how often a kind is tried.
"""

from __future__ import annotations

import random
import re
from typing import Final

from consistency.training.edits import Edit, Editor, World, lexical, matches, splice, tokens
from consistency.training.lexicon import transitive, verb_forms

_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?![\d,])|(?<![\w.,-])\d+(?:\.\d+)?(?![\d]|[.,]\d)")
_SPELLED: Final = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty".split()
_SPELLED_RE = re.compile(rf"\b({'|'.join(_SPELLED)})\b", re.IGNORECASE)
_AUX = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|does|do|did)\b(?! not\b|n't)"
)
_NOT = re.compile(r"\b(is|are|was|were|has|have|had|will|would|could|should|does|do|did|can)(?: not|n't|n’t)\b ?")
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:of |the )?[A-Z][\w’'-]+){0,3}")
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
_ORDER: Final = {"because": "although", "after": "before", "before": "after", "until": "since", "so that": "although"}
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
_SAID = re.compile(r"\b(said|told|says|added|wrote|announced|warned|according to)\b")
_QUALIFIED: Final = re.compile(r"\b(?:former|alleged|suspected|attempted|would-be|fake|deputy|mock|half|non-) (?=[a-z])")
_NO_NAME: Final = re.compile(
    r"(?:I|It|He|She|They|We|You|The|This|That|There|These|Those|But|And|If|In|On|At|As|For|What|When|Who|How|However|"
    r"Mr|Mrs|Ms|Dr|Its|His|Her|My|Our|No|Not|So|To|Of|By|Also|One|Two|Some|All|Many|After|Before|While|With|From)"
    r"(?:['’]\w+)?"
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
_OF_PHRASE = re.compile(r" (?:in|against|for|of|with|from|on|at|by) (?:the |an? |its |his |their )?\w[\w’'-]*(?: [A-Z]\w+)*")
_FILLER: Final = "difficulty announcement from relation matter statement action number condition of with question".split()
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
    "as a result of": "in spite of",
    "because of": "despite",
    "despite": "because of",
}
_ASPECT_RE = re.compile(rf"\b({'|'.join(_ASPECT)})\b")


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
    words = [(word, start) for word, start in tokens(text) if word in pasts]
    if not words:
        return None
    word, start = rng.choice(words)
    how = rng.choice(["did not", "didn't", "never", "failed to", "refused to", "did not"])
    verb = word if how == "never" else pasts[word]
    return splice(text, start, start + len(word), f"{how} {verb}", "negation")


_COMMON: Final = (
    "say announce confirm agree win lose rise fall become begin make take find show tell ask call use work open close "
    "move live believe bring write provide lead continue learn change create speak grow offer remember consider "
    "appear buy send expect build stay reach remain suggest raise pass sell require report decide return explain hope "
    "develop receive join cause produce sign claim reject accept launch publish reveal refuse vote play score star "
    "direct release design serve marry die"
)


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


def _table(pattern: re.Pattern[str], table: dict[str, str], kind: str) -> Editor:
    def edit(text: str, rng: random.Random, world: World) -> Edit | None:
        del world
        found = list(pattern.finditer(text))
        if not found:
            return None
        hit = rng.choice(found)
        return splice(text, hit.start(), hit.end(), table[hit[0]], kind)

    return edit


def modality(text: str, rng: random.Random, world: World) -> Edit | None:
    """A possibility turned into its denial, a plan into a refusal."""
    del world
    found = list(_MODAL_RE.finditer(text))
    if not found:
        return None
    hit = rng.choice(found)
    return splice(text, hit.start(), hit.end(), rng.choice(_MODALS[hit[0]]), "modality")


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


def several(text: str, rng: random.Random, world: World) -> Edit | None:
    """Two kinds at once: a sentence that went wrong twice is still wrong."""
    first = corrupt(text, rng, world)
    second = corrupt(first.text, rng, world) if first else None
    return Edit(second.text, "several", second.start, second.end) if second and second.text != text else None


def antonym(text: str, rng: random.Random, world: World) -> Edit | None:
    del world
    places = matches(text, ("ant",))
    if not places:
        return None
    start, end, swap = rng.choice(places)
    return splice(text, start, end, swap.target, "antonym")


EDITORS: Final[dict[str, tuple[Editor, float]]] = {
    "number": (number, 2.0),
    "kind": (lexical("alt", "kind"), 3.0),
    "antonym": (antonym, 3.0),
    "negation": (negation, 2.0),
    "name": (name, 2.0),
    "role": (exchange, 2.5),
    "mined": (mined, 4.0),
    "modality": (modality, 0.8),
    "aspect": (_table(_ASPECT_RE, _ASPECT, "aspect"), 1.5),
    "tense": (_table(_TENSE_RE, _TENSE, "tense"), 0.4),
    "conjunction": (_table(re.compile(rf"\b({'|'.join(_ORDER)})\b"), _ORDER, "conjunction"), 0.8),
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
