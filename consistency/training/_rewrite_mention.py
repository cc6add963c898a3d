"""Rewrites of who is meant: a name told by its surname, a pronoun, a kind ("the bank"), a country by "the country".

A copy names people where the original says "she", and the other way round. Who reads one sentence alone cannot know;
such a difference is no contradiction.
"""

from __future__ import annotations

import random
import re
from typing import Final

from consistency.training.edits import Edit, World, splice

_SPEECH: Final = (
    "said|says|told|added|adds|announced|noted|explained|argued|warned|claimed|stated|wrote|replied|admitted|"
    "acknowledged|insisted|recalled|confirmed|suggested|promised"
)
_ONE: Final = r"[A-Z][a-zé’'-]{2,}"
_PERSON: Final = rf"(?:(?:Mr|Ms|Mrs|Dr|Sir)\.? )?{_ONE}(?: [A-Z]\.)?(?: (?:van|de|von|al|bin|der|da|del|la))* {_ONE}"
_BEFORE: Final = re.compile(rf"(?:^|(?<=[,.”\"] ))({_PERSON}|{_ONE}) (?=(?:{_SPEECH})\b)")
_AFTER: Final = re.compile(rf"\b(?:{_SPEECH}) ({_PERSON}|{_ONE})(?=[.,;]|$| (?:on|in|at|after|of|the|as|who|when)\b)")
_WHOLE: Final = re.compile(rf"\b({_PERSON})\b")
_KIND: Final = {
    **{
        kind.capitalize(): kind
        for kind in (
            "bank group university hospital museum party court council ministry police institute college church union "
            "association foundation committee commission agency company club school airport bridge festival league "
            "river lake street park stadium"
        ).split()
    },
    **{"Inc": "company", "Corp": "company", "Airlines": "airline", "Airways": "airline", "United": "club"},
}
"""The last word of a body's name, and what it is told by."""
_BODY: Final = re.compile(rf"\b(?:[Tt]he )?(?:[A-Z][\w’'-]+ ){{1,3}}({'|'.join(_KIND)})\b(?! [A-Z])")
_COUNTRIES: Final = (
    "Afghanistan|Algeria|Argentina|Australia|Austria|Bangladesh|Belgium|Bolivia|Brazil|Britain|Bulgaria|Canada|Chile|"
    "China|Colombia|Croatia|Cuba|Denmark|Ecuador|Egypt|Ethiopia|Finland|France|Germany|Ghana|Greece|Hungary|Iceland|"
    "India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Japan|Kenya|Latvia|Lebanon|Libya|Malaysia|Mexico|Morocco|Nepal|"
    "Netherlands|Nigeria|Norway|Pakistan|Peru|Poland|Portugal|Romania|Russia|Scotland|Serbia|Slovakia|Slovenia|"
    "Somalia|Spain|Sudan|Sweden|Switzerland|Syria|Thailand|Tunisia|Turkey|Uganda|Ukraine|Uruguay|Venezuela|Vietnam"
)
_COUNTRY: Final = re.compile(rf"\b({_COUNTRIES})([’']s)?\b(?! [A-Z])")
_NO_PERSON: Final = re.compile(
    r"^(?:The|This|That|New|North|South|East|West|San|Los|Las|Saint|United|Prime|President|Police|Officials|Supreme|"
    r"White|House|In|On|At|But|And|He|She|It|They|We|You|Who|One|Some|Many|Most|Both|Another|Others|What|There|God|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b|\b(?:City|Court|House|Bank|Party|University|States|"
    r"Street|Party|Union|Times|Post|News|Journal|Agency|Ministry|Army|Council|Office|Group|Press|County)$"
)
_HIS: Final = re.compile(r"\b(?:he|his|him|himself)\b", re.IGNORECASE)
_HERS: Final = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)

_WOMEN: Final = frozenset(
    """Abigail Aisha Alice Amanda Amina Amy Ana Andrea Angela Anita Anna Anne Annie Astrid Barbara Beatrice Brenda Carla
    Carmen Carol Caroline Catherine Cecilia Charlotte Christine Clara Claire Claudia Daniela Deborah Diana Diane Donna
    Dorothy Elena Elisabeth Elizabeth Ellen Emily Emma Esther Eva Fatima Fiona Frances Gabriela Grace Hannah Heather
    Helen Helena Ingrid Irene Irina Isabel Jane Janet Jennifer Jessica Joan Joanna Judith Julia Julie Karen Katarina
    Kate Katherine Kathleen Laura Lauren Leila Linda Lisa Lucia Lucy Madeleine Margaret Maria Marie Marina Marta Martha
    Mary Megan Melissa Michelle Monica Nadia Nancy Natalia Nicole Nina Nora Olga Olivia Pamela Patricia Paula Rachel
    Rebecca Renata Rita Rosa Ruth Samantha Sandra Sara Sarah Sharon Silvia Sofia Sophie Stephanie Susan Svetlana Sylvia
    Tatiana Teresa Theresa Ursula Valentina Vanessa Vera Veronica Victoria Virginia Yasmin Zoe""".split()
)
_MEN: Final = frozenset(
    """Aaron Abdul Adam Ahmed Alan Albert Ali Anders Andreas Andrew Anthony Antonio Arthur Benjamin Bernard Bill Bob
    Boris Brian Bruce Carl Carlos Charles Christian Christopher Claude Colin Daniel David Denis Dennis Diego Dmitry
    Donald Douglas Edward Emmanuel Eric Ernest Fernando Francisco Frank Frederick Gary Geoffrey George Gerald Gerard
    Giovanni Gordon Graham Gregory Hans Harold Harry Hassan Henry Howard Hugh Hugo Ian Igor Ivan Jack Jacob James Jason
    Javier Jeffrey Jeremy Jim Joe Johan John Jonathan Jorge Jose Joseph Joshua Juan Karl Keith Kenneth Kevin Kofi Lars
    Lawrence Leonard Louis Luis Manuel Marco Marcus Mario Mark Martin Matthew Michael Miguel Mohamed Mohammed Muhammad
    Neil Nicholas Nikolai Oleg Oliver Omar Oscar Pablo Patrick Paul Pedro Peter Philip Pierre Rafael Ralph Raymond
    Richard Robert Roger Roland Ronald Roy Russell Ryan Samuel Scott Sean Sergei Sergio Simon Stanley Stefan Stephen
    Steve Steven Stuart Terry Thomas Tim Timothy Tom Tony Victor Viktor Vincent Vladimir Walter Wayne William
    Yusuf""".split()
)


def mention(text: str, rng: random.Random, world: World) -> Edit | None:
    """Somebody or something told by another of its names."""
    del world
    for way in rng.sample((_speaker, _speaker, _shorter, _body, _country), 5):
        edit = way(text, rng)
        if edit is not None:
            return edit
    return None


def _speaker(text: str, rng: random.Random) -> Edit | None:
    """Whoever speaks as a pronoun, of the sex that the sentence tells of, or by the last name."""
    found = [hit for pattern in (_BEFORE, _AFTER) for hit in pattern.finditer(text) if not _NO_PERSON.search(hit[1])]
    if not found:
        return None
    hit = rng.choice(found)
    if " " in hit[1] and rng.random() < 0.3:
        return splice(text, hit.start(1), hit.end(1), hit[1].split()[-1], "mention")
    pronoun = _pronoun(hit[1], text)
    if pronoun is None:
        return None
    before = text[: hit.start(1)].rstrip()
    if before.endswith((".", "!", "?")):
        pronoun = pronoun.capitalize()
    return splice(text, hit.start(1), hit.end(1), pronoun, "mention")


def _pronoun(name: str, text: str) -> str | None:
    """He or she, as the given name says, or else the pronouns of the sentence; None where neither tells."""
    given = next((word for word in name.split() if not word.startswith(("Mr", "Ms", "Mrs", "Dr", "Sir"))), "")
    her = given in _WOMEN or name.startswith(("Ms", "Mrs")) or bool(_HERS.search(text))
    him = given in _MEN or name.startswith(("Mr ", "Mr.", "Sir")) or bool(_HIS.search(text))
    if her == him:
        return None
    return "she" if her else "he"


def _shorter(text: str, rng: random.Random) -> Edit | None:
    found = [hit for hit in _WHOLE.finditer(text) if not _NO_PERSON.search(hit[1])]
    if not found:
        return None
    hit = rng.choice(found)
    return splice(text, hit.start(1), hit.end(1), hit[1].split()[-1], "mention")


def _body(text: str, rng: random.Random) -> Edit | None:
    found = list(_BODY.finditer(text))
    if not found:
        return None
    hit = rng.choice(found)
    return splice(text, hit.start(), hit.end(), f"the {_KIND[hit[1]]}", "mention")


def _country(text: str, _: random.Random) -> Edit | None:
    found = list(_COUNTRY.finditer(text))
    if len(found) != 1 or not (found[0][2] or text[: found[0].start()].endswith(" in ")):
        return None
    hit = found[0]
    return splice(text, hit.start(), hit.end(), f"the country{hit[2] or ''}", "mention")
