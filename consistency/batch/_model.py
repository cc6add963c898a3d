"""The model of a worker, as the settings name it, and what is told of it."""

from __future__ import annotations

import os

from consistency import pipeline
from consistency.batch._messages import Model
from consistency.cache import CachedScorer
from consistency.config import Config
from consistency.protocols import Scorer


def load(config: Config) -> Scorer:
    """The scorer with its network loaded. Raises `ModelError`, `ConfigError`, `MissingExtra`."""
    scorer = pipeline.load(config)
    # Nobody has asked for this pair, so no cache knows it: the network is loaded now, and a process that dies of that
    # is not blamed on the story that would have been the first.
    nonce = os.urandom(8).hex()
    scorer.score([(nonce, nonce)])
    return scorer


def notices(scorer: Scorer) -> tuple[str, ...]:
    """What is wrong with what it keeps its scores in, and changes none of them."""
    return scorer.notices if isinstance(scorer, CachedScorer) else ()


def model(scorer: Scorer) -> Model:
    """What the results depend on, besides the feed and the settings."""
    return Model(pipeline.tool_version(), scorer.digest, scorer.runtime)
