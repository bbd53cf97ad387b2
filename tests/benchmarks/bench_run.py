"""Whole runs of `check`: mixed files per core; generated reports, none and every one wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.generate import write as generate
from tests.benchmarks.versus import Versus
from tests.builder import base_report, write
from tests.commands.county import SOUND

ROOT = Path(__file__).parents[2]
SUFFIXES = (".docx", ".docx", ".docx", ".pdf", ".pdf", ".html", ".xlsx", ".txt")
FILES = 2_000
GENERATED = 10_000


def _check(folder: Path, *words: str) -> Callable[[], object]:
    call = [sys.executable, "-m", "audit", "check", str(folder), "-f", "json", *words]
    return lambda: subprocess.run(call, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mixed")
    for number in range(FILES):
        first, second, third = number % 5, number // 5 % 5, number // 25 % 16
        unit = f"{'东西南北中'[first]}{'山河湖海原'[second]}{'松柏桃李梅兰竹菊桂杏枫槐柳桑榆桐'[third]}镇"
        truth = base_report(unit, 2019 + number // 400, county="云岭县", cells=SOUND)
        write(truth, folder / f"{number:04}{SUFFIXES[number % len(SUFFIXES)]}")
    return folder


def test_mixed_files(versus: Versus, mixed: Path, tmp_path: Path) -> None:
    start = time.perf_counter()
    _check(mixed, "--jobs", "1", "--no-cache")()
    alone = time.perf_counter() - start
    row = versus.told(f"{FILES} mixed files, one process", alone)
    row.note(each=f"{alone / FILES * 1000:.1f} ms", rate=f"{FILES / alone:.1f} files/s")
    start = time.perf_counter()
    _check(mixed, "--jobs", "2", "--no-cache")()
    both = time.perf_counter() - start
    row = versus.told(f"{FILES} mixed files, two processes", both)
    row.note(share=f"{both / alone:.2f}×", rate=f"{FILES / both:.1f} files/s")
    again = [sys.executable, "-m", "audit", "check", str(mixed), "-f", "json", "--jobs", "1"]
    # Tests keep no cache; this is what it saves.
    environment = {k: v for k, v in os.environ.items() if k != "NIANBAO_NO_CACHE"}
    environment["PYTHONPATH"] = str(ROOT)
    for _ in range(2):
        start = time.perf_counter()
        subprocess.run(
            again,
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        taken = time.perf_counter() - start
    versus.told(f"{FILES} mixed files, from the cache", taken).note(share=f"{taken / alone:.2f}×")


def test_every_report_wrong(versus: Versus, tmp_path: Path) -> None:
    none = generate(GENERATED, tmp_path / "none.parquet")
    every = generate(GENERATED, tmp_path / "every.parquet", wrong=1.0)
    versus(
        f"check of {GENERATED} tidy reports, every one wrong",
        _check(every, "--no-cache"),
        {"none wrong": _check(none, "--no-cache")},
        rounds=2,
        most={"none wrong": 3},
    )
