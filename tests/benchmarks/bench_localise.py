"""How often the wrong cell is named, and how fast: `python -m tests.benchmarks.bench_localise`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np

from audit.localise import repairs
from audit.localise.network import network_of
from rules.dataset import Status
from tests.localise.inject import SLIPS, moved, scattered, single, swapped, two
from tests.localise.inject_patterns import PATTERNS, pattern
from tests.localise.measure import least, share
from tests.localise.sound import SIZES, Wrong, audited, data

_HEAD = f"{'':44}{'reports':>7}{'cells':>9}{'values':>9}{'among 3':>9}{'unique':>9}{'false':>9}"


def shares(count: int) -> None:
    """Print a line for each kind of error and size of report."""
    print(_HEAD + f"{'least':>9}")
    rng = np.random.default_rng(2024)
    for size in SIZES:
        for table in ("applications", "disputes"):
            for kind in SLIPS:
                if kind != "digits transposed" or size != "zeros":
                    title = f"{size}: one cell of {table}, {kind}"
                    _line(title, single(rng, kind, size, count, table), table)
        for kind in ("random", "digit wrong", "left at 0"):
            _line(f"{size}: two cells, {kind}", two(rng, kind, size, count))
        for beside in (True, False):
            side = "beside" if beside else "above"
            _line(f"{size}: swapped, {side}", swapped(rng, size, count, beside=beside))
            _line(f"{size}: moved, {side}", moved(rng, size, count, beside=beside))
        for name in PATTERNS:
            _line(f"{size}: {name}", pattern(rng, name, size, max(count // 5, 10)), "")


def _line(title: str, wrong: Wrong, table: str = "applications") -> None:
    told = f"{least(wrong, table):9.1%}" if table else ""
    print(f"{title[:44]:44}{share(wrong)}{told}", flush=True)


def times(count: int) -> None:
    """Print CPU time a report on one core, by the number of wrong cells, and of a whole batch."""
    rng = np.random.default_rng(2025)
    for cells in (1, 2, 3, 4, 5, 6, 8):
        spent = []
        for size in SIZES:
            wrong = scattered(rng, cells, size, count)
            for written in wrong.values:
                status = np.where(np.isnan(written), Status.OUTSIDE, Status.NUMBER)
                network = network_of("applications", status.astype(np.int8))
                values = written[network.columns].astype(np.int64)[None]
                spent.append(_cpu(lambda n=network, v=values: repairs(n, v)))
        print(
            f"{cells} wrong cells: median {np.median(spent) * 1e3:.2f} ms, "
            f"95 % {np.quantile(spent, 0.95) * 1e3:.1f} ms, most {max(spent) * 1e3:.0f} ms a report"
        )
    batch = data(np.concatenate([two(rng, "random", s, 10_000 // 3 + 1).values for s in SIZES]))
    print(f"{len(batch)} failing reports, frames to findings: {_cpu(lambda: audited(batch)):.1f} s")


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def test_localise() -> None:
    """The same by pytest; the shares are held by the ordinary tests, with fewer reports."""
    shares(100)
    times(30)


if __name__ == "__main__":
    shares(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
    times(100)
