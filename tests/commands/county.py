"""A small made-up county to run commands on: reports in a folder, the command called on it."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from audit.cli import main
from tests.builder.build import write
from tests.builder.truth import base_report

#: A report that agrees with itself: two requests of natural persons, both granted.
SOUND = {
    "applications.new.natural_person": 2,
    "applications.new.total": 2,
    "applications.granted.natural_person": 2,
    "applications.granted.total": 2,
    "applications.total.natural_person": 2,
    "applications.total.total": 2,
}
#: The same, the total of one row wrong (A303).
BROKEN = {**SOUND, "applications.granted.total": 3}
COUNTY = "云岭县"
ROSTER = "单位,级别,上级\n青石镇,乡镇,云岭县\n白水乡,乡镇,云岭县\n松岗镇,乡镇,云岭县\n"


def report(
    folder: Path,
    unit: str,
    cells: Mapping[str, float | str],
    suffix: str = ".txt",
    year: int = 2023,
) -> Path:
    """A report in a file of its own, named after the unit."""
    truth = base_report(unit, year, county="" if unit == COUNTY else COUNTY, cells=cells)
    return write(truth, folder / f"{unit}{year}年报{suffix}")


def nianbao(*words: str | Path) -> Result:
    """The command in this process; its exit status, output and messages."""
    return CliRunner().invoke(main, [*map(str, words), "--jobs", "1"], catch_exceptions=False)


def git(folder: Path, *words: str) -> str:
    """A git command in a folder, under a name of its own."""
    who = ["-c", "user.name=tester", "-c", "user.email=tester@example.invalid"]
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *words], capture_output=True, text=True, check=True
    )
    return done.stdout
