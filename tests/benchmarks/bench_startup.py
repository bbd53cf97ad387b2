"""Start-up: the command against bare Python and against the import of pandas and pandera.

All are run from compiled modules, as pip leaves them, whatever the environment says of writing them.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.versus import Versus
from tests.builder import base_report, write

ROOT = Path(__file__).parents[2]
#: Arguments of Python → what runs it.
Python = Callable[..., Callable[[], object]]

_IMPORT = ("-c", "import pandas, pandera.pandas")
_ROUNDS = 7


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Python:
    """Makes the call of a Python process that finds its modules compiled."""
    compiled = str(tmp_path_factory.mktemp("compiled"))
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "NIANBAO_NO_CACHE": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def call(*args: str | Path) -> Callable[[], object]:
        words = [sys.executable, *map(str, args)]

        def run() -> None:
            subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False)

        run()
        return run

    return call


def test_version(versus: Versus, python: Python) -> None:
    versus(
        "--version",
        python("-m", "audit", "--version"),
        {"python -c pass": python("-c", "pass")},
        rounds=20,
        most={"python -c pass": 3},
    )


def test_help(versus: Versus, python: Python) -> None:
    versus("--help", python("-m", "audit", "--help"), {"python -c pass": python("-c", "pass")})


@pytest.mark.parametrize("suffix", [".txt", ".docx"])
def test_check_one_file(
    versus: Versus,
    python: Python,
    tmp_path: Path,
    suffix: str,
) -> None:
    path = write(base_report("青石镇", 2023, 2021), tmp_path / f"青石镇2023{suffix}")
    check, imports = python("-m", "audit", "check", path), python(*_IMPORT)
    row = versus(
        f"check of one {suffix} file",
        check,
        {"import pandas, pandera": imports},
        rounds=_ROUNDS,
        most={"import pandas, pandera": 1.5},
    )
    row.note(processor=f"{_processor(check) / _processor(imports):.2f}×")


def _processor(run: Callable[[], object]) -> float:
    """The least seconds of processor time, of all its processes, that a call took."""

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    taken = []
    for _ in range(_ROUNDS):
        before = spent()
        run()
        taken.append(spent() - before)
    return min(taken)
