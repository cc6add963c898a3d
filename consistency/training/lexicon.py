"""Our own word lists with their inflections: what may stand for what, and what must not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from consistency.facts._opposites import ANTONYMS

LEXICONS: Final = (*(Path(__file__).with_name(name) for name in ("lexicon.txt", "lexicon_more.txt")), ANTONYMS)
LONGEST: Final = 5
"""Words in the longest entry."""

_IRREGULAR: Final = {
    line.split()[0]: (line.split()[1], line.split()[2])
    for line in """
be was been; begin began begun; buy bought bought; build built built; choose chose chosen; come came come
cost cost cost; cut cut cut; die died died; do did done; drink drank drunk; drive drove driven; eat ate eaten
fall fell fallen; fight fought fought; find found found; flee fled fled; fly flew flown; forbid forbade forbidden
forget forgot forgotten; freeze froze frozen; get got got; give gave given; go went gone; grow grew grown
have had had; hear heard heard; hide hid hidden; hit hit hit; hold held held; hurt hurt hurt; keep kept kept
know knew known; lead led led; leave left left; lend lent lent; let let let; lose lost lost; make made made
mean meant meant; meet met met; oversee oversaw overseen; pay paid paid; put put put; quit quit quit; rise rose risen
run ran run; say said said; see saw seen; seek sought sought; sell sold sold; send sent sent; set set set
shoot shot shot; show showed shown; shrink shrank shrunk; shut shut shut; sing sang sung; sink sank sunk
sit sat sat; slay slew slain; sleep slept slept; speak spoke spoken; spend spent spent; split split split
stand stood stood; steal stole stolen; strike struck struck; take took taken; teach taught taught; tell told told
think thought thought; understand understood understood; wake woke woken; win won won; withhold withheld withheld
write wrote written; overtake overtook overtaken; bring brought brought; spell spelt spelt; become became become
misunderstand misunderstood misunderstood; wear wore worn; draw drew drawn; beat beat beaten; mistake mistook mistaken
""".replace("\n", ";").split(";")
    if line.strip()
}
_DOUBLED: Final = frozenset(
    "stop drop ban bar slam permit commit admit scrap plan spot rob stab hug occur prefer control cancel travel".split()
)
_PLURALS: Final = {
    "child": "children",
    "man": "men",
    "woman": "women",
    "person": "people",
    "wife": "wives",
    "policeman": "policemen",
    "serviceman": "servicemen",
    "spokesman": "spokesmen",
    "crisis": "crises",
    "life": "lives",
    "aircraft": "aircraft",
    "police": "police",
    "thief": "thieves",
}


class Swap(NamedTuple):
    """`target` may be put for a phrase; `pos` and `form` guard words that could be another part of speech."""

    target: str
    relation: str
    pos: str
    form: str


def verb_forms(verb: str) -> dict[str, str]:
    """The five forms of a verb; of a phrase, the first word is inflected."""
    head, _, tail = verb.partition(" ")
    rest = f" {tail}" if tail else ""
    stem = head + head[-1] if head in _DOUBLED else head
    if head.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = head + "es"
    elif head.endswith("y") and head[-2] not in "aeiou":
        third = head[:-1] + "ies"
    else:
        third = head + "s"
    if head == "be":
        third = "is"
    if head.endswith("ie"):
        going = head[:-2] + "ying"
    elif head.endswith("e") and not head.endswith(("ee", "oe")) and head != "be":
        going = head[:-1] + "ing"
    else:
        going = stem + "ing"
    if head in _IRREGULAR:
        past, part = _IRREGULAR[head]
    elif head.endswith("e"):
        past = part = head + "d"
    elif head.endswith("y") and head[-2] not in "aeiou":
        past = part = head[:-1] + "ied"
    else:
        past = part = stem + "ed"
    forms = {"base": head, "third": third, "past": past, "part": part, "going": going}
    return {name: form + rest for name, form in forms.items()}


def plural(noun: str) -> str:
    """The plural; of a phrase, of its last word."""
    front, _, last = noun.rpartition(" ")
    if last in _PLURALS:
        many = _PLURALS[last]
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        many = last + "es"
    elif last.endswith("y") and last[-2] not in "aeiou":
        many = last[:-1] + "ies"
    else:
        many = last + "s"
    return f"{front} {many}" if front else many


def _forms(word: str, pos: str) -> dict[str, str]:
    if pos == "v":
        return verb_forms(word)
    if pos == "n":
        return {"one": word, "many": plural(word)}
    return {"": word}


def _groups() -> Iterator[tuple[str, str, list[str]]]:
    for line in (line for file in LEXICONS for line in file.read_text(encoding="utf-8").splitlines()):
        if not line or line.startswith("#"):
            continue
        head, _, words = line.partition(":")
        relation, pos = head.split()
        yield relation, pos, [word.replace("_", " ") for word in words.replace(" / ", " ").split()]


@lru_cache(maxsize=1)
def swaps() -> dict[str, list[Swap]]:
    """Every phrase of the lexicon, as it stands in text (names cased, the rest lower case), and what may replace it."""
    found: dict[str, list[Swap]] = {}
    for relation, pos, words in _groups():
        inflected = [_forms(word, pos) for word in words]
        for source in inflected:
            for target in inflected:
                if source is target:
                    continue
                for form, phrase in source.items():
                    if phrase != target[form]:
                        found.setdefault(phrase, []).append(Swap(target[form], relation, pos, form))
    return found


def transitive() -> frozenset[str]:
    """Base forms of verbs that take a plain object in news: used to find who did what to whom."""
    return frozenset(_TRANSITIVE.split())


_TRANSITIVE: Final = """
accuse praise criticise condemn denounce warn urge visit meet defeat beat attack defend support back oppose sue hire
sack dismiss appoint arrest detain question interview rescue kill injure shoot stab hit follow chase help assist
advise teach train coach marry divorce replace succeed nominate endorse invite call phone text email thank
congratulate threaten blackmail bribe deceive betray trust fear admire respect ignore avoid greet welcome thank
embrace push pull carry overtake block stop release free jail convict acquit charge clear pardon
honour reward punish fine sanction invade occupy bomb blockade
"""
