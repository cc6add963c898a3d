"""The machine and the packages that a number belongs to."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from consistency.backends._cores import cores
from consistency.pipeline import tool_version
from eval.bench._record import Machine

FLAGS: Final = (
    "avx2", "avx512f", "avx_vnni", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_int8", "asimddp", "i8mm", "bf16",
)  # fmt: skip
PACKAGES: Final = ("torch", "transformers", "tokenizers", "onnxruntime", "openvino", "numpy", "msgspec")


def machine() -> Machine:
    """This machine, as far as the system tells of it; never its name."""
    told = _told(Path("/proc/cpuinfo"))
    return Machine(
        processor=_entry(told, "model name") or platform.processor() or platform.machine(),
        flags=tuple(flag for flag in FLAGS if flag in _entry(told, "flags|Features").split()),
        cores=cores(),
        memory=_memory(),
        system=f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        load=round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0,
        packages={"consistency": tool_version(), **_packages()},
    )


def _told(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def _entry(told: str, name: str) -> str:
    found = re.search(rf"^(?:{name})\s*:\s*(.*)$", told, re.MULTILINE)
    return found.group(1).strip() if found else ""


def _memory() -> float:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return 0.0
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30, 1)


def _packages() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
