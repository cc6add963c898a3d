"""OpenVINO: the fastest on Intel's processors. In float32 it is told so, since it would round to bfloat16 by itself."""

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

_HINT: Final = {"fp32": "f32", "bf16": "bf16"}
_HEIGHTS: Final = {"fp32": (1, 2, 4, 8, 16, 32), "bf16": (2, 4, 8, 16)}
"""Few, since it prepares itself for every new shape, which takes longer than a pair. In bfloat16 sums come out
otherwise outside of these."""
_UNFUSED: Final = {"SNIPPETS_MODE": "DISABLE"}
"""Attention as single operations: for heads as small as these, faster than as one that is compiled for each shape."""
_AHEAD: Final = 16
"""Batches for each thread that may be on their way: enough for an article, whose caller then need not wait."""


class OpenvinoRunner:
    """A network on OpenVINO in `fp32` or `bf16`, which shares the batches out among its own threads."""

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
        }

        def load(file: Path) -> Any:
            core = openvino.Core()
            try:
                return core.compile_model(str(file), "CPU", settings | _UNFUSED)
            except RuntimeError:  # also where a release has no such setting
                return core.compile_model(str(file), "CPU", settings)

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
