"""The cache: what did not change is not read again, and nothing wrong with it changes a result."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from audit.config import Config
from audit.loaders.base import Limits
from audit.reading import cache as kept
from audit.reading.queue import FOLDER, Means
from audit.run import Call, audit
from tests.commands.county import SOUND, nianbao, report
from tests.scale.make_run import folder_of_reports, run, told

#: Seven files are met, of which six are read (notes in Markdown never are).
FILES = 6


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Reports, and a home of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    monkeypatch.delenv("NIANBAO_NO_CACHE")
    return folder_of_reports(tmp_path / "年报")


def _store(folder: Path) -> Path:
    (found,) = (folder.parent / FOLDER).glob("*.sqlite3")
    return found


def _means(folder: Path) -> Means:
    return Means(jobs=1, cache=folder.parent / FOLDER)


def test_a_second_run_reads_only_what_was_corrected(folder: Path) -> None:
    first = run(folder, _means(folder))
    assert (first.read, first.kept) == (FILES, 0)
    again = run(folder, _means(folder))
    assert (again.read, again.kept) == (0, FILES)
    assert told(again) == told(first)
    report(folder, "白水乡", SOUND, ".docx")
    mended = run(folder, _means(folder))
    assert (mended.read, mended.kept) == (1, FILES - 1)
    assert told(mended) == told(run(folder, Means(jobs=1)))
    assert told(mended) != told(first)


def test_the_command_says_so_and_can_do_without(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    words = ("check", folder, "-v", "-f", "csv")
    without = nianbao(*words, "--no-cache")
    assert not Path(FOLDER).exists()
    first, second = nianbao(*words), nianbao(*words)
    assert f"读取文件 {FILES} 个" in first.stderr
    assert f"读取文件 0 个，另有 {FILES} 个取自缓存" in second.stderr
    assert without.stdout == first.stdout == second.stdout
    assert (Path(FOLDER) / ".gitignore").read_text(encoding="utf-8") == "*\n"


@pytest.mark.parametrize(
    "config",
    [Config(limits=Limits(pages=7)), Config(office="no-such-office")],
    ids=["limits", "office"],
)
def test_other_ways_of_reading_are_other_entries(folder: Path, config: Config) -> None:
    run(folder, _means(folder))
    again = audit(Call(paths=[folder], config=config, means=_means(folder)))
    if config.office and again.kept:
        pytest.skip("LibreOffice is not installed: naming another one changes nothing")
    assert again.kept == 0


def test_a_roster_and_another_name_are_other_entries(folder: Path) -> None:
    run(folder, _means(folder))
    roster = folder.parent / "roster.csv"
    roster.write_text("单位,级别\n青石镇,乡镇\n", encoding="utf-8")
    call = Call(paths=[folder], roster=roster, means=_means(folder))
    assert audit(call).kept == 0
    assert audit(call).kept == FILES
    path = next(folder.glob("青石镇*"))
    path.rename(path.with_stem("白水乡2022"))
    assert run(folder, _means(folder)).kept == FILES - 1


def test_a_previous_years_file_keeps_its_role(folder: Path) -> None:
    run(folder, _means(folder))
    call = Call(paths=[], previous=[folder], means=_means(folder))
    again = audit(call)
    assert again.kept == FILES
    assert set(again.data.reports["role"]) == {"previous"}


def test_other_code_reads_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(folder, _means(folder))
    monkeypatch.setattr(kept, "program", lambda: "another version")
    assert run(folder, _means(folder)).kept == 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"no database at all" * 200),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(b""),
        lambda path: _change(path, "UPDATE readings SET body = zeroblob(40)"),
        lambda path: _change(path, "DROP TABLE readings"),
        lambda path: _change(path, "DROP TABLE readings; CREATE TABLE readings (x)"),
    ],
    ids=["junk", "cut", "empty", "bodies", "no-table", "other-table"],
)
def test_a_damaged_cache_is_begun_anew(folder: Path, damage) -> None:
    first = told(run(folder, _means(folder)))
    damage(_store(folder))
    again = run(folder, _means(folder))
    assert again.kept == 0
    assert told(again) == first


def _change(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as store:
        store.executescript(statement)
    store.close()


def test_entries_that_somebody_else_made_are_not_believed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache that comes with a cloned folder: its names and seals are of another secret."""
    run(folder, _means(folder))
    foreign = _store(folder)
    monkeypatch.setenv("XDG_STATE_HOME", str(folder.parent / "another home"))
    monkeypatch.setenv("LOCALAPPDATA", str(folder.parent / "another home"))
    mine = run(folder, _means(folder))
    assert mine.kept == 0
    (own,) = {*foreign.parent.glob("*.sqlite3")} - {foreign}
    own.write_bytes(foreign.read_bytes())  # as if the name had been guessed
    assert run(folder, _means(folder)).kept == 0


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_in_the_caches_place_is_not_followed(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (folder.parent / FOLDER).symlink_to(elsewhere)
    assert told(run(folder, _means(folder))) == told(run(folder, Means(jobs=1)))
    assert not list(elsewhere.iterdir())


def test_the_entries_used_last_stay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(folder, _means(folder))
    with sqlite3.connect(_store(folder)) as store:
        sizes = [size for (size,) in store.execute("SELECT size FROM readings")]
        store.execute("UPDATE readings SET used = 1")
    store.close()
    monkeypatch.setattr(kept, "MOST", sum(sizes) - 1)
    path = next(folder.glob("青石镇*"))
    audit(Call(paths=[path], means=_means(folder)))
    assert audit(Call(paths=[path], means=_means(folder))).kept == 1
    again = run(folder, _means(folder))
    assert 0 < again.kept < FILES


def test_runs_at_once_share_it(folder: Path) -> None:
    """Two processes fill and read one cache; neither fails, both say the same."""
    call = [sys.executable, "-m", "audit", "check", str(folder), "-f", "csv", "--jobs", "1"]
    root = str(Path(__file__).parents[2])
    env = {**os.environ, "PYTHONPATH": root, "PYTHONIOENCODING": "utf-8"}
    running = [
        subprocess.Popen(
            call, cwd=folder.parent, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    done = [process.communicate(timeout=240) for process in running]
    assert {process.returncode for process in running} == {1}
    assert done[0] == done[1] and not done[0][1]
