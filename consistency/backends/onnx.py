"""ONNX Runtime: in float32 as exact as PyTorch, and without it once the network is exported; in 8 bits where asked."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Any

from consistency.backends._export import loaded
from consistency.backends._model import Model
from consistency.backends._network import Batch, Done
from consistency.errors import MissingExtra


class OnnxRunner:
    """A network on ONNX Runtime in `fp32` or `int8`; every thread that calls computes its batch by itself."""

    heights = range(1, 1025)

    def __init__(self, model: Model, threads: int, *, precision: str) -> None:
        try:
            import onnxruntime
        except ImportError as missing:
            raise MissingExtra(
                "onnxruntime is needed for --backend onnx.", "pip install 'consistency[onnx]'"
            ) from missing
        onnxruntime.set_default_logger_severity(3)
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = settings.inter_op_num_threads = 1

        def load(file: Path) -> Any:
            return onnxruntime.InferenceSession(str(file), settings, providers=["CPUExecutionProvider"])

        self._session, self.kept = loaded(model, precision, load)
        self._names = {one.name for one in self._session.get_inputs()}
        self.streams = threads
        self._pool = ThreadPoolExecutor(threads, "onnx")

    def start(self, batch: Batch) -> Future[Done]:
        return self._pool.submit(self._run, batch)

    def _run(self, batch: Batch) -> Done:
        (logits,) = self._session.run(None, batch.only(self._names))
        return Done(logits, perf_counter())
