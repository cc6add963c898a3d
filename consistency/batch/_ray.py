"""Workers on a Ray cluster: Ray Data hands shards to actors, and each runs them as a worker of this machine would.

An actor is no more than the local engine with one worker on a node of the cluster, so that a story that ends the
process it is checked in is found out there, in the same way, and the actor outlives it. What is left to Ray is to
place actors and to put others where a machine is lost; a shard that was in work then goes on where it was.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import secrets
import socket
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, TextIO, cast

import msgspec

from consistency.batch._engine import Tally, Told
from consistency.batch._job import Job
from consistency.batch._messages import Model
from consistency.batch._ray_actor import Answer, ShardActor, Task, asked, raised
from consistency.config import Config
from consistency.errors import ConfigError, ConsistencyError, MissingExtra, OutputError

ADDRESS = "RAY_ADDRESS"
"""The variable of the environment that names the cluster; without it one is started on this machine, for the scan."""
_STORE_BYTES = 100 * 2**20
"""Memory of a cluster of our own for what its processes share; only numbers of shards pass through it."""
_PATIENCE = 600.0
"""Seconds that a cluster gets to run anything at all: it may have to wait for other work, or start a machine."""
_DIAL = 15.0
"""Seconds in which a cluster that is named must be heard of at all."""
_LAG = 90.0
"""Seconds in which a file that one node has written is to be seen on another; NFS keeps what it knows for a minute."""
_VAIN = 3
"""Times that Ray may give up without a shard finished in between."""
_LONGEST = 300
"""Characters of what Ray says that are told."""


class Ray:
    """Actors that check shards, as many as were asked for and the cluster can hold; one CPU stays free.

    Within its context it is known that a node can load the model. The scan's folder must be the same on all nodes.
    `actor` is what runs there.
    """

    def __init__(self, config: Config, workers: int, actor: type[ShardActor] = ShardActor) -> None:
        self._config = _elsewhere(config)
        self._most = workers
        self._actor = actor
        self._own = False
        self._quiet = contextlib.ExitStack()
        self._share = Share(1, 1, 0)
        self._model: Model | None = None
        self._notices: dict[str, tuple[str, ...]] = {}

    @property
    def model(self) -> Model:
        assert self._model is not None, "the model is known within the context"
        return self._model

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for said in self._notices.values() for text in said))

    def __enter__(self) -> Ray:
        ray = _ray()
        self._own = _connect(ray)
        self._quiet.enter_context(contextlib.redirect_stdout(cast(TextIO, _Ours(sys.stdout))))
        try:
            self._share = share(_nodes(ray), self._most, self._config)
            first = _first(ray, self._config, self._share)
            self._model, self._notices[first.who] = first.model, first.notices
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def run(self, job: Job, numbers: Iterable[int], told: Told) -> None:
        """Every shard of `numbers`. Raises what an actor could not get over."""
        job = msgspec.structs.replace(job, folder=str(job.layout.folder.resolve()), config=_elsewhere(job.config))
        wanted = list(numbers)
        left, vain = dict.fromkeys(wanted), 0
        tally = Tally(told)
        ray = _ray()
        with _marked(job) as mark, _without_bars(ray):
            while left:
                before = len(left)
                try:
                    for answer in self._answers(ray, Task(job, self.model, mark), left):
                        raised(answer)
                        del left[answer.number]
                        self._notices[answer.who] = answer.notices
                        tally.done(answer.number, answer.progress)
                except ray.exceptions.RayError as fault:
                    vain = vain + 1 if len(left) == before else 0
                    if vain == _VAIN:
                        raise ConsistencyError(
                            f"Ray gave up {vain} times, and no shard was finished ({_cause(fault)})",
                            "look at the cluster and its log; the scan goes on where it was",
                        ) from fault
        _await(job, wanted)

    def _answers(self, ray: Any, task: Task, numbers: Iterable[int]) -> Iterator[Answer]:
        """What becomes of each shard, as it comes; a shard is a block of its own, so that the actors share them."""
        items = [{"number": number} for number in numbers]
        actors = min(self._share.actors, len(items))
        made = ray.data.from_items(items, override_num_blocks=len(items)).map_batches(
            self._actor,
            fn_constructor_args=(task,),
            batch_size=1,
            batch_format="numpy",
            compute=ray.data.ActorPoolStrategy(size=actors, max_tasks_in_flight_per_actor=1),
            num_cpus=self._share.cpus,
            num_gpus=self._share.gpus or None,
        )
        for row in made.iter_rows():
            yield msgspec.json.decode(row["answer"], type=Answer)

    def _leave(self) -> None:
        with contextlib.redirect_stdout(io.StringIO()):  # here it tells what it has held back
            if self._own:
                _ray().shutdown()
        self._quiet.close()


class Share(NamedTuple):
    """What a scan takes of a cluster: so many actors, and for each so many CPUs and GPUs."""

    actors: int
    cpus: float
    gpus: int


def share(nodes: Iterable[Mapping[str, float]], workers: int, config: Config) -> Share:
    """Of nodes, each with its resources. An actor takes a CPU for every thread of its model.

    One CPU stays free, since Ray Data stops for good where actors take all. Raises `ConfigError` where there is no
    GPU for a model that needs one, `ConsistencyError` where there is no CPU.
    """
    found = list(nodes)
    cpus = [node.get("CPU", 0.0) for node in found]
    most = max(cpus, default=0.0)
    if most <= 0:
        raise ConsistencyError("the Ray cluster has no CPU", f"start its nodes first, or set {ADDRESS} to another")
    each = float(config.threads or 1)
    room = int(sum(one // each for one in cpus))
    if room * each > sum(cpus) - 1:
        room -= 1
    if room < 1:
        room, each = 1, most - 1 if most > 1 else most / 2
    if config.device == "cpu":
        return Share(min(workers, room), each, 0)
    gpus = int(sum(node.get("GPU", 0.0) // 1 for node in found))
    if not gpus:
        raise ConfigError(f"no node of the Ray cluster has a GPU for --device {config.device}", "use --device cpu")
    return Share(min(workers, room, gpus), each, 1)


def _ray() -> Any:
    """Ray with its data library, told to keep quiet. Raises `MissingExtra`."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import ray
        import ray.data
    except ImportError as fault:
        raise MissingExtra("Ray is needed for --engine ray.", "pip install 'consistency[ray]'") from fault
    logging.getLogger("ray").setLevel(logging.CRITICAL)
    for handler in logging.getLogger("ray.data").handlers:
        if isinstance(handler, logging.StreamHandler):  # its log in the folder of Ray's session is left as it is
            handler.setLevel(logging.CRITICAL + 1)
    return ray


def _connect(ray: Any) -> bool:
    """Whether it had to be joined or started; a cluster that this process is in already is taken as it is."""
    if ray.is_initialized():
        return False
    address = os.environ.get(ADDRESS, "")
    if address.startswith("ray://"):
        raise ConfigError(
            f"{ADDRESS} is {address}, which reaches the cluster from outside",
            f"start the scan on a node of the cluster, with {ADDRESS}=auto",
        )
    quiet = {"log_to_driver": False, "logging_level": logging.CRITICAL, "configure_logging": False}
    try:
        _dial(address)
        with _hushed():
            if address:
                ray.init(address=address, **quiet)
            else:
                ray.init(address="local", include_dashboard=False, object_store_memory=_STORE_BYTES, **quiet)
    except (ConnectionError, RuntimeError, ValueError, OSError) as fault:
        named = f"the Ray cluster at {address} cannot be reached" if address else "Ray cannot be started here"
        raise ConsistencyError(
            f"{named} ({_said(fault)})",
            f"check {ADDRESS}, and that all nodes have the same versions of Python and Ray" if address else "",
        ) from fault
    return True


def _dial(address: str) -> None:
    """Raises `OSError` where nobody answers at host:port; Ray itself would try for minutes."""
    host, _, port = address.rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_DIAL).close()


class _Ours:
    """Standard output without what Ray's own threads print there, whatever it was told."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return len(text) if threading.current_thread().name.startswith("ray_") else self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextlib.contextmanager
def _hushed() -> Iterator[None]:
    """Nothing reaches standard error: Ray's native part tells there how it starts."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _nodes(ray: Any) -> list[Mapping[str, float]]:
    return [node["Resources"] for node in ray.nodes() if node["Alive"]]


def _first(ray: Any, config: Config, taken: Share) -> Answer:
    """The answer of a node of the cluster that has loaded the model. Raises what it raises there."""
    ref = ray.remote(asked).options(num_cpus=taken.cpus, num_gpus=taken.gpus).remote(config)
    try:
        answer = msgspec.json.decode(ray.get(ref, timeout=_PATIENCE), type=Answer)
    except ray.exceptions.GetTimeoutError as fault:
        raise ConsistencyError(
            f"the Ray cluster has run nothing for {_PATIENCE / 60:.0f} minutes",
            "wait until it has a free CPU, or give it more nodes",
        ) from fault
    except ray.exceptions.RayError as fault:
        raise ConsistencyError(
            f"a node of the Ray cluster cannot run the scan ({_cause(fault)})",
            "install the same version of consistency[ray] on every node",
        ) from fault
    raised(answer)
    assert answer.model is not None, "what was asked for, or a fault"
    return answer


@contextlib.contextmanager
def _without_bars(ray: Any) -> Iterator[None]:
    """Ray Data shows no progress of its own; who uses it otherwise has it back afterwards."""
    settings = ray.data.DataContext.get_current()
    before, settings.enable_progress_bars = settings.enable_progress_bars, False
    try:
        yield
    finally:
        settings.enable_progress_bars = before


@contextlib.contextmanager
def _marked(job: Job) -> Iterator[str]:
    """A file that an actor must see, or its folder is another; a new name, so that no node remembers its lack."""
    mark = secrets.token_hex(8)
    path = job.layout.work / f"seen-{mark}"
    path.write_text(mark, "ascii")
    try:
        yield mark
    finally:
        path.unlink(missing_ok=True)


def _await(job: Job, numbers: Iterable[int]) -> None:
    """Until this node sees what others have written."""
    until = time.monotonic() + _LAG
    while True:
        there = {path.name for path in job.layout.results.iterdir()}  # opening a folder makes NFS look anew
        path = next((path for path in map(job.layout.part, numbers) if path.name not in there), None)
        if path is None:
            return
        if time.monotonic() > until:
            raise OutputError(
                f"{path}: written on another node, and not seen here", "use a folder that all nodes share"
            )
        time.sleep(1)


def _elsewhere(config: Config) -> Config:
    """The settings as they hold in another working folder."""
    folder = Path(config.model)
    return msgspec.structs.replace(config, model=str(folder.resolve())) if folder.is_dir() else config


def _said(fault: BaseException) -> str:
    """What a fault of several lines says, in one."""
    return " ".join(str(fault).split())[:_LONGEST] or type(fault).__name__


def _cause(fault: BaseException) -> str:
    """The end of what Ray tells of a fault somewhere else: what happened there."""
    told = [line.strip() for line in str(fault).splitlines() if line.strip()]
    return told[-1][:_LONGEST] if told else type(fault).__name__
