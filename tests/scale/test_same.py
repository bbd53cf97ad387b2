"""The same result, byte for byte, however the files were read: processes, cluster, a worker lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.errors import UsageError
from audit.reading.queue import Means
from tests.commands.county import nianbao
from tests.scale.make_run import folder_of_reports, run, told

ROOT = Path(__file__).parents[2]
#: Enough batches that some are still to be read when a worker dies.
COPIES = 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("reports")
    for number in range(COPIES):
        folder_of_reports(base / str(number))
    return base


@pytest.fixture(scope="module")
def expected(folder: Path) -> str:
    return told(run(folder, Means(jobs=1)))


def test_processes(folder: Path, expected: str) -> None:
    assert told(run(folder, Means(jobs=2))) == expected


def _start(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[Any]]]:
    """A scheduler and two workers on loopback: its address, and the workers' processes."""
    pytest.importorskip("distributed", reason="the extra `scale` is not installed")
    import json

    told_by = tmp_path / "scheduler.json"
    started = [
        _start(
            "dask_scheduler",
            *("--host", "127.0.0.1", "--port", "0", "--no-dashboard"),
            *("--scheduler-file", str(told_by)),
        )
    ]
    deadline = time.monotonic() + 60
    while not told_by.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    address = json.loads(told_by.read_text(encoding="utf-8"))["address"]
    workers = [
        _start(
            "dask_worker",
            *(address, "--no-nanny", "--nthreads", "1", "--no-dashboard"),
            *("--host", "127.0.0.1", "--local-directory", str(tmp_path)),
        )
        for _ in range(2)
    ]
    yield address, workers
    for process in (*workers, *started):
        process.kill()
        process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_cluster_and_one_of_its_workers_killed_in_the_middle(
    folder: Path, expected: str, cluster: tuple[str, list[Any]]
) -> None:
    address, workers = cluster

    def kill(step: str, done: int, of: int, name: str) -> None:
        if step == "reading" and done == 1:
            os.kill(workers[0].pid, signal.SIGKILL)

    assert told(run(folder, Means(cluster=address), kill)) == expected
    assert workers[0].wait(10) == -signal.SIGKILL


def test_without_the_extra(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = nianbao("check", folder, "--cluster", "local:2")
    assert done.exit_code == 2
    assert "nianbao[scale]" in done.stderr


@pytest.mark.parametrize("address", ["local:x", "local:0", "somewhere", "tcp://127.0.0.1:1"])
def test_an_address_that_is_none(
    folder: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="the extra `scale` is not installed")
    monkeypatch.setattr("audit.reading.cluster._PATIENCE", 1)
    with pytest.raises(UsageError, match="--cluster"):
        run(folder, Means(cluster=address))
