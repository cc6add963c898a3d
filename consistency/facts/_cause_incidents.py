"""Fires, floods, strikes, illnesses: what news gives as the cause of a harm, by kind.

A word that often means something else ("heat", "cold", "crash" of prices) is left out, and so is one that stands in the
name of something else ("fire brigade", "wind farm").
"""

from __future__ import annotations

from itertools import islice
from typing import Final, NamedTuple

from consistency.facts._rare import Rare
from consistency.records import Span

_KINDS: Final = {
    "fire": r"(?:wild|bush|forest )?fires?(?! (?:brigade|service|chief|crew|fighter|department|engine|station|officer"
    r"|truck|official|alarm|escape|exit|safety|sale|drill)s?\b)|blazes?|infernos?",
    "flood": r"floods?(?! of\b)|flooding|floodwaters?|deluge",
    "storm": r"storms?|hurricanes?|cyclones?|typhoons?|tornado(?:e?s)?|gales?|thunderstorms?",
    "wind": r"winds?(?! (?:farm|park|power|turbine|energy|up|down|instrument)s?\b)",
    "snow": r"snow|blizzards?|snowfall|snowstorms?",
    "frost": r"frosts?",
    "avalanche": r"avalanches?",
    "slide": r"landslides?|mudslides?|rockfalls?|rockslides?|landslips?",
    "quake": r"earthquakes?|quakes?",
    "heat": r"heatwaves?|heat waves?",
    "drought": r"droughts?",
    "rain": r"rain|rains|rainfall|downpours?|hail|hailstorms?",
    "fog": r"fog",
    "lightning": r"lightning(?! (?:visit|speed|fast|rod)\b)",
    "explosion": r"explosions?|blasts?|bombs?|bombings?",
    "eruption": r"eruptions?",
    "strike": r"(?:strike|walkout)(?! (?:out|force|rate|price|partner|deal|back|at|a|an|the)\b)",
    "outage": r"outages?|power cuts?|glitch(?:es)?|malfunctions?",
    "hack": r"hackers|cyber-?attacks?",
    "war": r"fighting(?! (?:for|against|to)\b)|shelling|(?<=the )war(?= (?!on\b)|[,.;])",
    "flu": r"(?:bird )?flu|influenza",
    "cholera": r"cholera",
    "measles": r"measles",
    "malaria": r"malaria",
    "dengue": r"dengue",
    "epidemic": r"epidemics?|pandemics?",
}
_BEFORE: Final = (
    r"(?<![\w-])(?<!under )(?<!open )(?<!opened )(?<!opening )(?<!to )(?<!catch )(?<!will )(?<!may )(?<!can )"
    r"(?<!could )(?<!would )(?<!might )(?<!they )(?<!air )(?<!missile )(?<!drone )(?<!bird )(?<!lightning )(?<!rocket )"
    r"(?<!bomb )(?<![a-z]s )"
)
"""Before a word that names what happened; behind these it is a verb, or something else."""
_INCIDENT: Final = Rare(
    rf"{_BEFORE}(?:{'|'.join(f'(?P<{kind}>{forms})' for kind, forms in _KINDS.items())})(?![\w-])",
    *("fire", "blaze", "inferno", "flood", "deluge", "storm", "hurricane", "cyclone", "typhoon", "tornado", "gale"),
    *("wind", "snow", "blizzard", "frost", "slide", "avalanche", "rockfall", "landslip", "quake", "heat", "drought"),
    *("rain", "downpour", "hail", "fog", "lightning", "explosion", "blast", "bomb", "eruption", "strike", "walkout"),
    *("outage", "power cut", "glitch", "malfunction", "hackers", "cyber", "fighting", "shelling", "war", "flu"),
    *("cholera", "measles", "malaria", "dengue", "demic"),
)
_CHAINS: Final = tuple(
    frozenset(kinds.split())
    for kinds in (
        "storm wind rain flood snow frost slide lightning avalanche fog outage",
        "explosion fire lightning war outage hack",
        "quake slide avalanche flood fire eruption explosion outage",
        "heat drought fire outage",
        "strike war explosion lightning",
        "wind fire",
        "flu cholera measles malaria dengue epidemic flood war drought",
    )
)
"""Kinds of which one may bring about another, so that both may be told of one event."""
_ILL: Final = frozenset("flu cholera measles malaria dengue".split())
"""Kinds of which a text that names one means none of the others."""
_MOST: Final = 3


class Incident(NamedTuple):
    """What a text says has happened: its kind and where it is first named."""

    kind: str
    span: Span


def incident(text: str) -> Incident | None:
    """The one kind of incident that a text names; none where it names several."""
    found = [Incident(m.lastgroup or "", Span(m.start(), m.end())) for m in islice(_INCIDENT.finditer(text), _MOST)]
    return found[0] if len({one.kind for one in found}) == 1 else None


def exclude(one: str, other: str) -> bool:
    """Whether two kinds of incident are neither the same nor may be told of one event."""
    if one == other or (one in _ILL and other in _ILL):
        return one != other
    return not any(one in chain and other in chain for chain in _CHAINS)
