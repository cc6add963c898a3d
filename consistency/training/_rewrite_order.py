"""Rewrites of a whole sentence: clauses and speech moved, voice turned, sentences split; and shortened."""

from __future__ import annotations

import random
import re
from typing import Final

from consistency.training.edits import Edit, World
from consistency.training.lexicon import transitive, verb_forms

_LEAD = re.compile(r"^((?:On|In|At|During|After|Before|Since|Last|Earlier|Later)\b[^,.;]{2,45}), (\w[^;]*?)([.!?]?)$")
_TRAIL = re.compile(r"^(\w[^;,]{15,}?) ((?:on|in|at|during|last|earlier|later)\b (?:[\w’']+ ?){1,4})([.!?]?)$")
_SUBORDINATE: Final = "because|although|when|while|after|before|if|since|as soon as|unless|even though"
_CLAUSE_LAST = re.compile(rf"^([A-Z][^,;:“\"]{{12,}}?),? ({_SUBORDINATE}) ([^;:“\"]{{10,}}?)([.!]?)$")
_CLAUSE_FIRST = re.compile(rf"^({_SUBORDINATE}) ([^,;:“\"]{{8,}}), ([^;:“\"]{{10,}}?)([.!]?)$", re.IGNORECASE)
_SPEECH: Final = "said|says|told reporters|added|announced|noted|explained|argued|warned|claimed|stated"
_SAID_FIRST = re.compile(
    rf"^((?:The |A )?(?:[A-Z][\w’'.-]+|[a-z]+)(?: [\w’'.-]+){{0,4}}?) ({_SPEECH}) (?:that )?"
    r"([A-Za-z][^“\"]{20,}?)([.!]?)$"
)
_SAID_LAST = re.compile(rf"^([^“\"]{{20,}}?), ((?:the |a )?[A-Z]?[\w’'. -]{{3,40}}?) ({_SPEECH})([.]?)$")
_ACCORDING = re.compile(r"^According to ([^,]{3,50}), ([^“\"]{15,}?)([.!]?)$")
_NP: Final = (
    r"(?:[Tt]he |[Aa]n? |[Hh]is |[Hh]er |[Tt]heir |[Ii]ts )?(?:[a-z]+ ){0,1}?[A-Z]?[\w’'-]+(?: [A-Z][\w’'-]+){0,2}"
)
_PASTS: Final = {verb_forms(verb)["past"]: verb_forms(verb)["part"] for verb in transitive()}
_PARTS: Final = {part: past for past, part in _PASTS.items()}
_ACTIVE = re.compile(
    rf"^((?:The |An? )?(?:[A-Z][\w’'-]+|[a-z]+)(?: [A-Z][\w’'-]+){{0,3}}) ({'|'.join(_PASTS)}) "
    rf"({_NP})((?: (?:on|in|at|for|over|after|during|with|by|because|from|last|to) [^;]*)?[.!]?)$"
)
_PASSIVE = re.compile(
    rf"^((?:The |An? )?(?:[A-Z][\w’'-]+|[a-z]+)(?: [A-Z][\w’'-]+){{0,3}}) (?:was|were) ({'|'.join(_PARTS)}) by "
    rf"({_NP})((?: (?:on|in|at|for|over|after|during|with|because|from|last|to) [^;]*)?[.!]?)$"
)
_PLURAL_SUBJECT = re.compile(r"[a-rt-z]s$| and |\b(?:two|three|four|five|many|people|men|women|children)\b")
_AND = re.compile(r"^([A-Z][^;:“\"]{25,}?), (and|but) ((?:the|it|he|she|they|we|this|that|a) [^;:“\"]{20,})$")
_PAREN = re.compile(r" ?\([^()]{2,60}\)|, (?:who|which|where) [^,]{5,60},| – [^–]{5,60} –|, [^,]{5,40},(?= [a-z])")
_TAIL = re.compile(
    r" (?:in|on|at|for|after|during|since|with|by|from|near|because of|according to) (?:[^\s,.]+ ?){1,6}(?=[.]?$)"
)
_ADJECTIVE = re.compile(
    r"\b(new|recent|major|large|small|local|key|senior|young|long|big|huge|serious|strong|public|important|very|"
    r"also|just|really|quickly|recently|reportedly|currently|finally|already|first|last) (?=[a-z])"
)
_SAFE_LOWER: Final = re.compile(
    r"^(?:The|A|An|He|She|It|They|We|His|Her|Its|Their|This|That|These|There|Some|Many|Two|Three|On|In|At|After|Before|"
    r"During|Since|Last|Earlier|Later|Police|Officials|Both|All|No|More)\b"
)


def clause_order(text: str, rng: random.Random, world: World) -> Edit | None:
    """A subordinate clause or a time phrase moved from one end to the other."""
    del rng, world
    if hit := _CLAUSE_FIRST.match(text):
        edited = f"{_upper_first(hit[3])} {hit[1].lower()} {hit[2]}{hit[4]}"
    elif (hit := _CLAUSE_LAST.match(text)) and _SAFE_LOWER.match(text):
        edited = f"{_upper_first(hit[2])} {hit[3]}, {_lower_first(hit[1])}{hit[4]}"
    elif hit := _LEAD.match(text):
        edited = f"{_upper_first(hit[2])} {_lower_first(hit[1])}{hit[3]}"
    elif (hit := _TRAIL.match(text)) and _SAFE_LOWER.match(text):
        edited = f"{_upper_first(hit[2])}, {_lower_first(hit[1])}{hit[3]}"
    else:
        return None
    return Edit(edited, "clause order", 0, len(edited))


def speech_order(text: str, rng: random.Random, world: World) -> Edit | None:
    """ "X said that Y" = "Y, X said" = "According to X, Y"."""
    del world
    if hit := _SAID_FIRST.match(text):
        speaker, verb, content, end = hit.groups()
        if rng.random() < 0.4 and speaker not in {"He", "She", "They", "We", "I", "It"}:
            edited = f"According to {_lower_first(speaker)}, {content}{end}"
        else:
            edited = f"{_upper_first(content)}, {_lower_first(speaker)} {verb}{end}"
    elif hit := _SAID_LAST.match(text):
        edited = f"{_upper_first(hit[2])} {hit[3]} {rng.choice(['that ', ''])}{_lower_first(hit[1])}{hit[4]}"
    elif hit := _ACCORDING.match(text):
        edited = f"{_upper_first(hit[2])}, {hit[1]} said{hit[3]}"
    else:
        return None
    return Edit(edited, "speech order", 0, len(edited))


def voice(text: str, rng: random.Random, world: World) -> Edit | None:
    """Active to passive and back, the roles kept."""
    del rng, world
    if hit := _ACTIVE.match(text):
        subject, verb, patient, rest = hit.groups()
        be = "were" if _PLURAL_SUBJECT.search(patient) and not patient[:1].isupper() else "was"
        agent = subject if not _SAFE_LOWER.match(subject) else _lower_first(subject)
        edited = f"{_upper_first(patient)} {be} {_PASTS[verb]} by {_object(agent)}{rest}"
    elif hit := _PASSIVE.match(text):
        patient, verb, agent, rest = hit.groups()
        receiver = patient if not _SAFE_LOWER.match(patient) else _lower_first(patient)
        edited = f"{_upper_first(agent)} {_PARTS[verb]} {_object(receiver)}{rest}"
    else:
        return None
    return Edit(edited, "voice", 0, len(edited))


def split_sentence(text: str, rng: random.Random, world: World) -> Edit | None:
    """One sentence of two main clauses as two sentences."""
    del rng, world
    hit = _AND.match(text)
    if hit is None:
        return None
    joint = "However, " if hit[2] == "but" else ""
    rest = joint + hit[3] if joint else _upper_first(hit[3])
    edited = f"{hit[1]}. {rest}"
    return Edit(edited, "split", 0, len(edited))


def shorten(text: str, rng: random.Random, world: World) -> Edit | None:
    """An adjunct, an aside or an adjective dropped: entailed by the whole, one way only."""
    del world
    options = [
        (hit.start(), hit.end(), "") for pattern in (_PAREN, _TAIL, _ADJECTIVE) for hit in pattern.finditer(text)
    ]
    if hit := _LEAD.match(text):
        options.append((0, hit.start(2), ""))
    options = [one for one in options if one[1] - one[0] < 0.6 * len(text)]
    if not options:
        return None
    start, end, _ = rng.choice(options)
    edited = re.sub(r"  +", " ", text[:start] + text[end:]).strip()
    return Edit(_upper_first(edited), "shorten", start, start) if len(edited) > 15 else None


def _object(phrase: str) -> str:
    return {"he": "him", "she": "her", "they": "them", "we": "us"}.get(phrase, phrase)


def _lower_first(text: str) -> str:
    return text if re.match(r"(?:[A-Z]\w* ?[A-Z]|I\b|[A-Z]\w+[’']s)", text) else text[0].lower() + text[1:]


def _upper_first(text: str) -> str:
    return text[0].upper() + text[1:]
