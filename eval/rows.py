"""Unified rows: `premise`, `hypothesis`, `label`, optional `id`, `cluster`, `kind`; plain or gzipped JSON lines."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from consistency.errors import InputError

CONSISTENT: Final = frozenset(
    {"entailment", "paraphrase", "consistent", "meaning_preserved_noise", "not_contradiction", "rewrite"}
)
INCONSISTENT: Final = frozenset({"contradiction", "inconsistent", "not_paraphrase", "meaning_changed"})
NEITHER: Final = frozenset(
    {"neutral", "partial", "other", "meaning_changed_other", "weaken", "not_weaken", "aligned", "unaligned"}
)


class Row(msgspec.Struct, frozen=True):
    """One item. `truth` is True for inconsistent, False for consistent, None for neither."""

    id: str
    premise: str
    hypothesis: str
    label: str
    cluster: str
    kind: str
    truth: bool | None


def load(files: Sequence[Path]) -> list[Row]:
    """The rows of all files, pooled. Raises `InputError` naming the file and the row at fault."""
    rows = [row for file in files for row in _of_file(file)]
    if not rows:
        raise InputError(f"{', '.join(map(str, files))}: no rows", "Give files of JSON lines with at least one row.")
    return rows


def digest(files: Sequence[Path]) -> str:
    """SHA-256 over the files' bytes, in the order given; gzipped files by their content."""
    seen = hashlib.sha256()
    for file in files:
        seen.update(_read(file))
    return seen.hexdigest()


def _read(file: Path) -> bytes:
    try:
        data = file.read_bytes()
        return gzip.decompress(data) if file.suffix == ".gz" else data
    except (OSError, EOFError) as fault:
        raise InputError(f"{file}: cannot be read ({fault})", "Name an existing JSON-lines file.") from fault


def _of_file(file: Path) -> Iterator[Row]:
    for number, line in enumerate(_read(file).decode().split("\n"), 1):
        if not line.strip():
            continue
        where = f"{file}, row {number}"
        try:
            given = json.loads(line)
        except json.JSONDecodeError as fault:
            raise InputError(f"{where}: not JSON ({fault})", "Each line is one JSON object.") from fault
        for name in ("premise", "hypothesis", "label"):
            if not isinstance(given.get(name) if isinstance(given, dict) else None, str):
                raise InputError(f"{where}: {name} is missing or no text", "A row has premise, hypothesis and label.")
        yield _row(given, where, f"{file.name}:{number}")


def _row(given: dict[str, object], where: str, usual_id: str) -> Row:
    label, premise = str(given["label"]), str(given["premise"])
    if label not in CONSISTENT | INCONSISTENT | NEITHER:
        known = ", ".join(sorted(CONSISTENT | INCONSISTENT | NEITHER))
        raise InputError(f"{where}: unknown label {label!r}", f"Known labels are {known}.")
    cluster = given.get("cluster")
    return Row(
        id=str(given.get("id") or usual_id),
        premise=premise,
        hypothesis=str(given["hypothesis"]),
        label=label,
        cluster=str(cluster) if cluster is not None else hashlib.sha256(premise.encode()).hexdigest()[:12],
        kind=str(given.get("kind") or ""),
        truth=True if label in INCONSISTENT else False if label in CONSISTENT else None,
    )
