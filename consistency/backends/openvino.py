"""OpenVINO: the fastest on Intel's processors. In float32 it is told so, since it would round to bfloat16 by itself."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any, Final

from consistency.backends._export import loaded
from consistency.backends._model import Model
from consistency.backends._network import Batch
from consistency.errors import MissingExtra

_HINT: Final = {"fp32": "f32", "bf16": "bf16"}
_FEWEST: Final = {"fp32": 1, "bf16": 2}
_MOST: Final = {"fp32": 1024, "bf16": 16}
"""Outside of these, sums in bfloat16 come out otherwise."""


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
            "EXECUTION_MODE_HINT": "ACCURACY" if precision == "fp32" else "PERFORMANCE",
        }

        def load(file: Path) -> Any:
            return openvino.Core().compile_model(str(file), "CPU", settings)

        self._compiled = loaded(model, "fp32", load)
        self._names = {name for one in self._compiled.inputs for name in one.names}
        self._queue = openvino.AsyncInferQueue(self._compiled, 2 * threads)
        self._queue.set_callback(_finish)
        self.streams = threads
        self.fewest, self.most = _FEWEST[precision], _MOST[precision]

    def start(self, batch: Batch) -> Future[Any]:
        given = {"ids": batch.ids, "mask": batch.mask, "types": batch.types}
        logits: Future[Any] = Future()
        self._queue.start_async({name: array for name, array in given.items() if name in self._names}, logits)
        return logits


def _finish(request: Any, logits: Future[Any]) -> None:
    """Called by OpenVINO's own thread; what it raises would end the process."""
    try:
        logits.set_result(request.get_output_tensor(0).data.copy())  # the request writes over it next time
    except Exception as error:  # noqa: BLE001
        logits.set_exception(error)
