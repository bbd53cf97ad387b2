"""Reading many files in killable processes, results always in the order of the tasks.

A file that crashes, hangs or outgrows its process costs that one file. Memory is limited where the
system can (`RLIMIT_DATA`, Linux); elsewhere only time and the loaders' own limits hold.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

from audit.packed import Packed
from audit.packing import read_packed
from audit.read import Task, Ways

#: Forking is cheap and, as workers only read files, safe; other systems have no sound fork.
_CONTEXT = (
    multiprocessing.get_context("fork")
    if sys.platform == "linux"
    else multiprocessing.get_context("spawn")
)


def read_all(
    tasks: Sequence[Task], ways: Ways, jobs: int | None, context: BaseContext = _CONTEXT
) -> Iterator[list[Packed]]:
    """The readings of each task, in order. `jobs` is the number of processes; None: the cores.

    `context` says how processes are started, where forking this one is not sound.
    """
    workers = max(1, min(jobs or os.cpu_count() or 1, len(tasks)))
    done: dict[int, list[Packed]] = {}
    with _Crew(tasks, ways, workers, context) as crew:
        for number in range(len(tasks)):
            while number not in done:
                done.update(crew.some())
            yield done.pop(number)


@dataclass
class _Worker:
    """A process and its pipe; `task` is the number of what it reads, `until` its time limit."""

    process: BaseProcess
    pipe: Connection
    task: int | None = None
    until: float = 0.0


class _Crew:
    """Workers and the tasks not yet given out; a worker that fails is replaced."""

    def __init__(
        self, tasks: Sequence[Task], ways: Ways, workers: int, context: BaseContext
    ) -> None:
        self._context = context
        self._tasks = tasks
        self._ways = ways
        self._waiting = deque(range(len(tasks)))
        self._workers = [self._hired() for _ in range(workers)] if tasks else []

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            _dismiss(worker)

    def some(self) -> dict[int, list[Packed]]:
        """Give out work, wait for something to happen, return what was finished."""
        for place, worker in enumerate(self._workers):
            if worker.task is None and self._waiting:
                self._give(place)
        busy = [w for w in self._workers if w.task is not None]
        if not busy:
            return {}
        soonest = min(w.until for w in busy)
        ready = wait([w.pipe for w in busy], timeout=max(0.0, soonest - time.monotonic()))
        done: dict[int, list[Packed]] = {}
        for place, worker in enumerate(self._workers):
            number = worker.task
            if number is None:
                continue
            if worker.pipe in ready:
                done[number] = self._received(place)
            elif time.monotonic() >= worker.until:
                done[number] = self._lost(place, "timeout", f"{self._ways.limits.seconds:g} s")
        return done

    def _hired(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_work, args=(theirs, self._ways), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _give(self, place: int) -> None:
        number = self._waiting.popleft()
        worker = self._workers[place]
        worker.task = number
        worker.until = time.monotonic() + self._ways.limits.seconds
        try:
            worker.pipe.send(self._tasks[number])
        except OSError:  # it died between two tasks: no fault of this one
            _dismiss(worker)
            self._workers[place] = self._hired()
            self._waiting.appendleft(number)

    def _received(self, place: int) -> list[Packed]:
        worker = self._workers[place]
        try:
            readings: list[Packed] = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(1)
            return self._lost(place, "crashed", f"exit {worker.process.exitcode}")
        worker.task = None
        return readings

    def _lost(self, place: int, reason: str, detail: str) -> list[Packed]:
        worker = self._workers[place]
        assert worker.task is not None
        task = self._tasks[worker.task]
        _dismiss(worker)
        self._workers[place] = self._hired()
        return [Packed(task.name, task.role, "F001", "", reason, detail)]


def _dismiss(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _work(pipe: Connection, ways: Ways) -> None:
    """A worker's life: a task in, its readings out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    _limit_memory(ways.limits.memory_mb)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(read_packed(pipe.recv(), ways))


def _limit_memory(megabytes: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    most = megabytes * 2**20
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
