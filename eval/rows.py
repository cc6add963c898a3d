"""Unified rows: `premise`, `hypothesis`, `label`, optional `id`, `cluster`, `kind`; plain or gzipped JSON lines."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from consistency.errors import InputError
from consistency.read import plain

CONSISTENT: Final = frozenset(
    {"entailment", "paraphrase", "consistent", "meaning_preserved_noise", "not_contradiction", "rewrite"}
)
INCONSISTENT: Final = frozenset({"contradiction", "inconsistent", "not_paraphrase", "meaning_changed"})
NEITHER: Final = frozenset(
    {"neutral", "partial", "other", "meaning_changed_other", "weaken", "not_weaken", "aligned", "unaligned"}
)


class Row(msgspec.Struct, frozen=True):
    """One item, its texts plain as an article's are. `truth`: True inconsistent, False consistent, None neither."""

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
    except (OSError, EOFError, zlib.error) as fault:
        raise InputError(f"{file}: cannot be read ({fault})", "Name an existing JSON-lines file.") from fault


def lines(file: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """The JSON objects of a file, plain or gzipped, each with its line number. What is no object comes as an empty one.

    Raises `InputError` naming the row that is no JSON.
    """
    for number, line in enumerate(_read(file).removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        if line.strip():
            given = _parse(line, f"{file}, row {number}")
            yield number, given if isinstance(given, dict) else {}


def _of_file(file: Path) -> Iterator[Row]:
    for number, given in lines(file):
        where = f"{file}, row {number}"
        yield _row(_complete(given, where), where, f"{file.name}:{number}")


def _parse(line: bytes, where: str) -> object:
    try:
        return json.loads(line.decode())
    except (ValueError, RecursionError) as fault:  # no UTF-8, no JSON, a number or a nesting beyond all reason
        raise InputError(f"{where}: not JSON ({fault})", "Each line is one JSON object in UTF-8.") from fault


def _complete(given: dict[str, object], where: str) -> dict[str, object]:
    """A row with its three texts; a text that cannot be written as UTF-8 (half a surrogate pair) is none."""
    for name in ("premise", "hypothesis", "label"):
        text = given.get(name)
        if not isinstance(text, str) or text.encode(errors="replace").decode() != text:
            raise InputError(f"{where}: {name} is missing or no text", "A row has premise, hypothesis and label.")
    return given


def _row(given: dict[str, object], where: str, usual_id: str) -> Row:
    label, premise = str(given["label"]), str(given["premise"])
    if label not in CONSISTENT | INCONSISTENT | NEITHER:
        known = ", ".join(sorted(CONSISTENT | INCONSISTENT | NEITHER))
        raise InputError(f"{where}: unknown label {label!r}", f"Known labels are {known}.")
    cluster = given.get("cluster")
    return Row(
        id=_named(given.get("id")) or usual_id,
        premise=plain(premise),
        hypothesis=plain(str(given["hypothesis"])),
        label=label,
        cluster=str(cluster) if cluster is not None else hashlib.sha256(premise.encode()).hexdigest()[:12],
        kind=_named(given.get("kind")),
        truth=True if label in INCONSISTENT else False if label in CONSISTENT else None,
    )


def _named(given: object) -> str:
    """What a row is called; a number is a name too, and so is 0."""
    return "" if given is None or given is False else str(given)
