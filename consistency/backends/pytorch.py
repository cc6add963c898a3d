"""PyTorch: the default, in float32; in bfloat16 where it is asked for.

Sums in bfloat16 depend on how many pairs are computed together, so that every batch is filled up to the same number.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from time import perf_counter
from typing import Any, Final

import torch

from consistency.backends._bert import Bert
from consistency.backends._model import Model
from consistency.backends._network import Batch, Done
from consistency.backends._torch import network
from consistency.errors import ModelError

_HEIGHTS: Final = {"fp32": range(1, 1025), "bf16": (4,)}


class PytorchRunner:
    """A network on PyTorch, on `cpu` or `cuda`, in `fp32` or `bf16`. On a processor each thread computes its batch."""

    def __init__(self, model: Model, threads: int, *, device: str = "cpu", precision: str = "fp32") -> None:
        if device == "cuda" and not torch.cuda.is_available():
            raise ModelError("No CUDA device is available.", "Use --device cpu.")
        self._device = device
        found = network(model).to(device, torch.bfloat16 if precision == "bf16" else torch.float32)
        self._inputs = found.inputs
        self._network = _unlocked(found) if device == "cpu" else found
        self.heights = _HEIGHTS[precision]
        self.streams = threads if device == "cpu" else 1
        self._pool = ThreadPoolExecutor(self.streams, "pytorch")

    def start(self, batch: Batch) -> Future[Done]:
        return self._pool.submit(self._run, batch)

    def _run(self, batch: Batch) -> Done:
        if self._device == "cpu" and torch.get_num_threads() != 1:
            torch.set_num_threads(1)  # this thread's own; the others compute other batches
        with torch.inference_mode():
            given = (torch.from_numpy(getattr(batch, name)).to(self._device) for name in self._inputs)
            logits = self._network(*given).float().cpu().numpy()
        return Done(logits, perf_counter())


def _unlocked(network: Any) -> Callable[..., torch.Tensor]:
    """The network without Python's lock from its first operation to its last: a trace, whose kernels are the same.

    As a module it asks for the lock between any two of them, and the threads of a network wait for each other and for
    the checks, which run meanwhile. Only of our own `Bert`: what it computes depends on the shape of a batch nowhere,
    which a trace could not follow.
    """
    trace = getattr(torch.jit, "trace", None)  # out of favour, but nothing else in PyTorch does this without a compiler
    if trace is None or not isinstance(network, Bert):
        return network  # type: ignore[no-any-return]
    example = tuple(torch.ones(2, 8, dtype=torch.int64) for _ in network.inputs)
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it is out of favour
        traced: Callable[..., torch.Tensor] = trace(network, example, check_trace=False)
    return traced
