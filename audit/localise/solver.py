"""Repairs by four cells and more: a mixed-integer programme (Fellegi and Holt) for HiGHS."""

from __future__ import annotations

import time

import highspy
import numpy as np

from audit.localise.closed import Repair, ends
from audit.localise.network import Network

#: Seconds one report may take before the answer is "undetermined".
SECONDS = 2.0
#: Solutions of the same least size that are looked for.
MOST = 3


def smallest(
    network: Network,
    values: np.ndarray,
    forced: np.ndarray | None = None,
    least: int = 1,
    seconds: float = SECONDS,
) -> list[Repair]:
    """Repairs of the least size, at most `MOST`; none if no proof was found in time.

    A single one is proved to be the only one.

    Cell i gets `up` and `down` (whole, ≥ 0), allowed only where its switch is on; the fewest
    switches that bring every residual to 0 are a smallest repair. A repair found is shut out and
    the programme solved again, to see whether another is as small. Cells that are `forced` must
    change; fewer than `least` are known not to be enough.
    """
    end = time.monotonic() + seconds
    model = _model(network, values, np.zeros(len(values), bool) if forced is None else forced)
    n = len(network.cells)
    switches = np.arange(2 * n, 3 * n, dtype=np.int32)
    model.addRow(float(least), highspy.kHighsInf, n, switches, np.ones(n))
    found: list[Repair] = []
    whole = False
    while len(found) < MOST and time.monotonic() < end:
        # The solver counts its time over all runs of a model.
        model.setOptionValue("time_limit", seconds)
        model.run()
        whole = bool(found) and model.getModelStatus() == highspy.HighsModelStatus.kInfeasible
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            break
        solution = np.asarray(model.getSolution().col_value)
        cells = np.flatnonzero(solution[2 * n :] > 0.5)
        change = np.rint(solution[:n] - solution[n : 2 * n]).astype(np.int64)
        repair = Repair(tuple(map(int, cells)), tuple(map(int, values[cells] + change[cells])))
        if not _mends(network, values, repair):
            break
        if not found:
            model.addRow(-highspy.kHighsInf, len(cells), n, switches, np.ones(n))
        found.append(repair)
        shut = (2 * n + cells).astype(np.int32)
        model.addRow(-highspy.kHighsInf, len(cells) - 1, len(cells), shut, np.ones(len(cells)))
    if len(found) > 1:
        return found
    return [r for one in found if whole for r in _amounts(network, values, one)]


def _amounts(network: Network, values: np.ndarray, repair: Repair) -> list[Repair]:
    """The repair, or where its cells may pass on amounts among themselves: the two furthest ones."""
    cells = np.array(repair.cells)
    if np.linalg.matrix_rank(network.matrix[cells]) == len(cells):
        return [repair]
    changed = ends(network, values, values @ network.matrix, cells)
    figures = {tuple((values[cells] + change).tolist()) for change in changed}
    return [Repair(repair.cells, new) for new in sorted(figures)]


def _mends(network: Network, values: np.ndarray, repair: Repair) -> bool:
    """Whether a solution in floating point is one in whole numbers."""
    mended = values.copy()
    mended[list(repair.cells)] = repair.values
    return min(repair.values, default=-1) >= 0 and not (mended @ network.matrix).any()


class _Silent(highspy.Highs):
    """The solver without its banner, which it would print to our own output when it is made."""

    def enableCallbacks(self) -> None:  # noqa: N802 (the library's own name)
        self.silent()
        super().enableCallbacks()


def _model(network: Network, values: np.ndarray, forced: np.ndarray) -> highspy.Highs:
    n, m = network.matrix.shape
    residual = values @ network.matrix
    bound = float(max(10, 2 * np.abs(residual).sum(), 2 * -values.min(initial=0)))
    up, down = np.full(n, bound), np.clip(values, 0, bound).astype(float)
    model = _Silent()
    model.setOptionValue("threads", 1)
    # What must rise to be no longer negative, and the switches that are on in any case.
    least = np.concatenate([np.clip(-values, 0, None), np.zeros(n), forced])
    model.addVars(3 * n, least.astype(float), np.concatenate([up, down, np.ones(n)]))
    cost = np.concatenate([np.zeros(2 * n), np.ones(n)])
    model.changeColsCost(3 * n, np.arange(3 * n, dtype=np.int32), cost)
    integral = np.array([highspy.HighsVarType.kInteger] * n)
    model.changeColsIntegrality(n, np.arange(2 * n, 3 * n, dtype=np.int32), integral)
    one, off = np.identity(n), np.zeros((n, n))
    balance = np.concatenate([network.matrix.T, -network.matrix.T, np.zeros((m, n))], axis=1)
    switched_up = np.concatenate([one, off, -up[:, None] * one], axis=1)
    switched_down = np.concatenate([off, one, -down[:, None] * one], axis=1)
    # Something must change in every broken equation: follows from the rest, but quickens the proof.
    touched = (network.matrix.T[residual != 0] != 0).astype(float)
    covered = np.concatenate([np.zeros((len(touched), 2 * n)), touched], axis=1)
    rows = np.concatenate([balance, switched_up, switched_down, covered])
    target = -residual.astype(float)
    infinite = highspy.kHighsInf
    starts, columns, entries = _compressed(rows)
    model.addRows(
        len(rows),
        np.concatenate([target, np.full(2 * n, -infinite), np.ones(len(touched))]),
        np.concatenate([target, np.zeros(2 * n), np.full(len(touched), infinite)]),
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
