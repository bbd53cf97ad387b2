"""Ctrl-C: what was read is reported, plainly as a part, and the exit status is 2."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.reading import pool
from tests.commands.county import BROKEN, ROSTER, nianbao, report

PARTIAL = "运行被中断：以下只是部分结果"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two reports; the user gives up after the first was read."""
    for unit in ("白水乡", "青石镇"):
        report(tmp_path / "2023", unit, BROKEN)
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    whole = pool.read_all

    def cut_short(*given: Any, **more: Any) -> Iterator[Any]:
        yield next(iter(whole(*given, **more)))
        raise KeyboardInterrupt

    monkeypatch.setattr(pool, "read_all", cut_short)
    return tmp_path


def test_json_says_so(folder: Path) -> None:
    done = nianbao("check", folder / "2023", "-f", "json")
    told = json.loads(done.stdout)
    assert done.exit_code == 2
    assert told["complete"] is False
    assert {f["unit"] for f in told["findings"]} == {"白水乡"}


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_text_says_so(folder: Path, form: str) -> None:
    done = nianbao("check", folder / "2023", "-f", form, "--fail-on", "never")
    assert done.exit_code == 2
    assert PARTIAL in done.stdout


def test_it_is_said_where_outputs_go_to_files_alone(folder: Path) -> None:
    for quiet in ((), ("-q",)):
        done = nianbao("check", folder / "2023", "-o", f"json:{folder / 'out.json'}", *quiet)
        assert (done.exit_code, done.stdout) == (2, "") and PARTIAL in done.stderr
        assert ("年报 1 份" in done.stderr) is (not quiet)


def test_no_unit_is_called_missing_whose_file_was_not_read(folder: Path) -> None:
    done = nianbao("check", folder / "2023", "--roster", folder / "roster.csv", "-f", "json")
    rules = {f["rule"] for f in json.loads(done.stdout)["findings"]}
    assert "A303" in rules and not any(r.startswith("R") for r in rules)


def test_no_baseline_of_a_part_is_written(folder: Path) -> None:
    done = nianbao("check", folder / "2023", "--write-baseline", folder / "b.json")
    assert done.exit_code == 2
    assert not (folder / "b.json").exists() and "没有写基线文件" in done.stderr
    assert "A303" in done.stdout


def test_other_commands_say_so(folder: Path) -> None:
    done = nianbao("aggregate", folder / "2023", "-f", "csv")
    assert done.exit_code == 2 and PARTIAL in done.stderr
    assert nianbao("extract", folder / "2023").exit_code == 2


def test_an_interrupt_outside_reading_leaves_nothing_half_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("audit.outcome.check", stop)
    done = nianbao("check", folder / "2023", "-o", f"json:{folder / 'out.json'}")
    assert done.exit_code == 2 and "中断" in done.stderr
    assert [p.name for p in folder.iterdir() if p.is_file()] == ["roster.csv"]
