"""Texts told apart by what they say: case, blanks and typography folded away."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_KEPT = re.compile(r"[^\W_]+|[%‰°$\u00a2-\u00a5\u20a0-\u20cf]|(?<!\w)-(?=\d)")


def fold(text: str) -> str:
    """The words and values of `text` in lower case, one blank between them.

    Letters and figures stay, and the signs that belong to a value: currencies, percent, degrees, the minus of a
    number. Quote marks, dashes, stops, ligatures, full-width forms, soft hyphens and marks of direction do not.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).replace("−", "-")
    return " ".join(_KEPT.findall(plain.casefold()))
