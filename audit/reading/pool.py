"""Reading many files in killable processes, results always in the order of the tasks.

A file that crashes, hangs or outgrows its process costs that one file, a member of an archive that
one member. What a process is held to on which system: see `audit.reading.guard`.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

from audit.reading.one_file import Task, Ways
from audit.reading.packed import Packed
from audit.reading.together import converted
from audit.reading.worker import INSIDE, LAST, READING, START, dismiss, warm_all, work
from rules.form import all_addresses

#: Forking is cheap and, as workers only read files, safe; other systems have no sound fork.
_CONTEXT = (
    multiprocessing.get_context("fork")
    if sys.platform == "linux"
    else multiprocessing.get_context("spawn")
)

#: Members of one archive that may cost their process, before the rest of it is given up.
_LOSSES = 3


def read_all(
    tasks: Sequence[Task],
    ways: Ways,
    jobs: int | None,
    context: BaseContext = _CONTEXT,
    meanwhile: Callable[[], object] | None = None,
) -> Iterator[list[Packed]]:
    """The readings of each task, in order. `jobs` is the number of processes; None: the cores.

    `context` says how processes are started, where forking this one is not sound. `meanwhile` is
    called once, when the processes are at work.
    """
    workers = max(1, min(jobs or os.cpu_count() or 1, len(tasks)))
    done: dict[int, list[Packed]] = {}
    with (
        converted(tasks, ways, context) as better,
        _Crew(tasks, better, workers, context) as crew,
    ):
        crew.give()
        if meanwhile is not None:
            meanwhile()
        for number in range(len(tasks)):
            while number not in done:
                done.update(crew.some())
            yield done.pop(number)


@dataclass
class _Worker:
    """A process, its pipe and its folder; what it reads, what came of it so far, its time limit."""

    process: BaseProcess
    pipe: Connection
    scratch: str
    number: int | None = None
    task: Task | None = None
    until: float = 0.0
    #: Whether it reads an archive that is unpacked already.
    inside: bool = False


class _Crew:
    """Workers and the tasks not yet given out; a worker that fails is replaced."""

    def __init__(
        self, tasks: Sequence[Task], ways: Ways, workers: int, context: BaseContext
    ) -> None:
        self._context = context
        self._ways = ways
        self._waiting = deque(enumerate(tasks))
        self._got: defaultdict[int, list[Packed]] = defaultdict(list)
        self._losses: Counter[int] = Counter()
        if context.get_start_method() == "fork":
            all_addresses()  # the forms, which this process needs too
            if len(tasks) > workers:
                warm_all()  # once for all processes, which share it; few are sooner without
        self._workers = [self._hired() for _ in range(workers)] if tasks else []

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            _dismiss(worker)

    def give(self) -> None:
        """Give out work to whoever has none."""
        for place, worker in enumerate(self._workers):
            if worker.number is None and self._waiting:
                self._give(place)

    def some(self) -> dict[int, list[Packed]]:
        """Give out work, wait for something to happen, return what was finished."""
        self.give()
        busy = [w for w in self._workers if w.number is not None]
        if not busy:
            return {}
        soonest = min(w.until for w in busy)
        ready = wait([w.pipe for w in busy], timeout=max(0.0, soonest - time.monotonic()))
        done: dict[int, list[Packed]] = {}
        for place, worker in enumerate(self._workers):
            number = worker.number
            if number is None:
                continue
            if worker.pipe in ready:
                ended = self._received(place)
            elif time.monotonic() >= worker.until:
                ended = self._lost(place, "timeout", f"{self._ways.limits.seconds:g} s")
            else:
                continue
            if ended:
                done[number] = self._got.pop(number, [])
        return done

    def _hired(self) -> _Worker:
        scratch = tempfile.mkdtemp(prefix="nianbao-")
        ours, theirs = self._context.Pipe()
        process = self._context.Process(  # type: ignore[attr-defined]
            target=work, args=(theirs, self._ways, scratch), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours, scratch)

    def _give(self, place: int) -> None:
        worker = self._workers[place]
        worker.number, worker.task = self._waiting.popleft()
        worker.until = time.monotonic() + self._ways.limits.seconds + START
        worker.inside = False
        try:
            worker.pipe.send(worker.task)
        except OSError:  # it died between two tasks: no fault of this one
            self._waiting.appendleft((worker.number, worker.task))
            self._replace(place)

    def _received(self, place: int) -> bool:
        """Take in what a worker sent; whether its task has come to an end."""
        worker = self._workers[place]
        assert worker.number is not None
        try:
            kind, reading = worker.pipe.recv()
        except Exception:  # it died, perhaps in the midst of a message
            worker.process.join(1)
            return self._lost(place, *_cause(worker.process.exitcode))
        worker.until = time.monotonic() + self._ways.limits.seconds
        if kind == READING:
            self._got[worker.number].append(reading)
        elif kind == INSIDE:
            worker.inside = True
        elif kind == LAST:
            worker.number = None
        return bool(kind == LAST)

    def _lost(self, place: int, reason: str, detail: str) -> bool:
        """Replace a worker; whether its task ends here, or goes on with an archive's next member."""
        worker = self._workers[place]
        number, task = worker.number, worker.task
        assert number is not None and task is not None
        self._losses[number] += 1
        self._replace(place)
        got = self._got[number]
        if worker.inside and self._losses[number] <= _LOSSES:
            self._waiting.appendleft((number, replace(task, done=len(got), lost=(reason, detail))))
            return False
        got.append(Packed(task.name, task.role, "F001", "", reason, detail))
        return True

    def _replace(self, place: int) -> None:
        _dismiss(self._workers[place])
        self._workers[place] = self._hired()


def _cause(status: int | None) -> tuple[str, str]:
    """Why a process is gone, as a reason and a detail."""
    if status is None or status >= 0:
        return "crashed", f"exit {status}"
    if -status == getattr(signal, "SIGKILL", None):
        return "killed", ""
    if -status == getattr(signal, "SIGXCPU", None):
        return "timeout", ""
    try:
        return "crashed", signal.Signals(-status).name
    except ValueError:
        return "crashed", f"signal {-status}"


def _dismiss(worker: _Worker) -> None:
    dismiss(worker.process)
    worker.pipe.close()
    shutil.rmtree(worker.scratch, ignore_errors=True)
