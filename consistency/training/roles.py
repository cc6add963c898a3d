"""Who did what to whom: short events told in active and passive voice, roles kept or exchanged.

Sentence pairs of near-identical words whose sense differs only by order are rare in public data;
these are generated from names, verbs and circumstances that combine freely.
"""

from __future__ import annotations

import random
from typing import Final

from consistency.training.lexicon import transitive, verb_forms
from consistency.training.sources import CONTRADICTION, ENTAILMENT, Example

_FIRST: Final = (
    "Ana Omar Lucy Viktor Mei Carlos Fatima Igor Grace Hassan Elena Tom Priya Lars Amina Pedro Yuki Ruth Samuel Nadia "
    "Kofi Ingrid Malik Clara Dmitri Leila Oscar Wendy Rafael Zara"
).split()
_LAST: Final = (
    "Okafor Lindqvist Moreno Petrov Haddad Nakamura Brennan Kowalski Silva Mbeki Larsen Rossi Chaudhry Weber Novak "
    "Tanaka Fischer Delgado Osei Karimi Walsh Popescu Iyer Jansen Duarte Marchetti Nilsson Abebe Quinn Sorensen"
).split()
_GROUPS: Final = (
    "France|Japan|Brazil|Egypt|Norway|Canada|Turkey|Kenya|Chile|India|Poland|Iran|Greece|Vietnam|the city council|"
    "the union|the police|the bank|the ministry|the regulator|the airline|the club|the opposition|the army|the company|"
    "the board|the committee|the league|the church|the university|the hospital|the rebels|the protesters|the teachers"
).split("|")
_ROLES: Final = (
    "the mayor|the senator|the judge|the manager|the coach|the director|the minister|the doctor|the farmer|the driver|"
    "the teacher|the lawyer|the singer|the captain|the editor|the priest|the banker|the pilot|the reporter|the nurse"
).split("|")
_WHEN: Final = (
    "|on Tuesday|last week|in a letter|over the deal|after the match|in public|on Friday evening|"
    "during the debate|in May|for the third time|at the meeting|in front of reporters|over a land dispute|"
    "on live television|without warning|at the end of the hearing|before the vote|in 2014|"
    "shortly before midnight|, according to two witnesses|, a spokesman said|, documents show"
).split("|")
_FRAMES: Final = (
    "{event}.",
    "Officials said {event}.",
    "It emerged that {event}.",
    "The report says {event}.",
    "{event}, and the talks ended without a result.",
    "Weeks after {event}, the case went to court.",
    "Newspapers wrote that {event}.",
    "{event}, which surprised everyone.",
)


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _pair(rng: random.Random) -> tuple[str, str]:
    kind = rng.random()
    if kind < 0.4:
        first, last = rng.sample(_FIRST, 2), rng.sample(_LAST, 2)
        names = [f"{one} {other}" for one, other in zip(first, last, strict=True)]
        if rng.random() < 0.4:
            names = last
        return names[0], names[1]
    one, other = rng.sample(_GROUPS if kind < 0.75 else _ROLES, 2)
    return one, other


def _plural(who: str) -> bool:
    return who.rsplit(maxsplit=1)[-1] in {"police", "rebels", "protesters", "teachers"}


def _active(agent: str, verb: str, patient: str) -> str:
    return f"{agent} {verb_forms(verb)['past']} {patient}"


def _passive(agent: str, verb: str, patient: str) -> str:
    return f"{patient} {'were' if _plural(patient) else 'was'} {verb_forms(verb)['part']} by {agent}"


def _cleft(agent: str, verb: str, patient: str) -> str:
    return f"it was {agent} who {verb_forms(verb)['past']} {patient}"


def generate(count: int, rng: random.Random) -> list[Example]:
    """`count` pairs, half of them with the roles exchanged."""
    verbs = sorted(transitive() - {"meet", "marry", "divorce"})
    found: list[Example] = []
    while len(found) < count:
        agent, patient = _pair(rng)
        verb, when = rng.choice(verbs), rng.choice(_WHEN)
        frame = rng.choice(_FRAMES)
        swapped = rng.random() < 0.5
        shapes = [rng.choice([_active, _active, _passive, _passive, _cleft]) for _ in range(2)]
        if not swapped and shapes[0] is shapes[1]:
            continue
        told = []
        for shape, exchanged in zip(shapes, (False, swapped), strict=True):
            who, whom = (patient, agent) if exchanged else (agent, patient)
            gap = "" if when.startswith(",") or not when else " "
            event = shape(who, verb, whom) + gap + when
            told.append(_upper(frame.format(event=event)))
        label = CONTRADICTION if swapped else ENTAILMENT
        found.append(Example(told[0], told[1], label, "roles"))
    return found
