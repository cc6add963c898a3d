"""Who can score a pair. A runtime is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec
from typing import Final

from consistency.backends._cores import cores
from consistency.backends._model import EMBEDDED, LABELS, Model
from consistency.backends._network import NetworkScorer, Runner
from consistency.errors import ConfigError
from consistency.protocols import Scorer

__all__ = ["EMBEDDED", "FASTEST_FIRST", "LABELS", "PRECISIONS", "cores", "fastest", "load"]

PRECISIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "pytorch": ("fp32", "bf16"),
    "onnx": ("fp32", "int8"),
    "openvino": ("fp32", "bf16", "int8"),
}
"""What each runtime can compute in, float32 first."""
FASTEST_FIRST: Final = (("openvino", "openvino"), ("onnx", "onnxruntime"))
"""Runtimes that `auto` takes in float32 where their package is installed, else PyTorch (`make bench`)."""


def load(
    model: str,
    *,
    backend: str = "pytorch",
    precision: str = "fp32",
    device: str = "cpu",
    threads: int | None = None,
    batch_size: int = 16,
    lazy: bool = False,
) -> Scorer:
    """The scorer for a model name: `lexical`, `embedded`, a local folder or a hub name.

    `threads` None = as many as the process may use. With `lazy` the network itself is loaded when a pair is first
    scored. Raises `ModelError` for a model that is missing, unsafe, mislabelled or fails its self-test, `ConfigError`
    for a precision that the backend has not, `MissingExtra` for a backend that is not installed.
    """
    if model == "lexical":
        from consistency.backends.lexical import LexicalScorer

        return LexicalScorer()
    chosen = fastest() if backend == "auto" else backend
    _fits(chosen, precision, device)
    found = Model(model)
    opening = partial(_OPENING[chosen], precision=precision, device=device)
    scorer = NetworkScorer(found, f"{chosen}/{precision}", opening, threads=threads, batch_size=batch_size)
    return scorer if lazy else scorer.open()


def fastest() -> str:
    """The fastest backend in float32 that is installed."""
    return next((name for name, package in FASTEST_FIRST if find_spec(package) is not None), "pytorch")


def _fits(backend: str, precision: str, device: str) -> None:
    if precision not in PRECISIONS[backend]:
        raise ConfigError(
            f"--backend {backend} does not compute in {precision}",
            f"use {' or '.join(PRECISIONS[backend])} with it",
        )
    if device != "cpu" and backend != "pytorch":
        raise ConfigError(f"--backend {backend} computes on the processor only", "use --backend pytorch with a GPU")


def _pytorch(model: Model, threads: int, *, precision: str, device: str) -> Runner:
    from consistency.backends.pytorch import PytorchRunner

    return PytorchRunner(model, threads, precision=precision, device=device)


def _onnx(model: Model, threads: int, *, precision: str, device: str) -> Runner:  # noqa: ARG001
    from consistency.backends.onnx import OnnxRunner

    return OnnxRunner(model, threads, precision=precision)


def _openvino(model: Model, threads: int, *, precision: str, device: str) -> Runner:  # noqa: ARG001
    from consistency.backends.openvino import OpenvinoRunner

    return OpenvinoRunner(model, threads, precision=precision)


_OPENING: Final[Mapping[str, Callable[..., Runner]]] = {"pytorch": _pytorch, "onnx": _onnx, "openvino": _openvino}
