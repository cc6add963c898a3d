"""Words of the calendar: months, weekdays, centuries, what may stand before a bare month."""

from __future__ import annotations

import datetime

from consistency.facts._figures.numbers import ORDINALS
from consistency.facts._tokens import words

MONTHS = {"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
          "september": 9, "october": 10, "november": 11, "december": 12}  # fmt: skip
SHORT_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
                "oct": 10, "nov": 11, "dec": 12}  # fmt: skip
TRAPS = frozenset({"may", "march", "august", "april", "june"})
"""Months that are verbs, adjectives or first names too: alone they need a preposition."""
WEEKDAYS = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5,
            "sunday": 6}  # fmt: skip
RELATIVE_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
PERIODS = words(
    "week month year quarter weekend summer winter spring autumn fall decade century",
)
SHIFTS = words(
    "last next this past coming previous following",
)
BEFORE_MONTH = words(
    "in since by until till from to between through during last next this early late mid of before after",
    "and for every end",
)
BEFORE_YEAR = words(
    "in since by until till from of during before after early late mid the year between ( summer winter",
    "spring autumn fall to and through around about circa christmas easter eve day",
)
DAY_WORDS = {word: int(value) for word, value in ORDINALS.items() if value <= 31}


def plausible(year: int | None, month: int | None, day: int | None) -> bool:
    """True unless the date cannot stand in any calendar (31 February)."""
    if month is None or day is None:
        return True
    try:
        datetime.date(year if year else 2024, month, day)
    except ValueError:
        return False
    return True
