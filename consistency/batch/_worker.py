"""A worker process: loads the model once, then checks one shard after the other until its parent is gone."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from consistency.batch._job import Progress
from consistency.batch._messages import Began, Broken, Done, Order, Said, Went
from consistency.config import Config
from consistency.garbage import look_seldom
from consistency.protocols import Scorer


def main(pipe: Connection[Any, Any], config: Config) -> None:
    """Orders come in through the pipe, what becomes of them goes out; it ends when the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C too, and ends its workers in order
    _end_with_parent()
    look_seldom()
    try:
        from consistency.batch._model import load, model  # the parent imports this file too, and needs no stage

        scorer = load(config)
        said = _say(pipe, scorer, ())
        pipe.send(model(scorer))
        while True:
            order = pipe.recv()
            progress = _carried_out(order, pipe, scorer)
            said = _say(pipe, scorer, said)
            pipe.send(Done(progress))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except Exception as fault:  # noqa: BLE001  (the process's last word; the parent raises it again)
        with contextlib.suppress(OSError):
            pipe.send(Broken.of(fault))


def _carried_out(order: Order, pipe: Connection[Any, Any], scorer: Scorer) -> Progress:
    from consistency.batch.shard import run_shard

    return run_shard(order.job, order.number, scorer, watch=_Teller(pipe), blame=order.blame)


def _say(pipe: Connection[Any, Any], scorer: Scorer, said: tuple[str, ...]) -> tuple[str, ...]:
    """Tells what is wrong and changes no result, where that is more than was `said`."""
    from consistency.batch._model import notices

    now = notices(scorer)
    if now != said:
        pipe.send(Said(now))
    return now


class _Teller:
    """Tells the parent, before every group and after it."""

    def __init__(self, pipe: Connection[Any, Any]) -> None:
        self._pipe = pipe

    def began(self, stories: range) -> None:
        self._send(Began(stories.start, stories.stop))

    def went(self, progress: Progress) -> None:
        self._send(Went(progress))

    def _send(self, message: Began | Went) -> None:
        try:
            self._pipe.send(message)
        except OSError as fault:  # no fault of the disk, which a shard would make of it: nobody wants it any more
            raise SystemExit from fault


def _end_with_parent() -> None:
    """A parent that is killed says nothing; without this its workers would go on, maybe beside the next scan's."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_await_end, args=(parent.sentinel,), daemon=True).start()


def _await_end(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
