"""OpenVINO: the fastest where it is installed. In float32 it is told so, since it would round to bfloat16 by itself.

In 8 bits the weights of linear layers are rounded for each of their outputs, and what comes in for each word piece, in
groups, while they are multiplied; all else is computed in bfloat16 where the processor has it. So rounding never looks
beyond a pair.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from consistency.backends._export import loaded
from consistency.backends._model import Model
from consistency.backends._network import Batch, Done
from consistency.errors import MissingExtra

_HINT: Final = {"fp32": "f32", "bf16": "bf16", "int8": "bf16"}
_GROUP: Final = {"fp32": 0, "bf16": 0, "int8": 128}
"""Numbers of a word piece that share a scale; 0 rounds none. Whole rows turn more verdicts, less takes longer."""
_HEIGHTS: Final = {"fp32": (1, 2, 4, 8, 16, 32), "bf16": (2, 4, 8, 16), "int8": (2, 4, 8, 16)}
"""Few, since it prepares itself for every new shape, which takes longer than a pair. In bfloat16 sums come out
otherwise outside of these."""
_UNFUSED: Final = {"SNIPPETS_MODE": "DISABLE"}
"""Attention as single operations: for heads as small as these, faster than as one that is compiled for each shape."""
_AHEAD: Final = 16
"""Batches for each thread that may be on their way: enough for an article, whose caller then need not wait."""


class OpenvinoRunner:
    """A network on OpenVINO in `fp32`, `bf16` or `int8`, which shares the batches out among its own threads."""

    def __init__(self, model: Model, threads: int, *, precision: str) -> None:
        try:
            import openvino
        except ImportError as missing:
            raise MissingExtra(
                "openvino is needed for --backend openvino.", "pip install 'consistency[openvino]'"
            ) from missing
        settings = {
            "INFERENCE_PRECISION_HINT": _HINT[precision],
            "INFERENCE_NUM_THREADS": threads,
            "NUM_STREAMS": threads,
            "ENABLE_CPU_PINNING": False,  # several processes would all take the first processors
            "EXECUTION_MODE_HINT": "ACCURACY" if precision == "fp32" else "PERFORMANCE",
            "DYNAMIC_QUANTIZATION_GROUP_SIZE": _GROUP[precision],
        }

        def load(file: Path) -> Any:
            core = openvino.Core()
            network = core.read_model(str(file))
            if precision == "int8":
                _round(network)
            try:
                return core.compile_model(network, "CPU", settings | _UNFUSED)
            except RuntimeError:  # also where a release has no such setting
                return core.compile_model(network, "CPU", settings)

        self._compiled, self.kept = loaded(model, "fp32", load)
        self._names = {name for one in self._compiled.inputs for name in one.names}
        self._free = [self._compiled.create_infer_request() for _ in range(_AHEAD * threads)]
        self._busy: deque[_Logits] = deque()
        self.streams = threads
        self.heights = _HEIGHTS[precision]

    def start(self, batch: Batch) -> _Logits:
        if not self._free:
            self._free.append(self._busy.popleft().release())
        request = self._free.pop()
        self._busy.append(_Logits(request))
        request.start_async(batch.only(self._names))
        return self._busy[-1]


def _round(network: Any) -> None:
    """Linear layers with their weights in 8 bits and a scale for each output, in place."""
    import numpy as np
    from openvino import opset13 as operations

    for layer in network.get_ordered_ops():
        if layer.get_type_name() != "MatMul" or not _each_piece(layer.get_input_partial_shape(0)):
            continue
        weights = layer.input_value(1).get_node()
        if weights.get_type_name() != "Constant" or len(weights.get_output_shape(0)) != 2:
            continue
        exact = weights.get_data()
        inputs = 1 if layer.get_attributes()["transpose_b"] else 0
        largest = np.abs(exact).max(axis=inputs, keepdims=True)
        scale = np.where(largest > 0, largest, 1).astype(np.float32) / np.float32(127)
        rounded = operations.convert(operations.constant(np.round(exact / scale).astype(np.int8)), "f32")
        layer.input(1).replace_source_output(operations.multiply(rounded, operations.constant(scale)).output(0))


def _each_piece(shape: Any) -> bool:
    """Whether an input is of (pairs, word pieces, numbers). What is computed once for a pair costs next to nothing, and
    sums of few rows come out otherwise in 8 bits.
    """
    return bool(shape.rank.get_length() == 3 and shape[1].get_max_length() != 1)


class _Logits:
    """What a request will come to. No call back: OpenVINO's threads would have to wait for Python's lock with it."""

    def __init__(self, request: Any) -> None:
        self._request = request
        self._start = perf_counter()
        self._logits: Future[Done] = Future()

    def release(self) -> Any:
        """The request, which may be used again."""
        if not self._logits.done():
            try:
                self._request.wait()
                logits = self._request.get_output_tensor(0).data.copy()  # written over next time
                self._logits.set_result(Done(logits, self._start + self._request.latency / 1000))
            except Exception as error:  # noqa: BLE001  (whatever it raises belongs to whoever asks for the result)
                self._logits.set_exception(error)
        return self._request

    def result(self) -> Done:
        self.release()
        return self._logits.result()
