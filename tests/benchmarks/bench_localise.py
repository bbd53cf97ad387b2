"""How often the wrong cell is named, and how fast: `python -m tests.benchmarks.bench_localise N`.

Prints a line for each kind of error and size of report (N reports each), a summary of them as a
table in Markdown, and times.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np

from audit.localise import repairs
from audit.localise.network import network_of
from rules.dataset import Status
from tests.localise.inject import SLIPS, moved, scattered, single, swapped, totals_stale, two
from tests.localise.inject_patterns import PATTERNS, pattern
from tests.localise.measure import Share, least, share
from tests.localise.sound import SIZES, Wrong, audited, data

_HEAD = ("reports", "cells", "values", "among 3", "unique", "likely", "false", "least", "tied")
#: Cells that are wrong at random, at most.
_LARGEST = 6
#: Seconds that a report should not take: what the solver needs takes longer.
_LONG = 0.03


def shares(count: int) -> None:
    """Print a line for each kind of error and size of report, then the summary."""
    print(f"{'':44}" + "".join(f"{head:>9}" for head in _HEAD))
    summed: dict[tuple[str, str], list[Share]] = defaultdict(list)
    for size in SIZES:
        for group, title, table, wrong in _kinds(np.random.default_rng(2024), size, count):
            found = share(wrong)
            parts = [found.cells, found.values, found.among, found.unique, found.likely]
            parts.append(found.false)
            if table:
                of_all = least(wrong, table)
                parts += [of_all.held, of_all.tied]
            told = "".join(f"{part:9.1%}" for part in parts)
            print(f"{size + ': ' + title:44.44}{found.reports:9}{told}", flush=True)
            summed[group, size].append(found)
    _summary(summed)


def _kinds(
    rng: np.random.Generator, size: str, count: int
) -> Iterator[tuple[str, str, str, Wrong]]:
    """Group, title, table whose least repairs are all enumerated, reports."""
    three, four = "applications", "disputes"
    for table, name in ((three, "one cell of table three"), (four, "one cell of table four")):
        for kind in SLIPS:
            if kind != "digits transposed" or size != "zeros":
                wrong = single(rng, kind, size, count, table)
                yield f"{name}, {len(SLIPS)} kinds of slip", f"{name}, {kind}", table, wrong
    for kind in ("random", "digit wrong", "left at 0"):
        yield "two cells", f"two cells, {kind}", three, two(rng, kind, size, count)
    yield "two cells", "two totals left stale", three, totals_stale(rng, size, count)
    for beside in (True, False):
        group, side = "two neighbours swapped, or one figure moved", "beside" if beside else "above"
        yield group, f"swapped, {side}", three, swapped(rng, size, count, beside=beside)
        yield group, f"moved, {side}", three, moved(rng, size, count, beside=beside)
    for cells in range(3, _LARGEST + 1):
        wrong = scattered(rng, cells, size, count)
        yield f"3 to {_LARGEST} cells at random", f"{cells} cells at random", "", wrong
    for name in PATTERNS:
        yield "whole rows and columns, 7 kinds", name, "", pattern(rng, name, size, count)


def _summary(summed: dict[tuple[str, str], list[Share]]) -> None:
    """Print the kinds of error together: truth first, among three, called likely, wrongly so."""
    print(
        "\nThe truth first · among the sets named · a set called most likely · that is not the truth"
    )
    print(f"\n| wrong | {' | '.join(SIZES)} |\n|---|{'---|' * len(SIZES)}")
    for group in dict.fromkeys(group for group, _ in summed):
        cells = []
        for size in SIZES:
            found = summed[group, size]
            first, among, likely, false = (
                _mean(found, name) for name in ("values", "among", "likely", "false")
            )
            cells.append(f"{first:.1%} · {among:.1%} · {likely:.1%} · {false:.2%}")
        print(f"| {group} | {' | '.join(cells)} |")
    everything = [one for found in summed.values() for one in found]
    likely = sum(one.reports * one.likely for one in everything)
    false = sum(one.reports * one.false for one in everything)
    print(f"\ncalled most likely: {likely:.0f}; wrongly: {false:.0f} ({false / likely:.2%})")


def _mean(found: list[Share], name: str) -> float:
    return float(
        np.average([getattr(one, name) for one in found], weights=[one.reports for one in found])
    )


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
            f"95 % {np.quantile(spent, 0.95) * 1e3:.1f} ms, most {max(spent) * 1e3:.0f} ms a report, "
            f"{np.mean(np.array(spent) > _LONG):.1%} over {_LONG * 1e3:.0f} ms"
        )
    batch = data(np.concatenate([two(rng, "random", s, 10_000 // 3 + 1).values for s in SIZES]))
    print(f"{len(batch)} failing reports, frames to findings: {_cpu(lambda: audited(batch)):.1f} s")


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def test_localise() -> None:
    """The same by pytest; the shares are held by the ordinary tests, with fewer reports."""
    shares(20)
    times(30)


if __name__ == "__main__":
    shares(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
    times(100)
