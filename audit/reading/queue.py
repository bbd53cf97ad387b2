"""Tasks → readings in the tasks' order, from the cache, processes of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audit.reading import pool
from audit.reading.one_file import Task, Ways
from audit.reading.packed import Packed

if TYPE_CHECKING:
    from audit.reading.cache import Cache

#: The cache's folder, in the one where the command is run.
FOLDER = ".nianbao_cache"


@dataclass(frozen=True, slots=True)
class Means:
    """How a run reads: processes (None: the cores), a cluster's address, the cache's folder."""

    jobs: int | None = None
    cluster: str | None = None
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The readings of one task, and whether the cache had them."""

    task: Task
    readings: list[Packed]
    kept: bool = False


#: Size and time of change of each file.
_Seen = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """The digest of a task's files and what their folder said of them then."""

    digest: str
    seen: _Seen


def read_all(
    tasks: Sequence[Task], ways: Ways, means: Means, meanwhile: Callable[[], object]
) -> Iterator[Found]:
    """The readings of every task, in order.

    `meanwhile` is called when the processes of this machine are at work, if there is any work.
    """
    if means.cache is None:
        for task, readings in zip(tasks, _fresh(tasks, ways, means, meanwhile), strict=True):
            yield Found(task, readings)
        return
    from audit.reading.cache import Cache

    with Cache(means.cache, ways) as cache:
        yield from _with_cache(tasks, ways, means, meanwhile, cache)


def _with_cache(
    tasks: Sequence[Task],
    ways: Ways,
    means: Means,
    meanwhile: Callable[[], object],
    cache: Cache,
) -> Iterator[Found]:
    marks = [_mark(task, ways) for task in tasks]
    known = [
        mark is not None and cache.has(task, mark.digest)
        for task, mark in zip(tasks, marks, strict=True)
    ]
    unknown = [task for task, there in zip(tasks, known, strict=True) if not there]
    fresh = iter(_fresh(unknown, ways, means, meanwhile))
    for task, mark, there in zip(tasks, marks, known, strict=True):
        found = cache.find(task, mark.digest) if there and mark is not None else None
        if found is not None:
            yield Found(task, found, kept=True)
            continue
        readings = next(iter(pool.read_all([task], ways, 1))) if there else next(fresh)
        if mark is not None and _seen(task) == mark.seen:
            cache.keep(task, mark.digest, readings)
        yield Found(task, readings)


def _fresh(
    tasks: Sequence[Task], ways: Ways, means: Means, meanwhile: Callable[[], object]
) -> Iterator[list[Packed]]:
    if means.cluster is None:
        return pool.read_all(tasks, ways, means.jobs, meanwhile=meanwhile)
    from audit.reading import cluster

    return cluster.read_all(tasks, ways, means.cluster)


def _mark(task: Task, ways: Ways) -> _Mark | None:
    from audit.fingerprint import of_file

    before = _seen(task)
    digest = of_file(task, ways)
    return None if digest is None or before is None else _Mark(digest, before)


def _seen(task: Task) -> _Seen | None:
    try:
        found = [path.stat() for path in task.paths]
    except OSError:
        return None
    return tuple((one.st_size, one.st_mtime_ns) for one in found)
