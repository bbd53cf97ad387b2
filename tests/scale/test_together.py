"""Old Word files go to LibreOffice by one call; whatever becomes of the call, the result is the same.

Most tests put a script in LibreOffice's place, which knows what each file should become.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pytest

from audit.config import Config
from audit.findings import Result
from audit.loaders import office
from audit.loaders.base import Limits
from audit.reading import pool
from audit.reading.one_file import Task, Ways
from audit.reading.queue import Means
from audit.run import Call, audit
from tests.builder import encode
from tests.builder.truth import base_report
from tests.commands.county import BROKEN, COUNTY, SOUND, report
from tests.loaders.make_word import DATA
from tests.loaders.word_95 import word_95
from tests.scale.make_run import told

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are scripts")
needs_office = pytest.mark.skipif(office.found() is None, reason="LibreOffice is not installed")

UNITS = ("青石镇", "白水乡", "松岗镇", "柳荫镇")
#: What the stand-in does at the second file of several.
FAULTS = {
    "sound": "pass",
    "lacks one": "continue",
    "stops": "break",
    "hangs": "time.sleep(600)",
    "dies": "os.kill(os.getpid(), signal.SIGKILL)",
    "is cut off": "data = data[:len(data) // 2]",
}
_STAND_IN = """#!{python}
import hashlib, os, pathlib, signal, sys, time
home = pathlib.Path({home!r})
at = sys.argv.index("--outdir") + 1
out, files = pathlib.Path(sys.argv[at]), [pathlib.Path(w) for w in sys.argv[at + 1:]]
with open(home / "calls", "a") as calls:
    calls.write(f"{{len(files)}} {{os.getpid()}}\\n")
for number, file in enumerate(files):
    data = (home / hashlib.sha256(file.read_bytes()).hexdigest()).read_bytes()
    if number == 1:
        {fault}
    (out / (file.stem + ".docx")).write_bytes(data)
"""


class County:
    """A folder of old files, and a stand-in for LibreOffice that knows them."""

    def __init__(self, base: Path) -> None:
        self.folder = base / "年报"
        self.folder.mkdir()
        self._home = base / "office"
        self._home.mkdir()
        for number, unit in enumerate(UNITS[:3]):
            self.add(unit, BROKEN if number % 2 else SOUND)

    def add(self, unit: str, cells: dict[str, int], suffix: str = ".doc") -> Path:
        truth = base_report(unit, 2023, county=COUNTY, cells=cells)
        path = self.folder / f"{unit}2023年报{suffix}"
        path.write_bytes(word_95(truth))
        known = self._home / hashlib.sha256(path.read_bytes()).hexdigest()
        known.write_bytes(encode(truth, ".docx"))
        return path

    def program(self, fault: str = "sound") -> str:
        return self._written(
            _STAND_IN.format(python=sys.executable, home=str(self._home), fault=FAULTS[fault])
        )

    def counting(self) -> str:
        """LibreOffice itself, its calls counted."""
        return self._written(
            f'#!/bin/sh\necho "$(echo "$@" | grep -Eo "[.]doc( |$)" | wc -l) $$" >> '
            f'"{self._home}/calls"\nexec "{office.found()}" "$@"\n'
        )

    def _written(self, script: str) -> str:
        path = self._home / "soffice"
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)
        return str(path)

    def calls(self) -> list[tuple[int, int]]:
        """How many files each call was for, and its process; forgotten when told."""
        path = self._home / "calls"
        if not path.exists():
            return []
        lines = path.read_text(encoding="utf-8").splitlines()
        path.unlink()
        return [(int(files), int(process)) for files, process in map(str.split, lines)]

    def sizes(self) -> list[int]:
        return [files for files, _ in self.calls()]


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return County(tmp_path)


def run(county: County, program: str, means: Means | None = None, seconds: float = 120) -> Result:
    config = Config(office=program, limits=Limits(seconds=seconds))
    means = means or Means(jobs=1)
    return audit(Call(paths=[county.folder], config=config, means=means, today="2024-06-01"))


def left_over() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob("nianbao-*"))


@pytest.fixture
def alone(county: County, monkeypatch: pytest.MonkeyPatch) -> str:
    """The result where each file is converted by a call of its own."""
    with monkeypatch.context() as without:
        without.setattr("audit.reading.together.is_old_word", lambda *_: False)
        found = run(county, county.program())
    assert county.sizes() == [1, 1, 1]
    assert len(found.data.reports) == 3
    return told(found)


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_call_for_all(county: County, alone: str, jobs: int) -> None:
    assert told(run(county, county.program(), Means(jobs=jobs))) == alone
    assert county.sizes() == [3]
    assert not left_over()


def test_very_many_take_several_calls(
    county: County, alone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.reading.together._MOST", 2)
    assert told(run(county, county.program())) == alone
    assert county.sizes() == [2, 1]


@pytest.mark.parametrize(
    ("fault", "single"), [("lacks one", 1), ("stops", 2), ("dies", 2), ("is cut off", 1)]
)
def test_what_a_call_does_not_make_is_made_alone(
    county: County, alone: str, fault: str, single: int
) -> None:
    assert told(run(county, county.program(fault))) == alone
    assert county.sizes() == [3, *[1] * single]
    assert not left_over()


def test_a_call_that_hangs_is_ended(county: County, alone: str) -> None:
    assert told(run(county, county.program("hangs"), seconds=6)) == alone
    (files, process), *others = county.calls()
    assert files == 3 and [n for n, _ in others] == [1, 1]
    assert not _lives(process) and not left_over()


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_user_who_gives_up_leaves_nothing_behind(county: County) -> None:
    program = county.program("hangs")

    def give_up(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, 3)
    try:
        found = run(county, program)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert not found.complete
    ((_, process),) = county.calls()
    until = time.monotonic() + 20
    while _lives(process) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _lives(process) and not left_over()


def test_readings_not_asked_for_leave_nothing_behind(county: County) -> None:
    tasks = [Task(p, p.name) for p in sorted(county.folder.iterdir())]
    readings = pool.read_all(tasks, Ways(office=county.program()), 1)
    next(readings)
    assert left_over()
    readings.close()
    assert not left_over()


def test_other_ways_to_start_processes(county: County) -> None:
    tasks = [Task(p, p.name) for p in sorted(county.folder.iterdir())]
    ways = Ways(office=county.program())
    expected = repr(list(pool.read_all(tasks, ways, 2)))
    context = multiprocessing.get_context("spawn")
    assert repr(list(pool.read_all(tasks, ways, 2, context))) == expected
    assert county.sizes() == [3, 3]


def test_on_a_cluster_each_batch_has_its_call(county: County) -> None:
    pytest.importorskip("distributed", reason="the extra `scale` is not installed")
    for unit in (UNITS[3], "东山镇"):
        county.add(unit, SOUND)
    expected = told(run(county, county.program()))
    assert county.sizes() == [5]
    assert told(run(county, county.program(), Means(cluster="local:1"))) == expected
    assert sorted(county.sizes()) == [1, 2, 2]
    assert not left_over()


def test_only_what_needs_it_is_given_to_it(county: County) -> None:
    """Word 97, what only holds an old stream, other names and archives are for the reader first."""
    (old, *others) = sorted(county.folder.iterdir())
    shutil.copy(DATA / "merged.doc", county.folder / "新.doc")
    held = (DATA / "merged.doc").read_bytes()
    held += bytes(-len(held) % 512) + old.read_bytes()[512:]
    (county.folder / "嵌.doc").write_bytes(held)
    (county.folder / "乱.doc").write_bytes(b"\xdc\xa5\x68\0" * 999)
    (county.folder / "空.doc").write_bytes(b"")
    with zipfile.ZipFile(county.folder / "补报.zip", "w") as archive:
        archive.write(others[0], "补报/甲.doc")
    run(county, county.program())
    assert county.sizes() == [3]
    for path in others:
        path.unlink()
    run(county, county.program())
    assert county.sizes() == [1, 1]


def test_the_same_file_twice_is_converted_once(county: County) -> None:
    first = min(county.folder.iterdir())
    shutil.copy(first, county.folder / "又一份.wps")
    shutil.copy(first, county.folder / "再一份.doc")
    assert len(run(county, county.program()).data.reports) == 5
    assert county.sizes() == [4]


def test_what_the_cache_has_is_not_converted(county: County, tmp_path: Path) -> None:
    means = Means(jobs=1, cache=tmp_path / "kept")
    program = county.program()
    first = run(county, program, means)
    assert county.sizes() == [3]
    again = run(county, program, means)
    assert (again.read, again.kept, county.sizes()) == (0, 3, [])
    assert told(again) == told(first)
    county.add(UNITS[3], SOUND, ".wps")
    assert run(county, program, means).kept == 3
    assert county.sizes() == [1]


def test_without_libreoffice_nothing_is_tried(county: County) -> None:
    report(county.folder, UNITS[3], SOUND)
    found = run(county, "no-such-program")
    assert list(found.data.files["reason"].dropna()) == ["needs_office"] * 3
    assert not left_over()


@needs_office
def test_libreoffice_itself(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    program = county.counting()
    found = run(county, program)
    assert county.sizes() == [3]
    cells = [one["cells_read"] for one in json.loads(told(found))["reports"]]
    assert cells == [200, 200, 200]
    monkeypatch.setattr("audit.reading.together.is_old_word", lambda *_: False)
    assert told(run(county, program)) == told(found)
    assert county.sizes() == [1, 1, 1]
