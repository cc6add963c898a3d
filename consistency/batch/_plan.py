"""What a folder's scan is a scan of. Another feed, model or setting is another scan, and goes into another folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from consistency.batch import _wire as wire
from consistency.batch._messages import Model
from consistency.batch.rows import FORMATS, named, suffix
from consistency.config import Config
from consistency.errors import InputError

_OTHERS = {
    "schema_version": "its results have another form",
    "tool": "it was made by another version of the tool",
    "inputs": "its inputs are others, or have changed",
    "config": "its settings are others",
    "model": "its model is another",
    "runtime": "its model is run by another backend or precision",
    "shards": "it has another number of shards",
    "most_versions": "it compares another number of versions of a story",
}


class _Known(msgspec.Struct):
    """What every plan has had, whatever the version that made it."""

    tool: str
    inputs: tuple[dict[str, object], ...]
    config: str
    model: str
    shards: int


class Input(msgspec.Struct, frozen=True):
    """A file of the feed: as it was named, its bytes, and their SHA-256."""

    path: str
    size: int
    sha256: str


class Plan(msgspec.Struct, frozen=True):
    """All that the results depend on; `config` and `model` are digests."""

    schema_version: int
    tool: str
    inputs: tuple[Input, ...]
    config: str
    model: str
    runtime: str
    shards: int
    most_versions: int

    def encoded(self) -> bytes:
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


def saved(path: Path) -> Plan | None:
    """The plan that stands in a folder; None where there is none. Raises `InputError` for one that cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Plan)
    except FileNotFoundError:
        return None
    except (msgspec.MsgspecError, UnicodeDecodeError) as fault:
        raise InputError(
            f"{path} is the plan of a scan by another version ({fault})",
            "choose another --output, or begin anew with --restart",
        ) from fault


def is_ours(path: Path) -> bool:
    """Whether a scan, of this version or another, has made the file; others call theirs plan.json too."""
    try:
        msgspec.json.decode(path.read_bytes(), type=_Known)
    except (FileNotFoundError, IsADirectoryError, msgspec.MsgspecError, UnicodeDecodeError):
        return False
    return True


def hold(plan: Plan, folder: Path, standing: Plan) -> None:
    """Raises `InputError` where the folder's plan is another than the one that is asked for."""
    names = [name for name in _OTHERS if _compared(plan, name) != _compared(standing, name)]
    if names:
        raise InputError(
            f"{folder} holds another scan: {' and '.join(_OTHERS[name] for name in names)}",
            "choose another --output, or throw that scan away with --restart",
        )


def _compared(plan: Plan, name: str) -> object:
    """A file is known by what stands in it; its folder may have moved."""
    if name == "inputs":
        return [(one.size, one.sha256) for one in plan.inputs]
    return getattr(plan, name)


def files(inputs: Sequence[str]) -> list[Path]:
    """The files that were named; of a folder those that can be read, in order of their names.

    Raises `InputError` for what is not there, or has a name that no reader knows.
    """
    found = [path for given in inputs for path in _files(Path(given))]
    if not found:
        raise InputError("there is nothing to scan", "name a file of rows, or a folder with such files")
    seen: dict[tuple[int, int], Path] = {}
    for path in found:
        other = seen.setdefault(identity(path), path)
        if other is not path:
            named = "" if str(other) == str(path) else f", also as {other}"
            raise InputError(f"{path} was given twice{named}", "give every file once")
    return found


def identity(path: Path) -> tuple[int, int]:
    """Tells a file from any other, however the two are spelt and whatever leads there."""
    found = path.stat()
    return found.st_dev, found.st_ino


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        inside = sorted(one for one in path.iterdir() if suffix(one) and one.is_file())
        if not inside:
            raise InputError(f"{path} holds no file of rows", f"give files that end in {', '.join(FORMATS)}")
        yield from inside
    elif not path.exists():
        raise InputError(f"{path} does not exist", "check the path; it is read from the current folder")
    elif not path.is_file():
        raise InputError(f"{path} is no file", "save it first: a scan reads its input more than once")
    elif not suffix(path):
        raise InputError(f"{path} is neither JSON lines nor Parquet", f"give files that end in {', '.join(FORMATS)}")
    else:
        yield path


def described(paths: Sequence[Path]) -> tuple[Input, ...]:
    """Reads every file once, whole. Raises `InputError`."""
    return tuple(map(_described, paths))


def _described(path: Path) -> Input:
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return Input(named(path), stream.tell(), digest)
    except OSError as fault:
        raise InputError(f"{path}: cannot be read ({fault.strerror})", "check the permissions") from fault


def made(inputs: tuple[Input, ...], config: Config, model: Model, *, shards: int, most_versions: int) -> Plan:
    """The plan of a scan of these files."""
    return Plan(
        schema_version=wire.SCHEMA_VERSION,
        tool=model.tool,
        inputs=inputs,
        config=config.digest(),
        model=model.digest,
        runtime=model.runtime,
        shards=shards,
        most_versions=most_versions,
    )
