"""A model's network as an ONNX file, made once and kept by the model's digest in the user's cache folder.

Exported with `torch.onnx.export` alone; in 8 bits the weights of every linear layer are stored in blocks with a scale
each, and their inputs are rounded row by row while they are multiplied. So rounding never looks beyond a pair, and a
pair scores the same in any batch, which a scale over the whole batch could not promise.

A checksum of the file stands in its name, and is held against it before it is loaded: most damage would load all the
same, and change scores that are then kept.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import tempfile
import warnings
import zlib
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final, TypeVar

from consistency import places
from consistency.backends._model import Model
from consistency.errors import ConsistencyError, MissingExtra, ModelError

_FORM: Final = 4
"""Counts up when an export comes out otherwise, so that no older file is taken for it."""
_READ_AT_ONCE: Final = 1 << 20
_OPSET: Final = 17
_BLOCK: Final = 64
_EIGHT_BIT_INPUTS: Final = 4
"""ONNX Runtime's word for inputs that are rounded to 8 bits too."""
_EXACT: Final = re.compile(r"layers?\.\d+/output/")
"""Layers that stay in float32: their inputs range so widely that rounding them turns verdicts."""

Loaded = TypeVar("Loaded")


def loaded(model: Model, precision: str, load: Callable[[Path], Loaded]) -> tuple[Loaded, Path | None]:
    """What `load` makes of the exported network, which is exported first where it is not there or not whole.

    With the file, if it was there before: whoever finds out that it is no good may remove it. Raises `MissingExtra`
    without the packages that export, `ModelError` for a network that cannot be exported.
    """
    folder = _folder()
    name = f"{model.digest[:32]}-{precision}-{_FORM}"
    for file in _kept(folder, name):
        with contextlib.suppress(_Unusable, OSError):
            if file.name == f"{name}-{_checksum(file)}.onnx":
                return _try(load, file), file
        with contextlib.suppress(OSError):  # damaged: made anew
            file.unlink()
    with _made(model, precision, folder, name) as made:
        try:
            return _try(load, made), None
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


def _folder() -> Path | None:
    """Where the files are kept; None where nothing can be kept."""
    try:
        folder = places.folder() / "models"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (OSError, ConsistencyError):
        return None
    return folder


def _kept(folder: Path | None, name: str) -> list[Path]:
    """The exports of this name: one, or more where several processes made it at once and came out otherwise."""
    try:
        return sorted(folder.glob(f"{name}-*.onnx")) if folder is not None else []
    except OSError:
        return []


def _checksum(file: Path) -> str:
    """A CRC-32 of the file in hexadecimal: against damage, not against malice, and a start must wait for it."""
    found = 0
    with file.open("rb") as stream:
        while part := stream.read(_READ_AT_ONCE):
            found = zlib.crc32(part, found)
    return f"{found:08x}"


@contextlib.contextmanager
def _made(model: Model, precision: str, place: Path | None, name: str) -> Iterator[Path]:
    """The exported network: in its place, or for this run alone where that cannot be written."""
    with contextlib.ExitStack() as stack:
        for folder in (place, None):
            try:
                work = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=folder, prefix="export-")))
                made = work / "network.onnx"
                _export(model, precision, made)
                if folder is not None:
                    file = folder / f"{name}-{_checksum(made)}.onnx"
                    _settle(made)
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


def _settle(file: Path) -> None:
    """What was written is on the disk: a power cut leaves no name without its content."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


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
