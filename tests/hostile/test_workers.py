"""A file that hangs, crashes or eats memory costs itself; what came of the others stays the same."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from audit.loaders.base import Limits, Source
from audit.reading import one_file, pool
from audit.reading.one_file import Task, Ways
from tests.commands.county import BROKEN, SOUND, nianbao, report
from tests.hostile.audited import told

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="faults are put into the reader before it is forked"
)
LIMITS = Limits(seconds=5, memory_mb=300)


def _hang(_: Source) -> None:
    time.sleep(600)


def _spin(_: Source) -> None:
    while True:
        pass


def _leave(_: Source) -> None:
    os._exit(3)


def _killed(_: Source) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _abort(_: Source) -> None:
    os.abort()


def _eat(_: Source) -> None:
    held = [bytearray(64 << 20) for _ in range(64)]
    raise AssertionError(len(held))


def _deep(_: Source) -> None:
    _deep(_)


def _own_fault(_: Source) -> None:
    raise KeyError("ours")


#: What a loader does → the reason told, and words of the message's detail.
FAULTS: dict[str, tuple[Callable[[Source], None], str, str]] = {
    "hang": (_hang, "timeout", "5 s"),
    "spin": (_spin, "timeout", "5 s"),
    "leave": (_leave, "crashed", "exit 3"),
    "killed": (_killed, "killed", ""),
    "abort": (_abort, "crashed", "SIGABRT"),
    "eat": (_eat, "limit", "memory"),
    "deep": (_deep, "limit", "nesting"),
    "ours": (_own_fault, "crashed", "KeyError: 'ours'"),
}


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files named after a fault meet a loader that has it."""
    sound = one_file.loader_for

    def chosen(source: Source) -> Any:
        fault = FAULTS.get(Path(source.name).stem.rpartition("!")[2])
        if fault is None:
            return sound(source)

        def load(given: Source) -> Iterator[Any]:
            fault[0](given)
            yield from ()

        return SimpleNamespace(load=load)

    monkeypatch.setattr(one_file, "loader_for", chosen)


def readings(*paths: Path, jobs: int = 2, context: Any = None) -> list[list[Any]]:
    tasks = [Task(p, p.name) for p in paths]
    more = {} if context is None else {"context": context}
    return list(pool.read_all(tasks, Ways(limits=LIMITS), jobs, **more))


def left_over() -> list[Path]:
    return sorted(Path(tempfile.gettempdir()).glob("nianbao-*"))


@pytest.mark.usefixtures("faulty")
def test_each_fault_costs_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sound = [report(tmp_path / "in", unit, SOUND) for unit in ("青石镇", "白水乡", "松岗镇")]
    alone = readings(*sound)
    bad = []
    for fault in FAULTS:
        path = tmp_path / "in" / f"{fault}.txt"
        path.write_text("年报", encoding="utf-8")
        bad.append(path)
    mixed = readings(sound[0], *bad[:4], sound[1], *bad[4:], sound[2])
    # Missing figures are NaN, which equals nothing: compared as written.
    assert repr([mixed[0], mixed[5], mixed[-1]]) == repr(alone)
    for path, (one,) in zip(bad, [*mixed[1:5], *mixed[6:-1]], strict=True):
        _, reason, detail = FAULTS[path.stem]
        assert (one.file, one.outcome, one.reason) == (path.name, "F001", reason)
        assert detail in one.detail
        assert bool(one.crash) == (path.stem == "ours")
    assert not left_over()


@pytest.mark.usefixtures("faulty")
def test_a_member_that_costs_its_process_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "汇总.zip"
    names = ["a.txt", "killed.txt", "b.txt", "hang.txt", "c.txt"]
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            made = report(tmp_path / "in", f"{name[0].upper()}石镇", SOUND)
            archive.writestr(name, made.read_bytes())
    ((*found,),) = readings(path, jobs=1)
    assert [r.file for r in found] == [f"汇总.zip!{name}" for name in names]
    assert [r.reason for r in found if r.outcome == "F001"] == ["killed", "timeout"]
    assert sum(len(r.status) for r in found) == 3


@pytest.mark.usefixtures("faulty")
def test_an_archive_of_nothing_but_faults_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "坏.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(50):
            archive.writestr(f"{number}/leave.txt", "x")
    ((*found,),) = readings(path, jobs=1)
    assert {r.outcome for r in found} == {"F001"} and len(found) < 10
    assert found[-1].file == "坏.zip"


@pytest.mark.usefixtures("faulty")
def test_a_fault_of_ours_is_named_and_gives_status_2(tmp_path: Path) -> None:
    report(tmp_path, "青石镇", BROKEN)
    (tmp_path / "ours.txt").write_text("年报", encoding="utf-8")
    done = nianbao("check", tmp_path, "-f", "json")
    payload = json.loads(done.stdout)
    assert done.exit_code == 2
    assert payload["crashes"] == [
        {"what": (tmp_path / "ours.txt").as_posix(), "message": "KeyError: 'ours'"}
    ]
    assert {"A303", "F001"} <= {f["rule"] for f in payload["findings"]}


def test_spawned_processes_read_the_same(tmp_path: Path) -> None:
    paths = [report(tmp_path, "青石镇", SOUND, s) for s in (".txt", ".docx", ".html", ".xlsx")]
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    paths.append(tmp_path / "坏.docx")
    tasks = [Task(p, p.name) for p in paths]
    for name in ("spawn", "forkserver"):
        context = multiprocessing.get_context(name)
        spawned = list(pool.read_all(tasks, Ways(), 2, context))
        assert repr(spawned) == repr(list(pool.read_all(tasks, Ways(), 2)))


def test_the_parent_gone_a_process_that_spins_ends_as_well() -> None:
    """The system's own limit, set shorter here: nobody is there to end the process."""
    from audit.reading import guard

    def spin() -> None:
        guard.hold(LIMITS)
        guard.hold_time(Limits(seconds=-29.5 / (os.cpu_count() or 1)))
        _spin(Source(Path(), ""))

    process = multiprocessing.get_context("fork").Process(target=spin)
    process.start()
    process.join(20)
    assert process.exitcode == -signal.SIGXCPU


def test_limits_of_the_configuration_reach_the_reader(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    report(inside, "青石镇", SOUND)
    (tmp_path / "nianbao.toml").write_text("[limits]\ncharacters = 50\n", encoding="utf-8")
    payload = told(inside, "--config", tmp_path / "nianbao.toml")
    assert [f["rule"] for f in payload["findings"]] == ["F001"]
    assert "nianbao.toml 的 [limits]" in payload["findings"][0]["message"]
