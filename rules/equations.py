"""The form's equations over all reports at once: residuals, and what each side comes to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from rules.dataset import COLUMN_OF, Dataset, Status
from rules.form import load_form
from rules.measure import CELLS_MISSING, TOTAL_BLANK, Measure, Statements, gridded
from rules.vocabulary import Equation

#: Reports worked on at once: enough to be fast, little enough to keep memory flat.
CHUNK = 20_000


@dataclass(frozen=True)
class System:
    """The equations of one code as a matrix: `columns` (c positions in `Dataset.values`) × k."""

    equations: tuple[Equation, ...]
    columns: np.ndarray
    matrix: np.ndarray
    totals: np.ndarray
    statements: Statements


@cache
def system(code: str) -> System:
    """The equations of a code for both editions.

    The current form's equations include the merged row （六）, so the 2019 form's are the same ones
    with the rows it lacks left out.
    """
    equations = tuple(e for e in load_form(2021).equations if e.code == code)
    addresses = list(dict.fromkeys(a for e in equations for a in e.terms))
    row_of = {address: i for i, address in enumerate(addresses)}
    matrix = np.zeros((len(addresses), len(equations)))
    for j, equation in enumerate(equations):
        for address, factor in equation.terms.items():
            matrix[row_of[address], j] = factor
    return System(
        equations=equations,
        columns=np.array([COLUMN_OF[a] for a in addresses]),
        matrix=matrix,
        totals=np.array([row_of[e.total] for e in equations]),
        statements=Statements(
            names=[e.subject for e in equations],
            cells=[(*(a for a in e.terms if a != e.total), e.total) for e in equations],
        ),
    )


def measure(code: str, data: Dataset) -> Measure:
    """The statements of one code's equations.

    `actual` is what stands in the total; `expected` what the others make it. A blank addend is read
    as 0 and named in the facts (`blank`); a blank total, or any cell that is missing or unread,
    leaves the statement unassessed. Cells outside the report's form count for nothing.
    """
    found = system(code)
    n, k = len(data), len(found.equations)
    parts = _Parts(
        residual=np.empty((n, k)),
        actual=np.empty((n, k)),
        left=np.zeros((n, k)),
        blank=np.zeros((n, k), dtype=bool),
        reason=np.full((n, k), -1, dtype=np.int8),
    )
    for start in range(0, n, CHUNK):
        _work(found, data, slice(start, start + CHUNK), parts)
    sign = -found.matrix[found.totals, np.arange(k)]

    def details(report: np.ndarray, which: np.ndarray) -> list[dict[str, Any]]:
        left = parts.left[report, which]
        right = left - parts.residual[report, which]
        told = [{"left": a, "right": b} for a, b in zip(left.tolist(), right.tolist(), strict=True)]
        for i in np.flatnonzero(parts.blank[report, which]):
            told[i]["blank"] = _blanks(found.equations[which[i]], data, report[i])
        return told

    return gridded(
        found.statements,
        parts.residual,
        expected=parts.actual + parts.residual * sign,
        actual=parts.actual,
        reason=parts.reason,
        reasons=(CELLS_MISSING, TOTAL_BLANK),
        details=details,
    )


@dataclass(frozen=True)
class _Parts:
    """What is known of each statement, n × k; `left` is the sum of the positive terms if broken."""

    residual: np.ndarray
    actual: np.ndarray
    left: np.ndarray
    blank: np.ndarray
    reason: np.ndarray


def _work(found: System, data: Dataset, rows: slice, parts: _Parts) -> None:
    values = data.values[rows][:, found.columns]
    unknown = np.isnan(values)
    filled = np.where(unknown, 0.0, values)
    residual = filled @ found.matrix
    if unknown.any():
        status = data.status[rows][:, found.columns]
        total = status[:, found.totals]
        uses = np.abs(found.matrix).astype(np.float32)
        blank = (status == Status.BLANK) | (status == Status.PLACEHOLDER)
        gone = (status >= Status.TEXT) & (status < Status.OUTSIDE)
        lost = (gone.astype(np.float32) @ uses) > 0
        outside = total == Status.OUTSIDE
        empty = blank[:, found.totals]
        residual[lost | empty | outside] = np.nan
        parts.reason[rows] = np.where(outside, -1, np.where(lost, 0, np.where(empty, 1, -1)))
        parts.blank[rows] = (blank.astype(np.float32) @ uses) > 0
    parts.residual[rows] = residual
    parts.actual[rows] = filled[:, found.totals]
    wrong = np.flatnonzero((residual != 0).any(axis=1))
    if len(wrong):
        parts.left[rows.start + wrong] = filled[wrong] @ np.maximum(found.matrix, 0)


def _blanks(equation: Equation, data: Dataset, report: int) -> tuple[str, ...]:
    empty = (Status.BLANK, Status.PLACEHOLDER)
    return tuple(a for a in equation.terms if data.status[report, COLUMN_OF[a]] in empty)
