"""Repairs held against brute force on a small table, and against the equations on whole ones."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.localise import repairs
from audit.localise.network import Network, network_of
from audit.localise.solver import smallest
from rules.dataset import Status
from rules.form import load_form
from rules.vocabulary import Equation
from tests.localise.inject import scattered
from tests.localise.sound import SIZES

_ROWS, _COLUMNS = ("a", "b", "total"), ("x", "y", "total")
_MOST = 6


def _small() -> Network:
    """Two rows and two columns that add up to totals on both sides."""
    at = {(r, c): i for i, (r, c) in enumerate(product(_ROWS, _COLUMNS))}
    equations = []
    for row in _ROWS:
        terms = {f"t.{row}.x": 1, f"t.{row}.y": 1, f"t.{row}.total": -1}
        equations.append(Equation(code="A303", subject=f"t.{row}.*", terms=terms, total="total"))
    for column in _COLUMNS:
        terms = {f"t.a.{column}": 1, f"t.b.{column}": 1, f"t.total.{column}": -1}
        equations.append(Equation(code="A302", subject=f"t.*.{column}", terms=terms, total="total"))
    cells = tuple(f"t.{r}.{c}" for r, c in at)
    matrix = np.array([[e.terms.get(c, 0) for e in equations] for c in cells])
    places = np.array(list(product(range(3), range(3))))
    return Network(cells, np.arange(9), matrix, np.array([2, 5, 6, 7, 8]), tuple(equations), places)


_SMALL = _small()


def _brute(values: np.ndarray, most: int) -> set[tuple[tuple[int, int], ...]]:
    for size in range(1, most + 1):
        found = set()
        for cells in combinations(range(9), size):
            for new in product(range(4 * _MOST + 1), repeat=size):
                tried = values.copy()
                tried[list(cells)] = new
                if not (tried @ _SMALL.matrix).any() and all(
                    tried[list(cells)] != values[list(cells)]
                ):
                    found.add(tuple(zip(cells, new, strict=True)))
        if found:
            return found
    return set()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, _MOST), min_size=4, max_size=4),
    st.lists(st.tuples(st.integers(0, 8), st.integers(-3, 3)), min_size=1, max_size=2),
)
def test_all_least_repairs_of_a_small_table(
    inside: list[int], errors: list[tuple[int, int]]
) -> None:
    board = np.zeros((3, 3), dtype=np.int64)
    board[:2, :2] = np.array(inside).reshape(2, 2)
    board[2, :2] = board[:2, :2].sum(axis=0)
    board[:, 2] = board[:, :2].sum(axis=1)
    values = board.ravel()
    for cell, change in errors:
        values[cell] = max(0, values[cell] + change)
    if not (values @ _SMALL.matrix).any():
        return
    found = {tuple(zip(r.cells, r.values, strict=True)) for r in repairs(_SMALL, values[None])[0]}
    assert found == _brute(values, 2)


def _status(edition: int, merged: bool, absent: frozenset[str]) -> np.ndarray:
    from rules.dataset import COLUMN_OF

    status = np.full(len(COLUMN_OF), Status.OUTSIDE, dtype=np.int8)
    for address in load_form(edition).addresses:
        status[COLUMN_OF[address]] = Status.NUMBER
    for address, column in COLUMN_OF.items():
        row = address.split(".")[1]
        if merged and row.startswith("other_") and address.startswith("applications"):
            status[column] = Status.NUMBER if row == "other_all" else Status.OUTSIDE
        if row in absent and address.startswith("applications"):
            status[column] = Status.ABSENT
    return status


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(SIZES)),
    st.integers(1, 5),
    st.integers(0, 2**32 - 1),
    st.booleans(),
    st.sampled_from([frozenset(), frozenset({"carried_in"}), frozenset({"granted"})]),
)
def test_every_repair_mends_and_none_is_larger_than_the_errors(
    size: str, errors: int, seed: int, merged: bool, absent: frozenset[str]
) -> None:
    written = scattered(np.random.default_rng(seed), errors, size, 1).values[0]
    network = network_of("applications", _status(2021, merged, absent))
    values = np.nan_to_num(written[network.columns]).astype(np.int64)
    found = repairs(network, values[None])[0]
    assert len({len(r.cells) for r in found}) <= 1
    for repair in found:
        mended = values.copy()
        mended[list(repair.cells)] = repair.values
        assert not (mended @ network.matrix).any()
        assert min(repair.values) >= 0
        assert all(values[c] != v for c, v in zip(repair.cells, repair.values, strict=True))
    if not merged and not absent:
        assert all(len(r.cells) <= errors for r in found)


@pytest.mark.parametrize("errors", [2, 3, 4, 6, 7])
def test_exact_search_and_solver_agree_on_the_least_size(errors: int) -> None:
    network = network_of("applications", _status(2021, False, frozenset()))
    for written in scattered(np.random.default_rng(errors), errors, "tens", 3).values:
        values = written[network.columns].astype(np.int64)
        exact, solved = repairs(network, values[None])[0], smallest(network, values)
        assert {len(r.cells) for r in exact} == {len(r.cells) for r in solved}
        assert set(solved) <= set(exact)


def test_negative_and_broken_figures_must_change() -> None:
    network = network_of("disputes", _status(2021, False, frozenset())).parts[0]
    at = {c.rpartition(".")[2]: i for i, c in enumerate(network.cells)}
    values = np.zeros((1, len(network.cells)), dtype=np.int64)
    values[0, at["upheld"]], values[0, at["total"]] = -3, 3
    (only,) = repairs(network, values)[0]
    assert (only.cells, only.values) == ((at["upheld"],), (3,))


@pytest.mark.parametrize("errors", [1, 2, 4, 5, 6])
def test_figures_at_the_limit_of_counts_do_not_overflow(errors: int) -> None:
    network = network_of("applications", _status(2021, False, frozenset()))
    rng = np.random.default_rng(errors)
    values = np.zeros(len(network.cells), dtype=np.int64)
    cells = rng.choice(len(values), errors, replace=False)
    values[cells] = rng.integers(10**11, 10**12, errors)
    with np.errstate(all="raise"):
        found = repairs(network, values[None])[0]
    assert found
    assert all(len(repair.cells) <= errors for repair in found)


def test_cells_that_may_pass_on_amounts_are_not_the_only_repair() -> None:
    """Four cells that lie crosswise, of which none can stay, in more ways than one."""
    network = network_of("applications", _status(2021, False, frozenset()))
    rows = {
        "new": (8, 8, 16),
        "granted": (5, 5, 4),
        "partial": (0, 0, 12),
        "total": (8, 8, 16),
    }
    values = np.zeros(len(network.cells), dtype=np.int64)
    for row, figures in rows.items():
        for kind, figure in zip(("natural_person", "business", "total"), figures, strict=True):
            values[network.cells.index(f"applications.{row}.{kind}")] = figure
    crosswise = {
        network.cells.index(f"applications.{row}.{kind}")
        for row in ("granted", "partial")
        for kind in ("natural_person", "business")
    }
    found = repairs(network, values[None])[0]
    assert {len(r.cells) for r in found} == {4}
    assert len([r for r in found if set(r.cells) == crosswise]) == 2
    solved = smallest(network, values)
    assert len(solved) > 1
    assert {len(r.cells) for r in solved} == {4}


def test_no_time_no_answer() -> None:
    network = network_of("applications", _status(2021, False, frozenset()))
    written = scattered(np.random.default_rng(9), 5, "tens", 1).values[0]
    assert smallest(network, written[network.columns].astype(np.int64), seconds=0.0) == []
