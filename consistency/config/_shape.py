"""What can be set: a field is a setting, its description is its documentation."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from consistency.records import FailOn, Level, Undetermined

Device: TypeAlias = Literal["cpu", "cuda"]
Backend: TypeAlias = Literal["pytorch", "onnx", "openvino", "auto"]
Precision: TypeAlias = Literal["fp32", "bf16", "int8"]
VersionRole: TypeAlias = Literal["copy", "report"]
Share: TypeAlias = Annotated[float, Meta(ge=0, le=1)]
Count: TypeAlias = Annotated[int, Meta(ge=1)]
Words: TypeAlias = Annotated[str, Meta(pattern=r"\w")]
Pattern: TypeAlias = Annotated[str, Meta(pattern=r"^(?!/)(?!(?:.*/)?\.\.(?:/|$)).")]

CHOICES: dict[str, object] = {
    "backend": Backend,
    "precision": Precision,
    "device": Device,
    "fail_on": FailOn,
    "undetermined": Undetermined,
    "role": VersionRole,
    "level": Level,
}
"""Settings that take one of a few words, by the last part of their key."""


class CheckSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of one check; None = as the check itself says."""

    on: Annotated[bool, Meta(description="Whether the check runs.")] = True
    level: Annotated[
        Level | None, Meta(description="The level of all its findings, in place of the one that it gives each.")
    ] = None
    threshold: Annotated[
        Share | None,
        Meta(description="Confidence from which its findings are reported (0.5, and `threshold` for contradiction)."),
    ] = None


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that can be set."""

    model: Annotated[
        str, Meta(description="`embedded`, `lexical` (no model: words alone), a hub name or a local folder.")
    ] = "embedded"
    backend: Annotated[
        Backend,
        Meta(description="What runs the model; `auto` takes the fastest that is installed. All agree in fp32."),
    ] = "pytorch"
    precision: Annotated[
        Precision,
        Meta(
            description="How exactly it computes: `fp32`, or faster and a little otherwise `bf16` (pytorch, openvino) "
            "or `int8` (onnx, openvino)."
        ),
    ] = "fp32"
    device: Annotated[Device, Meta(description="Where the model runs.")] = "cpu"
    threads: Annotated[Count | None, Meta(description="Processor threads; without it, as many as there are.")] = None
    batch_size: Annotated[Count, Meta(description="Pairs that a thread scores at once; no verdict depends on it.")] = 16
    cache: Annotated[
        bool, Meta(description="Whether scores are kept in the user's cache folder, so that no pair is scored twice.")
    ] = True
    fail_on: Annotated[FailOn, Meta(description="Level from which a finding fails the run (exit code 1).")] = "error"
    undetermined: Annotated[
        Undetermined,
        Meta(
            description="What it means that something was not checked: `report` (exit code 3), `fail` (1) or "
            "`ignore` (0). It stands in the report in any case."
        ),
    ] = "report"
    role: Annotated[
        VersionRole,
        Meta(description="What the versions are: copies, or independent reports, which owe no coverage."),
    ] = "copy"
    min_coverage: Annotated[
        Share,
        Meta(description="Smallest share of a copy's claims that must be compared, else it counts as not checked."),
    ] = 0.5
    threshold: Annotated[
        Share,
        Meta(
            description="Probability of contradiction from which the model's verdict is reported. Chosen on "
            "development data (docs/model.md) for about one alarm in fifty honest sentences."
        ),
    ] = 0.9
    baseline: Annotated[
        Annotated[str, Meta(min_length=1)] | None,
        Meta(description="File of known findings and waivers, from the working folder."),
    ] = None
    include: Annotated[
        tuple[Pattern, ...],
        Meta(description="Story folders to check, as patterns from the folder that is checked; none = all."),
    ] = ()
    exclude: Annotated[
        tuple[Pattern, ...], Meta(description="Story folders to leave out; it wins over `include`.")
    ] = ()
    aliases: Annotated[
        dict[Words, tuple[Words, ...]],
        Meta(description="Names, places and bodies of the newsroom's own: each with the spellings that mean the same."),
    ] = {}
    checks: Annotated[dict[str, CheckSettings], Meta(description="Settings of single checks, by the check's id.")] = {}

    def digest(self) -> str:
        """SHA-256 of what can change a verdict.

        Where and how fast a run goes is left out, and so is the model's name: a report's signature
        holds the digest of the model itself, which is the same under any path.
        """
        settings = msgspec.to_builtins(self)
        verdict = {key: value for key, value in settings.items() if key not in _NO_VERDICT}
        if not self.aliases:
            del verdict["aliases"]  # reports from before there were any stay comparable
        verdict["backend"] = "pytorch"  # likewise: what computes is in the signature, and all backends agree
        canonical = json.dumps(verdict, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


_NO_VERDICT = frozenset(
    {
        "model",
        "precision",
        "device",
        "threads",
        "batch_size",
        "cache",
        "fail_on",
        "undetermined",
        "baseline",
        "include",
        "exclude",
    }
)
