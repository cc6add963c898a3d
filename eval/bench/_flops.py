"""What the network must multiply and add, and how fast this machine multiplies matrices at all."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from eval.bench._record import Multiplied

SHAPES: Final = ((1024, 384, 1536), (2048, 2048, 2048))
"""The feed-forward layer of the embedded model on 1,024 word pieces, and a large square."""
PRECISIONS: Final = ("float32", "bfloat16")


def operations(config: Mapping[str, Any], width: int) -> int:
    """Multiplications and additions of one pair of `width` word pieces, filled up: attention and feed-forward."""
    hidden, inner = int(config["hidden_size"]), int(config["intermediate_size"])
    projections, forward = 8 * hidden * hidden, 4 * hidden * inner
    attention = 4 * width * hidden  # every word piece looks at all others, and takes up what they tell
    return int(config["num_hidden_layers"]) * width * (projections + forward + attention)


def gflops(config: Mapping[str, Any], widths: Sequence[int], seconds: float) -> float:
    """Thousand million operations a second for pairs filled up to these widths."""
    return round(sum(operations(config, width) for width in widths) / seconds / 1e9, 1)


def multiplied(threads: int, seconds: float) -> list[Multiplied]:
    """`torch.matmul` in every precision and shape, each for so many seconds."""
    return [Multiplied(name, shape, _rate(name, shape, threads, seconds)) for name in PRECISIONS for shape in SHAPES]


def _rate(precision: str, shape: tuple[int, int, int], threads: int, seconds: float) -> float:
    import torch

    torch.set_num_threads(threads)
    rows, inner, columns = shape
    left = torch.rand(rows, inner, dtype=getattr(torch, precision))
    right = torch.rand(inner, columns, dtype=getattr(torch, precision))
    torch.matmul(left, right)
    best, ends = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < ends:
        start = time.perf_counter()
        torch.matmul(left, right)
        best = min(best, time.perf_counter() - start)
    return round(2 * rows * inner * columns / best / 1e9, 1)
