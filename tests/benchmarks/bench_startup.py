"""Start-up: the command against bare Python and against the import of pandas and pandera."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.versus import Versus
from tests.builder import base_report, write

ROOT = Path(__file__).parents[2]


def _python(*args: str | Path) -> Callable[[], object]:
    call = [sys.executable, *map(str, args)]
    return lambda: subprocess.run(call, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)


def test_version(versus: Versus) -> None:
    versus(
        "--version",
        _python("-m", "audit", "--version"),
        {"python -c pass": _python("-c", "pass")},
        rounds=20,
        most={"python -c pass": 3},
    )


def test_help(versus: Versus) -> None:
    versus("--help", _python("-m", "audit", "--help"), {"python -c pass": _python("-c", "pass")})


@pytest.mark.parametrize("suffix", [".txt", ".docx"])
def test_check_one_file(versus: Versus, tmp_path: Path, suffix: str) -> None:
    path = write(base_report("青石镇", 2023, 2021), tmp_path / f"青石镇2023{suffix}")
    versus(
        f"check of one {suffix} file",
        _python("-m", "audit", "check", path),
        {"import pandas, pandera": _python("-c", "import pandas, pandera.pandas")},
        rounds=7,
        most={"import pandas, pandera": 1.5},
    )
