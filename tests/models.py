"""The tiny models, as they are and altered."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

MODELS: Final = Path(__file__).parent.parent / "fixtures" / "models"


def altered(folder: Path, base: str = "tiny", **entries: Any) -> Path:
    """A copy of a tiny model at `folder`, with other entries in its config.json."""
    shutil.copytree(MODELS / base, folder)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps(config | entries), "utf-8")
    return folder


def rewrite_weights(folder: Path, change: Callable[[str, Any], Any]) -> None:
    """Every tensor replaced by `change(name, tensor)`, or left out where that is None."""
    from safetensors.torch import load_file, save_file

    weights = {name: change(name, tensor) for name, tensor in load_file(folder / "model.safetensors").items()}
    kept = {name: tensor for name, tensor in weights.items() if tensor is not None}
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})
