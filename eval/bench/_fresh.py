"""Fresh processes: how soon they answer, and how much memory they take at the most; scans among them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from consistency.errors import ConsistencyError, InputError, MissingExtra
from consistency.places import VARIABLE
from eval.bench._record import Missing, Peak, Scanned, Scans, Spread, Start
from eval.bench._texts import STORIES, short

ROOT: Final = Path(__file__).parents[2]
CHECK: Final = (
    "check", str(STORIES / "harbour-bridge" / "original.txt"),
    str(STORIES / "harbour-bridge" / "copy-corrupted-number.txt"), "--fail-on", "never", "--quiet",
)  # fmt: skip
FINE: Final = frozenset({0, 1, 3})
"""Exit codes of a run that did its work, whatever it found."""
HELP_GOAL, VERDICT_GOAL = 0.3, 3.0
LONGEST: Final = 480.0
"""Seconds that a process may take."""
_EVERY: Final = 0.01
_MIB: Final = 2**20
Waited = Callable[[str, int, int], None]


class Ended(NamedTuple):
    """Seconds of a process and the memory in MiB at the most: its own, any one child's, all together."""

    seconds: float
    own: float
    child: float
    together: float


def run(arguments: Sequence[str], cache: Path, *, watch: bool = False) -> Ended:
    """`python -m consistency ARGUMENTS` with its own cache folder. Raises `InputError` where it fails or hangs."""
    words = [sys.executable, "-m", "consistency", *arguments]
    variables = {**os.environ, VARIABLE: str(cache), "HF_HUB_OFFLINE": "1"}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed tool is not compiled at every start
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        with subprocess.Popen(words, cwd=ROOT, env=variables, stdout=subprocess.DEVNULL, stderr=errors) as process:
            with _watched(process.pid, wanted=watch) as peaks:
                try:
                    code = process.wait(LONGEST)
                except subprocess.TimeoutExpired as late:
                    process.kill()
                    raise InputError(f"not done in {LONGEST:.0f} seconds") from late
            seconds = time.perf_counter() - start
        if code not in FINE:
            errors.seek(0)
            told = errors.read().decode("utf-8", "replace").strip().splitlines()
            raise InputError(f"exit code {code}: {told[-1][:200] if told else 'nothing told'}")
    return Ended(seconds, *(round(one / _MIB, 1) for one in peaks))


@contextmanager
def _watched(pid: int, *, wanted: bool) -> Iterator[list[int]]:
    """Bytes of memory at the most while the context lasts: the process, any child, all together."""
    peaks = [0, 0, 0]
    if not wanted:
        yield peaks
        return
    try:
        import psutil
    except ImportError as missing:
        raise MissingExtra("psutil is needed to watch memory.", "pip install 'consistency[bench]'") from missing
    over = threading.Event()

    def look() -> None:
        process = psutil.Process(pid)
        while not over.wait(_EVERY):
            try:
                own = process.memory_info().rss
                children = [_resident(child) for child in process.children(recursive=True)]
            except psutil.Error:  # it has ended
                return
            for at, found in enumerate((own, max(children, default=0), own + sum(children))):
                peaks[at] = max(peaks[at], found)

    def _resident(child: Any) -> int:
        try:
            return int(child.memory_info().rss)
        except psutil.Error:
            return 0

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()


def starts(model: str, rounds: int, told: Waited) -> list[Start | ConsistencyError]:
    """Seconds of fresh processes; the fault in place of one that failed."""
    onnx = ("--backend", "onnx")
    plans: list[tuple[str, tuple[str, ...], str, float]] = [
        ("`consistency --help`", ("--help",), "", HELP_GOAL),
        ("first verdict, pytorch", _check(model, "--no-cache"), "", 0.0),
        ("first verdict ever, onnx: the model is exported first", _check(model, *onnx), "empty", 0.0),
        ("first verdict, onnx, the export is there", _check(model, *onnx, "--no-cache"), "", VERDICT_GOAL),
        ("all scores known, pytorch", _check(model), "scored", 0.0),
        ("all scores known, onnx", _check(model, *onnx), "scored", 0.0),
    ]
    found: list[Start | ConsistencyError] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for at, (what, arguments, cache, goal) in enumerate(plans):
            told("cold start", at, len(plans))
            try:
                seconds = [
                    once.seconds for once in _repeated(arguments, Path(folder), empty=cache == "empty", rounds=rounds)
                ]
            except ConsistencyError as fault:
                found.append(type(fault)(f"{what}: {fault}", fault.remedy))
            else:
                found.append(Start(what, _told(arguments), Spread.of(seconds), goal))
    return found


def _repeated(arguments: Sequence[str], folder: Path, *, empty: bool, rounds: int) -> Iterator[Ended]:
    """The same process several times, after one that does not count; with an empty cache every time where asked."""
    cache = folder / "cache"
    if not empty:
        run(arguments, cache)
    for _ in range(rounds):
        if empty:
            shutil.rmtree(cache, ignore_errors=True)
        yield run(arguments, cache)


def peaks(model: str, runtimes: Sequence[str]) -> list[Peak]:
    """Memory of one check in a fresh process, by runtime, nothing kept. Raises `MissingExtra` without psutil."""
    found = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for runtime in runtimes:
            words = _check(model, *_by(runtime), "--no-cache")
            run(words, Path(folder))  # its export is made here
            found.append(Peak(f"one check, {runtime}", run(words, Path(folder), watch=True).own))
    return found


def scans(model: str, runtime: str, workers: int, sizes: Sequence[int], told: Waited) -> tuple[Scans, list[Missing]]:
    """`consistency scan` of so many made stories, each with one copy; after one that fails no larger one is tried."""
    found: list[Scanned] = []
    missing: list[Missing] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        run(_check(model, *_by(runtime), "--no-cache"), folder / "cache")  # its export is made here
        for at, size in enumerate(sizes):
            told(f"scan of {size:,} stories", at, len(sizes))
            feed = write_feed(folder / f"feed-{size}.jsonl", size, first=sum(sizes[:at]))
            words = ("scan", str(feed), "--output", str(folder / f"out-{size}"), "--quiet", "--fail-on", "never")
            limits = ("--workers", str(workers), "--model", model, *_by(runtime))
            try:
                ended = run((*words, *limits), folder / "cache", watch=True)
            except InputError as fault:
                missing.append(Missing(f"scan of {size:,} stories", str(fault)))
                break
            found.append(Scanned(size, round(ended.seconds, 2), ended.own, ended.child, ended.together))
    told_of = "stories of three sentences made from fixtures/stories, one copy each"
    return Scans(told_of, runtime, workers, tuple(found)), missing


def write_feed(path: Path, stories: int, *, first: int = 0) -> Path:
    """Rows of articles that name their story, an original and a copy each; from another `first` on, other stories."""
    with path.open("w", encoding="utf-8") as stream:
        for at, pair in enumerate(short(stories, first)):
            for role, text in zip(("original", "copy"), pair, strict=True):
                row: Mapping[str, object] = {"id": f"{at}-{role}", "story": str(at), "role": role, "text": text}
                stream.write(json.dumps(row) + "\n")
    return path


def _check(model: str, *more: str) -> tuple[str, ...]:
    return (*CHECK, "--model", model, *more)


def _by(runtime: str) -> tuple[str, ...]:
    backend, _, precision = runtime.partition("/")
    return ("--backend", backend, "--precision", precision) if precision else ()


def _told(arguments: Sequence[str]) -> str:
    """The command in short: the two files by what they are, and what is not as usual."""
    if arguments[: len(CHECK)] != CHECK:
        return " ".join(["consistency", *arguments])
    more = list(arguments[len(CHECK) :])
    model = more.index("--model")
    del more[model : model + 2]
    return " ".join(["consistency check ORIGINAL COPY", *more])
