"""What a score is kept under and what is kept of it: sixteen bytes name the pair, ten hold its scores."""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import Final, NamedTuple

from consistency.records import Scores

ENCODING: Final = "1"
"""The version of how a pair becomes a model's input (`consistency.encoding`). Raise it with every change there that
gives some pair another input: a score of before must not be served. A test holds the two together."""
STEPS: Final = 10_000
"""Scores are whole multiples of 1e-4."""
_ROUNDING: Final = 2
"""Steps by which three rounded probabilities may miss one in sum."""
_ROW: Final = struct.Struct(">HHHI")
_SUMMED: Final = struct.Struct(">HHH")


class Model(NamedTuple):
    """Who scored: the model's digest, its runtime ("pytorch/fp32"), and the version of the encoding of pairs."""

    digest: str
    runtime: str
    encoding: str = ENCODING

    def seed(self) -> int:
        """Goes into the checksum of a row: one that has slipped to another model is then known for it."""
        return zlib.crc32("\0".join(self).encode("utf-8", "surrogatepass"))


def pair_digest(pair: tuple[str, str]) -> bytes:
    """Sixteen bytes that name a pair; its parts cannot run into one another."""
    premise, hypothesis = (text.encode("utf-8", "surrogatepass") for text in pair)
    return hashlib.sha256(b"%d:" % len(premise) + premise + hypothesis).digest()[:16]


def pack(seed: int, pair: bytes, scores: Scores) -> bytes | None:
    """Three steps of 1e-4 and a checksum over model, pair and steps.

    None for scores that would not come back as they are: no probabilities, or finer than the steps.
    """
    one, two, three = scores.entailment, scores.neutral, scores.contradiction
    if not (0 <= one <= 1 and 0 <= two <= 1 and 0 <= three <= 1):  # NaN is neither
        return None
    first, second, third = round(one * STEPS), round(two * STEPS), round(three * STEPS)
    if (first / STEPS, second / STEPS, third / STEPS) != (one, two, three) or not _is_whole(first + second + third):
        return None
    steps = _SUMMED.pack(first, second, third)
    return steps + zlib.crc32(pair + steps, seed).to_bytes(4, "big")


def unpack(seed: int, pair: bytes, row: object) -> Scores | None:
    """The scores in a row; None for a row that is damaged in any way."""
    if not isinstance(row, bytes) or len(row) != _ROW.size:
        return None
    first, second, third, checksum = _ROW.unpack(row)
    if checksum != zlib.crc32(pair + row[: _SUMMED.size], seed) or max(first, second, third) > STEPS:
        return None
    if not _is_whole(first + second + third):
        return None
    return Scores(first / STEPS, second / STEPS, third / STEPS)


def _is_whole(steps: int) -> bool:
    """The sum is that of three rounded probabilities."""
    return abs(steps - STEPS) <= _ROUNDING
