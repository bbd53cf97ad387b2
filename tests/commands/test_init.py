"""A data repository as `init` sets it up: its hook and pipelines run as written, and mean it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from audit import config
from audit.commands.init import FILES
from audit.roster import load as load_roster
from tests.commands.county import BROKEN, SOUND, git, nianbao, report

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with one sound report in it, everything committed."""
    data = tmp_path / "data"
    assert nianbao("init", data).exit_code == 0
    git(data, "init", "-q")
    report(data / "2023", "青石镇", SOUND)
    git(data, "add", ".")
    git(data, "commit", "-q", "-m", "reports")
    return data


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The command on PATH as an installation would put it there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "nianbao"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m audit "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    path = os.pathsep.join((str(folder), os.environ["PATH"]))
    summary = str(tmp_path / "summary.md")
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "GITHUB_STEP_SUMMARY": summary}


def shell(text: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-e", "-c", text], cwd=folder, env=environment, capture_output=True, text=True
    )


def steps(whole: list[dict], values: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The steps that run something of ours, with their variables as the inputs give them."""
    for step in whole:
        run = step.get("run", "")
        if "nianbao" in run and "pip install" not in run:
            yield run, {k: values[v] for k, v in step.get("env", {}).items()}


def test_files_are_written_and_can_be_used(folder: Path) -> None:
    assert all((folder / name).is_file() for name in FILES.values())
    settings = config.load(folder / "nianbao.toml")
    assert settings.roster is None and settings.exclude
    assert (folder / "roster.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(load_roster(folder / "roster.csv")["unit"]) == []


def test_every_setting_of_the_configuration_is_one_if_turned_on(folder: Path) -> None:
    lines = (folder / "nianbao.toml").read_text(encoding="utf-8").splitlines()
    turned_on = [re.sub(r"^# (?=\[|\"?\w+\"? = )", "", line) for line in lines]
    (folder / "nianbao.toml").write_text("\n".join(turned_on), encoding="utf-8")
    settings = config.load(folder / "nianbao.toml")
    assert settings.roster == folder / "roster.csv"
    assert settings.deadlines and settings.waivers and settings.severity and settings.letter.sender
    assert settings.thresholds and settings.plugins and settings.patterns


def test_what_is_there_is_kept_and_said(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("单位\n青石镇\n", encoding="utf-8")
    done = nianbao("init", tmp_path)
    assert (tmp_path / "roster.csv").read_text(encoding="utf-8") == "单位\n青石镇\n"
    assert "已有，未改动" in done.stdout and "已生成" in done.stdout
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert "已生成" not in nianbao("init", tmp_path).stdout
    assert before == {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert nianbao("init", tmp_path / "roster.csv").exit_code == 2


def test_the_hook_stops_a_commit_with_an_error(folder: Path, environment: dict[str, str]) -> None:
    text = (folder / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    (hook,) = yaml.safe_load(text)["repos"][0]["hooks"]
    (ours,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {k: ours[k] for k in ("entry", "pass_filenames", "always_run")} == {
        k: hook[k] for k in ("entry", "pass_filenames", "always_run")
    }
    assert shell(hook["entry"], folder, environment).returncode == 0
    path = report(folder / "2023", "白水乡", BROKEN)
    git(folder, "add", ".")
    done = shell(hook["entry"], folder, environment)
    assert done.returncode == 1 and "A303" in done.stdout
    path.write_bytes(report(folder / "2023", "白水乡", SOUND).read_bytes())
    assert shell(hook["entry"], folder, environment).returncode == 0


def test_the_workflow_fails_on_an_error_and_shows_it(
    folder: Path, environment: dict[str, str]
) -> None:
    text = (folder / ".github/workflows/nianbao.yml").read_text(encoding="utf-8")
    runs = list(steps(yaml.safe_load(text)["jobs"]["nianbao"]["steps"], {}))
    assert len(runs) == 2
    assert [shell(r, folder, environment).returncode for r, _ in runs] == [0, 0]
    report(folder / "2023", "白水乡", BROKEN)
    done = [shell(r, folder, environment) for r, _ in runs]
    assert [d.returncode for d in done] == [1, 0]
    assert "::error file=2023/白水乡2023年报.txt" in done[0].stdout
    assert "A303" in Path(environment["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8")


def test_the_pipeline_fails_on_an_error(folder: Path, environment: dict[str, str]) -> None:
    job = yaml.safe_load((folder / ".gitlab-ci.yml").read_text(encoding="utf-8"))["nianbao"]
    (script,) = [line for line in job["script"] if line.startswith("nianbao")]
    assert shell(script, folder, environment).returncode == 0
    report(folder / "2023", "白水乡", BROKEN)
    assert shell(script, folder, environment).returncode == 1
    for name in job["artifacts"]["reports"].values():
        assert (folder / name).stat().st_size > 0


def test_the_action_runs_with_its_defaults_and_with_options(
    folder: Path, environment: dict[str, str]
) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    given = {f"${{{{ inputs.{k} }}}}": v["default"] for k, v in action["inputs"].items()}
    (check, own), (summary, _) = steps(action["runs"]["steps"], given)
    assert shell(check, folder, environment | own).returncode == 0
    report(folder / "2023", "白水乡", BROKEN)
    assert shell(check, folder, environment | own).returncode == 1
    assert (folder / action["outputs"]["sarif"]["value"]).is_file()
    assert shell(summary, folder, environment).returncode == 0
    quiet = environment | own | {"ARGS": "--ignore A", "PATHS": "2023"}
    assert shell(check, folder, quiet).returncode == 0
    injected = environment | own | {"ARGS": "--ignore A; touch stolen $(touch stolen)"}
    shell(check, folder, injected)
    assert not (folder / "stolen").exists()
