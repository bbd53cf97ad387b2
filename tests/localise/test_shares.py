"""How often suspects are right, on seeded reports; the benchmark measures the same on more."""

from __future__ import annotations

import numpy as np
import pytest

from tests.localise.inject import SLIPS, moved, scattered, single, swapped, totals_stale, two
from tests.localise.inject_patterns import PATTERNS, pattern
from tests.localise.measure import least, share
from tests.localise.sound import SIZES, audited, data, values


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", SLIPS)
def test_one_wrong_cell_of_table_three_is_named_with_its_value(kind: str, size: str) -> None:
    if kind == "digits transposed" and size == "zeros":
        pytest.skip("no number has two digits")
    found = share(single(np.random.default_rng(1), kind, size, 25, "applications"))
    assert (found.reports, found.cells, found.values, found.unique) == (25, 1, 1, 1)


@pytest.mark.parametrize("size", SIZES)
def test_table_four_is_never_called_likely_without_evidence(size: str) -> None:
    for kind in ("random", "left at 0", "neighbour's figure"):
        wrong = single(np.random.default_rng(2), kind, size, 40, "disputes")
        assert share(wrong).false == 0
        assert least(wrong, "disputes").held == 1


@pytest.mark.parametrize("size", SIZES)
def test_two_wrong_cells(size: str) -> None:
    wrong = two(np.random.default_rng(3), "random", size, 100)
    found = share(wrong)
    assert found.values >= 0.98
    assert found.false == 0
    assert least(wrong).held == 1


def test_neighbours_exchanged_or_moved_are_among_the_sets() -> None:
    """Over all sizes: in large reports as many as ten figures may have moved with the same effect."""
    rng = np.random.default_rng(4)
    among = []
    for size in SIZES:
        for beside in (True, False):
            for wrong in (
                swapped(rng, size, 40, beside=beside),
                moved(rng, size, 40, beside=beside),
            ):
                found = share(wrong)
                assert found.false == 0
                assert least(wrong).held == 1
                among.append(found.among)
    assert np.mean(among) >= 0.96


@pytest.mark.parametrize("cells", [3, 4])
def test_more_wrong_cells(cells: int) -> None:
    found = share(scattered(np.random.default_rng(5), cells, "tens", 30))
    assert found.among >= 0.96
    assert found.false <= 0.04


@pytest.mark.parametrize("size", ["tens", "hundreds"])
@pytest.mark.parametrize("name", [n for n in PATTERNS if n != "two rows swapped"])
def test_patterns_are_one_cause(name: str, size: str) -> None:
    wrong = pattern(np.random.default_rng(6), name, size, 12)
    assert share(wrong).values >= 0.8
    kinds = [f.cause.kind for f in audited(data(wrong.values)) if f.cause is not None]
    assert kinds.count(PATTERNS[name][0]) >= 0.75 * len(kinds)


def test_ordinary_errors_are_no_patterns() -> None:
    rng = np.random.default_rng(7)
    kinds = {kind for kind, _ in PATTERNS.values()}
    for cells in (2, 3, 5):
        for size in SIZES:
            findings = audited(data(scattered(rng, cells, size, 40).values))
            causes = {(f.report, f.cause.kind) for f in findings if f.cause is not None}
            assert sum(kind in kinds for _, kind in causes) <= 1


@pytest.mark.parametrize("size", SIZES)
def test_exchanges_and_few_cells_that_explain_the_same_are_not_likely(size: str) -> None:
    rng = np.random.default_rng(10)
    for name in ("two rows swapped", "outcomes in the next column", "total row unfilled"):
        found = share(pattern(rng, name, size, 30))
        assert found.false == 0
        assert found.among >= 0.9
    stale = share(totals_stale(rng, size, 30))
    assert (stale.false, stale.values) == (0, 1)


def test_sound_reports_have_no_suspects() -> None:
    assert audited(data(values(np.random.default_rng(8), "tens", 50))) == []
