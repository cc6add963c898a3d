"""A model's network as an ONNX file, made once and kept by the model's digest in the user's cache folder.

Exported with `torch.onnx.export` alone; in 8 bits the weights of every linear layer are stored in blocks with a scale
each, and their inputs are rounded row by row while they are multiplied. So rounding never looks beyond a pair, and a
pair scores the same in any batch, which a scale over the whole batch could not promise.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import tempfile
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final, TypeVar

from consistency import places
from consistency.backends._model import Model
from consistency.errors import ConsistencyError, MissingExtra, ModelError

_FORM: Final = 3
"""Counts up when an export comes out otherwise, so that no older file is taken for it."""
_OPSET: Final = 17
_BLOCK: Final = 64
_EIGHT_BIT_INPUTS: Final = 4
"""ONNX Runtime's word for inputs that are rounded to 8 bits too."""
_EXACT: Final = re.compile(r"layers?\.\d+/output/")
"""Layers that stay in float32: their inputs range so widely that rounding them turns verdicts."""

Loaded = TypeVar("Loaded")


def loaded(model: Model, precision: str, load: Callable[[Path], Loaded]) -> Loaded:
    """What `load` makes of the exported network, which is exported first where it is not there or not whole.

    Raises `MissingExtra` without the packages that export, `ModelError` for a network that cannot be exported.
    """
    file = _place(model, precision)
    if file is not None and file.is_file():
        with contextlib.suppress(_Unusable):
            return _try(load, file)
        with contextlib.suppress(OSError):  # damaged: made anew
            file.unlink()
    with _made(model, precision, file) as made:
        try:
            return _try(load, made)
        except _Unusable as fault:
            raise ModelError(
                f"The model {model.name} cannot run on this backend: {fault}", "Use --backend pytorch."
            ) from fault


class _Unusable(Exception):  # noqa: N818  (never leaves this file)
    pass


def _try(load: Callable[[Path], Loaded], file: Path) -> Loaded:
    try:
        return load(file)
    except ConsistencyError:
        raise
    except Exception as error:
        # Either runtime raises its own kinds for a file that is damaged or that it cannot compute.
        raise _Unusable(str(error).strip().splitlines()[0][:300] if str(error).strip() else repr(error)) from error


def _place(model: Model, precision: str) -> Path | None:
    """Where the file is kept; None where nothing can be kept."""
    try:
        folder = places.folder() / "models"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (OSError, ConsistencyError):
        return None
    return folder / f"{model.digest[:32]}-{precision}-{_FORM}.onnx"


@contextlib.contextmanager
def _made(model: Model, precision: str, file: Path | None) -> Iterator[Path]:
    """The exported network: in its place, or for this run alone where that cannot be written."""
    with contextlib.ExitStack() as stack:
        for folder in (file.parent if file else None, None):
            try:
                work = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=folder, prefix="export-")))
                made = work / "network.onnx"
                _export(model, precision, made)
                if file is not None and folder is not None:
                    os.replace(made, file)
                    made = file
                yield made
            except OSError as error:
                if folder is None:
                    raise ModelError(
                        f"The model {model.name} could not be exported: {error.strerror}.",
                        f"Make room, or name a folder that can be written in ${places.VARIABLE}.",
                    ) from error
            else:
                return


def _export(model: Model, precision: str, file: Path) -> None:
    if find_spec("onnx") is None:
        raise MissingExtra("onnx is needed to export a model.", "pip install 'consistency[onnx]'")
    import torch

    from consistency.backends._torch import network

    found = network(model)
    example = torch.ones(2, 16, dtype=torch.long)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the tracer, about shapes that stay variable
        torch.onnx.export(
            found,
            tuple(example if name != "types" else example * 0 for name in found.inputs),
            str(file),
            input_names=list(found.inputs),
            output_names=["logits"],
            dynamic_axes={**{name: {0: "pairs", 1: "pieces"} for name in found.inputs}, "logits": {0: "pairs"}},
            opset_version=_OPSET,
            dynamo=False,
        )
    if precision == "int8":
        _round(file)


def _round(file: Path) -> None:
    """The same network with linear layers in 8 bits, in place."""
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer

    logging.getLogger(MatMulNBitsQuantizer.__module__).setLevel(logging.ERROR)  # it tells of every node
    found = onnx.load(str(file))
    rounding = MatMulNBitsQuantizer(
        found,
        nodes_to_exclude=[node.name for node in found.graph.node if _EXACT.search(node.name)],
        algo_config=DefaultWeightOnlyQuantConfig(
            block_size=_BLOCK, is_symmetric=True, accuracy_level=_EIGHT_BIT_INPUTS, bits=8
        ),
    )
    rounding.process()
    rounding.model.save_model_to_file(str(file), False)
