"""Workers on a Ray cluster: the same files as on this machine, byte for byte, whoever dies on the way.

The cluster is real and small. Where Ray is not installed the tests that need it are skipped; in CI that fails.
"""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from consistency.batch import _ray, _ray_actor
from consistency.batch import scan as module
from consistency.batch._engine import Told
from consistency.batch._job import Job, Progress
from consistency.batch._layout import Layout
from consistency.batch._local import Local
from consistency.batch._messages import Broken, Model
from consistency.batch._ray import Ray, Share, share
from consistency.batch._ray_actor import Answer, ShardActor, Task, raised
from consistency.batch.scan import scan
from consistency.config import Config
from consistency.errors import ConfigError, ConsistencyError, InputError, MissingExtra, ModelError, OutputError
from tests import poison
from tests.browsers import demand
from tests.feeds import LEXICAL, Here, Record, feed, result_rows, results, write
from tests.frail_actors import AFTER, BEFORE, Mortal

ROWS = feed(30)
SHARDS = 5
LACKING = "" if importlib.util.find_spec("ray") else "ray not installed: pip install -e '.[ray]'"
MODEL = Model("1.0", "lexical-1", "lexical")
Scanned = Callable[..., Path]
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:ray")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a cluster: three CPUs, which is two actors and one that stays free."""
    demand(LACKING, ci=os.environ.get("CI") == "1")
    from ray.cluster_utils import Cluster

    small = {"num_cpus": 3, "object_store_memory": 100 * 2**20, "include_dashboard": False}
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patched.setenv("RAY_worker_niceness", "0")  # else a busy machine lets its workers starve
        made = Cluster(initialize_head=True, head_node_args=small)
    yield made.address
    made.shutdown()  # type: ignore[no-untyped-call, unused-ignore]


@pytest.fixture
def scanned(cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any) -> Iterator[Scanned]:
    """Scans rows with two workers; the folder of results. Neither output may hold a word."""
    monkeypatch.setenv(_ray.ADDRESS, cluster)
    monkeypatch.chdir(tmp_path)

    def run(name: str, engine: Any, rows: list[Record] = ROWS, **more: Any) -> Path:
        monkeypatch.setattr(module, "ENGINES", {"chosen": engine})
        path = write(tmp_path / "feed.jsonl", rows)
        scan([str(path)], name, LEXICAL, engine="chosen", workers=2, shards=SHARDS, **more)
        return tmp_path / name

    yield run
    assert capfd.readouterr() == ("", "")


def test_the_results_are_those_of_this_machine(scanned: Scanned) -> None:
    import ray

    here = results(scanned("here", Here))
    seen: list[Progress] = []
    there = scanned("there", Ray, told=lambda stage, progress, total: seen.append(progress))
    assert results(there) == here
    assert seen[-1] == Progress(len(ROWS), 30)
    assert len(set(seen)) > SHARDS
    assert not ray.is_initialized()
    assert not (there / "work").exists()


class Stopped(Here):
    """Is stopped after its first shard."""

    def run(self, job: Job, numbers: Iterable[int], told: Told) -> None:
        super().run(job, list(numbers)[:1], told)
        raise KeyboardInterrupt


def test_a_half_done_scan_goes_on_with_actors_that_die(scanned: Scanned, tmp_path: Path) -> None:
    rows = [dict(row) for row in ROWS]
    for row in rows:
        if row["story"] == "s3":
            row["text"] = row["text"].replace("flood", poison.DEADLY)
    here = scanned("here", partial(Local, main=poison.poisoned), rows)
    with pytest.raises(KeyboardInterrupt):
        scanned("there", Stopped, rows)
    layout = Layout(tmp_path / "there")
    (done,) = layout.results.iterdir()
    before = done.stat()
    layout.partial(3).write_bytes((here / "results" / "part-00003.jsonl").read_bytes()[:900])
    there = scanned("there", partial(Ray, actor=Mortal), rows)
    assert {path.name for path in tmp_path.glob("died-*")} == {f"died-{BEFORE}", f"died-{AFTER}"}
    assert (done.stat().st_ino, done.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert results(there) == results(here)
    assert "ended" in {why["code"] for row in result_rows(there) for why in row["unread"]}


@pytest.fixture
def job(tmp_path: Path) -> Job:
    made = Job(str(tmp_path / "out"), LEXICAL, SHARDS)
    made.layout.work.mkdir(parents=True)
    return made


def _told(actor: ShardActor, number: int = 0) -> Answer:
    (answer,) = actor({"number": [number]})["answer"]
    return msgspec.json.decode(answer, type=Answer)


def test_a_node_that_has_another_folder_is_told(job: Job) -> None:
    with _ray._marked(job) as mark:
        other = msgspec.structs.replace(job, folder=job.folder + "-there")
        with pytest.raises(InputError, match="is not the folder that the scan was started in") as raised_there:
            raised(_told(ShardActor(Task(other, MODEL, mark))))
    assert "--output on storage that all nodes have" in raised_there.value.remedy
    with pytest.raises(InputError, match="is not the folder"):
        raised(_told(ShardActor(Task(job, MODEL, mark))))
    assert not list(job.layout.work.glob("*.tries"))


def test_a_node_with_another_model_is_told(job: Job) -> None:
    with (
        _ray._marked(job) as mark,
        pytest.raises(ModelError, match="another model, or another version") as raised_there,
    ):
        raised(_told(ShardActor(Task(job, MODEL, mark))))
    assert "on every node" in raised_there.value.remedy


def test_an_actor_tells_what_is_wrong_and_changes_no_result(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Local, "__enter__", lambda engine: engine)
    monkeypatch.setattr(Local, "model", MODEL)
    monkeypatch.setattr(Local, "notices", ("the cache is gone",))
    monkeypatch.setattr(Local, "run", lambda engine, job, numbers, told: told(Progress(2, 1)))
    with _ray._marked(job) as mark:
        answer = _told(ShardActor(Task(job, MODEL, mark)))
    assert (answer.progress, answer.notices) == (Progress(2, 1), ("the cache is gone",))
    assert answer.who


def test_actors_that_only_die_end_the_scan(job: Job) -> None:
    def tried(mark: str) -> None:
        _ray_actor._hold_tries(job, 3, mark)

    for _ in range(_ray_actor.MOST_TRIES):
        tried("a")
    with pytest.raises(ConsistencyError, match="5 actors ended one after the other at shard 3") as raised_here:
        tried("a")
    assert "--workers" in raised_here.value.remedy
    job.layout.partial(3).write_bytes(b"one more")
    tried("a")
    for _ in range(_ray_actor.MOST_TRIES):
        tried("b")


def test_what_breaks_in_an_actor_is_raised_as_ever() -> None:
    with pytest.raises(OutputError, match="full") as known:
        raised(Answer(broken=Broken("OutputError", "full", "make room", "")))
    assert known.value.remedy == "make room"
    with pytest.raises(RuntimeError, match="KeyError in an actor: 'x'\nTraceback of it"):
        raised(Answer(broken=Broken("KeyError", "'x'", "", "Traceback of it")))
    raised(Answer(0, Progress(1, 1)))


def test_results_that_are_not_seen_are_told(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ray, "_LAG", -1.0)
    job.layout.results.mkdir()
    job.layout.part(0).touch()
    _ray._await(job, [0])
    with pytest.raises(OutputError, match=r"part-00001\.jsonl: written on another node"):
        _ray._await(job, [0, 1])


@pytest.mark.parametrize(
    ("nodes", "workers", "threads", "taken"),
    [
        ([4], 2, None, Share(2, 1, 0)),
        ([4], 4, None, Share(3, 1, 0)),
        ([1, 2], 9, None, Share(2, 1, 0)),
        ([2], 9, None, Share(1, 1, 0)),
        ([1], 9, None, Share(1, 0.5, 0)),
        ([0, 1], 1, 8, Share(1, 0.5, 0)),
        ([8, 3], 9, 4, Share(2, 4, 0)),
        ([8], 9, 4, Share(1, 4, 0)),
        ([4], 9, 4, Share(1, 3, 0)),
        ([2, 2, 2], 9, 4, Share(1, 1, 0)),
    ],
)
def test_a_cpu_stays_free(nodes: list[float], workers: int, threads: int | None, taken: Share) -> None:
    found = share([{"CPU": cpus} if cpus else {} for cpus in nodes], workers, Config(threads=threads))
    assert found == taken
    assert found.actors * found.cpus < sum(nodes)
    assert found.cpus <= max(nodes)


def test_a_gpu_for_each_actor_where_the_model_wants_one() -> None:
    cuda = Config(device="cuda")
    assert share([{"CPU": 16, "GPU": 2}, {"CPU": 16, "GPU": 1}], 8, cuda) == Share(3, 1, 1)
    with pytest.raises(ConfigError, match="no node of the Ray cluster has a GPU"):
        share([{"CPU": 16}], 8, cuda)
    with pytest.raises(ConsistencyError, match="no CPU"):
        share([{"GPU": 1}], 8, cuda)


def test_without_ray_the_command_that_brings_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtra, match="--engine ray") as raised_here, Ray(LEXICAL, 1):
        pass
    assert raised_here.value.remedy == "pip install 'consistency[ray]'"


def test_a_cluster_reached_from_outside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    demand(LACKING, ci=os.environ.get("CI") == "1")
    monkeypatch.setenv(_ray.ADDRESS, "ray://head:10001")
    with pytest.raises(ConfigError, match="from outside"), Ray(LEXICAL, 1):
        pass


def test_a_cluster_that_does_not_answer_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    demand(LACKING, ci=os.environ.get("CI") == "1")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        monkeypatch.setenv(_ray.ADDRESS, f"127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(ConsistencyError, match=r"cannot be reached .*refused") as raised_here, Ray(LEXICAL, 1):
            pass
    assert _ray.ADDRESS in raised_here.value.remedy


def test_a_model_in_a_folder_is_named_so_that_every_node_finds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model").mkdir()
    monkeypatch.chdir(tmp_path)
    assert _ray._elsewhere(Config(model="model")).model == str(tmp_path / "model")
    assert _ray._elsewhere(Config(model="owner/model")).model == "owner/model"
