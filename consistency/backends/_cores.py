"""How many processors this process may use: what a container grants, not what the machine has."""

from __future__ import annotations

import math
import os
from pathlib import Path

_UNIFIED = Path("/sys/fs/cgroup/cpu.max")
_QUOTA = Path("/sys/fs/cgroup/cpu/cpu.cfs_quota_us")
_PERIOD = Path("/sys/fs/cgroup/cpu/cpu.cfs_period_us")


def cores() -> int:
    """At least one. Follows the process' affinity and the control group's quota of processor time."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(allowed, _granted(allowed)))


def _granted(allowed: int) -> int:
    """What the control group grants, rounded up: a quota of two and a half processors is worth three threads."""
    found = _read(_UNIFIED).split() or [_read(_QUOTA), _read(_PERIOD)]
    try:
        quota, period = (float(word) for word in found)
    except ValueError:  # "max", or no control group
        return allowed
    return math.ceil(quota / period) if quota > 0 and period > 0 else allowed


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
