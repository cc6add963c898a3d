"""A text that has the words of another in another order."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_WORD: Final = re.compile(r"\w+")


def reordered(premise: str, hypothesis: str) -> bool:
    """Whether two texts have the very same words, each as often; case and marks apart."""
    return _bag(premise) == _bag(hypothesis)


def _bag(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))
