"""Who is plainly named as the source of a sentence. In doubt, nobody."""

from __future__ import annotations

import re

_VERB = (
    r"(?:said|says|told|tells|added|adds|wrote|writes|stated|states|asked|asks|warned|warns|tweeted|argued|argues|"
    r"insisted|noted|notes|announced|claimed|claims|explained|explains|replied|declared|acknowledged|testified|recalled|"
    r"predicted|stressed|concluded)"
)
# Bounded repeats only: the text is untrusted.
_WORD = r"[A-Z][^\W\d_]{0,24}(?:[’'-][A-Z]?[^\W\d_]{1,24}){0,2}"
_INITIAL = r"(?:[A-Z]|Lt|Col|Gen|Adm|Sgt|Capt|Maj|Cmdr|Sen|Rep|Gov|Dr|Mr|Mrs|Ms|Prof|Rev)\."
_NAME = rf"(?:{_INITIAL}|{_WORD})(?: (?:{_INITIAL}|{_WORD}|bin|al|de|van|von|der|la|el)){{0,6}}"
_APPOSITIVE = r"(?:, [^,;.!?“”\"]{3,120},)?"
_NAME_FIRST = re.compile(rf"(?<![\w’'-])({_NAME}){_APPOSITIVE} {_VERB}\b")
_SPEAKS = re.compile(rf" {_VERB}\b")
"""What both patterns ask for; most sentences do not have it."""
_VERB_FIRST = re.compile(rf"[,?!][”’\"'] {_VERB} (?:[a-z]+ ){{0,4}}({_NAME})")
_LAST_TITLE_LIST = """
Adm Admiral Adviser Advisor Ambassador Analyst Astronomer Attorney Bishop Capt Captain Cardinal CEO CFO
Chair Chairman Chairwoman Chancellor Chief Cmdr Col Colonel Commander Commissioner Congressman Congresswoman
COO Coordinator Corporal Correspondent Councillor Delegate Democrat Detective Director Dr Duke Editor Envoy
Executive Father Gen General Gov Governor Inspector Judge Justice King Lady Leader Lieutenant Lord Lt Maj
Major Marshal Mayor Minister Miss Mr Mrs Ms Officer Pastor Pope Premier President Prime Prince Princess Prof
Professor Prosecutor Queen Rep Representative Republican Rev Reverend Sec Secretary Security Sen Senator
Sergeant Sgt Sheikh Sheriff Sir Sister Speaker Spokesman Spokesperson Spokeswoman State Sultan
Superintendent Taoiseach Treasurer
"""
_LAST_TITLE = frozenset(_LAST_TITLE_LIST.split())
_NO_PERSON_LIST = """
A After Agency Airlines Alliance Although An And Another April Army As Assembly Association At August
Authority Bank Before Board Both Bureau Business But By Cabinet Center Centre Chamber Church City Club
College Command Commission Committee Company Congress Corp Council County Court Daily December Defence
Defense Department East Eastern Embassy February Federation For Force Forces Foreign Foundation Friday From
Fund Government Group Guard Haram He Health Hospital House I If In Inc Insider Institute Institution
Intelligence International Islamic Islands It January Journal July June Kingdom Kremlin League Ltd Many
March May Media Ministry Monday Monitor Most National Nations Navy Neither New News North Northern November
October Office Officials On One Or Organisation Organization Parliament Party Pentagon Police Post Press
Reporters Reserve Review Rights Sachs Saturday School Senate September Service Services She Since So Society
Some South Southern States Street Sunday Supreme That The There These They This Those Thursday Times
Treasury Tribunal Trust Tuesday TV Union University Watch We Website Wednesday West Western What When While
White Who With Yard You
"""
_NO_PERSON = frozenset(_NO_PERSON_LIST.split())


class Speakers:
    """Finds speakers claim by claim; a surname alone counts once its full name has spoken."""

    def __init__(self) -> None:
        self._full: dict[str, str] = {}

    def of(self, text: str) -> str | None:
        """The person this sentence is attributed to, as named in full, or None."""
        if not _SPEAKS.search(text):
            return None
        unquoted = _unquoted(text)
        for pattern in (_VERB_FIRST, _NAME_FIRST):
            for found in pattern.finditer(unquoted):
                name = self._person(found.group(1))
                if name is not None:
                    return name
        return None

    def _person(self, run: str) -> str | None:
        words = run.split()
        after_title = [at for at, word in enumerate(words) if word.rstrip(".") in _LAST_TITLE]
        if after_title:
            words = words[after_title[-1] + 1 :]
        elif any(word.endswith(("’s", "'s")) for word in words):
            return None
        if not words or any(word in _NO_PERSON for word in words):
            return None
        if len(words) == 1:
            return self._full.get(words[0])
        if len(words) > 4:
            return None
        name = " ".join(words)
        self._full.setdefault(words[-1], name)
        return name


_QUOTED = re.compile(r"[“\"]([^“”\"]*)(?=[”\"])")


def _unquoted(text: str) -> str:
    """The text with what stands inside double quotes blanked: a quoted sentence names its own speakers."""
    return _QUOTED.sub(lambda found: found.group()[0] + " " * (len(found.group()) - 2) + found.group()[-1:], text)
