"""Only what changed, and only what is new: `--changed-since`, `--baseline`, `--write-baseline`."""

import json
from pathlib import Path

import pytest

from tests.commands.county import BROKEN, SOUND, git, nianbao, report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    report(tmp_path, "青石镇", BROKEN)
    report(tmp_path, "白水乡", SOUND)
    return tmp_path


def committed(folder: Path) -> None:
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "reports")


def payload(folder: Path, *words: str | Path) -> dict:
    return json.loads(nianbao("check", folder, "-f", "json", *words).stdout)


def test_untouched_reports_are_left_out_and_counted(folder: Path) -> None:
    committed(folder)
    done = nianbao("check", folder, "--changed-since", "HEAD")
    assert done.exit_code == 0
    assert "未改动的年报 2 份、有关问题 2 项未列出" in done.stdout
    report(folder, "白水乡", BROKEN)
    told = payload(folder, "--changed-since", "HEAD")
    assert {f["unit"] for f in told["findings"]} == {"白水乡"}
    assert told["changed_since"] == {"revision": "HEAD", "reports": 1, "findings": 2}
    assert nianbao("check", folder, "--changed-since", "HEAD").exit_code == 1


def test_new_files_are_touched_and_named_in_chinese(folder: Path) -> None:
    committed(folder)
    report(folder / "补报", "松岗镇", BROKEN)
    assert {f["unit"] for f in payload(folder, "--changed-since", "HEAD")["findings"]} == {"松岗镇"}
    git(folder, "add", ".")
    assert {f["unit"] for f in payload(folder, "--changed-since", "HEAD")["findings"]} == {"松岗镇"}


def test_findings_about_no_file_stay(folder: Path) -> None:
    committed(folder)
    (folder / "roster.csv").write_text("单位\n青石镇\n白水乡\n松岗镇\n", encoding="utf-8")
    told = payload(folder, "--changed-since", "HEAD", "--roster", folder / "roster.csv")
    assert {f["unit"] for f in told["findings"] if f["rule"].startswith("R")} == {"松岗镇"}


def test_before_the_first_commit_everything_is_new(folder: Path) -> None:
    git(folder, "init", "-q")
    assert nianbao("check", folder, "--changed-since", "HEAD").exit_code == 1


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
def test_an_unknown_revision_is_misuse(folder: Path, revision: str) -> None:
    committed(folder)
    done = nianbao("check", folder, f"--changed-since={revision}")
    assert done.exit_code == 2
    assert "仓库里没有这个版本" in done.stderr


def test_outside_a_repository_it_is_misuse(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    done = nianbao("check", folder, "--changed-since", "HEAD")
    assert done.exit_code == 2
    assert "不在 git 仓库里" in done.stderr


def test_what_a_baseline_knows_is_shown_and_does_not_count(folder: Path, tmp_path: Path) -> None:
    base = tmp_path / "state" / "baseline.json"
    assert nianbao("check", folder, "--write-baseline", base).exit_code == 0
    told = payload(folder, "--baseline", base)
    assert told["summary"]["errors"] == 0 and told["summary"]["waived"] == 2
    assert {f["waived"] for f in told["findings"]} == {"基线 baseline.json 中已有"}
    assert (told["baseline"]["known"], told["baseline"]["gone"]) == (2, 0)
    report(folder, "白水乡", BROKEN)
    done = nianbao("check", folder, "--baseline", base)
    assert done.exit_code == 1
    assert "已知问题2项不计入结果" in "".join(done.stdout.split())


def test_a_baseline_says_what_is_gone(folder: Path, tmp_path: Path) -> None:
    base = tmp_path / "state" / "baseline.json"
    nianbao("check", folder, "--write-baseline", base)
    report(folder, "青石镇", SOUND)
    told = payload(folder, "--baseline", base)
    assert (told["baseline"]["known"], told["baseline"]["gone"]) == (0, 2)


def test_a_baseline_outlives_renaming(folder: Path, tmp_path: Path) -> None:
    base = tmp_path / "state" / "baseline.json"
    nianbao("check", folder, "--write-baseline", base)
    (folder / "青石镇2023年报.txt").rename(folder / "改名.txt")
    assert nianbao("check", folder, "--baseline", base).exit_code == 0


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema_version": "9", "findings": []}'])
def test_a_file_that_is_no_baseline_is_misuse(folder: Path, tmp_path: Path, text: str) -> None:
    base = tmp_path / "state.json"
    base.write_text(text, encoding="utf-8")
    done = nianbao("check", folder, "--baseline", base)
    assert done.exit_code == 2
    assert "基线" in done.stderr


def test_a_baseline_of_a_part_is_refused(folder: Path, tmp_path: Path) -> None:
    committed(folder)
    base = tmp_path / "b.json"
    done = nianbao("check", folder, "--changed-since", "HEAD", "--write-baseline", base)
    assert done.exit_code == 2
    assert not base.exists()
