"""Checks versions of a news story against each other and says which facts broke on the way.

import consistency

report = consistency.check("original.txt", ["copy.txt"])
for finding in report.findings:
    print(finding.level, finding.message)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from consistency.config import CheckSettings, Config
from consistency.errors import (
    ConfigError,
    ConsistencyError,
    InputError,
    MissingExtra,
    ModelError,
    OutputError,
)
from consistency.records import (
    Alignment,
    Article,
    Claim,
    Coverage,
    Finding,
    Report,
    Run,
    Scores,
    Side,
    Signature,
    Span,
    Story,
    Unread,
)

if TYPE_CHECKING:
    from consistency.pipeline import check, check_stories

__version__ = "0.1.0"

__all__ = [
    "Alignment",
    "Article",
    "CheckSettings",
    "Claim",
    "Config",
    "ConfigError",
    "ConsistencyError",
    "Coverage",
    "Finding",
    "InputError",
    "MissingExtra",
    "ModelError",
    "OutputError",
    "Report",
    "Run",
    "Scores",
    "Side",
    "Signature",
    "Span",
    "Story",
    "Unread",
    "__version__",
    "check",
    "check_stories",
]


def __getattr__(name: str) -> Any:
    """These come with torch, which an import must not wait for."""
    if name in ("check", "check_stories"):
        from consistency import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
