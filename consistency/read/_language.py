"""Whether a text is English, decided offline and in doubt for English."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Scripts written without blanks count by character, or a page of Chinese would be one word.
# The first branch alone finds the words of most texts, and quickly.
_WORD = re.compile(r"[a-z]+[^\W\d_]*|[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]+")
_FUNCTION_WORDS_LIST = """
about after and are as at be been but by for from has have he his is it its not of on said she that the
their they this to was were which who will with would
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_LIST.split())
_FEWEST_WORDS = 8
_SAMPLE = 4_000


def is_english(text: str) -> bool:
    """False only where a text of eight words or more is clearly of another language.

    The share of function words settles nearly every English article without loading the language
    model; what is left, headlines and lists of names among it, the model must be sure of.
    """
    sample = text if len(text) <= _SAMPLE else f"{text[:_SAMPLE]} {text[len(text) // 2 :][:_SAMPLE]}"
    words = _WORD.findall(sample.lower())
    if len(words) < _FEWEST_WORDS:
        return True
    if sum(map(_FUNCTION_WORDS.__contains__, words)) >= 0.2 * len(words):
        return True
    ranked = _identifier().rank(sample)
    by_language = dict(ranked)
    # Nigerian Pidgin is the model's second name for headlines full of names.
    english = by_language["en"] + by_language["pcm"]
    return bool(english >= 0.02 or ranked[0][1] < 0.5)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
