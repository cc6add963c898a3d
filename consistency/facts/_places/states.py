"""American states as newspapers shorten them behind a town: "Parkland, Fla."."""

from __future__ import annotations

import re
from typing import Final


def state_behind(text: str, town_end: int) -> str:
    """The state that is told in short behind a town; empty for none."""
    found = _STATE.match(text, town_end)
    return _STATES.get(found[1].replace(" ", ""), "") if found is not None else ""


def shortened(text: str, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` are a state in short behind a town."""
    told = (text[start:end], text[start : end + 1])  # the last dot may be read as part of the words: N.C.
    return text[max(0, start - 2) : start] == ", " and any(words.replace(" ", "") in _STATES for words in told)


def state_at(text: str, start: int) -> tuple[str, int]:
    """The state that is told in short behind a town from `start` on, and where its words end; empty for none."""
    found = _STATE.match(text, start - 2) if start > 2 and text[start - 3].isalpha() else None
    state = _STATES.get(found[1].replace(" ", ""), "") if found is not None else ""
    return (state, found.end(1)) if found is not None and state else ("", start)


_STATE: Final = re.compile(r", ([A-Z][a-z]{1,4}\.|[NSRW]\. ?[A-Z][a-z]{0,2}\.)")
_STATES: Final = {
    short: state.replace("_", " ")
    for short, state in (
        pair.split("/")
        for pair in (
            "Ala./Alabama Ariz./Arizona Ark./Arkansas Calif./California Colo./Colorado Conn./Connecticut Del./Delaware"
            " Fla./Florida Ga./Georgia Ill./Illinois Ind./Indiana Kan./Kansas Ky./Kentucky La./Louisiana Md./Maryland"
            " Mass./Massachusetts Mich./Michigan Minn./Minnesota Miss./Mississippi Mo./Missouri Mont./Montana"
            " Neb./Nebraska Nev./Nevada N.H./New_Hampshire N.J./New_Jersey N.M./New_Mexico N.Y./New_York"
            " N.C./North_Carolina N.D./North_Dakota Okla./Oklahoma Ore./Oregon Pa./Pennsylvania R.I./Rhode_Island"
            " S.C./South_Carolina S.D./South_Dakota Tenn./Tennessee Tex./Texas Vt./Vermont Va./Virginia"
            " Wash./Washington W.Va./West_Virginia Wis./Wisconsin Wyo./Wyoming"
        ).split()
    )
}
"""How newspapers shorten the names of states behind a town."""
FIRST_WORDS: Final = frozenset(
    word for short in _STATES for word in (short.split(".")[0].lower(), short.replace(".", "").lower())
)
"""The words, folded, with which such a state may begin."""
