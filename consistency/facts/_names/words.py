"""Word lists behind `name`: what goes before a name, what opens a sentence, what is never a name."""

from __future__ import annotations

import re
from typing import Final

from consistency.facts._places.gazetteer import rows, word_list

TITLES = word_list("titles")
"""Words before a name that are no part of it. The name starts after the last of them."""

BODIES = word_list("bodies")
"""Words that make a name the name of a body, a work or a place, not of a person."""

ALWAYS_CAPITAL = word_list("always_capital")
"""Days, months and the like: capitalised, never a name."""

PEOPLES = word_list("peoples")
"""Faiths, parties, languages and compass words."""

FUNCTION = word_list("function") | word_list("preceding")
"""Words that may open a sentence and are no name."""

PARTICLES = word_list("particles")
"""Lower-case words inside a name."""

ENDINGS = word_list("endings")
"""Endings by which forms of one word differ."""

NICKNAMES = {form: given for given, forms in rows("given_names") for form in forms.split()}
"""Short and foreign forms of given names, to the form they are counted as."""

SAINTS = frozenset("saint sainte st holy sankt san santa santo sant sint".split())
"""Words for a saint before a name, and what translators make of them: one says no more than another."""

UNNAMED = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds"
    " thousand thousands dozens".split()
)
"""Figures, which name nobody when they stand alone."""

SCALES = frozenset(["celsius", "fahrenheit", "kelvin"])
"""Scales of temperature: another says nothing wrong where the figure before it is another too."""

PRIZED: Final = re.compile(r"[-\u2010\u2011](?:winning|winner|nominated|nominee)\b", re.IGNORECASE)
"""Behind the name of a prize: "the Oscar-winning actor" is somebody else."""
