"""Benchmarks are collected only with `--benchmark-enable`; their tables are printed at the end.

A module `bench_*.py` holds tests that take the fixture `versus` (see `tests.benchmarks.versus`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.versus import Row, Versus

_TABLES = pytest.StashKey[dict[str, list[Row]]]()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Benchmarks take minutes: an ordinary run must not meet them."""
    if collection_path.name.startswith("bench_") and not config.getoption(
        "benchmark_enable", False
    ):
        return True
    return None


def pytest_configure(config: pytest.Config) -> None:
    """A table for each module."""
    config.stash[_TABLES] = {}


@pytest.fixture
def versus(benchmark: Any, request: pytest.FixtureRequest) -> Iterator[Versus]:
    """Measures ours against rivals; see `tests.benchmarks.versus.Versus`."""
    doc = (request.module.__doc__ or request.module.__name__).strip().splitlines()[0]
    yield Versus(benchmark, request.config.stash[_TABLES].setdefault(doc, []))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print each module's table of ratios."""
    for title, rows in config.stash.get(_TABLES, {}).items():
        terminalreporter.section(title)
        for row in rows:
            terminalreporter.write_line(str(row))
