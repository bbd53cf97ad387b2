"""Repairs by three cells and more: a mixed-integer programme (Fellegi and Holt) for HiGHS."""

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


def _model(network: Network, values: np.ndarray, seconds: float) -> highspy.Highs:
    n, m = network.matrix.shape
    residual = values @ network.matrix
    bound = float(max(10, 2 * np.abs(residual).sum()))
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.setOptionValue("time_limit", seconds)
    down = np.minimum(values, bound).astype(float)
    lower = np.zeros(3 * n)
    upper = np.concatenate([np.full(n, bound), down, np.ones(n)])
    cost = np.concatenate([np.zeros(2 * n), np.ones(n)])
    model.addVars(3 * n, lower, upper)
    model.changeColsCost(3 * n, np.arange(3 * n, dtype=np.int32), cost)
    integral = np.array([highspy.HighsVarType.kInteger] * n)
    switches = np.arange(2 * n, 3 * n, dtype=np.int32)
    model.changeColsIntegrality(n, switches, integral)
    matrix = network.matrix
    for j in range(m):
        members = np.flatnonzero(matrix[:, j]).astype(np.int32)
        factors = matrix[members, j].astype(float)
        columns = np.concatenate([members, members + n]).astype(np.int32)
        target = float(-residual[j])
        model.addRow(target, target, len(columns), columns, np.concatenate([factors, -factors]))
    for i in range(n):
        for variable, most in ((i, bound), (n + i, down[i])):
            ends = np.array([variable, 2 * n + i], dtype=np.int32)
            model.addRow(-highspy.kHighsInf, 0.0, 2, ends, np.array([1.0, -most]))
    return model
