"""Repairs by four cells and more: a mixed-integer programme (Fellegi and Holt) for HiGHS."""

from __future__ import annotations

import highspy
import numpy as np

from audit.localise.closed import Repair
from audit.localise.network import Network

#: Seconds one report may take before the answer is "undetermined".
SECONDS = 2.0
#: Solutions of the same least size that are looked for.
MOST = 3


def smallest(network: Network, values: np.ndarray, seconds: float = SECONDS) -> list[Repair]:
    """Repairs of the least size, at most `MOST`; none if no proof was found in time.

    Cell i gets `up` and `down` (whole, ≥ 0), allowed only where its switch is on; the fewest
    switches that bring every residual to 0 are a smallest repair. A repair found is shut out and
    the programme solved again, to see whether another is as small.
    """
    model = _model(network, values, seconds)
    n = len(network.cells)
    found: list[Repair] = []
    while len(found) < MOST:
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            break
        solution = np.asarray(model.getSolution().col_value)
        cells = np.flatnonzero(solution[2 * n :] > 0.5)
        change = np.rint(solution[:n] - solution[n : 2 * n]).astype(np.int64)
        cells = cells[change[cells] != 0]
        if found and len(cells) > len(found[0].cells):
            break
        repaired = values[cells] + change[cells]
        found.append(Repair(tuple(map(int, cells)), tuple(map(int, repaired))))
        switches = (2 * n + cells).astype(np.int32)
        model.addRow(-highspy.kHighsInf, len(cells) - 1, len(cells), switches, np.ones(len(cells)))
    return found


class _Silent(highspy.Highs):
    """The solver without its banner, which it would print to our own output when it is made."""

    def enableCallbacks(self) -> None:  # noqa: N802 (the library's own name)
        self.silent()
        super().enableCallbacks()


def _model(network: Network, values: np.ndarray, seconds: float) -> highspy.Highs:
    n, m = network.matrix.shape
    residual = values @ network.matrix
    bound = float(max(10, 2 * np.abs(residual).sum()))
    down = np.minimum(values, bound).astype(float)
    model = _Silent()
    for option, value in (("threads", 1), ("time_limit", seconds)):
        model.setOptionValue(option, value)
    model.addVars(3 * n, np.zeros(3 * n), np.concatenate([np.full(n, bound), down, np.ones(n)]))
    cost = np.concatenate([np.zeros(2 * n), np.ones(n)])
    model.changeColsCost(3 * n, np.arange(3 * n, dtype=np.int32), cost)
    integral = np.array([highspy.HighsVarType.kInteger] * n)
    model.changeColsIntegrality(n, np.arange(2 * n, 3 * n, dtype=np.int32), integral)
    up, off = np.identity(n), np.zeros((n, n))
    balance = np.concatenate([network.matrix.T, -network.matrix.T, np.zeros((m, n))], axis=1)
    switched_up = np.concatenate([up, off, -bound * up], axis=1)
    switched_down = np.concatenate([off, up, -down[:, None] * up], axis=1)
    rows = np.concatenate([balance, switched_up, switched_down])
    target = -residual.astype(float)
    infinite = np.full(2 * n, -highspy.kHighsInf)
    starts, columns, entries = _compressed(rows)
    model.addRows(
        len(rows),
        np.concatenate([target, infinite]),
        np.concatenate([target, np.zeros(2 * n)]),
        len(entries),
        starts,
        columns,
        entries,
    )
    return model


def _compressed(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A dense matrix row by row without its zeros: where rows start, columns, entries."""
    at, columns = np.nonzero(rows)
    starts = np.searchsorted(at, np.arange(len(rows))).astype(np.int32)
    return starts, columns.astype(np.int32), rows[at, columns]
