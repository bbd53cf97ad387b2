"""Wrong calls: said in a line with what to do, in the call's language, status 2, nothing checked."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from audit.cli import main
from tests.commands.county import BROKEN, SOUND, nianbao, report

_CHINESE = re.compile("[\u3400-\u9fff]")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a report that has an error."""
    report(tmp_path, "青石镇", BROKEN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


_WRONG = [
    (["nowhere"], "没有这个文件或文件夹", "check the path"),
    ([".", "--roster", "nowhere.csv"], "没有这个文件", "no such file"),
    ([".", "--roster", "."], "不是可以读取的文件", "no readable file"),
    ([".", "--previous", "nowhere"], "没有这个文件", "no such file"),
    ([".", "--config", "nowhere.toml"], "没有这个文件", "no such file"),
    ([".", "--today", "2024-13-01"], "应写成 2024-01-31", "2024-01-31"),
    ([".", "--format", "pdf"], "只能是 text、json", "'pdf' is not one of"),
    ([".", "--fail-on", "fatal"], "只能是 error", "is not one of"),
    ([".", "--jobs", "0"], "--jobs 的值不对", "not in the range"),
    ([".", "--formt", "json"], "是不是 --format", "--format"),
    ([".", "--format"], "后面没有写明值", "requires an argument"),
    ([], "没有写明 PATH", "Missing argument"),
    ([".", "-f", "xlsx"], "-o 指定输出文件", "needs a file"),
    ([".", "-o", "docs:a.docx"], "可用的格式：", "formats: "),
    ([".", "-o", "a.pdf"], "请写成 -o 格式:文件", "FORMAT:FILE"),
    ([".", "-o", "json:"], "没有写明文件", "no file is named"),
    ([".", "-o", "json:."], "是文件夹", "a folder"),
    ([".", "-o", "a.json", "-o", "b.html"], "-o json:结果.json", "-o json:a.json"),
    ([".", "-o", "json:a", "-o", "csv:a"], "两种格式写到同一个文件", "two formats for one"),
]


@pytest.mark.parametrize(("words", "chinese", "english"), _WRONG)
def test_a_wrong_call_says_what_to_do(
    words: list[str], chinese: str, english: str, folder: Path
) -> None:
    before = sorted(folder.rglob("*"))
    done = CliRunner().invoke(main, ["check", *words])
    assert (done.exit_code, done.stdout) == (2, "")
    assert chinese in done.stderr and _CHINESE.search(done.stderr)
    done = CliRunner().invoke(main, ["check", *words[:1], "--lang", "en", *words[1:]])
    assert (done.exit_code, done.stdout) == (2, "")
    assert english in done.stderr and not _CHINESE.search(done.stderr)
    assert sorted(folder.rglob("*")) == before


def test_an_unknown_command_is_told_from_a_known_one() -> None:
    done = nianbao("chekc", "x")
    assert done.exit_code == 2 and "没有命令 chekc" in done.stderr and "check" in done.stderr


@pytest.mark.parametrize("command", ["check", "extract", "aggregate", "rules", "init"])
def test_help_is_in_either_language(command: str) -> None:
    done = nianbao(command, "--help")
    assert "配置文件" in done.stdout and "进程数" in done.stdout
    english = (
        nianbao(command, "--lang", "en", "--help").stdout.replace("中文", "").replace("语言", "")
    )
    assert not _CHINESE.search(english) and "configuration" in english


@pytest.mark.skipif(sys.platform == "win32", reason="written into this folder only elsewhere")
def test_a_drive_of_windows_is_no_format(folder: Path) -> None:
    nianbao("check", ".", "-o", r"C:\out\x.json", "-o", r"html:D:\a\b.html")
    json.loads((folder / r"C:\out\x.json").read_text(encoding="utf-8"))
    assert (folder / r"D:\a\b.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_one_file_that_cannot_be_written_does_not_cost_the_others(folder: Path) -> None:
    (folder / "held").write_text("a file, not a folder")
    done = nianbao("check", ".", "-o", "json:held/a.json", "-o", "csv:b.csv")
    assert done.exit_code == 2 and "无法写入" in done.stderr
    assert "A303" in (folder / "b.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("level", "status"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)]
)
def test_fail_on_decides_the_status(level: str, status: int, folder: Path) -> None:
    assert nianbao("check", ".", "--fail-on", level).exit_code == status
    report(folder, "青石镇", SOUND)
    assert nianbao("check", ".", "--fail-on", level, "--select", "A").exit_code == 0


def test_no_report_at_all_is_not_called_sound(tmp_path: Path) -> None:
    for form in ("text", "markdown", "html"):
        done = nianbao("check", tmp_path, "-f", form)
        assert done.exit_code == 0
        assert "没有读到年报" in done.stdout and "未发现问题" not in done.stdout


def test_select_and_ignore_take_beginnings_of_codes(folder: Path) -> None:
    def rules(*words: str) -> set[str]:
        told = json.loads(nianbao("check", ".", "-f", "json", *words).stdout)
        return {f["rule"] for f in told["findings"]}

    assert "A303" in rules()
    assert rules("--select", "a3") == {r for r in rules() if r.startswith("A3")} != set()
    assert "A303" not in rules("--ignore", "A303,V")
    assert not any(r.startswith("A") for r in rules("--ignore", "A"))


def test_quiet_leaves_the_findings_and_the_counts(folder: Path) -> None:
    lines = nianbao("check", ".", "-q").stdout.splitlines()
    assert any("A303" in line for line in lines) and lines[-1].startswith("文件 1 个")
    assert "依据" not in "".join(lines)
