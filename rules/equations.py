"""The form's equations over all reports at once: residuals, and what each side comes to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from rules.dataset import COLUMN_OF, Dataset, Status
from rules.form import load_form
from rules.kept import kept
from rules.measure import CELLS_MISSING, TOTAL_BLANK, Measure, Statements, gridded
from rules.vocabulary import Equation

#: Reports worked on at once: what they take stays in the processor's cache.
CHUNK = 2_048
#: Ways of filling in the form that are met in a chunk before reports are looked at one by one.
_PATTERNS = 4
#: A difference below this is no difference: sums of decimals (V205's) are not exact.
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class System:
    """The equations of one code as a matrix: `columns` (c positions in `Dataset.values`) × k.

    `totals` are rows of the matrix.
    """

    equations: tuple[Equation, ...]
    columns: np.ndarray
    matrix: np.ndarray
    totals: np.ndarray
    statements: Statements

    def cells_in(self, status: np.ndarray, which: np.ndarray) -> np.ndarray:
        """The cells of statements `which` that the form of their reports (`status`, a row each) has:
        （六） is one row or three, and never both. Reports alike share one tuple.
        """
        whole, parts = _merged_cells()
        cells = self.statements.take("cells", which)
        for outside, absent in (
            (status[:, COLUMN_OF[whole[-1]]] == Status.OUTSIDE, frozenset(whole)),
            (status[:, COLUMN_OF[parts[-1]]] == Status.OUTSIDE, frozenset(parts)),
        ):
            for one in np.unique(which[outside]):
                kept = np.empty(1, dtype=object)
                kept[0] = tuple(c for c in self.statements.cells[one] if c not in absent)
                cells[outside & (which == one)] = kept
        return cells


@cache
def _merged_cells() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The cells of （六） as one row, and as its three rows."""
    table = load_form(2021).tables["applications"]
    assert table.merged is not None  # the form says so; told here for the type checker
    columns = [c.key for c in table.blocks[0].columns]
    rows = ((table.merged.row.key,), table.merged.stands_for)
    whole, parts = (tuple(f"applications.{r}.{c}" for r in own for c in columns) for own in rows)
    return whole, parts


@cache
def system(code: str) -> System:
    """The equations of a code for both editions.

    The current form's equations include the merged row （六）, so the 2019 form's are the same ones
    with the rows it lacks left out.
    """
    equations = tuple(e for e in _equations() if e.code == code)
    addresses = list(dict.fromkeys(a for e in equations for a in e.terms))
    row_of = {address: i for i, address in enumerate(addresses)}
    columns = np.array([COLUMN_OF[a] for a in addresses])
    return System(
        equations=equations,
        columns=columns,
        matrix=_matrix(equations)[columns],
        totals=np.array([row_of[e.total] for e in equations]),
        statements=Statements(
            names=[e.subject for e in equations],
            cells=[(*(a for a in e.terms if a != e.total), e.total) for e in equations],
        ),
    )


def _equations() -> tuple[Equation, ...]:
    return load_form(2021).equations


def _matrix(equations: tuple[Equation, ...]) -> np.ndarray:
    """Coefficients over all addresses: 226 × k."""
    matrix = np.zeros((len(COLUMN_OF), len(equations)))
    for j, equation in enumerate(equations):
        for address, factor in equation.terms.items():
            matrix[COLUMN_OF[address], j] = factor
    return matrix


@cache
def _whole() -> np.ndarray:
    """All equations' coefficients: 226 × k."""
    return _matrix(_equations())


@cache
def _totals() -> np.ndarray:
    """Where each equation's total stands among the addresses."""
    return np.array([COLUMN_OF[e.total] for e in _equations()])


def measure(code: str, data: Dataset) -> Measure:
    """The statements of one code's equations.

    `actual` is what stands in the total; `expected` what the others make it. A blank addend is read
    as 0 and named in the facts (`blank`); a blank total, or any cell that is missing or unread,
    leaves the statement unassessed. Cells outside the report's form count for nothing.
    """
    own = system(code)
    at = np.array([j for j, e in enumerate(_equations()) if e.code == code])
    totals = own.columns[own.totals]
    solved = _solved(data)
    residual = solved.residual[:, at]
    sign = -own.matrix[own.totals, np.arange(len(own.equations))]

    def sides(report: np.ndarray, which: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        actual = np.nan_to_num(data.values[report, totals[which]])
        return actual + residual[report, which] * sign[which], actual

    def details(report: np.ndarray, which: np.ndarray) -> list[dict[str, Any]]:
        left = _positive(own, data, report, which)
        right = left - residual[report, which]
        told = [{"left": a, "right": b} for a, b in zip(left.tolist(), right.tolist(), strict=True)]
        for i in _with_blanks(own, data, report, which).tolist():
            told[i]["blank"] = _blanks(own.equations[which[i]], data, report[i])
        return told

    def cells(report: np.ndarray, which: np.ndarray) -> np.ndarray:
        return own.cells_in(data.status[report], which)

    return gridded(
        own.statements,
        residual,
        cells=cells,
        sides=sides,
        details=details,
        reason=solved.reason[:, at],
        reasons=(CELLS_MISSING, TOTAL_BLANK),
    )


@dataclass(frozen=True)
class _Solved:
    """Residuals of all equations, n × k, and why one is missing (int8, -1 where it is not)."""

    residual: np.ndarray
    reason: np.ndarray


@kept
def _solved(data: Dataset) -> _Solved:
    """All equations at once, worked out when the first rule asks."""
    k = len(_equations())
    found = _Solved(np.empty((len(data), k)), np.full((len(data), k), -1, dtype=np.int8))
    for start in range(0, len(data), CHUNK):
        _work(data, slice(start, start + CHUNK), found)
    return found


def _work(data: Dataset, rows: slice, found: _Solved) -> None:
    """One chunk. Sums go down whole columns, cell by cell: a matrix product would spend 25 times as
    many steps on zeros, and its threads wait for one another where other work runs beside it.
    """
    values = np.array(data.values[rows].T, order="C")  # a copy: its gaps are filled
    known = np.isfinite(values)
    values[~known] = 0.0
    sides = np.empty((len(_terms()), values.shape[1]))
    for j, (plus, minus) in enumerate(_terms()):
        np.subtract(
            np.add.reduce(values[plus], axis=0), np.add.reduce(values[minus], axis=0), out=sides[j]
        )
    residual = np.ascontiguousarray(sides.T)
    residual[np.abs(residual) < _TOLERANCE] = 0.0
    status = data.status[rows]
    rest = np.arange(len(status))
    for _ in range(_PATTERNS):
        if not len(rest):
            break
        pattern = status[rest[0]]
        alike = (status[rest] == pattern).all(axis=1)
        _settle(pattern[None], rest[alike], residual, found.reason[rows])
        rest = rest[~alike]
    if len(rest):
        _settle(status[rest], rest, residual, found.reason[rows])
    too_large = ~known.T & (status == Status.NUMBER)
    if too_large.any():
        which = (too_large.astype(np.float32) @ _uses()) > 0
        residual[which] = np.nan
        found.reason[rows][which] = 0
    found.residual[rows] = residual


#: Positions of an equation's terms among the addresses: evenly spaced ones are a slice, which
#: needs no copy.
_At = slice | np.ndarray


@cache
def _terms() -> tuple[tuple[_At, _At], ...]:
    """The positive and the negative terms of each equation; every coefficient is 1 or -1."""
    matrix = _whole()
    assert np.isin(matrix, (-1, 0, 1)).all()  # so the forms are made
    return tuple(
        (_spaced(np.flatnonzero(column > 0)), _spaced(np.flatnonzero(column < 0)))
        for column in matrix.T
    )


def _spaced(at: np.ndarray) -> _At:
    steps = np.unique(np.diff(at))
    if len(steps) > 1:
        return at
    return slice(int(at[0]), int(at[-1]) + 1, int(steps[0]) if len(steps) else 1)


def _settle(status: np.ndarray, rows: np.ndarray, residual: np.ndarray, reason: np.ndarray) -> None:
    """Take out what can't be assessed of some rows, by their status (one for all, or each its own)."""
    total = status[:, _totals()]
    empty = (total == Status.BLANK) | (total == Status.PLACEHOLDER)
    gone = (status >= Status.TEXT) & (status < Status.OUTSIDE)
    lost = (gone.astype(np.float32) @ _uses()) > 0
    outside = total == Status.OUTSIDE
    why = np.where(outside, -1, np.where(lost, 0, np.where(empty, 1, -1)))
    out = outside | lost | empty
    if len(status) == 1:
        columns = np.flatnonzero(out[0])
        residual[np.ix_(rows, columns)] = np.nan
        reason[np.ix_(rows, columns)] = why[0, columns]
        return
    residual[rows] = np.where(out, np.nan, residual[rows])
    reason[rows] = why


@cache
def _uses() -> np.ndarray:
    """Which cells each equation uses: 226 × k."""
    return np.abs(_whole()).astype(np.float32)


def _positive(own: System, data: Dataset, report: np.ndarray, which: np.ndarray) -> np.ndarray:
    """The sum of the positive terms of each broken statement."""
    found = np.empty(len(report))
    for j, column in enumerate(own.matrix.T):
        mine = np.flatnonzero(which == j)
        terms = own.columns[column > 0]
        found[mine] = np.nansum(data.values[report[mine][:, None], terms], axis=1)
    return found


def _with_blanks(own: System, data: Dataset, report: np.ndarray, which: np.ndarray) -> np.ndarray:
    """Which of the broken statements have blank addends: positions."""
    found = []
    uses = (own.matrix != 0).T
    columns = own.columns
    for start in range(0, len(report), CHUNK):
        rows = slice(start, start + CHUNK)
        status = data.status[report[rows]][:, columns]
        blank = (status == Status.BLANK) | (status == Status.PLACEHOLDER)
        if blank.any():
            found.append(start + np.flatnonzero((blank & uses[which[rows]]).any(axis=1)))
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def _blanks(equation: Equation, data: Dataset, report: int) -> tuple[str, ...]:
    empty = (Status.BLANK, Status.PLACEHOLDER)
    return tuple(a for a in equation.terms if data.status[report, COLUMN_OF[a]] in empty)
