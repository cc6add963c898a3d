"""Words around figures that tell what the figures are."""

from __future__ import annotations

from consistency.facts._tokens import words

CLOCK = words(
    "am pm a.m p.m gmt utc edt est cet cest bst o'clock pst pdt ist jst noon midnight",
)
"""Behind a figure that is a time of day."""
LABELS = words(
    "flight boeing airbus article section chapter resolution route highway channel apollo area room gate",
    "number page level phase stage grade category type version model iphone windows act platform",
    "interstate formula psalm appendix figure table",
)
"""A figure behind one of these names something: "Flight 370"."""
PRONOMINAL = words(
    "no any every each which this that the another some not number day only than first last",
)
"""Before a "one" that counts nothing."""
SINGLE = words(
    "person man woman child boy girl soldier death case goal vote seat officer civilian passenger student",
    "policeman suspect time hostage killed dead injured worker run win victory",
)
"""What "one" does count."""
MOVES = words(
    "rose rise rises rising fell fall falls falling up down climbed dropped gained lost added slid",
    "slipped jumped from advanced eased increased decreased declined shed cut raised grew tumbled rallied",
    "plunged soared surged",
)
"""Before "10 to 12" they tell of a move, not of a range."""
GAMES = words(
    "won win wins beat beats beaten lost lose drew draw victory defeat score led lead leading loss",
    "final tied trailed finished finish ended thrashed defeated voted vote",
)
"""Before "3-1" they tell of a score, not of a range."""
SPANS = words(
    "long high deep wide tall away race sprint hurdles freestyle relay final dash butterfly backstroke",
    "breaststroke thick below",
)
"""Behind "100m" they tell of metres, not of millions."""
