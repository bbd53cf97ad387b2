"""Reading on an existing cluster (Dask distributed): batches of files out, readings back in order.

Workers read the files by their paths, so folders must be shared; a file that a worker lacks, or has
another version of, is read here instead. On each worker files are read in killable processes as
they are here (`audit.reading.pool`). A worker that dies costs nothing: its batch goes to another.
"""

from __future__ import annotations

import multiprocessing
import pkgutil
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

from audit.errors import UsageError, about
from audit.fingerprint import of_file, program
from audit.reading import pool
from audit.reading.one_file import Task, Ways
from audit.reading.packed import Packed
from rules.vocabulary import Text

#: Most files given out at once, and batches that wait for each thread of the cluster.
_MOST = 64
_AHEAD = 3
_PATIENCE = 30

#: A file's digest as the worker saw it, and what was read.
_Found = tuple[str | None, list[Packed]]


def read_all(tasks: Sequence[Task], ways: Ways, address: str) -> Iterator[list[Packed]]:
    """The readings of each task, in order; `address` is `tcp://…`, `tls://…` or `local:N`.

    Raises:
        UsageError: the extra is lacking, no cluster is there, or its workers run other code.
    """
    if not tasks:
        return
    with _client(address) as client:
        threads = max(1, sum(client.nthreads().values()))
        size = max(1, min(_MOST, -(-len(tasks) // (4 * threads))))
        batches = deque(list(tasks[i : i + size]) for i in range(0, len(tasks), size))
        known = client.scatter(replace(ways, folder=None), broadcast=True)
        running: deque[tuple[list[Task], Any]] = deque()
        while batches or running:
            while batches and len(running) < _AHEAD * threads:
                batch = batches.popleft()
                there = [_resolved(task) for task in batch]
                future = client.submit(_read_batch, there, known, program(), pure=False)
                running.append((batch, future))
            batch, future = running.popleft()
            yield from _received(batch, future, ways)


def _resolved(task: Task) -> Task:
    first, *rest = (path.resolve() for path in task.paths)
    return replace(task, path=first, pages=tuple(rest))


def _received(batch: Sequence[Task], future: Any, ways: Ways) -> Iterator[list[Packed]]:
    """A batch's readings; what the cluster lost or saw otherwise is read here."""
    from distributed import CancelledError, KilledWorker
    from distributed.comm.core import CommClosedError

    try:
        found: list[_Found] = future.result()
    except UsageError:
        raise
    except ModuleNotFoundError as error:
        raise UsageError(
            Text(f"集群的工作进程缺少 {error.name}", f"the cluster's workers lack {error.name}"),
            Text(
                "请在每台机器上安装同一版本的 nianbao[scale]",
                "install the same version of nianbao[scale] on every machine",
            ),
        ) from error
    except (KilledWorker, CancelledError, CommClosedError, OSError):
        yield from pool.read_all(batch, ways, None)
        return
    for task, (digest, readings) in zip(batch, found, strict=True):
        if digest == of_file(task, ways):
            yield readings
        else:
            yield from pool.read_all([task], ways, 1)


def _read_batch(tasks: Sequence[Task], ways: Ways, expected: str) -> list[_Found]:
    """The worker's part."""
    if program() != expected:
        raise UsageError(
            Text(
                "集群的工作进程与本机的 nianbao（或其依赖）版本不同，结果会不一致",
                "the cluster's workers have another version of nianbao or of what it needs; "
                "results would differ",
            ),
            Text("请在每台机器上安装同一版本", "install the same version on every machine"),
        )
    _let_children()
    digests = [of_file(task, ways) for task in tasks]
    readings = pool.read_all(tasks, ways, 1, _context())
    return list(zip(digests, readings, strict=True))


def _let_children() -> None:
    """Dask marks its workers as daemons, which may have no children; ours end with the worker."""
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]


def _context() -> Any:
    """A way to start processes that is sound among a worker's threads, where forking is not."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    from audit import loaders

    context = multiprocessing.get_context("forkserver")
    names = [f"audit.loaders.{module.name}" for module in pkgutil.iter_modules(loaders.__path__)]
    context.set_forkserver_preload(
        ["audit.reading.packing", "audit.recognise", "audit.identity", *names]
    )
    return context


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            Text("--cluster 需要扩展组件 scale", "--cluster needs the extra scale"),
            Text("请安装：pip install 'nianbao[scale]'", "pip install 'nianbao[scale]'"),
        ) from error
    if address.startswith("local:"):
        with _local(address) as cluster, closing(Client(cluster)) as client:
            yield client
        return
    if "://" not in address:
        raise UsageError(
            about(
                f"--cluster {address}",
                Text("应为 tcp://主机:端口 或 local:N", "should be tcp://host:port or local:N"),
            )
        )
    try:
        client = Client(address, timeout=_PATIENCE)
        with closing(client):
            client.wait_for_workers(1, timeout=_PATIENCE)
            yield client
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            about(
                f"--cluster {address}",
                Text("连接不上，或没有工作进程", "no connection, or no workers"),
            ),
            Text("请检查地址和调度程序", "check the address and the scheduler"),
        ) from error


@contextmanager
def _local(address: str) -> Iterator[Any]:
    import dask
    from distributed import LocalCluster

    number = address.removeprefix("local:")
    if not number.isdecimal() or int(number) < 1:
        raise UsageError(
            about(
                f"--cluster {address}",
                Text(
                    "local: 后面应为进程数，例如 local:4",
                    "local: is followed by a number of processes, as local:4",
                ),
            )
        )
    with (
        dask.config.set({"distributed.worker.daemon": False}),
        LocalCluster(
            n_workers=int(number), threads_per_worker=1, dashboard_address=None, silence_logs=40
        ) as cluster,
    ):
        yield cluster
